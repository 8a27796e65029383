/* max(0, margin + max over c of (1 - t_c) z_c - sum_c t_c z_c) of scores and targets, usually one 1 among zeros. Gradient -t_c, and 1 - t_c
 * at the first largest, where the loss is not cut off, 0 included. Within 0.51 ulp, or 2^-52 (double 2^-75) of its terms where they
 * cancel. */
INLINE num NAMED(categorical_hinge_share)(const loss_item *at) { return num_minus(num_set(1, 0), at->target); }
INLINE vd NAMED(categorical_hinge_peak)(const loss_row *r, const loss_item *at) {
    (void)r;
    return num_high(num_times_or_zero(NAMED(categorical_hinge_share)(at), num_of(at->score)));
}
INLINE void NAMED(categorical_hinge_terms)(const loss_row *r, const loss_item *at, num *term) {
    (void)r;
    term[0] = num_times_or_zero(at->target, num_of(at->score));
}
INLINE num NAMED(categorical_hinge)(loss_row *r) {
    const num zero = num_set(0, 0);
    num sum[ROW_TERMS], best = zero;
    NAMED(row_largest)(r, TAKES_TARGETS, NAMED(categorical_hinge_peak), &r->chosen);
    if (r->chosen < r->columns) {
        const loss_item at = NAMED(row_column)(r, r->chosen);
        best = num_finite(num_times_or_zero(NAMED(categorical_hinge_share)(&at), num_of(at.score)));
    }
    NAMED(row_sums)(r, TAKES_TARGETS, 1, NAMED(categorical_hinge_terms), sum);
    const num loss = num_plus(num_minus(best, sum[0]), num_of(r->parameter[0]));
    const md off = num_lt(loss, zero);
    r->state[0] = num_select(off, zero, num_set(1, 0));
    return num_select(off, zero, loss);
}
INLINE num NAMED(categorical_hinge_slope)(const loss_row *r, const loss_item *at) {
    const num best = num_times(num_of(at->chosen), NAMED(categorical_hinge_share)(at));
    return num_times(r->state[0], num_minus(best, at->target));
}
ROW_LOSS_OF(categorical_hinge, TAKES_TARGETS, 1, WEIGHS_ROW)
