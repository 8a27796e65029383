/* hard_mish(x) = x / 2 min(max(x + 2, 0), 2), which is hard_swish with slope 1/2 and offset 1: its derivative is 0 up to -2, x + 1 to 0, 1
 * from there on. Value within 0.501 ulp, derivative rounded once; -0 at -inf. */
#define HARD_MISH_PARAMETERS (const VECTOR[2]){OP(set)((SCALAR)0.5), OP(set)(1)}
INLINE VECTOR NAMED(hard_mish_value)(VECTOR x) { return NAMED(hard_swish_value)(x, HARD_MISH_PARAMETERS); }
INLINE VECTOR NAMED(hard_mish_derivative)(VECTOR x) { return NAMED(hard_swish_derivative)(x, HARD_MISH_PARAMETERS); }
INLINE VECTOR NAMED(hard_mish_backward)(VECTOR g, VECTOR x) { return NAMED(hard_swish_backward)(g, x, HARD_MISH_PARAMETERS); }
#undef HARD_MISH_PARAMETERS
KERNELS(hard_mish)
