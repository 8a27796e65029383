/* Rows for the row-wise functions and the losses, elements for the gated functions, and the judgement of what comes back. */
#ifndef ACCURACY_STRATA_H
#define ACCURACY_STRATA_H
#include "sweep.h"

typedef struct strata_options {
    fastact_dtype dtype;
    int rounds;
    FILE *file;
} strata_options;

int sweep_rowwise(const strata_options *o, const fastact_function *function);
int sweep_gated(const strata_options *o, const fastact_function *function);
int sweep_loss(const strata_options *o, const fastact_function *function);
int sweep_row_loss(const strata_options *o, const fastact_function *function);
int sweep_pointwise(const strata_options *o, const fastact_function *function);
int sweep_joint(const strata_options *o, const fastact_function *function);

/* Where a number stands: enough to make its row again. */
typedef struct strata_place {
    const char *stratum;
    size_t columns, row, column;
    int round;
} strata_place;

/* Rows of one stratum; x is exact in the dtype and typed holds the same in it. */
typedef struct strata_batch {
    fastact_dtype dtype;
    size_t rows, columns;
    double *x;
    void *typed;
    strata_place place; /* of the first number */
} strata_batch;

/* The rows that softmax and its kin are tried with, one call a batch. */
typedef void strata_visit(const strata_batch *batch, void *context);
void strata_each(const strata_options *o, strata_visit *visit, void *context);

/* Random numbers that belong to a row of a batch; purpose tells several uses apart. */
uint64_t strata_seed(const strata_batch *batch, size_t row, int purpose);
double strata_normal(uint64_t *random);
/* a power of two between the two, with random digits and sign */
double strata_magnitude(uint64_t *random, double low, double high);

/* Arrays in the dtype. The caller frees them. */
void *strata_array(fastact_dtype dtype, size_t count);
void strata_set(fastact_dtype dtype, void *array, size_t i, double x);
double strata_get(fastact_dtype dtype, const void *array, size_t i);
double strata_rounded(fastact_dtype dtype, double x);
/* the smallest subnormal number */
double strata_tiny(fastact_dtype dtype);

/* One pass of one function. */
typedef struct strata_result {
    sweep_result errors;
    strata_place worst, first_special;
    double bound;
    uint64_t excused;
    double share;
} strata_result;
/* with the catalog's bound */
strata_result strata_begin(const strata_options *o, const fastact_function *function, fastact_pass pass);
/* y against exact; x is the input to be named. The error may be as large as allowed where that is more than the bound in ulp. */
void strata_judge(strata_result *r, const strata_batch *batch, size_t row, size_t column, double x, wide exact, wide allowed, double y);
int strata_end(const strata_options *o, const fastact_function *function, const char *pass, const strata_result *r);

/* e^(x - m) of a row, m the largest element, and their sum without the 1 of that element: NaN where the row has no softmax. */
typedef struct strata_exponentials {
    wide *e, rest, largest;
} strata_exponentials;
void strata_exponentiate(const double *x, size_t columns, strata_exponentials *s);
/* ends the program where the library refuses a call */
void strata_expect_ok(const fastact_function *function, fastact_status status);
#endif
