/* d^2, d = pred - target; gradient 2 d, Hessian 2. Within 0.51 ulp; float arrays in float lanes
 * (float_lanes.h), losses within 0.54. The mean of 2^25 ones is exactly 1. */
INLINE loss_terms NAMED(mean_squared_error)(vd pred, vd target, const vd *parameter, int wants) {
    const num d = num_difference(pred, target);
    const loss_terms r = {num_square(d), num_scaled(d, f64_set(2)), num_set(2, 0)};
    (void)parameter, (void)wants;
    return r;
}
IN_FLOAT_LANES(INLINE f32_loss_product mean_squared_error_product(vf pred, vf target, const vf *parameter) {
    const f32_pair d = f32_two_difference(pred, target);
    const f32_loss_product r = {d.high, d.high, (d.high + d.high) * d.low, d.high};
    UNUSED(parameter);
    return r;
})
POINTWISE_FLOAT_TIMES(mean_squared_error, 0, 0, 2, NO_DIVISOR)
