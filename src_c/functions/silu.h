/* silu(x) = x sigmoid(beta x), also known as swish.
 *
 * beta = 1 in float lanes. Main range, abs(x) < 9.6875: the sigmoid segments kept as an exact high and a low part, so that x times
 * their sum is rounded once. Tail: x E (1 - E + E^2) for x < 0; x (1 - E + E^2) else, x itself above 40.
 * Value within 0.891 ulp, worst at -8.43318462.
 *
 * silu'(-a) from 16 segments of its own, silu'(x) = 1 - silu'(-x). Segment 2 is centred on the root at -1.2784645, where c0 is only
 * the centre's distance from it: there d c1 leads, so relative accuracy holds up to the root. Tail: E (w + E (1 - 2 w) + E^2 (3 w - 2)),
 * w = 1 - a. Within 0.938 ulp, worst at -1.56398761. Other beta: double lanes, rounded once. */
#include "../math/sigmoid_product_f32.h"
#include "../math/tables/silu_derivative.h"

/* sigmoid(x) in two parts */
INLINE f32_pair silu_factor_f32(vf x, mf *outside) {
    const vf a = f32_abs(x);
    const f32_segment s = sigmoid_segment_f32(a);
    *outside = f32_not_le(a, f32_set(SEGMENT_LINEAR_END));
    return f32_sigmoid_factor(x, &s, sigmoid_degree);
}
INLINE vf silu_value_default_main_f32(vf x, mf *outside) {
    const f32_pair s = silu_factor_f32(x, outside);
    return f32_fma(x, s.high, x * s.low);
}
NOINLINE vf silu_value_default_tail_f32(vf x) {
    const vf bounded = f32_max(f32_set(EXP_F32_LOWEST), x);
    return f32_sigmoid_product_tail(x, bounded, f32_set(40), sigmoid_tail_parts_f32(bounded));
}
UNARY_TAILED_F32(silu_value_default)

INLINE f32_segment silu_slope_segment_f32(vf a) {
    return f32_segment_at(silu_derivative_table, silu_derivative_degree, a, f32_bits(f32_segment_linear(a)));
}
INLINE f32_product_slope silu_slope_f32(vf a) {
    const f32_segment s = silu_slope_segment_f32(a);
    return f32_sigmoid_product_slope(&s, f32_segment_polynomial(&s, 2, silu_derivative_degree) * s.d, f32_segment_linear(a));
}
INLINE f32_product_slope_tail silu_slope_tail_f32(vf x) {
    const vf y = f32_max(f32_set(EXP_F32_LOWEST), f32_minus_abs(x));
    return f32_sigmoid_product_slope_tail(f32_exp(y), f32_set(1) + y, f32_set(0));
}

INLINE vf silu_derivative_default_main_f32(vf x, mf *outside) {
    const vf a = f32_abs(x);
    *outside = f32_not_le(a, f32_set(SEGMENT_LINEAR_END));
    return f32_product_slope_value(silu_slope_f32(a), x);
}
NOINLINE vf silu_derivative_default_tail_f32(vf x) { return f32_product_slope_tail_value(silu_slope_tail_f32(x), x); }
UNARY_TAILED_F32(silu_derivative_default)

INLINE vf silu_backward_default_main_f32(vf g, vf x, mf *outside) {
    const vf a = f32_abs(x);
    *outside = f32_not_le(a, f32_set(SEGMENT_LINEAR_END));
    return f32_product_slope_times(g, silu_slope_f32(a), x);
}
NOINLINE vf silu_backward_default_tail_f32(vf g, vf x) { return f32_product_slope_tail_times(g, silu_slope_tail_f32(x), x); }
BINARY_TAILED_F32(silu_backward_default, silu_derivative_default)

/* Double lanes: u = beta x as a pair, x times the pair of sigmoid(u). The derivative depends on u alone:
 *   T(a) = E ((1 - a) + E) / (1 + E)^2 with E = e^-a, a = abs(u); silu' = T for u < 0, 1 - T else.
 * Within 1/8 of the root of T at u = -1.278464542761073795 (held in three doubles) T is (u - root) P(u - root), P of degree 11 within
 * 2^-56.9, so that relative accuracy holds up to the root. */
