/* tanh(x), odd and saturated at abs(x) = 9.0125 (where it rounds to 1).
 *
 * 16 segments, four an octave of abs(x) + 0.625; the first is centred on 0 with its linear term exact. One path for all x.
 * Value within 0.743 ulp, worst at 0.125146121.
 *
 * tanh'(x) = 4 sigmoid'(2 x): the segments and the tail of sigmoid', times an exact 4. Within 0.836 ulp, worst at 1.71836424.
 * From y: (1 - y) (1 + y). */
#include "../math/tables/tanh.h"

INLINE vf tanh_value_f32(vf x) {
    const vf a = f32_min(f32_set(9.0125f), f32_abs(x)), u = a + f32_set(0.625f);
    const f32_segment s = f32_segment_at(tanh_table, tanh_degree, a, f32_segment_octave(u));
    const vf base = f32_select(f32_lt(u, f32_set(0.75f)), a, s.c[0]);
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

/* Double lanes: m = e^(-2 abs(x)) - 1 as a pair, tanh = -m / (2 + m). The derivative is 4 sigmoid'(2 x). */
INLINE vd tanh_value_f64(vd x) {
    const vd a = f64_min(f64_set(22), f64_abs(x));
    const f64_pair m = f64_expm1_pair(f64_set(-2) * a, f64_set(0));
    f64_pair divisor = f64_sum_ordered(f64_set(2), m.high);
    divisor.low = divisor.low + m.low;
    const f64_pair q = f64_pair_ratio(f64_pair_of(f64_set(0) - m.high, f64_set(0) - m.low), divisor);
    return f64_or_sign(q.high + q.low, x);
}
INLINE f64_scaled_pair tanh_slope_f64(vd x) {
    f64_scaled_pair s = sigmoid_slope_f64(f64_pair_of(x + x, f64_set(0)));
    s.pair = f64_pair_scaled(s.pair, f64_set(4));
    return s;
}
INLINE vd tanh_derivative_f64(vd x) { return f64_scaled_value(tanh_slope_f64(x)); }
INLINE vd tanh_backward_f64(vd g, vd x) { return f64_scaled_product(g, tanh_slope_f64(x)); }
INLINE vd tanh_backward_from_output_f64(vd g, vd y) { return g * ((f64_set(1) - y) * (f64_set(1) + y)); }
UNARY_F64(tanh_value)
UNARY_F64(tanh_derivative)
BINARY_F64(tanh_backward)
BINARY_F64(tanh_backward_from_output)
