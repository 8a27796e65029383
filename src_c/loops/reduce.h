/* Sums whose order is fixed: 16 virtual lanes whatever the instruction set, element i of a group in lane i mod 16, the lanes joined
 * by halving. Groups of 64 are added pairwise before they join their lanes; a length that is no multiple of 64 ends in groups of 16,
 * the last filled with zeros. */
#ifndef FASTACT_LOOPS_REDUCE_H
#define FASTACT_LOOPS_REDUCE_H
#include "../kernels.h"

enum { SUM_LANES = 16, F32_VECTORS = SUM_LANES / F32_LANES, F64_VECTORS = SUM_LANES / F64_LANES };

/* how many losses that block has */
INLINE size_t loss_block_count(const loss_range *range, size_t from) {
    return range->end - from < range->block ? range->end - from : range->block;
}
/* the sums of the block that begins with loss `from`, where they are wanted */
INLINE void loss_report(const loss_range *range, size_t from, double_pair loss, double_pair weight) {
    if (!range->sums) return;
    double_pair *const sums = range->sums[(from - range->begin) / range->block];
    sums[0] = loss;
    sums[1] = weight;
}

typedef struct {
    vf lane[F32_VECTORS];
} f32_lanes;
typedef struct {
    vd lane[F64_VECTORS];
} f64_lanes;

INLINE f32_lanes f32_lanes_set(float c) {
    f32_lanes s;
    for (int v = 0; v < F32_VECTORS; ++v) s.lane[v] = f32_set(c);
    return s;
}
INLINE f64_lanes f64_lanes_set(double c) {
    f64_lanes s;
    for (int v = 0; v < F64_VECTORS; ++v) s.lane[v] = f64_set(c);
    return s;
}

/* how many of the left elements fall into a vector that starts at `from` */
INLINE size_t lanes_left(size_t left, size_t from, size_t lanes) {
    return left <= from ? 0 : left - from < lanes ? left - from : lanes;
}

/* joined by halving: lane i and lane i + 8, then i + 4, i + 2, i + 1 */
INLINE vd f64_lanes_halved(f64_lanes s) {
    for (int width = F64_VECTORS / 2; width; width /= 2)
        for (int v = 0; v < width; ++v) s.lane[v] = s.lane[v] + s.lane[v + width];
    return s.lane[0];
}
INLINE double f64_lanes_sum(f64_lanes s) { return f64_reduce_add(f64_lanes_halved(s)); }
INLINE f64_lanes f64_lanes_of(f32_lanes s) {
    f64_lanes w;
    for (int v = 0; v < F32_VECTORS; ++v) {
        const int at = v * (F32_LANES / F64_LANES);
        w.lane[at] = f64_from_f32_low(s.lane[v]);
        if (F32_LANES > F64_LANES) w.lane[at + 1] = f64_from_f32_high(s.lane[v]);
    }
    return w;
}
INLINE f64_lanes f64_lanes_add(f64_lanes a, f64_lanes b) {
    for (int v = 0; v < F64_VECTORS; ++v) a.lane[v] = a.lane[v] + b.lane[v];
    return a;
}

/* floats added to double lanes */
INLINE void f64_lanes_add_f32(f64_lanes *s, const float *p, size_t count) {
    size_t i = 0;
    for (; i + 4 * SUM_LANES <= count; i += 4 * SUM_LANES)
        for (int v = 0; v < F64_VECTORS; ++v) {
            const float *at = p + i + v * F64_LANES;
            const vd first = f64_load_f32(at) + f64_load_f32(at + SUM_LANES);
            s->lane[v] = s->lane[v] + (first + (f64_load_f32(at + 2 * SUM_LANES) + f64_load_f32(at + 3 * SUM_LANES)));
        }
    for (; i < count; i += SUM_LANES)
        for (size_t v = 0; v < F64_VECTORS; ++v)
            s->lane[v] = s->lane[v] + f64_load_f32_part(p + i + v * F64_LANES, lanes_left(count - i, v * F64_LANES, F64_LANES));
}

