/* abs(d), d = pred - target; gradient sign(d), 0 at 0; Hessian 0. Exact but for the one rounding of d; without weights in
 * lanes of the arrays' own type: light.h. */
INLINE loss_terms NAMED(mean_absolute_error)(vd pred, vd target, const vd *parameter, int wants) {
    const num d = num_difference(pred, target);
    const loss_terms r = {num_abs(d), num_of(f64_sign_or_same(num_high(d))), num_set(0, 0)};
    (void)parameter, (void)wants;
    return r;
}
IN_OWN_LANES(INLINE OP(loss_product) PRODUCT(mean_absolute_error)(VECTOR pred, VECTOR target, const VECTOR *parameter) {
    const VECTOR d = pred - target, a = OP(abs)(d), one = OP(set)(1), zero = OP(set)(0);
    const OP(loss_product) r = {a, one, zero, OP(select)(OP(lt)(zero, a), OP(or_sign)(one, d), d)};
    UNUSED(parameter);
    return r;
})
POINTWISE_PRODUCT(mean_absolute_error, 0, 1, 1, 1, NO_DIVISOR)
