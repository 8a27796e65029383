/* square(x) = x^2, square'(x) = 2 x. Value and backward pass are rounded once, 0.5 ulp; the derivative is exact.
 * 2 g x doubles the factor that cannot overflow alone: x while abs(x) < 1, g from there on. */
INLINE vf square_value_f32(vf x) { return x * x; }
INLINE vf square_derivative_f32(vf x) { return x + x; }
INLINE vf square_backward_f32(vf g, vf x) { return f32_select(f32_lt(f32_abs(x), f32_set(1)), g * (x + x), (g + g) * x); }
UNARY_F32(square_value)
UNARY_F32(square_derivative)
BINARY_F32(square_backward)

INLINE vd square_value_f64(vd x) { return x * x; }
INLINE vd square_derivative_f64(vd x) { return x + x; }
INLINE vd square_backward_f64(vd g, vd x) { return f64_select(f64_lt(f64_abs(x), f64_set(1)), g * (x + x), (g + g) * x); }
UNARY_F64(square_value)
UNARY_F64(square_derivative)
BINARY_F64(square_backward)
