#include "reference.h"
#include <math.h>
#include <string.h>

/* exp without the slow way that libm takes, errno and all, to the zero every such argument gives */
static double exp_double(double x) { return x < -746 ? 0 : exp(x); }

#define REAL double
#define NAME(name) name##_double
#define M(name) M_##name
#define M_exp exp_double
#define M_expm1 expm1
#define M_log1p log1p
#define M_erfc erfc
#define M_tanh tanh
#define M_fabs fabs
#define M_copysign copysign
#define NUMBER(x) x
#include "formulas.h"
#undef REAL
#undef NAME
#undef M
#undef NUMBER

#define REAL wide
#define NAME(name) name##_wide
#ifdef WIDE_QUADMATH
#include <quadmath.h>
#define M(name) name##q
#define NUMBER(x) x##Q
#else
#define M(name) name##l
#define NUMBER(x) x##L
#endif
#include "formulas.h"

wide wide_fabs(wide x) { return M(fabs)(x); }
wide wide_exp(wide x) { return M(exp)(x); }
wide wide_log1p(wide x) { return M(log1p)(x); }
wide wide_log(wide x) { return M(log)(x); }
wide wide_sqrt(wide x) { return M(sqrt)(x); }
int wide_exponent(wide x) { return M(ilogb)(x); }
wide wide_scale(wide x, int exponent) { return M(scalbn)(x, exponent); }

#define FUNCTIONS(function) \
    #function, {function##_value_double, function##_derivative_double, NULL}, {function##_value_wide, function##_derivative_wide, NULL}
#define FUNCTIONS_FROM_OUTPUT(function)                                                         \
    #function, {function##_value_double, function##_derivative_double, function##_from_output_double}, \
    {function##_value_wide, function##_derivative_wide, function##_from_output_wide}

static const reference rows[] = {
    {FUNCTIONS(identity), .piecewise = 1},
    {FUNCTIONS_FROM_OUTPUT(sigmoid), .output_low = 0, .output_high = 1},
    {FUNCTIONS_FROM_OUTPUT(tanh), .output_low = -1, .output_high = 1},
    {FUNCTIONS_FROM_OUTPUT(relu), .output_low = 0, .output_high = INFINITY, .piecewise = 1},
    {FUNCTIONS_FROM_OUTPUT(leaky_relu), .parameters = {0.01}, .others = {{0.2}, {0}, {-0.5}}, .other_count = 3, .output_low = -INFINITY,
     .output_high = INFINITY, .piecewise = 1},
    {FUNCTIONS_FROM_OUTPUT(elu), .parameters = {1}, .others = {{0.5}, {2}}, .other_count = 2, .output_low = -1, .output_high = INFINITY},
    {FUNCTIONS_FROM_OUTPUT(softplus), .parameters = {1}, .others = {{0.5}, {2}, {10}}, .other_count = 3, .output_low = 0, .output_high = INFINITY},
    {FUNCTIONS_FROM_OUTPUT(relu6), .output_low = 0, .output_high = 6, .piecewise = 1},
    {FUNCTIONS(abs), .piecewise = 1},
    {FUNCTIONS(square), .piecewise = 0},
    {FUNCTIONS(relu_squared), .piecewise = 0},
    {FUNCTIONS_FROM_OUTPUT(log_sigmoid), .output_low = -INFINITY, .output_high = 0},
    {FUNCTIONS(hard_shrink), .parameters = {0.5}, .others = {{0.2}, {0}, {3}}, .other_count = 3, .piecewise = 1},
    {FUNCTIONS(soft_shrink), .parameters = {0.5}, .others = {{0.2}, {0}, {3}}, .other_count = 3, .piecewise = 1},
    {FUNCTIONS(thresholded_relu), .parameters = {1}, .others = {{0.2}, {0}, {-3}}, .other_count = 3, .piecewise = 1},
    {FUNCTIONS(mish), .derivative_root = -1.1924312145154952},
    {FUNCTIONS(gelu), .derivative_root = -0.75179152469356446},
    {FUNCTIONS(gelu_tanh), .derivative_root = -0.75246142207101626},
    {FUNCTIONS(silu), .parameters = {1}, .others = {{1.702}, {0.5}, {-1}}, .other_count = 3, .derivative_root = -1.2784645427610738},
};

const reference *reference_rows(size_t *count) {
    *count = sizeof rows / sizeof *rows;
    return rows;
}

const reference *reference_find(const char *name) {
    for (size_t i = 0; i < sizeof rows / sizeof *rows; ++i)
        if (!strcmp(rows[i].name, name)) return rows + i;
    return NULL;
}

double reference_scale(const reference *row, const double *parameters) {
    return row->derivative_root != 0 && row->parameters[0] != 0 ? parameters[0] : 1;
}

wide reference_wide(const reference *row, int pass, wide x, const double *parameters) {
    wide p[PARAMETERS];
    for (int k = 0; k < PARAMETERS; ++k) p[k] = parameters[k];
    return row->in_wide[pass](x, p);
}

double reference_exact(const reference *row, int pass, double x, const double *parameters) {
    const double root = row->derivative_root;
    if (pass == REFERENCE_DERIVATIVE && root != 0 && fabs(x * reference_scale(row, parameters) - root) < ROOT_NEIGHBOURHOOD)
        return (double)reference_wide(row, pass, x, parameters);
    return row->in_double[pass](x, parameters);
}
