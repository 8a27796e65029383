/* float16 and bfloat16: every one of the 65 536 inputs gives the float kernel's result rounded once, on every instruction set, at any
 * length, position and stride, in place or not. */
#include "sixteen.h"

enum { ALL = 1 << 16, MARK = 0xA5 };

static uint16_t x[ALL], g[ALL], out[ALL + 256], expected[ALL], work[4 * ALL];
static float wide_x[ALL], wide_g[ALL], y[ALL];

static void check_same(const uint16_t *got, const uint16_t *wanted, size_t n) {
    for (size_t i = 0; i < n; ++i)
        if (got[i] != wanted[i]) {
            CHECK(0 && "equal bits", "element %zu of %zu: 0x%04x instead of 0x%04x, x = 0x%04x", i, n, got[i], wanted[i], x[i]);
            return;
        }
}
static int untouched(const uint16_t *p, size_t n) {
    for (size_t i = 0; i < 2 * n; ++i)
        if (((const unsigned char *)p)[i] != MARK) return 0;
    return 1;
}

static void lengths(const map_case *c, const settings *s) {
    for (size_t n = 0; n <= 130; ++n)
        for (size_t offset = 0; offset < 3; ++offset) {
            const size_t from = 15000 + 97 * n;
            memset(out, MARK, 400);
            CHECK(run_strided(c, n, g + from, 2, x + from, 2, s, out + 16 + offset, 2) == FASTACT_OK);
            check_same(out + 16 + offset, expected + from, n);
            CHECK(untouched(out, 16 + offset) && untouched(out + 16 + offset + n, 32), "length %zu", n);
        }
}
static void places(const map_case *c, const settings *s) {
    enum { N = 3000, FROM = 14000 };
    void *each[PARAMETERS];
    static float values[PARAMETERS][N];
    for (size_t i = 0; i < N; ++i) work[3 * i] = x[FROM + i];
    CHECK(run_strided(c, N, g + FROM, 2, work, 6, s, out, 2) == FASTACT_OK);
    check_same(out, expected + FROM, N);
    CHECK(run_strided(c, N, g + FROM + N - 1, -2, x + FROM + N - 1, -2, s, out + N - 1, -2) == FASTACT_OK);
    check_same(out, expected + FROM, N);
    for (int k = 0; k < PARAMETERS; ++k) {
        for (size_t i = 0; i < N; ++i) values[k][i] = s->of[k].f32;
        each[k] = values[k];
    }
    CHECK(run_arrays(c, N, g + FROM, 2, x + FROM, 2, each, 4, out, 2) == FASTACT_OK);
    check_same(out, expected + FROM, N);
    memcpy(work, x, sizeof x);
    CHECK(run_strided(c, ALL, g, 2, work, 2, s, work, 2) == FASTACT_OK);
    check_same(work, expected, ALL);
}

static void sixteen(const map_case *single) {
    if (single->dtype != FASTACT_F32) return;
    for (int dtype = FASTACT_F16; dtype <= FASTACT_BF16; ++dtype) {
        const map_case c = {single->function, single->pass, (fastact_dtype)dtype};
        const settings s = default_settings(single);
        describe(single, dtype == FASTACT_F16 ? "as f16" : "as bf16");
        for (size_t i = 0; i < ALL; ++i) {
            x[i] = (uint16_t)i;
            g[i] = (uint16_t)(i * 40503u + 77);
            wide_x[i] = widened(x[i], c.dtype);
            wide_g[i] = widened(g[i], c.dtype);
        }
        run(single, ALL, wide_g, wide_x, &s, y);
        for (size_t i = 0; i < ALL; ++i) expected[i] = rounded(y[i], c.dtype);
        CHECK(run_strided(&c, ALL, g, 2, x, 2, &s, out, 2) == FASTACT_OK);
        check_same(out, expected, ALL);
        lengths(&c, &s);
        places(&c, &s);
    }
}

