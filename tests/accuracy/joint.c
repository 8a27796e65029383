/* Joint losses: every loss, their mean and every gradient against their definitions in the wide format. Rows of the strata are the first
 * array; the others are normal, next to it, or of other sizes, row by row. */
#include "loss_runs.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ARRAYS = 3, SETS = 4 };
/* One row, or one element, of a loss: what is exact, and the size of the larger terms where it is a difference. */
typedef struct {
    const double *x[ARRAYS];
    size_t columns;
    const double *q; /* parameters */
    wide value, value_terms;
    wide *gradient[ARRAYS], *gradient_terms[ARRAYS];
    wide logarithm; /* how much more than other terms a logarithm may be wrong by */
    wide tie; /* what is this part apart may be taken for equal */
} joint_exact;
typedef void joint_formula(joint_exact *e);

/* what arrays hold: any numbers; a variance as the third, signs as the third; masks; weights */
typedef enum { ANY, VARIANCE, SIGN, MASK } joint_data;

typedef struct {
    const char *name;
    joint_formula *formula;
    joint_data data;
    double parameters[SETS][PARAMETERS]; /* the defaults first */
    int sets;
} joint_reference;

typedef struct {
    const fastact_function *function;
    const joint_reference *reference;
    const double *parameters;
    int weighted;
    loss_results results;
} joint_run;

/* of the larger term of a difference */
static wide term_allowance(fastact_dtype dtype) { return dtype == FASTACT_F32 ? 0x1p-45 : 0x1p-95; }

static wide larger(wide a, wide b) { return a < b ? b : a; }
static wide sign(wide x) { return x > 0 ? 1 : x < 0 ? -1 : x; }
static wide times(wide c, wide x) { return c == 0 ? 0 : c * x; } /* whatever x is */

#define FORMULA(name) static void name##_exact(joint_exact *e)

/* ---- elements ---- */

static void penalty(joint_exact *e, wide l1, wide l2) {
    const wide w = e->x[0][0];
    e->value = times(l1, wide_fabs(w)) + times(times(l2, w), w);
    e->gradient[0][0] = l1 * sign(w) + 2 * times(l2, w);
}
FORMULA(l1_penalty) { penalty(e, e->q[0], 0); }
FORMULA(l2_penalty) { penalty(e, 0, e->q[0]); }
FORMULA(elastic_net_penalty) { penalty(e, e->q[0], e->q[1]); }

FORMULA(gaussian_nll) {
    const wide d = (wide)e->x[0][0] - e->x[1][0], var = e->x[2][0], v = var < e->q[1] ? (wide)e->q[1] : var, ratio = d / v;
    const wide constant = e->q[0] * 0.918938533204672741780329736405617639861L;
    const wide log = wide_log(v), square = times(d, ratio);
    e->value = (log + square) / 2 + constant;
    e->value_terms = log < 0 ? e->logarithm * larger(larger(-log, square), constant) : 0;
    e->gradient[0][0] = ratio;
    e->gradient[1][0] = (1 / v - ratio * ratio) / 2;
    e->gradient_terms[1][0] = larger(1 / v, ratio * ratio);
}
FORMULA(margin_ranking) {
    const wide t = e->x[2][0], gap = t * ((wide)e->x[0][0] - e->x[1][0]), m = e->q[0] - gap;
    e->value = m < 0 ? 0 : m;
    e->value_terms = 0x1p-7 * larger(wide_fabs(gap), wide_fabs((wide)e->q[0])); /* the terms of rounded differences: 2^-52, 2^-102 */
    e->gradient[0][0] = m < 0 ? 0 : m != m ? m : -t;
    e->gradient[1][0] = m < 0 ? 0 : m != m ? m : t;
}

/* ---- rows ---- */

#define ANYTHING 0x1p200 /* where rounding decides which of two gradients it is */

