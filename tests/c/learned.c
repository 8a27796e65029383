/* Functions with a learned parameter: the same bits from every instruction set, in place, at several offsets, nothing written beyond
 * the outputs; the parameter's gradient beside a sum in long double; statuses of wrong calls. */
#include "testing.h"

enum { MOST = 70000, MARK = 0x5A };
static double grad[MOST], x[MOST], parameter[MOST], dx[MOST], sums[MOST], wanted[MOST], wanted_sums[MOST], wanted_y[MOST];

static void sizes_of(const fastact_function *f, fastact_dtype dtype, size_t outer, size_t channels, size_t inner, data_kind kind) {
    const size_t n = outer * channels * inner, item = item_size(dtype), offset = n % 7;
    char *g = (char *)grad + offset * item, *in = (char *)x + 3 * item, *p = (char *)parameter + item, *out = (char *)dx + offset * item;
    char *sum = (char *)sums + item;
    fill(g, n, dtype, kind);
    fill(in, n, dtype, kind);
    fill(p, channels, dtype, NEAR);
    CHECK(fastact_set_isa("scalar") == FASTACT_OK);
    CHECK(fastact_learned(f, dtype, outer, channels, inner, in, p, wanted_y) == FASTACT_OK);
    CHECK(fastact_learned_backward(f, dtype, outer, channels, inner, g, in, p, wanted, wanted_sums) == FASTACT_OK);
    for (const char *const *isa = fastact_isas(); *isa; ++isa) {
        snprintf(context, sizeof context, "%s %s on %s, (%zu, %zu, %zu)", f->name, dtype ? "f64" : "f32", *isa, outer, channels, inner);
        set_isa(*isa);
        memset(dx, MARK, sizeof dx);
        memset(sums, MARK, sizeof sums);
        CHECK(fastact_learned(f, dtype, outer, channels, inner, in, p, out) == FASTACT_OK);
        check_equal(out, wanted_y, n, dtype, n, offset);
        CHECK(fastact_learned_backward(f, dtype, outer, channels, inner, g, in, p, out, sum) == FASTACT_OK);
        check_equal(out, wanted, n, dtype, n, offset);
        check_equal(sum, wanted_sums, channels, dtype, channels, 1);
        CHECK((size_t)(out - (char *)dx) == 0 || out[-1] == MARK, "before dx");
        CHECK(out[n * item] == MARK && sum[-1] == MARK && sum[channels * item] == MARK, "beyond an output");
        for (int place = 0; place < 2; ++place) { /* in place of the gradient, of x; the sums in place of the parameter */
            memcpy(dx, place ? in : g, n * item);
            memcpy(sums, p, channels * item);
            CHECK(fastact_learned_backward(f, dtype, outer, channels, inner, place ? g : (char *)dx, place ? (char *)dx : in, sums, dx,
                                           sums) == FASTACT_OK);
            check_equal(dx, wanted, n, dtype, n, 0);
            check_equal(sums, wanted_sums, channels, dtype, channels, 0);
        }
    }
}

/* derivatives by the parameter, from the definitions */
static long double prelu_slope(long double x, long double weight) { (void)weight; return x > 0 ? 0 : x; }
static long double swish_learned_slope(long double x, long double beta) {
    const long double e = expl(-fabsl(beta * x));
    return x * x * e / ((1 + e) * (1 + e));
}
static long double snake_learned_slope(long double x, long double a) {
    const long double u = a * x, sine = sinl(u);
    return fabsl(u) < 1e-8L ? x * x : x * sinl(2 * u) / a - sine * sine / (a * a);
}
static const struct {
    const char *name;
    long double (*slope)(long double x, long double parameter);
} references[] = {{"prelu", prelu_slope}, {"swish_learned", swish_learned_slope}, {"snake_learned", snake_learned_slope}};

/* each sum within an ulp, and what 2^-31 or 2^-50 of the terms' sizes allows where they cancel */
static void gradients_of(const fastact_function *f, fastact_dtype dtype) {
    enum { N = 3000, CHANNELS = 3 };
    const size_t item = item_size(dtype);
    const long double unit = dtype == FASTACT_F32 ? 0x1p-23L : 0x1p-52L, term = dtype == FASTACT_F32 ? 0x1p-31L : 0x1p-50L;
    for (int inner = 1; inner <= N / CHANNELS; inner *= 10) {
        const size_t outer = (size_t)(N / CHANNELS / inner), n = outer * CHANNELS * (size_t)inner;
        fill(grad, n, dtype, NEAR);
        fill(x, n, dtype, NEAR);
        fill(parameter, CHANNELS, dtype, NEAR);
        snprintf(context, sizeof context, "sums of %s %s, inner %d", f->name, dtype ? "f64" : "f32", inner);
        CHECK(fastact_learned_backward(f, dtype, outer, CHANNELS, (size_t)inner, grad, x, parameter, dx, sums) == FASTACT_OK);
        for (size_t c = 0; c < CHANNELS; ++c) {
            long double exact = 0, size = 0;
            int found = 0;
            for (size_t r = 0; r < sizeof references / sizeof *references; ++r)
                for (size_t i = 0; !strcmp(references[r].name, f->name) && i < n; ++i) {
                    found = 1;
                    if (i / (size_t)inner % CHANNELS != c) continue;
                    const long double product = as_double((char *)grad + i * item, dtype) *
                                                references[r].slope(as_double((char *)x + i * item, dtype),
                                                                    as_double((char *)parameter + c * item, dtype));
                    exact += product;
                    size += fabsl(product);
                }
            const double got = as_double((char *)sums + c * item, dtype);
            CHECK(found, "no reference");
            CHECK(fabsl(got - exact) <= unit * fabsl(exact) + term * size, "%a instead of %La", got, exact);
        }
    }
}

