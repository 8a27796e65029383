/* sparse_plus(x) = 0 if x <= -1, (x + 1)^2 / 4 between, x if x >= 1; its derivative is 0, (x + 1) / 2, 1. Value and backward pass from
 * x + 1 in two parts; derivative rounded once. Value within 0.501 ulp. The backward pass selects 0 where x <= -1. */
INLINE VECTOR NAMED(sparse_plus_value)(VECTOR x) {
    const VECTOR one = OP(set)(1), high = one + x, low = x - (high - one);
    const VECTOR between = OP(set)((SCALAR)0.25) * OP(fma)(high, high, (high + high) * low);
    return OP(select)(OP(not_le)(x, OP(set)(-1)), OP(select)(OP(lt)(x, one), between, x), OP(set)(0));
}
INLINE VECTOR NAMED(sparse_plus_derivative)(VECTOR x) {
    const VECTOR half = OP(set)((SCALAR)0.5);
    return OP(max)(OP(set)(0), OP(min)(OP(set)(1), OP(fma)(half, x, half)));
}
INLINE VECTOR NAMED(sparse_plus_backward)(VECTOR g, VECTOR x) {
    const VECTOR half = OP(set)((SCALAR)0.5);
    const NAMED(line) slope = NAMED(line_at)(x, half, half);
    const VECTOR between = OP(fma)(g, slope.high, NAMED(held_finite)(g) * slope.low);
    return OP(select)(OP(not_le)(x, OP(set)(-1)), OP(select)(OP(lt)(x, OP(set)(1)), between, OP(select)(OP(unordered)(x, x), x, g)),
                      OP(set)(0));
}
KERNELS(sparse_plus)
