/* abs(x), abs(-0) = +0; abs'(x) = sign(x), 0 at 0. Exact. The backward pass selects g, -g or 0. */
INLINE vf abs_value_f32(vf x) { return f32_abs(x); }
INLINE vf abs_backward_f32(vf g, vf x) {
    return f32_select(f32_lt(f32_set(0), x), g, f32_select(f32_lt(x, f32_set(0)), f32_set(-1) * g, f32_set(0)));
}
INLINE vf abs_derivative_f32(vf x) { return abs_backward_f32(f32_set(1), x); }
UNARY_F32(abs_value)
UNARY_F32(abs_derivative)
BINARY_F32(abs_backward)

INLINE vd abs_value_f64(vd x) { return f64_abs(x); }
INLINE vd abs_backward_f64(vd g, vd x) {
    return f64_select(f64_lt(f64_set(0), x), g, f64_select(f64_lt(x, f64_set(0)), f64_set(-1) * g, f64_set(0)));
}
INLINE vd abs_derivative_f64(vd x) { return abs_backward_f64(f64_set(1), x); }
UNARY_F64(abs_value)
UNARY_F64(abs_derivative)
BINARY_F64(abs_backward)
