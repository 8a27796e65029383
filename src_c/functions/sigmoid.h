/* sigmoid(x) = 1 / (1 + e^-x)                                                       Read this file first: the others follow it.
 *
 * Main range, abs(x) < 9.6875: F(a) = 1 / (1 + e^a) from 16 segments, sigmoid(x) = F(-x) for x < 0 and 1 - F(x) else, c0 mirrored before
 * the rest is added.
 * Tail: E = e^-abs(x); E (1 - E + E^2) for x < 0, 1 - E + E^2 else, in two-part arithmetic.
 * Value within 0.858 ulp, worst at -8.41247177; subnormal results within 0.77 of 2^-149.
 *
 * sigmoid'(x) = e^-a / (1 + e^-a)^2, even: 16 segments of its own, tail E (1 - 2 E + 3 E^2). Within 0.836 ulp, worst at 3.43672848.
 * Backward keeps c0 and the rest apart, so the product is rounded once. From y: y (1 - y). */
#include "../math/tables/sigmoid.h"
#include "../math/tables/sigmoid_derivative.h"

INLINE f32_segment sigmoid_segment_f32(vf a) {
    return f32_segment_at(sigmoid_table, sigmoid_degree, a, f32_bits(f32_segment_linear(a)));
}

/* the same at abs(u) */
INLINE f32_segment sigmoid_segment_near_f32(f32_pair u) {
    const f32_pair a = f32_pair_below(f32_pair_abs(u), SEGMENT_LINEAR_END);
    return f32_segment_moved(sigmoid_segment_f32(a.high), a);
}

INLINE f32_mirrored sigmoid_mirrored_f32(vf x, mf *outside) {
    const vf argument = f32_mirrored_argument(x);
    *outside = f32_not_le(f32_abs(x), f32_set(SEGMENT_LINEAR_END));
    return F32_MIRRORED_AT(sigmoid, sigmoid_degree, x, argument, f32_segment_linear(argument));
}
INLINE vf sigmoid_value_main_f32(vf x, mf *outside) {
    const f32_mirrored m = sigmoid_mirrored_f32(x, outside);
    return f32_fma(m.step, f32_segment_polynomial(&m.segment, 1, sigmoid_degree), m.base);
}

/* E = e^-abs(x) in parts and its correction E - E^2; sigmoid(-abs(x)) = 2^n (high + low - correction (high + low)) */
typedef struct {
    f32_exp_parts e;
    vf low, correction;
} f32_sigmoid_tail;

INLINE f32_sigmoid_tail sigmoid_tail_from_f32(f32_exp_parts e) {
    f32_sigmoid_tail s;
    s.e = e;
    const vf small = f32_exp_value(s.e);
    s.correction = f32_fnma(small, small, small);
    s.low = f32_fnma(s.correction, s.e.high + s.e.low, s.e.low);
    return s;
}
INLINE f32_sigmoid_tail sigmoid_tail_parts_f32(vf x) {
    return sigmoid_tail_from_f32(f32_exp(f32_max(f32_set(EXP_F32_LOWEST), f32_minus_abs(x))));
}

NOINLINE vf sigmoid_value_tail_f32(vf x) {
    const f32_sigmoid_tail s = sigmoid_tail_parts_f32(x);
    return f32_select(f32_sign_clear(x), f32_set(1) - s.correction, f32_exp_scale(s.e.high + s.low, s.e));
}
UNARY_TAILED_F32(sigmoid_value)

INLINE f32_segment sigmoid_derivative_segment_f32(vf a) {
    return f32_segment_at(sigmoid_derivative_table, sigmoid_derivative_degree, a, f32_bits(f32_segment_linear(a)));
}

/* E (1 - 2 E + 3 E^2) = 2^n (high + *low) */
INLINE f32_exp_parts sigmoid_derivative_tail_parts_f32(vf x, vf *low) {
    const f32_exp_parts e = f32_exp(f32_max(f32_set(EXP_F32_LOWEST), f32_minus_abs(x)));
    const vf small = f32_exp_value(e);
    *low = f32_fma(e.high + e.low, f32_fma(f32_set(3), small * small, f32_set(-2) * small), e.low);
    return e;
}

