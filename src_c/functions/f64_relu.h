INLINE vd relu_value_f64(vd x) { return f64_max(f64_set(0), x) + f64_set(0); }
INLINE vd relu_derivative_f64(vd x) { return f64_select(f64_lt(f64_set(0), x), f64_set(1), f64_set(0)); }
INLINE vd relu_backward_f64(vd g, vd x) { return f64_select(f64_lt(f64_set(0), x), g, f64_set(0)); }
INLINE vd relu_backward_from_output_f64(vd g, vd y) { return relu_backward_f64(g, y); }
UNARY_F64(relu_value)
UNARY_F64(relu_derivative)
BINARY_F64(relu_backward)
BINARY_F64(relu_backward_from_output)
