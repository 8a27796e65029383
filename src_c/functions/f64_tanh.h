/* Double lanes: m = e^(-2 abs(x)) - 1 as a pair, tanh = -m / (2 + m). The derivative is 4 sigmoid'(2 x). */
INLINE vd tanh_value_f64(vd x) {
    const vd a = f64_min(f64_set(22), f64_abs(x));
    const f64_pair m = f64_expm1_pair(f64_set(-2) * a, f64_set(0));
    f64_pair divisor = f64_sum_ordered(f64_set(2), m.high);
    divisor.low = divisor.low + m.low;
    const f64_pair q = f64_pair_ratio(f64_pair_of(f64_set(0) - m.high, f64_set(0) - m.low), divisor);
    return f64_or_sign(q.high + q.low, x);
}
INLINE f64_scaled_pair tanh_slope_f64(vd x) {
    f64_scaled_pair s = sigmoid_slope_f64(f64_pair_of(x + x, f64_set(0)));
    s.pair = f64_pair_scaled(s.pair, f64_set(4));
    return s;
}
INLINE vd tanh_derivative_f64(vd x) { return f64_scaled_value(tanh_slope_f64(x)); }
INLINE vd tanh_backward_f64(vd g, vd x) { return f64_scaled_product(g, tanh_slope_f64(x)); }
INLINE vd tanh_backward_from_output_f64(vd g, vd y) { return g * ((f64_set(1) - y) * (f64_set(1) + y)); }
UNARY_F64(tanh_value)
UNARY_F64(tanh_derivative)
BINARY_F64(tanh_backward)
BINARY_F64(tanh_backward_from_output)
