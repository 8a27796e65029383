/* relu(x) = max(x, 0), relu(-0) = +0; relu'(x) = 1 if x > 0 else 0, so relu'(0) = 0. Exact.
 * The backward pass selects, as frameworks do: an infinite or NaN gradient does not leak through a closed unit. */
INLINE VECTOR NAMED(relu_value)(VECTOR x) { return OP(max)(OP(set)(0), x) + OP(set)(0); } /* the sum turns -0 into +0 */
INLINE VECTOR NAMED(relu_derivative)(VECTOR x) { return OP(select)(OP(lt)(OP(set)(0), x), OP(set)(1), OP(set)(0)); }
INLINE VECTOR NAMED(relu_backward)(VECTOR g, VECTOR x) { return OP(select)(OP(lt)(OP(set)(0), x), g, OP(set)(0)); }
INLINE VECTOR NAMED(relu_backward_from_output)(VECTOR g, VECTOR y) { return NAMED(relu_backward)(g, y); }
KERNELS(relu)
BINARY(relu_backward_from_output)
