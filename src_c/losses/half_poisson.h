/* e^z - t z for the logarithm z of the prediction and the target t >= 0; t z is 0 where t is. Gradient e^z - t, Hessian e^z. Within 0.51
 * ulp where nothing cancels; differences are right to 2^-31 (float) and 2^-54 (double) of their larger term. */
INLINE loss_terms NAMED(half_poisson)(vd pred, vd target, const vd *parameter, int wants) {
    const num e = num_exp(num_of(pred)), line = num_times_or_zero(num_of(target), num_of(pred));
    loss_terms r;
    r.value = num_select(f64_lt(num_high(e), f64_set(INFINITY)), num_minus(e, line), e);
    r.gradient = num_minus(e, num_of(target));
    r.hessian = e;
    (void)parameter, (void)wants;
    return r;
}
POINTWISE(half_poisson, 0)
