/* 1 / (2 sqrt(x)) in two parts, as in inverse_root_f32.h with one step more; a rough reciprocal. */
#ifndef FASTACT_MATH_INVERSE_ROOT_F64_H
#define FASTACT_MATH_INVERSE_ROOT_F64_H

/* r (1 + rest) within 2^-57, r within 2^-29, where 2^-1022 <= x < 2^1023; NaN elsewhere */
typedef struct {
    vd r, rest;
} f64_half_root;
INLINE vd f64_half_root_guess(vd x) { /* within 0.0341 by the difference of the bits */
    return f64_from_bits(i64_sub(i64_set(INT64_C(0x5FD6E90000000000)), i64_shift_right(f64_bits(x), 1)));
}
INLINE f64_half_root f64_half_inverse_root(vd x) {
    const vd twice = f64_select(f64_not_ge(x, f64_set(0x1p-1022)), f64_set(NAN), x + x), half = f64_set(0.5);
    const vd guess = f64_half_root_guess(x); /* first is half of what it lacks or less */
    const vd first = f64_fnma(twice * guess, guess, half);
    const vd near = f64_fma(guess, first * f64_fma(f64_set(0x1.8118cp0), first, f64_set(0x1.008e84p0)), guess);
    f64_half_root h;
    h.r = f64_fma(near, f64_fnma(twice * near, near, half), near);
    const vd product = twice * h.r, lost = f64_fms(twice, h.r, product); /* twice an x of 2^1023 is infinite, and lost NaN */
    h.rest = f64_fnma(lost, h.r, f64_fnma(product, h.r, half));
    return h;
}
/* the square root of a positive pair, or 0, and what its rounding took, right to 4 % */
INLINE f64_pair f64_root_of_pair(f64_pair v) {
    const vd root = f64_sqrt(v.high);
    return f64_pair_of(root, (f64_fnma(root, root, v.high) + v.low) * f64_half_root_guess(v.high));
}
/* 1 / x within 2^-8, x a normal number below 2^1021 */
INLINE vd f64_rough_inverse(vd x) {
    const vd guess = f64_from_bits(i64_sub(i64_set(INT64_C(0x7FDE6238DA3C2119)), f64_bits(x)));
    return f64_fma(guess, f64_fnma(x, guess, f64_set(1)), guess);
}
#endif
