/* Pointwise losses: a function of a prediction and its target, with its first two derivatives by the prediction.
 *
 * A loss is written once, in the words of as_wide.h, as_pairs.h and as_short_pairs.h, and compiled in all three meanings:
 *   float    in double lanes; what is stored is rounded once. exp_widened is right to 2^-32, so elements are within 0.51 ulp.
 *   double   in pairs of doubles, rounded once; tried in fewer operations first, with the same bits (short_pairs.h).
 * Its file ends in POINTWISE(name, number of parameters), which makes loss_name_f32 and loss_name_f64 of
 *   loss_terms NAMED(name)(vd pred, vd target, const vd *parameter, int wants)
 * `wants` says which of the terms are asked for; the others may be left 0. Of a NaN in pred or target the value is NaN by itself, what is
 * stored is made so here. POINTWISE_LIGHT, for losses that memory is waited for, compiles more loops; POINTWISE_FLOAT adds a kernel in
 * float lanes (float_lanes.h) from f32_loss_product name_product(vf pred, vf target, const vf *parameter), written IN_FLOAT_LANES;
 * POINTWISE_FLOAT_TIMES where slopes have a constant factor, or all is divided by a parameter; POINTWISE_TERMS is the same for losses with
 * exponentials and logarithms (float_terms.h), from f32_loss_terms name_terms(vf pred, vf target, int wants). Float lanes store every loss
 * too (float_each.h); weights and Hessians are for double lanes. What only one meaning has is written IN_FLOAT_LANES or IN_PAIRS.
 *
 * Values, weights and their sums run in 16 virtual lanes over blocks of 16384, double (float) or pairs (double); blocks are added in
 * order as pairs by the caller (split.c). Where a term times weight or scale is smaller than the smallest normal number, it was rounded
 * there before. */
#ifndef FASTACT_LOSSES_POINTWISE_H
#define FASTACT_LOSSES_POINTWISE_H
#include "float_lanes.h"

/* WANTS_EACH: losses in float lanes are stored, not summed; NaN where double lanes have one right where it cancels */
enum { WANTS_VALUE = 1, WANTS_GRADIENT = 2, WANTS_HESSIAN = 4, WANTS_EACH = 8 };

typedef struct {
    vd value, gradient, hessian;
} wide_loss_terms;
typedef struct {
    f64_pair value, gradient, hessian;
} f64_loss_terms;
typedef wide_loss_terms wide_loss(vd pred, vd target, const vd *parameter, int wants);
typedef f64_loss_terms f64_loss(vd pred, vd target, const vd *parameter, int wants);

INLINE int loss_wants(const loss_task *task) {
    return (task->range.sums ? WANTS_VALUE : 0) | (task->loss ? WANTS_VALUE : 0) | (task->gradient ? WANTS_GRADIENT : 0) |
           (task->hessian ? WANTS_HESSIAN : 0);
}
/* the others become 0 */
INLINE vd f64_first(vd x, size_t count) {
    double lane[F64_LANES];
    f64_store(lane, x);
    return f64_load_part(lane, count);
}
INLINE vd f64_nan_where(md m, vd x) { return f64_canonical(f64_select(m, f64_set(NAN), x)); }

/* what a block reads and writes; pointers of what is not there are NULL */
#define LOSS_ARRAYS(T)                                                                                                         \
    typedef struct {                                                                                                           \
        const T *pred, *target, *weight;                                                                                       \
        T *loss, *gradient, *hessian;                                                                                          \
        double scale;                                                                                                          \
    } loss_arrays_##T;                                                                                                         \
    INLINE loss_arrays_##T loss_arrays_from_##T(const loss_task *task, size_t i) {                                             \
        const T *p = task->pred, *t = task->target, *w = task->weight;                                                         \
        T *loss = task->loss, *gradient = task->gradient, *hessian = task->hessian;                                            \
        const loss_arrays_##T a = {p + i, t + i, w ? w + i : NULL, loss ? loss + i : NULL, gradient ? gradient + i : NULL,     \
                                   hessian ? hessian + i : NULL, task->gradient_scale};                                        \
        return a;                                                                                                              \
    }
LOSS_ARRAYS(float)
LOSS_ARRAYS(double)

/* ---- float ---- */

