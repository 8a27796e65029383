/* geglu: gelu(gate) value, gelu(x) = x Phi(x). The gate comes first.
 *
 * Float lanes, gate >= -6 (gradients -5.2): the segments of gelu.h as an exact high and low part, times (gate value) with one rounding.
 * Backward: grad gate Phi and grad value gelu'. The rest, and what left the range of float, in double lanes. Swept: value within 1.33 ulp,
 * gradients within 1.50, worst where the result is close to subnormal (double lanes: 0.77, 0.81). */
INLINE f32_pair geglu_factor_f32(vf gate, const vf *p, mf *outside) { UNUSED(p); return gelu_factor_f32(gate, outside); }
INLINE f32_pair geglu_slope_f32(vf gate, const vf *p, mf *outside) { UNUSED(p); return gelu_slope_f32(gate, outside); }
INLINE vf geglu_times_f32(vf a, vf gate, f32_pair factor) { return gated_lead_times_f32(a, gate, factor); }

INLINE vd geglu_times_f64(vd a, vd gate, const vd *p) {
    UNUSED(p);
    const f64_scaled_pair factor = f64_gated_zero_where(f64_eq(gate, f64_set(-INFINITY)), gelu_factor_f64(gate));
    return f64_gated_product(a, f64_max(f64_set(-55), gate), f64_set(0), factor);
}
/* gelu'(-a) beyond gelu_slope_f64's range: -a e^(-a^2 / 2) / sqrt(2 pi) (1 - w + w^2 - 3 w^3 + ...), w = 1 / a^2 */
INLINE f64_scaled_pair geglu_slope_f64(vd gate, const vd *p) {
    UNUSED(p);
    const vd x = f64_max(f64_set(-70), gate), w = f64_set(1) / (x * x);
    const f64_pair square = f64_product(f64_set(0.5) * x, x);
    vd series = f64_fma(w, f64_set(-105), f64_set(15));
    series = f64_fma(w, f64_fma(w, f64_fma(w, series, f64_set(-3)), f64_set(1)), f64_set(-1));
    const f64_pair slope = f64_pair_product(f64_pair_of(x, f64_set(0)), f64_pair_set(0x1.9884533d43651p-2, -0x1.cbc0d30ebfd15p-56));
    const f64_pair m = f64_pair_product(slope, f64_sum_ordered(f64_set(1), w * series));
    const f64_pair v = f64_gated_bounded(f64_pair_of(f64_set(0) - square.high, f64_set(0) - square.low));
    return f64_gated_zero_where(f64_eq(gate, f64_set(-INFINITY)), f64_gated_far(f64_lt(gate, f64_set(-55)), v, m, gelu_slope_f64(gate)));
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
