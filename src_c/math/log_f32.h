/* log in float lanes, kept in parts: log(x) = high + low for normal x > 0, together within 0.26 ulp.
 *
 * x = 2^k m, m in [0.703, 1.406); 16 segments of m by its leading bits, segment 9 around 1. With c a reciprocal of seven bits from the
 * segment, r = c m - 1 (exact, or nearly; abs(r) <= 0.0333) and log(x) = k ln 2 - log(c) + log1p(r). ln 2 and -log(c) are held as a
 * multiple of 2^-16 and a rest, so that the first sum is exact; in segment 9 c is 1 and nothing but r is left of it. log1p(r) =
 * r + r^2 (-1/2 + r (c3 + c4 r + c5 r^2)), minimax. */
#ifndef FASTACT_MATH_LOG_F32_H
#define FASTACT_MATH_LOG_F32_H
#include "exp_f32.h"

#define LOG_F32_SMALLEST 0x1p-126f
#define LOG_F32_LARGEST 0x1.fffffep127f
#define LOG_F32_START 0x3F340000 /* the bits of 0.703125, where segment 0 begins */

static const float f32_log_reciprocal[16] ALIGNED(64) = {
    0x1.64p0f, 0x1.56p0f, 0x1.48p0f, 0x1.3cp0f, 0x1.3p0f, 0x1.24p0f, 0x1.1ap0f, 0x1.12p0f,
    0x1.08p0f, 0x1p0f, 0x1.ep-1f, 0x1.c8p-1f, 0x1.bp-1f, 0x1.98p-1f, 0x1.88p-1f, 0x1.74p-1f};
/* minus the logarithm of the reciprocal */
static const float f32_log_high_part[16] ALIGNED(64) = {
    -0x1.51acp-2f, -0x1.2894p-2f, -0x1.fb9p-3f, -0x1.af4p-3f, -0x1.5ffp-3f, -0x1.0d78p-3f, -0x1.8c3p-4f, -0x1.165p-4f,
    -0x1.f84p-6f, 0, 0x1.086p-4f, 0x1.da7p-4f, 0x1.5bf8p-3f, 0x1.d1p-3f, 0x1.1178p-2f, 0x1.4718p-2f};
static const float f32_log_low_part[16] ALIGNED(64) = {
    0x1.278d2p-18f, -0x1.a13de8p-18f, -0x1.86d5e4p-19f, 0x1.b58bfap-18f, -0x1.83853cp-18f, 0x1.832f72p-23f,
    -0x1.1758c6p-18f, -0x1.b7751cp-19f, 0x1.64f188p-18f, 0, -0x1.9d2988p-18f, 0x1.3b1c22p-19f,
    -0x1.fca55ep-18f, 0x1.bf932ap-18f, 0x1.d044fcp-19f, 0x1.b84e38p-19f};

typedef struct {
    vf k, m, r; /* 2^23 k, as it stands in the bits */
    vf scale;   /* c 2^-k, where it is asked for */
    vi segment;
} f32_log_reduced;

