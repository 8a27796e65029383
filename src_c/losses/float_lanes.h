/* Light losses of float arrays in float lanes: the mean without weights, its gradient, or both. Nanoseconds an element at 65 536, in one
 * run: mean_absolute_error 0.137, with its gradient 0.163; pinball, which is as light, in double lanes 0.215 and 0.406.
 *
 * A loss is a product of two numbers that are rounded at most once (a difference, say). Products are summed in 32 lanes, and what this
 * takes away is summed beside them; blocks in pairs of doubles. What rounding the factors took stays: means are within 1.7 ulp on all that
 * was swept (docs/accuracy.md), 4.5 at most. Up to 512 elements, and where a sum leaves the range of float lanes, double lanes decide.
 * Gradients are slope (c + c_low), c + c_low the scale that they have in common: within 1.5 ulp, however many there are; where this leaves
 * the range, double lanes decide. */
#ifndef FASTACT_LOSSES_FLOAT_LANES_H
#define FASTACT_LOSSES_FLOAT_LANES_H
#include "../loops/reduce.h"
#include <string.h>

enum { LOSS_EXACT = 512, LOSS_GROUP = 32, LOSS_VECTORS = LOSS_GROUP / F32_LANES, LOSS_AHEAD = 256 };

/* what slopes are multiplied by, as high + low, and the parameters; the same for double lanes, whose gradients have no factor left */
typedef struct {
    vf high, low, parameter[MAX_PARAMETERS];
    vd scale, wide_parameter[MAX_PARAMETERS];
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

/* a loss is a b; its derivative, but for the scale of f32_loss_task, is slope */
typedef struct {
    vf a, b, slope;
} f32_loss_product;
typedef f32_loss_product f32_product(vf pred, vf target, const vf *parameter);

/* Losses summed in 32 float lanes: high, and in low what its roundings took away. */
typedef struct {
    vf high[LOSS_VECTORS], low[LOSS_VECTORS];
} f32_loss_sums;

INLINE void f32_loss_group(const vf *p, const vf *t, float *gradient, const f32_loss_task *with, f32_product *f, f32_loss_sums *s) {
    for (int v = 0; v < LOSS_VECTORS; ++v) {
        const f32_loss_product loss = f(p[v], t[v], with->parameter);
        const vf sum = f32_fma(loss.a, loss.b, s->high[v]);
        s->low[v] = s->low[v] + f32_fms(loss.a, loss.b, sum - s->high[v]);
        s->high[v] = sum;
        if (gradient) f32_store(gradient + v * F32_LANES, f32_slope_times(loss.slope, with));
    }
}
INLINE void f32_loss_group_at(const float *p, const float *t, float *gradient, const f32_loss_task *with, f32_product *f, f32_loss_sums *s) {
    vf x[LOSS_VECTORS], y[LOSS_VECTORS];
    for (int v = 0; v < LOSS_VECTORS; ++v) x[v] = f32_load(p + v * F32_LANES), y[v] = f32_load(t + v * F32_LANES);
    f32_loss_group(x, y, gradient, with, f, s);
}
/* fewer than a group, at these lanes; the others hold what loses nothing */
#define LOSS_PADDING 0x1.8p63f /* its own target, and beyond every margin */
INLINE void f32_loss_lanes(size_t lane, size_t count, const float *p, const float *t, float *gradient, const f32_loss_task *with,
                           f32_product *f, f32_loss_sums *s) {
    float pad[3][LOSS_GROUP];
    for (int i = 0; i < LOSS_GROUP; ++i) pad[0][i] = pad[1][i] = LOSS_PADDING;
    memcpy(pad[0] + lane, p, count * sizeof(float));
    memcpy(pad[1] + lane, t, count * sizeof(float));
    f32_loss_group_at(pad[0], pad[1], gradient ? pad[2] : NULL, with, f, s);
    if (gradient) memcpy(gradient, pad[2] + lane, count * sizeof(float));
}
INLINE size_t f32_loss_groups(size_t i, const float *p, const float *t, int p_apart, int t_apart, float *gradient, size_t count,
                              const f32_loss_task *with, f32_product *f, f32_loss_sums *s) {
    f32_reader preds = f32_reader_at(p + i), targets = f32_reader_at(t + i);
    for (; i + 2 * LOSS_GROUP <= count; i += LOSS_GROUP) { /* readers look around: not at the last group */
        vf x[LOSS_VECTORS], y[LOSS_VECTORS];
        for (int v = 0; v < LOSS_VECTORS; ++v) {
            if (gradient && v * F32_LANES % 16 == 0) PREFETCH_TO_WRITE(gradient + i + LOSS_AHEAD + v * F32_LANES);
            x[v] = p_apart ? f32_read(&preds) : f32_load(p + i + v * F32_LANES);
            y[v] = t_apart ? f32_read(&targets) : f32_load(t + i + v * F32_LANES);
        }
        f32_loss_group(x, y, gradient ? gradient + i : NULL, with, f, s);
    }
    return i;
}
/* The lane a sum begins with is where gradient (or pred) lies in its line: no store straddles two lines, nor does a load where the
 * arrays lie alike. Every lane sums the same elements in the same order wherever it stands. */
INLINE double f32_loss_sum(const float *p, const float *t, float *gradient, size_t count, const f32_loss_task *task, f32_product *f) {
    const f32_loss_task own = *task, *const with = &own; /* which no store to gradient can change: 16 % less time */
    const float *first = gradient ? gradient : p;
    const size_t begin = (uintptr_t)first % 64 / sizeof(float), head = count < LOSS_GROUP - begin ? count : LOSS_GROUP - begin;
    f32_loss_sums s;
    size_t i = head;
    for (int v = 0; v < LOSS_VECTORS; ++v) s.high[v] = s.low[v] = f32_set(0);
    f32_loss_lanes(begin, head, p, t, gradient, with, f, &s);
    if (count >= 3 * LOSS_GROUP) {
        const int p_apart = ((uintptr_t)p - (uintptr_t)first) % 64 != 0, t_apart = ((uintptr_t)t - (uintptr_t)first) % 64 != 0;
        if (p_apart)
            i = f32_loss_groups(i, p, t, 1, 1, gradient, count, with, f, &s);
        else if (t_apart)
            i = f32_loss_groups(i, p, t, 0, 1, gradient, count, with, f, &s);
        else
            i = f32_loss_groups(i, p, t, 0, 0, gradient, count, with, f, &s);
    }
    for (; i + LOSS_GROUP <= count; i += LOSS_GROUP) f32_loss_group_at(p + i, t + i, gradient ? gradient + i : NULL, with, f, &s);
    if (i < count) f32_loss_lanes(0, count - i, p + i, t + i, gradient ? gradient + i : NULL, with, f, &s);
    float turned[2][2 * LOSS_GROUP];
    for (int v = 0; v < 2 * LOSS_VECTORS; ++v) {
        f32_store(turned[0] + v * F32_LANES, s.high[v % LOSS_VECTORS]);
        f32_store(turned[1] + v * F32_LANES, s.low[v % LOSS_VECTORS]);
    }
    f64_lanes half[2];
    for (int k = 0; k < 2; ++k) {
        f32_lanes high, low;
        for (int v = 0; v < F32_VECTORS; ++v) {
            const size_t at = begin + (k * F32_VECTORS + v) * F32_LANES;
            high.lane[v] = f32_load(turned[0] + at);
            low.lane[v] = f32_load(turned[1] + at);
        }
        half[k] = f64_lanes_add(f64_lanes_of(high), f64_lanes_of(low));
    }
    return f64_lanes_sum(f64_lanes_add(half[0], half[1]));
}
/* nothing overflowed, nothing that was lost below the smallest number counts; false for NaN */
INLINE int f32_loss_sum_fits(double sum) { return fabs(sum) >= 0x1p-60 && fabs(sum) <= 0x1p120; }
#endif
