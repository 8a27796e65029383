/* Double lanes: alpha times the pair of e^x - 1, rounded once. */
INLINE vd elu_value_f64(vd x, const vd *p) {
    const f64_scaled_pair m = {f64_expm1_pair(f64_max(f64_set(-60), f64_min(f64_set(0), x)), f64_set(0)), f64_set(1)};
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
UNARY_P_F64(elu_value)
UNARY_P_F64(elu_derivative)
BINARY_P_F64(elu_backward)
BINARY_P_F64(elu_backward_from_output)
