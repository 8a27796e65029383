/* tanh_shrink(x) = x - tanh(x), odd; tanh_shrink'(x) = tanh(x)^2.
 *
 * One table of 16 segments, a = abs(x). Below 0.75: a^3 p(a^2), the cube and the leading 1/3 with their low parts. Else c0 + d p(d);
 * from 8 on a - 1. Value within 0.816 ulp, worst at 7.32651901.
 * Derivative: the segments of tanh, squared as a high and a low part. Within 0.985 ulp, worst at 0.125269517. */
#include "../math/tables/tanh_shrink.h"

INLINE vf tanh_shrink_value_f32(vf x) {
    const vf a = f32_abs(x), u = a + f32_set(0.75f);
    const mf cubic = f32_lt(u, f32_set(1.5f));
    const f32_segment s = f32_segment_at(tanh_shrink_table, tanh_shrink_degree, a, f32_segment_octave(u));
    const vf square = a * a, square_low = f32_fms(a, a, square);
    const vf up = f32_set(0x1p40f) * a; /* keeps the cube's low part in range until the last product */
    const vf cube = square * up, cube_low = f32_fma(square_low, up, f32_fms(square, up, cube));
    const vf d = f32_select(cubic, square, s.d);
    vf q = s.c[tanh_shrink_degree];
    for (int k = tanh_shrink_degree - 1; k >= 2; --k) q = f32_fma(q, d, s.c[k]);
    const vf p = f32_fma(d, q, s.c[1]);
    /* what p lost, and 1/3 less its float */
    const vf p_low = f32_fma(d, q, s.c[1] - p) + f32_set(-0x1.555556p-27f);
    const vf base = f32_select(cubic, f32_fma(cube, p_low, cube_low * p), s.c[0]);
    const vf y = f32_fma(f32_select(cubic, cube, d), p, base) * f32_select(cubic, f32_set(0x1p-40f), f32_set(1));
    return f32_or_sign(f32_select(f32_lt(a, f32_set(8)), y, a - f32_set(1)), x);
}
UNARY_F32(tanh_shrink_value)

#define TANH_SQUARED_END 9.3f /* tanh(x)^2 rounds to 1 */
/* tanh(abs(x)) in two parts, constant from 9.0125 on */
INLINE f32_pair tanh_pair_f32(vf x) {
    const vf a = f32_min(f32_set(9.0125f), f32_abs(x)), u = a + f32_set(0.625f);
    const f32_segment s = f32_segment_at(tanh_table, tanh_degree, a, f32_segment_octave(u));
    const vf base = f32_select(f32_lt(u, f32_set(0.75f)), a, s.c[0]), p = f32_segment_polynomial(&s, 1, tanh_degree);
    f32_pair t;
    t.high = f32_fma(s.d, p, base);
    t.low = f32_fma(s.d, p, base - t.high);
    return t;
}
INLINE vf tanh_shrink_derivative_f32(vf x) {
    const f32_pair t = tanh_pair_f32(x);
    const vf y = f32_fma(t.high, t.high, (t.high + t.high) * t.low);
    return f32_select(f32_lt(f32_set(TANH_SQUARED_END), f32_abs(x)), f32_set(1), y);
}
UNARY_F32(tanh_shrink_derivative)

/* g tanh first: the square alone may be too small for a float */
INLINE vf tanh_shrink_backward_f32(vf g, vf x) {
    const f32_pair t = tanh_pair_f32(x);
    /* an infinite gradient must not meet a low part of 0 or of the other sign */
    const vf finite = f32_max(f32_set(-0x1.fffffep127f), f32_min(f32_set(0x1.fffffep127f), g));
    const vf product = finite * t.high, low = f32_fma(finite, t.low, f32_fms(finite, t.high, product));
    const vf y = f32_fma(g * t.high, t.high, f32_fma(product, t.low, low * t.high));
    return f32_select(f32_lt(f32_set(TANH_SQUARED_END), f32_abs(x)), g, y);
}
BINARY_F32(tanh_shrink_backward)

