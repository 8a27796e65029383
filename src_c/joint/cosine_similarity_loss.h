/* 1 - a b / (A B) of two rows, A and B their norms, at least eps; gradients (cos a / A - b / B) / A and (cos b / B - a / A) / B, without
 * the first term where the norm is below eps. Sums are double (double: pairs): within 0.51 ulp (gradients 0.53), or 2^-45 (2^-95)
 * of 1 for the loss, of abs(a) / A^2 and abs(b) / (A B) for gradients, where terms cancel. Squares of doubles neither overflow nor
 * vanish. */
typedef struct {
    double_pair aa, bb, ab;
} NAMED(row_products);

INLINE NAMED(row_products) NAMED(row_products_of)(const SCALAR *a, const SCALAR *b, size_t columns, vd a_unit, vd b_unit) {
    num_lanes aa = num_lanes_zero(), bb = num_lanes_zero(), ab = num_lanes_zero();
    EACH_VECTOR(columns, i, left, v, {
        const vd x = num_load(a + i, left) * a_unit, y = num_load(b + i, left) * b_unit;
        aa.lane[v] = num_plus(aa.lane[v], num_product(x, x));
        bb.lane[v] = num_plus(bb.lane[v], num_product(y, y));
        ab.lane[v] = num_plus(ab.lane[v], num_product(x, y));
    })
    const NAMED(row_products) r = {num_lanes_pair(aa), num_lanes_pair(bb), num_lanes_pair(ab)};
    return r;
}
INLINE double_pair NAMED(cosine_similarity_loss)(const SCALAR *const *x, size_t columns, const double *parameter, double_pair factor,
                                                 SCALAR *const *gradient) {
    const SCALAR *a = x[0], *b = x[1];
    double unit[2] = {1, 1};
    NAMED(row_products) s = NAMED(row_products_of)(a, b, columns, f64_set(1), f64_set(1));
    if (sizeof(SCALAR) == sizeof(double)) {
        unit[0] = unit_of_square(s.aa.high), unit[1] = unit_of_square(s.bb.high);
        if (UNLIKELY(unit[0] != 1 || unit[1] != 1)) s = NAMED(row_products_of)(a, b, columns, f64_set(unit[0]), f64_set(unit[1]));
    }
    double_pair norm[2] = {double_pair_sqrt(s.aa), double_pair_sqrt(s.bb)};
    int floored[2];
    for (int k = 0; k < 2; ++k) {
        floored[k] = norm[k].high < parameter[0] * unit[k];
        if (floored[k]) norm[k] = double_pair_of(parameter[0] * unit[k]);
    }
    const double_pair cosine = double_pair_over(double_pair_over(s.ab, norm[0]), norm[1]);
    const double_pair across = double_pair_over(double_pair_over(factor, norm[0]), norm[1]);
    num along[2];
    for (int k = 0; k < 2; ++k) {
        const double_pair share = double_pair_over(double_pair_over(double_pair_times(cosine, factor), norm[k]), norm[k]);
        along[k] = num_from(floored[k] ? double_pair_of(0) : share);
    }
    const num other = num_from(across);
    for (size_t i = 0; (gradient[0] || gradient[1]) && i < columns; i += F64_LANES) {
        const size_t left = columns - i;
        const vd units[2] = {f64_set(unit[0]), f64_set(unit[1])};
        const num p[2] = {num_of(num_load(a + i, left) * units[0]), num_of(num_load(b + i, left) * units[1])};
        for (int k = 0; k < 2; ++k) {
            const num slope = num_minus(num_times(p[k], along[k]), num_times(p[1 - k], other));
            if (gradient[k]) num_store_defined(gradient[k] + i, num_scaled(slope, units[k]), f64_never(), left);
        }
    }
    return double_pair_plus(double_pair_of(1), double_pair_negative(cosine));
}
JOINT_ROWS(cosine_similarity_loss, 2)
