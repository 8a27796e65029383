/* Rows of floats longer than SHORT, as many as a vector has lanes at a time: exponentials lie along the lanes and are added up as those
 * of long rows, to the bit, but what is one number a row, its largest element, its sum and what is made of that, is found one row a
 * lane. Alone, each of them is waited for: 64 rows of 32 floats, softmax 25 to 16 ns a row, log_softmax 30 to 16, logsumexp 46 to 13. */
#ifndef FASTACT_ROWS_JOINED_ROWS_H
#define FASTACT_ROWS_JOINED_ROWS_H

/* lane k of the result: all lanes of v[k], joined by halving as f64_lanes_sum does; rounds of constant length stay in registers */
INLINE void f64_joined_round(vd *v, int half) {
    for (int k = 0; k < half; ++k) v[k] = f64_interleave_low(v[k], v[k + half]) + f64_interleave_high(v[k], v[k + half]);
}
INLINE vd f64_rows_joined(vd *v) {
    if (F64_LANES > 4) f64_joined_round(v, 4);
    if (F64_LANES > 2) f64_joined_round(v, 2);
    if (F64_LANES > 1) f64_joined_round(v, 1);
    return v[0];
}
INLINE void f32_max_round(vf *v, int half) {
    for (int k = 0; k < half; ++k) v[k] = f32_max(f32_interleave_low(v[k], v[k + half]), f32_interleave_high(v[k], v[k + half]));
}
INLINE vf f32_rows_joined_max(vf *v) {
    if (F32_LANES > 8) f32_max_round(v, 8);
    if (F32_LANES > 4) f32_max_round(v, 4);
    if (F32_LANES > 2) f32_max_round(v, 2);
    if (F32_LANES > 1) f32_max_round(v, 1);
    return v[0];
}
INLINE f64_wide f64_wide_joined(vd *v) {
    const f64_wide w = {f64_rows_joined(v), f64_rows_joined(v + (F32_LANES - F64_LANES))};
    return w;
}
/* what was added to `start`, of exponentials */
INLINE f64_wide f64_wide_rest(f64_wide sum, double start) {
    const vd less = f64_set(start), unit = f64_set(1 / F32_ROW_ONE);
    const f64_wide w = {(sum.low - less) * unit, (sum.high - less) * unit};
    return w;
}

/* the largest elements of `rows` rows; lanes beyond them repeat the last one */
INLINE vf f32_joined_max(const float *x, size_t rows, size_t columns) {
    const vf lowest = f32_set(-INFINITY);
    vf m[F32_LANES];
    for (size_t r = 0; r < F32_LANES; ++r, x += r < rows ? columns : 0) {
        size_t i = 0;
        m[r] = lowest;
        for (; i + F32_LANES <= columns; i += F32_LANES) m[r] = f32_max(m[r], f32_load(x + i));
        if (i < columns) m[r] = f32_max(m[r], f32_load_part_or(x + i, columns - i, lowest));
    }
    return f32_rows_joined_max(m);
}

typedef struct {
    float subtract[F32_LANES], lowest[F32_LANES], magic[F32_LANES], r_m[F32_LANES];
} f32_row_shifts;
INLINE f32_row_shifts f32_row_shifts_of(vf m) {
    const f32_row_shift all = f32_row_shift_of(m);
    f32_row_shifts s;
    f32_store(s.subtract, all.subtract), f32_store(s.lowest, all.lowest);
    f32_store(s.magic, all.magic), f32_store(s.r_m, all.r_m);
    return s;
}

/* Exponentials of `groups` groups of 16, the last of them of `left` elements, beyond which they are 0, added to the lanes: four whole
 * groups pairwise. `e` has room for whole groups: what is stored in part is read back late. */
