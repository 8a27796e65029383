/* dish(x) = x (1 + x / sqrt(1 + x^2)) / 2; with t = x / sqrt(1 + x^2), dish'(x) = 1/2 + t - t^3 / 2 and dish'(x) = 1 - dish'(-x).
 *
 * Main range, a = abs(x) < 7.5: dish(-a) = -a H(2 a), H the derivative's table of squareplus, kept in two parts so that x times their
 * sum is rounded once. Value within 0.702 ulp, worst at -1.52699673.
 * Derivative from 16 segments, segment 12 centred on the root at -0.78615138, where t = (1 - sqrt(5)) / 2. Within 0.841 ulp, worst at
 * -0.665203631.
 * Farther out, plain double lanes, in which nothing cancels: dish(-a) = -a / (2 r (r + a)), r = sqrt(1 + a^2). */
#include "../math/rare.h"
#include "../math/tables/dish_derivative.h"

#define DISH_END 0x1.dffffep2f       /* below 7.5 and 4.65625, where the indices would wrap */
#define DISH_SLOPE_END 0x1.29fffep2f

INLINE vf dish_value_main_f32(vf x, mf *outside) {
    const vf a = f32_abs(x);
    const f32_segment s = squareplus_slope_segment_f32(a + a);
    *outside = f32_not_le(a, f32_set(DISH_END));
    return f32_sigmoid_product(x, f32_mirror(s, x), squareplus_derivative_degree);
}
/* 1 / (r (r + a)), which is 1 - a / r */
INLINE vd dish_rest_wide(vd a) {
    const vd root = f64_sqrt(f64_fma(a, a, f64_set(1)));
    return f64_set(1) / (root * (root + a));
}
INLINE vd dish_value_wide(vd x) {
    const vd a = f64_min(f64_set(0x1p128), f64_abs(x)), rest = f64_set(0.5) * dish_rest_wide(a);
    return f64_select(f64_lt(x, f64_set(0)), f64_set(0) - a * rest, f64_fnma(x, rest, x));
}
NOINLINE vf dish_value_tail_f32(vf x) {
    const vf y = f32_from_f64(dish_value_wide(f64_from_f32_low(x)), dish_value_wide(f64_from_f32_high(x)));
    return f32_select(f32_eq(f32_abs(x), f32_set(INFINITY)), f32_select(f32_sign_clear(x), x, f32_set(-0.0f)), y);
}
UNARY_TAILED_F32(dish_value)

/* c0 of the root's segment, where the table has 0, and what a float cannot hold of its c1 */
static const float dish_root_lows[2][16] ALIGNED(64) = {
    {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x1.92471p-28f, 0, 0, 0},
    {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x1.345deap-28f, 0, 0, 0},
};
/* dish'(x) = high + low, mirrored to 1 - dish'(-a) for positive x; d c1 may be the larger term of high in the root's segment alone */
INLINE f32_pair dish_slope_f32(vf x, mf *outside) {
    const vf a = f32_abs(x);
    const vi index = f32_segment_octave(a + f32_set(0.34375f));
    const f32_segment s = f32_segment_at(dish_derivative_table, dish_derivative_degree, a, index);
    const vf c0_low = f32_lookup16(dish_root_lows[0], index), c1_low = f32_lookup16(dish_root_lows[1], index);
    const vf q = f32_fma(f32_segment_polynomial(&s, 2, dish_derivative_degree), s.d, c1_low);
    const vf base = f32_select(f32_sign_clear(x), f32_set(1) - s.c[0], s.c[0]), d = f32_xor_not_sign(s.d, x);
    f32_pair r;
    *outside = f32_not_le(a, f32_set(DISH_SLOPE_END));
    r.high = f32_fma(d, s.c[1], base);
    r.low = f32_fma(d, q, f32_fma(d, s.c[1], base - r.high) + f32_xor_not_sign(c0_low, x));
    return r;
}
INLINE vf dish_derivative_main_f32(vf x, mf *outside) {
    const f32_pair s = dish_slope_f32(x, outside);
    return s.high + s.low;
}
INLINE vf dish_backward_main_f32(vf g, vf x, mf *outside) {
    const f32_pair s = dish_slope_f32(x, outside);
    return f32_fma(g, s.high, g * s.low);
}
/* with w = 1 - a / r, dish'(-a) = -w (1 - 3 w + w^2) / 2 */
INLINE vd dish_slope_wide(vd x) {
    const vd w = dish_rest_wide(f64_abs(x)), y = f64_set(-0.5) * w * f64_fma(w, w - f64_set(3), f64_set(1));
    return f64_select(f64_lt(x, f64_set(0)), y, f64_set(1) - y);
}
NOINLINE vf dish_derivative_tail_f32(vf x) {
    return f32_from_f64(dish_slope_wide(f64_from_f32_low(x)), dish_slope_wide(f64_from_f32_high(x)));
}
NOINLINE vf dish_backward_tail_f32(vf g, vf x) {
    return f32_from_f64(f64_from_f32_low(g) * dish_slope_wide(f64_from_f32_low(x)),
                        f64_from_f32_high(g) * dish_slope_wide(f64_from_f32_high(x)));
}
UNARY_TAILED_F32(dish_derivative)
BINARY_TAILED_F32(dish_backward, dish_derivative)

