/* Logarithms in double lanes, as pairs right to about 2^-57: log(u) for a pair u > 0, log(1 + e) for a pair e in [0, 1].
 *
 * u = 2^k m, m in [0.671875, 1.34375); the top bits of m choose one of 16 centres, 1 among them. With r = m / centre - 1,
 * abs(r) <= 0.033: log(u) = k ln 2 + log(centre) + r - r^2 / 2 + r^3 q(r), q of degree 7, minimax: relative error 2^-59. */
#ifndef FASTACT_MATH_LOG_F64_H
#define FASTACT_MATH_LOG_F64_H
#include "pair_f64.h"

#define LOG_F64_LOWEST INT64_C(0x3FE5800000000000) /* 0.671875 */

static const double f64_log_inverses[16] = {
    0x1p+0, 0x1.e1e1e1e1e1e1ep-1, 0x1.c71c71c71c71cp-1, 0x1.af286bca1af28p-1, 0x1.999999999999ap-1,
    0x1.8618618618618p-1, 0x1.745d1745d1746p+0, 0x1.642c8590b2164p+0, 0x1.5555555555555p+0, 0x1.47ae147ae147bp+0,
    0x1.3b13b13b13b14p+0, 0x1.2f684bda12f68p+0, 0x1.2492492492492p+0, 0x1.1a7b9611a7b96p+0, 0x1.1111111111111p+0,
    0x1.0842108421084p+0};
/* -log of these: 42 bits after the point, so that k ln 2 adds exactly, and the rest */
static const double f64_log_centres[16] = {
    0x0p+0, 0x1.f0a30c0118p-5, 0x1.e27076e2bp-4, 0x1.5ff3070a7ap-3, 0x1.c8ff7c79aap-3,
    0x1.1675cababap-2, -0x1.7fafa3bd81p-2, -0x1.522ae0738ap-2, -0x1.269621134ep-2, -0x1.f991c6cb3cp-3,
    -0x1.a93ed3c8aep-3, -0x1.5bf406b544p-3, -0x1.1178e8227ep-3, -0x1.9335e5d594p-4, -0x1.08598b59e4p-4,
    -0x1.0415d89e78p-5};
static const double f64_log_missed[16] = {
    0x0p+0, -0x1.d579e83368e91p-45, -0x1.a2c2c2af0003cp-45, -0x1.8546f183bebf2p-44, -0x1.7814f689f8434p-45,
    0x1.83c0e731f55c4p-44, -0x1.471b79bf6d4cbp-44, -0x1.eba708164c759p-45, 0x1.1ba1f10522625p-44, 0x1.90b84cd7cc834p-44,
    0x1.86a4350562169p-45, 0x1.28023eb68981cp-46, -0x1.1e778ce2d07f2p-45, -0x1.30f5c3abd47dap-45, 0x1.7e9dd7009902cp-46,
    0x1.ddfc7f461c516p-44};

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
/* power + log(m + m_low), m in [0.671875, 1.34375); without a low part the reduced argument is rounded, which costs 0.27 ulp */
INLINE f64_pair f64_log_from(f64_pair power, vd m, vd m_low, int has_low) {
    static const double c[8] = {0x1.5555555555541p-2, -0x1.fffffffffffdbp-3, 0x1.9999999ab4af9p-3, -0x1.5555555658d5cp-3,
                                0x1.249235e6a1dcdp-3, -0x1.ffffdcb8e935dp-4, 0x1.c7f2ae695ca19p-4, -0x1.9a5dfcb364477p-4};
    const vl index = i64_shift_right(i64_add(f64_bits(m), i64_set(INT64_C(1) << 47)), 48);
    const vd inverse = f64_lookup16(f64_log_inverses, index);
    const f64_pair quotient = f64_product(m, inverse);
    f64_pair r = f64_pair_of(f64_fms(m, inverse, f64_set(1)), f64_set(0));
    if (has_low) r = f64_sum_ordered(quotient.high - f64_set(1), f64_fma(m_low, inverse, quotient.low));
    vd q = f64_set(c[7]);
    for (int k = 6; k >= 0; --k) q = f64_fma(q, r.high, f64_set(c[k]));
    vd rest = r.high * r.high * f64_fma(r.high, q, f64_set(-0.5));
    if (has_low) rest = rest + r.low;
    const f64_pair sum = f64_sum_ordered(power.high + f64_lookup16(f64_log_centres, index), r.high);
    return f64_pair_of(sum.high, sum.low + ((power.low + f64_lookup16(f64_log_missed, index)) + rest));
}

/* log(1 + e); e - e^2 / 2 where 1 + e would lose the low part of e */
INLINE f64_pair f64_log1p_pair(f64_pair e) {
    const f64_pair u = f64_sum_ordered(f64_set(1), e.high);
    const md halve = f64_lt(f64_set(0x1.57fffffffffffp0), u.high);
    const vd factor = f64_select(halve, f64_set(0.5), f64_set(1)), zero = f64_set(0);
    const f64_pair log_two = f64_pair_of(f64_select(halve, f64_set(0x1.62e42fefa38p-1), zero), f64_select(halve, f64_set(0x1.ef35793c7673p-45), zero));
    const f64_pair far = f64_log_from(log_two, factor * u.high, factor * (u.low + e.low), 1);
    const f64_pair near = f64_pair_of(e.high, f64_fma(f64_set(-0.5) * e.high, e.high, e.low));
    return f64_pair_select(f64_lt(e.high, f64_set(0x1p-28)), near, far);
}

/* log(u) for a pair u */
INLINE f64_pair f64_log_pair(f64_pair u) {
    const f64_log_reduced e = f64_log_reduce(u.high, LOG_F64_LOWEST);
    return f64_log_from(f64_log_of_power(e), e.m, f64_set(0.5) * u.low * e.down, 1);
}
#endif
