/* float16 and bfloat16 in row-wise and gated functions and those with a learned parameter: the float kernel's results rounded once, on
 * every instruction set, for short rows, rows that fill a block and longer ones, rows with a step between them, and in place. */
#include "sixteen.h"

enum { MOST = 40000, GUARD = 32, MARK = 0xA5 };

static uint16_t in[3][MOST], out[2][MOST + 2 * GUARD];
static float wide[3][MOST], y[2][MOST];
static const size_t shapes[][2] = {{1, 1}, {3, 7}, {64, 10}, {40, 16}, {37, 100}, {3, 2047}, {2, 2048}, {2, 2049}, {3, 5000}, {2500, 2}};
enum { SHAPES = sizeof shapes / sizeof *shapes };

static void make_inputs(const fastact_function *f, fastact_dtype dtype, size_t n, int like_output) {
    snprintf(context, sizeof context, "%s %s on %s, %zu numbers", f->name, dtype == FASTACT_F16 ? "f16" : "bf16", fastact_isa(), n);
    for (int k = 0; k < 3; ++k)
        for (size_t i = 0; i < n; ++i) {
            double value = random_bits() % 50 ? uniform(-6, 6) : uniform(-60, 60);
            if (k == 1 && like_output) value = uniform(0, 1);
            in[k][i] = rounded((float)value, dtype);
            wide[k][i] = widened(in[k][i], dtype);
        }
    memset(out, MARK, sizeof out);
}
static void check_results(int which, size_t n, fastact_dtype dtype) {
    size_t beside = 0;
    for (size_t i = 0; i < n; ++i) {
        const uint16_t wanted = rounded(y[which][i], dtype), got = out[which][GUARD + i];
        CHECK(got == wanted, "result %d, %zu of %zu: 0x%04x instead of 0x%04x", which, i, n, got, wanted);
        if (got != wanted) return;
    }
    for (int i = 0; i < GUARD; ++i) beside += out[which][i] != 0xA5A5 || out[which][GUARD + n + (size_t)i] != 0xA5A5;
    CHECK(beside == 0, "%zu numbers beside the result were written", beside);
}

static void row_wise_by(const fastact_function *f, fastact_dtype dtype, size_t rows, size_t columns, double parameter) {
    const size_t results = row_results(f, columns, parameter);
    for (int pass = FASTACT_VALUE; pass <= FASTACT_BACKWARD; pass += FASTACT_BACKWARD) {
        if (!f->parameter_count && parameter != 0 && !takes_scale(f, pass)) continue;
        const int backward = pass == FASTACT_BACKWARD;
        const size_t first = rows * (backward ? results : columns), last = rows * (backward ? columns : results);
        make_inputs(f, dtype, rows * columns, f->backward_takes_output);
        const void *const b = backward ? in[1] : NULL, *const wide_b = backward ? wide[1] : NULL;
        CHECK(fastact_rows(f, (fastact_pass)pass, FASTACT_F32, rows, columns, wide[0], wide_b, y[0], &parameter) == FASTACT_OK);
        CHECK(fastact_rows(f, (fastact_pass)pass, dtype, rows, columns, in[0], b, out[0] + GUARD, &parameter) == FASTACT_OK);
        check_results(0, last, dtype);
        if (first != last) continue;
        memcpy(out[0] + GUARD, in[0], first * sizeof in[0][0]);
        CHECK(fastact_rows(f, (fastact_pass)pass, dtype, rows, columns, out[0] + GUARD, b, out[0] + GUARD, &parameter) == FASTACT_OK);
        check_results(0, last, dtype);
    }
}
static void row_wise(const fastact_function *f, fastact_dtype dtype, size_t rows, size_t columns) {
    row_wise_by(f, dtype, rows, columns, row_parameter(f, columns));
    if (!f->parameter_count) row_wise_by(f, dtype, rows, columns, 0.3);
}

/* halves of rows of twice the length, and results apart: rows with a step between them */
static void gated(const fastact_function *f, fastact_dtype dtype, size_t rows, size_t columns) {
    const size_t n = rows * columns, steps[3] = {columns, 2 * columns, 2 * columns};
    if (2 * n > MOST) return;
    for (int pass = FASTACT_VALUE; pass <= FASTACT_BACKWARD; pass += FASTACT_BACKWARD) {
        const int before = pass == FASTACT_BACKWARD;
        make_inputs(f, dtype, 2 * n, 0);
        const void *const from[3] = {in[0], in[1], in[1] + columns}, *const wide_from[3] = {wide[0], wide[1], wide[1] + columns};
        void *const to[2] = {out[0] + GUARD, out[1] + GUARD}, *const wide_to[2] = {y[0], y[1]};
        CHECK(fastact_gated(f, (fastact_pass)pass, FASTACT_F32, rows, columns, wide_from + !before, steps + !before, wide_to, NULL,
                            NULL) == FASTACT_OK);
        CHECK(fastact_gated(f, (fastact_pass)pass, dtype, rows, columns, from + !before, steps + !before, to, NULL, NULL) == FASTACT_OK);
        for (int k = 0; k < 1 + before; ++k) check_results(k, n, dtype);
        /* in place of the two inputs that are gate and value, crosswise */
        const void *const flat[3] = {in[0], to[0], to[1]}, *const wide_flat[3] = {wide[0], wide[1], wide[2]};
        void *const crossed[2] = {to[1], to[0]}, *const wide_crossed[2] = {y[1], y[0]};
        for (int k = 0; k < 2; ++k) memcpy(to[k], in[1 + k], n * sizeof in[0][0]);
        CHECK(fastact_gated(f, (fastact_pass)pass, FASTACT_F32, 1, n, wide_flat + !before, NULL, wide_crossed, NULL, NULL) == FASTACT_OK);
        CHECK(fastact_gated(f, (fastact_pass)pass, dtype, 1, n, flat + !before, NULL, crossed, NULL, NULL) == FASTACT_OK);
        for (int k = !before; k < 2; ++k) check_results(k, n, dtype);
    }
}

