/* Light losses in lanes of the arrays' own type: the mean without weights, its gradient, or both. Nanoseconds an element at 65 536, a loop
 * of Numba's, this, and pairs of doubles: huber of doubles 0.12, 0.12 and 0.58, with its gradient 0.21, 0.22 and 0.64.
 *
 * A loss is a product of two numbers that are rounded at most once (a difference, say). Products of floats are summed in 64 lanes (32
 * wait for each other: 0.045 ns an element instead of 0.037 on a Zen 5), of doubles in 32, and what this takes away is summed beside them;
 * blocks in pairs of doubles. What rounding the factors took stays out of sums, not out of losses that are stored: means of floats are
 * within 1.7 ulp on all that was swept (docs/accuracy.md), of doubles, rounded once more, within 1.96; 4.5 at most. Up to 512 elements, and
 * where a sum leaves the range of these lanes, the exact way decides: double lanes for floats, pairs of doubles for doubles. Gradients are
 * slope (c + c_low), c + c_low the scale that they have in common: within 1.5 ulp, however many there are; where this leaves the range, the
 * exact way decides. */
#ifndef FASTACT_LOSSES_LIGHT_H
#define FASTACT_LOSSES_LIGHT_H
#include "../loops/reduce.h"
#include <string.h>

/* lines from the one that is stored to the one that is asked for; the former costs a Zen 5 15 % from its third cache on */
enum { LOSS_EXACT = 512, LOSS_AHEAD = 16, LOSS_NEAR = 4, NO_DIVISOR = -1 };
INLINE size_t loss_lines_ahead(void) { return fastact_full_width_costs ? LOSS_AHEAD : LOSS_NEAR; }

INLINE f32_lanes f32_lanes_at(const vf *lanes) {
    f32_lanes s;
    for (int v = 0; v < F32_VECTORS; ++v) s.lane[v] = lanes[v];
    return s;
}
/* the lanes of a group, high and low, added up */
INLINE double_pair f32_loss_total(const vf *high, const vf *low) {
    f64_lanes sum = f64_lanes_set(0);
    for (int v = 0; v < 4 * F32_VECTORS; v += F32_VECTORS) sum = f64_lanes_add(sum, f64_lanes_of(f32_lanes_at(high + v)));
    for (int v = 0; v < 2 * F32_VECTORS; v += F32_VECTORS) sum = f64_lanes_add(sum, f64_lanes_of(f32_lanes_at(low + v)));
    const double_pair total = {f64_lanes_sum(sum), 0};
    return total;
}
INLINE double_pair f64_loss_total(const vd *high, const vd *low) {
    f64_pair_lanes sum;
    for (int v = 0; v < F64_VECTORS; ++v) {
        const f64_pair first = f64_sum(high[v], high[v + F64_VECTORS]);
        sum.lane[v] = f64_pair_of(first.high, first.low + low[v]);
    }
    return f64_pair_lanes_sum(&sum, 0);
}

/* LOSS_LINE: how many fill a line of the cache; LOSS_READS: whether beside a gradient readers pay on a Zen 5 too, huber of 1 M doubles 0.35
 * ns an element instead of 0.45; LOSS_PADDING: its own target, and beyond every margin */
#include "../simd/as_float.h"
#define LANES F32_LANES
#define LOSS_LINE 16
#define LOSS_READS 0
#define LOSS_GROUP 64
#define LOSS_PADDING 0x1.8p63f
#define LOSS_LARGEST 0x1p60
#include "light_template.h"

#include "../simd/as_double.h"
#define LANES F64_LANES
#define LOSS_LINE 8
#define LOSS_READS 1
#define LOSS_GROUP 32
#define LOSS_PADDING 0x1.8p420
#define LOSS_LARGEST 0x1p400
#include "light_template.h"
#include "../simd/as_none.h"
#endif
