/* The public entry points that have a function's name: a row of the registry makes them all. */
#include "catalog.h"
#include "kernels.h"
#include "overlap.h"
#include "simd/compiler.h"
#include "split.h"

static fastact_status map_unary(int index, fastact_pass pass, fastact_dtype dtype, size_t n, const void *x, void *y,
                                const void *parameters) {
    if (n == 0) return FASTACT_OK;
    if (!x || !y) return FASTACT_ERROR_NULL;
    if (n > PTRDIFF_MAX / fastact_item_size(dtype)) return FASTACT_ERROR_ARGUMENT;
    if (overlap(x, y, n * fastact_item_size(dtype))) return FASTACT_ERROR_OVERLAP;
    fastact_run_map(index, pass, dtype, n, x, NULL, y, parameters);
    return FASTACT_OK;
}

static fastact_status map_binary(int index, fastact_pass pass, fastact_dtype dtype, size_t n, const void *g, const void *x, void *dx,
                                 const void *parameters) {
    if (n == 0) return FASTACT_OK;
    if (!g || !x || !dx) return FASTACT_ERROR_NULL;
    if (n > PTRDIFF_MAX / fastact_item_size(dtype)) return FASTACT_ERROR_ARGUMENT;
    if (overlap(g, dx, n * fastact_item_size(dtype)) || overlap(x, dx, n * fastact_item_size(dtype))) return FASTACT_ERROR_OVERLAP;
    fastact_run_map(index, pass, dtype, n, g, x, dx, parameters);
    return FASTACT_OK;
}

#define T_f32 float
#define T_f64 double
#define T_f16 fastact_f16
#define T_bf16 fastact_bf16
#define P_f32 float /* of parameters */
#define P_f64 double
#define P_f16 float
#define P_bf16 float
#define DTYPE_f32 FASTACT_F32
#define DTYPE_f64 FASTACT_F64
#define DTYPE_f16 FASTACT_F16
#define DTYPE_bf16 FASTACT_BF16
#define DECLARE_NO_PARAMETER(T)
#define DECLARE_PARAMETER(...) DECLARE_1
#define DECLARE_PARAMETERS_2(...) DECLARE_2
#define DECLARE_PARAMETERS_3(...) DECLARE_3
#define DECLARE_PARAMETERS_4(...) DECLARE_4
#define DECLARE_PARAMETERS_5(...) DECLARE_5
#define DECLARE_1(T) , T first
#define DECLARE_2(T) DECLARE_1(T), T second
#define DECLARE_3(T) DECLARE_2(T), T third
#define DECLARE_4(T) DECLARE_3(T), T fourth
#define DECLARE_5(T) DECLARE_4(T), T fifth
#define PASS_NO_PARAMETER(T) NULL
#define PASS_PARAMETER(...) PASS_1
#define PASS_PARAMETERS_2(...) PASS_2
#define PASS_PARAMETERS_3(...) PASS_3
#define PASS_PARAMETERS_4(...) PASS_4
#define PASS_PARAMETERS_5(...) PASS_5
#define PASS_1(T) (const T[]){(T)first}
#define PASS_2(T) (const T[]){first, second}
#define PASS_3(T) (const T[]){first, second, third}
#define PASS_4(T) (const T[]){first, second, third, fourth}
#define PASS_5(T) (const T[]){first, second, third, fourth, fifth}

#define MAPS(name, parameters, from_output, type)                                                                                        \
    EXPORT fastact_status fastact_##name##_##type(size_t n, const T_##type *x, T_##type *y DECLARE_##parameters(P_##type)) {             \
        return map_unary(MAP_##name, FASTACT_VALUE, DTYPE_##type, n, x, y, PASS_##parameters(P_##type));                                 \
    }                                                                                                                                    \
    EXPORT fastact_status fastact_##name##_derivative_##type(size_t n, const T_##type *x, T_##type *dy DECLARE_##parameters(P_##type)) { \
        return map_unary(MAP_##name, FASTACT_DERIVATIVE, DTYPE_##type, n, x, dy, PASS_##parameters(P_##type));                           \
    }                                                                                                                                    \
    EXPORT fastact_status fastact_##name##_backward_##type(size_t n, const T_##type *grad, const T_##type *x,                            \
                                                           T_##type *dx DECLARE_##parameters(P_##type)) {                                \
        return map_binary(MAP_##name, FASTACT_BACKWARD, DTYPE_##type, n, grad, x, dx, PASS_##parameters(P_##type));                      \
    }                                                                                                                                    \
    from_output(name, parameters, type)
