/* tanh(x), odd and saturated at abs(x) = 9.0125 (where it rounds to 1).
 *
 * 16 segments, four an octave of abs(x) + 0.625; the first is centred on 0 with its linear term exact. One path for all x.
 * Value within 0.743 ulp, worst at 0.125146121.
 *
 * tanh'(x) = 4 sigmoid'(2 x): the segments and the tail of sigmoid', times an exact 4. Within 0.836 ulp, worst at 1.71836424.
 * From y: (1 - y) (1 + y). */
#include "../math/tables/tanh.h"

#define TANH_END 9.0125f
#define TANH_FROM 0.625f
#define TANH_FIRST 0.75f /* of a + TANH_FROM: the first segment's end */

INLINE vf tanh_value_f32(vf x) {
    const vf a = f32_min(f32_set(TANH_END), f32_abs(x)), u = a + f32_set(TANH_FROM);
    const f32_segment s = f32_segment_at(tanh_table, tanh_degree, a, f32_segment_octave(u));
    const vf base = f32_select(f32_lt(u, f32_set(TANH_FIRST)), a, s.c[0]);
    return f32_or_sign(f32_fma(s.d, f32_segment_polynomial(&s, 1, tanh_degree), base), x);
}
UNARY_F32(tanh_value)

INLINE vf tanh_derivative_main_f32(vf x, mf *outside) { return f32_set(4) * sigmoid_derivative_main_f32(x + x, outside); }
NOINLINE vf tanh_derivative_tail_f32(vf x) {
    vf low;
    const f32_exp_parts e = sigmoid_derivative_tail_parts_f32(x + x, &low);
    return f32_exp_scale(e.high + low, f32_exp_shift(e, f32_set(2)));
}
UNARY_TAILED_F32(tanh_derivative)

INLINE vf tanh_backward_main_f32(vf g, vf x, mf *outside) {
    const vf a = f32_abs(x + x);
    const f32_segment s = sigmoid_derivative_segment_f32(a);
    const vf rest = s.d * f32_segment_polynomial(&s, 1, sigmoid_derivative_degree);
    *outside = f32_not_le(a, f32_set(SEGMENT_LINEAR_END));
    return f32_fma(g, f32_set(4) * s.c[0], g * (f32_set(4) * rest));
}
NOINLINE vf tanh_backward_tail_f32(vf g, vf x) {
    vf low;
    const f32_exp_parts e = sigmoid_derivative_tail_parts_f32(x + x, &low);
    return f32_exp_scale_product(g, e.high, low, f32_exp_shift(e, f32_set(2)));
}
BINARY_TAILED_F32(tanh_backward, tanh_derivative)

INLINE vf tanh_backward_from_output_f32(vf g, vf y) { return g * ((f32_set(1) - y) * (f32_set(1) + y)); }
BINARY_F32(tanh_backward_from_output)

/* Double lanes: n = (e^(2 abs(x)) - 1) / 2 as a pair, tanh = n / (n + 1): halves, because the last correction then has the inverse of the
 * divisor twice and no 2. Value within 0.71 ulp (measured). The derivative is 4 sigmoid'(2 x). */
INLINE vd tanh_value_f64(vd x) {
    const vd a = f64_min(f64_set(19.0625), f64_abs(x)), half = f64_set(0.5), one = f64_set(1);
    const double sixteenths = EXP_F64_SIXTEENTHS - 1;
    const f64_exp_parts e = f64_exp_parts_at(f64_fma(a, f64_set(0x1.71547652b82fep+1), f64_set(sixteenths)), sixteenths, a + a, a, 0);
    const vd base = f64_exp_raised_base(e), growth = f64_exp_growth(e), less = base - half;
    const vd n = f64_fma(base, growth, less), n_low = f64_fma(base, e.square * e.q, f64_fma(base, e.r, less - n));
    const vd divisor = f64_fma(base, growth, base + half);
    const vd divisor_low = f64_min(one, n) - (divisor - f64_max(one, n));
    const vd inverse = one / divisor, t = n * inverse;
    const vd rest = f64_fma(inverse, n_low, f64_fnma(t, divisor_low, f64_fnma(t, divisor, n)));
    return f64_or_sign(f64_fma(inverse, rest, t), x);
}
INLINE f64_scaled_pair tanh_slope_f64(vd x) {
    f64_scaled_pair s = sigmoid_slope_f64(f64_pair_of(x + x, f64_set(0)));
    s.pair = f64_pair_scaled(s.pair, f64_set(4));
    return s;
}
INLINE f64_scaled_pair tanh_slope_near_f64(vd x) {
    f64_scaled_pair s = sigmoid_slope_near_f64(x + x);
    s.pair = f64_pair_scaled(s.pair, f64_set(4));
    return s;
}
NOINLINE vd tanh_backward_rare_f64(vd g, vd x) {
    const md far = f64_not_le(f64_abs(x + x), f64_set(SIGMOID_NEAR_F64));
    return f64_select(far, f64_scaled_product(g, tanh_slope_f64(x)),
                      f64_scaled_product(g, tanh_slope_near_f64(f64_select(far, f64_set(0), x))));
}
INLINE vd tanh_backward_f64(vd g, vd x) {
    if (UNLIKELY(sigmoid_is_far_f64(x + x))) return tanh_backward_rare_f64(g, x);
    return f64_scaled_product(g, tanh_slope_near_f64(x));
}
INLINE vd tanh_derivative_f64(vd x) { return tanh_backward_f64(f64_set(1), x); }
INLINE vd tanh_backward_from_output_f64(vd g, vd y) { return g * ((f64_set(1) - y) * (f64_set(1) + y)); }
UNARY_LIGHT_F64(tanh_value)
INLINE vd tanh_backward_quick_f64(vd g, vd x) {
    const f64_pair slope = tanh_slope_near_f64(f64_nan_beyond(x, SIGMOID_NEAR_F64 / 2)).pair;
    return f64_fma(g, slope.high, g * slope.low);
}
INLINE vd tanh_derivative_quick_f64(vd x) { return tanh_backward_quick_f64(f64_set(1), x); }
UNARY_QUICK_F64(tanh_derivative, tanh_derivative_quick)
BINARY_QUICK_F64(tanh_backward, tanh_backward_quick)
BINARY_LIGHT_F64(tanh_backward_from_output)
