/* D^2, D = log(1 + p) - log(1 + q) for pred and target raised to eps: log(1 + abs(p - q) / (1 + min(p, q))) with the sign of p - q. Gradient
 * 2 D / (1 + p), Hessian 2 (1 - D) / (1 + p)^2, both 0 where pred < eps. Within 0.51 ulp in float, 0.7 in double. */
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
POINTWISE(mean_squared_logarithmic_error, 1)
