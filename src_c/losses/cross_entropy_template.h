/* Cross entropy for one type; included by losses/cross_entropy.h for float and for double. */

typedef struct {
    size_t columns;
    const int64_t *labels;
    const SCALAR *class_weight, *row_weight;
    const fastact_row_loss_options *options;
    int focal;               /* whether rows have the factors of softmax_focal */
    double_pair class_total; /* sum of the class weights */
    double_pair loss, weight;
} ROW_(cross_entropy);

INLINE int ROW_(row_ignored)(const ROW_(cross_entropy) *c, size_t row) {
    return c->options->has_ignore_index && c->labels[row] == c->options->ignore_index;
}
INLINE double ROW_(class_weight_of)(const ROW_(cross_entropy) *c, size_t column) {
    return c->class_weight ? (double)c->class_weight[column] : 1;
}
INLINE double_pair ROW_(row_weight_of)(const ROW_(cross_entropy) *c, size_t row) {
    const double_pair w = {c->row_weight ? (double)c->row_weight[row] : 1, 0};
    return w;
}
/* row weight times the label's class weight */
INLINE double_pair ROW_(weight_of)(const ROW_(cross_entropy) *c, size_t row) {
    return double_product(ROW_(row_weight_of)(c, row).high, ROW_(class_weight_of)(c, (size_t)c->labels[row]));
}
/* label smoothing a: what is left for the label, 1 - a, and what every column gets, a / columns */
INLINE double_pair ROW_(hard_share)(const ROW_(cross_entropy) *c) { return double_sum(1, -c->options->label_smoothing); }
INLINE double_pair ROW_(soft_share)(const ROW_(cross_entropy) *c) {
    const double_pair a = {c->options->label_smoothing, 0}, columns = {(double)c->columns, 0};
    return double_pair_ratio(a, columns);
}

INLINE void ROW_(add_loss)(ROW_(cross_entropy) *c, size_t row, double value, SCALAR *loss) {
    const double_pair v = {value, 0};
    c->loss = double_pair_sum(c->loss, v);
    c->weight = double_pair_sum(c->weight, c->focal ? ROW_(row_weight_of)(c, row) : ROW_(weight_of)(c, row));
    if (loss) loss[row] = value != value ? (SCALAR)NAN : (SCALAR)value;
}

/* 1 - p of the label from sums that lose nothing: (1 - e) + rest over 1 + rest */
INLINE double_pair ROW_(others)(double_pair rest, double e) {
    return double_pair_ratio(double_pair_sum(double_sum(1, -e), rest), row_whole(rest));
}

/* sum_c w_c (m - z_c), for label smoothing */
NOINLINE double_pair ROW_(spread)(const ROW_(cross_entropy) *c, const SCALAR *z, SCALAR m) {
    f64_pair_lanes sum = f64_pair_lanes_set(0);
    size_t i = 0;
    for (; !c->class_weight && i + SUM_LANES <= c->columns; i += SUM_LANES)
        for (int v = 0; v < F64_VECTORS; ++v) {
            const f64_pair distance = f64_sum(f64_set((double)m), f64_set(0) - ROW_(row_wide)(z + i + v * F64_LANES));
            sum.lane[v] = f64_pair_sum(sum.lane[v], distance);
        }
    for (; i < c->columns; i += SUM_LANES) {
        double at[SUM_LANES], weight[SUM_LANES];
        const size_t left = lanes_left(c->columns, i, SUM_LANES);
        for (size_t k = 0; k < SUM_LANES; ++k) {
            at[k] = k < left ? (double)z[i + k] : (double)m;
            weight[k] = k < left ? ROW_(class_weight_of)(c, i + k) : 1;
        }
        for (int v = 0; v < F64_VECTORS; ++v) {
            const f64_pair distance = f64_sum(f64_set((double)m), f64_set(0) - f64_load(at + v * F64_LANES));
            const f64_pair weighted = f64_pair_product(distance, f64_pair_of(f64_load(weight + v * F64_LANES), f64_set(0)));
            sum.lane[v] = f64_pair_sum(sum.lane[v], weighted);
        }
    }
    return f64_pair_lanes_sum(&sum, 0);
}

