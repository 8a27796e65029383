/* d^2 / 2, d = pred - target; gradient d, Hessian 1. Within 0.51 ulp; without weights in lanes of the arrays' own
 * type (light.h), losses within 0.54. */
INLINE loss_terms NAMED(half_squared_error)(vd pred, vd target, const vd *parameter, int wants) {
    const num d = num_difference(pred, target);
    const loss_terms r = {num_scaled(num_square(d), f64_set(0.5)), d, num_set(1, 0)};
    (void)parameter, (void)wants;
    return r;
}
IN_OWN_LANES(INLINE OP(loss_product) PRODUCT(half_squared_error)(VECTOR pred, VECTOR target, const VECTOR *parameter) {
    return PRODUCT(mean_squared_error)(pred, target, parameter);
})
POINTWISE_PRODUCT(half_squared_error, 0, 0, 0.5, 1, NO_DIVISOR)
