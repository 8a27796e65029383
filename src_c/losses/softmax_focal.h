/* -sum_c t_c (1 - p_c)^gamma log p_c, p = softmax(z), t times the class weight (alpha). With u = 1 - p from the sum of the other
 * exponentials and A_c = p_c times the derivative by p_c = -t_c u_c^gamma (1 + gamma p_c (-log p_c) / u_c), where nothing cancels:
 * gradient A_j u_j - p_j (sum A - A_j). Within 0.51 ulp with a label; with several targets a gradient is right to 2^-30 (double 2^-54)
 * of the larger of its two terms. */
typedef struct {
    num p, rest, value, slope;
} NAMED(focal_terms);
INLINE NAMED(focal_terms) NAMED(focal_of)(const loss_row *r, const loss_item *at) {
    const num e = NAMED(row_exponential)(r, at->score), one = num_set(1, 0), gamma = num_of(r->parameter[0]);
    const num p = num_ratio(e, r->state[WHOLE]), rest = num_ratio(NAMED(softmax_others)(r, e), r->state[WHOLE]);
    const num nll = num_plus(num_difference(r->largest, at->score), r->state[LOG_SUM]);
    const num share = num_times_or_zero(at->target, num_times(num_of(at->weight), num_power(rest, gamma)));
    const vd up = f64_set(0x1p200); /* for a finite inverse */
    const num quotient = num_times_or_zero(p, num_ratio(num_scaled(nll, up), num_scaled(rest, up)));
    const num ratio = num_select(f64_eq(num_high(rest), f64_set(0)), one, quotient);
    NAMED(focal_terms) f;
    f.p = p, f.rest = rest;
    f.value = num_times_or_zero(share, nll);
    f.slope = num_negative(num_times_or_zero(share, num_plus(one, num_times(gamma, ratio))));
    return f;
}
INLINE void NAMED(softmax_focal_terms)(const loss_row *r, const loss_item *at, num *term) {
    const NAMED(focal_terms) f = NAMED(focal_of)(r, at);
    term[0] = f.value, term[1] = f.slope;
}
INLINE void NAMED(softmax_only)(const loss_row *r, const loss_item *at, num *term) { NAMED(softmax_terms)(r, at, term); }
INLINE num NAMED(softmax_focal)(loss_row *r) {
    num sum[ROW_TERMS];
    NAMED(softmax_begin)(r);
    NAMED(row_sums)(r, SOFTMAX_TERMS, NAMED(softmax_only), sum);
    NAMED(softmax_settle)(r, sum);
    NAMED(row_sums)(r, 2, NAMED(softmax_focal_terms), sum);
    r->state[TOTAL] = sum[1];
    return sum[0];
}
INLINE num NAMED(softmax_focal_slope)(const loss_row *r, const loss_item *at) {
    const NAMED(focal_terms) f = NAMED(focal_of)(r, at);
    return num_minus(num_times(f.slope, f.rest), num_times(f.p, num_minus(r->state[TOTAL], f.slope)));
}
ROW_LOSS_OF(softmax_focal, 1, WEIGHS_ROW)
