/* 2 s / (s + 4), s = d^2, d = pred - target held to 2^500; gradient 16 d / (s + 4)^2, Hessian 16 (4 - 3 s) / (s + 4)^3. Within 0.51 ulp. */
INLINE loss_terms NAMED(geman_mcclure)(vd pred, vd target, const vd *parameter, int wants) {
    const num d = num_difference(pred, target), a = num_abs(d);
    const num held = num_select(f64_lt(f64_set(0x1p500), num_high(a)), num_set(0x1p500, 0), a), s = num_square(held), four = num_set(4, 0);
    const num share = num_ratio(num_set(1, 0), num_plus(s, four));
    const vd sixteen = f64_set(16);
    loss_terms r;
    r.value = num_scaled(num_times(s, share), f64_set(2));
    const num above = num_scaled(num_minus(four, num_times(num_set(3, 0), s)), sixteen);
    r.gradient = num_with_sign(num_times(num_times(num_scaled(held, sixteen), share), share), d);
    r.hessian = num_times(num_times(num_times(above, share), share), share);
    (void)parameter, (void)wants;
    return r;
}
POINTWISE(geman_mcclure, 0)
