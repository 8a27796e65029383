/* Unevaluated sums of two doubles, high + low with low below an ulp or so of high: what a function keeps until its only rounding. */
#ifndef FASTACT_MATH_PAIR_F64_H
#define FASTACT_MATH_PAIR_F64_H

typedef struct {
    vd high, low;
} f64_pair;

INLINE f64_pair f64_pair_of(vd high, vd low) {
    const f64_pair r = {high, low};
    return r;
}
INLINE f64_pair f64_pair_set(double high, double low) { return f64_pair_of(f64_set(high), f64_set(low)); }
INLINE f64_pair f64_pair_scaled(f64_pair a, vd power_of_two) { return f64_pair_of(a.high * power_of_two, a.low * power_of_two); }
INLINE f64_pair f64_pair_select(md m, f64_pair a, f64_pair b) {
    return f64_pair_of(f64_select(m, a.high, b.high), f64_select(m, a.low, b.low));
}

/* a + b, exactly, for abs(a) >= abs(b); also when a is a multiple of the sum's last place and the sum is no smaller than b */
INLINE f64_pair f64_sum_ordered(vd a, vd b) {
    const vd s = a + b;
    return f64_pair_of(s, b - (s - a));
}
/* a + b, exactly, in any order */
INLINE f64_pair f64_sum(vd a, vd b) {
    const vd s = a + b, back = s - a;
    return f64_pair_of(s, (a - (s - back)) + (b - back));
}
INLINE f64_pair f64_product(vd a, vd b) {
    const vd p = a * b;
    return f64_pair_of(p, f64_fms(a, b, p));
}
INLINE f64_pair f64_pair_sum(f64_pair a, f64_pair b) {
    const f64_pair s = f64_sum(a.high, b.high);
    return f64_pair_of(s.high, s.low + (a.low + b.low));
}
INLINE f64_pair f64_pair_sum_ordered(f64_pair a, f64_pair b) {
    const f64_pair s = f64_sum_ordered(a.high, b.high);
    return f64_pair_of(s.high, s.low + (a.low + b.low));
}
INLINE f64_pair f64_pair_product(f64_pair a, f64_pair b) {
    const f64_pair p = f64_product(a.high, b.high);
    return f64_pair_of(p.high, f64_fma(a.low, b.high, f64_fma(a.high, b.low, p.low)));
}
INLINE f64_pair f64_pair_square(f64_pair a) {
    const f64_pair p = f64_product(a.high, a.high);
    return f64_pair_of(p.high, f64_fma(a.high + a.high, a.low, p.low));
}
/* one division; its rounding error goes to the low part */
INLINE f64_pair f64_pair_ratio(f64_pair a, f64_pair b) {
    const vd reciprocal = f64_set(1) / b.high, q = a.high * reciprocal;
    const vd rest = f64_fnma(q, b.low, f64_fnma(q, b.high, a.high) + a.low);
    return f64_pair_of(q, rest * reciprocal);
}

/* the square root of v >= 0 */
INLINE f64_pair f64_pair_sqrt(f64_pair v) {
    const vd root = f64_sqrt_estimated(v.high), rest = f64_fnma(root, root, v.high) + v.low;
    return f64_pair_of(root, rest * (f64_set(0.5) / f64_max(f64_set(0x1p-1022), root)));
}

/* 2^floor(log2 x) for a normal, positive x; 2^1022 for larger ones, so that its inverse is a normal number too */
INLINE vd f64_power_of_two_of(vd x) {
    return f64_min(f64_set(0x1p1022), f64_from_bits(i64_and(f64_bits(x), i64_set(INT64_C(0x7FF0000000000000)))));
}

/* A pair with a factor scale^2, scale = 2^count and count <= 0, that must be applied last: the deep tails, where results are
 * subnormal. */
typedef struct {
    f64_pair pair;
    vd scale;
} f64_scaled_pair;

INLINE vd f64_scale_last(vd y, vd scale) { return (y * scale) * scale; }
INLINE vd f64_scaled_value(f64_scaled_pair s) { return f64_scale_last(s.pair.high + s.pair.low, s.scale); }
/* g times the pair, rounded once; an infinite g must not meet a low part that is zero or of the other sign */
INLINE vd f64_scaled_product(vd g, f64_scaled_pair s) {
    const vd bounded = f64_min(f64_set(0x1.fffffffffffffp1023), f64_max(f64_set(-0x1.fffffffffffffp1023), g));
    return f64_scale_last(f64_fma(g, s.pair.high, bounded * s.pair.low), s.scale);
}
#endif
