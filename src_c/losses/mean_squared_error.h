/* (pred - target)^2 and its gradient 2 (pred - target), both times the weight. Sums are taken of blocks of 4096 and added in order.
 *
 * float: differences, squares and sums in double lanes, so that there is nothing to round before the mean. Gradients without weights
 * are d (c + c_low), d the rounded difference, c + c_low = 2 gradient_scale: within 1.5 ulp. All else is rounded once.
 * double: differences, squares and sums are pairs; elements, gradients and means are rounded once.
 * Subnormal gradients are within one unit of the last place. The mean of 2^25 ones is exactly 1. */
#include "../loops/reduce.h"
#include <string.h>

enum { LOSS_BLOCK = 4096, LOSS_GROUP = 64, LOSS_STRETCH = 1024 };

/* ---- float, neither weights nor separate losses ---- */

/* 32 lanes: groups of 16 by turns */
typedef struct {
    f64_lanes even, odd;
} f32_error_sums;

INLINE vd f32_squared_error_add(vd sum, const float *p, const float *t) {
    const vd d = f64_load_f32(p) - f64_load_f32(t);
    return f64_fma(d, d, sum);
}
INLINE void f32_squared_error_sums(const float *p, const float *t, size_t groups, f32_error_sums *sums) {
    f32_error_sums s = *sums; /* vectors may alias anything: only a copy stays in registers */
    for (const float *end = p + groups * LOSS_GROUP; p < end; p += LOSS_GROUP, t += LOSS_GROUP)
        for (int half = 0; half < LOSS_GROUP; half += 2 * SUM_LANES)
            for (int v = 0; v < F64_VECTORS; ++v) {
                const int at = half + v * F64_LANES;
                s.even.lane[v] = f32_squared_error_add(s.even.lane[v], p + at, t + at);
                s.odd.lane[v] = f32_squared_error_add(s.odd.lane[v], p + at + SUM_LANES, t + at + SUM_LANES);
            }
    *sums = s;
}
/* no difference so far is near overflow, infinite or NaN */
INLINE int f32_errors_moderate(const f32_error_sums *s) {
    md large = f64_not_le(s->even.lane[0], f64_set(0x1p240));
    for (int v = 0; v < F64_VECTORS; ++v)
        large = f64_mask_or(large, f64_mask_or(f64_not_le(s->even.lane[v], f64_set(0x1p240)), f64_not_le(s->odd.lane[v], f64_set(0x1p240))));
    return !f64_mask_any(large);
}

typedef struct {
    vf high, low;
    vd exact;
    int wide; /* beyond what float lanes can scale by */
} f32_slope;
INLINE f32_slope f32_slope_of(double gradient_scale) {
    const double c = 2 * gradient_scale;
    const float high = (float)c;
    const f32_slope s = {f32_set(high), f32_set((float)(c - high)), f64_set(c), !(fabs(c) >= 0x1p-60 && fabs(c) <= 0x1p60)};
    return s;
}
INLINE vf f32_slope_wide(const float *p, const float *t, vd c) {
    const vf x = f32_load(p), y = f32_load(t);
    return f32_canonical(f32_from_f64((f64_from_f32_low(x) - f64_from_f32_low(y)) * c, (f64_from_f32_high(x) - f64_from_f32_high(y)) * c));
}
INLINE void f32_squared_error_slopes(const float *p, const float *t, float *gradient, size_t groups, const f32_slope *c, int moderate) {
    const float *end = p + groups * LOSS_GROUP;
    for (; p < end; p += F32_LANES, t += F32_LANES, gradient += F32_LANES) {
        const vf d = f32_load(p) - f32_load(t);
        vf y = f32_fma(d, c->high, d * c->low);
        if (UNLIKELY(!moderate)) {
            const vf finite = y - y; /* not 0 for an infinite or undefined slope */
            y = f32_select(f32_eq(finite, f32_set(0)), y, f32_slope_wide(p, t, c->exact));
        }
        if (UNLIKELY(c->wide)) y = f32_slope_wide(p, t, c->exact);
        f32_store(gradient, y);
    }
}

