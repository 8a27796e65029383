/* log(1 + e^-m), m = pred target, target -1 or 1: max(-m, 0) + log(1 + e), e = e^-abs(m). Gradient -target sigmoid(-m), Hessian
 * target^2 e / (1 + e)^2. Within 0.51 ulp.
 * Float lanes (float_terms.h): the segments of softplus and sigmoid at abs(m), a with what rounding took from it.
 * Losses within 1.3 ulp, means 1.5, gradients 0.9. */
INLINE loss_terms NAMED(logistic_margin)(vd pred, vd target, const vd *parameter, int wants) {
    const num m = num_product(pred, target), a = num_abs(m), one = num_set(1, 0), zero = num_set(0, 0);
    const md positive = f64_lt(f64_set(0), num_high(m));
    const num e = num_exp(num_negative(a));
    loss_terms r = {zero, zero, zero};
    if (wants & WANTS_VALUE) r.value = num_plus(num_select(positive, zero, a), num_log1p_unit(e));
    if (wants & (WANTS_GRADIENT | WANTS_HESSIAN)) {
        const num share = num_ratio(one, num_plus(one, e)), rest = num_times(e, share); /* sigmoid(a), sigmoid(-a) */
        r.gradient = num_times(num_of(f64_set(0) - target), num_select(positive, rest, share));
        r.hessian = num_times(num_product(target, target), num_times(share, rest));
    }
    (void)parameter;
    return r;
}
IN_FLOAT_LANES(
INLINE f32_loss_terms logistic_margin_terms(vf pred, vf target, const f32_loss_task *with, int wants) {
    UNUSED(with);
    const vf m = pred * target, a = f32_abs(m), low = f32_xor_sign(f32_fms(pred, target, m), m), zero = f32_set(0), one = f32_set(1);
    const vi index = f32_bits(f32_segment_linear(a));
    const mf positive = f32_sign_clear(m), far = f32_not_le(a, f32_set(SEGMENT_LINEAR_END));
    f32_far_logit beyond = {{zero, zero}, {zero, zero}};
    if (UNLIKELY(f32_mask_any(far))) {
        beyond = f32_far_logit_of(a);
        beyond.log.low = f32_fnma(low, beyond.log.high, beyond.log.low);
        beyond.share.low = f32_fnma(low, beyond.share.high, beyond.share.low);
    }
    f32_loss_terms r = {{zero, zero}, {zero, zero}, f32_lt(zero, zero)};
    if (wants & WANTS_VALUE) {
        f32_segment s = f32_segment_at(softplus_table, softplus_degree, a, index);
        s.d = s.d + low;
        vf log = f32_fma(s.d, f32_segment_polynomial(&s, 1, softplus_degree), s.c[0]);
        if (UNLIKELY(f32_mask_any(far))) log = f32_select(far, beyond.log.high + beyond.log.low, log);
        r.value = f32_pair_select(positive, f32_pair_of(log, zero), f32_pair_of(a + log, low));
    }
    if (wants & WANTS_GRADIENT) {
        f32_segment s = f32_segment_at(sigmoid_table, sigmoid_degree, a, index);
        s.d = s.d + low;
        const vf p = f32_segment_polynomial(&s, 1, sigmoid_degree), d = f32_select(positive, s.d, zero - s.d), away = zero - target;
        f32_pair share = f32_segment_pair(d, p, f32_select(positive, s.c[0], one - s.c[0]));
        if (UNLIKELY(f32_mask_any(far))) {
            const vf near_one = one - beyond.share.high;
            const f32_pair rest = f32_pair_of(near_one, ((one - near_one) - beyond.share.high) - beyond.share.low);
            share = f32_pair_select(far, f32_pair_select(positive, beyond.share, rest), share);
        }
        r.slope = f32_pair_product(f32_pair_of(away, zero), share);
    }
    return r;
}
)
POINTWISE_TERMS(logistic_margin, 0, 0, f32_usable_always)
