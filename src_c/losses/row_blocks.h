/* The blocks of losses of rows, in the words of as_wide.h; included after row_words.h, and again for pairs. Rows of doubles are tried in
 * fewer operations (as_short_pairs.h), whose results are the same wherever all that is seen of a row is a number. */

/* `short_`: those in fewer operations, which are tried first, or NULL; what they leave is right where they say so. */
typedef void NAMED(row_value_call)(loss_row *r, num *value);
typedef int NAMED(row_gradient_call)(const loss_row *r, num_scalar *gradient, const num *scale);
typedef struct {
    NAMED(row_value_call) *value;
    NAMED(row_gradient_call) *gradient;
    int parameters, weighs;
    NAMED(row_value_call) *short_value;
    NAMED(row_gradient_call) *short_gradient;
} NAMED(row_loss_calls);
/* what rows of a task have in common */
typedef struct {
    num kept, spread;
    vd parameter[MAX_PARAMETERS];
    double_pair scale;
} NAMED(row_common);
INLINE NAMED(row_common) NAMED(row_common_of)(const row_loss_task *task, int parameters) {
    const fastact_row_loss_options *const o = task->options;
    const double_pair share = {o->label_smoothing, 0}, classes = {(double)task->columns, 0}, scale = {o->gradient_scale, 0};
    NAMED(row_common) c;
    c.kept = num_of_total(double_sum(1, -share.high)), c.spread = num_of_total(double_pair_ratio(share, classes)), c.scale = scale;
    for (int k = 0; k < parameters; ++k) c.parameter[k] = f64_set(o->parameters[k]);
    return c;
}
INLINE int NAMED(row_ignored)(const row_loss_task *task, size_t row) {
    const fastact_row_loss_options *const o = task->options;
    return !o->targets && o->has_ignore_index && o->labels[row] == o->ignore_index;
}
/* adds a loss and its weight up: returns the weight of the row, the loss times it as `one`, NaN where it is undefined */
INLINE double_pair NAMED(row_joins)(const row_loss_task *task, size_t row, int weighs, double_pair value, int undefined, double_pair *one,
                                    double_pair *total, double_pair *weights) {
    const fastact_row_loss_options *const o = task->options;
    const num_scalar *const row_weight = o->row_weight, *const class_weight = o->class_weight;
    const double own = row_weight ? (double)row_weight[row] : 1;
    const double of_class = class_weight && !o->targets ? (double)class_weight[o->labels[row]] : 1;
    const double_pair weight = double_product(own, of_class), alone = {own, 0};
    const double_pair weighted = row_weighted(weight, value), none = {(double)NAN, 0};
    *one = undefined || weighted.high != weighted.high ? none : weighted;
    *total = double_pair_sum(*total, *one);
    *weights = double_pair_sum(*weights, weighs == WEIGHS_MEAN ? weight : alone);
    return weight;
}

