/* (1 - p_k^q) / q of the label's probability as -(e^(q log p_k) - 1) / q; gradient -p_k^(q - 1) there, else 0. q = 1 is 1 - p_k, q
 * close to 0 is close to -log p_k. Within 0.51 ulp. */
INLINE num NAMED(generalized_cross_entropy)(loss_row *r) {
    const num q = num_of(r->parameter[0]), log = num_log(num_of(r->label_score));
    r->undefined = f64_mask_any(f64_unordered(r->label_score, r->label_score));
    r->state[0] = num_exp(num_times_or_zero(num_minus(q, num_set(1, 0)), log));
    return num_negative(num_ratio(num_expm1(num_times(q, log)), q));
}
INLINE num NAMED(generalized_cross_entropy_slope)(const loss_row *r, const loss_item *at) {
    return num_negative(num_times_or_zero(at->target, r->state[0]));
}
ROW_LOSS_OF(generalized_cross_entropy, 1, WEIGHS_ROW)
