/* lam abs(w), summed; gradient lam sign(w), 0 at 0. The sum is a double, within 1 ulp; gradients are rounded once. */
INLINE joint_terms NAMED(l1_penalty)(const vd *x, const vd *parameter, int wants) {
    const num lam = num_of(parameter[0]);
    joint_terms r;
    r.value = num_times_or_zero(lam, num_of(f64_abs(x[0])));
    r.gradient[0] = num_with_sign(num_select(f64_lt(f64_set(0), f64_abs(x[0])), lam, num_set(0, 0)), num_of(x[0]));
    (void)wants;
    return r;
}
JOINT_ELEMENTS(l1_penalty, 1, 1, 1)
