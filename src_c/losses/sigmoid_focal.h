/* w u^gamma c for the logit z and the target t in [0, 1], s = sigmoid(z), q = 1 - s: u = t q + (1 - t) s is how wrong the prediction is,
 * c binary_cross_entropy_with_logits, w = t alpha + (1 - t) (1 - alpha), or 1 where alpha < 0. label_smoothing s turns t into
 * t (1 - s) + s / 2 first.
 * With k = u' / u = (1 - 2 t) s q / u and c' = (1 - t) s - t q:
 *   gradient w u^gamma (gamma k c + c')
 *   Hessian  w u^gamma (gamma (gamma - 1) k^2 c + gamma (k (q - s) c + 2 k c') + s q)
 * Within 0.52 ulp in float, 0.65 in double for targets 0 and 1; what of other targets, and of the Hessian, is a difference is right to
 * 2^-29 (float) and 2^-52 (double) of its larger term. Float lanes, where the parameters are the defaults and targets from 0 to 1: of 0
 * and 1 losses within 1.3 ulp, means 0.85, gradients 1.24; of others losses within 0.6 ulp, gradients 0.7. */
/* of any target */
NOINLINE loss_terms NAMED(sigmoid_focal_any)(vd pred, vd target, const vd *parameter, int wants) {
    const num one = num_set(1, 0), zero = num_set(0, 0);
    num t = num_of(target), down = num_difference(f64_set(1), target), turn = num_difference(f64_set(1), target + target);
    if (!f64_mask_any(f64_eq(parameter[2], f64_set(0)))) {
        const num half = num_of(f64_set(0.5) * parameter[2]), kept = num_difference(f64_set(1), parameter[2]);
        t = num_plus(num_times(t, kept), half);
        down = num_plus(num_times(down, kept), half);
        turn = num_times(turn, kept);
    }
    const num gamma = num_of(parameter[1]), line = num_of(f64_abs(pred)), e = num_exp(num_negative(line));
    const md positive = f64_lt(f64_set(0), pred);
    const num share = num_ratio(one, num_plus(one, e)), rest = num_times(e, share), log = num_log1p_unit(e);
    const num s = num_select(positive, share, rest), q = num_select(positive, rest, share);
    const num high = num_plus(line, log); /* log(1 + e^abs(z)) */
    const num c = num_plus(num_times_or_zero(t, num_select(positive, log, high)), num_times_or_zero(down, num_select(positive, high, log)));
    const num u = num_plus(num_times(t, q), num_times(down, s));
    num weight = num_square(u);
    if (!f64_mask_any(f64_eq(parameter[1], f64_set(2)))) weight = num_power(u, gamma);
    if (!f64_mask_any(f64_lt(parameter[0], f64_set(0)))) {
        const num alpha = num_of(parameter[0]), other = num_difference(f64_set(1), parameter[0]);
        weight = num_times(weight, num_plus(num_times(t, alpha), num_times(down, other)));
    }
    loss_terms r = {num_times_or_zero(weight, c), zero, zero};
    if (wants & (WANTS_GRADIENT | WANTS_HESSIAN)) {
        const num both = num_times(s, q);
        const num mixed = num_ratio(num_times(turn, both), u);
        const num k = num_select(f64_eq(num_high(t), f64_set(0)), q, num_select(f64_eq(num_high(t), f64_set(1)), num_negative(s), mixed));
        const num falling = num_select(f64_eq(num_high(line), f64_set(INFINITY)), zero, num_times(k, c)); /* where c is infinite k is 0 */
        const num rise = num_times(gamma, falling), slope = num_minus(num_times(down, s), num_times(t, q));
        r.gradient = num_times(weight, num_plus(rise, slope));
        if (wants & WANTS_HESSIAN) {
            const num square = num_times(k, num_times(num_difference(parameter[1], f64_set(1)), rise));
            const num bend = num_plus(square, num_times(rise, num_minus(q, s)));
            const num cross = num_times(num_scaled(gamma, f64_set(2)), num_times(k, slope));
            r.hessian = num_times(weight, num_plus(num_plus(bend, cross), both));
        }
    }
    return r;
}
/* Of targets 0 and 1, the same numbers: high is log(1 + e^abs(z)), share and rest are sigmoids of abs(z) and -abs(z). */
INLINE loss_terms NAMED(sigmoid_focal)(vd pred, vd target, const vd *parameter, int wants) {
    const num one = num_set(1, 0), zero = num_set(0, 0), line = num_of(f64_abs(pred));
    const vd turn = f64_set(0.5) - target;
    const md soft = f64_not_le(f64_abs(target * (f64_set(1) - target)), f64_set(0)), wrong = f64_lt(f64_set(0), f64_xor_sign(pred, turn));
    const int smoothed = !f64_mask_any(f64_eq(parameter[2], f64_set(0)));
    if (wants & WANTS_HESSIAN || smoothed || UNLIKELY(f64_mask_any(soft))) return NAMED(sigmoid_focal_any)(pred, target, parameter, wants);
    const num e = num_exp(num_negative(line)), share = num_ratio(one, num_plus(one, e)), rest = num_times(e, share);
    const num log = num_log1p_unit(e), high = num_plus(line, log);
    const num u = num_select(wrong, share, rest), c = num_select(wrong, high, log);
    num weight = num_square(u);
    if (!f64_mask_any(f64_eq(parameter[1], f64_set(2)))) weight = num_power(u, num_of(parameter[1]));
    if (!f64_mask_any(f64_lt(parameter[0], f64_set(0)))) {
        const num alpha = num_of(parameter[0]), other = num_difference(f64_set(1), parameter[0]);
        weight = num_times(weight, num_select(f64_lt(turn, f64_set(0)), alpha, other));
    }
    loss_terms r = {num_times_or_zero(weight, c), zero, zero};
    if (wants & WANTS_GRADIENT) {
        const num right = num_select(wrong, rest, share);
        const num falling = num_select(f64_eq(num_high(line), f64_set(INFINITY)), zero, num_times(right, c)); /* where c is infinite */
        const num slope = num_times(weight, num_plus(num_times(num_of(parameter[1]), falling), u));
        r.gradient = num_with_sign(slope, num_of(turn));
    }
    return r;
}
IN_FLOAT_LANES(
/* Targets between 0 and 1, of a = abs(z) and r = sigmoid(-a): k is the weight of the wrong side, turn = 2 k - 1; u = k - r turn, c =
 * log(1 + e^-a) + a k, and the derivative u (2 turn r (1 - r) c + u (k - r)), with the sign of z. */
NOINLINE f32_loss_terms sigmoid_focal_soft(vf pred, vf target, int wants) {
    const vf a = f32_abs(pred), zero = f32_set(0), one = f32_set(1), two = f32_set(2), far = f32_fnma(two, target, one);
    const f32_logit_pairs p = f32_logit_pairs_of(a);
    const mf positive = f32_sign_clear(pred);
    const f32_pair t = {target, zero}, k = f32_pair_select(positive, f32_pair_normal(one, zero - target), t);
    const f32_pair turn = f32_pair_with_sign(f32_pair_of(far, f32_fnma(two, target, one - far)), pred);
    const f32_pair u = f32_pair_added(k, f32_pair_negative(f32_pair_product(p.rest, turn)));
    const f32_pair c = f32_pair_added(f32_pair_product(f32_pair_of(a, zero), k), f32_pair_log(p.whole));
    f32_loss_terms r = {f32_pair_product(f32_pair_product(u, u), c), {zero, zero}, f32_lt(u.high, f32_set(0x1p-30f))};
    r.outside = f32_mask_or(f32_mask_or(r.outside, f32_lt(f32_set(1024), a)), f32_not_le(f32_abs(far), one));
    if (wants & WANTS_GRADIENT) {
        const f32_pair half = f32_pair_product(turn, f32_pair_product(f32_pair_product(p.share, p.rest), c));
        const f32_pair rise = {two * half.high, two * half.low}, line = f32_pair_product(u, f32_pair_added(k, f32_pair_negative(p.rest)));
        const f32_pair slope = f32_pair_added(rise, line);
        const vf larger = f32_fma(u.high, f32_max(k.high, p.rest.high), f32_abs(rise.high));
        const f32_pair whole = f32_pair_unless(f32_is_close(slope.high, larger, 0x1p-7f, 0), f32_pair_product(u, slope));
        r.slope = f32_pair_with_sign(whole, pred);
    }
    return r;
}
/* targets 0 and 1: u = sigmoid(x), c = log(1 + e^x), x = z or -z; u^2 c and its derivative u^2 (2 (1 - u) c + u), with the sign of x / z */
INLINE f32_loss_terms sigmoid_focal_terms(vf pred, vf target, const f32_loss_task *with, int wants) {
    UNUSED(with);
    const vf a = f32_abs(pred), zero = f32_set(0), one = f32_set(1), turn = f32_set(0.5f) - target, x = f32_xor_sign(pred, turn);
    const vf between = target * (one - target);
    const mf soft = f32_not_le(f32_abs(between), zero), sharp = f32_eq(between, zero);
    if (UNLIKELY(!f32_mask_any(sharp))) return sigmoid_focal_soft(pred, target, wants);
    const vi index = f32_bits(f32_segment_linear(a));
    const mf positive = f32_sign_clear(x), far = f32_not_le(a, f32_set(SEGMENT_LINEAR_END));
    const f32_segment s = f32_segment_at(sigmoid_table, sigmoid_degree, a, index);
    const f32_segment l = f32_segment_at(softplus_table, softplus_degree, a, index);
    const vf p = f32_segment_polynomial(&s, 1, sigmoid_degree), q = f32_segment_polynomial(&l, 1, softplus_degree);
    const vf rest = one - s.c[0], base = f32_select(positive, l.c[0] + l.centre, l.c[0]), rise = f32_select(positive, one + q, q);
    f32_pair small = f32_segment_pair(s.d, p, s.c[0]), large = f32_segment_pair(zero - s.d, p, rest), c = f32_segment_pair(l.d, rise, base);
    if (UNLIKELY(f32_mask_any(far))) {
        const f32_far_logit e = f32_far_logit_of(a);
        const vf near_one = one - e.share.high;
        small = f32_pair_select(far, e.share, small);
        large = f32_pair_select(far, f32_pair_of(near_one, ((one - near_one) - e.share.high) - e.share.low), large);
        c = f32_pair_select(far, f32_pair_select(positive, f32_pair_of(a, e.log.high), e.log), c);
    }
    const f32_pair u = f32_pair_select(positive, large, small), right = f32_pair_select(positive, small, large);
    const f32_pair square = f32_pair_product(u, u);
    f32_loss_terms r = {f32_pair_product(square, c), {zero, zero}, f32_lt(x, f32_set(-20))};
    if (wants & WANTS_GRADIENT) {
        const f32_pair falling = f32_pair_product(right, c);
        const vf twice = falling.high + falling.high, sum = twice + u.high, big = f32_max(twice, u.high), less = f32_min(twice, u.high);
        const f32_pair slope = f32_pair_product(square, f32_pair_of(sum, (less - (sum - big)) + f32_fma(f32_set(2), falling.low, u.low)));
        r.slope = f32_pair_of(f32_xor_sign(slope.high, turn), f32_xor_sign(slope.low, turn));
    }
    if (UNLIKELY(f32_mask_any(soft))) {
        const f32_loss_terms other = sigmoid_focal_soft(pred, target, wants);
        r.value = f32_pair_select(soft, other.value, r.value), r.slope = f32_pair_select(soft, other.slope, r.slope);
        r.outside = f32_mask_or(f32_mask_and(soft, other.outside), f32_mask_and_not(r.outside, soft));
    }
    return r;
}
INLINE int sigmoid_focal_usable(const double *parameters) { return parameters[0] < 0 && parameters[1] == 2 && parameters[2] == 0; }
)
POINTWISE_TERMS(sigmoid_focal, 3, MAY_BE_OUTSIDE | MAY_BE_CLOSE, sigmoid_focal_usable)
