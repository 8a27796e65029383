/* cross_entropy: the loss of every row, their mean and the gradient, against its definition in the wide format. Pointwise losses:
 * pointwise.c, other losses of rows and rows of targets: row_losses.c. */
#include "loss_runs.h"
#include <stdlib.h>
#include <string.h>

/* Each is called in several ways, for other ways are other code. */
typedef struct {
    const fastact_function *function;
    int weighted;
    double smoothing;
    loss_results results;
} loss_run;

/* With smoothing a gradient is a difference, right to so many half ulp of the larger of its terms. */
#define TERM_ALLOWANCE 2

/* ---- cross entropy ---- */

typedef struct {
    const double *class_weight, *row_weight;
    double smoothing, scale;
} entropy_options;

/* the loss of a row; its gradient, and the size of what that is a difference of where labels are smoothed */
static wide entropy_row(const double *z, size_t columns, size_t label, double row_weight, const entropy_options *o, wide *gradient,
                        wide *terms) {
    strata_exponentials s = {.e = gradient};
    strata_exponentiate(z, columns, &s);
    const wide whole = 1 + s.rest, log_sum = wide_log1p(s.rest), soft = (wide)o->smoothing / columns * row_weight;
    const wide weight = (wide)row_weight * o->class_weight[label], hard = (1 - (wide)o->smoothing) * weight;
    wide others = 0, spread = 0, class_total = 0;
    for (size_t i = 0; i < columns; ++i) {
        if (i != label) others += s.e[i];
        class_total += o->class_weight[i];
        spread += o->class_weight[i] * ((s.largest - z[i]) + log_sum);
    }
    for (size_t i = 0; i < columns; ++i) {
        const wide p = s.e[i] / whole, taken = soft * o->class_weight[i];
        const wide risen = i == label ? soft * class_total * p : (hard + soft * class_total) * p;
        const wide fallen = i == label ? taken + hard * (others / whole) : taken;
        gradient[i] = (risen - fallen) * o->scale;
        terms[i] = o->smoothing != 0 ? wide_fabs((risen > fallen ? risen : fallen) * o->scale) : 0;
    }
    const wide loss = hard * ((s.largest - z[label]) + log_sum);
    return o->smoothing != 0 ? loss + soft * spread : loss;
}

/* every other label is the most likely one, where losses are close to 0 */
static int64_t label_of(const strata_batch *b, size_t row) {
    const double *z = b->x + row * b->columns;
    uint64_t random = strata_seed(b, row, 3);
    size_t label = sweep_random(&random) % b->columns;
    for (size_t i = 0; row % 2 == 0 && i < b->columns; ++i)
        if (z[i] > z[label]) label = i;
    return (int64_t)label;
}

static void entropy(const strata_batch *b, void *context) {
    loss_run *r = context;
    const size_t columns = b->columns, count = b->rows * columns;
    void *each = strata_array(b->dtype, b->rows), *gradient = strata_array(b->dtype, count);
    void *class_typed = strata_array(b->dtype, columns), *row_typed = strata_array(b->dtype, b->rows);
    int64_t *labels = malloc(b->rows * sizeof *labels);
    wide *exact = malloc(2 * columns * sizeof *exact), *terms = exact + columns, total = 0, weight_total = 0;
    const wide unit = b->dtype == FASTACT_F32 ? 0x1p-24 : 0x1p-53, least = SUBNORMAL_ALLOWANCE * (wide)strata_tiny(b->dtype);
    double *class_weight = strata_array(FASTACT_F64, columns), *row_weight = strata_array(FASTACT_F64, b->rows), sums[2];
    if (!labels || !exact) abort();
    loss_weights(b, columns, r->weighted, 4, class_weight, class_typed);
    loss_weights(b, b->rows, r->weighted, 5, row_weight, row_typed);
    for (size_t row = 0; row < b->rows; ++row) labels[row] = label_of(b, row);
    const entropy_options o = {class_weight, row_weight, r->smoothing, r->weighted ? SCALE_OF_WEIGHTED : 1 / (double)b->rows};
    fastact_row_loss_options options = {.labels = labels, .label_smoothing = o.smoothing, .gradient_scale = o.scale};
    if (r->weighted) options.class_weight = class_typed, options.row_weight = row_typed;
    strata_expect_ok(r->function, fastact_row_loss(r->function, b->dtype, b->rows, columns, b->typed, &options, sums, each, gradient));
    for (size_t row = 0; row < b->rows; ++row) {
        const double *z = b->x + row * columns;
        const size_t label = (size_t)labels[row];
        const wide loss = entropy_row(z, columns, label, row_weight[row], &o, exact, terms);
        const wide weight = (wide)row_weight[row] * class_weight[label], allowed = least * (1 + weight);
        total += loss, weight_total += weight;
        strata_judge(&r->results.value, b, row, label, z[label], loss, r->weighted ? allowed : 0, strata_get(b->dtype, each, row));
        for (size_t i = 0; i < columns; ++i) {
            const wide cancelled = TERM_ALLOWANCE * unit * terms[i], scaled = r->weighted ? least * (1 + weight * wide_fabs(o.scale)) : 0;
            strata_judge(&r->results.gradient, b, row, i, z[i], exact[i], cancelled > scaled ? cancelled : scaled,
                         strata_get(b->dtype, gradient, row * columns + i));
        }
    }
    strata_judge(&r->results.mean, b, 0, 0, b->x[0], total / weight_total, 0, loss_mean(b->dtype, sums));
    free(each), free(gradient), free(class_typed), free(row_typed), free(labels), free(exact), free(class_weight), free(row_weight);
}

static int run(const strata_options *o, const fastact_function *function, int weighted, double smoothing) {
    loss_run r = {function, weighted, smoothing, loss_begin(o, function, weighted ? WEIGHTED_MEAN_BOUND : 0)};
    const loss_results *const of = &r.results;
    strata_each(o, entropy, &r);
    const char *way = smoothing != 0 ? ", weights and label smoothing" : weighted ? ", weights" : "";
    return loss_end(o, function, way, (loss_pass[]){{"value", &of->value}, {"mean", &of->mean}, {"gradient", &of->gradient}}, 3);
}

int sweep_loss(const strata_options *o, const fastact_function *function) {
    if (function->kind == FASTACT_LOSS) return sweep_pointwise(o, function);
    if (function->kind == FASTACT_JOINT_LOSS) return sweep_joint(o, function);
    if (strcmp(function->name, "cross_entropy")) return sweep_row_loss(o, function);
    const int plain = run(o, function, 0, 0), weighted = run(o, function, 1, 0);
    const int smoothed = run(o, function, 1, 0.1), targets = sweep_row_loss(o, function);
    return plain && weighted && smoothed && targets;
}
