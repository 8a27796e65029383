/* a^2 / (2 beta) where a = abs(pred - target) < beta, else a - beta / 2; gradient d / beta and sign(d), Hessian 1 / beta and 0. With beta = 0
 * it is abs(d). Within 0.51 ulp; without weights in lanes of the arrays' own type, where it is huber's divided by beta: light.h. */
INLINE loss_terms NAMED(smooth_l1)(vd pred, vd target, const vd *parameter, int wants) {
    const num d = num_difference(pred, target), a = num_abs(d), beta = num_of(parameter[0]);
    const vd half = f64_set(0.5);
    const md inside = num_lt(a, beta);
    const num share = num_ratio(a, beta);
    loss_terms r;
    r.value = num_select(inside, num_scaled(num_times(a, share), half), num_minus(a, num_scaled(beta, half)));
    r.gradient = num_select(inside, num_with_sign(share, d), num_of(f64_sign_or_same(num_high(d))));
    r.hessian = num_select(inside, num_ratio(num_set(1, 0), beta), num_set(0, 0));
    (void)wants;
    return r;
}
IN_OWN_LANES(INLINE OP(loss_product) PRODUCT(smooth_l1)(VECTOR pred, VECTOR target, const VECTOR *parameter) {
    return PRODUCT(huber)(pred, target, parameter);
})
POINTWISE_PRODUCT(smooth_l1, 1, 0, 1, 1, 0)
