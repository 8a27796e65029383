/* The loops of losses of rows, in the words of as_wide.h; included after it and again after as_pairs.h.
 *
 * A loss is two functions:
 *   num NAMED(name)(loss_row *r)                                 the loss of a row; leaves in r->state what the other one needs
 *   num NAMED(name_slope)(const loss_row *r, const loss_item *at) its derivative by the scores of one vector
 * and ROW_LOSS_OF(name, TAKES_LABELS, TAKES_TARGETS or TAKES_BOTH, number of parameters, WEIGHS_ROW or WEIGHS_MEAN); ROW_LOSS_APART_OF
 * where name_other_slope is the derivative of vectors without the label; ROW_LOSS_WITH where a function of the whole gradient of a row
 * stands in for it. A row with NaN, or whose loss is NaN, is NaN throughout. */

/* one vector: of any row; of targets as they are given; of a label elsewhere */
INLINE loss_item NAMED(row_item)(const loss_row *r, size_t i, size_t left) {
    loss_item at;
    at.score = num_load(r->scores + i, left);
    at.target = num_of(r->targets ? num_load(r->targets + i, left) : f64_one_at(r->label, i));
    if (r->smoothed) at.target = num_plus(num_times(r->kept, at.target), r->spread);
    at.weight = r->class_weight && r->targets ? num_load(r->class_weight + i, left) : f64_set(1);
    at.chosen = f64_one_at(r->chosen, i);
    return at;
}
INLINE loss_item NAMED(row_target_item)(const loss_row *r, size_t i, size_t left) {
    const loss_item at = {num_load(r->scores + i, left), f64_set(1), f64_one_at(r->chosen, i), num_of(num_load(r->targets + i, left))};
    return at;
}
INLINE loss_item NAMED(row_other_item)(const loss_row *r, size_t i, size_t left) {
    const loss_item at = {num_load(r->scores + i, left), f64_set(1), f64_one_at(r->chosen, i), num_set(0, 0)};
    return at;
}
/* one column in every lane */
INLINE loss_item NAMED(row_column)(const loss_row *r, size_t column) {
    loss_item at = {f64_set((double)r->scores[column]), f64_set(1), f64_set(column == r->chosen), num_set(column == r->label, 0)};
    if (r->targets) at.target = num_of(f64_set((double)r->targets[column]));
    if (r->smoothed) at.target = num_plus(num_times(r->kept, at.target), r->spread);
    if (r->targets && r->class_weight) at.weight = f64_set((double)r->class_weight[column]);
    return at;
}

/* Whole groups of a row by the items that suffice for them: step(from, to, maker, has_target) runs those from one column to another. What
 * is left of the row begins at `end`. */
#define ROW_GROUPS(r, takes, end, step)                                                                                        \
    const size_t end = (r)->columns - (r)->columns % SUM_LANES;                                                                \
    if (num_any_row && (!num_plain_row || (r)->smoothed || ((r)->targets && (r)->class_weight))) {                             \
        step(0, end, NAMED(row_item), 1);                                                                                      \
    } else if ((takes) & TAKES_TARGETS && (r)->targets) {                                                                      \
        step(0, end, NAMED(row_target_item), 1);                                                                               \
    } else if ((takes) & TAKES_LABELS) {                                                                                       \
        const size_t label_group = (r)->label - (r)->label % SUM_LANES;                                                        \
        for (size_t from = 0, to = label_group < end ? label_group : end; from < end; from = to + SUM_LANES, to = end) {       \
            step(from, to, NAMED(row_other_item), 0);                                                                          \
            if (to < end) step(to, to + SUM_LANES, NAMED(row_item), 1);                                                        \
        }                                                                                                                      \
    }

/* Sums over a row of the terms that f makes of every vector, or, of the first `others` of them, other_f of those without a target; the
 * first `whole` of them are whole numbers. */
