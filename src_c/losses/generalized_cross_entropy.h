/* (1 - p_k^q) / q of the label's probability as -(e^(q log p_k) - 1) / q; gradient -p_k^(q - 1) there, else 0. q = 1 is 1 - p_k, q
 * close to 0 is close to -log p_k. Within 0.51 ulp. */
INLINE num NAMED(generalized_cross_entropy)(vd score, const vd *parameter, num *slope) {
    const num q = num_of(parameter[0]), log = num_log(num_of(score));
    *slope = num_negative(num_exp(num_times_or_zero(num_minus(q, num_set(1, 0)), log)));
    return num_negative(num_ratio(num_expm1(num_times(q, log)), q));
}
LABEL_LOSS_OF(generalized_cross_entropy, 1, WEIGHS_ROW)
