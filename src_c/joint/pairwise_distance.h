/* The p-norm of e = x1 - x2 + eps, row by row, p = 1, 2 or infinity; gradient by x1 of norms, by x2 its negative: sign(e), e / norm (0
 * where the norm is), or sign(e) shared among the largest. Differences and sums are double (double: pairs): within 0.51 ulp where x1 - x2
 * and eps do not cancel. Squares of doubles neither overflow nor vanish. */
typedef struct {
    double_pair norm; /* of e times unit */
    double unit, share; /* of those that are largest, each */
} NAMED(row_distance);

INLINE num NAMED(distance_term)(const SCALAR *a, const SCALAR *b, size_t left, vd unit, vd eps) {
    return num_plus(num_difference(num_load(a, left) * unit, num_load(b, left) * unit), num_product(eps, unit));
}
INLINE double_pair NAMED(distance_sum)(const SCALAR *a, const SCALAR *b, size_t columns, vd unit, vd eps, int squared) {
    num_lanes sum = num_lanes_zero();
    EACH_VECTOR(columns, i, left, v, {
        const num e = NAMED(distance_term)(a + i, b + i, left, unit, eps);
        num term = num_abs(e);
        if (squared) term = num_square(e);
        if (UNLIKELY(left < F64_LANES)) term = num_first(term, left);
        sum.lane[v] = num_plus(sum.lane[v], term);
    })
    return double_pair_finite(num_lanes_pair(sum));
}
/* the largest abs(e), and how many have it; NaN where one is */
INLINE double_pair NAMED(distance_most)(const SCALAR *a, const SCALAR *b, size_t columns, vd eps, double *count) {
    double_pair most = double_pair_of(0);
    for (int pass = 0; pass < 2; ++pass)
        for (size_t i = 0; i < columns; i += F64_LANES) {
            double high[F64_LANES], low[F64_LANES];
            const num e = num_normal(NAMED(distance_term)(a + i, b + i, columns - i, f64_set(1), eps));
            const f64_pair size = num_pair(num_abs(e));
            f64_store(high, size.high), f64_store(low, size.low);
            for (size_t k = 0; k < F64_LANES && i + k < columns; ++k) {
                const int more = high[k] > most.high || (high[k] == most.high && low[k] > most.low);
                if (pass)
                    *count += high[k] == most.high && low[k] == most.low;
                else if (more || high[k] != high[k])
                    most.high = high[k], most.low = low[k];
                if (most.high != most.high) return most;
            }
        }
    return most;
}
INLINE NAMED(row_distance) NAMED(row_distance_of)(const SCALAR *a, const SCALAR *b, size_t columns, double p, double eps) {
    NAMED(row_distance) d = {.unit = 1, .share = 1};
    if (p == 1) d.norm = NAMED(distance_sum)(a, b, columns, f64_set(1), f64_set(eps), 0);
    if (p == 2) {
        d.norm = NAMED(distance_sum)(a, b, columns, f64_set(1), f64_set(eps), 1);
        if (sizeof(SCALAR) == sizeof(double)) d.unit = unit_of_square(d.norm.high);
        if (UNLIKELY(d.unit != 1)) d.norm = NAMED(distance_sum)(a, b, columns, f64_set(d.unit), f64_set(eps), 1);
        d.norm = double_pair_finite(double_pair_sqrt(d.norm));
    }
    if (p > 2) {
        double count = 0;
        d.norm = NAMED(distance_most)(a, b, columns, f64_set(eps), &count);
        d.share = count > 0 ? 1 / count : NAN;
    }
    return d;
}
INLINE double_pair NAMED(distance_value)(NAMED(row_distance) d) { return double_pair_finite(double_pair_scaled(d.norm, 1 / d.unit)); }
/* what slopes are multiplied by: factor over the norm, or each one's share of it */
INLINE num NAMED(distance_steepness)(NAMED(row_distance) d, double p, double_pair factor) {
    if (p != 2) return num_from(double_pair_times(factor, double_pair_of(d.share)));
    return d.norm.high == 0 ? num_from(double_pair_of(0)) : num_from(double_pair_over(factor, d.norm));
}
/* of the distance by the element of a */
INLINE num NAMED(distance_slope)(const SCALAR *a, const SCALAR *b, size_t left, NAMED(row_distance) d, double p, double eps,
                                 num steepness) {
    const num e = NAMED(distance_term)(a, b, left, f64_set(d.unit), f64_set(eps)), zero = num_set(0, 0), most = num_from(d.norm);
    if (p == 2) return num_times(e, steepness);
    const md none = f64_eq(num_high(e), f64_set(0));
    const num sign = num_select(none, zero, num_times(num_with_sign(num_set(1, 0), e), steepness));
    if (p == 1) return num_select(f64_unordered(num_high(e), num_high(e)), e, sign);
    const md less = num_lt(num_abs(num_normal(e)), most);
    return num_select(f64_unordered(num_high(e), num_high(most)), most, num_select(less, zero, sign));
}

INLINE double_pair NAMED(pairwise_distance)(const SCALAR *const *x, size_t columns, const double *parameter, double_pair factor,
                                            SCALAR *const *gradient) {
    const double p = parameter[0], eps = parameter[1];
    const NAMED(row_distance) d = NAMED(row_distance_of)(x[0], x[1], columns, p, eps);
    const num steepness = NAMED(distance_steepness)(d, p, factor);
    for (size_t i = 0; (gradient[0] || gradient[1]) && i < columns; i += F64_LANES) {
        const size_t left = columns - i;
        const num slope = NAMED(distance_slope)(x[0] + i, x[1] + i, left, d, p, eps, steepness);
        if (gradient[0]) num_store_defined(gradient[0] + i, slope, f64_never(), left);
        if (gradient[1]) num_store_defined(gradient[1] + i, num_negative(slope), f64_never(), left);
    }
    return NAMED(distance_value)(d);
}
JOINT_ROWS(pairwise_distance, 2)
