/* max(z, 0) - z t + log(1 + e^-abs(z)) for the logit z and the target t in [0, 1]; with a = abs(z), e = e^-a, w = pos_weight, where
 * nothing cancels:
 *   a k + (1 - t + w t) log(1 + e),   k = 1 - t where z > 0, else w t;   a k is 0 where k is, for an infinite a too
 * label_smoothing s turns t into t (1 - s) + s / 2.
 * For doubles where both parameters are the defaults, the second factor is 1 and the gradient k - sigmoid(-a) with the sign of z.
 * Gradient (1 - t) sigmoid(z) - w t sigmoid(-z), Hessian (1 - t + w t) e / (1 + e)^2. Within 0.51 ulp; the gradient of targets between
 * 0 and 1 is a difference, right to 2^-48 (float) and 2^-54 (double) of its larger term.
 * Float lanes, where the parameters are the defaults: F = sigmoid(-a) and log(1 + e^-a) from the segments of sigmoid and softplus; the
 * gradient is F - k, k = t or 1 - t, with the sign of -z, in more digits where that is less than half of F. Losses and means within 1.9
 * ulp, gradients 1.8. For targets beyond 0 and 1 losses are differences too: single ones from double lanes. */
INLINE loss_terms NAMED(binary_cross_entropy_with_logits)(vd pred, vd target, const vd *parameter, int wants) {
    const num one = num_set(1, 0), zero = num_set(0, 0);
    const vd a = f64_abs(pred);
    const num e = num_exp(num_of(f64_set(0) - a));
    loss_terms r = {zero, zero, zero};
    if (wants & WANTS_USUAL) {
        const num k = num_select(f64_sign_set(pred), num_of(target), num_difference(f64_set(1), target));
        if (wants & WANTS_VALUE) r.value = num_plus(num_times_or_zero(k, num_of(a)), num_log1p_unit(e));
        if (wants & (WANTS_GRADIENT | WANTS_HESSIAN)) {
            const num up = num_plus(one, e), rest = num_ratio(e, up);
            r.gradient = num_with_sign(num_minus(k, rest), num_of(pred));
            if (wants & WANTS_HESSIAN) r.hessian = num_ratio(rest, up);
        }
        return r;
    }
    num down = num_difference(f64_set(1), target), up = num_product(parameter[0], target);
    if (!f64_mask_any(f64_eq(parameter[1], f64_set(0)))) {
        const num half = num_of(f64_set(0.5) * parameter[1]), kept = num_difference(f64_set(1), parameter[1]);
        down = num_plus(num_times(down, kept), half);
        up = num_plus(num_times(up, kept), num_times(half, num_of(parameter[0])));
    }
    const num both = num_plus(down, up);
    const md positive = f64_lt(f64_set(0), pred);
    if (wants & WANTS_VALUE) {
        const num line = num_times_or_zero(num_select(positive, down, up), num_of(a));
        r.value = num_plus(line, num_times(both, num_log1p_unit(e)));
    }
    if (wants & (WANTS_GRADIENT | WANTS_HESSIAN)) {
        const num share = num_ratio(one, num_plus(one, e)), rest = num_times(e, share); /* sigmoid(a), sigmoid(-a) */
        r.gradient = num_minus(num_times(down, num_select(positive, share, rest)), num_times(up, num_select(positive, rest, share)));
        r.hessian = num_times(both, num_times(share, rest));
    }
    return r;
}
IN_FLOAT_LANES(
/* F - k where little is left of it, by a Newton step from what is known of 1 - F = 1 / (1 + E), E to 2^-32; NaN where that is not enough,
 * or F too small a part of 1 */
NOINLINE vf binary_cross_entropy_with_logits_close(vf a, vf share, vf k, vf k_low) {
    const f32_exp_parts parts = f32_exp_long(f32_max(f32_set(EXP_F32_LOWEST), f32_set(0) - a));
    const f32_pair e = f32_pair_normal(f32_exp_scale(parts.high, parts), f32_exp_scale(parts.low, parts));
    const f32_pair d = f32_pair_normal(f32_set(1), e.high);
    const vf rest = f32_set(1) - share, lost = f32_fnma(d.low + e.low, rest, f32_fnma(d.high, rest, f32_set(1)));
    const f32_pair r = f32_two_sum(f32_set(1) - rest, f32_set(0) - k);
    const vf left = r.high + (r.low - f32_fma(rest, lost, k_low));
    return f32_select(f32_is_close(left, share, 0x1p-8f, 0x1p-14f), f32_set(NAN), left);
}
INLINE f32_loss_terms binary_cross_entropy_with_logits_terms(vf pred, vf target, const f32_loss_task *with, int wants) {
    UNUSED(with);
    const vf a = f32_abs(pred), zero = f32_set(0), one = f32_set(1);
    const vi index = f32_bits(f32_segment_linear(a));
    const mf positive = f32_sign_clear(pred), far = f32_not_le(a, f32_set(SEGMENT_LINEAR_END));
    const vf k = f32_select(positive, one - target, target), k_low = f32_select(positive, (one - k) - target, zero);
    f32_far_logit beyond = {{zero, zero}, {zero, zero}};
    if (UNLIKELY(f32_mask_any(far))) beyond = f32_far_logit_of(a);
    f32_loss_terms r = {{zero, zero}, {zero, zero}, f32_lt(zero, zero)};
    if (wants & WANTS_VALUE) {
        const f32_segment s = f32_segment_at(softplus_table, softplus_degree, a, index);
        f32_pair log = f32_segment_pair(s.d, f32_segment_polynomial(&s, 1, softplus_degree), s.c[0]);
        if (UNLIKELY(f32_mask_any(far))) log = f32_pair_select(far, f32_pair_normal(beyond.log.high, beyond.log.low), log);
        r.value.high = f32_fma(a, k, log.high);
        if (wants & WANTS_EACH) { /* which may be weighted */
            r.value.low = f32_fma(a, k_low, log.low) + (f32_fms(a, k, r.value.high) + log.high);
            r.value = f32_pair_unless(f32_lt(k, zero), r.value);
        }
    }
    if (wants & WANTS_GRADIENT) {
        const f32_segment s = f32_segment_at(sigmoid_table, sigmoid_degree, a, index);
        f32_pair share = f32_segment_pair(s.d, f32_segment_polynomial(&s, 1, sigmoid_degree), s.c[0]);
        if (UNLIKELY(f32_mask_any(far))) share = f32_pair_select(far, beyond.share, share);
        f32_pair rest = f32_two_difference(share.high, k);
        rest.low = rest.low + (share.low - k_low);
        const mf close = f32_is_close(rest.high, share.high, 0.5f, 0);
        if (UNLIKELY(f32_mask_any(close)))
            rest = f32_pair_select(close, f32_pair_of(binary_cross_entropy_with_logits_close(a, share.high, k, k_low), zero), rest);
        r.slope = f32_pair_of(f32_xor_not_sign(rest.high, pred), f32_xor_not_sign(rest.low, pred));
    }
    return r;
}
INLINE int binary_cross_entropy_with_logits_usable(const double *parameters) { return parameters[0] == 1 && parameters[1] == 0; }
)
POINTWISE_USUAL_TERMS(binary_cross_entropy_with_logits, 2, MAY_BE_CLOSE, binary_cross_entropy_with_logits_usable)
