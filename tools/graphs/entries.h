/* The elementwise kernels without their loops: each kernel macro leaves an entry that says what it is made of. */
#define FASTACT_LOOPS_MAP_H
#define FASTACT_LOOPS_TAILED_H
INLINE vf f32_canonical(vf y) { return f32_select(f32_unordered(y, y), f32_set(NAN), y); }
INLINE vd f64_canonical(vd y) { return f64_select(f64_unordered(y, y), f64_set(NAN), y); }

#define ENTRY(name, type, ...) static const char *const entry_##name##_##type = #__VA_ARGS__;
#define UNARY_F32(name) ENTRY(name, f32, unary 0)
#define BINARY_F32(name) ENTRY(name, f32, binary 0)
#define UNARY_BITS_F32(name, keep) ENTRY(name, f32, unary 0)
#define BINARY_BITS_F32(name, keep) ENTRY(name, f32, binary 0)
#define UNARY_BITS_F64(name, keep) ENTRY(name, f64, unary 0)
#define BINARY_BITS_F64(name, keep) ENTRY(name, f64, binary 0)
#define BINARY_BLOCKS_F32(name) ENTRY(name, f32, binary 0)
#define UNARY_COARSE_F32(name, coarse) ENTRY(name, f32, unary 0)
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
#define UNARY_P_CASES_F64(name, count, cases, general) ENTRY(name, f64, unary count)
#define BINARY_P_CASES_F32(name, count, cases, general) ENTRY(name, f32, binary count)
#define BINARY_P_CASES_F64(name, count, cases, general) ENTRY(name, f64, binary count)
#define UNARY_QUICK_F32(name, quick) ENTRY(name, f32, unary 0)
#define UNARY_QUICK_F64(name, quick) ENTRY(name, f64, unary 0)
#define BINARY_QUICK_F32(name, quick) ENTRY(name, f32, binary 0)
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
#define COUNT_OF(...) COUNT_PICK(__VA_ARGS__, 3, 2, 1, 0)
#define COUNT_PICK(a, b, c, count, ...) count
#define BOTH(a, b) a, b
/* near lanes, far and wide ones together (name_whole_f32), and the near ones with the mask of what is outside (name_whole_quick_f32) */
#define NEAR_F32(form, name, count, INPUTS, inputs, wide_inputs, far, ...)                            \
    INLINE vf name##_whole_quick_f32(INPUTS, const vf *p, mf *outside) {                              \
        const vf y = name##_near_f32(inputs, p);                                                      \
        *outside = f32_unordered(y, y);                                                               \
        return y;                                                                                     \
    }                                                                                                 \
    INLINE vf name##_whole_f32(INPUTS, const vf *p) {                                                 \
        vd wide[count];                                                                               \
        for (int k = 0; k < count; ++k) wide[k] = f64_from_f32_low(p[k]);                             \
        const vf y = name##_near_f32(inputs, p), rest = far;                                          \
        const vf last = f32_from_f64(name##_wide(wide_inputs, wide), 0);                              \
        return f32_select(f32_unordered(y, y), f32_select(f32_unordered(rest, rest), last, rest), y); \
    }                                                                                                 \
    ENTRY(name, f32, form default name##_whole_f32 __VA_ARGS__)
#define ONE_F32 vf x
#define TWO_F32 vf g, vf x
#define UNARY_ANY_F32(name, far, ...) \
    NEAR_F32(unary, name, COUNT_OF(__VA_ARGS__), ONE_F32, x, f64_from_f32_low(x), far, __VA_ARGS__)
#define BINARY_ANY_F32(name, far, ...) \
    NEAR_F32(binary, name, COUNT_OF(__VA_ARGS__), TWO_F32, BOTH(g, x), BOTH(f64_from_f32_low(g), f64_from_f32_low(x)), far, __VA_ARGS__)
#define UNARY_NEAR_F32(name, ...) UNARY_ANY_F32(name, y, __VA_ARGS__)
#define BINARY_NEAR_F32(name, ...) BINARY_ANY_F32(name, y, __VA_ARGS__)
#define UNARY_NEAR_TAILED_F32(name, ...) UNARY_ANY_F32(name, name##_far_f32(x, p), __VA_ARGS__)
#define BINARY_NEAR_TAILED_F32(name, ...) BINARY_ANY_F32(name, name##_far_f32(g, x, p), __VA_ARGS__)
#define BINARY_DEFAULT_F32(name, ...) ENTRY(name, f32, binary default name##_f64 __VA_ARGS__)
#define KERNELS(name) UNARY(name##_value) UNARY(name##_derivative) BINARY(name##_backward)
#define KERNELS_P(name, count) UNARY_P(name##_value, count) UNARY_P(name##_derivative, count) BINARY_P(name##_backward, count)
/* those that call another */
#define KERNEL(name) static void same_##name(long n, const void *a, const void *b, void *out, const void *parameters)
#define SAME_F32(name, other) KERNEL(name##_f32) { kernel_##other##_f32(n, a, b, out, parameters); }

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
#include "../math/near_f32.h"
#include "../math/cumulative_f32.h"
#include "../simd/as_float.h"
#include "../math/edges.h"
#include "../simd/as_double.h"
#include "../math/edges.h"
#include "../functions/all.h"
