/* abs(x), abs(-0) = +0; abs'(x) = sign(x), 0 at 0. Exact. The backward pass selects g, -g or 0. */
INLINE VECTOR NAMED(abs_value)(VECTOR x) { return OP(abs)(x); }
INLINE VECTOR NAMED(abs_backward)(VECTOR g, VECTOR x) {
    return OP(select)(OP(lt)(OP(set)(0), x), g, OP(select)(OP(lt)(x, OP(set)(0)), OP(set)(-1) * g, OP(set)(0)));
}
INLINE VECTOR NAMED(abs_derivative)(VECTOR x) { return NAMED(abs_backward)(OP(set)(1), x); }
UNARY_BITS(abs_value, 0x7FFF)
UNARY(abs_derivative)
BINARY(abs_backward)
