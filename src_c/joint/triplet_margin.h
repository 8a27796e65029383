/* max(m, 0), m = d(anchor, positive) - d(anchor, negative) + margin, d as in pairwise_distance.h, p = 1, 2 or infinity; with swap the
 * smaller of d(anchor, negative) and d(positive, negative) is taken. Gradients are those of the distances where m >= 0, the edge
 * included. Within 0.51 ulp, or 2^-45 (double: 2^-95) of the larger term where they cancel. */
INLINE double_pair NAMED(triplet_margin)(const SCALAR *const *x, size_t columns, const double *parameter, double_pair factor,
                                         SCALAR *const *gradient) {
    const double margin = parameter[0], p = parameter[1], eps = parameter[2];
    const SCALAR *anchor = x[0], *positive = x[1], *negative = x[2], *from = anchor;
    const NAMED(row_distance) near = NAMED(row_distance_of)(anchor, positive, columns, p, eps);
    NAMED(row_distance) far = NAMED(row_distance_of)(anchor, negative, columns, p, eps);
    if (parameter[3] != 0) {
        const NAMED(row_distance) other = NAMED(row_distance_of)(positive, negative, columns, p, eps);
        const double_pair a = NAMED(distance_value)(other), b = NAMED(distance_value)(far);
        if (a.high < b.high || (a.high == b.high && a.low < b.low) || a.high != a.high) far = other, from = positive;
    }
    const double_pair gap = double_pair_plus(NAMED(distance_value)(near), double_pair_negative(NAMED(distance_value)(far)));
    const double_pair m = double_pair_plus(gap, double_pair_of(margin));
    const int reached = double_pair_value(m) < 0;
    const num near_steepness = NAMED(distance_steepness)(near, p, factor), far_steepness = NAMED(distance_steepness)(far, p, factor);
    for (size_t i = 0; (gradient[0] || gradient[1] || gradient[2]) && i < columns; i += F64_LANES) {
        const size_t left = columns - i;
        num to[JOINT_ARRAYS] = {num_set(0, 0), num_set(0, 0), num_set(0, 0)};
        if (!reached) {
            const num pull = NAMED(distance_slope)(anchor + i, positive + i, left, near, p, eps, near_steepness);
            const num push = NAMED(distance_slope)(from + i, negative + i, left, far, p, eps, far_steepness);
            const num back = num_negative(pull);
            to[0] = pull, to[1] = back, to[2] = push;
            if (from == anchor)
                to[0] = num_minus(pull, push);
            else
                to[1] = num_minus(back, push);
        }
        for (int k = 0; k < JOINT_ARRAYS; ++k)
            if (gradient[k]) num_store_defined(gradient[k] + i, to[k], f64_never(), left);
    }
    return reached ? double_pair_of(0) : m;
}
JOINT_ROWS(triplet_margin, 3)
