/* Gated functions, value and both gradients, against their definitions in the wide format. */
#include "strata.h"
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* one element, of which every pass is judged */
typedef struct {
    double grad, gate, value;
} triple;
typedef struct {
    wide y, gate, value;
} exact_triple;

enum { ELEMENTS = 8192 };

/* The activation's own reference: act(gate) and act'(gate). An exponential that is 0 even in the wide format is not 0 at a finite gate:
 * infinity times it is infinity. */
static wide alive(const reference *row, wide f, int negative, double x) {
    const int has_zeros = row->piecewise || !strcmp(row->name, "identity");
    return f != 0 || has_zeros || x == 0 || isinf(x) ? f : negative ? -wide_exp(-11000) : wide_exp(-11000);
}
static wide act(const reference *row, double x, double parameter) {
    const double parameters[PARAMETERS] = {parameter};
    return alive(row, reference_wide(row, REFERENCE_VALUE, x, parameters), x < 0 && strcmp(row->name, "sigmoid"), x);
}
static wide slope(const reference *row, double x, double parameter) {
    const double parameters[PARAMETERS] = {parameter};
    return alive(row, reference_wide(row, REFERENCE_DERIVATIVE, x, parameters), strcmp(row->name, "sigmoid") != 0, x);
}

typedef exact_triple definition(const reference *row, const double *p, triple t);

static exact_triple plain(const reference *row, const double *p, triple t) {
    const wide a = act(row, t.gate, p[0]);
    return (exact_triple){a * t.value, (wide)t.grad * t.value * slope(row, t.gate, p[0]), t.grad * a};
}
/* closed where the gate is not positive, whatever stands in the other two */
static exact_triple rectified(const reference *row, const double *p, triple t) {
    exact_triple e = plain(row, p, t);
    if (!(t.gate > 0)) e.gate = 0;
    return e;
}
static exact_triple clamped(const reference *row, const double *p, triple t) {
    const double limit = p[1], a = t.gate > limit ? limit : t.gate, b = t.value > limit ? limit : t.value < -limit ? -limit : t.value;
    const wide w = (wide)b + 1, s = act(row, a, p[0]);
    exact_triple e = {s * w, (wide)t.grad * w * slope(row, a, p[0]), t.grad * s};
    if (t.gate >= limit) e.gate = 0;
    if (fabs(t.value) >= limit) e.value = 0;
    return e;
}

enum { OTHERS = 4 };
static const struct {
    const char *name, *activation;
    definition *exact;
    double others[OTHERS][2]; /* further parameters; the first of a set is not 0 */
} references[] = {
    {"swiglu", "silu", plain, {{1.702}, {0.3}, {-1.3}, {0x1p-120}}},
    {"glu", "sigmoid", plain, {{0}}},
    {"geglu", "gelu", plain, {{0}}},
    {"geglu_tanh", "gelu_tanh", plain, {{0}}},
    {"reglu", "relu", rectified, {{0}}},
    {"bilinear", "identity", plain, {{0}}},
    {"swiglu_clamped", "silu", clamped, {{1, 7}, {1.702, 1e30}, {0.5, 40}, {0x1p-120, 1e30}}},
};
enum { REFERENCES = sizeof references / sizeof *references };

/* ---- elements ---- */
typedef struct {
    const reference *row;
    fastact_dtype dtype;
    double parameter;
} source;
typedef triple make_element(const source *s, uint64_t *random);
#define MAKE(name) static triple name(const source *s, uint64_t *random)

static double largest(const source *s) { return s->dtype == FASTACT_F32 ? 127 : 1023; }
static double any_exponent(const source *s, uint64_t *random) {
    return strata_magnitude(random, s->dtype == FASTACT_F32 ? -149 : -1074, largest(s));
}
static double far_gate(const source *s, uint64_t *random) { return sweep_uniform(random, -1, 1) * (s->dtype == FASTACT_F32 ? 220 : 1600); }
/* beyond it no product with act' is more than 0 */
static double far_end(const source *s) {
    const double end = !strcmp(s->row->name, "gelu") ? 67 : !strcmp(s->row->name, "gelu_tanh") ? 32 : 2200;
    return end / fmin(1, fabs(s->parameter ? s->parameter : 1));
}

