/* softsign(x) = x / (1 + abs(x)); softsign'(x) = 1 / (1 + abs(x))^2; from the output, (1 - abs(y))^2.
 *
 * The divisor is kept as d + rest, exactly. Value: the quotient q, and what it leaves of x times 1 / d from the bits (6 %); above 2^23
 * double lanes, rounded once. Derivative: s = 1 / d, s^2 (1 + 2 c) with c = 1 - s (d + rest); above 2^24 double lanes.
 * Value within 0.531 ulp, worst at 1.02173672e-07; derivative rounded once, 0.5 ulp. */
#include "../math/rare.h"

/* 1 + a for a up to 2^24 */
INLINE f32_pair softsign_divisor_f32(vf a) {
    f32_pair d;
    d.high = f32_set(1) + a;
    d.low = a - (d.high - f32_set(1));
    return d;
}

INLINE vf softsign_value_quick_f32(vf x) {
    const vf a = f32_select(f32_not_le(f32_abs(x), f32_set(0x1p23f)), f32_set(NAN), f32_abs(x));
    const f32_pair d = softsign_divisor_f32(a);
    const vf q = x / d.high, inverse = f32_from_bits(i32_sub(i32_set(0x7EF127EA), f32_bits(d.high)));
    const vf excess = f32_fma(q, d.low, f32_fms(q, d.high, x)); /* +0 where x is 0, so that the difference keeps its sign */
    return f32_fnma(excess, inverse, q);
}
INLINE vd softsign_value_wide(vd x) {
    const vd a = f64_min(f64_set(0x1p60), f64_abs(x));
    return f64_or_sign(a / (f64_set(1) + a), x);
}
NOINLINE vf softsign_value_rare_f32(vf x, vf y) {
    const vf rare = f32_from_f64(softsign_value_wide(f64_from_f32_low(x)), softsign_value_wide(f64_from_f32_high(x)));
    return f32_select(f32_unordered(y, y), rare, y);
}
INLINE vf softsign_value_f32(vf x) {
    const vf y = softsign_value_quick_f32(x);
    return UNLIKELY(f32_mask_any(f32_unordered(y, y))) ? softsign_value_rare_f32(x, y) : y;
}
UNARY_QUICK_F32(softsign_value, softsign_value_quick)

/* softsign' = high + low */
INLINE f32_pair softsign_slope_f32(vf x, mf *outside) {
    const vf a = f32_abs(x);
    const f32_pair d = softsign_divisor_f32(a);
    const vf s = f32_set(1) / d.high, c = f32_fnma(s, d.low, f32_fnma(s, d.high, f32_set(1)));
    f32_pair slope;
    slope.high = s * s;
    slope.low = f32_fma(slope.high + slope.high, c, f32_fms(s, s, slope.high));
    *outside = f32_not_le(a, f32_set(0x1p24f));
    return slope;
}
INLINE vf softsign_derivative_main_f32(vf x, mf *outside) {
    const f32_pair slope = softsign_slope_f32(x, outside);
    return slope.high + slope.low;
}
INLINE vf softsign_backward_main_f32(vf g, vf x, mf *outside) {
    const f32_pair slope = softsign_slope_f32(x, outside);
    return f32_fma(g, slope.high, g * slope.low);
}
INLINE vd softsign_backward_wide(vd g, vd x) {
    const vd d = f64_set(1) + f64_abs(x);
    return g / (d * d);
}
NOINLINE vf softsign_backward_tail_f32(vf g, vf x) {
    return f32_from_f64(softsign_backward_wide(f64_from_f32_low(g), f64_from_f32_low(x)),
                        softsign_backward_wide(f64_from_f32_high(g), f64_from_f32_high(x)));
}
INLINE vf softsign_derivative_tail_f32(vf x) { return softsign_backward_tail_f32(f32_set(1), x); }
UNARY_TAILED_F32(softsign_derivative)
BINARY_TAILED_F32(softsign_backward, softsign_derivative)

