/* relu_general(x) = max_value if x >= max_value, x if threshold <= x < max_value, negative_slope (x - threshold) below; its derivative is
 * 0, 1, negative_slope, and at the threshold negative_slope. The difference in two parts: within 0.501 ulp; derivative exact. With
 * slope 0, -inf gives 0. The backward pass selects. */
INLINE VECTOR NAMED(relu_general_value)(VECTOR x, const VECTOR *p) {
    const VECTOR at = OP(select)(OP(eq)(p[0], OP(set)(0)), NAMED(held_finite)(x), x), high = at - p[2], back = high - at;
    const VECTOR low = (at - (high - back)) - (p[2] + back), finite = OP(select)(OP(eq)(low, low), low, OP(set)(0));
    const VECTOR below = OP(fma)(p[0], high, p[0] * finite);
    return OP(select)(OP(not_ge)(x, p[1]), OP(select)(OP(not_ge)(x, p[2]), below, x), p[1]);
}
/* for a threshold of 0, a bound above it and a slope that is not negative; the sum turns -0 into +0 where the slope is 0 */
INLINE VECTOR NAMED(relu_general_value_quick)(VECTOR x, const VECTOR *p) {
    return OP(min)(p[1], OP(select)(OP(not_ge)(x, OP(set)(0)), OP(fma)(p[0], x, OP(set)(0)), x));
}
INLINE VECTOR NAMED(relu_general_backward)(VECTOR g, VECTOR x, const VECTOR *p) {
    const VECTOR at = NAMED(held_finite)(x);
    const VECTOR below = OP(select)(OP(eq)(p[0], OP(set)(0)), OP(set)(0), p[0] * g);
    return OP(select)(OP(lt)(at, p[1]), OP(select)(OP(lt)(p[2], at), g, below), OP(set)(0));
}
/* for a slope of 0 without an upper bound, and a threshold that no infinity has to be held below of */
INLINE VECTOR NAMED(relu_general_backward_quick)(VECTOR g, VECTOR x, const VECTOR *p) {
    return OP(select)(OP(lt)(p[2], x), g, OP(set)(0));
}
#define IS_PLAIN_RELU(given) (given[0] == 0 && given[1] == INFINITY && given[2] > -LARGEST && given[2] < LARGEST)
INLINE VECTOR NAMED(relu_general_derivative)(VECTOR x, const VECTOR *p) { return NAMED(relu_general_backward)(OP(set)(1), x, p); }
#define IS_USUAL_RELU(given) (given[2] == 0 && given[1] > 0 && given[0] >= 0 && given[0] < INFINITY)
UNARY_P_WHERE(relu_general_value, 3, relu_general_value_quick, IS_USUAL_RELU(given), relu_general_value)
UNARY_P(relu_general_derivative, 3)
BINARY_P_WHERE(relu_general_backward, 3, relu_general_backward_quick, IS_PLAIN_RELU(given), relu_general_backward)
#undef IS_PLAIN_RELU
#undef IS_USUAL_RELU
