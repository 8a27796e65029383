/* max(m, 0)^2, m = margin - pred target, target -1 or 1; gradient -2 target max(m, 0), Hessian 2 target^2 where m > 0. Within 0.51 ulp;
 * without weights in lanes of the arrays' own type: light.h. */
INLINE loss_terms NAMED(squared_hinge)(vd pred, vd target, const vd *parameter, int wants) {
    const num m = num_minus(num_of(parameter[0]), num_product(pred, target)), zero = num_set(0, 0);
    const num missing = num_select(num_lt(m, zero), zero, m);
    const vd two = f64_set(2);
    loss_terms r;
    r.value = num_square(missing);
    r.gradient = num_scaled(num_times(num_of(f64_set(0) - target), missing), two);
    r.hessian = num_select(num_lt(zero, m), num_scaled(num_product(target, target), two), zero);
    (void)wants;
    return r;
}
IN_OWN_LANES(INLINE OP(loss_product) PRODUCT(squared_hinge)(VECTOR pred, VECTOR target, const VECTOR *parameter) {
    const VECTOR m = OP(fnma)(pred, target, parameter[0]), zero = OP(set)(0), missing = OP(max)(zero, m);
    const VECTOR product = pred * target, product_low = OP(fms)(pred, target, product);
    const OP(pair) margin = OP(two_difference)(parameter[0], product);
    const VECTOR low = (missing + missing) * ((margin.high - m) + (margin.low - product_low));
    const OP(loss_product) r = {missing, missing, low, (zero - target) * missing};
    return r;
})
POINTWISE_PRODUCT(squared_hinge, 1, 0, 1, 2, NO_DIVISOR)
