/* (pred - target)^2 and its gradient 2 (pred - target), both times the weight. Sums are taken of blocks of 16384 and added in order.
 *
 * float: up to 512 elements differences, squares and sums in double, rounded once. Beyond, rounded differences, their squares in float
 * lanes with compensation, blocks in pairs of doubles: 0.095 ns instead of 0.149. What rounding the differences took stays: the mean is
 * within 0.6 ulp on random data (docs/accuracy.md), within 1.9 where one element outweighs all others, 2.4 on data made to round one
 * way, 4.5 at most.
 * Gradients without weights are d (c + c_low), c + c_low = 2 gradient_scale: within 1.5 ulp. With weights, or losses one by one, all
 * is rounded once.
 * double: differences, squares and sums are pairs; elements, gradients and means are rounded once.
 * Subnormal gradients are within one unit of the last place. The mean of 2^25 ones is exactly 1. */
#include "pointwise.h"

INLINE f32_loss_product f32_squared_error(vf pred, vf target, const vf *parameter) {
    const vf d = pred - target;
    const f32_loss_product r = {d, d, d};
    UNUSED(parameter);
    return r;
}

/* ---- float, neither weights nor separate losses ---- */

/* sums in double lanes, which everything fits */
INLINE vd f32_squared_error_add(vd sum, vd p, vd t) {
    const vd d = p - t;
    return f64_fma(d, d, sum);
}
NOINLINE double f32_squared_error_wide(const float *p, const float *t, size_t count) {
    f64_lanes sum = f64_lanes_set(0);
    size_t i = 0;
    for (; i + SUM_LANES <= count; i += SUM_LANES)
        for (size_t v = 0, at = i; v < F64_VECTORS; ++v, at += F64_LANES)
            sum.lane[v] = f32_squared_error_add(sum.lane[v], f64_load_f32(p + at), f64_load_f32(t + at));
    for (size_t v = 0, at = i; v < F64_VECTORS && at < count; ++v, at += F64_LANES) {
        const size_t left = lanes_left(count, at, F64_LANES);
        sum.lane[v] = f32_squared_error_add(sum.lane[v], f64_load_f32_part(p + at, left), f64_load_f32_part(t + at, left));
    }
    return f64_lanes_sum(sum);
}
INLINE vf f32_slope_exact(vf p, vf t, vd c) {
    return f32_from_f64((f64_from_f32_low(p) - f64_from_f32_low(t)) * c, (f64_from_f32_high(p) - f64_from_f32_high(t)) * c);
}
INLINE vf f32_slope_checked(vf p, vf t, const f32_slope *c) {
    const vf slope = f32_slope_times(p - t, c), finite = slope - slope; /* not 0 where infinite or undefined */
    if (LIKELY(!c->wide && !f32_mask_any(f32_unordered(finite, finite)))) return slope;
    const vf exact = f32_slope_exact(p, t, c->exact);
    return f32_canonical(c->wide ? exact : f32_select(f32_unordered(finite, finite), exact, slope));
}
NOINLINE void f32_squared_error_slopes(const float *p, const float *t, float *gradient, size_t count, const f32_slope *c) {
    size_t i = 0;
    for (; i + F32_LANES <= count; i += F32_LANES) f32_store(gradient + i, f32_slope_checked(f32_load(p + i), f32_load(t + i), c));
    if (i < count) f32_store_part(gradient + i, f32_slope_checked(f32_load_part(p + i, count - i), f32_load_part(t + i, count - i), c), count - i);
}
/* in place, slopes wait for the sum: it may have to be taken again */
INLINE double f32_squared_error_block(const float *p, const float *t, float *gradient, size_t count, const f32_slope *c) {
    const int apart = gradient && (gradient == p || gradient == t || c->wide);
    const f32_loss_task with = {c, NULL};
    double sum = apart || !gradient ? f32_loss_sum(p, t, NULL, count, &with, f32_squared_error) : f32_loss_sum(p, t, gradient, count, &with, f32_squared_error);
    const int fits = f32_loss_sum_fits(sum);
    if (UNLIKELY(!fits)) sum = f32_squared_error_wide(p, t, count);
    if (apart || (gradient && UNLIKELY(!fits))) f32_squared_error_slopes(p, t, gradient, count, c);
    return sum;
}
NOINLINE double f32_squared_error_few(const float *p, const float *t, float *gradient, size_t count, const f32_slope *c) {
    const double sum = f32_squared_error_wide(p, t, count);
    if (gradient) f32_squared_error_slopes(p, t, gradient, count, c);
    return sum;
}

