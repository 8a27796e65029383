/* The const table of one instruction set: every row of the registry, expanded after the kernels were compiled. */
#define ENTRY(prefix, name, pass, from_output) ENTRY_##from_output(prefix, name, pass)
#define PASSES(prefix, name, from_output)                                                                             \
    {                                                                                                                 \
        {prefix##_##name##_value_f32, prefix##_##name##_value_f64},                                                   \
        {prefix##_##name##_derivative_f32, prefix##_##name##_derivative_f64},                                         \
        {prefix##_##name##_backward_f32, prefix##_##name##_backward_f64},                                             \
        {from_output(prefix, name, f32), from_output(prefix, name, f64)},                                             \
    }
#define FROM_OUTPUT(prefix, name, type) prefix##_##name##_backward_from_output_##type
#define NOT_FROM_OUTPUT(prefix, name, type) NULL
#define ARRAYS_NO_PARAMETER(name, from_output) {{NULL, NULL}}
#define ARRAYS_PARAMETER(parameter, default_value) ARRAYS_TABLE

#define CONCATENATE_(a, b) a##b
#define CONCATENATE(a, b) CONCATENATE_(a, b)

const fastact_kernels CONCATENATE(fastact_kernels_, ISA) = {
    SIMD_NAME,
    {
#define ELEMENTWISE(name, parameters, from_output, ...) PASSES(kernel, name, from_output),
#define ROWWISE(name, ...)
#define LOSS(name, ...)
#define ROW_LOSS(name, ...)
#include "../registry.h"
    },
    {
#define ARRAYS_TABLE(name, from_output) PASSES(arrays, name, from_output)
#define SECOND(first, second, ...) second
#define ELEMENTWISE(name, parameters, from_output, ...) ARRAYS_##parameters(name, from_output),
#define ROWWISE(name, ...)
#define LOSS(name, ...)
#define ROW_LOSS(name, ...)
#include "../registry.h"
    },
    {
#define ELEMENTWISE(name, ...)
#define ROWWISE(name, ...) {{rows_##name##_f32, rows_##name##_f64}, {rows_##name##_backward_f32, rows_##name##_backward_f64}},
#define LOSS(name, ...)
#define ROW_LOSS(name, ...)
#include "../registry.h"
    },
    {
#define ELEMENTWISE(name, ...)
#define ROWWISE(name, ...)
#define LOSS(name, ...) {loss_##name##_f32, loss_##name##_f64},
#define ROW_LOSS(name, ...)
#include "../registry.h"
    },
    {
#define ELEMENTWISE(name, ...)
#define ROWWISE(name, ...)
#define LOSS(name, ...)
#define ROW_LOSS(name, ...) {row_loss_##name##_f32, row_loss_##name##_f64},
#include "../registry.h"
    },
};
