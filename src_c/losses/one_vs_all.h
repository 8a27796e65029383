/* The sum over classes of the binary cross-entropy of z_c against 1 for the label and 0 for the others; gradient sigmoid(z_c) - [c = k].
 * Within 0.51 ulp. */
INLINE void NAMED(one_vs_all_terms)(const loss_row *r, const loss_item *at, num *term) {
    (void)r;
    term[0] = NAMED(one_logit)(at, WANTS_VALUE).value;
}
INLINE num NAMED(one_vs_all)(loss_row *r) {
    num sum[ROW_TERMS];
    NAMED(row_sums)(r, TAKES_LABELS, 1, NAMED(one_vs_all_terms), sum);
    return sum[0];
}
INLINE num NAMED(one_vs_all_slope)(const loss_row *r, const loss_item *at) {
    (void)r;
    return NAMED(one_logit)(at, WANTS_GRADIENT).gradient;
}
ROW_LOSS_OF(one_vs_all, TAKES_LABELS, 0, WEIGHS_ROW)