static void statuses(const fastact_function *f, fastact_dtype dtype) {
    const size_t item = item_size(dtype), huge = (size_t)1 << 40;
    char *at = (char *)dx;
    snprintf(context, sizeof context, "statuses of %s %s", f->name, dtype ? "f64" : "f32");
    memset(dx, MARK, sizeof dx);
    memset(sums, MARK, sizeof sums);
    CHECK(fastact_learned(NULL, dtype, 1, 1, 1, x, parameter, dx) == FASTACT_ERROR_NULL);
    CHECK(fastact_learned(fastact_find("relu"), dtype, 1, 1, 1, x, parameter, dx) == FASTACT_ERROR_UNSUPPORTED);
    CHECK(fastact_learned_backward(f, FASTACT_F16, 1, 1, 1, grad, x, parameter, dx, sums) == FASTACT_ERROR_UNSUPPORTED);
    CHECK(fastact_learned(f, dtype, 0, 3, 4, NULL, NULL, NULL) == FASTACT_OK &&
          fastact_learned(f, dtype, 2, 3, 4, x, NULL, dx) == FASTACT_ERROR_NULL);
    CHECK(fastact_learned(f, dtype, huge, huge, 1, x, parameter, dx) == FASTACT_ERROR_ARGUMENT);
    CHECK(fastact_learned(f, dtype, 2, 3, 4, at + item, parameter, at) == FASTACT_ERROR_OVERLAP);
    CHECK(fastact_learned(f, dtype, 2, 3, 4, x, at, at) == FASTACT_ERROR_OVERLAP, "the parameter would be written over");
    CHECK(fastact_learned_backward(f, dtype, 2, 3, 4, grad, x, parameter, dx, NULL) == FASTACT_ERROR_NULL);
    CHECK(fastact_learned_backward(f, dtype, 2, 3, 4, NULL, x, parameter, dx, sums) == FASTACT_ERROR_NULL);
    CHECK(fastact_learned_backward(f, dtype, huge, 3, huge, grad, x, parameter, dx, sums) == FASTACT_ERROR_ARGUMENT);
    CHECK(fastact_learned_backward(f, dtype, 2, 3, 4, grad, x, parameter, dx, dx) == FASTACT_ERROR_OVERLAP);
    CHECK(fastact_learned_backward(f, dtype, 2, 3, 4, grad, x, at, at + item, sums) == FASTACT_ERROR_OVERLAP);
    for (size_t i = 0; i < 64; ++i) CHECK(at[i] == MARK && ((char *)sums)[i] == MARK, "written");
    CHECK(fastact_learned_backward(f, dtype, 0, 3, 4, NULL, NULL, NULL, NULL, sums) == FASTACT_OK);
    for (size_t i = 0; i < 3 * item; ++i) CHECK(((char *)sums)[i] == 0, "the sum of nothing");
}

int main(void) {
    static const size_t large[][3] = {{1, 1, 4097}, {1, 1, 50001}, {3, 2, 9000}, {1025, 3, 2}, {4, 7, 64}, {2, 5, 1000}, {1030, 17, 1},
                                      {2500, 16, 1}, {5, 2000, 1}, {1, 5000, 1}, {9, 100, 7}, {3, 300, 11}, {1100, 1, 63}, {1, 500, 63}};
    size_t count;
    const fastact_function *functions = fastact_functions(&count);
    size_t step = 1; /* the loops are the same for all: every size for the first, fewer for the others */
    for (size_t i = 0; i < count; ++i) {
        for (int dtype = FASTACT_F32; functions[i].kind == FASTACT_LEARNED && dtype <= FASTACT_F64; ++dtype) {
            statuses(functions + i, (fastact_dtype)dtype);
            gradients_of(functions + i, (fastact_dtype)dtype);
            for (size_t outer = 1; outer <= 33; outer += 4 * step)
                for (size_t channels = 1; channels <= 40; channels += channels < 5 ? 1 : 7 * step)
                    for (size_t inner = 1; inner <= 130; inner += inner < 5 ? 1 : 12 * step)
                        if (outer * channels * inner < MOST - 64)
                            sizes_of(functions + i, (fastact_dtype)dtype, outer, channels, inner,
                                     (data_kind)((outer + inner) % DATA_KINDS));
            for (size_t k = 0; k < sizeof large / sizeof *large; ++k)
                sizes_of(functions + i, (fastact_dtype)dtype, large[k][0], large[k][1], large[k][2], k % 2 ? NEAR : FEW_FAR);
        }
        if (functions[i].kind == FASTACT_LEARNED) step = 4;
    }
    return finish();
}
