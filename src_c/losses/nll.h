/* -lp_k, the label's log-probability; gradient -1 there, else 0. Both are exact but for weights: within 0.5 ulp. */
INLINE num NAMED(nll)(vd score, const vd *parameter, num *slope) {
    (void)parameter;
    *slope = num_set(-1, 0);
    return num_negative(num_of(score));
}
LABEL_LOSS_OF(nll, 0, WEIGHS_MEAN)
