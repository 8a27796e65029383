/* hard_shrink(x) = x if abs(x) > lambd else 0; hard_shrink'(x) = 1 if abs(x) > lambd else 0, so 0 at both ends. Exact; NaN stays.
 * The backward pass selects. */
INLINE VECTOR NAMED(hard_shrink_value)(VECTOR x, const VECTOR *p) { return OP(select)(OP(not_le)(OP(abs)(x), p[0]), x, OP(set)(0)); }
INLINE VECTOR NAMED(hard_shrink_backward)(VECTOR g, VECTOR x, const VECTOR *p) {
    return OP(select)(OP(lt)(p[0], OP(abs)(x)), g, OP(set)(0));
}
INLINE VECTOR NAMED(hard_shrink_derivative)(VECTOR x, const VECTOR *p) { return NAMED(hard_shrink_backward)(OP(set)(1), x, p); }
KERNELS_P(hard_shrink, 1)
