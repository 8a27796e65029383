/* l2_normalize(x) = x / max(norm, eps), norm = sqrt(sum x^2); backward: (g - x sum(g x) / norm^2) / norm, g / eps where norm < eps.
 *
 * Float rows go through double lanes, where no square overflows or vanishes: one rounding, 0.51 ulp. Double rows are scaled by a power
 * of two first, their sums are pairs: 0.51 ulp. A row of zeros stays one; NaN makes the row NaN; an infinite element makes itself
 * NaN and the others 0. Backward: within 0.51 ulp (double: 1.5), or 2^-45 (2^-100) of abs(g) / norm and the subtracted term where the two
 * cancel. */
#include "rows.h"

/* ---- float ---- */
typedef struct {
    double square, dot; /* sum x^2, sum g x */
} f32_row_products;

INLINE f32_row_products f32_row_products_of(const float *x, const float *g, size_t columns) {
    f64_lanes square = f64_lanes_set(0), dot = f64_lanes_set(0);
    f64_lanes_add_products(&square, x, x, columns);
    if (g) f64_lanes_add_products(&dot, g, x, columns);
    const f32_row_products p = {f64_lanes_sum(square), g ? f64_lanes_sum(dot) : 0};
    return p;
}
/* 1 / max(norm, eps) */
INLINE vd f64_inverse_norm(vd square, double eps) { return f64_set(1) / f64_max(f64_set(eps), f64_sqrt(square)); }
INLINE vf f32_times_wide(vf x, vd low, vd high) {
    const f64_wide at = f64_wide_of(x), y = {at.low * low, at.high * high};
    return f32_canonical(f32_narrow(y));
}
INLINE void f32_normalize_short(size_t rows, size_t columns, const float *x, float *y, double eps) {
    f32_tile tile;
    f32_tile_load(tile, x, rows, columns);
    f64_wide square = f64_wide_of(f32_set(0));
    for (size_t c = 0; c < columns; ++c) {
        const f64_wide at = f64_wide_of(f32_load(tile[c]));
        square.low = f64_fma(at.low, at.low, square.low);
        square.high = f64_fma(at.high, at.high, square.high);
    }
    const vd low = f64_inverse_norm(square.low, eps), high = F32_LANES > F64_LANES ? f64_inverse_norm(square.high, eps) : low;
    for (size_t c = 0; c < columns; ++c) f32_store(tile[c], f32_times_wide(f32_load(tile[c]), low, high));
    f32_tile_store(tile, y, rows, columns);
}
ROWS_KERNEL(rows_l2_normalize_f32) {
    const float *x = a;
    float *y = out;
    UNUSED(b);
    for (size_t r = 0; columns <= SHORT && r < rows; r += F32_LANES)
        f32_normalize_short(rows - r, columns, x + r * columns, y + r * columns, parameters[0]);
    for (size_t r = 0; columns > SHORT && r < rows; ++r, x += columns, y += columns) {
        double inverse[F64_LANES];
        const vd wide = f64_inverse_norm(f64_set(f32_row_products_of(x, NULL, columns).square), parameters[0]);
        f64_store(inverse, wide);
        const double_pair ratio = {inverse[0] * F32_ROW_ONE, 0};
        const f32_row_factor factor = f32_row_factor_of(ratio);
        /* as a factor in float lanes where they hold it, and where no element is infinite or NaN */
        const int fits = LIKELY(inverse[0] > 0 && inverse[0] <= F32_FACTOR_MOST);
        size_t i = 0;
        for (; fits && i + 4 * F32_LANES <= columns; i += 4 * F32_LANES)
            for (size_t j = i; j < i + 4 * F32_LANES; j += F32_LANES) f32_store(y + j, f32_row_times(f32_load(x + j), factor));
        for (; i < columns; i += F32_LANES) {
            const size_t left = lanes_left(columns, i, F32_LANES);
            const vf at = f32_load_part(x + i, left);
            f32_store_part(y + i, fits ? f32_row_times(at, factor) : f32_times_wide(at, wide, wide), left);
        }
    }
}
INLINE vd f64_normalize_slope(vd g, vd x, vd share, vd inverse) { return f64_fnma(x, share, g) * inverse; }
ROWS_KERNEL(rows_l2_normalize_backward_f32) {
    const float *g = a, *x = b;
    float *dx = out;
    for (size_t r = 0; r < rows; ++r, g += columns, x += columns, dx += columns) {
        const f32_row_products p = f32_row_products_of(x, g, columns);
        const double norm = sqrt(p.square), eps = parameters[0];
        const vd inverse = f64_set(1 / (norm < eps ? eps : norm)), share = f64_set(norm < eps ? 0 : p.dot / p.square);
        for (size_t i = 0; i < columns; i += F32_LANES) {
            const size_t left = lanes_left(columns, i, F32_LANES);
            const f64_wide grad = f64_wide_of(f32_load_part(g + i, left)), at = f64_wide_of(f32_load_part(x + i, left));
            const f64_wide slope = {f64_normalize_slope(grad.low, at.low, share, inverse),
                                    f64_normalize_slope(grad.high, at.high, share, inverse)};
            f32_store_part(dx + i, f32_canonical(f32_narrow(slope)), left);
        }
    }
}

