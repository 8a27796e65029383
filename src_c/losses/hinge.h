/* max(m, 0), m = margin - pred target, target -1 or 1; gradient -target where m >= 0, the edge included; Hessian 0. Within 0.51 ulp;
 * without weights in lanes of the arrays' own type: light.h. */
INLINE loss_terms NAMED(hinge)(vd pred, vd target, const vd *parameter, int wants) {
    const num m = num_minus(num_of(parameter[0]), num_product(pred, target)), zero = num_set(0, 0);
    const md reached = num_lt(m, zero);
    loss_terms r;
    r.value = num_select(reached, zero, m);
    r.gradient = num_of(f64_select(reached, f64_set(0), f64_set(0) - target));
    r.hessian = zero;
    (void)wants;
    return r;
}
IN_OWN_LANES(INLINE OP(loss_product) PRODUCT(hinge)(VECTOR pred, VECTOR target, const VECTOR *parameter) {
    const VECTOR m = OP(fnma)(pred, target, parameter[0]), zero = OP(set)(0);
    const OP(loss_product) r = {OP(max)(zero, m), OP(set)(1), zero, OP(select)(OP(lt)(m, zero), zero, zero - target)};
    return r;
})
POINTWISE_PRODUCT(hinge, 1, 1, 1, 1, NO_DIVISOR)
