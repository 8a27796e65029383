/* y_i = max(z_i - tau, 0)^p, z_i = (x_i - m) / p, m = max x, tau such that sum y = 1: what sparsemax (p = 1), entmax15 (p = 2) and entmax
 * (p = 1 / (alpha - 1)) share.
 *
 * tau lies in [-1, 0). Newton's method starts from -1 and, the sum being convex in tau, climbs to it without ever passing; p = 2 takes
 * its steps on the square root of the sum, which is closer to a line. A last step with sums of pairs leaves tau as a pair, right to
 * about 2^-95. Only elements with z > -1 matter: they are collected first, few of a long row as a rule, and where they are too many
 * for the buffer every step reads the row again. All sums run in the 16 lanes of loops/reduce.h; short rows go one a lane. */
#ifndef FASTACT_ROWS_SIMPLEX_H
#define FASTACT_ROWS_SIMPLEX_H
#include "rows.h"

enum { SIMPLEX_BUFFER = 1024, SIMPLEX_STEPS = 200, ANY_POWER = 0 };
#define SIMPLEX_CLOSE 0x1p-46 /* a step this short is the last but the exact one */

typedef struct {
    int power; /* 1, 2 or ANY_POWER: known to the compiler */
    double p, step;
} simplex;

/* d^p for d > 0; called, not expanded, as it is long and wanted in many places */
NOINLINE f64_pair f64_simplex_power(f64_pair d, double p) {
    const vd tiny = f64_set(0x1p-1000), high = f64_max(tiny, d.high);
    const vd n = f64_from_bits(i64_or(i64_shift_right(f64_bits(high), 52), f64_bits(f64_set(0x1p52)))) - f64_set(0x1p52 + 1023);
    const vd scale = f64_two_to(f64_set(0) - n), whole = n * f64_set(0x1.62e42fefa38p-1);
    const f64_pair log1p = f64_log1p_pair(f64_pair_of(f64_fms(high, scale, f64_set(1)), d.low * scale));
    const f64_pair sum = f64_sum(whole, log1p.high);
    const f64_pair log = f64_pair_of(sum.high, sum.low + f64_fma(n, f64_set(0x1.ef35793c7673p-45), log1p.low));
    const f64_pair t = f64_pair_product(log, f64_pair_set(p, 0));
    const vd lowest = f64_set(EXP_F64_LOWEST);
    const f64_exponential e = f64_exp_split(f64_max(lowest, t.high), f64_select(f64_lt(lowest, t.high), t.low, f64_set(0)));
    const vd first = f64_exp_first_factor(e), second = f64_exp_second_factor(e);
    return f64_pair_of(e.pair.high * first * second * second, e.pair.low * first * second * second);
}

