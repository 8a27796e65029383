/* max(0, margin + z_c - z_k), c the first largest of the other classes: the hinge of Crammer and Singer. Gradient 1 at c and -1 at k where
 * the loss is above 0, or 0 with c before k: the first of equal maxima counts. Within 0.51 ulp, or 2^-52 (double 2^-75) of margin and
 * scores where they cancel. */
INLINE vd NAMED(multiclass_hinge_peak)(const loss_row *r, const loss_item *at) {
    (void)r;
    return f64_select(f64_lt(f64_set(0), num_high(at->target)), f64_set(-INFINITY), at->score);
}
INLINE void NAMED(no_terms)(const loss_row *r, const loss_item *at, num *term) { (void)r, (void)at, (void)term; }
INLINE num NAMED(multiclass_hinge)(loss_row *r) {
    const num zero = num_set(0, 0);
    size_t column;
    const vd best = f64_set(NAMED(row_largest)(r, TAKES_LABELS, NAMED(multiclass_hinge_peak), &column));
    const num loss = num_plus(num_difference(best, r->label_score), num_of(r->parameter[0]));
    NAMED(row_sums)(r, TAKES_LABELS, 0, NAMED(no_terms), NULL);
    const double sign = num_leading(loss).high;
    if (sign > 0 || (sign == 0 && column < r->label)) r->chosen = column;
    return num_select(num_lt(loss, zero), zero, loss);
}
INLINE num NAMED(multiclass_hinge_slope)(const loss_row *r, const loss_item *at) {
    vd slope = f64_set(0);
    if (r->chosen < r->columns) slope = at->chosen - num_high(at->target);
    return num_of(slope);
}
ROW_LOSS_OF(multiclass_hinge, TAKES_LABELS, 1, WEIGHS_ROW)
