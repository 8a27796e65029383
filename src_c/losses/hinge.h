/* max(m, 0), m = margin - pred target, target -1 or 1; gradient -target where m >= 0, the edge included; Hessian 0. Within 0.51 ulp;
 * float arrays in float lanes: float_lanes.h. */
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
IN_FLOAT_LANES(INLINE f32_loss_product hinge_product(vf pred, vf target, const vf *parameter) {
    const vf m = f32_fnma(pred, target, parameter[0]), zero = f32_set(0);
    const mf reached = f32_lt(m, zero);
    const f32_loss_product r = {f32_max(zero, m), f32_set(1), zero, f32_select(reached, zero, zero - target)};
    return r;
})
POINTWISE_FLOAT(hinge, 1, 1)
