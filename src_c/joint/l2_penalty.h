/* lam w^2, summed; gradient 2 lam w. The sum is a double, within 2 ulp (float arrays: its terms are rounded) or 1; gradients are rounded
 * once. */
INLINE joint_terms NAMED(l2_penalty)(const vd *x, const vd *parameter, int wants) {
    const num slope = num_times_or_zero(num_of(parameter[0]), num_of(x[0]));
    joint_terms r;
    r.value = num_times_or_zero(slope, num_of(x[0]));
    r.gradient[0] = num_scaled(slope, f64_set(2));
    (void)wants;
    return r;
}
JOINT_ELEMENTS(l2_penalty, 1, 1, 1)
