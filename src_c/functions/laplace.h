/* laplace(x) = Phi((x - mu) / sigma), Phi the normal distribution function; laplace'(x) = phi((x - mu) / sigma) / sigma.
 *
 * mu = 0.707107, sigma = 0.282095 in float lanes, s = abs(x - mu) with its low part: Phi(-t) = e^(-t^2 / 2) R(t), t = s / sigma, the
 * exponent in two parts, R from 16 segments, four an octave of s + 0.3125. Value within 0.846 ulp, worst at 0.0192497447.
 * The derivative's 1 / (sigma sqrt(2 pi)) is in the table of powers of two. Within 0.631 ulp,
 * worst at 2.21325779. Other parameters: the same of the distance in units of the usual sigma; where they are unusual, double lanes. */
#include "../math/tables/laplace.h"

#define LAPLACE_MU 0.707107f
#define LAPLACE_SIGMA 0.282095f

/* x - mu, exactly; clamped where the results are 0, 1 and 0 */
INLINE f32_pair laplace_distance_f32(vf x) {
    const vf at = f32_min(f32_set(6.25f), f32_max(f32_set(-4.875f), x)), mu = f32_set(LAPLACE_MU);
    f32_pair d;
    d.high = at - mu;
    const vf back = d.high - at;
    d.low = (at - (d.high - back)) - (mu + back);
    return d;
}
/* -(x - mu)^2 / (2 sigma^2) for e^ to take */
INLINE f32_exponent laplace_exponent_f32(f32_pair d) {
    const vf steep = f32_set(0x1.921f92p+2f); /* 1 / (2 sigma^2), with its low part below */
    const vf square = d.high * d.high, square_low = f32_fma(d.high + d.high, d.low, f32_fms(d.high, d.high, square));
    const vf product = square * steep;
    const vf low = f32_fma(square_low, steep, f32_fma(square, f32_set(-0x1.c3ac82p-23f), f32_fms(square, steep, product)));
    f32_exponent e = f32_exp_reduce(f32_set(0) - product);
    e.r = e.r - low;
    return e;
}
INLINE vf laplace_value_at_f32(f32_pair d) {
    const f32_exp_parts e = f32_exp_finish(laplace_exponent_f32(d));
    const vf s = f32_abs(d.high);
    f32_segment r = f32_segment_at(laplace_table, laplace_degree, s, f32_segment_octave(s + f32_set(0.3125f)));
    r.d = r.d + f32_xor_sign(d.low, d.high);
    const vf p = f32_segment_polynomial(&r, 1, laplace_degree), ratio = f32_fma(r.d, p, r.c[0]);
    const vf ratio_low = f32_fma(r.d, p, r.c[0] - ratio);
    const vf tail = f32_exp_scale(f32_fma(e.high, ratio, f32_fma(e.high, ratio_low, e.low * ratio)), e);
    return f32_select(f32_sign_clear(d.high), f32_set(1) - tail, tail);
}
INLINE vf laplace_value_default_f32(vf x) { return laplace_value_at_f32(laplace_distance_f32(x)); }
UNARY_F32(laplace_value_default)

/* 2^(j/8) / (4 sigma sqrt(2 pi)) */
static const float laplace_exp_high[8] ALIGNED(32) = {0x1.6a09d6p-2f, 0x1.8ace42p-2f, 0x1.ae89e6p-2f, 0x1.d58178p-2f,
                                                      0x1.ffffe8p-2f, 0x1.172b78p-1f, 0x1.306fd2p-1f, 0x1.4bfd9ep-1f};
static const float laplace_exp_low[8] ALIGNED(32) = {0x1.1124d6p-29f, 0x1.8f44d6p-28f, 0x1.dd55b2p-29f, 0x1.6aaeeap-27f,
                                                      0x1.f95p-27f, -0x1.88e42p-26f, 0x1.e82fbep-26f, 0x1.9d4936p-27f};
INLINE f32_exp_parts laplace_slope_at_f32(f32_pair d) {
    const f32_exponent e = laplace_exponent_f32(d);
    return f32_exp_shift(f32_exp_finish_from(laplace_exp_high, laplace_exp_low, e), f32_set(1));
}
INLINE f32_exp_parts laplace_slope_f32(vf x) { return laplace_slope_at_f32(laplace_distance_f32(x)); }
INLINE vf laplace_derivative_default_f32(vf x) {
    const f32_exp_parts e = laplace_slope_f32(x);
    return f32_exp_scale(e.high + e.low, e);
}
INLINE vf laplace_backward_default_f32(vf g, vf x) { return exponential_product_f32(g, laplace_slope_f32(x)); }
UNARY_F32(laplace_derivative_default)
BINARY_F32(laplace_backward_default)

