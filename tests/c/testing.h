/* What the C tests share: checks that report and count, random data that reaches every route of the loops, and loops over the
 * catalog and over the instruction sets of this machine. */
#ifndef TESTING_H
#define TESTING_H
#include "fastact.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failures;

/* what is being tried, for messages and for the handler of faults */
static char context[256];

#define CHECK(condition, ...)                                                                     \
    do {                                                                                          \
        if (!(condition) && failures++ < 20) {                                                    \
            fprintf(stderr, "%s:%d: %s: failed: %s ", __FILE__, __LINE__, context, #condition);   \
            fprintf(stderr, " " __VA_ARGS__);                                                     \
            fprintf(stderr, "\n");                                                                \
        }                                                                                         \
    } while (0)

static inline int finish(void) {
    if (failures) fprintf(stderr, "%d checks failed\n", failures);
    return failures != 0;
}

/* ---- data ---- */
static uint64_t random_state = 1;
static inline uint64_t random_bits(void) { /* splitmix64 */
    uint64_t z = (random_state += UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}
static inline double uniform(double low, double high) { return low + (high - low) * (double)(random_bits() >> 11) * 0x1p-53; }

/* Which part of the line the data comes from. Far values take the tail kernels; few of a group are collected, many run in place. */
typedef enum { NEAR, FEW_FAR, MANY_FAR, ALL_FAR, ANY_BITS, SPECIAL, DATA_KINDS } data_kind;

static const double special_values[] = {
    0.0, -0.0, NAN, INFINITY, -INFINITY, 0x1p-149, -0x1p-149, 0x1p-126, -0x1.8p-127, 0x1p-1074, -0x1p-1022, 1, -1, 0.5,
    -0.75, -1.25, 6, -6, 9.6875, -9.6875, 9.01, -5.2, -4.8, -5.99, 17.4, -17.4, 88.5, -88.5, -103.5, 104.5, -120,
    -700, -740, -745.5, 710, 1e30, -1e30, 3e38, -3e38, 1e300, -1e300,
};
enum { SPECIALS = sizeof special_values / sizeof *special_values };

static inline double far_value(fastact_dtype dtype) {
    if (random_bits() % 4 == 0) return special_values[random_bits() % SPECIALS];
    const double reach = dtype == FASTACT_F64 && random_bits() % 2 ? 760 : 125;
    return uniform(9.7, reach) * (random_bits() & 1 ? 1 : -1);
}
static inline double data_value(data_kind kind, fastact_dtype dtype) {
    const uint64_t draw = random_bits() % 64;
    switch (kind) {
    case FEW_FAR: return draw < 5 ? far_value(dtype) : uniform(-4, 4);
    case MANY_FAR: return draw < 40 ? far_value(dtype) : uniform(-4, 4);
    case ALL_FAR: return far_value(dtype);
    case SPECIAL: return special_values[random_bits() % SPECIALS];
    default: return uniform(-4, 4);
    }
}
static inline void fill(void *to, size_t n, fastact_dtype dtype, data_kind kind) {
    for (size_t i = 0; i < n; ++i) {
        const uint64_t bits = random_bits();
        const double value = data_value(kind, dtype);
        const float narrow = (float)value;
        if (dtype == FASTACT_F32)
            memcpy((char *)to + 4 * i, kind == ANY_BITS ? (const void *)&bits : &narrow, 4);
        else
            memcpy((char *)to + 8 * i, kind == ANY_BITS ? (const void *)&bits : &value, 8);
    }
}
static inline size_t item_size(fastact_dtype dtype) { return dtype == FASTACT_F32 ? 4 : 8; }

/* The parameter of a row-wise function for rows of that length: its default, or the most usual number of pieces that divides them. */
static inline double row_parameter(const fastact_function *f, size_t columns) {
    static const size_t pieces[] = {4, 2, 3, 5, 7, 11};
    if (f->row_shape != FASTACT_GROUPED_COLUMNS) return f->parameter_count ? f->parameters[0].default_value : 0;
    for (size_t k = 0; k < sizeof pieces / sizeof *pieces; ++k)
        if (columns % pieces[k] == 0) return (double)pieces[k];
    return (double)columns;
}
/* whether that pass takes a scale in place of a parameter */
static inline int takes_scale(const fastact_function *f, int pass) {
    return !strcmp(f->name, "softmax") || (!strcmp(f->name, "log_softmax") && pass == FASTACT_VALUE);
}
/* how many numbers the value of a row has */
static inline size_t row_results(const fastact_function *f, size_t columns, double parameter) {
    if (f->row_shape == FASTACT_ONE_COLUMN) return 1;
    return f->row_shape == FASTACT_GROUPED_COLUMNS ? columns / (size_t)parameter : columns;
}

/* ---- the catalog ---- */
typedef struct {
    const fastact_function *function;
    fastact_pass pass;
    fastact_dtype dtype;
} map_case;

static inline void describe(const map_case *c, const char *what) {
    static const char *const passes[] = {"value", "derivative", "backward", "backward_from_output"};
    snprintf(context, sizeof context, "%s %s %s on %s, %s", c->function->name, passes[c->pass], c->dtype == FASTACT_F32 ? "f32" : "f64",
             fastact_isa(), what);
}
static inline int takes_gradient(const map_case *c) { return c->pass >= FASTACT_BACKWARD; }

/* Calls visit for every elementwise function, pass and dtype. */
static inline void for_each_map(void (*visit)(const map_case *c)) {
    size_t count;
    const fastact_function *functions = fastact_functions(&count);
    for (size_t i = 0; i < count; ++i) {
        if (functions[i].kind != FASTACT_ELEMENTWISE) continue;
        for (int pass = FASTACT_VALUE; pass <= FASTACT_BACKWARD_FROM_OUTPUT; ++pass)
            for (int dtype = FASTACT_F32; dtype <= FASTACT_F64; ++dtype) {
                const map_case c = {functions + i, (fastact_pass)pass, (fastact_dtype)dtype};
                if (functions[i].passes & 1u << pass) visit(&c);
            }
    }
}

static inline void set_isa(const char *name) { CHECK(fastact_set_isa(name) == FASTACT_OK, "%s", name); }

typedef union { float f32; double f64; } scalar;
static inline double as_double(const void *p, fastact_dtype dtype) {
    scalar s;
    memcpy(&s, p, item_size(dtype));
    return dtype == FASTACT_F32 ? (double)s.f32 : s.f64;
}
static inline scalar scalar_of(double value, fastact_dtype dtype) {
    scalar s = {.f64 = value};
    if (dtype == FASTACT_F32) s.f32 = (float)value;
    return s;
}

/* One value of every parameter, in the dtype. */
enum { PARAMETERS = 5 };
typedef struct { scalar of[PARAMETERS]; } settings;
static inline settings settings_of(const map_case *c, const double *values) {
    settings s = {{{0}}};
    for (int k = 0; k < c->function->parameter_count; ++k) s.of[k] = scalar_of(values[k], c->dtype);
    return s;
}
/* a required parameter is 0.75 */
static inline settings default_settings(const map_case *c) {
    double values[PARAMETERS];
    for (int k = 0; k < c->function->parameter_count; ++k) {
        const double usual = c->function->parameters[k].default_value;
        values[k] = isnan(usual) ? 0.75 : usual;
    }
    return settings_of(c, values);
}

/* One call with all strides given, in bytes; g is ignored by unary passes. */
static inline fastact_status run_arrays(const map_case *c, size_t n, const void *g, ptrdiff_t g_stride, const void *x, ptrdiff_t x_stride,
                                        void *const *parameters, ptrdiff_t parameter_stride, void *out, ptrdiff_t out_stride) {
    char *arguments[3 + PARAMETERS];
    ptrdiff_t strides[3 + PARAMETERS];
    int k = 0;
    if (takes_gradient(c)) arguments[k] = (char *)g, strides[k++] = g_stride;
    arguments[k] = (char *)x, strides[k++] = x_stride;
    for (int p = 0; p < c->function->parameter_count; ++p) arguments[k] = parameters[p], strides[k++] = parameter_stride;
    arguments[k] = out, strides[k] = out_stride;
    return fastact_map_strided(c->function, c->pass, c->dtype, n, arguments, strides);
}
/* the same with one value of every parameter */
static inline fastact_status run_strided(const map_case *c, size_t n, const void *g, ptrdiff_t g_stride, const void *x, ptrdiff_t x_stride,
                                         const settings *s, void *out, ptrdiff_t out_stride) {
    void *parameters[PARAMETERS];
    for (int k = 0; k < PARAMETERS; ++k) parameters[k] = (void *)(s->of + k);
    return run_arrays(c, n, g, g_stride, x, x_stride, parameters, 0, out, out_stride);
}
static inline void run(const map_case *c, size_t n, const void *g, const void *x, const settings *s, void *out) {
    const ptrdiff_t item = (ptrdiff_t)item_size(c->dtype);
    CHECK(run_strided(c, n, g, item, x, item, s, out, item) == FASTACT_OK);
}

/* Bytes equal, or the first element that is not. */
static inline void check_equal(const void *got, const void *expected, size_t n, fastact_dtype dtype, size_t length, size_t offset) {
    const size_t item = item_size(dtype);
    if (!memcmp(got, expected, n * item)) return;
    for (size_t i = 0; i < n; ++i) {
        if (!memcmp((const char *)got + i * item, (const char *)expected + i * item, item)) continue;
        scalar a = {0}, b = {0};
        memcpy(&a, (const char *)got + i * item, item);
        memcpy(&b, (const char *)expected + i * item, item);
        CHECK(0 && "equal bits", "element %zu of length %zu at offset %zu: %a instead of %a", i, length, offset,
              dtype == FASTACT_F32 ? a.f32 : a.f64, dtype == FASTACT_F32 ? b.f32 : b.f64);
        return;
    }
}
#endif
