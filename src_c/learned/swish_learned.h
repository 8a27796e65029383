/* swish_learned(x, beta) = x s, s = sigmoid(beta x). Value and dx are those of silu.
 *
 * dbeta = sum of g x^2 s (1 - s), with s (1 - s) = e / (1 + e)^2, e = e^-abs(beta x); 0 where beta x is infinite. Terms within 2^-31
 * (float) and 2^-50 (double) of themselves join pairs of doubles, so that the sum is within 1 ulp unless it cancels. */
#include "../loops/learned.h"

/* g x^2 e / (1 + e)^2, multiplied so that what vanishes comes first */
INLINE vd swish_learned_term(vd g, vd x, vd angle, vd e) {
    const vd u = f64_set(1) + e, factor = x * (e / (u * u)) * x;
    return g * f64_select(f64_eq(f64_abs(angle), f64_set(INFINITY)), f64_set(0), factor);
}
INLINE f64_pair swish_learned_add_f32(f64_pair sum, vd g, vd x, vd p) {
    const vd angle = p * x;
    return learned_add(sum, swish_learned_term(g, x, angle, exp_widened(f64_max(f64_set(-700), f64_set(0) - f64_abs(angle)))));
}
INLINE f64_pair swish_learned_add_f64(f64_pair sum, vd g, vd x, vd p) {
    const f64_pair angle = softplus_argument_f64(x, p);
    const f64_exponential e = f64_exp_minus_abs(angle);
    const vd value = f64_scale_last((e.pair.high + e.pair.low) * f64_exp_first_factor(e), f64_exp_second_factor(e));
    return learned_add(sum, swish_learned_term(g, x, angle.high, value));
}
LEARNED_F32(swish_learned)
LEARNED_F64(swish_learned)
