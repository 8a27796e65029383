/* The loops of learned.h for one type; included there for float and for double. */

typedef struct {
    fastact_map_kernel *value, *backward;                     /* one parameter for the whole array */
    fastact_map_arrays_kernel *value_arrays, *backward_arrays; /* one an element */
    void (*sums)(size_t rows, size_t stride, size_t width, const T *g, const T *x, const T *p, f64_pair_lanes *sums);
} TYPE(learned);

/* the parameters of `wide` elements, the first at `position` of a row */
NOINLINE void TYPE(learned_pattern)(const T *weight, size_t channels, size_t inner, size_t position, size_t wide, T *values) {
    size_t channel = position / inner, left = inner - position % inner;
    for (size_t i = 0; i < wide; ++i) {
        values[i] = weight[channel];
        if (--left == 0) {
            left = inner;
            if (++channel == channels) channel = 0;
        }
    }
}

static void TYPE(learned_value)(size_t outer, size_t channels, size_t inner, const T *x, const T *weight, T *y, const TYPE(learned) *f) {
    if (channels == 1) inner *= outer, outer = 1;
    const size_t features = channels * inner;
    if (channels == 1 || inner >= LEARNED_RUN) {
        for (size_t at = 0; at < outer * features; at += inner) f->value(inner, x + at, NULL, y + at, weight + at / inner % channels);
    } else if (inner == 1 && features >= LEARNED_COLUMNS) {
        for (size_t at = 0; at < outer * features; at += features)
            f->value_arrays(features, x + at, NULL, y + at, (const void *[]){weight});
    } else {
        T p[LEARNED_PATTERN];
        const size_t beside = learned_side_by_side(features, LEARNED_PATTERN), width = beside * features;
        for (size_t first = 0, wide; first < width; first += wide) {
            wide = width - first < LEARNED_PATTERN ? width - first : LEARNED_PATTERN;
            TYPE(learned_pattern)(weight, channels, inner, first, wide, p);
            for (size_t at = first; at < outer * features; at += width) {
                const size_t left = outer * features - at;
                f->value_arrays(left < wide ? left : wide, x + at, NULL, y + at, (const void *[]){p});
            }
        }
    }
}

INLINE T TYPE(learned_rounded)(double high, double low) {
    const double whole = high + low, sum = high - high == 0 ? whole : high; /* of an infinite total the low part is NaN */
    return (T)(sum == sum ? sum : NAN);
}

static void TYPE(learned_runs)(size_t outer, size_t channels, size_t inner, const T *g, const T *x, const T *weight, T *dx, T *dweight,
                               const TYPE(learned) *f) {
    for (size_t c = 0; c < channels; ++c) {
        T p[SUM_LANES];
        for (int i = 0; i < SUM_LANES; ++i) p[i] = weight[c];
        f64_pair_lanes lanes = f64_pair_lanes_set(0);
        double_pair total = {0, 0};
        size_t pending = 0;
        for (size_t o = 0; o < outer; ++o)
            for (size_t i = 0; i < inner; i += LEARNED_CHUNK) {
                const size_t at = (o * channels + c) * inner + i, count = inner - i < LEARNED_CHUNK ? inner - i : LEARNED_CHUNK;
                const size_t rows = count / SUM_LANES, whole = rows * SUM_LANES;
                f->sums(rows, SUM_LANES, SUM_LANES, g + at, x + at, p, &lanes);
                if (count > whole) f->sums(1, SUM_LANES, count - whole, g + at + whole, x + at + whole, p, &lanes);
                f->backward(count, g + at, x + at, dx + at, p);
                if ((pending += count) >= LEARNED_BLOCK) {
                    total = double_pair_sum(total, f64_pair_lanes_sum(&lanes, 0));
                    lanes = f64_pair_lanes_set(0);
                    pending = 0;
                }
            }
        if (pending) total = double_pair_sum(total, f64_pair_lanes_sum(&lanes, 0));
        dweight[c] = TYPE(learned_rounded)(total.high, total.low);
    }
}

/* rows of `width` columns, `stride` apart: dx, and the sum of every column */
static void TYPE(learned_tile)(size_t rows, size_t stride, size_t width, const T *g, const T *x, const T *p, T *dx, learned_columns *total,
                               const TYPE(learned) *f) {
    f64_pair_lanes tiles[LEARNED_TILES];
    for (size_t t = 0; t * SUM_LANES < width; ++t) tiles[t] = f64_pair_lanes_set(0);
    for (size_t r = 0; r < rows; r += LEARNED_ROWS) {
        const size_t count = rows - r < LEARNED_ROWS ? rows - r : LEARNED_ROWS;
        for (size_t t = 0; t < width; t += SUM_LANES)
            f->sums(count, stride, lanes_left(width, t, SUM_LANES), g + r * stride + t, x + r * stride + t, p + t, tiles + t / SUM_LANES);
        for (size_t at = r * stride; at < (r + count) * stride; at += stride)
            f->backward_arrays(width, g + at, x + at, dx + at, (const void *[]){p});
        if ((r + count) % LEARNED_BLOCK_ROWS == 0 || r + count == rows) learned_flush(total, tiles, width);
    }
}

static void TYPE(learned_backward)(size_t outer, size_t channels, size_t inner, const T *g, const T *x, const T *weight, T *dx, T *dweight,
                                   const TYPE(learned) *f) {
    if (channels == 1) inner *= outer, outer = 1;
    if (inner >= LEARNED_RUN) {
        TYPE(learned_runs)(outer, channels, inner, g, x, weight, dx, dweight, f);
        return;
    }
    const size_t features = channels * inner;
    const size_t beside = features && features <= SUM_LANES && SUM_LANES % features == 0 ? SUM_LANES / features
                          : learned_side_by_side(features, LEARNED_COLUMNS);
    const size_t width = beside * features, rows = outer / beside, rest = outer % beside * features;
    double_pair channel = {0, 0};
    size_t c = 0, in_channel = 0;
    for (size_t first = 0, wide; first < width; first += wide) {
        T values[LEARNED_COLUMNS];
        const T *p = values;
        learned_columns total = {{0}, {0}};
        wide = width - first < LEARNED_COLUMNS ? width - first : LEARNED_COLUMNS;
        if (inner == 1 && beside == 1)
            p = weight + first;
        else
            TYPE(learned_pattern)(weight, channels, inner, first, wide, values);
        TYPE(learned_tile)(rows, width, wide, g + first, x + first, p, dx + first, &total, f);
        if (rest) TYPE(learned_tile)(1, rest, rest, g + rows * width, x + rows * width, p, dx + rows * width, &total, f);
        for (size_t k = 1; k < beside; ++k)
            learned_join(total.high, total.low, total.high + k * features, total.low + k * features, features);
        const size_t summed = beside > 1 ? features : wide;
        if (inner == 1)
            for (size_t i = 0; i < summed; ++i) dweight[first + i] = TYPE(learned_rounded)(total.high[i], total.low[i]);
        for (size_t i = 0; inner > 1 && i < summed; ++i) {
            const double_pair column = {total.high[i], total.low[i]};
            channel = in_channel ? double_pair_sum(channel, column) : column;
            if (++in_channel == inner) {
                dweight[c++] = TYPE(learned_rounded)(channel.high, channel.low);
                in_channel = 0;
            }
        }
    }
}
#undef T
#undef TYPE
