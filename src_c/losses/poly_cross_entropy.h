/* sum_c t_c (-log p_c) + epsilon (1 - sum_c t_c p_c), p = softmax(z). With T = sum t and Q = sum t p, 1 - Q = (1 - T) + sum t (1 - p)
 * from the sums of the other exponentials. Gradient (p_j T - t_j) + epsilon p_j (Q - t_j). Within 0.51 ulp with a label; else a
 * gradient is right to 2^-30 (double 2^-54) of the larger of its terms. */
INLINE void NAMED(poly_cross_entropy_terms)(const loss_row *r, const loss_item *at, num *term) {
    const num e = NAMED(softmax_terms)(r, at, term);
    term[TARGETS] = at->target;
    term[DISTANCES] = num_times_or_zero(at->target, num_difference(r->largest, at->score));
    term[HIT] = num_times(at->target, e);
    term[MISSED] = num_times(at->target, num_minus(num_set(1, 0), e));
}
INLINE num NAMED(poly_cross_entropy)(loss_row *r) {
    num sum[ROW_TERMS];
    NAMED(softmax_begin)(r);
    NAMED(softmax_sums)(r, TAKES_BOTH, POLY_TERMS, NAMED(poly_cross_entropy_terms), sum);
    NAMED(softmax_settle)(r, sum);
    const num total = sum[TARGETS], missed = num_plus(sum[MISSED], num_times(total, r->state[REST]));
    r->state[TOTAL] = total;
    r->state[SHARE] = num_ratio(sum[HIT], r->state[WHOLE]);
    r->state[LEFT] = num_ratio(missed, r->state[WHOLE]);
    const num entropy = num_plus(sum[DISTANCES], num_times_or_zero(total, r->state[LOG_SUM]));
    const num off = num_plus(num_minus(num_set(1, 0), total), r->state[LEFT]);
    return num_plus(entropy, num_times(num_of(r->parameter[0]), off));
}
INLINE num NAMED(poly_cross_entropy_slope)(const loss_row *r, const loss_item *at) {
    const num e = NAMED(row_exponential)(r, at->score), p = num_ratio(e, r->state[WHOLE]), total = r->state[TOTAL];
    const num taken = num_minus(num_minus(total, at->target), r->state[LEFT]);
    const num turned = num_select(f64_eq(num_high(at->target), f64_set(0)), r->state[SHARE], taken);
    return num_plus(NAMED(softmax_slope)(r, e, at->target, total), num_times(num_of(r->parameter[0]), num_times(p, turned)));
}
/* of a label elsewhere, with a sum of targets of 1 */
INLINE num NAMED(poly_cross_entropy_other_slope)(const loss_row *r, const loss_item *at) {
    const num p = num_ratio(NAMED(row_exponential)(r, at->score), r->state[WHOLE]);
    return num_plus(p, num_times(num_of(r->parameter[0]), num_times(p, r->state[SHARE])));
}
ROW_LOSS_APART_OF(poly_cross_entropy, TAKES_BOTH, 1, WEIGHS_ROW)
