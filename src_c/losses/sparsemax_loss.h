/* (1 - sum p^2) / 2 + sum p (z - z_k), p = sparsemax(z). On the support z = p + tau, which leaves a sum of terms of one sign:
 *   ((1 - p_k)^2 + sum over j != k of p_j^2) / 2 + max(tau - z_k, 0),   1 - p_k = sum over j != k of p_j
 * Gradient p - onehot(k), p_k - 1 from the same sum. tau is a pair (rows/simplex.h): within 1 ulp, or 2^-50 (double 2^-73) where z_j is
 * that close to tau. A row with NaN or +inf gives NaN, so does one of -inf alone. */
INLINE f64_pair NAMED(sparsemax_above)(const loss_row *r, vd score) { return f64_row_above_tau(score, r->largest, 1, r->tau); }
INLINE f64_pair NAMED(above_zero)(f64_pair x) { return f64_pair_select(f64_lt(f64_set(0), x.high + x.low), x, f64_pair_set(0, 0)); }
INLINE void NAMED(sparsemax_loss_terms)(const loss_row *r, const loss_item *at, num *term) {
    const f64_pair p = NAMED(above_zero)(NAMED(sparsemax_above)(r, at->score)), zero = f64_pair_set(0, 0);
    const f64_pair other = f64_pair_select(f64_lt(f64_set(0), num_high(at->target)), zero, p);
    term[LOSS_TERM] = num_of_pair(f64_pair_square(other));
    term[SLOPE_TERM] = num_of_pair(other);
}
INLINE num NAMED(sparsemax_loss)(loss_row *r) {
    const simplex kind = {1, 1, 1};
    num sum[ROW_TERMS];
    NAMED(softmax_begin)(r);
    r->tau = num_row_tau(kind, r->scores, r->columns, num_row_max(r->scores, r->columns), &r->undefined);
    NAMED(row_sums)(r, TAKES_LABELS, LOSS_TERMS, NAMED(sparsemax_loss_terms), sum);
    const f64_pair label = NAMED(sparsemax_above)(r, r->label_score);
    const f64_pair below = NAMED(above_zero)(f64_pair_of(f64_set(0) - label.high, f64_set(0) - label.low));
    r->state[TOTAL] = sum[SLOPE_TERM];
    return num_plus(num_scaled(num_plus(num_square(sum[SLOPE_TERM]), sum[LOSS_TERM]), f64_set(0.5)), num_finite(num_of_pair(below)));
}
INLINE num NAMED(sparsemax_loss_slope)(const loss_row *r, const loss_item *at) {
    const num p = num_of_pair(NAMED(above_zero)(NAMED(sparsemax_above)(r, at->score)));
    return num_select(f64_lt(f64_set(0), num_high(at->target)), num_negative(r->state[TOTAL]), p);
}
ROW_LOSS_EXACT_OF(sparsemax_loss, TAKES_LABELS, 0, WEIGHS_ROW)
