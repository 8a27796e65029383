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
INLINE vd softplus_backward_f64(vd g, vd x, const vd *p) { return f64_scaled_product(g, sigmoid_scaled_f64(softplus_argument_f64(x, p[0]))); }
/* 1 - e^(-beta y) */
INLINE vd softplus_backward_from_output_f64(vd g, vd y, const vd *p) {
    const f64_pair u = softplus_argument_f64(y, f64_set(0) - p[0]);
    const vd bounded = f64_max(f64_set(-60), f64_min(f64_set(700), u.high));
    const f64_pair m = f64_expm1_pair(bounded, f64_select(f64_eq(bounded, u.high), u.low, f64_set(0)));
    const f64_scaled_pair s = {{f64_set(0) - m.high, f64_set(0) - m.low}, f64_set(1)};
    return f64_scaled_product(g, s);
}
UNARY_P_F64(softplus_value)
UNARY_P_F64(softplus_derivative)
BINARY_P_F64(softplus_backward)
BINARY_P_F64(softplus_backward_from_output)
