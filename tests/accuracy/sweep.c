/* Runs one case over its inputs: the library's answers against the exact ones, by blocks that threads draw in turn. */
#include "sweep.h"
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* An error this little above one half is the reference's doubt, not a wrong rounding. */
#define ROUNDING_DOUBT 1e-6
/* The wide functions are slow: one input in 17 is enough, a prime so that every stratum is met. */
enum { SELF_CHECK_STEP = 17 };

int sweep_reference_pass(fastact_pass pass) {
    return pass == FASTACT_VALUE ? REFERENCE_VALUE : pass == FASTACT_BACKWARD_FROM_OUTPUT ? REFERENCE_FROM_OUTPUT : REFERENCE_DERIVATIVE;
}

int sweep_is_meant(const sweep_case *c, double x) {
    if (isnan(x)) return c->pass == FASTACT_VALUE || !c->row->piecewise;
    return c->pass != FASTACT_BACKWARD_FROM_OUTPUT || (x >= c->row->output_low && x <= c->row->output_high);
}

/* The sign of a zero result counts where the catalog names it: values at 0 and at infinity, and exact zeros of step functions. */
static int sign_matters(const sweep_case *c, double x) {
    return c->pass == FASTACT_VALUE && c->is_default && (x == 0 || isinf(x) || c->row->piecewise);
}

int sweep_note_special(sweep_result *r, double x) {
    if (r->special++) return 0;
    r->first_special = x;
    return 1;
}

int sweep_note_error(sweep_result *r, double ulp, double x, int normal) {
    double *const most = normal ? &r->max_ulp : &r->max_subnormal_ulp;
    if (ulp > 0.5 + ROUNDING_DOUBT) ++r->wrongly_rounded;
    if (!(ulp > *most)) return 0;
    *most = ulp;
    *(normal ? &r->worst : &r->worst_subnormal) = x;
    return 1;
}

/* Runs the pass over a block through the public entry point for any function. */
static void call_library(const sweep_case *c, const void *x, void *y, size_t n) {
    const ptrdiff_t item = c->dtype == FASTACT_F32 ? sizeof(float) : sizeof(double);
    float gradient32 = (float)c->gradient, parameters32[PARAMETERS];
    double gradient64 = c->gradient;
    char *arguments[3 + PARAMETERS];
    ptrdiff_t strides[3 + PARAMETERS];
    int count = 0;
    if (c->pass >= FASTACT_BACKWARD) {
        arguments[count] = item == 4 ? (char *)&gradient32 : (char *)&gradient64;
        strides[count++] = 0;
    }
    arguments[count] = (char *)x, strides[count++] = item;
    for (int k = 0; k < c->function->parameter_count; ++k) {
        parameters32[k] = (float)c->parameters[k];
        arguments[count] = item == 4 ? (char *)(parameters32 + k) : (char *)(c->parameters + k);
        strides[count++] = 0;
    }
    arguments[count] = y, strides[count] = item;
    const fastact_status status = fastact_map_strided(c->function, c->pass, c->dtype, n, arguments, strides);
    if (status != FASTACT_OK) {
        fprintf(stderr, "sweep: %s: %s\n", c->function->name, fastact_status_text(status));
        exit(2);
    }
}

static uint32_t float_bits(float y) { uint32_t b; memcpy(&b, &y, sizeof b); return b; }
static uint64_t double_bits(double y) { uint64_t b; memcpy(&b, &y, sizeof b); return b; }

/* 1 / ulp of the float32 binade that the exact value lies in, from its exponent bits */
static double inverse_float_ulp(double exact, int *normal) {
    int exponent = (int)(double_bits(exact) >> 52 & 0x7FF) - 1023;
    *normal = exponent >= -126;
    if (exponent < -126) exponent = -126;
    const uint64_t bits = (uint64_t)(1023 + 23 - exponent) << 52;
    double inverse;
    memcpy(&inverse, &bits, sizeof inverse);
    return inverse;
}

void sweep_floats(const sweep_case *c, const float *x, size_t n, sweep_result *r) {
    const int pass = sweep_reference_pass(c->pass), backward = c->pass >= FASTACT_BACKWARD;
    const double overflow = 0x1.ffffffp127; /* from here on the nearest float is infinity */
    float y[SWEEP_BLOCK];
    call_library(c, x, y, n);
    for (size_t i = 0; i < n; ++i) {
        if (!sweep_is_meant(c, x[i])) continue;
        double exact = reference_exact(c->row, pass, x[i], c->parameters);
        if (backward) exact *= c->gradient;
        ++r->inputs;
        if (isnan(exact)) {
            if (float_bits(y[i]) != 0x7FC00000u) sweep_note_special(r, x[i]);
        } else if (fabs(exact) >= overflow) {
            if (y[i] != copysignf(INFINITY, (float)exact)) sweep_note_special(r, x[i]);
        } else if (!isfinite(y[i]) || (exact == 0 && sign_matters(c, x[i]) && float_bits(y[i]) != float_bits((float)exact))) {
            sweep_note_special(r, x[i]);
        } else {
            int normal;
            const double inverse = inverse_float_ulp(exact, &normal);
            sweep_note_error(r, fabs((double)y[i] - exact) * inverse, x[i], normal);
        }
    }
}

