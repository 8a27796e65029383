/* Pointwise losses: every element, the mean, gradient and Hessian against their definitions in the wide format. Rows of the strata are
 * predictions; the targets depend on the row. */
#include "loss_runs.h"
#include "pointwise_formulas.h"
#include <stdlib.h>
#include <string.h>

/* Each is called plainly and with weights, and with every set of parameters: other ways are other code. */
typedef struct {
    const fastact_function *function;
    const loss_reference *reference;
    double parameters[PARAMETERS];
    int weighted;
    loss_results results;
} loss_run;

/* of the larger term of a difference */
static wide term_allowance(fastact_dtype dtype) { return dtype == FASTACT_F32 ? 0x1p-30 : 0x1p-53; }

static double any_target(const strata_batch *b, size_t row, double x, uint64_t *random) {
    return loss_other_number(b, row, x, b->dtype == FASTACT_F32 ? 127 : 480, random);
}
/* far from both ends of the format */
static double positive(const strata_batch *b, double x) {
    const double limit = b->dtype == FASTACT_F32 ? 0x1p60 : 0x1p100, a = fabs(x);
    return a <= limit ? a >= 1 / limit ? a : 1 / limit : limit;
}
static double target_of(const loss_run *r, const strata_batch *b, size_t row, double x, uint64_t *random) {
    switch (r->reference->targets) {
    case SIGN: return sweep_random(random) % 2 ? 1 : -1;
    case CHANCE:
    case SHARE: return row % 3 ? (double)(sweep_random(random) % 2) : sweep_uniform(random, 0, 1);
    case COUNT: return row % 3 ? (double)(sweep_random(random) % 20) : fabs(strata_magnitude(random, -20, 60));
    case POSITIVE: return positive(b, any_target(b, row, x, random));
    default: return any_target(b, row, x, random);
    }
}

/* the prediction made of any number */
static double pred_of(const loss_run *r, const strata_batch *b, size_t i, double x) {
    const double a = fabs(x);
    if (isnan(x) || (r->reference->targets != CHANCE && r->reference->targets != POSITIVE)) return x;
    if (r->reference->targets == POSITIVE) return positive(b, x);
    const double chance = strata_rounded(b->dtype, a > 1 ? 1 / a : a);
    return i % 3 ? chance : strata_rounded(b->dtype, 1 - chance);
}

/* the scale of gradients is a double, as the caller's own */
static void judge_element(loss_run *r, const strata_batch *b, size_t row, size_t i, double x, loss_exact exact, double weight, double scale,
                          const void *each, const void *gradient, const void *hessian) {
    const wide factor = (wide)weight * scale, tiny = SUBNORMAL_ALLOWANCE * (wide)strata_tiny(b->dtype), part = term_allowance(b->dtype);
    const wide least = tiny * (1 + wide_fabs(factor) * (1 + exact.factor)), least_value = tiny * (1 + weight * (1 + exact.factor));
    const wide close = b->dtype == FASTACT_F32 && exact.close ? 0x1p-15 : 1;
    strata_judge(&r->results.value, b, row, i, x, weight * exact.value, least_value + part * weight * exact.value_terms,
                 strata_get(b->dtype, each, i));
    strata_judge(&r->results.gradient, b, row, i, x, factor * exact.gradient,
                 least + part * close * wide_fabs(factor) * exact.gradient_terms, strata_get(b->dtype, gradient, i));
    strata_judge(&r->results.hessian, b, row, i, x, factor * exact.hessian, least + part * wide_fabs(factor) * exact.hessian_terms,
                 strata_get(b->dtype, hessian, i));
}