/* Double lanes, in pairs. With p = (sqrt(5) - 1) / 2, dish'(-a) = -p (a^2 - p) (a + (1 + p) r) / (2 r^3 (r + a) (a + p r)): its root is
 * where a^2 = p, and nothing else cancels. From 2^30 on, -1 / (4 a) and -1 / (4 a^2). */
#define DISH_FAR 0x1p30
typedef struct {
    f64_pair square, root, sum; /* a^2, r and r + a */
} f64_dish;
INLINE f64_dish dish_parts_f64(vd a) {
    f64_dish s;
    s.square = f64_product(a, a);
    const f64_pair v = f64_sum(f64_set(1), s.square.high);
    s.root = f64_pair_sqrt(f64_pair_of(v.high, v.low + s.square.low));
    s.sum = f64_sum_ordered(s.root.high, a);
    s.sum.low = s.sum.low + s.root.low;
    return s;
}
INLINE vd dish_value_far_f64(vd x) {
    const vd a = f64_abs(x), bounded = f64_min(f64_set(DISH_FAR), a);
    const f64_dish s = dish_parts_f64(bounded);
    const md negative = f64_lt(x, f64_set(0));
    const f64_pair at = f64_pair_of(bounded, f64_set(0));
    const f64_pair top = f64_pair_select(negative, at, f64_pair_product(at, s.sum));
    const f64_pair y = f64_pair_ratio(top, f64_pair_select(negative, f64_pair_product(s.root, s.sum), s.root));
    const vd near = f64_or_sign(f64_set(0.5) * (y.high + y.low), x);
    return f64_select(f64_lt(a, f64_set(DISH_FAR)), near, f64_select(negative, f64_set(0.25) / x, x));
}
INLINE f64_scaled_pair dish_slope_f64(vd x) {
    const vd a = f64_min(f64_set(0x1.fffffffffffffp1023), f64_abs(x)), bounded = f64_min(f64_set(DISH_FAR), a);
    const md far = f64_lt(f64_set(DISH_FAR), a), negative = f64_lt(x, f64_set(0));
    const vd down = f64_select(far, f64_set(1) / f64_power_of_two_of(a), f64_set(1)), unit = a * down;
    const f64_dish s = dish_parts_f64(bounded);
    const f64_pair p = f64_pair_set(0x1.3c6ef372fe950p-1, -0x1.f506319fcfd19p-55), one = f64_pair_set(1, 0);
    const f64_pair at = f64_pair_of(bounded, f64_set(0));
    /* a^2 - p, p in three parts */
    const f64_pair lower = f64_sum(s.square.low, f64_set(0) - p.low), upper = f64_sum(s.square.high, f64_set(0) - p.high);
    f64_pair distance = f64_sum(upper.high, lower.high);
    distance.low = distance.low + (upper.low + (lower.low - f64_set(0x1.b906821044ed8p-109)));
    const f64_pair part = f64_pair_product(p, s.root), below = f64_pair_sum(at, part), above = f64_pair_sum(below, s.root);
    const f64_pair top = f64_pair_product(f64_pair_product(p, distance), above);
    const f64_pair cube = f64_pair_product(f64_pair_square(s.root), s.root);
    const f64_pair bottom = f64_pair_product(f64_pair_product(cube, s.sum), below);
    const f64_pair divisor = f64_pair_select(far, f64_product(unit, unit), bottom);
    const f64_pair ratio = f64_pair_ratio(f64_pair_select(far, f64_pair_set(0.5, 0), top), divisor);
    const f64_pair y = f64_pair_scaled(ratio, f64_set(-0.5)), mirrored = f64_sum_ordered(f64_set(1), f64_set(0) - y.high);
    f64_scaled_pair r;
    r.pair = f64_pair_select(negative, y, f64_pair_select(far, one, f64_pair_of(mirrored.high, mirrored.low - y.low)));
    r.scale = f64_select(negative, down, f64_set(1));
    return r;
}
/* In the middle, x^2 + 1 up to 2^10, by multiplications alone, high and low parts apart (math/inverse_root_f64.h): with t = x / (2 r),
 * dish = x (1/2 + t) and dish' = 1/2 + t (1 + 1 / r^2). Where dish' is below 2^-12, about its root, too, the pairs above. */
