/* logsumexp(x) = m + log sum_j e^(x_j - m), m = max x; backward: g e^(x_i - logsumexp) = g softmax(x)_i.
 *
 * The sum as in log_softmax.h, its logarithm a pair, one addition of pairs and one rounding. Where m < 0 and the logarithm cancel,
 * float rows are added up again in double lanes. Within 0.51 ulp (float), 0.53 (double), or 2^-54 where that is more: sums close to 1.
 * A row with NaN gives NaN, else one with +inf gives +inf; a row of -inf alone, or of nothing, gives -inf. No sum overflows.
 * Backward: as softmax.h, within 1.78 (float) and 2 ulp of exact; large gradients of low elements go in double lanes, one by one. A
 * row of -inf alone gets 0, one with NaN or +inf NaN. */
#include "rows.h"

/* float exponentials are not exact enough for m < 0 and abs(y) below this */
#define CANCELLED 0.25f

/* log of the sum + m */
INLINE double row_logsumexp(double_pair rest, double m) {
    const double_pair largest = {m, 0}, y = double_pair_sum(log_of_sum(rest), largest);
    return y.high + y.low;
}
NOINLINE float f32_logsumexp_cancelled(const float *x, size_t columns, float m) {
    f64_pair_lanes lanes = f64_pair_lanes_set(F64_ROW_START);
    for (size_t i = 0; i < columns; i += SUM_LANES) {
        float at[SUM_LANES];
        for (size_t k = 0; k < SUM_LANES; ++k) at[k] = i + k < columns ? x[i + k] : -INFINITY;
        for (int v = 0; v < F64_VECTORS; ++v)
            lanes.lane[v] = f64_row_add(lanes.lane[v], f64_row_exp(f64_load_f32(at + v * F64_LANES), f64_set((double)m)));
    }
    const double_pair all = f64_pair_lanes_sum(&lanes, F64_ROW_START);
    return (float)row_logsumexp(f64_row_sum_of(all.high - F64_ROW_ONE, all.low), m);
}
INLINE float f32_logsumexp_checked(const float *x, size_t columns, float m, float y) {
    return UNLIKELY(m < 0 && fabsf(y) < CANCELLED) ? f32_logsumexp_cancelled(x, columns, m) : y;
}
INLINE double f64_logsumexp_checked(const double *x, size_t columns, double m, double y) {
    UNUSED(x), UNUSED(columns), UNUSED(m);
    return y;
}

/* one short row a lane, and which of them need a second look */
INLINE mf f32_logsumexp_doubtful(vf y, vf m) {
    return f32_mask_or(f32_unordered(y, y), f32_mask_and(f32_lt(m, f32_set(0)), f32_lt(f32_abs(y), f32_set(CANCELLED))));
}
INLINE vf f32_short_logsumexp(f32_short_sum sum, vf m, mf *doubtful) {
    const vf y = f32_narrow(f64_wide_add(f64_wide_of(m), f32_short_log(sum)));
    *doubtful = f32_logsumexp_doubtful(y, m);
    return y;
}
INLINE vd f64_short_logsumexp(f64_short_sum sum, vd m, md *doubtful) {
    const f64_pair p = f64_pair_sum(f64_log_of_sum(sum), f64_pair_of(m, f64_set(0)));
    const vd y = p.high + p.low;
    *doubtful = f64_unordered(y, y);
    return y;
}
INLINE f32_row_factor f32_gradient_factor(f32_short_sum s, vf g) { return f32_short_factor(s, f64_wide_of(g)); }
INLINE f64_row_factor f64_gradient_factor(f64_short_sum s, vd g) { return f64_short_factor(s, f64_pair_of(g, f64_set(0))); }

