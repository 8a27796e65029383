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
/* float rows that joined_rows.h takes together: how many were done, from the first on; c: a f32_cross_entropy */
static size_t f32_cross_entropy_joined(void *c, size_t rows, const void *z, void *loss, void *gradient);
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

/* Of rows that are taken together their logarithms, factors and label gradients are found in lanes, one a row, where nothing is weighed or
 * ignored; to the bit what long_rows finds. */
typedef struct {
    f64_pair rest, log_sum, nll;
} f64_joined_loss;
INLINE f64_joined_loss f64_joined_loss_of(vd rest, vd low, vd m, const double *score) {
    f64_joined_loss l = {f64_pair_of(rest, low), f64_log_of_sum(f64_pair_of(rest, low)), f64_pair_set(0, 0)};
    l.nll = f64_pair_sum(l.log_sum, f64_sum(m, f64_load(score) * f64_set(-1)));
    return l;
}
INLINE vd f64_joined_label_gradient(f64_pair rest, const double *own, double scale) {
    const vd one = f64_set(1), p = f64_load(own) * f64_set(1 / F32_ROW_ONE);
    f64_pair whole = f64_sum(one, rest.high);
    whole.low = whole.low + rest.low;
    const f64_pair others = f64_rows_ratio(f64_pair_sum(f64_sum(one, p * f64_set(-1)), rest), whole);
    const f64_pair slope = f64_pair_product(f64_pair_set(scale, 0), others);
    return f64_set(0) - (slope.high + slope.low);
}
NOINLINE void f32_cross_entropy_joined_end(void *to, f32_joined_tile e, vf largest, f32_short_sum sum, size_t first, size_t count) {
    enum { PARTS = F32_LANES > F64_LANES ? 2 : 1 };
    const f32_cross_entropy_short *const a = to;
    f32_cross_entropy *const c = a->c;
    const size_t columns = c->columns;
    const float *const z = a->z + first * columns;
    const fastact_row_loss_options *const o = c->options;
    const f32_short_sum s = f32_joined_checked(z, count, columns, largest, sum);
    const f64_wide m = f64_wide_of(largest);
    double score[2 * F64_LANES] = {0}, own[2 * F64_LANES] = {0}, value[2 * F64_LANES];
    double_pair rest[F32_LANES], log_sum[F32_LANES];
    f64_joined_loss parts[2];
    for (size_t r = 0; r < count; ++r) {
        if (f32_row_ignored(c, first + r)) continue;
        score[r] = (double)z[r * columns + (size_t)c->labels[first + r]];
        if (a->gradient) own[r] = (double)e[r][c->labels[first + r]];
    }
    parts[0] = f64_joined_loss_of(s.rest.low, s.low.low, m.low, score);
    parts[PARTS - 1] = PARTS > 1 ? f64_joined_loss_of(s.rest.high, s.low.high, m.high, score + F64_LANES) : parts[0];
    f32_short_store(rest, s);
    const int weighs = c->class_weight || c->row_weight || o->has_ignore_index, plain = !weighs && f32_factor_fits(o->gradient_scale);
    float *const gradient = a->gradient ? a->gradient + first * columns : NULL;
    const double_pair none = {0, 0}, one = {1, 0};
    double nll[2][2 * F64_LANES], logs[2][2 * F64_LANES];
    for (int k = 0; k < PARTS; ++k) {
        f64_store(nll[0] + k * F64_LANES, parts[k].nll.high), f64_store(nll[1] + k * F64_LANES, parts[k].nll.low);
        f64_store(logs[0] + k * F64_LANES, parts[k].log_sum.high), f64_store(logs[1] + k * F64_LANES, parts[k].log_sum.low);
    }
    for (size_t r = 0; r < count; ++r) {
        const size_t row = first + r;
        const double_pair of_row = {nll[0][r], nll[1][r]};
        log_sum[r].high = logs[0][r], log_sum[r].low = logs[1][r];
        if (f32_row_ignored(c, row)) {
            if (a->loss) a->loss[row] = 0;
            continue;
        }
        const double all = of_row.high - of_row.high == 0 ? of_row.high + of_row.low : of_row.high;
        const double loss = weighs ? f32_row_loss(c, row, of_row, log_sum[r], none) : all;
        f32_add_loss(c, row, rest[r].high != rest[r].high ? (double)NAN : loss, a->loss);
    }
    if (!gradient) return;
    if (plain) {
        f32_joined_finish(e[0], JOINED_COLUMNS, gradient, count, columns, f32_joined_factor(o->gradient_scale, s), f32_row_times);
        for (int k = 0; k < PARTS; ++k)
            f64_store(value + k * F64_LANES, f64_joined_label_gradient(parts[k].rest, own + k * F64_LANES, o->gradient_scale));
        for (size_t r = 0; r < count; ++r)
            if (LIKELY(rest[r].high == rest[r].high)) gradient[r * columns + (size_t)c->labels[first + r]] = (float)value[r];
        return;
    }
    for (size_t r = 0; r < count; ++r) {
        float *const g = gradient + r * columns;
        memcpy(g, e[r], columns * sizeof(float));
        if (f32_row_ignored(c, first + r))
            f32_row_fill(g, columns, 0);
        else if (UNLIKELY(rest[r].high != rest[r].high))
            f32_row_fill(g, columns, (float)NAN);
        else
            f32_row_gradient(c, first + r, rest[r], one, g);
    }
}
static size_t f32_cross_entropy_joined(void *c, size_t rows, const void *z, void *loss, void *gradient) {
    f32_cross_entropy_short arrays = {c, z, loss, gradient};
    const size_t columns = arrays.c->columns;
    if (gradient) return f32_joined_rows(rows, columns, z, 1, JOINED_ROWS, &arrays, f32_cross_entropy_joined_end);
    return f32_joined_rows(rows, columns, z, 0, JOINED_SINGLE_ROWS, &arrays, f32_cross_entropy_joined_end);
}
