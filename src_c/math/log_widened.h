/* log for float inputs that were widened to double lanes, x > 0 and finite: relative error 2^-49, near 1 too.
 *
 * x = 2^k m, m in [0.7071, 1.4142), s = (m - 1) / (m + 1), log(m) = 2 s + s^3 P(s^2), P of degree 5 within 2^-50. */
#ifndef FASTACT_MATH_LOG_WIDENED_H
#define FASTACT_MATH_LOG_WIDENED_H

/* log((1 + s) / (1 - s)), abs(s) <= 0.1716 */
INLINE vd log_widened_series(vd s) {
    static const double c[6] = {0x1.55555555553b7p-1, 0x1.9999999b878d7p-2, 0x1.249246299fc8ep-2, 0x1.c71fcdfe2f300p-3,
                                0x1.7382a9fa2e7aep-3, 0x1.546d249f36cb2p-3};
    const vd w = s * s;
    vd p = f64_set(c[5]);
    for (int i = 4; i >= 0; --i) p = f64_fma(p, w, f64_set(c[i]));
    return f64_fma(s * w, p, s + s);
}
INLINE vd log_widened(vd x) {
    const vl start = i64_set(0x3FE6A09E00000000), one = i64_set(0x3FF0000000000000);
    const vl bits = f64_bits(x), exponent = i64_shift_right(i64_add(i64_sub(bits, start), one), 52); /* k + 1023 */
    const vd k = f64_from_bits(i64_or(exponent, i64_set(0x4330000000000000))) - f64_set(0x1p52 + 1023);
    const vd m = f64_from_bits(i64_add(i64_sub(bits, i64_shift_left(exponent, 52)), one));
    return f64_fma(k, f64_set(0x1.62e42fefa39efp-1), log_widened_series((m - f64_set(1)) / (m + f64_set(1))));
}
/* log(1 + e) for e >= 0, relatively right also where e is tiny */
INLINE vd log1p_widened(vd e) {
    const vd u = f64_set(1) + e, lost = e - (u - f64_set(1));
    return f64_fma(lost, f64_max(f64_set(0), f64_set(2) - u), log_widened(u)); /* 2 - u is 1 / u as far as it counts */
}
/* the same for e from 0 to 1, with one division: log 2 and the logarithm of half where 1 + e > sqrt(2) */
INLINE vd log1p_widened_unit(vd e) {
    const md halve = f64_lt(f64_set(0x1.a827999fcef32p-2), e);
    const vd f = f64_select(halve, f64_fma(f64_set(0.5), e, f64_set(-0.5)), e);
    return log_widened_series(f / (f64_set(2) + f)) + f64_select(halve, f64_set(0x1.62e42fefa39efp-1), f64_set(0));
}
#endif
