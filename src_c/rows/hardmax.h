/* hardmax(x)_i = 1 at the first largest element of the row, else 0; backward: 0.
 *
 * Exact. The first NaN of a row counts as its largest element, as numpy.argmax has it. */
#include "rows.h"

#define HARDMAX(type, T, V, M, LANES)                                                                                  \
    /* the first NaN, or without any the first m; groups of four vectors are only asked whether it is among them */   \
    INLINE size_t type##_row_first(const T *x, size_t columns, T m) {                                                  \
        const V largest = type##_set(m);                                                                               \
        size_t i = 0, found = columns;                                                                                 \
        for (; i + 4 * LANES <= columns; i += 4 * LANES) {                                                             \
            V at[4];                                                                                                   \
            for (int k = 0; k < 4; ++k) at[k] = type##_load(x + i + k * LANES);                                        \
            if (UNLIKELY(type##_mask_any(type##_mask_or(type##_unordered(at[0], at[1]), type##_unordered(at[2], at[3]))))) break; \
            const M first = type##_mask_or(type##_eq(at[0], largest), type##_eq(at[1], largest));                      \
            const M second = type##_mask_or(type##_eq(at[2], largest), type##_eq(at[3], largest));                     \
            if (UNLIKELY(type##_mask_any(type##_mask_or(first, second))) && found == columns) found = i;               \
        }                                                                                                              \
        for (; i < columns; i += LANES) {                                                                              \
            const V at = type##_load_part(x + i, lanes_left(columns, i, LANES));                                       \
            if (UNLIKELY(type##_mask_any(type##_unordered(at, at)))) break;                                            \
            if (found == columns && type##_mask_any(type##_eq(at, largest))) found = i;                                \
        }                                                                                                              \
        for (; i < columns; ++i)                                                                                       \
            if (x[i] != x[i]) return i;                                                                                \
        for (; x[found] != m; ++found) {}                                                                                \
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
HARDMAX(f32, float, vf, mf, F32_LANES)
HARDMAX(f64, double, vd, md, F64_LANES)
