/* m (a - m / 2), a = abs(pred - target), m = min(a, delta): d^2 / 2 up to delta, a line beyond. Gradient m with the sign of d, Hessian 1
 * up to delta, else 0. Within 0.51 ulp; without weights in lanes of the arrays' own type (light.h), losses within 0.57. */
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
IN_OWN_LANES(INLINE OP(loss_product) PRODUCT(huber)(VECTOR pred, VECTOR target, const VECTOR *parameter) {
    const OP(pair) d = OP(two_difference)(pred, target);
    const VECTOR half = OP(set)(0.5f), m = OP(nearer)(parameter[0], d.high);
    const VECTOR m_low = OP(select)(OP(eq)(m, d.high), d.low, OP(set)(0));
    const VECTOR b = OP(fnma)(half, m, d.high), b_low = OP(fnma)(half, m, d.high - b) + OP(fnma)(half, m_low, d.low);
    const OP(loss_product) r = {m, b, OP(fma)(m, b_low, m_low * b), m};
    return r;
})
POINTWISE_PRODUCT(huber, 1, 0, 1, 1, NO_DIVISOR)
