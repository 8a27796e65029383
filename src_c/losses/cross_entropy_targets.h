/* cross_entropy with a row of targets t instead of a label: sum_c w_c t_c ((m - z_c) + log sum_j e^(z_j - m)), m the largest score; 0 where
 * t_c is. Gradient p_j T - w_j t_j, p = softmax(z), T = sum w t, written so that nothing cancels where one target is all of T. Within
 * 0.51 ulp; a gradient is right to 2^-30 (double 2^-54) of the larger of its two terms. */
INLINE void NAMED(cross_entropy_targets_terms)(const loss_row *r, const loss_item *at, num *term) {
    NAMED(softmax_terms)(r, at, term);
    term[TARGETS] = NAMED(weighted_target)(at);
    term[DISTANCES] = num_times_or_zero(term[TARGETS], num_difference(r->largest, at->score));
}
INLINE num NAMED(cross_entropy_targets)(loss_row *r) {
    num sum[ROW_TERMS];
    NAMED(softmax_begin)(r);
    NAMED(softmax_sums)(r, TAKES_TARGETS, TARGETS_TERMS, NAMED(cross_entropy_targets_terms), sum);
    NAMED(softmax_settle)(r, sum);
    r->state[TOTAL] = sum[TARGETS];
    return num_plus(sum[DISTANCES], num_times_or_zero(sum[TARGETS], r->state[LOG_SUM]));
}
INLINE num NAMED(cross_entropy_targets_slope)(const loss_row *r, const loss_item *at) {
    return NAMED(softmax_slope)(r, NAMED(row_exponential)(r, at->score), NAMED(weighted_target)(at), r->state[TOTAL]);
}
ROW_LOSS_OF(cross_entropy_targets, TAKES_TARGETS, 0, WEIGHS_ROW)
