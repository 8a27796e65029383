/* relu6(x) = min(max(x, 0), 6), relu6(-0) = +0; relu6'(x) = 1 if 0 < x < 6 else 0, so 0 at both ends. Exact.
 * The backward pass selects, as relu's does. */
INLINE mf relu6_open_f32(vf x) { return f32_mask_and(f32_lt(f32_set(0), x), f32_lt(x, f32_set(6))); }
INLINE vf relu6_value_f32(vf x) { return f32_min(f32_set(6), f32_max(f32_set(0), x) + f32_set(0)); }
INLINE vf relu6_derivative_f32(vf x) { return f32_select(relu6_open_f32(x), f32_set(1), f32_set(0)); }
INLINE vf relu6_backward_f32(vf g, vf x) { return f32_select(relu6_open_f32(x), g, f32_set(0)); }
INLINE vf relu6_backward_from_output_f32(vf g, vf y) { return relu6_backward_f32(g, y); }
UNARY_F32(relu6_value)
UNARY_F32(relu6_derivative)
BINARY_F32(relu6_backward)
BINARY_F32(relu6_backward_from_output)

INLINE md relu6_open_f64(vd x) { return f64_mask_and(f64_lt(f64_set(0), x), f64_lt(x, f64_set(6))); }
INLINE vd relu6_value_f64(vd x) { return f64_min(f64_set(6), f64_max(f64_set(0), x) + f64_set(0)); }
INLINE vd relu6_derivative_f64(vd x) { return f64_select(relu6_open_f64(x), f64_set(1), f64_set(0)); }
INLINE vd relu6_backward_f64(vd g, vd x) { return f64_select(relu6_open_f64(x), g, f64_set(0)); }
INLINE vd relu6_backward_from_output_f64(vd g, vd y) { return relu6_backward_f64(g, y); }
UNARY_F64(relu6_value)
UNARY_F64(relu6_derivative)
BINARY_F64(relu6_backward)
BINARY_F64(relu6_backward_from_output)