typedef struct {
    f32_lanes lost;
    f64_lanes sum;
} f32_joined_lanes;
INLINE void f32_joined_step(const float *x, float *e, int groups, size_t left, int whole, const f32_row_shift *shift, f32_joined_lanes *s) {
    enum { MOST = 4 * F32_VECTORS, HALVES = F32_LANES / F64_LANES };
    const vf lowest = f32_set(-INFINITY);
    const int count = groups * F32_VECTORS, last = count - F32_VECTORS;
    vf v[MOST];
    for (int k = 0; k < count; ++k) {
        const float *const at = x + k * F32_LANES;
        v[k] = whole || k < last ? f32_load(at) : f32_load_part_or(at, lanes_left(left, (size_t)(k - last) * F32_LANES, F32_LANES), lowest);
        v[k] = v[k] - shift->subtract;
    }
    for (int k = 0; k < count; k += F32_ROW_STEP) {
        const int step = count - k < F32_ROW_STEP ? count - k : F32_ROW_STEP;
        f32_row_exps(v + k, shift, step, s->lost.lane + k % F32_VECTORS, F32_VECTORS);
    }
    for (int k = 0; e && k < count; ++k) f32_store(e + k * F32_LANES, v[k]);
    for (int k = 0; k < F32_VECTORS; ++k) {
        vd *const sum = s->sum.lane + k * HALVES;
        f64_wide at[4];
        for (int g = 0; g < groups; ++g) at[g] = f64_wide_of(v[g * F32_VECTORS + k]);
        if (whole) at[0] = f64_wide_add(f64_wide_add(at[0], at[1]), f64_wide_add(at[2], at[3]));
        for (int g = 0; g < (whole ? 1 : groups); ++g) {
            sum[0] = sum[0] + at[g].low;
            if (HALVES > 1) sum[1] = sum[1] + at[g].high;
        }
    }
}
INLINE void f32_joined_row(const float *x, float *e, size_t columns, const f32_row_shift *shift, f32_joined_lanes *s) {
    enum { STEP = 4 * SUM_LANES };
    size_t i = 0;
    for (; i + STEP <= columns; i += STEP) f32_joined_step(x + i, e ? e + i : NULL, 4, SUM_LANES, 1, shift, s);
    const size_t groups = (columns - i + SUM_LANES - 1) / SUM_LANES, left = columns - i - (groups - 1) * SUM_LANES;
    float *const to = e ? e + i : NULL;
    if (groups == 1) f32_joined_step(x + i, to, 1, left, 0, shift, s);
    if (groups == 2) f32_joined_step(x + i, to, 2, left, 0, shift, s);
    if (groups == 3) f32_joined_step(x + i, to, 3, left, 0, shift, s);
    if (groups == 4) f32_joined_step(x + i, to, 4, left, 0, shift, s);
}

/* of the rows that are taken together; lanes beyond the last row repeat it */
typedef float f32_joined_tile[F32_LANES][JOINED_COLUMNS];
INLINE f32_short_sum f32_joined_exponentials(const float *x, f32_joined_tile e, size_t rows, size_t columns, const f32_row_shifts *shifts) {
    vd sum[F32_LANES], lost[F32_LANES];
    for (size_t r = 0; r < rows; ++r) {
        const f32_row_shift shift = {f32_set(shifts->subtract[r]), f32_set(shifts->lowest[r]), f32_set(shifts->magic[r]),
                                     f32_set(shifts->r_m[r])};
        f32_joined_lanes s = {f32_lanes_set(0), f64_lanes_set(0)};
        f32_joined_row(x + r * columns, e ? e[r] : NULL, columns, &shift, &s);
        sum[r] = f64_lanes_halved(s.sum);
        lost[r] = f64_lanes_halved(f64_lanes_of(s.lost));
    }
    for (size_t r = rows; r < F32_LANES; ++r) sum[r] = sum[rows - 1], lost[r] = lost[rows - 1];
    const f32_short_sum all = {f64_wide_rest(f64_wide_joined(sum), F32_ROW_ONE), f64_wide_rest(f64_wide_joined(lost), 0)};
    return all;
}

