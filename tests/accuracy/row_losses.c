/* Losses of rows: every row, the mean and the gradient against their definitions in the wide format. Rows of the strata are the scores,
 * or become probabilities or their logarithms. */
#include "loss_runs.h"
#include "row_formulas.h"
#include <string.h>

typedef struct {
    const fastact_function *function;
    int reference, kind, set, weighted;
    loss_results results;
} loss_run;

/* of the larger term of a difference, as the kernels' head comments say */
static wide term_allowance(fastact_dtype dtype) { return dtype == FASTACT_F32 ? 0x1p-30 : 0x1p-53; }

static void make_input(const strata_batch *b, int input, size_t row, double *z, void *typed) {
    const double *x = b->x + row * b->columns;
    wide *e = malloc(b->columns * sizeof *e);
    strata_exponentials s = {.e = e};
    if (!e) abort();
    strata_exponentiate(x, b->columns, &s);
    for (size_t i = 0; i < b->columns; ++i) {
        const wide whole = 1 + s.rest, log = (x[i] - s.largest) - wide_log1p(s.rest);
        const double y = input == SCORES ? x[i] : (double)(input == SHARES ? e[i] / whole : log);
        z[i] = strata_rounded(b->dtype, y);
        strata_set(b->dtype, typed, row * b->columns + i, z[i]);
    }
    free(e);
}
static void make_target(const strata_batch *b, int kind, size_t row, size_t label, double *t, void *typed) {
    uint64_t random = strata_seed(b, row, 6);
    double total = 0;
    for (size_t i = 0; i < b->columns; ++i) {
        const double share = sweep_random(&random) % 3 ? sweep_uniform(&random, 0, 1) : 0;
        t[i] = kind == SOFT ? share : kind == BINARY ? (double)(sweep_random(&random) % 2) : i == label;
        total += t[i];
    }
    for (size_t i = 0; i < b->columns; ++i) {
        if (kind == SOFT && total > 0 && row % 4) t[i] = strata_rounded(b->dtype, t[i] / total);
        t[i] = strata_rounded(b->dtype, t[i]);
        strata_set(b->dtype, typed, row * b->columns + i, t[i]);
    }
}
static void judge_row(loss_run *r, const strata_batch *b, size_t row, row_case *c, wide weight, const void *each, const void *gradient) {
    const wide tiny = SUBNORMAL_ALLOWANCE * (wide)strata_tiny(b->dtype), part = term_allowance(b->dtype);
    const wide factor = weight * SCALE_OF_WEIGHTED, least = tiny * (1 + wide_fabs(factor)) * (1 + c->factor);
    const size_t at = c->label < c->n ? c->label : 0;
    c->loss = loss_reached(c->loss);
    strata_judge(&r->results.value, b, row, at, c->z[at], weight * c->loss,
                 tiny * (1 + weight) * (1 + c->factor) + part * weight * c->loss_terms,
                 strata_get(b->dtype, each, row));
    for (size_t i = 0; i < c->n; ++i) {
        const wide exact = c->loss != c->loss ? (wide)NAN : factor * loss_reached(c->gradient[i]);
        strata_judge(&r->results.gradient, b, row, i, c->z[i], exact, least + part * wide_fabs(factor) * c->terms[i],
                     strata_get(b->dtype, gradient, row * c->n + i));
    }
}

