/* log_softmax(x)_i = (x_i - m) - log sum_j e^(x_j - m), m = max x; backward from y: g_i - e^(y_i) sum_j g_j.
 *
 * The sum is kept less the 1 of the largest element, so its logarithm is log1p of what is left and relatively right also where one
 * element dominates. The two terms have the same sign: three roundings, 1.5 ulp (measured 1.26) in float, and
 * 1.66 (1.45) in double, where the sum of what is outweighed is one of rounded exponentials.
 * A NaN or +inf makes the row NaN, so does a row of -inf alone; -inf elsewhere stays -inf.
 * parameters hold the scale of x. Other than 1: s (x_i - m) - log of the sum in double lanes, 0.55 ulp, or pairs, within 1 (measured 0.98).
 * Backward: e^(y_i) times the sum as a pair, subtracted half by half: within 1.5 ulp, or 2^-26 (double: 2^-54) of the product where
 * that is more. */
#include "rows.h"

INLINE vf f32_short_log_rounded(f32_short_sum sum) { return f32_narrow(f32_short_log(sum)); }
INLINE vd f64_short_log_rounded(f64_short_sum sum) {
    const f64_pair log_sum = f64_log_of_sum(sum);
    return log_sum.high + log_sum.low;
}
INLINE void f32_log_softmax_joined_end(void *to, f32_joined_tile e, vf largest, f32_short_sum sum, size_t first, size_t count) {
    const f32_short_arrays *const a = to;
    const size_t columns = a->columns, at = first * columns;
    const f32_row_factor by = {largest, f32_short_log_rounded(f32_joined_checked(a->x + at, count, columns, largest, sum))};
    UNUSED(e);
    f32_joined_finish(a->x + at, columns, a->y + at, count, columns, by, f32_row_less);
}
INLINE size_t f32_log_softmax_joined(size_t rows, size_t columns, const float *x, float *y) {
    f32_short_arrays arrays = {x, y, columns};
    return f32_joined_rows(rows, columns, x, 0, JOINED_ROWS, &arrays, f32_log_softmax_joined_end);
}

/* scale (x - m) - log of the sum, rounded once; of a float in double lanes */
INLINE vd f64_scaled_less_wide(vd x, double m, double scale, double log_sum) {
    return f64_fms(x - f64_set(m), f64_set(scale), f64_set(log_sum));
}
INLINE vf f32_scaled_less(vf x, float m, double scale, double_pair log_sum) {
    const f64_wide at = f64_wide_of(x);
    const double less = log_sum.high + log_sum.low, largest = (double)m;
    const f64_wide y = {f64_scaled_less_wide(at.low, largest, scale, less), f64_scaled_less_wide(at.high, largest, scale, less)};
    return f32_narrow(y);
}
INLINE vd f64_scaled_less(vd x, double m, double scale, double_pair log_sum) {
    const f64_pair d = f64_row_scaled(x, f64_set(m), f64_set(scale));
    const f64_pair y = f64_pair_sum(d, f64_pair_set(-log_sum.high, -log_sum.low));
    return f64_select(f64_eq(d.high, f64_set(-INFINITY)), d.high, y.high + y.low);
}