/* ---- double ---- */
/* 2^-exponent of the largest element, so that squares neither overflow nor vanish; NaN and infinities find no use for it */
INLINE double f64_row_unit(const double *x, size_t columns) {
    vd most = f64_set(0);
    double lanes[F64_LANES], largest = 0;
    for (size_t i = 0; i < columns; i += F64_LANES) most = f64_max(most, f64_abs(f64_load_part(x + i, lanes_left(columns, i, F64_LANES))));
    f64_store(lanes, most);
    for (int k = 0; k < F64_LANES; ++k)
        if (lanes[k] > largest) largest = lanes[k];
    if (!(largest < INFINITY)) return 1;
    const vd n = f64_from_bits(i64_or(i64_shift_right(f64_bits(f64_set(largest)), 52), f64_bits(f64_set(0x1p52)))) - f64_set(0x1p52 + 1023);
    f64_store(lanes, f64_two_to(f64_set(0) - f64_min(f64_set(1000), f64_max(f64_set(-1000), n))));
    return lanes[0];
}
INLINE double_pair f64_row_product(const double *g, double g_unit, const double *x, double x_unit, size_t columns) {
    f64_pair_lanes sum = f64_pair_lanes_set(0);
    f64_pair_lanes_add_products(&sum, g, g_unit, x, x_unit, columns);
    return f64_pair_lanes_sum(&sum, 0);
}
INLINE double_pair f64_row_square(const double *x, size_t columns, double unit) { return f64_row_product(x, unit, x, unit, columns); }
INLINE double_pair double_pair_sqrt(double_pair a) {
    const double root = sqrt(a.high), low = root > 0 ? (fma(-root, root, a.high) + a.low) / (2 * root) : 0;
    const double_pair r = {root, low == low ? low : 0};
    return r;
}
/* the low part of a quotient of infinities or by zero is no correction */
INLINE double_pair double_pair_inverse(double_pair a) {
    const double_pair one = {1, 0};
    double_pair r = double_pair_ratio(one, a);
    if (r.low != r.low || r.high - r.high != 0) r.low = 0;
    return r;
}
typedef struct {
    double unit;
    double_pair inverse; /* of the norm of the row times unit */
    int small;           /* the norm is less than eps */
} f64_row_norm;
INLINE f64_row_norm f64_row_norm_of(const double *x, size_t columns, double eps) {
    const double unit = f64_row_unit(x, columns);
    const double_pair norm = double_pair_sqrt(f64_row_square(x, columns, unit));
    const f64_row_norm r = {unit, double_pair_inverse(norm), norm.high < eps * unit};
    return r;
}
INLINE vd f64_normalized(vd x, vd unit, vd high, vd low) {
    const vd scaled = x * unit;
    return f64_canonical(f64_fma(scaled, high, scaled * low));
}
/* The norm of a row is taken before the row above it is divided by its own, which is then not waited for: 256 columns 0.53 to 0.46 ns a
 * double. y may be x. */
ROWS_KERNEL(rows_l2_normalize_f64) {
    const double *x = a, eps = parameters[0];
    double *y = out;
    UNUSED(b);
    f64_row_norm next = f64_row_norm_of(x, columns, eps);
    for (size_t r = 0; r < rows; ++r, x += columns, y += columns) {
        const f64_row_norm norm = next;
        const vd unit = f64_set(norm.unit), high = f64_set(norm.inverse.high), low = f64_set(norm.inverse.low);
        size_t i = 0;
        if (r + 1 < rows) next = f64_row_norm_of(x + columns, columns, eps);
        for (; LIKELY(!norm.small) && i + F64_LANES <= columns; i += F64_LANES)
            f64_store(y + i, f64_normalized(f64_load(x + i), unit, high, low));
        for (; i < columns; i += F64_LANES) {
            const size_t left = lanes_left(columns, i, F64_LANES);
            const vd at = f64_load_part(x + i, left);
            const vd value = norm.small ? f64_canonical(at / f64_set(eps)) : f64_normalized(at, unit, high, low);
            f64_store_part(y + i, value, left);
        }
    }
}
ROWS_KERNEL(rows_l2_normalize_backward_f64) {
    const double *g = a, *x = b, eps = parameters[0];
    double *dx = out;
    for (size_t r = 0; r < rows; ++r, g += columns, x += columns, dx += columns) {
        const double unit = f64_row_unit(x, columns), g_unit = f64_row_unit(g, columns);
        const double_pair square = f64_row_square(x, columns, unit), norm = double_pair_sqrt(square);
        const int small = norm.high < eps * unit;
        double_pair share = double_pair_ratio(f64_row_product(g, g_unit, x, unit, columns), square);
        const double_pair inverse = double_pair_inverse(norm);
        if (share.low != share.low || share.high - share.high != 0) share.low = 0;
        for (size_t i = 0; i < columns; i += F64_LANES) {
            const size_t left = lanes_left(columns, i, F64_LANES);
            const vd grad = f64_load_part(g + i, left), at = f64_load_part(x + i, left) * f64_set(unit);
            const f64_pair rest = f64_sum(f64_fnma(at, f64_set(share.high), grad * f64_set(g_unit)), f64_set(0) - at * f64_set(share.low));
            const vd low = f64_fma(rest.high, f64_set(inverse.low), rest.low * f64_set(inverse.high));
            const vd slope = f64_fma(rest.high, f64_set(inverse.high), f64_finite_low(rest.high * f64_set(inverse.high), low));
            vd back = slope * f64_set(g_unit > unit ? unit : 1 / g_unit) * f64_set(g_unit > unit ? 1 / g_unit : unit);
            if (small) back = grad / f64_set(eps);
            f64_store_part(dx + i, f64_canonical(back), left);
        }
    }
}
