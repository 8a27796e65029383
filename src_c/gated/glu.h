/* glu: value sigmoid(gate). The gate is the second half, as PyTorch, Keras, JAX and PaddlePaddle have it.
 *
 * Float lanes, abs(gate) < 9.6875: the sigmoid segments as an exact high and low part, times value with one rounding. Backward:
 * grad sigmoid and grad value sigmoid'. The rest, and what left the range of float, in double lanes. Swept: value within 0.86 ulp,
 * worst at gate = 0.0215005204, gradients within 1.07, worst at 4.47550058 (double lanes: 0.96, 0.87). */
INLINE f32_pair glu_factor_f32(vf gate, const vf *p, mf *outside) { UNUSED(p); return silu_factor_f32(gate, outside); }
INLINE vf glu_times_f32(vf a, vf gate, f32_pair factor) {
    UNUSED(gate);
    return f32_or_sign(f32_fma(a, factor.high, a * factor.low), a);
}
INLINE f32_pair glu_slope_f32(vf gate, const vf *p, mf *outside) {
    const vf a = f32_abs(gate);
    const f32_segment s = sigmoid_derivative_segment_f32(a);
    const vf q = f32_segment_polynomial(&s, 1, sigmoid_derivative_degree);
    f32_pair r;
    UNUSED(p);
    r.high = f32_fma(s.d, q, s.c[0]);
    r.low = f32_fma(s.d, q, s.c[0] - r.high);
    *outside = f32_not_le(a, f32_set(SEGMENT_LINEAR_END));
    return r;
}

INLINE vd glu_times_f64(vd a, vd gate, const vd *p) {
    UNUSED(p);
    const f64_scaled_pair s = sigmoid_scaled_f64(f64_pair_of(gate, f64_set(0)));
    return f64_or_sign(f64_scaled_product(a, f64_gated_zero_where(f64_eq(gate, f64_set(-INFINITY)), s)), a);
}
INLINE f64_scaled_pair glu_slope_f64(vd gate, const vd *p) {
    UNUSED(p);
    const vd a = f64_abs(gate);
    const f64_pair v = f64_gated_bounded(f64_pair_of(f64_set(0) - a, f64_set(0)));
    const f64_scaled_pair s = sigmoid_slope_f64(f64_pair_of(gate, f64_set(0)));
    return f64_gated_zero_where(f64_eq(a, f64_set(INFINITY)), f64_gated_far(f64_lt(f64_set(-EXP_F64_LOWEST), a), v, f64_pair_set(1, 0), s));
}
INLINE vd glu_times_quick_f64(vd a, vd gate, const vd *p) {
    const f64_pair s = sigmoid_pair_near_f64(gate, f64_exp_minus_abs_near_of(gate));
    UNUSED(p);
    return f64_or_sign(f64_fma(a, s.high, a * s.low), a);
}
INLINE f64_pair glu_slope_quick_f64(vd gate, const vd *p) {
    const f64_pair e = f64_exp_minus_abs_near_of(gate), divisor = f64_sum_ordered(f64_set(1), e.high);
    UNUSED(p);
    return f64_pair_ratio(e, f64_pair_square(f64_pair_of(divisor.high, divisor.low + e.low)));
}
GATED_FROM_PARTS_F32(glu)
GATED_FROM_PARTS_F64(glu)
GATED_KERNELS(glu, 0)