INLINE f32_log_reduced f32_log_reduce(vf x) {
    const vi from_start = i32_sub(f32_bits(x), i32_set(LOG_F32_START)), k = i32_and(from_start, i32_set((int32_t)0xFF800000));
    f32_log_reduced e;
    e.k = f32_from_i32(k);
    e.segment = i32_shift_right(from_start, 19);
    e.m = f32_from_bits(i32_sub(f32_bits(x), k));
    e.r = f32_fma(e.m, f32_lookup16(f32_log_reciprocal, e.segment), f32_set(-1));
    return e;
}
/* (log1p(r) - r) / r^2 */
INLINE vf f32_log_rest(vf r) {
    const vf q = f32_fma(f32_set(0x1.9a0498p-3f), r, f32_set(-0x1.002424p-2f));
    return f32_fma(f32_fma(q, r, f32_set(0x1.555552p-2f)), r, f32_set(-0.5f));
}
/* what a float has of k ln 2 - log(c) is exact; the rest of it, and of log1p(r) what r lacks */
INLINE vf f32_log_low(f32_log_reduced e) {
    const vf base_low = f32_fma(e.k, f32_set(0x1.7f7d1cp-43f), f32_lookup16(f32_log_low_part, e.segment));
    return f32_fma(e.r * e.r, f32_log_rest(e.r), base_low);
}
INLINE f32_pair f32_log_join(f32_log_reduced e, vf low) {
    const vf base = f32_fma(e.k, f32_set(0x1.62e4p-24f), f32_lookup16(f32_log_high_part, e.segment));
    f32_pair y;
    y.high = base + e.r;
    y.low = (e.r - (y.high - base)) + low;
    return y;
}
/* extra: what is to be added to the logarithm, no larger than the last place of 1 or so */
INLINE f32_pair f32_log_finish(f32_log_reduced e, vf extra) { return f32_log_join(e, f32_log_low(e) + extra); }
INLINE f32_pair f32_log_parts(vf x) {
    const f32_log_reduced e = f32_log_reduce(x);
    return f32_log_join(e, f32_log_low(e));
}
/* within 2^-30 of the logarithm: with what rounding c m took from r */
INLINE f32_pair f32_log_parts_long(vf x) {
    f32_log_reduced e = f32_log_reduce(x);
    const vf c = f32_lookup16(f32_log_reciprocal, e.segment), product = c * e.m, lost = f32_fms(c, e.m, product);
    e.r = product - f32_set(1);
    return f32_log_finish(e, f32_fnma(lost, e.r, lost));
}
/* of a subnormal x too */
INLINE f32_pair f32_log_parts_subnormal(vf x) {
    const mf subnormal = f32_lt(x, f32_set(LOG_F32_SMALLEST));
    f32_log_reduced e = f32_log_reduce(f32_select(subnormal, x * f32_set(0x1p24f), x));
    e.k = e.k - f32_select(subnormal, f32_set(24 * 0x1p23f), f32_set(0));
    return f32_log_join(e, f32_log_low(e));
}
/* k, segment and scale of about the argument; r is left to the caller */
INLINE f32_log_reduced f32_log_scaled(vf about) {
    const vi from_start = i32_sub(f32_bits(about), i32_set(LOG_F32_START)), k = i32_and(from_start, i32_set((int32_t)0xFF800000));
    f32_log_reduced e;
    e.k = f32_from_i32(k);
    e.segment = i32_shift_right(from_start, 19);
    e.scale = f32_lookup16(f32_log_reciprocal, e.segment) * f32_from_bits(i32_sub(i32_set(0x3F800000), k));
    return e;
}
/* log(x / d) for a pair d, given about 1 / d; both and the quotient normal. r = (c 2^-k x - d) / d, its remainder kept: where c 2^-k is 1
 * the numerator is x - d, so that nothing is lost around x = d. */
INLINE f32_pair f32_log_quotient(vf x, f32_pair d, vf reciprocal) {
    f32_log_reduced e = f32_log_scaled(x * reciprocal);
    const vf numerator = f32_fms(e.scale, x, d.high) - d.low;
    e.r = numerator * reciprocal;
    return f32_log_finish(e, f32_fnma(e.r, d.low, f32_fnma(e.r, d.high, numerator)) * reciprocal);
}

/* where f32_log_parts does not hold: zeros, negative and subnormal numbers, infinity, NaN */
INLINE mf f32_log_outside(vf x) { return f32_mask_or(f32_not_ge(x, f32_set(LOG_F32_SMALLEST)), f32_not_le(x, f32_set(LOG_F32_LARGEST))); }
/* log(x) for every x: -inf at both zeros, NaN below */
INLINE vf f32_log_everywhere(vf x) {
    const f32_pair parts = f32_log_parts_subnormal(x);
    vf y = parts.high + parts.low;
    y = f32_select(f32_lt(x, f32_set(INFINITY)), y, x);
    y = f32_select(f32_lt(f32_set(0), x), y, f32_select(f32_eq(x, f32_set(0)), f32_set(-INFINITY), f32_set(NAN)));
    return y;
}
#endif
