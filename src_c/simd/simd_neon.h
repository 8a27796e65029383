/* NEON of aarch64: 4 float or 2 double lanes. See simd/README.md for what each operation promises. */
#ifndef FASTACT_SIMD_NEON_H
#define FASTACT_SIMD_NEON_H
#include "compiler.h"
#include <arm_neon.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define SIMD_NAME "neon"
#define F32_LANES 4
#define F64_LANES 2
typedef float32x4_t vf;
typedef int32x4_t vi;
typedef uint32x4_t mf; /* all bits of a lane, or none */
typedef float64x2_t vd;
typedef int64x2_t vl;
typedef uint64x2_t md;

/* integer lanes wrap: the unsigned operations */
#define SIMD_U32(x) vreinterpretq_u32_s32(x)
#define SIMD_S32(x) vreinterpretq_s32_u32(x)
#define SIMD_U64(x) vreinterpretq_u64_s64(x)
#define SIMD_S64(x) vreinterpretq_s64_u64(x)

/* ---- float lanes ---- */
INLINE vf f32_set(float c) { return vdupq_n_f32(c); }
INLINE vf f32_load(const float *p) { return vld1q_f32(p); }
INLINE void f32_store(float *p, vf v) { vst1q_f32(p, v); }
enum { STORES_AROUND = 0 }; /* whether `stream` does */
INLINE void f32_stream(float *p, vf v) { vst1q_f32(p, v); }
#include "as_float.h"
#include "reader.h"
#include "parts.h"
#include "as_none.h"
INLINE vf f32_fma(vf a, vf b, vf c) { return vfmaq_f32(c, a, b); }
INLINE vf f32_fms(vf a, vf b, vf c) { return vfmaq_f32(vnegq_f32(c), a, b); }
INLINE vf f32_fnma(vf a, vf b, vf c) { return vfmsq_f32(c, a, b); }
INLINE vf f32_fnms(vf a, vf b, vf c) { return vfmsq_f32(vnegq_f32(c), a, b); }
INLINE vf f32_min(vf c, vf x) { return vbslq_f32(vcltq_f32(c, x), c, x); }
INLINE vf f32_max(vf c, vf x) { return vbslq_f32(vcgtq_f32(c, x), c, x); }
INLINE vf f32_abs(vf x) { return vabsq_f32(x); }
INLINE vi f32_bits(vf x) { return vreinterpretq_s32_f32(x); }
INLINE vf f32_from_bits(vi x) { return vreinterpretq_f32_s32(x); }
INLINE vi i32_set(int32_t c) { return vdupq_n_s32(c); }
INLINE vi i32_and(vi a, vi b) { return vandq_s32(a, b); }
INLINE vi i32_add(vi a, vi b) { return SIMD_S32(vaddq_u32(SIMD_U32(a), SIMD_U32(b))); }
INLINE vi i32_sub(vi a, vi b) { return SIMD_S32(vsubq_u32(SIMD_U32(a), SIMD_U32(b))); }
INLINE vf f32_from_i32(vi x) { return vcvtq_f32_s32(x); }
INLINE vi i32_shift_left(vi x, int count) { return SIMD_S32(SIMD_U32(x) << vdupq_n_u32((uint32_t)count)); }
INLINE vi i32_shift_right(vi x, int count) { return SIMD_S32(SIMD_U32(x) >> vdupq_n_u32((uint32_t)count)); }
INLINE uint32x4_t simd_sign(vf x) { return vandq_u32(vreinterpretq_u32_f32(x), vdupq_n_u32(0x80000000u)); }
INLINE vf simd_or(vf x, uint32x4_t bits) { return vreinterpretq_f32_u32(vorrq_u32(vreinterpretq_u32_f32(x), bits)); }
INLINE vf simd_xor(vf x, uint32x4_t bits) { return vreinterpretq_f32_u32(veorq_u32(vreinterpretq_u32_f32(x), bits)); }
INLINE vf f32_minus_abs(vf x) { return simd_or(x, vdupq_n_u32(0x80000000u)); }
INLINE vf f32_or_sign(vf r, vf x) { return simd_or(r, simd_sign(x)); }
INLINE vf f32_nearer(vf c, vf x) { return f32_or_sign(f32_min(c, f32_abs(x)), x); }
INLINE vf f32_xor_sign(vf r, vf x) { return simd_xor(r, simd_sign(x)); }
INLINE vf f32_xor_not_sign(vf r, vf x) { return simd_xor(r, simd_sign(vreinterpretq_f32_s32(vmvnq_s32(f32_bits(x))))); }
INLINE mf f32_sign_set(vf x) { return vcltzq_s32(f32_bits(x)); }
INLINE mf f32_sign_clear(vf x) { return vcgezq_s32(f32_bits(x)); }
INLINE mf f32_lt(vf a, vf b) { return vcltq_f32(a, b); }
INLINE mf f32_eq(vf a, vf b) { return vceqq_f32(a, b); }
INLINE mf f32_not_le(vf a, vf b) { return vmvnq_u32(vcleq_f32(a, b)); }
INLINE mf f32_not_ge(vf a, vf b) { return vmvnq_u32(vcgeq_f32(a, b)); }
INLINE mf f32_unordered(vf a, vf b) { return vmvnq_u32(vandq_u32(vceqq_f32(a, a), vceqq_f32(b, b))); }
INLINE mf f32_bits_equal(vf a, vf b) { return vceqq_s32(f32_bits(a), f32_bits(b)); }
INLINE vf f32_select(mf m, vf a, vf b) { return vbslq_f32(m, a, b); }
/* stores the lanes that are off; the others keep what lies there */
INLINE void f32_store_but(float *p, mf m, vf v) { f32_store(p, f32_select(m, f32_load(p), v)); }
INLINE mf f32_mask_and(mf a, mf b) { return vandq_u32(a, b); }
INLINE mf f32_mask_or(mf a, mf b) { return vorrq_u32(a, b); }
INLINE mf f32_mask_and_not(mf a, mf b) { return vbicq_u32(a, b); }
INLINE int f32_mask_any(mf m) { return vmaxvq_u32(m) != 0; }
INLINE unsigned f32_mask_bits(mf m) {
    static const uint32_t bit[F32_LANES] = {1, 2, 4, 8};
    return vaddvq_u32(vandq_u32(m, vld1q_u32(bit)));
}
INLINE vf f32_even(vf a, vf b) { return vuzp1q_f32(a, b); }
INLINE vf f32_odd(vf a, vf b) { return vuzp2q_f32(a, b); }
INLINE vf f32_interleave_low(vf a, vf b) { return vzip1q_f32(a, b); }
INLINE vf f32_interleave_high(vf a, vf b) { return vzip2q_f32(a, b); }
INLINE vf f32_sqrt(vf x) { return vsqrtq_f32(x); }
INLINE vf f32_sqrt_estimated(vf x) { return f32_sqrt(x); }
/* the four bytes of a float in a table of bytes */
INLINE uint8x16_t simd_bytes(vi index, int32_t last) {
    const uint32x4_t first = vmulq_n_u32(SIMD_U32(i32_and(index, i32_set(last))), 0x04040404u);
    return vreinterpretq_u8_u32(vaddq_u32(first, vdupq_n_u32(0x03020100u)));
}
INLINE vf f32_lookup8(const float *table, vi index) {
    return vreinterpretq_f32_u8(vqtbl2q_u8(vld1q_u8_x2((const uint8_t *)table), simd_bytes(index, 7)));
}
INLINE vf f32_lookup16(const float *table, vi index) {
    return vreinterpretq_f32_u8(vqtbl4q_u8(vld1q_u8_x4((const uint8_t *)table), simd_bytes(index, 15)));
}
INLINE vd f64_lookup16(const double *table, vl index) {
    return vcombine_f64(vld1_f64(table + (vgetq_lane_s64(index, 0) & 15)), vld1_f64(table + (vgetq_lane_s64(index, 1) & 15)));
}
/* 2^floor(n) as a factor: n holds the exponent, t the magic sum that has it in its bits (see math/exp_f32.h) */
INLINE vi simd_exponent(vi t) { return vshrq_n_s32(i32_sub(t, i32_set(0x49C00000 - 8)), 3); }
INLINE vf simd_two_to(vi n) { return f32_from_bits(i32_add(i32_shift_left(n, 23), i32_set(0x3F800000))); }
INLINE vf f32_scale(vf y, vf n, vi t) {
    const vi e = simd_exponent(t);
    (void)n;
    /* outside [-126, 127] no single factor exists: four, rounded once as where a product before the third is subnormal, 2^-126
     * follows and gives 0 */
    const mf far = vcgtq_u32(SIMD_U32(i32_add(e, i32_set(126))), vdupq_n_u32(253));
    if (UNLIKELY(f32_mask_any(far))) {
        const vi zero = i32_set(0), first = vminq_s32(zero, i32_add(e, i32_set(252)));
        const vi after = i32_sub(e, first), second = vminq_s32(zero, i32_add(after, i32_set(126)));
        const vi rest = i32_sub(after, second), third = vminq_s32(i32_set(127), rest);
        return y * simd_two_to(first) * simd_two_to(second) * simd_two_to(third) * simd_two_to(i32_sub(rest, third));
    }
    return y * simd_two_to(e);
}
INLINE vf f32_power_of_two(vf n, vi t) { (void)n; return simd_two_to(vmaxq_s32(simd_exponent(t), i32_set(-126))); }
INLINE float f32_reduce_max(vf x) { return vmaxvq_f32(x); }
/* the positions first, first + 1, ... of the lanes that are on; returns how many */
INLINE size_t i32_compress_positions(mf m, int32_t first, int32_t *p) {
    uint32_t on[F32_LANES];
    size_t count = 0;
    vst1q_u32(on, m);
    for (int32_t lane = 0; lane < F32_LANES; ++lane) {
        p[count] = first + lane;
        count += on[lane] & 1;
    }
    return count;
}

