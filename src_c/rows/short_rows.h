/* Exponentials and sums of short rows, one row a lane: every lane has its own maximum and its own sum. */
#ifndef FASTACT_ROWS_SHORT_ROWS_H
#define FASTACT_ROWS_SHORT_ROWS_H

/* double lanes beside float lanes */
typedef struct {
    vd low, high;
} f64_wide;
INLINE f64_wide f64_wide_of(vf x) {
    const f64_wide w = {f64_from_f32_low(x), f64_from_f32_high(x)};
    return w;
}
INLINE f64_wide f64_wide_add(f64_wide a, f64_wide b) {
    const f64_wide w = {a.low + b.low, a.high + b.high};
    return w;
}
INLINE f64_wide f64_wide_scaled(f64_wide a, double c) {
    const f64_wide w = {a.low * f64_set(c), a.high * f64_set(c)};
    return w;
}
INLINE vf f32_narrow(f64_wide w) { return f32_from_f64(w.low, w.high); }
INLINE void f64_wide_store(double *p, f64_wide w) {
    f64_store(p, w.low);
    if (F32_LANES > F64_LANES) f64_store(p + F64_LANES, w.high);
}

/* the sum less 1 in each lane, right also where the largest element outweighs all others: ones are counted apart */
typedef struct {
    f64_wide rest, low;
} f32_short_sum;
typedef f64_pair f64_short_sum;

/* of `count` columns from c on, which are added one after the other; by NULL is a scale of 1 */
typedef struct {
    vf lost, ones;
    f64_wide sum;
} f32_tile_sum;
INLINE void f32_tile_step(f32_tile tile, size_t c, int count, const f32_row_shift *shift, const f32_row_scaling *by, f32_tile_sum *s) {
    const vf one = f32_set((float)F32_ROW_ONE), zero = f32_set(0);
    vf e[F32_ROW_STEP];
    for (int k = 0; k < count; ++k) e[k] = f32_load(tile[c + k]) - shift->subtract;
    if (by)
        f32_scaled_exps(e, shift, by, count, &s->lost, 1);
    else
        f32_row_exps(e, shift, count, &s->lost, 1);
    for (int k = 0; k < count; ++k) {
        const mf is_one = f32_eq(e[k], one);
        f32_store(tile[c + k], e[k]);
        s->ones = s->ones + f32_select(is_one, one, zero);
        s->sum = f64_wide_add(s->sum, f64_wide_of(f32_select(is_one, zero, e[k])));
    }
}
INLINE f32_short_sum f32_tile_exponentials(f32_tile tile, size_t columns, vf m, const f32_row_scaling *by) {
    const f32_row_shift shift = by ? f32_scaled_shift_of(m, by) : f32_row_shift_of(m);
    const vf zero = f32_set(0);
    f32_tile_sum all = {zero, f32_set(-(float)F32_ROW_ONE), f64_wide_of(zero)};
    size_t c = 0;
    for (; c + F32_ROW_STEP <= columns; c += F32_ROW_STEP) f32_tile_step(tile, c, F32_ROW_STEP, &shift, by, &all);
    for (; c < columns; ++c) f32_tile_step(tile, c, 1, &shift, by, &all);
    const f32_short_sum s = {f64_wide_scaled(f64_wide_add(all.sum, f64_wide_of(all.ones)), 1 / F32_ROW_ONE),
                             f64_wide_scaled(f64_wide_of(all.lost), 1 / F32_ROW_ONE)};
    return s;
}
INLINE f64_short_sum f64_tile_exponentials(f64_tile tile, size_t columns, vd m, const f64_row_scaling *by) {
    const vd one = f64_set(F64_ROW_ONE), zero = f64_set(0);
    vd ones = f64_set(-F64_ROW_ONE);
    f64_pair sum = f64_pair_of(zero, zero);
    for (size_t c = 0; c < columns; ++c) {
        const f64_pair e = f64_row_exp_by(f64_load(tile[c]), m, by);
        const md is_one = f64_eq(e.high, one);
        f64_store(tile[c], e.high);
        ones = ones + f64_select(is_one, one, zero);
        sum = f64_pair_sum(sum, f64_pair_of(f64_select(is_one, zero, e.high), e.low));
    }
    return f64_pair_scaled(f64_pair_sum(sum, f64_pair_of(ones, zero)), f64_set(1 / F64_ROW_ONE));
}

