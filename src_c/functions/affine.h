/* affine(x) = alpha x + beta by one fma, 0.5 ulp; affine'(x) = alpha, exact. */
INLINE VECTOR NAMED(affine_value)(VECTOR x, const VECTOR *p) { return OP(fma)(p[0], x, p[1]); }
INLINE VECTOR NAMED(affine_derivative)(VECTOR x, const VECTOR *p) { return OP(select)(OP(unordered)(x, x), x, p[0]); }
INLINE VECTOR NAMED(affine_backward)(VECTOR g, VECTOR x, const VECTOR *p) { UNUSED(x); return p[0] * g; }
KERNELS_P(affine, 2)
