/* delta^2 (sqrt(1 + x^2) - 1), d = pred - target, x = abs(d) / delta, root = sqrt(1 + x^2): abs(d) abs(d) / (root + 1), nothing cancels at
 * 0; delta abs(d) where x > 2^60. Gradient d / root, Hessian 1 / root^3. Within 0.51 ulp.
 * Float lanes (float_terms.h): R = sqrt(delta^2 + d^2), the loss delta d^2 / (R + delta), its gradient d times delta / R, the root from
 * the bits and a polynomial; losses within 0.51 ulp, gradients 0.63. */
INLINE loss_terms NAMED(pseudo_huber)(vd pred, vd target, const vd *parameter, int wants) {
    const num d = num_difference(pred, target), a = num_abs(d), delta = num_of(parameter[0]), one = num_set(1, 0);
    const num x = num_ratio(a, delta);
    const md large = f64_lt(f64_set(0x1p60), num_high(x));
    const num root = num_sqrt(num_plus(one, num_square(num_select(large, one, x))));
    loss_terms r = {one, one, one};
    r.value = num_times(num_select(large, delta, num_ratio(a, num_plus(root, one))), a);
    if (wants & WANTS_GRADIENT) r.gradient = num_with_sign(num_select(large, delta, num_ratio(a, root)), d);
    if (wants & WANTS_HESSIAN) {
        const num far = num_select(f64_lt(num_high(x), f64_set(0x1p400)), x, num_set(0x1p400, 0));
        const num share = num_ratio(one, num_select(large, far, root));
        r.hessian = num_times(share, num_square(share));
    }
    return r;
}
IN_FLOAT_LANES(
INLINE f32_loss_terms pseudo_huber_terms(vf pred, vf target, const f32_loss_task *with, int wants) {
    const vf zero = f32_set(0), one = f32_set(1), two = f32_set(2);
    const f32_pair d = f32_two_difference(pred, target), square = f32_pair_product(d, d), delta = f32_parameter_pair(with, 0);
    const f32_pair v = f32_pair_added(square, f32_pair_product(delta, delta)), unit = f32_pair_product(d, delta);
    f32_half_root h = f32_half_inverse_root(v.high); /* of v: less 1 / (2 v) of it for what is low */
    h.rest = f32_fnma(two * v.low, h.r * h.r, h.rest);
    const vf r = h.r + h.r;
    f32_loss_terms terms = {{zero, zero}, {zero, zero}, f32_is_beyond(d.high, 0x1p60f, wants)};
    if (wants & WANTS_VALUE) {
        const vf root = v.high * r, low = f32_fma(v.low, r, f32_fma(root, h.rest, f32_fms(v.high, r, root)));
        const f32_pair sum = f32_pair_added(f32_pair_of(root, low), delta);
        terms.value = f32_pair_quotient(f32_pair_product(unit, d), sum, one / sum.high);
    }
    terms.slope = f32_pair_product(unit, f32_pair_of(r, r * h.rest));
    return terms;
}
INLINE int pseudo_huber_usable(const double *parameters) { return parameters[0] >= 0x1p-20 && parameters[0] <= 0x1p20; }
)
POINTWISE_TERMS(pseudo_huber, 1, MAY_BE_OUTSIDE, pseudo_huber_usable)
