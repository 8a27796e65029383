/* snake(x) = x + sin(frequency x)^2 / frequency; snake'(x) = 1 + sin(2 frequency x) = 2 sin(frequency x + pi/4)^2, which keeps its relative
 * accuracy up to its double roots. x itself for a frequency of 0; NaN at both infinities.
 *
 * Float lanes: the angle is exact in double lanes and the result is rounded once, within 0.5001 ulp, worst at -0.756129742. An angle
 * so large that sin^2 is below half of the last place leaves x; the derivative's is reduced with as many bits of 2/pi as it takes
 * (math/sin_squared_f64.h). Double lanes within 0.64 ulp. */
#include "../math/sin_squared_f64.h"

/* 1 / frequency, 0 for 0 */
INLINE vd snake_inverse(vd frequency) { return f64_select(f64_eq(frequency, f64_set(0)), f64_set(0), f64_set(1) / frequency); }
INLINE vd snake_value_wide(vd x, vd frequency) {
    md far;
    const vd y = f64_fma(f64_sin_squared_wide(frequency * x, 0, &far), snake_inverse(frequency), x);
    return f64_select(far, x * f64_select(f64_lt(f64_abs(x), f64_set(INFINITY)), f64_set(1), f64_set(NAN)), y);
}
NOINLINE vd snake_slope_far_wide(vd x, vd frequency) {
    const f64_pair s = f64_sin_squared(f64_quadrant_of(x, frequency, 0.5));
    return s.high + s.low;
}
INLINE vd snake_slope_wide(vd x, vd frequency) {
    md far;
    vd s = f64_sin_squared_wide(frequency * x, 0.5, &far);
    if (UNLIKELY(f64_mask_any(far))) s = f64_select(far, snake_slope_far_wide(x, frequency), s);
    return s + s;
}
INLINE vf snake_value_f32(vf x, const vf *p) {
    return f32_from_f64(snake_value_wide(f64_from_f32_low(x), f64_from_f32_low(p[0])),
                        snake_value_wide(f64_from_f32_high(x), f64_from_f32_high(p[0])));
}
INLINE vf snake_backward_f32(vf g, vf x, const vf *p) {
    return f32_from_f64(f64_from_f32_low(g) * snake_slope_wide(f64_from_f32_low(x), f64_from_f32_low(p[0])),
                        f64_from_f32_high(g) * snake_slope_wide(f64_from_f32_high(x), f64_from_f32_high(p[0])));
}
INLINE vf snake_derivative_f32(vf x, const vf *p) { return snake_backward_f32(f32_set(1), x, p); }
UNARY_P_LONG_F32(snake_value, 1)
UNARY_P_LONG_F32(snake_derivative, 1)
BINARY_P_LONG_F32(snake_backward, 1)

/* Double lanes: the angle and all that follows as pairs. */
INLINE vd snake_value_f64(vd x, const vd *p) {
    const md far = f64_not_le(f64_abs(p[0] * x), f64_set(0x1p60));
    const f64_pair s = f64_sin_squared(f64_quadrant_of(p[0], f64_select(far, f64_set(0), x), 0));
    const vd frequency = f64_select(f64_eq(p[0], f64_set(0)), f64_set(1), p[0]);
    const f64_pair quotient = f64_pair_ratio(s, f64_pair_of(frequency, f64_set(0))), y = f64_sum(x, quotient.high);
    const vd finite = f64_select(f64_lt(f64_abs(x), f64_set(INFINITY)), x, f64_set(NAN));
    return f64_select(far, finite, y.high + (y.low + quotient.low));
}
INLINE f64_scaled_pair snake_slope_f64(vd x, const vd *p) {
    const f64_scaled_pair s = {f64_pair_scaled(f64_sin_squared(f64_quadrant_of(p[0], x, 0.5)), f64_set(2)), f64_set(1)};
    return s;
}
INLINE vd snake_derivative_f64(vd x, const vd *p) { return f64_scaled_value(snake_slope_f64(x, p)); }
INLINE vd snake_backward_f64(vd g, vd x, const vd *p) { return f64_scaled_product(g, snake_slope_f64(x, p)); }
UNARY_P_F64(snake_value, 1)
UNARY_P_F64(snake_derivative, 1)
BINARY_P_F64(snake_backward, 1)