/* what a sum and its slope gain from elements d = z - tau */
INLINE void f64_simplex_add(simplex s, vd d, vd *sum, vd *slope) {
    const vd zero = f64_set(0);
    const md in = f64_lt(zero, d);
    if (s.power == 1) {
        *sum = *sum + f64_select(in, d, zero);
        *slope = *slope + f64_select(in, f64_set(1), zero);
    } else if (s.power == 2) {
        const vd at = f64_select(in, d, zero);
        *sum = f64_fma(at, at, *sum);
        *slope = *slope + at;
    } else {
        const vd at = f64_select(in, d, f64_set(1)), y = f64_simplex_power(f64_pair_of(at, zero), s.p).high;
        *sum = *sum + f64_select(in, y, zero);
        *slope = *slope + f64_select(in, y / at, zero);
    }
}
/* tau + the next step; tau itself where that is short enough, or no number */
INLINE vd f64_simplex_next(simplex s, vd tau, vd sum, vd slope) {
    vd wanted = f64_set(1);
    if (s.power == 2) wanted = f64_sqrt(sum);
    if (s.power == ANY_POWER) slope = slope * f64_set(s.p);
    const vd step = (sum - wanted) / slope;
    return f64_select(f64_lt(f64_set(SIMPLEX_CLOSE), step), tau + step, tau);
}
INLINE f64_pair f64_simplex_distance(vd z, vd z_low, vd tau) {
    f64_pair d = f64_sum(z, f64_set(0) - tau);
    d.low = d.low + z_low;
    return d;
}
INLINE f64_pair f64_simplex_raised(simplex s, f64_pair d) {
    if (s.power == 1) return d;
    return s.power == 2 ? f64_pair_square(d) : f64_simplex_power(d, s.p);
}
/* the same sums, exactly */
INLINE void f64_simplex_add_exactly(simplex s, f64_pair d, f64_pair *sum, vd *slope) {
    const vd zero = f64_set(0), one = f64_set(1);
    const md in = f64_lt(zero, d.high);
    const f64_pair at = f64_pair_select(in, d, f64_pair_of(one, zero)), y = f64_simplex_raised(s, at);
    *sum = f64_pair_sum(*sum, f64_pair_select(in, y, f64_pair_of(zero, zero)));
    vd gained = one;
    if (s.power == 2) gained = at.high;
    if (s.power == ANY_POWER) gained = y.high / at.high;
    *slope = *slope + f64_select(in, gained, zero);
}
INLINE vd f64_simplex_value(simplex s, f64_pair d, vd tau_low) {
    const f64_pair moved = f64_sum(d.high, f64_set(0) - tau_low);
    const f64_pair at = f64_pair_of(moved.high, moved.low + d.low);
    const md in = f64_lt(f64_set(0), at.high + at.low);
    const f64_pair y = f64_simplex_raised(s, f64_pair_select(in, f64_sum_ordered(at.high, at.low), f64_pair_set(1, 0)));
    return f64_select(in, y.high + y.low, f64_set(0));
}

/* ---- long rows ---- */
typedef struct {
    double z[SIMPLEX_BUFFER], low[SIMPLEX_BUFFER]; /* filled up with -inf to whole groups of 16 */
    size_t at[SIMPLEX_BUFFER], count;
} simplex_buffer;

INLINE void simplex_fill_up(simplex_buffer *b) {
    for (size_t k = b->count; k % SUM_LANES; ++k) b->z[k] = -INFINITY, b->low[k] = 0;
}
INLINE void simplex_put(simplex_buffer *b, size_t k, double x, double m, double step) {
    const double_pair scale = {step, 0}, z = double_pair_product(double_sum(x, -m), scale);
    const int finite = x > -INFINITY;
    b->z[k] = finite ? z.high : -INFINITY;
    b->low[k] = finite ? z.low : 0;
}

