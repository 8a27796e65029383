/* relu(x) = max(x, 0), relu(-0) = +0; relu'(x) = 1 if x > 0 else 0, so relu'(0) = 0. Exact.
 * The backward pass selects, as frameworks do: an infinite or NaN gradient does not leak through a closed unit. */
INLINE vf relu_value_f32(vf x) { return f32_max(f32_set(0), x) + f32_set(0); } /* the sum turns -0 into +0 */
INLINE vf relu_derivative_f32(vf x) { return f32_select(f32_lt(f32_set(0), x), f32_set(1), f32_set(0)); }
INLINE vf relu_backward_f32(vf g, vf x) { return f32_select(f32_lt(f32_set(0), x), g, f32_set(0)); }
INLINE vf relu_backward_from_output_f32(vf g, vf y) { return relu_backward_f32(g, y); }
UNARY_F32(relu_value)
UNARY_F32(relu_derivative)
BINARY_F32(relu_backward)
BINARY_F32(relu_backward_from_output)

INLINE vd relu_value_f64(vd x) { return f64_max(f64_set(0), x) + f64_set(0); }
INLINE vd relu_derivative_f64(vd x) { return f64_select(f64_lt(f64_set(0), x), f64_set(1), f64_set(0)); }
INLINE vd relu_backward_f64(vd g, vd x) { return f64_select(f64_lt(f64_set(0), x), g, f64_set(0)); }
INLINE vd relu_backward_from_output_f64(vd g, vd y) { return relu_backward_f64(g, y); }
UNARY_F64(relu_value)
UNARY_F64(relu_derivative)
BINARY_F64(relu_backward)
BINARY_F64(relu_backward_from_output)
