/* 1 / (2 sqrt(x)) in two parts, from the bits and a minimax polynomial: the same on every machine, unlike its estimates, and in half of the
 * time of the instructions that take roots and divide. */
#ifndef FASTACT_MATH_INVERSE_ROOT_F32_H
#define FASTACT_MATH_INVERSE_ROOT_F32_H

/* r (1 + rest) within 2^-29, r within 2^-15.2, where 2^-126 <= x < 2^127; NaN elsewhere */
typedef struct {
    vf r, rest;
} f32_half_root;
INLINE f32_half_root f32_half_inverse_root(vf x) {
    const vf twice = f32_select(f32_not_ge(x, f32_set(0x1p-126f)), f32_set(NAN), x + x), half = f32_set(0.5f);
    /* within 0.0341 by the difference of the bits: first is half of that or less */
    const vf guess = f32_from_bits(i32_sub(i32_set(0x5EB74800), i32_shift_right(f32_bits(x), 1)));
    const vf first = f32_fnma(twice * guess, guess, half);
    f32_half_root h;
    h.r = f32_fma(guess, first * f32_fma(f32_set(0x1.8118cp0f), first, f32_set(0x1.008e84p0f)), guess);
    const vf product = twice * h.r, lost = f32_fms(twice, h.r, product); /* twice an x of 2^127 is infinite, and lost NaN */
    h.rest = f32_fnma(lost, h.r, f32_fnma(product, h.r, half));
    return h;
}
/* the square root of v + low, v a normal number below 2^124, and what its rounding took, right to 2^-15 */
INLINE f32_pair f32_root_of_pair(vf v, vf low) {
    const vf guess = f32_from_bits(i32_sub(i32_set(0x5EB74800), i32_shift_right(f32_bits(v), 1)));
    const vf lack = f32_fnma(v, guess * guess, f32_set(0.25f));
    const vf near = f32_fma(guess * lack, f32_fma(f32_set(0x1.8118cp2f), lack, f32_set(0x1.008e84p1f)), guess);
    f32_pair r;
    r.high = f32_sqrt(v);
    r.low = (f32_fnma(r.high, r.high, v) + low) * near;
    return r;
}
#endif
