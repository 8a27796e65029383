/* log_sigmoid(x) = -log(1 + e^-x) = -softplus(-x); log_sigmoid'(x) = sigmoid(-x); from the output, 1 - e^y.
 *
 * The kernels of softplus at -x, the sign turned: value within 0.863 ulp, worst at 2.81242681; derivative within 0.857, worst at
 * 8.41247177. -0 at +inf. Double lanes are rounded once. */
INLINE vf log_sigmoid_value_main_f32(vf x, mf *outside) { return f32_set(-1) * softplus_value_default_main_f32(f32_set(-1) * x, outside); }
INLINE vf log_sigmoid_value_tail_f32(vf x) { return f32_set(-1) * softplus_value_default_tail_f32(f32_set(-1) * x); }
UNARY_TAILED_F32(log_sigmoid_value)

INLINE vf log_sigmoid_derivative_main_f32(vf x, mf *outside) { return sigmoid_value_main_f32(f32_set(-1) * x, outside); }
INLINE vf log_sigmoid_derivative_tail_f32(vf x) { return sigmoid_value_tail_f32(f32_set(-1) * x); }
UNARY_TAILED_F32(log_sigmoid_derivative)

INLINE vf log_sigmoid_backward_main_f32(vf g, vf x, mf *outside) { return softplus_backward_default_main_f32(g, f32_set(-1) * x, outside); }
INLINE vf log_sigmoid_backward_tail_f32(vf g, vf x) { return softplus_backward_default_tail_f32(g, f32_set(-1) * x); }
BINARY_TAILED_F32(log_sigmoid_backward, log_sigmoid_derivative)

INLINE vf log_sigmoid_backward_from_output_f32(vf g, vf y) { return g * one_minus_exp_f32(f32_set(-1) * y); }
BINARY_BLOCKS_F32(log_sigmoid_backward_from_output)

INLINE vd log_sigmoid_value_f64(vd x) {
    const vd beta = f64_set(1);
    return f64_set(-1) * softplus_value_f64(f64_set(-1) * x, &beta);
}
INLINE vd log_sigmoid_derivative_f64(vd x) { return sigmoid_value_f64(f64_set(-1) * x); }
INLINE vd log_sigmoid_backward_f64(vd g, vd x) {
    const vd beta = f64_set(1);
    return softplus_backward_f64(g, f64_set(-1) * x, &beta);
}
INLINE vd log_sigmoid_backward_from_output_f64(vd g, vd y) {
    const vd beta = f64_set(1);
    return softplus_backward_from_output_f64(g, f64_set(-1) * y, &beta);
}
INLINE vd log_sigmoid_value_quick_f64(vd x) { return f64_set(-1) * softplus_unit_quick_f64(f64_set(-1) * x, NULL); }
INLINE vd log_sigmoid_derivative_quick_f64(vd x) { return sigmoid_value_quick_f64(f64_set(-1) * x); }
INLINE vd log_sigmoid_backward_quick_f64(vd g, vd x) {
    const vd u = f64_set(-1) * x;
    const f64_pair y = sigmoid_pair_near_f64(u, f64_exp_minus_abs_near_of(u));
    return f64_fma(g, y.high, g * y.low);
}
UNARY_QUICK_F64(log_sigmoid_value, log_sigmoid_value_quick)
UNARY_QUICK_F64(log_sigmoid_derivative, log_sigmoid_derivative_quick)
BINARY_QUICK_F64(log_sigmoid_backward, log_sigmoid_backward_quick)
BINARY_F64(log_sigmoid_backward_from_output)
