/* (z log(z / m) + t log(t / m)) / 2, m = (z + t) / 2, for two probabilities; 0 log(0) is 0. With r = (z - t) / (z + t) it is
 *   (z + t) / 4 g(r),   g(r) = (1 + r) log(1 + r) + (1 - r) log(1 - r) = sum over k >= 1 of r^2k / (k (2 k - 1)), for abs(r) < 1/4
 * Gradient log(1 + r) / 2, Hessian t / (2 z (z + t)). Within 0.51 ulp. Pairs for float arrays too: where z is next
 * to t double lanes have nothing left. */
IN_PAIRS(
/* log(sum), sum = 1 + r */
INLINE f64_pair log_of_sum_with_one(f64_pair r, f64_pair sum) {
    const md far = f64_lt(r.high, f64_set(-0.5));
    return num_select(far, num_log(sum), num_log1p(num_select(far, num_set(0, 0), r)));
}
INLINE f64_loss_terms js_div_loss_f64(vd pred, vd target, const vd *parameter, int wants) {
    const f64_pair z = num_of(pred), t = num_of(target), both = num_plus(z, t), zero = num_set(0, 0);
    const md none = f64_eq(both.high, f64_set(0));
    const f64_pair r = num_select(none, zero, num_ratio(num_difference(pred, target), both)), square = num_square(r);
    const f64_pair up = num_ratio(num_scaled(z, f64_set(2)), both), down = num_ratio(num_scaled(t, f64_set(2)), both); /* 1 + r, 1 - r */
    const f64_pair log = log_of_sum_with_one(r, up);
    loss_terms answer = {zero, num_select(none, zero, num_scaled(log, f64_set(0.5))), zero};
    if (wants & WANTS_VALUE) {
        const f64_pair other = log_of_sum_with_one(num_negative(r), down);
        const f64_pair far = num_plus(num_times_or_zero(up, log), num_times_or_zero(down, other));
        vd series = f64_set(0);
        for (int k = 14; k >= 2; --k) series = f64_fma(series, square.high, f64_set(1.0 / (k * (2 * k - 1))));
        const f64_pair near = num_plus(square, num_times(num_square(square), num_of(series)));
        const f64_pair g = num_select(f64_lt(f64_abs(r.high), f64_set(0.25)), near, far);
        answer.value = num_select(none, zero, num_times(num_scaled(both, f64_set(0.25)), g));
    }
    if (wants & WANTS_HESSIAN) answer.hessian = num_scaled(num_ratio(num_ratio(t, both), z), f64_set(0.5));
    (void)parameter;
    return answer;
})
POINTWISE_PAIRS(js_div, 0)
