/* log(1 + sum over negatives of e^z) + log(1 + sum over positives of e^-z); targets above 1/2 are positive. Each with its largest
 * exponent m >= 0 taken out: m + log(1 + (S + (e^-m - 1))), S = sum e^(.. - m). Gradient e^z / (1 + sum), of positives -e^-z / (1 + sum).
 * Within 0.51 ulp; +inf where it costs makes the row NaN. */
INLINE md NAMED(zlpr_positive)(const loss_item *at) { return f64_lt(f64_set(0.5), num_high(at->target)); }
INLINE vd NAMED(zlpr_negatives)(const loss_row *r, const loss_item *at) {
    (void)r;
    return f64_select(NAMED(zlpr_positive)(at), f64_set(-INFINITY), at->score);
}
INLINE vd NAMED(zlpr_positives)(const loss_row *r, const loss_item *at) {
    (void)r;
    return f64_select(NAMED(zlpr_positive)(at), f64_set(0) - at->score, f64_set(-INFINITY));
}
INLINE num NAMED(zlpr_exponential)(const loss_row *r, const loss_item *at) {
    const md positive = NAMED(zlpr_positive)(at);
    const vd x = f64_select(positive, f64_set(0) - at->score, at->score);
    return num_exp(num_difference(x, num_high(num_select(positive, r->state[POSITIVE], r->state[NEGATIVE]))));
}
INLINE void NAMED(zlpr_terms)(const loss_row *r, const loss_item *at, num *term) {
    const num e = NAMED(zlpr_exponential)(r, at), zero = num_set(0, 0);
    const md positive = NAMED(zlpr_positive)(at);
    term[NEGATIVE] = num_select(positive, zero, e);
    term[POSITIVE] = num_select(positive, e, zero);
}
INLINE num NAMED(zlpr)(loss_row *r) {
    num sum[ROW_TERMS], loss = num_set(0, 0);
    size_t column;
    const double negative = NAMED(row_largest)(r, TAKES_TARGETS, NAMED(zlpr_negatives), &column);
    const double positive = NAMED(row_largest)(r, TAKES_TARGETS, NAMED(zlpr_positives), &column);
    r->state[NEGATIVE] = num_of(f64_set(negative > 0 ? negative : 0));
    r->state[POSITIVE] = num_of(f64_set(positive > 0 ? positive : 0));
    NAMED(row_sums)(r, TAKES_TARGETS, SIDES, NAMED(zlpr_terms), sum);
    for (int side = 0; side < SIDES; ++side) {
        const num m = r->state[side], rest = num_plus(sum[side], num_expm1(num_negative(m)));
        r->state[SIDES + side] = num_plus(num_set(1, 0), rest);
        loss = num_plus(loss, num_plus(m, num_log1p(rest)));
    }
    return loss;
}
INLINE num NAMED(zlpr_slope)(const loss_row *r, const loss_item *at) {
    const num e = NAMED(zlpr_exponential)(r, at);
    const num down = num_ratio(num_negative(e), r->state[SIDES + POSITIVE]), up = num_ratio(e, r->state[SIDES + NEGATIVE]);
    return num_select(NAMED(zlpr_positive)(at), down, up);
}
ROW_LOSS_OF(zlpr, TAKES_TARGETS, 0, WEIGHS_ROW)
