/* softplus(x) = log(1 + e^(beta x)) / beta; softplus'(x) = sigmoid(beta x).
 *
 * beta = 1 in float lanes. Main range, abs(x) < 9.6875: F(a) = log1p(e^-a) from 16 segments, softplus(x) = F(-x) for x < 0 and
 * x + F(x) = (c0 + xc) + d (1 + p) else, centres chosen so that c0 + xc is a float. Tail: E (1 - E / 2) for x < 0, x + E else.
 * Value within 0.863 ulp, worst at -2.81242681. Derivative as sigmoid.
 * Other beta: the same of beta x in two parts, the quotient by beta with its remainder; double lanes where beta is unusual.
 * From y: 1 - e^(-beta y). */
#include "../math/tables/softplus.h"

INLINE f32_segment softplus_segment_f32(vf a) {
    return f32_segment_at(softplus_table, softplus_degree, a, f32_bits(f32_segment_linear(a)));
}
INLINE vf softplus_value_default_main_f32(vf x, mf *outside) {
    const vf a = f32_abs(x);
    const f32_segment s = softplus_segment_f32(a);
    const vf p = f32_segment_polynomial(&s, 1, softplus_degree);
    const mf positive = f32_sign_clear(x);
    const vf base = f32_select(positive, s.c[0] + s.centre, s.c[0]);
    *outside = f32_not_le(a, f32_set(SEGMENT_LINEAR_END));
    return f32_fma(s.d, f32_select(positive, f32_set(1) + p, p), base);
}
NOINLINE vf softplus_value_default_tail_f32(vf x) {
    const f32_exp_parts e = f32_exp(f32_max(f32_set(EXP_F32_LOWEST), f32_minus_abs(x)));
    const vf small = f32_exp_value(e);
    const vf negative = f32_exp_scale(e.high + f32_fnma(f32_set(0.5f) * small, e.high + e.low, e.low), e);
    return f32_select(f32_sign_clear(x), x + small, negative);
}
UNARY_TAILED_F32(softplus_value_default)

INLINE vf softplus_backward_default_main_f32(vf g, vf x, mf *outside) {
    const vf a = f32_abs(x);
    const f32_segment s = sigmoid_segment_f32(a);
    const vf rest = f32_xor_not_sign(s.d, x) * f32_segment_polynomial(&s, 1, sigmoid_degree);
    *outside = f32_not_le(a, f32_set(SEGMENT_LINEAR_END));
    return f32_fma(g, f32_select(f32_sign_clear(x), f32_set(1) - s.c[0], s.c[0]), g * rest);
}
NOINLINE vf softplus_backward_default_tail_f32(vf g, vf x) {
    const f32_sigmoid_tail s = sigmoid_tail_parts_f32(x);
    return f32_select(f32_sign_clear(x), f32_fnma(g, s.correction, g), f32_exp_scale_product(g, s.e.high, s.low, s.e));
}
BINARY_TAILED_F32(softplus_backward_default, sigmoid_value)

INLINE vf softplus_backward_from_output_default_f32(vf g, vf y) { return g * one_minus_exp_f32(y); }
BINARY_F32(softplus_backward_from_output_default)

/* Double lanes: u = beta x as a pair, max(u, 0) + log1p(e^-abs(u)) as a pair, divided by beta with the remainder kept; x itself where
 * u > 60. */