INLINE double ROW_(row_loss)(const ROW_(cross_entropy) *c, size_t row, double_pair nll, double_pair log_sum, double_pair spread) {
    const double_pair weight = ROW_(weight_of)(c, row);
    double_pair loss = double_pair_product(weight, nll);
    double plain = weight.high * nll.high;
    if (c->options->label_smoothing != 0) {
        const double_pair share = double_pair_product(ROW_(soft_share)(c), ROW_(row_weight_of)(c, row));
        const double_pair soft = double_pair_sum(spread, double_pair_product(c->class_total, log_sum));
        loss = double_pair_sum(double_pair_product(ROW_(hard_share)(c), loss), double_pair_product(share, soft));
        plain = ROW_(hard_share)(c).high * plain + share.high * soft.high;
    }
    return plain - plain == 0 ? loss.high + loss.low : plain; /* infinite parts leave no pair */
}

/* gradient_scale times a weight */
INLINE double_pair ROW_(scaled)(const ROW_(cross_entropy) *c, double_pair weight) {
    const double_pair scale = {c->options->gradient_scale, 0};
    return double_pair_product(scale, weight);
}
/* of `count` rows: what is multiplied by the weight, and what the gradient is, of which nll is all without focal factors */
INLINE void ROW_(modulate)(const ROW_(cross_entropy) *c, size_t count, const double_pair *rest, const double_pair *distance,
                           double_pair *nll, double_pair *slope) {
    for (size_t k = 0; k < count; ++k) slope[k].high = 1, slope[k].low = 0;
#ifdef FOCAL_ROWS
    double_pair power[SUM_LANES];
    if (!c->focal) return;
    FOCAL_ROWS(count, rest, nll, distance, c->options->parameters[0], power, slope);
    for (size_t k = 0; k < count; ++k) nll[k] = double_pair_product(power[k], nll[k]);
#else
    UNUSED(c), UNUSED(rest), UNUSED(distance), UNUSED(nll);
#endif
}
INLINE SCALAR ROW_(label_gradient)(double_pair numerator, double_pair others) {
    const double_pair p = double_pair_product(numerator, others);
    return (SCALAR)(0 - (p.high + p.low));
}

/* e holds the exponentials and receives the gradient */
INLINE void ROW_(row_gradient)(const ROW_(cross_entropy) *c, size_t row, double_pair rest, double_pair slope, SCALAR *e) {
    const size_t label = (size_t)c->labels[row];
    const double_pair others = ROW_(others)(rest, (double)e[label] * (1 / ROW_ONE));
    const double_pair numerator = double_pair_product(ROW_(scaled)(c, ROW_(weight_of)(c, row)), slope);
    const double_pair ratio = double_pair_ratio(numerator, row_whole(rest));
    if (LIKELY(ROW_(factor_fits)(numerator.high)))
        ROW_(row_scale)(e, c->columns, ROW_(row_factor_of)(ratio));
    else
        for (size_t k = 0; k < c->columns; ++k) e[k] = ROW_(far_times)(e[k], ratio);
    e[label] = ROW_(label_gradient)(numerator, others);
}
/* the same with label smoothing: p_j (hard + soft * all class weights) - soft w_j, less hard at the label */
NOINLINE void ROW_(row_gradient_smoothed)(const ROW_(cross_entropy) *c, size_t row, double_pair rest, SCALAR *e) {
    const size_t label = (size_t)c->labels[row];
    const double_pair p = {(double)e[label] * (1 / ROW_ONE), 0}, others = ROW_(others)(rest, p.high), whole = row_whole(rest);
    const double_pair hard = double_pair_product(ROW_(scaled)(c, ROW_(weight_of)(c, row)), ROW_(hard_share)(c));
    const double_pair soft = double_pair_product(ROW_(scaled)(c, ROW_(row_weight_of)(c, row)), ROW_(soft_share)(c));
    const double_pair all = double_pair_product(soft, c->class_total);
    const double_pair ratio = double_pair_scaled(double_pair_ratio(double_pair_sum(hard, all), whole), 1 / ROW_ONE);
    for (size_t k = 0; k < c->columns; ++k) {
        const double w = ROW_(class_weight_of)(c, k), at = (double)e[k], taken = soft.high * w;
        const double low = fma(at, ratio.low, -fma(soft.low, w, fma(soft.high, w, -taken)));
        e[k] = (SCALAR)(fma(at, ratio.high, -taken) + low);
    }
    const double_pair weight = {-ROW_(class_weight_of)(c, label), 0}, base = double_pair_product(soft, weight);
    const double_pair smooth = double_pair_sum(double_pair_product(all, double_pair_ratio(p, whole)), base);
    const double_pair taken = double_pair_scaled(double_pair_product(hard, others), -1), g = double_pair_sum(smooth, taken);
    e[label] = (SCALAR)(g.high + g.low);
}

