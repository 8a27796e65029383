/* Contiguous loops and the macros that make kernels of vector functions.
 *
 *   UNARY_F32(sigmoid_value)     kernel from  vf sigmoid_value_f32(vf x)
 *   BINARY_F32(tanh_backward)    kernel from  vf tanh_backward_f32(vf g, vf x)
 *   UNARY_P_F64(elu_value)       kernels (scalar and per-element parameters) from  vd elu_value_f64(vd x, const vd *p)
 *   BINARY_P_F64(elu_backward)   kernels from  vd elu_backward_f64(vd g, vd x, const vd *p)
 *   UNARY_DEFAULT_F32(silu_value, 1)  kernels from the parameterless kernel silu_value_default (float lanes, used where the
 *       parameter has its default) and vd silu_value_f64(vd x, const vd *p) (double lanes, rounded once, everywhere else)
 *   UNARY_TAILED_F32 ..., BINARY_TAILED_F32 ...: see loops/tailed.h
 */
#ifndef FASTACT_LOOPS_MAP_H
#define FASTACT_LOOPS_MAP_H
#include "../kernels.h"

enum { ALIGN_FROM = 256 };
#if defined(__x86_64__)
#define STREAM_FENCE() __builtin_ia32_sfence()
#else
#define STREAM_FENCE() ((void)0)
#endif

#define SCALAR float
#define VECTOR vf
#define LANES F32_LANES
#define OP(name) f32_##name
#define LANES_(name) f32_##name
#include "map_template.h"

#define SCALAR double
#define VECTOR vd
#define LANES F64_LANES
#define OP(name) f64_##name
#define LANES_(name) f64_##name
#include "map_template.h"

#define KERNEL(name) static void kernel_##name(size_t n, const void *a, const void *b, void *out, const void *parameters)
#define ARRAYS_KERNEL(name) \
    static void arrays_##name(size_t n, const void *a, const void *b, void *out, const void *const *parameters)

#define ADAPT_UNARY(type, V, name) \
    INLINE V name##_##type##_adapted(V a, V b, const V *p) { UNUSED(b), UNUSED(p); return name##_##type(a); }
#define ADAPT_BINARY(type, V, name) \
    INLINE V name##_##type##_adapted(V a, V b, const V *p) { UNUSED(p); return name##_##type(a, b); }
#define ADAPT_UNARY_P(type, V, name) \
    INLINE V name##_##type##_adapted(V a, V b, const V *p) { UNUSED(b); return name##_##type(a, p); }
#define ADAPT_BINARY_P(type, V, name) \
    INLINE V name##_##type##_adapted(V a, V b, const V *p) { return name##_##type(a, b, p); }

