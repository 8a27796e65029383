/* Losses of float arrays that are one term less another, either of which may be far larger than their difference: the mean without
 * weights, its gradient, or both. Nanoseconds an element at 65 536, this, float_terms.h and JAX: half_poisson
 * 0.25, 0.28 and 0.69, with its gradient 0.37, 0.45 and 0.93; kl_div 0.20, 0.25 and 0.56, with its gradient 0.22, 0.27 and 0.68.
 *
 * What a float has of the exponential or the logarithm goes to 16 double lanes with both arguments, so that nothing is lost however much
 * cancels and whatever the order; the rest is summed in 16 float lanes. A block of which too little is left for the error of that rest
 * has its sum from double lanes. */
#ifndef FASTACT_LOSSES_FLOAT_DIFFERENCES_H
#define FASTACT_LOSSES_FLOAT_DIFFERENCES_H

/* The loss is what a double_difference adds for `first`, pred and the target, and what was added to `low`; right to 2^-29.4 of size. */
typedef struct {
    vf first, low, size, pred;
    f32_pair slope;
    mf close; /* whether double lanes have the derivative */
} f32_difference;
/* careful: whether any lane is outside */
typedef f32_difference f32_differences(vf pred, vf target, vf low, int careful);
typedef vd double_difference(vd first, vd pred, vd target, vd sum);
typedef mf f32_outside(vf target);
typedef struct {
    f64_lanes sum;
    f32_lanes low, size;
} f32_difference_sums;
/* vectors of a group: two of AVX-512 take 4 % longer */
enum { DIFFERENCES = F32_VECTORS == 1 ? 4 : F32_VECTORS };

INLINE vf f32_part_of(vf x, size_t left, vf other) {
    float lanes[F32_LANES];
    f32_store(lanes, x);
    return f32_load_part_or(lanes, left, other);
}
/* one vector, of which `left` elements are there; its sums are those of vector v */
INLINE f32_difference f32_difference_step(const float *p, const float *t, float *gradient, size_t left, const f32_loss_task *with,
                                          f32_differences *f, double_difference *exact, int careful, f32_difference_sums *s, size_t v) {
    enum { HALVES = F32_LANES > F64_LANES ? 2 : 1 };
    const int whole = left >= F32_LANES, direct = whole && !careful;
    const vf x = whole ? f32_load(p) : f32_load_part(p, left), y = whole ? f32_load(t) : f32_load_part(t, left), zero = f32_set(0);
    vd *const sum = &s->sum.lane[v * HALVES];
    f32_difference r = f(x, y, s->low.lane[v], careful);
    if (!whole) {
        r.low = f32_part_of(r.low, left, s->low.lane[v]);
        r.first = f32_part_of(r.first, left, zero), r.size = f32_part_of(r.size, left, zero);
    }
    s->low.lane[v] = r.low;
    s->size.lane[v] = s->size.lane[v] + r.size;
    sum[0] = exact(f64_from_f32_low(r.first), direct ? f64_load_f32(p) : f64_from_f32_low(r.pred),
                   direct ? f64_load_f32(t) : f64_from_f32_low(y), sum[0]);
    if (HALVES == 2)
        sum[1] = exact(f64_from_f32_high(r.first), direct ? f64_load_f32(p + F64_LANES) : f64_from_f32_high(r.pred),
                       direct ? f64_load_f32(t + F64_LANES) : f64_from_f32_high(y), sum[1]);
    if (gradient && whole)
        f32_store(gradient, f32_pair_times_scale(r.slope, with));
    else if (gradient)
        f32_store_part(gradient, f32_pair_times_scale(r.slope, with), left);
    return r;
}
/* `count` vectors from i on, the first of which is vector v; whole, or one that may be a part. apart: MAY_BE_OUTSIDE, with care, or
 * MAY_BE_CLOSE. Branches stand before and after: one in every vector takes 10 % longer. */
