/* silu(x) = x sigmoid(beta x), also known as swish.
 *
 * beta = 1 in float lanes. Main range, abs(x) < 9.6875: the sigmoid segments kept as an exact high and a low part, so that x times
 * their sum is rounded once. Tail: x E (1 - E + E^2) for x < 0; x (1 - E + E^2) else, x itself above 40.
 * Value within 0.891 ulp, worst at -8.43318462.
 *
 * silu'(-a) from 16 segments of its own, silu'(x) = 1 - silu'(-x). Segment 2 is centred on the root at -1.2784645, where c0 is only
 * the centre's distance from it: there d c1 leads, so relative accuracy holds up to the root. Tail: E (w + E (1 - 2 w) + E^2 (3 w - 2)),
 * w = 1 - a. Within 0.938 ulp, worst at -1.56398761. Other beta: the same of beta x in two parts; double lanes where beta is unusual. */
#include "../math/sigmoid_product_f32.h"
#include "../math/tables/silu_derivative.h"

/* sigmoid(x) in two parts */
INLINE f32_pair silu_factor_f32(vf x, mf *outside) {
    return f32_sigmoid_factor(sigmoid_mirrored_f32(x, outside), sigmoid_degree);
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

#define SILU_ROOT_SEGMENT 2
/* the segment of a = abs(u), and whether it is the root's of u < 0 */
INLINE f32_segment silu_slope_segment_f32(vf u, vf a, mf *root) {
    const vf index = f32_segment_linear(a);
    *root = f32_mask_and(f32_bits_equal(index, f32_set(SEGMENT_MAGIC + SILU_ROOT_SEGMENT)), f32_sign_set(u));
    return f32_segment_at(silu_derivative_table, silu_derivative_degree, a, f32_bits(index));
}
INLINE f32_product_slope silu_slope_of_f32(f32_mirrored m, mf root) {
    const vf q = f32_segment_polynomial(&m.segment, 2, silu_derivative_degree) * m.segment.d;
    return f32_sigmoid_product_slope(m, q, root);
}
INLINE f32_product_slope silu_slope_f32(vf x, mf *outside) {
    const vf argument = f32_mirrored_argument(x), index = f32_segment_linear(argument);
    *outside = f32_not_le(f32_abs(x), f32_set(SEGMENT_LINEAR_END));
    return silu_slope_of_f32(F32_MIRRORED_AT(silu_derivative, silu_derivative_degree, x, argument, index),
                             f32_mirrored_below(index, SILU_ROOT_SEGMENT, x));
}
INLINE f32_product_slope_tail silu_slope_tail_f32(vf x) {
    const vf y = f32_max(f32_set(EXP_F32_LOWEST), f32_minus_abs(x));
    return f32_sigmoid_product_slope_tail(f32_exp(y), f32_set(1) + y, f32_set(0));
}

INLINE vf silu_derivative_default_main_f32(vf x, mf *outside) { return f32_product_slope_value(silu_slope_f32(x, outside)); }
NOINLINE vf silu_derivative_default_tail_f32(vf x) { return f32_product_slope_tail_value(silu_slope_tail_f32(x), x); }
UNARY_TAILED_F32(silu_derivative_default)

INLINE vf silu_backward_default_main_f32(vf g, vf x, mf *outside) {
    return f32_product_slope_times(g, silu_slope_f32(x, outside));
}
NOINLINE vf silu_backward_default_tail_f32(vf g, vf x) { return f32_product_slope_tail_times(g, silu_slope_tail_f32(x), x); }
BINARY_TAILED_F32(silu_backward_default, silu_derivative_default)

/* Double lanes: u = beta x as a pair, x times the pair of sigmoid(u). The derivative depends on u alone: with E = e^u
 *   silu' = E (1 + E + u) / (1 + E)^2,
 * E right to 2^-64, so that the sum is right to 2^-54 of itself down to 2^-10. Next to its root at u = -1.278464542761073795 (held in three
 * doubles) that is (u - root) P(u - root), P of degree 4; beyond 300 either way E (1 + u), or 1. Within 0.70 ulp. */
#define SILU_NEAR_F64 300
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

/* the slope at most 2^-12 from its root, d = u - root */
INLINE f64_pair silu_near_root_f64(f64_pair d) {
    static const double c[4] = {0x1.2c563458cc0adp-3, 0x1.353eb573ca457p-6, -0x1.f2d0e32bc2994p-7, -0x1.b0f82c498fd2fp-8};
    vd q = f64_set(c[3]);
    for (int k = 2; k >= 0; --k) q = f64_fma(q, d.high, f64_set(c[k]));
    const vd c0 = f64_set(0x1.be1410460527fp-3), high = f64_fma(d.high, q, c0);
    const f64_pair factor = f64_pair_of(high, f64_fma(d.high, q, c0 - high) + f64_set(-0x1.2541062177473p-58));
    return f64_pair_product(d, factor);
}
/* NaN where another way is right: beyond, and next to the root. 1 + E is `most`, which does not wait for the polynomial of E, and a rest
 * of 2^-12 of it; low parts as large are carried to the end. `missed` is what the reciprocal lacks, as a part of it. */
INLINE f64_pair silu_slope_near_f64(f64_pair u, int has_low) {
    const f64_exp_terms e = f64_exp_terms_of(u.high, u.low, has_low);
    const f64_pair one = f64_sum_ordered(f64_max(f64_set(1), e.base), f64_min(f64_set(1), e.base));
    const vd most = f64_fma(e.base, e.r, one.high), rest = f64_fma(e.base, e.rest, one.low + f64_fma(e.base, e.r, one.high - most));
    f64_pair sum = f64_sum(most, u.high);
    sum.low = sum.low + rest;
    if (has_low) sum.low = sum.low + u.low;
    f64_pair product = f64_product(e.base, sum.high);
    product.low = f64_fma(e.base, sum.low, product.low);
    const vd reciprocal = f64_set(1) / (most + rest), missed = f64_fnma(reciprocal, rest, f64_fnma(reciprocal, most, f64_set(1)));
    const f64_pair square = f64_product(reciprocal, reciprocal), y = f64_product(product.high, square.high);
    const vd low = f64_fma(product.low, square.high, f64_fma(product.high, square.low, y.low));
    const vd growth = f64_fma(f64_set(2), missed, e.r + e.rest);
    const md other = f64_mask_or(f64_not_le(f64_abs(u.high), f64_set(SILU_NEAR_F64)), f64_lt(f64_abs(sum.high), f64_set(0x1p-10)));
    return f64_pair_of(f64_select(other, f64_set(NAN), y.high), f64_fma(growth, y.high + low, low));
}
INLINE f64_scaled_pair silu_slope_f64(vd x, vd beta) {
    const f64_pair u = softplus_argument_f64(x, beta), near = silu_slope_near_f64(u, 1);
    /* beta x, in two parts, may be closer to the root than two parts of the root tell */
    const f64_pair rest = f64_sum(f64_set(-(SILU_ROOT_LOW)), u.low);
    f64_pair d = f64_sum(u.high + f64_set(-(SILU_ROOT)), rest.high);
    d.low = d.low + (rest.low + f64_set(-(SILU_ROOT_LOWEST)));
    const f64_exponential e = f64_exp_minus_abs(u);
    const vd bounded = f64_max(f64_set(EXP_F64_LOWEST), u.high);
    f64_pair factor = f64_sum_ordered(bounded, f64_set(1));
    factor.low = factor.low + f64_select(f64_eq(bounded, u.high), u.low, f64_set(0));
    const f64_pair tail = f64_pair_product(f64_pair_scaled(e.pair, f64_exp_first_factor(e)), factor);
    const md rising = f64_lt(f64_set(0), u.high), far = f64_not_le(f64_abs(u.high), f64_set(SILU_NEAR_F64));
    const f64_pair end = f64_pair_select(rising, f64_pair_set(1, 0), tail);
    const md other = f64_unordered(near.high, near.high);
    f64_scaled_pair r;
    r.pair = f64_pair_select(other, f64_pair_select(far, end, silu_near_root_f64(d)), near);
    r.scale = f64_select(f64_lt(u.high, f64_set(-SILU_NEAR_F64)), f64_exp_second_factor(e), f64_set(1));
    return r;
}
INLINE vd silu_derivative_f64(vd x, const vd *p) { return f64_scaled_value(silu_slope_f64(x, p[0])); }
INLINE vd silu_backward_f64(vd g, vd x, const vd *p) { return f64_scaled_product(g, silu_slope_f64(x, p[0])); }
/* short ways to the same numbers */
INLINE vd silu_value_quick_f64(vd x, const vd *p) {
    const f64_pair u = f64_product(p[0], x);
    return silu_near_f64(x, f64_pair_of(f64_nan_beyond(u.high, SIGMOID_NEAR_F64), u.low));
}
INLINE vd silu_derivative_quick_f64(vd x, const vd *p) {
    const f64_pair slope = silu_slope_near_f64(f64_product(p[0], x), 1);
    return slope.high + slope.low;
}
INLINE vd silu_backward_quick_f64(vd g, vd x, const vd *p) {
    const f64_pair slope = silu_slope_near_f64(f64_product(p[0], x), 1);
    return f64_fma(g, slope.high, g * slope.low);
}
/* and for beta = 1 */
INLINE vd silu_derivative_unit_f64(vd x, const vd *p) {
    const f64_pair slope = silu_slope_near_f64(f64_pair_of(x, x), 0);
    UNUSED(p);
    return slope.high + slope.low;
}
INLINE vd silu_backward_unit_f64(vd g, vd x, const vd *p) {
    const f64_pair slope = silu_slope_near_f64(f64_pair_of(x, x), 0);
    UNUSED(p);
    return f64_fma(g, slope.high, g * slope.low);
}
UNARY_P_QUICK_F64(silu_value, 1, silu_value_quick)
UNARY_P_WHERE_F64(silu_derivative, 1, silu_derivative_unit, given[0] == 1, silu_derivative_quick)
BINARY_P_WHERE_F64(silu_backward, 1, silu_backward_unit, given[0] == 1, silu_backward_quick)
/* Float lanes with another beta. */
INLINE vf silu_value_near_f32(vf x, const vf *p) {
    const f32_pair u = f32_product(f32_parameter(p[0]), x);
    const f32_mirrored m = f32_mirror(sigmoid_segment_near_f32(u), u.high);
    const vf y = f32_times_pair(x, f32_sigmoid_factor(m, sigmoid_degree));
    return f32_select(f32_lt(f32_set(NEAR_SATURATED), u.high), x, y);
}
INLINE vf silu_value_far_f32(vf x, const vf *p) {
    const f32_pair u = f32_product(f32_parameter(p[0]), x);
    const f32_sigmoid_tail s = sigmoid_tail_from_f32(f32_exp_minus_near(f32_exponent_near(u)));
    const vf negative = f32_exp_scale_product(x, s.e.high, s.low, s.e), positive = f32_fnma(x, s.correction, x);
    return f32_select(f32_sign_clear(u.high), positive, negative);
}
INLINE f32_product_slope silu_slope_near_f32(f32_pair u) {
    const f32_pair a = f32_pair_below(f32_pair_abs(u), SEGMENT_LINEAR_END);
    mf root;
    const f32_segment s = silu_slope_segment_f32(u.high, a.high, &root);
    return silu_slope_of_f32(f32_mirror(f32_segment_moved(s, a), u.high), root);
}
INLINE vf silu_derivative_near_f32(vf x, const vf *p) {
    const f32_pair u = f32_product(f32_parameter(p[0]), x);
    return f32_product_slope_value(silu_slope_near_f32(u));
}
INLINE vf silu_backward_near_f32(vf g, vf x, const vf *p) {
    const f32_pair u = f32_product(f32_parameter(p[0]), x);
    return f32_product_slope_times(g, silu_slope_near_f32(u));
}
INLINE f32_product_slope_tail silu_slope_far_f32(f32_pair u) {
    const f32_pair a = f32_exponent_near(u);
    const vf w = f32_set(1) - a.high;
    return f32_sigmoid_product_slope_tail(f32_exp_minus_near(a), w, (f32_set(1) - w) - (a.high + a.low));
}
INLINE vf silu_derivative_far_f32(vf x, const vf *p) {
    const f32_pair u = f32_product(f32_parameter(p[0]), x);
    return f32_product_slope_tail_value(silu_slope_far_f32(u), u.high);
}
INLINE vf silu_backward_far_f32(vf g, vf x, const vf *p) {
    const f32_pair u = f32_product(f32_parameter(p[0]), x);
    return f32_product_slope_tail_times(g, silu_slope_far_f32(u), u.high);
}
/* Double lanes as rough as floats allow. */
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
UNARY_NEAR_TAILED_F32(silu_value, 1.0f)
UNARY_NEAR_TAILED_F32(silu_derivative, 1.0f)
BINARY_NEAR_TAILED_F32(silu_backward, 1.0f)
