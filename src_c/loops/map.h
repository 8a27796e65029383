/* Contiguous loops and the macros that make kernels of vector functions.
 *
 *   UNARY_F32(sigmoid_value)     kernel from  vf sigmoid_value_f32(vf x)
 *   BINARY_F32(tanh_backward)    kernel from  vf tanh_backward_f32(vf g, vf x)
 *   UNARY_P_F64(elu_value, 1)    kernels (scalar and per-element parameters) from  vd elu_value_f64(vd x, const vd *p), 1 parameter
 *   BINARY_P_F64(elu_backward, 1)  kernels from  vd elu_backward_f64(vd g, vd x, const vd *p)
 *   BINARY_DEFAULT_F32(celu_backward_from_output, 1)  kernels from the parameterless kernel celu_backward_from_output_default (float
 *       lanes, used where the parameters have their defaults, here one of 1) and vd celu_backward_from_output_f64(vd g, vd y, const vd *p)
 *       (double lanes, rounded once, everywhere else)
 *   ..._P_LONG_F32               float kernels that run one vector at a time, as those of double lanes do
 *   ..._LIGHT_F64                the same in loops that run four vectors side by side, which float lanes always do
 *   UNARY_P_WHERE_F32(relu_general_value, 3, quick, condition, any)  `quick` where the parameters satisfy the condition, `any` where they
 *       do not and with one of each an element, and the function itself wherever these give NaN, so that they need not mind infinities
 *   UNARY_P_QUICK_F32(rrelu_value, 2, quick), UNARY_QUICK_F32(sqrt_derivative, quick)  `quick` whatever the parameters, or without any
 *   UNARY_P_CASES_F32(pow_value, 2, CASES, general)  CASES(C) is C(condition, quick) for every short way that some parameters have,
 *       `general` for the others; the function itself, the same bits, for arrays of parameters and where a short way gives NaN
 *   UNARY_BITS_F32(abs_value, 0x7FFF)  the result is x, or in binary passes the gradient, or those of its bits that a 16-bit number has at
 *       the places of the mask: float16 and bfloat16 are not widened
 *   SAME_F32(celu_value_default, elu_value_default)  the kernels of the second function
 *   BINARY_BLOCKS_F32(log_sigmoid_backward_from_output)  too long for its 16-bit kernels to take a vector at a time
 *   UNARY_COARSE_F32(log_value, log_value_coarse)  its 16-bit kernels take the second function, and the first one where that is NaN
 *   UNARY_TAILED_F32, UNARY_NEAR_F32, ...: see loops/tailed.h
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
#define SIDES 1
#include "map_template.h"

#define SCALAR double
#define VECTOR vd
#define LANES F64_LANES
#define OP(name) f64_##name
#define LANES_(name) f64_##name
#define SIDES (F64_LANES == 8 ? 4 : 1)
#include "map_template.h"

#define KERNEL(name) static MAY_BE_UNUSED void kernel_##name(size_t n, const void *a, const void *b, void *out, const void *parameters)
#define ARRAYS_KERNEL(name) \
    static MAY_BE_UNUSED void arrays_##name(size_t n, const void *a, const void *b, void *out, const void *const *parameters)

#define ADAPT_UNARY(type, V, name) \
    INLINE V name##_##type##_adapted(V a, V b, const V *p) { UNUSED(b), UNUSED(p); return name##_##type(a); }
#define ADAPT_BINARY(type, V, name) \
    INLINE V name##_##type##_adapted(V a, V b, const V *p) { UNUSED(p); return name##_##type(a, b); }
#define ADAPT_UNARY_P_AS(type, V, as, name) \
    INLINE V as##_##type##_adapted(V a, V b, const V *p) { UNUSED(b); return name##_##type(a, p); }
#define ADAPT_BINARY_P_AS(type, V, as, name) \
    INLINE V as##_##type##_adapted(V a, V b, const V *p) { return name##_##type(a, b, p); }
#define ADAPT_UNARY_P(type, V, name) ADAPT_UNARY_P_AS(type, V, name, name)
#define ADAPT_BINARY_P(type, V, name) ADAPT_BINARY_P_AS(type, V, name, name)

/* What float16 and bfloat16 kernels are made of (loops/sixteen.h): map is one of theirs. */
typedef void f32_sixteen_map(size_t n, const uint16_t *a, const uint16_t *b, uint16_t *out, const vf *p, f32_function *f,
                             f32_function *full);
