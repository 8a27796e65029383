/* max(z, 0) - z t + log(1 + e^-abs(z)) for the logit z and the target t in [0, 1]; with a = abs(z), e = e^-a, w = pos_weight, where
 * nothing cancels:
 *   a k + (1 - t + w t) log(1 + e),   k = 1 - t where z > 0, else w t;   a k is 0 where k is, for an infinite a too
 * label_smoothing s turns t into t (1 - s) + s / 2.
 * Gradient (1 - t) sigmoid(z) - w t sigmoid(-z), Hessian (1 - t + w t) e / (1 + e)^2. Within 0.51 ulp; the gradient of targets between
 * 0 and 1 is a difference, right to 2^-31 (float) and 2^-54 (double) of its larger term. */
INLINE loss_terms NAMED(binary_cross_entropy_with_logits)(vd pred, vd target, const vd *parameter, int wants) {
    const num one = num_set(1, 0), zero = num_set(0, 0);
    num down = num_difference(f64_set(1), target), up = num_product(parameter[0], target);
    if (!f64_mask_any(f64_eq(parameter[1], f64_set(0)))) {
        const num half = num_of(f64_set(0.5) * parameter[1]), kept = num_difference(f64_set(1), parameter[1]);
        down = num_plus(num_times(down, kept), half);
        up = num_plus(num_times(up, kept), num_times(half, num_of(parameter[0])));
    }
    const num both = num_plus(down, up);
    const vd a = f64_abs(pred);
    const md positive = f64_lt(f64_set(0), pred);
    const num e = num_exp(num_of(f64_set(0) - a));
    loss_terms r = {zero, zero, zero};
    if (wants & WANTS_VALUE) {
        const num line = num_times_or_zero(num_select(positive, down, up), num_of(a));
        r.value = num_plus(line, num_times(both, num_log1p_unit(e)));
    }
    if (wants & (WANTS_GRADIENT | WANTS_HESSIAN)) {
        const num share = num_ratio(one, num_plus(one, e)), rest = num_times(e, share); /* sigmoid(a), sigmoid(-a) */
        r.gradient = num_minus(num_times(down, num_select(positive, share, rest)), num_times(up, num_select(positive, rest, share)));
        r.hessian = num_times(both, num_times(share, rest));
    }
    return r;
}
POINTWISE(binary_cross_entropy_with_logits, 2)
