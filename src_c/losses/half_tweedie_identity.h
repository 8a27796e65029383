/* Half the Tweedie deviance of the prediction z > 0 and the target t >= 0. With u = t / z, w = u - 1, r = power:
 *   z^(2 - r) h(w),  h = (u (u^(1 - r) - 1) / (1 - r) - w) / (2 - r);  u log(u) - w for r = 1, w - log(u) for r = 2, w^2 / 2 for r = 0
 * and where that cancels, next to w = 0, the series
 *   h = w^2 / 2 + sum over k >= 3 of c_k w^k,  c_k = c_(k - 1) (3 - r - k) / k
 * For r = 3/2 it is 2 d^2 / (sqrt(z) (sqrt(z) + sqrt(t))^2), d = z - t, where nothing cancels. For r = 1 and 2 and abs(v) < 1/8, v = w /
 * (2 + w), the series log(u) = 2 (v + v^3 s), s = 1/3 + v^2 / 5 + ..., of which w - 2 v = v w is left: v w + 2 u v^3 s and v w - 2 v^3 s.
 * Gradient z^-r (z - t), Hessian z^-r (1 + r w). Within 0.51 ulp in float, 1.3 in double, for t / z up to 2^200 either way. Pairs take the
 * series for abs(w) < 1/8, or less for powers far from 1 and 2; double lanes for abs(w) < 2^-6 and, next to r = 2, where the two terms of h
 * are nearly the same,
 *   h = (log(u) - w + a log(u)^2 p(a log(u))) / (1 - r),  a = 2 - r,  p(x) = (e^x - 1 - x) / x^2
 * Float lanes (float_terms.h) for r = 3/2, z from 2^-20 and t from 2^-60 or 0 to 2^36: 2 d^2 / (sqrt(z) (z + t + 2 sqrt(z t))), losses
 * within 1.1 ulp. */

