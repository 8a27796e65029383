/* softmax(x)_i = e^(x_i - m) / sum_j e^(x_j - m), m = max x; backward from y: y_i (g_i - sum_j g_j y_j).
 *
 * Exponentials rounded once, their sum and its reciprocal to twice the precision, one more rounding: within 1.78 ulp of exact
 * (float; measured 1.54), 1.66 (double; measured 1.49, docs/accuracy.md names the rows), subnormal results within 1.2 of the last
 * place (measured). A NaN or +inf makes the row NaN, so does a row of -inf alone.
 * Backward: the dot product in double lanes (double: pairs), y_i (g_i - high) - y_i low with a single fma: within 2 ulp (measured
 * 1.67), or 2^-45 (double: 2^-100) of y_i sum_j abs(g_j y_j) where that is more.
 * parameters hold the scale of x. Other than 1: products are not rounded (rows/f32_scaled.h; double: pairs), within 1.82 ulp (measured
 * 1.50) and 1.66 (1.42). Backward: rounded once more, in float from double lanes, within 0.51 ulp where that is so. */
#include "rows.h"

#define SOFTMAX_SHORT(type, V, ONE)                                                                                    \
    INLINE void type##_softmax_short(void *to, type##_tile e, V largest, type##_short_sum sum, size_t first, size_t count) { \
        const type##_short_arrays *const a = to;                                                                       \
        const type##_row_factor f = type##_short_factor(sum, ONE);                                                     \
        UNUSED(largest);                                                                                               \
        for (size_t c = 0; c < a->columns; ++c)                                                                        \
            type##_store(e[c], type##_canonical(type##_row_times(type##_load(e[c]), f)));                              \
        type##_tile_store(e, a->y + first * a->columns, count, a->columns);                                            \
    }
SOFTMAX_SHORT(f32, vf, f64_wide_of(f32_set(1)))
SOFTMAX_SHORT(f64, vd, f64_pair_set(1, 0))

INLINE void f32_softmax_joined_end(void *to, f32_joined_tile e, vf largest, f32_short_sum sum, size_t first, size_t count) {
    const f32_short_arrays *const a = to;
    UNUSED(largest);
    f32_joined_finish(e[0], JOINED_COLUMNS, a->y + first * a->columns, count, a->columns, f32_joined_factor(1, sum), f32_row_times);
}
INLINE size_t f32_softmax_joined(size_t rows, size_t columns, const float *x, float *y) {
    f32_short_arrays arrays = {x, y, columns};
    return f32_joined_rows(rows, columns, x, 1, JOINED_ROWS, &arrays, f32_softmax_joined_end);
}

#define SOFTMAX(type, T)                                                                                               \
    INLINE double_pair type##_softmax_sum(const T *x, T *y, size_t columns, T m, type##_row_beside *beside) {          \
        return type##_row_exponentials_beside(x, y, 1, columns, m, beside, type##_row_times);                          \
    }                                                                                                                  \
    INLINE void type##_softmax_factors(size_t count, const T *m, const double_pair *sum, type##_row_factor *by) {      \
        const double_pair one = {1, 0};                                                                                \
        UNUSED(m);                                                                                                     \
        for (size_t k = 0; k < count; ++k) by[k] = type##_row_factor_of(double_pair_ratio(one, row_whole(sum[k])));    \
    }                                                                                                                  \
    NOINLINE void type##_softmax_scaled(size_t rows, size_t columns, const T *x, T *y, double scale) {                 \
        const type##_row_scaling s = type##_row_scaling_of(scale);                                                     \
        const double_pair one = {1, 0};                                                                                \
        type##_short_arrays arrays = {x, y, columns};                                                                  \
        if (columns <= SHORT) {                                                                                        \
            type##_short_rows(rows, columns, x, &arrays, type##_softmax_short, &s);                                    \
            return;                                                                                                    \
        }                                                                                                              \
        for (size_t r = 0; r < rows; ++r, x += columns, y += columns) {                                                \
            const double_pair rest = type##_scaled_exponentials(x, y, 1, 0, columns, type##_row_max(x, columns), &s);  \
            if (UNLIKELY(rest.high != rest.high))                                                                      \
                type##_row_fill(y, columns, (T)NAN);                                                                   \
            else                                                                                                       \
                type##_row_scale(y, columns, type##_row_factor_of(double_pair_ratio(one, row_whole(rest))));           \
        }                                                                                                              \
    }                                                                                                                  \
    ROWS_KERNEL(rows_softmax_##type) {                                                                                 \
        const T *x = a;                                                                                                \
        T *y = out;                                                                                                    \
        UNUSED(b);                                                                                                     \
        if (parameters[0] != 1) {                                                                                      \
            type##_softmax_scaled(rows, columns, a, out, parameters[0]);                                               \
            return;                                                                                                    \
        }                                                                                                              \
        if (columns > SHORT) {                                                                                         \
            const size_t done = sizeof(T) == sizeof(float) ? f32_softmax_joined(rows, columns, a, out) : 0;            \
            x += done * columns, y += done * columns;                                                                  \
            type##_row_groups(rows - done, columns, x, y, y, type##_softmax_sum, type##_softmax_factors, type##_row_times); \
            return;                                                                                                    \
        }                                                                                                              \
        type##_short_arrays arrays = {x, y, columns};                                                                  \
        type##_short_rows(rows, columns, x, &arrays, type##_softmax_short, NULL);                                      \
    }