/* Double lanes. Below 1.25: a^3 / K(a^2), K(s) = a^3 / (a - tanh(a)) = 3 + 6/5 s + s^2 q(s), q of degree 9 within 2^-63 of K (its nearest
 * singularity is at s = -20.2); a less the pair of tanh from there on. The derivative squares that pair. */
/* tanh(a) as m / divisor, m = e^(2 a) - 1 */
INLINE f64_pair tanh_parts_f64(vd a, f64_pair *divisor) {
    const vd bounded = f64_min(f64_set(22), a);
    const f64_pair m = f64_expm1_near(bounded + bounded);
    *divisor = f64_sum_ordered(f64_max(f64_set(2), m.high), f64_min(f64_set(2), m.high));
    divisor->low = divisor->low + m.low;
    return m;
}
INLINE f64_pair tanh_pair_f64(vd a) {
    f64_pair divisor;
    const f64_pair m = tanh_parts_f64(a, &divisor);
    return f64_pair_ratio(m, divisor);
}
INLINE vd tanh_shrink_value_f64(vd x) {
    static const double c[10] = {-0x1.767dce434a9b1p-8, 0x1.0a4e15852f55ep-12, -0x1.997cb8b21ee5ep-17, 0x1.4175d0b6c16c9p-21,
                                 -0x1.fbecc89ed7892p-26, 0x1.9217605a04822p-30, -0x1.3e74eb4ad7d69p-34, 0x1.f6a70fce119d3p-39,
                                 -0x1.7cd611a8fc245p-43, 0x1.b32f9bf064439p-48};
    const vd a = f64_abs(x), bounded = f64_min(f64_set(1.25), a);
    const f64_pair square = f64_product(bounded, bounded);
    const vd s = square.high, second = s * s, fourth = second * second;
    const vd c01 = f64_fma(s, f64_set(c[1]), f64_set(c[0])), c23 = f64_fma(s, f64_set(c[3]), f64_set(c[2]));
    const vd c45 = f64_fma(s, f64_set(c[5]), f64_set(c[4])), c67 = f64_fma(s, f64_set(c[7]), f64_set(c[6]));
    const vd c89 = f64_fma(s, f64_set(c[9]), f64_set(c[8]));
    const vd q = f64_fma(fourth, f64_fma(fourth, c89, f64_fma(second, c67, c45)), f64_fma(second, c23, c01));
    f64_pair slope = f64_sum_ordered(f64_set(0x1.3333333333333p+0), square.high * q);
    slope.low = slope.low + f64_set(0x1.999999999999ap-55);
    const f64_pair slow = f64_pair_sum_ordered(f64_pair_set(3, 0), f64_pair_product(square, slope)), cube = f64_product(s, bounded);
    const f64_pair cubic = f64_pair_of(cube.high, f64_fma(square.low, bounded, cube.low));
    /* one division for both */
    const md near = f64_lt(a, f64_set(1.25));
    f64_pair fast;
    const f64_pair m = tanh_parts_f64(a, &fast);
    const f64_pair t = f64_pair_ratio(f64_pair_select(near, cubic, m), f64_pair_select(near, slow, fast));
    const f64_pair far = f64_sum_ordered(a, f64_set(0) - t.high);
    const vd y = f64_select(near, t.high + t.low, far.high + (far.low - t.low));
    return f64_or_sign(f64_select(f64_lt(f64_set(0x1p60), a), a, y), x);
}
INLINE vd tanh_shrink_derivative_f64(vd x) {
    const f64_pair square = f64_pair_square(tanh_pair_f64(f64_abs(x)));
    return square.high + square.low;
}
INLINE vd tanh_shrink_backward_f64(vd g, vd x) {
    const f64_pair t = tanh_pair_f64(f64_abs(x));
    const vd finite = f64_max(f64_set(-0x1.fffffffffffffp1023), f64_min(f64_set(0x1.fffffffffffffp1023), g));
    const f64_pair product = f64_product(finite, t.high);
    return f64_fma(g * t.high, t.high, f64_fma(product.high, t.low, f64_fma(finite, t.low, product.low) * t.high));
}
UNARY_F64(tanh_shrink_value)
UNARY_F64(tanh_shrink_derivative)
BINARY_F64(tanh_shrink_backward)
