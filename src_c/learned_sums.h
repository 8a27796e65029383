/* How the gradient of a learned parameter is added up, over x as a C-contiguous (outer, channels, inner) array. The order depends on the
 * three sizes alone: it is cut into blocks, which any thread may run, and whose sums, pairs of doubles, are joined in order.
 *
 * Runs (inner of 64 or more) have blocks of up to 16384 elements of one channel, whole runs or a piece of one, and one sum. Shorter ones
 * have a column for every (channel, inner) position, several rows of x side by side where they are few; a block is up to 1024 rows of a
 * tile of up to 256 columns, and has a sum for each of these. */
#ifndef FASTACT_LEARNED_SUMS_H
#define FASTACT_LEARNED_SUMS_H
#include "pair.h"
#include <stddef.h>

enum { LEARNED_RUN = 64, LEARNED_BLOCK = 16384, LEARNED_COLUMNS = 256, LEARNED_BLOCK_ROWS = 1024, LEARNED_SIDE_BY_SIDE = 16 };

typedef struct {
    size_t outer, channels, inner;  /* one channel is one run */
    size_t runs, pieces;            /* whole runs in a block; pieces of a run, where it has several */
    size_t beside, width, rows, rest; /* rows of x side by side, columns, rows of these, and columns of what is left */
    size_t each, blocks, pairs;     /* blocks of a channel or tile, and of all; sums of a block */
} learned_shape;

INLINE size_t learned_parts(size_t n, size_t length) { return n / length + (n % length != 0); }
INLINE learned_shape learned_shape_of(size_t outer, size_t channels, size_t inner) {
    learned_shape s = {outer, channels, inner, 1, 1, 1, 0, 0, 0, 0, 0, 1};
    if (channels == 1) s.inner = inner * outer, s.outer = 1;
    if (s.inner >= LEARNED_RUN) {
        if (s.inner < LEARNED_BLOCK) s.runs = LEARNED_BLOCK / s.inner;
        s.pieces = learned_parts(s.inner, LEARNED_BLOCK);
        s.each = learned_parts(s.outer, s.runs) * s.pieces;
        s.blocks = channels * s.each;
        return s;
    }
    const size_t features = channels * s.inner;
    const int fills_lanes = features && features <= LEARNED_SIDE_BY_SIDE && LEARNED_SIDE_BY_SIDE % features == 0;
    if (features <= LEARNED_COLUMNS) s.beside = (fills_lanes ? LEARNED_SIDE_BY_SIDE : LEARNED_COLUMNS) / features;
    s.width = s.beside * features;
    s.rows = s.outer / s.beside;
    s.rest = s.outer % s.beside * features;
    s.each = s.rows > LEARNED_BLOCK_ROWS ? learned_parts(s.rows, LEARNED_BLOCK_ROWS) : 1;
    s.blocks = learned_parts(s.width, LEARNED_COLUMNS) * s.each;
    s.pairs = LEARNED_COLUMNS;
    return s;
}

typedef struct {
    double_pair column[LEARNED_COLUMNS]; /* of the tile at hand; the first of them of the channel at hand */
    double_pair channel;                 /* of columns, also of the tile before */
} learned_total;

INLINE void learned_store(void *dparameter, size_t channel, int is_double, double_pair sum) {
    const double value = double_pair_value(sum);
    if (is_double)
        ((double *)dparameter)[channel] = value;
    else
        ((float *)dparameter)[channel] = (float)value;
}
/* the columns of a whole tile; a channel may begin in the one before */
INLINE void learned_finish_tile(const learned_shape *s, learned_total *t, size_t tile, void *dparameter, int is_double) {
    const size_t features = s->channels * s->inner, first = tile * LEARNED_COLUMNS;
    const size_t wide = s->width - first < LEARNED_COLUMNS ? s->width - first : LEARNED_COLUMNS, summed = s->beside > 1 ? features : wide;
    for (size_t k = 1; k < s->beside; ++k)
        for (size_t i = 0; i < features; ++i) t->column[i] = double_pair_sum(t->column[i], t->column[k * features + i]);
    for (size_t i = 0; i < summed; ++i) {
        const size_t place = (first + i) % s->inner;
        t->channel = place ? double_pair_sum(t->channel, t->column[i]) : t->column[i];
        if (place + 1 == s->inner) learned_store(dparameter, (first + i) / s->inner, is_double, t->channel);
    }
}
/* the sums of one block after the other; what is complete goes to dparameter */
INLINE void learned_take(const learned_shape *s, learned_total *t, size_t block, const double_pair *sums, void *dparameter, int is_double) {
    const size_t place = block % s->each, first = block / s->each * LEARNED_COLUMNS;
    const size_t count = s->pairs == 1 ? 1 : s->width - first < LEARNED_COLUMNS ? s->width - first : LEARNED_COLUMNS;
    for (size_t i = 0; i < count; ++i) t->column[i] = place ? double_pair_sum(t->column[i], sums[i]) : sums[i];
    if (place + 1 < s->each) return;
    if (s->pairs == 1)
        learned_store(dparameter, block / s->each, is_double, t->column[0]);
    else
        learned_finish_tile(s, t, block / s->each, dparameter, is_double);
}
#endif
