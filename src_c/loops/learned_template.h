/* The loops of learned.h for one type; included there for float and for double. */

/* kernels of the elementwise function */
typedef struct {
    fastact_map_kernel *value, *backward;                     /* one parameter for the whole array */
    fastact_map_arrays_kernel *value_arrays, *backward_arrays; /* one an element */
} TYPE(learned);
typedef void TYPE(learned_sums)(size_t rows, size_t stride, size_t width, const T *g, const T *x, const T *p, f64_pair_lanes *sums);

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

static void TYPE(learned_value)(const learned_task *task, const TYPE(learned) *f) {
    const size_t channels = task->channels, is_one = channels == 1;
    const size_t outer = is_one ? 1 : task->outer, inner = task->inner * (is_one ? task->outer : 1);
    const T *const x = task->x, *const weight = task->parameter;
    T *const y = task->out;
    const size_t features = channels * inner;
    if (channels == 1 || inner >= LEARNED_RUN) {
        for (size_t at = 0; at < outer * features; at += inner) f->value(inner, x + at, NULL, y + at, weight + at / inner % channels);
    } else if (inner == 1 && features >= LEARNED_COLUMNS) {
        for (size_t at = 0; at < outer * features; at += features)
            f->value_arrays(features, x + at, NULL, y + at, (const void *[]){weight});
    } else {
        T p[LEARNED_PATTERN];
        const size_t room = learned_side_by_side(features, LEARNED_PATTERN);
        const size_t beside = room < outer ? room : outer, width = beside * features;
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

/* the sum of a block of runs, and dx */
NOINLINE double_pair TYPE(learned_runs)(const learned_task *task, size_t channel, size_t block, const TYPE(learned) *f,
                                        TYPE(learned_sums) *add) {
    const learned_shape s = task->shape;
    const T *const g = task->g, *const x = task->x, *const weight = task->parameter;
    T *const dx = task->out;
    const size_t first = block / s.pieces * s.runs, end = first + s.runs < s.outer ? first + s.runs : s.outer;
    const size_t from = block % s.pieces * LEARNED_BLOCK, to = s.inner - from < LEARNED_BLOCK ? s.inner : from + LEARNED_BLOCK;
    T p[SUM_LANES];
    for (int i = 0; i < SUM_LANES; ++i) p[i] = weight[channel];
    f64_pair_lanes lanes = f64_pair_lanes_set(0);
    for (size_t o = first; o < end; ++o)
        for (size_t i = from; i < to; i += LEARNED_CHUNK) {
            const size_t at = (o * s.channels + channel) * s.inner + i, count = to - i < LEARNED_CHUNK ? to - i : LEARNED_CHUNK;
            const size_t rows = count / SUM_LANES, whole = rows * SUM_LANES;
            add(rows, SUM_LANES, SUM_LANES, g + at, x + at, p, &lanes);
            if (count > whole) add(1, SUM_LANES, count - whole, g + at + whole, x + at + whole, p, &lanes);
            f->backward(count, g + at, x + at, dx + at, p);
        }
    return f64_pair_lanes_sum(&lanes, 0);
}

/* rows of `width` columns, `stride` apart: dx, and the sum of every column */
NOINLINE void TYPE(learned_tile)(size_t rows, size_t stride, size_t width, const T *g, const T *x, const T *p, T *dx, double_pair *column,
                                 int first, const TYPE(learned) *f, TYPE(learned_sums) *add) {
    f64_pair_lanes tiles[LEARNED_TILES];
    for (size_t t = 0; t * SUM_LANES < width; ++t) tiles[t] = f64_pair_lanes_set(0);
    for (size_t r = 0; r < rows; r += LEARNED_ROWS) {
        const size_t count = rows - r < LEARNED_ROWS ? rows - r : LEARNED_ROWS;
        for (size_t t = 0; t < width; t += SUM_LANES)
            add(count, stride, lanes_left(width, t, SUM_LANES), g + r * stride + t, x + r * stride + t, p + t, tiles + t / SUM_LANES);
        for (size_t at = r * stride; at < (r + count) * stride; at += stride)
            f->backward_arrays(width, g + at, x + at, dx + at, (const void *[]){p});
    }
    learned_flush(column, tiles, width, first);
}
/* the sums of a block of a tile, of the last one with what no row is full of */
NOINLINE void TYPE(learned_tiles)(const learned_task *task, size_t tile, size_t block, double_pair *column, const TYPE(learned) *f,
                                  TYPE(learned_sums) *add) {
    const learned_shape s = task->shape;
    const T *const g = task->g, *const x = task->x, *const weight = task->parameter;
    T *const dx = task->out, values[LEARNED_COLUMNS];
    const T *p = values;
    const size_t first = tile * LEARNED_COLUMNS, wide = s.width - first < LEARNED_COLUMNS ? s.width - first : LEARNED_COLUMNS;
    const size_t row = block * LEARNED_BLOCK_ROWS, rows = s.rows - row < LEARNED_BLOCK_ROWS ? s.rows - row : LEARNED_BLOCK_ROWS;
    const size_t at = row * s.width + first, rest = s.rows * s.width;
    if (s.inner == 1 && s.beside == 1)
        p = weight + first;
    else
        TYPE(learned_pattern)(weight, s.channels, s.inner, first, wide, values);
    TYPE(learned_tile)(rows, s.width, wide, g + at, x + at, p, dx + at, column, 1, f, add);
    if (s.rest && block + 1 == s.each) TYPE(learned_tile)(1, s.rest, s.rest, g + rest, x + rest, p, dx + rest, column, 0, f, add);
}

INLINE void TYPE(learned_backward)(const learned_task *task, const TYPE(learned) *f, TYPE(learned_sums) *add) {
    const learned_shape s = task->shape;
    for (size_t k = task->begin; k < task->end; ++k) {
        double_pair *const sums = task->sums + (k - task->begin) * s.pairs;
        if (s.pairs == 1)
            sums[0] = TYPE(learned_runs)(task, k / s.each, k % s.each, f, add);
        else
            TYPE(learned_tiles)(task, k / s.each, k % s.each, sums, f, add);
    }
}
#undef T
#undef TYPE
