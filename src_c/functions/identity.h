/* identity(x) = x, bit for bit apart from NaN; identity'(x) = 1. Exact. */
INLINE vf identity_value_f32(vf x) { return x; }
INLINE vf identity_derivative_f32(vf x) { return f32_select(f32_unordered(x, x), x, f32_set(1)); }
INLINE vf identity_backward_f32(vf g, vf x) { UNUSED(x); return g; }
UNARY_F32(identity_value)
UNARY_F32(identity_derivative)
BINARY_F32(identity_backward)

INLINE vd identity_value_f64(vd x) { return x; }
INLINE vd identity_derivative_f64(vd x) { return f64_select(f64_unordered(x, x), x, f64_set(1)); }
INLINE vd identity_backward_f64(vd g, vd x) { UNUSED(x); return g; }
UNARY_F64(identity_value)
UNARY_F64(identity_derivative)
BINARY_F64(identity_backward)
