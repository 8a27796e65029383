/* Elementwise functions with a learned parameter of `channels` values, over x as a C-contiguous (outer, channels, inner) array:
 * a scalar is (1, 1, n), one value a channel of images (images, channels, pixels), one value an element (1, n, 1).
 *
 * Value and dx are those of an elementwise function of the registry whose parameter is the learned one. What is added here is
 * the parameter's gradient, a sum over outer and inner:
 *   LEARNED_F32(prelu)   kernels from  f64_pair prelu_add_f32(f64_pair sum, vd g, vd x, vd p), which adds one term a lane
 *
 * The order of the sum is that of learned_sums.h; pairs are rounded once. */
#ifndef FASTACT_LOOPS_LEARNED_H
#define FASTACT_LOOPS_LEARNED_H
#include "map.h"
#include "reduce.h"
#include <string.h>

enum { LEARNED_CHUNK = 4096, LEARNED_PATTERN = 1024, LEARNED_ROWS = 16, LEARNED_TILES = LEARNED_COLUMNS / SUM_LANES };

/* the sums of the lanes of a tile, beside what is there already unless that is nothing */
NOINLINE void learned_flush(double_pair *column, const f64_pair_lanes *tiles, size_t width, int first) {
    for (size_t t = 0; t * SUM_LANES < width; ++t) {
        double high[SUM_LANES], low[SUM_LANES];
        for (int v = 0; v < F64_VECTORS; ++v) {
            f64_store(high + v * F64_LANES, tiles[t].lane[v].high);
            f64_store(low + v * F64_LANES, tiles[t].lane[v].low);
        }
        for (size_t i = 0; i < SUM_LANES && t * SUM_LANES + i < width; ++i) {
            const double_pair sum = {high[i], low[i]};
            column[t * SUM_LANES + i] = first ? sum : double_pair_sum(column[t * SUM_LANES + i], sum);
        }
    }
}

/* rows that lie side by side in one row of columns */
INLINE size_t learned_side_by_side(size_t features, size_t room) {
    return features > room ? 1 : room / features;
}

INLINE f64_pair learned_add(f64_pair sum, vd term) {
    const f64_pair s = f64_sum(sum.high, term);
    return f64_pair_of(s.high, sum.low + s.low);
}
INLINE f64_pair learned_add_pair(f64_pair sum, f64_pair term) {
    const f64_pair s = f64_sum(sum.high, term.high);
    return f64_pair_of(s.high, sum.low + (s.low + term.low));
}

#define T float
#define TYPE(name) f32_##name
#include "learned_template.h"
#define T double
#define TYPE(name) f64_##name
#include "learned_template.h"

/* adds the terms of `rows` rows of at most 16 columns, `stride` apart */
#define LEARNED_SUMS(name, type, T, LOAD, LOAD_PART)                                                                       \
    NOINLINE void name##_sums_##type(size_t rows, size_t stride, size_t width, const T *g, const T *x, const T *p,         \
                                     f64_pair_lanes *sums) {                                                               \
        f64_pair_lanes s = *sums;                                                                                          \
        if (LIKELY(width == SUM_LANES)) {                                                                                  \
            for (size_t r = 0; r < rows; ++r, g += stride, x += stride) {                                                  \
                PREFETCH(g + LEARNED_ROWS * stride);                                                                       \
                PREFETCH(x + LEARNED_ROWS * stride);                                                                       \
                for (int v = 0; v < F64_VECTORS; ++v)                                                                      \
                    s.lane[v] = name##_add_##type(s.lane[v], LOAD(g + v * F64_LANES), LOAD(x + v * F64_LANES), LOAD(p + v * F64_LANES)); \
            }                                                                                                              \
        } else {                                                                                                           \
            for (size_t r = 0; r < rows; ++r, g += stride, x += stride)                                                    \
                for (size_t v = 0, at = 0; v < F64_VECTORS && at < width; ++v, at += F64_LANES) {                          \
                    const size_t left = lanes_left(width, at, F64_LANES);                                                  \
                    s.lane[v] = name##_add_##type(s.lane[v], LOAD_PART(g + at, left), LOAD_PART(x + at, left), LOAD_PART(p + at, left)); \
                }                                                                                                          \
        }                                                                                                                  \
        *sums = s;                                                                                                         \
    }
#define LEARNED_F32(name) LEARNED_SUMS(name, f32, float, f64_load_f32, f64_load_f32_part)
#define LEARNED_F64(name) LEARNED_SUMS(name, f64, double, f64_load, f64_load_part)
#endif
