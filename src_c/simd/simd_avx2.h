/* AVX2 + FMA: 8 float or 4 double lanes. See simd/README.md for what each operation promises. */
#ifndef FASTACT_SIMD_AVX2_H
#define FASTACT_SIMD_AVX2_H
#include "compiler.h"
#include <immintrin.h>
#include <stddef.h>
#include <stdint.h>

#define SIMD_NAME "avx2"
#define F32_LANES 8
#define F64_LANES 4
typedef __m256 vf;
typedef __m256i vi;
typedef __m256 mf; /* the sign bit of a lane decides */
typedef __m256d vd;
typedef __m256i vl;
typedef __m256d md;

/* lanes [0, count) on: a window sliding over eight ones and eight zeros */
static const int32_t simd_window[16] ALIGNED(64) = {-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0};
static const int64_t simd_window64[8] ALIGNED(64) = {-1, -1, -1, -1, 0, 0, 0, 0};

/* ---- float lanes ---- */
INLINE vf f32_set(float c) { return _mm256_set1_ps(c); }
INLINE vf f32_load(const float *p) { return _mm256_loadu_ps(p); }
INLINE void f32_store(float *p, vf v) { _mm256_storeu_ps(p, v); }
enum { STORES_AROUND = 1 }; /* whether `stream` does */
INLINE void f32_stream(float *p, vf v) { _mm256_stream_ps(p, v); }
#include "as_float.h"
#include "reader.h"
#include "as_none.h"
INLINE vi f32_first_lanes(size_t count) { return _mm256_loadu_si256((const __m256i *)(simd_window + 8 - count)); }
INLINE vf f32_load_part(const float *p, size_t count) { return _mm256_maskload_ps(p, f32_first_lanes(count)); }
INLINE vf f32_load_part_or(const float *p, size_t count, vf other) {
    return _mm256_blendv_ps(other, f32_load_part(p, count), _mm256_castsi256_ps(f32_first_lanes(count)));
}
INLINE void f32_store_part(float *p, vf v, size_t count) { _mm256_maskstore_ps(p, f32_first_lanes(count), v); }
INLINE vf f32_fma(vf a, vf b, vf c) { return _mm256_fmadd_ps(a, b, c); }
INLINE vf f32_fms(vf a, vf b, vf c) { return _mm256_fmsub_ps(a, b, c); }
INLINE vf f32_fnma(vf a, vf b, vf c) { return _mm256_fnmadd_ps(a, b, c); }
INLINE vf f32_fnms(vf a, vf b, vf c) { return _mm256_fnmsub_ps(a, b, c); }
INLINE vf f32_min(vf c, vf x) { return _mm256_min_ps(c, x); }
INLINE vf f32_max(vf c, vf x) { return _mm256_max_ps(c, x); }
INLINE vf f32_abs(vf x) { return _mm256_andnot_ps(f32_set(-0.0f), x); }
INLINE vi f32_bits(vf x) { return _mm256_castps_si256(x); }
INLINE vf f32_from_bits(vi x) { return _mm256_castsi256_ps(x); }
INLINE vi i32_set(int32_t c) { return _mm256_set1_epi32(c); }
INLINE vi i32_and(vi a, vi b) { return _mm256_and_si256(a, b); }
INLINE vi i32_add(vi a, vi b) { return _mm256_add_epi32(a, b); }
INLINE vi i32_sub(vi a, vi b) { return _mm256_sub_epi32(a, b); }
INLINE vf f32_from_i32(vi x) { return _mm256_cvtepi32_ps(x); }
INLINE vi i32_shift_left(vi x, int count) { return _mm256_slli_epi32(x, count); }
INLINE vi i32_shift_right(vi x, int count) { return _mm256_srli_epi32(x, count); }
INLINE vf f32_minus_abs(vf x) { return _mm256_or_ps(x, f32_set(-0.0f)); }
INLINE vf f32_or_sign(vf r, vf x) { return _mm256_or_ps(r, _mm256_and_ps(x, f32_set(-0.0f))); }
INLINE vf f32_nearer(vf c, vf x) { return f32_or_sign(f32_min(c, f32_abs(x)), x); }
INLINE vf f32_xor_sign(vf r, vf x) { return _mm256_xor_ps(r, _mm256_and_ps(x, f32_set(-0.0f))); }
INLINE vf f32_xor_not_sign(vf r, vf x) { return _mm256_xor_ps(r, _mm256_andnot_ps(x, f32_set(-0.0f))); }
INLINE mf f32_sign_set(vf x) { return x; }
INLINE mf f32_sign_clear(vf x) { return f32_from_bits(_mm256_cmpgt_epi32(f32_bits(x), i32_set(-1))); }
INLINE mf f32_lt(vf a, vf b) { return _mm256_cmp_ps(a, b, _CMP_LT_OQ); }
INLINE mf f32_eq(vf a, vf b) { return _mm256_cmp_ps(a, b, _CMP_EQ_OQ); }
INLINE mf f32_not_le(vf a, vf b) { return _mm256_cmp_ps(a, b, _CMP_NLE_UQ); }
INLINE mf f32_not_ge(vf a, vf b) { return _mm256_cmp_ps(a, b, _CMP_NGE_UQ); }
INLINE mf f32_unordered(vf a, vf b) { return _mm256_cmp_ps(a, b, _CMP_UNORD_Q); }
INLINE mf f32_bits_equal(vf a, vf b) { return f32_from_bits(_mm256_cmpeq_epi32(f32_bits(a), f32_bits(b))); }
INLINE vf f32_select(mf m, vf a, vf b) { return _mm256_blendv_ps(b, a, m); }
/* stores the lanes that are off; the others keep what lies there */
INLINE void f32_store_but(float *p, mf m, vf v) { f32_store(p, f32_select(m, f32_load(p), v)); }
INLINE mf f32_mask_and(mf a, mf b) { return _mm256_and_ps(a, b); }
INLINE mf f32_mask_or(mf a, mf b) { return _mm256_or_ps(a, b); }
INLINE mf f32_mask_and_not(mf a, mf b) { return _mm256_andnot_ps(b, a); }
INLINE int f32_mask_any(mf m) { return _mm256_movemask_ps(m) != 0; }
INLINE unsigned f32_mask_bits(mf m) { return (unsigned)_mm256_movemask_ps(m); }
/* of the two halves that the shuffles within 128 bits leave in the order 0 2 1 3 */
INLINE vd simd_in_order(vd x) { return _mm256_permute4x64_pd(x, 0xD8); }
INLINE vf f32_even(vf a, vf b) { return _mm256_castpd_ps(simd_in_order(_mm256_castps_pd(_mm256_shuffle_ps(a, b, 0x88)))); }
INLINE vf f32_odd(vf a, vf b) { return _mm256_castpd_ps(simd_in_order(_mm256_castps_pd(_mm256_shuffle_ps(a, b, 0xDD)))); }
INLINE vf f32_interleave_low(vf a, vf b) { return _mm256_permute2f128_ps(_mm256_unpacklo_ps(a, b), _mm256_unpackhi_ps(a, b), 0x20); }
INLINE vf f32_interleave_high(vf a, vf b) { return _mm256_permute2f128_ps(_mm256_unpacklo_ps(a, b), _mm256_unpackhi_ps(a, b), 0x31); }
INLINE vf f32_sqrt(vf x) { return _mm256_sqrt_ps(x); }
INLINE vf f32_sqrt_estimated(vf x) { return f32_sqrt(x); }
INLINE vf f32_lookup8(const float *table, vi index) { return _mm256_permutevar8x32_ps(_mm256_loadu_ps(table), index); }
INLINE vf f32_lookup16(const float *table, vi index) {
    const vf high = f32_from_bits(_mm256_slli_epi32(index, 28)); /* bit 3 of the index to the sign */
    return _mm256_blendv_ps(f32_lookup8(table, index), f32_lookup8(table + 8, index), high);
}
INLINE vd f64_lookup16(const double *table, vl index) {
    /* A gather waits for what its destination held, which a mask might keep: for 0 here, which compilers leave out where they know the
     * mask. mish takes 0.6 of the time, and silu's backward pass 0.45. */
    vd all;
    __asm__ volatile("vpcmpeqd %0, %0, %0" : "=x"(all));
    return _mm256_mask_i64gather_pd(_mm256_setzero_pd(), table, _mm256_and_si256(index, _mm256_set1_epi64x(15)), all, 8);
}
/* 2^floor(n) as a factor: n holds the exponent, t the magic sum that has it in its bits (see math/exp_f32.h) */
INLINE vi simd_exponent(vi t) { return _mm256_srai_epi32(_mm256_sub_epi32(t, i32_set(0x49C00000 - 8)), 3); }
INLINE vf simd_two_to(vi n) { return f32_from_bits(_mm256_add_epi32(_mm256_slli_epi32(n, 23), i32_set(0x3F800000))); }
INLINE vf f32_scale(vf y, vf n, vi t) {
    const vi e = simd_exponent(t);
    (void)n;
    /* outside [-126, 127] no single factor exists: four, rounded once as where a product before the third is subnormal, 2^-126
     * follows and gives 0 */
    const vi far = _mm256_cmpgt_epi32(_mm256_add_epi32(e, i32_set(INT32_MIN + 126)), i32_set(INT32_MIN + 253));
    if (UNLIKELY(_mm256_movemask_epi8(far) != 0)) {
        const vi zero = i32_set(0), first = _mm256_min_epi32(zero, _mm256_add_epi32(e, i32_set(252)));
        const vi after = _mm256_sub_epi32(e, first), second = _mm256_min_epi32(zero, _mm256_add_epi32(after, i32_set(126)));
        const vi rest = _mm256_sub_epi32(after, second), third = _mm256_min_epi32(i32_set(127), rest);
        return y * simd_two_to(first) * simd_two_to(second) * simd_two_to(third) * simd_two_to(_mm256_sub_epi32(rest, third));
    }
    return y * simd_two_to(e);
}
INLINE vf f32_power_of_two(vf n, vi t) { (void)n; return simd_two_to(_mm256_max_epi32(simd_exponent(t), i32_set(-126))); }
INLINE float f32_reduce_max(vf x) {
    __m128 m = _mm_max_ps(_mm256_castps256_ps128(x), _mm256_extractf128_ps(x, 1));
    m = _mm_max_ps(m, _mm_movehl_ps(m, m));
    return _mm_cvtss_f32(_mm_max_ss(m, _mm_movehdup_ps(m)));
}
/* the positions first, first + 1, ... of the lanes that are on; returns how many */
INLINE size_t i32_compress_positions(mf m, int32_t first, int32_t *p) {
    unsigned bits = (unsigned)_mm256_movemask_ps(m);
    size_t count = 0;
    for (; bits; bits &= bits - 1) p[count++] = first + (int32_t)LOWEST_BIT(bits);
    return count;
}

