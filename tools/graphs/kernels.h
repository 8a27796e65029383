/* The kernels without their loops: each kernel macro leaves an entry that says what it is made of. */
#define FASTACT_COMPILER_H
#define INLINE static
#define NOINLINE static
#define PREFETCH(p) ((void)0)
#define PREFETCH_TO_WRITE(p) ((void)0)
#include "types.h"
#include "../simd/simd_scalar.h"

#define FASTACT_LOOPS_MAP_H
#define FASTACT_LOOPS_TAILED_H
INLINE vf f32_canonical(vf y) { return f32_select(f32_unordered(y, y), f32_set(NAN), y); }
INLINE vd f64_canonical(vd y) { return f64_select(f64_unordered(y, y), f64_set(NAN), y); }

#define ENTRY(name, type, ...) static const char *const entry_##name##_##type = #__VA_ARGS__;
#define UNARY_F32(name) ENTRY(name, f32, unary 0)
#define BINARY_F32(name) ENTRY(name, f32, binary 0)
#define UNARY_P_F32(name, count) ENTRY(name, f32, unary count)
#define BINARY_P_F32(name, count) ENTRY(name, f32, binary count)
#define UNARY_P_LONG_F32(name, count) ENTRY(name, f32, unary count)
#define BINARY_P_LONG_F32(name, count) ENTRY(name, f32, binary count)
#define UNARY_F64(name) ENTRY(name, f64, unary 0)
#define BINARY_F64(name) ENTRY(name, f64, binary 0)
#define UNARY_P_F64(name, count) ENTRY(name, f64, unary count)
#define BINARY_P_F64(name, count) ENTRY(name, f64, binary count)
#define UNARY_LIGHT_F64(name) ENTRY(name, f64, unary 0)
#define BINARY_LIGHT_F64(name) ENTRY(name, f64, binary 0)
#define UNARY_P_LIGHT_F64(name, count) ENTRY(name, f64, unary count)
#define BINARY_P_LIGHT_F64(name, count) ENTRY(name, f64, binary count)
#define UNARY_P_WHERE_F32(name, count, quick, condition, any) ENTRY(name, f32, unary count)
#define UNARY_P_WHERE_F64(name, count, quick, condition, any) ENTRY(name, f64, unary count)
#define BINARY_P_WHERE_F32(name, count, quick, condition, any) ENTRY(name, f32, binary count)
#define BINARY_P_WHERE_F64(name, count, quick, condition, any) ENTRY(name, f64, binary count)
#define UNARY_P_QUICK_F32(name, count, quick) ENTRY(name, f32, unary count)
#define UNARY_P_QUICK_F64(name, count, quick) ENTRY(name, f64, unary count)
#define BINARY_P_QUICK_F32(name, count, quick) ENTRY(name, f32, binary count)
#define BINARY_P_QUICK_F64(name, count, quick) ENTRY(name, f64, binary count)
#define UNARY_P_CASES_F32(name, count, cases, general) ENTRY(name, f32, unary count)
#define BINARY_P_CASES_F32(name, count, cases, general) ENTRY(name, f32, binary count)
#define UNARY_QUICK_F32(name, quick) ENTRY(name, f32, unary 0)
#define BINARY_QUICK_F32(name, quick) ENTRY(name, f32, binary 0)
#define UNARY_QUICK_F64(name, quick) ENTRY(name, f64, unary 0)
#define BINARY_QUICK_F64(name, quick) ENTRY(name, f64, binary 0)
/* main range and tail together (name_f32), and the main range with the mask of what is outside it (name_quick_f32) */
#define UNARY_TAILED_F32(name)                                                                        \
    INLINE vf name##_quick_f32(vf x, mf *outside) { return name##_main_f32(x, outside); }             \
    INLINE vf name##_f32(vf x) {                                                                      \
        mf outside;                                                                                   \
        const vf y = name##_main_f32(x, &outside);                                                    \
        return f32_select(outside, name##_tail_f32(x), y);                                            \
    }                                                                                                 \
    ENTRY(name, f32, unary 0)