FORMULA(cosine_similarity_loss) {
    wide square[2] = {0, 0}, both = 0, norm[2];
    for (size_t i = 0; i < e->columns; ++i) {
        for (int k = 0; k < 2; ++k) square[k] += (wide)e->x[k][i] * e->x[k][i];
        both += (wide)e->x[0][i] * e->x[1][i];
    }
    for (int k = 0; k < 2; ++k) norm[k] = wide_sqrt(square[k]);
    const int floored[2] = {norm[0] < e->q[0], norm[1] < e->q[0]};
    for (int k = 0; k < 2; ++k) norm[k] = floored[k] ? (wide)e->q[0] : norm[k];
    const wide cosine = both / norm[0] / norm[1];
    e->value = 1 - cosine;
    e->value_terms = 1;
    for (int k = 0; k < 2; ++k)
        for (size_t i = 0; i < e->columns; ++i) {
            const wide own = floored[k] ? 0 : cosine * e->x[k][i] / norm[k], other = e->x[1 - k][i] / norm[1 - k];
            e->gradient[k][i] = (own - other) / norm[k];
            e->gradient_terms[k][i] = larger(floored[k] ? 0 : wide_fabs((wide)e->x[k][i]) / norm[k], wide_fabs(other)) / norm[k];
        }
}

typedef struct {
    const double *a, *b;
    wide norm, least, share, widest; /* what counts as largest, how many do; the largest difference before eps */
    double p, eps;
    int doubtful; /* others are next to the largest, and may count as large or not */
} gap;
static wide gap_at(const gap *g, size_t i) { return (wide)g->a[i] - g->b[i] + g->eps; }
static gap gap_of(const joint_exact *e, int first, int second, double p, double eps) {
    const size_t columns = e->columns;
    const double *a = e->x[first], *b = e->x[second];
    gap g = {.a = a, .b = b, .p = p, .eps = eps};
    for (size_t i = 0; i < columns; ++i) {
        const wide size = wide_fabs(gap_at(&g, i));
        g.widest = larger(wide_fabs((wide)a[i] - b[i]), g.widest);
        if (p == 1) g.norm += size;
        if (p == 2) g.norm += size * size;
        if (p > 2 && (size > g.norm || size != size) && g.norm == g.norm) g.norm = size;
    }
    if (p == 2) g.norm = wide_sqrt(g.norm);
    g.least = g.norm * (1 - e->tie);
    for (size_t i = 0, same = 0; i < columns; ++i) {
        if (wide_fabs(gap_at(&g, i)) < g.least) continue;
        if (g.share == 0) same = i;
        g.share += 1;
        g.doubtful |= a[i] != a[same] || b[i] != b[same];
    }
    g.doubtful &= p > 2;
    return g;
}
/* of the distance by the element of a */
static wide gap_slope(const gap *g, size_t i) {
    const wide d = gap_at(g, i);
    if (g->p == 2) return g->norm == 0 ? 0 : d / g->norm;
    if (g->p == 1) return sign(d);
    if (g->norm != g->norm) return g->norm;
    return wide_fabs(d) >= g->least ? sign(d) / g->share : 0;
}
/* eps may cancel what was rounded in x1 - x2 */
static wide gap_doubt(const gap *g) { return 0x1p-6 * g->widest; }
static wide slope_doubt(const gap *g) { return g->doubtful ? ANYTHING : g->norm > 0 ? gap_doubt(g) / g->norm : 0; }