/* logarithms of sums, a vector of them at a time */
NOINLINE void ROW_(log_of_sums)(size_t count, const double_pair *rest, double_pair *log_sum) {
    double high[GROUP_ROWS] = {0}, low[GROUP_ROWS] = {0};
    for (size_t k = 0; k < count; ++k) high[k] = rest[k].high, low[k] = rest[k].low;
    for (size_t k = 0; k < count; k += F64_LANES) {
        const f64_pair logs = f64_log_of_sum(f64_pair_of(f64_load(high + k), f64_load(low + k)));
        f64_store(high + k, logs.high), f64_store(low + k, logs.low);
    }
    for (size_t k = 0; k < count; ++k) log_sum[k].high = high[k], log_sum[k].low = low[k];
}
/* From row `from` on, several rows at a time, for one logarithm alone would be waited for. Focal gradients wait for it too: rows that the
 * first caches hold. */
INLINE void ROW_(long_rows)(ROW_(cross_entropy) *c, size_t from, size_t rows, const SCALAR *z, SCALAR *loss, SCALAR *gradient) {
    const size_t columns = c->columns, fit = c->focal && gradient ? GROUP_ELEMENTS / columns : GROUP_ROWS;
    const size_t most = fit < 1 ? 1 : fit < GROUP_ROWS ? fit : GROUP_ROWS;
    const int smoothed = c->options->label_smoothing != 0, keep = gradient != NULL;
    const double_pair none = {0, 0}, one = {1, 0};
    SCALAR next = from < rows ? ROW_(row_max)(z + from * columns, columns) : 0;
    for (size_t first = from; first < rows; first += most) {
        const size_t count = rows - first < most ? rows - first : most;
        double_pair rest[GROUP_ROWS], log_sum[GROUP_ROWS], distance[GROUP_ROWS], nll[GROUP_ROWS], slope[GROUP_ROWS], spread[GROUP_ROWS];
        for (size_t k = 0; k < count; ++k) {
            const size_t row = first + k;
            const SCALAR *const x = z + row * columns, m = next;
            SCALAR scratch[ROW_BLOCK], *const e = gradient ? gradient + row * columns : scratch;
            rest[k] = distance[k] = spread[k] = none;
            if (ROW_(row_ignored)(c, row)) {
                if (row + 1 < rows) next = ROW_(row_max)(x + columns, columns);
                if (gradient) ROW_(row_fill)(e, columns, 0);
                continue;
            }
            const double score = (double)x[c->labels[row]];
            if (smoothed) spread[k] = ROW_(spread)(c, x, m);
            rest[k] = ROW_(row_exponentials)(x, e, keep, columns, m);
            if (UNLIKELY(rest[k].high < DOMINATED)) ROW_(row_rest)(x, e, keep, columns, m, &rest[k]);
            if (row + 1 < rows) next = ROW_(row_max)(x + columns, columns);
            distance[k] = double_sum((double)m, -score);
            if (gradient && UNLIKELY(rest[k].high != rest[k].high))
                ROW_(row_fill)(e, columns, NAN);
            else if (gradient && !c->focal)
                smoothed ? ROW_(row_gradient_smoothed)(c, row, rest[k], e) : ROW_(row_gradient)(c, row, rest[k], one, e);
        }
        ROW_(log_of_sums)(count, rest, log_sum);
        for (size_t k = 0; k < count; ++k) nll[k] = double_pair_sum(log_sum[k], distance[k]);
        ROW_(modulate)(c, count, rest, distance, nll, slope);
        for (size_t k = 0; k < count; ++k) {
            const size_t row = first + k;
            if (ROW_(row_ignored)(c, row)) {
                if (loss) loss[row] = 0;
                continue;
            }
            const double value = ROW_(row_loss)(c, row, nll[k], log_sum[k], spread[k]);
            ROW_(add_loss)(c, row, rest[k].high != rest[k].high ? (double)NAN : value, loss);
            if (gradient && c->focal && rest[k].high == rest[k].high)
                ROW_(row_gradient)(c, row, rest[k], slope[k], gradient + row * columns);
        }
    }
}