/* ---- double lanes ---- */
INLINE vd f64_set(double c) { return vdupq_n_f64(c); }
INLINE vd f64_load(const double *p) { return vld1q_f64(p); }
INLINE void f64_store(double *p, vd v) { vst1q_f64(p, v); }
INLINE void f64_stream(double *p, vd v) { vst1q_f64(p, v); }
#include "as_double.h"
#include "reader.h"
#include "parts.h"
#include "as_none.h"
INLINE vd f64_fma(vd a, vd b, vd c) { return vfmaq_f64(c, a, b); }
INLINE vd f64_fms(vd a, vd b, vd c) { return vfmaq_f64(vnegq_f64(c), a, b); }
INLINE vd f64_fnma(vd a, vd b, vd c) { return vfmsq_f64(c, a, b); }
INLINE vd f64_min(vd c, vd x) { return vbslq_f64(vcltq_f64(c, x), c, x); }
INLINE vd f64_max(vd c, vd x) { return vbslq_f64(vcgtq_f64(c, x), c, x); }
INLINE vd f64_abs(vd x) { return vabsq_f64(x); }
INLINE vl f64_bits(vd x) { return vreinterpretq_s64_f64(x); }
INLINE vd f64_from_bits(vl x) { return vreinterpretq_f64_s64(x); }
INLINE vl i64_set(int64_t c) { return vdupq_n_s64(c); }
INLINE vl i64_add(vl a, vl b) { return SIMD_S64(vaddq_u64(SIMD_U64(a), SIMD_U64(b))); }
INLINE vl i64_sub(vl a, vl b) { return SIMD_S64(vsubq_u64(SIMD_U64(a), SIMD_U64(b))); }
INLINE vl i64_and(vl a, vl b) { return vandq_s64(a, b); }
INLINE vl i64_or(vl a, vl b) { return vorrq_s64(a, b); }
INLINE vl i64_shift_left(vl x, int count) { return SIMD_S64(SIMD_U64(x) << vdupq_n_u64((uint64_t)count)); }
INLINE vl i64_shift_right(vl x, int count) { return SIMD_S64(SIMD_U64(x) >> vdupq_n_u64((uint64_t)count)); }
INLINE vl simd_sign64(vd x) { return vandq_s64(f64_bits(x), vdupq_n_s64(INT64_MIN)); }
INLINE vd f64_or_sign(vd r, vd x) { return f64_from_bits(vorrq_s64(f64_bits(r), simd_sign64(x))); }
INLINE vd f64_nearer(vd c, vd x) { return f64_or_sign(f64_min(c, f64_abs(x)), x); }
INLINE vd f64_xor_sign(vd r, vd x) { return f64_from_bits(veorq_s64(f64_bits(r), simd_sign64(x))); }
INLINE md f64_sign_set(vd x) { return vcltzq_s64(f64_bits(x)); }
INLINE md f64_lt(vd a, vd b) { return vcltq_f64(a, b); }
INLINE md f64_eq(vd a, vd b) { return vceqq_f64(a, b); }
INLINE md simd_not(md m) { return veorq_u64(m, vdupq_n_u64(UINT64_MAX)); }
INLINE md f64_not_le(vd a, vd b) { return simd_not(vcleq_f64(a, b)); }
INLINE md f64_not_ge(vd a, vd b) { return simd_not(vcgeq_f64(a, b)); }
INLINE md f64_unordered(vd a, vd b) { return simd_not(vandq_u64(vceqq_f64(a, a), vceqq_f64(b, b))); }
INLINE vd f64_select(md m, vd a, vd b) { return vbslq_f64(m, a, b); }
INLINE md f64_mask_and(md a, md b) { return vandq_u64(a, b); }
INLINE md f64_mask_or(md a, md b) { return vorrq_u64(a, b); }
INLINE int f64_mask_any(md m) { return vmaxvq_u32(vreinterpretq_u32_u64(m)) != 0; }
INLINE vd f64_even(vd a, vd b) { return vuzp1q_f64(a, b); }
INLINE vd f64_odd(vd a, vd b) { return vuzp2q_f64(a, b); }
INLINE vd f64_interleave_low(vd a, vd b) { return vzip1q_f64(a, b); }
INLINE vd f64_interleave_high(vd a, vd b) { return vzip2q_f64(a, b); }
INLINE vd f64_sqrt(vd x) { return vsqrtq_f64(x); }
INLINE vd f64_sqrt_estimated(vd x) { return f64_sqrt(x); }
INLINE double f64_reduce_add(vd x) { return vaddvq_f64(x); }
INLINE double f64_reduce_max(vd x) { return vmaxvq_f64(x); }