#define NOT_FROM_OUTPUT(name, parameters, type)
#define FROM_OUTPUT(name, parameters, type)                                                                                     \
    EXPORT fastact_status fastact_##name##_backward_from_output_##type(size_t n, const T_##type *grad, const T_##type *y,       \
                                                                       T_##type *dx DECLARE_##parameters(P_##type)) {           \
        return map_binary(MAP_##name, FASTACT_BACKWARD_FROM_OUTPUT, DTYPE_##type, n, grad, y, dx, PASS_##parameters(P_##type)); \
    }

#define KEEPS_COLUMNS(T) T
#define ONE_COLUMN(T) T
#define GROUPED_COLUMNS(T) size_t
#define ROWS(name, shape, parameters, type)                                                                                              \
    EXPORT fastact_status fastact_##name##_##type(size_t rows, size_t columns, const T_##type *x,                                        \
                                                  T_##type *y DECLARE_##parameters(shape(P_##type))) {                                   \
        return fastact_rows(FUNCTION(name), FASTACT_VALUE, DTYPE_##type, rows, columns, x, NULL, y, PASS_##parameters(double));     \
    }                                                                                                                                    \
    EXPORT fastact_status fastact_##name##_backward_##type(size_t rows, size_t columns, const T_##type *grad, const T_##type *b,         \
                                                           T_##type *dx DECLARE_##parameters(shape(P_##type))) {                         \
        return fastact_rows(FUNCTION(name), FASTACT_BACKWARD, DTYPE_##type, rows, columns, grad, b, dx, PASS_##parameters(double)); \
    }

/* a and b in the order of the halves; kernels have the gate first */
#define GATE_FIRST(a, b) a, b
#define GATE_SECOND(a, b) b, a
#define GATED_CALLS(name, gate, parameters, type)                                                                                        \
    EXPORT fastact_status fastact_##name##_##type(size_t n, const T_##type *a, const T_##type *b,                                        \
                                                  T_##type *y DECLARE_##parameters(P_##type)) {                                          \
        const void *const in[2] = {gate(a, b)};                                                                                          \
        void *const out[1] = {y};                                                                                                        \
        return fastact_gated(FUNCTION(name), FASTACT_VALUE, DTYPE_##type, 1, n, in, NULL, out, NULL, PASS_##parameters(double));    \
    }                                                                                                                                    \
    EXPORT fastact_status fastact_##name##_backward_##type(size_t n, const T_##type *grad, const T_##type *a, const T_##type *b,         \
                                                           T_##type *da, T_##type *db DECLARE_##parameters(P_##type)) {                  \
        const void *const in[3] = {grad, gate(a, b)};                                                                                    \
        void *const out[2] = {gate(da, db)};                                                                                             \
        return fastact_gated(FUNCTION(name), FASTACT_BACKWARD, DTYPE_##type, 1, n, in, NULL, out, NULL, PASS_##parameters(double)); \
    }

