/* (log v + d^2 / v) / 2, d = pred - target, v = max(var, eps), with full + log(2 pi) / 2; gradients d / v and (1 / v - (d / v)^2) / 2, the
 * latter through the floor of v. Within 0.51 ulp; where a negative log v and the others cancel, within 2^-30 (double: 2^-60) of the larger
 * term, where 1 / v and the square do, 2^-45 (2^-95). */
INLINE joint_terms NAMED(gaussian_nll)(const vd *x, const vd *parameter, int wants) {
    const num d = num_difference(x[0], x[1]), v = num_of(f64_max(parameter[1], x[2])), half = num_set(0.5, 0);
    const num ratio = num_ratio(d, v);
    joint_terms r;
    r.value = d;
    if (wants & WANTS_VALUE) {
        const num constant = num_times(num_of(parameter[0]), num_set(0x1.d67f1c864beb5p-1, -0x1.65b5a1b7ff5dfp-55));
        r.value = num_plus(num_times(half, num_plus(num_log(v), num_times_or_zero(d, ratio))), constant);
    }
    r.gradient[0] = ratio;
    r.gradient[1] = num_times(half, num_minus(num_ratio(num_set(1, 0), v), num_square(ratio)));
    return r;
}
JOINT_ELEMENTS(gaussian_nll, 3, 2, 2)
