/* geglu: gelu(gate) value, gelu(x) = x Phi(x). The gate comes first.
 *
 * Float lanes, gate >= -4.59: the segments of gelu.h as an exact high and low part, times (gate value) with one rounding. Backward:
 * grad gate Phi and grad value gelu'. The rest, and what left the range of float, in double lanes. Swept: value within 1.26 ulp,
 * gradients within 1.48, worst where the result is close to subnormal (double lanes: 0.66, 0.79). */
INLINE f32_pair geglu_factor_f32(vf gate, const vf *p, mf *outside) { UNUSED(p); return gelu_factor_f32(gate, outside); }
INLINE f32_pair geglu_slope_f32(vf gate, const vf *p, mf *outside) { UNUSED(p); return gelu_slope_f32(gate, outside); }
INLINE vf geglu_times_f32(vf a, vf gate, f32_pair factor) { return gated_lead_times_f32(a, gate, factor); }

INLINE vd geglu_times_f64(vd a, vd gate, const vd *p) {
    UNUSED(p);
    const f64_scaled_pair factor = f64_gated_zero_where(f64_eq(gate, f64_set(-INFINITY)), gelu_factor_f64(gate));
    return f64_gated_product(a, f64_max(f64_set(-55), gate), f64_set(0), factor);
}
INLINE f64_scaled_pair geglu_slope_f64(vd gate, const vd *p) {
    UNUSED(p);
    return f64_gated_vanishing(f64_lt(gate, f64_set(-55)), f64_eq(gate, f64_set(-INFINITY)), gelu_slope_f64(gate));
}
/* no exponential is so small that a power of two is left to the end */
INLINE vd geglu_times_quick_f64(vd a, vd gate, const vd *p) {
    UNUSED(p);
    return f64_gated_usual(a, gate, f64_set(0), gelu_factor_f64(f64_nan_beyond(gate, 36)).pair);
}
INLINE f64_pair geglu_slope_quick_f64(vd gate, const vd *p) {
    UNUSED(p);
    return gelu_slope_f64(f64_nan_beyond(gate, 36)).pair;
}
GATED_FROM_PARTS_F32(geglu)
GATED_FROM_PARTS_F64(geglu)
GATED_KERNELS(geglu, 0)
