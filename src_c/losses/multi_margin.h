/* sum over c != k of max(0, h_c)^p / classes, h_c = margin - z_k + z_c, p 1 or 2. Gradient p h^(p - 1) / classes where h > 0, minus their
 * sum at k. Within 0.51 ulp, or 2^-52 (double 2^-75) of margin and scores where h_c cancels. */
INLINE void NAMED(multi_margin_terms)(const loss_row *r, const loss_item *at, num *term) {
    const num zero = num_set(0, 0), h = num_plus(num_difference(at->score, r->label_score), num_of(r->parameter[1]));
    const md active = f64_mask_and(num_lt(zero, h), f64_eq(num_high(at->target), f64_set(0)));
    const md squared = f64_eq(r->parameter[0], f64_set(2));
    term[LOSS_TERM] = num_select(active, num_select(squared, num_square(h), h), zero);
    term[SLOPE_TERM] = num_select(active, num_select(squared, num_scaled(h, f64_set(2)), num_set(1, 0)), zero);
}
INLINE num NAMED(multi_margin)(loss_row *r) {
    num sum[ROW_TERMS];
    const num classes = num_of(f64_set((double)r->columns));
    NAMED(row_sums)(r, TAKES_LABELS, LOSS_TERMS, NAMED(multi_margin_terms), sum);
    r->state[SLOPE_TERM] = sum[SLOPE_TERM];
    return num_ratio(sum[LOSS_TERM], classes);
}
INLINE num NAMED(multi_margin_slope)(const loss_row *r, const loss_item *at) {
    num term[LOSS_TERMS];
    const md is_label = f64_lt(f64_set(0), num_high(at->target));
    NAMED(multi_margin_terms)(r, at, term);
    const num slope = num_select(is_label, num_negative(r->state[SLOPE_TERM]), term[SLOPE_TERM]);
    return num_ratio(slope, num_of(f64_set((double)r->columns)));
}
ROW_LOSS_OF(multi_margin, TAKES_LABELS, 2, WEIGHS_ROW)
