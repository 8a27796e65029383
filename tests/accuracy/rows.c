/* The row-wise functions, value and backward, against their definitions in the wide format. */
#include "strata.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* exact[i] of a row, and terms[i], the size of what it is a difference of, 0 where it is none; parameter is the function's own */
typedef void value_row(const double *x, size_t columns, double parameter, wide *exact, wide *terms);
typedef void backward_row(const double *g, const double *from, size_t columns, double parameter, wide *exact, wide *terms);
#define VALUE(name) static void name##_value(const double *x, size_t columns, double parameter, wide *exact, wide *terms)
#define BACKWARD(name) \
    static void name##_backward(const double *g, const double *from, size_t columns, double parameter, wide *exact, wide *terms)
#define EACH for (size_t i = 0; i < columns; ++i)

VALUE(softmax) {
    strata_exponentials s = {.e = exact};
    (void)parameter;
    strata_exponentiate(x, columns, &s);
    EACH exact[i] /= 1 + s.rest, terms[i] = 0;
}
BACKWARD(softmax) {
    wide dot = 0, size = 0;
    (void)parameter;
    EACH dot += (wide)g[i] * from[i], size += wide_fabs((wide)g[i] * from[i]);
    EACH exact[i] = from[i] * (g[i] - dot), terms[i] = from[i] * size;
}

VALUE(log_softmax) {
    strata_exponentials s = {.e = exact};
    (void)parameter;
    strata_exponentiate(x, columns, &s);
    const wide log_sum = wide_log1p(s.rest);
    EACH exact[i] = (x[i] - s.largest) - log_sum, terms[i] = 0;
}
BACKWARD(log_softmax) {
    wide total = 0;
    (void)parameter;
    EACH total += g[i];
    EACH {
        const wide taken = wide_exp(from[i]) * total;
        exact[i] = g[i] - taken, terms[i] = wide_fabs(taken);
    }
}

/* the first largest element, NaN above all */
static size_t first_largest(const double *x, size_t columns) {
    size_t at = 0;
    EACH if (x[i] > x[at] || (x[i] != x[i] && x[at] == x[at])) at = i;
    return at;
}
VALUE(maxout) {
    const size_t pieces = (size_t)parameter;
    for (size_t o = 0; o < columns / pieces; ++o) exact[o] = x[o * pieces + first_largest(x + o * pieces, pieces)], terms[o] = 0;
}
BACKWARD(maxout) {
    const size_t pieces = (size_t)parameter;
    EACH exact[i] = i % pieces == first_largest(from + i - i % pieces, pieces) ? g[i / pieces] : 0, terms[i] = 0;
}
VALUE(hardmax) {
    (void)parameter;
    EACH exact[i] = i == first_largest(x, columns), terms[i] = 0;
}
BACKWARD(hardmax) {
    (void)g, (void)from, (void)parameter;
    EACH exact[i] = 0, terms[i] = 0;
}

VALUE(logsumexp) {
    const double largest = x[first_largest(x, columns)];
    wide *e = malloc(columns * sizeof *e);
    strata_exponentials s = {.e = e};
    (void)parameter;
    if (!e) abort();
    strata_exponentiate(x, columns, &s);
    exact[0] = largest - largest == 0 ? s.largest + wide_log1p(s.rest) : largest;
    terms[0] = largest < 0;
    free(e);
}
BACKWARD(logsumexp) {
    const double largest = from[first_largest(from, columns)];
    softmax_value(from, columns, parameter, exact, terms);
    EACH exact[i] = largest == -INFINITY ? 0 : exact[i] * g[0];
}

VALUE(l2_normalize) {
    wide square = 0;
    EACH square += (wide)x[i] * x[i];
    const wide norm = wide_sqrt(square);
    EACH exact[i] = x[i] / (norm < parameter ? parameter : norm), terms[i] = 0;
}
BACKWARD(l2_normalize) {
    wide square = 0, dot = 0;
    EACH square += (wide)from[i] * from[i], dot += (wide)from[i] * g[i];
    const wide norm = wide_sqrt(square);
    EACH {
        const wide taken = norm < parameter ? 0 : from[i] * dot / square, divisor = norm < parameter ? (wide)parameter : norm;
        exact[i] = (g[i] - taken) / divisor, terms[i] = (wide_fabs(g[i]) + wide_fabs(taken)) / divisor;
    }
}

