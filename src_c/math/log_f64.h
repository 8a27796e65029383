/* Logarithms in double lanes, as pairs right to about 2^-57: log(u) for a pair u > 0, log(1 + e) for a pair e in [0, 1].
 *
 * Both end in log(1 + f), f a pair in [-0.2929, 0.4143]: s = f / (2 + f) as a pair, log(1 + f) = 2 s + s^3 P(s^2), abs(s) <= 0.1716, P of
 * degree 9: relative error 2^-60. */
#ifndef FASTACT_MATH_LOG_F64_H
#define FASTACT_MATH_LOG_F64_H
#include "pair_f64.h"

/* base + log(1 + f); base is 0 or outweighs the logarithm */
INLINE f64_pair f64_log_from(f64_pair base, f64_pair f) {
    static const double c[10] = {0x1.5555555555555p-1, 0x1.999999999999ap-2, 0x1.2492492492486p-2, 0x1.c71c71c71f25cp-3, 0x1.745d17437de40p-3,
                                 0x1.3b13b2613020ap-3, 0x1.1110b8c94d071p-3, 0x1.e202984204b88p-4, 0x1.ab83b68495a21p-4, 0x1.bedc4fb190c9dp-4};
    f64_pair divisor = f64_sum_ordered(f64_set(2), f.high);
    divisor.low = divisor.low + f.low;
    const f64_pair s = f64_pair_ratio(f, divisor);
    const vd z = s.high * s.high;
    vd p = f64_set(c[9]);
    for (int k = 8; k >= 0; --k) p = f64_fma(p, z, f64_set(c[k]));
    const f64_pair sum = f64_sum_ordered(base.high, s.high + s.high);
    return f64_pair_of(sum.high, sum.low + (base.low + f64_fma(s.high * z, p, s.low + s.low)));
}

/* log(1 + e): 1 + e is halved above sqrt(2); f is its distance from 1, e itself when not halved */
INLINE f64_pair f64_log1p_pair(f64_pair e) {
    const vd zero = f64_set(0), half = f64_set(0.5);
    f64_pair u = f64_sum_ordered(f64_set(1), e.high);
    u.low = u.low + e.low;
    const md halve = f64_lt(f64_set(0x1.6a09e667f3bcdp0), u.high);
    const f64_pair f = f64_pair_select(halve, f64_pair_of(half * u.high - f64_set(1), half * u.low), e);
    const f64_pair log_two = f64_pair_of(f64_select(halve, f64_set(0x1.62e42fefa39efp-1), zero), f64_select(halve, f64_set(0x1.abc9e3b39803fp-56), zero));
    return f64_log_from(log_two, f);
}

/* u = 2^k m for finite u > 0, subnormal ones too; m in [0.7071, 1.4142) */
typedef struct {
    vd k, m, down; /* down = 2^(1 - k); 0 where k is 1024, which takes nothing away that counts */
} f64_log_reduced;
INLINE f64_log_reduced f64_log_reduce(vd u) {
    const md subnormal = f64_lt(u, f64_set(0x1p-1022));
    const vl start = i64_set(0x3FE6A09E00000000), one = i64_set(0x3FF0000000000000);
    const vl bits = f64_bits(f64_select(subnormal, u * f64_set(0x1p54), u));
    const vl exponent = i64_shift_right(i64_add(i64_sub(bits, start), one), 52); /* k + 1023 */
    const vd biased = f64_from_bits(i64_or(exponent, i64_set(0x4330000000000000))); /* behind 2^52 */
    f64_log_reduced e;
    e.k = biased - f64_select(subnormal, f64_set(0x1p52 + 1077), f64_set(0x1p52 + 1023));
    e.m = f64_from_bits(i64_add(i64_sub(bits, i64_shift_left(exponent, 52)), one));
    e.down = f64_from_bits(i64_shift_left(i64_sub(i64_set(2047), exponent), 52));
    return e;
}
/* k ln 2; ln 2 = 0x1.62e42fefa38p-1 (42 bits, so that k times it is exact) + 0x1.ef35793c7673p-45 */
INLINE f64_pair f64_log_of_power(f64_log_reduced e) {
    return f64_pair_of(e.k * f64_set(0x1.62e42fefa38p-1), e.k * f64_set(0x1.ef35793c7673p-45));
}
/* log(u) for a pair u */
INLINE f64_pair f64_log_pair(f64_pair u) {
    const f64_log_reduced e = f64_log_reduce(u.high);
    return f64_log_from(f64_log_of_power(e), f64_sum_ordered(e.m - f64_set(1), f64_set(0.5) * u.low * e.down));
}
#endif
