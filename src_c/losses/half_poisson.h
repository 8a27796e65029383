/* e^z - t z for the logarithm z of the prediction and the target t >= 0; t z is 0 where t is. Gradient e^z - t, Hessian e^z. Within 0.51
 * ulp where nothing cancels; differences are right to 2^-52 (float) and 2^-54 (double) of their larger term.
 * Float arrays in float lanes, means as float_differences.h has them; losses and gradients of less than e^z / 64 from double lanes. */
INLINE loss_terms NAMED(half_poisson)(vd pred, vd target, const vd *parameter, int wants) {
    const num e = num_exp(num_of(pred)), line = num_times_or_zero(num_of(target), num_of(pred));
    loss_terms r;
    r.value = num_select(f64_lt(num_high(e), f64_set(INFINITY)), num_minus(e, line), e);
    r.gradient = num_minus(e, num_of(target));
    r.hessian = e;
    (void)parameter, (void)wants;
    return r;
}
IN_FLOAT_LANES(
INLINE f32_difference half_poisson_difference(vf pred, vf target, vf low, int careful) {
    const f32_pair e = f32_exp_short(pred);
    const vf slope = e.high - target;
    const f32_difference r = {e.high, low + e.low, e.high, pred, {slope, e.low},
                              f32_not_ge(f32_abs(slope), f32_fma(e.high, f32_set(0x1p-6f), f32_set(0x1p-108f)))};
    UNUSED(careful);
    return r;
}
INLINE vd half_poisson_exact(vd e, vd pred, vd target, vd sum) { return f64_fnma(target, pred, sum + e); }
INLINE mf half_poisson_outside(vf target) { return f32_lt(target, target); }
INLINE f32_pair half_poisson_value(vf pred, vf target) {
    const f32_exp_parts parts = f32_exp_long(f32_min(f32_set(90), f32_max(f32_set(EXP_F32_LOWEST), pred)));
    const f32_pair e = {f32_exp_scale(parts.high, parts), f32_exp_scale(parts.low, parts)};
    const vf line = target * pred;
    f32_pair value = f32_two_difference(e.high, line);
    value.low = value.low + (e.low - f32_fms(target, pred, line));
    return f32_pair_unless(f32_is_close(value.high, e.high, 0x1p-7f, 0), value);
}
)
POINTWISE_DIFFERENCE(half_poisson, 0, MAY_BE_CLOSE, f32_usable_always)