/* max((x - m) / p - tau, 0)^p, the sum 1: Newton's method from the left in the wide format */
static wide power(wide d, double p) { return p == 1 ? d : p == 2 ? d * d : wide_exp(p * wide_log(d)); }
static void simplex_value(const double *x, size_t columns, double alpha, wide *exact, wide *terms) {
    const double largest = x[first_largest(x, columns)], p = 1 / (alpha - 1);
    wide tau = -1, sum, slope;
    for (int step = 0; step < 500; ++step) {
        sum = slope = 0;
        EACH {
            const wide d = ((wide)x[i] - largest) * (wide)(alpha - 1) - tau;
            if (d > 0) sum += power(d, p), slope += power(d, p) / d * p;
        }
        tau += (sum - 1) / slope;
        if (!((sum - 1) / slope > 1e-31)) break;
    }
    EACH {
        const wide d = ((wide)x[i] - largest) * (wide)(alpha - 1) - tau;
        exact[i] = largest - largest != 0 ? (wide)NAN : d > 0 ? power(d, p) : 0;
        terms[i] = d > 0 ? power(d, p) / d * p : 1;
    }
}
static void simplex_backward(const double *g, const double *y, size_t columns, double alpha, wide *exact, wide *terms) {
    wide sum = 0, size = 0, total = 0;
    EACH {
        exact[i] = y[i] == 0 ? 0 : alpha == 2 ? 1 + 0 * (wide)y[i] : y[i] != y[i] ? y[i] : wide_exp((2 - alpha) * wide_log(y[i]));
        if (y[i] == 0) continue;
        sum += exact[i] * g[i], size += wide_fabs(exact[i] * g[i]), total += exact[i];
    }
    EACH {
        terms[i] = exact[i] * (size / total + wide_fabs(g[i]));
        exact[i] *= y[i] == 0 ? 0 : g[i] - sum / total;
    }
}
#define SIMPLEX(name, alpha)                                                            \
    VALUE(name) { (void)parameter, simplex_value(x, columns, alpha, exact, terms); }     \
    BACKWARD(name) { (void)parameter, simplex_backward(g, from, columns, alpha, exact, terms); }
SIMPLEX(sparsemax, 2)
SIMPLEX(entmax15, 1.5)
SIMPLEX(entmax, parameter)

/* Where a result cancels, its error may be allowance times the terms, as the kernels' head comments say. */
static const struct {
    const char *name;
    value_row *value;
    backward_row *backward;
    double value_allowance[2], allowance[2]; /* by dtype */
    double parameters[3]; /* worth a sweep, the default first; pieces must divide the columns */
} references[] = {
    {"softmax", softmax_value, softmax_backward, {0, 0}, {0x1p-45, 0x1p-100}, {0}},
    {"log_softmax", log_softmax_value, log_softmax_backward, {0, 0}, {0x1p-26, 0x1p-54}, {0}},
    {"maxout", maxout_value, maxout_backward, {0, 0}, {0, 0}, {4, 2, 5}},
    {"logsumexp", logsumexp_value, logsumexp_backward, {0x1p-54, 0x1p-54}, {0, 0}, {0}},
    {"l2_normalize", l2_normalize_value, l2_normalize_backward, {0, 0}, {0x1p-45, 0x1p-100}, {1e-12, 3}},
    {"sparsemax", sparsemax_value, sparsemax_backward, {0x1p-52, 0x1p-95}, {0x1p-48, 0x1p-100}, {0}},
    {"hardmax", hardmax_value, hardmax_backward, {0, 0}, {0, 0}, {0}},
    {"entmax15", entmax15_value, entmax15_backward, {0x1p-52, 0x1p-95}, {0x1p-46, 0x1p-51}, {0}},
    {"entmax", entmax_value, entmax_backward, {0x1p-46, 0x1p-53}, {0x1p-46, 0x1p-51}, {1.5, 1.25, 2}},
};
enum { REFERENCES = sizeof references / sizeof *references };

typedef struct {
    const fastact_function *function;
    int reference;
    double parameter;
    wide value_allowance, allowance;
    strata_result value, backward;
} rowwise;

