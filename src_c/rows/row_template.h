/* What rows of float and of double have in common; included by rows/rows.h for each. VECTORS vectors make the 16 lanes of
 * loops/reduce.h. */

/* the largest element; of a row with NaN anything */
INLINE SCALAR ROW_(row_max)(const SCALAR *x, size_t columns) {
    VECTOR m[4][VECTORS];
    size_t i = 0;
    for (int k = 0; k < 4; ++k)
        for (int v = 0; v < VECTORS; ++v) m[k][v] = OP(set)(-(SCALAR)INFINITY);
    for (; i + 4 * SUM_LANES <= columns; i += 4 * SUM_LANES)
        for (int k = 0; k < 4; ++k)
            for (int v = 0; v < VECTORS; ++v)
                m[k][v] = OP(max)(m[k][v], OP(load)(x + i + (size_t)(k * SUM_LANES + v * WIDTH)));
    for (; i < columns; i += WIDTH)
        m[0][0] = OP(max)(m[0][0], OP(load_part_or)(x + i, lanes_left(columns, i, WIDTH), OP(set)(-(SCALAR)INFINITY)));
    for (int v = 0; v < VECTORS; ++v) {
        m[0][v] = OP(max)(OP(max)(m[0][v], m[1][v]), OP(max)(m[2][v], m[3][v]));
        m[0][0] = OP(max)(m[0][0], m[0][v]);
    }
    return OP(reduce_max)(m[0][0]);
}

INLINE void ROW_(row_fill)(SCALAR *y, size_t columns, SCALAR c) {
    for (size_t i = 0; i < columns; ++i) y[i] = c;
}

/* x, or x - subtract where the row must be shifted first */
INLINE VECTOR ROW_(row_moved)(VECTOR x, VECTOR subtract, int far) {
    if (far) x = x - subtract;
    return x;
}

/* A factor known to twice the precision. The power of two keeps the low product from underflowing and comes off last. */
typedef struct {
    VECTOR high, low;
} ROW_(row_factor);

/* to turn exponentials into ratio e^(x - m) */
INLINE ROW_(row_factor) ROW_(row_factor_of)(double_pair ratio) {
    const double_pair scaled = double_pair_scaled(ratio, FACTOR_SCALE / ROW_ONE);
    const SCALAR high = (SCALAR)scaled.high;
    const ROW_(row_factor) f = {OP(set)(high), OP(set)((SCALAR)((scaled.high - high) + scaled.low))};
    return f;
}
INLINE VECTOR ROW_(row_times)(VECTOR e, ROW_(row_factor) f) {
    return OP(fma)(e, f.high, e * f.low) * OP(set)((SCALAR)(1 / FACTOR_SCALE));
}
/* ratio e^(x - m) where float lanes could not hold the factor */
INLINE SCALAR ROW_(far_times)(SCALAR e, double_pair ratio) {
    const double y = (double)e * (1 / ROW_ONE) * ratio.high;
    return (SCALAR)y;
}
INLINE int ROW_(factor_fits)(double numerator) { return fabs(numerator) >= FACTOR_LEAST && fabs(numerator) <= FACTOR_MOST; }
/* log_softmax: (x - m) - log of the sum; both terms have the same sign, so three roundings stay within 1.5 ulp */
INLINE VECTOR ROW_(row_less)(VECTOR x, ROW_(row_factor) by) { return (x - by.high) - by.low; }

typedef VECTOR ROW_(row_last)(VECTOR x, ROW_(row_factor) by);
/* the last step of a row */
INLINE void ROW_(row_finish)(const SCALAR *from, SCALAR *to, size_t columns, ROW_(row_factor) by, ROW_(row_last) *last) {
    size_t i = 0;
    for (; i + 4 * SUM_LANES <= columns; i += 4 * SUM_LANES)
        for (size_t j = i; j < i + 4 * SUM_LANES; j += WIDTH) OP(store)(to + j, last(OP(load)(from + j), by));
    for (; i < columns; i += WIDTH) {
        const size_t left = lanes_left(columns, i, WIDTH);
        OP(store_part)(to + i, last(OP(load_part)(from + i, left), by), left);
    }
}
INLINE void ROW_(row_scale)(SCALAR *e, size_t columns, ROW_(row_factor) by) { ROW_(row_finish)(e, e, columns, by, ROW_(row_times)); }

