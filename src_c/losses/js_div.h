/* (z log(z / m) + t log(t / m)) / 2, m = (z + t) / 2, for two probabilities; 0 log(0) is 0. With r = (z - t) / (z + t) it is
 *   (z + t) / 4 g(r),   g(r) = (1 + r) log(1 + r) + (1 - r) log(1 - r) = sum over k >= 1 of r^2k / (k (2 k - 1)), for abs(r) < 1/4
 * Gradient log(1 + r) / 2, Hessian t / (2 z (z + t)). Within 0.51 ulp, in float lanes 0.72.
 * Float lanes (float_terms.h): the same, both logarithms as those of quotients; a z of 0 beside another t, and what is beyond 2^60 or its
 * inverse, from double lanes. */

/* log(sum), sum = 1 + r */
IN_PAIRS(
INLINE num NAMED(log_of_sum_with_one)(num r, num sum) {
    const md far = f64_lt(num_high(r), f64_set(-0.5));
    return f64_pair_log1p_from(r, num_log(num_select(far, sum, num_plus(num_set(1, 0), r))));
}
)
IN_FLOAT_LANES(
INLINE num NAMED(log_of_sum_with_one)(num r, num sum) {
    const md far = f64_lt(num_high(r), f64_set(-0.5));
    return num_select(far, num_log(sum), num_log1p(num_select(far, num_set(0, 0), r)));
}
)
INLINE loss_terms NAMED(js_div)(vd pred, vd target, const vd *parameter, int wants) {
    const num z = num_of(pred), t = num_of(target), both = num_plus(z, t), zero = num_set(0, 0);
    const md none = f64_eq(num_high(both), f64_set(0));
    const num r = num_select(none, zero, num_ratio(num_difference(pred, target), both)), square = num_square(r);
    const num up = num_ratio(num_scaled(z, f64_set(2)), both); /* 1 + r */
    const num log = NAMED(log_of_sum_with_one)(r, up);
    loss_terms answer = {zero, num_select(none, zero, num_scaled(log, f64_set(0.5))), zero};
    if (wants & WANTS_VALUE) {
        const num down = num_ratio(num_scaled(t, f64_set(2)), both), other = NAMED(log_of_sum_with_one)(num_negative(r), down);
        const num far = num_plus(num_times_or_zero(up, log), num_times_or_zero(down, other));
        vd series = f64_set(0);
        for (int k = 14; k >= 2; --k) series = f64_fma(series, num_high(square), f64_set(1.0 / (k * (2 * k - 1))));
        const num near = num_plus(square, num_times(num_square(square), num_of(series)));
        const num g = num_select(f64_lt(f64_abs(num_high(r)), f64_set(0.25)), near, far);
        answer.value = num_select(none, zero, num_times(num_scaled(both, f64_set(0.25)), g));
    }
    if (wants & WANTS_HESSIAN) answer.hessian = num_scaled(num_ratio(num_ratio(t, both), z), f64_set(0.5));
    (void)parameter;
    return answer;
}
IN_FLOAT_LANES(
INLINE mf js_div_beyond(vf x) { return f32_mask_or(f32_not_ge(x, f32_set(0x1p-60f)), f32_not_le(x, f32_set(0x1p60f))); }
INLINE f32_loss_terms js_div_terms(vf pred, vf target, const f32_loss_task *with, int wants) {
    UNUSED(with);
    const vf zero = f32_set(0), one = f32_set(1), half = f32_set(0.5f);
    const mf no_target = f32_eq(target, zero), none = f32_mask_and(no_target, f32_eq(pred, zero));
    const vf z = f32_select(none, one, pred), t = f32_select(no_target, one, target); /* whose logarithm is multiplied by 0 */
    const f32_pair both = f32_two_sum(z, f32_select(none, one, target));
    const vf inverse = one / both.high;
    const f32_pair log = f32_log_quotient(z + z, both, inverse);
    f32_loss_terms r = {{zero, zero}, {zero, zero}, f32_mask_or(js_div_beyond(z), js_div_beyond(t))};
    if (wants & WANTS_VALUE) {
        const f32_pair other = f32_log_quotient(t + t, both, inverse), first = f32_pair_product(f32_pair_of(pred, zero), log);
        const f32_pair far = f32_pair_added(first, f32_pair_product(f32_pair_of(target, zero), other));
        const f32_pair rise = f32_two_difference(pred, target), ratio = f32_pair_quotient(rise, both, inverse);
        const f32_pair line = f32_pair_product(rise, ratio);
        const vf square = ratio.high * ratio.high;
        vf series = f32_set(1.0f / 66);
        for (int k = 5; k >= 2; --k) series = f32_fma(series, square, f32_set(1.0f / (k * (2 * k - 1))));
        const f32_pair near = f32_pair_of(half * line.high, half * f32_fma(line.high * square, series, line.low));
        const mf small = f32_lt(f32_abs(rise.high), f32_set(0.25f) * both.high);
        const f32_pair value = f32_pair_select(small, near, far);
        r.value = f32_pair_of(half * value.high, half * value.low);
    }
    r.slope = f32_pair_of(half * log.high, half * log.low);
    return r;
}
)
POINTWISE_TERMS(js_div, 0, MAY_BE_OUTSIDE, f32_usable_always)
