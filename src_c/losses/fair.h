/* c^2 (x - log(1 + x)), x = abs(d) / c, d = pred - target. Below x = 1/4 the difference is the series
 *   s (x - s^2 (2/3 + 2/5 s^2 + 2/7 s^4 ...)), s = x / (2 + x).
 * Gradient c x / (1 + x) with the sign of d, Hessian 1 / (1 + x)^2. Within 0.51 ulp in float, 0.66 in double.
 * Doubles where c is 1 are neither divided nor multiplied by it.
 * Float lanes (float_terms.h) where c is 1, x with what rounding took from d: below 1/8 x^2 times a polynomial, minimax to 2^-28. Losses
 * within 1.4 ulp. */
INLINE num NAMED(fair_series)(num x) {
    const num s = num_ratio(x, num_plus(num_set(2, 0), x));
    const vd z = num_high(s) * num_high(s);
    vd sum = f64_set(2.0 / 21);
    for (int k = 19; k >= 3; k -= 2) sum = f64_fma(sum, z, f64_set(2.0 / k));
    return num_times(s, num_minus(x, num_of(z * sum)));
}
INLINE loss_terms NAMED(fair)(vd pred, vd target, const vd *parameter, int wants) {
    const num d = num_difference(pred, target), a = num_abs(d), c = num_of(parameter[0]), one = num_set(1, 0);
    num x = a;
    if (!(wants & WANTS_USUAL)) x = num_ratio(a, c);
    const num held = num_select(f64_lt(num_high(x), f64_set(0x1p1000)), x, num_set(0x1p1000, 0));
    const num share = num_ratio(one, num_plus(one, held));
    loss_terms r = {one, one, one};
    if (wants & WANTS_VALUE) {
        const num rest = num_select(f64_lt(num_high(x), f64_set(0.25)), NAMED(fair_series)(x), num_minus(x, num_log1p(x)));
        r.value = num_select(f64_lt(num_high(x), f64_set(INFINITY)), rest, x);
        if (!(wants & WANTS_USUAL)) r.value = num_times(c, num_times(c, r.value));
    }
    if (wants & WANTS_GRADIENT) {
        num slope = num_times(held, share);
        if (!(wants & WANTS_USUAL)) slope = num_times(c, slope);
        r.gradient = num_with_sign(slope, d);
    }
    if (wants & WANTS_HESSIAN) r.hessian = num_square(share);
    return r;
}
IN_FLOAT_LANES(
INLINE f32_loss_terms fair_terms(vf pred, vf target, const f32_loss_task *with, int wants) {
    UNUSED(with);
    const vf zero = f32_set(0), one = f32_set(1);
    const f32_pair d = f32_two_difference(pred, target), x = f32_pair_with_sign(d, d.high), up = f32_two_sum(one, x.high);
    const f32_pair reach = f32_pair_of(up.high, up.low + x.low);
    const vf inverse = one / reach.high;
    f32_loss_terms r = {{zero, zero}, {zero, zero}, f32_not_le(x.high, f32_set(0x1p100f))};
    if (wants & WANTS_VALUE) {
        static const float c[6] = {0x1p-1f, -0x1.55554ep-2f, 0x1.fffb3p-3f, -0x1.98f298p-3f, 0x1.4af292p-3f, -0x1.ab3f1cp-4f};
        vf p = f32_set(c[5]);
        for (int k = 4; k >= 0; --k) p = f32_fma(p, x.high, f32_set(c[k]));
        const f32_pair near = f32_pair_product(f32_pair_product(x, x), f32_pair_of(p, zero));
        const f32_pair far = f32_pair_added(x, f32_log_quotient(one, reach, inverse));
        r.value = f32_pair_select(f32_lt(x.high, f32_set(0.125f)), near, far);
    }
    r.slope = f32_pair_with_sign(f32_pair_quotient(x, reach, inverse), d.high);
    return r;
}
INLINE int fair_usable(const double *parameters) { return parameters[0] == 1; }
)
POINTWISE_USUAL_TERMS(fair, 1, MAY_BE_OUTSIDE, fair_usable)
