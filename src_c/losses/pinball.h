/* (1 - quantile) d where d = pred - target > 0, -quantile d where d < 0; gradient the factor of d, 0 at d = 0; Hessian 0. Within 0.51 ulp. */
INLINE loss_terms NAMED(pinball)(vd pred, vd target, const vd *parameter, int wants) {
    const num d = num_difference(pred, target), quantile = num_of(parameter[0]), zero = num_set(0, 0);
    const num slope = num_select(f64_lt(num_high(d), f64_set(0)), num_negative(quantile), num_difference(f64_set(1), parameter[0]));
    loss_terms r;
    r.value = num_times(slope, d);
    r.gradient = num_select(f64_eq(num_high(d), f64_set(0)), zero, slope);
    r.hessian = zero;
    (void)wants;
    return r;
}
POINTWISE_LIGHT(pinball, 1)
