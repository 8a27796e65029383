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
NOINLINE f32_outside_terms f32_terms_outside(vf pred, vf target, mf outside, const f32_loss_task *with, int wants, wide_loss *f) {
    const vf chosen = f32_select(outside, f32_set(1), f32_set(0));
    const wide_loss_terms a = f(f64_from_f32_low(pred), f64_from_f32_low(target), with->wide_parameter, wants);
    const wide_loss_terms b = f(f64_from_f32_high(pred), f64_from_f32_high(target), with->wide_parameter, wants);
    const f32_outside_terms r = {f64_select(f64_lt(f64_set(0), f64_from_f32_low(chosen)), a.value, f64_set(0)),
                                 f64_select(f64_lt(f64_set(0), f64_from_f32_high(chosen)), b.value, f64_set(0)),
                                 f32_from_f64(a.gradient * with->scale, b.gradient * with->scale)};
    return r;
}
NOINLINE f64_outside_terms f64_terms_outside(vd pred, vd target, md outside, const f64_loss_task *with, int wants, f64_loss *f) {
    const f64_loss_terms a = f(pred, target, with->wide_parameter, wants);
    const f64_pair slope = f64_pair_product(a.gradient, f64_pair_of(with->scale, f64_set(0)));
    const f64_outside_terms r = {a.value.high + f64_finite_low(a.value.high, a.value.low),
                                 slope.high + f64_finite_low(slope.high, slope.low)};
    UNUSED(outside);
    return r;
}
INLINE vf f32_outside_value(f32_outside_terms r) { return f32_from_f64(r.low, r.high); }
INLINE vd f64_outside_value(f64_outside_terms r) { return r.value; }

#include "../simd/as_float.h"
#define LANES F32_LANES
#define LOSS_LARGEST 0x1p60
#include "light_task_template.h"

#include "../simd/as_double.h"
#define LANES F64_LANES
#define LOSS_LARGEST 0x1p400
#include "light_task_template.h"
#include "../simd/as_none.h"

#define EACH_KERNEL(name, type, T, exact)                                                                                          \
    NOINLINE void name##_each_##type(const T *pred, const T *target, T *loss, T *gradient, size_t n, const type##_loss_task *with) { \
        if (!loss)                                                                                                                 \
            type##_each(pred, target, NULL, gradient, n, with, name##_each_terms_##type, exact);                                   \
        else if (!gradient)                                                                                                        \
            type##_each(pred, target, loss, NULL, n, with, name##_each_terms_##type, exact);                                       \
        else                                                                                                                       \
            type##_each(pred, target, loss, gradient, n, with, name##_each_terms_##type, exact);                                   \
    }
/* exact: the loss in double lanes or pairs */
#define PRODUCT_KERNEL(name, type, T, V, exact, count, zero_is_exact, share, factor, divisor)                                      \
    NOINLINE double_pair name##_sum_##type(const T *pred, const T *target, T *gradient, size_t n, const type##_loss_task *with) {  \
        if (gradient) return type##_loss_sum(pred, target, gradient, n, with, name##_product_##type);                              \
        return type##_loss_sum(pred, target, NULL, n, with, name##_product_##type);                                                \
    }                                                                                                                              \
    INLINE type##_each_terms name##_each_terms_##type(V pred, V target, const type##_loss_task *with, int wants) {                 \
        UNUSED(wants);                                                                                                             \
        return type##_each_of_product(name##_product_##type(pred, target, with->parameter), with, share, divisor);                 \
    }                                                                                                                              \
    EACH_KERNEL(name, type, T, exact)                                                                                              \
    static void loss_##name##_##type(const loss_task *task) {                                                                      \
        static const type##_light_loss loss = {name##_sum_##type, name##_each_##type, name##_block_##type, count, count,           \
                                               LOSS_EXACT, zero_is_exact, share, factor, divisor};                                 \
        type##_light_loss_run(task, &loss);                                                                                        \
    }
#endif
