/* celu(x) = x if x > 0 else alpha (e^(x / alpha) - 1); celu'(x) = 1 if x > 0 else e^(x / alpha), so celu'(0) = 1.
 *
 * alpha = 1 is elu: value within 0.757 ulp, worst at -0.503085911; derivative within 0.592 ulp. Other alpha: the same of
 * x / alpha in two parts. From y: y > 0 ? 1 : (y + alpha) / alpha, the sum first because it is exact where it is small. */
SAME_F32(celu_value_default, elu_value_default)
SAME_F32(celu_derivative_default, elu_derivative_default)
SAME_F32(celu_backward_default, elu_backward_default)
INLINE vf celu_backward_from_output_default_f32(vf g, vf y) { return f32_select(f32_lt(f32_set(0), y), g, g * (y + f32_set(1))); }
BINARY_F32(celu_backward_from_output_default)

/* x / alpha as a pair, bounded below by what e^u needs; a low part belongs to an unbounded high one only */
INLINE f64_pair celu_argument_f64(vd x, vd alpha, double lowest) {
    const f64_pair u = f64_pair_ratio(f64_pair_of(f64_min(f64_set(0), x), f64_set(0)), f64_pair_of(alpha, f64_set(0)));
    const vd bounded = f64_max(f64_set(lowest), f64_min(f64_set(700), u.high));
    return f64_pair_of(bounded, f64_select(f64_eq(bounded, u.high), u.low, f64_set(0)));
}
/* where u vanishes beside 1 the result is x, which alpha u may miss: u can be subnormal */
INLINE vd celu_value_f64(vd x, const vd *p) {
    const f64_pair u = celu_argument_f64(x, p[0], -60);
    const f64_scaled_pair m = {f64_expm1_pair(u.high, u.low, 1), f64_set(1)};
    const md kept = f64_mask_or(f64_lt(f64_set(0), x), f64_lt(f64_abs(u.high), f64_set(0x1p-60)));
    return f64_select(kept, x, f64_scaled_product(p[0], m));
}
INLINE f64_scaled_pair celu_slope_f64(vd x, vd alpha) {
    const f64_pair u = celu_argument_f64(x, alpha, EXP_F64_LOWEST);
    const f64_exponential e = f64_exp_split(u.high, u.low);
    f64_scaled_pair r;
    r.pair = f64_pair_scaled(f64_exp_pair(e), f64_exp_first_factor(e));
    r.scale = f64_exp_second_factor(e);
    return r;
}
INLINE vd celu_derivative_f64(vd x, const vd *p) {
    return f64_select(f64_lt(f64_set(0), x), f64_set(1), f64_scaled_value(celu_slope_f64(x, p[0])));
}
INLINE vd celu_backward_f64(vd g, vd x, const vd *p) {
    return f64_select(f64_lt(f64_set(0), x), g, f64_scaled_product(g, celu_slope_f64(x, p[0])));
}
INLINE vd celu_backward_from_output_f64(vd g, vd y, const vd *p) {
    return f64_select(f64_lt(f64_set(0), y), g, g * ((y + p[0]) / p[0]));
}
UNARY_P_F64(celu_value, 1)
UNARY_P_F64(celu_derivative, 1)
BINARY_P_F64(celu_backward, 1)
BINARY_P_F64(celu_backward_from_output, 1)
/* Float lanes with another alpha, positive as it should be; where u vanishes beside 1 the result is x. */
INLINE f32_pair celu_argument_near_f32(vf x, vf alpha) {
    const vf usual = f32_select(f32_lt(f32_set(0), alpha), f32_parameter(alpha), f32_set(NAN));
    return f32_quotient(x, usual, f32_set(1) / usual);
}
INLINE vf celu_value_near_f32(vf x, const vf *p) {
    const f32_pair a = f32_pair_abs(celu_argument_near_f32(x, p[0]));
    const vf y = f32_times_pair(f32_set(0) - p[0], one_minus_exp_near_f32(a));
    return f32_select(f32_mask_or(f32_sign_clear(x), f32_lt(a.high, f32_set(0x1p-26f))), x, y);
}
INLINE f32_exp_parts celu_slope_near_f32(vf x, vf alpha) {
    return f32_exp_minus_near(f32_exponent_near(celu_argument_near_f32(x, alpha)));
}
INLINE vf celu_derivative_near_f32(vf x, const vf *p) {
    const f32_exp_parts e = celu_slope_near_f32(x, p[0]);
    return f32_select(f32_lt(f32_set(0), x), f32_set(1), f32_exp_scale(e.high + e.low, e));
}
INLINE vf celu_backward_near_f32(vf g, vf x, const vf *p) {
    const f32_exp_parts e = celu_slope_near_f32(x, p[0]);
    return f32_select(f32_lt(f32_set(0), x), g, f32_exp_scale_product(g, e.high, e.low, e));
}
/* Double lanes as rough as floats allow. */
INLINE vd celu_argument_wide(vd x, vd alpha) {
    return f64_max(f64_set(-700), f64_min(f64_set(700), f64_min(f64_set(0), x) / alpha));
}
INLINE vd celu_value_wide(vd x, const vd *p) {
    const vd u = celu_argument_wide(x, p[0]);
    const md kept = f64_mask_or(f64_lt(f64_set(0), x), f64_lt(f64_abs(u), f64_set(0x1p-60)));
    return f64_select(kept, x, p[0] * expm1_widened(u));
}
INLINE vd celu_derivative_wide(vd x, const vd *p) {
    return f64_select(f64_lt(f64_set(0), x), f64_set(1), exp_widened(celu_argument_wide(x, p[0])));
}
INLINE vd celu_backward_wide(vd g, vd x, const vd *p) { return g * celu_derivative_wide(x, p); }
UNARY_NEAR_F32(celu_value, 1.0f)
UNARY_NEAR_F32(celu_derivative, 1.0f)
BINARY_NEAR_F32(celu_backward, 1.0f)
BINARY_DEFAULT_F32(celu_backward_from_output, 1.0f)