/* sums first, slopes after: gradient may be pred or target */
INLINE void f32_squared_error_groups(const float *p, const float *t, float *gradient, size_t groups, const f32_slope *c, f32_error_sums *s) {
    f32_squared_error_sums(p, t, groups, s);
    if (gradient) {
        if (LIKELY(f32_errors_moderate(s) && !c->wide)) {
            const f32_slope plain = {c->high, c->low, c->exact, 0};
            f32_squared_error_slopes(p, t, gradient, groups, &plain, 1);
        } else
            f32_squared_error_slopes(p, t, gradient, groups, c, 0);
    }
}
INLINE double f32_squared_error_block(const float *p, const float *t, float *gradient, size_t count, const f32_slope *c) {
    f32_error_sums s = {f64_lanes_set(0), f64_lanes_set(0)};
    size_t i = 0;
    for (size_t left = count / LOSS_GROUP * LOSS_GROUP; i < left;) {
        const size_t stretch = left - i < LOSS_STRETCH ? left - i : LOSS_STRETCH;
        f32_squared_error_groups(p + i, t + i, gradient ? gradient + i : NULL, stretch / LOSS_GROUP, c, &s);
        i += stretch;
    }
    if (i < count) {
        float pad[3][LOSS_GROUP] = {{0}, {0}, {0}};
        memcpy(pad[0], p + i, (count - i) * sizeof(float));
        memcpy(pad[1], t + i, (count - i) * sizeof(float));
        f32_squared_error_groups(pad[0], pad[1], gradient ? pad[2] : NULL, 1, c, &s);
        if (gradient) memcpy(gradient + i, pad[2], (count - i) * sizeof(float));
    }
    return f64_lanes_sum(f64_lanes_add(s.even, s.odd));
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

static void loss_mean_squared_error_f32(size_t n, const void *pred, const void *target, const void *weight, double gradient_scale,
                                        double sums[2], void *loss, void *gradient) {
    const float *p = pred, *t = target, *w = weight;
    float *each = loss, *g = gradient;
    const f32_slope c = f32_slope_of(gradient_scale);
    double_pair total[2] = {{0, 0}, {0, 0}};
    for (size_t i = 0; i < n; i += LOSS_BLOCK) {
        const size_t count = n - i < LOSS_BLOCK ? n - i : LOSS_BLOCK;
        double_pair block[2] = {{0, 0}, {(double)count, 0}};
        if (w || each) {
            f32_squared_error_pairs(p + i, t + i, w ? w + i : NULL, count, 2 * gradient_scale, block, each ? each + i : NULL, g ? g + i : NULL);
        } else
            block[0].high = f32_squared_error_block(p + i, t + i, g ? g + i : NULL, count, &c);
        for (int k = 0; k < 2; ++k) total[k] = double_pair_sum(total[k], block[k]);
    }
    sums[0] = double_pair_value(total[0]);
    sums[1] = w ? double_pair_value(total[1]) : (double)n;
}
static void loss_mean_squared_error_f64(size_t n, const void *pred, const void *target, const void *weight, double gradient_scale,
                                        double sums[2], void *loss, void *gradient) {
    const double *p = pred, *t = target, *w = weight;
    double *each = loss, *g = gradient;
    double_pair total[2] = {{0, 0}, {0, 0}};
    for (size_t i = 0; i < n; i += LOSS_BLOCK) {
        const size_t count = n - i < LOSS_BLOCK ? n - i : LOSS_BLOCK;
        double_pair block[2];
        f64_squared_error_pairs(p + i, t + i, w ? w + i : NULL, count, 2 * gradient_scale, block, each ? each + i : NULL, g ? g + i : NULL);
        for (int k = 0; k < 2; ++k) total[k] = double_pair_sum(total[k], block[k]);
    }
    sums[0] = double_pair_value(total[0]);
    sums[1] = w ? double_pair_value(total[1]) : (double)n;
}