SOFTMAX(f32, float)
SOFTMAX(f64, double)

typedef f64_lanes f32_dot;
typedef f64_pair_lanes f64_dot;
INLINE f32_dot f32_dot_begin(void) { return f64_lanes_set(0); }
INLINE f64_dot f64_dot_begin(void) { return f64_pair_lanes_set(0); }
INLINE void f32_dot_add(f32_dot *s, const float *g, const float *y, size_t count) { f64_lanes_add_products(s, g, y, count); }
INLINE void f64_dot_add(f64_dot *s, const double *g, const double *y, size_t count) { f64_pair_lanes_add_products(s, g, 1, y, 1, count); }
INLINE double_pair f32_dot_end(const f32_dot *s) {
    const double_pair dot = {f64_lanes_sum(*s), 0};
    return dot;
}
INLINE double_pair f64_dot_end(const f64_dot *s) { return f64_pair_lanes_sum(s, 0); }

#define SOFTMAX_SLOPE(type, T, V)                                                                                      \
    INLINE V type##_softmax_slope(V g, V y, V high, V low) { return type##_fms(y, g - high, y * low); }                \
    /* the dot product of a row in two parts, the second of which is nothing beside an infinity */                     \
    INLINE type##_row_factor type##_dot_parts(double_pair dot) {                                                       \
        const T first = (T)dot.high, second = (T)((dot.high - first) + dot.low);                                       \
        const type##_row_factor parts = {type##_set(first), type##_set(first - first == 0 ? second : 0)};              \
        return parts;                                                                                                  \
    }                                                                                                                  \
    INLINE double_pair type##_row_dot(const T *g, const T *y, size_t columns) {                                        \
        type##_dot sum = type##_dot_begin();                                                                           \
        type##_dot_add(&sum, g, y, columns);                                                                           \
        return type##_dot_end(&sum);                                                                                   \
    }
SOFTMAX_SLOPE(f32, float, vf)
SOFTMAX_SLOPE(f64, double, vd)

/* Rows of one group of lanes stay in registers between the two passes: 10 columns 0.61 to 0.47 ns a float. The sum is that of long rows. */
INLINE void f32_softmax_backward_short(size_t rows, size_t columns, const float *g, const float *y, float *dx) {
    for (size_t r = 0; r < rows; ++r, g += columns, y += columns, dx += columns) {
        vf grad[F32_VECTORS], at[F32_VECTORS];
        f64_lanes sum;
        for (size_t v = 0; v < F32_VECTORS; ++v) {
            const size_t from = v * F32_LANES, left = lanes_left(columns, from, F32_LANES), w = from / F64_LANES;
            grad[v] = f32_load_part(g + from, left);
            at[v] = f32_load_part(y + from, left);
            sum.lane[w] = f64_fma(f64_from_f32_low(grad[v]), f64_from_f32_low(at[v]), f64_set(0));
            if (F32_LANES > F64_LANES) sum.lane[w + 1] = f64_fma(f64_from_f32_high(grad[v]), f64_from_f32_high(at[v]), f64_set(0));
        }
        const f32_row_factor dot = f32_dot_parts(f32_dot_end(&sum));
        for (size_t v = 0; v < F32_VECTORS; ++v) {
            const vf slope = f32_softmax_slope(grad[v], at[v], dot.high, dot.low);
            f32_store_part(dx + v * F32_LANES, f32_canonical(slope), lanes_left(columns, v * F32_LANES, F32_LANES));
        }
    }
}

/* Up to ROW_BLOCK columns a row's slopes come after the next row's dot product, so that nothing waits for its end: 32 columns of double
 * 0.54 to 0.47 ns. Longer rows come from beyond the second cache, which two at once are read from slowly (1024 columns of float: 0.14 for
 * 0.11). dx may be g or y: a row's dot product is complete before it is written. */
/* The gradient of scale x, in double lanes: one product more is one rounding more, which floats have no room for. Whole vectors are widened
 * from memory: 0.40 ns a float instead of 0.49. */
