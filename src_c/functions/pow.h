/* pow(x) = alpha x^beta with the special cases of IEEE 754 pow; pow'(x) = alpha beta x^(beta - 1), 0 where beta is 0.
 *
 * abs(x)^e = exp(e log(abs(x))); a negative x needs a whole e, and an odd one turns the sign. Float lanes: all of it in double lanes,
 * rounded once, within 0.502 ulp (beta = 2.5; worst at 1.03406229e-25, in the derivative), but for a few powers. */

/* What a negative number's power is multiplied by: -1 where e is odd, 1 where it is even, NaN where it is not whole. From 2^52 on the
 * last bit tells, from 2^53 on all are even. */
INLINE vd pow_sign_of(vd e) {
    const vd a = f64_abs(e), magic = f64_set(0x1p52);
    const md small = f64_lt(a, magic);
    const vd sum = f64_select(small, a + magic, a);
    const vd odd = f64_select(f64_lt(a, f64_set(0x1p53)), f64_from_bits(i64_shift_left(f64_bits(sum), 63)), f64_set(0));
    return f64_select(f64_eq(f64_select(small, sum - magic, a), a), f64_or_sign(f64_set(1), odd), f64_set(NAN));
}

/* x^e from y = abs(x)^e, which is right where x is neither 0 nor infinite and neither is NaN */
INLINE vd pow_special_cases(vd y, vd x, vd e, vd sign) {
    const vd a = f64_abs(x), zero = f64_set(0), one = f64_set(1), infinity = f64_set(INFINITY);
    const md at_zero = f64_eq(a, zero), at_end = f64_mask_or(at_zero, f64_eq(a, infinity)), falls = f64_lt(e, zero);
    const vd end = f64_select(at_zero, f64_select(falls, infinity, zero), f64_select(falls, zero, infinity));
    const vd even_if_broken = f64_select(f64_mask_and(at_end, f64_unordered(sign, sign)), one, sign);
    y = f64_select(at_end, end, f64_select(f64_unordered(x, e), f64_set(NAN), y));
    y = f64_select(f64_eq(a, one), one, y) * f64_select(f64_sign_set(x), even_if_broken, one);
    return f64_select(f64_mask_or(f64_eq(e, zero), f64_eq(x, one)), one, y);
}

/* x^e for floats widened to double lanes; beyond e^700 either way float has no numbers */
INLINE vd pow_wide(vd x, vd e, vd sign) {
    const vd y = exp_widened(f64_min(f64_set(700), f64_max(f64_set(-700), e * log_widened(f64_abs(x)))));
    return pow_special_cases(y, x, e, sign);
}
INLINE vd pow_value_wide(vd x, vd beta, vd alpha) { return alpha * pow_wide(x, beta, pow_sign_of(beta)); }
INLINE vd pow_backward_wide(vd g, vd x, vd beta, vd alpha) {
    const vd y = (g * (alpha * beta)) * pow_wide(x, beta - f64_set(1), f64_set(0) - pow_sign_of(beta));
    return f64_select(f64_eq(beta, f64_set(0)), f64_set(0), y);
}
INLINE vf pow_value_general_f32(vf x, const vf *p) {
    return f32_from_f64(pow_value_wide(f64_from_f32_low(x), f64_from_f32_low(p[0]), f64_from_f32_low(p[1])),
                        pow_value_wide(f64_from_f32_high(x), f64_from_f32_high(p[0]), f64_from_f32_high(p[1])));
}
INLINE vf pow_backward_general_f32(vf g, vf x, const vf *p) {
    return f32_from_f64(pow_backward_wide(f64_from_f32_low(g), f64_from_f32_low(x), f64_from_f32_low(p[0]), f64_from_f32_low(p[1])),
                        pow_backward_wide(f64_from_f32_high(g), f64_from_f32_high(x), f64_from_f32_high(p[0]), f64_from_f32_high(p[1])));
}

/* With alpha = 1 the powers 2, 3, 1/2 and 1/4 are products and roots; NaN where double lanes have to look again. Squares and roots are
 * rounded once; cubes within 0.502 ulp, 1 below 2^-100; fourth roots within 0.856 ulp, worst at 4.68776375e-41, their slopes 0.640. */