#define SIMPLEX_ROWS(type, T, V, M, LANES, MARGIN)                                                                     \
    /* the elements that matter, in order; 0 where they are too many. A NaN makes found NaN. */                        \
    INLINE int type##_simplex_collect(simplex s, const T *x, size_t columns, T m, simplex_buffer *buffer, int *odd) {  \
        const double reach = 1 / s.step, least = (double)m - reach;                                                    \
        const T bound = (T)(least - (fabs((double)m) + reach) * MARGIN);                                               \
        const V lowest = type##_set(bound);                                                                            \
        size_t count = 0;                                                                                              \
        int fits = 1;                                                                                                  \
        M nan = type##_lt(lowest, lowest);                                                                             \
        for (size_t i = 0; i < columns; i += LANES) {                                                                  \
            const size_t left = lanes_left(columns, i, LANES);                                                         \
            const V at = type##_load_part_or(x + i, left, type##_set(-(T)INFINITY));                                   \
            nan = type##_mask_or(nan, type##_unordered(at, at));                                                       \
            if (LIKELY(!type##_mask_any(type##_lt(lowest, at))) || !fits) continue;                                    \
            for (size_t k = i; k < i + left; ++k)                                                                      \
                if (x[k] > bound) {                                                                                    \
                    if (count == SIMPLEX_BUFFER) fits = 0;                                                             \
                    if (!fits) break;                                                                                  \
                    simplex_put(buffer, count, (double)x[k], (double)m, s.step);                                       \
                    buffer->at[count++] = k;                                                                           \
                }                                                                                                      \
        }                                                                                                              \
        buffer->count = count;                                                                                         \
        simplex_fill_up(buffer);                                                                                       \
        *odd = type##_mask_any(nan);                                                                                   \
        return fits;                                                                                                   \
    }                                                                                                                  \
    /* the next part of a row that does not fit */                                                                     \
    INLINE void type##_simplex_refill(simplex s, const T *x, size_t columns, size_t i, T m, simplex_buffer *buffer) {  \
        buffer->count = columns - i < SIMPLEX_BUFFER ? columns - i : SIMPLEX_BUFFER;                                   \
        for (size_t k = 0; k < buffer->count; ++k) simplex_put(buffer, k, (double)x[i + k], (double)m, s.step);        \
        simplex_fill_up(buffer);                                                                                       \
    }                                                                                                                  \
    INLINE double_pair type##_simplex_tau(simplex s, const T *x, size_t columns, T m, simplex_buffer *buffer, int fits) { \
        double tau = -1;                                                                                               \
        const size_t parts = fits ? 1 : (columns + SIMPLEX_BUFFER - 1) / SIMPLEX_BUFFER;                               \
        for (int step = 0; step < SIMPLEX_STEPS; ++step) {                                                             \
            f64_lanes sum = f64_lanes_set(0), slope = f64_lanes_set(0);                                                \
            double next[F64_LANES];                                                                                    \
            for (size_t part = 0; part < parts; ++part) {                                                              \
                if (!fits) type##_simplex_refill(s, x, columns, part * SIMPLEX_BUFFER, m, buffer);                     \
                for (size_t k = 0; k < buffer->count; k += SUM_LANES)                                                  \
                    for (int v = 0; v < F64_VECTORS; ++v)                                                              \
                        f64_simplex_add(s, f64_load(buffer->z + k + v * F64_LANES) - f64_set(tau), &sum.lane[v], &slope.lane[v]); \
            }                                                                                                          \
            const vd total = f64_set(f64_lanes_sum(sum)), slopes = f64_set(f64_lanes_sum(slope));                      \
            f64_store(next, f64_simplex_next(s, f64_set(tau), total, slopes));                                         \
            if (next[0] == tau) break;                                                                                 \
            tau = next[0];                                                                                             \
        }                                                                                                              \
        f64_pair_lanes sum = f64_pair_lanes_set(0);                                                                    \
        f64_lanes slope = f64_lanes_set(0);                                                                            \
        for (size_t part = 0; part < parts; ++part) {                                                                  \
            if (!fits) type##_simplex_refill(s, x, columns, part * SIMPLEX_BUFFER, m, buffer);                         \
            for (size_t k = 0; k < buffer->count; k += SUM_LANES)                                                      \
                for (int v = 0; v < F64_VECTORS; ++v) {                                                                \
                    const size_t at = k + (size_t)(v * F64_LANES);                                                     \
                    const f64_pair d = f64_simplex_distance(f64_load(buffer->z + at), f64_load(buffer->low + at), f64_set(tau)); \
                    f64_simplex_add_exactly(s, d, &sum.lane[v], &slope.lane[v]);                                       \
                }                                                                                                      \
        }                                                                                                              \
        const double_pair all = f64_pair_lanes_sum(&sum, 0), less = {-1, 0}, excess = double_pair_sum(all, less);      \
        const double_pair found = {tau, (excess.high + excess.low) / (s.p * f64_lanes_sum(slope))};                    \
        return found;                                                                                                  \
    }                                                                                                                  \
    INLINE void type##_simplex_values(simplex s, simplex_buffer *buffer, double_pair tau) {                            \
        for (size_t k = 0; k < buffer->count; k += F64_LANES) {                                                        \
            const f64_pair d = f64_simplex_distance(f64_load(buffer->z + k), f64_load(buffer->low + k), f64_set(tau.high)); \
            f64_store(buffer->z + k, f64_simplex_value(s, d, f64_set(tau.low)));                                       \
        }                                                                                                              \
    }                                                                                                                  \
    INLINE void type##_simplex_row(simplex s, const T *x, size_t columns, T *y) {                                      \
        simplex_buffer buffer;                                                                                         \
        int odd;                                                                                                       \
        const T m = type##_row_max(x, columns);                                                                        \
        const int fits = type##_simplex_collect(s, x, columns, m, &buffer, &odd);                                      \
        if (UNLIKELY(odd || m - m != 0)) {                                                                             \
            type##_row_fill(y, columns, (T)NAN);                                                                       \
            return;                                                                                                    \
        }                                                                                                              \
        const double_pair tau = type##_simplex_tau(s, x, columns, m, &buffer, fits);                                   \
        if (fits) {                                                                                                    \
            type##_simplex_values(s, &buffer, tau);                                                                    \
            type##_row_fill(y, columns, 0);                                                                            \
            for (size_t k = 0; k < buffer.count; ++k) y[buffer.at[k]] = (T)buffer.z[k];                                \
            return;                                                                                                    \
        }                                                                                                              \
        for (size_t i = 0; i < columns; i += SIMPLEX_BUFFER) {                                                         \
            type##_simplex_refill(s, x, columns, i, m, &buffer);                                                       \
            type##_simplex_values(s, &buffer, tau);                                                                    \
            for (size_t k = 0; k < buffer.count; ++k) y[i + k] = (T)buffer.z[k];                                       \
        }                                                                                                              \
    }
