/* D^2, D = log(1 + p) - log(1 + q) for pred and target raised to eps: log(1 + abs(p - q) / (1 + min(p, q))) with the sign of p - q. Gradient
 * 2 D / (1 + p), Hessian 2 (1 - D) / (1 + p)^2, both 0 where pred < eps. Within 0.51 ulp in float, 0.7 in double.
 * Float lanes (float_terms.h) up to 2^60, D the logarithm of one quotient: losses within 0.94 ulp, gradients
 * 0.72. */
INLINE loss_terms NAMED(mean_squared_logarithmic_error)(vd pred, vd target, const vd *parameter, int wants) {
    const vd p = f64_max(parameter[0], pred), q = f64_max(parameter[0], target), infinity = f64_set(INFINITY);
    const num d = num_difference(p, q), one = num_set(1, 0), zero = num_set(0, 0), lower = num_plus(one, num_of(f64_min(p, q)));
    const num log = num_with_sign(num_log1p(num_ratio(num_abs(d), lower)), d), two = num_set(2, 0);
    const md moves = f64_mask_and(f64_lt(p, infinity), f64_eq(p, pred));
    loss_terms r = {zero, zero, zero};
    r.value = num_square(log);
    if (wants & (WANTS_GRADIENT | WANTS_HESSIAN)) {
        const num share = num_ratio(one, num_plus(one, num_of(p)));
        r.gradient = num_select(moves, num_times(num_times(two, log), share), zero);
        r.hessian = num_select(moves, num_times(num_times(num_times(two, num_minus(one, log)), share), share), zero);
    }
    return r;
}
IN_FLOAT_LANES(
INLINE f32_loss_terms mean_squared_logarithmic_error_terms(vf pred, vf target, const f32_loss_task *with, int wants) {
    const vf zero = f32_set(0), one = f32_set(1), two = f32_set(2);
    const f32_pair eps = f32_parameter_pair(with, 0), z = f32_pair_of(pred, zero), t = f32_pair_of(target, zero);
    const mf below = f32_pair_lt(z, eps);
    const f32_pair p = f32_pair_select(below, eps, z), q = f32_pair_select(f32_pair_lt(t, eps), eps, t);
    const f32_pair a = f32_pair_added(f32_pair_of(one, zero), p), b = f32_pair_added(f32_pair_of(one, zero), q);
    const f32_pair d = f32_pair_added(p, f32_pair_negative(q)), log = f32_log_ratio(a, b, d, one / b.high);
    const mf far = f32_mask_or(f32_not_le(pred, f32_set(0x1p60f)), f32_not_le(target, f32_set(0x1p60f)));
    f32_loss_terms r = {f32_pair_product(log, log), {zero, zero}, far};
    if (wants & WANTS_GRADIENT) {
        const f32_pair slope = f32_pair_quotient(f32_pair_of(two * log.high, two * log.low), a, one / a.high);
        r.slope = f32_pair_select(below, f32_pair_of(zero, zero), slope);
    }
    return r;
}
INLINE int mean_squared_logarithmic_error_usable(const double *parameters) { return parameters[0] >= 0x1p-30 && parameters[0] <= 0x1p60; }
)
POINTWISE_TERMS(mean_squared_logarithmic_error, 1, MAY_BE_OUTSIDE, mean_squared_logarithmic_error_usable)
