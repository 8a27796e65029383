/* abs(d), d = pred - target; gradient sign(d), 0 at 0; Hessian 0. Exact but for the one rounding of d; float arrays in float
 * lanes: float_lanes.h. */
INLINE loss_terms NAMED(mean_absolute_error)(vd pred, vd target, const vd *parameter, int wants) {
    const num d = num_difference(pred, target);
    const loss_terms r = {num_abs(d), num_of(f64_sign_or_same(num_high(d))), num_set(0, 0)};
    (void)parameter, (void)wants;
    return r;
}
IN_FLOAT_LANES(INLINE f32_loss_product mean_absolute_error_product(vf pred, vf target, const vf *parameter) {
    const vf d = pred - target, a = f32_abs(d), one = f32_set(1);
    const f32_loss_product r = {a, one, f32_set(0), f32_select(f32_lt(f32_set(0), a), f32_or_sign(one, d), d)};
    UNUSED(parameter);
    return r;
})
POINTWISE_FLOAT(mean_absolute_error, 0, 1)
