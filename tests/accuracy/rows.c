/* softmax and log_softmax, value and backward, against their definitions in the wide format. */
#include "strata.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* exact[i] of a row, and terms[i], the size of what it is a difference of */
typedef void value_row(const double *x, size_t columns, wide *exact);
typedef void backward_row(const double *g, const double *y, size_t columns, wide *exact, wide *terms);

static void softmax_value(const double *x, size_t columns, wide *exact) {
    strata_exponentials s = {.e = exact};
    strata_exponentiate(x, columns, &s);
    for (size_t i = 0; i < columns; ++i) exact[i] /= 1 + s.rest;
}
static void softmax_backward(const double *g, const double *y, size_t columns, wide *exact, wide *terms) {
    wide dot = 0, size = 0;
    for (size_t i = 0; i < columns; ++i) dot += (wide)g[i] * y[i], size += wide_fabs((wide)g[i] * y[i]);
    for (size_t i = 0; i < columns; ++i) exact[i] = y[i] * (g[i] - dot), terms[i] = y[i] * size;
}

static void log_softmax_value(const double *x, size_t columns, wide *exact) {
    strata_exponentials s = {.e = exact};
    strata_exponentiate(x, columns, &s);
    const wide log_sum = wide_log1p(s.rest);
    for (size_t i = 0; i < columns; ++i) exact[i] = (x[i] - s.largest) - log_sum;
}
static void log_softmax_backward(const double *g, const double *y, size_t columns, wide *exact, wide *terms) {
    wide total = 0;
    for (size_t i = 0; i < columns; ++i) total += g[i];
    for (size_t i = 0; i < columns; ++i) {
        const wide taken = wide_exp(y[i]) * total;
        exact[i] = g[i] - taken, terms[i] = wide_fabs(taken);
    }
}

/* Where a backward pass cancels, its error may be allowance times the terms, as the kernels' head comments say. */
static const struct {
    const char *name;
    value_row *value;
    backward_row *backward;
    double allowance[2]; /* of backward, by dtype */
} references[] = {
    {"softmax", softmax_value, softmax_backward, {0x1p-45, 0x1p-100}},
    {"log_softmax", log_softmax_value, log_softmax_backward, {0x1p-26, 0x1p-54}},
};
enum { REFERENCES = sizeof references / sizeof *references };

typedef struct {
    const fastact_function *function;
    int reference;
    wide allowance;
    strata_result value, backward;
} rowwise;

/* gradients as training has them: of all sizes, one alone, or of every exponent */
static void fill_gradient(double *g, const strata_batch *b, size_t row) {
    uint64_t random = strata_seed(b, row, 1);
    const size_t only = sweep_random(&random) % b->columns;
    for (size_t i = 0; i < b->columns; ++i) {
        const double at = row % 3 == 2 ? strata_magnitude(&random, -30, 30) : strata_normal(&random);
        g[i] = strata_rounded(b->dtype, row % 3 == 1 && i != only ? 0 : at);
    }
}

static void visit(const strata_batch *b, void *context) {
    rowwise *r = context;
    const size_t count = b->rows * b->columns;
    void *y = strata_array(b->dtype, count), *g = strata_array(b->dtype, count), *dx = strata_array(b->dtype, count);
    double *gradient = strata_array(FASTACT_F64, b->columns), *output = strata_array(FASTACT_F64, b->columns);
    wide *exact = malloc(2 * b->columns * sizeof *exact), *terms = exact + b->columns;
    if (!exact) abort();
    strata_expect_ok(r->function, fastact_rows(r->function, FASTACT_VALUE, b->dtype, b->rows, b->columns, b->typed, NULL, y));
    for (size_t row = 0; row < b->rows; ++row) {
        const double *x = b->x + row * b->columns;
        references[r->reference].value(x, b->columns, exact);
        fill_gradient(gradient, b, row);
        for (size_t i = 0; i < b->columns; ++i) {
            strata_judge(&r->value, b, row, i, x[i], exact[i], 0, strata_get(b->dtype, y, row * b->columns + i));
            strata_set(b->dtype, g, row * b->columns + i, gradient[i]);
        }
    }
    strata_expect_ok(r->function, fastact_rows(r->function, FASTACT_BACKWARD, b->dtype, b->rows, b->columns, g, y, dx));
    for (size_t row = 0; row < b->rows; ++row) {
        for (size_t i = 0; i < b->columns; ++i) {
            gradient[i] = strata_get(b->dtype, g, row * b->columns + i);
            output[i] = strata_get(b->dtype, y, row * b->columns + i);
        }
        references[r->reference].backward(gradient, output, b->columns, exact, terms);
        for (size_t i = 0; i < b->columns; ++i)
            strata_judge(&r->backward, b, row, i, b->x[row * b->columns + i], exact[i], r->allowance * terms[i],
                         strata_get(b->dtype, dx, row * b->columns + i));
    }
    free(y), free(g), free(dx), free(gradient), free(output), free(exact);
}

int sweep_rowwise(const strata_options *o, const fastact_function *function) {
    rowwise r = {.function = function};
    while (r.reference < REFERENCES && strcmp(references[r.reference].name, function->name)) ++r.reference;
    if (r.reference == REFERENCES) {
        fprintf(stderr, "sweep: %s has no row in tests/accuracy/rows.c\n", function->name);
        return 0;
    }
    r.allowance = references[r.reference].allowance[o->dtype == FASTACT_F64];
    r.value = strata_begin(o, function, FASTACT_VALUE);
    r.backward = strata_begin(o, function, FASTACT_BACKWARD);
    strata_each(o, visit, &r);
    const int value = strata_end(o, function, "value", &r.value), backward = strata_end(o, function, "backward", &r.backward);
    return value && backward;
}