/* ---- double lanes ---- */
INLINE vd f64_set(double c) { return _mm256_set1_pd(c); }
INLINE vd f64_load(const double *p) { return _mm256_loadu_pd(p); }
INLINE void f64_store(double *p, vd v) { _mm256_storeu_pd(p, v); }
INLINE void f64_stream(double *p, vd v) { _mm256_stream_pd(p, v); }
#include "as_double.h"
#include "reader.h"
#include "as_none.h"
INLINE vl f64_first_lanes(size_t count) { return _mm256_loadu_si256((const __m256i *)(simd_window64 + 4 - count)); }
INLINE vd f64_load_part(const double *p, size_t count) { return _mm256_maskload_pd(p, f64_first_lanes(count)); }
INLINE vd f64_load_part_or(const double *p, size_t count, vd other) {
    return _mm256_blendv_pd(other, f64_load_part(p, count), _mm256_castsi256_pd(f64_first_lanes(count)));
}
INLINE void f64_store_part(double *p, vd v, size_t count) { _mm256_maskstore_pd(p, f64_first_lanes(count), v); }
INLINE vd f64_fma(vd a, vd b, vd c) { return _mm256_fmadd_pd(a, b, c); }
INLINE vd f64_fms(vd a, vd b, vd c) { return _mm256_fmsub_pd(a, b, c); }
INLINE vd f64_fnma(vd a, vd b, vd c) { return _mm256_fnmadd_pd(a, b, c); }
INLINE vd f64_min(vd c, vd x) { return _mm256_min_pd(c, x); }
INLINE vd f64_max(vd c, vd x) { return _mm256_max_pd(c, x); }
INLINE vd f64_abs(vd x) { return _mm256_andnot_pd(f64_set(-0.0), x); }
INLINE vl f64_bits(vd x) { return _mm256_castpd_si256(x); }
INLINE vd f64_from_bits(vl x) { return _mm256_castsi256_pd(x); }
INLINE vl i64_set(int64_t c) { return _mm256_set1_epi64x(c); }
INLINE vl i64_add(vl a, vl b) { return _mm256_add_epi64(a, b); }
INLINE vl i64_sub(vl a, vl b) { return _mm256_sub_epi64(a, b); }
INLINE vl i64_and(vl a, vl b) { return _mm256_and_si256(a, b); }
INLINE vl i64_or(vl a, vl b) { return _mm256_or_si256(a, b); }
INLINE vl i64_shift_left(vl x, int count) { return _mm256_slli_epi64(x, count); }
INLINE vl i64_shift_right(vl x, int count) { return _mm256_srli_epi64(x, count); }
INLINE vd f64_or_sign(vd r, vd x) { return _mm256_or_pd(r, _mm256_and_pd(x, f64_set(-0.0))); }
INLINE vd f64_nearer(vd c, vd x) { return f64_or_sign(f64_min(c, f64_abs(x)), x); }
INLINE vd f64_xor_sign(vd r, vd x) { return _mm256_xor_pd(r, _mm256_and_pd(x, f64_set(-0.0))); }
INLINE md f64_sign_set(vd x) { return x; }
INLINE md f64_lt(vd a, vd b) { return _mm256_cmp_pd(a, b, _CMP_LT_OQ); }
INLINE md f64_eq(vd a, vd b) { return _mm256_cmp_pd(a, b, _CMP_EQ_OQ); }
INLINE md f64_not_le(vd a, vd b) { return _mm256_cmp_pd(a, b, _CMP_NLE_UQ); }
INLINE md f64_not_ge(vd a, vd b) { return _mm256_cmp_pd(a, b, _CMP_NGE_UQ); }
INLINE md f64_unordered(vd a, vd b) { return _mm256_cmp_pd(a, b, _CMP_UNORD_Q); }
INLINE vd f64_select(md m, vd a, vd b) { return _mm256_blendv_pd(b, a, m); }
INLINE md f64_mask_and(md a, md b) { return _mm256_and_pd(a, b); }
INLINE md f64_mask_or(md a, md b) { return _mm256_or_pd(a, b); }
INLINE int f64_mask_any(md m) { return _mm256_movemask_pd(m) != 0; }
INLINE vd f64_even(vd a, vd b) { return simd_in_order(_mm256_unpacklo_pd(a, b)); }
INLINE vd f64_odd(vd a, vd b) { return simd_in_order(_mm256_unpackhi_pd(a, b)); }
INLINE vd f64_interleave_low(vd a, vd b) { return _mm256_permute2f128_pd(_mm256_unpacklo_pd(a, b), _mm256_unpackhi_pd(a, b), 0x20); }
INLINE vd f64_interleave_high(vd a, vd b) { return _mm256_permute2f128_pd(_mm256_unpacklo_pd(a, b), _mm256_unpackhi_pd(a, b), 0x31); }
INLINE vd f64_sqrt(vd x) { return _mm256_sqrt_pd(x); }
INLINE vd f64_sqrt_estimated(vd x) { return f64_sqrt(x); }
INLINE double f64_reduce_add(vd x) {
    const __m128d s = _mm_add_pd(_mm256_castpd256_pd128(x), _mm256_extractf128_pd(x, 1));
    return _mm_cvtsd_f64(_mm_add_sd(s, _mm_unpackhi_pd(s, s)));
}
INLINE double f64_reduce_max(vd x) {
    const __m128d m = _mm_max_pd(_mm256_castpd256_pd128(x), _mm256_extractf128_pd(x, 1));
    return _mm_cvtsd_f64(_mm_max_sd(m, _mm_unpackhi_pd(m, m)));
}

