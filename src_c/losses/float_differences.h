/* Losses of float arrays that are one product less another, a b - c d, either of which may be far larger than their difference: the mean
 * without weights, its gradient, or both. Nanoseconds an element at 65 536, this, a sum of differences (float_terms.h) and JAX: half_poisson
 * 0.19, 0.28 and 0.69, with its gradient 0.28, 0.45 and 0.93; kl_div 0.16, 0.25 and 0.56, 0.18, 0.27 and 0.68.
 *
 * Each product has 16 float lanes of its own, and what their sums round away is summed beside: no product is rounded, nor does it take
 * more than four operations. A block of which too little is left for its error has its sum from double lanes. */
#ifndef FASTACT_LOSSES_FLOAT_DIFFERENCES_H
#define FASTACT_LOSSES_FLOAT_DIFFERENCES_H

/* What is added to the sum of first products, `sum` after it, and what that takes away; the loss is that less c d, right to 2^-29.4 of size. */
typedef struct {
    vf sum, lost, size, c, d;
    f32_pair slope;
    mf outside, close; /* whether all this holds only with care; whether double lanes have the derivative */
} f32_difference;
/* careful: whether to look after lanes that are outside */
typedef f32_difference f32_differences(vf pred, vf target, vf sum, int careful);
typedef struct {
    f32_lanes first, second, low, size; /* of first products, of c d, what both lack, of sizes */
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
                                          f32_differences *f, int careful, f32_difference_sums *s, size_t v) {
    const int whole = left >= F32_LANES;
    const vf x = whole ? f32_load(p) : f32_load_part(p, left), y = whole ? f32_load(t) : f32_load_part(t, left), zero = f32_set(0);
    f32_difference r = f(x, y, s->first.lane[v], careful);
    if (!whole) {
        r.sum = f32_part_of(r.sum, left, s->first.lane[v]);
        r.lost = f32_part_of(r.lost, left, zero), r.size = f32_part_of(r.size, left, zero);
    }
    const vf second = f32_fma(r.c, r.d, s->second.lane[v]), lost = f32_fms(r.c, r.d, second - s->second.lane[v]);
    s->first.lane[v] = r.sum, s->second.lane[v] = second;
    s->low.lane[v] = s->low.lane[v] + (r.lost - lost);
    s->size.lane[v] = s->size.lane[v] + r.size;
    if (gradient && whole)
        f32_store(gradient, f32_pair_times_scale(r.slope, with));
    else if (gradient)
        f32_store_part(gradient, f32_pair_times_scale(r.slope, with), left);
    return r;
}
/* `count` vectors from i on, the first of which is vector v; whole, or one that may be a part. What is not asked for, `apart`, costs
 * nothing. Branches wait until the end: one in every vector takes 10 % longer. */
INLINE void f32_difference_group(const float *p, const float *t, float *gradient, size_t i, size_t n, size_t count, size_t v, int whole,
                                 const f32_loss_task *with, f32_differences *f, int apart, f32_difference_sums *s, f32_late_slopes *late) {
    const f32_difference_sums before = *s;
    const mf none = f32_lt(f32_set(0), f32_set(0));
    mf close[DIFFERENCES], any_close = none, outside = none;
    for (size_t k = 0; k < count; ++k) {
        const size_t at = i + k * F32_LANES, left = whole ? F32_LANES : n - at;
        const f32_difference r =
            f32_difference_step(p + at, t + at, gradient ? gradient + at : NULL, left, with, f, 0, s, (k + v) % F32_VECTORS);
        outside = f32_mask_or(outside, r.outside);
        close[k] = r.close, any_close = f32_mask_or(any_close, r.close);
    }
    if (apart & MAY_BE_OUTSIDE && UNLIKELY(f32_mask_any(outside))) {
        *s = before;
        for (size_t k = 0; k < count; ++k) {
            const size_t at = i + k * F32_LANES, left = whole ? F32_LANES : n - at;
            f32_difference_step(p + at, t + at, gradient ? gradient + at : NULL, left, with, f, 1, s, (k + v) % F32_VECTORS);
        }
    }
    if (gradient && apart & MAY_BE_CLOSE && UNLIKELY(f32_mask_any(any_close)))
        for (size_t k = 0; k < count; ++k)
            late->count += i32_compress_positions(close[k], (int32_t)(i + k * F32_LANES), late->at + late->count);
}
/* NaN where what is left of the sums is no more than 1/64 of the size, or so little that what their first steps lost may count: a sum
 * that is smaller than what is added to it loses some of that. */
