#include "reference.h"
#include <math.h>
#include <string.h>

static int reference_is_float = 1;
void reference_judges_floats(int are_floats) { reference_is_float = are_floats; }

/* exp without the slow way that libm takes, errno and all, to the zero every such argument gives */
static double exp_double(double x) { return x < -746 ? 0 : exp(x); }

#define REAL double
#define NAME(name) name##_double
#define M(name) M_##name
#define M_exp exp_double
#define M_expm1 expm1
#define M_log log
#define M_log1p log1p
#define M_erfc erfc
#define M_tanh tanh
#define M_fabs fabs
#define M_sqrt sqrt
#define M_cosh cosh
#define M_copysign copysign
#define M_rint rint
#define M_sin sin
#define M_cos cos
#define M_pow pow
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
    {FUNCTIONS_FROM_OUTPUT(softplus), .parameters = {1}, .others = {{0.5}, {2}, {10}}, .other_count = 3, .output_low = 0,
     .output_high = INFINITY},
    {FUNCTIONS_FROM_OUTPUT(relu6), .output_low = 0, .output_high = 6, .piecewise = 1},
    {FUNCTIONS(abs), .piecewise = 1},
    {FUNCTIONS(square), .piecewise = 0},
    {FUNCTIONS(relu_squared), .piecewise = 0},
    {FUNCTIONS_FROM_OUTPUT(log_sigmoid), .output_low = -INFINITY, .output_high = 0},
    {FUNCTIONS_FROM_OUTPUT(selu), .output_low = -1.7580993, .output_high = INFINITY},
    {FUNCTIONS_FROM_OUTPUT(celu), .parameters = {1}, .others = {{0.5}, {2}, {3}}, .other_count = 3, .output_low = -1,
     .output_high = INFINITY},
    {FUNCTIONS(hard_shrink), .parameters = {0.5}, .others = {{0.2}, {0}, {3}}, .other_count = 3, .piecewise = 1},
    {FUNCTIONS(soft_shrink), .parameters = {0.5}, .others = {{0.2}, {0}, {3}}, .other_count = 3, .piecewise = 1},
    {FUNCTIONS(thresholded_relu), .parameters = {1}, .others = {{0.2}, {0}, {-3}}, .other_count = 3, .piecewise = 1},
    {FUNCTIONS_FROM_OUTPUT(clip), .parameters = {-INFINITY, INFINITY}, .others = {{-1, 1}, {0, 6}, {-0.3, INFINITY}}, .other_count = 3,
     .output_low = -INFINITY, .output_high = INFINITY, .piecewise = 1},
    {FUNCTIONS_FROM_OUTPUT(hard_tanh), .parameters = {-1, 1}, .others = {{-0.3, 0.7}, {0, 6}, {-2, INFINITY}}, .other_count = 3,
     .output_low = -1, .output_high = 1, .piecewise = 1},
    {FUNCTIONS(clipped_linear), .parameters = {1, 0, 0, 1}, .others = {{0.2, 0.5, 0, 1}, {-0.3, 0.1, -2, 3}, {1.7, -0.3, -INFINITY, 6}},
     .other_count = 3, .piecewise = 1},
    {FUNCTIONS_FROM_OUTPUT(hard_sigmoid), .parameters = {1.0 / 6, 0.5}, .others = {{0.2, 0.5}, {0.7, -0.3}, {-0.4, 0.6}}, .other_count = 3,
     .output_low = 0, .output_high = 1, .piecewise = 1},
    {FUNCTIONS(sparse_sigmoid), .piecewise = 1},
    {FUNCTIONS(hard_swish), .parameters = {1.0 / 6, 0.5}, .others = {{0.2, 0.5}, {0.5, 1}, {0.7, 0.3}}, .other_count = 3, .piecewise = 0},
    {FUNCTIONS(hard_mish), .piecewise = 0},
    {FUNCTIONS(sparse_plus), .piecewise = 0},
    {FUNCTIONS(shrink), .parameters = {0.5, 0}, .others = {{0.5, 0.5}, {0.2, -0.3}, {3, 1}}, .other_count = 3, .piecewise = 1},
    {FUNCTIONS(threshold), .parameters = {0.5, -0.25}, .others = {{0, 0}, {-1, 20}}, .other_count = 2, .piecewise = 1},
    {FUNCTIONS(relu_general), .parameters = {0, INFINITY, 0}, .others = {{0.2, 6, 0}, {0.1, 6, 1}, {-0.3, INFINITY, -2}}, .other_count = 3,
     .piecewise = 1},
    {FUNCTIONS(rrelu), .parameters = {1.0 / 8, 1.0 / 3}, .others = {{0.1, 0.3}, {0, 0}, {-0.2, 0.7}}, .other_count = 3, .piecewise = 1},
    {FUNCTIONS(affine), .parameters = {1, 0}, .others = {{2.5, -0.3}, {-0.7, 1}, {0.1, 100}}, .other_count = 3, .piecewise = 1},
    {FUNCTIONS(step), .parameters = {0}, .others = {{0.5}, {-1.3}}, .other_count = 2, .piecewise = 1},
    {FUNCTIONS(round), .piecewise = 1},
    {FUNCTIONS_FROM_OUTPUT(softsign), .output_low = -1, .output_high = 1},
    {FUNCTIONS_FROM_OUTPUT(sqrt), .output_low = 0, .output_high = 0x1p64}, /* the root of the largest float */
    {FUNCTIONS(tanh_shrink), .piecewise = 0},
    {FUNCTIONS(lisht), .piecewise = 0},
    {FUNCTIONS_FROM_OUTPUT(exponential), .output_low = 0, .output_high = INFINITY},
    {FUNCTIONS(log), .piecewise = 0},
    {FUNCTIONS(logit), .others = {{1e-6}, {0.1}}, .other_count = 2},
    {FUNCTIONS(mish), .derivative_root = -1.1924312145154952},
    {FUNCTIONS(gelu), .derivative_root = -0.75179152469356446},
    {FUNCTIONS(gelu_tanh), .derivative_root = -0.75246142207101626},
    {FUNCTIONS(silu), .parameters = {1}, .others = {{1.702}, {0.5}, {-1}}, .other_count = 3, .derivative_root = -1.2784645427610738},
    {FUNCTIONS(quick_gelu), .parameters = {1.702}, .derivative_root = -1.2784645427610738}, /* a constant, rounded to the dtype */
    {FUNCTIONS(scaled_tanh), .parameters = {0.67, 1.7159}, .others = {{0.5, 2}, {3, -0.3}, {-1.7, 11}}, .other_count = 3},
    {FUNCTIONS(squareplus), .parameters = {4}, .others = {{1}, {0.01}, {0}}, .other_count = 3},
    {FUNCTIONS(dish), .derivative_root = -0.78615137775742329},
    {FUNCTIONS(snake), .parameters = {1}, .others = {{0.3}, {5}, {0}}, .other_count = 3},
    {FUNCTIONS(pow), .parameters = {2.5, 1}, .others = {{3, 2}, {-0.5, -1.5}, {-2, 1}, {7.5, 0.1}, {2, 1}, {3, 1}, {0.5, 1}, {0.25, 1}},
     .other_count = 8},
    {FUNCTIONS(laplace), .parameters = {0.707107, 0.282095}, .others = {{0, 1}, {-2, 3}, {0.5, 0.01}}, .other_count = 3},
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