SIMPLEX_ROWS(f32, float, vf, mf, F32_LANES, 0x1p-22)
SIMPLEX_ROWS(f64, double, vd, md, F64_LANES, 0x1p-50)

/* ---- short rows, one a lane: z holds x and receives y ---- */
INLINE void f64_simplex_short(simplex s, vd *z, size_t columns, vd m) {
    const vd zero = f64_set(0);
    vd low[SHORT], tau = f64_set(-1);
    md odd = f64_lt(zero, zero);
    for (size_t c = 0; c < columns; ++c) {
        const f64_pair d = f64_pair_product(f64_sum(z[c], zero - m), f64_pair_set(s.step, 0));
        const vd plain = (z[c] - m) * f64_set(s.step);
        odd = f64_mask_or(odd, f64_unordered(plain, plain));
        const md finite = f64_lt(f64_set(-INFINITY), plain);
        z[c] = f64_select(finite, d.high, plain);
        low[c] = f64_select(finite, d.low, zero);
    }
    for (int step = 0; step < SIMPLEX_STEPS; ++step) {
        vd sum = zero, slope = zero;
        for (size_t c = 0; c < columns; ++c) f64_simplex_add(s, z[c] - tau, &sum, &slope);
        const vd next = f64_simplex_next(s, tau, sum, slope);
        const int done = !f64_mask_any(f64_lt(tau, next));
        tau = next;
        if (done) break;
    }
    f64_pair sum = f64_pair_of(zero, zero);
    vd slope = zero;
    for (size_t c = 0; c < columns; ++c) f64_simplex_add_exactly(s, f64_simplex_distance(z[c], low[c], tau), &sum, &slope);
    const f64_pair excess = f64_pair_sum(sum, f64_pair_set(-1, 0));
    const vd tau_low = (excess.high + excess.low) / (slope * f64_set(s.p));
    for (size_t c = 0; c < columns; ++c)
        z[c] = f64_select(odd, f64_set(NAN), f64_simplex_value(s, f64_simplex_distance(z[c], low[c], tau), tau_low));
}
INLINE void f64_simplex_tile(simplex s, f64_tile tile, size_t columns) {
    vd z[SHORT];
    const vd m = f64_tile_max(tile, columns);
    for (size_t c = 0; c < columns; ++c) z[c] = f64_load(tile[c]);
    f64_simplex_short(s, z, columns, m);
    for (size_t c = 0; c < columns; ++c) f64_store(tile[c], f64_canonical(z[c]));
}
INLINE void f32_simplex_tile(simplex s, f32_tile tile, size_t columns) {
    vd low[SHORT], high[SHORT];
    const f64_wide m = f64_wide_of(f32_tile_max(tile, columns));
    for (size_t c = 0; c < columns; ++c) {
        const f64_wide at = f64_wide_of(f32_load(tile[c]));
        low[c] = at.low, high[c] = at.high;
    }
    f64_simplex_short(s, low, columns, m.low);
    if (F32_LANES > F64_LANES) f64_simplex_short(s, high, columns, m.high);
    for (size_t c = 0; c < columns; ++c) f32_store(tile[c], f32_canonical(f32_from_f64(low[c], F32_LANES > F64_LANES ? high[c] : low[c])));
}

