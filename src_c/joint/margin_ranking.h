/* max(m, 0), m = margin - target (x1 - x2), target -1 or 1; gradients -target and target where m >= 0, the edge included. Within 0.51
 * ulp, or 2^-52 (double: 2^-104) of the larger term where the two cancel. */
INLINE joint_terms NAMED(margin_ranking)(const vd *x, const vd *parameter, int wants) {
    const num d = num_difference(x[0], x[1]), m = num_minus(num_of(parameter[0]), num_times(num_of(x[2]), d)), zero = num_set(0, 0);
    const md reached = num_lt(m, zero);
    joint_terms r;
    r.value = num_select(reached, zero, m);
    r.gradient[0] = num_of(f64_select(reached, f64_set(0), f64_set(0) - x[2]));
    r.gradient[1] = num_of(f64_select(reached, f64_set(0), x[2]));
    (void)wants;
    return r;
}
JOINT_ELEMENTS(margin_ranking, 3, 2, 1)
