/* e^(a z) / a - t e^(b z) / b, a = 2 - power, b = 1 - power, for the logarithm z of the prediction and the target t >= 0. Its limits where a
 * or b is 0, constants dropped: z for the first term (power 2: half_gamma), t z for the second (power 1: half_poisson). Power 0:
 * (e^z - t)^2 / 2. Gradient e^(a z) - t e^(b z), Hessian a e^(a z) - b t e^(b z). Within 0.51 ulp in float, 0.7 in double where nothing
 * cancels; differences are right to 2^-30 (float) and 2^-53 (double) of their larger term. */

/* a difference of a term with e^(a z) and one with e^(b z): where both are infinite the one that grows faster decides */
INLINE num NAMED(tweedie_difference)(num first, num second, vd z) {
    const vd infinity = f64_set(INFINITY), zero = f64_set(0);
    const md up = f64_mask_and(f64_lt(zero, z), f64_eq(f64_abs(num_high(first)), infinity));
    const md down = f64_mask_and(f64_lt(z, zero), f64_eq(f64_abs(num_high(second)), infinity));
    return num_select(up, first, num_select(down, num_negative(second), num_minus(first, second)));
}

INLINE loss_terms NAMED(half_tweedie)(vd pred, vd target, const vd *parameter, int wants) {
    const num z = num_of(pred), t = num_of(target), zero = num_set(0, 0);
    const num a = num_difference(f64_set(2), parameter[0]), b = num_difference(f64_set(1), parameter[0]);
    const md no_a = f64_eq(num_high(a), f64_set(0)), no_b = f64_eq(num_high(b), f64_set(0)), square = f64_eq(parameter[0], f64_set(0));
    const num first = num_times_exp(num_set(1, 0), num_times_or_zero(a, z)), second = num_times_exp(t, num_times_or_zero(b, z));
    loss_terms r = {zero, zero, zero};
    if (wants & WANTS_VALUE) {
        const num up = num_select(no_a, z, num_ratio(first, a)), down = num_select(no_b, num_times_or_zero(t, z), num_ratio(second, b));
        const num e = num_minus(num_exp(z), t);
        r.value = num_select(square, num_times(e, num_scaled(e, f64_set(0.5))), NAMED(tweedie_difference)(up, down, pred));
    }
    r.gradient = NAMED(tweedie_difference)(first, second, pred);
    r.hessian = NAMED(tweedie_difference)(num_times_or_zero(a, first), num_times_or_zero(b, second), pred);
    return r;
}
POINTWISE(half_tweedie, 1)
