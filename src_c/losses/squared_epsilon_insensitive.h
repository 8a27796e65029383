/* m^2, m = max(abs(d) - epsilon, 0), d = pred - target; gradient 2 m with the sign of d, Hessian 2 where m > 0. Within 0.51 ulp. */
INLINE loss_terms NAMED(squared_epsilon_insensitive)(vd pred, vd target, const vd *parameter, int wants) {
    const num d = num_difference(pred, target), rest = num_minus(num_abs(d), num_of(parameter[0])), zero = num_set(0, 0);
    const num m = num_select(num_lt(rest, zero), zero, rest);
    loss_terms r;
    r.value = num_square(m);
    r.gradient = num_with_sign(num_scaled(m, f64_set(2)), d);
    r.hessian = num_select(num_lt(zero, rest), num_set(2, 0), zero);
    (void)wants;
    return r;
}
POINTWISE_LIGHT(squared_epsilon_insensitive, 1)
