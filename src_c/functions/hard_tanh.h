/* hard_tanh(x) = min(max(x, min_val), max_val), bounds -1 and 1; hard_tanh'(x) = 1 if min_val < x < max_val else 0, so 0 at both ends.
 * Exact. Everything is clip's. */
INLINE VECTOR NAMED(hard_tanh_value)(VECTOR x, const VECTOR *p) { return NAMED(clip_value)(x, p); }
INLINE VECTOR NAMED(hard_tanh_derivative)(VECTOR x, const VECTOR *p) { return NAMED(clip_derivative)(x, p); }
INLINE VECTOR NAMED(hard_tanh_backward)(VECTOR g, VECTOR x, const VECTOR *p) { return NAMED(clip_backward)(g, x, p); }
INLINE VECTOR NAMED(hard_tanh_backward_from_output)(VECTOR g, VECTOR y, const VECTOR *p) { return NAMED(clip_backward)(g, y, p); }
KERNELS_P(hard_tanh, 2)
BINARY_P(hard_tanh_backward_from_output, 2)
