/* lisht(x) = x tanh(x), even; lisht'(x) = tanh(x) + x / cosh(x)^2, odd.
 *
 * The segments of tanh as a high and a low part, times abs(x) with one rounding; abs(x) itself above 9.0125. Value within 0.741 ulp,
 * worst at 0.125121266. Derivative: 16 segments of its own, four an octave of abs(x) + 0.75, the first centred on 0 where the slope is 2 x;
 * 1 to the last bit from 10.5 on. Within 0.976 ulp, worst at 0.492845714. */
#include "../math/tables/lisht_derivative.h"

INLINE vf lisht_value_f32(vf x) {
    const vf a = f32_abs(x);
    const f32_pair t = tanh_pair_f32(x);
    return f32_select(f32_lt(f32_set(9.0125f), a), a, f32_fma(a, t.high, a * t.low));
}
UNARY_F32(lisht_value)

/* lisht'(abs(x)) = base + rest */
INLINE f32_pair lisht_slope_f32(vf x) {
    const vf a = f32_min(f32_set(10.5f), f32_abs(x)), u = a + f32_set(0.75f);
    const f32_segment s = f32_segment_at(lisht_derivative_table, lisht_derivative_degree, a, f32_segment_octave(u));
    f32_pair r;
    r.high = f32_select(f32_lt(u, f32_set(0.875f)), a + a, s.c[0]);
    r.low = s.d * f32_segment_polynomial(&s, 1, lisht_derivative_degree);
    return r;
}
INLINE vf lisht_derivative_f32(vf x) {
    const f32_pair s = lisht_slope_f32(x);
    return f32_or_sign(s.high + s.low, x);
}
UNARY_F32(lisht_derivative)

INLINE vf lisht_backward_f32(vf g, vf x) {
    const f32_pair s = lisht_slope_f32(x);
    const vf signed_g = f32_xor_sign(g, x);
    /* an infinite gradient must not meet a low part of 0 or of the other sign */
    const vf finite = f32_max(f32_set(-0x1.fffffep127f), f32_min(f32_set(0x1.fffffep127f), signed_g));
    return f32_fma(signed_g, s.high, finite * s.low);
}
BINARY_F32(lisht_backward)

/* Double lanes: the pair of tanh, and of 1 / cosh^2 = 4 sigmoid'(2 x); every term is positive. */
INLINE vd lisht_value_f64(vd x) {
    const vd a = f64_abs(x);
    const f64_pair t = tanh_pair_f64(a);
    return f64_fma(a, t.high, f64_min(f64_set(0x1.fffffffffffffp1023), a) * t.low);
}
INLINE f64_scaled_pair lisht_slope_f64(vd x) {
    const vd a = f64_min(f64_set(30), f64_abs(x));
    const f64_pair product = f64_pair_product(f64_pair_of(a, f64_set(0)), tanh_slope_f64(a).pair);
    const f64_scaled_pair r = {f64_pair_sum(tanh_pair_f64(a), product), f64_set(1)};
    return r;
}
INLINE vd lisht_derivative_f64(vd x) { return f64_or_sign(f64_scaled_value(lisht_slope_f64(x)), x); }
INLINE vd lisht_backward_f64(vd g, vd x) { return f64_scaled_product(f64_xor_sign(g, x), lisht_slope_f64(x)); }
UNARY_F64(lisht_value)
UNARY_F64(lisht_derivative)
BINARY_F64(lisht_backward)
