/* Stratified inputs: every exponent of both signs, the neighbourhoods where something changes, and random ones. */
#include "sweep.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

uint64_t sweep_random(uint64_t *state) { /* splitmix64 */
    uint64_t z = (*state += UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}
double sweep_uniform(uint64_t *state, double low, double high) {
    return low + (high - low) * (double)(sweep_random(state) >> 11) * 0x1p-53;
}

static float float_of(uint32_t bits) { float x; memcpy(&x, &bits, sizeof x); return x; }
static double double_of(uint64_t bits) { double x; memcpy(&x, &bits, sizeof x); return x; }
static uint32_t bits_of_float(float x) { uint32_t b; memcpy(&b, &x, sizeof b); return b; }
static uint64_t bits_of_double(double x) { uint64_t b; memcpy(&b, &x, sizeof b); return b; }

typedef struct { void *at; uint64_t count, capacity; } list;

static void grow(list *l, uint64_t extra, size_t item) {
    if (l->count + extra <= l->capacity) return;
    l->capacity = 2 * (l->count + extra);
    l->at = realloc(l->at, l->capacity * item);
    if (!l->at) abort();
}
static void add_floats(list *l, float centre, int radius) { /* both signs of the centre and its neighbours in bit order */
    grow(l, 2 * (2 * (uint64_t)radius + 1), sizeof(float));
    const int64_t middle = bits_of_float(fabsf(centre));
    for (int64_t b = middle - radius; b <= middle + radius; ++b) {
        if (b < 0 || b > 0x7FFFFFFF) continue;
        ((float *)l->at)[l->count++] = float_of((uint32_t)b);
        ((float *)l->at)[l->count++] = float_of((uint32_t)b | 0x80000000u);
    }
}
static void add_doubles(list *l, double centre, int radius) {
    grow(l, 2 * (2 * (uint64_t)radius + 1), sizeof(double));
    const uint64_t middle = bits_of_double(fabs(centre));
    for (int64_t offset = -radius; offset <= radius; ++offset) {
        if (offset < 0 && middle < (uint64_t)-offset) continue;
        const double x = double_of(middle + (uint64_t)offset);
        ((double *)l->at)[l->count++] = x;
        ((double *)l->at)[l->count++] = -x;
    }
}

/* Where approximations change: kernels cut their ranges at short numbers, and the exponential ends at known places. */
static const double ends[] = {0x1p-126, 8.66, 9.0125, 15.94, 16.64, 17.4, 17.33, 18.4, 18.72, 36.05, 37.5, 38.57, 40,
                              87.3365, 88.02969, 88.72284, 95.5, 102.98, 103.2789, 103.9721, 110, 112, 120,
                              708.3964, 709.7827, 744.4401, 745.1332, 750, 1024, 0x1p23, 0x1p24, 0x1p52, 0x1p53};
enum { ENDS = sizeof ends / sizeof *ends };

static double scale_of(const reference *row, const double *parameters) {
    return row->parameters[0] != 0 && isfinite(parameters[0]) && parameters[0] != 0 ? fabs(parameters[0]) : 1;
}

float *stratified_floats(const reference *row, const double *parameters, uint64_t *count) {
    const double scale = scale_of(row, parameters);
    uint64_t seed = 1;
    list l = {NULL, 0, 0};
    for (uint32_t high = 0; high < 512; ++high) { /* sign and exponent, NaN and infinity among them */
        grow(&l, 1024, sizeof(float));
        for (uint32_t k = 0; k < 1024; ++k)
            ((float *)l.at)[l.count++] = float_of(high << 23 | k << 13 | (k == 0 ? 0 : (uint32_t)sweep_random(&seed) & 0x1FFF));
    }
    add_floats(&l, 0, 4096);
    add_floats(&l, INFINITY, 16);
    for (int k = 1; k <= 400; ++k) add_floats(&l, (float)k / 16, 128);
    for (int k = 26; k <= 130; ++k) add_floats(&l, (float)k, 128);
    for (int k = 0; k < ENDS; ++k) add_floats(&l, (float)ends[k], 512), add_floats(&l, (float)(ends[k] / scale), 512);
    for (int k = 0; k < PARAMETERS; ++k) add_floats(&l, (float)parameters[k], 128);
    if (row->derivative_root != 0) add_floats(&l, (float)(row->derivative_root / scale), 20000);
    const double widths[] = {1, 12, 110};
    grow(&l, 3 * 65536, sizeof(float));
    for (int w = 0; w < 3; ++w)
        for (int k = 0; k < 65536; ++k) ((float *)l.at)[l.count++] = (float)sweep_uniform(&seed, -widths[w], widths[w]);
    *count = l.count;
    return l.at;
}

double *stratified_doubles(const reference *row, const double *parameters, uint64_t *count) {
    const double scale = scale_of(row, parameters);
    uint64_t seed = 2;
    list l = {NULL, 0, 0};
    for (uint64_t high = 0; high < 4096; ++high) {
        grow(&l, 8, sizeof(double));
        for (uint64_t k = 0; k < 8; ++k)
            ((double *)l.at)[l.count++] = double_of(high << 52 | (k == 0 ? 0 : sweep_random(&seed) >> 12));
    }
    add_doubles(&l, 0, 64);
    add_doubles(&l, INFINITY, 1);
    for (int k = 1; k <= 400; ++k) add_doubles(&l, (double)k / 16, 4);
    for (int k = 26; k <= 760; ++k) add_doubles(&l, (double)k, 2);
    for (int k = 0; k < ENDS; ++k) add_doubles(&l, ends[k], 16), add_doubles(&l, ends[k] / scale, 16);
    for (int k = 0; k < PARAMETERS; ++k) add_doubles(&l, parameters[k], 16);
    if (row->derivative_root != 0) {
        const double root = row->derivative_root / scale;
        add_doubles(&l, root, 2000);
        grow(&l, 6000, sizeof(double));
        for (int k = 0; k < 6000; ++k) /* ever closer to it, from 2^-2 to 2^-50 */
            ((double *)l.at)[l.count++] = root + (k & 1 ? 1 : -1) * ldexp(sweep_uniform(&seed, 1, 2), -3 - k % 48);
    }
    const double widths[] = {1, 12, 40, 750};
    grow(&l, 4 * 12000, sizeof(double));
    for (int w = 0; w < 4; ++w)
        for (int k = 0; k < 12000; ++k) ((double *)l.at)[l.count++] = sweep_uniform(&seed, -widths[w], widths[w]);
    *count = l.count;
    return l.at;
}