/* g / sum times e^(x - m), however small that is, rounded once */
INLINE vd f64_logsumexp_product(vd x, vd m, double_pair ratio) {
    const vd lowest = f64_set(EXP_F64_LOWEST), high = f64_set(ratio.high);
    const f64_pair d = f64_sum(x, f64_set(0) - m);
    const f64_exponential e = f64_exp_split(f64_max(lowest, d.high), f64_select(f64_lt(lowest, d.high), d.low, f64_set(0)));
    const vd first = f64_exp_first_factor(e), second = f64_exp_second_factor(e);
    const vd low = f64_fma(e.pair.high, f64_set(ratio.low), e.pair.low * high);
    const vd y = f64_fma(e.pair.high, high, f64_finite_low(e.pair.high * high, low)) * first * second * second;
    return f64_canonical(f64_select(f64_lt(f64_set(-INFINITY), x), y, f64_set(0)));
}
/* elements less than this below the largest have exponentials that are not rounded to 0 */
#define LOW_f32 100
#define LOW_f64 740
#define LEAST_f32 F32_FACTOR_LEAST
#define LEAST_f64 F64_FACTOR_LEAST
#define MOST_f32 F32_FACTOR_MOST
#define MOST_f64 F64_FACTOR_MOST

#define LOGSUMEXP_ROWS(type, T, V, M, LANES)                                                                           \
    /* of a row without a finite largest element: NaN, or that element */                                              \
    NOINLINE T type##_row_extreme(const T *x, size_t columns) {                                                        \
        T m = -(T)INFINITY;                                                                                            \
        for (size_t i = 0; i < columns; ++i) {                                                                         \
            if (x[i] != x[i]) return (T)NAN;                                                                           \
            if (x[i] > m) m = x[i];                                                                                    \
        }                                                                                                              \
        return m;                                                                                                      \
    }                                                                                                                  \
    INLINE T type##_logsumexp_row(const T *x, size_t columns) {                                                        \
        T scratch[ROW_BLOCK];                                                                                          \
        const T m = type##_row_max(x, columns);                                                                        \
        double_pair rest = type##_row_exponentials(x, scratch, 0, columns, m);                                         \
        if (UNLIKELY(rest.high != rest.high)) return type##_row_extreme(x, columns);                                   \
        if (UNLIKELY(rest.high < DOMINATED_##type)) type##_row_rest(x, scratch, 0, columns, m, &rest);                 \
        return type##_logsumexp_checked(x, columns, m, (T)row_logsumexp(rest, m));                                     \
    }                                                                                                                  \
    /* one row a lane, some of which need a second look */                                                             \
    INLINE void type##_logsumexp_end(const type##_short_arrays *a, V y, M doubtful, size_t first, size_t count) {      \
        const size_t columns = a->columns;                                                                             \
        T result[LANES];                                                                                               \
        type##_store(result, y);                                                                                       \
        for (size_t r = 0; UNLIKELY(type##_mask_any(doubtful)) && r < count; ++r) {                                    \
            const T *const x = a->x + (first + r) * columns, largest = type##_row_extreme(x, columns), at = result[r]; \
            result[r] = at != at ? largest : type##_logsumexp_checked(x, columns, largest, at);                        \
        }                                                                                                              \
        for (size_t r = 0; r < count; ++r) a->y[first + r] = result[r];                                                \
    }                                                                                                                  \
    INLINE void type##_logsumexp_short(void *to, type##_tile e, V m, type##_short_sum sum, size_t first, size_t count) { \
        M doubtful;                                                                                                    \
        const V y = type##_short_logsumexp(sum, m, &doubtful);                                                         \
        UNUSED(e);                                                                                                     \
        type##_logsumexp_end(to, y, doubtful, first, count);                                                           \
    }
LOGSUMEXP_ROWS(f32, float, vf, mf, F32_LANES)
LOGSUMEXP_ROWS(f64, double, vd, md, F64_LANES)