INLINE vf sigmoid_derivative_main_f32(vf x, mf *outside) {
    const vf a = f32_abs(x);
    const f32_segment s = sigmoid_derivative_segment_f32(a);
    *outside = f32_not_le(a, f32_set(SEGMENT_LINEAR_END));
    return f32_fma(s.d, f32_segment_polynomial(&s, 1, sigmoid_derivative_degree), s.c[0]);
}
NOINLINE vf sigmoid_derivative_tail_f32(vf x) {
    vf low;
    const f32_exp_parts e = sigmoid_derivative_tail_parts_f32(x, &low);
    return f32_exp_scale(e.high + low, e);
}
UNARY_TAILED_F32(sigmoid_derivative)

INLINE vf sigmoid_backward_main_f32(vf g, vf x, mf *outside) {
    const vf a = f32_abs(x);
    const f32_segment s = sigmoid_derivative_segment_f32(a);
    *outside = f32_not_le(a, f32_set(SEGMENT_LINEAR_END));
    return f32_fma(g, s.c[0], g * (s.d * f32_segment_polynomial(&s, 1, sigmoid_derivative_degree)));
}
NOINLINE vf sigmoid_backward_tail_f32(vf g, vf x) {
    vf low;
    const f32_exp_parts e = sigmoid_derivative_tail_parts_f32(x, &low);
    return f32_exp_scale_product(g, e.high, low, e);
}
BINARY_TAILED_F32(sigmoid_backward, sigmoid_derivative)

INLINE vf sigmoid_backward_from_output_f32(vf g, vf y) { return g * (y * (f32_set(1) - y)); }
BINARY_F32(sigmoid_backward_from_output)

/* Double lanes: E = e^-abs(u) as a pair; 1 / (1 + E) or E / (1 + E) by one division whose remainder is kept. u is a pair, because other
 * functions hand beta x over with what its rounding lost. */
INLINE f64_scaled_pair sigmoid_scaled_f64(f64_pair u) {
    const f64_exponential exponential = f64_exp_minus_abs(u);
    const f64_pair e = f64_pair_scaled(exponential.pair, f64_exp_first_factor(exponential));
    const md negative = f64_lt(u.high, f64_set(0));
    f64_pair divisor = f64_sum_ordered(f64_set(1), e.high);
    divisor.low = divisor.low + e.low;
    f64_scaled_pair r;
    r.pair = f64_pair_ratio(f64_pair_select(negative, e, f64_pair_set(1, 0)), divisor);
    r.scale = f64_select(negative, f64_exp_second_factor(exponential), f64_set(1));
    return r;
}

/* E / (1 + E)^2 */
INLINE f64_scaled_pair sigmoid_slope_f64(f64_pair u) {
    const f64_exponential exponential = f64_exp_minus_abs(u);
    const f64_pair e = f64_pair_scaled(exponential.pair, f64_exp_first_factor(exponential));
    f64_pair divisor = f64_sum_ordered(f64_set(1), e.high);
    divisor.low = divisor.low + e.low;
    f64_scaled_pair r;
    r.pair = f64_pair_ratio(e, f64_pair_square(divisor));
    r.scale = f64_exp_second_factor(exponential);
    return r;
}

/* Where nothing is close to the ends of the format: factor / (1 + e^-u), the same number with fewer operations. */
#define SIGMOID_NEAR_F64 700
INLINE vd sigmoid_near_f64(vd factor, f64_pair small) {
    const f64_pair d = f64_sum_ordered(f64_max(f64_set(1), small.high), f64_min(f64_set(1), small.high));
    const vd reciprocal = f64_set(1) / d.high, q = factor * reciprocal;
    return f64_fma(f64_fnma(q, d.low + small.low, f64_fnma(q, d.high, factor)), reciprocal, q);
}
INLINE f64_pair sigmoid_exponential_f64(vd u) { return f64_exp_near(f64_set(0) - u, u, 0); }
INLINE int sigmoid_is_far_f64(vd u) { return f64_mask_any(f64_not_le(f64_abs(u), f64_set(SIGMOID_NEAR_F64))); }

