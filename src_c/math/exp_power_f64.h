/* e^u and e^u - 1 from one reduction, for slopes that are written around their root: e^u = pair first second^2, minus_one relatively
 * right to about 2^-56 also near u = 0; u >= EXP_F64_LOWEST - 40. */
#ifndef FASTACT_MATH_EXP_POWER_F64_H
#define FASTACT_MATH_EXP_POWER_F64_H
#include "exp_f64.h"

typedef struct {
    f64_pair pair, minus_one;
    vd first, second;
} f64_exp_power;

INLINE f64_exp_power f64_exp_power_of(f64_pair u) {
    const f64_exp_reduced e = f64_exp_reduce(u.high, u.low);
    const f64_pair p = f64_sum_ordered(e.r, f64_fma(e.r_low, f64_set(1) + e.r, e.rest));
    const f64_exponential n = {p, e.n};
    f64_exp_power y;
    y.first = f64_exp_first_factor(n);
    y.second = f64_exp_second_factor(n);
    y.pair = f64_pair_sum_ordered(f64_pair_set(1, 0), p);
    const f64_pair sum = f64_sum_ordered(y.first - f64_set(1), y.first * p.high);
    y.minus_one = f64_pair_of(sum.high, f64_fma(y.first, p.low, sum.low));
    return y;
}
#endif
