/* c u^g for the logit z and the target t in [0, 1], s = sigmoid(z), n = min(1 - s + clip, 1):
 *   c = -(t log(max(s, eps)) + (1 - t) log(max(n, eps))), u = t (1 - s) + (1 - t) (1 - n), g = t gamma_pos + (1 - t) gamma_neg
 * Derivatives by the product rule through all of it; v = s (1 - s), n' = -v below 1 and 0 from there on, logarithms at eps are constant:
 *   gradient c' u^g + c g u^(g - 1) u'
 *   Hessian  c'' u^g + 2 c' g u^(g - 1) u' + c g ((g - 1) u^(g - 2) u'^2 + u^(g - 1) u'')
 * Within 0.52 ulp in float, 0.54 in double; double gradients and Hessians are right to 2^-50 of their larger term. Pairs for float arrays
 * too: 1 - n may be a small rest of s - clip. */
IN_PAIRS(
/* c e: 0 where c is */
INLINE f64_pair power_times(f64_pair c, f64_pair u, f64_pair e) {
    return f64_pair_times_or_zero(c, f64_pair_power(u, e));
}
INLINE f64_loss_terms asymmetric_multilabel_loss_f64(vd pred, vd target, const vd *parameter, int wants) {
    const f64_pair one = num_set(1, 0), zero = num_set(0, 0), t = num_of(target), down = num_difference(f64_set(1), target);
    const f64_pair e = num_exp(num_of(f64_set(0) - f64_abs(pred))), clip = num_of(parameter[2]), eps = num_of(parameter[3]);
    const md positive = f64_lt(f64_set(0), pred);
    const f64_pair share = num_ratio(one, num_plus(one, e)), rest = num_times(e, share);
    const f64_pair s = num_select(positive, share, rest), q = num_select(positive, rest, share), v = num_times(share, rest);
    const md whole = num_lt(s, clip), s_floored = num_lt(s, eps); /* n = 1 */
    const f64_pair n = num_select(whole, one, num_plus(q, clip)), lost = num_select(whole, zero, num_minus(s, clip)); /* 1 - n */
    const md n_floored = num_lt(n, eps);
    const f64_pair s_kept = num_select(s_floored, eps, s), n_kept = num_select(n_floored, eps, n);
    const md near = num_lt(lost, num_set(0.5, 0));
    const f64_pair s_far = num_log(s_kept), s_near = num_negative(num_log1p_unit(e)), n_far = num_log(n_kept);
    const f64_pair n_near = num_log1p(num_negative(num_select(near, lost, zero)));
    const f64_pair s_log = num_select(s_floored, s_far, num_select(positive, s_near, s_far));
    const f64_pair n_log = num_select(n_floored, n_far, num_select(near, n_near, n_far));
    const f64_pair c = num_negative(num_plus(num_times_or_zero(t, s_log), num_times_or_zero(down, n_log)));
    const f64_pair u = num_plus(num_times(t, q), num_times(down, lost));
    const f64_pair g = num_plus(num_times(t, num_of(parameter[1])), num_times(down, num_of(parameter[0])));
    loss_terms r = {power_times(c, u, g), zero, zero};
    if (wants & (WANTS_GRADIENT | WANTS_HESSIAN)) {
        const f64_pair n_slope = num_select(whole, zero, num_negative(v)), twist = num_minus(q, s);
        const f64_pair n_part = num_select(n_floored, zero, num_ratio(n_slope, n_kept)), s_part = num_select(s_floored, zero, q);
        const f64_pair c_slope = num_negative(num_plus(num_times(t, s_part), num_times(down, n_part)));
        const f64_pair u_slope = num_negative(num_plus(num_times(t, v), num_times(down, n_slope)));
        const f64_pair less = num_minus(g, one), rise = num_times(g, u_slope);
        r.gradient = num_plus(power_times(c_slope, u, g), power_times(num_times(c, rise), u, less));
        const f64_pair s_bend = num_select(s_floored, zero, num_negative(v)), n_second = num_times(n_slope, twist);
        const f64_pair n_bend = num_select(n_floored, zero, num_minus(num_ratio(n_second, n_kept), num_square(n_part)));
        const f64_pair c_bend = num_negative(num_plus(num_times(t, s_bend), num_times(down, n_bend)));
        const f64_pair u_bend = num_negative(num_plus(num_times(t, num_times(v, twist)), num_times(down, n_second)));
        const f64_pair cross = num_plus(num_scaled(num_times(c_slope, rise), f64_set(2)), num_times(c, num_times(g, u_bend)));
        const f64_pair last = num_times(num_times(c, num_times(less, rise)), u_slope);
        r.hessian = num_plus(num_plus(power_times(c_bend, u, g), power_times(cross, u, less)), power_times(last, u, num_minus(less, one)));
    }
    return r;
})
POINTWISE_PAIRS(asymmetric_multilabel, 4)
