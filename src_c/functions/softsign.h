/* softsign(x) = x / (1 + abs(x)); softsign'(x) = 1 / (1 + abs(x))^2; from the output, (1 - abs(y))^2.
 *
 * The divisor is kept as d + rest, exactly. a / d below 1, one minus 1 / d from there on; what the quotient q lost comes back times
 * 1 / (1 + a), which is 1 - q below 1 and q from there on.
 * Value within 0.750 ulp, worst at 2.51895404. Derivative: s = 1 / d, s^2 (1 + 2 c) with c = 1 - s (d + rest). Within 0.9996 ulp, worst at
 * 8.59980216e+18, where 2 c s^2 is too small for a float. */

INLINE f32_pair softsign_divisor_f32(vf a) {
    const vf large = f32_max(f32_set(1), a), small = f32_min(f32_set(1), a);
    f32_pair d;
    d.high = large + small;
    d.low = small - (d.high - large);
    return d;
}

INLINE vf softsign_value_f32(vf x) {
    const vf a = f32_min(f32_set(0x1p30f), f32_abs(x)), small = f32_min(f32_set(1), a);
    const f32_pair d = softsign_divisor_f32(a);
    const mf below_one = f32_lt(a, f32_set(1));
    const vf q = small / d.high, rest = f32_fnma(q, d.low, f32_fnma(q, d.high, small));
    const vf y = f32_fma(rest, f32_select(below_one, f32_set(1) - q, q), q);
    return f32_or_sign(f32_select(below_one, y, f32_set(1) - y), x);
}
UNARY_F32(softsign_value)

/* softsign' = s^2 + low */
INLINE vf softsign_slope_f32(vf a, vf *low) {
    const f32_pair d = softsign_divisor_f32(a);
    const vf s = f32_set(1) / d.high, square = s * s;
    *low = (square + square) * f32_fnma(s, d.low, f32_fnma(s, d.high, f32_set(1)));
    return s;
}
INLINE vf softsign_derivative_f32(vf x) {
    vf low;
    const vf s = softsign_slope_f32(f32_min(f32_set(0x1p80f), f32_abs(x)), &low);
    return f32_fma(s, s, low);
}
UNARY_F32(softsign_derivative)

INLINE vf softsign_backward_main_f32(vf g, vf x, mf *outside) {
    const vf a = f32_abs(x);
    vf low;
    const vf s = softsign_slope_f32(a, &low), high = s * s;
    *outside = f32_not_le(a, f32_set(0x1p40f));
    return f32_fma(g, high, g * (f32_fms(s, s, high) + low));
}
/* where s^2 may be too small for a float and the gradient large: double lanes */
INLINE vd softsign_backward_wide(vd g, vd x) {
    const vd d = f64_set(1) + f64_abs(x);
    return g / (d * d);
}
NOINLINE vf softsign_backward_tail_f32(vf g, vf x) {
    return f32_from_f64(softsign_backward_wide(f64_from_f32_low(g), f64_from_f32_low(x)),
                        softsign_backward_wide(f64_from_f32_high(g), f64_from_f32_high(x)));
}
BINARY_TAILED_F32(softsign_backward, softsign_derivative)

INLINE vf softsign_backward_from_output_f32(vf g, vf y) {
    const vf a = f32_abs(y), u = f32_set(1) - a, low = (f32_set(1) - u) - a;
    return g * f32_fma(u, u, f32_set(2) * (u * low));
}
BINARY_F32(softsign_backward_from_output)

/* Double lanes: the same. The derivative is taken of a scaled divisor in [1, 2], the power of two left to a factor. */
INLINE f64_pair softsign_divisor_f64(vd a) { return f64_sum_ordered(f64_max(f64_set(1), a), f64_min(f64_set(1), a)); }

INLINE vd softsign_value_f64(vd x) {
    const vd a = f64_min(f64_set(0x1p60), f64_abs(x)), small = f64_min(f64_set(1), a);
    const f64_pair d = softsign_divisor_f64(a);
    const md below_one = f64_lt(a, f64_set(1));
    const vd q = small / d.high, rest = f64_fnma(q, d.low, f64_fnma(q, d.high, small));
    const vd y = f64_fma(rest, f64_select(below_one, f64_set(1) - q, q), q);
    return f64_or_sign(f64_select(below_one, y, f64_set(1) - y), x);
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
INLINE vd softsign_derivative_f64(vd x) { return f64_scaled_value(softsign_slope_f64(x)); }
INLINE vd softsign_backward_f64(vd g, vd x) { return f64_scaled_product(g, softsign_slope_f64(x)); }
INLINE vd softsign_backward_from_output_f64(vd g, vd y) {
    const vd a = f64_abs(y), u = f64_set(1) - a, low = (f64_set(1) - u) - a;
    return g * f64_fma(u, u, f64_set(2) * (u * low));
}
UNARY_F64(softsign_value)
UNARY_F64(softsign_derivative)
BINARY_F64(softsign_backward)
BINARY_F64(softsign_backward_from_output)
