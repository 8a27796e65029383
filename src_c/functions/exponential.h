/* exponential(x) = e^x, also known as exp; its own derivative; from the output, y.
 *
 * e^x in parts (math/exp_f32.h, math/exp_f64.h): float lanes within 0.593 ulp, worst at 64.4105682, subnormal results within 0.766 of
 * 2^-149. The backward pass forms the product before the scaling, and a tiny gradient is lifted out of the subnormal range first: e^x
 * beyond the format times a tiny gradient is right, and so is a huge gradient times e^x below it. */
INLINE vf exponential_value_f32(vf x) {
    const f32_exp_parts e = f32_exp(f32_min(f32_set(90), f32_max(f32_set(EXP_F32_LOWEST), x)));
    return f32_exp_scale(e.high + e.low, e);
}
/* An infinite gradient must not meet a low part of 0 or of the other sign; -0 keeps its sign. */
INLINE vf exponential_product_f32(vf g, f32_exp_parts e) {
    const vf finite = f32_max(f32_set(-0x1.fffffep127f), f32_min(f32_set(0x1.fffffep127f), g));
    return f32_or_sign(f32_exp_scale(f32_fma(g, e.high, finite * e.low), e), g);
}
INLINE mf exponential_is_tiny_f32(vf g) { return f32_mask_and(f32_lt(f32_abs(g), f32_set(0x1p-60f)), f32_lt(f32_set(0), f32_abs(g))); }
/* for every gradient, and at +inf */
NOINLINE vf exponential_backward_rare_f32(vf g, vf x) {
    const mf small = exponential_is_tiny_f32(g);
    const vf lowest = f32_select(small, f32_set(-80), f32_set(EXP_F32_LOWEST)), highest = f32_select(small, f32_set(195), f32_set(132));
    const f32_exp_parts e = f32_exp(f32_min(highest, f32_max(lowest, x)));
    const vf lifted = f32_select(small, g * f32_set(0x1p126f), g), shift = f32_select(small, f32_set(-126), f32_set(0));
    const vf y = exponential_product_f32(lifted, f32_exp_shift(e, shift));
    return f32_select(f32_eq(x, f32_set(INFINITY)), g * x, y);
}
INLINE vf exponential_backward_f32(vf g, vf x) {
    const mf rare = f32_mask_or(exponential_is_tiny_f32(g), f32_eq(x, f32_set(INFINITY)));
    if (UNLIKELY(f32_mask_any(rare))) return exponential_backward_rare_f32(g, x);
    return exponential_product_f32(g, f32_exp(f32_min(f32_set(132), f32_max(f32_set(EXP_F32_LOWEST), x))));
}
INLINE vf exponential_backward_from_output_f32(vf g, vf y) { return g * y; }
/* for 16 bits: without the low parts, and 1/2 in the polynomial moved so that all 65 536 round the same, of either kind */
INLINE vf exponential_value_coarse_f32(vf x) {
    const f32_exponent e = f32_exp_reduce(f32_min(f32_set(90), f32_max(f32_set(EXP_F32_LOWEST), x)));
    const vf p = f32_fma(e.r * e.r, f32_fma(f32_set(0x1.555b88p-3f), e.r, f32_set(0x1.00028p-1f)), e.r);
    const vf power = f32_lookup8(f32_exp_high, f32_bits(e.sum));
    return f32_scale(f32_fma(power, p, power), e.sum - f32_set(EXP_F32_MAGIC - 1), f32_bits(e.sum));
}
UNARY_COARSE_F32(exponential_value, exponential_value_coarse)
SAME_F32(exponential_derivative, exponential_value)
BINARY_F32(exponential_backward)
BINARY_F32(exponential_backward_from_output)

/* 2^n y for abs(n) <= 3000, in three steps: only the last one rounds, unless the result is 0 */
INLINE vd exponential_scale_f64(vd y, vd n) {
    const vd magic = f64_set(EXP_F64_MAGIC), third = f64_fma(n, f64_set(1.0 / 3), magic) - magic, step = f64_two_to(third);
    return ((y * step) * step) * f64_two_to(f64_fma(f64_set(-2), third, n));
}
NOINLINE vd exponential_value_rare_f64(vd x) {
    const vd bounded = f64_min(f64_set(711), f64_max(f64_set(-800), x));
    const f64_exp_parts e = f64_exp_parts_of(bounded, bounded, 0);
    return exponential_scale_f64(f64_fma(f64_exp_base(e), f64_exp_growth(e), f64_exp_base(e)), f64_exp_turns(e));
}
INLINE vd exponential_value_f64(vd x) {
    if (UNLIKELY(f64_mask_any(f64_not_le(f64_abs(x), f64_set(708))))) return exponential_value_rare_f64(x);
    const f64_exp_parts e = f64_exp_parts_of(x, x, 0);
    return f64_fma(f64_exp_raised_base(e), f64_exp_growth(e), f64_exp_raised_base(e));
}
INLINE vd exponential_backward_f64(vd g, vd x) {
    const md small = f64_lt(f64_abs(g), f64_set(1));
    const vd lowest = f64_select(small, f64_set(-760), f64_set(EXP_F64_LOWEST)), highest = f64_select(small, f64_set(1460), f64_set(711));
    const vd shift = f64_select(small, f64_set(600), f64_set(-600));
    const vd near_one = g * f64_select(small, f64_set(0x1p600), f64_set(0x1p-600)); /* neither product below leaves the range */
    const f64_exponential e = f64_exp_split(f64_min(highest, f64_max(lowest, x)), f64_set(0));
    const f64_scaled_pair s = {e.pair, f64_set(1)};
    const vd y = f64_or_sign(exponential_scale_f64(f64_scaled_product(near_one, s), e.n - shift), g);
    return f64_select(f64_eq(x, f64_set(INFINITY)), g * x, y);
}
INLINE vd exponential_backward_from_output_f64(vd g, vd y) { return g * y; }
/* short ways to the same numbers: no product or low part of one is subnormal */
INLINE vd exponential_value_quick_f64(vd x) {
    const vd y = f64_nan_beyond(x, 708);
    const f64_exp_parts e = f64_exp_parts_of(y, y, 0);
    return f64_fma(f64_exp_raised_base(e), f64_exp_growth(e), f64_exp_raised_base(e));
}
INLINE vd exponential_backward_quick_f64(vd g, vd x) {
    const vd y = f64_nan_beyond(x, 300), size = f64_abs(g);
    const md usual = f64_mask_and(f64_lt(f64_set(0x1p-400), size), f64_lt(size, f64_set(0x1p500)));
    const f64_pair e = f64_exp_near(y, y, 0);
    return f64_fma(f64_select(usual, g, f64_set(NAN)), e.high, g * e.low);
}
UNARY_QUICK_F64(exponential_value, exponential_value_quick)
KERNEL(exponential_derivative_f64) { kernel_exponential_value_f64(n, a, b, out, parameters); }
BINARY_QUICK_F64(exponential_backward, exponential_backward_quick)
BINARY_LIGHT_F64(exponential_backward_from_output)