INLINE f64_short_root dish_short_root_f64(vd x) {
    const vd one = f64_set(1), v = f64_fma(x, x, one), low = f64_fma(x, x, one - v);
    return f64_short_inverse_root(f64_pair_of(v, f64_select(f64_not_le(v, f64_set(0x1p10)), f64_set(NAN), low)));
}
INLINE vd dish_value_quick_f64(vd x) {
    const f64_pair factor = f64_half_more(f64_half_ratio(x, dish_short_root_f64(x)));
    return f64_fma(x, factor.high, x * factor.low);
}
INLINE f64_pair dish_near_slope_f64(vd x) {
    const f64_short_root s = dish_short_root_f64(x);
    const f64_pair t = f64_product(x, s.r), factor = f64_sum_ordered(f64_set(1), f64_set(4) * s.square);
    /* 1 + doubled = (1 + rest)^2, 1 + cubed = (1 + rest)^3 */
    const vd doubled = f64_fma(s.rest, s.rest, s.rest + s.rest), cubed = f64_fma(s.rest, doubled, s.rest) + doubled;
    const vd low = f64_fma(f64_set(4) * s.square, cubed, s.rest) + factor.low;
    const f64_pair p = f64_product(t.high, factor.high);
    const f64_pair y = f64_half_more(f64_pair_of(p.high, f64_fma(t.high, low, f64_fma(t.low, factor.high, p.low))));
    return f64_pair_of(f64_select(f64_not_ge(f64_abs(y.high), f64_set(0x1p-12)), f64_set(NAN), y.high), y.low);
}
INLINE vd dish_derivative_quick_f64(vd x) {
    const f64_pair slope = dish_near_slope_f64(x);
    return slope.high + slope.low;
}
INLINE vd dish_backward_quick_f64(vd g, vd x) {
    const f64_pair slope = dish_near_slope_f64(x);
    return f64_fma(g, slope.high, g * slope.low);
}
NOINLINE vd dish_value_rare_f64(vd x, vd y) { return f64_select(f64_unordered(y, y), dish_value_far_f64(x), y); }
NOINLINE vd dish_backward_rare_f64(vd g, vd x, vd y) {
    return f64_select(f64_unordered(y, y), f64_scaled_product(g, dish_slope_f64(x)), y);
}
INLINE vd dish_value_f64(vd x) {
    const vd y = dish_value_quick_f64(x);
    return UNLIKELY(f64_mask_any(f64_unordered(y, y))) ? dish_value_rare_f64(x, y) : y;
}
SLOPES_OR_RARE(dish, f64, vd)
UNARY_QUICK_F64(dish_value, dish_value_quick)
UNARY_QUICK_F64(dish_derivative, dish_derivative_quick)
BINARY_QUICK_F64(dish_backward, dish_backward_quick)
