/* 1 - (I + smooth) / (I + alpha FP + beta FN + smooth + eps) of a row, I = sum(pred target), FP = sum(pred (1 - target)), FN = sum((1 -
 * pred) target): alpha weighs false positives. With N and D the two sides of the quotient the loss is (D - N) / D, in which nothing
 * cancels, and the gradient (N (alpha + (1 - alpha - beta) target) - target D) / D^2. Sums are double (double: pairs): within 0.51 ulp, or
 * 2^-45 (2^-95) of the larger term where gradients cancel, and of (alpha sum(pred) + beta sum(target)) / D for the loss. */
INLINE double_pair NAMED(overlap)(const SCALAR *const *x, size_t columns, double alpha, double beta, double smooth, double eps,
                                  double_pair factor, SCALAR *const *gradient) {
    num_lanes both = num_lanes_zero(), found = num_lanes_zero(), there = num_lanes_zero();
    EACH_VECTOR(columns, i, left, v, {
        const vd p = num_load(x[0] + i, left), t = num_load(x[1] + i, left);
        both.lane[v] = num_plus(both.lane[v], num_product(p, t));
        found.lane[v] = num_plus(found.lane[v], num_of(p));
        there.lane[v] = num_plus(there.lane[v], num_of(t));
    })
    const double_pair shared = num_lanes_pair(both), less = double_pair_negative(shared);
    const double_pair a = double_pair_of(alpha), b = double_pair_of(beta);
    const double_pair false_positives = double_pair_plus(num_lanes_pair(found), less);
    const double_pair false_negatives = double_pair_plus(num_lanes_pair(there), less);
    const double_pair missed = double_pair_plus(double_pair_times(a, false_positives), double_pair_times(b, false_negatives));
    const double_pair over = double_pair_plus(missed, double_pair_of(eps)), n = double_pair_plus(shared, double_pair_of(smooth));
    const double_pair d = double_pair_plus(n, over), unit = double_pair_over(factor, d);
    const double_pair share = double_pair_over(double_pair_times(n, unit), d);
    const double_pair rest = double_sum(1, -alpha), slope = double_pair_plus(rest, double_pair_of(-beta));
    const num constant = num_from(double_pair_times(a, share));
    const num by_target = num_from(double_pair_plus(double_pair_times(slope, share), double_pair_negative(unit)));
    for (size_t i = 0; gradient[0] && i < columns; i += F64_LANES) {
        const size_t left = columns - i;
        num_store_defined(gradient[0] + i, num_plus(constant, num_times(by_target, num_of(num_load(x[1] + i, left)))), f64_never(), left);
    }
    return double_pair_over(over, d);
}
INLINE double_pair NAMED(tversky)(const SCALAR *const *x, size_t columns, const double *parameter, double_pair factor,
                                  SCALAR *const *gradient) {
    return NAMED(overlap)(x, columns, parameter[0], parameter[1], parameter[2], parameter[3], factor, gradient);
}
JOINT_ROWS(tversky, 2)
