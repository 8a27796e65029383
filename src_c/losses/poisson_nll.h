/* e^z - t z where log_input is 1 (half_poisson), else z - t log(z + eps), for the target t >= 0; where full is 1, what Stirling's formula
 * has for log(t!) is added to targets above 1: t log(t) - t + log(2 pi t) / 2. Gradient e^z - t or 1 - t / (z + eps), Hessian e^z or
 * t / (z + eps)^2. Within 0.51 ulp in float, 0.7 in double where nothing cancels; differences are right to 2^-52 (float) and 2^-53 (double)
 * of their larger term. In float lanes as half_poisson where log_input is 1 and full 0. */
INLINE loss_terms NAMED(poisson_nll)(vd pred, vd target, const vd *parameter, int wants) {
    const num t = num_of(target), zero = num_set(0, 0);
    loss_terms r = {zero, zero, zero};
    if (f64_mask_any(f64_eq(parameter[0], f64_set(0)))) {
        const num moved = num_plus(num_of(pred), num_of(parameter[2])), share = num_ratio(t, moved);
        if (wants & WANTS_VALUE) r.value = num_minus(num_of(pred), num_times_or_zero(t, num_log(moved)));
        r.value = num_select(f64_eq(pred, f64_set(INFINITY)), num_of(pred), r.value);
        r.gradient = num_minus(num_set(1, 0), share);
        r.hessian = num_ratio(share, moved);
    } else {
        r = NAMED(half_poisson)(pred, target, parameter, wants);
    }
    if (wants & WANTS_VALUE && !f64_mask_any(f64_eq(parameter[1], f64_set(0)))) {
        const num log = num_log(t), half = num_set(0.5, 0);
        const num circle = num_set(0x1.d67f1c864beb5p+0, -0x1.65b5a1b7ff5dfp-54); /* log(2 pi) */
        const num rest = num_plus(num_minus(num_times(t, log), t), num_times(half, num_plus(log, circle)));
        r.value = num_plus(r.value, num_select(f64_lt(f64_set(1), target), rest, zero));
    }
    return r;
}
IN_FLOAT_LANES(
INLINE f32_difference poisson_nll_difference(vf pred, vf target, vf low, int careful) {
    return half_poisson_difference(pred, target, low, careful);
}
INLINE vd poisson_nll_exact(vd e, vd pred, vd target, vd sum) { return half_poisson_exact(e, pred, target, sum); }
INLINE mf poisson_nll_outside(vf target) { return half_poisson_outside(target); }
INLINE f32_pair poisson_nll_value(vf pred, vf target) { return half_poisson_value(pred, target); }
INLINE int poisson_nll_usable(const double *parameters) { return parameters[0] != 0 && parameters[1] == 0; }
)
POINTWISE_DIFFERENCE(poisson_nll, 3, MAY_BE_CLOSE, poisson_nll_usable)
