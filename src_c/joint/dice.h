/* 1 - (2 I + smooth) / (sum(pred) + sum(target) + smooth + eps) of a row, I = sum(pred target): tversky with alpha = beta = 1/2 and half of
 * smooth and eps: within 0.51 ulp where terms do not cancel (tversky.h). */
INLINE double_pair NAMED(dice)(const SCALAR *const *x, size_t columns, const double *parameter, double_pair factor,
                               SCALAR *const *gradient) {
    return NAMED(overlap)(x, columns, 0.5, 0.5, 0.5 * parameter[0], 0.5 * parameter[1], factor, gradient);
}
JOINT_ROWS(dice, 2)