/* the value of a row, in fewer operations where these suffice; returns whether they did */
INLINE int NAMED(row_value)(loss_row *r, const NAMED(row_loss_calls) *calls, num *value) {
    int is_short = calls->short_value && !r->smoothed && !(r->targets && r->class_weight);
    if (is_short) {
        calls->short_value(r, value);
        const double_pair leading = num_leading(*value);
        is_short = !r->undefined && leading.high - leading.high == 0 && leading.low - leading.low == 0;
    }
    if (is_short) return 1;
    r->undefined = 0, r->chosen = r->columns;
    calls->value(r, value);
    r->undefined |= f64_mask_any(f64_unordered(num_high(*value), num_high(*value)));
    return 0;
}
/* the `count` rows of a block, the first of which is row `from` */
NOINLINE void NAMED(row_loss_block)(const row_loss_task *task, size_t from, size_t count, const NAMED(row_loss_calls) *calls) {
    const fastact_row_loss_options *const o = task->options;
    const size_t columns = task->columns;
    const num_scalar *const logits = task->logits, *const targets = o->targets;
    num_scalar *const loss = task->loss, *const gradient = task->gradient;
    double_pair total = {0, 0}, weights = {0, 0};
    const NAMED(row_common) common = NAMED(row_common_of)(task, calls->parameters);
    for (size_t row = from; row < from + count; ++row) {
        num_scalar *const slopes = gradient ? gradient + row * columns : NULL;
        if (NAMED(row_ignored)(task, row)) {
            if (loss) loss[row] = 0;
            if (gradient) num_row_fill(slopes, columns, 0);
            continue;
        }
        loss_row r;
        num value;
        r.scores = logits + row * columns, r.targets = targets ? targets + row * columns : NULL, r.class_weight = o->class_weight;
        r.parameter = common.parameter, r.columns = r.chosen = columns, r.label = targets ? columns : (size_t)o->labels[row];
        r.label_score = f64_set(targets ? 0 : (double)r.scores[r.label]);
        r.smoothed = o->label_smoothing != 0, r.kept = common.kept, r.spread = common.spread, r.undefined = r.in_floats = 0;
        const int is_short = NAMED(row_value)(&r, calls, &value);
        double_pair one;
        const double_pair weight = NAMED(row_joins)(task, row, calls->weighs, num_leading(value), r.undefined, &one, &total, &weights);
        if (loss) loss[row] = (num_scalar)(one.high + one.low);
        if (!gradient) continue;
        const num scale = num_of_total(double_pair_product(common.scale, weight));
        if (r.undefined) {
            num_row_fill(slopes, columns, (num_scalar)NAN);
        } else if (!is_short || !calls->short_gradient(&r, slopes, &scale)) {
            if (is_short) calls->value(&r, &value); /* for what it leaves in the state */
            calls->gradient(&r, slopes, &scale);
        }
    }
    loss_report(&task->range, from, total, weights);
}

