/* square(x) = x^2, square'(x) = 2 x. Value and backward pass are rounded once, 0.5 ulp; the derivative is exact.
 * 2 g x doubles the factor that cannot overflow alone: x while abs(x) < 1, g from there on. */
INLINE VECTOR NAMED(square_value)(VECTOR x) { return x * x; }
INLINE VECTOR NAMED(square_derivative)(VECTOR x) { return x + x; }
INLINE VECTOR NAMED(square_backward)(VECTOR g, VECTOR x) {
    return OP(select)(OP(lt)(OP(abs)(x), OP(set)(1)), g * (x + x), (g + g) * x);
}
KERNELS(square)
