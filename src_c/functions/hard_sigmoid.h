/* hard_sigmoid(x) = min(max(slope x + offset, 0), 1); its derivative is slope between the edges -offset / slope and (1 - offset) / slope,
 * with the defaults -3 and 3, and 0 at them and beyond. One fma, 0.5 ulp; derivative exact. The kernels are clipped_linear's. */
#define BETWEEN_0_AND_1(p) (const VECTOR[4]){p[0], p[1], OP(set)(0), OP(set)(1)}
INLINE VECTOR NAMED(hard_sigmoid_value)(VECTOR x, const VECTOR *p) {
    return NAMED(clipped_linear_value)(x, BETWEEN_0_AND_1(p)) + OP(set)(0);
}
INLINE VECTOR NAMED(hard_sigmoid_value_quick)(VECTOR x, const VECTOR *p) {
    return NAMED(clipped_linear_value_quick)(x, BETWEEN_0_AND_1(p)) + OP(set)(0);
}
INLINE VECTOR NAMED(hard_sigmoid_derivative)(VECTOR x, const VECTOR *p) { return NAMED(clipped_linear_derivative)(x, BETWEEN_0_AND_1(p)); }
INLINE VECTOR NAMED(hard_sigmoid_backward)(VECTOR g, VECTOR x, const VECTOR *p) {
    return NAMED(clipped_linear_backward)(g, x, BETWEEN_0_AND_1(p));
}
#undef BETWEEN_0_AND_1
INLINE VECTOR NAMED(hard_sigmoid_backward_from_output)(VECTOR g, VECTOR y, const VECTOR *p) {
    return OP(select)(OP(mask_and)(OP(lt)(OP(set)(0), y), OP(lt)(y, OP(set)(1))), p[0] * g, OP(set)(0));
}
UNARY_P_QUICK(hard_sigmoid_value, 2, hard_sigmoid_value_quick)
UNARY_P(hard_sigmoid_derivative, 2)
BINARY_P(hard_sigmoid_backward, 2)
BINARY_P(hard_sigmoid_backward_from_output, 2)
