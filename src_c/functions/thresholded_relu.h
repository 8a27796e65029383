/* thresholded_relu(x) = x if x > theta else 0; thresholded_relu'(x) = 1 if x > theta else 0. Exact; NaN stays. The backward pass
 * selects. */
INLINE VECTOR NAMED(thresholded_relu_value)(VECTOR x, const VECTOR *p) { return OP(select)(OP(not_le)(x, p[0]), x, OP(set)(0)); }
INLINE VECTOR NAMED(thresholded_relu_backward)(VECTOR g, VECTOR x, const VECTOR *p) { return OP(select)(OP(lt)(p[0], x), g, OP(set)(0)); }
INLINE VECTOR NAMED(thresholded_relu_derivative)(VECTOR x, const VECTOR *p) { return NAMED(thresholded_relu_backward)(OP(set)(1), x, p); }
KERNELS_P(thresholded_relu, 1)
