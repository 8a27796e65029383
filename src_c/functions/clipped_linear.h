/* clipped_linear(x) = min(max(slope x + offset, min_val), max_val); its derivative is slope between the edges (min_val - offset) / slope
 * and (max_val - offset) / slope, 0 at them and beyond. One fma, 0.5 ulp; derivative exact. The backward pass selects.
 * The argument is held finite, so that a slope of 0 meets no infinity. */
/* seen from the side where slope x rises */
INLINE MASK NAMED(is_between_edges)(VECTOR x, VECTOR slope, VECTOR offset, VECTOR low, VECTOR high) {
    const VECTOR first = OP(xor_sign)(NAMED(edge_of)(low, slope, offset), slope);
    const VECTOR last = OP(xor_sign)(NAMED(edge_of)(high, slope, offset), slope);
    const VECTOR at = OP(xor_sign)(NAMED(held_finite)(x), slope);
    return OP(mask_and)(OP(lt)(first, at), OP(lt)(at, last));
}
INLINE VECTOR NAMED(clipped_linear_value)(VECTOR x, const VECTOR *p) {
    const VECTOR at = OP(select)(OP(eq)(p[0], OP(set)(0)), NAMED(held_finite)(x), x);
    return OP(min)(p[3], OP(max)(p[2], OP(fma)(p[0], at, p[1])));
}
INLINE VECTOR NAMED(clipped_linear_value_quick)(VECTOR x, const VECTOR *p) {
    return OP(min)(p[3], OP(max)(p[2], OP(fma)(p[0], x, p[1])));
}
INLINE VECTOR NAMED(clipped_linear_backward)(VECTOR g, VECTOR x, const VECTOR *p) {
    return OP(select)(NAMED(is_between_edges)(x, p[0], p[1], p[2], p[3]), p[0] * g, OP(set)(0));
}
INLINE VECTOR NAMED(clipped_linear_derivative)(VECTOR x, const VECTOR *p) { return NAMED(clipped_linear_backward)(OP(set)(1), x, p); }
UNARY_P_QUICK(clipped_linear_value, 4, clipped_linear_value_quick)
UNARY_P(clipped_linear_derivative, 4)
BINARY_P(clipped_linear_backward, 4)
