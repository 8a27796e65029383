/* e^z - t z for the logarithm z of the prediction and the target t >= 0; t z is 0 where t is. Gradient e^z - t, Hessian e^z. Within 0.51
 * ulp where nothing cancels; differences are right to 2^-52 (float) and 2^-54 (double) of their larger term.
 * Float arrays in float lanes (float_terms.h), losses within 0.54 ulp; what is less than about e^z / 128 from double lanes, but for means. */
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
INLINE f32_loss_terms half_poisson_terms(vf pred, vf target, int wants) {
    const f32_exp_parts parts = f32_exp_long(f32_min(f32_set(90), f32_max(f32_set(EXP_F32_LOWEST), pred)));
    const f32_pair e = {f32_exp_scale(parts.high, parts), f32_exp_scale(parts.low, parts)};
    const vf zero = f32_set(0);
    f32_loss_terms r = {{zero, zero}, {zero, zero}, f32_lt(zero, zero)};
    if (wants & WANTS_VALUE) {
        const vf line = target * pred;
        r.value = f32_two_difference(e.high, line);
        r.value.low = r.value.low + (e.low - f32_fms(target, pred, line));
        if (wants & WANTS_EACH) r.value = f32_pair_unless(f32_is_close(r.value.high, e.high, 0x1p-7f, 0), r.value);
    }
    if (wants & WANTS_GRADIENT) {
        r.slope = f32_two_difference(e.high, target); /* e.low is up to 2^-9 of e.high */
        r.slope.low = r.slope.low + e.low;
        r.slope = f32_pair_unless(f32_is_close(r.slope.high, e.high, 0x1.8p-8f, 0x1p-108f), r.slope);
    }
    return r;
}
)
POINTWISE_TERMS(half_poisson, 0, MAY_BE_CLOSE, f32_usable_always)
