/* abs(d)^q, d = pred - target, q >= 1; gradient q abs(d)^(q - 1) with the sign of d, 0 at 0; Hessian q (q - 1) abs(d)^(q - 2), infinite
 * at 0 for q between 1 and 2. Within 0.51 ulp in float, 0.54 in double. Squares without powers, in float lanes
 * (float_terms.h), within 0.58. */
INLINE loss_terms NAMED(lq)(vd pred, vd target, const vd *parameter, int wants) {
    const num d = num_difference(pred, target), a = num_abs(d), q = num_of(parameter[0]), zero = num_set(0, 0);
    loss_terms r = {num_square(a), num_scaled(d, f64_set(2)), num_set(2, 0)};
    if (!f64_mask_any(f64_eq(parameter[0], f64_set(2)))) {
        const num less = num_difference(parameter[0], f64_set(1)), least = num_difference(parameter[0], f64_set(2));
        r.value = r.gradient = r.hessian = zero;
        if (wants & WANTS_VALUE) r.value = num_power(a, q);
        if (wants & WANTS_GRADIENT) r.gradient = num_times_or_zero(num_of(f64_sign_or_same(num_high(d))), num_times(q, num_power(a, less)));
        if (wants & WANTS_HESSIAN) r.hessian = num_times_or_zero(num_times(q, less), num_power(a, least));
    }
    return r;
}
IN_FLOAT_LANES(
INLINE f32_loss_terms lq_terms(vf pred, vf target, const f32_loss_task *with, int wants) {
    UNUSED(with);
    const f32_pair d = f32_two_difference(pred, target);
    const f32_loss_terms r = {f32_pair_product(d, d), f32_pair_of(d.high + d.high, d.low + d.low), f32_lt(pred, pred)};
    UNUSED(wants);
    return r;
}
INLINE int lq_usable(const double *parameters) { return parameters[0] == 2; }
)
POINTWISE_TERMS(lq, 1, 0, lq_usable)