int sweep_compare(fastact_dtype dtype, wide exact, double y, double *ulp, int *normal) {
    const int digits = dtype == FASTACT_F32 ? 24 : 53, least = dtype == FASTACT_F32 ? -126 : -1022;
    const wide overflow = wide_scale(2 - wide_scale(1, -digits), 1 - least); /* from here on the nearest number is infinity */
    *ulp = 0, *normal = 1;
    if (exact != exact) return double_bits(y) == UINT64_C(0x7FF8000000000000);
    if (wide_fabs(exact) >= overflow) return y == (exact > 0 ? INFINITY : -INFINITY);
    if (!isfinite(y)) return 0;
    const int exponent = exact == 0 ? least - 1 : wide_exponent(exact);
    *normal = exponent >= least;
    *ulp = (double)wide_scale(wide_fabs((wide)y - exact), digits - 1 - (*normal ? exponent : least));
    return 1;
}

void sweep_doubles(const sweep_case *c, const double *x, size_t n, sweep_result *r) {
    const int pass = sweep_reference_pass(c->pass), backward = c->pass >= FASTACT_BACKWARD;
    double y[SWEEP_BLOCK];
    call_library(c, x, y, n);
    for (size_t i = 0; i < n; ++i) {
        if (!sweep_is_meant(c, x[i])) continue;
        wide exact = reference_wide(c->row, pass, x[i], c->parameters);
        if (backward) exact *= c->gradient;
        ++r->inputs;
        double ulp;
        int normal;
        if (!sweep_compare(FASTACT_F64, exact, y[i], &ulp, &normal) ||
            (exact == 0 && sign_matters(c, x[i]) && double_bits(y[i]) != double_bits((double)exact)))
            sweep_note_special(r, x[i]);
        else
            sweep_note_error(r, ulp, x[i], normal);
    }
}

typedef struct {
    const sweep_case *c;
    const sweep_inputs *inputs;
    _Atomic uint64_t *next;
    sweep_result result;
} worker;

static void *work(void *argument) {
    enum { CHUNK = 1 << 16 };
    worker *w = argument;
    float block[SWEEP_BLOCK];
    for (uint64_t start; (start = atomic_fetch_add(w->next, CHUNK)) < w->inputs->count;) {
        const uint64_t end = start + CHUNK < w->inputs->count ? start + CHUNK : w->inputs->count;
        for (uint64_t i = start; i < end; i += SWEEP_BLOCK) {
            const size_t n = end - i < SWEEP_BLOCK ? (size_t)(end - i) : SWEEP_BLOCK;
            if (w->c->dtype == FASTACT_F64) {
                sweep_doubles(w->c, w->inputs->doubles + i, n, &w->result);
            } else if (w->inputs->floats) {
                sweep_floats(w->c, w->inputs->floats + i, n, &w->result);
            } else {
                for (size_t k = 0; k < n; ++k) {
                    const uint32_t b = (uint32_t)(i + k);
                    memcpy(block + k, &b, sizeof b);
                }
                sweep_floats(w->c, block, n, &w->result);
            }
        }
    }
    return NULL;
}

/* Of equal errors the first in bit order is kept, so that the report does not depend on who drew which block. */
static void keep_worst(double *ulp, double *at, double other_ulp, double other_at) {
    if (other_ulp > *ulp || (other_ulp == *ulp && double_bits(other_at) < double_bits(*at))) *ulp = other_ulp, *at = other_at;
}

static void merge(sweep_result *into, const sweep_result *from) {
    into->inputs += from->inputs;
    into->wrongly_rounded += from->wrongly_rounded;
    keep_worst(&into->max_ulp, &into->worst, from->max_ulp, from->worst);
    keep_worst(&into->max_subnormal_ulp, &into->worst_subnormal, from->max_subnormal_ulp, from->worst_subnormal);
    if (from->special && !into->special) into->first_special = from->first_special;
    into->special += from->special;
}

sweep_result sweep_run(const sweep_case *c, const sweep_inputs *inputs, int threads) {
    enum { MAX_THREADS = 256 };
    _Atomic uint64_t next = 0;
    worker workers[MAX_THREADS];
    pthread_t started[MAX_THREADS];
    int running[MAX_THREADS];
    if (threads > MAX_THREADS) threads = MAX_THREADS;
    for (int t = 0; t < threads; ++t) workers[t] = (worker){.c = c, .inputs = inputs, .next = &next};
    for (int t = 1; t < threads; ++t) running[t] = pthread_create(started + t, NULL, work, workers + t) == 0;
    work(workers);
    sweep_result total = workers[0].result;
    for (int t = 1; t < threads; ++t) {
        if (!running[t]) continue;
        pthread_join(started[t], NULL);
        merge(&total, &workers[t].result);
    }
    return total;
}

double sweep_self_check(const reference *row, int pass, const double *parameters, const float *x, uint64_t count, double *worst) {
    const double scale = reference_scale(row, parameters);
    double largest = 0;
    *worst = 0;
    for (uint64_t i = 0; i < count; i += SELF_CHECK_STEP) {
        if (pass == REFERENCE_DERIVATIVE && row->derivative_root != 0 && fabs(x[i] * scale - row->derivative_root) < ROOT_NEIGHBOURHOOD)
            continue;
        const double fast = row->in_double[pass](x[i], parameters);
        const wide exact = reference_wide(row, pass, x[i], parameters);
        if (isnan(fast) != (exact != exact) || isinf(fast) != isinf((double)exact)) {
            *worst = x[i];
            return INFINITY;
        }
        if (!isfinite(fast)) continue;
        int normal;
        const double ulp = (double)wide_fabs(exact - fast) * inverse_float_ulp((double)exact, &normal);
        if (ulp > largest) largest = ulp, *worst = x[i];
    }
    return largest;
}
