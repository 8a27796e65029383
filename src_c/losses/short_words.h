/* The words of as_short_pairs.h: those of pairs where nothing leaves the range of double, else NaN. */
#ifndef FASTACT_LOSSES_SHORT_WORDS_H
#define FASTACT_LOSSES_SHORT_WORDS_H
INLINE f64_pair f64_short_times_or_zero(f64_pair c, f64_pair x) {
    return f64_pair_select(f64_eq(c.high, f64_set(0)), c, f64_pair_product(c, x));
}
INLINE f64_pair f64_short_exp(f64_pair x) { return f64_exp_near(f64_nan_beyond(x.high, EXP_F64_NEAR), x.low, 1); }
/* neither factor nor the product is close to subnormal */
INLINE f64_pair f64_short_times_exp(f64_pair c, f64_pair x) {
    const vd size = f64_abs(c.high);
    const md tiny = f64_mask_and(f64_lt(f64_set(0), size), f64_lt(size, f64_set(0x1p-400)));
    return f64_pair_product(c, f64_exp_near(f64_select(tiny, f64_set(NAN), f64_nan_beyond(x.high, 300)), x.low, 1));
}
INLINE f64_pair f64_short_expm1(f64_pair x) { return f64_expm1_pair(f64_nan_beyond(x.high, EXP_F64_NEAR), x.low, 1); }
INLINE md f64_log_rare(vd x) { return f64_mask_or(f64_lt(x, f64_set(0x1p-1022)), f64_not_le(x, f64_set(0x1.fffffffffffffp1023))); }
INLINE f64_pair f64_short_log_ends(vd x, f64_pair log) {
    return f64_pair_of(f64_select(f64_log_rare(x), f64_set(NAN), log.high), log.low);
}
INLINE f64_pair f64_short_log(f64_pair x) {
    const f64_log_reduced e = f64_log_reduce_normal(x.high, LOG_F64_LOWEST);
    return f64_short_log_ends(x.high, f64_pair_normal(f64_log_from(f64_log_of_power(e), e.m, f64_set(0.5) * x.low * e.down, 1)));
}
PAIR_WORDS(f64_short)
#endif
