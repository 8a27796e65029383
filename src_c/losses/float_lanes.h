/* Light losses of float arrays in float lanes: the mean without weights, its gradient, or both.
 *
 * A loss is a product of two numbers that are rounded at most once (a difference, say). Products are summed in 64 lanes (32 wait for each
 * other: 0.045 ns an element instead of 0.037 on a Zen 5), and what this takes away is summed beside them; blocks in pairs of doubles. What
 * rounding the factors took stays out of sums, not out of losses that are stored: means are within 1.7 ulp on all that was swept
 * (docs/accuracy.md), 4.5 at most. Up to 512 elements, and where a sum leaves the range of float lanes, double lanes decide.
 * Gradients are slope (c + c_low), c + c_low the scale that they have in common: within 1.5 ulp, however many there are; where this leaves
 * the range, double lanes decide. */
#ifndef FASTACT_LOSSES_FLOAT_LANES_H
#define FASTACT_LOSSES_FLOAT_LANES_H
#include "../loops/reduce.h"
#include <string.h>

enum { LOSS_EXACT = 512, LOSS_GROUP = 64, LOSS_VECTORS = LOSS_GROUP / F32_LANES, LOSS_LOWS = LOSS_VECTORS / 2 };
enum { LOSS_AHEAD = 256, LOSS_NEAR = 64 };

/* what slopes are multiplied by, as high + low, and the parameters; the same for double lanes, whose gradients have no factor left */
typedef struct {
    vf high, low, parameter[MAX_PARAMETERS];
    vd scale, wide_parameter[MAX_PARAMETERS];
    int streams; /* whether gradients beside a sum go around the cache */
} f32_loss_task;
INLINE vf f32_slope_times(vf d, const f32_loss_task *with) { return f32_fma(d, with->high, d * with->low); }
INLINE f32_loss_task f32_loss_task_of(double scale, double gradient_scale, const double *parameters, int count) {
    const float high = (float)scale;
    f32_loss_task with = {.high = f32_set(high), .low = f32_set((float)(scale - high)), .scale = f64_set(gradient_scale)};
    for (int k = 0; k < count; ++k) with.parameter[k] = f32_set((float)parameters[k]), with.wide_parameter[k] = f64_set(parameters[k]);
    return with;
}
/* whether float lanes can scale by it */
INLINE int f32_slope_fits(double scale) { return fabs(scale) >= 0x1p-60 && fabs(scale) <= 0x1p60; }

/* a loss is a b, and what rounding the factors took from it is low, which sums leave out; its derivative, but for the scale of
 * f32_loss_task, is slope */
typedef struct {
    vf a, b, low, slope;
} f32_loss_product;
typedef f32_loss_product f32_product(vf pred, vf target, const vf *parameter);

/* Losses summed in 64 float lanes: high; and what its roundings took away, low, in 32, for which registers suffice. */
typedef struct {
    vf high[LOSS_VECTORS], low[LOSS_LOWS];
} f32_loss_sums;

