/* e^(x - m) over rows of doubles, m the largest element: the twin of f32_exponentials.h.
 *
 * x - m is kept as a pair, and so is e^(x - m) (math/exp_f64.h) until its one rounding, to 1.16 of 2^-53 relative. Results carry a
 * factor 2^64, so that none is subnormal: what would be is 0. Sums are pairs: every lane starts at 2^65, above any exponential, so that
 * one comparison-free step gives the rounding error of an addition. */
#ifndef FASTACT_ROWS_F64_EXPONENTIALS_H
#define FASTACT_ROWS_F64_EXPONENTIALS_H

#define F64_ROW_START 0x1p65
#define F64_ROW_LOWEST -753.4 /* the exponent field of the factor is 0 there, and so the result */

/* 2^64 e^d rounded, and what that took away */
INLINE f64_pair f64_row_exp_of(f64_pair d) {
    const vd lowest = f64_set(F64_ROW_LOWEST);
    const f64_exponential e = f64_exp_split(f64_max(lowest, d.high), f64_select(f64_lt(lowest, d.high), d.low, f64_set(0)));
    return f64_pair_scaled(f64_sum_ordered(e.pair.high, e.pair.low), f64_two_to(e.n + f64_set(64)));
}

INLINE f64_pair f64_row_exp(vd x, vd m) { return f64_row_exp_of(f64_sum(x, f64_set(0) - m)); }
/* of scale (x - m), the product a pair */
INLINE f64_pair f64_row_scaled(vd x, vd m, vd scale) {
    const f64_pair d = f64_sum(x, f64_set(0) - m), p = f64_product(d.high, scale);
    return f64_pair_of(p.high, f64_fma(d.low, scale, p.low));
}
INLINE f64_pair f64_row_exp_by(vd x, vd m, const vd *scale) {
    return scale ? f64_row_exp_of(f64_row_scaled(x, m, *scale)) : f64_row_exp(x, m);
}

/* sum + an exponential */
INLINE f64_pair f64_row_add(f64_pair sum, f64_pair e) {
    const f64_pair s = f64_sum_ordered(sum.high, e.high);
    return f64_pair_of(s.high, sum.low + (s.low + e.low));
}

INLINE double_pair f64_row_sum_of(double high, double low) {
    const double sum = high + low;
    const double_pair s = {sum * (1 / F64_ROW_ONE), (low - (sum - high)) * (1 / F64_ROW_ONE)};
    return s;
}

/* e receives the exponentials when keep; scale NULL is 1 */
INLINE double_pair f64_row_exponentials_by(const double *x, double *e, int keep, size_t columns, double m, const vd *scale,
                                           f64_row_beside *beside) {
    const vd shift = f64_set(m);
    f64_pair_lanes lanes = f64_pair_lanes_set(F64_ROW_START);
    vd largest = f64_set(-INFINITY);
    size_t i = 0;
    for (; i + SUM_LANES <= columns; i += SUM_LANES)
        for (int v = 0; v < F64_VECTORS; ++v) {
            const double *const p = x + i + v * F64_LANES;
            const f64_pair at = f64_row_exp_by(f64_load(p), shift, scale);
            lanes.lane[v] = f64_row_add(lanes.lane[v], at);
            if (beside) largest = f64_max(largest, f64_load(p + beside->ahead));
            if (keep) f64_store(e + i + v * F64_LANES, at.high);
        }
    for (size_t v = 0; v < F64_VECTORS && i < columns; ++v) {
        const double *const p = x + i + v * F64_LANES;
        const size_t left = lanes_left(columns - i, v * F64_LANES, F64_LANES);
        const f64_pair at = f64_row_exp_by(f64_load_part_or(p, left, f64_set(-INFINITY)), shift, scale);
        lanes.lane[v] = f64_row_add(lanes.lane[v], at);
        if (beside) largest = f64_max(largest, f64_load_part_or(p + beside->ahead, left, f64_set(-INFINITY)));
        if (keep) f64_store_part(e + i + v * F64_LANES, at.high, left);
    }
    if (beside) beside->largest = largest;
    const double_pair all = f64_pair_lanes_sum(&lanes, F64_ROW_START);
    return f64_row_sum_of(all.high - F64_ROW_ONE, all.low);
}
INLINE double_pair f64_row_exponentials(const double *x, double *e, int keep, size_t columns, double m) {
    return f64_row_exponentials_by(x, e, keep, columns, m, NULL, NULL);
}
INLINE double_pair f64_row_exponentials_beside(const double *x, double *e, int keep, size_t columns, double m, f64_row_beside *beside,
                                               f64_row_last *last) {
    f64_row_finish_left(beside, last);
    return f64_row_exponentials_by(x, e, keep, columns, m, NULL, beside);
}

/* where the largest element outweighs all others, their sum anew without it, so that it is relatively right */
INLINE void f64_row_rest_by(const double *x, double *e, int keep, size_t columns, double m, const vd *scale, double_pair *s) {
    f64_pair_lanes lanes = f64_pair_lanes_set(0);
    for (size_t i = 0; i < columns; i += SUM_LANES)
        for (size_t v = 0; v < F64_VECTORS; ++v) {
            const size_t left = lanes_left(columns - i, v * F64_LANES, F64_LANES);
            vd at;
            if (keep)
                at = f64_load_part(e + i + v * F64_LANES, left);
            else
                at = f64_row_exp_by(f64_load_part_or(x + i + v * F64_LANES, left, f64_set(-INFINITY)), f64_set(m), scale).high;
            at = f64_select(f64_lt(at, f64_set(F64_ROW_ONE / 2)), at, f64_set(0));
            lanes.lane[v] = f64_pair_sum(lanes.lane[v], f64_pair_of(at, f64_set(0)));
        }
    const double_pair all = f64_pair_lanes_sum(&lanes, 0);
    *s = f64_row_sum_of(all.high, all.low);
}
/* e^(s (x - m)): as f32_scaled_exponentials */
typedef vd f64_row_scaling;
INLINE f64_row_scaling f64_row_scaling_of(double scale) { return f64_set(scale); }
INLINE double_pair f64_scaled_exponentials(const double *x, double *e, int keep, int small, size_t columns, double m,
                                           const f64_row_scaling *s) {
    double_pair rest;
    if (small)
        f64_row_rest_by(x, e, keep, columns, m, s, &rest);
    else
        rest = f64_row_exponentials_by(x, e, keep, columns, m, s, NULL);
    return rest;
}
NOINLINE void f64_row_rest(const double *x, double *e, int keep, size_t columns, double m, double_pair *s) {
    f64_row_rest_by(x, e, keep, columns, m, NULL, s);
}

#endif
