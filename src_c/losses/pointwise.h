/* Pointwise losses: a function of a prediction and its target, with its first two derivatives by the prediction.
 *
 * A loss is written once, in the words of as_wide.h, as_pairs.h and as_short_pairs.h, and compiled in all three meanings:
 *   float    in double lanes; what is stored is rounded once. exp_widened is right to 2^-32, so elements are within 0.51 ulp.
 *   double   in pairs of doubles, rounded once; tried in fewer operations first, with the same bits (short_pairs.h).
 * Its file ends in POINTWISE(name, number of parameters), which makes loss_name_f32 and loss_name_f64 of
 *   loss_terms NAMED(name)(vd pred, vd target, const vd *parameter, int wants)
 * `wants` says which of the terms are asked for; the others may be left 0. Of a NaN in pred or target the value is NaN by itself, what is
 * stored is made so here. POINTWISE_LIGHT, for losses that memory is waited for, compiles more loops. POINTWISE_PRODUCT adds a kernel in
 * lanes of the arrays' own type (light.h, light_tasks.h) from OP(loss_product) PRODUCT(name)(VECTOR pred, VECTOR target, const VECTOR
 * *parameter), written IN_OWN_LANES: the words of simd/ with OP around them. POINTWISE_TERMS is the same for losses with exponentials and
 * logarithms (float_terms.h), in float lanes alone: f32_loss_terms name_terms(vf pred, vf target, const f32_loss_task
 * *with, int wants). Such kernels store every loss too, and weighted ones (weighted_template.h); Hessians are for double lanes and pairs.
 * POINTWISE_USUAL_TERMS has a shorter text for doubles too, where WANTS_USUAL is set, and POINTWISE_KINDS_TERMS several: wants /
 * WANTS_USUAL is what int NAMED(name_kind)(const double *parameters) says. What only one meaning has is written IN_FLOAT_LANES or
 * IN_PAIRS.
 *
 * Values, weights and their sums run in 16 virtual lanes over blocks of 16384, double (float) or pairs (double); blocks are added in
 * order as pairs by the caller (split.c). Where a term times weight or scale is smaller than the smallest normal number, it was rounded
 * there before. */
#ifndef FASTACT_LOSSES_POINTWISE_H
#define FASTACT_LOSSES_POINTWISE_H
#include "light.h"

/* WANTS_EACH: losses in float lanes are stored, not summed; NaN where double lanes have one right where it cancels. WANTS_USUAL: the
 * parameters are those of a shorter text; two and three times as much, of others */
