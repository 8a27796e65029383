/* The mean over classes of w_c times the binary cross-entropy of the logit z_c and the target t_c; gradient w_c (sigmoid(z) - t) / classes.
 * Within 0.51 ulp; with targets between 0 and 1 a gradient is right to 2^-30 (double 2^-53) of its larger term. */
INLINE num NAMED(class_share)(const loss_row *r, const loss_item *at) {
    return num_ratio(num_of(at->weight), num_of(f64_set((double)r->columns)));
}
INLINE void NAMED(multilabel_soft_margin_terms)(const loss_row *r, const loss_item *at, num *term) {
    (void)r;
    term[0] = num_times(num_of(at->weight), NAMED(one_logit)(at, WANTS_VALUE).value);
}
INLINE num NAMED(multilabel_soft_margin)(loss_row *r) {
    num sum[ROW_TERMS];
    NAMED(row_sums)(r, TAKES_TARGETS, 1, NAMED(multilabel_soft_margin_terms), sum);
    return num_ratio(sum[0], num_of(f64_set((double)r->columns)));
}
INLINE num NAMED(multilabel_soft_margin_slope)(const loss_row *r, const loss_item *at) {
    return num_times(NAMED(class_share)(r, at), NAMED(one_logit)(at, WANTS_GRADIENT).gradient);
}
ROW_LOSS_OF(multilabel_soft_margin, TAKES_TARGETS, 0, WEIGHS_ROW)
