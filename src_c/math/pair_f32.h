/* Numbers as sums of two floats. */
#ifndef FASTACT_MATH_PAIR_F32_H
#define FASTACT_MATH_PAIR_F32_H

typedef struct {
    vf high, low;
} f32_pair;

INLINE f32_pair f32_pair_of(vf high, vf low) {
    const f32_pair r = {high, low};
    return r;
}
/* a + b, exactly */
INLINE f32_pair f32_two_sum(vf a, vf b) {
    const vf sum = a + b, back = sum - a;
    return f32_pair_of(sum, (a - (sum - back)) + (b - back));
}
/* a b + c, rounded, and what the rounding lost */
INLINE f32_pair f32_pair_sum(vf a, vf b, vf c) {
    f32_pair r;
    r.high = f32_fma(a, b, c);
    r.low = f32_fms(a, b, r.high) + c;
    return r;
}
/* a b, exactly where its last bit is no smaller than the smallest float */
INLINE f32_pair f32_product(vf a, vf b) {
    const vf high = a * b;
    return f32_pair_of(high, f32_fms(a, b, high));
}
/* of pairs whose low parts are small */
INLINE f32_pair f32_pair_product(f32_pair a, f32_pair b) {
    const vf high = a.high * b.high;
    return f32_pair_of(high, f32_fma(a.high, b.low, f32_fma(a.low, b.high, f32_fms(a.high, b.high, high))));
}
/* a / b, given about 1 / b */
INLINE f32_pair f32_quotient(vf a, vf b, vf reciprocal) {
    const vf q = a * reciprocal;
    return f32_pair_of(q, f32_fnma(q, b, a) * reciprocal);
}
#endif
