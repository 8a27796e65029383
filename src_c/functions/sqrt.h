/* sqrt(x); sqrt'(x) = 0.5 / sqrt(x), +inf at both zeros; from the output, 0.5 / y. NaN below 0, sqrt(-0) = -0.
 *
 * The value is the instruction's, 0.5 ulp. The derivative is sqrt(0.25 / x): the root halves the relative error of the quotient, so two
 * roundings stay within 0.86 ulp. Powers of four keep the quotient normal. Swept: within 0.850, worst at 5.87001965e-39.
 * The backward pass adds what both roundings lost: with h the derivative, h (1 - 4 x h^2) / 2. */
INLINE vf sqrt_value_f32(vf x) { return f32_sqrt(x); }
UNARY_F32(sqrt_value)

typedef struct {
    vf root, scale; /* sqrt' = root scale */
    vf divisor;     /* root is the square root of 1 / (divisor x) */
} f32_sqrt_slope;

INLINE f32_sqrt_slope sqrt_slope_f32(vf x) {
    const mf small = f32_lt(f32_abs(x), f32_set(1));
    f32_sqrt_slope s;
    s.divisor = f32_select(small, f32_set(0x1p26f), f32_set(0x1p-22f));
    s.scale = f32_select(small, f32_set(0x1p12f), f32_set(0x1p-12f));
    /* -0 becomes +0, -inf a number */
    s.root = f32_sqrt(f32_set(1) / f32_fma(s.divisor, f32_max(f32_set(-0x1.fffffep127f), x), f32_set(0)));
    return s;
}
INLINE vf sqrt_derivative_f32(vf x) {
    const f32_sqrt_slope s = sqrt_slope_f32(x);
    return s.root * s.scale;
}
UNARY_F32(sqrt_derivative)

INLINE vf sqrt_backward_f32(vf g, vf x) {
    const f32_sqrt_slope s = sqrt_slope_f32(x);
    const vf square = s.root * s.root, at = s.divisor * x; /* exact */
    const vf rest = f32_fnma(at, f32_fms(s.root, s.root, square), f32_fnma(at, square, f32_set(1)));
    const mf regular = f32_mask_and(f32_lt(f32_set(0), x), f32_lt(x, f32_set(INFINITY)));
    const vf low = f32_select(regular, f32_set(0.5f) * s.root * rest, f32_set(0));
    /* neither an infinite gradient nor an infinite product may meet a low part of 0 or of the other sign */
    const vf finite = f32_max(f32_set(-0x1.fffffep127f), f32_min(f32_set(0x1.fffffep127f), g));
    const vf rest_of_product = f32_max(f32_set(-0x1p104f), f32_min(f32_set(0x1p104f), finite * (low * s.scale)));
    return f32_fma(g, s.root * s.scale, rest_of_product);
}
BINARY_F32(sqrt_backward)

/* y + y, and +0 for both zeros */
INLINE vf sqrt_backward_from_output_f32(vf g, vf y) { return g / f32_fma(f32_set(2), y, f32_set(0)); }
BINARY_F32(sqrt_backward_from_output)

/* Double lanes: the same. */
INLINE vd sqrt_value_f64(vd x) { return f64_sqrt(x); }
UNARY_F64(sqrt_value)

typedef struct {
    vd root, scale, divisor;
} f64_sqrt_slope;

INLINE f64_sqrt_slope sqrt_slope_f64(vd x) {
    const md small = f64_lt(f64_abs(x), f64_set(1));
    f64_sqrt_slope s;
    s.divisor = f64_select(small, f64_set(0x1p62), f64_set(0x1p-58));
    s.scale = f64_select(small, f64_set(0x1p30), f64_set(0x1p-30));
    s.root = f64_sqrt(f64_set(1) / f64_fma(s.divisor, f64_max(f64_set(-0x1.fffffffffffffp1023), x), f64_set(0)));
    return s;
}
INLINE vd sqrt_derivative_f64(vd x) {
    const f64_sqrt_slope s = sqrt_slope_f64(x);
    return s.root * s.scale;
}
INLINE vd sqrt_backward_f64(vd g, vd x) {
    const f64_sqrt_slope s = sqrt_slope_f64(x);
    const f64_pair square = f64_product(s.root, s.root);
    const vd at = s.divisor * x, rest = f64_fnma(at, square.low, f64_fnma(at, square.high, f64_set(1)));
    const md regular = f64_mask_and(f64_lt(f64_set(0), x), f64_lt(x, f64_set(INFINITY)));
    const vd low = f64_select(regular, f64_set(0.5) * s.root * rest, f64_set(0));
    const vd finite = f64_max(f64_set(-0x1.fffffffffffffp1023), f64_min(f64_set(0x1.fffffffffffffp1023), g));
    const vd rest_of_product = f64_max(f64_set(-0x1p971), f64_min(f64_set(0x1p971), finite * (low * s.scale)));
    return f64_fma(g, s.root * s.scale, rest_of_product);
}
INLINE vd sqrt_backward_from_output_f64(vd g, vd y) { return g / f64_fma(f64_set(2), y, f64_set(0)); }
UNARY_F64(sqrt_derivative)
BINARY_F64(sqrt_backward)
BINARY_F64(sqrt_backward_from_output)
