/* log(x), natural; -inf at both zeros, NaN below. log'(x) = 1 / x, +inf at both zeros, NaN below.
 *
 * Float lanes: math/log_f32.h, its two parts added: within 0.752 ulp, worst at 0.949191689. Derivative and backward pass are one division,
 * 0.5 ulp. */
NOINLINE vf log_value_rare_f32(vf x) { return f32_log_everywhere(x); }
INLINE vf log_value_f32(vf x) {
    const f32_pair parts = f32_log_parts(x);
    if (UNLIKELY(f32_mask_any(f32_log_outside(x)))) return log_value_rare_f32(x);
    return parts.high + parts.low;
}
INLINE vf log_backward_f32(vf g, vf x) { return f32_select(f32_lt(x, f32_set(0)), f32_set(NAN), g / f32_abs(x)); }
INLINE vf log_derivative_f32(vf x) { return log_backward_f32(f32_set(1), x); }
/* for 16 bits: in one part, minus the logarithms of the reciprocals rounded and three of them moved by up to 6 units, so that all 65 536
 * round the same, of either kind */
static const float log_coarse[16] ALIGNED(64) = {
    -0x1.51aad4p-2f, -0x1.2895a2p-2f, -0x1.fb918cp-3f, -0x1.af3c94p-3f, -0x1.5ff308p-3f, -0x1.0d77e8p-3f, -0x1.8c345ep-4f, -0x1.16536ep-4f,
    -0x1.f829bp-6f, 0, 0x1.08598cp-4f, 0x1.da7276p-4f, 0x1.5bf406p-3f, 0x1.d1038p-3f, 0x1.1178f4p-2f, 0x1.4718dcp-2f};
INLINE vf log_value_coarse_f32(vf x) {
    const f32_log_reduced e = f32_log_reduce(x);
    const vf base = f32_fma(e.k, f32_set(0x1.62e43p-24f), f32_lookup16(log_coarse, e.segment));
    const vf y = base + f32_fma(e.r * e.r, f32_log_rest(e.r), e.r);
    return f32_select(f32_log_outside(x), f32_set(NAN), y);
}
UNARY_COARSE_F32(log_value, log_value_coarse)
UNARY_F32(log_derivative)
BINARY_F32(log_backward)

/* Double lanes: math/log_f64.h with the reduced argument rounded, within 0.77 ulp. */
INLINE vd log_near_f64(f64_log_reduced e) {
    const f64_pair parts = f64_log_from(f64_log_of_power(e), e.m, e.m, 0);
    return parts.high + parts.low;
}
NOINLINE vd log_value_rare_f64(vd x) {
    vd y = f64_select(f64_lt(x, f64_set(INFINITY)), log_near_f64(f64_log_reduce(x, LOG_F64_LOWEST)), x);
    y = f64_select(f64_lt(f64_set(0), x), y, f64_select(f64_eq(x, f64_set(0)), f64_set(-INFINITY), f64_set(NAN)));
    return f64_select(f64_unordered(x, x), x, y);
}
INLINE vd log_value_f64(vd x) {
    const md rare = f64_mask_or(f64_lt(x, f64_set(0x1p-1022)), f64_not_le(x, f64_set(0x1.fffffffffffffp1023)));
    if (UNLIKELY(f64_mask_any(rare))) return log_value_rare_f64(x);
    return log_near_f64(f64_log_reduce_normal(x, LOG_F64_LOWEST));
}
INLINE vd log_backward_f64(vd g, vd x) { return f64_select(f64_lt(x, f64_set(0)), f64_set(NAN), g / f64_abs(x)); }
INLINE vd log_derivative_f64(vd x) { return log_backward_f64(f64_set(1), x); }
INLINE vd log_value_quick_f64(vd x) {
    const md rare = f64_mask_or(f64_lt(x, f64_set(0x1p-1022)), f64_not_le(x, f64_set(0x1.fffffffffffffp1023)));
    return f64_select(rare, f64_set(NAN), log_near_f64(f64_log_reduce_normal(x, LOG_F64_LOWEST)));
}
#if F64_LANES == 8
UNARY_QUICK_F64(log_value, log_value_quick)
#else /* with fewer registers a branch a vector takes 0.83 of the time */
UNARY_LIGHT_F64(log_value)
#endif
UNARY_LIGHT_F64(log_derivative)
BINARY_LIGHT_F64(log_backward)
