/* What the runs of losses share. */
#include "loss_runs.h"
#include <float.h>
#include <math.h>
#include <string.h>

loss_results loss_begin(const strata_options *o, const fastact_function *function, double mean_bound) {
    loss_results r;
    r.value = r.mean = strata_begin(o, function, FASTACT_VALUE);
    r.gradient = r.hessian = strata_begin(o, function, FASTACT_DERIVATIVE);
    if (mean_bound > 0) r.mean.bound = mean_bound;
    return r;
}

int loss_end(const strata_options *o, const fastact_function *function, const char *way, const loss_pass *passes, int count) {
    int ok = 1;
    for (int k = 0; k < count; ++k) {
        char name[LOSS_WAY + 16];
        snprintf(name, sizeof name, "%s%s", passes[k].name, way);
        ok &= strata_end(o, function, name, passes[k].result);
    }
    return ok;
}

void loss_describe(char way[LOSS_WAY], const fastact_function *function, const double *parameters, int weighted) {
    for (int k = 0; parameters && k < function->parameter_count; ++k)
        snprintf(way + strlen(way), LOSS_WAY - strlen(way), ", %s %.4g", function->parameters[k].name, parameters[k]);
    if (weighted) snprintf(way + strlen(way), LOSS_WAY - strlen(way), ", weights");
}

void loss_weights(const strata_batch *b, size_t count, int weighted, int purpose, double *w, void *typed) {
    uint64_t random = strata_seed(b, 0, purpose);
    for (size_t i = 0; i < count; ++i) {
        w[i] = weighted ? strata_rounded(b->dtype, sweep_uniform(&random, 0.01, 3)) : 1;
        strata_set(b->dtype, typed, i, w[i]);
    }
}

double loss_other_number(const strata_batch *b, size_t row, double x, double high, uint64_t *random) {
    const double step = b->dtype == FASTACT_F32 ? 0x1p-23 : 0x1p-52;
    if (row % 4 == 1 && isfinite(x)) return x * (1 + step * (double)(sweep_random(random) % 33));
    if (row % 4 == 2) return strata_magnitude(random, b->dtype == FASTACT_F32 ? -140 : -1060, b->dtype == FASTACT_F32 ? 60 : 480);
    if (row % 4 == 3) return strata_magnitude(random, -20, high);
    return 2 * strata_normal(random);
}

wide loss_reached(wide x) { return x > DBL_MAX ? (wide)INFINITY : x < -DBL_MAX ? -(wide)INFINITY : x; }

double loss_mean(fastact_dtype dtype, const double sums[2]) {
    const double mean = strata_rounded(dtype, sums[0] / sums[1]);
    return mean != mean ? (double)NAN : mean;
}