enum { NAMED(NO_OTHERS) = -1 };
typedef void NAMED(row_terms)(const loss_row *r, const loss_item *at, num *term);
INLINE void NAMED(row_add)(const loss_row *r, const loss_item *at, size_t v, size_t left, int whole, int count, NAMED(row_terms) *f,
                           num_lanes *lanes, num_watch *watch) {
    num term[ROW_TERMS];
    num_look(*watch, at->score, num_high(at->target));
    f(r, at, term);
    for (int k = 0; k < count; ++k) {
        const num one = LIKELY(left >= F64_LANES) ? term[k] : num_first(term[k], left);
        lanes[k].lane[v] = k < whole ? num_plus_whole(lanes[k].lane[v], one) : num_plus(lanes[k].lane[v], num_finite(one));
    }
}
INLINE void NAMED(row_sums_apart)(loss_row *r, int takes, int whole, int count, NAMED(row_terms) *f, int others, NAMED(row_terms) *other_f,
                                  num *sum) {
    num_lanes lanes[ROW_TERMS];
    num_watch watch = num_watch_begin();
    for (int k = 0; k < count; ++k) lanes[k] = num_lanes_zero();
#define ROW_ADD(from, to, make, has_target)                                                                                    \
    for (size_t i = has_target || others != NAMED(NO_OTHERS) ? from : to; i < to; i += SUM_LANES)                              \
        for (size_t v = 0; v < F64_VECTORS; ++v) {                                                                             \
            const loss_item at = make(r, i + v * F64_LANES, F64_LANES);                                                        \
            NAMED(row_add)(r, &at, v, F64_LANES, whole, has_target ? count : others, has_target ? f : other_f, lanes, &watch);        \
        }
    ROW_GROUPS(r, takes, end, ROW_ADD)
#undef ROW_ADD
    for (size_t i = end, v = 0; i < r->columns; i += F64_LANES, ++v) {
        const size_t left = lanes_left(r->columns, i, F64_LANES);
        const loss_item at = NAMED(row_item)(r, i, left);
        NAMED(row_add)(r, &at, v, left, whole, count, f, lanes, &watch);
    }
    for (int k = 0; k < count; ++k) sum[k] = num_lanes_total(lanes[k]);
    r->undefined |= num_seen(watch, sum, count);
}
INLINE void NAMED(row_sums)(loss_row *r, int takes, int count, NAMED(row_terms) *f, num *sum) {
    NAMED(row_sums_apart)(r, takes, 0, count, f, count, f, sum);
}

/* the largest of what f makes of every vector, and the first column that has it */
typedef vd NAMED(row_peak)(const loss_row *r, const loss_item *at);
INLINE double NAMED(row_largest)(const loss_row *r, int takes, NAMED(row_peak) *f, size_t *column) {
    double lane[SUM_LANES], place[SUM_LANES], largest = -INFINITY, found = (double)r->columns;
    vd best[F64_VECTORS], at_best[F64_VECTORS], columns[F64_VECTORS];
    for (size_t k = 0; k < SUM_LANES; ++k) place[k] = (double)k;
    for (size_t v = 0; v < F64_VECTORS; ++v)
        best[v] = f64_set(-INFINITY), at_best[v] = f64_set(found), columns[v] = f64_load(place + v * F64_LANES);
#define ROW_COMPARE(x, v)                                                                                                      \
    const md more = f64_lt(best[v], x);                                                                                        \
    best[v] = f64_select(more, x, best[v]);                                                                                    \
    at_best[v] = f64_select(more, columns[v], at_best[v]);                                                                     \
    columns[v] = columns[v] + f64_set(SUM_LANES);
#define ROW_LARGEST(from, to, make, has_target)                                                                                \
    for (size_t i = from; i < to; i += SUM_LANES)                                                                              \
        for (size_t v = 0; v < F64_VECTORS; ++v) {                                                                             \
            const loss_item at = make(r, i + v * F64_LANES, F64_LANES);                                                        \
            const vd x = f(r, &at);                                                                                            \
            ROW_COMPARE(x, v)                                                                                                  \
        }
    ROW_GROUPS(r, takes, end, ROW_LARGEST)
    for (size_t i = end, v = 0; i < r->columns; i += F64_LANES, ++v) {
        const size_t left = lanes_left(r->columns, i, F64_LANES);
        const loss_item at = NAMED(row_item)(r, i, left);
        const vd x = f64_first_or(f(r, &at), left, -INFINITY);
        ROW_COMPARE(x, v)
    }
#undef ROW_LARGEST
#undef ROW_COMPARE
    for (size_t v = 0; v < F64_VECTORS; ++v) f64_store(lane + v * F64_LANES, best[v]), f64_store(place + v * F64_LANES, at_best[v]);
    for (size_t k = 0; k < SUM_LANES; ++k)
        if (lane[k] > largest || (lane[k] == largest && place[k] < found)) largest = lane[k], found = place[k];
    *column = (size_t)found;
    return largest;
}

/* a row of slopes, of vectors without a target by other_f; returns whether all that was stored is what it should be */
typedef num NAMED(row_slope)(const loss_row *r, const loss_item *at);
INLINE int NAMED(row_gradient)(const loss_row *row, int takes, num_scalar *gradient, const num *factor, NAMED(row_slope) *f,
                               NAMED(row_slope) *other_f) {
    const loss_row own = *row, *const r = &own; /* which no store to gradient can change */
    const num scale = *factor;
    num_watch watch = num_watch_begin();
#define ROW_STORE(from, to, make, has_target)                                                                                  \
    for (size_t i = from; i < to; i += SUM_LANES)                                                                              \
        for (size_t v = 0; v < F64_VECTORS; ++v) {                                                                             \
            const loss_item at = make(r, i + v * F64_LANES, F64_LANES);                                                        \
            const num slope = (has_target ? f : other_f)(r, &at);                                                              \
            num_store_slope(gradient + i + v * F64_LANES, num_times(slope, scale), F64_LANES, watch);                          \
        }
    ROW_GROUPS(r, takes, end, ROW_STORE)
#undef ROW_STORE
    for (size_t i = end; i < r->columns; i += F64_LANES) {
        const size_t left = lanes_left(r->columns, i, F64_LANES);
        const loss_item at = NAMED(row_item)(r, i, left);
        num_store_slope(gradient + i, num_times(f(r, &at), scale), left, watch);
    }
    return num_fits(watch);
}

