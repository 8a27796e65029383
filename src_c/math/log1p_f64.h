/* log(1 + e) in double lanes for a pair e in [0, 1], as a pair right to about 2^-57.
 *
 * 1 + e is halved above sqrt(2); with f the distance from 1 (e itself when not halved), s = f / (2 + f) as a pair,
 * log(1 + f) = 2 s + s^3 P(s^2), abs(s) <= 0.1716, P of degree 9: relative error 2^-60. */
#ifndef FASTACT_MATH_LOG1P_F64_H
#define FASTACT_MATH_LOG1P_F64_H
#include "pair_f64.h"

INLINE f64_pair f64_log1p_pair(f64_pair e) {
    static const double c[10] = {0x1.5555555555555p-1, 0x1.999999999999ap-2, 0x1.2492492492486p-2, 0x1.c71c71c71f25cp-3, 0x1.745d17437de40p-3,
                                 0x1.3b13b2613020ap-3, 0x1.1110b8c94d071p-3, 0x1.e202984204b88p-4, 0x1.ab83b68495a21p-4, 0x1.bedc4fb190c9dp-4};
    const vd zero = f64_set(0), half = f64_set(0.5);
    f64_pair u = f64_sum_ordered(f64_set(1), e.high);
    u.low = u.low + e.low;
    const md halve = f64_lt(f64_set(0x1.6a09e667f3bcdp0), u.high);
    const f64_pair f = f64_pair_select(halve, f64_pair_of(half * u.high - f64_set(1), half * u.low), e);
    f64_pair divisor = f64_sum_ordered(f64_set(2), f.high);
    divisor.low = divisor.low + f.low;
    const f64_pair s = f64_pair_ratio(f, divisor);
    const vd z = s.high * s.high;
    vd p = f64_set(c[9]);
    for (int k = 8; k >= 0; --k) p = f64_fma(p, z, f64_set(c[k]));
    const f64_pair log_two = f64_pair_of(f64_select(halve, f64_set(0x1.62e42fefa39efp-1), zero), f64_select(halve, f64_set(0x1.abc9e3b39803fp-56), zero));
    const f64_pair sum = f64_sum_ordered(log_two.high, s.high + s.high);
    return f64_pair_of(sum.high, sum.low + (log_two.low + f64_fma(s.high * z, p, s.low + s.low)));
}
#endif
