/* m (a - m / 2), a = abs(pred - target), m = min(a, delta): d^2 / 2 up to delta, a line beyond. Gradient m with the sign of d, Hessian 1
 * up to delta, else 0. Within 0.51 ulp. */
INLINE loss_terms NAMED(huber)(vd pred, vd target, const vd *parameter, int wants) {
    const num d = num_difference(pred, target), a = num_abs(d), delta = num_of(parameter[0]);
    const md beyond = num_lt(delta, a);
    const num m = num_select(beyond, delta, a);
    loss_terms r;
    r.value = num_times(m, num_minus(a, num_scaled(m, f64_set(0.5))));
    r.gradient = num_with_sign(m, d);
    r.hessian = num_of(f64_select(beyond, f64_set(0), f64_set(1)));
    (void)wants;
    return r;
}
POINTWISE_LIGHT(huber, 1)
