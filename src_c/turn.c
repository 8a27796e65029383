/* Copies of matrices whose numbers lie in any order. Where the rows of one lie as the columns of the other do, they are turned in squares
 * as wide as a line of the cache: tiles of one register a row are turned in registers, a square's lines are written whole. A float of
 * 1024 x 1024, which begins in the third cache: 0.2 ns, where copying number by number takes 0.4 in squares, and 4.5 row by row. */
#include "include/fastact.h"
#include "simd/compiler.h"
#include <string.h>

enum { LINE = 64, REGISTER = 16 };

/* the places of two rows' numbers that come to lie beside each other, of the first and of the second halves */
#define LOW_2(n) 0, n, 1, n + 1
#define HIGH_2(n) n / 2, n / 2 + n, n / 2 + 1, n / 2 + n + 1
#define PLACES_8_LOW 0, 2
#define PLACES_8_HIGH 1, 3
#define PLACES_4_LOW LOW_2(4)
#define PLACES_4_HIGH HIGH_2(4)
#define PLACES_2_LOW LOW_2(8), 2, 10, 3, 11
#define PLACES_2_HIGH HIGH_2(8), 6, 14, 7, 15

/* Rows of `from`, from_row bytes apart, become columns of `to`, whose rows lie to_row bytes apart. A tile: row k and that half a tile
 * further are interleaved, as often as halves the tile to nothing. A matrix that no square, or tile, fits into is copied number by number;
 * others end with squares, or tiles, that reach back over those before. */
#define TURN(bytes, T)                                                                                                              \
    typedef T row_##bytes __attribute__((vector_size(REGISTER)));                                                                   \
    INLINE void interleave_##bytes(const row_##bytes *from, row_##bytes *to) {                                                      \
        enum { TILE = REGISTER / bytes };                                                                                           \
        for (int k = 0; k < TILE / 2; ++k) {                                                                                        \
            to[2 * k] = SHUFFLE(row_##bytes, from[k], from[k + TILE / 2], PLACES_##bytes##_LOW);                                    \
            to[2 * k + 1] = SHUFFLE(row_##bytes, from[k], from[k + TILE / 2], PLACES_##bytes##_HIGH);                               \
        }                                                                                                                           \
    }                                                                                                                               \
    INLINE void tile_##bytes(const char *from, ptrdiff_t from_row, char *to, ptrdiff_t to_row) {                                    \
        enum { TILE = REGISTER / bytes };                                                                                           \
        row_##bytes x[TILE], y[TILE], z[TILE];                                                                                      \
        for (int k = 0; k < TILE; ++k) memcpy(&x[k], from + k * from_row, REGISTER);                                                \
        interleave_##bytes(x, y);                                                                                                   \
        if (TILE > 2) interleave_##bytes(y, x);                                                                                     \
        if (TILE > 4) interleave_##bytes(x, z);                                                                                     \
        for (int k = 0; k < TILE; ++k) memcpy(to + k * to_row, TILE > 4 ? &z[k] : TILE > 2 ? &x[k] : &y[k], REGISTER);              \
    }                                                                                                                               \
    INLINE void square_##bytes(const char *from, ptrdiff_t from_row, char *to, ptrdiff_t to_row) {                                  \
        enum { TILE = REGISTER / bytes, SIDE = LINE / bytes };                                                                      \
        char square[SIDE * LINE] ALIGNED(LINE);                                                                                     \
        for (int r = 0; r < SIDE; r += TILE)                                                                                        \
            for (int c = 0; c < SIDE; c += TILE)                                                                                    \
                tile_##bytes(from + r * from_row + c * bytes, from_row, square + c * LINE + r * bytes, LINE);                       \
        for (int c = 0; c < SIDE; ++c) memcpy(to + c * to_row, square + c * LINE, LINE);                                            \
    }                                                                                                                               \
    static void turn_##bytes(size_t rows, size_t columns, const char *from, ptrdiff_t from_row, char *to, ptrdiff_t to_row) {       \
        enum { TILE = REGISTER / bytes, SIDE = LINE / bytes };                                                                      \
        const size_t least = rows < columns ? rows : columns, side = least >= SIDE ? SIDE : least >= TILE ? TILE : 1;               \
        for (size_t c = 0; c < columns; c += side) {                                                                                \
            const size_t column = columns - c < side ? columns - side : c;                                                          \
            for (size_t r = 0; r < rows; r += side) {                                                                               \
                const size_t row = rows - r < side ? rows - side : r;                                                               \
                const char *const x = from + (ptrdiff_t)row * from_row + column * bytes;                                            \
                char *const y = to + (ptrdiff_t)column * to_row + row * bytes;                                                      \
                if (side == SIDE)                                                                                                   \
                    square_##bytes(x, from_row, y, to_row);                                                                         \
                else if (side == TILE)                                                                                              \
                    tile_##bytes(x, from_row, y, to_row);                                                                           \
                else                                                                                                                \
                    memcpy(y, x, bytes);                                                                                            \
            }                                                                                                                       \
        }                                                                                                                           \
    }                                                                                                                               \
    static void copy_##bytes(size_t rows, size_t columns, const char *from, ptrdiff_t from_row, ptrdiff_t from_column, char *to,    \
                             ptrdiff_t to_row, ptrdiff_t to_column) {                                                               \
        for (size_t r = 0; r < rows; ++r, from += from_row, to += to_row) {                                                         \
            const char *x = from;                                                                                                   \
            char *y = to;                                                                                                           \
            for (size_t c = 0; c < columns; ++c, x += from_column, y += to_column) memcpy(y, x, bytes);                             \
        }                                                                                                                           \
    }
TURN(2, uint16_t)
TURN(4, uint32_t)
TURN(8, uint64_t)

EXPORT fastact_status fastact_copy_matrix(size_t item, size_t rows, size_t columns, const void *from, ptrdiff_t from_row,
                                          ptrdiff_t from_column, void *to, ptrdiff_t to_row, ptrdiff_t to_column) {
    const ptrdiff_t one = (ptrdiff_t)item;
    if (item != 2 && item != 4 && item != 8) return FASTACT_ERROR_UNSUPPORTED;
    if (rows == 0 || columns == 0) return FASTACT_OK;
    if (!from || !to) return FASTACT_ERROR_NULL;
    if (from_row == one && to_column == one && from_column != one) /* columns of `from` become rows */
        return fastact_copy_matrix(item, columns, rows, from, from_column, from_row, to, to_column, to_row);
    const char *x = from;
    char *y = to;
    if (from_column == one && to_column == one)
        for (size_t r = 0; r < rows; ++r, x += from_row, y += to_row) memcpy(y, x, columns * item);
    else if (from_column == one && to_row == one)
        (item == 2 ? turn_2 : item == 4 ? turn_4 : turn_8)(rows, columns, x, from_row, y, to_column);
    else
        (item == 2 ? copy_2 : item == 4 ? copy_4 : copy_8)(rows, columns, x, from_row, from_column, y, to_row, to_column);
    return FASTACT_OK;
}
