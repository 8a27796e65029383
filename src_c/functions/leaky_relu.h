/* leaky_relu(x) = x if x > 0 else negative_slope x; leaky_relu'(0) = negative_slope. One rounding.
 * With slope 0, -inf gives -0 and not 0 * inf: the product then sees the lowest finite number. */
INLINE vf leaky_relu_value_f32(vf x, const vf *p) {
    const vf lowest = f32_select(f32_eq(p[0], f32_set(0)), f32_set(-0x1.fffffep127f), f32_set(-INFINITY));
    return f32_select(f32_lt(f32_set(0), x), x, p[0] * f32_max(lowest, x));
}
/* for a slope between 0 and 1 the same bits by two operations */
INLINE vf leaky_relu_value_gentle_f32(vf x, const vf *p) { return f32_max(p[0] * x, x); }
INLINE vf leaky_relu_derivative_f32(vf x, const vf *p) { return f32_select(f32_lt(f32_set(0), x), f32_set(1), p[0]); }
INLINE vf leaky_relu_backward_f32(vf g, vf x, const vf *p) { return f32_select(f32_lt(f32_set(0), x), g, p[0] * g); }
INLINE vf leaky_relu_backward_from_output_f32(vf g, vf y, const vf *p) { return leaky_relu_backward_f32(g, y, p); }
UNARY_P_WHERE_F32(leaky_relu_value, leaky_relu_value_gentle, slope > 0 && slope <= 1)
UNARY_P_F32(leaky_relu_derivative, 1)
BINARY_P_F32(leaky_relu_backward, 1)
BINARY_P_F32(leaky_relu_backward_from_output, 1)

INLINE vd leaky_relu_value_f64(vd x, const vd *p) {
    const vd lowest = f64_select(f64_eq(p[0], f64_set(0)), f64_set(-0x1.fffffffffffffp1023), f64_set(-INFINITY));
    return f64_select(f64_lt(f64_set(0), x), x, p[0] * f64_max(lowest, x));
}
INLINE vd leaky_relu_derivative_f64(vd x, const vd *p) { return f64_select(f64_lt(f64_set(0), x), f64_set(1), p[0]); }
INLINE vd leaky_relu_backward_f64(vd g, vd x, const vd *p) { return f64_select(f64_lt(f64_set(0), x), g, p[0] * g); }
INLINE vd leaky_relu_backward_from_output_f64(vd g, vd y, const vd *p) { return leaky_relu_backward_f64(g, y, p); }
UNARY_P_F64(leaky_relu_value, 1)
UNARY_P_F64(leaky_relu_derivative, 1)
BINARY_P_F64(leaky_relu_backward, 1)
BINARY_P_F64(leaky_relu_backward_from_output, 1)