/* a kernel that takes the vector function `quick` where the scalar parameter satisfies a condition on `slope` */
#define UNARY_P_WHERE_F32(name, quick, condition)                                                                 \
    ADAPT_UNARY_P(f32, vf, name)                                                                                  \
    ADAPT_UNARY_P(f32, vf, quick)                                                                                 \
    KERNEL(name##_f32) {                                                                                          \
        const float slope = *(const float *)parameters;                                                           \
        const vf p[1] = {f32_set(slope)};                                                                         \
        UNUSED(b);                                                                                                \
        if (condition)                                                                                            \
            f32_map(n, a, a, out, p, quick##_f32_adapted);                                                        \
        else                                                                                                      \
            f32_map(n, a, a, out, p, name##_f32_adapted);                                                         \
    }                                                                                                             \
    ARRAYS_KERNEL(name##_f32) {                                                                                   \
        UNUSED(b);                                                                                                \
        f32_map_arrays(n, a, a, out, (const float *const *)parameters, 1, name##_f32_adapted);                    \
    }
#define PLAIN_KERNEL(type, name, second) \
    KERNEL(name##_##type) { UNUSED(parameters); type##_map(n, a, second, out, NULL, name##_##type##_adapted); }
#define PARAMETER_KERNELS(type, T, V, name, second)                                                    \
    KERNEL(name##_##type) {                                                                            \
        const V p[1] = {type##_set(*(const T *)parameters)};                                           \
        type##_map(n, a, second, out, p, name##_##type##_adapted);                                     \
    }                                                                                                  \
    ARRAYS_KERNEL(name##_##type) {                                                                     \
        type##_map_arrays(n, a, second, out, (const T *const *)parameters, 1, name##_##type##_adapted); \
    }

#define UNARY_F32(name) ADAPT_UNARY(f32, vf, name) KERNEL(name##_f32) { UNUSED(b), UNUSED(parameters); f32_map(n, a, a, out, NULL, name##_f32_adapted); }
#define UNARY_F64(name) ADAPT_UNARY(f64, vd, name) KERNEL(name##_f64) { UNUSED(b), UNUSED(parameters); f64_map(n, a, a, out, NULL, name##_f64_adapted); }
#define BINARY_F32(name) ADAPT_BINARY(f32, vf, name) PLAIN_KERNEL(f32, name, b)
#define BINARY_F64(name) ADAPT_BINARY(f64, vd, name) PLAIN_KERNEL(f64, name, b)
#define UNARY_P_F32(name) ADAPT_UNARY_P(f32, vf, name) PARAMETER_KERNELS(f32, float, vf, name, (UNUSED(b), a))
#define UNARY_P_F64(name) ADAPT_UNARY_P(f64, vd, name) PARAMETER_KERNELS(f64, double, vd, name, (UNUSED(b), a))
#define BINARY_P_F32(name) ADAPT_BINARY_P(f32, vf, name) PARAMETER_KERNELS(f32, float, vf, name, b)
#define BINARY_P_F64(name) ADAPT_BINARY_P(f64, vd, name) PARAMETER_KERNELS(f64, double, vd, name, b)

/* float lanes through the double-lane function of the same name, rounded once */
#define WIDEN(name)                                                                                       \
    INLINE vf name##_f32_wide(vf a, vf b, const vf *p) {                                                  \
        const vd low[1] = {f64_from_f32_low(p[0])}, high[1] = {f64_from_f32_high(p[0])};                  \
        return f32_from_f64(name##_f64_adapted(f64_from_f32_low(a), f64_from_f32_low(b), low),            \
                            name##_f64_adapted(f64_from_f32_high(a), f64_from_f32_high(b), high));        \
    }
#define DEFAULT_KERNELS_F32(name, default_value, second)                                                  \
    WIDEN(name)                                                                                           \
    KERNEL(name##_f32) {                                                                                  \
        const float parameter = *(const float *)parameters;                                               \
        const vf p[1] = {f32_set(parameter)};                                                             \
        if (LIKELY(parameter == default_value))                                                           \
            kernel_##name##_default_f32(n, a, b, out, NULL);                                              \
        else                                                                                              \
            f32_map(n, a, second, out, p, name##_f32_wide);                                               \
    }                                                                                                     \
    ARRAYS_KERNEL(name##_f32) {                                                                           \
        const float *p = parameters[0], *first = a, *last = second;                                       \
        for (size_t i = 0, run = 1; i < n; i += run) { /* runs of default and of other values */          \
            const int is_default = p[i] == default_value;                                                 \
            for (run = 1; i + run < n && (p[i + run] == default_value) == is_default; ++run) {}           \
            if (is_default)                                                                               \
                kernel_##name##_default_f32(run, first + i, last + i, (float *)out + i, NULL);            \
            else                                                                                          \
                f32_map_arrays(run, first + i, last + i, (float *)out + i, (const float *const[]){p + i}, 1, name##_f32_wide); \
        }                                                                                                 \
    }
#define UNARY_DEFAULT_F32(name, default_value) DEFAULT_KERNELS_F32(name, default_value, (UNUSED(b), a))
#define BINARY_DEFAULT_F32(name, default_value) DEFAULT_KERNELS_F32(name, default_value, b)
#endif
