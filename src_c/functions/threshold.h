/* threshold(x) = x if x > threshold else value; threshold'(x) = 1 if x > threshold else 0. Exact; NaN stays. The backward pass selects. */
INLINE VECTOR NAMED(threshold_value)(VECTOR x, const VECTOR *p) { return OP(select)(OP(not_le)(x, p[0]), x, p[1]); }
INLINE VECTOR NAMED(threshold_backward)(VECTOR g, VECTOR x, const VECTOR *p) { return NAMED(thresholded_relu_backward)(g, x, p); }
INLINE VECTOR NAMED(threshold_derivative)(VECTOR x, const VECTOR *p) { return NAMED(thresholded_relu_derivative)(x, p); }
KERNELS_P(threshold, 2)
