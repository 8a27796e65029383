/* identity(x) = x, bit for bit apart from NaN; identity'(x) = 1. Exact. */
INLINE VECTOR NAMED(identity_value)(VECTOR x) { return x; }
INLINE VECTOR NAMED(identity_derivative)(VECTOR x) { return OP(select)(OP(unordered)(x, x), x, OP(set)(1)); }
INLINE VECTOR NAMED(identity_backward)(VECTOR g, VECTOR x) { UNUSED(x); return g; }
UNARY_BITS(identity_value, 0xFFFF)
UNARY(identity_derivative)
BINARY_BITS(identity_backward, 0xFFFF)