INLINE vf softsign_backward_from_output_f32(vf g, vf y) {
    const vf a = f32_abs(y), u = f32_set(1) - a, low = (f32_set(1) - u) - a;
    return g * f32_fma(u, u, f32_set(2) * (u * low));
}
BINARY_F32(softsign_backward_from_output)

/* Double lanes: the same up to 2^40. Beyond, one minus 1 / d; the derivative of a scaled divisor in [1, 2], the power of two left to a
 * factor. */
INLINE f64_pair softsign_divisor_f64(vd a) { return f64_sum_ordered(f64_max(f64_set(1), a), f64_min(f64_set(1), a)); }
INLINE vd softsign_near_f64(vd x) { return f64_select(f64_not_le(f64_abs(x), f64_set(0x1p40)), f64_set(NAN), f64_abs(x)); }
INLINE f64_pair softsign_near_divisor_f64(vd a) {
    const vd d = f64_set(1) + a;
    return f64_pair_of(d, a - (d - f64_set(1)));
}

INLINE vd softsign_value_quick_f64(vd x) {
    const vd a = softsign_near_f64(x);
    const f64_pair d = softsign_near_divisor_f64(a);
    const vd q = a / d.high, rest = f64_fnma(q, d.low, f64_fnma(q, d.high, a));
    return f64_or_sign(f64_fma(rest, f64_set(1) - q, q), x);
}
NOINLINE vd softsign_value_rare_f64(vd x, vd y) {
    const vd far = f64_set(1) - f64_set(1) / f64_min(f64_set(0x1p60), f64_abs(x));
    return f64_select(f64_unordered(y, y), f64_or_sign(far, x), y);
}
INLINE vd softsign_value_f64(vd x) {
    const vd y = softsign_value_quick_f64(x);
    return UNLIKELY(f64_mask_any(f64_unordered(y, y))) ? softsign_value_rare_f64(x, y) : y;
}
INLINE f64_scaled_pair softsign_slope_f64(vd x) {
    f64_pair d = softsign_divisor_f64(f64_min(f64_set(0x1.fffffffffffffp1023), f64_abs(x)));
    f64_scaled_pair r;
    r.scale = f64_set(1) / f64_power_of_two_of(d.high);
    d = f64_pair_scaled(d, r.scale);
    const vd s = f64_set(1) / d.high, square = s * s, rest = f64_fnma(s, d.low, f64_fnma(s, d.high, f64_set(1)));
    r.pair = f64_pair_of(square, f64_fma(square + square, rest, f64_fms(s, s, square)));
    return r;
}
INLINE f64_pair softsign_near_slope_f64(vd x) {
    const f64_pair d = softsign_near_divisor_f64(softsign_near_f64(x));
    const vd s = f64_set(1) / d.high, rest = f64_fnma(s, d.low, f64_fnma(s, d.high, f64_set(1))), square = s * s;
    return f64_pair_of(square, f64_fma(square + square, rest, f64_fms(s, s, square)));
}
INLINE vd softsign_derivative_quick_f64(vd x) {
    const f64_pair slope = softsign_near_slope_f64(x);
    return slope.high + slope.low;
}
INLINE vd softsign_backward_quick_f64(vd g, vd x) {
    const f64_pair slope = softsign_near_slope_f64(x);
    return f64_fma(g, slope.high, g * slope.low);
}
NOINLINE vd softsign_backward_rare_f64(vd g, vd x, vd y) {
    return f64_select(f64_unordered(y, y), f64_scaled_product(g, softsign_slope_f64(x)), y);
}
SLOPES_OR_RARE(softsign, f64, vd)
INLINE vd softsign_backward_from_output_f64(vd g, vd y) {
    const vd a = f64_abs(y), u = f64_set(1) - a, low = (f64_set(1) - u) - a;
    return g * f64_fma(u, u, f64_set(2) * (u * low));
}
UNARY_QUICK_F64(softsign_value, softsign_value_quick)
UNARY_QUICK_F64(softsign_derivative, softsign_derivative_quick)
BINARY_QUICK_F64(softsign_backward, softsign_backward_quick)
BINARY_LIGHT_F64(softsign_backward_from_output)