enum { WANTS_VALUE = 1, WANTS_GRADIENT = 2, WANTS_HESSIAN = 4, WANTS_EACH = 8, WANTS_USUAL = 16 };

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
        int summed;                                                                                                            \
    } loss_arrays_##T;                                                                                                         \
    INLINE loss_arrays_##T loss_arrays_from_##T(const loss_task *task, size_t i) {                                             \
        const T *p = task->pred, *t = task->target, *w = task->weight;                                                         \
        T *loss = task->loss, *gradient = task->gradient, *hessian = task->hessian;                                            \
        const loss_arrays_##T a = {p + i, t + i, w ? w + i : NULL, loss ? loss + i : NULL, gradient ? gradient + i : NULL,     \
                                   hessian ? hessian + i : NULL, task->gradient_scale, task->range.sums != NULL};              \
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
INLINE void wide_loss_step(const loss_arrays_float *a, size_t i, size_t left, int wants, const vd *parameter, wide_loss *f, vd *sum) {
    const int whole = left >= F64_LANES;
    const vd x = LIKELY(whole) ? f64_load_f32(a->pred + i) : f64_load_f32_part(a->pred + i, left);
    const vd y = LIKELY(whole) ? f64_load_f32(a->target + i) : f64_load_f32_part(a->target + i, left);
    const md undefined = f64_unordered(x, y);
    wide_loss_terms term = f(x, y, parameter, wants);
    vd scale = f64_set(a->scale);
    if (a->weight) {
        const vd w = LIKELY(whole) ? f64_load_f32(a->weight + i) : f64_load_f32_part(a->weight + i, left);
        term.value = term.value * w;
        scale = scale * w;
    }
    if (a->loss) wide_loss_store(a->loss + i, term.value, undefined, left);
    if (wants & WANTS_VALUE) *sum = *sum + (LIKELY(whole) ? term.value : f64_first(term.value, left));
    if (wants & WANTS_GRADIENT) wide_loss_store(a->gradient + i, term.gradient * scale, undefined, left);
    if (wants & WANTS_HESSIAN) wide_loss_store(a->hessian + i, term.hessian * scale, undefined, left);
}
INLINE void wide_loss_block(const loss_arrays_float *a, size_t count, int wants, int grouped, const vd *parameter, wide_loss *f,
                            double_pair *total) {
    f64_lanes sum = f64_lanes_set(0);
    size_t i = 0;
    for (; grouped && i + SUM_LANES <= count; i += SUM_LANES)
        for (int v = 0; v < F64_VECTORS; ++v)
            wide_loss_step(a, i + (size_t)v * F64_LANES, F64_LANES, wants, parameter, f, &sum.lane[v]);
    for (; i < count; i += F64_LANES) {
        const size_t v = i / F64_LANES % F64_VECTORS;
        wide_loss_step(a, i, count - i, wants, parameter, f, &sum.lane[v]);
    }
    total->high = f64_lanes_sum(sum);
    total->low = 0;
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
INLINE void f64_loss_step(const loss_arrays_double *a, size_t i, size_t left, int wants, const vd *parameter, f64_loss *f, f64_pair *sum) {
    const int whole = left >= F64_LANES;
    const vd x = LIKELY(whole) ? f64_load(a->pred + i) : f64_load_part(a->pred + i, left);
    const vd y = LIKELY(whole) ? f64_load(a->target + i) : f64_load_part(a->target + i, left);
    const md undefined = f64_unordered(x, y);
    f64_loss_terms term = f(x, y, parameter, wants);
    f64_pair scale = f64_pair_set(a->scale, 0);
    if (a->weight) {
        const vd w = LIKELY(whole) ? f64_load(a->weight + i) : f64_load_part(a->weight + i, left);
        term.value = f64_pair_product(term.value, f64_pair_of(w, f64_set(0)));
        scale = f64_product(w, scale.high);
    }
    if (a->loss) f64_loss_store(a->loss + i, term.value, undefined, left);
    if (wants & WANTS_VALUE) {
        f64_pair value = f64_pair_finite(term.value);
        if (!LIKELY(whole)) value = f64_pair_of(f64_first(value.high, left), f64_first(value.low, left));
        *sum = f64_pair_sum(*sum, value);
    }
    if (wants & WANTS_GRADIENT && a->gradient) f64_loss_store(a->gradient + i, f64_pair_product(term.gradient, scale), undefined, left);
    if (wants & WANTS_HESSIAN) f64_loss_store(a->hessian + i, f64_pair_product(term.hessian, scale), undefined, left);
}
INLINE void f64_loss_block(const loss_arrays_double *a, size_t count, int wants, int grouped, const vd *parameter, f64_loss *f,
                           double_pair *total) {
    f64_pair_lanes sum = f64_pair_lanes_set(0);
    size_t i = 0;
    for (; grouped && i + SUM_LANES <= count; i += SUM_LANES)
        for (int v = 0; v < F64_VECTORS; ++v)
            f64_loss_step(a, i + (size_t)v * F64_LANES, F64_LANES, wants, parameter, f, &sum.lane[v]);
    for (; i < count; i += F64_LANES) {
        const size_t v = i / F64_LANES % F64_VECTORS;
        f64_loss_step(a, i, count - i, wants, parameter, f, &sum.lane[v]);
    }
    *total = f64_pair_lanes_sum(&sum, 0);
}

#include "short_pairs.h"

/* ---- both ---- */

/* Light losses have a loop each for the two calls that matter, the mean alone and with its gradient. */
#define POINTWISE_KERNEL(name, type, T, arithmetic, count, light)                                                              \
    NOINLINE void name##_block_##type(const loss_task *task, size_t from, size_t n, int wants, const vd *parameter, double_pair *total) { \
        loss_arrays_##T a = loss_arrays_from_##T(task, from);                                                                  \
        if (light && !a.weight && !a.loss && !a.hessian) {                                                                     \
            a.weight = NULL, a.loss = a.hessian = NULL;                                                                        \
            if (wants == WANTS_VALUE) {                                                                                        \
                arithmetic##_loss_block(&a, n, WANTS_VALUE, F64_LANES > 1, parameter, name##_loss_##arithmetic, total);         \
                return;                                                                                                        \
            }                                                                                                                  \
            if (wants & WANTS_GRADIENT) {                                                                                      \
                arithmetic##_loss_block(&a, n, WANTS_VALUE | WANTS_GRADIENT, F64_LANES > 1, parameter, name##_loss_##arithmetic, total); \
                return;                                                                                                        \
            }                                                                                                                  \
        }                                                                                                                      \
        arithmetic##_loss_block(&a, n, wants, 0, parameter, name##_loss_##arithmetic, total);                                   \
    }
/* of doubles, for what the short way leaves */
#define POINTWISE_PAIRS_BLOCK(name) POINTWISE_PAIRS_WHERE(name, 0)
#define POINTWISE_PAIRS_WHERE(name, kind)                                                                                      \
    SHORT_DECLARED(name)                                                                                                       \
    NOINLINE void name##_block_f64(const loss_task *task, size_t from, size_t n, int wants, const vd *parameter, double_pair *total) { \
        const loss_arrays_double a = loss_arrays_from_double(task, from);                                                      \
        wants |= WANTS_USUAL * (kind);                                                                                         \
        SHORT_OR(name)                                                                                                         \
        f64_loss_block(&a, n, wants, 0, parameter, name##_loss_f64, total);                                                     \
    }
