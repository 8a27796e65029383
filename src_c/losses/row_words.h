/* The loops of losses of rows, in the words of as_wide.h; included after it and again after as_pairs.h.
 *
 * A loss is two functions:
 *   num NAMED(name)(loss_row *r)                                 the loss of a row; leaves in r->state what the other one needs
 *   num NAMED(name_slope)(const loss_row *r, const loss_item *at) its derivative by the scores of one vector
 * and ROW_LOSS_OF(name, number of parameters, WEIGHS_ROW or WEIGHS_MEAN), or ROW_LOSS_WITH where a function of the whole gradient of a
 * row stands in for the other one. A row with NaN, or whose loss
 * is NaN, is NaN throughout. */

INLINE num NAMED(row_target)(const loss_row *r, size_t i, size_t left) {
    num t = num_of(r->targets ? num_load(r->targets + i, left) : f64_one_at(r->label, i));
    if (r->smoothed) t = num_plus(num_times(r->kept, t), r->spread);
    return t;
}
INLINE loss_item NAMED(row_item)(const loss_row *r, size_t i, size_t left) {
    loss_item at;
    at.score = num_load(r->scores + i, left);
    at.target = NAMED(row_target)(r, i, left);
    at.weight = r->class_weight && r->targets ? num_load(r->class_weight + i, left) : f64_set(1);
    at.chosen = f64_one_at(r->chosen, i);
    return at;
}

/* sums over a row of the terms that f makes of every vector */
typedef void NAMED(row_terms)(const loss_row *r, const loss_item *at, num *term);
INLINE void NAMED(row_sums)(loss_row *r, int count, NAMED(row_terms) *f, num *sum) {
    num_lanes lanes[ROW_TERMS];
    md undefined = f64_never();
    for (int k = 0; k < count; ++k) lanes[k] = num_lanes_zero();
    for (size_t group = 0; group < r->columns; group += SUM_LANES)
        for (size_t v = 0; v < F64_VECTORS; ++v) {
            const size_t i = group + v * F64_LANES, left = lanes_left(r->columns, i, F64_LANES);
            if (!left) break;
            const loss_item at = NAMED(row_item)(r, i, left);
            num term[ROW_TERMS];
            undefined = f64_mask_or(undefined, f64_unordered(at.score, num_high(at.target)));
            f(r, &at, term);
            for (int k = 0; k < count; ++k) {
                const num one = LIKELY(left >= F64_LANES) ? term[k] : num_first(term[k], left);
                lanes[k].lane[v] = num_plus(lanes[k].lane[v], num_finite(one));
            }
        }
    for (int k = 0; k < count; ++k) sum[k] = num_lanes_total(lanes[k]);
    r->undefined |= f64_mask_any(undefined);
}

/* the largest of what f makes of every vector, and the first column that has it */
typedef vd NAMED(row_peak)(const loss_row *r, const loss_item *at);
INLINE double NAMED(row_largest)(const loss_row *r, NAMED(row_peak) *f, size_t *column) {
    double first[F64_LANES], value[F64_LANES], place[F64_LANES], largest = -INFINITY, found = (double)r->columns;
    for (int k = 0; k < F64_LANES; ++k) first[k] = k;
    vd best = f64_set(-INFINITY), at_best = f64_set(found);
    for (size_t i = 0; i < r->columns; i += F64_LANES) {
        const size_t left = lanes_left(r->columns, i, F64_LANES);
        const loss_item at = NAMED(row_item)(r, i, left);
        const vd x = f64_first_or(f(r, &at), left, -INFINITY);
        const md more = f64_lt(best, x);
        best = f64_select(more, x, best);
        at_best = f64_select(more, f64_load(first) + f64_set((double)i), at_best);
    }
    f64_store(value, best);
    f64_store(place, at_best);
    for (int k = 0; k < F64_LANES; ++k)
        if (value[k] > largest || (value[k] == largest && place[k] < found)) largest = value[k], found = place[k];
    *column = (size_t)found;
    return largest;
}

typedef num NAMED(row_slope)(const loss_row *r, const loss_item *at);
INLINE void NAMED(row_gradient)(const loss_row *r, num_scalar *gradient, const num *scale, NAMED(row_slope) *f) {
    for (size_t i = 0; i < r->columns; i += F64_LANES) {
        const size_t left = lanes_left(r->columns, i, F64_LANES);
        const loss_item at = NAMED(row_item)(r, i, left);
        num_store(gradient + i, num_times(f(r, &at), *scale), left);
    }
}