INLINE vf pow_square_f32(vf x, const vf *p) { UNUSED(p); return x * x; }
INLINE vf pow_cube_f32(vf x, const vf *p) {
    UNUSED(p);
    const vf at = f32_select(f32_not_le(f32_abs(x), f32_set(0x1p42f)), f32_set(NAN), x), square = at * at; /* the rest is finite */
    return f32_fma(square, at, f32_fms(at, at, square) * at);
}
INLINE vf pow_root_f32(vf x, const vf *p) { UNUSED(p); return f32_sqrt(x + f32_set(0)); } /* the sum turns -0 into +0 */
INLINE vf pow_square_backward_f32(vf g, vf x, const vf *p) { UNUSED(p); return square_backward_f32(g, x); }
INLINE vf pow_root_backward_f32(vf g, vf x, const vf *p) { UNUSED(p); return sqrt_backward_quick_f32(g, x); }

/* both roots of x and what their rounding took; the inverse of the fourth root by the bits of the square root is within 3.5 % */
typedef struct {
    f32_pair square, fourth;
} f32_roots;
INLINE f32_roots pow_roots_f32(vf x) {
    f32_roots r;
    r.square.high = f32_sqrt(x + f32_set(0));
    r.fourth.high = f32_sqrt(r.square.high);
    const vf half = f32_from_bits(i32_sub(i32_set(0x5EB74800), i32_shift_right(f32_bits(r.square.high), 1)));
    r.square.low = f32_fnma(r.square.high, r.square.high, x) * (half * (half + half));
    r.fourth.low = (f32_fnma(r.fourth.high, r.fourth.high, r.square.high) + r.square.low) * half;
    return r;
}
INLINE vf pow_fourth_root_f32(vf x, const vf *p) {
    UNUSED(p);
    const f32_roots r = pow_roots_f32(x);
    return r.fourth.high + r.fourth.low;
}
/* g / (4 x^(3/4)), the power as the product of both roots; numbers whose root has a low part that underflows are left out */
INLINE vf pow_fourth_root_backward_f32(vf g, vf x, const vf *p) {
    UNUSED(p);
    const f32_roots r = pow_roots_f32(f32_select(f32_not_ge(x, f32_set(0x1p-100f)), f32_set(NAN), x));
    const vf power = r.square.high * r.fourth.high, low = f32_fma(r.square.high, r.fourth.low, r.square.low * r.fourth.high);
    const vf inverse = f32_set(1) / power, lost = f32_fms(r.square.high, r.fourth.high, power) + low;
    const vf slope = f32_set(0.25f) * inverse;
    return f32_fma(g, slope, g * (slope * f32_fnma(inverse, lost, f32_fnma(inverse, power, f32_set(1)))));
}

/* Double lanes. */

/* x^e = 2^n pair: the logarithm is multiplied by up to 2^10, so it is right to 2^-70 */
INLINE f64_exponential pow_power_f64(vd x, f64_pair e, vd sign) {
    const f64_pair t = f64_pair_product(e, f64_log_long(f64_abs(x)));
    const vd bound = f64_set(1460), bounded = f64_min(bound, f64_max(f64_set(0) - bound, t.high));
    f64_exponential y = f64_exp_split(bounded, f64_select(f64_eq(bounded, t.high), t.low, f64_set(0)));
    const vd high = pow_special_cases(y.pair.high, x, e.high, sign);
    const md usual = f64_eq(f64_abs(high), y.pair.high); /* 1 has no low part anyway */
    y.pair = f64_pair_of(high, f64_select(usual, f64_xor_sign(y.pair.low, high), f64_set(0)));
    y.n = f64_select(usual, y.n, f64_set(0));
    return y;
}
/* v = 2^n mantissa, mantissa in [1, 2); v itself and 0 when it is 0, infinite or NaN */
INLINE vd pow_mantissa_f64(vd v, vd *n) {
    const vd a = f64_abs(v);
    const md subnormal = f64_lt(a, f64_set(0x1p-1022)), usual = f64_mask_and(f64_lt(f64_set(0), a), f64_lt(a, f64_set(INFINITY)));
    const vl bits = f64_bits(f64_select(subnormal, a * f64_set(0x1p54), a)), exponent = i64_shift_right(bits, 52);
    const vd biased = f64_from_bits(i64_or(exponent, i64_set(0x4330000000000000)));
    const vd count = biased - f64_select(subnormal, f64_set(0x1p52 + 1077), f64_set(0x1p52 + 1023));
    const vd mantissa = f64_from_bits(i64_add(i64_sub(bits, i64_shift_left(exponent, 52)), i64_set(0x3FF0000000000000)));
    *n = *n + f64_select(usual, count, f64_set(0));
    return f64_select(usual, f64_or_sign(mantissa, v), v);
}
/* a b c x^e rounded once, without leaving the range on the way */
INLINE vd pow_product_f64(vd a, vd b, vd c, f64_exponential power) {
    vd n = power.n;
    f64_pair y = f64_product(pow_mantissa_f64(a, &n), pow_mantissa_f64(b, &n));
    y.low = f64_finite_low(y.high, y.low);
    y = f64_pair_product(y, f64_pair_of(pow_mantissa_f64(c, &n), f64_set(0)));
    y.low = f64_finite_low(y.high, y.low);
    y = f64_pair_product(y, power.pair);
    return exponential_scale_f64(y.high + f64_finite_low(y.high, y.low), f64_min(f64_set(3000), f64_max(f64_set(-3000), n)));
}
INLINE vd pow_value_general_f64(vd x, const vd *p) {
    const f64_exponential power = pow_power_f64(x, f64_pair_of(p[0], f64_set(0)), pow_sign_of(p[0]));
    return pow_product_f64(p[1], f64_set(1), f64_set(1), power);
}
INLINE vd pow_backward_general_f64(vd g, vd x, const vd *p) {
    const f64_exponential power = pow_power_f64(x, f64_sum(p[0], f64_set(-1)), f64_set(0) - pow_sign_of(p[0]));
    return f64_select(f64_eq(p[0], f64_set(0)), f64_set(0), pow_product_f64(g, p[0], p[1], power));
}

