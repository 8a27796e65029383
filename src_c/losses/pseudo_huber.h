/* delta^2 (sqrt(1 + x^2) - 1), d = pred - target, x = abs(d) / delta, root = sqrt(1 + x^2): abs(d) abs(d) / (root + 1), nothing cancels at
 * 0; delta abs(d) where x > 2^60. Gradient d / root, Hessian 1 / root^3. Within 0.51 ulp. */
INLINE loss_terms NAMED(pseudo_huber)(vd pred, vd target, const vd *parameter, int wants) {
    const num d = num_difference(pred, target), a = num_abs(d), delta = num_of(parameter[0]), one = num_set(1, 0);
    const num x = num_ratio(a, delta);
    const md large = f64_lt(f64_set(0x1p60), num_high(x));
    const num root = num_sqrt(num_plus(one, num_square(num_select(large, one, x))));
    loss_terms r = {one, one, one};
    r.value = num_times(num_select(large, delta, num_ratio(a, num_plus(root, one))), a);
    if (wants & WANTS_GRADIENT) r.gradient = num_with_sign(num_select(large, delta, num_ratio(a, root)), d);
    if (wants & WANTS_HESSIAN) {
        const num far = num_select(f64_lt(num_high(x), f64_set(0x1p400)), x, num_set(0x1p400, 0));
        const num share = num_ratio(one, num_select(large, far, root));
        r.hessian = num_times(share, num_square(share));
    }
    return r;
}
POINTWISE(pseudo_huber, 1)
