/* exp in double lanes, kept in parts: e^(high + low) = 2^n pair, pair in [0.97, 2.05) and right to about 2^-57.
 *
 * y / ln 2 is rounded to sixteenths n + j / 16 by a magic addition; r = y - (n + j / 16) ln 2 with ln 2 = 0x1.62e42fefap-1 (37 bits, so the
 * first step is exact) + 0x1.cf79abc9e3b3ap-40; e^r = 1 + r + r^2 q(r), q of degree 5, minimax within 2^-64. 2^(j / 16) is the base of
 * a table, times e^(what the base misses), which goes into r.
 * Callers clamp high to [EXP_F64_LOWEST, 700]: below, even the largest gradient times the result is 0.
 *
 * e^y - 1 keeps its relative accuracy: the base of j = n = 0 is 1, so that next to 0 nothing of it is left but r and what follows.
 * f64_exp_reduce, for e^y and e^y - 1 with a factor that must be applied last, takes whole n and a q of degree 10. */
#ifndef FASTACT_MATH_EXP_F64_H
#define FASTACT_MATH_EXP_F64_H
#include "pair_f64.h"

#define EXP_F64_LOWEST -1520.0
#define EXP_F64_MAGIC 0x1.8p52

typedef struct {
    f64_pair pair;
    vd n;
} f64_exponential;

static const double f64_exp_bases[16] = {
    0x1p+0, 0x1.0b5586cf9890fp+0, 0x1.172b83c7d517bp+0, 0x1.2387a6e756238p+0, 0x1.306fe0a31b715p+0,
    0x1.3dea64c123422p+0, 0x1.4bfdad5362a27p+0, 0x1.5ab07dd485429p+0, 0x1.6a09e667f3bcdp+0, 0x1.7a11473eb0187p+0,
    0x1.8ace5422aa0dbp+0, 0x1.9c49182a3f09p+0, 0x1.ae89f995ad3adp+0, 0x1.c199bdd85529cp+0, 0x1.d5818dcfba487p+0,
    0x1.ea4afa2a490dap+0};
static const double f64_exp_missed[16] = {
    0x0p+0, 0x1.79aa65d837b6dp-54, -0x1.01b15eaa59348p-55, 0x1.68efde3a8a894p-54, 0x1.34d754db0abb6p-55,
    0x1.59f48a72a4c6dp-55, 0x1.690cebb7aafbp-56, 0x1.063e1e21c5409p-54, -0x1.3b3efbf5e2228p-54, -0x1.b32dcb94da51dp-56,
    0x1.db72fc1f0eab4p-55, 0x1.1affc2b91ce27p-56, 0x1.c1a7792cb3387p-55, 0x1.36eae30af0cb3p-56, 0x1.4a385a63d07a7p-56,
    -0x1.ff7128fd391fp-55};
/* the bases with j 2^48 taken from their bits, which adding (16 n + j) 2^48 puts back */
static const double f64_exp_lowered[16] = {
    0x1p+0, 0x1.fb5586cf9890fp-1, 0x1.f72b83c7d517bp-1, 0x1.f387a6e756238p-1, 0x1.f06fe0a31b715p-1,
    0x1.edea64c123422p-1, 0x1.ebfdad5362a27p-1, 0x1.eab07dd485429p-1, 0x1.ea09e667f3bcdp-1, 0x1.ea11473eb0187p-1,
    0x1.eace5422aa0dbp-1, 0x1.ec49182a3f09p-1, 0x1.ee89f995ad3adp-1, 0x1.f199bdd85529cp-1, 0x1.f5818dcfba487p-1,
    0x1.fa4afa2a490dap-1};
#define EXP_F64_SIXTEENTHS 0x1.8p48

/* e^y = 2^n base (1 + r + r_low + r^2 q); the sum holds 16 n + j in its low bits, and `sixteenths`
 * less 1 makes it that of e^y / 2. Terms of q in pairs:
 * five steps in a row would be waited for (sigmoid in 0.93 of the time). */
typedef struct {
    vd sum, r, r_low, square, q;
} f64_exp_parts;
INLINE f64_exp_parts f64_exp_parts_at(vd sum, double sixteenths, vd high, vd low, int has_low) {
    static const double c[6] = {0x1.0000000000001p-1, 0x1.5555555555556p-3, 0x1.55555554e90f2p-5, 0x1.11111110e0f1ep-7, 0x1.6c17ed998e52bp-10,
                                0x1.a01b0c731c4a3p-13};
    const vd turns = sum - f64_set(sixteenths);
    vd shift = f64_lookup16(f64_exp_missed, f64_bits(sum));
    if (has_low) shift = shift + low;
    const vd first = f64_fnma(turns, f64_set(0x1.62e42fefap-1), high), second = f64_fnma(turns, f64_set(0x1.cf79abc9e3b3ap-40), shift);
    f64_exp_parts e;
    e.sum = sum;
    e.r = first + second;
    e.r_low = second - (e.r - first);
    e.square = e.r * e.r;
    const vd c01 = f64_fma(e.r, f64_set(c[1]), f64_set(c[0])), c23 = f64_fma(e.r, f64_set(c[3]), f64_set(c[2]));
    e.q = f64_fma(e.square, f64_fma(e.square, f64_fma(e.r, f64_set(c[5]), f64_set(c[4])), c23), c01);
    return e;
}
INLINE f64_exp_parts f64_exp_parts_of(vd high, vd low, int has_low) {
    const vd sum = f64_fma(high, f64_set(0x1.71547652b82fep+0), f64_set(EXP_F64_SIXTEENTHS));
    return f64_exp_parts_at(sum, EXP_F64_SIXTEENTHS, high, low, has_low);
}
INLINE vd f64_exp_growth(f64_exp_parts e) { return f64_fma(e.square, e.q, e.r); }

