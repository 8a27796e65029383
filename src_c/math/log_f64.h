/* Logarithms in double lanes, as pairs right to about 2^-57: log(u) for a pair u > 0, log(1 + e) for a pair e in [0, 1].
 *
 * u = 2^k m, m in [0.671875, 1.34375); the top bits of m choose one of 16 centres, 1 among them. With r = m / centre - 1,
 * abs(r) <= 0.033: log(u) = k ln 2 + log(centre) + r - r^2 / 2 + r^3 q(r), q of degree 7, minimax: relative error 2^-59. */
#ifndef FASTACT_MATH_LOG_F64_H
#define FASTACT_MATH_LOG_F64_H
#include "pair_f64.h"

#define LOG_F64_LOWEST INT64_C(0x3FE5800000000000) /* 0.671875 */

static const double f64_log_inverses[16] = {
    0x1.0000000000000p+0, 0x1.e1e2cbaaf3e58p-1, 0x1.c71d866640dd4p-1, 0x1.af28b7f4f9efap-1, 0x1.999a43c248122p-1,
    0x1.86188e33fcfd1p-1, 0x1.745e6c1026600p+0, 0x1.642dcc5046d5ep+0, 0x1.555405d08ca98p+0, 0x1.47ae7b597045bp+0,
    0x1.3b145b04a7a6ep+0, 0x1.2f694da04bbebp+0, 0x1.24928a65b93cbp+0, 0x1.1a7c080a9e663p+0, 0x1.1110cb8b39245p+0,
    0x1.0841c0758b791p+0};
/* -log of these, right to 2^-63: 42 bits after the point, so that k ln 2 adds exactly */
static const double f64_log_centres[16] = {
    0x0p+0, 0x1.f09385aaa8000p-5, 0x1.e266bd4d5c000p-4, 0x1.5ff19d3ef6000p-3, 0x1.c8fc29aef2000p-3,
    0x1.1675557249000p-2, -0x1.7fb34ce83e000p-2, -0x1.522e8bd8a7000p-2, -0x1.2692328305000p-2, -0x1.f99449b9d4000p-3,
    -0x1.a9432365c6000p-3, -0x1.5bfad2ac60000p-3, -0x1.117ab0ea5c000p-3, -0x1.933c5a6e40000p-4, -0x1.08557881b8000p-4,
    -0x1.040c26d8e0000p-5};

/* u = 2^k m for finite u > 0, subnormal ones too; m from the number whose bits are `lowest` to
 * twice as much */
typedef struct {
    vd k, m, down; /* down = 2^(1 - k); 0 where k is 1024, which takes nothing away that counts */
} f64_log_reduced;
INLINE f64_log_reduced f64_log_reduce_bits(vl bits, int64_t lowest, vd bias) {
    const vl start = i64_set(lowest), one = i64_set(0x3FF0000000000000);
    const vl exponent = i64_shift_right(i64_add(i64_sub(bits, start), one), 52); /* k + 1023 */
    f64_log_reduced e;
    e.k = f64_from_bits(i64_or(exponent, i64_set(0x4330000000000000))) - bias; /* behind 2^52 */
    e.m = f64_from_bits(i64_add(i64_sub(bits, i64_shift_left(exponent, 52)), one));
    e.down = f64_from_bits(i64_shift_left(i64_sub(i64_set(2047), exponent), 52));
    return e;
}
INLINE f64_log_reduced f64_log_reduce_normal(vd u, int64_t lowest) { return f64_log_reduce_bits(f64_bits(u), lowest, f64_set(0x1p52 + 1023)); }
INLINE f64_log_reduced f64_log_reduce(vd u, int64_t lowest) {
    const md subnormal = f64_lt(u, f64_set(0x1p-1022));
    const vd bias = f64_select(subnormal, f64_set(0x1p52 + 1077), f64_set(0x1p52 + 1023));
    return f64_log_reduce_bits(f64_bits(f64_select(subnormal, u * f64_set(0x1p54), u)), lowest, bias);
}
/* k ln 2; ln 2 = 0x1.62e42fefa38p-1 (42 bits, so that k times it is exact) + 0x1.ef35793c7673p-45 */
INLINE f64_pair f64_log_of_power(f64_log_reduced e) {
    return f64_pair_of(e.k * f64_set(0x1.62e42fefa38p-1), e.k * f64_set(0x1.ef35793c7673p-45));
}
/* c0 + c1 r + ... + c7 r^7 for square = r^2: eight steps in a row would be waited for */
INLINE vd f64_log_polynomial(const double *c, vd r, vd square) {
    const vd c01 = f64_fma(r, f64_set(c[1]), f64_set(c[0])), c23 = f64_fma(r, f64_set(c[3]), f64_set(c[2]));
    const vd c45 = f64_fma(r, f64_set(c[5]), f64_set(c[4])), c67 = f64_fma(r, f64_set(c[7]), f64_set(c[6]));
    return f64_fma(square * square, f64_fma(square, c67, c45), f64_fma(square, c23, c01));
}
INLINE vl f64_log_index(vd m) { return i64_shift_right(i64_add(f64_bits(m), i64_set(INT64_C(1) << 47)), 48); }
/* power + log(centre) + log(1 + r); low: what is to be added */
INLINE f64_pair f64_log_finish(f64_pair power, vl index, vd r, vd low) {
    static const double c[8] = {0x1.5555555555541p-2, -0x1.fffffffffffdbp-3, 0x1.9999999ab4af9p-3, -0x1.5555555658d5cp-3,
                                0x1.249235e6a1dcdp-3, -0x1.ffffdcb8e935dp-4, 0x1.c7f2ae695ca19p-4, -0x1.9a5dfcb364477p-4};
    const vd square = r * r, curved = f64_fma(r, f64_log_polynomial(c, r, square), f64_set(-0.5));
    const f64_pair sum = f64_sum_ordered(power.high + f64_lookup16(f64_log_centres, index), r);
    return f64_pair_of(sum.high, sum.low + f64_fma(square, curved, low));
}
/* power + log(m + m_low), m in [0.671875, 1.34375); without a low part the reduced argument is rounded, which costs a third of an ulp */
INLINE f64_pair f64_log_from(f64_pair power, vd m, vd m_low, int has_low) {
    const vl index = f64_log_index(m);
    const vd inverse = f64_lookup16(f64_log_inverses, index);
    vd r = f64_fms(m, inverse, f64_set(1)), low = power.low;
    if (has_low) {
        const f64_pair quotient = f64_product(m, inverse);
        r = quotient.high - f64_set(1); /* exact, quotient.high is next to 1 */
        const vd rest = f64_fma(m_low, inverse, quotient.low);
        low = low + f64_fnma(r, rest, rest);
    }
    return f64_log_finish(power, index, r, low);
}
/* log(x / d) for a pair d, given about 1 / d; both and the quotient normal. As f32_log_quotient: r = (inverse 2^-k x - d) / d. */
INLINE f64_pair f64_log_quotient(vd x, f64_pair d, vd reciprocal) {
    const f64_log_reduced e = f64_log_reduce_normal(x * reciprocal, LOG_F64_LOWEST);
    const f64_pair power = f64_log_of_power(e);
    const vl index = f64_log_index(e.m);
    const vd scale = f64_set(0.5) * e.down * f64_lookup16(f64_log_inverses, index);
    const f64_pair product = f64_product(scale, x);
    const vd numerator = product.high - d.high, lost = product.low - d.low, r = (numerator + lost) * reciprocal;
    const vd rest = f64_fnma(r, d.low, f64_fnma(r, d.high, numerator) + lost);
    return f64_log_finish(power, index, r, f64_fma(rest, reciprocal, power.low));
}

