INLINE vd leaky_relu_value_f64(vd x, const vd *p) {
    const vd lowest = f64_select(f64_eq(p[0], f64_set(0)), f64_set(-0x1.fffffffffffffp1023), f64_set(-INFINITY));
    return f64_select(f64_lt(f64_set(0), x), x, p[0] * f64_max(lowest, x));
}
INLINE vd leaky_relu_derivative_f64(vd x, const vd *p) { return f64_select(f64_lt(f64_set(0), x), f64_set(1), p[0]); }
INLINE vd leaky_relu_backward_f64(vd g, vd x, const vd *p) { return f64_select(f64_lt(f64_set(0), x), g, p[0] * g); }
INLINE vd leaky_relu_backward_from_output_f64(vd g, vd y, const vd *p) { return leaky_relu_backward_f64(g, y, p); }
UNARY_P_F64(leaky_relu_value)
UNARY_P_F64(leaky_relu_derivative)
BINARY_P_F64(leaky_relu_backward)
BINARY_P_F64(leaky_relu_backward_from_output)
