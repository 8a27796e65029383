/* w u^gamma c for the logit z and the target t in [0, 1], s = sigmoid(z), q = 1 - s: u = t q + (1 - t) s is how wrong the prediction is,
 * c binary_cross_entropy_with_logits, w = t alpha + (1 - t) (1 - alpha), or 1 where alpha < 0.
 * With k = u' / u = (1 - 2 t) s q / u and c' = (1 - t) s - t q:
 *   gradient w u^gamma (gamma k c + c')
 *   Hessian  w u^gamma (gamma (gamma - 1) k^2 c + gamma (k (q - s) c + 2 k c') + s q)
 * Within 0.52 ulp in float, 0.65 in double for targets 0 and 1; what of other targets, and of the Hessian, is a difference is right to
 * 2^-29 (float) and 2^-52 (double) of its larger term. */
INLINE loss_terms NAMED(sigmoid_focal)(vd pred, vd target, const vd *parameter, int wants) {
    const num one = num_set(1, 0), zero = num_set(0, 0), t = num_of(target), down = num_difference(f64_set(1), target);
    const num gamma = num_of(parameter[1]), line = num_of(f64_abs(pred)), e = num_exp(num_negative(line));
    const md positive = f64_lt(f64_set(0), pred);
    const num share = num_ratio(one, num_plus(one, e)), rest = num_times(e, share), log = num_log1p_unit(e);
    const num s = num_select(positive, share, rest), q = num_select(positive, rest, share);
    const num high = num_plus(line, log); /* log(1 + e^abs(z)) */
    const num c = num_plus(num_times_or_zero(t, num_select(positive, log, high)), num_times_or_zero(down, num_select(positive, high, log)));
    const num u = num_plus(num_times(t, q), num_times(down, s));
    num weight = num_square(u);
    if (!f64_mask_any(f64_eq(parameter[1], f64_set(2)))) weight = num_power(u, gamma);
    if (!f64_mask_any(f64_lt(parameter[0], f64_set(0)))) {
        const num alpha = num_of(parameter[0]), other = num_difference(f64_set(1), parameter[0]);
        weight = num_times(weight, num_plus(num_times(t, alpha), num_times(down, other)));
    }
    loss_terms r = {num_times_or_zero(weight, c), zero, zero};
    if (wants & (WANTS_GRADIENT | WANTS_HESSIAN)) {
        const num turn = num_difference(f64_set(1), target + target), both = num_times(s, q);
        const num mixed = num_ratio(num_times(turn, both), u);
        const num k = num_select(f64_eq(target, f64_set(0)), q, num_select(f64_eq(target, f64_set(1)), num_negative(s), mixed));
        const num falling = num_select(f64_eq(num_high(line), f64_set(INFINITY)), zero, num_times(k, c)); /* where c is infinite k is 0 */
        const num rise = num_times(gamma, falling), slope = num_minus(num_times(down, s), num_times(t, q));
        r.gradient = num_times(weight, num_plus(rise, slope));
        if (wants & WANTS_HESSIAN) {
            const num square = num_times(k, num_times(num_difference(parameter[1], f64_set(1)), rise));
            const num bend = num_plus(square, num_times(rise, num_minus(q, s)));
            const num cross = num_times(num_scaled(gamma, f64_set(2)), num_times(k, slope));
            r.hessian = num_times(weight, num_plus(num_plus(bend, cross), both));
        }
    }
    return r;
}
POINTWISE(sigmoid_focal, 2)