INLINE void wide_loss_store(float *p, vd x, md undefined, size_t left) {
    const vd y = f64_nan_where(undefined, x);
    if (LIKELY(left >= F64_LANES))
        f64_store_f32(p, y);
    else
        f64_store_f32_part(p, y, left);
}
/* one vector at i, of which `left` elements are there */
INLINE void wide_loss_step(const loss_arrays_float *a, size_t i, size_t left, int wants, const vd *parameter, wide_loss *f, vd *sum,
                           vd *weights) {
    const int whole = left >= F64_LANES;
    const vd x = LIKELY(whole) ? f64_load_f32(a->pred + i) : f64_load_f32_part(a->pred + i, left);
    const vd y = LIKELY(whole) ? f64_load_f32(a->target + i) : f64_load_f32_part(a->target + i, left);
    const md undefined = f64_unordered(x, y);
    wide_loss_terms term = f(x, y, parameter, wants);
    vd scale = f64_set(a->scale);
    if (a->weight) {
        const vd w = LIKELY(whole) ? f64_load_f32(a->weight + i) : f64_load_f32_part(a->weight + i, left);
        *weights = *weights + w;
        term.value = term.value * w;
        scale = scale * w;
    }
    if (a->loss) wide_loss_store(a->loss + i, term.value, undefined, left);
    if (wants & WANTS_VALUE) *sum = *sum + (LIKELY(whole) ? term.value : f64_first(term.value, left));
    if (wants & WANTS_GRADIENT) wide_loss_store(a->gradient + i, term.gradient * scale, undefined, left);
    if (wants & WANTS_HESSIAN) wide_loss_store(a->hessian + i, term.hessian * scale, undefined, left);
}
INLINE void wide_loss_block(const loss_arrays_float *a, size_t count, int wants, int grouped, const vd *parameter, wide_loss *f,
                            double_pair sums[2]) {
    f64_lanes sum = f64_lanes_set(0), weights = f64_lanes_set(0);
    size_t i = 0;
    for (; grouped && i + SUM_LANES <= count; i += SUM_LANES)
        for (int v = 0; v < F64_VECTORS; ++v)
            wide_loss_step(a, i + (size_t)v * F64_LANES, F64_LANES, wants, parameter, f, &sum.lane[v], &weights.lane[v]);
    for (; i < count; i += F64_LANES) {
        const size_t v = i / F64_LANES % F64_VECTORS;
        wide_loss_step(a, i, count - i, wants, parameter, f, &sum.lane[v], &weights.lane[v]);
    }
    sums[0].high = f64_lanes_sum(sum);
    sums[1].high = f64_lanes_sum(weights);
    sums[0].low = sums[1].low = 0;
}

/* ---- double ---- */