/* The same powers as in float lanes: fourth roots within 0.777 ulp, worst at 9.4e-323, and 0.540 where x is normal; their slopes within
 * 0.541, worst at 667.388459. */
INLINE vd pow_square_f64(vd x, const vd *p) { UNUSED(p); return x * x; }
INLINE vd pow_cube_f64(vd x, const vd *p) {
    UNUSED(p);
    const vd at = f64_nan_beyond(x, 0x1p340), square = at * at;
    return f64_fma(square, at, f64_fms(at, at, square) * at);
}
INLINE vd pow_root_f64(vd x, const vd *p) { UNUSED(p); return f64_sqrt_estimated(x + f64_set(0)); }
INLINE vd pow_fourth_root_f64(vd x, const vd *p) {
    UNUSED(p);
    const vd at = x + f64_set(0), square = f64_sqrt_estimated(at), half = f64_half_root_guess(square);
    const vd rest = f64_fnma(square, square, at) * (half * (half + half));
    const f64_pair root = f64_root_of_pair(f64_pair_of(square, rest));
    return root.high + root.low;
}
INLINE vd pow_square_backward_f64(vd g, vd x, const vd *p) { UNUSED(p); return square_backward_f64(g, x); }
INLINE vd pow_root_backward_f64(vd g, vd x, const vd *p) { UNUSED(p); return sqrt_backward_quick_f64(g, x); }
INLINE vd pow_fourth_root_backward_f64(vd g, vd x, const vd *p) {
    UNUSED(p);
    const f64_half_root h = f64_half_inverse_root(x);
    const vd twice = h.r + h.r;
    const f64_pair u = f64_sum_ordered(twice, twice * h.rest);
    const f64_pair slope = f64_pair_scaled(f64_pair_product(u, f64_root_of_pair(u)), f64_set(0.25));
    return f64_fma(g, slope.high, g * slope.low);
}

/* Among the powers, lane by lane or, where all of them ask for one, in its own loop. */
#include "../simd/as_float.h"
#include "pow_template.h"
#include "../simd/as_double.h"
#include "pow_template.h"
#include "../simd/as_none.h"
#define POW_IS(power) (given[0] == power && given[1] == 1)
#define POW_VALUES(C) \
    C(POW_IS(2), pow_square) C(POW_IS(3), pow_cube) C(POW_IS(0.5f), pow_root) C(POW_IS(0.25f), pow_fourth_root)
#define POW_SLOPES(C) \
    C(POW_IS(2), pow_square_backward) C(POW_IS(0.5f), pow_root_backward) C(POW_IS(0.25f), pow_fourth_root_backward)
UNARY_P_CASES_F32(pow_value, 2, POW_VALUES, pow_value_general)
UNARY_P_LONG_F32(pow_derivative, 2)
BINARY_P_CASES_F32(pow_backward, 2, POW_SLOPES, pow_backward_general)
UNARY_P_CASES_F64(pow_value, 2, POW_VALUES, pow_value_general)
UNARY_P_F64(pow_derivative, 2)
BINARY_P_CASES_F64(pow_backward, 2, POW_SLOPES, pow_backward_general)
