/* shrink(x) = x - bias if x > lambd, x + bias if x < -lambd, else 0; shrink'(x) = 1 outside, 0 from -lambd to lambd. One rounding,
 * 0.5 ulp; NaN stays. The backward pass is hard_shrink's. */
INLINE VECTOR NAMED(shrink_value)(VECTOR x, const VECTOR *p) {
    return OP(select)(OP(not_le)(OP(abs)(x), p[0]), x - OP(xor_sign)(p[1], x), OP(set)(0));
}
INLINE VECTOR NAMED(shrink_backward)(VECTOR g, VECTOR x, const VECTOR *p) { return NAMED(hard_shrink_backward)(g, x, p); }
INLINE VECTOR NAMED(shrink_derivative)(VECTOR x, const VECTOR *p) { return NAMED(hard_shrink_derivative)(x, p); }
KERNELS_P(shrink, 2)