INLINE f64_pair f64_pair_finite(f64_pair a) { return f64_pair_of(a.high, f64_finite_low(a.high, a.low)); }
INLINE void f64_loss_store(double *p, f64_pair x, md undefined, size_t left) {
    const vd y = f64_nan_where(undefined, x.high + f64_finite_low(x.high, x.low));
    if (LIKELY(left >= F64_LANES))
        f64_store(p, y);
    else
        f64_store_part(p, y, left);
}
INLINE void f64_loss_step(const loss_arrays_double *a, size_t i, size_t left, int wants, const vd *parameter, f64_loss *f, f64_pair *sum,
                          f64_pair *weights) {
    const int whole = left >= F64_LANES;
    const vd x = LIKELY(whole) ? f64_load(a->pred + i) : f64_load_part(a->pred + i, left);
    const vd y = LIKELY(whole) ? f64_load(a->target + i) : f64_load_part(a->target + i, left);
    const md undefined = f64_unordered(x, y);
    f64_loss_terms term = f(x, y, parameter, wants);
    f64_pair scale = f64_pair_set(a->scale, 0);
    if (a->weight) {
        const vd w = LIKELY(whole) ? f64_load(a->weight + i) : f64_load_part(a->weight + i, left);
        *weights = f64_pair_sum(*weights, f64_pair_of(w, f64_set(0)));
        term.value = f64_pair_product(term.value, f64_pair_of(w, f64_set(0)));
        scale = f64_product(w, scale.high);
    }
    if (a->loss) f64_loss_store(a->loss + i, term.value, undefined, left);
    if (wants & WANTS_VALUE) {
        f64_pair value = f64_pair_finite(term.value);
        if (!LIKELY(whole)) value = f64_pair_of(f64_first(value.high, left), f64_first(value.low, left));
        *sum = f64_pair_sum(*sum, value);
    }
    if (wants & WANTS_GRADIENT) f64_loss_store(a->gradient + i, f64_pair_product(term.gradient, scale), undefined, left);
    if (wants & WANTS_HESSIAN) f64_loss_store(a->hessian + i, f64_pair_product(term.hessian, scale), undefined, left);
}
INLINE void f64_loss_block(const loss_arrays_double *a, size_t count, int wants, int grouped, const vd *parameter, f64_loss *f,
                           double_pair sums[2]) {
    f64_pair_lanes sum = f64_pair_lanes_set(0), weights = f64_pair_lanes_set(0);
    size_t i = 0;
    for (; grouped && i + SUM_LANES <= count; i += SUM_LANES)
        for (int v = 0; v < F64_VECTORS; ++v)
            f64_loss_step(a, i + (size_t)v * F64_LANES, F64_LANES, wants, parameter, f, &sum.lane[v], &weights.lane[v]);
    for (; i < count; i += F64_LANES) {
        const size_t v = i / F64_LANES % F64_VECTORS;
        f64_loss_step(a, i, count - i, wants, parameter, f, &sum.lane[v], &weights.lane[v]);
    }
    sums[0] = f64_pair_lanes_sum(&sum, 0);
    sums[1] = f64_pair_lanes_sum(&weights, 0);
}

#include "short_pairs.h"

/* ---- both ---- */

/* Light losses have a loop each for the two calls that matter, the mean alone and with its gradient. */
#define POINTWISE_KERNEL(name, type, T, arithmetic, count, light)                                                              \
    NOINLINE void name##_block_##type(const loss_task *task, size_t from, size_t n, int wants, const vd *parameter, double_pair sums[2]) { \
        loss_arrays_##T a = loss_arrays_from_##T(task, from);                                                                  \
        if (light && !a.weight && !a.loss && !a.hessian) {                                                                     \
            a.weight = NULL, a.loss = a.hessian = NULL;                                                                        \
            if (wants == WANTS_VALUE) {                                                                                        \
                arithmetic##_loss_block(&a, n, WANTS_VALUE, F64_LANES > 1, parameter, name##_loss_##arithmetic, sums);         \
                return;                                                                                                        \
            }                                                                                                                  \
            if (wants & WANTS_GRADIENT) {                                                                                      \
                arithmetic##_loss_block(&a, n, WANTS_VALUE | WANTS_GRADIENT, F64_LANES > 1, parameter, name##_loss_##arithmetic, sums); \
                return;                                                                                                        \
            }                                                                                                                  \
        }                                                                                                                      \
        arithmetic##_loss_block(&a, n, wants, 0, parameter, name##_loss_##arithmetic, sums);                                   \
    }
/* of doubles, for what the short way leaves */
#define POINTWISE_PAIRS_KERNEL(name, count)                                                                                    \
    SHORT_DECLARED(name)                                                                                                       \
    NOINLINE void name##_block_f64(const loss_task *task, size_t from, size_t n, int wants, const vd *parameter, double_pair sums[2]) { \
        const loss_arrays_double a = loss_arrays_from_double(task, from);                                                      \
        SHORT_OR(name)                                                                                                         \
        f64_loss_block(&a, n, wants, 0, parameter, name##_loss_f64, sums);                                                     \
    }                                                                                                                          \
    POINTWISE_TASK(name, f64, count)
#define POINTWISE_TASK(name, type, count) \
    static void loss_##name##_##type(const loss_task *task) { loss_blocks(task, name##_block_##type, count); }