/* short rows, one a lane, labels without smoothing */
typedef struct {
    ROW_(cross_entropy) *c;
    const SCALAR *z;
    SCALAR *loss, *gradient;
} ROW_(cross_entropy_short);
NOINLINE void ROW_(cross_entropy_end)(void *to, ROW_(tile) e, VECTOR largest, ROW_(short_sum) sum, size_t first, size_t count) {
    const ROW_(cross_entropy_short) *const arrays = to;
    ROW_(cross_entropy) *const c = arrays->c;
    const size_t columns = c->columns;
    const SCALAR *const z = arrays->z + first * columns;
    SCALAR *const loss = arrays->loss, *const gradient = arrays->gradient ? arrays->gradient + first * columns : NULL;
    ROW_(tile) y;
    SCALAR m[WIDTH];
    double_pair numerator[WIDTH], rest[WIDTH], log_sum[WIDTH], distance[WIDTH], nll[WIDTH], slope[WIDTH];
    OP(store)(m, largest);
    ROW_(short_store)(rest, sum);
    ROW_(short_log_store)(log_sum, sum);
    for (size_t r = 0; r < WIDTH; ++r) numerator[r].high = numerator[r].low = 0;
    for (size_t r = 0; r < count; ++r) {
        const double score = ROW_(row_ignored)(c, first + r) ? (double)m[r] : (double)z[r * columns + (size_t)c->labels[first + r]];
        distance[r] = double_sum((double)m[r], -score);
        nll[r] = double_pair_sum(log_sum[r], distance[r]);
    }
    ROW_(modulate)(c, count, rest, distance, nll, slope);
    for (size_t r = 0; r < count; ++r) {
        const size_t row = first + r;
        if (ROW_(row_ignored)(c, row)) {
            if (loss) loss[row] = 0;
            continue;
        }
        const double_pair none = {0, 0};
        ROW_(add_loss)(c, row, ROW_(row_loss)(c, row, nll[r], log_sum[r], none), loss);
        numerator[r] = double_pair_product(ROW_(scaled)(c, ROW_(weight_of)(c, row)), slope[r]);
    }
    if (!gradient) return;
    const ROW_(row_factor) f = ROW_(short_factor_of)(sum, numerator);
    for (size_t k = 0; k < ROW_(tile_columns)(columns); ++k) OP(store)(y[k], OP(canonical)(ROW_(row_times)(OP(load)(e[k]), f)));
    ROW_(tile_store)(y, gradient, count, columns);
    for (size_t r = 0; r < count; ++r) {
        const size_t row = first + r, label = (size_t)c->labels[row];
        SCALAR *g = gradient + r * columns;
        if (ROW_(row_ignored)(c, row)) {
            ROW_(row_fill)(g, columns, 0);
            continue;
        }
        if (UNLIKELY(rest[r].high != rest[r].high)) {
            ROW_(row_fill)(g, columns, NAN);
            continue;
        }
        if (UNLIKELY(!ROW_(factor_fits)(numerator[r].high)))
            for (size_t k = 0; k < columns; ++k) g[k] = ROW_(far_times)(e[k][r], double_pair_ratio(numerator[r], row_whole(rest[r])));
        const double_pair others = ROW_(others)(rest[r], (double)e[label][r] * (1 / ROW_ONE));
        g[label] = ROW_(label_gradient)(numerator[r], others);
    }
}