INLINE f64_pair softplus_argument_f64(vd x, vd beta) {
    const f64_pair u = f64_product(beta, x);
    return f64_pair_of(u.high, f64_finite_low(u.high, u.low));
}
INLINE vd softplus_value_f64(vd x, const vd *p) {
    const f64_pair u = softplus_argument_f64(x, p[0]);
    const f64_exponential exponential = f64_exp_minus_abs(u);
    const f64_pair log = f64_log1p_pair(f64_pair_scaled(exponential.pair, f64_exp_first_factor(exponential)));
    const md negative = f64_lt(u.high, f64_set(0));
    const f64_pair sum = f64_pair_select(negative, log, f64_pair_sum(u, log));
    const f64_pair quotient = f64_pair_ratio(sum, f64_pair_of(p[0], f64_set(0)));
    const vd scale = f64_select(negative, f64_exp_second_factor(exponential), f64_set(1));
    const vd y = f64_scale_last(quotient.high + quotient.low, scale);
    return f64_select(f64_lt(f64_set(60), u.high), x, y);
}
INLINE vd softplus_derivative_f64(vd x, const vd *p) { return f64_scaled_value(sigmoid_scaled_f64(softplus_argument_f64(x, p[0]))); }
INLINE vd softplus_backward_f64(vd g, vd x, const vd *p) {
    return f64_scaled_product(g, sigmoid_scaled_f64(softplus_argument_f64(x, p[0])));
}
/* 1 - e^(-beta y) */
INLINE vd softplus_backward_from_output_f64(vd g, vd y, const vd *p) {
    const f64_pair u = softplus_argument_f64(y, f64_set(0) - p[0]);
    const vd bounded = f64_max(f64_set(-60), f64_min(f64_set(700), u.high));
    const f64_pair m = f64_expm1_pair(bounded, f64_select(f64_eq(bounded, u.high), u.low, f64_set(0)), 1);
    const f64_scaled_pair s = {{f64_set(0) - m.high, f64_set(0) - m.low}, f64_set(1)};
    return f64_scaled_product(g, s);
}
/* Short ways to the same numbers; a beta of 1 leaves no low part and no division. */
INLINE vd softplus_unit_quick_f64(vd x, const vd *p) {
    const f64_pair log = f64_log1p_pair(f64_exp_minus_abs_near_of(x)), u = f64_pair_of(x, f64_set(0));
    const f64_pair sum = f64_pair_select(f64_lt(x, f64_set(0)), log, f64_pair_sum(u, log));
    UNUSED(p);
    return f64_select(f64_lt(f64_set(60), x), x, sum.high + sum.low);
}
INLINE vd softplus_derivative_quick_f64(vd x, const vd *p) {
    const f64_pair u = f64_product(p[0], x), y = sigmoid_pair_near_f64(u.high, f64_exp_minus_abs_near(u));
    return y.high + y.low;
}
INLINE vd softplus_backward_quick_f64(vd g, vd x, const vd *p) {
    const f64_pair u = f64_product(p[0], x), y = sigmoid_pair_near_f64(u.high, f64_exp_minus_abs_near(u));
    return f64_fma(g, y.high, g * y.low);
}
UNARY_P_WHERE_F64(softplus_value, 1, softplus_unit_quick, given[0] == 1, softplus_value)
UNARY_P_QUICK_F64(softplus_derivative, 1, softplus_derivative_quick)
BINARY_P_QUICK_F64(softplus_backward, 1, softplus_backward_quick)
BINARY_P_F64(softplus_backward_from_output, 1)
SAME_F32(softplus_derivative_default, sigmoid_value)
/* Float lanes with another beta. */
INLINE vf softplus_value_near_f32(vf x, const vf *p) {
    const vf beta = f32_parameter(p[0]), reciprocal = f32_set(1) / beta;
    const f32_pair u = f32_product(beta, x), a = f32_pair_below(f32_pair_abs(u), SEGMENT_LINEAR_END);
    const f32_segment s = f32_segment_moved(softplus_segment_f32(a.high), a);
    const vf q = f32_segment_polynomial(&s, 1, softplus_degree);
    const mf positive = f32_sign_clear(u.high);
    const vf slope = f32_select(positive, f32_set(1) + q, q), base = f32_select(positive, s.c[0] + s.centre, s.c[0]);
    const vf high = f32_fma(s.d, slope, base), low = f32_fma(s.d, slope, base - high), y = high * reciprocal;
    return f32_select(f32_lt(f32_set(NEAR_SATURATED), u.high), x, f32_fma(f32_fnma(y, beta, high) + low, reciprocal, y));
}
INLINE vf softplus_value_far_f32(vf x, const vf *p) {
    const vf beta = f32_parameter(p[0]), reciprocal = f32_set(1) / beta;
    const f32_pair u = f32_product(beta, x);
    f32_exp_parts e = f32_exp_minus_near(f32_exponent_near(u));
    const vf small = f32_exp_value(e);
    e.low = f32_fnma(f32_set(0.5f) * small, e.high + e.low, e.low);
    const vf negative = f32_exp_scale_pair(f32_quotient(f32_set(1), beta, reciprocal), e);
    return f32_select(f32_sign_clear(u.high), f32_fma(small, reciprocal, x), negative);
}
INLINE vf softplus_backward_near_f32(vf g, vf x, const vf *p) {
    const f32_pair u = f32_product(f32_parameter(p[0]), x);
    const f32_segment s = sigmoid_segment_near_f32(u);
    const vf rest = f32_xor_not_sign(s.d, u.high) * f32_segment_polynomial(&s, 1, sigmoid_degree);
    const vf y = f32_fma(g, f32_select(f32_sign_clear(u.high), f32_set(1) - s.c[0], s.c[0]), g * rest);
    return f32_select(f32_lt(f32_set(NEAR_SATURATED), u.high), g, y);
}
INLINE vf softplus_derivative_near_f32(vf x, const vf *p) { return softplus_backward_near_f32(f32_set(1), x, p); }
INLINE vf softplus_backward_far_f32(vf g, vf x, const vf *p) {
    const f32_pair u = f32_product(f32_parameter(p[0]), x);
    const f32_sigmoid_tail s = sigmoid_tail_from_f32(f32_exp_minus_near(f32_exponent_near(u)));
    return f32_select(f32_sign_clear(u.high), f32_fnma(g, s.correction, g), f32_exp_scale_product(g, s.e.high, s.low, s.e));
}
INLINE vf softplus_derivative_far_f32(vf x, const vf *p) { return softplus_backward_far_f32(f32_set(1), x, p); }
INLINE vf softplus_backward_from_output_near_f32(vf g, vf y, const vf *p) {
    const f32_pair u = f32_product(f32_parameter(p[0]), y);
    const mf outside = f32_mask_or(f32_not_ge(u.high, f32_set(0)), f32_is_tiny(y));
    return f32_nan_where(outside, f32_times_pair(g, one_minus_exp_near_f32(u)));
}
/* Double lanes as rough as floats allow. */
INLINE vd softplus_value_wide(vd x, const vd *p) {
    const vd u = p[0] * x, y = (f64_max(f64_set(0), u) + log1p_widened(exp_minus_abs_widened(u))) / p[0];
    return f64_select(f64_lt(f64_set(60), u), x, y);
}
INLINE vd softplus_derivative_wide(vd x, const vd *p) { return sigmoid_widened(p[0] * x); }
INLINE vd softplus_backward_wide(vd g, vd x, const vd *p) { return g * sigmoid_widened(p[0] * x); }
INLINE vd softplus_backward_from_output_wide(vd g, vd y, const vd *p) {
    return g * (f64_set(0) - expm1_widened(f64_max(f64_set(-700), f64_min(f64_set(700), f64_set(0) - p[0] * y))));
}
UNARY_NEAR_TAILED_F32(softplus_value, 1.0f)
UNARY_NEAR_TAILED_F32(softplus_derivative, 1.0f)
BINARY_NEAR_TAILED_F32(softplus_backward, 1.0f)
BINARY_NEAR_F32(softplus_backward_from_output, 1.0f)
