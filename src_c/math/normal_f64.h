/* The normal distribution's left tail in double lanes, free of the factor e^(-a^2 / 2), for 0 <= a <= 55:
 *
 *   ratio  R(a) = e^(a^2 / 2) Phi(-a) = G(t) / (a + b)           (Mills' ratio over sqrt(2 pi))
 *   slope  R(a) - a / sqrt(2 pi) = (root - a) W(t)               gelu' on the negative side, its root taken out as a factor
 *
 * t = (a - k) / (a + k) in [-1, 0.84]. G varies between 0.63 and 0.41, W between 0.67 and 0.40, so that t needs no more than double
 * precision but near t = -1, where its low part is carried to first order. k and b are chosen such that both constant terms are
 * doubles to 2^-59. Interpolated at Chebyshev nodes in 220-bit arithmetic; relative error with the rounded coefficients below
 * 2^-58.7 (G) and 2^-57.8 (W). */
#ifndef FASTACT_MATH_NORMAL_F64_H
#define FASTACT_MATH_NORMAL_F64_H
#include "exp_f64.h"
#include "pair_f64.h"

enum { NORMAL_RATIO_DEGREE = 24, NORMAL_SLOPE_DEGREE = 22 };
static const double normal_ratio_coefficients[NORMAL_RATIO_DEGREE + 1] = {
    0x1.d9f5171aea1f7p-2, -0x1.7bd7036057141p-4, 0x1.ea82644e9792cp-6, 0x1.80291e8cb78cep-7, -0x1.bf4c6e937d7d1p-6,
    0x1.8d1ceeac9a33cp-6, -0x1.d194377299c4bp-7, 0x1.6fc9c62818f75p-8, -0x1.325e3da87d8c9p-10, -0x1.335b637d1d59fp-13,
    0x1.791f88bc1168bp-13, -0x1.fb2fa8495e0d6p-16, -0x1.15a43589f75f1p-16, 0x1.d86821dcb063fp-18, 0x1.771e8a9200899p-20,
    -0x1.4055d9e691b42p-20, -0x1.264a6b5674208p-23, 0x1.a81578cc324cep-23, 0x1.73e8f9a03ddb1p-26, -0x1.1bed7e0edc61ap-25,
    -0x1.6cb1e9fde6b65p-28, 0x1.5d15329436cffp-28, 0x1.631fd2894251bp-30, -0x1.1935649c42f55p-31, -0x1.9e48aae31a272p-33,
};
static const double normal_slope_coefficients[NORMAL_SLOPE_DEGREE + 1] = {
    0x1.cf5c162363289p-2, -0x1.75a461fae7033p-4, 0x1.f0fae65afc6e8p-5, -0x1.1e227d85f9217p-5, 0x1.16240c7c8a01cp-6,
    -0x1.b4ccbc67d6d55p-8, 0x1.f777118a88b73p-10, -0x1.2e9ea07368677p-12, -0x1.9d26b64e0a22p-15, 0x1.41886bea1a779p-15,
    -0x1.38d8e4aa1eddcp-18, -0x1.8f6b515414653p-19, 0x1.101b3c86e68ebp-20, 0x1.d2e052729c377p-23, -0x1.40d6858a31f28p-23,
    -0x1.3bc1173a0dfdap-26, 0x1.70278636d8c69p-26, 0x1.441e64c9cda12p-29, -0x1.9f9312c9c34e8p-29, -0x1.dc0ac70f45774p-32,
    0x1.752cc22927406p-32, 0x1.09761509f7b93p-34, -0x1.fcbe63b8e16ecp-37,
};
/* G' and W' to a few tenths, for the rounding error of t */
static const double normal_ratio_slope[3] = {-0.1133, -0.0286, 0.2052}, normal_slope_slope[3] = {-0.0854, 0.1597, -0.1511};
#define NORMAL_K 0x1.389p2
#define NORMAL_B 0x1.00d27p0
#define NORMAL_ROOT 0x1.80ead197f00b4p-1
#define NORMAL_ROOT_LOW -0x1.13e74c58cada8p-56

/* degree even; the last two Horner steps in two parts; t.low enters with a rough slope[0] + slope[1] t + slope[2] t^2 */
INLINE f64_pair f64_normal_polynomial(const double *c, int degree, const double *slope, f64_pair t) {
    const vd square = t.high * t.high;
    vd even = f64_set(c[degree]), odd = f64_set(c[degree - 1]);
    for (int k = degree - 2; k >= 2; k -= 2) even = f64_fma(even, square, f64_set(c[k]));
    for (int k = degree - 3; k >= 2; k -= 2) odd = f64_fma(odd, square, f64_set(c[k]));
    const vd p2 = f64_fma(odd, t.high, even);
    const vd p1 = f64_fma(t.high, p2, f64_set(c[1])), p1_low = f64_fma(t.high, p2, f64_set(c[1]) - p1);
    const vd high = f64_fma(t.high, p1, f64_set(c[0]));
    const vd low = f64_fma(t.high, p1_low, f64_fma(t.high, p1, f64_set(c[0]) - high));
    const vd rough = f64_fma(f64_fma(f64_set(slope[2]), t.high, f64_set(slope[1])), t.high, f64_set(slope[0]));
    return f64_pair_of(high, f64_fma(t.low, rough, low));
}

/* (a - k) / (a + k), given about 1 / (a + k); both sums are exact in parts because k has few bits */
INLINE f64_pair f64_normal_map(vd a, f64_pair sum, vd reciprocal) {
    const vd k = f64_set(NORMAL_K), difference = a - k, low = a - (difference + k);
    const vd t = difference * reciprocal;
    const vd rest = f64_fnma(t, sum.low, f64_fnma(t, sum.high, difference) + low);
    return f64_sum_ordered(t, rest * reciprocal);
}

INLINE f64_pair f64_normal_ratio(vd a) {
    const f64_pair sum = f64_sum_ordered(f64_set(NORMAL_K), a), divisor = f64_sum_ordered(f64_set(NORMAL_B), a);
    const vd both = f64_set(1) / (sum.high * divisor.high), reciprocal = both * sum.high;
    const f64_pair t = f64_normal_map(a, sum, both * divisor.high);
    const vd rest = f64_fnma(reciprocal, divisor.low, f64_fnma(reciprocal, divisor.high, f64_set(1)));
    return f64_pair_product(f64_normal_polynomial(normal_ratio_coefficients, NORMAL_RATIO_DEGREE, normal_ratio_slope, t),
                            f64_pair_of(reciprocal, rest * reciprocal));
}

INLINE f64_pair f64_normal_slope(vd a) {
    const f64_pair sum = f64_sum_ordered(f64_set(NORMAL_K), a);
    const f64_pair t = f64_normal_map(a, sum, f64_set(1) / sum.high);
    const f64_pair distance = f64_sum(f64_set(NORMAL_ROOT), f64_set(0) - a);
    return f64_pair_product(f64_normal_polynomial(normal_slope_coefficients, NORMAL_SLOPE_DEGREE, normal_slope_slope, t),
                            f64_sum_ordered(distance.high, distance.low + f64_set(NORMAL_ROOT_LOW)));
}
#endif
