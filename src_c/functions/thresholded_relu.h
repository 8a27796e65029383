/* thresholded_relu(x) = x if x > theta else 0; thresholded_relu'(x) = 1 if x > theta else 0. Exact; NaN stays. The backward pass selects. */
INLINE vf thresholded_relu_value_f32(vf x, const vf *p) { return f32_select(f32_not_le(x, p[0]), x, f32_set(0)); }
INLINE vf thresholded_relu_backward_f32(vf g, vf x, const vf *p) { return f32_select(f32_lt(p[0], x), g, f32_set(0)); }
INLINE vf thresholded_relu_derivative_f32(vf x, const vf *p) { return thresholded_relu_backward_f32(f32_set(1), x, p); }
UNARY_P_F32(thresholded_relu_value, 1)
UNARY_P_F32(thresholded_relu_derivative, 1)
BINARY_P_F32(thresholded_relu_backward, 1)

INLINE vd thresholded_relu_value_f64(vd x, const vd *p) { return f64_select(f64_not_le(x, p[0]), x, f64_set(0)); }
INLINE vd thresholded_relu_backward_f64(vd g, vd x, const vd *p) { return f64_select(f64_lt(p[0], x), g, f64_set(0)); }
INLINE vd thresholded_relu_derivative_f64(vd x, const vd *p) { return thresholded_relu_backward_f64(f64_set(1), x, p); }
UNARY_P_F64(thresholded_relu_value, 1)
UNARY_P_F64(thresholded_relu_derivative, 1)
BINARY_P_F64(thresholded_relu_backward, 1)
