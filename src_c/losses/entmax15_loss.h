/* (1 - sum p^1.5) / 0.75 + sum p (z - z_k), p = entmax15(z) = s^2. On the support z = 2 (s + tau), which leaves terms of one sign:
 *   2/3 ((1 - s_k)^2 (2 + s_k) + sum over j != k of s_j^3) + max(2 tau - z_k, 0),   1 - s_k = (sum over j != k of p_j) / (1 + s_k)
 * Gradient p - onehot(k), p_k - 1 from the same sum. tau is a pair (rows/simplex.h): within 1 ulp, or 2^-50 (double 2^-73) where z_j / 2
 * is that close to tau. A row with NaN or +inf gives NaN, so does one of -inf alone. */
INLINE f64_pair NAMED(entmax15_above)(const loss_row *r, vd score) { return f64_row_above_tau(score, r->largest, 0.5, r->tau); }
INLINE void NAMED(entmax15_loss_terms)(const loss_row *r, const loss_item *at, num *term) {
    const f64_pair s = NAMED(above_zero)(NAMED(entmax15_above)(r, at->score)), zero = f64_pair_set(0, 0);
    const f64_pair other = f64_pair_select(f64_lt(f64_set(0), num_high(at->target)), zero, s), square = f64_pair_square(other);
    term[LOSS_TERM] = num_of_pair(f64_pair_product(square, other));
    term[SLOPE_TERM] = num_of_pair(square);
}
INLINE num NAMED(entmax15_loss)(loss_row *r) {
    const simplex kind = {2, 2, 0.5};
    const num one = num_set(1, 0), two = num_set(2, 0);
    num sum[ROW_TERMS];
    NAMED(softmax_begin)(r);
    r->tau = num_row_tau(kind, r->scores, r->columns, num_row_max(r->scores, r->columns), &r->undefined);
    NAMED(row_sums)(r, TAKES_LABELS, LOSS_TERMS, NAMED(entmax15_loss_terms), sum);
    const f64_pair label = NAMED(entmax15_above)(r, r->label_score);
    const num s = num_of_pair(NAMED(above_zero)(label));
    const num below = num_finite(num_of_pair(NAMED(above_zero)(f64_pair_of(f64_set(0) - label.high, f64_set(0) - label.low))));
    const num missed = num_ratio(sum[SLOPE_TERM], num_plus(one, s));
    const num cubes = num_plus(num_times(num_square(missed), num_plus(two, s)), sum[LOSS_TERM]);
    r->state[TOTAL] = sum[SLOPE_TERM];
    return num_plus(num_scaled(num_ratio(cubes, num_set(3, 0)), f64_set(2)), num_scaled(below, f64_set(2)));
}
INLINE num NAMED(entmax15_loss_slope)(const loss_row *r, const loss_item *at) {
    const num p = num_of_pair(f64_pair_square(NAMED(above_zero)(NAMED(entmax15_above)(r, at->score))));
    return num_select(f64_lt(f64_set(0), num_high(at->target)), num_negative(r->state[TOTAL]), p);
}
ROW_LOSS_EXACT_OF(entmax15_loss, TAKES_LABELS, 0, WEIGHS_ROW)
