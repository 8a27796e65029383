/* exp in double lanes, kept in parts: e^(high + low) = 2^n pair, pair in [0.7, 1.42) and right to about 2^-56.
 *
 * n = y / ln 2 rounded by a magic addition; r = y - n ln 2 with ln 2 = 0x1.62e42fefa38p-1 (42 bits, so the first step is exact) +
 * 0x1.ef35793c7673p-45, its rounding error kept; e^r = 1 + r + r^2 q(r), q of degree 10, minimax.
 * Callers clamp high to [EXP_F64_LOWEST, 700]: below, even the largest gradient times the result is 0. */
#ifndef FASTACT_MATH_EXP_F64_H
#define FASTACT_MATH_EXP_F64_H
#include "pair_f64.h"

#define EXP_F64_LOWEST -1520.0
#define EXP_F64_MAGIC 0x1.8p52

typedef struct {
    f64_pair pair;
    vd n;
} f64_exponential;

/* r with its low part, r^2 q(r) and n */
typedef struct {
    vd r, r_low, rest, n;
} f64_exp_reduced;

INLINE f64_exp_reduced f64_exp_reduce(vd high, vd low) {
    static const double c[11] = {0x1p-1, 0x1.5555555555557p-3, 0x1.5555555555557p-5, 0x1.111111111004fp-7, 0x1.6c16c16c156a4p-10,
                                 0x1.a01a01ac1f722p-13, 0x1.a01a01ab99294p-16, 0x1.71de01a752803p-19, 0x1.27e4cfacf699p-22,
                                 0x1.af4ed774cbeb1p-26, 0x1.1f86f4ef8c5acp-29};
    f64_exp_reduced e;
    e.n = f64_fma(high, f64_set(0x1.71547652b82fep+0), f64_set(EXP_F64_MAGIC)) - f64_set(EXP_F64_MAGIC);
    const vd first = f64_fnma(e.n, f64_set(0x1.62e42fefa38p-1), high);
    const vd shift = f64_fnma(e.n, f64_set(0x1.ef35793c7673p-45), low); /* low may be large enough to need its square */
    e.r = first + shift;
    e.r_low = shift - (e.r - first);
    vd q = f64_set(c[10]);
    for (int k = 9; k >= 0; --k) q = f64_fma(q, e.r, f64_set(c[k]));
    e.rest = e.r * e.r * q;
    return e;
}

INLINE f64_exponential f64_exp_split(vd high, vd low) {
    const f64_exp_reduced e = f64_exp_reduce(high, low);
    const f64_pair one = f64_sum_ordered(f64_set(1), e.r);
    const f64_pair sum = f64_sum_ordered(one.high, f64_fma(e.r_low, one.high + e.rest, e.rest));
    const f64_exponential x = {{sum.high, sum.low + one.low}, e.n};
    return x;
}
INLINE f64_pair f64_exp_pair(f64_exponential e) { return e.pair; }

/* 2^n for whole n in [-1022, 1023]: the sum puts n + 1023 where the exponent field takes it from */
INLINE vd f64_two_to(vd n) { return f64_from_bits(i64_shift_left(f64_bits(n + f64_set(EXP_F64_MAGIC + 1023)), 52)); }
/* 2^n = first second^2: the first never loses a bit of a pair, the second is 1 unless the result is close to subnormal. Squared
 * because the largest gradient meets results down to 2^-2099. */
INLINE vd f64_exp_half_excess(vd n) {
    const vd magic = f64_set(EXP_F64_MAGIC);
    return f64_fma(f64_set(0.5), n - f64_max(f64_set(-960), n), magic) - magic;
}
INLINE vd f64_exp_first_factor(f64_exponential e) { return f64_two_to(f64_fma(f64_set(-2), f64_exp_half_excess(e.n), e.n)); }
INLINE vd f64_exp_second_factor(f64_exponential e) { return f64_two_to(f64_exp_half_excess(e.n)); }

/* e^(high + low) - 1, relatively right to about 2^-56 also near 0; high in [-700, 700] */
INLINE f64_pair f64_expm1_pair(vd high, vd low) {
    const f64_exp_reduced e = f64_exp_reduce(high, low);
    const f64_pair p = f64_sum_ordered(e.r, f64_fma(e.r_low, f64_set(1) + (e.r + e.rest), e.rest));
    const vd scale = f64_two_to(e.n), base = scale - f64_set(1), base_low = scale - (base + f64_set(1));
    const f64_pair sum = f64_sum_ordered(base, scale * p.high);
    return f64_pair_of(sum.high, f64_fma(scale, p.low, sum.low) + base_low);
}

/* the low part of a product that went to infinity or NaN is no correction */
INLINE vd f64_finite_low(vd high, vd low) {
    return f64_select(f64_lt(f64_abs(high), f64_set(INFINITY)), low, f64_set(0));
}
/* e^-abs(u), u = high + low, clamped */
INLINE f64_exponential f64_exp_minus_abs(f64_pair u) {
    const vd a = f64_abs(u.high), low = f64_xor_sign(f64_set(0) - u.low, u.high);
    return f64_exp_split(f64_max(f64_set(EXP_F64_LOWEST), f64_set(0) - a), f64_select(f64_lt(a, f64_set(-EXP_F64_LOWEST)), low, f64_set(0)));
}
#endif