#define SILU_ROOT -0x1.474973c84120bp+0
#define SILU_ROOT_LOW -0x1.f8d74bc9ac154p-54
#define SILU_ROOT_LOWEST -0x1.44a50180ba780p-108

INLINE vd silu_near_f64(vd x, f64_pair u) {
    return f64_or_sign(sigmoid_near_f64(x, f64_exp_near(f64_set(0) - u.high, f64_set(0) - u.low, 1)), x); /* for -0 */
}
NOINLINE vd silu_value_rare_f64(vd x, vd beta) {
    const f64_pair u = softplus_argument_f64(x, beta);
    const md far = f64_not_le(f64_abs(u.high), f64_set(SIGMOID_NEAR_F64));
    const vd y = f64_select(f64_lt(u.high, f64_set(EXP_F64_LOWEST)), f64_or_sign(f64_set(0), x),
                            f64_scaled_product(x, sigmoid_scaled_f64(u)));
    return f64_select(far, y, silu_near_f64(x, f64_pair_select(far, f64_pair_set(0, 0), u)));
}
INLINE vd silu_value_f64(vd x, const vd *p) {
    const f64_pair u = f64_product(p[0], x);
    if (UNLIKELY(sigmoid_is_far_f64(u.high))) return silu_value_rare_f64(x, p[0]);
    return silu_near_f64(x, u);
}

/* T near its root, d = u - root */
INLINE f64_pair silu_near_root_f64(f64_pair d) {
    static const double c[11] = {0x1.2c563458cc0adp-3, 0x1.353eb573ca45fp-6, -0x1.f2d0e32bc2994p-7, -0x1.b0f82c4995b67p-8,
                                 0x1.098e92b8f75f1p-13, 0x1.a2a7cb2331bc8p-11, 0x1.8574d12f79413p-13, -0x1.572511b791a38p-15,
                                 -0x1.f2d87b183cfd8p-16, -0x1.858f59f4122d1p-19, 0x1.3aaeef51eec29p-19};
    vd q = f64_set(c[10]);
    for (int k = 9; k >= 0; --k) q = f64_fma(q, d.high, f64_set(c[k]));
    const vd c0 = f64_set(0x1.be1410460527fp-3), high = f64_fma(d.high, q, c0);
    const f64_pair factor = f64_pair_of(high, f64_fma(d.high, q, c0 - high) + f64_set(-0x1.25b3dd6d21946p-58));
    return f64_pair_product(d, factor);
}

