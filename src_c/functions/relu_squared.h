/* relu_squared(x) = max(x, 0)^2, +0 where x <= 0; relu_squared'(x) = 2 max(x, 0). Value and backward pass are rounded once, 0.5 ulp;
 * the derivative is exact. The backward pass selects 0 where x <= 0, whatever the gradient. */
INLINE vf relu_squared_value_f32(vf x) { return square_value_f32(f32_max(f32_set(0), x)); }
INLINE vf relu_squared_derivative_f32(vf x) { return square_derivative_f32(relu_value_f32(x)); }
INLINE vf relu_squared_backward_f32(vf g, vf x) { return f32_select(f32_not_le(x, f32_set(0)), square_backward_f32(g, x), f32_set(0)); }
UNARY_F32(relu_squared_value)
UNARY_F32(relu_squared_derivative)
BINARY_F32(relu_squared_backward)

INLINE vd relu_squared_value_f64(vd x) { return square_value_f64(f64_max(f64_set(0), x)); }
INLINE vd relu_squared_derivative_f64(vd x) { return square_derivative_f64(relu_value_f64(x)); }
INLINE vd relu_squared_backward_f64(vd g, vd x) { return f64_select(f64_not_le(x, f64_set(0)), square_backward_f64(g, x), f64_set(0)); }
UNARY_F64(relu_squared_value)
UNARY_F64(relu_squared_derivative)
BINARY_F64(relu_squared_backward)