NOINLINE vd sigmoid_value_rare_f64(vd x) {
    const vd y = f64_scaled_value(sigmoid_scaled_f64(f64_pair_of(x, f64_set(0))));
    const md far = f64_not_le(f64_abs(x), f64_set(SIGMOID_NEAR_F64));
    return f64_select(far, y, sigmoid_near_f64(f64_set(1), sigmoid_exponential_f64(f64_select(far, f64_set(0), x))));
}
INLINE vd sigmoid_value_f64(vd x) {
    if (UNLIKELY(sigmoid_is_far_f64(x))) return sigmoid_value_rare_f64(x);
    return sigmoid_near_f64(f64_set(1), sigmoid_exponential_f64(x));
}

/* E / (1 + E)^2 from the reciprocal as a pair, for the same x */
INLINE f64_scaled_pair sigmoid_slope_near_f64(vd x) {
    const f64_pair e = sigmoid_exponential_f64(f64_abs(x)), d = f64_sum_ordered(f64_set(1), e.high);
    const vd reciprocal = f64_set(1) / d.high;
    const vd rest = f64_fnma(reciprocal, d.low + e.low, f64_fnma(reciprocal, d.high, f64_set(1)));
    const f64_scaled_pair r = {f64_pair_product(e, f64_pair_square(f64_pair_of(reciprocal, rest * reciprocal))), f64_set(1)};
    return r;
}
NOINLINE vd sigmoid_backward_rare_f64(vd g, vd x) {
    const md far = f64_not_le(f64_abs(x), f64_set(SIGMOID_NEAR_F64));
    const vd y = f64_scaled_product(g, sigmoid_slope_f64(f64_pair_of(x, f64_set(0))));
    return f64_select(far, y, f64_scaled_product(g, sigmoid_slope_near_f64(f64_select(far, f64_set(0), x))));
}
INLINE vd sigmoid_backward_f64(vd g, vd x) {
    if (UNLIKELY(sigmoid_is_far_f64(x))) return sigmoid_backward_rare_f64(g, x);
    return f64_scaled_product(g, sigmoid_slope_near_f64(x));
}
INLINE vd sigmoid_derivative_f64(vd x) { return sigmoid_backward_f64(f64_set(1), x); }
INLINE vd sigmoid_backward_from_output_f64(vd g, vd y) { return g * (y * (f64_set(1) - y)); }
/* short ways to the same numbers */
INLINE vd sigmoid_value_quick_f64(vd x) {
    return sigmoid_near_f64(f64_set(1), sigmoid_exponential_f64(f64_nan_beyond(x, SIGMOID_NEAR_F64)));
}
INLINE vd sigmoid_backward_quick_f64(vd g, vd x) {
    const f64_pair slope = sigmoid_slope_near_f64(f64_nan_beyond(x, SIGMOID_NEAR_F64)).pair;
    return f64_fma(g, slope.high, g * slope.low);
}
INLINE vd sigmoid_derivative_quick_f64(vd x) { return sigmoid_backward_quick_f64(f64_set(1), x); }
/* sigmoid of u, 1 + e^-abs(u) the divisor */
INLINE f64_pair sigmoid_pair_near_f64(vd u, f64_pair e) {
    f64_pair divisor = f64_sum_ordered(f64_set(1), e.high);
    divisor.low = divisor.low + e.low;
    return f64_pair_ratio(f64_pair_select(f64_lt(u, f64_set(0)), e, f64_pair_set(1, 0)), divisor);
}
UNARY_QUICK_F64(sigmoid_value, sigmoid_value_quick)
UNARY_QUICK_F64(sigmoid_derivative, sigmoid_derivative_quick)
BINARY_QUICK_F64(sigmoid_backward, sigmoid_backward_quick)
BINARY_LIGHT_F64(sigmoid_backward_from_output)