/* all 16-bit numbers, and floats spread over all bit patterns with ties and neighbours of ties among them */
static void conversions(fastact_dtype dtype) {
    static float wide[ALL];
    snprintf(context, sizeof context, "conversions of %s", dtype == FASTACT_F16 ? "f16" : "bf16");
    for (size_t i = 0; i < ALL; ++i) x[i] = (uint16_t)i;
    CHECK(fastact_widen(dtype, ALL, x, wide) == FASTACT_OK);
    for (size_t i = 0; i < ALL; ++i) {
        const float exact = widened(x[i], dtype);
        CHECK(isnan(exact) ? isnan(wide[i]) : !memcmp(wide + i, &exact, sizeof exact), "0x%04x", x[i]);
    }
    static const uint32_t low[] = {0, 1, 0x0FFF, 0x1000, 0x1001, 0x7FFF, 0x8000, 0x8001, 0xFFFF};
    for (size_t k = 0; k < sizeof low / sizeof *low; ++k) {
        for (size_t i = 0; i < ALL; ++i) {
            const uint32_t bits = (uint32_t)i << 16 | low[k];
            memcpy(wide + i, &bits, sizeof bits);
            expected[i] = rounded(wide[i], dtype);
        }
        CHECK(fastact_narrow(dtype, ALL, wide, out) == FASTACT_OK);
        check_same(out, expected, ALL);
    }
    for (size_t n = 0; n <= 40; ++n) {
        memset(out, MARK, 400);
        CHECK(fastact_narrow(dtype, n, wide + 15000, out + 16) == FASTACT_OK);
        check_same(out + 16, expected + 15000, n);
        CHECK(untouched(out, 16) && untouched(out + 16 + n, 32), "length %zu", n);
    }
    memset(out, MARK, 400);
    CHECK(fastact_narrow(dtype, 0, NULL, NULL) == FASTACT_OK && fastact_widen(dtype, 0, NULL, NULL) == FASTACT_OK);
    CHECK(fastact_narrow(dtype, 8, NULL, out) == FASTACT_ERROR_NULL && fastact_narrow(dtype, 8, wide, NULL) == FASTACT_ERROR_NULL);
    CHECK(fastact_widen(dtype, 8, NULL, wide) == FASTACT_ERROR_NULL && fastact_widen(dtype, 8, x, NULL) == FASTACT_ERROR_NULL);
    CHECK(fastact_narrow(FASTACT_F32, 8, wide, out) == FASTACT_ERROR_UNSUPPORTED);
    CHECK(fastact_widen(FASTACT_F64, 8, out, wide) == FASTACT_ERROR_UNSUPPORTED);
    CHECK(fastact_narrow(dtype, (size_t)-1 / 2, wide, out) == FASTACT_ERROR_ARGUMENT);
    CHECK(fastact_narrow(dtype, 8, wide, wide + 7) == FASTACT_ERROR_OVERLAP);
    CHECK(fastact_widen(dtype, 8, wide + 7, wide) == FASTACT_ERROR_OVERLAP);
    CHECK(untouched(out, 200), "what was refused wrote");
}

/* every named entry point is the general one */
#define VALUES_0
#define VALUES_1 , 0.3f
#define VALUES_2 VALUES_1, 0.8f
#define VALUES_3 VALUES_2, -0.25f
#define VALUES_4 VALUES_3, 1.5f
#define VALUES_NO_PARAMETER VALUES_0
#define VALUES_PARAMETER(...) VALUES_1
#define VALUES_PARAMETERS_2(...) VALUES_2
#define VALUES_PARAMETERS_3(...) VALUES_3
#define VALUES_PARAMETERS_4(...) VALUES_4
#define CHECK_NAMED(call, function_name, pass_number, number, ...)                                          \
    do {                                                                                                    \
        const map_case c = {fastact_find(#function_name), pass_number, number};                             \
        settings s = {{{0}}};                                                                               \
        for (int k = 0; k < PARAMETERS; ++k) s.of[k].f32 = (float[]){0.3f, 0.8f, -0.25f, 1.5f, 0.7f}[k];          \
        snprintf(context, sizeof context, "%s", #call);                                                     \
        CHECK(run_strided(&c, 1000, g, 2, x + 15000, 2, &s, expected, 2) == FASTACT_OK);                    \
        CHECK(call(__VA_ARGS__) == FASTACT_OK);                                                             \
        check_same(out, expected, 1000);                                                                    \
        CHECK(fastact_get_kernel(c.function, pass_number, number) != NULL);                                 \
    } while (0)
#define NAMED_MAPS(name, values, type, number)                                                                                     \
    CHECK_NAMED(fastact_##name##_##type, name, FASTACT_VALUE, number, 1000, x + 15000, out values);                               \
    CHECK_NAMED(fastact_##name##_derivative_##type, name, FASTACT_DERIVATIVE, number, 1000, x + 15000, out values);               \
    CHECK_NAMED(fastact_##name##_backward_##type, name, FASTACT_BACKWARD, number, 1000, g, x + 15000, out values);                \
    CHECK(fastact_##name##_##type(10, NULL, out values) == FASTACT_ERROR_NULL);                                                   \
    CHECK(fastact_##name##_##type(10, x, x + 1 values) == FASTACT_ERROR_OVERLAP);
static void named(void) {
#define ELEMENTWISE(name, cost, parameters, ...)                  \
    NAMED_MAPS(name, VALUES_##parameters, f16, FASTACT_F16)       \
    NAMED_MAPS(name, VALUES_##parameters, bf16, FASTACT_BF16)
#include "../../src_c/registry.h"
}

int main(void) {
    for (const char *const *isa = fastact_isas(); *isa; ++isa) {
        set_isa(*isa);
        for_each_map(sixteen);
        conversions(FASTACT_F16);
        conversions(FASTACT_BF16);
    }
    named();
    return finish();
}
