/* e^z - t z for the logarithm z of the prediction and the target t >= 0; t z is 0 where t is. Gradient e^z - t, Hessian e^z. Within 0.51
 * ulp where nothing cancels; differences are right to 2^-52 (float) and 2^-54 (double) of their larger term.
 * Means and gradients of float arrays from float lanes (float_terms.h), gradients, within 1.8, below e^z / 256 from double lanes. */
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
NOINLINE f32_pair half_poisson_close(vf pred, vf target) {
    return f32_pair_of_doubles(wide_exp(f64_from_f32_low(pred)) - f64_from_f32_low(target),
                               wide_exp(f64_from_f32_high(pred)) - f64_from_f32_high(target));
}
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
        const f32_pair normal = f32_pair_normal(e.high, e.low);
        r.slope = f32_two_sum(normal.high, zero - target);
        r.slope.low = r.slope.low + normal.low;
        const mf close = f32_is_close(r.slope.high, normal.high, 0x1p-8f, 0x1p-100f);
        if (UNLIKELY(f32_mask_any(close))) r.slope = f32_pair_select(close, half_poisson_close(pred, target), r.slope);
    }
    return r;
}
)
POINTWISE_TERMS(half_poisson, 0, 0, f32_usable_always)