/* ---- between the two ---- */
INLINE vd f64_from_f32_low(vf x) { return vcvt_f64_f32(vget_low_f32(x)); }
INLINE vd f64_from_f32_high(vf x) { return vcvt_high_f64_f32(x); }
INLINE vd f64_load_f32(const float *p) { return vcvt_f64_f32(vld1_f32(p)); }
INLINE vd f64_load_f32_part(const float *p, size_t count) {
    float lanes[F64_LANES] = {0};
    memcpy(lanes, p, count * sizeof *p);
    return f64_load_f32(lanes);
}
INLINE void f64_store_f32(float *p, vd x) { vst1_f32(p, vcvt_f32_f64(x)); }
INLINE void f64_store_f32_part(float *p, vd x, size_t count) {
    float lanes[F64_LANES];
    f64_store_f32(lanes, x);
    memcpy(p, lanes, count * sizeof *p);
}
INLINE vf f32_from_f64(vd low, vd high) { return vcvt_high_f32_f64(vcvt_f32_f64(low), high); }
/* 16-bit formats: exact one way, rounded to nearest even the other */
INLINE vf f32_load_f16(const uint16_t *p) { return vcvt_f32_f16(vreinterpret_f16_u16(vld1_u16(p))); }
INLINE void f32_store_f16(uint16_t *p, vf x) { vst1_u16(p, vreinterpret_u16_f16(vcvt_f16_f32(x))); }
INLINE vf f32_load_bf16(const uint16_t *p) { return vreinterpretq_f32_u32(vshll_n_u16(vld1_u16(p), 16)); }
INLINE void f32_store_bf16(uint16_t *p, vf x) {
    const uint32x4_t b = vreinterpretq_u32_f32(x), odd = vandq_u32(vshrq_n_u32(b, 16), vdupq_n_u32(1));
    vst1_u16(p, vshrn_n_u32(vaddq_u32(b, vaddq_u32(odd, vdupq_n_u32(0x7FFF))), 16));
}
/* 16-bit numbers as they stand: the bits in `keep`, of a NaN, which lies above `infinity`, those of `nan` */
enum { H16_LANES = 8 };
INLINE void h16_keep(const uint16_t *p, uint16_t *out, uint16_t keep, uint16_t infinity, uint16_t nan) {
    const uint16x8_t x = vld1q_u16(p), is_nan = vcgtq_u16(vandq_u16(x, vdupq_n_u16(0x7FFF)), vdupq_n_u16(infinity));
    vst1q_u16(out, vbslq_u16(is_nan, vdupq_n_u16(nan), vandq_u16(x, vdupq_n_u16(keep))));
}
#endif
