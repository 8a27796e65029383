/* Special inputs: NaN in gives the canonical quiet NaN out, and a backward pass is the product gradient * f'(x) also where the
 * gradient is infinite, NaN, huge or subnormal, or the derivative is zero. */
#include "testing.h"

static const double gradients[] = {1, -1, 0.0, -0.0, -3.7, 1e-3, 1e30, -3e38, 1e-38, 1e-44, -1.7e308, 1e-308, INFINITY, -INFINITY, NAN};
enum { GRADIENTS = sizeof gradients / sizeof *gradients };

static int is_canonical(const void *p, fastact_dtype dtype) {
    uint32_t bits32;
    uint64_t bits64;
    memcpy(&bits32, p, 4);
    if (dtype == FASTACT_F32) return bits32 == 0x7FC00000u;
    memcpy(&bits64, p, 8);
    return bits64 == UINT64_C(0x7FF8000000000000);
}

/* Step functions select rather than multiply: their derivative, of three values at most, says nothing at NaN. */
static int is_step(const map_case *c) {
    enum { STEPS = 3 };
    const map_case derivative = {c->function, FASTACT_DERIVATIVE, FASTACT_F64};
    const settings usual = default_settings(&derivative);
    double seen[STEPS];
    int count = 0;
    for (double x = -8; x <= 8; x += 0.03125) {
        double slope;
        int k = 0;
        run(&derivative, 1, NULL, &x, &usual, &slope);
        while (k < count && seen[k] != slope) ++k;
        if (k == STEPS) return 0;
        if (k == count) seen[count++] = slope;
    }
    return 1;
}

/* some functions are NaN outside an interval */
static int is_defined(const fastact_function *f, double x) {
    static const struct {
        const char *name;
        double low, high;
    } domains[] = {{"sqrt", 0, INFINITY}, {"log", 0, INFINITY}, {"logit", 0, 1}, {"pow", 0, INFINITY}};
    for (size_t i = 0; i < sizeof domains / sizeof *domains; ++i)
        if (!strcmp(f->name, domains[i].name)) return x >= domains[i].low && x <= domains[i].high;
    return 1;
}

/* NaN of every sign and payload, signalling ones too, alone and among numbers */
static void nan_in(const map_case *c) {
    enum { N = 97 };
    double x[N], g[N], out[N];
    const settings usual = default_settings(c);
    const size_t item = item_size(c->dtype);
    if (c->pass != FASTACT_VALUE && is_step(c)) return;
    describe(c, "NaN");
    for (int round = 0; round < 20; ++round) {
        fill(x, N, c->dtype, round % 2 ? NEAR : FEW_FAR);
        fill(g, N, c->dtype, NEAR);
        for (size_t i = round % 3; i < N; i += 1 + (size_t)round) {
            const uint64_t payload = random_bits();
            const uint32_t narrow = (uint32_t)payload | 0x7F800001u;
            const uint64_t wide = payload | UINT64_C(0x7FF0000000000001);
            memcpy((char *)x + i * item, c->dtype == FASTACT_F32 ? (const void *)&narrow : &wide, item);
        }
        run(c, N, g, x, &usual, out);
        for (size_t i = 0; i < N; ++i)
            if (isnan(as_double((char *)x + i * item, c->dtype)))
                CHECK(is_canonical((char *)out + i * item, c->dtype), "element %zu of %d", i, N);
            else
                CHECK(!isnan(as_double((char *)out + i * item, c->dtype)) || isinf(as_double((char *)x + i * item, c->dtype)) ||
                      !is_defined(c->function, as_double((char *)x + i * item, c->dtype)), "element %zu", i);
    }
}

/* the float32 pass against the float64 derivative, the float64 pass against its own */
static void products(const map_case *c) {
    /* quick_gelu rounds its constant to the dtype: silu takes it as a parameter */
    const int is_quick = !strcmp(c->function->name, "quick_gelu");
    const map_case derivative = {is_quick ? fastact_find("silu") : c->function, FASTACT_DERIVATIVE, FASTACT_F64};
    const double largest = c->dtype == FASTACT_F32 ? 0x1.fffffep127 : 0x1.fffffffffffffp1023;
    const double tiny = c->dtype == FASTACT_F32 ? 0x1p-149 : 0x1p-1074, precision = c->dtype == FASTACT_F32 ? 0x1p-22 : 0x1p-50;
    const settings usual = default_settings(c);
    double values[PARAMETERS];
    for (int k = 0; k < PARAMETERS; ++k) values[k] = as_double(usual.of + k, c->dtype);
    if (is_quick) values[0] = c->dtype == FASTACT_F32 ? (double)1.702f : 1.702;
    const settings usual64 = settings_of(&derivative, values);
    const int step = is_step(c);
    if (c->pass != FASTACT_BACKWARD) return;
    describe(c, "special gradients");
    for (int k = 0; k < GRADIENTS; ++k)
        for (int i = 0; i < SPECIALS; ++i) {
            const scalar g = scalar_of(gradients[k], c->dtype), x = scalar_of(special_values[i], c->dtype);
            const double wide_g = as_double(&g, c->dtype), wide_x = as_double(&x, c->dtype);
            double slope;
            scalar out;
            run(&derivative, 1, NULL, &wide_x, &usual64, &slope);
            run(c, 1, &g, &x, &usual, &out);
            const double got = as_double(&out, c->dtype), wanted = wide_g * slope;
            if (isnan(wide_x) && step) continue;
            /* infinity times a slope that underflows, or is 0 only in the limit, may stay infinite */
            const int vanishes = fabs(slope) < tiny;
            if (isnan(wide_g) || isnan(wide_x) || (vanishes && isinf(wide_g)))
                CHECK(is_canonical(&out, c->dtype) || (isinf(got) && vanishes && isinf(wide_g)) || (got == 0 && slope == 0),
                      "%g * f'(%g) = %g", wide_g, wide_x, got);
            else if (fabs(slope) < 0x1p-1000 || (isinf(slope) && isfinite(wide_x) && wide_x != 0))
                continue; /* too coarse itself to judge by, or beyond double where the product may not be */
            else if (isnan(wanted)) /* 0 times an infinite slope */
                CHECK(is_canonical(&out, c->dtype), "%g * f'(%g) = %g", wide_g, wide_x, got);
            else if (fabs(wanted) > largest)
                CHECK(isinf(got) && signbit(got) == signbit(wanted), "%g * f'(%g) = %g", wide_g, wide_x, got);
            else
                CHECK(fabs(got - wanted) <= fabs(wanted) * precision + 2 * tiny, "%g * f'(%g) = %a instead of %a", wide_g, wide_x, got,
                      wanted);
        }
}

int main(void) {
    for (const char *const *isa = fastact_isas(); *isa; ++isa) {
        set_isa(*isa);
        for_each_map(nan_in);
        for_each_map(products);
    }
    return finish();
}