#define ROW_LOSS_CALLS(name, gradient_of)                                                                                      \
    NOINLINE void NAMED(name##_row)(loss_row *r, num *value) { *value = NAMED(name)(r); }                                      \
    NOINLINE int NAMED(name##_slopes)(const loss_row *r, num_scalar *gradient, const num *scale) { return gradient_of; }
#define ROW_GRADIENT_BY(takes, slope, other_slope) NAMED(row_gradient)(r, takes, gradient, scale, NAMED(slope), NAMED(other_slope))
#define ROW_GRADIENT_OF(name) NAMED(name)(r, gradient, scale)
#define ROW_LOSS_OF(name, takes, count, weighs) ROW_LOSS_BY(name, ROW_GRADIENT_BY(takes, name##_slope, name##_slope), count, weighs)
#define ROW_LOSS_APART_OF(name, takes, count, weighs) \
    ROW_LOSS_BY(name, ROW_GRADIENT_BY(takes, name##_slope, name##_other_slope), count, weighs)
#define ROW_LOSS_WITH(name, gradient, count, weighs) ROW_LOSS_BY(name, ROW_GRADIENT_OF(gradient), count, weighs)

/* the binary cross entropy of one logit */
INLINE loss_terms NAMED(one_logit)(const loss_item *at, int wants) {
    const vd usual[2] = {f64_set(1), f64_set(0)}; /* no weight of the positive part, no label smoothing */
    return NAMED(binary_cross_entropy_with_logits)(at->score, num_high(at->target), usual, wants);
}

/* ---- what losses of the softmax share ---- */

INLINE num NAMED(weighted_target)(const loss_item *at) { return num_times(at->target, num_of(at->weight)); }
INLINE num NAMED(row_exponential)(const loss_row *r, vd score) {
    const md none = f64_mask_and(f64_eq(score, f64_set(-INFINITY)), f64_lt(score, r->largest));
    return num_select(none, num_set(0, 0), num_exp(num_difference(score, r->largest)));
}
INLINE num NAMED(softmax_terms)(const loss_row *r, const loss_item *at, num *term) {
    const num e = NAMED(row_exponential)(r, at->score);
    const md is_one = f64_eq(num_high(e), f64_set(1));
    term[ONES] = num_of(f64_select(is_one, f64_set(1), f64_set(0)));
    term[OTHERS] = num_less_one(is_one, e);
    return e;
}
INLINE void NAMED(softmax_only)(const loss_row *r, const loss_item *at, num *term) { NAMED(softmax_terms)(r, at, term); }
/* the sums of f, which begins with softmax_terms; vectors without a target have no others */
INLINE void NAMED(softmax_sums)(loss_row *r, int takes, int count, NAMED(row_terms) *f, num *sum) {
    NAMED(row_sums_apart)(r, takes, ONES + 1, count, f, SOFTMAX_TERMS, NAMED(softmax_only), sum);
}
INLINE void NAMED(softmax_begin)(loss_row *r) { r->largest = f64_set((double)num_row_max(r->scores, r->columns)); }
INLINE void NAMED(softmax_settle)(loss_row *r, const num *sum) {
    const num one = num_set(1, 0);
    r->state[REST] = num_plus(sum[OTHERS], num_minus(sum[ONES], one));
    r->state[WHOLE] = num_plus(one, r->state[REST]);
    r->state[LOG_SUM] = num_log1p(r->state[REST]);
    r->undefined |= f64_mask_any(f64_unordered(num_high(r->state[WHOLE]), f64_set(0)));
}
/* the sum of all exponentials but this one, which is e */
INLINE num NAMED(softmax_others)(const loss_row *r, num e) { return num_plus(num_minus(num_set(1, 0), e), r->state[REST]); }
/* p total - target with p = e / whole, total the sum of targets: nothing cancels where one target is all of it */
INLINE num NAMED(softmax_slope)(const loss_row *r, num e, num target, num total) {
    const num up = num_times(e, num_minus(total, target)), down = num_times_or_zero(target, NAMED(softmax_others)(r, e));
    return num_ratio(num_minus(up, down), r->state[WHOLE]);
}
