/* -log p_k of the label's probability, clip and base as in categorical_cross_entropy.h; gradient -1 / p_k there, else 0. Within
 * 0.51 ulp. */
INLINE num NAMED(sparse_categorical_cross_entropy)(vd score, const vd *parameter, num *slope) {
    *slope = num_negative(NAMED(clipped_log_slope)(score, num_set(1, 0), parameter));
    return num_negative(NAMED(clipped_log)(score, parameter));
}
LABEL_LOSS_OF(sparse_categorical_cross_entropy, 2, WEIGHS_MEAN)