/* what the lanes of a tile hold, one row at a time */
INLINE void f32_short_store(double_pair *p, f32_short_sum s) {
    double high[F32_LANES], low[F32_LANES];
    f64_wide_store(high, s.rest);
    f64_wide_store(low, s.low);
    for (int k = 0; k < F32_LANES; ++k) p[k].high = high[k], p[k].low = low[k];
}
INLINE void f64_short_store(double_pair *p, f64_short_sum s) {
    double high[F64_LANES], low[F64_LANES];
    f64_store(high, s.high);
    f64_store(low, s.low);
    for (int k = 0; k < F64_LANES; ++k) p[k].high = high[k], p[k].low = low[k];
}

INLINE f64_wide f32_short_log(f32_short_sum s) {
    const f64_pair low = f64_log_of_sum(f64_pair_of(s.rest.low, s.low.low)), high = f64_log_of_sum(f64_pair_of(s.rest.high, s.low.high));
    const f64_wide w = {low.high + low.low, high.high + high.low};
    return w;
}

/* numerator / sum, lane by lane, as the factor that turns exponentials into it */
INLINE vd f64_short_whole(vd rest, vd low) { return f64_set(1) + (rest + low); }
INLINE f32_row_factor f32_short_factor(f32_short_sum s, f64_wide numerator) {
    const vd unit = f64_set(0x1p64 / F32_ROW_ONE);
    const f64_wide f = {numerator.low * unit / f64_short_whole(s.rest.low, s.low.low),
                        numerator.high * unit / f64_short_whole(s.rest.high, s.low.high)};
    f32_row_factor r;
    r.high = f32_narrow(f);
    const f64_wide high = f64_wide_of(r.high), low = {f.low - high.low, f.high - high.high};
    r.low = f32_narrow(low);
    return r;
}
INLINE f64_row_factor f64_short_factor(f64_short_sum s, f64_pair numerator) {
    const f64_pair whole = f64_pair_sum(f64_pair_set(1, 0), s);
    const f64_pair f = f64_pair_scaled(f64_pair_ratio(numerator, whole), f64_set(0x1p128 / F64_ROW_ONE));
    const f64_row_factor r = {f.high, f.low};
    return r;
}

/* Exponentials of short rows, as many as there are lanes at a time. `end` makes results for `count` of them, the first of which is row
 * `first`, of their exponentials, largest elements and sums. It waits for a quotient or a logarithm; the next rows are loaded before: 64
 * rows of 10 floats 0.75 to 0.60 ns a float. */
#define SHORT_ROWS(type, T, V, LANES)                                                                                        \
    typedef void type##_tile_end(void *to, type##_tile e, V largest, type##_short_sum sum, size_t first, size_t count);     \
    typedef struct {                                                                                                         \
        const T *x;                                                                                                          \
        T *y;                                                                                                                \
        size_t columns;                                                                                                      \
    } type##_short_arrays;                                                                                                   \
    INLINE V type##_tile_begin(type##_tile tile, const T *x, size_t rows, size_t columns) {                                  \
        type##_tile_load(tile, x, rows, columns);                                                                            \
        return type##_tile_max(tile, columns);                                                                               \
    }                                                                                                                        \
    INLINE void type##_short_rows(size_t rows, size_t columns, const T *x, void *to, type##_tile_end *end,                   \
                                  const type##_row_scaling *by) {                                                            \
        type##_tile tiles[2];                                                                                                \
        V next = rows ? type##_tile_begin(tiles[0], x, rows, columns) : type##_set(0);                                       \
        for (size_t first = 0, at = 0; first < rows; first += LANES, at = !at) {                                             \
            const size_t left = rows - first;                                                                                \
            const V largest = next;                                                                                          \
            const type##_short_sum sum = type##_tile_exponentials(tiles[at], columns, largest, by);                          \
            if (left > LANES) next = type##_tile_begin(tiles[!at], x + (first + LANES) * columns, left - LANES, columns);    \
            end(to, tiles[at], largest, sum, first, left < LANES ? left : LANES);                                            \
        }                                                                                                                    \
    }
SHORT_ROWS(f32, float, vf, F32_LANES)
SHORT_ROWS(f64, double, vd, F64_LANES)
#endif