#define SIXTEEN_WAY_f32(name)                                                                              \
    INLINE void name##_sixteen(size_t n, const uint16_t *a, const uint16_t *b, uint16_t *out,              \
                               const float *given, f32_sixteen_map *map)
#define SIXTEEN_PLAIN_f64(name)
#define SIXTEEN_PLAIN_f32(name) \
    SIXTEEN_WAY_f32(name) { UNUSED(given); map(n, a, b, out, NULL, name##_f32_adapted, NULL); }
#define SIXTEEN_BITS_f64(name, keep)
#define SIXTEEN_BITS_f32(name, keep) SIXTEEN_WAY_f32(name) { UNUSED(b), UNUSED(given); sixteen_keep(n, a, out, keep, map == bf16_map); }
/* by blocks */
#define SIXTEEN_BLOCKS_f64(name)
#define SIXTEEN_IN_BLOCKS(name) (map == bf16_map ? bf16_in_blocks : f16_in_blocks)(n, a, b, out, given, kernel_##name##_f32)
#define SIXTEEN_BLOCKS_f32(name) SIXTEEN_WAY_f32(name) { SIXTEEN_IN_BLOCKS(name); }
#define SIXTEEN_PARAMETERS_f64(name, count)
#define SIXTEEN_PARAMETERS_f32(name, count)                               \
    SIXTEEN_WAY_f32(name) {                                               \
        vf p[count];                                                      \
        for (int k = 0; k < count; ++k) p[k] = f32_set(given[k]);         \
        map(n, a, b, out, p, name##_f32_adapted, NULL);                   \
    }
#define SIXTEEN_QUICK_f64(name, quick)
#define SIXTEEN_QUICK_f32(name, quick) \
    SIXTEEN_WAY_f32(name) { UNUSED(given); map(n, a, b, out, NULL, quick##_f32_adapted, name##_f32_adapted); }
#define SIXTEEN_WHERE_f64(name, count, condition)
#define SIXTEEN_WHERE_f32(name, count, condition)                                             \
    SIXTEEN_WAY_f32(name) {                                                                   \
        vf p[count];                                                                          \
        for (int k = 0; k < count; ++k) p[k] = f32_set(given[k]);                             \
        if (condition)                                                                        \
            map(n, a, b, out, p, name##_where_f32_adapted, name##_f32_adapted);               \
        else                                                                                  \
            map(n, a, b, out, p, name##_f32_adapted, NULL);                                   \
    }

/* Kernels that take the vector function `quick` where the `given` parameters satisfy a condition and, where they do not or are arrays,
 * the vector function `any`; either way `name` where that gives NaN. */
#define KERNELS_WHERE(ADAPT, type, T, V, name, count, second, quick, condition, any)                                    \
    ADAPT(type, V, name, name)                                                                                          \
    ADAPT(type, V, name##_where, quick)                                                                                 \
    ADAPT(type, V, name##_any, any)                                                                                     \
    SIXTEEN_WHERE_##type(name, count, condition)                                                                        \
    KERNEL(name##_##type) {                                                                                             \
        const T *const given = parameters;                                                                              \
        V p[count];                                                                                                     \
        for (int k = 0; k < count; ++k) p[k] = type##_set(given[k]);                                                    \
        if (condition)                                                                                                  \
            type##_map_quick(n, a, second, out, p, name##_where_##type##_adapted, name##_##type##_adapted);             \
        else                                                                                                            \
            type##_map_quick(n, a, second, out, p, name##_any_##type##_adapted, name##_##type##_adapted);               \
    }                                                                                                                   \
    ARRAYS_KERNEL(name##_##type) {                                                                                      \
        type##_map_arrays(n, a, second, out, (const T *const *)parameters, count, name##_any_##type##_adapted,          \
                          name##_##type##_adapted);                                                                     \
    }
#define UNARY_P_WHERE_F32(name, count, quick, condition, any) \
    KERNELS_WHERE(ADAPT_UNARY_P_AS, f32, float, vf, name, count, (UNUSED(b), a), quick, condition, any)
#define UNARY_P_WHERE_F64(name, count, quick, condition, any) \
    KERNELS_WHERE(ADAPT_UNARY_P_AS, f64, double, vd, name, count, (UNUSED(b), a), quick, condition, any)
#define BINARY_P_WHERE_F32(name, count, quick, condition, any) \
    KERNELS_WHERE(ADAPT_BINARY_P_AS, f32, float, vf, name, count, b, quick, condition, any)
#define BINARY_P_WHERE_F64(name, count, quick, condition, any) \
    KERNELS_WHERE(ADAPT_BINARY_P_AS, f64, double, vd, name, count, b, quick, condition, any)
#define UNARY_P_QUICK_F32(name, count, quick) UNARY_P_WHERE_F32(name, count, quick, (UNUSED(given), 1), quick)
#define UNARY_P_QUICK_F64(name, count, quick) UNARY_P_WHERE_F64(name, count, quick, (UNUSED(given), 1), quick)
#define BINARY_P_QUICK_F32(name, count, quick) BINARY_P_WHERE_F32(name, count, quick, (UNUSED(given), 1), quick)
#define BINARY_P_QUICK_F64(name, count, quick) BINARY_P_WHERE_F64(name, count, quick, (UNUSED(given), 1), quick)
#define MAKE_QUICK(ADAPT, type, V, name, second, quick)                                                                 \
    ADAPT(type, V, name)                                                                                                \
    ADAPT(type, V, quick)                                                                                               \
    SIXTEEN_QUICK_##type(name, quick)                                                                                   \
    KERNEL(name##_##type) {                                                                                             \
        UNUSED(parameters);                                                                                             \
        type##_map_quick(n, a, second, out, NULL, quick##_##type##_adapted, name##_##type##_adapted);                   \
    }
#define UNARY_QUICK_F32(name, quick) MAKE_QUICK(ADAPT_UNARY, f32, vf, name, (UNUSED(b), a), quick)
#define BINARY_QUICK_F32(name, quick) MAKE_QUICK(ADAPT_BINARY, f32, vf, name, b, quick)
#define UNARY_QUICK_F64(name, quick) MAKE_QUICK(ADAPT_UNARY, f64, vd, name, (UNUSED(b), a), quick)
#define BINARY_QUICK_F64(name, quick) MAKE_QUICK(ADAPT_BINARY, f64, vd, name, b, quick)
#define ADAPT_UNARY_CASE_f32(condition, quick) ADAPT_UNARY_P(f32, vf, quick)
#define ADAPT_UNARY_CASE_f64(condition, quick) ADAPT_UNARY_P(f64, vd, quick)
#define ADAPT_BINARY_CASE_f32(condition, quick) ADAPT_BINARY_P(f32, vf, quick)
#define ADAPT_BINARY_CASE_f64(condition, quick) ADAPT_BINARY_P(f64, vd, quick)
#define RUN_CASE_f32(condition, quick) if (condition) f32_map_quick(n, a, second, out, p, quick##_f32_adapted, full); else
#define RUN_CASE_f64(condition, quick) if (condition) f64_map_quick(n, a, second, out, p, quick##_f64_adapted, full); else
#define KERNELS_CASES(type, T, V, name, count, CASES, general, from)                                                    \
    KERNEL(name##_##type) {                                                                                             \
        const T *const given = parameters;                                                                              \
        const T *const second = from;                                                                                   \
        type##_function *const full = name##_##type##_adapted;                                                          \
        V p[count];                                                                                                     \
        for (int k = 0; k < count; ++k) p[k] = type##_set(given[k]);                                                    \
        CASES(RUN_CASE_##type) type##_map_long(n, a, second, out, p, general##_##type##_adapted);                       \
    }                                                                                                                   \
    SIXTEEN_BLOCKS_##type(name)                                                                                         \
    ARRAYS_KERNEL(name##_##type) {                                                                                      \
        type##_map_long_arrays(n, a, from, out, (const T *const *)parameters, count, name##_##type##_adapted, NULL);    \
    }
#define MAKE_UNARY_CASES(type, T, V, name, count, CASES, general)                                       \
    ADAPT_UNARY_P(type, V, name) ADAPT_UNARY_P(type, V, general) CASES(ADAPT_UNARY_CASE_##type)         \
    KERNELS_CASES(type, T, V, name, count, CASES, general, (UNUSED(b), a))
#define MAKE_BINARY_CASES(type, T, V, name, count, CASES, general)                                      \
    ADAPT_BINARY_P(type, V, name) ADAPT_BINARY_P(type, V, general) CASES(ADAPT_BINARY_CASE_##type)      \
    KERNELS_CASES(type, T, V, name, count, CASES, general, b)
#define UNARY_P_CASES_F32(name, count, CASES, general) MAKE_UNARY_CASES(f32, float, vf, name, count, CASES, general)
#define UNARY_P_CASES_F64(name, count, CASES, general) MAKE_UNARY_CASES(f64, double, vd, name, count, CASES, general)
#define BINARY_P_CASES_F32(name, count, CASES, general) MAKE_BINARY_CASES(f32, float, vf, name, count, CASES, general)
#define BINARY_P_CASES_F64(name, count, CASES, general) MAKE_BINARY_CASES(f64, double, vd, name, count, CASES, general)
#define PLAIN_KERNEL(type, map, name, second) SIXTEEN_PLAIN_##type(name) LANES_KERNEL(type, map, name, second)
#define LANES_KERNEL(type, map, name, second) \
    KERNEL(name##_##type) { UNUSED(parameters); type##_##map(n, a, second, out, NULL, name##_##type##_adapted); }
#define PARAMETER_KERNELS(type, map, T, V, name, count, second)                                                \
    SIXTEEN_PARAMETERS_##type(name, count)                                                                  \
    KERNEL(name##_##type) {                                                                                 \
        V p[count];                                                                                         \
        for (int k = 0; k < count; ++k) p[k] = type##_set(((const T *)parameters)[k]);                      \
        type##_##map(n, a, second, out, p, name##_##type##_adapted);                                        \
    }                                                                                                       \
    ARRAYS_KERNEL(name##_##type) {                                                                          \
        type##_##map##_arrays(n, a, second, out, (const T *const *)parameters, count, name##_##type##_adapted, NULL); \
    }

#define MAKE_UNARY(type, map, V, name) ADAPT_UNARY(type, V, name) PLAIN_KERNEL(type, map, name, (UNUSED(b), a))
#define MAKE_BINARY(type, map, V, name) ADAPT_BINARY(type, V, name) PLAIN_KERNEL(type, map, name, b)
#define MAKE_UNARY_P(type, map, T, V, name, count) ADAPT_UNARY_P(type, V, name) \
    PARAMETER_KERNELS(type, map, T, V, name, count, (UNUSED(b), a))
#define MAKE_BINARY_P(type, map, T, V, name, count) ADAPT_BINARY_P(type, V, name) PARAMETER_KERNELS(type, map, T, V, name, count, b)

#define MAKE_BITS(ADAPT, type, V, name, second, keep) \
    ADAPT(type, V, name) SIXTEEN_BITS_##type(name, keep) LANES_KERNEL(type, map, name, second)
#define UNARY_BITS_F32(name, keep) MAKE_BITS(ADAPT_UNARY, f32, vf, name, (UNUSED(b), a), keep)
#define BINARY_BITS_F32(name, keep) MAKE_BITS(ADAPT_BINARY, f32, vf, name, b, keep)
#define UNARY_BITS_F64(name, keep) MAKE_BITS(ADAPT_UNARY, f64, vd, name, (UNUSED(b), a), keep)
#define BINARY_BITS_F64(name, keep) MAKE_BITS(ADAPT_BINARY, f64, vd, name, b, keep)
#define UNARY_F32(name) MAKE_UNARY(f32, map, vf, name)
#define BINARY_F32(name) MAKE_BINARY(f32, map, vf, name)
#define SAME_F32(name, other)                                                                           \
    KERNEL(name##_f32) { kernel_##other##_f32(n, a, b, out, parameters); }                              \
    SIXTEEN_WAY_f32(name) { other##_sixteen(n, a, b, out, given, map); }
#define UNARY_COARSE_F32(name, coarse)                                                                  \
    ADAPT_UNARY(f32, vf, name) ADAPT_UNARY(f32, vf, coarse) SIXTEEN_QUICK_f32(name, coarse)             \
    LANES_KERNEL(f32, map, name, (UNUSED(b), a))
#define BINARY_BLOCKS_F32(name) ADAPT_BINARY(f32, vf, name) LANES_KERNEL(f32, map, name, b) SIXTEEN_BLOCKS_f32(name)
#define UNARY_P_F32(name, count) MAKE_UNARY_P(f32, map, float, vf, name, count)
#define BINARY_P_F32(name, count) MAKE_BINARY_P(f32, map, float, vf, name, count)
#define UNARY_P_LONG_F32(name, count) MAKE_UNARY_P(f32, map_long, float, vf, name, count)
#define BINARY_P_LONG_F32(name, count) MAKE_BINARY_P(f32, map_long, float, vf, name, count)
#define UNARY_F64(name) MAKE_UNARY(f64, map_long, vd, name)
#define BINARY_F64(name) MAKE_BINARY(f64, map_long, vd, name)
#define UNARY_P_F64(name, count) MAKE_UNARY_P(f64, map_long, double, vd, name, count)
#define BINARY_P_F64(name, count) MAKE_BINARY_P(f64, map_long, double, vd, name, count)
#define UNARY_LIGHT_F64(name) MAKE_UNARY(f64, map, vd, name)
#define BINARY_LIGHT_F64(name) MAKE_BINARY(f64, map, vd, name)
#define UNARY_P_LIGHT_F64(name, count) MAKE_UNARY_P(f64, map, double, vd, name, count)
#define BINARY_P_LIGHT_F64(name, count) MAKE_BINARY_P(f64, map, double, vd, name, count)

/* Files written for either lane type (simd/as_float.h, simd/as_double.h) end with these: value, derivative and backward pass. */
#define KERNELS(name) UNARY(name##_value) UNARY(name##_derivative) BINARY(name##_backward)
#define KERNELS_P(name, count) UNARY_P(name##_value, count) UNARY_P(name##_derivative, count) BINARY_P(name##_backward, count)

/* float lanes through a function of double lanes, rounded once */
#define WIDEN(name, wide, count)                                                                          \
    INLINE vf name##_f32_wide(vf a, vf b, const vf *p) {                                                  \
        vd low[count], high[count];                                                                       \
        for (int k = 0; k < count; ++k) low[k] = f64_from_f32_low(p[k]), high[k] = f64_from_f32_high(p[k]); \
        return f32_from_f64(wide(f64_from_f32_low(a), f64_from_f32_low(b), low),                          \
                            wide(f64_from_f32_high(a), f64_from_f32_high(b), high));                      \
    }
INLINE int are_defaults(const float *parameters, const float *defaults, int count) {
    int same = 1;
    for (int k = 0; k < count; ++k) same &= parameters[k] == defaults[k];
    return same;
}
/* which of the elements at i have the defaults, and whether none, all or some of them do */
INLINE mf f32_at_defaults(const float *const *parameters, size_t i, size_t left, const float *defaults, int count) {
    mf same = f32_eq(f32_set(0), f32_set(0));
    for (int k = 0; k < count; ++k) {
        const vf p = left < F32_LANES ? f32_load_part_or(parameters[k] + i, left, f32_set(defaults[k])) : f32_load(parameters[k] + i);
        same = f32_mask_and(same, f32_eq(p, f32_set(defaults[k])));
    }
    return same;
}
enum { DEFAULTS_NONE, DEFAULTS_ALL, DEFAULTS_SOME };
INLINE int f32_defaults_kind(const float *const *parameters, size_t i, size_t n, const float *defaults, int count) {
    const uint32_t bits = f32_mask_bits(f32_at_defaults(parameters, i, n - i, defaults, count));
    return bits == 0 ? DEFAULTS_NONE : bits == (uint32_t)((UINT64_C(1) << F32_LANES) - 1) ? DEFAULTS_ALL : DEFAULTS_SOME;
}
/* Arrays of parameters: runs of vectors whose elements all have the defaults, none, or some of them, which go both ways. */
NOINLINE void f32_arrays_by_default(size_t n, const float *a, const float *b, float *out, const float *const *parameters, int count,
                                    const float *defaults, fastact_map_kernel *usual, fastact_map_arrays_kernel *others) {
    enum { LONGEST = 32 * F32_LANES };
    for (size_t i = 0, end; i < n; i = end) {
        const int kind = f32_defaults_kind(parameters, i, n, defaults, count);
        const size_t most = kind == DEFAULTS_SOME && n - i > LONGEST ? i + LONGEST : n;
        for (end = i + F32_LANES; end < most && f32_defaults_kind(parameters, end, n, defaults, count) == kind;) end += F32_LANES;
        if (end > most) end = most;
        const void *at[MAX_PARAMETERS];
        float both[2][LONGEST];
        for (int k = 0; k < count; ++k) at[k] = parameters[k] + i;
        if (kind != DEFAULTS_NONE) usual(end - i, a + i, b + i, kind == DEFAULTS_ALL ? out + i : both[0], NULL);
        if (kind != DEFAULTS_ALL) others(end - i, a + i, b + i, kind == DEFAULTS_NONE ? out + i : both[1], at);
        for (size_t j = i; kind == DEFAULTS_SOME && j < end; j += F32_LANES) {
            const size_t left = end - j < F32_LANES ? end - j : F32_LANES;
            const mf same = f32_at_defaults(parameters, j, left, defaults, count);
            f32_store_part(out + j, f32_select(same, f32_load_part(both[0] + j - i, left), f32_load_part(both[1] + j - i, left)), left);
        }
    }
}
#define DEFAULTS_F32(name, wide, ...)                                                                     \
    static const float name##_defaults[] = {__VA_ARGS__};                                                 \
    enum { name##_parameters = sizeof name##_defaults / sizeof(float) };                                  \
    WIDEN(name, wide, name##_parameters)
/* what other parameters do: with one of each, and (as an expression) with arrays `p` of them */
#define DEFAULT_KERNELS_F32(name, second, others, others_arrays)                                          \
    KERNEL(name##_f32) {                                                                                  \
        const float *const last = second;                                                                 \
        vf p[name##_parameters];                                                                          \
        for (int k = 0; k < name##_parameters; ++k) p[k] = f32_set(((const float *)parameters)[k]);       \
        if (LIKELY(are_defaults(parameters, name##_defaults, name##_parameters)))                         \
            kernel_##name##_default_f32(n, a, b, out, NULL);                                              \
        else                                                                                              \
            others;                                                                                       \
    }                                                                                                     \
    SIXTEEN_WAY_f32(name) {                                                                               \
        if (are_defaults(given, name##_defaults, name##_parameters))                                      \
            name##_default_sixteen(n, a, b, out, given, map);                                             \
        else                                                                                              \
            SIXTEEN_IN_BLOCKS(name);                                                                      \
    }                                                                                                     \
    ARRAYS_KERNEL(name##_others_f32) {                                                                    \
        const float *const *const p = (const float *const *)parameters, *const last = second;             \
        others_arrays;                                                                                    \
    }                                                                                                     \
    ARRAYS_KERNEL(name##_f32) {                                                                           \
        f32_arrays_by_default(n, a, second, out, (const float *const *)parameters, name##_parameters, name##_defaults, \
                              kernel_##name##_default_f32, arrays_##name##_others_f32);                   \
    }
#define BINARY_DEFAULT_F32(name, ...)                                                                     \
    DEFAULTS_F32(name, name##_f64_adapted, __VA_ARGS__)                                                   \
    DEFAULT_KERNELS_F32(name, b, f32_map_long(n, a, last, out, p, name##_f32_wide),                       \
                        f32_map_long_arrays(n, a, last, out, p, name##_parameters, name##_f32_wide, NULL))
#endif