INLINE void f32_difference_group(const float *p, const float *t, float *gradient, size_t i, size_t n, size_t count, size_t v, int whole,
                                 const f32_loss_task *with, f32_differences *f, double_difference *exact, f32_outside *is_outside,
                                 int apart, f32_difference_sums *s, f32_late_slopes *late) {
    mf close[DIFFERENCES], any_close = f32_lt(f32_set(0), f32_set(0)), outside = any_close;
    for (size_t k = 0; k < count && apart & MAY_BE_OUTSIDE; ++k) {
        const size_t at = i + k * F32_LANES;
        outside = f32_mask_or(outside, is_outside(whole ? f32_load(t + at) : f32_load_part(t + at, lanes_left(n, at, F32_LANES))));
    }
    if (apart & MAY_BE_OUTSIDE && UNLIKELY(f32_mask_any(outside))) {
        for (size_t k = 0; k < count; ++k) {
            const size_t at = i + k * F32_LANES, left = whole ? F32_LANES : n - at;
            f32_difference_step(p + at, t + at, gradient ? gradient + at : NULL, left, with, f, exact, 1, s, (k + v) % F32_VECTORS);
        }
        return;
    }
    for (size_t k = 0; k < count; ++k) {
        const size_t at = i + k * F32_LANES, left = whole ? F32_LANES : n - at;
        const f32_difference r =
            f32_difference_step(p + at, t + at, gradient ? gradient + at : NULL, left, with, f, exact, 0, s, (k + v) % F32_VECTORS);
        close[k] = r.close, any_close = f32_mask_or(any_close, r.close);
    }
    if (gradient && apart & MAY_BE_CLOSE && UNLIKELY(f32_mask_any(any_close)))
        for (size_t k = 0; k < count; ++k)
            late->count += i32_compress_positions(close[k], (int32_t)(i + k * F32_LANES), late->at + late->count);
}
/* NaN where no more than 1/64 of the size is left, or where that is not finite */
INLINE double_pair f32_difference_total(const f32_difference_sums *s) {
    const double left = f64_lanes_sum(s->sum) + f64_lanes_sum(f64_lanes_of(s->low)), size = f64_lanes_sum(f64_lanes_of(s->size));
    const double_pair sum = {fabs(left) >= 0.015625 * size && fabs(left) < INFINITY ? left : NAN, 0};
    return sum;
}
INLINE double_pair f32_difference_sum(const float *p, const float *t, float *gradient, size_t n, const f32_loss_task *task,
                                      f32_differences *f, double_difference *exact, f32_outside *is_outside, int apart, wide_loss *wide) {
    enum { GROUP = DIFFERENCES * F32_LANES };
    const f32_loss_task own = *task, *const with = &own; /* as in f32_terms_sum */
    const f32_lanes zero = f32_lanes_set(0);
    f32_difference_sums s = {f64_lanes_set(0), zero, zero};
    f32_late_slopes late;
    const size_t ahead = loss_lines_ahead() * f32_loss_line;
    size_t i = 0;
    late.count = 0;
    for (; i + GROUP <= n; i += GROUP) {
        for (size_t at = i; gradient && at < i + GROUP; at += f32_loss_line) PREFETCH_TO_WRITE(gradient + at + ahead);
        f32_difference_group(p, t, gradient, i, n, DIFFERENCES, 0, 1, with, f, exact, is_outside, apart, &s, &late);
        if (gradient && apart & MAY_BE_CLOSE && UNLIKELY(late.count > LATE - GROUP)) f32_run_late(p, t, gradient, &late, with, wide);
    }
    for (size_t v = 0; i < n; i += F32_LANES, ++v)
        f32_difference_group(p, t, gradient, i, n, 1, v, 0, with, f, exact, is_outside, apart, &s, &late);
    if (gradient && apart & MAY_BE_CLOSE && late.count) f32_run_late(p, t, gradient, &late, with, wide);
    return f32_difference_total(&s);
}
/* name_difference has sums, and slopes, name_outside where it takes care, name_value the losses that are stored */
#define POINTWISE_DIFFERENCE_KERNEL(name, count, apart, usable)                                                                     \
    NOINLINE double_pair name##_sum_f32(const float *pred, const float *target, float *gradient, size_t n, const f32_loss_task *with) { \
        f32_differences *const f = name##_difference;                                                                              \
        double_difference *const exact = name##_exact;                                                                             \
        if (gradient)                                                                                                              \
            return f32_difference_sum(pred, target, gradient, n, with, f, exact, name##_outside, apart, name##_loss_wide);        \
        return f32_difference_sum(pred, target, NULL, n, with, f, exact, name##_outside, apart, name##_loss_wide);                \
    }                                                                                                                               \
    INLINE f32_each_terms name##_each_terms_f32(vf pred, vf target, const f32_loss_task *with, int wants, const vf *weight) {       \
        const f32_difference r = name##_difference(pred, target, f32_set(0), 0);                                                   \
        const f32_loss_terms terms = {name##_value(pred, target), f32_pair_unless(r.close, r.slope), f32_lt(pred, pred)};          \
        UNUSED(wants);                                                                                                             \
        return f32_each_of_terms(terms, with, weight);                                                                             \
    }                                                                                                                               \
    EACH_KERNEL(name, f32, float, name##_loss_wide)                                                                                 \
    FLOAT_LANES_TASK(name, count, usable)
#endif