MAKE(normal) { (void)s; return (triple){strata_normal(random), strata_normal(random), strata_normal(random)}; }
MAKE(wider) { (void)s; return (triple){strata_normal(random), 4 * strata_normal(random), strata_normal(random)}; }
MAKE(every_exponent) { return (triple){any_exponent(s, random), any_exponent(s, random), any_exponent(s, random)}; }
/* gates in the tails; the other factors bring the product back from beyond the range of the dtype */
MAKE(tails) {
    const double grad = any_exponent(s, random), high = largest(s) - fmax(0, (double)ilogb(grad));
    return (triple){grad, far_gate(s, random), strata_magnitude(random, -largest(s), s->dtype == FASTACT_F32 ? 127 : high)};
}
MAKE(large_factors) {
    const double high = largest(s), low = high * 0.7;
    const double gate = s->dtype == FASTACT_F32 ? far_gate(s, random) : sweep_uniform(random, -1, 1) * far_end(s);
    return (triple){strata_magnitude(random, low, high), gate, strata_magnitude(random, low, high)};
}
MAKE(around_ten) { (void)s; return (triple){strata_normal(random), sweep_uniform(random, -12, 12), strata_normal(random)}; }
/* a product of factors beyond the range next to the derivative's root, where the slope is small */
MAKE(root) {
    const double unit = s->dtype == FASTACT_F32 ? 0x1p-24 : 0x1p-53, root = s->row->derivative_root / (s->parameter ? s->parameter : 1);
    const double gate = strata_rounded(s->dtype, root * (1 + unit * floor(sweep_uniform(random, -200, 200))));
    const int apart = (int)sweep_uniform(random, 0, largest(s) - 1);
    return (triple){strata_magnitude(random, apart, apart + 1), gate,
                    strata_magnitude(random, largest(s) - apart - 2, largest(s) - apart + 30)};
}
/* exponents that cancel: results of ordinary size */
MAKE(opposite) {
    const int e = (int)sweep_uniform(random, -largest(s), largest(s));
    return (triple){strata_magnitude(random, -e, 1 - e), strata_magnitude(random, e < 3 ? e : 3, (e < 3 ? e : 3) + 1),
                    strata_magnitude(random, e, e + 1)};
}
MAKE(near_minus_one) { /* where b + 1 is small */
    (void)s;
    return (triple){strata_normal(random), 4 * strata_normal(random), -1 + strata_magnitude(random, -30, 1)};
}
MAKE(special) {
    static const double at[] = {INFINITY, -INFINITY, NAN, 0, -0.0, 1, -1, 90, -90, -1000, 0x1p-149, -0x1p-149, 0x1p127, -0x1p127, 7, -7};
    enum { COUNT = sizeof at / sizeof *at };
    (void)s;
    return (triple){at[sweep_random(random) % COUNT], at[sweep_random(random) % COUNT], at[sweep_random(random) % COUNT]};
}

static const struct {
    const char *name;
    make_element *make;
} elements[] = {
    {"normal(0, 1)", normal}, {"normal(0, 4)", wider}, {"up to 12", around_ten}, {"every exponent", every_exponent},
    {"tails", tails}, {"tails, large factors", large_factors}, {"next to the root", root}, {"opposite exponents", opposite},
    {"value near -1", near_minus_one}, {"special", special},
};
enum { KINDS = sizeof elements / sizeof *elements };

static double rounded(const source *s, double x) { return strata_rounded(s->dtype, x); }

static void judge_kind(const strata_options *o, const fastact_function *f, int r, const source *s, const double *p, int kind, int round,
                       strata_result *value, strata_result *backward) {
    void *typed[5];
    triple *t = malloc(ELEMENTS * sizeof *t);
    for (int k = 0; k < 5; ++k) typed[k] = strata_array(o->dtype, ELEMENTS);
    if (!t) abort();
    strata_batch b = {.dtype = o->dtype, .rows = ELEMENTS, .columns = 1};
    b.place = (strata_place){.stratum = elements[kind].name, .columns = 1, .round = round};
    uint64_t random = strata_seed(&b, 0, 0);
    for (size_t i = 0; i < ELEMENTS; ++i) {
        const triple made = elements[kind].make(s, &random);
        t[i] = (triple){rounded(s, made.grad), rounded(s, made.gate), rounded(s, made.value)};
        strata_set(o->dtype, typed[0], i, t[i].grad);
        strata_set(o->dtype, typed[1], i, t[i].gate);
        strata_set(o->dtype, typed[2], i, t[i].value);
    }
    const void *const in[3] = {typed[0], typed[1], typed[2]};
    void *const out[2] = {typed[3], typed[4]};
    strata_expect_ok(f, fastact_gated(f, FASTACT_VALUE, o->dtype, 1, ELEMENTS, in + 1, NULL, out, NULL, p));
    for (size_t i = 0; i < ELEMENTS; ++i)
        strata_judge(value, &b, i, 0, t[i].gate, references[r].exact(s->row, p, t[i]).y, 0, strata_get(o->dtype, typed[3], i));
    strata_expect_ok(f, fastact_gated(f, FASTACT_BACKWARD, o->dtype, 1, ELEMENTS, in, NULL, out, NULL, p));
    for (size_t i = 0; i < ELEMENTS; ++i) {
        const exact_triple e = references[r].exact(s->row, p, t[i]);
        strata_judge(backward, &b, i, 0, t[i].gate, e.gate, 0, strata_get(o->dtype, typed[3], i));
        strata_judge(backward, &b, i, 1, t[i].gate, e.value, 0, strata_get(o->dtype, typed[4], i));
    }
    for (int k = 0; k < 5; ++k) free(typed[k]);
    free(t);
}

/* with its default parameters and with others, all held to the catalog's bounds */
int sweep_gated(const strata_options *o, const fastact_function *f) {
    int r = 0;
    while (r < REFERENCES && strcmp(references[r].name, f->name)) ++r;
    if (r == REFERENCES) {
        fprintf(stderr, "sweep: %s has no row in tests/accuracy/gated.c\n", f->name);
        return 0;
    }
    strata_result value = strata_begin(o, f, FASTACT_VALUE), backward = strata_begin(o, f, FASTACT_BACKWARD);
    for (int set = -1; set < (f->parameter_count ? OTHERS : 0); ++set) {
        double p[2] = {0, 0};
        for (int k = 0; k < f->parameter_count; ++k)
            p[k] = strata_rounded(o->dtype, set < 0 ? f->parameters[k].default_value : references[r].others[set][k]);
        const source s = {reference_find(references[r].activation), o->dtype, p[0]};
        for (int round = 1; round <= o->rounds; ++round)
            for (int kind = 0; kind < KINDS; ++kind) judge_kind(o, f, r, &s, p, kind, round, &value, &backward);
    }
    const int first = strata_end(o, f, "value", &value), second = strata_end(o, f, "backward", &backward);
    return first && second;
}