FORMULA(pairwise_distance) {
    const gap g = gap_of(e, 0, 1, e->q[0], e->q[1]);
    e->value = g.norm;
    e->value_terms = gap_doubt(&g);
    for (size_t i = 0; i < e->columns; ++i) {
        e->gradient[0][i] = gap_slope(&g, i);
        e->gradient[1][i] = -e->gradient[0][i];
        for (int k = 0; k < 2; ++k) e->gradient_terms[k][i] = slope_doubt(&g);
    }
}
FORMULA(triplet_margin) {
    const gap near = gap_of(e, 0, 1, e->q[1], e->q[2]);
    gap far = gap_of(e, 0, 2, e->q[1], e->q[2]);
    int swapped = 0, doubtful = 0;
    if (e->q[3] != 0) {
        const gap other = gap_of(e, 1, 2, e->q[1], e->q[2]);
        swapped = other.norm < far.norm || other.norm != other.norm;
        doubtful = wide_fabs(other.norm - far.norm) <= e->tie * far.norm && memcmp(e->x[0], e->x[1], e->columns * sizeof(double));
        if (swapped) far = other;
    }
    const wide m = loss_reached(near.norm) - loss_reached(far.norm) + e->q[0];
    e->value = m < 0 ? 0 : m;
    e->value_terms = larger(larger(near.norm, far.norm), 1);
    doubtful |= m != 0 && wide_fabs(m) <= e->tie * e->value_terms;
    for (size_t i = 0; i < e->columns; ++i) {
        const wide pull = m < 0 ? 0 : gap_slope(&near, i), push = m < 0 ? 0 : gap_slope(&far, i);
        e->gradient[0][i] = swapped ? pull : pull - push;
        e->gradient[1][i] = swapped ? -pull - push : -pull;
        e->gradient[2][i] = push;
        const wide doubt = doubtful ? ANYTHING : slope_doubt(&near) + slope_doubt(&far);
        for (int k = 0; k < ARRAYS; ++k) e->gradient_terms[k][i] = doubt + (k < 2 ? larger(wide_fabs(pull), wide_fabs(push)) : 0);
    }
}

static void overlap(joint_exact *e, wide alpha, wide beta, wide smooth, wide eps) {
    wide both = 0, found = 0, there = 0;
    for (size_t i = 0; i < e->columns; ++i) {
        both += (wide)e->x[0][i] * e->x[1][i];
        found += e->x[0][i], there += e->x[1][i];
    }
    const wide n = both + smooth, over = alpha * (found - both) + beta * (there - both) + eps, d = n + over;
    e->value = over / d;
    e->value_terms = (alpha * found + beta * there) / d;
    for (size_t i = 0; i < e->columns; ++i) {
        const wide t = e->x[1][i];
        e->gradient[0][i] = (n * (alpha + (1 - alpha - beta) * t) - t * d) / (d * d);
        e->gradient_terms[0][i] = larger(n * larger(alpha, wide_fabs(1 - alpha - beta)) / d, 1) / d;
    }
}
FORMULA(tversky) { overlap(e, e->q[0], e->q[1], e->q[2], e->q[3]); }
FORMULA(dice) { overlap(e, 0.5, 0.5, (wide)e->q[0] / 2, (wide)e->q[1] / 2); }
FORMULA(jaccard) { overlap(e, 1, 1, e->q[0], e->q[1]); }

#define SETS_OF(...) (sizeof((double[][PARAMETERS]){__VA_ARGS__}) / sizeof(double[PARAMETERS]))
#define REFERENCE(name, data, ...) {#name, name##_exact, data, {__VA_ARGS__}, SETS_OF(__VA_ARGS__)}
static const joint_reference references[] = {
    REFERENCE(l1_penalty, ANY, {0.01}, {3}),
    REFERENCE(l2_penalty, ANY, {0.01}, {3}),
    REFERENCE(elastic_net_penalty, ANY, {0.01, 0.01}, {0.5, 0}, {0, 0.3}),
    REFERENCE(gaussian_nll, VARIANCE, {0, 1e-6}, {1, 0.5}),
    REFERENCE(cosine_similarity_loss, ANY, {1e-8}, {1}),
    REFERENCE(pairwise_distance, ANY, {2, 1e-6}, {1, 1e-6}, {INFINITY, 1e-6}, {2, 0}),
    REFERENCE(margin_ranking, SIGN, {0}, {0.3}),
    REFERENCE(triplet_margin, ANY, {1, 2, 1e-6, 0}, {0.3, 1, 1e-6, 0}, {0.3, INFINITY, 0, 1}, {1, 2, 1e-6, 1}),
    REFERENCE(tversky, MASK, {0.5, 0.5, 1, 1e-7}, {0.3, 0.9, 0, 1e-7}),
    REFERENCE(dice, MASK, {1, 1e-7}, {0, 1e-7}),
    REFERENCE(jaccard, MASK, {0, 1e-7}, {1, 0}),
};

