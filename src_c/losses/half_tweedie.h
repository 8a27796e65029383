/* e^(a z) / a - t e^(b z) / b, a = 2 - power, b = 1 - power, for the logarithm z of the prediction and the target t >= 0. Its limits where a
 * or b is 0, constants dropped: z for the first term (power 2: half_gamma), t z for the second (power 1: half_poisson). Power 0:
 * (e^z - t)^2 / 2. Gradient e^(a z) - t e^(b z), Hessian a e^(a z) - b t e^(b z). Within 0.51 ulp in float, 0.7 in double where nothing
 * cancels; differences are right to 2^-30 (float) and 2^-53 (double) of their larger term.
 * Doubles for power 1.5: one exponential, of which the other is the inverse.
 * Float lanes (float_terms.h) for power 1.5 and abs(z) up to 160: E = e^(z / 2), value 2 (E + t / E), gradient E - t / E, from double lanes
 * where less than E / 256 is left. */

/* a difference of a term with e^(a z) and one with e^(b z): where both are infinite the one that grows faster decides */
INLINE num NAMED(tweedie_difference)(num first, num second, vd z) {
    const vd infinity = f64_set(INFINITY), zero = f64_set(0);
    const num r = num_minus(first, second);
    if (LIKELY(!num_undefined(r))) return r;
    const md both = f64_mask_and(f64_eq(f64_abs(num_high(first)), infinity), f64_eq(f64_abs(num_high(second)), infinity));
    const num decided = num_select(f64_lt(z, zero), num_negative(second), first);
    return num_select(both, decided, r);
}

/* texts: 1 for power 1.5, 2 for power 0; lanes of floats have one for all */
IN_FLOAT_LANES(
INLINE int NAMED(half_tweedie_is_square)(vd power, int wants) {
    UNUSED(wants);
    return f64_mask_any(f64_eq(power, f64_set(0)));
}
)
IN_PAIRS(
INLINE int NAMED(half_tweedie_kind)(const double *parameters) { return parameters[0] == 1.5 ? 1 : parameters[0] == 0 ? 2 : 0; }
INLINE int NAMED(half_tweedie_is_square)(vd power, int wants) {
    UNUSED(power);
    return wants / WANTS_USUAL == 2;
}
)
/* power 1.5 in pairs */
INLINE loss_terms NAMED(half_tweedie_usual)(vd pred, vd target, int wants) {
    const num e = num_exp(num_scaled(num_of(pred), f64_set(0.5)));
    const md far = f64_not_le(f64_abs(pred), f64_set(600)); /* where e has no digits to divide by */
    num share = num_ratio(num_of(target), e);
    if (UNLIKELY(f64_mask_any(far))) share = num_select(far, num_times_exp(num_of(target), num_of(f64_set(-0.5) * pred)), share);
    loss_terms r = {e, num_minus(e, share), e};
    const num sum = num_plus(e, share);
    if (wants & WANTS_VALUE) r.value = num_scaled(sum, f64_set(2));
    if (wants & WANTS_HESSIAN) r.hessian = num_scaled(sum, f64_set(0.5));
    return r;
}
INLINE loss_terms NAMED(half_tweedie)(vd pred, vd target, const vd *parameter, int wants) {
    if (wants / WANTS_USUAL == 1) return NAMED(half_tweedie_usual)(pred, target, wants);
    const num z = num_of(pred), t = num_of(target), zero = num_set(0, 0), one = num_set(1, 0);
    const num a = num_difference(f64_set(2), parameter[0]), b = num_difference(f64_set(1), parameter[0]);
    const md no_a = f64_eq(num_high(a), f64_set(0)), no_b = f64_eq(num_high(b), f64_set(0));
    const num first = num_exp(num_times_or_zero(a, z)), second = num_times_exp(t, num_times_or_zero(b, z));
    loss_terms r = {zero, zero, zero};
    if (wants & WANTS_VALUE) {
        const num by_a = num_ratio(one, num_select(no_a, one, a)), by_b = num_ratio(one, num_select(no_b, one, b));
        const num up = num_select(no_a, z, num_times(first, by_a));
        const num down = num_select(no_b, num_times_or_zero(t, z), num_times(second, by_b));
        r.value = NAMED(tweedie_difference)(up, down, pred);
        if (NAMED(half_tweedie_is_square)(parameter[0], wants)) {
            const num e = num_minus(num_exp(z), t);
            r.value = num_times(e, num_scaled(e, f64_set(0.5)));
        }
    }
    if (wants & WANTS_GRADIENT) r.gradient = NAMED(tweedie_difference)(first, second, pred);
    if (wants & WANTS_HESSIAN) r.hessian = NAMED(tweedie_difference)(num_times_or_zero(a, first), num_times_or_zero(b, second), pred);
    return r;
}
IN_FLOAT_LANES(
INLINE f32_loss_terms half_tweedie_terms(vf pred, vf target, const f32_loss_task *with, int wants) {
    UNUSED(with);
    const vf zero = f32_set(0), one = f32_set(1), most = f32_set(160), z = f32_max(zero - most, f32_min(most, pred));
    const f32_exp_parts parts = f32_exp_long(z * f32_set(0.5f));
    const f32_pair e = f32_pair_normal(f32_exp_scale(parts.high, parts), f32_exp_scale(parts.low, parts));
    const f32_pair inverse = f32_pair_quotient(f32_pair_of(one, zero), e, one / e.high);
    const f32_pair share = f32_pair_product(f32_pair_of(target, zero), inverse);
    f32_loss_terms r = {{zero, zero}, {zero, zero}, f32_not_le(f32_abs(pred), most)};
    if (wants & WANTS_VALUE) {
        const f32_pair sum = f32_pair_added(e, share);
        r.value = f32_pair_of(sum.high + sum.high, sum.low + sum.low);
    }
    if (wants & WANTS_GRADIENT) {
        r.slope = f32_pair_added(e, f32_pair_negative(share));
        r.slope = f32_pair_unless(f32_is_close(r.slope.high, e.high, 0x1p-8f, 0x1p-108f), r.slope);
    }
    return r;
}
INLINE int half_tweedie_usable(const double *parameters) { return parameters[0] == 1.5; }
)
POINTWISE_KINDS_TERMS(half_tweedie, 1, MAY_BE_OUTSIDE | MAY_BE_CLOSE, half_tweedie_usable, 3)
