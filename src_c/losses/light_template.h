/* Sums and slopes of light losses in lanes of the arrays' own type; included by light.h for float and for double. */

enum { OP(loss_vectors) = LOSS_GROUP / LANES, OP(loss_lows) = OP(loss_vectors) / 2, OP(loss_line) = LOSS_LINE };

/* what slopes are multiplied by, as high + low, and the parameters; the same for the exact way, whose gradients have no factor left */
typedef struct {
    VECTOR high, low, parameter[MAX_PARAMETERS];
    vd scale, wide_parameter[MAX_PARAMETERS];
    int streams; /* whether gradients beside a sum go around the cache */
} OP(loss_task);
INLINE VECTOR OP(slope_times)(VECTOR d, const OP(loss_task) *with) { return OP(fma)(d, with->high, d * with->low); }
/* scales: of slopes, with what rounding took from it, and of gradients; parameters that are none stay as they are, clearing them all would
 * cost a short call a fifth of its time */
INLINE void OP(loss_task_set)(OP(loss_task) *with, double scale, double rest, double gradient_scale, const double *parameters, int count) {
    const SCALAR high = (SCALAR)scale;
    with->streams = 0, with->high = OP(set)(high), with->low = OP(set)((SCALAR)((scale - high) + rest)), with->scale = f64_set(gradient_scale);
    for (int k = 0; k < count; ++k) with->parameter[k] = OP(set)((SCALAR)parameters[k]), with->wide_parameter[k] = f64_set(parameters[k]);
}
/* whether these lanes can scale by it; whether they hold the parameters, and products with them stay in range */
INLINE int OP(slope_fits)(double scale) { return fabs(scale) >= 1 / LOSS_LARGEST && fabs(scale) <= LOSS_LARGEST; }
INLINE int OP(parameters_fit)(const double *parameters, int count) {
    int fit = 1;
    for (int k = 0; k < count; ++k) fit &= (double)(SCALAR)parameters[k] == parameters[k] && fabs(parameters[k]) <= LOSS_LARGEST;
    return fit;
}
/* nothing overflowed, nothing that was lost below the smallest number counts; false for NaN */
INLINE int OP(loss_sum_fits)(double sum) { return fabs(sum) >= 1 / LOSS_LARGEST && fabs(sum) <= LOSS_LARGEST * LOSS_LARGEST; }

/* a - b, exactly */
INLINE OP(pair) OP(two_difference)(VECTOR a, VECTOR b) {
    const VECTOR difference = a - b, back = difference - a;
    const OP(pair) r = {difference, (a - (difference - back)) - (b + back)};
    return r;
}
/* a loss is a b, and what rounding the factors took from it is low, which sums leave out; its derivative, but for the scale of the task, is
 * slope */
typedef struct {
    VECTOR a, b, low, slope;
} OP(loss_product);
typedef OP(loss_product) OP(product_function)(VECTOR pred, VECTOR target, const VECTOR *parameter);

/* Losses summed in the lanes of a group: high; and what its roundings took away, low, in half as many, for which registers suffice. */
typedef struct {
    VECTOR high[OP(loss_vectors)], low[OP(loss_lows)];
} OP(loss_sums);

