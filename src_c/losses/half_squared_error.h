/* d^2 / 2, d = pred - target; gradient d, Hessian 1. Within 0.51 ulp; float arrays in float lanes
 * (float_lanes.h), losses within 0.54. */
INLINE loss_terms NAMED(half_squared_error)(vd pred, vd target, const vd *parameter, int wants) {
    const num d = num_difference(pred, target);
    const loss_terms r = {num_scaled(num_square(d), f64_set(0.5)), d, num_set(1, 0)};
    (void)parameter, (void)wants;
    return r;
}
IN_FLOAT_LANES(INLINE f32_loss_product half_squared_error_product(vf pred, vf target, const vf *parameter) {
    const f32_pair d = f32_two_difference(pred, target);
    const f32_loss_product r = {d.high, f32_set(0.5f) * d.high, d.high * d.low, d.high};
    UNUSED(parameter);
    return r;
})
POINTWISE_FLOAT(half_squared_error, 0, 0)
