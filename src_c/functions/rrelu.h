/* rrelu(x) = x if x >= 0 else a x with a = (lower + upper) / 2, the form for evaluation; its derivative is 1 if x > 0 else a. a in two
 * parts: value and backward pass within 0.501 ulp, derivative rounded once. With a = 0, -inf gives -0. */
typedef struct {
    VECTOR high, low;
} NAMED(rrelu_slope);
INLINE NAMED(rrelu_slope) NAMED(rrelu_slope_of)(const VECTOR *p) {
    const VECTOR half = OP(set)((SCALAR)0.5), a = half * p[0], b = half * p[1], sum = a + b, back = sum - a;
    const NAMED(rrelu_slope) s = {sum, (a - (sum - back)) + (b - back)};
    return s;
}
INLINE VECTOR NAMED(rrelu_times)(VECTOR x, const VECTOR *p) {
    const NAMED(rrelu_slope) s = NAMED(rrelu_slope_of)(p);
    const VECTOR finite = NAMED(held_finite)(x);
    return OP(fma)(OP(select)(OP(eq)(s.high, OP(set)(0)), finite, x), s.high, finite * s.low);
}
INLINE VECTOR NAMED(rrelu_times_quick)(VECTOR x, const VECTOR *p) {
    const NAMED(rrelu_slope) s = NAMED(rrelu_slope_of)(p);
    return OP(fma)(x, s.high, x * s.low);
}
INLINE VECTOR NAMED(rrelu_value_quick)(VECTOR x, const VECTOR *p) {
    return OP(select)(OP(lt)(OP(set)(0), x), x, NAMED(rrelu_times_quick)(x, p));
}
INLINE VECTOR NAMED(rrelu_backward_quick)(VECTOR g, VECTOR x, const VECTOR *p) {
    return OP(select)(OP(lt)(OP(set)(0), x), g, NAMED(rrelu_times_quick)(g, p));
}
INLINE VECTOR NAMED(rrelu_value)(VECTOR x, const VECTOR *p) { return OP(select)(OP(lt)(OP(set)(0), x), x, NAMED(rrelu_times)(x, p)); }
INLINE VECTOR NAMED(rrelu_derivative)(VECTOR x, const VECTOR *p) {
    return OP(select)(OP(lt)(OP(set)(0), x), OP(set)(1), NAMED(rrelu_slope_of)(p).high);
}
INLINE VECTOR NAMED(rrelu_backward)(VECTOR g, VECTOR x, const VECTOR *p) {
    return OP(select)(OP(lt)(OP(set)(0), x), g, NAMED(rrelu_times)(g, p));
}
UNARY_P_QUICK(rrelu_value, 2, rrelu_value_quick)
UNARY_P(rrelu_derivative, 2)
BINARY_P_QUICK(rrelu_backward, 2, rrelu_backward_quick)