/* one vector; of its gradients `left` are there */
INLINE void OP(loss_add)(VECTOR x, VECTOR y, SCALAR *gradient, size_t left, int stream, const OP(loss_task) *with, OP(product_function) *f,
                         VECTOR *high, VECTOR *low) {
    const OP(loss_product) loss = f(x, y, with->parameter);
    const VECTOR sum = OP(fma)(loss.a, loss.b, *high);
    *low = *low + OP(fms)(loss.a, loss.b, sum - *high);
    *high = sum;
    if (!gradient) return;
    const VECTOR slope = OP(slope_times)(loss.slope, with);
    if (stream)
        OP(stream)(gradient, slope);
    else if (left >= LANES)
        OP(store)(gradient, slope);
    else
        OP(store_part)(gradient, slope, left);
}
/* fewer than a group, in the first lanes; the others lose nothing */
INLINE void OP(loss_few)(const SCALAR *p, const SCALAR *t, SCALAR *gradient, size_t count, const OP(loss_task) *with,
                         OP(product_function) *f, OP(loss_sums) *s) {
    const VECTOR padding = OP(set)(LOSS_PADDING);
    for (size_t v = 0; v * LANES < count; ++v) {
        const size_t at = v * LANES, left = lanes_left(count, at, LANES);
        const VECTOR x = OP(load_part_or)(p + at, left, padding), y = OP(load_part_or)(t + at, left, padding);
        OP(loss_add)(x, y, gradient ? gradient + at : NULL, left, 0, with, f, &s->high[v], &s->low[v % OP(loss_lows)]);
    }
}
/* whole groups */
INLINE size_t OP(loss_groups)(size_t i, const SCALAR *p, const SCALAR *t, int p_apart, int t_apart, int stream, SCALAR *gradient,
                              size_t count, const OP(loss_task) *with, OP(product_function) *f, OP(loss_sums) *s) {
    OP(reader) preds = OP(reader_at)(p + i), targets = OP(reader_at)(t + i);
    const size_t after = p_apart || t_apart ? LOSS_GROUP : 0; /* readers look around: not at the last group */
    const size_t ahead = loss_lines_ahead() * OP(loss_line);
    OP(loss_sums) own = *s;
    for (; i + LOSS_GROUP + after <= count; i += LOSS_GROUP)
        for (size_t v = 0; v < OP(loss_vectors); ++v) {
            const size_t at = i + v * LANES;
            if (gradient && !stream && v * LANES % OP(loss_line) == 0) PREFETCH_TO_WRITE(gradient + at + ahead);
            const VECTOR x = p_apart ? OP(read)(&preds) : OP(load)(p + at), y = t_apart ? OP(read)(&targets) : OP(load)(t + at);
            OP(loss_add)(x, y, gradient ? gradient + at : NULL, LANES, stream, with, f, &own.high[v], &own.low[v % OP(loss_lows)]);
        }
    *s = own;
    return i;
}
/* the first `head` lanes of a line become the last ones of all lanes, of which no other was added to */
INLINE void OP(loss_to_end)(VECTOR *lanes, size_t vectors, size_t head) {
    enum { LINE_VECTORS = OP(loss_line) / LANES };
    SCALAR line[2 * OP(loss_line)];
    for (size_t v = 0; v < LINE_VECTORS; ++v) {
        OP(store)(line + v * LANES, OP(set)(0));
        OP(store)(line + OP(loss_line) + v * LANES, lanes[v]);
        lanes[v] = OP(set)(0);
    }
    for (size_t v = 0; v < LINE_VECTORS; ++v) lanes[vectors - LINE_VECTORS + v] = OP(load)(line + head + v * LANES);
}
/* lane i becomes lane i + by */
INLINE void OP(loss_turn)(VECTOR *lanes, size_t vectors, size_t by) {
    SCALAR twice[2 * LOSS_GROUP];
    const size_t first = vectors * LANES - by;
    for (size_t v = 0; v < 2 * vectors; ++v) OP(store)(twice + v * LANES, lanes[v % vectors]);
    for (size_t v = 0; v < vectors; ++v) lanes[v] = OP(load)(twice + first + v * LANES);
}
/* Loss i belongs to lane i mod LOSS_GROUP. Groups begin where gradient (or pred) begins a line, so that no store straddles two, nor does a
 * load where the arrays lie alike: the lanes of the losses before are the last ones there, and at the end all are turned back. */
INLINE double_pair OP(loss_sum)(const SCALAR *p, const SCALAR *t, SCALAR *gradient, size_t count, const OP(loss_task) *task,
                                OP(product_function) *f) {
    const OP(loss_task) own = *task, *const with = &own; /* which no store to gradient can change: 16 % less time */
    const SCALAR *const first = gradient ? gradient : p;
    const size_t to_line = (0 - (uintptr_t)first / sizeof(SCALAR)) % OP(loss_line), head = to_line < count ? to_line : count;
    const int reads = fastact_full_width_costs || (gradient && LOSS_READS), read = reads && count >= 3 * LOSS_GROUP; /* what lies apart */
    const int p_apart = read && ((uintptr_t)p - (uintptr_t)first) % 64 != 0, t_apart = read && ((uintptr_t)t - (uintptr_t)first) % 64 != 0;
    OP(loss_sums) s;
    for (int v = 0; v < OP(loss_vectors); ++v) s.high[v] = OP(set)(0);
    for (int v = 0; v < OP(loss_lows); ++v) s.low[v] = OP(set)(0);
    if (head) {
        OP(loss_few)(p, t, gradient, head, with, f, &s);
        OP(loss_to_end)(s.high, OP(loss_vectors), head);
        OP(loss_to_end)(s.low, OP(loss_lows), head);
    }
    size_t i = head;
    if (p_apart)
        i = OP(loss_groups)(i, p, t, 1, 1, 0, gradient, count, with, f, &s);
    else if (t_apart)
        i = OP(loss_groups)(i, p, t, 0, 1, 0, gradient, count, with, f, &s);
    else if (gradient && with->streams) {
        i = OP(loss_groups)(i, p, t, 0, 0, 1, gradient, count, with, f, &s);
        STREAM_FENCE();
    }
    i = OP(loss_groups)(i, p, t, 0, 0, 0, gradient, count, with, f, &s);
    if (i < count) OP(loss_few)(p + i, t + i, gradient ? gradient + i : NULL, count - i, with, f, &s);
    if (head) {
        OP(loss_turn)(s.high, OP(loss_vectors), head);
        OP(loss_turn)(s.low, OP(loss_lows), head);
    }
    return OP(loss_total)(s.high, s.low);
}
#undef LANES
#undef LOSS_LINE
#undef LOSS_READS
#undef LOSS_GROUP
#undef LOSS_PADDING
#undef LOSS_LARGEST
