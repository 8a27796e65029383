/* log sum_j e^(z_j - m) + m - z_k, k the label; gradient softmax(z) - onehot(k). Weights, smoothing and scale: include/fastact.h.
 *
 * Sums of exponentials as in rows/softmax.h, two reads of the scores; rows of targets instead of labels: cross_entropy_targets.h. The
 * value is a pair of doubles a row, and so is the total. The label's gradient is -(sum of the others) / sum, the others added up
 * without it, so that it is relatively right also where the label dominates. Without smoothing every gradient is within 1.78 ulp (float;
 * measured 1.61), 1.66 (double; 1.47), every loss within 0.78 (0.65), 1.66 (1.45); weights multiply what is rounded among the subnormal
 * numbers already. With smoothing a gradient is a difference: within 2 ulp of the larger of its two terms. */
#include "../rows/rows.h"

INLINE void f32_short_log_store(double_pair *p, f32_short_sum s) {
    double log_sum[F32_LANES];
    f64_wide_store(log_sum, f32_short_log(s));
    for (int k = 0; k < F32_LANES; ++k) p[k].high = log_sum[k], p[k].low = 0;
}
INLINE void f64_short_log_store(double_pair *p, f64_short_sum s) { f64_short_store(p, f64_log_of_sum(s)); }

INLINE f32_row_factor f32_short_factor_of(f32_short_sum s, const double_pair *numerator) {
    double high[2 * F64_LANES] = {0};
    for (int k = 0; k < F32_LANES; ++k) high[k] = numerator[k].high;
    const f64_wide w = {f64_load(high), f64_load(high + F64_LANES)};
    return f32_short_factor(s, w);
}
INLINE f64_row_factor f64_short_factor_of(f64_short_sum s, const double_pair *numerator) {
    double high[F64_LANES], low[F64_LANES];
    for (int k = 0; k < F64_LANES; ++k) high[k] = numerator[k].high, low[k] = numerator[k].low;
    return f64_short_factor(s, f64_pair_of(f64_load(high), f64_load(low)));
}

/* as vectors of doubles: sums, their logarithms, largest elements; and the factor of all rows */
INLINE void f32_short_split(f32_short_sum s, vf largest, f64_pair *rest, f64_pair *log_sum, vd *m) {
    const f64_wide log = f32_short_log(s), top = f64_wide_of(largest);
    const vd zero = f64_set(0);
    rest[0] = f64_pair_of(s.rest.low, s.low.low), log_sum[0] = f64_pair_of(log.low, zero), m[0] = top.low;
    if (F32_LANES > F64_LANES)
        rest[1] = f64_pair_of(s.rest.high, s.low.high), log_sum[1] = f64_pair_of(log.high, zero), m[1] = top.high;
}
INLINE void f64_short_split(f64_short_sum s, vd largest, f64_pair *rest, f64_pair *log_sum, vd *m) {
    *rest = s, *log_sum = f64_log_of_sum(s), *m = largest;
}
INLINE f32_row_factor f32_short_factor_by(f32_short_sum s, double numerator) {
    const f64_wide w = {f64_set(numerator), f64_set(numerator)};
    return f32_short_factor(s, w);
}
INLINE f64_row_factor f64_short_factor_by(f64_short_sum s, double numerator) {
    return f64_short_factor(s, f64_pair_set(numerator, 0));
}
INLINE vd f32_row_wide(const float *p) { return f64_load_f32(p); }
INLINE vd f64_row_wide(const double *p) { return f64_load(p); }

#define SCALAR float
#define VECTOR vf
#define WIDTH F32_LANES
#define OP(name) f32_##name
#define ROW_(name) f32_##name
#define ROW_ONE F32_ROW_ONE
#define DOMINATED DOMINATED_f32
#define ROW_LOSS_NAME row_loss_cross_entropy_f32
#define FOCAL_ROWS focal_rows_loss_wide
#define ROW_LOSS_OF_TARGETS row_loss_cross_entropy_targets_f32
#include "cross_entropy_template.h"

#define SCALAR double
#define VECTOR vd
#define WIDTH F64_LANES
#define OP(name) f64_##name
#define ROW_(name) f64_##name
#define ROW_ONE F64_ROW_ONE
#define DOMINATED DOMINATED_f64
#define ROW_LOSS_NAME row_loss_cross_entropy_f64
#define ROW_LOSS_OF_TARGETS row_loss_cross_entropy_targets_f64
#include "cross_entropy_template.h"