#define LOSSES(symbol, name, parameters, type)                                                                                            \
    EXPORT fastact_status fastact_##symbol##_value_and_gradient_##type(size_t n, const T_##type *pred, const T_##type *target,            \
                                                                       T_##type *mean, T_##type *grad DECLARE_##parameters(T_##type)) {   \
        double sums[2];                                                                                                                   \
        if (!mean || (!grad && n)) return FASTACT_ERROR_NULL;                                                                             \
        const fastact_status s = fastact_loss(FUNCTION(name), DTYPE_##type, n, pred, target, NULL, PASS_##parameters(double),        \
                                              1.0 / (double)n, sums, NULL, grad, NULL);                                                   \
        if (s == FASTACT_OK) *mean = (T_##type)(sums[0] / (double)n);                                                                     \
        return s;                                                                                                                         \
    }                                                                                                                                     \
    EXPORT fastact_status fastact_##symbol##_##type(size_t n, const T_##type *pred, const T_##type *target,                               \
                                                    T_##type *mean DECLARE_##parameters(T_##type)) {                                      \
        double sums[2];                                                                                                                   \
        if (!mean) return FASTACT_ERROR_NULL;                                                                                             \
        const fastact_status s = fastact_loss(FUNCTION(name), DTYPE_##type, n, pred, target, NULL, PASS_##parameters(double), 1.0,   \
                                              sums, NULL, NULL, NULL);                                                                    \
        if (s == FASTACT_OK) *mean = (T_##type)(sums[0] / (double)n);                                                                     \
        return s;                                                                                                                         \
    }                                                                                                                                     \
    EXPORT fastact_status fastact_##symbol##_gradient_##type(size_t n, const T_##type *pred, const T_##type *target,                      \
                                                             T_##type *grad DECLARE_##parameters(T_##type)) {                             \
        if (!grad && n) return FASTACT_ERROR_NULL;                                                                                        \
        return fastact_loss(FUNCTION(name), DTYPE_##type, n, pred, target, NULL, PASS_##parameters(double), 1.0 / (double)n, NULL,   \
                            NULL, grad, NULL);                                                                                            \
    }                                                                                                                                     \
    EXPORT fastact_status fastact_##symbol##_gradient_and_hessian_##type(size_t n, const T_##type *pred, const T_##type *target,          \
                                                                         T_##type *grad, T_##type *hess DECLARE_##parameters(T_##type)) { \
        if ((!grad || !hess) && n) return FASTACT_ERROR_NULL;                                                                             \
        return fastact_loss(FUNCTION(name), DTYPE_##type, n, pred, target, NULL, PASS_##parameters(double), 1.0, NULL, NULL, grad,   \
                            hess);                                                                                                        \
    }

/* with labels, or with rows of targets: what is given, the field of the options that holds it, and the end of the name */
#define ROW_LOSSES(name, type, takes, suffix, field, K)                                                                                  \
    static fastact_status name##suffix##_##type(size_t rows, size_t columns, const T_##type *scores, const K *given, T_##type *mean,     \
                                                T_##type *grad, const double *settings) {                                                \
        const fastact_row_loss_options options = {.field = given, .gradient_scale = 1.0 / (double)rows, .parameters = settings};         \
        double sums[2];                                                                                                                  \
        const fastact_status s = fastact_row_loss(FUNCTION(name), DTYPE_##type, rows, columns, scores, &options, sums, NULL, grad); \
        if (s == FASTACT_OK) *mean = (T_##type)(sums[0] / (double)rows);                                                                 \
        return s;                                                                                                                        \
    }                                                                                                                                    \
    EXPORT fastact_status fastact_##name##suffix##_##type(size_t rows, size_t columns, const T_##type *scores, const K *given,           \
                                                          T_##type *mean DECLARE_##takes(T_##type)) {                                    \
        if (!mean) return FASTACT_ERROR_NULL;                                                                                            \
        return name##suffix##_##type(rows, columns, scores, given, mean, NULL, PASS_##takes(double));                                    \
    }                                                                                                                                    \
    EXPORT fastact_status fastact_##name##suffix##_value_and_gradient_##type(size_t rows, size_t columns, const T_##type *scores,        \
                                                                             const K *given, T_##type *mean,                             \
                                                                             T_##type *grad DECLARE_##takes(T_##type)) {                 \
        if (!mean || (!grad && rows)) return FASTACT_ERROR_NULL;                                                                         \
        return name##suffix##_##type(rows, columns, scores, given, mean, grad, PASS_##takes(double));                                    \
    }                                                                                                                                    \
    EXPORT fastact_status fastact_##name##suffix##_gradient_##type(size_t rows, size_t columns, const T_##type *scores, const K *given,  \
                                                                   T_##type *grad DECLARE_##takes(T_##type)) {                           \
        T_##type mean;                                                                                                                   \
        if (!grad && rows) return FASTACT_ERROR_NULL;                                                                                    \
        return name##suffix##_##type(rows, columns, scores, given, &mean, grad, PASS_##takes(double));                                   \
    }
