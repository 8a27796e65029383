/* sum_c t_c (log t_c - lp_c) + e^(lp_c) - t_c of log-probabilities lp, which need not sum to 1; t log t is 0 at 0. Gradient e^lp - t. Both
 * are differences: right to 2^-30 (double 2^-53) of the larger of their terms, else within 0.51 ulp. */
INLINE void NAMED(generalized_kl_terms)(const loss_row *r, const loss_item *at, num *term) {
    const num t = at->target, lp = num_of(at->score);
    (void)r;
    term[0] = num_plus(num_times_or_zero(t, num_minus(num_log(t), lp)), num_minus(num_exp(lp), t));
}
INLINE num NAMED(generalized_kl)(loss_row *r) {
    num sum[ROW_TERMS];
    NAMED(row_sums)(r, TAKES_TARGETS, 1, NAMED(generalized_kl_terms), sum);
    return sum[0];
}
INLINE num NAMED(generalized_kl_slope)(const loss_row *r, const loss_item *at) {
    (void)r;
    return num_minus(num_exp(num_of(at->score)), at->target);
}
ROW_LOSS_OF(generalized_kl, TAKES_TARGETS, 0, WEIGHS_ROW)
