/* Double lanes: E = e^-abs(u) as a pair; 1 / (1 + E) or E / (1 + E) by one division whose remainder is kept. u is a pair, because other
 * functions hand beta x over with what its rounding lost. */
INLINE f64_scaled_pair sigmoid_scaled_f64(f64_pair u) {
    const f64_exponential exponential = f64_exp_minus_abs(u);
    const f64_pair e = f64_pair_scaled(exponential.pair, f64_exp_first_factor(exponential));
    const md negative = f64_lt(u.high, f64_set(0));
    f64_pair divisor = f64_sum_ordered(f64_set(1), e.high);
    divisor.low = divisor.low + e.low;
    f64_scaled_pair r;
    r.pair = f64_pair_ratio(f64_pair_select(negative, e, f64_pair_set(1, 0)), divisor);
    r.scale = f64_select(negative, f64_exp_second_factor(exponential), f64_set(1));
    return r;
}

/* E / (1 + E)^2 */
INLINE f64_scaled_pair sigmoid_slope_f64(f64_pair u) {
    const f64_exponential exponential = f64_exp_minus_abs(u);
    const f64_pair e = f64_pair_scaled(exponential.pair, f64_exp_first_factor(exponential));
    f64_pair divisor = f64_sum_ordered(f64_set(1), e.high);
    divisor.low = divisor.low + e.low;
    f64_scaled_pair r;
    r.pair = f64_pair_ratio(e, f64_pair_square(divisor));
    r.scale = f64_exp_second_factor(exponential);
    return r;
}

INLINE vd sigmoid_value_f64(vd x) { return f64_scaled_value(sigmoid_scaled_f64(f64_pair_of(x, f64_set(0)))); }
INLINE vd sigmoid_derivative_f64(vd x) { return f64_scaled_value(sigmoid_slope_f64(f64_pair_of(x, f64_set(0)))); }
INLINE vd sigmoid_backward_f64(vd g, vd x) { return f64_scaled_product(g, sigmoid_slope_f64(f64_pair_of(x, f64_set(0)))); }
INLINE vd sigmoid_backward_from_output_f64(vd g, vd y) { return g * (y * (f64_set(1) - y)); }
UNARY_F64(sigmoid_value)
UNARY_F64(sigmoid_derivative)
BINARY_F64(sigmoid_backward)
BINARY_F64(sigmoid_backward_from_output)
