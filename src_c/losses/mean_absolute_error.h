/* abs(d), d = pred - target; gradient sign(d), 0 at 0; Hessian 0. Exact but for the one rounding of d. */
INLINE loss_terms NAMED(mean_absolute_error)(vd pred, vd target, const vd *parameter, int wants) {
    const num d = num_difference(pred, target);
    const loss_terms r = {num_abs(d), num_of(f64_sign_or_same(num_high(d))), num_set(0, 0)};
    (void)parameter, (void)wants;
    return r;
}
POINTWISE_LIGHT(mean_absolute_error, 0)