#define ROW_LOSS_TASK(name, type, count, weighs, ...)                                                                          \
    static void row_loss_##name##_##type(const row_loss_task *task) {                                                          \
        static const NAMED(row_loss_calls) calls = {NAMED(name##_row), NAMED(name##_slopes), count, weighs, __VA_ARGS__};      \
        for (size_t from = task->range.begin; from < task->range.end; from += task->range.block)                               \
            NAMED(row_loss_block)(task, from, loss_block_count(&task->range, from), &calls);                                   \
    }

/* ---- losses of the label's score alone ----
 *
 * A loss is one function, num NAMED(name)(vd score, const vd *parameter, num *slope), and LABEL_LOSS_OF(name, number of parameters,
 * weighs). A vector of rows runs at once; what they lose and weigh is added in 16 virtual lanes, row i of a block in lane i mod 16. */
typedef num NAMED(label_loss)(vd score, const vd *parameter, num *slope);
/* of a vector of rows: scores of labels, weights of rows and of classes; 1, 0 and 1 where a row counts nothing, or is not there */
typedef struct {
    double score[F64_LANES], own[F64_LANES], of_class[F64_LANES];
} NAMED(labelled_rows);
INLINE void NAMED(label_rows)(const row_loss_task *task, size_t first, size_t rows, NAMED(labelled_rows) *r) {
    const fastact_row_loss_options *const o = task->options;
    const num_scalar *const row_weight = o->row_weight, *const class_weight = o->class_weight, *const logits = task->logits;
    for (size_t k = 0; k < F64_LANES; ++k) {
        r->score[k] = 1, r->own[k] = 0, r->of_class[k] = 1;
        if (k >= rows || NAMED(row_ignored)(task, first + k)) continue;
        const size_t label = (size_t)o->labels[first + k];
        r->score[k] = (double)logits[(first + k) * task->columns + label];
        r->own[k] = row_weight ? (double)row_weight[first + k] : 1;
        if (class_weight) r->of_class[k] = (double)class_weight[label];
    }
}
INLINE void NAMED(label_slopes)(const row_loss_task *task, size_t first, size_t rows, vd undefined, num slope, num by) {
    num_scalar slopes[F64_LANES], others[F64_LANES];
    double odd[F64_LANES];
    num_store(slopes, num_times(slope, by), F64_LANES), num_store(others, num_times(num_set(0, 0), by), F64_LANES);
    f64_store(odd, undefined);
    for (size_t k = 0; k < rows; ++k) {
        num_scalar *const to = (num_scalar *)task->gradient + (first + k) * task->columns;
        num_row_fill(to, task->columns, odd[k] != 0 ? (num_scalar)NAN : others[k]);
        if (odd[k] == 0 && !NAMED(row_ignored)(task, first + k)) to[task->options->labels[first + k]] = slopes[k];
    }
}
/* plain: without weights and labels that are ignored */
INLINE void NAMED(label_loss_block)(const row_loss_task *task, size_t from, size_t count, int plain, int slopes, int parameters, int weighs,
                                    NAMED(label_loss) *f) {
    const int64_t *const labels = task->options->labels;
    const num_scalar *const logits = task->logits;
    num_scalar *const loss = task->loss;
    num_lanes total = num_lanes_zero(), weights = num_lanes_zero();
    const NAMED(row_common) common = NAMED(row_common_of)(task, parameters);
    const vd zero = f64_set(0);
    for (size_t i = 0; i < count; i += F64_LANES) {
        const size_t first = from + i, rows = lanes_left(count, i, F64_LANES), v = i / F64_LANES % F64_VECTORS;
        NAMED(labelled_rows) r;
        const int usual = plain && rows == F64_LANES;
        if (usual)
            for (size_t k = 0; k < F64_LANES; ++k) r.score[k] = (double)logits[(first + k) * task->columns + (size_t)labels[first + k]];
        else
            NAMED(label_rows)(task, first, rows, &r);
        const vd score = f64_load(r.score);
        vd own = f64_set(1);
        if (!usual) own = f64_load(r.own);
        num slope;
        const num value = f(score, common.parameter, &slope);
        num weight = num_set(1, 0);
        if (!usual) weight = num_product(own, f64_load(r.of_class));
        const md undefined = f64_mask_or(f64_unordered(score, score), f64_unordered(num_high(value), num_high(value)));
        const md nothing = f64_mask_and(f64_eq(own, zero), f64_eq(score, f64_set(1)));
        num one = value;
        if (!usual) one = num_select(nothing, num_set(0, 0), num_times(weight, value));
        one = num_select(undefined, num_of(f64_set(NAN)), num_finite(one));
        total.lane[v] = num_plus(total.lane[v], one);
        if (!plain) weights.lane[v] = num_plus(weights.lane[v], weighs == WEIGHS_MEAN ? weight : num_of(own));
        if (loss) num_store(loss + first, one, rows);
        if (!slopes) continue;
        const num by = num_finite(num_times(num_of_total(common.scale), weight));
        NAMED(label_slopes)(task, first, rows, f64_select(undefined, f64_set(1), zero), slope, by);
    }
    const double_pair counted = {(double)count, 0};
    loss_report(&task->range, from, num_leading(num_lanes_total(total)), plain ? counted : num_leading(num_lanes_total(weights)));
}
#define LABEL_LOSS_TASK(name, type, count, weighs)                                                                             \
    NOINLINE void NAMED(name##_labels)(const row_loss_task *task, size_t from, size_t n) {                                     \
        const fastact_row_loss_options *const o = task->options;                                                               \
        if (task->gradient)                                                                                                    \
            NAMED(label_loss_block)(task, from, n, 0, 1, count, weighs, NAMED(name));                                          \
        else if (o->row_weight || o->class_weight || o->has_ignore_index)                                                      \
            NAMED(label_loss_block)(task, from, n, 0, 0, count, weighs, NAMED(name));                                          \
        else                                                                                                                   \
            NAMED(label_loss_block)(task, from, n, 1, 0, count, weighs, NAMED(name));                                          \
    }                                                                                                                          \
    static void row_loss_##name##_##type(const row_loss_task *task) {                                                          \
        for (size_t from = task->range.begin; from < task->range.end; from += task->range.block)                               \
            NAMED(name##_labels)(task, from, loss_block_count(&task->range, from));                                            \
    }