typedef void NAMED(row_value_call)(loss_row *r, num *value);
typedef void NAMED(row_gradient_call)(const loss_row *r, num_scalar *gradient, const num *scale);
typedef struct {
    NAMED(row_value_call) *value;
    NAMED(row_gradient_call) *gradient;
    int parameters, weighs;
} NAMED(row_loss_calls);

/* the `count` rows of a block, the first of which is row `from` */
NOINLINE void NAMED(row_loss_block)(const row_loss_task *task, size_t from, size_t count, const NAMED(row_loss_calls) *calls) {
    const fastact_row_loss_options *const o = task->options;
    const size_t columns = task->columns;
    const num_scalar *scores = (const num_scalar *)task->logits + from * columns;
    num_scalar *const loss = task->loss, *const gradient = task->gradient;
    const num_scalar *row_weight = o->row_weight, *class_weight = o->class_weight, *targets = o->targets;
    const double_pair share = {o->label_smoothing, 0}, classes = {(double)columns, 0};
    double_pair total = {0, 0}, weights = {0, 0};
    const num kept = num_of_total(double_sum(1, -share.high)), spread = num_of_total(double_pair_ratio(share, classes));
    vd parameter[MAX_PARAMETERS];
    for (int k = 0; k < calls->parameters; ++k) parameter[k] = f64_set(o->parameters[k]);
    for (size_t row = from; row < from + count; ++row, scores += columns) {
        const int ignored = !targets && o->has_ignore_index && o->labels[row] == o->ignore_index;
        if (loss) loss[row] = 0;
        for (size_t i = 0; ignored && gradient && i < columns; ++i) gradient[row * columns + i] = 0;
        if (ignored) continue;
        const size_t label = targets ? columns : (size_t)o->labels[row];
        loss_row r = {.scores = scores, .targets = targets ? targets + row * columns : NULL, .class_weight = class_weight,
                      .parameter = parameter, .columns = columns, .label = label, .chosen = columns};
        r.label_score = f64_set(targets ? 0 : (double)scores[label]);
        r.smoothed = o->label_smoothing != 0;
        r.kept = kept, r.spread = spread;
        num value;
        calls->value(&r, &value);
        r.undefined |= f64_mask_any(f64_unordered(num_high(value), num_high(value)));
        const double own = row_weight ? (double)row_weight[row] : 1;
        const double_pair weight = double_product(own, class_weight && !targets ? (double)class_weight[label] : 1), alone = {own, 0};
        const double_pair weighted = row_weighted(weight, num_leading(value)), undefined = {(double)NAN, 0};
        const double_pair one = r.undefined || weighted.high != weighted.high ? undefined : weighted;
        total = double_pair_sum(total, one);
        weights = double_pair_sum(weights, calls->weighs == WEIGHS_MEAN ? weight : alone);
        if (loss) loss[row] = (num_scalar)(one.high + one.low);
        if (!gradient) continue;
        const double_pair scale = {o->gradient_scale, 0};
        const num scaled = num_of_total(double_pair_product(scale, weight));
        for (size_t i = 0; r.undefined && i < columns; ++i) gradient[row * columns + i] = (num_scalar)NAN;
        if (!r.undefined) calls->gradient(&r, gradient + row * columns, &scaled);
    }
    loss_report(&task->range, from, total, weights);
}

#define ROW_LOSS_CALLS(name, gradient_of)                                                                                      \
    NOINLINE void NAMED(name##_row)(loss_row *r, num *value) { *value = NAMED(name)(r); }                                      \
    NOINLINE void NAMED(name##_slopes)(const loss_row *r, num_scalar *gradient, const num *scale) { gradient_of; }
#define ROW_GRADIENT_BY(slope) NAMED(row_gradient)(r, gradient, scale, NAMED(slope))
#define ROW_GRADIENT_OF(name) NAMED(name)(r, gradient, scale)
#define ROW_LOSS_TASK(name, type, count, weighs)                                                                               \
    static void row_loss_##name##_##type(const row_loss_task *task) {                                                          \
        static const NAMED(row_loss_calls) calls = {NAMED(name##_row), NAMED(name##_slopes), count, weighs};                   \
        for (size_t from = task->range.begin; from < task->range.end; from += task->range.block)                               \
            NAMED(row_loss_block)(task, from, loss_block_count(&task->range, from), &calls);                                   \
    }

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
    const num e = NAMED(row_exponential)(r, at->score), zero = num_set(0, 0), one = num_set(1, 0);
    const md is_one = f64_eq(num_high(e), f64_set(1));
    term[ONES] = num_select(is_one, one, zero);
    term[OTHERS] = num_minus(e, term[ONES]);
    return e;
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