/* ---- data ---- */

static double number_of(const joint_run *r, const strata_batch *b, int array, size_t row, double x, uint64_t *random) {
    const joint_data data = r->reference->data;
    if (data == MASK && array == 0) return x != x ? x : 1 / (1 + exp(-x));
    if (data == MASK) return row % 3 ? (double)(sweep_random(random) % 2) : sweep_uniform(random, 0, 1);
    if (array == 0) return x;
    if (array == 2 && data == SIGN) return sweep_random(random) % 2 ? 1 : -1;
    if (array == 2 && data == VARIANCE) return row % 3 ? sweep_uniform(random, 0, 4) : fabs(strata_magnitude(random, -40, 60));
    return loss_other_number(b, row, x, b->dtype == FASTACT_F32 ? 120 : 480, random);
}

/* ---- one row of the strata ---- */

typedef struct {
    double *x[ARRAYS], *weight;
    void *typed[ARRAYS], *typed_weight, *each, *gradient[ARRAYS];
    wide *exact[ARRAYS], *terms[ARRAYS];
} joint_arrays;

static joint_arrays arrays_of(fastact_dtype dtype, size_t n) {
    joint_arrays a = {.weight = strata_array(FASTACT_F64, n), .typed_weight = strata_array(dtype, n), .each = strata_array(dtype, n)};
    for (int k = 0; k < ARRAYS; ++k) {
        a.x[k] = strata_array(FASTACT_F64, n), a.typed[k] = strata_array(dtype, n), a.gradient[k] = strata_array(dtype, n);
        a.exact[k] = calloc(n, sizeof(wide)), a.terms[k] = calloc(n, sizeof(wide));
        if (!a.exact[k] || !a.terms[k]) abort();
    }
    return a;
}
static void free_arrays(joint_arrays *a) {
    for (int k = 0; k < ARRAYS; ++k) free(a->x[k]), free(a->typed[k]), free(a->gradient[k]), free(a->exact[k]), free(a->terms[k]);
    free(a->weight), free(a->typed_weight), free(a->each);
}

