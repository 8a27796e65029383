/* 1 - (I + smooth) / (sum(pred) + sum(target) - I + smooth + eps) of a row, I = sum(pred target): tversky with alpha = beta = 1:
 * within 0.51 ulp where terms do not cancel (tversky.h). */
INLINE double_pair NAMED(jaccard)(const SCALAR *const *x, size_t columns, const double *parameter, double_pair factor,
                                  SCALAR *const *gradient) {
    return NAMED(overlap)(x, columns, 1, 1, parameter[0], parameter[1], factor, gradient);
}
JOINT_ROWS(jaccard, 2)
