/* mish(x) = x tanh(log(1 + e^x)).
 *
 * Main range, x >= -5.99: tanh(softplus(x)) from 16 segments, saturated at 9.2, as a high and a low part; times x with one rounding.
 * Tail: x E (1 - E / 2), E = e^x. Value within 1.000 ulp, worst at 1.95962202e-38, where
 * the low product rounds among subnormals. Derivative: double lanes. */
#include "../math/tables/mish.h"
#include "../math/exp_power_f64.h"

INLINE vf mish_value_main_f32(vf x, mf *outside) {
    const vf bounded = f32_min(f32_set(9.2f), x);
    const vf index = f32_fma(bounded, f32_set(0.92f), f32_set(0.33f) * f32_min(f32_set(0), bounded)) + f32_set(SEGMENT_MAGIC + 7);
    const f32_segment s = f32_segment_at(mish_table, mish_degree, bounded, f32_bits(index));
    const vf q = f32_segment_polynomial(&s, 2, mish_degree);
    f32_pair p;
    p.high = f32_fma(s.d, s.c[1], s.c[0]);
    p.low = f32_fma(s.d * s.d, q, f32_fma(s.d, s.c[1], s.c[0] - p.high));
    *outside = f32_not_ge(x, f32_set(-5.99f));
    return f32_or_sign(f32_cumulative_times(x, bounded, p), x);
}
NOINLINE vf mish_value_tail_f32(vf x) {
    const vf bounded = f32_max(f32_set(EXP_F32_LOWEST), x);
    const f32_exp_parts e = f32_exp(bounded);
    const vf low = f32_fnma(f32_set(0.5f) * f32_exp_value(e), e.high + e.low, e.low);
    return f32_exp_scale_product(bounded, e.high, low, e);
}
UNARY_TAILED_F32(mish_value)

/* mish'(x) in double lanes, rounded once: n ((n - n0) B + 4 (x - x0) m) / (m^2 + 1)^2 as below, the root x0 a factor of both
 * terms. Backward forms the product with the gradient before the only rounding.
 *
 * Against MPFR at 9e5 stratified points, 1.2e5 of them the floats next to the root: within 0.5009 ulp, worst at -9.1369276; backward
 * within 0.5012. */

/* down to -215, where the largest gradient gives 0 */
INLINE vd mish_slope_widened(vd x) {
    const vd bounded = f64_min(f64_set(25), f64_max(f64_set(-215), x));
    const vd d = (bounded + f64_set(0x1.31432c0d12d84p+0)) + f64_set(0x1.bf319154da21p-55);
    vd n;
    const vd growth = expm1_widened_times(d, 0x1.36c4202fc3eccp-2, &n);
    const vd m = n + f64_set(1), square = f64_fma(m, m, f64_set(1));
    const vd b = f64_fma(m, m + f64_set(0x1.26d88405f87dap+1), f64_set(-0x1.88cb3d9a5168cp-1));
    return n * f64_fma(growth, b, (d + d) * (m + m)) / (square * square);
}

INLINE vf mish_derivative_f32(vf x) {
    return f32_from_f64(mish_slope_widened(f64_from_f32_low(x)), mish_slope_widened(f64_from_f32_high(x)));
}
UNARY_F32(mish_derivative)

INLINE vf mish_backward_f32(vf g, vf x) {
    return f32_from_f64(f64_from_f32_low(g) * mish_slope_widened(f64_from_f32_low(x)),
                        f64_from_f32_high(g) * mish_slope_widened(f64_from_f32_high(x)));
}
BINARY_F32(mish_backward)

/* mish in double lanes: x T, T = w / (w + 2), w = n (n + 2), n = e^x: one exponential and one division.
 *
 * mish' = n ((n + 2) (w + 2) + 4 x (n + 1)) / (w + 2)^2. With x0 its root, n0 = e^x0, d = x - x0 and m = n + 1 the bracket is
 *   (n - n0) B + 4 d m,  B = m^2 + (n0 + 2) m + c,  n - n0 = n0 expm1(d),  w + 2 = m^2 + 1:
 * two terms of one sign, so that relative accuracy holds up to the root.
 *
 * Against MPFR at 5e5 stratified points: value within 0.605 ulp, worst at -312.93900581206373; derivative within 0.721 ulp, worst at
 * -0.1756002196306552, 0.72 around the root at -1.19243121451549521; subnormal results within 0.76 of 2^-1074, values at subnormal x
 * within 0.8; backward within 0.96 (where g times the low part is subnormal). */

INLINE vd mish_value_f64(vd x) {
    const vd bounded = f64_min(f64_set(22), f64_max(f64_set(-770), x));
    const f64_exponential exponential = f64_exp_split(bounded, f64_set(0));
    const vd first = f64_exp_first_factor(exponential);
    const f64_pair mantissa = f64_exp_pair(exponential), two = f64_pair_set(2, 0);
    const f64_pair w = f64_pair_product(mantissa, f64_pair_sum(two, f64_pair_scaled(mantissa, first)));
    f64_scaled_pair s;
    s.pair = f64_pair_scaled(f64_pair_ratio(w, f64_pair_sum(two, f64_pair_scaled(w, first))), first);
    s.scale = f64_exp_second_factor(exponential);
    return f64_or_sign(f64_scaled_product(f64_max(f64_set(-770), x), s), x);
}
UNARY_F64(mish_value)

INLINE f64_scaled_pair mish_slope_f64(vd x) {
    const vd bounded = f64_min(f64_set(25), f64_max(f64_set(-1480), x));
    const f64_pair difference = f64_sum(bounded, f64_set(0x1.31432c0d12d84p+0));
    const f64_pair d = f64_sum_ordered(difference.high, difference.low + f64_set(0x1.bf319154da21p-55));
    const f64_exp_power power = f64_exp_power_of(d);
    const f64_pair n0 = f64_pair_set(0x1.36c4202fc3eccp-2, 0x1.6d73a02f8d922p-56), one = f64_pair_set(1, 0);
    const f64_pair mantissa = f64_pair_product(n0, power.pair);
    const f64_pair m = f64_pair_sum(one, f64_pair_scaled(mantissa, power.first)), square = f64_pair_square(m);
    /* (n0 + 2) m + c */
    const vd k = f64_set(0x1.26d88405f87dap+1), k_low = f64_set(-0x1.d2518bfa0e4dcp-53);
    const vd c = f64_set(-0x1.88cb3d9a5168cp-1), linear = f64_fma(k, m.high, c);
    const vd linear_low = f64_fma(k, m.low, f64_fma(k_low, m.high, f64_fma(k, m.high, c - linear)));
    const f64_pair b = f64_pair_sum(square, f64_pair_of(linear, linear_low));
    const f64_pair growth = f64_pair_product(f64_pair_product(n0, power.minus_one), b);
    const f64_pair rest = f64_pair_product(f64_pair_scaled(d, f64_set(4)), m);
    const f64_pair numerator = f64_pair_product(mantissa, f64_pair_sum(growth, rest));
    const f64_pair divisor = f64_pair_square(f64_pair_sum_ordered(square, one));
    f64_scaled_pair r;
    r.pair = f64_pair_scaled(f64_pair_ratio(numerator, divisor), power.first);
    r.scale = power.second;
    return r;
}
INLINE vd mish_derivative_f64(vd x) { return f64_scaled_value(mish_slope_f64(x)); }
UNARY_F64(mish_derivative)
INLINE vd mish_backward_f64(vd g, vd x) { return f64_scaled_product(g, mish_slope_f64(x)); }
BINARY_F64(mish_backward)