typedef void loss_block(const loss_task *task, size_t from, size_t n, int wants, const vd *parameter, double_pair sums[2]);
typedef struct {
    double (*sum)(const float *pred, const float *target, float *gradient, size_t n, const f32_loss_task *with);
    void (*each)(const float *pred, const float *target, float *loss, float *gradient, size_t n, const f32_loss_task *with);
    loss_block *wide;
    int parameters, narrow_parameters; /* how many there are, and how many float lanes read */
    size_t exact;                      /* up to so many elements double lanes decide */
    int zero_is_exact;                 /* a sum of 0 is not what underflow left */
    double factor;                     /* what slopes are still to be multiplied by */
    int divisor;                       /* the parameter that sums and slopes are still to be divided by, or NO_DIVISOR */
} f32_light_loss;
NOINLINE void loss_blocks(const loss_task *task, loss_block *run, int parameters) {
    const int wants = loss_wants(task);
    double_pair block[2];
    vd parameter[MAX_PARAMETERS];
    for (int k = 0; k < parameters; ++k) parameter[k] = f64_set(task->parameters[k]);
    for (size_t from = task->range.begin; from < task->range.end; from += LOSS_BLOCK) {
        run(task, from, loss_block_count(&task->range, from), wants, parameter, block);
        loss_report(&task->range, from, block[0], block[1]);
    }
}

/* ---- light losses of float arrays ---- */

enum { NO_DIVISOR = -1 };

/* whether float lanes hold the parameters, and products with them stay in range */
INLINE int f32_parameters_fit(const double *parameters, int count) {
    int fit = 1;
    for (int k = 0; k < count; ++k) fit &= (double)(float)parameters[k] == parameters[k] && fabs(parameters[k]) <= 0x1p60;
    return fit;
}
/* Hessians from double lanes; losses and gradients wait in buffers, as any of the three may lie where an input does */
INLINE void f32_light_loss_beside(const loss_task *task, const f32_light_loss *loss, size_t from, size_t count, const f32_loss_task *with) {
    enum { PART = 1024 };
    float kept[2][PART];
    const float *p = task->pred, *t = task->target;
    float *const l = task->loss, *const g = task->gradient;
    double_pair unused[2];
    loss_task rest = *task;
    rest.range.sums = NULL, rest.loss = rest.gradient = NULL;
    for (size_t i = from; i < from + count; i += PART) {
        const size_t n = from + count - i < PART ? from + count - i : PART;
        if (l || g) loss->each(p + i, t + i, l ? kept[0] : NULL, g ? kept[1] : NULL, n, with);
        loss->wide(&rest, i, n, WANTS_HESSIAN, with->wide_parameter, unused);
        if (l) memcpy(l + i, kept[0], n * sizeof(float));
        if (g) memcpy(g + i, kept[1], n * sizeof(float));
    }
}
/* In place, slopes wait for the sum. What a slope is depends on no other element: a block whose sum leaves the range has its sum alone from
 * double lanes. */
NOINLINE void f32_light_loss_run(const loss_task *task, const f32_light_loss *loss) {
    const double divisor = loss->divisor == NO_DIVISOR ? 1 : task->parameters[loss->divisor];
    const double scale = task->gradient_scale * loss->factor / divisor;
    if (task->weight || divisor == 0 || !f32_slope_fits(scale) || !f32_parameters_fit(task->parameters, loss->narrow_parameters)) {
        loss_blocks(task, loss->wide, loss->parameters);
        return;
    }
    const float *p = task->pred, *t = task->target;
    float *const l = task->loss, *const g = task->gradient;
    const int exact = task->n <= loss->exact, apart = g && g != p && g != t && !l && !task->hessian && !exact;
    const int summed = task->range.sums || (apart && loss->exact); /* beside a light gradient a sum costs nothing */
    const int direct = apart && summed;
    f32_loss_task with = f32_loss_task_of(scale, task->gradient_scale, task->parameters, loss->parameters);
    with.streams = task->n * sizeof(float) >= fastact_stream_bytes;
    loss_task sum_alone = *task;
    sum_alone.loss = sum_alone.gradient = sum_alone.hessian = NULL;
    for (size_t from = task->range.begin; from < task->range.end; from += LOSS_BLOCK) {
        const size_t count = loss_block_count(&task->range, from);
        double_pair block[2] = {{0, 0}, {0, 0}};
        if (!exact && summed) block[0].high = loss->sum(p + from, t + from, direct ? g + from : NULL, count, &with);
        const int fits = !exact && (block[0].high == 0 ? loss->zero_is_exact : f32_loss_sum_fits(block[0].high));
        if (LIKELY(fits))
            block[0].high /= divisor;
        else if (summed)
            loss->wide(&sum_alone, from, count, WANTS_VALUE, with.wide_parameter, block);
        loss_report(&task->range, from, block[0], block[1]);
        if (task->hessian)
            f32_light_loss_beside(task, loss, from, count, &with);
        else if (l || (g && !(direct && fits)))
            loss->each(p + from, t + from, l ? l + from : NULL, g ? g + from : NULL, count, &with);
    }
}
#define POINTWISE_FLOAT_KERNEL(name, count, zero_is_exact, factor, divisor)                                                    \
    NOINLINE double name##_sum_f32(const float *pred, const float *target, float *gradient, size_t n, const f32_loss_task *with) { \
        if (gradient) return f32_loss_sum(pred, target, gradient, n, with, name##_product);                                    \
        return f32_loss_sum(pred, target, NULL, n, with, name##_product);                                                      \
    }                                                                                                                          \
    INLINE f32_each_terms name##_each(vf pred, vf target, const f32_loss_task *with, int wants) {                              \
        UNUSED(wants);                                                                                                         \
        return f32_each_of_product(name##_product(pred, target, with->parameter), with, divisor);                              \
    }                                                                                                                          \
    FLOAT_EACH_KERNEL(name)                                                                                                    \
    static void loss_##name##_f32(const loss_task *task) {                                                                     \
        static const f32_light_loss loss = {name##_sum_f32, name##_each_f32, name##_block_f32, count, count, LOSS_EXACT,              \
                                            zero_is_exact, factor, divisor};                                                  \
        f32_light_loss_run(task, &loss);                                                                                       \
    }

