/* -sum_c t_c (1 - p_c)^gamma log p_c, p = softmax(z), t times the class weight (alpha). With u = 1 - p from the sum of the other
 * exponentials and A_c = p_c times the derivative by p_c = -t_c u_c^gamma (1 + gamma p_c (-log p_c) / u_c), where nothing cancels:
 * gradient A_j u_j - p_j (sum A - A_j). Within 0.51 ulp with a label; with several targets a gradient is right to 2^-30 (double 2^-54)
 * of the larger of its two terms. */
typedef struct {
    num power, slope; /* u^gamma; (1 + gamma p (-log p) / u) times that */
} NAMED(focal_factors);
INLINE NAMED(focal_factors) NAMED(focal_factors_of)(num p, num rest, num nll, vd gamma) {
    const num one = num_set(1, 0), zero = num_set(0, 0);
    const vd up = f64_set(0x1p200); /* for a finite inverse */
    const num quotient = num_times_or_zero(p, num_ratio(num_scaled(nll, up), num_scaled(rest, up)));
    const num ratio = num_select(f64_eq(num_high(rest), f64_set(0)), one, quotient);
    NAMED(focal_factors) f = {num_square(rest), zero};
    if (!f64_mask_any(f64_eq(gamma, f64_set(2)))) f.power = num_power(rest, num_of(gamma));
    f.slope = num_times_or_zero(f.power, num_plus(one, num_times(num_of(gamma), ratio)));
    return f;
}
typedef struct {
    num p, rest, value, slope;
} NAMED(focal_terms);
INLINE NAMED(focal_terms) NAMED(focal_of)(const loss_row *r, const loss_item *at) {
    const num e = NAMED(row_exponential)(r, at->score), weight = num_times(at->target, num_of(at->weight));
    const num p = num_ratio(e, r->state[WHOLE]), rest = num_ratio(NAMED(softmax_others)(r, e), r->state[WHOLE]);
    const num nll = num_plus(num_difference(r->largest, at->score), r->state[LOG_SUM]);
    const NAMED(focal_factors) factor = NAMED(focal_factors_of)(p, rest, nll, r->parameter[0]);
    const NAMED(focal_terms) f = {p, rest, num_times_or_zero(num_times_or_zero(weight, factor.power), nll),
                                  num_negative(num_times_or_zero(weight, factor.slope))};
    return f;
}
IN_FLOAT_LANES(
/* of labels: for each of `count` rows what its -log p and what the gradient of that are multiplied by; rest is the sum of the exponentials
 * but the largest, distance of the label's score from the largest */
INLINE void NAMED(focal_rows)(size_t count, const double_pair *rest, const double_pair *nll, const double_pair *distance, double gamma,
                              double_pair *power, double_pair *slope) {
    for (size_t i = 0; i < count; i += F64_LANES) {
        const double_pair *const from[3] = {rest + i, nll + i, distance + i};
        double lane[4][F64_LANES] = {{0}};
        const size_t n = lanes_left(count, i, F64_LANES);
        num given[3];
        for (int j = 0; j < 3; ++j) {
            for (size_t k = 0; k < n; ++k) {
                const double high = from[j][k].high;
                lane[0][k] = high, lane[1][k] = high - high == 0 ? from[j][k].low : 0; /* what is infinite leaves no pair */
            }
            given[j] = num_of_pair(f64_pair_of(f64_load(lane[0]), f64_load(lane[1])));
        }
        const num one = num_set(1, 0), zero = num_set(0, 0), whole = num_plus(one, given[0]);
        const num e = num_select(f64_eq(num_high(given[2]), f64_set(INFINITY)), zero, num_exp(num_negative(given[2])));
        const num others = num_plus(num_minus(one, e), given[0]);
        const NAMED(focal_factors) f = NAMED(focal_factors_of)(num_ratio(e, whole), num_ratio(others, whole), given[1], f64_set(gamma));
        f64_store(lane[0], num_high(f.power)), f64_store(lane[1], num_low(f.power));
        f64_store(lane[2], num_high(f.slope)), f64_store(lane[3], num_low(f.slope));
        for (size_t k = 0; k < n; ++k) {
            power[i + k].high = lane[0][k], power[i + k].low = lane[1][k];
            slope[i + k].high = lane[2][k], slope[i + k].low = lane[3][k];
        }
    }
}
)
INLINE void NAMED(softmax_focal_terms)(const loss_row *r, const loss_item *at, num *term) {
    const NAMED(focal_terms) f = NAMED(focal_of)(r, at);
    term[LOSS_TERM] = f.value, term[SLOPE_TERM] = f.slope;
}
INLINE num NAMED(softmax_focal_targets)(loss_row *r) {
    num sum[ROW_TERMS];
    NAMED(softmax_begin)(r);
    NAMED(softmax_sums)(r, TAKES_BOTH, SOFTMAX_TERMS, NAMED(softmax_only), sum);
    NAMED(softmax_settle)(r, sum);
    NAMED(row_sums_apart)(r, TAKES_BOTH, 0, LOSS_TERMS, NAMED(softmax_focal_terms), NAMED(NO_OTHERS), NAMED(softmax_only), sum);
    r->state[TOTAL] = sum[SLOPE_TERM];
    return sum[LOSS_TERM];
}
INLINE num NAMED(softmax_focal_targets_slope)(const loss_row *r, const loss_item *at) {
    const NAMED(focal_terms) f = NAMED(focal_of)(r, at);
    return num_minus(num_times(f.slope, f.rest), num_times(f.p, num_minus(r->state[TOTAL], f.slope)));
}
INLINE num NAMED(softmax_focal_targets_other_slope)(const loss_row *r, const loss_item *at) {
    const num p = num_ratio(NAMED(row_exponential)(r, at->score), r->state[WHOLE]);
    return num_negative(num_times(p, r->state[TOTAL]));
}
ROW_LOSS_APART_OF(softmax_focal_targets, TAKES_BOTH, 1, WEIGHS_ROW)