INLINE vd f64_exp_base(f64_exp_parts e) { return f64_lookup16(f64_exp_bases, f64_bits(e.sum)); }
INLINE vd f64_exp_turns(f64_exp_parts e) {
    return f64_from_bits(i64_and(f64_bits(e.sum), i64_set(~INT64_C(15)))) - f64_set(EXP_F64_SIXTEENTHS);
}
INLINE f64_exponential f64_exp_split(vd high, vd low) {
    const f64_exp_parts e = f64_exp_parts_of(high, low, 1);
    const vd base = f64_exp_base(e);
    const f64_exponential x = {f64_sum_ordered(base, base * f64_exp_growth(e)), f64_exp_turns(e)};
    return x;
}
/* 2^n base where that is a normal number: for y in [-708, 708] */
INLINE vd f64_exp_raised_base(f64_exp_parts e) {
    return f64_from_bits(i64_add(f64_bits(f64_lookup16(f64_exp_lowered, f64_bits(e.sum))), i64_shift_left(f64_bits(e.sum), 48)));
}
INLINE f64_pair f64_exp_near(vd high, vd low, int has_low) {
    const f64_exp_parts e = f64_exp_parts_of(high, low, has_low);
    const vd base = f64_exp_raised_base(e);
    return f64_sum_ordered(base, base * f64_exp_growth(e));
}
/* NaN beyond the limit either way: what short ways are made of, loops then ask full ones (loops/map.h) */
INLINE vd f64_nan_beyond(vd x, double limit) { return f64_select(f64_not_le(f64_abs(x), f64_set(limit)), f64_set(NAN), x); }
/* e^-abs(u), u = high + low, the same number as f64_exp_minus_abs's where no scale is left to the end, NaN elsewhere */
#define EXP_F64_NEAR 660
INLINE f64_pair f64_exp_minus_abs_near(f64_pair u) {
    const vd a = f64_abs(f64_nan_beyond(u.high, EXP_F64_NEAR));
    return f64_exp_near(f64_set(0) - a, f64_xor_sign(f64_set(0) - u.low, u.high), 1);
}
INLINE f64_pair f64_exp_minus_abs_near_of(vd u) {
    const vd a = f64_abs(f64_nan_beyond(u, EXP_F64_NEAR));
    return f64_exp_near(f64_set(0) - a, a, 0);
}
/* 2^n base, r and all else as one number: right to 2^-64 */
typedef struct {
    vd base, r, rest;
} f64_exp_terms;
INLINE f64_exp_terms f64_exp_terms_of(vd high, vd low, int has_low) {
    const f64_exp_parts e = f64_exp_parts_of(high, low, has_low);
    const f64_exp_terms t = {f64_exp_raised_base(e), e.r, f64_fma(e.square, e.q, e.r_low)};
    return t;
}
/* e^(high + low) - 1 for high in [-700, 700], relatively right to about 2^-59, and to 2^-54 from 36 on: near 0 no base comes between */
INLINE f64_pair f64_expm1_pair(vd high, vd low, int has_low) {
    const f64_exp_terms e = f64_exp_terms_of(high, low, has_low);
    const f64_pair base = f64_sum_ordered(f64_set(-1), e.base);
    const vd y = f64_fma(e.base, e.r + e.rest, base.high);
    return f64_pair_of(y, f64_fma(e.base, e.rest, base.low + f64_fma(e.base, e.r, base.high - y)));
}
/* the same for y in [0, 44], where no base less 1 has a low part that counts */
INLINE f64_pair f64_expm1_near(vd y) {
    const f64_exp_terms e = f64_exp_terms_of(y, y, 0);
    const vd base = e.base - f64_set(1), high = f64_fma(e.base, e.r + e.rest, base);
    return f64_pair_of(high, f64_fma(e.base, e.rest, f64_fma(e.base, e.r, base - high)));
}
INLINE f64_pair f64_exp_pair(f64_exponential e) { return e.pair; }

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
    const vd square = e.r * e.r, fourth = square * square;
    const vd c01 = f64_fma(e.r, f64_set(c[1]), f64_set(c[0])), c23 = f64_fma(e.r, f64_set(c[3]), f64_set(c[2]));
    const vd c45 = f64_fma(e.r, f64_set(c[5]), f64_set(c[4])), c67 = f64_fma(e.r, f64_set(c[7]), f64_set(c[6]));
    const vd c8 = f64_fma(square, f64_set(c[10]), f64_fma(e.r, f64_set(c[9]), f64_set(c[8])));
    const vd q = f64_fma(fourth, f64_fma(fourth, c8, f64_fma(square, c67, c45)), f64_fma(square, c23, c01));
    e.rest = square * q;
    return e;
}

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