#include "float_terms.h"
#include "float_each.h"

/* ---- the words that need more than one operation ---- */

INLINE vd wide_exp(vd x) {
    const vd y = exp_widened_long(f64_max(f64_set(-700), f64_min(f64_set(700), x)));
    return f64_select(f64_lt(f64_set(700), x), f64_set(INFINITY), y);
}
INLINE vd wide_expm1(vd x) {
    const vd y = expm1_widened(f64_max(f64_set(-700), f64_min(f64_set(700), x)));
    return f64_select(f64_lt(f64_set(700), x), f64_set(INFINITY), y);
}
/* of x >= -1/2 */
INLINE vd wide_log1p(vd x) { return f64_select(f64_lt(x, f64_set(INFINITY)), log1p_widened(x), x); }
/* -inf at 0, NaN below */
INLINE vd f64_log_special(vd x, vd log) {
    const vd ends = f64_select(f64_eq(x, f64_set(0)), f64_set(-INFINITY), f64_select(f64_lt(x, f64_set(0)), f64_set(NAN), x));
    return f64_select(f64_mask_and(f64_lt(f64_set(0), x), f64_lt(x, f64_set(INFINITY))), log, ends);
}
INLINE vd wide_log(vd x) { return f64_log_special(x, log_widened(x)); }
/* of 1 - other, right where that is next to 1 too */
INLINE vd wide_log_of_chance(vd chance, vd other) {
    const md near = f64_lt(f64_set(0.5), chance);
    const vd u = f64_select(near, f64_set(1) - other, chance), lost = f64_select(near, (f64_set(1) - u) - other, f64_set(0));
    return f64_fma(lost, f64_set(2) - u, wide_log(u)); /* as in log1p_widened */
}
INLINE vd wide_times_or_zero(vd c, vd x) { return f64_select(f64_eq(c, f64_set(0)), c, c * x); }
/* -1 or 1; 0 and NaN themselves */
INLINE vd f64_sign_or_same(vd x) { return f64_select(f64_lt(f64_set(0), f64_abs(x)), f64_or_sign(f64_set(1), x), x); }

