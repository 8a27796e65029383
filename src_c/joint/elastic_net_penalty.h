/* l1 abs(w) + l2 w^2, summed; gradient l1 sign(w) + 2 l2 w, 0 at 0. The sum is a double, within 2 ulp (float arrays: its terms are
 * rounded) or 1; gradients are rounded once. A coefficient of 0 leaves its term out, whatever w is. */
INLINE joint_terms NAMED(elastic_net_penalty)(const vd *x, const vd *parameter, int wants) {
    const num l1 = num_of(parameter[0]), l2 = num_of(parameter[1]), w = num_of(x[0]), slope = num_times_or_zero(l2, w);
    const num line = num_with_sign(num_select(f64_lt(f64_set(0), f64_abs(x[0])), l1, num_set(0, 0)), w);
    joint_terms r;
    r.value = num_plus(num_times_or_zero(l1, num_abs(w)), num_times_or_zero(slope, w));
    r.gradient[0] = num_plus(line, num_scaled(slope, f64_set(2)));
    (void)wants;
    return r;
}
JOINT_ELEMENTS(elastic_net_penalty, 1, 1, 2)