/* gradients as training has them: of all sizes, one alone, or of every exponent */
static void fill_gradient(double *g, size_t count, const strata_batch *b, size_t row) {
    uint64_t random = strata_seed(b, row, 1);
    const size_t only = sweep_random(&random) % count;
    for (size_t i = 0; i < count; ++i) {
        const double at = row % 3 == 2 ? strata_magnitude(&random, -30, 30) : strata_normal(&random);
        g[i] = strata_rounded(b->dtype, row % 3 == 1 && i != only ? 0 : at);
    }
}

static size_t results_of(const rowwise *r, size_t columns) {
    if (r->function->row_shape == FASTACT_ONE_COLUMN) return 1;
    return r->function->row_shape == FASTACT_GROUPED_COLUMNS ? columns / (size_t)r->parameter : columns;
}

static void visit(const strata_batch *b, void *context) {
    rowwise *r = context;
    if (r->function->row_shape == FASTACT_GROUPED_COLUMNS && b->columns % (size_t)r->parameter) return;
    const size_t columns = b->columns, results = results_of(r, columns);
    void *y = strata_array(b->dtype, b->rows * columns), *g = strata_array(b->dtype, b->rows * columns);
    void *dx = strata_array(b->dtype, b->rows * columns);
    double *gradient = strata_array(FASTACT_F64, columns), *output = strata_array(FASTACT_F64, columns);
    wide *exact = malloc(2 * columns * sizeof *exact), *terms = exact + columns;
    if (!exact) abort();
    strata_expect_ok(r->function, fastact_rows(r->function, FASTACT_VALUE, b->dtype, b->rows, columns, b->typed, NULL, y, &r->parameter));
    for (size_t row = 0; row < b->rows; ++row) {
        const double *x = b->x + row * columns;
        references[r->reference].value(x, columns, r->parameter, exact, terms);
        fill_gradient(gradient, results, b, row);
        for (size_t i = 0; i < results; ++i) {
            strata_judge(&r->value, b, row, i, x[i], exact[i], r->value_allowance * terms[i], strata_get(b->dtype, y, row * results + i));
            strata_set(b->dtype, g, row * results + i, gradient[i]);
        }
    }
    const void *from = r->function->backward_takes_output ? y : b->typed;
    strata_expect_ok(r->function, fastact_rows(r->function, FASTACT_BACKWARD, b->dtype, b->rows, columns, g, from, dx, &r->parameter));
    for (size_t row = 0; row < b->rows; ++row) {
        for (size_t i = 0; i < results; ++i) gradient[i] = strata_get(b->dtype, g, row * results + i);
        for (size_t i = 0; i < columns; ++i) output[i] = strata_get(b->dtype, from, row * columns + i);
        references[r->reference].backward(gradient, output, columns, r->parameter, exact, terms);
        for (size_t i = 0; i < columns; ++i)
            strata_judge(&r->backward, b, row, i, b->x[row * columns + i], exact[i], r->allowance * terms[i],
                         strata_get(b->dtype, dx, row * columns + i));
    }
    free(y), free(g), free(dx), free(gradient), free(output), free(exact);
}

int sweep_rowwise(const strata_options *o, const fastact_function *function) {
    rowwise r = {.function = function};
    int ok = 1;
    while (r.reference < REFERENCES && strcmp(references[r.reference].name, function->name)) ++r.reference;
    if (r.reference == REFERENCES) {
        fprintf(stderr, "sweep: %s has no row in tests/accuracy/rows.c\n", function->name);
        return 0;
    }
    r.value_allowance = references[r.reference].value_allowance[o->dtype == FASTACT_F64];
    r.allowance = references[r.reference].allowance[o->dtype == FASTACT_F64];
    for (int k = 0; k < 3 && (k == 0 || references[r.reference].parameters[k] != 0); ++k) {
        char value[48], backward[48];
        r.parameter = references[r.reference].parameters[k];
        snprintf(value, sizeof value, "value");
        snprintf(backward, sizeof backward, "backward");
        if (k) snprintf(value, sizeof value, "value, %s %g", function->parameters[0].name, r.parameter);
        if (k) snprintf(backward, sizeof backward, "backward, %s %g", function->parameters[0].name, r.parameter);
        r.value = strata_begin(o, function, FASTACT_VALUE);
        r.backward = strata_begin(o, function, FASTACT_BACKWARD);
        strata_each(o, visit, &r);
        ok &= strata_end(o, function, value, &r.value);
        ok &= strata_end(o, function, backward, &r.backward);
    }
    return ok;
}
