/* pow(x) = alpha x^beta with the special cases of IEEE 754 pow; pow'(x) = alpha beta x^(beta - 1), 0 where beta is 0.
 *
 * abs(x)^e = exp(e log(abs(x))); a negative x needs a whole e, and an odd one turns the sign. Float lanes: all of it in double lanes,
 * rounded once, within 0.502 ulp (beta = 2.5; worst at 1.03406229e-25, in the derivative). */

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
INLINE vf pow_value_f32(vf x, const vf *p) {
    return f32_from_f64(pow_value_wide(f64_from_f32_low(x), f64_from_f32_low(p[0]), f64_from_f32_low(p[1])),
                        pow_value_wide(f64_from_f32_high(x), f64_from_f32_high(p[0]), f64_from_f32_high(p[1])));
}
INLINE vf pow_backward_f32(vf g, vf x, const vf *p) {
    return f32_from_f64(pow_backward_wide(f64_from_f32_low(g), f64_from_f32_low(x), f64_from_f32_low(p[0]), f64_from_f32_low(p[1])),
                        pow_backward_wide(f64_from_f32_high(g), f64_from_f32_high(x), f64_from_f32_high(p[0]), f64_from_f32_high(p[1])));
}
INLINE vf pow_derivative_f32(vf x, const vf *p) { return pow_backward_f32(f32_set(1), x, p); }
UNARY_P_LONG_F32(pow_value, 2)
UNARY_P_LONG_F32(pow_derivative, 2)
BINARY_P_LONG_F32(pow_backward, 2)

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
INLINE vd pow_value_f64(vd x, const vd *p) {
    const f64_exponential power = pow_power_f64(x, f64_pair_of(p[0], f64_set(0)), pow_sign_of(p[0]));
    return pow_product_f64(p[1], f64_set(1), f64_set(1), power);
}
INLINE vd pow_backward_f64(vd g, vd x, const vd *p) {
    const f64_exponential power = pow_power_f64(x, f64_sum(p[0], f64_set(-1)), f64_set(0) - pow_sign_of(p[0]));
    return f64_select(f64_eq(p[0], f64_set(0)), f64_set(0), pow_product_f64(g, p[0], p[1], power));
}
INLINE vd pow_derivative_f64(vd x, const vd *p) { return pow_backward_f64(f64_set(1), x, p); }
UNARY_P_F64(pow_value, 2)
UNARY_P_F64(pow_derivative, 2)
BINARY_P_F64(pow_backward, 2)
