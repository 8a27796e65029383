/* -sum_c t_c log p_c of probabilities p, 0 where t_c is. clip < 0: logarithms are at least clip, gradient -t / max(p, 1e-12);
 * 0: neither; clip > 0: p between clip and 1 - clip, rounded to the type of the arrays, and the gradient 0 outside. base 2 divides by
 * log 2, 0 is the natural base. Within 0.51 ulp. */
INLINE num NAMED(log_unit)(const vd *parameter) {
    return num_select(f64_eq(parameter[1], f64_set(2)), num_set(0x1.71547652b82fep+0, 0x1.777d0ffda0d24p-56), num_set(1, 0));
}
INLINE vd NAMED(clip_most)(const vd *parameter) { return num_stored_unit(f64_set(1) - parameter[0]); }
INLINE num NAMED(clipped_log)(vd p, const vd *parameter) {
    const md clamped = f64_lt(f64_set(0), parameter[0]);
    const vd inside = f64_max(parameter[0], f64_min(NAMED(clip_most)(parameter), p));
    const num log = num_log(num_of(f64_select(clamped, inside, p))), least = num_of(parameter[0]);
    const md floored = f64_mask_and(f64_lt(parameter[0], f64_set(0)), num_lt(log, least));
    return num_times(num_select(floored, least, log), NAMED(log_unit)(parameter));
}
/* t times its derivative by p */
INLINE num NAMED(clipped_log_slope)(vd p, num t, const vd *parameter) {
    const md floored = f64_lt(parameter[0], f64_set(0)), clamped = f64_lt(f64_set(0), parameter[0]);
    const md outside = f64_mask_and(clamped, f64_mask_or(f64_lt(p, parameter[0]), f64_lt(NAMED(clip_most)(parameter), p)));
    const vd divisor = f64_select(floored, f64_max(f64_set(1e-12), p), p);
    const vd up = f64_select(f64_lt(f64_abs(divisor), f64_set(0x1p-900)), f64_set(0x1p200), f64_set(1)); /* for a finite inverse */
    const num slope = num_ratio(num_scaled(num_times(t, NAMED(log_unit)(parameter)), up), num_of(divisor * up)), zero = num_set(0, 0);
    return num_select(f64_mask_or(outside, f64_eq(num_high(t), f64_set(0))), zero, slope);
}
INLINE void NAMED(categorical_cross_entropy_terms)(const loss_row *r, const loss_item *at, num *term) {
    term[0] = num_negative(num_times_or_zero(at->target, NAMED(clipped_log)(at->score, r->parameter)));
}
INLINE num NAMED(categorical_cross_entropy)(loss_row *r) {
    num sum[ROW_TERMS];
    NAMED(row_sums)(r, 1, NAMED(categorical_cross_entropy_terms), sum);
    return sum[0];
}
INLINE num NAMED(categorical_cross_entropy_slope)(const loss_row *r, const loss_item *at) {
    return num_negative(NAMED(clipped_log_slope)(at->score, at->target, r->parameter));
}
ROW_LOSS_OF(categorical_cross_entropy, 2, WEIGHS_ROW)