#define BINARY_TAILED_F32(name, derivative)                                                           \
    INLINE vf name##_quick_f32(vf g, vf x, mf *outside) {                                             \
        const vf y = name##_main_f32(g, x, outside);                                                  \
        *outside = f32_mask_or(*outside, f32_unordered(y, y));                                        \
        return y;                                                                                     \
    }                                                                                                 \
    INLINE vf name##_f32(vf g, vf x) {                                                                \
        mf outside;                                                                                   \
        const vf y = name##_main_f32(g, x, &outside);                                                 \
        return f32_product_again(f32_select(outside, name##_tail_f32(g, x), y), g, x, derivative##_f32(x)); \
    }                                                                                                 \
    ENTRY(name, f32, binary 0)
INLINE vf f32_product_again(vf y, vf g, vf x, vf slope) {
    const mf underflowed = f32_mask_and(f32_eq(slope, f32_set(0)), f32_lt(f32_abs(x), f32_set(INFINITY)));
    const vf product = g * f32_select(underflowed, f32_or_sign(f32_set(1), slope), slope);
    return f32_select(f32_unordered(y, y), product, y);
}
#define UNARY_DEFAULT_F32(name, ...) ENTRY(name, f32, unary default name##_f64 __VA_ARGS__)
#define BINARY_DEFAULT_F32(name, ...) ENTRY(name, f32, binary default name##_f64 __VA_ARGS__)
#define UNARY_DEFAULT_WIDE_F32(name, ...) ENTRY(name, f32, unary default name##_wide __VA_ARGS__)
#define BINARY_DEFAULT_WIDE_F32(name, ...) ENTRY(name, f32, binary default name##_wide __VA_ARGS__)
#define KERNELS(name) UNARY(name##_value) UNARY(name##_derivative) BINARY(name##_backward)
#define KERNELS_P(name, count) UNARY_P(name##_value, count) UNARY_P(name##_derivative, count) BINARY_P(name##_backward, count)
/* one that calls another */
#define KERNEL(name) static void same_##name(long n, const void *a, const void *b, void *out, const void *parameters)

#include "../math/exp_f32.h"
#include "../math/exp_f64.h"
#include "../math/exp_widened.h"
#include "../math/log_f32.h"
#include "../math/log_f64.h"
#include "../math/log_long_f64.h"
#include "../math/log_widened.h"
#include "../math/inverse_root_f32.h"
#include "../math/inverse_root_f64.h"
#include "../math/segments.h"
#include "../math/cumulative_f32.h"
#include "../simd/as_float.h"
#include "../math/edges.h"
#include "../simd/as_double.h"
#include "../math/edges.h"
#include "../functions/all.h"

/* gated functions: one element through float lanes and, where these leave it, double lanes */
enum { MAX_PARAMETERS = 4, TAIL_LIST = 16, TAIL_SPAN = 16, TAIL_GROUP = 4, ALIGN_FROM = 64 };
typedef struct {
    int32_t at[TAIL_LIST + 1];
    size_t count;
} f32_far;
#include "../loops/gated.h"
#undef GATED_KERNELS
#undef GATED_LIGHT_KERNELS
#undef GATED_DEFAULT_PASS
#define GATED_F32(lanes, name, pass, inputs, outputs, count)                                      \
    static void gated_##lanes##_##pass##_f32(const vf *x, vf *y, const vf *p) {                   \
        vf z[GATED_OUTPUTS];                                                                      \
        const mf outside = f32_gated_narrow(x, y, outputs, p, lanes##_##pass##_f32);              \
        if (UNLIKELY(outside)) {                                                                  \
            f32_gated_wide(x, inputs, z, outputs, p, count, name##_##pass##_f64);                 \
            for (int k = 0; k < outputs; ++k) y[k] = f32_select(outside, z[k], y[k]);             \
        }                                                                                         \
    }                                                                                             \
    ENTRY(gated_##lanes##_##pass, f32, inputs outputs count)
#define GATED_F64(name, pass, inputs, outputs, count)                                             \
    static void gated_##name##_##pass##_f64(const vd *x, vd *y, const vd *p) { name##_##pass##_f64(x, y, p); } \
    ENTRY(gated_##name##_##pass, f64, inputs outputs count)
#define GATED_BOTH(name, pass, inputs, outputs, count) \
    GATED_F32(name, name, pass, inputs, outputs, count) GATED_F64(name, pass, inputs, outputs, count)
#define GATED_KERNELS(name, count) GATED_BOTH(name, forward, 2, 1, count) GATED_BOTH(name, backward, 3, 2, count)
#define GATED_DEFAULT_PASS(name, pass, inputs, outputs, number)       \
    GATED_BOTH(name, pass, inputs, outputs, 1)                        \
    GATED_F32(name##_default, name, pass, inputs, outputs, 1)         \
    ENTRY(gated_##name##_##pass, usual, number)
#define GATED_LIGHT(name, type, V)                                                                                             \
    static void gated_##name##_forward_##type(const V *x, V *y, const V *p) { y[0] = name##_value_##type(x[0], x[1]); }        \
    static void gated_##name##_backward_##type(const V *x, V *y, const V *p) { name##_backward_##type(x, y); }                 \
    ENTRY(gated_##name##_forward, type, 2 1 0)                                                                                 \
    ENTRY(gated_##name##_backward, type, 3 2 0)
#define GATED_LIGHT_KERNELS(name) GATED_LIGHT(name, f32, vf) GATED_LIGHT(name, f64, vd)
#include "../gated/all.h"

/* pointwise losses, whose files follow (read.py): the writer calls the functions of one vector by their names */
#define FASTACT_KERNELS_H
#define FASTACT_LOSSES_MADE_H
enum { LOSS_BLOCK = 16384 };
typedef struct loss_task loss_task;
typedef struct loss_range loss_range;
#include "../pair.h"
#include "../losses/pointwise.h"
