/* t e^-z + (1 - t) e^z for half the logit z and the target t in [0, 1]; a product is 0 where t or 1 - t is. Gradient
 * (1 - t) e^z - t e^-z, Hessian the loss. Within 0.51 ulp; the gradient of targets between 0 and 1 is a difference, right to 2^-31
 * (float) and 2^-54 (double) of its larger term. */
INLINE loss_terms NAMED(exponential_loss)(vd pred, vd target, const vd *parameter, int wants) {
    const num up = num_times_exp(num_difference(f64_set(1), target), num_of(pred));
    const num down = num_times_exp(num_of(target), num_of(f64_set(0) - pred));
    loss_terms r;
    r.value = r.hessian = num_plus(up, down);
    r.gradient = num_minus(up, down);
    (void)parameter, (void)wants;
    return r;
}
POINTWISE(exponential_loss, 0)