/* the slope at u, abs(u) = a + a_low and e = e^-abs(u) */
INLINE f64_pair silu_slope_from_f64(f64_pair u, vd a, vd a_low, f64_pair e) {
    f64_pair divisor = f64_sum_ordered(f64_set(1), e.high), factor = f64_sum(f64_set(1), f64_set(0) - a);
    divisor.low = divisor.low + e.low;
    factor.low = factor.low - a_low;
    const f64_pair far = f64_pair_ratio(f64_pair_product(e, f64_pair_sum(factor, e)), f64_pair_square(divisor));
    /* beta x, in two parts, may be closer to the root than two parts of the root tell */
    const f64_pair rest = f64_sum(f64_set(-(SILU_ROOT_LOW)), f64_set(0) - a_low);
    f64_pair d = f64_sum((f64_set(0) - a) + f64_set(-(SILU_ROOT)), rest.high);
    d.low = d.low + (rest.low + f64_set(-(SILU_ROOT_LOWEST)));
    const f64_pair t = f64_pair_select(f64_lt(f64_abs(d.high), f64_set(0.125)), silu_near_root_f64(d), far);
    const f64_pair mirrored = f64_sum_ordered(f64_set(1), f64_set(0) - t.high);
    return f64_pair_select(f64_lt(u.high, f64_set(0)), t, f64_pair_of(mirrored.high, mirrored.low - t.low));
}
INLINE f64_scaled_pair silu_slope_f64(vd x, vd beta) {
    const f64_pair u = softplus_argument_f64(x, beta);
    const vd a = f64_min(f64_set(-EXP_F64_LOWEST), f64_abs(u.high));
    const vd a_low = f64_select(f64_lt(a, f64_set(-EXP_F64_LOWEST)), f64_xor_sign(u.low, u.high), f64_set(0));
    const f64_exponential exponential = f64_exp_split(f64_set(0) - a, f64_set(0) - a_low);
    const f64_pair e = f64_pair_scaled(exponential.pair, f64_exp_first_factor(exponential));
    f64_scaled_pair r;
    r.pair = silu_slope_from_f64(u, a, a_low, e);
    r.scale = f64_select(f64_lt(u.high, f64_set(0)), f64_exp_second_factor(exponential), f64_set(1));
    return r;
}
INLINE vd silu_derivative_f64(vd x, const vd *p) { return f64_scaled_value(silu_slope_f64(x, p[0])); }
INLINE vd silu_backward_f64(vd g, vd x, const vd *p) { return f64_scaled_product(g, silu_slope_f64(x, p[0])); }
/* short ways to the same numbers */
INLINE vd silu_value_quick_f64(vd x, const vd *p) {
    const f64_pair u = f64_product(p[0], x);
    return silu_near_f64(x, f64_pair_of(f64_nan_beyond(u.high, SIGMOID_NEAR_F64), u.low));
}
INLINE f64_pair silu_near_slope_f64(vd x, vd beta) {
    const f64_pair u = f64_product(beta, x), e = f64_exp_minus_abs_near(u);
    return silu_slope_from_f64(u, f64_abs(u.high), f64_xor_sign(u.low, u.high), e);
}
INLINE vd silu_derivative_quick_f64(vd x, const vd *p) {
    const f64_pair slope = silu_near_slope_f64(x, p[0]);
    return slope.high + slope.low;
}
INLINE vd silu_backward_quick_f64(vd g, vd x, const vd *p) {
    const f64_pair slope = silu_near_slope_f64(x, p[0]);
    return f64_fma(g, slope.high, g * slope.low);
}
UNARY_P_QUICK_F64(silu_value, 1, silu_value_quick)
UNARY_P_QUICK_F64(silu_derivative, 1, silu_derivative_quick)
BINARY_P_QUICK_F64(silu_backward, 1, silu_backward_quick)
/* Float lanes with another beta: double lanes as rough as floats allow. */
INLINE vd silu_value_wide(vd x, const vd *p) {
    const vd u = p[0] * x;
    return f64_select(f64_lt(u, f64_set(-700)), f64_or_sign(f64_set(0), x), x * sigmoid_widened(u));
}
/* e ((1 - a) + e) / (1 + e)^2 for e = e^-a; with d = a - a0 from the root, (1 - a) + e = (a0 - 1) (e^-d - 1) - d */
INLINE vd silu_derivative_wide(vd x, const vd *p) {
    const vd u = p[0] * x, a = f64_min(f64_set(700), f64_abs(u));
    const vd from_root = (f64_set(-(SILU_ROOT)) - a) - f64_set(SILU_ROOT_LOW);
    vd e;
    const vd factor = from_root + expm1_widened_times(from_root, -(SILU_ROOT) - 1, &e), divisor = f64_set(1) + e;
    const vd slope = e * factor / (divisor * divisor);
    return f64_select(f64_lt(u, f64_set(0)), slope, f64_set(1) - slope);
}
INLINE vd silu_backward_wide(vd g, vd x, const vd *p) { return g * silu_derivative_wide(x, p); }
UNARY_DEFAULT_WIDE_F32(silu_value, 1.0f)
UNARY_DEFAULT_WIDE_F32(silu_derivative, 1.0f)
BINARY_DEFAULT_WIDE_F32(silu_backward, 1.0f)
