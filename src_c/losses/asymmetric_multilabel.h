/* c u^g for the logit z and the target t in [0, 1], s = sigmoid(z), n = min(1 - s + clip, 1):
 *   c = -(t log(max(s, eps)) + (1 - t) log(max(n, eps))), u = t (1 - s) + (1 - t) (1 - n), g = t gamma_pos + (1 - t) gamma_neg
 * Derivatives by the product rule through all of it; v = s (1 - s), n' = -v below 1 and 0 from there on, logarithms at eps are constant:
 *   gradient c' u^g + c g u^(g - 1) u'
 *   Hessian  c'' u^g + 2 c' g u^(g - 1) u' + c g ((g - 1) u^(g - 2) u'^2 + u^(g - 1) u'')
 * or, where focal_gradient is 0 and u^g a weight that no derivative is taken of, c' u^g and c'' u^g.
 * Within 0.52 ulp in float, 0.54 in double; double gradients and Hessians are right to 2^-50 of their larger term. With the default
 * exponents 4 and 1 and targets of 0 and 1 powers are products.
 * Float lanes, where all parameters are the defaults and targets 0 and 1: losses and means within 0.9 ulp, gradients
 * 1.5. */

/* u^g, u^(g - 1) and u^(g - 2); of g = 1 the last is multiplied by 0 */
typedef struct {
    num power, less, least;
} NAMED(asymmetric_powers);
INLINE NAMED(asymmetric_powers) NAMED(asymmetric_powers_of)(num u, num g, vd target, const vd *parameter) {
    const vd zero = f64_set(0), one = f64_set(1);
    const md usual = f64_mask_and(f64_eq(parameter[0], f64_set(4)), f64_eq(parameter[1], one)), up = f64_eq(target, one);
    const md whole = f64_mask_and(usual, f64_mask_or(up, f64_eq(target, zero))), other = f64_eq(f64_select(whole, one, zero), zero);
    const num square = num_square(u), unit = num_set(1, 0);
    NAMED(asymmetric_powers) r = {num_select(up, u, num_square(square)), num_select(up, unit, num_times(square, u)), square};
    if (UNLIKELY(f64_mask_any(other))) {
        r.power = num_select(other, num_power(u, g), r.power);
        r.less = num_select(other, num_power(u, num_minus(g, unit)), r.less);
        r.least = num_select(other, num_power(u, num_minus(g, num_set(2, 0))), r.least);
    }
    return r;
}
/* t a + (1 - t) b */
INLINE num NAMED(asymmetric_mean)(num t, num down, num a, num b, md soft) {
    const num r = num_select(f64_eq(num_high(t), f64_set(1)), a, b);
    if (LIKELY(!f64_mask_any(soft))) return r;
    return num_select(soft, num_plus(num_times(t, a), num_times(down, b)), r);
}
INLINE loss_terms NAMED(asymmetric_multilabel)(vd pred, vd target, const vd *parameter, int wants) {
    const num one = num_set(1, 0), zero = num_set(0, 0), t = num_of(target), down = num_difference(f64_set(1), target);
    const num e = num_exp(num_of(f64_set(0) - f64_abs(pred))), clip = num_of(parameter[2]), eps = num_of(parameter[3]);
    const md positive = f64_lt(f64_set(0), pred);
    const num share = num_ratio(one, num_plus(one, e)), rest = num_times(e, share);
    const num s = num_select(positive, share, rest), q = num_select(positive, rest, share), v = num_times(share, rest);
    const md whole = num_lt(s, clip), s_floored = num_lt(s, eps); /* n = 1 */
    const num n = num_select(whole, one, num_plus(q, clip)), lost = num_select(whole, zero, num_minus(s, clip)); /* 1 - n */
    const md n_floored = num_lt(n, eps), up = f64_eq(target, f64_set(1));
    const num s_kept = num_select(s_floored, eps, s), n_kept = num_select(n_floored, eps, n);
    num c = num_negative(num_log_of_chance(num_select(up, s_kept, n_kept), num_select(up, q, lost)));
    const md soft = f64_not_le(f64_abs(num_high(t) * num_high(down)), f64_set(0)); /* NaN is */
    if (UNLIKELY(f64_mask_any(soft))) {
        const num first = num_times(t, num_log_of_chance(s_kept, q)), second = num_times(down, num_log_of_chance(n_kept, lost));
        c = num_select(soft, num_negative(num_plus(first, second)), c);
    }
    const num u = NAMED(asymmetric_mean)(t, down, q, lost, soft);
    const num g = NAMED(asymmetric_mean)(t, down, num_of(parameter[1]), num_of(parameter[0]), soft);
    const NAMED(asymmetric_powers) w = NAMED(asymmetric_powers_of)(u, g, target, parameter);
    loss_terms r = {num_times_or_zero(c, w.power), zero, zero};
    if (wants & (WANTS_GRADIENT | WANTS_HESSIAN)) {
        const num n_slope = num_select(whole, zero, num_negative(v)), twist = num_minus(q, s);
        const num n_part = num_select(n_floored, zero, num_ratio(n_slope, n_kept)), s_part = num_select(s_floored, zero, q);
        const num c_slope = num_negative(NAMED(asymmetric_mean)(t, down, s_part, n_part, soft));
        const num u_slope = num_negative(NAMED(asymmetric_mean)(t, down, v, n_slope, soft));
        const md fixed = f64_eq(parameter[4], f64_set(0));
        const num less = num_minus(g, one), rise = num_select(fixed, zero, num_times(g, u_slope));
        r.gradient = num_plus(num_times_or_zero(c_slope, w.power), num_times_or_zero(num_times(c, rise), w.less));
        if (wants & WANTS_HESSIAN) {
            const num s_bend = num_select(s_floored, zero, num_negative(v)), n_second = num_times(n_slope, twist);
            const num n_bend = num_select(n_floored, zero, num_minus(num_ratio(n_second, n_kept), num_square(n_part)));
            const num c_bend = num_negative(NAMED(asymmetric_mean)(t, down, s_bend, n_bend, soft));
            const num u_bend = num_negative(NAMED(asymmetric_mean)(t, down, num_times(v, twist), n_second, soft));
            const num bent = num_times(c, num_select(fixed, zero, num_times(g, u_bend)));
            const num cross = num_plus(num_scaled(num_times(c_slope, rise), f64_set(2)), bent);
            const num last = num_times(num_times(c, num_times(less, rise)), u_slope);
            const num first = num_plus(num_times_or_zero(c_bend, w.power), num_times_or_zero(cross, w.less));
            r.hessian = num_plus(first, num_times_or_zero(last, w.least));
        }
    }
    return r;
}
IN_FLOAT_LANES(
/* of targets 0 and 1: u = s - clip, n = 1 - u, -log(n) u^4, with v u^3 (u / n - 4 log(n)); of 1 u = 1 - s, c = -log(s), c u, with
 * -u (u + c s) */
INLINE f32_loss_terms asymmetric_multilabel_terms(vf pred, vf target, const f32_loss_task *with, int wants) {
    UNUSED(with);
    const vf a = f32_abs(pred), zero = f32_set(0), one = f32_set(1);
    const f32_logit_pairs p = f32_logit_pairs_of(a);
    const mf positive = f32_sign_clear(pred), up = f32_eq(target, one), soft = f32_not_le(f32_abs(target * (one - target)), zero);
    const f32_pair s = f32_pair_select(positive, p.share, p.rest), q = f32_pair_select(positive, p.rest, p.share);
    f32_pair lost = f32_two_difference(s.high, f32_set(0.05f));
    lost.low = lost.low + s.low;
    f32_pair n = f32_pair_normal(one, zero - lost.high);
    n.low = n.low - lost.low;
    const f32_pair u = f32_pair_select(up, q, lost), square = f32_pair_product(u, u), log = f32_pair_log(f32_pair_select(up, p.whole, n));
    const f32_pair line = f32_two_sum(f32_select(positive, zero, a), log.high);
    const f32_pair c = f32_pair_select(up, f32_pair_of(line.high, line.low + log.low), f32_pair_negative(log));
    const f32_pair power = f32_pair_select(up, u, f32_pair_product(square, square)), none = {zero, zero};
    const mf lasts = f32_mask_or(up, f32_not_le(lost.high, zero));
    f32_loss_terms r = {f32_pair_product(power, c), none, f32_lt(f32_set(18), f32_select(up, a, pred))};
    r.value = f32_pair_select(lasts, r.value, none), r.outside = f32_mask_or(soft, r.outside);
    /* of targets of 0 with s from clip to a 32nd above it too little is left of u */
    const mf close = f32_mask_and_not(f32_is_close(f32_fma(s.high, f32_set(-0x1p-6f), lost.high), s.high, 0x1.01p-6f, 0), up);
    if (wants & WANTS_EACH) r.value = f32_pair_unless(close, r.value);
    if (wants & WANTS_GRADIENT) {
        const f32_pair cube = f32_pair_product(f32_pair_product(p.share, p.rest), f32_pair_product(square, u));
        const f32_pair share = f32_pair_select(up, q, f32_pair_quotient(lost, n, one / n.high));
        const f32_pair by = f32_pair_select(up, s, f32_pair_of(f32_set(4), zero));
        const f32_pair sum = {f32_fma(c.high, by.high, share.high), f32_fma(c.high, by.low, f32_fma(c.low, by.high, share.low))};
        const f32_pair slope = f32_pair_product(f32_pair_select(up, f32_pair_negative(q), cube), sum);
        r.slope = f32_pair_unless(close, f32_pair_select(lasts, slope, none));
    }
    return r;
}
INLINE int asymmetric_multilabel_usable(const double *parameters) {
    const int powers = parameters[0] == 4 && parameters[1] == 1 && parameters[4] != 0;
    return powers && parameters[2] == (double)0.05f && parameters[3] == (double)1e-8f;
}
)
POINTWISE_TERMS(asymmetric_multilabel, 5, MAY_BE_OUTSIDE | MAY_BE_CLOSE, asymmetric_multilabel_usable)
