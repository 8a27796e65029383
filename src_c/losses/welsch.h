/* 1 - e^-u, u = d^2 / 2, d = pred - target held to 2^200; gradient d e^-u, Hessian (1 - d^2) e^-u. Within 0.51 ulp in float, 0.9 in double.
 * Float lanes (float_terms.h) up to d = 12.649; below 1/4 the loss is u times a polynomial. Losses within 0.67 ulp,
 * gradients 0.60. */
INLINE loss_terms NAMED(welsch)(vd pred, vd target, const vd *parameter, int wants) {
    const num d = num_difference(pred, target), a = num_abs(d), one = num_set(1, 0);
    const num held = num_select(f64_lt(f64_set(0x1p200), num_high(a)), num_set(0x1p200, 0), a), s = num_square(held);
    const num power = num_scaled(s, f64_set(-0.5));
    loss_terms r = {one, one, one};
    if (wants & WANTS_VALUE) r.value = num_negative(num_expm1(power));
    if (wants & WANTS_GRADIENT) r.gradient = num_with_sign(num_times_exp(held, power), d);
    if (wants & WANTS_HESSIAN) r.hessian = num_times_exp(num_minus(one, s), power);
    (void)parameter;
    return r;
}
IN_FLOAT_LANES(
INLINE f32_loss_terms welsch_terms(vf pred, vf target, const f32_loss_task *with, int wants) {
    static const float c[6] = {-0.5f, 0x1.555556p-3f, -0x1.555556p-5f, 0x1.111112p-7f, -0x1.6c16c2p-10f, 0x1.a01a02p-13f}; /* Taylor's */
    const vf zero = f32_set(0), half = f32_set(0.5f), one = f32_set(1);
    const f32_pair d = f32_two_difference(pred, target), s = f32_pair_product(d, d), u = f32_pair_of(half * s.high, half * s.low);
    f32_pair e = f32_exp_short(zero - u.high);
    e.low = f32_fnma(e.high, u.low, e.low);
    f32_loss_terms r = {{zero, zero}, {zero, zero}, f32_is_beyond(d.high, 12.649f, wants)};
    UNUSED(with);
    if (wants & WANTS_VALUE) {
        vf p = f32_set(c[5]);
        for (int k = 4; k >= 0; --k) p = f32_fma(p, u.high, f32_set(c[k]));
        const vf rest = one - e.high;
        const f32_pair near = f32_pair_of(u.high, f32_fma(u.high * u.high, p, f32_fnma(u.high, u.low, u.low)));
        const f32_pair far = f32_pair_of(rest, ((one - rest) - e.high) - e.low);
        r.value = f32_pair_select(f32_lt(u.high, f32_set(0.25f)), near, far);
    }
    r.slope = f32_pair_product(d, e);
    return r;
}
)
POINTWISE_TERMS(welsch, 0, MAY_BE_OUTSIDE, f32_usable_always)
