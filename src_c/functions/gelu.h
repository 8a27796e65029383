/* gelu(x) = x Phi(x), Phi the normal distribution function.
 *
 * Main range, x >= -6: Phi(-a) from 16 segments that shrink where it falls steeply, times x with one rounding. Centres sit at two
 * thirds of a segment: where c0 + d c1 is less than c0 / 2 its low part is no float.
 * Tail: -E G(2 / a^2), E = e^(-a^2 / 2) with the low part of a^2 / 2 carried into the exponent, G = 3/8 + polynomial.
 * Value within 0.974 ulp, worst at -4.51075935.
 *
 * gelu'(-a) from 16 segments, segment 2 centred on the root at -0.75179152; tail -a E J(2 / a^2), below -5.2.
 * Within 0.915 ulp, worst at -4.55474758. */
#include "../math/tables/gelu.h"
#include "../math/tables/gelu_derivative.h"
#include "../math/normal_f64.h"

INLINE vf gelu_bounded_f32(vf x) { return f32_nearer(f32_set(6), x); }

/* Phi(x) in two parts */
INLINE f32_pair gelu_factor_f32(vf x, mf *outside) {
    const vf argument = f32_mirrored_argument(gelu_bounded_f32(x)), index = f32_segment_quadratic(argument, 0.3133f, 0.7f);
    *outside = f32_not_ge(x, f32_set(-6));
    return f32_cumulative_pair(F32_MIRRORED_AT(gelu, gelu_degree, x, argument, index), gelu_degree);
}
INLINE vf gelu_value_main_f32(vf x, mf *outside) {
    return f32_cumulative_times(x, gelu_bounded_f32(x), gelu_factor_f32(x, outside));
}

/* E = e^(-a^2 / 2) in parts and z = 2 / a^2 */
INLINE f32_exp_parts gelu_tail_exp_f32(vf a, vf *z) {
    const vf half = f32_set(0.5f) * a, square = half * a;
    f32_exponent e = f32_exp_reduce(f32_set(0) - square);
    e.r = e.r - f32_fms(half, a, square);
    *z = f32_set(1) / square;
    return f32_exp_finish(e);
}

NOINLINE vf gelu_value_tail_f32(vf x) {
    vf z;
    const f32_exp_parts e = gelu_tail_exp_f32(f32_min(f32_set(20), f32_abs(x)), &z);
    vf g = f32_fma(f32_set(0x1.8a4128p+0f), z, f32_set(-0x1.680bdp-1f));
    g = f32_fma(g, z, f32_set(0x1.318d64p-2f));
    g = f32_fma(g, z, f32_set(-0x1.98818ap-3f));
    g = f32_fma(g, z, f32_set(0x1.88452ep-6f));
    const vf y = f32_fma(e.high, f32_set(0.375f), f32_fma(e.high + e.low, g, e.low * f32_set(0.375f)));
    return f32_select(f32_unordered(x, x), x, f32_or_sign(f32_exp_scale(y, e), x));
}
UNARY_TAILED_F32(gelu_value)

INLINE f32_pair gelu_slope_f32(vf x, mf *outside) {
    const vf argument = f32_mirrored_argument(f32_nearer(f32_set(6.1f), x));
    const vf index = f32_segment_last(f32_segment_quadratic(argument, 0.0643f, 2.45f));
    *outside = f32_not_ge(x, f32_set(-5.2f));
    return f32_cumulative_slope_pair(F32_MIRRORED_AT(gelu_derivative, gelu_derivative_last, x, argument, index), gelu_derivative_degree, x);
}

/* a E J = 2^n (high + low) */
INLINE f32_pair gelu_slope_tail_f32(vf x, f32_exp_parts *e) {
    const vf a = f32_min(f32_set(20), f32_abs(x));
    vf z;
    *e = gelu_tail_exp_f32(a, &z);
    vf g = f32_fma(f32_set(0x1.c114eep-3f), z, f32_set(-0x1.212c84p-3f));
    g = f32_fma(g, z, f32_set(0x1.97b364p-4f));
    g = f32_fma(g, z, f32_set(-0x1.988376p-3f));
    g = f32_fma(g, z, f32_set(0x1.884532p-6f));
    const vf product = e->high * a, rest = f32_fma(e->low, a, f32_fms(e->high, a, product));
    return f32_pair_sum(product, f32_set(0.375f), f32_fma(a * (e->high + e->low), g, rest * f32_set(0.375f)));
}