/* products of floats, which are exact, added to double lanes */
INLINE void f64_lanes_add_products(f64_lanes *s, const float *a, const float *b, size_t count) {
    size_t i = 0;
    for (; i + 4 * SUM_LANES <= count; i += 4 * SUM_LANES)
        for (int v = 0; v < F64_VECTORS; ++v) {
            const float *p = a + i + v * F64_LANES, *q = b + i + v * F64_LANES;
            const vd first = f64_load_f32(p) * f64_load_f32(q), third = f64_load_f32(p + 2 * SUM_LANES) * f64_load_f32(q + 2 * SUM_LANES);
            const vd half = f64_fma(f64_load_f32(p + SUM_LANES), f64_load_f32(q + SUM_LANES), first);
            s->lane[v] = s->lane[v] + (half + f64_fma(f64_load_f32(p + 3 * SUM_LANES), f64_load_f32(q + 3 * SUM_LANES), third));
        }
    for (; i < count; i += SUM_LANES)
        for (size_t v = 0; v < F64_VECTORS; ++v) {
            const size_t at = i + v * F64_LANES, left = lanes_left(count, at, F64_LANES);
            s->lane[v] = f64_fma(f64_load_f32_part(a + at, left), f64_load_f32_part(b + at, left), s->lane[v]);
        }
}

/* lanes of pairs */
typedef struct {
    f64_pair lane[F64_VECTORS];
} f64_pair_lanes;
INLINE f64_pair_lanes f64_pair_lanes_set(double high) {
    f64_pair_lanes s;
    for (int v = 0; v < F64_VECTORS; ++v) s.lane[v] = f64_pair_set(high, 0);
    return s;
}
/* doubles, and products of doubles times powers of two, added to them: of a group of 64 the four before they join their lane, so that the
 * sum of a lane, twenty cycles, is waited for once a group */
INLINE f64_pair f64_unit_product(vd a, vd a_unit, vd b, vd b_unit) { return f64_product(a * a_unit, b * b_unit); }
INLINE void f64_pair_lanes_add(f64_pair_lanes *s, const double *p, size_t count) {
    size_t i = 0;
    for (; i + 4 * SUM_LANES <= count; i += 4 * SUM_LANES)
        for (int v = 0; v < F64_VECTORS; ++v) {
            const double *at = p + i + v * F64_LANES;
            const f64_pair first = f64_sum(f64_load(at), f64_load(at + SUM_LANES));
            const f64_pair last = f64_sum(f64_load(at + 2 * SUM_LANES), f64_load(at + 3 * SUM_LANES));
            s->lane[v] = f64_pair_sum(s->lane[v], f64_pair_sum(first, last));
        }
    for (; i < count; i += SUM_LANES)
        for (size_t v = 0; v < F64_VECTORS; ++v) {
            const size_t left = lanes_left(count - i, v * F64_LANES, F64_LANES);
            s->lane[v] = f64_pair_sum(s->lane[v], f64_pair_of(f64_load_part(p + i + v * F64_LANES, left), f64_set(0)));
        }
}
/* eight operations a product: what its sum with the lane lacks is exact, and so is, but for one rounding, what the product lacks */
INLINE f64_pair f64_pair_add_product(f64_pair sum, vd a, vd b) {
    const vd s = sum.high + a * b, part = s - sum.high;
    return f64_pair_of(s, sum.low + ((sum.high - (s - part)) + f64_fms(a, b, part)));
}
INLINE void f64_pair_lanes_add_products(f64_pair_lanes *s, const double *a, double a_unit, const double *b, double b_unit, size_t count) {
    const vd a_by = f64_set(a_unit), b_by = f64_set(b_unit);
    size_t i = 0;
    for (; i + SUM_LANES <= count; i += SUM_LANES)
        for (int v = 0; v < F64_VECTORS; ++v) {
            const size_t at = i + v * F64_LANES;
            s->lane[v] = f64_pair_add_product(s->lane[v], f64_load(a + at) * a_by, f64_load(b + at) * b_by);
        }
    for (size_t v = 0; v < F64_VECTORS && i < count; ++v) {
        const size_t at = i + v * F64_LANES, left = lanes_left(count, at, F64_LANES);
        s->lane[v] = f64_pair_add_product(s->lane[v], f64_load_part(a + at, left) * a_by, f64_load_part(b + at, left) * b_by);
    }
}
/* what the lanes gained since they were set to start, joined by halving */
INLINE double_pair f64_pair_lanes_sum(const f64_pair_lanes *s, double start) {
    double high[SUM_LANES], low[SUM_LANES];
    for (int v = 0; v < F64_VECTORS; ++v) {
        f64_store(high + v * F64_LANES, s->lane[v].high - f64_set(start));
        f64_store(low + v * F64_LANES, s->lane[v].low);
    }
    for (int width = SUM_LANES / 2; width; width /= 2)
        for (int i = 0; i < width; ++i) {
            const double_pair sum = double_sum(high[i], high[i + width]);
            high[i] = sum.high;
            low[i] = (low[i] + low[i + width]) + sum.low;
        }
    const double_pair r = {high[0], low[0]};
    return r;
}
#endif
