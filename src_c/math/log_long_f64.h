/* log(x) in double lanes as a pair right to 2^-70, x > 0 and finite, for powers.
 *
 * x = 2^k m, m in [0.7071, 1.4142), s = (m - 1) / (m + 1) as a pair, w = s^2: log(m) = 2 s + s^3 (2/3 + w (2/5 + w Q(w))); the first
 * two constants and all but Q in pairs. */
#ifndef FASTACT_MATH_LOG_LONG_F64_H
#define FASTACT_MATH_LOG_LONG_F64_H
INLINE f64_pair f64_log_long(vd x) {
    static const double c[8] = {0x1.2492492492492p-2, 0x1.c71c71c71c823p-3, 0x1.745d1745a3d74p-3, 0x1.3b13b16b6085ep-3,
                                0x1.1110f7fc82ca4p-3, 0x1.e1effe75d53acp-4, 0x1.acf7e0d5b9a26p-4, 0x1.b2e4e67eba775p-4};
    const f64_log_reduced e = f64_log_reduce(x, INT64_C(0x3FE6A09E00000000)); /* m in [0.7071, 1.4142) */
    const vd f = e.m - f64_set(1);
    const f64_pair s = f64_pair_ratio(f64_pair_of(f, f64_set(0)), f64_sum_ordered(f64_set(2), f)), w = f64_pair_square(s);
    vd q = f64_set(c[7]);
    for (int k = 6; k >= 0; --k) q = f64_fma(q, w.high, f64_set(c[k]));
    f64_pair p = f64_pair_product(w, f64_pair_of(q, f64_set(0)));
    p = f64_pair_sum_ordered(f64_pair_set(0x1.999999999999ap-2, -0x1.999999999999ap-56), p);
    p = f64_pair_sum_ordered(f64_pair_set(0x1.5555555555555p-1, 0x1.5555555555555p-55), f64_pair_product(w, p));
    const f64_pair log = f64_pair_sum_ordered(f64_pair_scaled(s, f64_set(2)), f64_pair_product(f64_pair_product(s, w), p));
    return f64_pair_sum_ordered(f64_log_of_power(e), log);
}
#endif
