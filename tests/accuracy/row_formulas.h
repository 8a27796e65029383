/* Losses of rows, from their definitions in the wide format. */
#ifndef ACCURACY_ROW_FORMULAS_H
#define ACCURACY_ROW_FORMULAS_H
#include "strata.h"
#include <float.h>
#include <math.h>
#include <stdlib.h>

enum { SCORES, SHARES, LOGARITHMS };             /* what the first array holds: any numbers, probabilities, their logarithms */
enum { LABEL = 1, SOFT = 2, BINARY = 4, ONE_HOT = 8 }; /* what it is compared with */

/* A row: t is 1 at the label where there is one. Where a result is a difference, terms is the size of what it is a difference of. */
typedef struct {
    const double *z, *w;
    const wide *t, *q;
    size_t n, label;
    wide loss, loss_terms, *gradient, *terms, *e, rest, largest;
    wide factor; /* what may multiply an exponential that was rounded among the subnormal numbers */
} row_case;
#define EACH for (size_t i = 0; i < c->n; ++i)
#define FORMULA(name) static void row_##name(row_case *c)

/* a b, 0 where a is */
static wide times(wide a, wide b) { return a == 0 ? 0 : a * b; }
static wide power(wide a, wide b) { return b == 0 ? 1 : a == 0 ? (b > 0 ? 0 : (wide)INFINITY) : wide_exp(b * wide_log(a)); }
static wide softplus(wide x) { return (x > 0 ? x : 0) + wide_log1p(wide_exp(-wide_fabs(x))); }
static wide logistic(wide x) { return x < 0 ? wide_exp(x) / (1 + wide_exp(x)) : 1 / (1 + wide_exp(-x)); }
static wide logarithm(wide x) { return x == 0 ? -(wide)INFINITY : x < 0 ? (wide)NAN : wide_log(x); }

static void softmax_of(row_case *c) {
    strata_exponentials s = {.e = c->e};
    strata_exponentiate(c->z, c->n, &s);
    c->rest = s.rest, c->largest = s.largest;
}
/* 1 - e is relatively right wherever the others do not outweigh it anyway */
static wide others(const row_case *c, size_t i) { return (1 - c->e[i]) + c->rest; }
static wide nll_of(const row_case *c, size_t i) { return (c->largest - c->z[i]) + wide_log1p(c->rest); }
static wide weighted(const row_case *c, size_t i) { return c->t[i] * c->w[i]; }