/* the same in lanes where nothing is weighed, ignored or focal: 64 rows of 10 floats 925 to 514 ns */
NOINLINE void ROW_(cross_entropy_plain_end)(void *to, ROW_(tile) e, VECTOR largest, ROW_(short_sum) sum, size_t first, size_t count) {
    enum { PARTS = WIDTH / F64_LANES };
    const ROW_(cross_entropy_short) *const arrays = to;
    ROW_(cross_entropy) *const c = arrays->c;
    const size_t columns = c->columns;
    const SCALAR *const z = arrays->z + first * columns;
    const int64_t *const labels = c->labels + first;
    const double scale = c->options->gradient_scale;
    const vd zero = f64_set(0), one = f64_set(1);
    double score[WIDTH] = {0}, own[WIDTH] = {0}, value[WIDTH];
    f64_pair rest[PARTS], log_sum[PARTS];
    vd m[PARTS];
    md odd = f64_lt(one, zero);
    ROW_(short_split)(sum, largest, rest, log_sum, m);
    for (int k = 0; k < PARTS; ++k) odd = f64_mask_or(odd, f64_unordered(rest[k].high, rest[k].high));
    if (arrays->gradient && UNLIKELY(f64_mask_any(odd) || !ROW_(factor_fits)(scale))) {
        ROW_(cross_entropy_end)(to, e, largest, sum, first, count);
        return;
    }
    for (size_t r = 0; r < count; ++r) {
        score[r] = (double)z[r * columns + (size_t)labels[r]];
        own[r] = (double)e[labels[r]][r];
    }
    for (int k = 0; k < PARTS; ++k) {
        const f64_pair nll = f64_pair_sum(log_sum[k], f64_sum(m[k], f64_load(score + k * F64_LANES) * f64_set(-1)));
        f64_store(value + k * F64_LANES, f64_select(f64_eq(nll.high - nll.high, zero), nll.high + nll.low, nll.high));
    }
    for (size_t r = 0; r < count; ++r) {
        const double_pair v = {value[r], 0};
        c->loss = double_pair_sum(c->loss, v);
    }
    c->weight.high = c->weight.high + (double)count;
    for (size_t r = 0; arrays->loss && r < count; ++r) arrays->loss[first + r] = value[r] != value[r] ? (SCALAR)NAN : (SCALAR)value[r];
    if (!arrays->gradient) return;
    const ROW_(row_factor) f = ROW_(short_factor_by)(sum, scale);
    SCALAR *const gradient = arrays->gradient + first * columns;
    for (size_t k = 0; k < columns; ++k) OP(store)(e[k], OP(canonical)(ROW_(row_times)(OP(load)(e[k]), f)));
    ROW_(tile_store)(e, gradient, count, columns);
    for (int k = 0; k < PARTS; ++k) {
        const vd p = f64_load(own + k * F64_LANES) * f64_set(1 / ROW_ONE);
        f64_pair whole = f64_sum(one, rest[k].high);
        whole.low = whole.low + rest[k].low;
        const f64_pair others = f64_rows_ratio(f64_pair_sum(f64_sum(one, p * f64_set(-1)), rest[k]), whole);
        const f64_pair slope = f64_pair_product(f64_pair_set(scale, 0), others);
        f64_store(value + k * F64_LANES, zero - (slope.high + slope.low));
    }
    for (size_t r = 0; r < count; ++r) gradient[r * columns + (size_t)labels[r]] = (SCALAR)value[r];
}

/* the `rows` rows of a block, the first of which is row `from` */
NOINLINE void ROW_(cross_entropy_block)(const row_loss_task *task, size_t from, size_t rows, int focal, double_pair class_total) {
    const fastact_row_loss_options *const o = task->options;
    const size_t columns = task->columns;
    const SCALAR *const z = (const SCALAR *)task->logits + from * columns, *const row_weight = o->row_weight;
    SCALAR *const loss = task->loss ? (SCALAR *)task->loss + from : NULL;
    SCALAR *const g = task->gradient ? (SCALAR *)task->gradient + from * columns : NULL;
    ROW_(cross_entropy) c = {columns, o->labels + from, o->class_weight, row_weight ? row_weight + from : NULL, o, focal,
                             {0, 0}, {0, 0}, {0, 0}};
    if (columns <= SHORT && o->label_smoothing == 0) {
        ROW_(cross_entropy_short) arrays = {&c, z, loss, g};
        if (focal || row_weight || o->class_weight || o->has_ignore_index)
            ROW_(short_rows)(rows, columns, z, &arrays, ROW_(cross_entropy_end), NULL);
        else
            ROW_(short_rows)(rows, columns, z, &arrays, ROW_(cross_entropy_plain_end), NULL);
    } else {
        c.class_total = class_total;
        const int joined = sizeof(SCALAR) == sizeof(float) && !focal && o->label_smoothing == 0;
        const size_t done = joined ? f32_cross_entropy_joined(&c, rows, z, loss, g) : 0;
        ROW_(long_rows)(&c, done, rows, z, loss, g);
    }
    loss_report(&task->range, from, c.loss, c.weight);
}

INLINE void ROW_(cross_entropy_of_labels)(const row_loss_task *task, int focal) {
    const SCALAR *const class_weight = task->options->class_weight;
    double_pair class_total = {class_weight ? 0 : (double)task->columns, 0};
    for (size_t k = 0; class_weight && k < task->columns && task->options->label_smoothing != 0; ++k) {
        const double_pair w = {(double)class_weight[k], 0};
        class_total = double_pair_sum(class_total, w);
    }
    for (size_t from = task->range.begin; from < task->range.end; from += task->range.block)
        ROW_(cross_entropy_block)(task, from, loss_block_count(&task->range, from), focal, class_total);
}
static void ROW_LOSS_NAME(const row_loss_task *task) {
    if (task->options->targets)
        ROW_LOSS_OF_TARGETS(task);
    else
        ROW_(cross_entropy_of_labels)(task, 0);
}
#undef SCALAR
#undef VECTOR
#undef WIDTH
#undef OP
#undef ROW_
#undef ROW_ONE
#undef DOMINATED
#undef ROW_LOSS_NAME
#undef FOCAL_ROWS
#undef ROW_LOSS_OF_TARGETS