static void joint_row(joint_run *r, const strata_batch *b, size_t row) {
    const fastact_function *f = r->function;
    const int has_rows = f->unit == FASTACT_ROWS || f->unit == FASTACT_DISTANCES;
    const size_t n = b->columns, losses = has_rows ? 1 : n, columns = has_rows ? n : 1;
    const double scale = r->weighted ? SCALE_OF_WEIGHTED : 1 / (double)losses;
    joint_arrays a = arrays_of(b->dtype, n);
    strata_batch as_double = *b;
    wide total = 0, weight_total = 0, total_terms = 0;
    const wide part = term_allowance(b->dtype);
    uint64_t random = strata_seed(b, row, 2);
    double sums[2];
    as_double.dtype = FASTACT_F64;
    for (size_t i = 0; i < n; ++i) {
        for (int k = 0; k < f->array_count; ++k) {
            strata_set(b->dtype, a.typed[k], i, number_of(r, b, k, row, b->x[row * n + i], &random));
            a.x[k][i] = strata_get(b->dtype, a.typed[k], i);
        }
        strata_set(b->dtype, a.typed_weight, i, r->weighted ? sweep_uniform(&random, 0.01, 3) : 1);
        a.weight[i] = strata_get(b->dtype, a.typed_weight, i);
    }
    const void *in[ARRAYS] = {a.typed[0], a.typed[1], a.typed[2]};
    const void *weight = r->weighted ? a.typed_weight : NULL;
    strata_expect_ok(f, fastact_joint_loss(f, b->dtype, losses, columns, in, weight, r->parameters, scale, sums, a.each, a.gradient));
    for (size_t i = 0; i < losses; ++i) {
        joint_exact e = {.columns = columns, .q = r->parameters};
        e.tie = b->dtype == FASTACT_F32 ? 0x1p-52 : 0x1p-100, e.logarithm = b->dtype == FASTACT_F32 ? 0x1p15 : 0x1p35;
        for (int k = 0; k < ARRAYS; ++k) e.x[k] = a.x[k] + i, e.gradient[k] = a.exact[k] + i, e.gradient_terms[k] = a.terms[k] + i;
        r->reference->formula(&e);
        const wide w = a.weight[i], factor = w * scale, tiny = SUBNORMAL_ALLOWANCE * (wide)strata_tiny(b->dtype);
        const wide least = r->weighted || !has_rows ? tiny * (1 + wide_fabs(factor)) : tiny, value = loss_reached(e.value);
        total += w * value, weight_total += w, total_terms += w * e.value_terms;
        if (f->unit != FASTACT_WEIGHTS)
            strata_judge(&r->results.value, b, row, i, a.x[0][i], w * value, tiny * w + part * w * e.value_terms,
                         strata_get(b->dtype, a.each, i));
        for (int k = 0; k < f->gradient_count; ++k)
            for (size_t j = 0; j < columns; ++j)
                strata_judge(&r->results.gradient, b, row, i + j, a.x[0][i + j], factor * loss_reached(a.exact[k][i + j]),
                             least + part * wide_fabs(factor) * a.terms[k][i + j], strata_get(b->dtype, a.gradient[k], i + j));
    }
    total = loss_reached(total);
    if (f->unit == FASTACT_WEIGHTS) { /* a double, whatever the dtype */
        strata_judge(&r->results.value, &as_double, row, 0, a.x[0][0], total, 0x1p-1070, sums[0]);
    } else {
        const wide allowed = 2 * (wide)strata_tiny(b->dtype) + part * total_terms / weight_total;
        strata_judge(&r->results.mean, b, row, 0, a.x[0][0], total / weight_total, allowed, loss_mean(b->dtype, sums));
    }
    free_arrays(&a);
}
static void joint_rows(const strata_batch *b, void *context) {
    for (size_t row = 0; row < b->rows; ++row) joint_row(context, b, row);
}

static int run(const strata_options *o, const fastact_function *function, const joint_reference *reference, int set, int weighted) {
    joint_run r = {.function = function, .reference = reference, .parameters = reference->parameters[set], .weighted = weighted};
    const loss_results *const of = &r.results;
    const int is_sum = function->unit == FASTACT_WEIGHTS;
    char way[LOSS_WAY] = "";
    r.results = loss_begin(o, function, weighted ? WEIGHTED_MEAN_BOUND : 2);
    /* weighted terms of a float penalty are rounded, and it is a double */
    if (weighted && is_sum) r.results.value.bound = WEIGHTED_MEAN_BOUND;
    strata_each(o, joint_rows, &r);
    loss_describe(way, function, set ? r.parameters : NULL, weighted);
    const loss_pass passes[] = {{"value", &of->value}, {"gradient", &of->gradient}, {"mean", &of->mean}};
    return loss_end(o, function, way, passes, is_sum ? 2 : 3);
}

int sweep_joint(const strata_options *o, const fastact_function *function) {
    int ok = 1;
    for (size_t i = 0; i < sizeof references / sizeof *references; ++i) {
        const joint_reference *const reference = references + i;
        if (strcmp(reference->name, function->name)) continue;
        for (int set = 0; set < reference->sets; ++set)
            for (int weighted = 0; weighted < (set ? 1 : 2); ++weighted) ok &= run(o, function, reference, set, weighted);
        return ok;
    }
    fprintf(stderr, "sweep: %s has no reference in tests/accuracy/joint.c\n", function->name);
    return 0;
}
