/* sparse_plus(x) = 0 if x <= -1, (x + 1)^2 / 4 between, x if x >= 1; its derivative is 0, (x + 1) / 2, 1. Value and backward pass from
 * (x + 1) / 2 in two parts; derivative rounded once. Value within 0.501 ulp. The backward pass selects 0 where x <= -1. */
INLINE NAMED(line) NAMED(sparse_plus_line)(VECTOR x) {
    const VECTOR half = OP(set)((SCALAR)0.5), sum = OP(fma)(half, x, half);
    const NAMED(line) r = {sum, OP(fma)(half, x, half - sum)};
    return r;
}
INLINE VECTOR NAMED(sparse_plus_value)(VECTOR x) {
    const VECTOR at = OP(max)(OP(set)(-1), x);
    const NAMED(line) s = NAMED(sparse_plus_line)(at);
    return OP(select)(OP(not_ge)(at, OP(set)(1)), OP(fma)(s.high, s.high, (s.high + s.high) * s.low), at);
}
INLINE VECTOR NAMED(sparse_plus_derivative)(VECTOR x) {
    const VECTOR half = OP(set)((SCALAR)0.5);
    return OP(max)(OP(set)(0), OP(min)(OP(set)(1), OP(fma)(half, x, half)));
}
INLINE VECTOR NAMED(sparse_plus_times)(VECTOR g, VECTOR x, VECTOR finite) {
    const NAMED(line) slope = NAMED(sparse_plus_line)(OP(min)(OP(set)(1), x));
    return OP(select)(OP(not_le)(x, OP(set)(-1)), OP(fma)(g, slope.high, finite * slope.low), OP(set)(0));
}
INLINE VECTOR NAMED(sparse_plus_backward_quick)(VECTOR g, VECTOR x) { return NAMED(sparse_plus_times)(g, x, g); }
/* an infinite gradient must not meet a low part of 0 or of the other sign */
INLINE VECTOR NAMED(sparse_plus_backward)(VECTOR g, VECTOR x) {
    const VECTOR y = NAMED(sparse_plus_backward_quick)(g, x);
    if (UNLIKELY(OP(mask_any)(OP(unordered)(y, y))))
        return OP(select)(OP(unordered)(y, y), NAMED(sparse_plus_times)(g, x, NAMED(held_finite)(g)), y);
    return y;
}
UNARY(sparse_plus_value)
UNARY(sparse_plus_derivative)
BINARY_QUICK(sparse_plus_backward, sparse_plus_backward_quick)
