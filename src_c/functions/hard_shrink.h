/* hard_shrink(x) = x if abs(x) > lambd else 0; hard_shrink'(x) = 1 if abs(x) > lambd else 0, so 0 at both ends. Exact; NaN stays.
 * The backward pass selects. */
INLINE vf hard_shrink_value_f32(vf x, const vf *p) { return f32_select(f32_not_le(f32_abs(x), p[0]), x, f32_set(0)); }
INLINE vf hard_shrink_backward_f32(vf g, vf x, const vf *p) { return f32_select(f32_lt(p[0], f32_abs(x)), g, f32_set(0)); }
INLINE vf hard_shrink_derivative_f32(vf x, const vf *p) { return hard_shrink_backward_f32(f32_set(1), x, p); }
UNARY_P_F32(hard_shrink_value, 1)
UNARY_P_F32(hard_shrink_derivative, 1)
BINARY_P_F32(hard_shrink_backward, 1)

INLINE vd hard_shrink_value_f64(vd x, const vd *p) { return f64_select(f64_not_le(f64_abs(x), p[0]), x, f64_set(0)); }
INLINE vd hard_shrink_backward_f64(vd g, vd x, const vd *p) { return f64_select(f64_lt(p[0], f64_abs(x)), g, f64_set(0)); }
INLINE vd hard_shrink_derivative_f64(vd x, const vd *p) { return hard_shrink_backward_f64(f64_set(1), x, p); }
UNARY_P_F64(hard_shrink_value, 1)
UNARY_P_F64(hard_shrink_derivative, 1)
BINARY_P_F64(hard_shrink_backward, 1)
