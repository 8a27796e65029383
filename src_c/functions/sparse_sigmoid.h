/* sparse_sigmoid(x) = 0 if x <= -1, (x + 1) / 2 between, 1 if x >= 1; its derivative is 1/2 between and 0 at both ends. One rounding,
 * 0.5 ulp; derivative exact. The backward pass selects. */
INLINE VECTOR NAMED(sparse_sigmoid_value)(VECTOR x) {
    return OP(min)(OP(set)(1), OP(max)(OP(set)(0), OP(fma)(OP(set)((SCALAR)0.5), x, OP(set)((SCALAR)0.5))));
}
INLINE VECTOR NAMED(sparse_sigmoid_backward)(VECTOR g, VECTOR x) {
    return OP(select)(OP(lt)(OP(abs)(x), OP(set)(1)), OP(set)((SCALAR)0.5) * g, OP(set)(0));
}
INLINE VECTOR NAMED(sparse_sigmoid_derivative)(VECTOR x) { return NAMED(sparse_sigmoid_backward)(OP(set)(1), x); }
KERNELS(sparse_sigmoid)