#define LABELS(name, type, parameters) ROW_LOSSES(name, type, parameters, , labels, int64_t)
#define PROBABILITIES(name, type, parameters) ROW_LOSSES(name, type, parameters, , targets, T_##type)
#define LABELS_OR_PROBABILITIES(name, type, parameters) \
    LABELS(name, type, parameters) ROW_LOSSES(name, type, parameters, _of_targets, targets, T_##type)

#define IN_ARRAYS_1(...) TAKE_1
#define IN_ARRAYS_2(...) TAKE_2
#define IN_ARRAYS_3(...) TAKE_3
#define TAKE_1(T) const T *a
#define TAKE_2(T) TAKE_1(T), const T *b
#define TAKE_3(T) TAKE_2(T), const T *c
#define ALL_ARRAYS_1(...) a
#define ALL_ARRAYS_2(...) a, b
#define ALL_ARRAYS_3(...) a, b, c
#define OUT_GRADIENTS_1(...) GIVE_1
#define OUT_GRADIENTS_2(...) GIVE_2
#define OUT_GRADIENTS_3(...) GIVE_3
#define GIVE_1(T) T *da
#define GIVE_2(T) GIVE_1(T), T *db
#define GIVE_3(T) GIVE_2(T), T *dc
#define ALL_GRADIENTS_1(...) da
#define ALL_GRADIENTS_2(...) da, db
#define ALL_GRADIENTS_3(...) da, db, dc
#define SIZES_ELEMENTS size_t n
#define SIZES_WEIGHTS size_t n
#define SIZES_ROWS size_t rows, size_t columns
#define SIZES_DISTANCES size_t rows, size_t columns
#define SHAPE_ELEMENTS n, 1
#define SHAPE_WEIGHTS n, 1
#define SHAPE_ROWS rows, columns
#define SHAPE_DISTANCES rows, columns
#define VALUE_ELEMENTS(T) T
#define VALUE_ROWS(T) T
#define VALUE_WEIGHTS(T) double

/* value, a T or a double, receives the sum of weights' penalties, the mean of other losses */
static fastact_status joint(const fastact_function *f, fastact_dtype dtype, size_t rows, size_t columns, const void *const *in,
                            const double *parameters, double *value, void *const *gradient) {
    double sums[2];
    const int is_sum = f->unit == FASTACT_WEIGHTS, gradients = gradient ? f->gradient_count : 0;
    for (int k = 0; k < gradients; ++k)
        if (!gradient[k] && rows && columns) return FASTACT_ERROR_NULL;
    const fastact_status s = fastact_joint_loss(f, dtype, rows, columns, in, NULL, parameters, is_sum ? 1 : 1.0 / (double)rows,
                                                value ? sums : NULL, NULL, gradient);
    if (s == FASTACT_OK && value) *value = is_sum ? sums[0] : sums[0] / (double)rows;
    return s;
}
#define JOINT_CALLS(name, unit, arrays, gradients, parameters, type)                                                                     \
    EXPORT fastact_status fastact_##name##_value_and_gradient_##type(SIZES_##unit, IN_##arrays(T_##type), VALUE_##unit(T_##type) *value, \
                                                                     OUT_##gradients(T_##type) DECLARE_##parameters(double)) {           \
        double found;                                                                                                                    \
        if (!value) return FASTACT_ERROR_NULL;                                                                                           \
        const fastact_status s = joint(FUNCTION(name), DTYPE_##type, SHAPE_##unit, (const void *const[]){ALL_##arrays},             \
                                       PASS_##parameters(double), &found, (void *const[]){ALL_##gradients});                             \
        if (s == FASTACT_OK) *value = (VALUE_##unit(T_##type))found;                                                                     \
        return s;                                                                                                                        \
    }                                                                                                                                    \
    EXPORT fastact_status fastact_##name##_##type(SIZES_##unit, IN_##arrays(T_##type),                                                   \
                                                  VALUE_##unit(T_##type) *value DECLARE_##parameters(double)) {                          \
        double found;                                                                                                                    \
        if (!value) return FASTACT_ERROR_NULL;                                                                                           \
        const fastact_status s = joint(FUNCTION(name), DTYPE_##type, SHAPE_##unit, (const void *const[]){ALL_##arrays},             \
                                       PASS_##parameters(double), &found, NULL);                                                         \
        if (s == FASTACT_OK) *value = (VALUE_##unit(T_##type))found;                                                                     \
        return s;                                                                                                                        \
    }                                                                                                                                    \
    EXPORT fastact_status fastact_##name##_gradient_##type(SIZES_##unit, IN_##arrays(T_##type),                                          \
                                                           OUT_##gradients(T_##type) DECLARE_##parameters(double)) {                     \
        return joint(FUNCTION(name), DTYPE_##type, SHAPE_##unit, (const void *const[]){ALL_##arrays}, PASS_##parameters(double),    \
                     NULL, (void *const[]){ALL_##gradients});                                                                            \
    }
#define CALLS_ELEMENTS JOINT_CALLS
#define CALLS_ROWS JOINT_CALLS
#define CALLS_WEIGHTS JOINT_CALLS
#define CALLS_DISTANCES(name, unit, arrays, gradients, parameters, type)                                                           \
    EXPORT fastact_status fastact_##name##_##type(SIZES_##unit, IN_##arrays(T_##type), T_##type *y DECLARE_##parameters(double)) { \
        if (!y && rows) return FASTACT_ERROR_NULL;                                                                                 \
        return fastact_joint_loss(FUNCTION(name), DTYPE_##type, SHAPE_##unit, (const void *const[]){ALL_##arrays}, NULL,      \
                                  PASS_##parameters(double), 1, NULL, y, NULL);                                                    \
    }                                                                                                                              \
    EXPORT fastact_status fastact_##name##_backward_##type(SIZES_##unit, const T_##type *grad, IN_##arrays(T_##type),              \
                                                           OUT_##gradients(T_##type) DECLARE_##parameters(double)) {               \
        if ((!grad || !da || !db) && rows && columns) return FASTACT_ERROR_NULL;                                                   \
        return fastact_joint_loss(FUNCTION(name), DTYPE_##type, SHAPE_##unit, (const void *const[]){ALL_##arrays}, grad,      \
                                  PASS_##parameters(double), 1, NULL, NULL, (void *const[]){ALL_##gradients});                     \
    }

#define LEARNED_ONES(name, type)                                                                                                        \
    EXPORT fastact_status fastact_##name##_##type(size_t outer, size_t channels, size_t inner, const T_##type *x,                       \
                                                  const T_##type *parameter, T_##type *y) {                                             \
        return fastact_learned(FUNCTION(name), DTYPE_##type, outer, channels, inner, x, parameter, y);                             \
    }                                                                                                                                   \
    EXPORT fastact_status fastact_##name##_backward_##type(size_t outer, size_t channels, size_t inner, const T_##type *grad,           \
                                                           const T_##type *x, const T_##type *parameter, T_##type *dx,                  \
                                                           T_##type *dparameter) {                                                      \
        return fastact_learned_backward(FUNCTION(name), DTYPE_##type, outer, channels, inner, grad, x, parameter, dx, dparameter); \
    }

#define ELEMENTWISE(name, cost, parameters, from_output, ...)                         \
    MAPS(name, parameters, from_output, f32) MAPS(name, parameters, from_output, f64) \
    MAPS(name, parameters, from_output, f16) MAPS(name, parameters, from_output, bf16)
#define ROWWISE(name, shape, parameters, ...)                             \
    ROWS(name, shape, parameters, f32) ROWS(name, shape, parameters, f64) \
    ROWS(name, shape, parameters, f16) ROWS(name, shape, parameters, bf16)
#define GATED(name, gate, parameters, ...)                                            \
    GATED_CALLS(name, gate, parameters, f32) GATED_CALLS(name, gate, parameters, f64) \
    GATED_CALLS(name, gate, parameters, f16) GATED_CALLS(name, gate, parameters, bf16)
#define LOSS(name, parameters, ...) LOSSES(name, name, parameters, f32) LOSSES(name, name, parameters, f64)
#define SHORT_NAME(short_name, name) LOSSES(short_name, name, NO_PARAMETER, f32) LOSSES(short_name, name, NO_PARAMETER, f64)
#define ROW_LOSS(name, loops, targets, parameters, ...) targets(name, f32, parameters) targets(name, f64, parameters)
#define JOINT_LOSS(name, unit, arrays, gradients, parameters, ...) \
    CALLS_##unit(name, unit, arrays, gradients, parameters, f32)   \
    CALLS_##unit(name, unit, arrays, gradients, parameters, f64)
#define LEARNED(name, ...) LEARNED_ONES(name, f32) LEARNED_ONES(name, f64)
#include "registry.h"
