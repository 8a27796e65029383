/* Losses of rows of scores, with a label or a row of targets each: what the two kinds of arithmetic (as_wide.h, as_pairs.h) share. The
 * loops are in row_words.h.
 *
 * Terms are added in 16 virtual lanes (loops/reduce.h), double for float rows, pairs of doubles for double rows; the rows of a block are
 * added one after the other as pairs, and so are the blocks (split.c). */
#ifndef FASTACT_LOSSES_ROW_LOSSES_H
#define FASTACT_LOSSES_ROW_LOSSES_H
#include "../rows/rows.h"
#include "../rows/simplex.h"
#include "pointwise.h"

/* whether the class weight of a label counts in what a mean divides by, or only in its loss */
enum { ROW_TERMS = 6, ROW_STATE = 8, WEIGHS_ROW = 0, WEIGHS_MEAN = 1 };
enum { TAKES_LABELS = 1, TAKES_TARGETS = 2, TAKES_BOTH = 3 };

/* what the losses number their terms and states by: the exponentials that are exactly 1, and the others; sums of targets, of targets
 * times largest - z, of targets times e and 1 - e */
enum { ONES, OTHERS, SOFTMAX_TERMS, TARGETS = SOFTMAX_TERMS, DISTANCES, TARGETS_TERMS, HIT = TARGETS_TERMS, MISSED, POLY_TERMS };
/* the sum of the exponentials less the 1 of the largest; with it; its logarithm */
enum { REST, WHOLE, LOG_SUM, TOTAL, SHARE, LEFT };
enum { NEGATIVE, POSITIVE, SIDES };
enum { LOSS_TERM, SLOPE_TERM, LOSS_TERMS };

/* What is known of a row; label and chosen are columns, or the number of columns where there is none. The others are the loss's own. */
#define LOSS_ROW(name, num, T)                                  \
    typedef struct {                                            \
        const T *scores, *targets, *class_weight;               \
        const vd *parameter;                                    \
        size_t columns, label, chosen;                          \
        vd largest, label_score;                                \
        num kept, spread, state[ROW_STATE]; /* label smoothing */ \
        double_pair tau;                                        \
        int smoothed, undefined, in_floats; /* the last: float lanes serve the row */ \
    } name##_row;                                               \
    /* one vector of it; chosen is 1 in one lane at most */     \
    typedef struct {                                            \
        vd score, weight, chosen;                               \
        num target;                                             \
    } name##_item;
LOSS_ROW(wide_loss, vd, float)
LOSS_ROW(f64_loss, f64_pair, double)

/* 1 in the lane of that column, if it is among those from i on */
INLINE vd f64_one_at(size_t column, size_t i) {
    if (LIKELY(column - i >= F64_LANES)) return f64_set(0);
    double lane[F64_LANES] = {0};
    lane[column - i] = 1;
    return f64_load(lane);
}
INLINE vd f64_first_or(vd x, size_t count, double other) {
    double lane[F64_LANES];
    f64_store(lane, x);
    return f64_load_part_or(lane, count, f64_set(other));
}
INLINE double_pair wide_leading(vd x) {
    double lane[F64_LANES];
    f64_store(lane, x);
    const double_pair p = {lane[0], 0};
    return p;
}
INLINE double_pair f64_pair_leading(f64_pair x) {
    const double_pair high = wide_leading(x.high), low = wide_leading(x.low), p = {high.high, low.high};
    return p;
}
INLINE f64_pair f64_pair_first(f64_pair x, size_t count) { return f64_pair_of(f64_first(x.high, count), f64_first(x.low, count)); }
INLINE f64_pair f64_pair_of_total(double_pair p) { return f64_pair_set(p.high, p.high - p.high == 0 && p.low == p.low ? p.low : 0); }
INLINE vd wide_load(const float *p, size_t left) { return LIKELY(left >= F64_LANES) ? f64_load_f32(p) : f64_load_f32_part(p, left); }
INLINE vf f32_load_left(const float *p, size_t left) { return LIKELY(left >= F32_LANES) ? f32_load(p) : f32_load_part(p, left); }
INLINE void f32_store_left(float *p, vf x, size_t left) {
    if (LIKELY(left >= F32_LANES))
        f32_store(p, x);
    else
        f32_store_part(p, x, left);
}
INLINE vd f64_load_left(const double *p, size_t left) { return LIKELY(left >= F64_LANES) ? f64_load(p) : f64_load_part(p, left); }
INLINE md f64_never(void) { return f64_lt(f64_set(0), f64_set(0)); }