/* logarithms come with a large low part, which squares and products would lose */
INLINE f64_pair f64_pair_normal(f64_pair a) { return f64_sum_ordered(a.high, a.low); }
INLINE f64_pair f64_pair_negative(f64_pair a) { return f64_pair_of(f64_set(0) - a.high, f64_set(0) - a.low); }
INLINE f64_pair f64_pair_difference(vd a, vd b) { return f64_pair_finite(f64_sum(a, f64_set(0) - b)); }
INLINE f64_pair f64_pair_with_sign(f64_pair a, f64_pair s) {
    return f64_pair_of(f64_xor_sign(a.high, s.high), f64_xor_sign(a.low, s.high));
}
INLINE f64_pair f64_pair_abs(f64_pair a) { return f64_pair_with_sign(a, a); }
INLINE md f64_pair_lt(f64_pair a, f64_pair b) {
    return f64_mask_or(f64_lt(a.high, b.high), f64_mask_and(f64_eq(a.high, b.high), f64_lt(a.low, b.low)));
}
INLINE f64_pair f64_pair_times_or_zero(f64_pair c, f64_pair x) {
    return f64_pair_select(f64_eq(c.high, f64_set(0)), c, f64_pair_finite(f64_pair_product(c, x)));
}
/* an infinite divisor gives 0 */
INLINE f64_pair f64_pair_quotient(f64_pair a, f64_pair b) {
    const f64_pair r = f64_pair_ratio(a, b);
    return f64_pair_of(r.high, f64_finite_low(r.low, r.low));
}
/* low where x was not clamped */
INLINE vd f64_low_if_same(vd clamped, f64_pair x) { return f64_select(f64_eq(clamped, x.high), x.low, f64_set(0)); }
/* c e^x, scaled last and in three steps, so that neither factor alone decides what is infinite or subnormal; 0 where c is */
INLINE f64_pair f64_pair_times_exp(f64_pair c, f64_pair x) {
    const vd y = f64_max(f64_set(EXP_F64_LOWEST), f64_min(f64_set(1500), x.high)), magic = f64_set(EXP_F64_MAGIC);
    const f64_exponential e = f64_exp_split(y, f64_low_if_same(y, x));
    const vd excess = e.n - f64_max(f64_set(-960), f64_min(f64_set(960), e.n)), half = f64_fma(f64_set(0.5), excess, magic) - magic;
    const vd first = f64_two_to(f64_fma(f64_set(-2), half, e.n)), second = f64_two_to(half);
    const f64_pair r = f64_pair_product(c, e.pair);
    return f64_pair_finite(f64_pair_of(f64_scale_last(r.high * first, second), f64_scale_last(r.low * first, second)));
}
INLINE f64_pair f64_pair_exp(f64_pair x) { return f64_pair_times_exp(f64_pair_set(1, 0), x); }
INLINE f64_pair f64_pair_expm1(f64_pair x) {
    const vd y = f64_max(f64_set(-700), f64_min(f64_set(700), x.high));
    return f64_expm1_pair(y, f64_low_if_same(y, x));
}
INLINE f64_pair f64_pair_log(f64_pair x) {
    const f64_pair log = f64_pair_normal(f64_log_pair(x));
    return f64_pair_finite(f64_pair_of(f64_log_special(x.high, log.high), log.low));
}
INLINE f64_pair f64_pair_power(f64_pair a, f64_pair e) {
    const f64_pair log = f64_pair_sum_ordered(f64_log_long(a.high), f64_pair_of(a.low / a.high, f64_set(0)));
    return f64_pair_exp(f64_pair_times_or_zero(e, f64_pair_finite(f64_pair_of(f64_log_special(a.high, log.high), log.low))));
}
/* below 2^-27, where 1 + x has no room for the low part of x, x - x^2 / 2 + x^3 / 3 */
INLINE f64_pair f64_pair_log1p(f64_pair x) {
    const f64_pair square = f64_pair_square(x), log = f64_pair_log(f64_pair_sum(f64_pair_set(1, 0), x));
    f64_pair small = f64_pair_sum(x, f64_pair_scaled(square, f64_set(-0.5)));
    small.low = f64_fma(x.high * square.high, f64_set(1.0 / 3), small.low);
    return f64_pair_select(f64_lt(f64_abs(x.high), f64_set(0x1p-27)), small, log);
}
INLINE f64_pair f64_pair_log_of_chance(f64_pair chance, f64_pair other) {
    const f64_pair half = f64_pair_set(0.5, 0);
    const md near = f64_pair_lt(half, chance);
    const f64_pair log = f64_pair_log(f64_pair_select(near, half, chance));
    const f64_pair small = f64_pair_negative(f64_pair_select(near, other, f64_pair_set(0, 0)));
    return f64_pair_select(near, f64_pair_log1p(small), log);
}
#include "short_words.h"
#endif
