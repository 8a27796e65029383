/* snake_learned(x, a) = x + sin(a x)^2 / a; x itself for a = 0. Value and dx are those of snake.
 *
 * da = sum of g (u sin(2 u) - sin(u)^2) / a^2, u = a x, which is g x^2 where u is small. Terms within 2^-31 (float) and 2^-50 (double) of
 * g (u^2 + abs(u)) / a^2 join pairs of doubles; the sum is within 1 ulp unless it cancels. NaN where x is infinite, as the value. */
#include "../loops/learned.h"

INLINE vd snake_learned_term(vd g, vd x, vd a, vd angle, vd numerator) {
    return g * f64_select(f64_lt(f64_abs(angle), f64_set(0x1p-30)), x * x, numerator / a / a);
}
/* u sin(2 u) - sin(u)^2; sin(2 u) from the square, with the sign of the quadrant */
NOINLINE vd snake_learned_numerator_f64(vd x, vd a) {
    const f64_quadrant q = f64_quadrant_of(a, x, 0);
    const f64_pair square = f64_sin_squared(q);
    const vd rest = (f64_set(1) - square.high) - square.low, twice = f64_set(2) * f64_sqrt(square.high * rest);
    return f64_fms(a * x, f64_xor_sign(f64_xor_sign(twice, q.r.high), q.odd), square.high);
}
INLINE f64_pair snake_learned_add_f32(f64_pair sum, vd g, vd x, vd p) {
    const vd u = p * x, z = u * u;
    md far;
    const vd square = f64_sin_squared_wide(u, 0, &far), turned = f64_sin_squared_wide(u, 0.5, &far);
    vd numerator = f64_fms(u, f64_fms(f64_set(2), turned, f64_set(1)), square);
    /* below 1/32 the series */
    const vd series = z * f64_fma(z, f64_fma(z, f64_set(2.0 / 9), f64_set(-1)), f64_set(1));
    numerator = f64_select(f64_lt(f64_abs(u), f64_set(0x1p-5)), series, numerator);
    if (UNLIKELY(f64_mask_any(far))) numerator = f64_select(far, snake_learned_numerator_f64(x, p), numerator);
    return learned_add(sum, snake_learned_term(g, x, p, u, numerator));
}
INLINE f64_pair snake_learned_add_f64(f64_pair sum, vd g, vd x, vd p) {
    return learned_add(sum, snake_learned_term(g, x, p, p * x, snake_learned_numerator_f64(x, p)));
}
LEARNED_F32(snake_learned)
LEARNED_F64(snake_learned)