INLINE double_pair f32_difference_total(const f32_difference_sums *s, size_t n) {
    const double first = f64_lanes_sum(f64_lanes_of(s->first)), second = f64_lanes_sum(f64_lanes_of(s->second));
    const double left = (first - second) + f64_lanes_sum(f64_lanes_of(s->low)), size = f64_lanes_sum(f64_lanes_of(s->size));
    const double_pair sum = {fabs(left) >= 0.015625 * size + (fabs(first) + fabs(second)) / (double)n ? left : NAN, 0};
    return sum;
}
INLINE double_pair f32_difference_sum(const float *p, const float *t, float *gradient, size_t n, const f32_loss_task *task,
                                      f32_differences *f, int apart, wide_loss *wide) {
    enum { GROUP = DIFFERENCES * F32_LANES };
    const f32_loss_task own = *task, *const with = &own; /* as in f32_terms_sum */
    const f32_lanes zero = f32_lanes_set(0);
    f32_difference_sums s = {zero, zero, zero, zero};
    f32_late_slopes late;
    const size_t ahead = loss_lines_ahead() * f32_loss_line;
    size_t i = 0;
    late.count = 0;
    for (; i + GROUP <= n; i += GROUP) {
        for (size_t at = i; gradient && at < i + GROUP; at += f32_loss_line) PREFETCH_TO_WRITE(gradient + at + ahead);
        f32_difference_group(p, t, gradient, i, n, DIFFERENCES, 0, 1, with, f, apart, &s, &late);
        if (gradient && apart & MAY_BE_CLOSE && UNLIKELY(late.count > LATE - GROUP)) f32_run_late(p, t, gradient, &late, with, wide);
    }
    for (size_t v = 0; i < n; i += F32_LANES, ++v) f32_difference_group(p, t, gradient, i, n, 1, v, 0, with, f, apart, &s, &late);
    if (gradient && apart & MAY_BE_CLOSE && late.count) f32_run_late(p, t, gradient, &late, with, wide);
    return f32_difference_total(&s, n);
}
/* name_difference has sums, and slopes; name_value the losses that are stored */
#define POINTWISE_DIFFERENCE_KERNEL(name, count, apart, usable)                                                                     \
    NOINLINE double_pair name##_sum_f32(const float *pred, const float *target, float *gradient, size_t n, const f32_loss_task *with) { \
        if (gradient) return f32_difference_sum(pred, target, gradient, n, with, name##_difference, apart, name##_loss_wide);      \
        return f32_difference_sum(pred, target, NULL, n, with, name##_difference, apart, name##_loss_wide);                        \
    }                                                                                                                               \
    INLINE f32_each_terms name##_each_terms_f32(vf pred, vf target, const f32_loss_task *with, int wants) {                         \
        const f32_difference r = name##_difference(pred, target, f32_set(0), 0);                                                   \
        const f32_pair value = name##_value(pred, target);                                                                         \
        const vf slope = f32_pair_times_scale(r.slope, with);                                                                      \
        const f32_each_terms e = {value.high + value.low, f32_select(r.close, f32_set(NAN), slope), f32_lt(pred, pred)};           \
        UNUSED(wants);                                                                                                             \
        return e;                                                                                                                   \
    }                                                                                                                               \
    EACH_KERNEL(name, f32, float, name##_loss_wide)                                                                                 \
    FLOAT_LANES_TASK(name, count, usable)
#endif