INLINE vd f32_softmax_scaled_slope(vd g, vd y, vd dot, vd factor) { return y * f64_fms(g, factor, dot); }
NOINLINE void f32_softmax_scaled_backward(size_t rows, size_t columns, const float *g, const float *y, float *dx, double scale) {
    const vd factor = f64_set(scale);
    for (size_t r = 0; r < rows; ++r, g += columns, y += columns, dx += columns) {
        const vd dot = f64_set(f32_row_dot(g, y, columns).high * scale);
        size_t i = 0;
        for (; i + F32_LANES <= columns; i += F32_LANES) {
            enum { HIGH = F32_LANES - F64_LANES };
            const f64_wide slope = {f32_softmax_scaled_slope(f64_load_f32(g + i), f64_load_f32(y + i), dot, factor),
                                    f32_softmax_scaled_slope(f64_load_f32(g + i + HIGH), f64_load_f32(y + i + HIGH), dot, factor)};
            f32_store(dx + i, f32_canonical(f32_narrow(slope)));
        }
        if (i == columns) continue;
        const f64_wide grad = f64_wide_of(f32_load_part(g + i, columns - i)), at = f64_wide_of(f32_load_part(y + i, columns - i));
        const f64_wide slope = {f32_softmax_scaled_slope(grad.low, at.low, dot, factor),
                                f32_softmax_scaled_slope(grad.high, at.high, dot, factor)};
        f32_store_part(dx + i, f32_canonical(f32_narrow(slope)), columns - i);
    }
}
NOINLINE void f64_softmax_scaled_backward(size_t rows, size_t columns, const double *g, const double *y, double *dx, double scale) {
    for (size_t r = 0; r < rows; ++r, g += columns, y += columns, dx += columns) {
        const f64_row_factor dot = f64_dot_parts(f64_row_dot(g, y, columns));
        for (size_t i = 0; i < columns; i += F64_LANES) {
            const size_t left = lanes_left(columns, i, F64_LANES);
            const vd slope = f64_softmax_slope(f64_load_part(g + i, left), f64_load_part(y + i, left), dot.high, dot.low) * f64_set(scale);
            f64_store_part(dx + i, f64_canonical(slope), left);
        }
    }
}

#define SOFTMAX_BACKWARD(type, T, V, LANES)                                                                            \
    INLINE void type##_softmax_slopes(const T *g, const T *y, T *dx, V high, V low) {                                  \
        V at[4];                                                                                                       \
        for (int k = 0; k < 4; ++k)                                                                                    \
            at[k] = type##_softmax_slope(type##_load(g + k * LANES), type##_load(y + k * LANES), high, low);           \
        if (UNLIKELY(type##_mask_any(type##_mask_or(type##_unordered(at[0], at[1]), type##_unordered(at[2], at[3]))))) \
            for (int k = 0; k < 4; ++k) at[k] = type##_canonical(at[k]);                                               \
        for (int k = 0; k < 4; ++k) type##_store(dx + k * LANES, at[k]);                                               \
    }                                                                                                                  \
    INLINE void type##_softmax_slopes_part(const T *g, const T *y, T *dx, size_t count, V high, V low) {               \
        for (size_t i = 0; i < count; i += LANES) {                                                                    \
            const size_t left = lanes_left(count, i, LANES);                                                           \
            const V at = type##_softmax_slope(type##_load_part(g + i, left), type##_load_part(y + i, left), high, low); \
            type##_store_part(dx + i, type##_canonical(at), left);                                                     \
        }                                                                                                              \
    }                                                                                                                  \
    INLINE void type##_softmax_slopes_row(const T *g, const T *y, T *dx, size_t columns, type##_row_factor dot) {      \
        const V high = dot.high, low = dot.low;                                                                        \
        const size_t head = type##_row_head(dx, columns);                                                              \
        size_t i = head;                                                                                               \
        type##_softmax_slopes_part(g, y, dx, head, high, low);                                                         \
        for (; i + 4 * LANES <= columns; i += 4 * LANES) type##_softmax_slopes(g + i, y + i, dx + i, high, low);       \
        type##_softmax_slopes_part(g + i, y + i, dx + i, columns - i, high, low);                                      \
    }                                                                                                                  \
    ROWS_KERNEL(rows_softmax_backward_##type) {                                                                        \
        if (parameters[0] != 1) {                                                                                      \
            type##_softmax_scaled_backward(rows, columns, a, b, out, parameters[0]);                                   \
            return;                                                                                                    \
        }                                                                                                              \
        if (sizeof(T) == sizeof(float) && columns <= SHORT) {                                                          \
            f32_softmax_backward_short(rows, columns, a, b, out);                                                      \
            return;                                                                                                    \
        }                                                                                                              \
        const T *g = a, *y = b;                                                                                        \
        T *dx = out;                                                                                                   \
        const int late = columns <= ROW_BLOCK;                                                                         \
        double_pair next = type##_row_dot(g, y, columns);                                                              \
        for (size_t r = 0; r < rows; ++r, g += columns, y += columns, dx += columns) {                                 \
            const double_pair dot = next;                                                                              \
            if (late && r + 1 < rows) next = type##_row_dot(g + columns, y + columns, columns);                        \
            type##_softmax_slopes_row(g, y, dx, columns, type##_dot_parts(dot));                                       \
            if (!late && r + 1 < rows) next = type##_row_dot(g + columns, y + columns, columns);                       \
        }                                                                                                              \
    }
SOFTMAX_BACKWARD(f32, float, vf, F32_LANES)
SOFTMAX_BACKWARD(f64, double, vd, F64_LANES)
