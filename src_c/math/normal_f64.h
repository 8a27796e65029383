/* The normal distribution's left tail in double lanes, free of the factor e^(-a^2 / 2):
 *
 *   ratio  R(a) = e^(a^2 / 2) Phi(-a) = G(t) / (a + b)           (half of erfcx at a / sqrt 2; Mills' ratio over sqrt(2 pi))
 *   slope  R(a) - a / sqrt(2 pi) = (root - a) W(t)               gelu' on the negative side, its root taken out as a factor
 *
 * for 0 <= a <= 39, t = (a - k) / (a + k) in [-1, 0.78]. G varies between 0.63 and 0.41, W between 0.67 and 0.41, so that plain
 * Horner steps suffice; k and b are chosen such that both constant terms are doubles to 62 bits. Chebyshev interpolation in t with
 * 220-bit arithmetic; relative error with the rounded coefficients 2^-56.5 (G) and 2^-56.4 (W). */
#ifndef FASTACT_MATH_NORMAL_F64_H
#define FASTACT_MATH_NORMAL_F64_H
#include "exp_f64.h"
#include "pair_f64.h"

enum { NORMAL_RATIO_DEGREE = 24, NORMAL_SLOPE_DEGREE = 22 };
static const double normal_ratio_coefficients[NORMAL_RATIO_DEGREE + 1] = {
    0x1.d9f5171aea1f7p-2, -0x1.7bd7036057141p-4, 0x1.ea82644e9792bp-6, 0x1.80291e8cb795ap-7, -0x1.bf4c6e937d773p-6,
    0x1.8d1ceeac99a61p-6, -0x1.d19437729b3c7p-7, 0x1.6fc9c6283963ap-8, -0x1.325e3da7ca012p-10, -0x1.335b639d3d12ep-13,
    0x1.791f888c332b1p-13, -0x1.fb2fa3a006f55p-16, -0x1.15a42dd72bcabp-16, 0x1.d867ee2a5058fp-18, 0x1.771cfdf751a1p-20,
    -0x1.405495e4bca5p-20, -0x1.26315e2a38074p-23, 0x1.a80edf546eff2p-23, 0x1.72f39c9873ce1p-26, -0x1.1bfbd98124666p-25,
    -0x1.6a258c1d9377dp-28, 0x1.5e1f7388d2f08p-28, 0x1.6096927991695p-30, -0x1.1cf6f46efec43p-31, -0x1.a0842d6afb569p-33,
};
static const double normal_slope_coefficients[NORMAL_SLOPE_DEGREE + 1] = {
    0x1.cf5c162363289p-2, -0x1.75a461fae7033p-4, 0x1.f0fae65afc6d5p-5, -0x1.1e227d85f9226p-5, 0x1.16240c7c8a7ap-6,
    -0x1.b4ccbc67d5464p-8, 0x1.f7771189f4eacp-10, -0x1.2e9ea0758cf0ap-12, -0x1.9d26b596b4cd1p-15, 0x1.41886ca89d766p-15,
    -0x1.38d904f6bbb9p-18, -0x1.8f6b9cb256cdap-19, 0x1.101cef031f04ep-20, 0x1.d2f253b5f885p-23, -0x1.40f19b274247cp-23,
    -0x1.3d137de67fd3fp-26, 0x1.7111b3e749922p-26, 0x1.530c469874028p-29, -0x1.a248f751fc153p-29, -0x1.1c7c43d5da5d7p-31,
    0x1.66abe3cad5396p-32, 0x1.83f1fab0d1276p-34, -0x1.fe56f3c0f21ffp-39,
};
#define NORMAL_K 0x1.389p2
#define NORMAL_B 0x1.00d27p0
#define NORMAL_ROOT 0x1.80ead197f00b4p-1
#define NORMAL_ROOT_LOW -0x1.13e74c58cada8p-56

INLINE f64_pair f64_normal_polynomial(const double *c, int degree, vd t) {
    vd p = f64_set(c[degree]);
    for (int k = degree - 1; k >= 1; --k) p = f64_fma(p, t, f64_set(c[k]));
    const vd high = f64_fma(t, p, f64_set(c[0]));
    return f64_pair_of(high, f64_fma(t, p, f64_set(c[0]) - high));
}

/* (a - k) / (a + k) within 0.51 ulp of 1, given about 1 / (a + k); the two sums are exact in parts because k has few bits */
INLINE vd f64_normal_map(vd a, f64_pair sum, vd reciprocal) {
    const vd k = f64_set(NORMAL_K), difference = a - k, low = a - (difference + k);
    const vd t = difference * reciprocal;
    const vd rest = f64_fnma(t, sum.low, f64_fnma(t, sum.high, difference) + low);
    return f64_fma(rest, reciprocal, t);
}

INLINE f64_pair f64_normal_ratio(vd a) {
    const f64_pair sum = f64_sum_ordered(f64_set(NORMAL_K), a), divisor = f64_sum_ordered(f64_set(NORMAL_B), a);
    const vd both = f64_set(1) / (sum.high * divisor.high), reciprocal = both * sum.high;
    const vd t = f64_normal_map(a, sum, both * divisor.high);
    const vd rest = f64_fnma(reciprocal, divisor.low, f64_fnma(reciprocal, divisor.high, f64_set(1)));
    return f64_pair_product(f64_normal_polynomial(normal_ratio_coefficients, NORMAL_RATIO_DEGREE, t),
                            f64_pair_of(reciprocal, rest * reciprocal));
}

INLINE f64_pair f64_normal_slope(vd a) {
    const f64_pair sum = f64_sum_ordered(f64_set(NORMAL_K), a);
    const vd t = f64_normal_map(a, sum, f64_set(1) / sum.high);
    const f64_pair distance = f64_sum(f64_set(NORMAL_ROOT), f64_set(0) - a);
    return f64_pair_product(f64_normal_polynomial(normal_slope_coefficients, NORMAL_SLOPE_DEGREE, t),
                            f64_pair_of(distance.high, distance.low + f64_set(NORMAL_ROOT_LOW)));
}
#endif
