/* swiglu: silu(gate) value, silu(x) = x sigmoid(beta x). The gate comes first.
 *
 * Float lanes, abs(beta gate) < 9.6875: the sigmoid segments of silu.h as an exact high and low part, beta gate as a product whose low
 * part enters through the slope; (gate value) likewise, then one rounding. The rest, and what left the range of float, in double lanes.
 * Backward: grad gate sigmoid and grad value silu', the latter from the segments of silu'. Swept over numbers of every exponent, the
 * tails, the root's neighbourhood and five betas: value within 1.58 ulp, worst at gate = 0.0821629614; gradients within 1.61, worst
 * at 1.1530575e-06; both where gate value is close to subnormal (double lanes: 0.66, 0.75). */
INLINE f32_pair swiglu_factor_of_f32(vf u, vf u_low, mf *outside) {
    f32_pair s = silu_factor_f32(u, outside);
    s.low = f32_fma(u_low, f32_fnma(s.high, s.high, s.high), s.low);
    return s;
}
/* silu' at u + u_low: the polynomial and its derivative side by side */
INLINE f32_pair swiglu_slope_of_f32(vf u, vf u_low, mf *outside) {
    const vf a = f32_abs(u);
    mf root;
    const f32_segment s = silu_slope_segment_f32(u, a, &root);
    vf r = s.c[silu_derivative_degree], slope = r;
    r = f32_fma(r, s.d, s.c[silu_derivative_degree - 1]);
    for (int k = silu_derivative_degree - 2; k >= 2; --k) {
        slope = f32_fma(slope, s.d, r);
        r = f32_fma(r, s.d, s.c[k]);
    }
    slope = f32_fma(s.d, f32_fma(s.d, slope, r + r), s.c[1]);
    f32_pair t = f32_product_slope_pair(f32_sigmoid_product_slope(f32_mirror(s, u), r * s.d, root));
    t.low = f32_fnma(u_low, slope, t.low);
    /* next to the root u_low is most of the distance from it */
    *outside = f32_mask_or(f32_not_le(a, f32_set(SEGMENT_LINEAR_END)), f32_lt(f32_abs(t.high), f32_set(0x1p-15f)));
    return t;
}

INLINE f32_pair swiglu_factor_f32(vf gate, const vf *p, mf *outside) {
    const vf u = p[0] * gate;
    return swiglu_factor_of_f32(u, f32_fms(p[0], gate, u), outside);
}
INLINE f32_pair swiglu_slope_f32(vf gate, const vf *p, mf *outside) {
    const vf u = p[0] * gate;
    return swiglu_slope_of_f32(u, f32_fms(p[0], gate, u), outside);
}
INLINE vf swiglu_times_f32(vf a, vf gate, f32_pair factor) { return gated_lead_times_f32(a, gate, factor); }

/* beta = 1: nothing is lost by the product */
INLINE f32_pair swiglu_default_factor_f32(vf gate, const vf *p, mf *outside) { UNUSED(p); return silu_factor_f32(gate, outside); }
INLINE f32_pair swiglu_default_slope_f32(vf gate, const vf *p, mf *outside) {
    UNUSED(p);
    return f32_product_slope_pair(silu_slope_f32(gate, outside));
}
INLINE vf swiglu_default_times_f32(vf a, vf gate, f32_pair factor) { return gated_lead_times_f32(a, gate, factor); }

/* gate sigmoid(u) = lead factor; lead is a sign where the gate is infinite and the factor 0 */
INLINE f64_scaled_pair swiglu_factor_f64(vd gate, vd beta, vd *lead) {
    const f64_pair u = softplus_argument_f64(gate, beta);
    const md far = f64_lt(u.high, f64_set(EXP_F64_LOWEST)), none = f64_mask_and(far, f64_eq(f64_abs(gate), f64_set(INFINITY)));
    *lead = f64_select(none, f64_or_sign(f64_set(1), gate), gate);
    return f64_gated_zero_where(none, f64_gated_far(far, f64_gated_bounded(u), f64_pair_set(1, 0), sigmoid_scaled_f64(u)));
}
/* product / (1 + e^-u), NaN where something is close to the ends of the range */
INLINE vd swiglu_near_f64(f64_pair product, f64_pair u) {
    const vd one = f64_set(1), zero = f64_set(0), size = f64_abs(product.high);
    const f64_pair e = f64_exp_near(zero - f64_nan_beyond(u.high, EXP_F64_NEAR), zero - u.low, 1);
    const f64_pair divisor = f64_sum_ordered(f64_max(one, e.high), f64_min(one, e.high));
    const vd reciprocal = one / divisor.high, q = product.high * reciprocal;
    const vd rest = f64_fnma(q, divisor.low + e.low, f64_fnma(q, divisor.high, product.high) + product.low);
    const vd y = f64_fma(rest, reciprocal, q);
    const md risky = f64_mask_or(f64_not_le(f64_set(0x1p-900), f64_min(f64_abs(y), size)), f64_not_le(size, f64_set(0x1p1000)));
    return f64_select(risky, f64_set(NAN), y);
}
INLINE vd swiglu_times_quick_f64(vd a, vd gate, const vd *p) { return swiglu_near_f64(f64_product(a, gate), f64_product(gate, p[0])); }
INLINE vd swiglu_times_f64(vd a, vd gate, const vd *p) {
    vd lead;
    const f64_scaled_pair factor = swiglu_factor_f64(gate, p[0], &lead);
    const vd y = f64_gated_product(a, lead, f64_set(0), factor), near = swiglu_times_quick_f64(a, gate, p);
    return f64_select(f64_unordered(near, near), y, near);
}
/* far below, sigmoid(u) = e^u and silu' = e^u (1 + u) */
INLINE f64_scaled_pair swiglu_slope_f64(vd gate, const vd *p) {
    const f64_pair u = softplus_argument_f64(gate, p[0]), v = f64_gated_bounded(u);
    const md far = f64_lt(u.high, f64_set(EXP_F64_LOWEST)), none = f64_mask_and(far, f64_eq(f64_abs(gate), f64_set(INFINITY)));
    f64_pair m = f64_sum_ordered(v.high, f64_set(1));
    m.low = m.low + v.low;
    return f64_gated_zero_where(none, f64_gated_far(far, v, m, silu_slope_f64(gate, p[0])));
}
INLINE f64_pair swiglu_slope_quick_f64(vd gate, const vd *p) { return silu_slope_near_f64(f64_product(gate, p[0]), 1); }
GATED_FROM_PARTS_F32(swiglu)
GATED_FROM_PARTS_F32(swiglu_default)
GATED_FROM_PARTS_F64(swiglu)
GATED_DEFAULT_PASS(swiglu, forward, 2, 1, 1)
GATED_DEFAULT_PASS(swiglu, backward, 3, 2, 1)
