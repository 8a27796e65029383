/* e^z - t z for the logarithm z of the prediction and the target t >= 0; t z is 0 where t is. Gradient e^z - t, Hessian e^z. Within 0.51
 * ulp where nothing cancels; differences are right to 2^-31 (float) and 2^-54 (double) of their larger term.
 * Means and gradients of float arrays from float lanes (float_terms.h): gradients to 2^-28. */
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
        r.value = f32_two_sum(e.high, zero - line);
        r.value.low = r.value.low + (e.low - f32_fms(target, pred, line));
    }
    if (wants & WANTS_GRADIENT) {
        r.slope = f32_two_sum(e.high, zero - target);
        r.slope.low = r.slope.low + e.low;
    }
    return r;
}
)
POINTWISE_TERMS(half_poisson, 0, 0, f32_usable_always)
