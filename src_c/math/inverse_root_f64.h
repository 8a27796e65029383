/* 1 / (2 sqrt(x)) in two parts, as in inverse_root_f32.h with one step more, and of pairs. */
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
/* 1 / (2 sqrt(x)) within 2^-19.9 */
INLINE vd f64_half_root_near(vd x, vd twice) {
    const vd guess = f64_half_root_guess(x), first = f64_fnma(twice * guess, guess, f64_set(0.5));
    const vd second = f64_fma(f64_set(0x1.413faep1), first, f64_set(0x1.8114a4p0));
    return f64_fma(guess * first, f64_fma(second, first, f64_set(0x1.ffffc2p-1)), guess);
}
/* 1 / (2 sqrt(v)) = r (1 + rest) within 2^-72: r has 26 bits, so that its square is exact and what it lacks takes one fma */
typedef struct {
    vd r, square, rest;
} f64_short_root;
INLINE f64_short_root f64_short_inverse_root(f64_pair v) {
    const vd twice = v.high + v.high;
    f64_short_root s;
    s.r = f64_from_bits(i64_and(f64_bits(f64_half_root_near(v.high, twice)), i64_set(-(INT64_C(1) << 27))));
    s.square = s.r * s.r;
    /* 1 + rest = (1 - 2 lack)^(-1/2), the low part of v apart */
    const vd lack = f64_fnma(twice, s.square, f64_set(0.5));
    const vd series = f64_fma(f64_fma(f64_set(2.5), lack, f64_set(1.5)), lack, f64_set(1));
    s.rest = f64_fms(lack, series, (v.low + v.low) * s.square);
    return s;
}
/* x / (2 sqrt(v)), and 1/2 more of such a pair, exact but for its low part */
INLINE f64_pair f64_half_ratio(vd x, f64_short_root s) {
    const f64_pair p = f64_product(x, s.r);
    return f64_pair_of(p.high, f64_fma(p.high, s.rest, p.low));
}
INLINE f64_pair f64_half_more(f64_pair a) {
    const vd half = f64_set(0.5), sum = a.high + half;
    return f64_pair_of(sum, (a.high - (sum - half)) + a.low);
}
/* the square root of a positive pair, or 0, and what its rounding took, right to 4 % */
INLINE f64_pair f64_root_of_pair(f64_pair v) {
    const vd root = f64_sqrt_estimated(v.high);
    return f64_pair_of(root, (f64_fnma(root, root, v.high) + v.low) * f64_half_root_guess(v.high));
}
/* the same, what it took right to 2^-19.9 */
INLINE f64_pair f64_short_root_of_pair(f64_pair v) {
    const vd root = f64_sqrt(v.high);
    return f64_pair_of(root, (f64_fnma(root, root, v.high) + v.low) * f64_half_root_near(v.high, v.high + v.high));
}
#endif
