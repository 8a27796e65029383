/* log(1 + e^-m), m = pred target, target -1 or 1: max(-m, 0) + log(1 + e), e = e^-abs(m). Gradient -target sigmoid(-m), Hessian
 * target^2 e / (1 + e)^2. Within 0.51 ulp.
 * Float lanes (float_terms.h), where targets are -1, 0 and 1, so that m is exact: as binary_cross_entropy_with_logits of m and a target of
 * 1, losses within 1.1 ulp, means 1.5, gradients 0.9. */
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
INLINE f32_loss_terms logistic_margin_terms(vf pred, vf target, int wants) {
    const vf one = f32_set(1);
    f32_loss_terms r = binary_cross_entropy_with_logits_terms(pred * target, one, wants);
    r.slope = f32_pair_of(target * r.slope.high, target * r.slope.low);
    r.outside = f32_not_le(f32_abs(target * f32_fnma(target, target, one)), f32_set(0));
    return r;
}
)
POINTWISE_TERMS(logistic_margin, 0, MAY_BE_OUTSIDE, f32_usable_always)
