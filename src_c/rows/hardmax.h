/* hardmax(x)_i = 1 at the first largest element of the row, else 0; backward: 0.
 *
 * Exact. The first NaN of a row counts as its largest element, as numpy.argmax has it. */
#include "rows.h"

#define HARDMAX(type, T, V, LANES)                                                                                     \
    /* the first NaN, or without any the first m */                                                                    \
    INLINE size_t type##_row_first(const T *x, size_t columns, T m) {                                                  \
        size_t found = columns;                                                                                        \
        for (size_t i = 0; i < columns; i += LANES) {                                                                  \
            const size_t left = lanes_left(columns, i, LANES);                                                         \
            const V at = type##_load_part(x + i, left);                                                                \
            if (UNLIKELY(type##_mask_any(type##_unordered(at, at))))                                                   \
                for (size_t k = i; k < i + left; ++k)                                                                  \
                    if (x[k] != x[k]) return k;                                                                        \
            if (LIKELY(found < columns) || !type##_mask_any(type##_eq(at, type##_set(m)))) continue;                   \
            for (size_t k = i; k < i + left && found == columns; ++k)                                                  \
                if (x[k] == m) found = k;                                                                              \
        }                                                                                                              \
        return found;                                                                                                  \
    }                                                                                                                  \
    ROWS_KERNEL(rows_hardmax_##type) {                                                                                 \
        const T *x = a;                                                                                                \
        T *y = out;                                                                                                    \
        UNUSED(b), UNUSED(parameters);                                                                                 \
        for (size_t r = 0; r < rows; ++r, x += columns, y += columns) {                                                \
            size_t at = 0;                                                                                             \
            if (columns <= SHORT) {                                                                                    \
                for (size_t c = 1; c < columns; ++c)                                                                   \
                    at = x[c] > x[at] || (x[c] != x[c] && x[at] == x[at]) ? c : at;                                    \
            } else                                                                                                     \
                at = type##_row_first(x, columns, type##_row_max(x, columns));                                         \
            type##_row_fill(y, columns, 0);                                                                            \
            y[at] = 1;                                                                                                 \
        }                                                                                                              \
    }                                                                                                                  \
    ROWS_KERNEL(rows_hardmax_backward_##type) {                                                                        \
        UNUSED(a), UNUSED(b), UNUSED(parameters);                                                                      \
        type##_row_fill(out, rows * columns, 0);                                                                       \
    }
HARDMAX(f32, float, vf, F32_LANES)
HARDMAX(f64, double, vd, F64_LANES)