/* ---- weights, losses one by one, and all of double: in pairs ---- */
typedef struct {
    f64_pair_lanes loss, weight;
} f64_error_sums;

/* one vector of doubles: its losses, and its gradients in *slope; weight is 1 when not weighted */
INLINE vd f64_squared_error(vd p, vd t, int weighted, vd weight, f64_pair c, f64_pair *sum, vd *slope) {
    const f64_pair difference = f64_sum(p, f64_set(0) - t);
    const f64_pair d = f64_pair_of(difference.high, f64_finite_low(difference.high, difference.low));
    f64_pair loss = f64_pair_square(d);
    if (weighted) {
        loss = f64_pair_product(loss, f64_pair_of(weight, f64_set(0)));
        c = f64_product(weight, c.high);
    }
    loss.low = f64_finite_low(loss.high, loss.low);
    *sum = f64_pair_sum(*sum, loss);
    const f64_pair g = f64_pair_product(d, c);
    *slope = f64_canonical(g.high + f64_finite_low(g.high, g.low));
    return f64_canonical(loss.high + loss.low);
}

#define SQUARED_ERROR_PAIRS(type, T, LOAD, LOAD_PART)                                                                  \
    INLINE void type##_squared_error_vector(const T *p, const T *t, const T *weight, size_t left, vd c, f64_pair *sum, \
                                            f64_pair *weights, T *loss, T *gradient) {                                 \
        const int whole = left >= F64_LANES;                                                                           \
        const vd x = whole ? LOAD(p) : LOAD_PART(p, left), y = whole ? LOAD(t) : LOAD_PART(t, left);                   \
        vd slope, w = f64_set(1);                                                                                      \
        if (weight) {                                                                                                  \
            w = LOAD_PART(weight, left);                                                                               \
            *weights = f64_pair_sum(*weights, f64_pair_of(w, f64_set(0)));                                             \
        }                                                                                                              \
        const vd each = f64_squared_error(x, y, weight != NULL, w, f64_pair_of(c, f64_set(0)), sum, &slope);           \
        if (loss) type##_store_doubles(loss, each, left);                                                              \
        if (gradient) type##_store_doubles(gradient, slope, left);                                                     \
    }                                                                                                                  \
    INLINE void type##_squared_error_pairs_for(const T *p, const T *t, const T *weight, size_t count, double c,        \
                                               double_pair sums[2], T *loss, T *gradient) {                            \
        f64_pair_lanes sum = f64_pair_lanes_set(0), weights = f64_pair_lanes_set(0);                                   \
        for (size_t i = 0; i < count; i += SUM_LANES)                                                                  \
            for (size_t v = 0; v < F64_VECTORS; ++v) {                                                                 \
                const size_t at = i + v * F64_LANES;                                                                   \
                const size_t left = i + SUM_LANES <= count ? F64_LANES : lanes_left(count, at, F64_LANES);             \
                type##_squared_error_vector(p + at, t + at, weight ? weight + at : NULL, left, f64_set(c), &sum.lane[v], \
                                            &weights.lane[v], loss ? loss + at : NULL, gradient ? gradient + at : NULL); \
            }                                                                                                          \
        sums[0] = f64_pair_lanes_sum(&sum, 0);                                                                         \
        sums[1] = f64_pair_lanes_sum(&weights, 0);                                                                     \
    }                                                                                                                  \
    /* one loop each for the calls that matter */                                                                      \
    NOINLINE void type##_squared_error_pairs(const T *p, const T *t, const T *weight, size_t count, double c,          \
                                             double_pair sums[2], T *loss, T *gradient) {                              \
        if (weight || loss)                                                                                            \
            type##_squared_error_pairs_for(p, t, weight, count, c, sums, loss, gradient);                              \
        else if (gradient)                                                                                             \
            type##_squared_error_pairs_for(p, t, NULL, count, c, sums, NULL, gradient);                                \
        else                                                                                                           \
            type##_squared_error_pairs_for(p, t, NULL, count, c, sums, NULL, NULL);                                    \
    }
