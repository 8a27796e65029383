/* elu(x) = x if x > 0 else alpha (e^x - 1); elu'(x) = 1 if x > 0 else alpha e^x, so elu'(0) = alpha.
 *
 * alpha = 1 in float lanes: 1 - e^-a from 16 segments, four an octave of a + 1.5, the first centred on 0 with its linear term exact;
 * saturated at a = 17.4. Value within 0.757 ulp, worst at -0.503085911. Derivative: exp in two parts, within 0.592 ulp.
 * Other alpha: alpha times the same in two parts. From y: y > 0 ? 1 : y + alpha. */
#include "../math/tables/expm1.h"

/* 1 - e^-a for a >= 0 */
INLINE vf one_minus_exp_f32(vf a) {
    const vf bounded = f32_min(f32_set(17.4f), a), u = bounded + f32_set(1.5f);
    const f32_segment s = f32_segment_at(expm1_table, expm1_degree, bounded, f32_segment_octave(u));
    const vf base = f32_select(f32_lt(u, f32_set(1.75f)), bounded, s.c[0]);
    return f32_fma(s.d, f32_segment_polynomial(&s, 1, expm1_degree), base);
}

INLINE vf elu_value_default_f32(vf x) {
    return f32_select(f32_sign_clear(x), x, f32_or_sign(one_minus_exp_f32(f32_abs(x)), x));
}
INLINE vf elu_derivative_default_f32(vf x) {
    const f32_exp_parts e = f32_exp(f32_max(f32_set(EXP_F32_LOWEST), f32_minus_abs(x)));
    return f32_select(f32_lt(f32_set(0), x), f32_set(1), f32_exp_scale(e.high + e.low, e));
}
INLINE vf elu_backward_default_f32(vf g, vf x) {
    const f32_exp_parts e = f32_exp(f32_max(f32_set(EXP_F32_LOWEST), f32_minus_abs(x)));
    /* an infinite gradient must not meet a low part of 0 or of the other sign */
    const vf finite = f32_max(f32_set(-0x1.fffffep127f), f32_min(f32_set(0x1.fffffep127f), g));
    return f32_select(f32_lt(f32_set(0), x), g, f32_exp_scale(f32_fma(g, e.high, finite * e.low), e));
}
UNARY_F32(elu_value_default)
UNARY_F32(elu_derivative_default)
BINARY_F32(elu_backward_default)

INLINE vf elu_backward_from_output_f32(vf g, vf y, const vf *p) { return f32_select(f32_lt(f32_set(0), y), g, g * (y + p[0])); }
BINARY_P_F32(elu_backward_from_output, 1)

/* Double lanes: alpha times the pair of e^x - 1, rounded once. */
INLINE vd elu_value_f64(vd x, const vd *p) {
    const f64_scaled_pair m = {f64_expm1_pair(f64_max(f64_set(-60), f64_min(f64_set(0), x)), f64_set(0), 0), f64_set(1)};
    return f64_select(f64_lt(x, f64_set(0)), f64_scaled_product(p[0], m), x);
}
INLINE f64_scaled_pair elu_slope_f64(vd x, vd alpha) {
    const f64_exponential e = f64_exp_split(f64_max(f64_set(EXP_F64_LOWEST), f64_min(f64_set(0), x)), f64_set(0));
    const f64_pair product = f64_product(alpha, e.pair.high);
    f64_scaled_pair r;
    r.pair = f64_pair_scaled(f64_pair_of(product.high, f64_fma(alpha, e.pair.low, product.low)), f64_exp_first_factor(e));
    r.scale = f64_exp_second_factor(e);
    return r;
}
INLINE vd elu_derivative_f64(vd x, const vd *p) {
    return f64_select(f64_lt(f64_set(0), x), f64_set(1), f64_scaled_value(elu_slope_f64(x, p[0])));
}
INLINE vd elu_backward_f64(vd g, vd x, const vd *p) {
    return f64_select(f64_lt(f64_set(0), x), g, f64_scaled_product(g, elu_slope_f64(x, p[0])));
}
INLINE vd elu_backward_from_output_f64(vd g, vd y, const vd *p) { return f64_select(f64_lt(f64_set(0), y), g, g * (y + p[0])); }
UNARY_P_F64(elu_value, 1)
UNARY_P_F64(elu_derivative, 1)
BINARY_P_F64(elu_backward, 1)
BINARY_P_F64(elu_backward_from_output, 1)
/* Float lanes with another alpha. 1 - e^-a in two parts, a >= 0: */
INLINE f32_pair one_minus_exp_near_f32(f32_pair a) {
    const f32_pair bounded = f32_pair_bounded(a, f32_set(17.4f));
    const vf u = bounded.high + f32_set(1.5f);
    const f32_segment s = f32_segment_moved(f32_segment_at(expm1_table, expm1_degree, bounded.high, f32_segment_octave(u)), bounded);
    return f32_segment_through_zero(&s, expm1_degree, bounded, u, 1.75f);
}
INLINE vf elu_value_near_f32(vf x, const vf *p) {
    const f32_pair m = one_minus_exp_near_f32(f32_pair_of(f32_abs(x), f32_set(0)));
    return f32_select(f32_sign_clear(x), x, f32_times_pair(f32_set(0) - f32_parameter(p[0]), m));
}
INLINE vf elu_derivative_near_f32(vf x, const vf *p) {
    const f32_exp_parts e = f32_exp(f32_max(f32_set(EXP_F32_LOWEST), f32_minus_abs(x)));
    const vf y = f32_exp_scale_product(f32_parameter(p[0]), e.high, e.low, e);
    return f32_select(f32_lt(f32_set(0), x), f32_set(1), y);
}
INLINE vf elu_backward_near_f32(vf g, vf x, const vf *p) {
    const f32_exp_parts e = f32_exp(f32_max(f32_set(EXP_F32_LOWEST), f32_minus_abs(x)));
    const vf y = f32_exp_scale_pair(f32_product(g, f32_parameter(p[0])), e);
    return f32_select(f32_lt(f32_set(0), x), g, y);
}
/* Double lanes as rough as floats allow. */
INLINE vd elu_value_wide(vd x, const vd *p) {
    const vd m = f64_or_sign(expm1_widened(f64_max(f64_set(-700), f64_min(f64_set(0), x))), x);
    return f64_select(f64_lt(f64_set(0), x), x, p[0] * m);
}
INLINE vd elu_slope_wide(vd x, vd alpha) { return alpha * exp_widened(f64_max(f64_set(-700), f64_min(f64_set(0), x))); }
INLINE vd elu_derivative_wide(vd x, const vd *p) { return f64_select(f64_lt(f64_set(0), x), f64_set(1), elu_slope_wide(x, p[0])); }
INLINE vd elu_backward_wide(vd g, vd x, const vd *p) { return f64_select(f64_lt(f64_set(0), x), g, g * elu_slope_wide(x, p[0])); }
UNARY_NEAR_F32(elu_value, 1.0f)
UNARY_NEAR_F32(elu_derivative, 1.0f)
BINARY_NEAR_F32(elu_backward, 1.0f)
