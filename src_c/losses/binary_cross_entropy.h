/* -(t log(z) + (1 - t) log(1 - z)) for the probability z and the target t in [0, 1], in bits where base is 2.
 *
 * clip says what z = 0 and z = 1 give:
 *   clip < 0   logarithms are at least clip; gradient (z - t) / max(z (1 - z), 1e-12), Hessian with z and 1 - z at least 1e-12
 *   clip > 0   z between clip and 1 - clip, rounded to the type of the arrays; beyond, gradient and Hessian 0
 *   clip = 0   as they are: infinite losses, 0 where t or 1 - t is 0
 * label_smoothing a turns t into t (1 - a) + a / 2. Hessian t / z^2 + (1 - t) / (1 - z)^2. Targets of 0 and 1, the most common ones,
 * need one logarithm. Within 0.51 ulp. */

/* log of `chance`, which is 1 - other, from the smaller of the two */
INLINE num NAMED(log_of_chance)(num chance, num other) {
    const md near = num_lt(num_set(0.5, 0), chance);
    const num log = num_log(num_select(near, num_set(0.5, 0), chance));
    return num_select(near, num_log1p(num_negative(num_select(near, other, num_set(0, 0)))), log);
}
INLINE num NAMED(floored_log)(num log, vd clip) {
    return num_select(f64_mask_and(f64_lt(clip, f64_set(0)), f64_lt(num_high(log), clip)), num_of(clip), log);
}

INLINE loss_terms NAMED(binary_cross_entropy)(vd pred, vd target, const vd *parameter, int wants) {
    const num one = num_set(1, 0), zero = num_set(0, 0);
    const vd clip = parameter[0], none = f64_set(0);
    const vd low = f64_max(none, clip), high = num_stored_unit(f64_set(1) - low), p = f64_max(low, f64_min(high, pred));
    const vd inside_p = f64_select(f64_lt(none, clip), p, pred);
    const num z = num_of(inside_p), rest = num_difference(f64_set(1), inside_p);
    num t = num_of(target), down = num_difference(f64_set(1), target);
    loss_terms r = {zero, zero, zero};
    if (!f64_mask_any(f64_eq(parameter[2], none))) {
        const num half = num_of(f64_set(0.5) * parameter[2]), kept = num_difference(f64_set(1), parameter[2]);
        t = num_plus(num_times(t, kept), half);
        down = num_plus(num_times(down, kept), half);
    }
    const num unit = f64_mask_any(f64_eq(parameter[1], none)) ? one : num_set(0x1.71547652b82fep+0, 0x1.777d0ffda0d24p-56); /* 1 / ln 2 */
    if (wants & WANTS_VALUE) {
        const vd spread = num_high(t) * num_high(down); /* 0 for a target of 0 or 1 */
        const md up = f64_eq(num_high(t), f64_set(1)), soft = f64_mask_or(f64_lt(none, f64_abs(spread)), f64_unordered(spread, spread));
        const num log = NAMED(log_of_chance)(num_select(up, z, rest), num_select(up, rest, z));
        r.value = num_negative(NAMED(floored_log)(log, clip));
        if (f64_mask_any(soft)) {
            const num first = NAMED(floored_log)(NAMED(log_of_chance)(z, rest), clip);
            const num second = NAMED(floored_log)(NAMED(log_of_chance)(rest, z), clip);
            r.value = num_select(soft, num_negative(num_plus(num_times_or_zero(t, first), num_times_or_zero(down, second))), r.value);
        }
        r.value = num_times(r.value, unit);
    }
    if (wants & (WANTS_GRADIENT | WANTS_HESSIAN)) {
        const num least = num_select(f64_lt(clip, none), num_set(1e-12, 0), zero);
        const md beyond = f64_mask_and(f64_lt(none, clip), f64_mask_or(f64_lt(pred, low), f64_lt(high, pred)));
        const num both = num_times(z, rest), divisor = num_select(num_lt(both, least), least, both);
        const md at_end = f64_mask_and(f64_eq(clip, none), f64_mask_or(f64_eq(pred, none), f64_eq(pred, f64_set(1))));
        const md right = f64_eq(inside_p, num_high(t)); /* at an end, the slope of the other logarithm */
        const num edge = num_select(right, num_of(f64_set(1) - (pred + pred)), num_of((pred - target) / none));
        const num slope = num_select(at_end, edge, num_ratio(num_minus(z, t), divisor));
        const num z_least = num_select(num_lt(z, least), least, z), rest_least = num_select(num_lt(rest, least), least, rest);
        const num up = num_ratio(t, num_square(z_least)), over = num_ratio(down, num_square(rest_least));
        const num curve = num_plus(num_select(f64_eq(num_high(t), none), zero, up), num_select(f64_eq(num_high(down), none), zero, over));
        r.gradient = num_times(num_select(beyond, zero, slope), unit);
        r.hessian = num_times(num_select(beyond, zero, curve), unit);
    }
    return r;
}
POINTWISE(binary_cross_entropy, 3)
