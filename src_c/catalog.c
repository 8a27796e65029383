/* The registry as data, for other languages and for the bindings. */
#include "catalog.h"
#include "kernels.h"
#include "simd/compiler.h"
#include <math.h>
#include <string.h>

#define NO_PARAMETER 0, NULL
#define PARAMETER(a, a_value) 1, (const fastact_parameter[]){{#a, a_value}}
#define PARAMETERS_2(a, a_value, b, b_value) 2, (const fastact_parameter[]){{#a, a_value}, {#b, b_value}}
#define PARAMETERS_3(a, a_value, b, b_value, c, c_value) 3, (const fastact_parameter[]){{#a, a_value}, {#b, b_value}, {#c, c_value}}
#define PARAMETERS_4(a, a_value, b, b_value, c, c_value, d, d_value) \
    4, (const fastact_parameter[]){{#a, a_value}, {#b, b_value}, {#c, c_value}, {#d, d_value}}
#define PARAMETERS_5(a, a_value, b, b_value, c, c_value, d, d_value, e, e_value) \
    5, (const fastact_parameter[]){{#a, a_value}, {#b, b_value}, {#c, c_value}, {#d, d_value}, {#e, e_value}}
#define REQUIRED NAN
#define FROM_OUTPUT 1u << FASTACT_BACKWARD_FROM_OUTPUT
#define NOT_FROM_OUTPUT 0
#define TAKES_OUTPUT 1
#define TAKES_INPUT 0
#define GATE_FIRST 0
#define GATE_SECOND 1
#define LABELS FASTACT_LABELS
#define PROBABILITIES FASTACT_PROBABILITIES
#define LABELS_OR_PROBABILITIES (FASTACT_LABELS | FASTACT_PROBABILITIES)
#define BOUNDS(value32, derivative32, value64, derivative64) {value32, derivative32}, {value64, derivative64}

#define NOT_JOINT FASTACT_ELEMENTS, 0, NULL, 0, NULL
#define ARRAYS_1(a) 1, (const char *const[]){#a}
#define ARRAYS_2(a, b) 2, (const char *const[]){#a, #b}
#define ARRAYS_3(a, b, c) 3, (const char *const[]){#a, #b, #c}
#define GRADIENTS_1 ARRAYS_1
#define GRADIENTS_2 ARRAYS_2
#define GRADIENTS_3 ARRAYS_3

const fastact_function fastact_catalog[CATALOG_COUNT] = {
#define ELEMENTWISE(name, cost, parameters, from_output, aliases, formula, derivative, bounds)                                      \
    {#name, FASTACT_ELEMENTWISE, aliases, formula, derivative,                                                                       \
     1u << FASTACT_VALUE | 1u << FASTACT_DERIVATIVE | 1u << FASTACT_BACKWARD | from_output, 0, 0, parameters, bounds, MAP_##name,    \
     FASTACT_KEEPS_COLUMNS, "", 0, NOT_JOINT},
#define ROWWISE(name, shape, parameters, from, aliases, formula, derivative, ulp_f32, ulp_f64)                                      \
    {#name, FASTACT_ROWWISE, aliases, formula, derivative, 1u << FASTACT_VALUE | 1u << FASTACT_BACKWARD, from, 0, parameters,        \
     {ulp_f32, ulp_f32}, {ulp_f64, ulp_f64}, ROWS_##name, FASTACT_##shape, "", 0, NOT_JOINT},
#define GATED(name, gate, parameters, aliases, formula, gradients, bounds)                                                          \
    {#name, FASTACT_GATED, aliases, formula, gradients, 1u << FASTACT_VALUE | 1u << FASTACT_BACKWARD, 0, gate, parameters, bounds,   \
     GATED_##name, FASTACT_KEEPS_COLUMNS, "", 0, NOT_JOINT},
#define LOSS(name, parameters, aliases, formula, gradient, hessian, bounds)                                                \
    {#name, FASTACT_LOSS, aliases, formula, gradient, 1u << FASTACT_VALUE, 0, 0, parameters, bounds, LOSS_##name, FASTACT_KEEPS_COLUMNS, \
     hessian, 0, NOT_JOINT},
#define ROW_LOSS(name, loops, targets, parameters, aliases, formula, gradient, bounds)                                             \
    {#name, FASTACT_ROW_LOSS, aliases, formula, gradient, 1u << FASTACT_VALUE, 0, 0, parameters, bounds, ROW_LOSS_##name,            \
     FASTACT_KEEPS_COLUMNS, "", targets, NOT_JOINT},
#define JOINT_LOSS(name, unit, arrays, gradients, parameters, aliases, formula, gradient, bounds)                                   \
    {#name, FASTACT_JOINT_LOSS, aliases, formula, gradient, 1u << FASTACT_VALUE, 0, 0, parameters, bounds, JOINT_##name,             \
     FASTACT_KEEPS_COLUMNS, "", 0, FASTACT_##unit, arrays, gradients},
#define LEARNED(name, base, cost, parameter, aliases, formula, derivative, bounds)                                                  \
    {#name, FASTACT_LEARNED, aliases, formula, derivative, 1u << FASTACT_VALUE | 1u << FASTACT_BACKWARD, 0, 0, parameter, bounds,    \
     LEARNED_##name, FASTACT_KEEPS_COLUMNS, "", 0, NOT_JOINT},
#include "registry.h"
};

EXPORT const fastact_function *fastact_functions(size_t *count) {
    if (count) *count = CATALOG_COUNT;
    return fastact_catalog;
}

static int is_alias(const char *aliases, const char *name, size_t length) {
    for (const char *at = aliases; (at = strstr(at, name)) != NULL; at += length)
        if ((at == aliases || at[-1] == ' ') && (at[length] == ' ' || at[length] == '\0')) return 1;
    return 0;
}

EXPORT const fastact_function *fastact_find(const char *name) {
    if (!name || !*name || strchr(name, ' ')) return NULL;
    const size_t length = strlen(name);
    for (const fastact_function *f = fastact_catalog; f < fastact_catalog + CATALOG_COUNT; ++f)
        if (!strcmp(f->name, name) || is_alias(f->aliases, name, length)) return f;
    return NULL;
}
