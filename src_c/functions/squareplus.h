/* squareplus(x) = (x + sqrt(x^2 + b)) / 2; squareplus'(x) = (1 + x / sqrt(x^2 + b)) / 2.
 *
 * b = 4 in float lanes. Value, up to abs(x) = 64: the root and what its rounding lost; 2^-12 of it and more is left of the sum. Within
 * 0.529 ulp, worst at -63.9898376.
 * Derivative, a = abs(x) < 15: H(a) = (1 - a / sqrt(a^2 + 4)) / 2 from 16 segments, four an octave of a + 1, for x < 0, 1 - H(x) else.
 * Within 0.660 ulp, worst at -7.06675816.
 * Other b: the same of x^2 + b in two parts, and of 2 x / sqrt(b). Farther out plain double lanes, rounded once. */
#include "../math/tables/squareplus_derivative.h"

#define SQUAREPLUS_END 64
#define SQUAREPLUS_SLOPE_END 0x1.dffffep3f /* below 15, where the index would wrap */

INLINE vf squareplus_value_default_main_f32(vf x, mf *outside) {
    const vf four = f32_set(4), v = f32_fma(x, x, four);
    const f32_pair root = f32_root_of_pair(v, f32_fma(x, x, four - v));
    const vf sum = root.high + x;
    *outside = f32_not_le(f32_abs(x), f32_set(SQUAREPLUS_END));
    return f32_set(0.5f) * (sum + ((x - (sum - root.high)) + root.low));
}
/* For floats in double lanes: nothing cancels, no square leaves the range. */
INLINE vd squareplus_value_wide(vd x, const vd *p) {
    const vd a = f64_abs(x), sum = a + f64_sqrt(f64_fma(a, a, p[0]));
    return f64_select(f64_lt(x, f64_set(0)), f64_set(0.5) * p[0] / sum, f64_set(0.5) * sum);
}
NOINLINE vf squareplus_value_default_tail_f32(vf x) {
    const vd b = f64_set(4);
    return f32_from_f64(squareplus_value_wide(f64_from_f32_low(x), &b), squareplus_value_wide(f64_from_f32_high(x), &b));
}
UNARY_TAILED_F32(squareplus_value_default)

INLINE f32_segment squareplus_slope_segment_f32(vf a) {
    return f32_segment_at(squareplus_derivative_table, squareplus_derivative_degree, a, f32_segment_octave(a + f32_set(1)));
}
INLINE vd squareplus_derivative_wide(vd x, const vd *p) {
    const vd a = f64_abs(x), root = f64_sqrt(f64_fma(a, a, p[0])), sum = a + root;
    const vd small = f64_set(0.5) * p[0] / (root * sum);
    return f64_select(f64_lt(x, f64_set(0)), small, f64_set(1) - small);
}
INLINE vd squareplus_backward_wide(vd g, vd x, const vd *p) { return g * squareplus_derivative_wide(x, p); }
INLINE vf squareplus_derivative_default_main_f32(vf x, mf *outside) {
    const vf a = f32_abs(x);
    const f32_segment s = squareplus_slope_segment_f32(a);
    const vf p = f32_xor_not_sign(f32_segment_polynomial(&s, 1, squareplus_derivative_degree), x);
    *outside = f32_not_le(a, f32_set(SQUAREPLUS_SLOPE_END));
    return f32_fma(s.d, p, f32_select(f32_sign_clear(x), f32_set(1) - s.c[0], s.c[0]));
}
NOINLINE vf squareplus_derivative_default_tail_f32(vf x) {
    const vd b = f64_set(4);
    return f32_from_f64(squareplus_derivative_wide(f64_from_f32_low(x), &b), squareplus_derivative_wide(f64_from_f32_high(x), &b));
}
UNARY_TAILED_F32(squareplus_derivative_default)

INLINE vf squareplus_backward_default_main_f32(vf g, vf x, mf *outside) {
    const vf a = f32_abs(x);
    const f32_segment s = squareplus_slope_segment_f32(a);
    const vf rest = f32_xor_not_sign(s.d, x) * f32_segment_polynomial(&s, 1, squareplus_derivative_degree);
    *outside = f32_not_le(a, f32_set(SQUAREPLUS_SLOPE_END));
    return f32_fma(g, f32_select(f32_sign_clear(x), f32_set(1) - s.c[0], s.c[0]), g * rest);
}
NOINLINE vf squareplus_backward_default_tail_f32(vf g, vf x) {
    const vd b = f64_set(4);
    return f32_from_f64(squareplus_backward_wide(f64_from_f32_low(g), f64_from_f32_low(x), &b),
                        squareplus_backward_wide(f64_from_f32_high(g), f64_from_f32_high(x), &b));
}
BINARY_TAILED_F32(squareplus_backward_default, squareplus_derivative_default)