INLINE void f32_store_doubles(float *p, vd x, size_t count) {
    double lane[F64_LANES];
    f64_store(lane, x);
    for (size_t k = 0; k < count; ++k) p[k] = (float)lane[k];
}
INLINE void f64_store_doubles(double *p, vd x, size_t count) {
    if (count >= F64_LANES)
        f64_store(p, x);
    else
        f64_store_part(p, x, count);
}
SQUARED_ERROR_PAIRS(f32, float, f64_load_f32, f64_load_f32_part)
SQUARED_ERROR_PAIRS(f64, double, f64_load, f64_load_part)

/* with the Hessian */
INLINE wide_loss_terms squared_error_loss_wide(vd pred, vd target, const vd *parameter, int wants) {
    const vd d = pred - target;
    const wide_loss_terms r = {d * d, d + d, f64_set(2)};
    (void)parameter, (void)wants;
    return r;
}
INLINE f64_loss_terms squared_error_loss_f64(vd pred, vd target, const vd *parameter, int wants) {
    const f64_pair d = f64_pair_difference(pred, target);
    const f64_loss_terms r = {f64_pair_square(d), f64_pair_scaled(d, f64_set(2)), f64_pair_set(2, 0)};
    (void)parameter, (void)wants;
    return r;
}
POINTWISE_KERNEL(squared_error, f32, float, wide, 0, 0) POINTWISE_TASK(squared_error, f32, 0)
POINTWISE_KERNEL(squared_error, f64, double, f64, 0, 0) POINTWISE_TASK(squared_error, f64, 0)

static void loss_mean_squared_error_f32(const loss_task *task) {
    if (task->hessian) {
        loss_squared_error_f32(task);
        return;
    }
    const float *p = task->pred, *t = task->target, *w = task->weight;
    float *each = task->loss, *g = task->gradient;
    const size_t n = task->n;
    const double gradient_scale = task->gradient_scale;
    const f32_slope c = f32_slope_of(2 * gradient_scale);
    double_pair total[2] = {{0, 0}, {0, 0}};
    for (size_t i = 0; i < n; i += LOSS_BLOCK) {
        const size_t count = n - i < LOSS_BLOCK ? n - i : LOSS_BLOCK;
        double_pair block[2] = {{0, 0}, {(double)count, 0}};
        if (w || each)
            f32_squared_error_pairs(p + i, t + i, w ? w + i : NULL, count, 2 * gradient_scale, block, each ? each + i : NULL, g ? g + i : NULL);
        else if (n <= LOSS_EXACT)
            block[0].high = f32_squared_error_few(p, t, g, n, &c);
        else
            block[0].high = f32_squared_error_block(p + i, t + i, g ? g + i : NULL, count, &c);
        for (int k = 0; k < 2; ++k) total[k] = double_pair_sum(total[k], block[k]);
    }
    loss_report(task, total);
}
static void loss_mean_squared_error_f64(const loss_task *task) {
    if (task->hessian) {
        loss_squared_error_f64(task);
        return;
    }
    const double *p = task->pred, *t = task->target, *w = task->weight;
    double *each = task->loss, *g = task->gradient;
    const size_t n = task->n;
    const double gradient_scale = task->gradient_scale;
    double_pair total[2] = {{0, 0}, {0, 0}};
    for (size_t i = 0; i < n; i += LOSS_BLOCK) {
        const size_t count = n - i < LOSS_BLOCK ? n - i : LOSS_BLOCK;
        double_pair block[2];
        f64_squared_error_pairs(p + i, t + i, w ? w + i : NULL, count, 2 * gradient_scale, block, each ? each + i : NULL, g ? g + i : NULL);
        for (int k = 0; k < 2; ++k) total[k] = double_pair_sum(total[k], block[k]);
    }
    loss_report(task, total);
}
