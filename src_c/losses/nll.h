/* -lp_k, the label's log-probability; gradient -1 there, else 0. Both are exact but for weights: within 0.5 ulp. */
INLINE num NAMED(nll)(loss_row *r) {
    r->undefined = f64_mask_any(f64_unordered(r->label_score, r->label_score));
    return num_negative(num_of(r->label_score));
}
INLINE num NAMED(nll_slope)(const loss_row *r, const loss_item *at) {
    (void)r;
    return num_negative(at->target);
}
ROW_LOSS_OF(nll, 0, WEIGHS_MEAN)