/* r = 3/2 */
INLINE loss_terms NAMED(half_tweedie_identity_of_roots)(vd pred, vd target) {
    const num z = num_of(pred), t = num_of(target), d = num_difference(pred, target), root = num_sqrt(z);
    const num power = num_ratio(num_set(1, 0), num_times(z, root)), both = num_plus(root, num_sqrt(t));
    loss_terms r;
    r.value = num_ratio(num_scaled(num_square(d), f64_set(2)), num_times(root, num_square(both)));
    r.gradient = num_times(power, d);
    r.hessian = num_times(power, num_minus(num_ratio(num_times(t, num_set(1.5, 0)), z), num_set(0.5, 0)));
    return r;
}
/* r = 1 and 2 */
INLINE loss_terms NAMED(half_tweedie_identity_of_logs)(vd pred, vd target, int wants, int gamma) {
    const num z = num_of(pred), share = num_ratio(num_difference(pred, target), z), u = num_ratio(num_of(target), z);
    loss_terms r = {share, share, share};
    if (wants & WANTS_VALUE) {
        const num w = num_negative(share), v = num_ratio(share, num_minus(share, num_set(2, 0))), log = num_log(u);
        const vd square = num_high(v) * num_high(v);
        vd sum = f64_set(2.0 / 23);
        for (int k = 21; k >= 3; k -= 2) sum = f64_fma(sum, square, f64_set(2.0 / k));
        const num lead = num_times(v, w);
        const vd rest = num_high(v) * square * sum; /* a 24th of the lead at most */
        const md near = f64_lt(f64_abs(num_high(v)), f64_set(0.125));
        if (gamma)
            r.value = num_select(near, num_minus(lead, num_of(rest)), num_minus(w, log));
        else
            r.value = num_times(z, num_select(near, num_plus(lead, num_of(num_high(u) * rest)), num_minus(num_times_or_zero(u, log), w)));
    }
    if (gamma && wants & WANTS_GRADIENT) r.gradient = num_ratio(share, z);
    if (wants & WANTS_HESSIAN) {
        r.hessian = num_ratio(u, z);
        if (gamma) r.hessian = num_ratio(num_ratio(num_minus(num_scaled(u, f64_set(2)), num_set(1, 0)), z), z);
    }
    return r;
}
IN_PAIRS(
INLINE int NAMED(half_tweedie_identity_kind)(const double *parameters) {
    const double power = parameters[0];
    return power == 1.5 ? 1 : power == 1 ? 2 : power == 2 ? 3 : 0;
}
/* c_3 and c_4 in pairs */
INLINE f64_pair NAMED(tweedie_series)(f64_pair w, vd power) {
    enum { TERMS = 20 };
    const f64_pair third = num_negative(num_ratio(num_of(power), num_set(6, 0)));
    const f64_pair fourth = num_scaled(num_times(third, num_difference(f64_set(-1), power)), f64_set(0.25));
    vd c[TERMS + 1], sum;
    c[4] = fourth.high;
    for (int k = 5; k <= TERMS; ++k) c[k] = c[k - 1] * ((f64_set(3 - k) - power) * f64_set(1.0 / k));
    sum = c[TERMS];
    for (int k = TERMS - 1; k >= 5; --k) sum = f64_fma(sum, w.high, c[k]);
    const f64_pair first = num_plus(third, num_times(w, num_plus(fourth, num_of(sum * w.high))));
    return num_times(num_square(w), num_plus(num_set(0.5, 0), num_times(w, first)));
}
/* h = (f (u^c - 1) / c - w) / e with c = 1 - r, e = 2 - r, f = u, or with c = 2 - r, e = 1 - r, f = 1, whichever e is further from 0 */
NUM_TEXT f64_loss_terms NAMED(half_tweedie_identity_any)(vd pred, vd target, const vd *parameter, int wants) {
    const f64_pair z = num_of(pred), d = num_difference(pred, target), one = num_set(1, 0), log = num_log_long(pred);
    const f64_pair a = num_difference(f64_set(2), parameter[0]), b = num_difference(f64_set(1), parameter[0]);
    const f64_pair w = num_negative(num_ratio(d, z)), fall = num_times_or_zero(num_negative(num_of(parameter[0])), log);
    const f64_pair power = num_exp(fall);
    loss_terms r = {d, num_times(power, d), d};
    if (wants & WANTS_VALUE) {
        const md at_zero = f64_eq(target, f64_set(0)), low = f64_lt(parameter[0], f64_set(1.5)); /* 1 / a is all that is left at 0 */
        const vd limit = f64_set(0.125) / f64_max(f64_set(1), f64_abs(f64_select(low, a.high, b.high)));
        const f64_pair by_a = num_ratio(one, a), by_b = num_ratio(one, b), factor = num_select(low, num_ratio(num_of(target), z), one);
        const f64_pair other = num_log_long(f64_select(at_zero, pred, target));
        const f64_pair rise = num_times(num_select(low, b, a), num_minus(other, log));
        const f64_pair grown = num_times(num_expm1(rise), num_select(low, by_b, by_a));
        const f64_pair far = num_times(num_minus(num_times(factor, grown), w), num_select(low, by_a, by_b));
        const f64_pair none = num_select(f64_lt(a.high, f64_set(0)), num_set(INFINITY, 0), by_a);
        const f64_pair near = NAMED(tweedie_series)(w, parameter[0]);
        const f64_pair h = num_select(at_zero, none, num_select(f64_lt(f64_abs(w.high), limit), near, far));
        f64_pair scale = num_times(num_times(power, z), z);
        if (num_is_far(fall)) {
            const md beyond = f64_not_le(f64_abs(fall.high), f64_set(EXP_F64_NEAR));
            scale = num_select(beyond, num_exp(num_times_or_zero(a, log)), scale);
        }
        const md square = f64_eq(parameter[0], f64_set(0));
        r.value = num_select(square, num_scaled(num_square(d), f64_set(0.5)), num_times(scale, h));
        if (num_is_far(rise)) { /* t^a / (a b) is all that counts */
            const f64_pair most = num_times(num_exp(num_times_or_zero(a, other)), num_times(by_a, by_b));
            r.value = num_select(f64_lt(f64_set(EXP_F64_NEAR), rise.high), most, r.value);
        }
    }
    if (wants & WANTS_HESSIAN) r.hessian = num_times(power, num_plus(one, num_times_or_zero(num_of(parameter[0]), w)));
    return r;
}
INLINE f64_loss_terms NAMED(half_tweedie_identity)(vd pred, vd target, const vd *parameter, int wants) {
    const int kind = wants / WANTS_USUAL;
    if (kind == 1) return NAMED(half_tweedie_identity_of_roots)(pred, target);
    if (kind) return NAMED(half_tweedie_identity_of_logs)(pred, target, wants, kind == 3);
    return NAMED(half_tweedie_identity_any)(pred, target, parameter, wants);
}
)
IN_FLOAT_LANES(
INLINE vd half_tweedie_identity_share(vd u, vd w, vd power) {
    const vd a = f64_set(2) - power, b = f64_set(1) - power, log = wide_log(u), rise = b * log, x = wide_times_or_zero(a, log);
    const md small = f64_lt(f64_abs(rise), f64_set(0x1p-4));
    const vd from_log = u * expm1_widened_long(f64_select(small, rise, f64_set(0)));
    const vd grown = f64_select(small, from_log, wide_exp(x) - u);
    const md next_to_two = f64_mask_and(f64_lt(f64_abs(a), f64_set(0x1p-10)), f64_lt(f64_abs(x), f64_set(0.25)));
    vd p = f64_set(1.0 / 40320), c = f64_set(0.5), near = c, rising = f64_set(1);
    for (int k = 5; k >= 0; --k) {
        static const double inverse[6] = {1.0 / 2, 1.0 / 6, 1.0 / 24, 1.0 / 120, 1.0 / 720, 1.0 / 5040};
        p = f64_fma(p, x, f64_set(inverse[k]));
    }
    for (int k = 3; k < 11; ++k) {
        c = c * ((f64_set(3 - k) - power) * f64_set(1.0 / k));
        rising = rising * w;
        near = f64_fma(c, rising, near);
    }
    const vd far = f64_select(next_to_two, ((log - w) + wide_times_or_zero(x, log) * p) / b, (grown / b - w) / a);
    return f64_select(f64_lt(f64_abs(w), f64_set(0x1p-6)), near * w * w, far);
}
INLINE wide_loss_terms half_tweedie_identity_loss_wide(vd pred, vd target, const vd *parameter, int wants) {
    const vd power = parameter[0], d = pred - target, w = (target - pred) / pred;
    wide_loss_terms r = {d, d, d};
    if (f64_mask_any(f64_eq(power, f64_set(1.5)))) return half_tweedie_identity_of_roots_loss_wide(pred, target);
    const int gamma = f64_mask_any(f64_eq(power, f64_set(2)));
    if (gamma || f64_mask_any(f64_eq(power, f64_set(1)))) return half_tweedie_identity_of_logs_loss_wide(pred, target, wants, gamma);
    const vd log = wide_log(pred), falling = wide_exp(wide_times_or_zero(f64_set(0) - power, log));
    if (wants & WANTS_VALUE) {
        const vd share = half_tweedie_identity_share(target / pred, w, power);
        const vd value = wide_exp(wide_times_or_zero(f64_set(2) - power, log)) * share;
        r.value = f64_select(f64_eq(power, f64_set(0)), d * d * f64_set(0.5), value);
    }
    r.gradient = falling * d;
    r.hessian = falling * (f64_set(1) + wide_times_or_zero(power, w));
    return r;
}
/* where powers of z and t leave the range of floats, or what rounding took from them does */
INLINE mf half_tweedie_identity_beyond(vf x, float least) {
    return f32_mask_or(f32_not_ge(x, f32_set(least)), f32_not_le(x, f32_set(0x1p36f)));
}
INLINE f32_loss_terms half_tweedie_identity_terms(vf z, vf t, const f32_loss_task *with, int wants) {
    UNUSED(with);
    const vf zero = f32_set(0), one = f32_set(1), half = f32_set(0.5f), root = f32_sqrt(z);
    const f32_pair d = f32_two_difference(z, t);
    const vf product = z * root, inverse = one / product, left = f32_fnma(root, root, z); /* of the root */
    /* 1 / root is z / product */
    const f32_pair roots = {root, half * left * (z * inverse)}, cube = f32_pair_product(f32_pair_of(z, zero), roots);
    const mf at_zero = f32_eq(t, zero), none = f32_mask_and(at_zero, f32_eq(z, zero));
    const mf far = half_tweedie_identity_beyond(f32_select(at_zero, one, t), 0x1p-60f);
    f32_loss_terms r = {{zero, zero}, {zero, zero}, f32_mask_and_not(f32_mask_or(half_tweedie_identity_beyond(z, 0x1p-20f), far), none)};
    if (wants & WANTS_VALUE) {
        const vf mean = f32_sqrt(z * t);
        const f32_pair sum = f32_two_sum(z, t), all = f32_two_sum(sum.high, mean + mean);
        const f32_pair divisor = f32_pair_product(roots, f32_pair_of(all.high, all.low + sum.low));
        const f32_pair value = f32_pair_quotient(f32_pair_product(d, d), divisor, one / divisor.high);
        r.value = f32_pair_of(value.high + value.high, value.low + value.low);
    }
    if (wants & WANTS_GRADIENT) r.slope = f32_pair_quotient(d, cube, inverse);
    return r;
}
INLINE int half_tweedie_identity_usable(const double *parameters) { return parameters[0] == 1.5; }
)
POINTWISE_KINDS_TERMS(half_tweedie_identity, 1, MAY_BE_OUTSIDE, half_tweedie_identity_usable, 4)
