/* exp for float inputs that were widened to double lanes: relative error 2^-32, to be rounded to float once. One constant for ln 2 is
 * enough and nothing becomes subnormal. Callers clamp y to [-700, 700].
 *
 * y = n ln 2 + r, abs(r) <= 0.3468; (e^r - 1) / r as a polynomial of degree 6, minimax, so that expm1 keeps its relative error at 0. */
#ifndef FASTACT_MATH_EXP_WIDENED_H
#define FASTACT_MATH_EXP_WIDENED_H

#define EXP_WIDENED_MAGIC 0x1.8p52

typedef struct {
    vd sum, r, growth; /* the magic sum that ends in n; the reduced argument; (e^r - 1) / r times a constant */
} exp_widened_parts;

INLINE exp_widened_parts exp_widened_reduce_by(vd y, const double *q, int degree) {
    exp_widened_parts e;
    e.sum = f64_fma(y, f64_set(0x1.71547652b82fep0), f64_set(EXP_WIDENED_MAGIC));
    e.r = f64_fnma(e.sum - f64_set(EXP_WIDENED_MAGIC), f64_set(0x1.62e42fefa39efp-1), y);
    e.growth = f64_set(q[degree]);
    for (int k = degree - 1; k >= 0; --k) e.growth = f64_fma(e.growth, e.r, f64_set(q[k]));
    return e;
}
INLINE exp_widened_parts exp_widened_reduce(vd y) {
    static const double q[7] = {0x1.00000000227bp0, 0x1.000000283b16ap-1, 0x1.555554c57a19dp-3, 0x1.5554ad467c157p-5,
                                0x1.1111a6d88d5d6p-7, 0x1.6d74f510c2ad3p-10, 0x1.a019e895d30bfp-13};
    return exp_widened_reduce_by(y, q, 6);
}
/* 2^n y by an addition to the exponent; y neither zero nor subnormal */
INLINE vd exp_widened_scale(vd y, vd sum) { return f64_from_bits(i64_add(f64_bits(y), i64_shift_left(f64_bits(sum), 52))); }

INLINE vd exp_widened(vd y) {
    const exp_widened_parts e = exp_widened_reduce(y);
    const vd scale = exp_widened_scale(f64_set(1), e.sum);
    return f64_fma(scale, e.growth * e.r, scale);
}
/* the same for what is taken from it: 2^-50, and 2^-47 at the ends of the range of floats */
INLINE exp_widened_parts exp_widened_reduce_long(vd y) {
    static const double q[10] = {0x1.0000000000006p+0, 0x1.0000000000001p-1, 0x1.5555555550d27p-3, 0x1.5555555553d48p-5,
                                 0x1.11111123d1de8p-7, 0x1.6c16c17896742p-10, 0x1.a019947f57e52p-13, 0x1.a019b8e3fdb17p-16,
                                 0x1.72e15e7be60a7p-19, 0x1.2891b6514ff7cp-22};
    return exp_widened_reduce_by(y, q, 9);
}
INLINE vd exp_widened_long(vd y) {
    const exp_widened_parts e = exp_widened_reduce_long(y);
    const vd scale = exp_widened_scale(f64_set(1), e.sum);
    return f64_fma(scale, e.growth * e.r, scale);
}
/* e^y - 1 */
INLINE vd expm1_widened(vd y) {
    const exp_widened_parts e = exp_widened_reduce(y);
    const vd scale = exp_widened_scale(f64_set(1), e.sum);
    return f64_fma(scale, e.growth * e.r, scale - f64_set(1));
}
INLINE vd expm1_widened_long(vd y) {
    const exp_widened_parts e = exp_widened_reduce_long(y);
    const vd scale = exp_widened_scale(f64_set(1), e.sum);
    return f64_fma(scale, e.growth * e.r, scale - f64_set(1));
}
/* e^-abs(u); NaN stays */
INLINE vd exp_minus_abs_widened(vd u) { return exp_widened(f64_max(f64_set(-700), f64_set(0) - f64_abs(u))); }
INLINE vd sigmoid_widened(vd u) {
    const vd e = exp_minus_abs_widened(u);
    return f64_select(f64_lt(u, f64_set(0)), e, f64_set(1)) / (f64_set(1) + e);
}

/* constant (e^y - 1) and, through power, constant e^y: a function of x near a root x0 takes y = x - x0 and constant = e^x0, and has no
 * error left at the root */
INLINE vd expm1_widened_times(vd y, double constant, vd *power) {
    const exp_widened_parts e = exp_widened_reduce(y);
    const vd scale = exp_widened_scale(f64_set(constant), e.sum), p = e.growth * e.r;
    *power = f64_fma(scale, p, scale);
    return f64_fma(scale, p, scale - f64_set(constant));
}
#endif