/* the sums of rows that one element dominates, which are less right, anew */
INLINE int f32_joined_dominated(f32_short_sum s) {
    const vd least = f64_set(DOMINATED_f32);
    return f64_mask_any(f64_mask_or(f64_lt(s.rest.low, least), f64_lt(s.rest.high, least)));
}
NOINLINE void f32_joined_rests(const float *x, size_t rows, size_t columns, const float *m, double *rest) {
    float scratch[ROW_BLOCK];
    for (size_t r = 0; r < rows; ++r) {
        double_pair s = {rest[r], 0};
        if (rest[r] < DOMINATED_f32) f32_row_rest(x + r * columns, scratch, 0, columns, m[r], &s);
        rest[r] = s.high;
    }
}
INLINE f32_short_sum f32_joined_checked(const float *x, size_t rows, size_t columns, vf m, f32_short_sum s) {
    if (UNLIKELY(f32_joined_dominated(s))) {
        double rest[2 * F64_LANES];
        float largest[F32_LANES];
        f32_store(largest, m);
        f64_store(rest, s.rest.low), f64_store(rest + F64_LANES, s.rest.high);
        f32_joined_rests(x, rows, columns, largest, rest);
        s.rest.low = f64_load(rest), s.rest.high = f64_load(rest + F64_LANES);
    }
    return s;
}

/* double_pair_ratio in lanes */
INLINE f64_pair f64_rows_ratio(f64_pair a, f64_pair b) {
    const vd reciprocal = f64_set(1) / b.high, q = a.high * reciprocal;
    const vd rest = (f64_fnma(q, b.high, a.high) + a.low) - q * b.low;
    return f64_pair_of(q, rest * reciprocal);
}
/* numerator / sum as the factor of exponentials: row_factor_of in lanes */
INLINE f64_pair f64_rows_factor(double numerator, vd rest, vd low) {
    f64_pair whole = f64_sum(f64_set(1), rest);
    whole.low = whole.low + low;
    return f64_pair_scaled(f64_rows_ratio(f64_pair_set(numerator, 0), whole), f64_set(0x1p64 / F32_ROW_ONE));
}
INLINE f32_row_factor f32_joined_factor(double numerator, f32_short_sum s) {
    const f64_pair low = f64_rows_factor(numerator, s.rest.low, s.low.low), high = f64_rows_factor(numerator, s.rest.high, s.low.high);
    f32_row_factor f;
    f.high = f32_from_f64(low.high, high.high);
    const f64_wide first = f64_wide_of(f.high);
    f.low = f32_from_f64((low.high - first.low) + low.low, (high.high - first.high) + high.low);
    return f;
}

/* the last step of rows, whose factors lie in the lanes; a row without one is NaN */
INLINE void f32_joined_finish(const float *from, size_t stride, float *to, size_t rows, size_t columns, f32_row_factor by,
                              f32_row_last *last) {
    float high[F32_LANES], low[F32_LANES];
    f32_store(high, by.high), f32_store(low, by.low);
    for (size_t r = 0; r < rows; ++r, from += stride, to += columns) {
        const f32_row_factor own = {f32_set(high[r]), f32_set(low[r])};
        if (UNLIKELY(low[r] != low[r])) f32_row_fill(to, columns, (float)NAN);
        else f32_row_finish(from, to, columns, own, last);
    }
}

/* How many rows were done, from the first on: fewer than `fewest` are left. `end` makes results of `count` of them, the
 * first of which is row `first`, as that of short_rows.h does. */
typedef void f32_joined_end(void *to, f32_joined_tile e, vf largest, f32_short_sum sum, size_t first, size_t count);
INLINE size_t f32_joined_rows(size_t rows, size_t columns, const float *x, int keep, size_t fewest, void *to, f32_joined_end *end) {
    f32_joined_tile e;
    size_t first = 0;
    if (F32_LANES == 1 || columns >= JOINED_COLUMNS || rows < fewest) return 0;
    vf next = f32_joined_max(x, rows, columns);
    for (; first + fewest <= rows; first += F32_LANES) {
        const size_t left = rows - first, count = left < F32_LANES ? left : F32_LANES;
        const float *const from = x + first * columns;
        const vf largest = next;
        const f32_row_shifts shifts = f32_row_shifts_of(largest);
        const f32_short_sum sum = f32_joined_exponentials(from, keep ? e : NULL, count, columns, &shifts);
        if (left >= F32_LANES + fewest) next = f32_joined_max(from + F32_LANES * columns, left - F32_LANES, columns);
        end(to, e, largest, sum, first, count);
    }
    return first < rows ? first : rows;
}
#endif