/* elements before the first cache line, from which on stores do not fall into two: NumPy's arrays begin at a quarter of one */
INLINE size_t ROW_(row_head)(const SCALAR *to, size_t columns) {
    return columns < LINED_COLUMNS ? 0 : (0 - (uintptr_t)to / sizeof(SCALAR)) % (64 / sizeof(SCALAR));
}

/* What is done beside the exponentials of a row, so that neither is waited for: the largest element, in one of its lanes, of the row
 * `ahead` elements on is looked for, and the last `left` elements of an earlier row take their last step. */
typedef struct {
    size_t ahead, left;
    VECTOR largest;
    const SCALAR *from;
    SCALAR *to;
    ROW_(row_factor) by;
} ROW_(row_beside);
INLINE void ROW_(row_finish_next)(ROW_(row_beside) *beside, size_t count, ROW_(row_last) *last) {
    ROW_(row_finish)(beside->from, beside->to, count, beside->by, last);
    beside->from += count;
    beside->to += count;
    beside->left -= count;
}
INLINE void ROW_(row_finish_head)(ROW_(row_beside) *beside, ROW_(row_last) *last) {
    if (beside->left) ROW_(row_finish_next)(beside, ROW_(row_head)(beside->to, beside->left), last);
}
INLINE void ROW_(row_finish_left)(ROW_(row_beside) *beside, ROW_(row_last) *last) {
    ROW_(row_finish_head)(beside, last);
    ROW_(row_finish_next)(beside, beside->left, last);
}

/* Rows of at most SHORT columns: one row a lane, so that nothing is done per row. A tile holds the columns of WIDTH rows; lanes
 * beyond the last row repeat it, columns beyond the last one, up to a whole number of vectors, are 0. */
typedef SCALAR ROW_(tile)[SHORT][WIDTH];
INLINE size_t ROW_(tile_columns)(size_t columns) { return (columns + WIDTH - 1) / WIDTH * WIDTH; }

/* lane r of vector c becomes lane c of vector r: every round interleaves the two halves */
INLINE void ROW_(turn)(VECTOR *v) {
    VECTOR w[WIDTH];
    for (int round = 1; round < WIDTH; round *= 2) {
        for (int k = 0; k < WIDTH / 2; ++k) {
            w[2 * k] = OP(interleave_low)(v[k], v[k + WIDTH / 2]);
            w[2 * k + 1] = OP(interleave_high)(v[k], v[k + WIDTH / 2]);
        }
        for (int k = 0; k < WIDTH; ++k) v[k] = w[k];
    }
}
INLINE void ROW_(tile_load)(ROW_(tile) tile, const SCALAR *x, size_t rows, size_t columns) {
    VECTOR v[WIDTH];
    for (size_t from = 0; from < columns; from += WIDTH) {
        for (size_t r = 0; r < WIDTH; ++r)
            v[r] = OP(load_part)(x + (r < rows ? r : rows - 1) * columns + from, lanes_left(columns, from, WIDTH));
        ROW_(turn)(v);
        for (size_t c = 0; c < WIDTH; ++c) OP(store)(tile[from + c], v[c]);
    }
}
INLINE void ROW_(tile_store)(ROW_(tile) tile, SCALAR *y, size_t rows, size_t columns) {
    VECTOR v[WIDTH];
    for (size_t from = 0; from < columns; from += WIDTH) {
        for (size_t c = 0; c < WIDTH; ++c) v[c] = OP(load)(tile[from + c]);
        ROW_(turn)(v);
        for (size_t r = 0; r < WIDTH && r < rows; ++r)
            OP(store_part)(y + r * columns + from, v[r], lanes_left(columns, from, WIDTH));
    }
}
INLINE VECTOR ROW_(tile_max)(ROW_(tile) tile, size_t columns) {
    VECTOR m = OP(set)(-(SCALAR)INFINITY);
    for (size_t c = 0; c < columns; ++c) m = OP(max)(m, OP(load)(tile[c]));
    return m;
}
#include "row_groups_template.h"
#undef SCALAR
#undef VECTOR
#undef VECTORS
#undef WIDTH
#undef OP
#undef ROW_
#undef FACTOR_SCALE
#undef ROW_ONE
#undef FACTOR_LEAST
#undef FACTOR_MOST