/* ---- backward: s_i (g_i - sum g s / sum s), s = y^(1 - 1 / p), 0 where y is ---- */
/* Vectors that count are called unlikely: likely ones have their roots begun before it is known whether they are wanted. */
INLINE vd f64_simplex_weight(simplex s, vd y) {
    const vd one = f64_set(1);
    if (s.power == 1) return (y - y) + one;
    if (s.power == 2) return f64_sqrt(y);
    const f64_pair w = f64_simplex_power(f64_pair_of(y, f64_set(0)), 1 - 1 / s.p);
    return f64_select(f64_unordered(y, y), y, w.high + w.low);
}
/* Where y is not above 0 sums gain nothing and slopes are 0: most vectors of a long row, as a rule. */
INLINE int f32_simplex_counts(vf y) { return f32_mask_any(f32_not_le(y, f32_set(0))); }
INLINE int f64_simplex_counts(vd y) { return f64_mask_any(f64_not_le(y, f64_set(0))); }

INLINE void f32_simplex_join(simplex s, vd g, vd y, vd *sum, vd *weight) {
    const vd zero = f64_set(0);
    const md in = f64_not_le(y, zero);
    const vd w = f64_select(in, f64_simplex_weight(s, y), zero);
    *sum = f64_fma(f64_select(in, g, zero), w, *sum);
    *weight = *weight + w;
}
INLINE double_pair f32_simplex_centre(simplex s, const float *g, const float *y, size_t columns) {
    f64_lanes sum = f64_lanes_set(0), weight = f64_lanes_set(0);
    for (size_t i = 0; i < columns; i += F32_LANES) {
        const size_t left = lanes_left(columns, i, F32_LANES), v = i % SUM_LANES / F64_LANES;
        const vf from = f32_load_part(y + i, left);
        if (LIKELY(!f32_simplex_counts(from))) continue;
        const f64_wide grad = f64_wide_of(f32_load_part(g + i, left)), at = f64_wide_of(from);
        f32_simplex_join(s, grad.low, at.low, &sum.lane[v], &weight.lane[v]);
        if (F32_LANES > F64_LANES) f32_simplex_join(s, grad.high, at.high, &sum.lane[v + 1], &weight.lane[v + 1]);
    }
    const double_pair centre = {f64_lanes_sum(sum) / f64_lanes_sum(weight), 0};
    return centre;
}
INLINE double_pair f64_simplex_centre(simplex s, const double *g, const double *y, size_t columns) {
    f64_pair_lanes sum = f64_pair_lanes_set(0), weight = f64_pair_lanes_set(0);
    for (size_t i = 0; i < columns; i += F64_LANES) {
        const size_t left = lanes_left(columns, i, F64_LANES), v = i % SUM_LANES / F64_LANES;
        const vd from = f64_load_part(y + i, left), zero = f64_set(0);
        if (LIKELY(!f64_simplex_counts(from))) continue;
        const md in = f64_not_le(from, zero);
        const vd w = f64_select(in, f64_simplex_weight(s, from), zero);
        sum.lane[v] = f64_pair_sum(sum.lane[v], f64_product(f64_select(in, f64_load_part(g + i, left), zero), w));
        weight.lane[v] = f64_pair_sum(weight.lane[v], f64_pair_of(w, zero));
    }
    const double_pair centre = double_pair_ratio(f64_pair_lanes_sum(&sum, 0), f64_pair_lanes_sum(&weight, 0));
    const double_pair rounded = {centre.high, centre.low == centre.low ? centre.low : 0};
    return rounded;
}
INLINE vd f64_simplex_slope(simplex s, vd g, vd y, double_pair centre) {
    const md in = f64_not_le(y, f64_set(0));
    const vd slope = f64_simplex_weight(s, y) * ((g - f64_set(centre.high)) - f64_set(centre.low));
    return f64_canonical(f64_select(in, slope, f64_set(0)));
}
INLINE void f32_simplex_backward(simplex s, const float *g, const float *y, float *dx, size_t columns) {
    const double_pair centre = f32_simplex_centre(s, g, y, columns);
    for (size_t i = 0; i < columns; i += F32_LANES) {
        const size_t left = lanes_left(columns, i, F32_LANES);
        const vf from = f32_load_part(y + i, left);
        vf slopes = f32_set(0);
        if (UNLIKELY(f32_simplex_counts(from))) {
            const f64_wide grad = f64_wide_of(f32_load_part(g + i, left)), at = f64_wide_of(from);
            const f64_wide slope = {f64_simplex_slope(s, grad.low, at.low, centre), f64_simplex_slope(s, grad.high, at.high, centre)};
            slopes = f32_narrow(slope);
        }
        f32_store_part(dx + i, slopes, left);
    }
}
INLINE void f64_simplex_backward(simplex s, const double *g, const double *y, double *dx, size_t columns) {
    const double_pair centre = f64_simplex_centre(s, g, y, columns);
    for (size_t i = 0; i < columns; i += F64_LANES) {
        const size_t left = lanes_left(columns, i, F64_LANES);
        const vd from = f64_load_part(y + i, left);
        vd slopes = f64_set(0);
        if (UNLIKELY(f64_simplex_counts(from))) slopes = f64_simplex_slope(s, f64_load_part(g + i, left), from, centre);
        f64_store_part(dx + i, slopes, left);
    }
}