/* tau of rows/simplex.h; undefined becomes 1 where the row has none */
NOINLINE double_pair f32_row_tau(simplex s, const float *x, size_t columns, float m, int *undefined) {
    simplex_buffer buffer;
    int odd;
    const double_pair none = {0, 0};
    const int fits = f32_simplex_collect(s, x, columns, m, &buffer, &odd);
    *undefined |= odd || m - m != 0;
    return *undefined ? none : f32_simplex_tau(s, x, columns, m, &buffer, fits);
}
NOINLINE double_pair f64_row_tau(simplex s, const double *x, size_t columns, double m, int *undefined) {
    simplex_buffer buffer;
    int odd;
    const double_pair none = {0, 0};
    const int fits = f64_simplex_collect(s, x, columns, m, &buffer, &odd);
    *undefined |= odd || m - m != 0;
    return *undefined ? none : f64_simplex_tau(s, x, columns, m, &buffer, fits);
}
/* (z - m) step - tau */
INLINE f64_pair f64_row_above_tau(vd z, vd m, double step, double_pair tau) {
    const f64_pair at = f64_pair_scaled(f64_pair_difference(z, m), f64_set(step));
    return f64_pair_finite(f64_pair_sum(at, f64_pair_set(-tau.high, -tau.low)));
}

/* The words of as_short_pairs.h that rows need: NaN of what a row in fewer operations does not serve; no product of what is seen
 * overflows. */
INLINE void f64_short_look(vd *watch, vd score, vd target) {
    const vd beyond = f64_set(0x1p523); /* infinite from 2^501 on */
    *watch = f64_fma(f64_set(0), f64_fma(target, beyond, score * beyond), *watch);
}
INLINE f64_pair f64_short_total(double_pair p) { return f64_pair_set(p.high, p.low); }
INLINE int f64_short_seen(vd watch, const f64_pair *sum, int count) {
    for (int k = 0; k < count; ++k) watch = f64_fma(f64_set(0), sum[k].high, f64_fma(f64_set(0), sum[k].low, watch));
    return f64_mask_any(f64_unordered(watch, watch));
}
INLINE void f64_short_slope_store(double *p, f64_pair x, size_t left, vd *watch) {
    const vd y = x.high + x.low;
    if (LIKELY(left >= F64_LANES)) {
        *watch = f64_fma(f64_set(0), y, *watch);
        f64_store(p, y);
    } else {
        *watch = f64_fma(f64_set(0), f64_first(y, left), *watch);
        f64_store_part(p, y, left);
    }
}
#if HAS_SHORT_PAIRS
#define SHORT_ROW_DECLARED(name)                                                                                               \
    static NAMED(row_value_call) name##_row_loss_short;                                                                        \
    static NAMED(row_gradient_call) name##_slopes_loss_short;
#define SHORT_ROW(name) name##_row_loss_short, name##_slopes_loss_short
#define ROW_LOSS_SHORT(name, gradient_of) ROW_LOSS_CALLS(name, gradient_of)
#else
#define SHORT_ROW_DECLARED(name)
#define SHORT_ROW(name) NULL, NULL
#define ROW_LOSS_SHORT(name, gradient_of)
#endif

/* the loss of a row, times its weight; what is infinite leaves no pair */
INLINE double_pair row_weighted(double_pair weight, double_pair loss) {
    const double_pair plain = {weight.high * loss.high, 0}, product = double_pair_product(weight, loss);
    return plain.high - plain.high == 0 ? product : plain;
}
#endif
