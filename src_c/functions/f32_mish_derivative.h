/* mish'(x) in double lanes, rounded once: n ((n - n0) B + 4 (x - x0) m) / (m^2 + 1)^2 as in f64_mish.h, the root x0 a factor of both
 * terms. Backward forms the product with the gradient before the only rounding.
 *
 * Against MPFR at 9e5 stratified points, 1.2e5 of them the floats next to the root: within 0.5009 ulp, worst at -9.1369276; backward
 * within 0.5012. */
#include "../math/exp_widened.h"

/* down to -215, where the largest gradient gives 0 */
INLINE vd mish_slope_widened(vd x) {
    const vd bounded = f64_min(f64_set(25), f64_max(f64_set(-215), x));
    const vd d = (bounded + f64_set(0x1.31432c0d12d84p+0)) + f64_set(0x1.bf319154da21p-55);
    vd n;
    const vd growth = expm1_widened_times(d, 0x1.36c4202fc3eccp-2, &n);
    const vd m = n + f64_set(1), square = f64_fma(m, m, f64_set(1));
    const vd b = f64_fma(m, m + f64_set(0x1.26d88405f87dap+1), f64_set(-0x1.88cb3d9a5168cp-1));
    return n * f64_fma(growth, b, (d + d) * (m + m)) / (square * square);
}

INLINE vf mish_derivative_f32(vf x) {
    return f32_from_f64(mish_slope_widened(f64_from_f32_low(x)), mish_slope_widened(f64_from_f32_high(x)));
}
UNARY_F32(mish_derivative)

INLINE vf mish_backward_f32(vf g, vf x) {
    return f32_from_f64(f64_from_f32_low(g) * mish_slope_widened(f64_from_f32_low(x)),
                        f64_from_f32_high(g) * mish_slope_widened(f64_from_f32_high(x)));
}
BINARY_F32(mish_backward)
