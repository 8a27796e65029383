/* maxout(x)_o = the largest of x_(o pieces) ... x_(o pieces + pieces - 1); backward: the gradient goes to the first of the largest.
 *
 * Exact: nothing is rounded. NaN counts as larger than any number, the first NaN as the largest; of zeros the first is taken whatever
 * its sign. Groups of 2 and 4 are sorted apart in registers, others go one by one. */
#include "rows.h"

/* whether b, which comes after a, is larger */
#define LATER_IS_LARGER(type, a, b)                                                                                    \
    type##_mask_or(type##_lt(a, b), type##_mask_and(type##_unordered(b, b), type##_eq(a, a)))

#define MAXOUT(type, T, V, M, LANES)                                                                                   \
    INLINE V type##_larger(V a, V b) {                                                                                 \
        return type##_select(type##_unordered(a, b), type##_set(NAN), type##_max(b, a));                               \
    }                                                                                                                  \
    INLINE V type##_maxout_2(const T *x) {                                                                             \
        const V first = type##_load(x), second = type##_load(x + LANES);                                               \
        return type##_larger(type##_even(first, second), type##_odd(first, second));                                   \
    }                                                                                                                  \
    INLINE V type##_maxout_4(const T *x) {                                                                             \
        const V first = type##_maxout_2(x), second = type##_maxout_2(x + 2 * LANES);                                   \
        return type##_larger(type##_even(first, second), type##_odd(first, second));                                   \
    }                                                                                                                  \
    INLINE size_t type##_group_largest(const T *x, size_t pieces) {                                                    \
        size_t at = 0;                                                                                                 \
        for (size_t k = 1; k < pieces; ++k)                                                                            \
            if (x[k] > x[at] || (x[k] != x[k] && x[at] == x[at])) at = k;                                              \
        return at;                                                                                                     \
    }                                                                                                                  \
    /* without a branch: few groups are in order */                                                                    \
    INLINE T type##_group_max(const T *x, size_t pieces) {                                                             \
        T m = x[0];                                                                                                    \
        int odd = m != m;                                                                                              \
        for (size_t k = 1; k < pieces; ++k) {                                                                          \
            m = x[k] > m ? x[k] : m;                                                                                   \
            odd |= x[k] != x[k];                                                                                       \
        }                                                                                                              \
        return odd ? (T)NAN : m;                                                                                       \
    }                                                                                                                  \
    ROWS_KERNEL(rows_maxout_##type) {                                                                                  \
        const size_t pieces = (size_t)parameters[0], groups = rows * (columns / pieces);                               \
        const T *x = a;                                                                                                \
        T *y = out;                                                                                                    \
        size_t i = 0;                                                                                                  \
        UNUSED(b);                                                                                                     \
        if (pieces == 2)                                                                                               \
            for (; i + LANES <= groups; i += LANES) type##_store(y + i, type##_maxout_2(x + 2 * i));                   \
        if (pieces == 4)                                                                                               \
            for (; i + LANES <= groups; i += LANES) type##_store(y + i, type##_maxout_4(x + 4 * i));                   \
        if (pieces == 3)                                                                                               \
            for (; i < groups; ++i) y[i] = type##_group_max(x + 3 * i, 3);                                             \
        for (; i < groups; ++i) y[i] = type##_group_max(x + i * pieces, pieces);                                       \
    }                                                                                                                  \
    INLINE void type##_part(V *first, V *second, M to_second, V g) {                                                   \
        *first = type##_select(to_second, type##_set(0), g);                                                           \
        *second = type##_select(to_second, g, type##_set(0));                                                          \
    }                                                                                                                  \
    INLINE void type##_store_pairs(T *dx, V first, V second) {                                                         \
        type##_store(dx, type##_interleave_low(first, second));                                                        \
        type##_store(dx + LANES, type##_interleave_high(first, second));                                               \
    }                                                                                                                  \
    INLINE void type##_maxout_backward_2(V g, const T *x, T *dx) {                                                     \
        const V p = type##_load(x), q = type##_load(x + LANES), even = type##_even(p, q), odd = type##_odd(p, q);      \
        V first, second;                                                                                               \
        type##_part(&first, &second, LATER_IS_LARGER(type, even, odd), g);                                             \
        type##_store_pairs(dx, first, second);                                                                         \
    }                                                                                                                  \
    INLINE void type##_maxout_backward_4(V g, const T *x, T *dx) {                                                     \
        M later[2];                                                                                                    \
        V larger[2], half[2], first, second;                                                                           \
        for (int k = 0; k < 2; ++k) {                                                                                  \
            const V p = type##_load(x + 2 * k * LANES), q = type##_load(x + (2 * k + 1) * LANES);                      \
            const V even = type##_even(p, q), odd = type##_odd(p, q);                                                  \
            later[k] = LATER_IS_LARGER(type, even, odd);                                                               \
            larger[k] = type##_select(later[k], odd, even);                                                            \
        }                                                                                                              \
        const V even = type##_even(larger[0], larger[1]), odd = type##_odd(larger[0], larger[1]);                      \
        type##_part(&first, &second, LATER_IS_LARGER(type, even, odd), g);                                             \
        half[0] = type##_interleave_low(first, second);                                                                \
        half[1] = type##_interleave_high(first, second);                                                               \
        for (int k = 0; k < 2; ++k) {                                                                                  \
            type##_part(&first, &second, later[k], half[k]);                                                           \
            type##_store_pairs(dx + 2 * k * LANES, first, second);                                                     \
        }                                                                                                              \
    }                                                                                                                  \
    ROWS_KERNEL(rows_maxout_backward_##type) {                                                                         \
        const size_t pieces = (size_t)parameters[0], groups = rows * (columns / pieces);                               \
        const T *g = a, *x = b;                                                                                        \
        T *dx = out;                                                                                                   \
        size_t i = 0;                                                                                                  \
        if (pieces == 2)                                                                                               \
            for (; i + LANES <= groups; i += LANES)                                                                    \
                type##_maxout_backward_2(type##_canonical(type##_load(g + i)), x + 2 * i, dx + 2 * i);                 \
        if (pieces == 4)                                                                                               \
            for (; i + LANES <= groups; i += LANES)                                                                    \
                type##_maxout_backward_4(type##_canonical(type##_load(g + i)), x + 4 * i, dx + 4 * i);                 \
        for (; i < groups; ++i) {                                                                                      \
            const size_t at = type##_group_largest(x + i * pieces, pieces);                                            \
            const T from = g[i], grad = from != from ? (T)NAN : from;                                                               \
            for (size_t k = 0; k < pieces; ++k) dx[i * pieces + k] = k == at ? grad : 0;                               \
        }                                                                                                              \
    }
MAXOUT(f32, float, vf, mf, F32_LANES)
MAXOUT(f64, double, vd, md, F64_LANES)
