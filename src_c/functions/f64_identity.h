INLINE vd identity_value_f64(vd x) { return x; }
INLINE vd identity_derivative_f64(vd x) { return f64_select(f64_unordered(x, x), x, f64_set(1)); }
INLINE vd identity_backward_f64(vd g, vd x) { UNUSED(x); return g; }
UNARY_F64(identity_value)
UNARY_F64(identity_derivative)
BINARY_F64(identity_backward)
