/* t (log(t) - z) for the logarithm z of the prediction and the target t >= 0, or e^t (t - z) where log_target is 1; 0 where t or e^t is,
 * whatever z is. Gradient -t or -e^t, Hessian 0. Within 0.51 ulp where log(t) and z differ; where z is log(t) rounded, the difference
 * is right to 2^-48 (float) and 2^-56 (double) of its terms. Float arrays in float lanes, means as float_differences.h has them. */
INLINE loss_terms NAMED(kl_div)(vd pred, vd target, const vd *parameter, int wants) {
    const num z = num_of(pred), t = num_of(target), zero = num_set(0, 0);
    loss_terms r = {zero, zero, zero};
    num share = t, log = t;
    if (f64_mask_any(f64_eq(parameter[0], f64_set(0)))) {
        if (wants & WANTS_VALUE) log = num_log(t);
    } else {
        share = num_select(f64_eq(target, f64_set(-INFINITY)), zero, num_exp(t)); /* exp ends at e^-700 in double lanes */
    }
    if (wants & WANTS_VALUE) {
        const num loss = num_times_or_zero(share, num_minus(log, z));
        r.value = num_select(f64_unordered(pred, target), num_of(f64_set(NAN)), loss);
    }
    r.gradient = num_negative(share);
    return r;
}
IN_FLOAT_LANES(
INLINE mf kl_div_outside(vf target) { return f32_not_ge(target, f32_set(LOG_F32_SMALLEST)); }
/* t log(t) - t z; where t is 0 nothing is lost, whatever z is, and other targets that have no logarithm here are for double lanes */
INLINE f32_difference kl_div_difference(vf pred, vf target, vf low, int careful) {
    const vf zero = f32_set(0);
    f32_pair log = f32_log_parts(target);
    vf line = pred;
    if (careful) {
        const mf special = kl_div_outside(target);
        log.high = f32_select(special, f32_select(f32_eq(target, zero), zero, f32_set(NAN)), log.high);
        line = f32_select(special, f32_select(f32_unordered(pred, pred), pred, zero), pred);
    }
    const f32_difference r = {log.high, f32_fma(target, log.low, low), target, line, {zero - target, zero}, f32_lt(zero, zero)};
    return r;
}
INLINE vd kl_div_exact(vd log, vd pred, vd target, vd sum) { return f64_fma(target, log - pred, sum); }
INLINE f32_pair kl_div_value(vf pred, vf target) {
    const vf zero = f32_set(0);
    const mf special = kl_div_outside(target);
    const f32_pair log = f32_log_parts_long(target), rest = f32_two_difference(log.high, pred);
    const vf loss = target * rest.high, lost = f32_fma(target, rest.low + log.low, f32_fms(target, rest.high, loss));
    f32_pair value = f32_pair_unless(f32_is_close(rest.high, f32_abs(log.high), 0x1p-5f, 0), f32_pair_of(loss, lost));
    if (UNLIKELY(f32_mask_any(special))) {
        const vf end = f32_select(f32_eq(target, zero), zero, f32_set(NAN));
        value = f32_pair_select(special, f32_pair_of(end, f32_select(f32_unordered(pred, pred), pred, zero)), value);
    }
    return value;
}
INLINE int kl_div_usable(const double *parameters) { return parameters[0] == 0; }
)
POINTWISE_DIFFERENCE(kl_div, 1, MAY_BE_OUTSIDE, kl_div_usable)
