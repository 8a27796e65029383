/* Joint losses: losses of one, two or three arrays, with a gradient for some of them. Each is written once, in the words of
 * losses/as_wide.h and as_wide.h here, and compiled for float arrays in double lanes and for double arrays in pairs of doubles, rounded
 * once. Its file ends in one of
 *   JOINT_ELEMENTS(name, arrays, gradients, parameters)   of joint_terms NAMED(name)(const vd *x, const vd *parameter, int wants):
 *                                                         the loss of an element and its derivatives
 *   JOINT_ROWS(name, arrays)                              of double_pair NAMED(name)(const SCALAR *const *x, size_t columns,
 *                                                         const double *parameter, double_pair factor, SCALAR *const *gradient):
 *                                                         the loss of a row; gradients that are not NULL are written times factor
 * Sums of losses and weights are pairs in 16 virtual lanes over blocks of 16384 elements, or pairs added row by row over blocks of rows. A
 * NaN in an array makes its element, or its row, NaN. */
#ifndef FASTACT_JOINT_H
#define FASTACT_JOINT_H

typedef struct {
    vd value, gradient[JOINT_ARRAYS];
} wide_joint_terms;
typedef struct {
    f64_pair value, gradient[JOINT_ARRAYS];
} f64_joint_terms;

/* runs a statement for every vector of count elements: `at` where it begins, `left` how many elements are there, a constant where whole
 * groups of 16 are, `v` its place among the lanes of a sum */
#define EACH_VECTOR(count, at, left, v, ...)                                                                   \
    {                                                                                                          \
        const size_t count_ = count, left = F64_LANES, grouped_ = F64_LANES > 1 ? count_ / SUM_LANES * SUM_LANES : 0; \
        for (size_t group_ = 0; group_ < grouped_; group_ += SUM_LANES)                                        \
            for (size_t v = 0; v < F64_VECTORS; ++v) {                                                         \
                const size_t at = group_ + v * F64_LANES;                                                      \
                __VA_ARGS__;                                                                                   \
            }                                                                                                  \
        for (size_t at = grouped_; at < count_; at += F64_LANES) {                                             \
            const size_t v = at / F64_LANES % F64_VECTORS, left = count_ - at;                                 \
            __VA_ARGS__;                                                                                       \
        }                                                                                                      \
    }

INLINE double_pair double_pair_of(double x) {
    const double_pair r = {x, 0};
    return r;
}
INLINE double_pair double_pair_negative(double_pair a) { return double_pair_scaled(a, -1); }
INLINE double_pair double_pair_finite(double_pair a) {
    if (!(a.low - a.low == 0)) a.low = 0;
    return a;
}
INLINE double_pair double_pair_times(double_pair a, double_pair b) { return double_pair_finite(double_pair_product(a, b)); }
INLINE double_pair double_pair_over(double_pair a, double_pair b) { return double_pair_finite(double_pair_ratio(a, b)); }
INLINE double_pair double_pair_plus(double_pair a, double_pair b) { return double_pair_finite(double_pair_sum(a, b)); }

/* what a row is multiplied by so that its squares neither overflow nor vanish, from their sum without it; floats need nothing */
INLINE double unit_of_square(double square) { return square > 0x1p1000 ? 0x1p-600 : square < 0x1p-900 ? 0x1p600 : 1; }
#endif