static void loss_row(loss_run *r, const strata_batch *b, size_t row) {
    const size_t n = b->columns, item = b->dtype == FASTACT_F32 ? sizeof(float) : sizeof(double);
    const double scale = r->weighted ? SCALE_OF_WEIGHTED : 1 / (double)n;
    char *memory = strata_array(b->dtype, 6 * n), *const pred = memory + 5 * n * item;
    double *const p = malloc(n * sizeof *p);
    void *target = memory, *weight = memory + n * item, *each = memory + 2 * n * item, *gradient = memory + 3 * n * item;
    void *hessian = memory + 4 * n * item, *weights = r->weighted ? weight : NULL;
    double sums[2], same_sums[2];
    wide q[PARAMETERS], total = 0, weight_total = 0, terms = 0;
    uint64_t random = strata_seed(b, row, 2);
    for (size_t i = 0; i < n; ++i) {
        p[i] = pred_of(r, b, i, b->x[row * n + i]);
        strata_set(b->dtype, pred, i, p[i]);
        strata_set(b->dtype, target, i, target_of(r, b, row, p[i], &random));
        strata_set(b->dtype, weight, i, r->weighted ? sweep_uniform(&random, 0.01, 3) : 1);
    }
    for (int k = 0; k < PARAMETERS; ++k) q[k] = strata_rounded(b->dtype, r->parameters[k]);
#define LOSS(scale, ...) \
    strata_expect_ok(r->function, fastact_loss(r->function, b->dtype, n, pred, target, weights, r->parameters, scale, __VA_ARGS__))
    LOSS(scale, sums, each, NULL, NULL);
    LOSS(scale, same_sums, NULL, gradient, NULL);
    LOSS(scale, NULL, NULL, NULL, hessian);
    for (size_t i = 0; i < n; ++i) {
        const double t = strata_get(b->dtype, target, i), w = strata_get(b->dtype, weight, i);
        loss_exact exact = r->reference->formula(p[i], t, q);
        exact.value = loss_reached(exact.value), exact.gradient = loss_reached(exact.gradient), exact.hessian = loss_reached(exact.hessian);
        if (isnan(p[i])) exact.value = exact.gradient = exact.hessian = NAN;
        judge_element(r, b, row, i, p[i], exact, w, scale, each, gradient, hessian);
        total += w * exact.value, weight_total += w, terms += w * exact.value_terms;
    }
    total = loss_reached(total);
    for (int k = 0; k < 2; ++k) {
        const wide allowed = SUBNORMAL_ALLOWANCE * (wide)strata_tiny(b->dtype) + term_allowance(b->dtype) * terms / weight_total;
        strata_judge(&r->results.mean, b, row, 0, p[0], total / weight_total, allowed, loss_mean(b->dtype, k ? same_sums : sums));
    }
    free(memory);
    free(p);
}
static void loss_rows(const strata_batch *b, void *context) {
    for (size_t row = 0; row < b->rows; ++row) loss_row(context, b, row);
}

static int run(const strata_options *o, const fastact_function *function, const loss_reference *reference, int set, int weighted) {
    loss_run r = {.function = function, .reference = reference, .weighted = weighted};
    const loss_results *const of = &r.results;
    char way[LOSS_WAY] = "";
    memcpy(r.parameters, reference->parameters[set], sizeof r.parameters);
    r.results = loss_begin(o, function, weighted ? WEIGHTED_MEAN_BOUND : 2);
    if (weighted) /* an element is a product, whatever the loss itself is held to */
        r.results.value.bound = fmax(2, r.results.value.bound), r.results.gradient.bound = fmax(2, r.results.gradient.bound);
    strata_each(o, loss_rows, &r);
    loss_describe(way, function, set ? r.parameters : NULL, weighted);
    const loss_pass passes[] = {{"value", &of->value}, {"mean", &of->mean}, {"gradient", &of->gradient}, {"hessian", &of->hessian}};
    return loss_end(o, function, way, passes, 4);
}

int sweep_pointwise(const strata_options *o, const fastact_function *function) {
    int ok = 1;
    for (size_t i = 0; i < sizeof loss_references / sizeof *loss_references; ++i) {
        const loss_reference *const reference = loss_references + i;
        if (strcmp(reference->name, function->name)) continue;
        for (int set = 0; set < reference->sets; ++set)
            for (int weighted = 0; weighted < (set ? 1 : 2); ++weighted) ok &= run(o, function, reference, set, weighted);
        return ok;
    }
    fprintf(stderr, "sweep: %s has no reference in tests/accuracy/pointwise_formulas.h\n", function->name);
    return 0;
}
