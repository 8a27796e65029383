/* d^2 / 2, d = pred - target; gradient d, Hessian 1. Within 0.51 ulp. */
INLINE loss_terms NAMED(half_squared_error)(vd pred, vd target, const vd *parameter, int wants) {
    const num d = num_difference(pred, target);
    const loss_terms r = {num_scaled(num_square(d), f64_set(0.5)), d, num_set(1, 0)};
    (void)parameter, (void)wants;
    return r;
}
POINTWISE_LIGHT(half_squared_error, 0)
