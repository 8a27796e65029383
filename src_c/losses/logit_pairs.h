/* Sigmoids and logarithms of a logit in float lanes as pairs, right to about 2^-30: for losses that multiply them and take differences. */
#ifndef FASTACT_LOSSES_LOGIT_PAIRS_H
#define FASTACT_LOSSES_LOGIT_PAIRS_H

/* of a >= 0: whole = 1 + e^-a, share = 1 / whole = sigmoid(a), rest = sigmoid(-a) */
typedef struct {
    f32_pair whole, share, rest;
} f32_logit_pairs;
INLINE f32_logit_pairs f32_logit_pairs_of(vf a) {
    const f32_exp_parts parts = f32_exp_long(f32_max(f32_set(EXP_F32_LOWEST), f32_set(0) - a));
    const f32_pair e = f32_pair_normal(f32_exp_scale(parts.high, parts), f32_exp_scale(parts.low, parts));
    f32_logit_pairs r = {.whole = f32_pair_normal(f32_set(1), e.high)};
    r.whole.low = r.whole.low + e.low;
    const vf share = f32_set(1) / r.whole.high;
    r.share = f32_pair_of(share, f32_fnma(share, r.whole.low, f32_fnma(share, r.whole.high, f32_set(1))) * share);
    r.rest = f32_pair_product(e, r.share);
    return r;
}
/* log(d) of a pair, both parts normal or 0: f32_log_parts_long with c times the low part */
INLINE f32_pair f32_pair_log(f32_pair d) {
    f32_log_reduced e = f32_log_scaled(d.high);
    const vf product = e.scale * d.high, lost = f32_fma(e.scale, d.low, f32_fms(e.scale, d.high, product));
    e.r = product - f32_set(1);
    return f32_log_finish(e, f32_fnma(lost, e.r, lost));
}
#endif
