/* -(t log(z) + (1 - t) log(1 - z)) for the probability z and the target t in [0, 1], in bits where base is 2.
 *
 * clip says what z = 0 and z = 1 give:
 *   clip < 0   logarithms are at least clip; gradient (z - t) / max(z (1 - z), 1e-12), Hessian with z and 1 - z at least 1e-12
 *   clip > 0   z between clip and 1 - clip, rounded to the type of the arrays; beyond, gradient and Hessian 0
 *   clip = 0   as they are: infinite losses, 0 where t or 1 - t is 0
 * label_smoothing a turns t into t (1 - a) + a / 2. Hessian t / z^2 + (1 - t) / (1 - z)^2. Targets of 0 and 1, the most common ones,
 * need one logarithm. Within 0.51 ulp, in float lanes 0.75.
 * Float lanes (float_terms.h), where the parameters are the defaults: log of z, or of 1 - z with what rounding took from it; the gradient
 * is 1 over the one of the two whose target is 1, with the sign, where no end is near. */

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
        const num log = num_log_of_chance(num_select(up, z, rest), num_select(up, rest, z));
        r.value = num_negative(NAMED(floored_log)(log, clip));
        if (f64_mask_any(soft)) {
            const num first = NAMED(floored_log)(num_log_of_chance(z, rest), clip);
            const num second = NAMED(floored_log)(num_log_of_chance(rest, z), clip);
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
        r.gradient = num_times(num_select(beyond, zero, slope), unit);
        if (wants & WANTS_HESSIAN) {
            const num z_least = num_select(num_lt(z, least), least, z), rest_least = num_select(num_lt(rest, least), least, rest);
            const num up = num_ratio(t, num_square(z_least)), over = num_ratio(down, num_square(rest_least));
            const md no_up = f64_eq(num_high(t), none), no_over = f64_eq(num_high(down), none);
            const num curve = num_plus(num_select(no_up, zero, up), num_select(no_over, zero, over));
            r.hessian = num_times(num_select(beyond, zero, curve), unit);
        }
    }
    return r;
}
IN_FLOAT_LANES(
/* -log(chance), 100 of 0 */
INLINE f32_pair binary_cross_entropy_cost(f32_pair chance) {
    const vf low = f32_fnma(chance.low, chance.high - f32_set(1), chance.low); /* over high, as far as it counts: high is near 1 */
    const f32_pair log = f32_log_finish(f32_log_reduce(chance.high), low);
    const mf none = f32_eq(chance.high, f32_set(0));
    return f32_pair_select(none, f32_pair_of(f32_set(100), f32_set(0)), f32_pair_negative(log));
}
/* neither 0, nor a logarithm that float lanes have */
INLINE mf binary_cross_entropy_beyond(vf chance) {
    return f32_mask_and_not(f32_not_ge(chance, f32_set(LOG_F32_SMALLEST)), f32_eq(chance, f32_set(0)));
}
INLINE f32_loss_terms binary_cross_entropy_terms(vf pred, vf target, const f32_loss_task *with, int wants) {
    UNUSED(with);
    const vf zero = f32_set(0), one = f32_set(1), half = f32_set(0.5f), rest = one - pred, down = one - target, turn = half - target;
    const f32_pair other = {rest, (one - rest) - pred}, own = {pred, zero}; /* 1 - z and z */
    const f32_pair chance = f32_pair_select(f32_eq(target, one), own, other);
    const mf soft = f32_not_le(f32_abs(target * down), zero);
    const mf no_chance = f32_not_le(f32_abs(pred - half), half);
    f32_loss_terms r = {{zero, zero}, {zero, zero}, f32_mask_or(no_chance, binary_cross_entropy_beyond(chance.high))};
    if (UNLIKELY(f32_mask_any(soft))) {
        const mf no_share = f32_mask_or(f32_not_ge(target, zero), f32_not_ge(down, zero));
        const mf small = f32_mask_or(binary_cross_entropy_beyond(pred), binary_cross_entropy_beyond(rest));
        r.outside = f32_mask_or(r.outside, f32_mask_and(soft, f32_mask_or(no_share, small)));
    }
    if (wants & WANTS_VALUE) {
        r.value = binary_cross_entropy_cost(chance);
        if (UNLIKELY(f32_mask_any(soft))) {
            const f32_pair first = f32_pair_product(f32_pair_of(target, zero), binary_cross_entropy_cost(own));
            const f32_pair second = f32_pair_product(f32_pair_of(down, (one - down) - target), binary_cross_entropy_cost(other));
            r.value = f32_pair_select(soft, f32_pair_added(first, second), r.value);
        }
    }
    if (wants & WANTS_GRADIENT) {
        const mf end = f32_mask_or(f32_not_le(f32_set(0x1.197998p-40f), pred), f32_eq(pred, one)); /* z (1 - z) < 1e-12 */
        const vf inverse = one / chance.high, lost = f32_fnma(chance.low, inverse, f32_fnma(chance.high, inverse, one)) * inverse;
        r.slope = f32_pair_with_sign(f32_pair_of(inverse, lost), turn);
        if (UNLIKELY(f32_mask_any(f32_mask_or(soft, end)))) {
            const f32_pair rise = f32_two_difference(pred, target), divisor = f32_pair_product(own, other);
            const f32_pair steep = f32_pair_product(rise, f32_pair_of(f32_set(0xE8D4A5p16f), f32_set(0x1p12f))); /* times 1e12 */
            const f32_pair ratio = f32_pair_quotient(rise, divisor, one / divisor.high);
            r.slope = f32_pair_select(end, steep, f32_pair_select(soft, ratio, r.slope));
        }
    }
    return r;
}
INLINE int binary_cross_entropy_usable(const double *parameters) {
    return parameters[0] == -100 && parameters[1] == 0 && parameters[2] == 0;
}
)
POINTWISE_TERMS(binary_cross_entropy, 3, MAY_BE_OUTSIDE, binary_cross_entropy_usable)
