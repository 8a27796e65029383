/* max(abs(d) - epsilon, 0), d = pred - target; gradient the sign of d where abs(d) > epsilon, Hessian 0. Within 0.51 ulp. */
INLINE loss_terms NAMED(epsilon_insensitive)(vd pred, vd target, const vd *parameter, int wants) {
    const num d = num_difference(pred, target), rest = num_minus(num_abs(d), num_of(parameter[0])), zero = num_set(0, 0);
    loss_terms r;
    r.value = num_select(num_lt(rest, zero), zero, rest);
    r.gradient = num_select(num_lt(zero, rest), num_with_sign(num_set(1, 0), d), zero);
    r.hessian = zero;
    (void)wants;
    return r;
}
POINTWISE_LIGHT(epsilon_insensitive, 1)
