/* The kernels of rows, their loops and all, for programs.py. */
#define FASTACT_COMPILER_H
#define INLINE static inline
#define NOINLINE static
#define PREFETCH(p) prefetch(p)
#include "types.h"
void prefetch(const void *p);
#define f32_scale f32_scale_far
#include "../simd/simd_scalar.h"
#undef f32_scale
#undef F32_LANES
#undef F64_LANES
#define F32_LANES 16
#define F64_LANES 8
/* where a single factor exists, as nearly everywhere */
INLINE vf f32_scale(vf y, vf n, vi t) {
    const vi e = simd_exponent(t);
    if (UNLIKELY(f32_mask_any(e < -126 || e > 127))) return f32_scale_far(y, n, t);
    return y * simd_two_to(e);
}
INLINE vf f32_canonical(vf y) { return f32_select(f32_unordered(y, y), f32_set(NAN), y); }
INLINE vd f64_canonical(vd y) { return f64_select(f64_unordered(y, y), f64_set(NAN), y); }

#define FASTACT_KERNELS_H
typedef struct loss_range loss_range;
#include "../pair.h"
#include "../math/exp_f32.h"
#include "../math/exp_f64.h"
#include "../math/log_f64.h"
#include "../rows/all.h"
