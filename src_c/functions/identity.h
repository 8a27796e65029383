/* identity(x) = x, bit for bit apart from NaN; identity'(x) = 1. Exact. */
INLINE vf identity_value_f32(vf x) { return x; }
INLINE vf identity_derivative_f32(vf x) { return f32_select(f32_unordered(x, x), x, f32_set(1)); }
INLINE vf identity_backward_f32(vf g, vf x) { UNUSED(x); return g; }
UNARY_F32(identity_value)
UNARY_F32(identity_derivative)
BINARY_F32(identity_backward)

#include "f64_identity.h"
