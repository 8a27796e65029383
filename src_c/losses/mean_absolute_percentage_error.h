/* 100 abs(d) / m, d = pred - target, m = max(abs(target), eps); gradient 100 / m with the sign of d, 0 at d = 0; Hessian 0. Within 0.51
 * ulp. */
INLINE loss_terms NAMED(mean_absolute_percentage_error)(vd pred, vd target, const vd *parameter, int wants) {
    const num d = num_difference(pred, target), m = num_of(f64_max(parameter[0], f64_abs(target))), hundred = num_set(100, 0);
    loss_terms r;
    r.value = num_times(hundred, num_ratio(num_abs(d), m));
    r.gradient = num_times(num_of(f64_sign_or_same(num_high(d))), num_ratio(hundred, m));
    r.hessian = num_set(0, 0);
    (void)wants;
    return r;
}
POINTWISE(mean_absolute_percentage_error, 1)
