/* soft_shrink(x) = x - lambd if x > lambd, x + lambd if x < -lambd, else 0; soft_shrink'(x) = 1 outside, 0 from -lambd to lambd. One
 * rounding, 0.5 ulp; NaN stays. The backward pass is hard_shrink's. */
INLINE vf soft_shrink_value_f32(vf x, const vf *p) {
    return f32_select(f32_not_le(f32_abs(x), p[0]), x - f32_or_sign(p[0], x), f32_set(0));
}
INLINE vf soft_shrink_backward_f32(vf g, vf x, const vf *p) { return hard_shrink_backward_f32(g, x, p); }
INLINE vf soft_shrink_derivative_f32(vf x, const vf *p) { return hard_shrink_derivative_f32(x, p); }
UNARY_P_F32(soft_shrink_value, 1)
UNARY_P_F32(soft_shrink_derivative, 1)
BINARY_P_F32(soft_shrink_backward, 1)

INLINE vd soft_shrink_value_f64(vd x, const vd *p) {
    return f64_select(f64_not_le(f64_abs(x), p[0]), x - f64_or_sign(p[0], x), f64_set(0));
}
INLINE vd soft_shrink_backward_f64(vd g, vd x, const vd *p) { return hard_shrink_backward_f64(g, x, p); }
INLINE vd soft_shrink_derivative_f64(vd x, const vd *p) { return hard_shrink_derivative_f64(x, p); }
UNARY_P_F64(soft_shrink_value, 1)
UNARY_P_F64(soft_shrink_derivative, 1)
BINARY_P_F64(soft_shrink_backward, 1)