FORMULA(cross_entropy) {
    wide total = 0, whole;
    softmax_of(c);
    whole = 1 + c->rest;
    EACH total += weighted(c, i), c->loss += times(weighted(c, i), nll_of(c, i));
    c->loss += 0 * whole, c->factor = total;
    EACH {
        const wide t = weighted(c, i), up = c->e[i] * (total - t) / whole, down = t * others(c, i) / whole;
        c->gradient[i] = up - down, c->terms[i] = up + down;
    }
}
FORMULA(softmax_focal) {
    const wide gamma = c->q[0];
    wide sum = 0, *slope = malloc(c->n * sizeof *slope);
    softmax_of(c);
    EACH {
        const wide p = c->e[i] / (1 + c->rest), u = others(c, i) / (1 + c->rest), nll = nll_of(c, i);
        const wide share = times(weighted(c, i), power(u, gamma));
        slope[i] = -times(share, 1 + gamma * (u == 0 ? 1 : times(p, nll / u)));
        c->loss += times(share, nll), sum += slope[i];
    }
    c->loss += 0 * c->rest, c->factor = wide_fabs(sum);
    EACH {
        const wide p = c->e[i] / (1 + c->rest), u = others(c, i) / (1 + c->rest);
        const wide rest = c->label < c->n ? (i == c->label ? 0 : slope[c->label]) : sum - slope[i];
        c->gradient[i] = slope[i] * u - p * rest;
        c->terms[i] = c->label < c->n ? 0 : wide_fabs(slope[i] * u) + wide_fabs(p * sum);
    }
    free(slope);
}
FORMULA(poly_cross_entropy) {
    const wide epsilon = c->q[0];
    wide total = 0, hit = 0, missed = 0;
    softmax_of(c);
    const wide whole = 1 + c->rest;
    EACH {
        total += c->t[i], hit += c->t[i] * c->e[i] / whole, missed += c->t[i] * others(c, i) / whole;
        c->loss += times(c->t[i], nll_of(c, i));
    }
    c->loss += epsilon * ((1 - total) + missed);
    c->factor = total * (1 + wide_fabs(epsilon));
    c->loss_terms = c->label < c->n ? 0 : wide_fabs(1 - total) * wide_fabs(epsilon) + wide_fabs(epsilon) * missed;
    EACH {
        const wide p = c->e[i] / whole, up = p * (total - c->t[i]), down = c->t[i] * others(c, i) / whole;
        const wide turned = c->t[i] == 0 ? hit : (total - c->t[i]) - missed;
        c->gradient[i] = up - down + epsilon * p * turned;
        c->terms[i] = c->label < c->n ? 0 : up + down + wide_fabs(epsilon) * p * (hit + c->t[i] + total);
    }
}
static wide clipped_log(const row_case *c, double p, wide *slope) {
    const wide clip = c->q[0], bits = c->q[1] == 2 ? 1 / wide_log(2) : 1;
    const wide most = strata_rounded(c->q[2] == 0 ? FASTACT_F32 : FASTACT_F64, (double)(1 - clip));
    if (clip < 0) {
        const wide log = logarithm(p);
        *slope = bits / (p > 1e-12 ? p : (wide)1e-12);
        return bits * (log < clip ? clip : log);
    }
    *slope = clip > 0 && (p < clip || p > most) ? 0 : bits / p;
    return bits * logarithm(clip > 0 ? p < clip ? clip : p > most ? most : (wide)p : (wide)p);
}
FORMULA(categorical_cross_entropy) {
    EACH {
        wide slope;
        c->loss -= times(c->t[i], clipped_log(c, c->z[i], &slope));
        c->gradient[i] = -times(c->t[i], slope);
    }
}
FORMULA(sparse_categorical_cross_entropy) {
    wide slope;
    c->loss = -clipped_log(c, c->z[c->label], &slope);
    EACH c->gradient[i] = i == c->label ? -slope : 0;
}
FORMULA(nll) {
    c->loss = -(wide)c->z[c->label];
    EACH c->gradient[i] = i == c->label ? -1 : 0;
}
FORMULA(generalized_cross_entropy) {
    const wide p = c->z[c->label], q = c->q[0];
    /* 1 - p^q cancels next to 1, where log p is small: its series */
    const wide x = p > 0 ? q * wide_log(p) : -(wide)INFINITY;
    wide term = x, sum = 0;
    for (int k = 2; k < 40; ++k) sum += term, term *= x / k;
    c->loss = p != p ? p : -(wide_fabs(x) < 0.1 ? sum : wide_exp(x) - 1) / q;
    EACH c->gradient[i] = i == c->label ? -power(p, q - 1) : 0;
}
FORMULA(generalized_kl) {
    EACH {
        const wide e = wide_exp(c->z[i]), line = times(c->t[i], logarithm(c->t[i]) - c->z[i]);
        c->loss += line + (e - c->t[i]), c->loss_terms += wide_fabs(line) + e + c->t[i];
        c->gradient[i] = e - c->t[i], c->terms[i] = e + c->t[i];
    }
}
static wide logit_loss(const row_case *c, size_t i) {
    const wide z = c->z[i], t = c->t[i], up = (1 - t) * logistic(z), down = t * logistic(-z);
    c->gradient[i] = up - down, c->terms[i] = t == 0 || t == 1 ? 0 : up + down;
    return times(1 - t, softplus(z)) + times(t, softplus(-z));
}
FORMULA(multilabel_soft_margin) {
    EACH {
        c->loss += c->w[i] * logit_loss(c, i) / c->n;
        c->gradient[i] *= (wide)c->w[i] / c->n, c->terms[i] *= (wide)c->w[i] / c->n;
    }
}
FORMULA(one_vs_all) { EACH c->loss += logit_loss(c, i); }
FORMULA(zlpr) {
    double m[2] = {0, 0};
    wide sum[2];
    EACH {
        const int side = c->t[i] > 0.5;
        if ((side ? -c->z[i] : c->z[i]) > m[side]) m[side] = side ? -c->z[i] : c->z[i];
    }
    for (int side = 0; side < 2; ++side) {
        wide all = 0, without = 0; /* without the 1 of the largest */
        int left_out = m[side] == 0;
        EACH if ((c->t[i] > 0.5) == side) {
            const double x = side ? -c->z[i] : c->z[i];
            all += wide_exp((wide)x - m[side]);
            if (!left_out && x == m[side]) left_out = 1; else without += wide_exp((wide)x - m[side]);
        }
        sum[side] = all + wide_exp(-(wide)m[side]);
        c->loss += m[side] + wide_log1p(m[side] == 0 ? all : without + wide_exp(-(wide)m[side]));
        c->loss += 0 * all;
    }
    EACH {
        const int side = c->t[i] > 0.5;
        const wide e = wide_exp((wide)(side ? -c->z[i] : c->z[i]) - m[side]);
        c->gradient[i] = (side ? -e : e) / sum[side];
    }
}
FORMULA(multi_margin) {
    wide size = 0;
    EACH if (i != c->label) {
        const wide h = c->q[1] - c->z[c->label] + (wide)c->z[i], terms = wide_fabs(c->q[1]) + fabs(c->z[c->label]) + fabs(c->z[i]);
        if (!(h > 0)) continue;
        c->loss += (c->q[0] == 2 ? h * h : h) / c->n, c->loss_terms += (c->q[0] == 2 ? 2 * h * terms : terms) / c->n * 0x1p-22;
        c->gradient[i] = (c->q[0] == 2 ? 2 * h : 1) / c->n, c->terms[i] = c->q[0] == 2 ? 2 * terms / c->n * 0x1p-22 : 0;
        c->gradient[c->label] -= c->gradient[i], size += c->terms[i];
    }
    c->terms[c->label] = size;
}
static size_t first_largest_but(const row_case *c, size_t label) {
    size_t at = c->n;
    EACH if (i != label && (at == c->n || c->z[i] > c->z[at])) at = i;
    return at;
}
FORMULA(multiclass_hinge) {
    const size_t best = first_largest_but(c, c->label);
    const wide top = best == c->n ? -(wide)INFINITY : c->z[best], h = c->q[0] + (top - c->z[c->label]);
    if (h != h) c->loss = h;
    if (!(h > 0) && !(h == 0 && best < c->label)) return;
    c->loss = h, c->loss_terms = (wide_fabs(c->q[0]) + fabs(c->z[best]) + fabs(c->z[c->label])) * 0x1p-22;
    c->gradient[best] = 1, c->gradient[c->label] = -1;
}
FORMULA(categorical_hinge) { /* one target is 1 */
    size_t best = 0;
    wide pos = 0;
    EACH {
        if (times(1 - c->t[i], c->z[i]) > times(1 - c->t[best], c->z[best])) best = i;
        pos += times(c->t[i], c->z[i]);
    }
    const wide neg = times(1 - c->t[best], c->z[best]), h = c->q[0] + (neg - pos);
    if (h < 0) return;
    c->loss = h, c->loss_terms = (wide_fabs(c->q[0]) + wide_fabs(neg) + wide_fabs(pos)) * 0x1p-22;
    EACH c->gradient[i] = (i == best) * (1 - c->t[i]) - c->t[i];
}
/* p_i = max((z_i - m) / power - tau, 0)^power, their sum 1 */
static void simplex_loss(row_case *c, int power_) {
    double m = c->z[0];
    wide tau = -1, others = 0, powers = 0;
    EACH if (c->z[i] > m || m != m) m = c->z[i];
    for (int step = 0; step < 300; ++step) {
        wide sum = 0, slope = 0;
        EACH {
            const wide d = ((wide)c->z[i] - m) / power_ - tau;
            if (d > 0) sum += power_ == 1 ? d : d * d, slope += power_ == 1 ? 1 : 2 * d;
        }
        const wide next = (sum - 1) / slope;
        tau += next;
        if (!(next > 1e-31)) break;
    }
    EACH {
        const wide d = ((wide)c->z[i] - m) / power_ - tau, s = d > 0 ? d : 0;
        c->gradient[i] = power_ == 1 ? s : s * s, c->terms[i] = power_ == 1 ? 1 : 2 * s + 0x1p-20;
        if (i != c->label) others += c->gradient[i], powers += s * s * (power_ == 1 ? 1 : s);
    }
    const wide label = ((wide)c->z[c->label] - m) / power_ - tau, s = label > 0 ? label : 0, below = label < 0 ? -label : 0;
    const wide missed = others / (1 + s);
    c->loss = power_ == 1 ? (others * others + powers) / 2 + below : (missed * missed * (2 + s) + powers) * 2 / 3 + 2 * below;
    c->gradient[c->label] = -others;
    if (m - m != 0) c->loss = NAN;
    c->loss_terms = 1;
    EACH c->terms[i] *= 0x1p-20;
    c->loss_terms *= 0x1p-20;
}
FORMULA(sparsemax_loss) { simplex_loss(c, 1); }
FORMULA(entmax15_loss) { simplex_loss(c, 2); }