static void visit(const strata_batch *b, void *context) {
    loss_run *r = context;
    const size_t n = b->columns, count = b->rows * n;
    if (n > 20000 && r->set) return;
    void *typed[6];
    for (int k = 0; k < 6; ++k) typed[k] = strata_array(b->dtype, k < 4 ? count : n + b->rows);
    void *const scores = typed[0], *const targets = typed[1], *const gradient = typed[2], *const each = typed[3];
    double *z = strata_array(FASTACT_F64, count), *t = strata_array(FASTACT_F64, count), sums[2];
    double *class_weight = strata_array(FASTACT_F64, n), *row_weight = strata_array(FASTACT_F64, b->rows);
    double *ones = strata_array(FASTACT_F64, n);
    int64_t *labels = malloc(b->rows * sizeof *labels);
    wide *memory = malloc(4 * n * sizeof *memory), total = 0, weights = 0, terms = 0, q[3];
    if (!labels || !memory) abort();
    loss_weights(b, n, r->weighted, 4, class_weight, typed[4]);
    for (size_t i = 0; i < n; ++i) ones[i] = 1;
    loss_weights(b, b->rows, r->weighted, 5, row_weight, typed[5]);
    for (size_t row = 0; row < b->rows; ++row) {
        uint64_t random = strata_seed(b, row, 3);
        size_t label = sweep_random(&random) % n;
        make_input(b, row_references[r->reference].input, row, z + row * n, scores);
        for (size_t i = 0; row % 2 == 0 && i < n; ++i) /* every other label is the most likely one, where losses are close to 0 */
            if (z[row * n + i] > z[row * n + label]) label = i;
        labels[row] = (int64_t)label;
        make_target(b, r->kind, row, label, t + row * n, targets);
    }
    const char *const name = r->function->name;
    const int labelled = r->kind == LABEL, weighs_mean = !strcmp(name, "nll") || !strcmp(name, "sparse_categorical_cross_entropy");
    const fastact_row_loss_options options = {.labels = labelled ? labels : NULL, .targets = labelled ? NULL : targets,
                                              .class_weight = r->weighted ? typed[4] : NULL, .row_weight = r->weighted ? typed[5] : NULL,
                                              .gradient_scale = SCALE_OF_WEIGHTED, .parameters = row_references[r->reference].sets[r->set]};
    strata_expect_ok(r->function, fastact_row_loss(r->function, b->dtype, b->rows, n, scores, &options, sums, each, gradient));
    for (int k = 0; k < 2; ++k) q[k] = strata_rounded(b->dtype, row_references[r->reference].sets[r->set][k]);
    q[2] = b->dtype;
    for (size_t row = 0; row < b->rows; ++row) {
        const size_t label = labelled ? (size_t)labels[row] : n;
        row_case c = {.z = z + row * n, .w = class_weight, .q = q, .n = n, .label = label, .gradient = memory, .terms = memory + n,
                      .e = memory + 3 * n};
        wide *const target = memory + 2 * n;
        int undefined = 0;
        for (size_t i = 0; i < n; ++i) {
            c.gradient[i] = c.terms[i] = 0, target[i] = labelled ? i == label : t[row * n + i];
            undefined |= c.z[i] != c.z[i] && (row_references[r->reference].input == SCORES || !labelled || i == label);
        }
        c.t = target;
        if (labelled) c.w = ones; /* the label's weight is the row's */
        row_references[r->reference].formula(&c);
        if (undefined) c.loss = NAN;
        const wide weight = (wide)row_weight[row] * (labelled ? class_weight[label] : 1);
        judge_row(r, b, row, &c, weight, each, gradient);
        total += weight * c.loss, weights += weighs_mean ? weight : row_weight[row], terms += weight * c.loss_terms;
    }
    const wide allowed = SUBNORMAL_ALLOWANCE * (wide)strata_tiny(b->dtype) + term_allowance(b->dtype) * terms / weights;
    strata_judge(&r->results.mean, b, 0, 0, b->x[0], total > DBL_MAX ? (wide)INFINITY : total / weights, allowed,
                 loss_mean(b->dtype, sums));
    for (int k = 0; k < 6; ++k) free(typed[k]);
    free(z), free(t), free(class_weight), free(row_weight), free(ones), free(labels), free(memory);
}

static int run(const strata_options *o, const fastact_function *function, int reference, int kind, int set, int weighted) {
    loss_run r = {.function = function, .reference = reference, .kind = kind, .set = set, .weighted = weighted};
    const int kinds = row_references[reference].kinds, usual = !(function->targets & FASTACT_LABELS) && kind == (kinds & -kinds);
    const loss_results *const of = &r.results;
    char way[LOSS_WAY];
    snprintf(way, sizeof way, "%s", usual ? "" : kind == SOFT ? ", targets" : kind == BINARY ? ", targets 0 and 1" : "");
    r.results = loss_begin(o, function, WEIGHTED_MEAN_BOUND);
    strata_each(o, visit, &r);
    loss_describe(way, function, set ? row_references[reference].sets[set] : NULL, weighted);
    return loss_end(o, function, way, (loss_pass[]){{"value", &of->value}, {"mean", &of->mean}, {"gradient", &of->gradient}}, 3);
}

int sweep_row_loss(const strata_options *o, const fastact_function *function) {
    int ok = 1;
    for (int i = 0; i < (int)(sizeof row_references / sizeof *row_references); ++i) {
        if (strcmp(row_references[i].name, function->name)) continue;
        for (int kind = LABEL; kind <= ONE_HOT; kind *= 2)
            for (int set = 0; (row_references[i].kinds & kind) && set < row_references[i].set_count; ++set)
                for (int weighted = 0; weighted < (set ? 1 : 2); ++weighted) ok &= run(o, function, i, kind, set, weighted);
        return ok;
    }
    fprintf(stderr, "sweep: %s has no reference in tests/accuracy/row_formulas.h\n", function->name);
    return 0;
}
