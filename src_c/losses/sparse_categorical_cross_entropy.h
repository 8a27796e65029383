/* -log p_k of the label's probability, clip and base as in categorical_cross_entropy.h; gradient -1 / p_k there, else 0. Within
 * 0.51 ulp. */
INLINE num NAMED(sparse_categorical_cross_entropy)(loss_row *r) {
    r->undefined = f64_mask_any(f64_unordered(r->label_score, r->label_score));
    return num_negative(NAMED(clipped_log)(r->label_score, r->parameter));
}
INLINE num NAMED(sparse_categorical_cross_entropy_slope)(const loss_row *r, const loss_item *at) {
    return num_negative(NAMED(clipped_log_slope)(r->label_score, at->target, r->parameter));
}
ROW_LOSS_OF(sparse_categorical_cross_entropy, 2, WEIGHS_MEAN)
