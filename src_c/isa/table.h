/* The const table of one instruction set: every row of the registry, expanded after the kernels were compiled. */
#define PASSES(prefix, sixteen, name, from_output)                                  \
    {                                                                               \
        {prefix##_##name##_value_f32, prefix##_##name##_value_f64 sixteen(name##_value)},                \
        {prefix##_##name##_derivative_f32, prefix##_##name##_derivative_f64 sixteen(name##_derivative)}, \
        {prefix##_##name##_backward_f32, prefix##_##name##_backward_f64 sixteen(name##_backward)},       \
        {from_output(prefix, name, f32), from_output(prefix, name, f64) sixteen##_##from_output(name)},  \
    }
#define FROM_OUTPUT(prefix, name, type) prefix##_##name##_backward_from_output_##type
#define NOT_FROM_OUTPUT(prefix, name, type) NULL
#define WITH_SIXTEEN(name) , kernel_##name##_f16, kernel_##name##_bf16
#define WITH_SIXTEEN_FROM_OUTPUT(name) WITH_SIXTEEN(name##_backward_from_output)
#define WITH_SIXTEEN_NOT_FROM_OUTPUT(name) , NULL, NULL
#define NO_SIXTEEN(name)
#define NO_SIXTEEN_FROM_OUTPUT(name)
#define NO_SIXTEEN_NOT_FROM_OUTPUT(name)
#define ARRAYS_NO_PARAMETER(name, from_output) {{NULL, NULL}}
#define ARRAYS_PARAMETER(...) ARRAYS_TABLE
#define ARRAYS_PARAMETERS_2(...) ARRAYS_TABLE
#define ARRAYS_PARAMETERS_3(...) ARRAYS_TABLE
#define ARRAYS_PARAMETERS_4(...) ARRAYS_TABLE

#define SIXTEEN_FROM_OUTPUT(name) SIXTEEN_KERNELS(name##_backward_from_output)
#define SIXTEEN_NOT_FROM_OUTPUT(name)
#define ELEMENTWISE(name, cost, parameters, from_output, ...)                                                      \
    SIXTEEN_KERNELS(name##_value) SIXTEEN_KERNELS(name##_derivative) SIXTEEN_KERNELS(name##_backward) SIXTEEN_##from_output(name)
#include "../registry.h"

#define HEAVY kernel
#ifdef NARROW
/* Where the full width lowers the clock, functions as light as a copy hand arrays beyond the first cache to the kernels of half the width,
 * at the same traffic. Nanoseconds a float at 65 536 on Intel's Ice Lake, full and half the width: relu 0.103 and 0.090, leaky_relu 0.103
 * and 0.088, their backward passes 0.124 and 0.112. In the first cache the full width wins, relu 0.049 and 0.066 at 4096, and so it does
 * everywhere from five operations on: relu6 backward 0.87 of the time of half the width, hard_swish 0.57. On Emerald Rapids, whose clock
 * stays, the full width takes 0.95 to 1 of the time of half the width, and backward passes 0.80 to 0.92. */
enum { NARROW_FROM_BYTES = 1 << 15 };
#define NARROW_KERNEL(name, pass, number, type, dtype, T)                                                               \
    static void light_##name##_##pass##_##type(size_t n, const void *a, const void *b, void *out, const void *parameters) { \
        const int is_narrow = fastact_full_width_slows && n >= NARROW_FROM_BYTES / sizeof(T);                           \
        (is_narrow ? NARROW.map[MAP_##name][number][dtype] : kernel_##name##_##pass##_##type)(n, a, b, out, parameters); \
    }
#define NARROW_PASS(name, pass, number)                           \
    NARROW_KERNEL(name, pass, number, f32, FASTACT_F32, float)    \
    NARROW_KERNEL(name, pass, number, f64, FASTACT_F64, double)
#define NARROW_FROM_OUTPUT(name) NARROW_PASS(name, backward_from_output, FASTACT_BACKWARD_FROM_OUTPUT)
#define NARROW_NOT_FROM_OUTPUT(name)
#define NARROW_COPY(name, from_output)                 \
    NARROW_PASS(name, value, FASTACT_VALUE)            \
    NARROW_PASS(name, derivative, FASTACT_DERIVATIVE)  \
    NARROW_PASS(name, backward, FASTACT_BACKWARD)      \
    NARROW_##from_output(name)
#define NARROW_LIGHT(name, from_output)
#define NARROW_HEAVY(name, from_output)
#define ELEMENTWISE(name, cost, parameters, from_output, ...) NARROW_##cost(name, from_output)
#include "../registry.h"
#define COPY light
#else
#define COPY kernel
#endif
#define LIGHT kernel
#define PASSES_OF(prefix, name, from_output) PASSES(prefix, WITH_SIXTEEN, name, from_output)

/* a learned parameter: the loops with the kernels of the function that has it constant */
#define MAP_KERNEL_(cost, name) cost##_##name
#define MAP_KERNEL(cost, name) MAP_KERNEL_(cost, name)
#define LEARNED_KERNELS(name, base, cost, type)                                                                                 \
    static const type##_learned learned_##name##_kernels_##type = {                                                            \
        MAP_KERNEL(cost, base##_value_##type), MAP_KERNEL(cost, base##_backward_##type), arrays_##base##_value_##type,          \
        arrays_##base##_backward_##type};                                                                                      \
    static void learned_##name##_##type(const learned_task *task) { type##_learned_value(task, &learned_##name##_kernels_##type); } \
    static void learned_##name##_backward_##type(const learned_task *task) {                                                   \
        type##_learned_backward(task, &learned_##name##_kernels_##type, name##_sums_##type);                                   \
    }
#define LEARNED(name, base, cost, ...) LEARNED_KERNELS(name, base, cost, f32) LEARNED_KERNELS(name, base, cost, f64)
#include "../registry.h"

const fastact_kernels CONCATENATE(fastact_kernels_, ISA) = {
    SIMD_NAME,
    {
#define ELEMENTWISE(name, cost, parameters, from_output, ...) PASSES_OF(cost, name, from_output),
#include "../registry.h"
    },
    {
#define ARRAYS_TABLE(name, from_output) PASSES(arrays, NO_SIXTEEN, name, from_output)
#define ELEMENTWISE(name, cost, parameters, from_output, ...) ARRAYS_##parameters(name, from_output),
#include "../registry.h"
    },
    {
#define ROWWISE(name, ...) {{rows_##name##_f32, rows_##name##_f64}, {rows_##name##_backward_f32, rows_##name##_backward_f64}},
#include "../registry.h"
    },
    {
#define GATED(name, ...) {{gated_##name##_forward_f32, gated_##name##_forward_f64}, \
                          {gated_##name##_backward_f32, gated_##name##_backward_f64}},
#include "../registry.h"
    },
    {
#define LEARNED(name, ...) {{learned_##name##_f32, learned_##name##_f64}, \
                            {learned_##name##_backward_f32, learned_##name##_backward_f64}},
#include "../registry.h"
    },
    {f16_widen, bf16_widen},
    {f16_narrow, bf16_narrow},
    &CONCATENATE(fastact_loss_kernels_, ISA),
};