/* log(1 + e) for e in [0, 1.03]: 15 e, rounded, chooses a centre, whose logarithm is a double to 2^-61 of itself. r = (1 + e) / centre - 1
 * is made from e, so that nothing of a small one is lost; abs(r) <= 1 / 30. Relative error 2^-59. */
static const double f64_log1p_inverses[16] = {
    0x1p+0, 0x1.e0000070c3cefp-1, 0x1.c3c3c45eceaffp-1, 0x1.aaaaaaed9f6cbp-1, 0x1.9435e4af2c2e3p-1, 0x1.800000d192107p-1,
    0x1.6db6dbf4976bcp-1, 0x1.5d174556e2a6ap-1, 0x1.4de9bc8f19a04p-1, 0x1.3fffff6801f8cp-1, 0x1.33333305fee65p-1, 0x1.276278d347ff4p-1,
    0x1.1c71c4239f3e6p-1, 0x1.1249261e3b684p-1, 0x1.08d3deb1122e9p-1, 0x1.fffffad53ff6ap-2};
static const double f64_log1p_centres[16] = {
    0x0p+0, 0x1.08598797a0ff4p-4, 0x1.005585ee5b2cap-3, 0x1.7564ffdce5c43p-3, 0x1.e41fce9535df6p-3, 0x1.26961ee472e34p-2,
    0x1.588c2c178b4ecp-2, 0x1.882f205fc81efp-2, 0x1.b5b3e4471a862p-2, 0x1.e148a388d2848p-2, 0x1.058aeff3686ffp-1, 0x1.199fa7c748f66p-1,
    0x1.2cf265070a198p-1, 0x1.3f91246f26f3cp-1, 0x1.5188a0c14ea12p-1, 0x1.62e4351a63af0p-1};
INLINE f64_pair f64_log1p_pair(f64_pair e) {
    static const double c[8] = {0x1.5555555555541p-2, -0x1.fffffffffffdbp-3, 0x1.9999999ab2ffcp-3, -0x1.555555565749ep-3,
                                0x1.249235fa39b77p-3, -0x1.ffffdcdcd53fbp-4, 0x1.c7f2412e16218p-4, -0x1.9a5d9891853d1p-4};
    const vl index = f64_bits(f64_fma(e.high, f64_set(15), f64_set(0x1.8p52)));
    const vd inverse = f64_lookup16(f64_log1p_inverses, index);
    const f64_pair product = f64_product(e.high, inverse);
    const vd r = product.high + (inverse - f64_set(1)), square = r * r; /* exact: of opposite signs, within a factor of two, or with 0 */
    const vd low = f64_fma(e.low, inverse, product.low);
    const vd rest = f64_fma(square, f64_fma(r, f64_log_polynomial(c, r, square), f64_set(-0.5)), low);
    const f64_pair sum = f64_sum_ordered(f64_lookup16(f64_log1p_centres, index), r);
    return f64_pair_of(sum.high, sum.low + rest);
}

/* log(u) for a pair u */
INLINE f64_pair f64_log_pair(f64_pair u) {
    const f64_log_reduced e = f64_log_reduce(u.high, LOG_F64_LOWEST);
    return f64_log_from(f64_log_of_power(e), e.m, f64_set(0.5) * u.low * e.down, 1);
}
#endif