/* Double lanes: a = abs(x), r = sqrt(a^2 + b) as a pair and s = a + r, all in units of `up`, the power of two of the larger of a and
 * sqrt(b). Value s / 2 or b / (2 s), derivative s / (2 r) or b / (2 r s). */
typedef struct {
    f64_pair root, sum;
    vd up, down;
} f64_squareplus;

INLINE f64_squareplus squareplus_parts_f64(vd a, vd b) {
    f64_squareplus s;
    s.up = f64_power_of_two_of(f64_max(f64_set(0x1p-1000), f64_max(a, f64_sqrt(b))));
    s.down = f64_set(1) / s.up;
    const vd unit = a * s.down;
    const f64_pair square = f64_product(unit, unit), v = f64_sum(square.high, b * s.down * s.down);
    s.root = f64_pair_sqrt(f64_pair_of(v.high, v.low + square.low));
    s.sum = f64_pair_sum(f64_pair_of(unit, f64_set(0)), s.root);
    return s;
}
INLINE vd squareplus_value_far_f64(vd x, const vd *p) {
    const vd a = f64_min(f64_set(0x1.fffffffffffffp1023), f64_abs(x));
    const f64_squareplus s = squareplus_parts_f64(a, p[0]);
    const f64_pair small = f64_pair_ratio(f64_pair_of(p[0], f64_set(0)), s.sum);
    const md negative = f64_lt(x, f64_set(0));
    const f64_pair y = f64_pair_select(negative, small, s.sum);
    const vd finite = f64_set(0.5) * (y.high + y.low) * f64_select(negative, s.down, s.up);
    return f64_select(f64_lt(a, f64_abs(x)), f64_select(negative, f64_set(0), x), finite);
}
/* the slope is pair first last */
typedef struct {
    f64_pair pair;
    vd first, last;
} f64_squareplus_slope;
INLINE f64_squareplus_slope squareplus_slope_f64(vd x, vd b) {
    const f64_squareplus s = squareplus_parts_f64(f64_min(f64_set(0x1.fffffffffffffp1023), f64_abs(x)), b);
    const md negative = f64_lt(x, f64_set(0)), large = f64_lt(f64_set(1), b);
    const f64_pair divisor = f64_pair_select(negative, f64_pair_product(s.root, s.sum), s.root);
    /* one of the two factors `down` at once where b could overflow, at the end where it could underflow */
    const vd early = f64_select(large, s.down, f64_set(1)), late = f64_select(large, f64_set(1), s.down), one = f64_set(1);
    f64_squareplus_slope r;
    r.pair = f64_pair_ratio(f64_pair_select(negative, f64_pair_of(b * early, f64_set(0)), s.sum), f64_pair_scaled(divisor, f64_set(2)));
    r.first = f64_select(negative, s.down, one);
    r.last = f64_select(negative, late, one);
    return r;
}
INLINE vd squareplus_backward_far_f64(vd g, vd x, vd b) {
    const f64_squareplus_slope s = squareplus_slope_f64(x, b);
    const f64_scaled_pair slope = {s.pair, f64_set(1)};
    return f64_scaled_product(g, slope) * s.first * s.last;
}
/* In the middle, x^2 + b up to 2^10 b, nothing is scaled or divided: what cancels leaves 2^-12 of parts that are right to 2^-72. NaN
 * elsewhere, and for b beyond 2^-400 and 2^400. */
