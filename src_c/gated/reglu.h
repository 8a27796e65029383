/* reglu: relu(gate) value. The gate comes first. Exact products, rounded once.
 * Backward: grad value where gate > 0, else 0 whatever the others are; grad relu(gate). */
INLINE vf reglu_value_f32(vf gate, vf value) { return relu_value_f32(gate) * value; }
INLINE vd reglu_value_f64(vd gate, vd value) { return relu_value_f64(gate) * value; }
INLINE void reglu_backward_f32(const vf *x, vf *y) { y[0] = relu_backward_f32(x[0] * x[2], x[1]), y[1] = x[0] * relu_value_f32(x[1]); }
INLINE void reglu_backward_f64(const vd *x, vd *y) { y[0] = relu_backward_f64(x[0] * x[2], x[1]), y[1] = x[0] * relu_value_f64(x[1]); }
GATED_LIGHT_KERNELS(reglu)