/* one run, long and short ones, many rows in a block, rows longer than one, and those whose channels fill no block */
static const size_t sizes[][3] = {{1, 1, 5000}, {3, 2, 70}, {40, 17, 1}, {2, 9001, 1}, {2, 700, 13}, {1000, 3, 7}, {1, 300, 63}};
static void learned(const fastact_function *f, fastact_dtype dtype, size_t outer, size_t channels, size_t inner) {
    const size_t n = outer * channels * inner;
    make_inputs(f, dtype, n > channels ? n : channels, 0);
    for (size_t i = 0; i < channels; ++i) wide[1][i] = (float)uniform(0.1, 2);
    CHECK(fastact_learned(f, FASTACT_F32, outer, channels, inner, wide[0], wide[1], y[0]) == FASTACT_OK);
    CHECK(fastact_learned(f, dtype, outer, channels, inner, in[0], wide[1], out[0] + GUARD) == FASTACT_OK);
    check_results(0, n, dtype);
    memcpy(out[0] + GUARD, in[0], n * sizeof in[0][0]);
    CHECK(fastact_learned(f, dtype, outer, channels, inner, out[0] + GUARD, wide[1], out[0] + GUARD) == FASTACT_OK);
    check_results(0, n, dtype);
}

static void refused(void) {
    const fastact_function *softmax = fastact_find("softmax"), *glu = fastact_find("glu");
    const fastact_function *const prelu = fastact_find("prelu");
    const void *const pair[2] = {in[0], in[0] + 8};
    void *const one[1] = {in[0] + 4};
    snprintf(context, sizeof context, "refused calls");
    CHECK(fastact_rows(softmax, FASTACT_VALUE, FASTACT_F16, 2, 8, NULL, NULL, out[0], NULL) == FASTACT_ERROR_NULL);
    CHECK(fastact_rows(softmax, FASTACT_VALUE, FASTACT_BF16, 2, 8, in[0], NULL, in[0] + 1, NULL) == FASTACT_ERROR_OVERLAP);
    CHECK(fastact_rows(softmax, FASTACT_VALUE, (fastact_dtype)4, 2, 8, in[0], NULL, out[0], NULL) == FASTACT_ERROR_UNSUPPORTED);
    CHECK(fastact_gated(glu, FASTACT_VALUE, FASTACT_F16, 1, 8, pair, NULL, one, NULL, NULL) == FASTACT_ERROR_OVERLAP);
    CHECK(fastact_learned(prelu, FASTACT_F16, 1, 8, 1, in[0], wide[0] + 6, (uint16_t *)wide[0] + 20) == FASTACT_ERROR_OVERLAP);
    CHECK(fastact_learned_backward(prelu, FASTACT_F16, 1, 8, 1, in[0], in[1], wide[0], out[0], wide[1]) == FASTACT_ERROR_UNSUPPORTED);
    CHECK(fastact_softmax_f16(2, 8, in[0], out[0]) == FASTACT_OK &&
          fastact_maxout_backward_bf16(2, 8, in[0], in[1], out[0], 4) == FASTACT_OK);
    CHECK(fastact_swiglu_bf16(8, in[0], in[1], out[0], 1.0f) == FASTACT_OK && fastact_entmax_f16(2, 8, in[0], out[0], 1.3f) == FASTACT_OK);
}

int main(void) {
    size_t count;
    const fastact_function *functions = fastact_functions(&count);
    for (const char *const *isa = fastact_isas(); *isa; ++isa) {
        set_isa(*isa);
        for (size_t i = 0; i < count; ++i)
            for (int dtype = FASTACT_F16; dtype <= FASTACT_BF16; ++dtype) {
                for (size_t s = 0; functions[i].kind == FASTACT_LEARNED && s < sizeof sizes / sizeof *sizes; ++s)
                    learned(functions + i, (fastact_dtype)dtype, sizes[s][0], sizes[s][1], sizes[s][2]);
                for (int s = 0; s < SHAPES; ++s) {
                    if (functions[i].kind == FASTACT_ROWWISE) row_wise(functions + i, (fastact_dtype)dtype, shapes[s][0], shapes[s][1]);
                    if (functions[i].kind == FASTACT_GATED) gated(functions + i, (fastact_dtype)dtype, shapes[s][0], shapes[s][1]);
                }
            }
    }
    refused();
    return finish();
}