INLINE vf gelu_derivative_main_f32(vf x, mf *outside) {
    const f32_pair s = gelu_slope_f32(x, outside);
    return s.high + s.low;
}
NOINLINE vf gelu_derivative_tail_f32(vf x) {
    f32_exp_parts e;
    const f32_pair s = gelu_slope_tail_f32(x, &e);
    return f32_select(f32_unordered(x, x), x, f32_or_sign(f32_exp_scale(s.high, e), x));
}
UNARY_TAILED_F32(gelu_derivative)

INLINE vf gelu_backward_main_f32(vf g, vf x, mf *outside) {
    const f32_pair s = gelu_slope_f32(x, outside);
    return f32_fma(g, s.high, g * s.low);
}
NOINLINE vf gelu_backward_tail_f32(vf g, vf x) {
    f32_exp_parts e;
    const f32_pair s = gelu_slope_tail_f32(x, &e);
    const vf down = f32_set(0x1p-10f); /* keeps the gradient's product in range until the scaling; exact */
    const vf y = f32_set(0) - f32_exp_scale_product(g, s.high * down, s.low * down, f32_exp_shift(e, f32_set(10)));
    return f32_select(f32_unordered(x, x), x, y);
}
BINARY_TAILED_F32(gelu_backward, gelu_derivative)

/* gelu in double lanes: x Phi(x), Phi(-a) = E R(a) and gelu'(-a) = E (root - a) W(a), E = e^(-a^2 / 2) with the low part of a^2 / 2
 * carried, R and W from math/normal_f64.h; Phi(a) = 1 - Phi(-a), gelu'(a) = 1 - gelu'(-a).
 *
 * Against MPFR at 2.6e5 stratified points: value within 0.738 ulp, worst at -0.063958691978616589; derivative within 0.668 ulp, worst
 * at -36.461157033859116, 0.667 around the root at -0.75179152469356446; subnormal results within 0.745 of 2^-1074, backward within
 * 0.93 (where g times the low part is subnormal). */

/* beyond these the result is zero or x to the last bit */
INLINE vd gelu_bounded_f64(vd x) { return f64_min(f64_set(9), f64_max(f64_set(-55), x)); }

/* E rest for x < 0 and 1 - E rest else, the lowest powers of two left to a factor */
INLINE f64_scaled_pair gelu_mirrored_f64(vd x, vd a, f64_pair rest) {
    const vd half = f64_set(0.5) * a;
    const f64_pair square = f64_product(half, a);
    const f64_exponential e = f64_exp_split(f64_set(0) - square.high, f64_set(0) - square.low);
    const f64_pair tail = f64_pair_scaled(f64_pair_product(f64_exp_pair(e), rest), f64_exp_first_factor(e));
    const f64_pair head = f64_sum_ordered(f64_set(1), f64_set(0) - tail.high);
    f64_scaled_pair r;
    r.pair = f64_pair_select(f64_lt(x, f64_set(0)), tail, f64_pair_of(head.high, head.low - tail.low));
    r.scale = f64_exp_second_factor(e);
    return r;
}

/* Phi(x) */
INLINE f64_scaled_pair gelu_factor_f64(vd x) {
    const vd a = f64_abs(gelu_bounded_f64(x));
    return gelu_mirrored_f64(x, a, f64_normal_ratio(a));
}
INLINE vd gelu_value_f64(vd x) { return f64_or_sign(f64_scaled_product(f64_max(f64_set(-55), x), gelu_factor_f64(x)), x); }
UNARY_F64(gelu_value)

INLINE f64_scaled_pair gelu_slope_f64(vd x) {
    const vd a = f64_abs(gelu_bounded_f64(x));
    return gelu_mirrored_f64(x, a, f64_normal_slope(a));
}
INLINE vd gelu_derivative_f64(vd x) { return f64_scaled_value(gelu_slope_f64(x)); }
UNARY_F64(gelu_derivative)
INLINE vd gelu_backward_f64(vd g, vd x) { return f64_scaled_product(g, gelu_slope_f64(x)); }
BINARY_F64(gelu_backward)
