/* 100 abs(d) / m, d = pred - target, m = max(abs(target), eps); gradient 100 / m with the sign of d, 0 at d = 0; Hessian 0. Within 0.51
 * ulp. Float lanes (float_terms.h), m in two parts where it is eps: losses within 0.70. */
INLINE loss_terms NAMED(mean_absolute_percentage_error)(vd pred, vd target, const vd *parameter, int wants) {
    const num d = num_difference(pred, target), m = num_of(f64_max(parameter[0], f64_abs(target))), hundred = num_set(100, 0);
    loss_terms r;
    r.value = num_times(hundred, num_ratio(num_abs(d), m));
    r.gradient = num_times(num_of(f64_sign_or_same(num_high(d))), num_ratio(hundred, m));
    r.hessian = num_set(0, 0);
    (void)wants;
    return r;
}
IN_FLOAT_LANES(
INLINE f32_loss_terms mean_absolute_percentage_error_terms(vf pred, vf target, const f32_loss_task *with, int wants) {
    const vf zero = f32_set(0), a = f32_abs(target);
    const f32_pair d = f32_two_difference(pred, target), eps = f32_parameter_pair(with, 0), hundred = f32_pair_of(f32_set(100), zero);
    const f32_pair m = f32_pair_select(f32_pair_lt(f32_pair_of(a, zero), eps), eps, f32_pair_of(a, zero));
    const vf inverse = f32_set(1) / m.high;
    const mf far = f32_mask_or(f32_not_le(f32_abs(d.high), f32_set(0x1p60f)), f32_not_le(a, f32_set(0x1p60f)));
    f32_loss_terms r = {{zero, zero}, {zero, zero}, far};
    if (wants & WANTS_VALUE) r.value = f32_pair_quotient(f32_pair_product(hundred, f32_pair_with_sign(d, d.high)), m, inverse);
    const f32_pair slope = f32_pair_with_sign(f32_pair_quotient(hundred, m, inverse), d.high);
    r.slope = f32_pair_select(f32_eq(d.high, zero), f32_pair_of(zero, zero), slope);
    return r;
}
INLINE int mean_absolute_percentage_error_usable(const double *parameters) { return parameters[0] >= 0x1p-60 && parameters[0] <= 0x1p60; }
)
POINTWISE_TERMS(mean_absolute_percentage_error, 1, MAY_BE_OUTSIDE, mean_absolute_percentage_error_usable)
