/* m (a - m / 2), a = abs(pred - target), m = min(a, delta): d^2 / 2 up to delta, a line beyond. Gradient m with the sign of d, Hessian 1
 * up to delta, else 0. Within 0.51 ulp;
 * float arrays in float lanes (float_lanes.h), losses within 0.57. */
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
IN_FLOAT_LANES(INLINE f32_loss_product huber_product(vf pred, vf target, const vf *parameter) {
    const f32_pair d = f32_two_difference(pred, target);
    const vf a = f32_abs(d.high), half = f32_set(0.5f), a_low = f32_xor_sign(d.low, d.high);
    const vf m = f32_min(parameter[0], a), m_low = f32_select(f32_lt(parameter[0], a), f32_set(0), a_low);
    const vf b = f32_fnma(half, m, a), b_low = f32_fnma(half, m, a - b) + f32_fnma(half, m_low, a_low);
    const f32_loss_product r = {m, b, f32_fma(m, b_low, m_low * b), f32_xor_sign(m, d.high)};
    return r;
})
POINTWISE_FLOAT(huber, 1, 0)
