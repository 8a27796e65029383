/* bilinear: a b, the gated unit without an activation; backward grad b and grad a. Exact products, rounded once. */
INLINE vf bilinear_value_f32(vf a, vf b) { return a * b; }
INLINE vd bilinear_value_f64(vd a, vd b) { return a * b; }
INLINE void bilinear_backward_f32(const vf *x, vf *y) { y[0] = x[0] * x[2], y[1] = x[0] * x[1]; }
INLINE void bilinear_backward_f64(const vd *x, vd *y) { y[0] = x[0] * x[2], y[1] = x[0] * x[1]; }
GATED_LIGHT_KERNELS(bilinear)