INLINE f64_pair squareplus_near_square_f64(vd x, vd b) {
    const md far = f64_mask_or(f64_not_ge(b, f64_set(0x1p-400)), f64_not_le(b, f64_set(0x1p400)));
    const vd largest = f64_select(far, f64_set(NAN), f64_set(0x1p10) * b);
    const f64_pair square = f64_product(x, x), v = f64_sum(square.high, b);
    return f64_pair_of(v.high, f64_select(f64_not_le(v.high, largest), f64_set(NAN), v.low + square.low));
}
INLINE vd squareplus_value_quick_f64(vd x, const vd *p) {
    const f64_pair root = f64_short_root_of_pair(squareplus_near_square_f64(x, p[0])), sum = f64_sum_ordered(root.high, x);
    return f64_set(0.5) * (sum.high + (sum.low + root.low));
}
INLINE f64_pair squareplus_near_slope_f64(vd x, vd b) {
    return f64_half_more(f64_half_ratio(x, f64_short_inverse_root(squareplus_near_square_f64(x, b))));
}
INLINE vd squareplus_derivative_quick_f64(vd x, const vd *p) {
    const f64_pair slope = squareplus_near_slope_f64(x, p[0]);
    return slope.high + slope.low;
}
INLINE vd squareplus_backward_quick_f64(vd g, vd x, const vd *p) {
    const f64_pair slope = squareplus_near_slope_f64(x, p[0]);
    return f64_fma(g, slope.high, g * slope.low);
}
NOINLINE vd squareplus_value_rare_f64(vd x, const vd *p, vd y) {
    return f64_select(f64_unordered(y, y), squareplus_value_far_f64(x, p), y);
}
NOINLINE vd squareplus_backward_rare_f64(vd g, vd x, const vd *p, vd y) {
    return f64_select(f64_unordered(y, y), squareplus_backward_far_f64(g, x, p[0]), y);
}
INLINE vd squareplus_value_f64(vd x, const vd *p) {
    const vd y = squareplus_value_quick_f64(x, p);
    return UNLIKELY(f64_mask_any(f64_unordered(y, y))) ? squareplus_value_rare_f64(x, p, y) : y;
}
INLINE vd squareplus_backward_f64(vd g, vd x, const vd *p) {
    const vd y = squareplus_backward_quick_f64(g, x, p);
    return UNLIKELY(f64_mask_any(f64_unordered(y, y))) ? squareplus_backward_rare_f64(g, x, p, y) : y;
}
INLINE vd squareplus_derivative_f64(vd x, const vd *p) {
    const vd y = squareplus_derivative_quick_f64(x, p);
    return UNLIKELY(f64_mask_any(f64_unordered(y, y))) ? squareplus_backward_rare_f64(f64_set(1), x, p, y) : y;
}
UNARY_P_QUICK_F64(squareplus_value, 1, squareplus_value_quick)
UNARY_P_QUICK_F64(squareplus_derivative, 1, squareplus_derivative_quick)
BINARY_P_QUICK_F64(squareplus_backward, 1, squareplus_backward_quick)
/* Float lanes with another b, up to x^2 = 2^10 b. */
INLINE vf squareplus_value_near_f32(vf x, const vf *p) {
    const vf b = f32_select(f32_lt(f32_set(0), p[0]), f32_parameter(p[0]), f32_set(NAN));
    const f32_pair square = f32_product(x, x), v = f32_two_sum(square.high, b);
    const f32_pair root = f32_root_of_pair(v.high, v.low + square.low);
    const vf sum = root.high + x;
    const vf y = f32_set(0.5f) * (sum + ((x - (sum - root.high)) + root.low));
    return f32_nan_where(f32_not_le(square.high, f32_set(0x1p10f) * b), y);
}
/* 2 x / sqrt(b) in two parts */
INLINE f32_pair squareplus_argument_near_f32(vf x, vf b) {
    const vf usual = f32_select(f32_lt(f32_set(0), b), f32_parameter(b), f32_set(NAN)), root = f32_sqrt(usual);
    const vf rest = f32_fnma(root, root, usual) / (root + root); /* of the root */
    const vf unit = f32_set(2) / root, lost = f32_fnma(unit, rest, f32_fnma(unit, root, f32_set(2))) / root;
    return f32_pair_product(f32_pair_of(x, f32_set(0)), f32_pair_of(unit, lost));
}
/* in two parts */
INLINE f32_pair squareplus_slope_near_f32(vf x, vf b) {
    const f32_pair u = squareplus_argument_near_f32(x, b), a = f32_pair_below(f32_pair_abs(u), SQUAREPLUS_SLOPE_END);
    const f32_segment s = f32_segment_moved(squareplus_slope_segment_f32(a.high), a);
    return f32_pair_of(f32_select(f32_sign_clear(x), f32_set(1) - s.c[0], s.c[0]),
                       f32_xor_not_sign(s.d, x) * f32_segment_polynomial(&s, 1, squareplus_derivative_degree));
}
INLINE vf squareplus_derivative_near_f32(vf x, const vf *p) {
    const f32_pair slope = squareplus_slope_near_f32(x, p[0]);
    return slope.high + slope.low;
}
INLINE vf squareplus_backward_near_f32(vf g, vf x, const vf *p) { return f32_times_pair(g, squareplus_slope_near_f32(x, p[0])); }
UNARY_NEAR_F32(squareplus_value, 4.0f)
UNARY_NEAR_F32(squareplus_derivative, 4.0f)
BINARY_NEAR_F32(squareplus_backward, 4.0f)
