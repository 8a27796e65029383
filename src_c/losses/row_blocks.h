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
 * weighs). A vector of rows runs at once. */
typedef num NAMED(label_loss)(vd score, const vd *parameter, num *slope);
INLINE void NAMED(label_loss_block)(const row_loss_task *task, size_t from, size_t count, int parameters, int weighs,
                                    NAMED(label_loss) *f) {
    const int64_t *const labels = task->options->labels;
    const size_t columns = task->columns, end = from + count;
    const num_scalar *const logits = task->logits;
    num_scalar *const loss = task->loss, *const gradient = task->gradient;
    double_pair total = {0, 0}, weights = {0, 0};
    const NAMED(row_common) common = NAMED(row_common_of)(task, parameters);
    for (size_t first = from; first < end; first += F64_LANES) {
        const size_t rows = lanes_left(end, first, F64_LANES);
        double score[F64_LANES], high[F64_LANES], low[F64_LANES], scale[2][F64_LANES] = {{0}};
        int undefined[F64_LANES];
        for (size_t k = 0; k < F64_LANES; ++k) {
            const int counts = k < rows && !NAMED(row_ignored)(task, first + k);
            score[k] = counts ? (double)logits[(first + k) * columns + (size_t)labels[first + k]] : 1;
        }
        num slope;
        const num value = f(f64_load(score), common.parameter, &slope);
        f64_store(high, num_high(value)), f64_store(low, num_low(value));
        for (size_t k = 0; k < rows; ++k) {
            const double_pair own = {high[k], low[k]};
            double_pair one = {0, 0};
            undefined[k] = score[k] != score[k] || own.high != own.high;
            if (!NAMED(row_ignored)(task, first + k)) {
                const double_pair weight = NAMED(row_joins)(task, first + k, weighs, own, undefined[k], &one, &total, &weights);
                const double_pair product = double_pair_product(common.scale, weight);
                scale[0][k] = product.high, scale[1][k] = product.high - product.high == 0 ? product.low : 0;
            }
            if (loss) loss[first + k] = (num_scalar)(one.high + one.low);
        }
        if (!gradient) continue;
        num_scalar slopes[F64_LANES], others[F64_LANES];
        const num by = num_of_pair(f64_pair_of(f64_load(scale[0]), f64_load(scale[1])));
        num_store(slopes, num_times(slope, by), F64_LANES), num_store(others, num_times(num_set(0, 0), by), F64_LANES);
        for (size_t k = 0; k < rows; ++k) {
            const int counts = !NAMED(row_ignored)(task, first + k);
            num_scalar *const to = gradient + (first + k) * columns;
            num_row_fill(to, columns, undefined[k] ? (num_scalar)NAN : others[k]);
            if (counts && !undefined[k]) to[labels[first + k]] = slopes[k];
        }
    }
    loss_report(&task->range, from, total, weights);
}
#define LABEL_LOSS_TASK(name, type, count, weighs)                                                                             \
    static void row_loss_##name##_##type(const row_loss_task *task) {                                                          \
        for (size_t from = task->range.begin; from < task->range.end; from += task->range.block)                               \
            NAMED(label_loss_block)(task, from, loss_block_count(&task->range, from), count, weighs, NAMED(name));             \
    }