#define POINTWISE_TASK(name, type, count) \
    static void loss_##name##_##type(const loss_task *task) { loss_blocks(task, name##_block_##type, count, type##_weights_total); }

typedef void loss_block(const loss_task *task, size_t from, size_t n, int wants, const vd *parameter, double_pair *total);
/* of the weights of n losses from `from` on, whatever the loss */
typedef double_pair loss_weights(const void *weight, size_t from, size_t n);
NOINLINE double_pair f32_weights_total(const void *weight, size_t from, size_t n) {
    f64_lanes sum = f64_lanes_set(0);
    f64_lanes_add_f32(&sum, (const float *)weight + from, n);
    const double_pair total = {f64_lanes_sum(sum), 0};
    return total;
}
NOINLINE double_pair f64_weights_total(const void *weight, size_t from, size_t n) {
    f64_pair_lanes sum = f64_pair_lanes_set(0);
    f64_pair_lanes_add(&sum, (const double *)weight + from, n);
    return f64_pair_lanes_sum(&sum, 0);
}
NOINLINE void loss_blocks(const loss_task *task, loss_block *run, int parameters, loss_weights *weigh) {
    const int wants = loss_wants(task), weighs = task->range.sums && task->weight;
    double_pair block = {0, 0}, weights = {0, 0};
    vd parameter[MAX_PARAMETERS];
    for (int k = 0; k < MAX_PARAMETERS; ++k) parameter[k] = f64_set(k < parameters ? task->parameters[k] : 0);
    for (size_t from = task->range.begin; from < task->range.end; from += LOSS_BLOCK) {
        const size_t count = loss_block_count(&task->range, from);
        if (weighs) weights = weigh(task->weight, from, count); /* before results that may lie where they do */
        if (task->pred) run(task, from, count, wants, parameter, &block);
        loss_report(&task->range, from, block, weights);
    }
}

#include "light_tasks.h"
#include "float_terms.h"
#include "float_differences.h"
#include "logit_pairs.h"

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
    return f64_expm1_pair(y, f64_low_if_same(y, x), 1);
}
/* a logarithm, with what x has for one that it does not hold for */
INLINE f64_pair f64_pair_log_ends(vd x, f64_pair log) { return f64_pair_finite(f64_pair_of(f64_log_special(x, log.high), log.low)); }
INLINE f64_pair f64_pair_log(f64_pair x) { return f64_pair_log_ends(x.high, f64_pair_normal(f64_log_pair(x))); }
/* below 2^-27, where 1 + x has no room for the low part of x, x - x^2 / 2 + x^3 / 3 */
INLINE f64_pair f64_pair_log1p_from(f64_pair x, f64_pair log) {
    const f64_pair square = f64_pair_square(x);
    f64_pair small = f64_pair_sum(x, f64_pair_scaled(square, f64_set(-0.5)));
    small.low = f64_fma(x.high * square.high, f64_set(1.0 / 3), small.low);
    return f64_pair_select(f64_lt(f64_abs(x.high), f64_set(0x1p-27)), small, log);
}
/* Words made of other words, of which f64_pair_ and f64_short_ have their own. */
#define PAIR_WORDS(words)                                                                                                      \
    INLINE f64_pair words##_log1p(f64_pair x) {                                                                                \
        return f64_pair_log1p_from(x, words##_log(f64_pair_sum(f64_pair_set(1, 0), x)));                                       \
    }                                                                                                                          \
    INLINE f64_pair words##_power(f64_pair a, f64_pair e) {                                                                    \
        const f64_pair log = f64_pair_sum_ordered(f64_log_long(a.high), f64_pair_of(a.low / a.high, f64_set(0)));              \
        return words##_exp(words##_times_or_zero(e, words##_log_ends(a.high, log)));                                           \
    }                                                                                                                          \
    INLINE f64_pair words##_log_long(vd x) { return words##_log_ends(x, f64_log_long(x)); }                                    \
    INLINE f64_pair words##_log_of_chance(f64_pair chance, f64_pair other) {                                                   \
        const md near = f64_pair_lt(f64_pair_set(0.5, 0), chance);                                                             \
        const f64_pair small = f64_pair_negative(other);                                                                       \
        const f64_pair log = words##_log(f64_pair_select(near, f64_pair_sum(f64_pair_set(1, 0), small), chance));              \
        return f64_pair_select(near, f64_pair_log1p_from(small, log), log);                                                    \
    }
PAIR_WORDS(f64_pair)
#include "short_words.h"
#endif
