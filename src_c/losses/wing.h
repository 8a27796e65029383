/* width log(1 + m / curvature) + (abs(d) - m), d = pred - target, m = min(abs(d), width): a logarithm up to width, a line beyond. Gradient
 * width / (curvature + abs(d)) up to width, 1 beyond, with the sign of d, 0 at 0; Hessian -width / (curvature + abs(d))^2, and 0. Within
 * 0.51 ulp in float, 0.6 in double. Float lanes (float_terms.h): the logarithm of one quotient, losses within 0.55
 * ulp. */
INLINE loss_terms NAMED(wing)(vd pred, vd target, const vd *parameter, int wants) {
    const num d = num_difference(pred, target), a = num_abs(d), width = num_of(parameter[0]), curvature = num_of(parameter[1]);
    const num zero = num_set(0, 0);
    const md inside = num_lt(a, width);
    const num m = num_select(inside, a, width);
    loss_terms r = {zero, zero, zero};
    if (wants & WANTS_VALUE) {
        const num log = num_log1p(num_ratio(m, curvature));
        r.value = num_plus(num_times(width, log), num_select(inside, zero, num_minus(a, width)));
    }
    if (wants & (WANTS_GRADIENT | WANTS_HESSIAN)) {
        const num reach = num_plus(curvature, m), slope = num_ratio(width, reach);
        const vd direction = f64_sign_or_same(num_high(d));
        r.gradient = num_select(inside, num_times(slope, num_of(direction)), num_of(direction));
        r.hessian = num_select(inside, num_negative(num_ratio(slope, reach)), zero);
    }
    return r;
}
IN_FLOAT_LANES(
INLINE f32_loss_terms wing_terms(vf pred, vf target, const f32_loss_task *with, int wants) {
    const vf zero = f32_set(0), one = f32_set(1);
    const f32_pair d = f32_two_difference(pred, target), a = f32_pair_with_sign(d, d.high), nothing = f32_pair_of(zero, zero);
    const f32_pair width = f32_parameter_pair(with, 0), curvature = f32_parameter_pair(with, 1);
    const mf inside = f32_pair_lt(a, width);
    const f32_pair m = f32_pair_select(inside, a, width), reach = f32_pair_added(curvature, m);
    f32_loss_terms r = {nothing, nothing, f32_is_beyond(d.high, 0x1p60f, wants)};
    if (wants & WANTS_VALUE) {
        const f32_pair log = f32_log_ratio(reach, curvature, m, one / curvature.high);
        const f32_pair beyond = f32_pair_select(inside, nothing, f32_pair_added(a, f32_pair_negative(width)));
        r.value = f32_pair_added(f32_pair_product(width, log), beyond);
    }
    if (wants & WANTS_GRADIENT) {
        const f32_pair slope = f32_pair_quotient(width, reach, one / reach.high), line = f32_pair_of(one, zero);
        const f32_pair signed_slope = f32_pair_with_sign(f32_pair_select(inside, slope, line), d.high);
        r.slope = f32_pair_select(f32_eq(d.high, zero), nothing, signed_slope);
    }
    return r;
}
INLINE int wing_usable(const double *parameters) {
    return parameters[0] >= 0x1p-20 && parameters[0] <= 0x1p20 && parameters[1] >= 0x1p-20 && parameters[1] <= 0x1p20;
}
)
POINTWISE_TERMS(wing, 2, MAY_BE_OUTSIDE, wing_usable)