INLINE void f32_logsumexp_joined_end(void *to, f32_joined_tile e, vf m, f32_short_sum sum, size_t first, size_t count) {
    const f32_short_arrays *const a = to;
    const f32_short_sum s = f32_joined_checked(a->x + first * a->columns, count, a->columns, m, sum);
    const f64_wide top = f64_wide_of(m);
    const f64_pair low = f64_pair_sum(f64_log_of_sum(f64_pair_of(s.rest.low, s.low.low)), f64_pair_of(top.low, f64_set(0)));
    const f64_pair high = f64_pair_sum(f64_log_of_sum(f64_pair_of(s.rest.high, s.low.high)), f64_pair_of(top.high, f64_set(0)));
    const vf y = f32_from_f64(low.high + low.low, high.high + high.low);
    UNUSED(e);
    f32_logsumexp_end(a, y, f32_logsumexp_doubtful(y, m), first, count);
}
INLINE size_t f32_logsumexp_joined(size_t rows, size_t columns, const float *x, float *y) {
    f32_short_arrays arrays = {x, y, columns};
    return f32_joined_rows(rows, columns, x, 0, JOINED_SINGLE_ROWS, &arrays, f32_logsumexp_joined_end);
}

#define LOGSUMEXP(type, T, V, M, LANES)                                                                                \
    ROWS_KERNEL(rows_logsumexp_##type) {                                                                               \
        const T *x = a;                                                                                                \
        T *y = out;                                                                                                    \
        UNUSED(b), UNUSED(parameters);                                                                                 \
        if (columns == 0)                                                                                              \
            type##_row_fill(y, rows, -(T)INFINITY);                                                                    \
        else if (columns <= SHORT) {                                                                                   \
            type##_short_arrays arrays = {x, y, columns};                                                              \
            type##_short_rows(rows, columns, x, &arrays, type##_logsumexp_short, NULL);                                \
        } else                                                                                                         \
            for (size_t i = sizeof(T) == sizeof(float) ? f32_logsumexp_joined(rows, columns, a, out) : 0; i < rows; ++i) \
                y[i] = type##_logsumexp_row(x + i * columns, columns);                                                 \
    }                                                                                                                  \
    /* whether an element is so low that its exponential was rounded to 0, though not its product with g */            \
    INLINE int type##_row_reaches(const T *x, size_t columns, T least) {                                               \
        M low = type##_lt(type##_set(0), type##_set(0));                                                               \
        for (size_t i = 0; i < columns; i += LANES) {                                                                  \
            const V at = type##_load_part_or(x + i, lanes_left(columns, i, LANES), type##_set((T)INFINITY));           \
            low = type##_mask_or(low, type##_lt(at, type##_set(least)));                                               \
        }                                                                                                              \
        return type##_mask_any(low);                                                                                   \
    }                                                                                                                  \
    NOINLINE void type##_logsumexp_slope_far(T g, const T *x, T *dx, size_t columns, T m) {                            \
        T scratch[ROW_BLOCK];                                                                                          \
        const double_pair numerator = {g, 0};                                                                          \
        double_pair ratio = double_pair_ratio(numerator, row_whole(type##_row_exponentials(x, scratch, 0, columns, m)));\
        if (ratio.low != ratio.low) ratio.low = 0;                                                                     \
        for (size_t i = 0; i < columns; ++i) {                                                                         \
            double y[F64_LANES];                                                                                       \
            f64_store(y, f64_logsumexp_product(f64_set((double)x[i]), f64_set((double)m), ratio));                     \
            dx[i] = (T)y[0];                                                                                           \
        }                                                                                                              \
    }                                                                                                                  \
    INLINE void type##_logsumexp_slope(T g, const T *x, T *dx, size_t columns) {                                       \
        const T m = type##_row_max(x, columns), extreme = UNLIKELY(!(m > -(T)INFINITY)) ? type##_row_extreme(x, columns) : m;\
        if (UNLIKELY(g < -1 || g > 1) && m - m == 0 && (!type##_factor_fits(g) || type##_row_reaches(x, columns, m - LOW_##type))) {\
            const T odd = type##_row_extreme(x, columns);                                                              \
            if (odd == odd) type##_logsumexp_slope_far(g, x, dx, columns, m);                                          \
            else type##_row_fill(dx, columns, (T)NAN);                                                                 \
            return;                                                                                                    \
        }                                                                                                              \
        const double_pair rest = type##_row_exponentials(x, dx, 1, columns, m), numerator = {g, 0};                    \
        const double_pair ratio = double_pair_ratio(numerator, row_whole(rest));                                       \
        if (UNLIKELY(rest.high != rest.high))                                                                          \
            type##_row_fill(dx, columns, extreme == -(T)INFINITY ? 0 : (T)NAN);                                        \
        else if (LIKELY(type##_factor_fits(g)))                                                                        \
            type##_row_scale(dx, columns, type##_row_factor_of(ratio));                                                \
        else                                                                                                           \
            for (size_t i = 0; i < columns; ++i) dx[i] = g != g ? (T)NAN : type##_far_times(dx[i], ratio);             \
    }                                                                                                                  \
    INLINE void type##_logsumexp_backward_short(size_t rows, size_t columns, const T *g, const T *x, T *dx) {          \
        type##_tile tile;                                                                                              \
        T odd[LANES];                                                                                                  \
        const size_t count = rows < LANES ? rows : LANES;                                                              \
        type##_tile_load(tile, x, rows, columns);                                                                      \
        const V gradient = type##_load_part_or(g, count, type##_set(1)), m = type##_tile_max(tile, columns);           \
        const V size = type##_abs(gradient), one = type##_set(1), zero = type##_set(0);                                \
        const M large = type##_lt(one, size), wide = type##_not_le(size, type##_set((T)MOST_##type));                  \
        V doubt = type##_select(type##_mask_or(wide, type##_lt(size, type##_set((T)LEAST_##type))), one, zero);        \
        for (size_t c = 0; c < columns; ++c) {                                                                         \
            const M low = type##_lt(type##_load(tile[c]), m - type##_set(LOW_##type));                                 \
            doubt = type##_select(type##_mask_and(large, low), one, doubt);                                            \
        }                                                                                                              \
        const type##_row_factor f = type##_gradient_factor(type##_tile_exponentials(tile, columns, m, NULL), gradient); \
        for (size_t c = 0; c < columns; ++c) {                                                                         \
            const V at = type##_row_times(type##_load(tile[c]), f);                                                    \
            doubt = type##_select(type##_unordered(at, at), one, doubt);                                               \
            type##_store(tile[c], at);                                                                                 \
        }                                                                                                              \
        if (LIKELY(!type##_mask_any(type##_lt(zero, doubt)))) {                                                        \
            type##_tile_store(tile, dx, rows, columns);                                                                \
            return;                                                                                                    \
        }                                                                                                              \
        type##_store(odd, doubt);                                                                                      \
        for (size_t r = 0; r < count; ++r, x += columns, dx += columns) {                                              \
            if (odd[r] != 0) type##_logsumexp_slope(g[r], x, dx, columns);                                             \
            else                                                                                                       \
                for (size_t c = 0; c < columns; ++c) dx[c] = tile[c][r];                                               \
        }                                                                                                              \
    }                                                                                                                  \
    /* dx may be x */                                                                                                  \
    ROWS_KERNEL(rows_logsumexp_backward_##type) {                                                                      \
        const T *g = a, *x = b;                                                                                        \
        T *dx = out;                                                                                                   \
        UNUSED(parameters);                                                                                            \
        for (size_t i = 0; columns <= SHORT && i < rows; i += LANES)                                                   \
            type##_logsumexp_backward_short(rows - i, columns, g + i, x + i * columns, dx + i * columns);              \
        for (size_t i = 0; columns > SHORT && i < rows; ++i, x += columns, dx += columns) type##_logsumexp_slope(g[i], x, dx, columns);\
    }
LOGSUMEXP(f32, float, vf, mf, F32_LANES)
LOGSUMEXP(f64, double, vd, md, F64_LANES)
