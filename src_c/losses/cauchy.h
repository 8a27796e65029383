/* log(1 + u), u = d^2 / 2, d = pred - target; 2 log(abs(d)) - log 2 where abs(d) > 2^500. Gradient d / (1 + u), Hessian
 * (1 - u) / (1 + u)^2. Within 0.51 ulp in float, 0.6 in double. Float lanes (float_terms.h) up to u = 2^100,
 * losses within 1.4 ulp. */
INLINE loss_terms NAMED(cauchy)(vd pred, vd target, const vd *parameter, int wants) {
    const num d = num_difference(pred, target), a = num_abs(d), one = num_set(1, 0);
    const md far = f64_lt(f64_set(0x1p500), num_high(a));
    const num u = num_scaled(num_square(num_select(far, one, d)), f64_set(0.5)), share = num_ratio(one, num_plus(one, u));
    loss_terms r = {one, one, one};
    if (wants & WANTS_VALUE) {
        const num log = num_log1p(num_select(far, a, u)), two_logs = num_scaled(log, f64_set(2));
        r.value = num_select(far, num_minus(two_logs, num_set(0x1.62e42fefa39efp-1, 0x1.abc9e3b39803fp-56)), log);
    }
    if (wants & (WANTS_GRADIENT | WANTS_HESSIAN)) {
        const num slope = num_select(far, num_ratio(num_set(2, 0), a), num_times(a, share));
        r.gradient = num_with_sign(slope, d);
        r.hessian = num_select(far, num_scaled(num_square(slope), f64_set(-0.5)), num_times(num_times(num_minus(one, u), share), share));
    }
    (void)parameter;
    return r;
}
IN_FLOAT_LANES(
INLINE f32_loss_terms cauchy_terms(vf pred, vf target, const f32_loss_task *with, int wants) {
    UNUSED(with);
    const vf zero = f32_set(0), one = f32_set(1), half = f32_set(0.5f);
    const f32_pair d = f32_two_difference(pred, target), square = f32_pair_product(d, d), up = f32_two_sum(one, half * square.high);
    const f32_pair reach = f32_pair_of(up.high, f32_fma(half, square.low, up.low));
    const vf inverse = one / reach.high;
    f32_loss_terms r = {{zero, zero}, {zero, zero}, f32_not_le(square.high, f32_set(0x1p101f))};
    if (wants & WANTS_VALUE) r.value = f32_pair_negative(f32_log_quotient(one, reach, inverse));
    r.slope = f32_pair_quotient(d, reach, inverse);
    return r;
}
)
POINTWISE_TERMS(cauchy, 0, MAY_BE_OUTSIDE, f32_usable_always)