/* ---- between the two ---- */
INLINE vd f64_from_f32_low(vf x) { return _mm256_cvtps_pd(_mm256_castps256_ps128(x)); }
INLINE vd f64_from_f32_high(vf x) { return _mm256_cvtps_pd(_mm256_extractf128_ps(x, 1)); }
INLINE vd f64_load_f32(const float *p) { return _mm256_cvtps_pd(_mm_loadu_ps(p)); }
INLINE vd f64_load_f32_part(const float *p, size_t count) {
    return _mm256_cvtps_pd(_mm_maskload_ps(p, _mm_loadu_si128((const __m128i *)(simd_window + 8 - count))));
}
INLINE void f64_store_f32(float *p, vd x) { _mm_storeu_ps(p, _mm256_cvtpd_ps(x)); }
INLINE void f64_store_f32_part(float *p, vd x, size_t count) {
    _mm_maskstore_ps(p, _mm_loadu_si128((const __m128i *)(simd_window + 8 - count)), _mm256_cvtpd_ps(x));
}
/* 16-bit formats: exact one way, rounded to nearest even the other */
INLINE vf f32_load_f16(const uint16_t *p) { return _mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)p)); }
INLINE void f32_store_f16(uint16_t *p, vf x) {
    _mm_storeu_si128((__m128i *)p, _mm256_cvtps_ph(x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC));
}
INLINE vf f32_load_bf16(const uint16_t *p) {
    return f32_from_bits(_mm256_slli_epi32(_mm256_cvtepu16_epi32(_mm_loadu_si128((const __m128i *)p)), 16));
}
INLINE void f32_store_bf16(uint16_t *p, vf x) {
    const vi odd = _mm256_and_si256(_mm256_srli_epi32(f32_bits(x), 16), i32_set(1));
    const vi rounded = _mm256_srli_epi32(_mm256_add_epi32(f32_bits(x), _mm256_add_epi32(odd, i32_set(0x7FFF))), 16);
    _mm_storeu_si128((__m128i *)p, _mm_packus_epi32(_mm256_castsi256_si128(rounded), _mm256_extracti128_si256(rounded, 1)));
}
/* 16-bit numbers as they stand: the bits in `keep`, of a NaN, which lies above `infinity`, those of `nan` */
enum { H16_LANES = 16 };
INLINE void h16_keep(const uint16_t *p, uint16_t *out, uint16_t keep, uint16_t infinity, uint16_t nan) {
    const __m256i x = _mm256_loadu_si256((const __m256i *)p), size = _mm256_and_si256(x, _mm256_set1_epi16(0x7FFF));
    const __m256i is_nan = _mm256_cmpgt_epi16(size, _mm256_set1_epi16((short)infinity));
    const __m256i kept = _mm256_and_si256(x, _mm256_set1_epi16((short)keep));
    _mm256_storeu_si256((__m256i *)out, _mm256_blendv_epi8(kept, _mm256_set1_epi16((short)nan), is_nan));
}
INLINE vf f32_from_f64(vd low, vd high) {
    return _mm256_insertf128_ps(_mm256_castps128_ps256(_mm256_cvtpd_ps(low)), _mm256_cvtpd_ps(high), 1);
}
#endif