static const struct {
    const char *name;
    void (*formula)(row_case *c);
    int input, kinds;
    double sets[4][2]; /* parameters worth a sweep, the defaults first */
    int set_count;
} row_references[] = {
    {"cross_entropy", row_cross_entropy, SCORES, SOFT, {{0}}, 1},
    {"categorical_cross_entropy", row_categorical_cross_entropy, SHARES, SOFT, {{-100, 0}, {0, 0}, {1e-7, 0}, {-100, 2}}, 4},
    {"sparse_categorical_cross_entropy", row_sparse_categorical_cross_entropy, SHARES, LABEL, {{-100, 0}, {0, 0}, {1e-7, 0}, {-100, 2}}, 4},
    {"nll", row_nll, LOGARITHMS, LABEL, {{0}}, 1},
    {"softmax_focal", row_softmax_focal, SCORES, LABEL | SOFT, {{2}, {0}, {0.5}, {5}}, 4},
    {"sparsemax_loss", row_sparsemax_loss, SCORES, LABEL, {{0}}, 1},
    {"entmax15_loss", row_entmax15_loss, SCORES, LABEL, {{0}}, 1},
    {"categorical_hinge", row_categorical_hinge, SCORES, ONE_HOT, {{1}, {0.25}}, 2},
    {"multiclass_hinge", row_multiclass_hinge, SCORES, LABEL, {{1}, {0.25}}, 2},
    {"multi_margin", row_multi_margin, SCORES, LABEL, {{1, 1}, {2, 1}, {1, 0.25}}, 3},
    {"multilabel_soft_margin", row_multilabel_soft_margin, SCORES, BINARY | SOFT, {{0}}, 1},
    {"poly_cross_entropy", row_poly_cross_entropy, SCORES, LABEL | SOFT, {{2}, {0.5}}, 2},
    {"generalized_cross_entropy", row_generalized_cross_entropy, SHARES, LABEL, {{0.5}, {1}, {0.1}}, 3},
    {"zlpr", row_zlpr, SCORES, BINARY, {{0}}, 1},
    {"one_vs_all", row_one_vs_all, SCORES, LABEL, {{0}}, 1},
    {"generalized_kl", row_generalized_kl, LOGARITHMS, SOFT, {{0}}, 1},
};
#undef EACH
#endif
