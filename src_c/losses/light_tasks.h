/* Tasks of light losses, and of losses of floats with exponentials and logarithms: which of their numbers come from lanes of the arrays'
 * own type, and which the exact way. */
#ifndef FASTACT_LOSSES_LIGHT_TASKS_H
#define FASTACT_LOSSES_LIGHT_TASKS_H

/* where lanes are outside: losses and derivatives, scaled; those of floats are 0 in other lanes */
typedef wide_loss f32_exact_loss;
typedef f64_loss f64_exact_loss;
typedef struct {
    vd low, high;
    vf slope;
} f32_outside_terms;
typedef struct {
    vd value, slope;
} f64_outside_terms;
NOINLINE f32_outside_terms f32_terms_outside(vf pred, vf target, mf outside, const f32_loss_task *with, int wants, wide_loss *f,
                                             const vf *weight) {
    const vf chosen = f32_select(outside, f32_set(1), f32_set(0));
    wide_loss_terms a = f(f64_from_f32_low(pred), f64_from_f32_low(target), with->wide_parameter, wants);
    wide_loss_terms b = f(f64_from_f32_high(pred), f64_from_f32_high(target), with->wide_parameter, wants);
    vd a_scale = with->scale, b_scale = with->scale;
    if (weight) {
        const vd low = f64_from_f32_low(*weight), high = f64_from_f32_high(*weight);
        a.value = a.value * low, b.value = b.value * high;
        a_scale = a_scale * low, b_scale = b_scale * high;
    }
    const f32_outside_terms r = {f64_select(f64_lt(f64_set(0), f64_from_f32_low(chosen)), a.value, f64_set(0)),
                                 f64_select(f64_lt(f64_set(0), f64_from_f32_high(chosen)), b.value, f64_set(0)),
                                 f32_from_f64(a.gradient * a_scale, b.gradient * b_scale)};
    return r;
}
NOINLINE f64_outside_terms f64_terms_outside(vd pred, vd target, md outside, const f64_loss_task *with, int wants, f64_loss *f,
                                             const vd *weight) {
    f64_loss_terms a = f(pred, target, with->wide_parameter, wants);
    if (weight) a.value = f64_pair_product(a.value, f64_pair_of(*weight, f64_set(0)));
    const f64_pair scale = weight ? f64_product(*weight, with->scale) : f64_pair_of(with->scale, f64_set(0));
    const f64_pair slope = f64_pair_product(a.gradient, scale);
    const f64_outside_terms r = {a.value.high + f64_finite_low(a.value.high, a.value.low),
                                 slope.high + f64_finite_low(slope.high, slope.low)};
    UNUSED(outside);
    return r;
}
INLINE vf f32_outside_value(f32_outside_terms r) { return f32_from_f64(r.low, r.high); }
INLINE vd f64_outside_value(f64_outside_terms r) { return r.value; }

/* sums of weighted losses: of floats in double lanes, of doubles in pairs */
typedef f64_lanes f32_weighted_sum;
typedef f64_pair_lanes f64_weighted_sum;
INLINE f32_weighted_sum f32_weighted_sum_set(double c) { return f64_lanes_set(c); }
INLINE f64_weighted_sum f64_weighted_sum_set(double c) { return f64_pair_lanes_set(c); }
INLINE void f32_weighted_sum_add(f32_weighted_sum *s, const float *each, size_t n) { f64_lanes_add_f32(s, each, n); }
INLINE void f64_weighted_sum_add(f64_weighted_sum *s, const double *each, size_t n) { f64_pair_lanes_add(s, each, n); }
INLINE double_pair f32_weighted_total(const f32_weighted_sum *s) {
    const double_pair total = {f64_lanes_sum(*s), 0};
    return total;
}
INLINE double_pair f64_weighted_total(const f64_weighted_sum *s) { return f64_pair_lanes_sum(s, 0); }
INLINE double f32_weighted_size(f32_lanes size) { return f64_lanes_sum(f64_lanes_of(size)); }
INLINE double f64_weighted_size(f64_lanes size) { return f64_lanes_sum(size); }

#include "../simd/as_float.h"
#define LANES F32_LANES
#define LARGEST_WEIGHT 0x1p24f
#define LEAST_WEIGHT 0x1p-90f
#define LOSS_LARGEST 0x1p60
#include "light_task_template.h"

#include "../simd/as_double.h"
#define LANES F64_LANES
#define LARGEST_WEIGHT 0x1p24
#define LEAST_WEIGHT 0x1p-600
#define LOSS_LARGEST 0x1p400
#include "light_task_template.h"
#include "../simd/as_none.h"

#define EACH_CALLS(name, type, weight, exact)                                                                                      \
    if (!loss)                                                                                                                     \
        type##_each(pred, target, weight, NULL, gradient, n, with, name##_each_terms_##type, exact);                               \
    else if (!gradient)                                                                                                            \
        type##_each(pred, target, weight, loss, NULL, n, with, name##_each_terms_##type, exact);                                   \
    else                                                                                                                           \
        type##_each(pred, target, weight, loss, gradient, n, with, name##_each_terms_##type, exact);
#define EACH_KERNEL(name, type, T, exact)                                                                                          \
    NOINLINE void name##_each_##type(const T *pred, const T *target, T *loss, T *gradient, size_t n, const type##_loss_task *with) { \
        EACH_CALLS(name, type, NULL, exact)                                                                                        \
    }                                                                                                                              \
    NOINLINE void name##_weighted_##type(const T *pred, const T *target, const T *weight, T *loss, T *gradient, size_t n,          \
                                         const type##_loss_task *with) {                                                           \
        EACH_CALLS(name, type, weight, exact)                                                                                      \
    }
/* exact: the loss in double lanes or pairs */
#define PRODUCT_KERNEL(name, type, T, V, exact, count, zero_is_exact, share, factor, divisor)                                      \
    NOINLINE double_pair name##_sum_##type(const T *pred, const T *target, T *gradient, size_t n, const type##_loss_task *with) {  \
        if (gradient) return type##_loss_sum(pred, target, gradient, n, with, name##_product_##type);                              \
        return type##_loss_sum(pred, target, NULL, n, with, name##_product_##type);                                                \
    }                                                                                                                              \
    INLINE type##_each_terms name##_each_terms_##type(V pred, V target, const type##_loss_task *with, int wants, const V *weight) { \
        UNUSED(wants);                                                                                                             \
        return type##_each_of_product(name##_product_##type(pred, target, with->parameter), with, share, divisor, weight);         \
    }                                                                                                                              \
    EACH_KERNEL(name, type, T, exact)                                                                                              \
    static void loss_##name##_##type(const loss_task *task) {                                                                      \
        static const type##_light_loss loss = {name##_sum_##type, name##_each_##type, name##_weighted_##type, name##_block_##type, \
                                               count, count, LOSS_EXACT, zero_is_exact, share, factor, divisor};                                 \
        type##_light_loss_run(task, &loss);                                                                                        \
    }
#endif
