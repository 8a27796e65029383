/* geglu_tanh: gelu_tanh(gate) value, the tanh form of geglu. The gate comes first.
 *
 * Float lanes, gate >= -5.2 (gradients -4.8): the segments of gelu_tanh.h as an exact high and low part, times (gate value) with one
 * rounding. Backward: grad gate sigmoid(v) and grad value gelu_tanh'. The rest, and what left the range of float, in double lanes.
 * Swept: value within 1.33 ulp, gradients within 1.50, worst where the result is close to subnormal (double lanes: 0.60, 0.64). */
INLINE f32_pair geglu_tanh_factor_f32(vf gate, const vf *p, mf *outside) { UNUSED(p); return gelu_tanh_factor_f32(gate, outside); }
INLINE f32_pair geglu_tanh_slope_f32(vf gate, const vf *p, mf *outside) { UNUSED(p); return gelu_tanh_slope_f32(gate, outside); }
INLINE vf geglu_tanh_times_f32(vf a, vf gate, f32_pair factor) { return gated_lead_times_f32(a, gate, factor); }

INLINE vd geglu_tanh_times_f64(vd a, vd gate, const vd *p) {
    UNUSED(p);
    const f64_scaled_pair factor = f64_gated_zero_where(f64_eq(gate, f64_set(-INFINITY)), gelu_tanh_factor_f64(gate));
    return f64_gated_product(a, f64_max(f64_set(-27.5), gate), f64_set(0), factor);
}
/* beyond gelu_tanh_slope_f64's range: e^v (1 + x v'), v = K x + K3 x^3, x v' = 3 v - 2 K x */
INLINE f64_scaled_pair geglu_tanh_slope_f64(vd gate, const vd *p) {
    UNUSED(p);
    const vd x = f64_max(f64_set(-35), gate);
    const f64_pair one = f64_pair_of(x, f64_set(0)), linear = f64_pair_product(one, f64_pair_set(GELU_TANH_K_F64, GELU_TANH_K_LOW_F64));
    const f64_pair v = f64_pair_sum(linear, f64_pair_product(one, gelu_tanh_cubic_f64(f64_product(x, x))));
    const f64_pair rest = f64_pair_sum(f64_pair_set(1, 0), f64_pair_scaled(linear, f64_set(-2)));
    const f64_pair m = f64_pair_sum(f64_pair_product(f64_pair_set(3, 0), v), rest);
    const f64_scaled_pair s = f64_gated_far(f64_lt(gate, f64_set(-27.5)), f64_gated_bounded(v), m, gelu_tanh_slope_f64(gate));
    return f64_gated_zero_where(f64_eq(gate, f64_set(-INFINITY)), s);
}
INLINE vd geglu_tanh_times_quick_f64(vd a, vd gate, const vd *p) {
    UNUSED(p);
    return f64_gated_usual(a, gate, f64_set(0), gelu_tanh_factor_f64(f64_nan_beyond(gate, 20)).pair);
}
INLINE f64_pair geglu_tanh_slope_quick_f64(vd gate, const vd *p) {
    UNUSED(p);
    return gelu_tanh_slope_f64(f64_nan_beyond(gate, 20)).pair;
}
GATED_FROM_PARTS_F32(geglu_tanh)
GATED_FROM_PARTS_F64(geglu_tanh)
GATED_KERNELS(geglu_tanh, 0)