/* the kernels of one function: KIND is an expression of type simplex, which may use the parameters */
#define SIMPLEX_KERNELS(name, type, T, LANES, KIND)                                                                    \
    ROWS_KERNEL(rows_##name##_##type) {                                                                                \
        const simplex s = KIND;                                                                                        \
        const T *x = a;                                                                                                \
        T *y = out;                                                                                                    \
        UNUSED(b), UNUSED(parameters);                                                                                 \
        for (size_t i = 0; columns > SHORT && i < rows; ++i) type##_simplex_row(s, x + i * columns, columns, y + i * columns); \
        for (size_t i = 0; columns <= SHORT && i < rows; i += LANES) {                                                 \
            type##_tile tile;                                                                                          \
            type##_tile_load(tile, x + i * columns, rows - i, columns);                                                \
            type##_simplex_tile(s, tile, columns);                                                                     \
            type##_tile_store(tile, y + i * columns, rows - i, columns);                                               \
        }                                                                                                              \
    }                                                                                                                  \
    ROWS_KERNEL(rows_##name##_backward_##type) {                                                                       \
        const simplex s = KIND;                                                                                        \
        const T *g = a, *y = b;                                                                                        \
        T *dx = out;                                                                                                   \
        UNUSED(parameters);                                                                                            \
        for (size_t i = 0; i < rows; ++i, g += columns, y += columns, dx += columns)                                   \
            type##_simplex_backward(s, g, y, dx, columns);                                                             \
    }
#endif
