/* max(-m, 0), m = pred target, target -1 or 1; gradient -target where m <= 0, the edge included; Hessian 0. Within 0.51 ulp. */
INLINE loss_terms NAMED(perceptron)(vd pred, vd target, const vd *parameter, int wants) {
    const num m = num_product(pred, target), zero = num_set(0, 0);
    const md right = num_lt(zero, m);
    loss_terms r;
    r.value = num_select(right, zero, num_negative(m));
    r.gradient = num_of(f64_select(right, f64_set(0), f64_set(0) - target));
    r.hessian = zero;
    (void)parameter, (void)wants;
    return r;
}
POINTWISE_LIGHT(perceptron, 0)
