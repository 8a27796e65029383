/* What the runs of losses share: their results, weights, means, and the names of their cases. */
#ifndef ACCURACY_LOSS_RUNS_H
#define ACCURACY_LOSS_RUNS_H
#include "strata.h"

#define SCALE_OF_WEIGHTED -3.7
/* both sums and their quotient are rounded */
#define WEIGHTED_MEAN_BOUND 2.5
/* What is subnormal before weight and scale multiply it was rounded there already: so many units times 1 + weight. */
#define SUBNORMAL_ALLOWANCE 2

typedef struct {
    strata_result value, mean, gradient, hessian;
} loss_results;

/* with the catalog's bounds; that of means is the one of elements where it is 0 */
loss_results loss_begin(const strata_options *o, const fastact_function *function, double mean_bound);

typedef struct {
    const char *name;
    const strata_result *result;
} loss_pass;
/* one line of output a pass, in that order; `way` is what is called beside the usual */
int loss_end(const strata_options *o, const fastact_function *function, const char *way, const loss_pass *passes, int count);

enum { LOSS_WAY = 128 };
/* appends parameters, NULL where they are the defaults, and whether there are weights */
void loss_describe(char way[LOSS_WAY], const fastact_function *function, const double *parameters, int weighted);

/* w and the same in the dtype: 1 unless weighted */
void loss_weights(const strata_batch *b, size_t count, int weighted, int purpose, double *w, void *typed);
/* a number to compare x with: row by row next to it, of any size, of powers of two up to `high`, and normal */
double loss_other_number(const strata_batch *b, size_t row, double x, double high, uint64_t *random);

/* what a double holds: a term or a sum beyond is infinite before it is scaled */
wide loss_reached(wide x);
/* The sums are the caller's to divide, and so is the NaN. */
double loss_mean(fastact_dtype dtype, const double sums[2]);
#endif
