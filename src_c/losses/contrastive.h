/* t z^2 + (1 - t) m^2, z a distance, m = max(margin - z, 0), t 1 for a pair that belongs together; gradient 2 t z - 2 (1 - t) m, Hessian
 * 2 t + 2 (1 - t) [z < margin]. Within 0.51 ulp; gradients for t between 0 and 1, where the two cancel, within 2^-52 (double: 2^-100) of the
 * larger. */
INLINE loss_terms NAMED(contrastive)(vd pred, vd target, const vd *parameter, int wants) {
    const num z = num_of(pred), t = num_of(target), zero = num_set(0, 0), apart = num_difference(f64_set(1), target);
    const num rest = num_difference(parameter[0], pred), m = num_select(num_lt(rest, zero), zero, rest);
    const num pull = num_times_or_zero(t, z), push = num_times_or_zero(apart, m);
    loss_terms r;
    r.value = num_plus(num_times_or_zero(pull, z), num_times_or_zero(push, m));
    r.gradient = num_scaled(num_minus(pull, push), f64_set(2));
    r.hessian = num_scaled(num_plus(t, num_select(num_lt(zero, rest), apart, zero)), f64_set(2));
    (void)wants;
    return r;
}
POINTWISE_LIGHT(contrastive, 1)