/* Double lanes: t = (x - mu) / sigma as a pair; Phi(-a) = E R(a) as in gelu, R at a.high and to first order at a.low, R' = a R - phi(0). */
INLINE f64_pair laplace_argument_f64(vd x, const vd *p) {
    const f64_pair t = f64_pair_ratio(f64_sum(x, f64_set(0) - p[0]), f64_pair_of(p[1], f64_set(0)));
    return f64_pair_of(t.high, f64_finite_low(t.high, t.low));
}
/* the low part where abs(t) was bounded; e^(-t^2 / 2) */
INLINE f64_exponential laplace_exponential_f64(f64_pair t) {
    const f64_pair square = f64_pair_square(t);
    return f64_exp_split(f64_set(-0.5) * square.high, f64_set(-0.5) * square.low);
}
INLINE f64_pair laplace_bounded_f64(f64_pair t, double bound) {
    const vd a = f64_min(f64_set(bound), f64_abs(t.high));
    return f64_pair_of(a, f64_select(f64_lt(a, f64_set(bound)), f64_xor_sign(t.low, t.high), f64_set(0)));
}
INLINE vd laplace_value_f64(vd x, const vd *p) {
    const f64_pair t = laplace_argument_f64(x, p), a = laplace_bounded_f64(t, 40);
    f64_pair ratio = f64_normal_ratio(a.high);
    ratio.low = f64_fma(a.low, f64_fms(a.high, ratio.high, f64_set(0x1.9884533d43651p-2)), ratio.low);
    const f64_exponential e = laplace_exponential_f64(a);
    const f64_pair tail = f64_pair_scaled(f64_pair_product(e.pair, ratio), f64_exp_first_factor(e));
    const vd small = f64_scale_last(tail.high + tail.low, f64_exp_second_factor(e));
    const f64_pair head = f64_sum_ordered(f64_set(1), f64_set(0) - tail.high);
    const vd y = f64_select(f64_lt(t.high, f64_set(0)), small, head.high + (head.low - tail.low));
    return f64_select(f64_unordered(t.high, t.high), t.high, y);
}
INLINE f64_scaled_pair laplace_slope_f64(vd x, const vd *p) {
    const f64_exponential e = laplace_exponential_f64(laplace_bounded_f64(laplace_argument_f64(x, p), 55));
    const f64_pair factor = f64_pair_ratio(f64_pair_set(0x1.9884533d43651p-2, -0x1.cbc0d30ebfd15p-56), f64_pair_of(p[1], f64_set(0)));
    const f64_scaled_pair s = {f64_pair_product(f64_pair_scaled(e.pair, f64_exp_first_factor(e)), factor), f64_exp_second_factor(e)};
    return s;
}
INLINE vd laplace_derivative_f64(vd x, const vd *p) { return f64_scaled_value(laplace_slope_f64(x, p)); }
INLINE vd laplace_backward_f64(vd g, vd x, const vd *p) { return f64_scaled_product(g, laplace_slope_f64(x, p)); }
UNARY_P_F64(laplace_value, 2)
UNARY_P_F64(laplace_derivative, 2)
BINARY_P_F64(laplace_backward, 2)
/* Float lanes with other parameters: the usual sigma over this one, */
INLINE f32_pair laplace_units_f32(vf sigma) {
    const vf usual = f32_parameter(sigma);
    return f32_quotient(f32_set(LAPLACE_SIGMA), usual, f32_set(1) / usual);
}
/* and x - mu in those units, clamped where the results are 0, 1 and 0 */
INLINE f32_pair laplace_distance_near_f32(vf x, const vf *p) {
    const vf mu = f32_nan_where(f32_not_le(f32_abs(p[0]), f32_set(0x1p60f)), p[0]);
    const f32_pair d = f32_pair_product(f32_two_sum(x, f32_set(0) - mu), laplace_units_f32(p[1]));
    const vf bounded = f32_min(f32_set(5.5f), f32_max(f32_set(-5.5f), d.high));
    return f32_pair_of(bounded, f32_select(f32_eq(bounded, d.high), d.low, f32_set(0)));
}
INLINE vf laplace_value_near_f32(vf x, const vf *p) { return laplace_value_at_f32(laplace_distance_near_f32(x, p)); }
INLINE vf laplace_derivative_near_f32(vf x, const vf *p) {
    return f32_exp_scale_pair(laplace_units_f32(p[1]), laplace_slope_at_f32(laplace_distance_near_f32(x, p)));
}
INLINE vf laplace_backward_near_f32(vf g, vf x, const vf *p) {
    const f32_pair factor = f32_pair_product(f32_pair_of(g, f32_set(0)), laplace_units_f32(p[1]));
    return f32_exp_scale_pair(factor, laplace_slope_at_f32(laplace_distance_near_f32(x, p)));
}
/* Beyond, the double lanes of double arrays. */
INLINE vd laplace_value_wide(vd x, const vd *p) { return laplace_value_f64(x, p); }
INLINE vd laplace_derivative_wide(vd x, const vd *p) { return laplace_derivative_f64(x, p); }
INLINE vd laplace_backward_wide(vd g, vd x, const vd *p) { return laplace_backward_f64(g, x, p); }
UNARY_NEAR_F32(laplace_value, LAPLACE_MU, LAPLACE_SIGMA)
UNARY_NEAR_F32(laplace_derivative, LAPLACE_MU, LAPLACE_SIGMA)
BINARY_NEAR_F32(laplace_backward, LAPLACE_MU, LAPLACE_SIGMA)
