/* 2 s / (s + 4), s = d^2, d = pred - target held to 2^500; gradient 16 d / (s + 4)^2, Hessian 16 (4 - 3 s) / (s + 4)^3. Within 0.51 ulp.
 * Float lanes (float_terms.h) up to d = 2^20, gradients within 0.60. */
INLINE loss_terms NAMED(geman_mcclure)(vd pred, vd target, const vd *parameter, int wants) {
    const num d = num_difference(pred, target), a = num_abs(d);
    const num held = num_select(f64_lt(f64_set(0x1p500), num_high(a)), num_set(0x1p500, 0), a), s = num_square(held), four = num_set(4, 0);
    const num share = num_ratio(num_set(1, 0), num_plus(s, four));
    const vd sixteen = f64_set(16);
    loss_terms r;
    r.value = num_scaled(num_times(s, share), f64_set(2));
    const num above = num_scaled(num_minus(four, num_times(num_set(3, 0), s)), sixteen);
    r.gradient = num_with_sign(num_times(num_times(num_scaled(held, sixteen), share), share), d);
    r.hessian = num_times(num_times(num_times(above, share), share), share);
    (void)parameter, (void)wants;
    return r;
}
IN_FLOAT_LANES(
INLINE f32_loss_terms geman_mcclure_terms(vf pred, vf target, const f32_loss_task *with, int wants) {
    const vf zero = f32_set(0), four = f32_set(4), two = f32_set(2);
    const f32_pair d = f32_two_difference(pred, target), s = f32_pair_product(d, d), sum = f32_pair_added(s, f32_pair_of(four, zero));
    const vf inverse = f32_set(1) / sum.high;
    f32_loss_terms r = {{zero, zero}, {zero, zero}, f32_is_beyond(d.high, 0x1p20f, wants)};
    UNUSED(with);
    if (wants & WANTS_VALUE) r.value = f32_pair_quotient(f32_pair_of(two * s.high, two * s.low), sum, inverse);
    const f32_pair share = f32_pair_quotient(f32_pair_of(four, zero), sum, inverse);
    r.slope = f32_pair_product(f32_pair_product(d, share), share);
    return r;
}
)
POINTWISE_TERMS(geman_mcclure, 0, MAY_BE_OUTSIDE, f32_usable_always)
