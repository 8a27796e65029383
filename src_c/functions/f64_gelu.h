/* gelu in double lanes: x Phi(x), Phi(-a) = E R(a) and gelu'(-a) = E (root - a) W(a), E = e^(-a^2 / 2) with the low part of a^2 / 2
 * carried, R and W from math/normal_f64.h; Phi(a) = 1 - Phi(-a), gelu'(a) = 1 - gelu'(-a).
 *
 * Against MPFR at 2.6e5 stratified points: value within 0.738 ulp, worst at -0.063958691978616589; derivative within 0.668 ulp, worst
 * at -36.461157033859116, 0.667 around the root at -0.75179152469356446; subnormal results within 0.745 of 2^-1074, backward within
 * 0.93 (where g times the low part is subnormal). */
#include "../math/normal_f64.h"

/* beyond these the result is zero or x to the last bit */
INLINE vd gelu_bounded_f64(vd x) { return f64_min(f64_set(9), f64_max(f64_set(-55), x)); }

/* E rest for x < 0 and 1 - E rest else, the lowest powers of two left to a factor */
INLINE f64_scaled_pair gelu_mirrored_f64(vd x, vd a, f64_pair rest) {
    const vd half = f64_set(0.5) * a;
    const f64_pair square = f64_product(half, a);
    const f64_exponential e = f64_exp_split(f64_set(0) - square.high, f64_set(0) - square.low);
    const f64_pair tail = f64_pair_scaled(f64_pair_product(f64_exp_pair(e), rest), f64_exp_first_factor(e));
    const f64_pair head = f64_sum_ordered(f64_set(1), f64_set(0) - tail.high);
    f64_scaled_pair r;
    r.pair = f64_pair_select(f64_lt(x, f64_set(0)), tail, f64_pair_of(head.high, head.low - tail.low));
    r.scale = f64_exp_second_factor(e);
    return r;
}

INLINE vd gelu_value_f64(vd x) {
    const vd bounded = gelu_bounded_f64(x), a = f64_abs(bounded);
    const f64_scaled_pair distribution = gelu_mirrored_f64(x, a, f64_normal_ratio(a));
    return f64_or_sign(f64_scaled_product(f64_max(f64_set(-55), x), distribution), x);
}
UNARY_F64(gelu_value)

INLINE f64_scaled_pair gelu_slope_f64(vd x) {
    const vd a = f64_abs(gelu_bounded_f64(x));
    return gelu_mirrored_f64(x, a, f64_normal_slope(a));
}
INLINE vd gelu_derivative_f64(vd x) { return f64_scaled_value(gelu_slope_f64(x)); }
UNARY_F64(gelu_derivative)
INLINE vd gelu_backward_f64(vd g, vd x) { return f64_scaled_product(g, gelu_slope_f64(x)); }
BINARY_F64(gelu_backward)
