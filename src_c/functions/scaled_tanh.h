/* scaled_tanh(x) = scale_b tanh(scale_a x); scaled_tanh'(x) = scale_a scale_b (1 - tanh(scale_a x)^2).
 *
 * scale_a = 0.67, scale_b = 1.7159 in float lanes. Value: 16 segments in a = abs(x) itself, four an octave of a + 1; the first,
 * centred on 0, is what the result has more than a. Saturated at 13.5. Within 0.730 ulp, worst
 * at 13.0525103.
 * Derivative: segments and tail as those of sigmoid', e^(-2 scale_a a) from a table that 4 scale_a scale_b is multiplied into.
 * Within 0.783 ulp, worst at 5.82963181.
 * Other parameters: tanh and its derivative of scale_a x in two parts; double lanes where they are unusual. */
#include "../math/tables/scaled_tanh.h"
#include "../math/tables/scaled_tanh_derivative.h"

#define SCALED_TANH_A 0.67f
#define SCALED_TANH_END 7.2265625f

INLINE vf scaled_tanh_value_default_f32(vf x) {
    const vf a = f32_min(f32_set(13.5f), f32_abs(x)), u = a + f32_set(1);
    const f32_segment s = f32_segment_at(scaled_tanh_table, scaled_tanh_degree, a, f32_segment_octave(u));
    const vf base = f32_select(f32_lt(u, f32_set(1.25f)), a, s.c[0]);
    return f32_or_sign(f32_fma(s.d, f32_segment_polynomial(&s, 1, scaled_tanh_degree), base), x);
}
UNARY_F32(scaled_tanh_value_default)

INLINE f32_segment scaled_tanh_segment_f32(vf a, mf *outside) {
    const vf index = f32_fma(a, f32_set(3.2f * SCALED_TANH_A), f32_set(SEGMENT_MAGIC));
    *outside = f32_not_le(a, f32_set(SCALED_TANH_END));
    return f32_segment_at(scaled_tanh_derivative_table, scaled_tanh_derivative_degree, a, f32_bits(index));
}

/* scale_a scale_b 2^(j/8) / 4 */
static const float scaled_tanh_exp_high[8] ALIGNED(32) = {0x1.264fa8p-2f, 0x1.40f2d8p-2f, 0x1.5dff36p-2f, 0x1.7daca2p-2f, 0x1.a03806p-2f,
                                                          0x1.c5e3cep-2f, 0x1.eef86cp-2f, 0x1.0de27p-1f};
static const float scaled_tanh_exp_low[8] ALIGNED(32) = {0x1.1ef39p-27f, -0x1.a74812p-28f, 0x1.eb5d2cp-27f, 0x1.dd94c6p-27f,
                                                         0x1.5c5e8ep-31f, 0x1.01c918p-28f, 0x1.63839cp-27f, 0x1.f6f5a2p-27f};

/* K E (1 - 2 E + 3 E^2) = 2^n (high + *low), E = e^(-2 scale_a abs(x)) with the low part of the exponent, K = 4 scale_a scale_b */
INLINE f32_exp_parts scaled_tanh_tail_parts_f32(vf x, vf *low) {
    const vf steep = f32_set(2 * SCALED_TANH_A), a = f32_min(f32_set(-EXP_F32_LOWEST / (2 * SCALED_TANH_A)), f32_abs(x));
    const vf product = steep * a;
    f32_exponent reduced = f32_exp_reduce(f32_set(0) - product);
    reduced.r = reduced.r - f32_fms(steep, a, product);
    const f32_exp_parts e = f32_exp_shift(f32_exp_finish_from(scaled_tanh_exp_high, scaled_tanh_exp_low, reduced), f32_set(3));
    const vf small = f32_set(0.25f / (SCALED_TANH_A * 1.7159f)) * f32_exp_value(e);
    *low = f32_fma(e.high + e.low, f32_fma(f32_set(3), small * small, f32_set(-2) * small), e.low);
    return e;
}

INLINE vf scaled_tanh_derivative_default_main_f32(vf x, mf *outside) {
    const f32_segment s = scaled_tanh_segment_f32(f32_abs(x), outside);
    return f32_fma(s.d, f32_segment_polynomial(&s, 1, scaled_tanh_derivative_degree), s.c[0]);
}
NOINLINE vf scaled_tanh_derivative_default_tail_f32(vf x) {
    vf low;
    const f32_exp_parts e = scaled_tanh_tail_parts_f32(x, &low);
    return f32_exp_scale(e.high + low, e);
}
UNARY_TAILED_F32(scaled_tanh_derivative_default)

INLINE vf scaled_tanh_backward_default_main_f32(vf g, vf x, mf *outside) {
    const f32_segment s = scaled_tanh_segment_f32(f32_abs(x), outside);
    return f32_fma(g, s.c[0], g * (s.d * f32_segment_polynomial(&s, 1, scaled_tanh_derivative_degree)));
}
NOINLINE vf scaled_tanh_backward_default_tail_f32(vf g, vf x) {
    vf low;
    const f32_exp_parts e = scaled_tanh_tail_parts_f32(x, &low);
    return f32_exp_scale_product(g, e.high, low, e);
}
BINARY_TAILED_F32(scaled_tanh_backward_default, scaled_tanh_derivative_default)

/* Double lanes: u = scale_a x as a pair, m = e^(-2 abs(u)) - 1, tanh abs(u) = -m / (2 + m). Where tanh u is u to the last bit the
 * result is x times the pair of scale_a scale_b, because u may be subnormal. */
