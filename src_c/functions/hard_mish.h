/* hard_mish(x) = x / 2 min(max(x + 2, 0), 2): (x / 2) x + x from -2 to 0, one fma; its derivative is 0 up to -2, x + 1 to 0, 1 from there
 * on. Value, derivative and backward pass are rounded once, 0.5 ulp; -0 at -inf. The backward pass selects 0 up to -2. */
INLINE VECTOR NAMED(hard_mish_select)(VECTOR x, VECTOR below, VECTOR between, VECTOR above) {
    return OP(select)(OP(not_le)(x, OP(set)(-2)), OP(select)(OP(not_ge)(x, OP(set)(0)), between, above), below);
}
INLINE VECTOR NAMED(hard_mish_value)(VECTOR x) {
    return NAMED(hard_mish_select)(x, OP(set)((SCALAR)-0.0), OP(fma)(OP(set)((SCALAR)0.5) * x, x, x), x);
}
INLINE VECTOR NAMED(hard_mish_derivative)(VECTOR x) {
    const VECTOR one = OP(set)(1);
    return NAMED(hard_mish_select)(x, OP(set)(0), x + one, one);
}
INLINE VECTOR NAMED(hard_mish_backward_quick)(VECTOR g, VECTOR x) {
    return NAMED(hard_mish_select)(x, OP(set)(0), OP(fma)(g, x, g), g);
}
/* an infinite gradient times the slope: the sum would be of two infinities */
INLINE VECTOR NAMED(hard_mish_backward)(VECTOR g, VECTOR x) {
    const VECTOR y = NAMED(hard_mish_backward_quick)(g, x);
    if (UNLIKELY(OP(mask_any)(OP(unordered)(y, y))))
        return OP(select)(OP(unordered)(y, y), NAMED(hard_mish_select)(x, OP(set)(0), g * (x + OP(set)(1)), g), y);
    return y;
}
UNARY(hard_mish_value)
UNARY(hard_mish_derivative)
BINARY_QUICK(hard_mish_backward, hard_mish_backward_quick)
