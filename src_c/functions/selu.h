/* selu(x) = scale x if x > 0 else scale alpha (e^x - 1), scale = 1.05070098735548049, alpha = 1.67326324235437728; selu'(x) = scale if
 * x > 0 else scale alpha e^x.
 *
 * Positive side: x + x (scale - 1). Negative side: the product scale alpha (1 - e^-a) from 16 segments of its own, four an
 * octave of a + 1.5; the first is centred on 0. Saturated at a = 20.
 * Value within 0.759 ulp, worst at -0.251575768. Derivative: exp in two parts from a table that scale alpha is multiplied
 * into, within 0.599 ulp, worst at -3.33997846. From y: scale if y > 0 else y + scale alpha. */
#include "../math/tables/selu.h"

#define SELU_SCALE 0x1.0cfabd6a91132p+0
#define SELU_SCALE_REST 0x1.9f57ad5222646p-5 /* scale - 1: x + x rest needs no low part */
#define SELU_LIMIT 0x1.c212ccp+0f /* scale alpha */
#define SELU_LIMIT_LOW 0x1.903c0cp-26f

INLINE vf selu_scaled_f32(vf x) { return f32_fma(x, f32_set((float)SELU_SCALE_REST), x); }

INLINE vf selu_value_f32(vf x) {
    const vf a = f32_min(f32_set(20), f32_abs(x)), u = a + f32_set(1.5f);
    const f32_segment s = f32_segment_at(selu_table, selu_degree, a, f32_segment_octave(u));
    const vf base = f32_select(f32_lt(u, f32_set(1.75f)), a + a, s.c[0]); /* the first segment is what the result has less than 2 a */
    const vf y = f32_fma(s.d, f32_segment_polynomial(&s, 1, selu_degree), base);
    return f32_select(f32_sign_clear(x), selu_scaled_f32(x), f32_or_sign(y, x));
}

/* scale alpha 2^(j/8) / 4 */
static const float selu_exp_high[8] ALIGNED(32) = {0x1.c212ccp-2f, 0x1.eacefep-2f, 0x1.0b9d82p-1f, 0x1.23d626p-1f, 0x1.3e3ffep-1f,
                                                   0x1.5b0dd6p-1f, 0x1.7a7714p-1f, 0x1.9cb81ap-1f};
static const float selu_exp_low[8] ALIGNED(32) = {0x1.903c0cp-28f, -0x1.9eb3f8p-28f, -0x1.9acdd8p-29f, -0x1.b5504ep-28f, 0x1.84a4eap-27f,
                                                  0x1.9d9428p-26f, -0x1.d51efp-26f, 0x1.3ddd34p-26f};

/* scale alpha e^-abs(x) */
INLINE f32_exp_parts selu_slope_f32(vf x) {
    const f32_exponent e = f32_exp_reduce(f32_max(f32_set(EXP_F32_LOWEST), f32_minus_abs(x)));
    return f32_exp_shift(f32_exp_finish_from(selu_exp_high, selu_exp_low, e), f32_set(1));
}
INLINE vf selu_derivative_f32(vf x) {
    const f32_exp_parts e = selu_slope_f32(x);
    return f32_select(f32_lt(f32_set(0), x), f32_set((float)SELU_SCALE), f32_exp_scale(e.high + e.low, e));
}
INLINE vf selu_backward_f32(vf g, vf x) {
    const f32_exp_parts e = selu_slope_f32(x);
    const vf finite = f32_max(f32_set(-0x1.fffffep127f), f32_min(f32_set(0x1.fffffep127f), g));
    const vf negative = f32_exp_scale(f32_fma(g, e.high, finite * e.low), e);
    return f32_select(f32_lt(f32_set(0), x), selu_scaled_f32(g), negative);
}
INLINE vf selu_backward_from_output_f32(vf g, vf y) {
    const vf slope = (y + f32_set(SELU_LIMIT)) + f32_set(SELU_LIMIT_LOW);
    return f32_select(f32_lt(f32_set(0), y), selu_scaled_f32(g), g * slope);
}
UNARY_F32(selu_value)
UNARY_F32(selu_derivative)
BINARY_F32(selu_backward)
BINARY_F32(selu_backward_from_output)

/* Double lanes: the pair of scale alpha times the pairs of e^x - 1 and e^x, rounded once. */
INLINE vd selu_scaled_f64(vd x) { return f64_fma(x, f64_set(SELU_SCALE_REST), x); }
INLINE f64_pair selu_limit_f64(void) { return f64_pair_set(0x1.c212cc640f031p+0, 0x1.05161b045a1fep-56); }

INLINE vd selu_value_f64(vd x) {
    const f64_pair m = f64_expm1_pair(f64_max(f64_set(-60), f64_min(f64_set(0), x)), f64_set(0), 0);
    const f64_pair y = f64_pair_product(selu_limit_f64(), m);
    return f64_select(f64_lt(x, f64_set(0)), y.high + y.low, selu_scaled_f64(x));
}
INLINE f64_scaled_pair selu_slope_f64(vd x) {
    const f64_exponential e = f64_exp_split(f64_max(f64_set(EXP_F64_LOWEST), f64_min(f64_set(0), x)), f64_set(0));
    f64_scaled_pair r;
    r.pair = f64_pair_scaled(f64_pair_product(e.pair, selu_limit_f64()), f64_exp_first_factor(e));
    r.scale = f64_exp_second_factor(e);
    return r;
}
INLINE vd selu_derivative_f64(vd x) {
    return f64_select(f64_lt(f64_set(0), x), f64_set(SELU_SCALE), f64_scaled_value(selu_slope_f64(x)));
}
INLINE vd selu_backward_f64(vd g, vd x) {
    return f64_select(f64_lt(f64_set(0), x), selu_scaled_f64(g), f64_scaled_product(g, selu_slope_f64(x)));
}
INLINE vd selu_backward_from_output_f64(vd g, vd y) {
    const f64_pair limit = selu_limit_f64();
    return f64_select(f64_lt(f64_set(0), y), selu_scaled_f64(g), g * ((y + limit.high) + limit.low));
}
UNARY_F64(selu_value)
UNARY_F64(selu_derivative)
BINARY_F64(selu_backward)
BINARY_F64(selu_backward_from_output)
