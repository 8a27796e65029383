/* log(1 + rest) as a pair, rest >= 0 a pair: the logarithm of the sum of a row whose largest exponential is 1. Relatively right to
 * about 2^-56 also where rest is tiny. 1 + rest = 2^n (1 + f): n ln 2 + log1p(f). */
#ifndef FASTACT_ROWS_LOG_OF_SUM_H
#define FASTACT_ROWS_LOG_OF_SUM_H

INLINE f64_pair f64_log_of_sum(f64_pair rest) {
    f64_pair s = f64_sum(f64_set(1), rest.high);
    s.low = s.low + rest.low;
    const vl exponent = i64_shift_right(f64_bits(s.high), 52); /* positive: no sign in the way */
    const vd n = f64_from_bits(i64_or(exponent, f64_bits(f64_set(0x1p52)))) - f64_set(0x1p52 + 1023), scale = f64_two_to(f64_set(0) - n);
    const f64_pair f = f64_pair_select(f64_lt(f64_set(0), n), f64_pair_of(f64_fms(s.high, scale, f64_set(1)), s.low * scale), rest);
    const f64_pair one = f64_log1p_pair(f);
    const vd whole = n * f64_set(0x1.62e42fefa38p-1);
    const f64_pair sum = f64_sum(whole, one.high);
    return f64_pair_of(sum.high, sum.low + f64_fma(n, f64_set(0x1.ef35793c7673p-45), one.low));
}
INLINE double_pair log_of_sum(double_pair rest) {
    double high[F64_LANES], low[F64_LANES];
    const f64_pair p = f64_log_of_sum(f64_pair_set(rest.high, rest.low));
    f64_store(high, p.high);
    f64_store(low, p.low);
    const double_pair r = {high[0], low[0]};
    return r;
}
#endif
