/* leaky_relu(x) = x if x > 0 else negative_slope x; leaky_relu'(0) = negative_slope. One rounding.
 * With slope 0, -inf gives -0 and not 0 * inf: the product then sees the lowest finite number. */
INLINE VECTOR NAMED(leaky_relu_value)(VECTOR x, const VECTOR *p) {
    const VECTOR lowest = OP(select)(OP(eq)(p[0], OP(set)(0)), OP(set)(-LARGEST), OP(set)(-INFINITY));
    return OP(select)(OP(lt)(OP(set)(0), x), x, p[0] * OP(max)(lowest, x));
}
/* for a slope between 0 and 1 the same bits by two operations */
INLINE VECTOR NAMED(leaky_relu_value_gentle)(VECTOR x, const VECTOR *p) { return OP(max)(p[0] * x, x); }
INLINE VECTOR NAMED(leaky_relu_value_quick)(VECTOR x, const VECTOR *p) { return OP(select)(OP(lt)(OP(set)(0), x), x, p[0] * x); }
INLINE VECTOR NAMED(leaky_relu_derivative)(VECTOR x, const VECTOR *p) { return OP(select)(OP(lt)(OP(set)(0), x), OP(set)(1), p[0]); }
INLINE VECTOR NAMED(leaky_relu_backward)(VECTOR g, VECTOR x, const VECTOR *p) { return OP(select)(OP(lt)(OP(set)(0), x), g, p[0] * g); }
INLINE VECTOR NAMED(leaky_relu_backward_from_output)(VECTOR g, VECTOR y, const VECTOR *p) { return NAMED(leaky_relu_backward)(g, y, p); }
UNARY_P_WHERE(leaky_relu_value, 1, leaky_relu_value_gentle, given[0] > 0 && given[0] <= 1, leaky_relu_value_quick)
UNARY_P(leaky_relu_derivative, 1)
BINARY_P(leaky_relu_backward, 1)
BINARY_P(leaky_relu_backward_from_output, 1)
