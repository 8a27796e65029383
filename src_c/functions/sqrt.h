/* sqrt(x); sqrt'(x) = 0.5 / sqrt(x), +inf at both zeros; from the output, 0.5 / y. NaN below 0, sqrt(-0) = -0.
 *
 * The value is the nearest number, 0.5 ulp. Derivative: r (1 + rest), r a first guess by the bits (math/inverse_root_f32.h), one fma:
 * within 0.516 ulp, worst at 1.27034208e-38. The backward pass multiplies r and r rest by the gradient. Numbers below 2^-126 and from 2^127
 * on, and what is not finite: double lanes, rounded once. */
#include "../math/rare.h"
INLINE vf sqrt_value_f32(vf x) { return f32_sqrt_estimated(x); }
UNARY_F32(sqrt_value)

INLINE vd sqrt_backward_wide(vd g, vd x) { return g * (f64_set(0.5) / f64_sqrt(x + f64_set(0))); } /* the sum turns -0 into +0 */
NOINLINE vf sqrt_backward_rare_f32(vf g, vf x, vf y) {
    const vf rare = f32_from_f64(sqrt_backward_wide(f64_from_f32_low(g), f64_from_f32_low(x)),
                                 sqrt_backward_wide(f64_from_f32_high(g), f64_from_f32_high(x)));
    return f32_select(f32_unordered(y, y), rare, y);
}
INLINE vf sqrt_derivative_quick_f32(vf x) {
    const f32_half_root h = f32_half_inverse_root(x);
    return f32_fma(h.r, h.rest, h.r);
}
INLINE vf sqrt_backward_quick_f32(vf g, vf x) {
    const f32_half_root h = f32_half_inverse_root(x);
    return f32_fma(g, h.r, g * (h.r * h.rest));
}
SLOPES_OR_RARE(sqrt, f32, vf)
UNARY_QUICK_F32(sqrt_derivative, sqrt_derivative_quick)
BINARY_QUICK_F32(sqrt_backward, sqrt_backward_quick)

/* y + y, and +0 for both zeros */
INLINE vf sqrt_backward_from_output_f32(vf g, vf y) { return g / f32_fma(f32_set(2), y, f32_set(0)); }
BINARY_F32(sqrt_backward_from_output)

/* Double lanes: the same (math/inverse_root_f64.h). Beyond, sqrt(1 / x), powers of four keep the quotient normal, and what both roundings
 * lost: with h the derivative, h (1 - 4 x h^2) / 2. */
INLINE vd sqrt_value_f64(vd x) { return f64_sqrt_estimated(x); }
UNARY_LIGHT_F64(sqrt_value)

typedef struct {
    vd root, scale; /* sqrt' = root scale */
    vd divisor;     /* root is the square root of 1 / (divisor x) */
} f64_sqrt_slope;

INLINE f64_sqrt_slope sqrt_slope_f64(vd x) {
    const md small = f64_lt(f64_abs(x), f64_set(1));
    f64_sqrt_slope s;
    s.divisor = f64_select(small, f64_set(0x1p62), f64_set(0x1p-58));
    s.scale = f64_select(small, f64_set(0x1p30), f64_set(0x1p-30));
    /* -0 becomes +0, -inf a number */
    s.root = f64_sqrt(f64_set(1) / f64_fma(s.divisor, f64_max(f64_set(-0x1.fffffffffffffp1023), x), f64_set(0)));
    return s;
}
INLINE vd sqrt_backward_far_f64(vd g, vd x) {
    const f64_sqrt_slope s = sqrt_slope_f64(x);
    const f64_pair square = f64_product(s.root, s.root);
    const vd at = s.divisor * x, rest = f64_fnma(at, square.low, f64_fnma(at, square.high, f64_set(1)));
    const md regular = f64_mask_and(f64_lt(f64_set(0), x), f64_lt(x, f64_set(INFINITY)));
    const vd low = f64_select(regular, f64_set(0.5) * s.root * rest, f64_set(0));
    const vd finite = f64_max(f64_set(-0x1.fffffffffffffp1023), f64_min(f64_set(0x1.fffffffffffffp1023), g));
    const vd rest_of_product = f64_max(f64_set(-0x1p971), f64_min(f64_set(0x1p971), finite * (low * s.scale)));
    return f64_fma(g, s.root * s.scale, rest_of_product);
}
NOINLINE vd sqrt_backward_rare_f64(vd g, vd x, vd y) {
    return f64_select(f64_unordered(y, y), sqrt_backward_far_f64(g, x), y);
}
INLINE vd sqrt_derivative_quick_f64(vd x) {
    const f64_half_root h = f64_half_inverse_root(x);
    return f64_fma(h.r, h.rest, h.r);
}
INLINE vd sqrt_backward_quick_f64(vd g, vd x) {
    const f64_half_root h = f64_half_inverse_root(x);
    return f64_fma(g, h.r, g * (h.r * h.rest));
}
SLOPES_OR_RARE(sqrt, f64, vd)
INLINE vd sqrt_backward_from_output_f64(vd g, vd y) { return g / f64_fma(f64_set(2), y, f64_set(0)); }
UNARY_QUICK_F64(sqrt_derivative, sqrt_derivative_quick)
BINARY_QUICK_F64(sqrt_backward, sqrt_backward_quick)
BINARY_LIGHT_F64(sqrt_backward_from_output)