#define LOG_SOFTMAX(type, T, V, LANES)                                                                                 \
    /* of x as it lies in memory, which need not be turned */                                                          \
    INLINE void type##_log_softmax_short(void *to, type##_tile e, V largest, type##_short_sum sum, size_t first, size_t count) { \
        const type##_short_arrays *const a = to;                                                                       \
        const size_t columns = a->columns;                                                                             \
        T m[LANES], log_sum[LANES];                                                                                    \
        UNUSED(e);                                                                                                     \
        type##_store(m, largest);                                                                                      \
        type##_store(log_sum, type##_short_log_rounded(sum));                                                          \
        for (size_t r = 0; r < count; ++r)                                                                             \
            for (size_t c = 0; c < columns; c += LANES) {                                                              \
                const size_t at = (first + r) * columns + c, left = lanes_left(columns, c, LANES);                     \
                const V x = type##_load_part(a->x + at, left), y = (x - type##_set(m[r])) - type##_set(log_sum[r]);    \
                type##_store_part(a->y + at, type##_canonical(y), left);                                               \
            }                                                                                                          \
    }                                                                                                                  \
    INLINE double_pair type##_log_softmax_sum(const T *x, T *y, size_t columns, T m, type##_row_beside *beside) {      \
        T scratch[ROW_BLOCK];                                                                                          \
        UNUSED(y);                                                                                                     \
        double_pair sum = type##_row_exponentials_beside(x, scratch, 0, columns, m, beside, type##_row_less);          \
        if (UNLIKELY(sum.high < DOMINATED_##type)) type##_row_rest(x, scratch, 0, columns, m, &sum);                   \
        return sum;                                                                                                    \
    }                                                                                                                  \
    INLINE void type##_log_softmax_factors(size_t count, const T *m, const double_pair *sum, type##_row_factor *by) {  \
        double high[GROUP_ROWS], low[GROUP_ROWS], log_sum[GROUP_ROWS];                                                 \
        for (size_t k = 0; k < count; ++k) high[k] = sum[k].high, low[k] = sum[k].low;                                 \
        for (size_t k = 0; k < count; k += F64_LANES) {                                                                \
            const size_t left = lanes_left(count, k, F64_LANES);                                                       \
            const f64_pair logs = f64_log_of_sum(f64_pair_of(f64_load_part(high + k, left), f64_load_part(low + k, left))); \
            f64_store_part(log_sum + k, logs.high + logs.low, left);                                                   \
        }                                                                                                              \
        for (size_t k = 0; k < count; ++k) by[k].high = type##_set(m[k]), by[k].low = type##_set((T)log_sum[k]);       \
    }                                                                                                                  \
    NOINLINE void type##_log_softmax_scaled(size_t rows, size_t columns, const T *x, T *y, double scale) {             \
        const type##_row_scaling s = type##_row_scaling_of(scale);                                                     \
        T scratch[ROW_BLOCK];                                                                                          \
        for (size_t r = 0; r < rows; ++r, x += columns, y += columns) {                                                \
            const T m = type##_row_max(x, columns);                                                                    \
            double_pair rest = type##_scaled_exponentials(x, scratch, 0, 0, columns, m, &s);                           \
            if (UNLIKELY(rest.high < DOMINATED_##type))                                                                \
                rest = type##_scaled_exponentials(x, scratch, 0, 1, columns, m, &s);                                   \
            if (UNLIKELY(rest.high != rest.high)) {                                                                    \
                type##_row_fill(y, columns, (T)NAN);                                                                   \
                continue;                                                                                              \
            }                                                                                                          \
            const double_pair log_sum = log_of_sum(rest);                                                              \
            for (size_t i = 0; i < columns; i += LANES) {                                                              \
                const size_t left = lanes_left(columns, i, LANES);                                                     \
                type##_store_part(y + i, type##_scaled_less(type##_load_part(x + i, left), m, scale, log_sum), left);  \
            }                                                                                                          \
        }                                                                                                              \
    }                                                                                                                  \
    ROWS_KERNEL(rows_log_softmax_##type) {                                                                             \
        const T *x = a;                                                                                                \
        T *y = out;                                                                                                    \
        UNUSED(b);                                                                                                     \
        if (parameters[0] != 1) {                                                                                      \
            type##_log_softmax_scaled(rows, columns, a, out, parameters[0]);                                           \
            return;                                                                                                    \
        }                                                                                                              \
        if (columns > SHORT) {                                                                                         \
            const size_t done = sizeof(T) == sizeof(float) ? f32_log_softmax_joined(rows, columns, a, out) : 0;        \
            x += done * columns, y += done * columns;                                                                  \
            type##_row_groups(rows - done, columns, x, x, y, type##_log_softmax_sum, type##_log_softmax_factors, type##_row_less); \
            return;                                                                                                    \
        }                                                                                                              \
        type##_short_arrays arrays = {x, y, columns};                                                                  \
        type##_short_rows(rows, columns, x, &arrays, type##_log_softmax_short, NULL);                                  \
    }
LOG_SOFTMAX(f32, float, vf, F32_LANES)
LOG_SOFTMAX(f64, double, vd, F64_LANES)

INLINE double_pair f32_row_total(const float *g, size_t columns) {
    f64_lanes sum = f64_lanes_set(0);
    f64_lanes_add_f32(&sum, g, columns);
    const double_pair total = {f64_lanes_sum(sum), 0};
    return total;
}
INLINE double_pair f64_row_total(const double *g, size_t columns) {
    f64_pair_lanes sum = f64_pair_lanes_set(0);
    f64_pair_lanes_add(&sum, g, columns);
    return f64_pair_lanes_sum(&sum, 0);
}

/* the product before the scaling: nothing is lost to underflow */
INLINE vf f32_log_softmax_slope(vf g, vf y, vf high, vf low) {
    const f32_exp_parts e = f32_exp(f32_min(f32_set(90), f32_max(f32_set(EXP_F32_LOWEST), y)));
    const vf rounded = e.high + e.low, lost = e.low - (rounded - e.high);
    const f32_pair p = f32_pair_sum(high, rounded, f32_fma(high, lost, low * rounded));
    return f32_canonical((g - f32_exp_scale(p.high, e)) - f32_exp_scale(p.low, e));
}
INLINE vd f64_log_softmax_slope(vd g, vd y, vd high, vd low) {
    const f64_exponential e = f64_exp_split(f64_min(f64_set(700), f64_max(f64_set(EXP_F64_LOWEST), y)), f64_set(0));
    const f64_pair p = f64_pair_product(f64_pair_of(high, low), e.pair);
    const vd first = f64_exp_first_factor(e), second = f64_exp_second_factor(e);
    return f64_canonical((g - p.high * first * second * second) - p.low * first * second * second);
}

/* the slopes of four vectors, side by side; where no scale is near an end of the range the products need none of their own */
INLINE vf f32_log_softmax_near_slope(vf g, vf y, vf high, vf low) {
    const f32_exp_parts e = f32_exp(y);
    const vf rounded = e.high + e.low, lost = e.low - (rounded - e.high), scale = f32_power_of_two(e.n, e.t);
    const f32_pair p = f32_pair_sum(high, rounded, f32_fma(high, lost, low * rounded));
    return f32_fnma(p.low, scale, f32_fnma(p.high, scale, g));
}
INLINE void f32_log_softmax_slopes(const float *g, const float *y, float *dx, vf high, vf low) {
    vf at[4];
    mf far = f32_mask_or(f32_not_le(f32_abs(high), f32_set(0x1p30f)), f32_not_ge(f32_abs(high), f32_set(0x1p-30f)));
    for (int k = 0; k < 4; ++k) far = f32_mask_or(far, f32_not_le(f32_abs(f32_load(y + k * F32_LANES)), f32_set(40)));
    if (UNLIKELY(f32_mask_any(far)))
        for (int k = 0; k < 4; ++k) at[k] = f32_log_softmax_slope(f32_load(g + k * F32_LANES), f32_load(y + k * F32_LANES), high, low);
    else
        for (int k = 0; k < 4; ++k) at[k] = f32_log_softmax_near_slope(f32_load(g + k * F32_LANES), f32_load(y + k * F32_LANES), high, low);
    if (UNLIKELY(f32_mask_any(f32_mask_or(f32_unordered(at[0], at[1]), f32_unordered(at[2], at[3])))))
        for (int k = 0; k < 4; ++k) at[k] = f32_canonical(at[k]);
    for (int k = 0; k < 4; ++k) f32_store(dx + k * F32_LANES, at[k]);
}
/* the same numbers without scales where neither e^y nor its product is near an end of the range */
INLINE vd f64_log_softmax_near_slope(vd g, vd y, vd high, vd low) {
    const f64_pair p = f64_pair_product(f64_pair_of(high, low), f64_exp_near(y, y, 0));
    return f64_canonical((g - p.high) - p.low);
}
INLINE md f64_log_softmax_is_far(const double *y) { return f64_not_le(f64_abs(f64_load(y)), f64_set(300)); }
INLINE void f64_log_softmax_slopes(const double *g, const double *y, double *dx, vd high, vd low) {
    vd at[4];
    md far = f64_mask_or(f64_not_le(f64_abs(high), f64_set(0x1p500)), f64_not_ge(f64_abs(high), f64_set(0x1p-500)));
    for (int k = 0; k < 4; ++k) far = f64_mask_or(far, f64_log_softmax_is_far(y + k * F64_LANES));
    if (UNLIKELY(f64_mask_any(far)))
        for (int k = 0; k < 4; ++k) at[k] = f64_log_softmax_slope(f64_load(g + k * F64_LANES), f64_load(y + k * F64_LANES), high, low);
    else
        for (int k = 0; k < 4; ++k) at[k] = f64_log_softmax_near_slope(f64_load(g + k * F64_LANES), f64_load(y + k * F64_LANES), high, low);
    for (int k = 0; k < 4; ++k) f64_store(dx + k * F64_LANES, at[k]);
}

/* dx may be g or y: the total is complete before the first element is written */
#define LOG_SOFTMAX_BACKWARD(type, T, V, LANES)                                                                        \
    ROWS_KERNEL(rows_log_softmax_backward_##type) {                                                                    \
        UNUSED(parameters);                                                                                            \
        for (size_t r = 0; r < rows; ++r) {                                                                            \
            const T *g = (const T *)a + r * columns, *y = (const T *)b + r * columns;                                  \
            T *dx = (T *)out + r * columns;                                                                            \
            const double_pair total = type##_row_total(g, columns);                                                    \
            const T first = (T)total.high, second = (T)((total.high - first) + total.low);                             \
            const V high = type##_set(first), low = type##_set(first - first == 0 ? second : 0);                       \
            size_t i = 0;                                                                                              \
            for (; i + 4 * LANES <= columns; i += 4 * LANES) type##_log_softmax_slopes(g + i, y + i, dx + i, high, low); \
            for (; i < columns; i += LANES) {                                                                          \
                const size_t left = lanes_left(columns, i, LANES);                                                     \
                type##_store_part(dx + i, type##_log_softmax_slope(type##_load_part(g + i, left), type##_load_part(y + i, left), \
                                                                   high, low), left);                                  \
            }                                                                                                          \
        }                                                                                                              \
    }
LOG_SOFTMAX_BACKWARD(f32, float, vf, F32_LANES)
LOG_SOFTMAX_BACKWARD(f64, double, vd, F64_LANES)
