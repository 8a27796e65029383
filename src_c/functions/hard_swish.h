/* hard_swish(x) = x min(max(v, 0), 1) with v = slope x + offset; its derivative is 0 up to the edge where v is 0, 1 from the edge where
 * v is 1 (with the defaults -3 and 3), 2 slope x + offset between. v in two parts: value within 0.501 ulp; derivative rounded once,
 * also at its root; -0 at -inf. The backward pass selects 0 below. */
INLINE VECTOR NAMED(hard_swish_piece)(VECTOR x, VECTOR v, VECTOR between) {
    const VECTOR beyond = OP(select)(OP(not_le)(v, OP(set)(0)), x, OP(or_sign)(OP(set)(0), x));
    return OP(select)(OP(mask_and)(OP(lt)(OP(set)(0), v), OP(lt)(v, OP(set)(1))), between, beyond);
}
INLINE VECTOR NAMED(hard_swish_value)(VECTOR x, const VECTOR *p) {
    const VECTOR at = NAMED(held_finite)(x);
    const NAMED(line) v = NAMED(line_at)(at, p[0], p[1]);
    const VECTOR between = OP(fma)(at, v.high, at * v.low), rounded = OP(fma)(p[0], at, p[1]);
    return NAMED(hard_swish_piece)(x, rounded, between);
}
/* For an offset of at least 1/2, which outweighs slope x wherever 0 < v < 1, sum - offset is exact and one fma finds all that the sum and
 * the product lost: the same number. So it is with the derivative 2 slope x + offset, from -offset to 2 - offset. */
INLINE NAMED(line) NAMED(hard_swish_line)(VECTOR x, VECTOR slope, VECTOR offset) {
    const VECTOR sum = offset + slope * x;
    const NAMED(line) r = {sum, OP(fma)(slope, x, offset - sum) + OP(set)(0)}; /* as above, never -0 */
    return r;
}
/* x v is below x up to the edge where v is 1 and above it from there, and below 0 for an x < 0 until v is: no edge is compared. The low
 * term alone must not overflow downwards. */
INLINE VECTOR NAMED(hard_swish_value_quick)(VECTOR x, const VECTOR *p) {
    const VECTOR sum = p[1] + p[0] * x, low = OP(fma)(p[0], x, p[1] - sum);
    const VECTOR product = OP(fma)(x, sum, OP(max)(OP(set)(-LARGEST), x * low));
    return OP(min)(OP(max)(OP(set)((SCALAR)-0.0), x), product);
}
/* below, between or above the edges, seen from the side where slope x rises */
INLINE VECTOR NAMED(hard_swish_select)(VECTOR x, const VECTOR *p, VECTOR between, VECTOR above) {
    const VECTOR first = OP(xor_sign)(NAMED(edge_of)(OP(set)(0), p[0], p[1]), p[0]);
    const VECTOR last = OP(xor_sign)(NAMED(edge_of)(OP(set)(1), p[0], p[1]), p[0]);
    const VECTOR at = OP(xor_sign)(x, p[0]), open = OP(select)(OP(lt)(at, last), between, OP(select)(OP(unordered)(x, x), x, above));
    return OP(select)(OP(not_le)(at, first), open, OP(set)(0));
}
INLINE VECTOR NAMED(hard_swish_derivative)(VECTOR x, const VECTOR *p) {
    return NAMED(hard_swish_select)(x, p, OP(fma)(p[0] + p[0], x, p[1]), OP(set)(1));
}
INLINE VECTOR NAMED(hard_swish_backward)(VECTOR g, VECTOR x, const VECTOR *p) {
    const NAMED(line) slope = NAMED(line_at)(x, p[0] + p[0], p[1]);
    return NAMED(hard_swish_select)(x, p, OP(fma)(g, slope.high, NAMED(held_finite)(g) * slope.low), g);
}
INLINE VECTOR NAMED(hard_swish_backward_quick)(VECTOR g, VECTOR x, const VECTOR *p) {
    const NAMED(line) slope = NAMED(hard_swish_line)(x, p[0] + p[0], p[1]);
    const VECTOR first = NAMED(edge_of)(OP(set)(0), p[0], p[1]), last = NAMED(edge_of)(OP(set)(1), p[0], p[1]);
    const VECTOR open = OP(select)(OP(not_ge)(x, last), OP(fma)(g, slope.high, g * slope.low), g);
    return OP(select)(OP(not_le)(x, first), open, OP(set)(0));
}
#define IS_USUAL_SWISH(given) (given[1] >= 0.5f && given[1] <= 1 && given[0] > 0 && given[0] <= 1)
UNARY_P_WHERE(hard_swish_value, 2, hard_swish_value_quick, IS_USUAL_SWISH(given), hard_swish_value)
UNARY_P(hard_swish_derivative, 2)
BINARY_P_WHERE(hard_swish_backward, 2, hard_swish_backward_quick, IS_USUAL_SWISH(given), hard_swish_backward)
#undef IS_USUAL_SWISH
