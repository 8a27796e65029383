/* round(x) to the nearest whole number, halves to the even one, the sign of zero kept; round'(x) = 0. Exact: the sum with 2^digits has no
 * room for a fraction. The backward pass gives 0 whatever the gradient. */
#define ROUND_MAGIC (sizeof(SCALAR) == 4 ? (SCALAR)0x1p23 : (SCALAR)0x1p52)
INLINE VECTOR NAMED(round_value)(VECTOR x) {
    const VECTOR magic = OP(or_sign)(OP(set)(ROUND_MAGIC), x);
    return OP(select)(OP(lt)(OP(abs)(x), OP(set)(ROUND_MAGIC)), OP(or_sign)((x + magic) - magic, x), x);
}
#undef ROUND_MAGIC
INLINE VECTOR NAMED(round_derivative)(VECTOR x) { UNUSED(x); return OP(set)(0); }
INLINE VECTOR NAMED(round_backward)(VECTOR g, VECTOR x) { UNUSED(g); return NAMED(round_derivative)(x); }
KERNELS(round)
