/* relu_squared(x) = max(x, 0)^2, +0 where x <= 0; relu_squared'(x) = 2 max(x, 0). Value and backward pass are rounded once, 0.5 ulp;
 * the derivative is exact. The backward pass selects 0 where x <= 0, whatever the gradient. */
INLINE VECTOR NAMED(relu_squared_value)(VECTOR x) { return NAMED(square_value)(OP(max)(OP(set)(0), x)); }
INLINE VECTOR NAMED(relu_squared_derivative)(VECTOR x) { return NAMED(square_derivative)(NAMED(relu_value)(x)); }
INLINE VECTOR NAMED(relu_squared_backward)(VECTOR g, VECTOR x) {
    return OP(select)(OP(not_le)(x, OP(set)(0)), NAMED(square_backward)(g, x), OP(set)(0));
}
KERNELS(relu_squared)
