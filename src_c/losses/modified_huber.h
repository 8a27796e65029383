/* q = max(1 - m, 0), m = pred target, target -1 or 1: q^2, and -4 m where m < -1. Gradient -2 target q and -4 target, Hessian 2 target^2
 * where -1 <= m < 1, else 0. Within 0.51 ulp. */
INLINE loss_terms NAMED(modified_huber)(vd pred, vd target, const vd *parameter, int wants) {
    const num m = num_product(pred, target), rest = num_minus(num_set(1, 0), m), zero = num_set(0, 0);
    const num q = num_select(num_lt(rest, zero), zero, rest);
    const vd two = f64_set(2), minus_four = f64_set(-4);
    const md far = num_lt(m, num_set(-1, 0)), curved = num_lt(zero, rest);
    loss_terms r;
    r.value = num_select(far, num_scaled(m, minus_four), num_square(q));
    r.gradient = num_select(far, num_scaled(num_of(target), minus_four), num_scaled(num_times(num_of(f64_set(0) - target), q), two));
    r.hessian = num_select(far, zero, num_select(curved, num_scaled(num_product(target, target), two), zero));
    (void)parameter, (void)wants;
    return r;
}
POINTWISE_LIGHT(modified_huber, 0)