INLINE vd scaled_tanh_value_f64(vd x, const vd *p) {
    const f64_pair u = softplus_argument_f64(x, p[0]), slope = f64_product(p[0], p[1]);
    const vd a = f64_min(f64_set(22), f64_abs(u.high));
    const vd low = f64_select(f64_lt(a, f64_set(22)), f64_xor_sign(u.low, u.high), f64_set(0));
    const f64_pair m = f64_expm1_pair(f64_set(-2) * a, f64_set(-2) * low, 1);
    f64_pair divisor = f64_sum_ordered(f64_set(2), m.high);
    divisor.low = divisor.low + m.low;
    const f64_scaled_pair q = {f64_pair_ratio(f64_pair_of(f64_set(0) - m.high, f64_set(0) - m.low), divisor), f64_set(1)};
    const vd near = f64_fma(x, slope.high, x * slope.low);
    return f64_select(f64_lt(a, f64_set(0x1p-30)), near, f64_scaled_product(f64_xor_sign(p[1], u.high), q));
}
INLINE f64_scaled_pair scaled_tanh_slope_f64(vd x, const vd *p) {
    const f64_pair u = softplus_argument_f64(x, p[0]);
    f64_scaled_pair s = sigmoid_slope_f64(f64_pair_scaled(u, f64_set(2)));
    s.pair = f64_pair_product(s.pair, f64_pair_scaled(f64_product(p[0], p[1]), f64_set(4)));
    return s;
}
INLINE vd scaled_tanh_derivative_f64(vd x, const vd *p) { return f64_scaled_value(scaled_tanh_slope_f64(x, p)); }
INLINE vd scaled_tanh_backward_f64(vd g, vd x, const vd *p) { return f64_scaled_product(g, scaled_tanh_slope_f64(x, p)); }
UNARY_P_F64(scaled_tanh_value, 2)
UNARY_P_F64(scaled_tanh_derivative, 2)
BINARY_P_F64(scaled_tanh_backward, 2)
/* Float lanes with other parameters. */
INLINE vf scaled_tanh_value_near_f32(vf x, const vf *p) {
    const f32_pair u = f32_product(f32_parameter(p[0]), x), a = f32_pair_bounded(f32_pair_abs(u), f32_set(TANH_END));
    const vf index = a.high + f32_set(TANH_FROM);
    const f32_segment s = f32_segment_moved(f32_segment_at(tanh_table, tanh_degree, a.high, f32_segment_octave(index)), a);
    const f32_pair t = f32_segment_through_zero(&s, tanh_degree, a, index, TANH_FIRST);
    return f32_nan_where(f32_is_tiny(x), f32_times_pair(f32_xor_sign(f32_parameter(p[1]), u.high), t));
}
/* scale_a scale_b tanh'(u) */
INLINE f32_pair scaled_tanh_slope_near_f32(vf x, const vf *p) {
    const vf first = f32_parameter(p[0]);
    const f32_pair u = f32_product(f32_set(2) * first, x), factor = f32_product(f32_set(4) * first, f32_parameter(p[1]));
    const f32_pair a = f32_pair_below(f32_pair_abs(u), SEGMENT_LINEAR_END);
    const f32_segment s = f32_segment_moved(sigmoid_derivative_segment_f32(a.high), a);
    const vf rest = s.d * f32_segment_polynomial(&s, 1, sigmoid_derivative_degree);
    return f32_pair_product(factor, f32_pair_of(s.c[0], rest));
}
INLINE vf scaled_tanh_derivative_near_f32(vf x, const vf *p) {
    const f32_pair slope = scaled_tanh_slope_near_f32(x, p);
    return slope.high + slope.low;
}
INLINE vf scaled_tanh_backward_near_f32(vf g, vf x, const vf *p) { return f32_times_pair(g, scaled_tanh_slope_near_f32(x, p)); }
/* K E (1 - 2 E + 3 E^2), E = e^(-2 abs(u)), K = 4 scale_a scale_b times the gradient */
INLINE vf scaled_tanh_backward_far_f32(vf g, vf x, const vf *p) {
    const vf first = f32_parameter(p[0]);
    const f32_pair u = f32_product(f32_set(2) * first, x), factor = f32_product(f32_set(4) * first, f32_parameter(p[1]));
    f32_exp_parts e = f32_exp_minus_near(f32_exponent_near(u));
    const vf small = f32_exp_value(e);
    e.low = f32_fma(e.high + e.low, f32_fma(f32_set(3), small * small, f32_set(-2) * small), e.low);
    return f32_exp_scale_pair(f32_pair_product(factor, f32_pair_of(g, f32_set(0))), e);
}
INLINE vf scaled_tanh_derivative_far_f32(vf x, const vf *p) { return scaled_tanh_backward_far_f32(f32_set(1), x, p); }
/* Double lanes as rough as floats allow. */
INLINE vd scaled_tanh_value_wide(vd x, const vd *p) {
    const vd u = p[0] * x, m = expm1_widened(f64_max(f64_set(-700), f64_set(-2) * f64_abs(u)));
    return f64_xor_sign(p[1], u) * ((f64_set(0) - m) / (f64_set(2) + m));
}
INLINE vd scaled_tanh_derivative_wide(vd x, const vd *p) {
    const vd e = exp_minus_abs_widened(f64_set(2) * p[0] * x), divisor = f64_set(1) + e;
    return f64_set(4) * p[0] * p[1] * (e / (divisor * divisor));
}
INLINE vd scaled_tanh_backward_wide(vd g, vd x, const vd *p) { return g * scaled_tanh_derivative_wide(x, p); }
UNARY_NEAR_F32(scaled_tanh_value, 0.67f, 1.7159f)
UNARY_NEAR_TAILED_F32(scaled_tanh_derivative, 0.67f, 1.7159f)
BINARY_NEAR_TAILED_F32(scaled_tanh_backward, 0.67f, 1.7159f)