/* one vector; of its gradients `left` are there */
INLINE void f32_loss_add(vf x, vf y, float *gradient, size_t left, int stream, const f32_loss_task *with, f32_product *f, vf *high,
                         vf *low) {
    const f32_loss_product loss = f(x, y, with->parameter);
    const vf sum = f32_fma(loss.a, loss.b, *high);
    *low = *low + f32_fms(loss.a, loss.b, sum - *high);
    *high = sum;
    if (!gradient) return;
    const vf slope = f32_slope_times(loss.slope, with);
    if (stream)
        f32_stream(gradient, slope);
    else if (left >= F32_LANES)
        f32_store(gradient, slope);
    else
        f32_store_part(gradient, slope, left);
}
/* fewer than a group, in the first lanes; the others lose nothing */
#define LOSS_PADDING 0x1.8p63f /* its own target, and beyond every margin */
INLINE void f32_loss_few(const float *p, const float *t, float *gradient, size_t count, const f32_loss_task *with, f32_product *f,
                         f32_loss_sums *s) {
    const vf padding = f32_set(LOSS_PADDING);
    for (size_t v = 0; v * F32_LANES < count; ++v) {
        const size_t at = v * F32_LANES, left = lanes_left(count, at, F32_LANES);
        const vf x = f32_load_part_or(p + at, left, padding), y = f32_load_part_or(t + at, left, padding);
        f32_loss_add(x, y, gradient ? gradient + at : NULL, left, 0, with, f, &s->high[v], &s->low[v % LOSS_LOWS]);
    }
}
/* whole groups */
INLINE size_t f32_loss_groups(size_t i, const float *p, const float *t, int p_apart, int t_apart, int stream, float *gradient, size_t count,
                              const f32_loss_task *with, f32_product *f, f32_loss_sums *s) {
    f32_reader preds = f32_reader_at(p + i), targets = f32_reader_at(t + i);
    const size_t after = p_apart || t_apart ? LOSS_GROUP : 0; /* readers look around: not at the last group */
    const size_t ahead = fastact_full_width_costs ? LOSS_AHEAD : LOSS_NEAR; /* the former costs a Zen 5 15 % from its third cache on */
    f32_loss_sums own = *s;
    for (; i + LOSS_GROUP + after <= count; i += LOSS_GROUP)
        for (size_t v = 0; v < LOSS_VECTORS; ++v) {
            const size_t at = i + v * F32_LANES;
            if (gradient && !stream && v * F32_LANES % 16 == 0) PREFETCH_TO_WRITE(gradient + at + ahead);
            const vf x = p_apart ? f32_read(&preds) : f32_load(p + at), y = t_apart ? f32_read(&targets) : f32_load(t + at);
            f32_loss_add(x, y, gradient ? gradient + at : NULL, F32_LANES, stream, with, f, &own.high[v], &own.low[v % LOSS_LOWS]);
        }
    *s = own;
    return i;
}
/* lane i becomes lane i + by */
INLINE void f32_turn(vf *lanes, size_t vectors, size_t by) {
    float twice[2 * LOSS_GROUP];
    const size_t count = vectors * F32_LANES, first = count - by % count;
    for (size_t v = 0; v < 2 * vectors; ++v) f32_store(twice + v * F32_LANES, lanes[v % vectors]);
    for (size_t v = 0; v < vectors; ++v) lanes[v] = f32_load(twice + first + v * F32_LANES);
}
INLINE void f32_loss_turn(f32_loss_sums *s, size_t by) {
    f32_turn(s->high, LOSS_VECTORS, by);
    f32_turn(s->low, LOSS_LOWS, by);
}
INLINE f32_lanes f32_lanes_at(const vf *lanes) {
    f32_lanes s;
    for (int v = 0; v < F32_VECTORS; ++v) s.lane[v] = lanes[v];
    return s;
}
/* Loss i belongs to lane i mod 64. Groups begin where gradient (or pred) begins a line, so that no store straddles two, nor does a load
 * where the arrays lie alike: the lanes of the losses before are the last ones there, and at the end all are turned back. */
INLINE double f32_loss_sum(const float *p, const float *t, float *gradient, size_t count, const f32_loss_task *task, f32_product *f) {
    const f32_loss_task own = *task, *const with = &own; /* which no store to gradient can change: 16 % less time */
    const float *const first = gradient ? gradient : p;
    const size_t to_line = (0 - (uintptr_t)first / sizeof(float)) % 16, head = to_line < count ? to_line : count;
    const int read = fastact_full_width_costs && count >= 3 * LOSS_GROUP; /* by readers what lies apart */
    const int p_apart = read && ((uintptr_t)p - (uintptr_t)first) % 64 != 0, t_apart = read && ((uintptr_t)t - (uintptr_t)first) % 64 != 0;
    f32_loss_sums s;
    for (int v = 0; v < LOSS_VECTORS; ++v) s.high[v] = f32_set(0);
    for (int v = 0; v < LOSS_LOWS; ++v) s.low[v] = f32_set(0);
    if (head) {
        f32_loss_few(p, t, gradient, head, with, f, &s);
        f32_loss_turn(&s, LOSS_GROUP - head);
    }
    size_t i = head;
    if (p_apart)
        i = f32_loss_groups(i, p, t, 1, 1, 0, gradient, count, with, f, &s);
    else if (t_apart)
        i = f32_loss_groups(i, p, t, 0, 1, 0, gradient, count, with, f, &s);
    else if (gradient && with->streams) {
        i = f32_loss_groups(i, p, t, 0, 0, 1, gradient, count, with, f, &s);
        STREAM_FENCE();
    }
    i = f32_loss_groups(i, p, t, 0, 0, 0, gradient, count, with, f, &s);
    if (i < count) f32_loss_few(p + i, t + i, gradient ? gradient + i : NULL, count - i, with, f, &s);
    if (head) f32_loss_turn(&s, head);
    f64_lanes sum = f64_lanes_set(0);
    for (int v = 0; v < LOSS_VECTORS; v += F32_VECTORS) sum = f64_lanes_add(sum, f64_lanes_of(f32_lanes_at(s.high + v)));
    for (int v = 0; v < LOSS_LOWS; v += F32_VECTORS) sum = f64_lanes_add(sum, f64_lanes_of(f32_lanes_at(s.low + v)));
    return f64_lanes_sum(sum);
}
/* nothing overflowed, nothing that was lost below the smallest number counts; false for NaN */
INLINE int f32_loss_sum_fits(double sum) { return fabs(sum) >= 0x1p-60 && fabs(sum) <= 0x1p120; }
#endif
