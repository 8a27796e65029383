/* AVX-512 (F, DQ, BW, VL): 16 float or 8 double lanes. See simd/README.md for what each operation promises. */
#ifndef FASTACT_SIMD_AVX512_H
#define FASTACT_SIMD_AVX512_H
#include "compiler.h"
#include <immintrin.h>
#include <stddef.h>
#include <stdint.h>

#define SIMD_NAME "avx512"
#define F32_LANES 16
#define F64_LANES 8
typedef __m512 vf;
typedef __m512i vi;
typedef __mmask16 mf;
typedef __m512d vd;
typedef __m512i vl;
typedef __mmask8 md;

/* ---- float lanes ---- */
INLINE vf f32_set(float c) { return _mm512_set1_ps(c); }
INLINE vf f32_load(const float *p) { return _mm512_loadu_ps(p); }
/* a load that straddles two cache lines waits for both: aligned ones, shifted, read 0.093 instead of 0.113 ns a float from the
 * second cache */
typedef struct {
    const float *next;
    vf last;
    vi lanes;
} f32_reader;
INLINE f32_reader f32_reader_at(const float *p) {
    const int offset = (int)((uintptr_t)p % 64 / sizeof(float));
    const vi lanes = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    const f32_reader r = {p - offset + F32_LANES, _mm512_load_ps(p - offset), _mm512_add_epi32(lanes, _mm512_set1_epi32(offset))};
    return r;
}
INLINE vf f32_read(f32_reader *r) {
    const vf next = _mm512_load_ps(r->next), x = _mm512_permutex2var_ps(r->last, r->lanes, next);
    r->last = next;
    r->next += F32_LANES;
    return x;
}
INLINE void f32_store(float *p, vf v) { _mm512_storeu_ps(p, v); }
INLINE mf f32_first_lanes(size_t count) { return (mf)((1u << count) - 1); }
/* Stores that straddle two cache lines cost twice: aligned ones, of vectors shifted together. A line before the first one is written
 * already; what the last line lacks is stored by write_rest. */
typedef struct {
    float *line;
    vf last;
    vi lanes;
    size_t offset;
} f32_writer;
INLINE f32_writer f32_writer_at(float *p) {
    const size_t offset = (uintptr_t)p % 64 / sizeof(float);
    const vi lanes = _mm512_setr_epi32(16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31);
    const f32_writer w = {p - offset, f32_load(p - F32_LANES), _mm512_sub_epi32(lanes, _mm512_set1_epi32((int)offset)), offset};
    return w;
}
INLINE void f32_write(f32_writer *w, vf x) {
    _mm512_store_ps(w->line, _mm512_permutex2var_ps(w->last, w->lanes, x));
    w->last = x;
    w->line += F32_LANES;
}
INLINE void f32_write_rest(const f32_writer *w) {
    _mm512_mask_storeu_ps(w->line, f32_first_lanes(w->offset), _mm512_permutexvar_ps(w->lanes, w->last));
}
enum { STORES_AROUND = 1 }; /* whether `stream` does */
INLINE void f32_stream(float *p, vf v) { _mm512_stream_ps(p, v); }
INLINE vf f32_load_part(const float *p, size_t count) { return _mm512_maskz_loadu_ps(f32_first_lanes(count), p); }
INLINE vf f32_load_part_or(const float *p, size_t count, vf other) {
    return _mm512_mask_loadu_ps(other, f32_first_lanes(count), p);
}
INLINE void f32_store_part(float *p, vf v, size_t count) { _mm512_mask_storeu_ps(p, f32_first_lanes(count), v); }
INLINE vf f32_fma(vf a, vf b, vf c) { return _mm512_fmadd_ps(a, b, c); }
INLINE vf f32_fms(vf a, vf b, vf c) { return _mm512_fmsub_ps(a, b, c); }
INLINE vf f32_fnma(vf a, vf b, vf c) { return _mm512_fnmadd_ps(a, b, c); }
INLINE vf f32_fnms(vf a, vf b, vf c) { return _mm512_fnmsub_ps(a, b, c); }
INLINE vf f32_min(vf c, vf x) { return _mm512_min_ps(c, x); }
INLINE vf f32_max(vf c, vf x) { return _mm512_max_ps(c, x); }
INLINE vf f32_abs(vf x) { return _mm512_abs_ps(x); }
INLINE vi f32_bits(vf x) { return _mm512_castps_si512(x); }
INLINE vf f32_from_bits(vi x) { return _mm512_castsi512_ps(x); }
INLINE vi i32_set(int32_t c) { return _mm512_set1_epi32(c); }
INLINE vi i32_and(vi a, vi b) { return _mm512_and_si512(a, b); }
INLINE vi i32_add(vi a, vi b) { return _mm512_add_epi32(a, b); }
INLINE vi i32_sub(vi a, vi b) { return _mm512_sub_epi32(a, b); }
INLINE vf f32_from_i32(vi x) { return _mm512_cvtepi32_ps(x); }
INLINE vi i32_shift_left(vi x, int count) { return _mm512_slli_epi32(x, (unsigned)count); }
INLINE vi i32_shift_right(vi x, int count) { return _mm512_srli_epi32(x, (unsigned)count); }
INLINE vf f32_minus_abs(vf x) { return f32_from_bits(_mm512_or_si512(f32_bits(x), i32_set(INT32_MIN))); }
INLINE vf f32_or_sign(vf r, vf x) {
    return f32_from_bits(_mm512_ternarylogic_epi32(f32_bits(r), f32_bits(x), i32_set(INT32_MIN), 0xF8));
}
INLINE vf f32_nearer(vf c, vf x) { return _mm512_range_ps(x, c, 2); }
INLINE vf f32_xor_sign(vf r, vf x) {
    return f32_from_bits(_mm512_ternarylogic_epi32(f32_bits(r), f32_bits(x), i32_set(INT32_MIN), 0x78));
}
INLINE vf f32_xor_not_sign(vf r, vf x) {
    return f32_from_bits(_mm512_ternarylogic_epi32(f32_bits(r), f32_bits(x), i32_set(INT32_MIN), 0xD2));
}
INLINE mf f32_sign_set(vf x) { return _mm512_movepi32_mask(f32_bits(x)); }
INLINE mf f32_sign_clear(vf x) { return _mm512_testn_epi32_mask(f32_bits(x), i32_set(INT32_MIN)); }
INLINE mf f32_lt(vf a, vf b) { return _mm512_cmp_ps_mask(a, b, _CMP_LT_OQ); }
INLINE mf f32_eq(vf a, vf b) { return _mm512_cmp_ps_mask(a, b, _CMP_EQ_OQ); }
INLINE mf f32_not_le(vf a, vf b) { return _mm512_cmp_ps_mask(a, b, _CMP_NLE_UQ); }
INLINE mf f32_not_ge(vf a, vf b) { return _mm512_cmp_ps_mask(a, b, _CMP_NGE_UQ); }
INLINE mf f32_unordered(vf a, vf b) { return _mm512_cmp_ps_mask(a, b, _CMP_UNORD_Q); }
INLINE mf f32_bits_equal(vf a, vf b) { return _mm512_cmpeq_epi32_mask(f32_bits(a), f32_bits(b)); }
INLINE vf f32_select(mf m, vf a, vf b) { return _mm512_mask_blend_ps(m, b, a); }
/* stores the lanes that are off; the others keep what lies there */
INLINE void f32_store_but(float *p, mf m, vf v) { _mm512_mask_storeu_ps(p, (mf)~m, v); }
INLINE mf f32_mask_and(mf a, mf b) { return (mf)(a & b); }
INLINE mf f32_mask_or(mf a, mf b) { return (mf)(a | b); }
INLINE mf f32_mask_and_not(mf a, mf b) { return (mf)(a & ~b); }
INLINE int f32_mask_any(mf m) { return m != 0; }
INLINE unsigned f32_mask_bits(mf m) { return m; }
INLINE vf f32_even(vf a, vf b) {
    const __m512i from = _mm512_setr_epi32(0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30);
    return _mm512_permutex2var_ps(a, from, b);
}
INLINE vf f32_odd(vf a, vf b) {
    const __m512i from = _mm512_setr_epi32(1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31);
    return _mm512_permutex2var_ps(a, from, b);
}
INLINE vf f32_interleave_low(vf a, vf b) {
    const __m512i from = _mm512_setr_epi32(0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    return _mm512_permutex2var_ps(a, from, b);
}
INLINE vf f32_interleave_high(vf a, vf b) {
    const __m512i from = _mm512_setr_epi32(8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    return _mm512_permutex2var_ps(a, from, b);
}
INLINE vf f32_sqrt(vf x) { return _mm512_sqrt_ps(x); }
/* The instruction's result in less of its time (on an Emerald Rapids 0.19 ns a float instead of 0.26, 0.55 instead of 1.01 a double). After
 * one step from an estimate the root and half its inverse are a unit off at most. Of all such pairs the last step makes the nearest float,
 * but of ten to which no estimate within 2^-14 leads: the processor's own does not matter. The instruction where x is neither 0 nor
 * usual. Among many other operations the instruction is better: squareplus of floats 0.31 ns, not 0.44. */
INLINE vf f32_sqrt_estimated(vf x) {
    const vf half = f32_set(0.5f);
    const mf usual = _mm512_cmplt_epu32_mask(i32_sub(f32_bits(x), f32_bits(f32_set(0x1p-100f))), i32_set(0x64000000));
    const vf estimate = _mm512_maskz_rsqrt14_ps(usual, x), h = half * estimate, g = x * estimate, left = f32_fnma(g, h, half);
    const vf inverse = f32_fma(h, left, h), root = f32_fma(g, left, g);
    if (UNLIKELY(_mm512_mask_test_epi32_mask((mf)~usual, f32_bits(x), f32_bits(x)))) return _mm512_sqrt_ps(x);
    return f32_fma(f32_fnma(root, root, x), inverse, root);
}
INLINE vf f32_lookup8(const float *table, vi index) {
    return _mm512_permutexvar_ps(index, _mm512_broadcast_f32x8(_mm256_loadu_ps(table)));
}
INLINE vf f32_lookup16(const float *table, vi index) { return _mm512_permutexvar_ps(index, _mm512_loadu_ps(table)); }
#define HAS_LOOKUP32
INLINE vf f32_lookup32(const float *table, vi index) {
    return _mm512_permutex2var_ps(_mm512_loadu_ps(table), index, _mm512_loadu_ps(table + 16));
}
INLINE vd f64_lookup16(const double *table, vl index) {
    return _mm512_permutex2var_pd(_mm512_loadu_pd(table), index, _mm512_loadu_pd(table + 8));
}
/* 2^floor(n) as a factor: n holds the exponent, t the magic sum that has it in its bits (see math/exp_f32.h) */
INLINE vf f32_scale(vf y, vf n, vi t) { (void)t; return _mm512_scalef_ps(y, n); }
INLINE vf f32_power_of_two(vf n, vi t) { (void)t; return _mm512_scalef_ps(f32_set(1), n); }
INLINE float f32_reduce_max(vf x) { return _mm512_reduce_max_ps(x); }
/* the positions first, first + 1, ... of the lanes that are on; returns how many */
INLINE size_t i32_compress_positions(mf m, int32_t first, int32_t *p) {
    const vi lane = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    _mm512_storeu_si512(p, _mm512_maskz_compress_epi32(m, _mm512_add_epi32(i32_set(first), lane)));
    return (size_t)__builtin_popcount(m);
}

/* ---- double lanes ---- */
INLINE vd f64_set(double c) { return _mm512_set1_pd(c); }
INLINE vd f64_load(const double *p) { return _mm512_loadu_pd(p); }
typedef struct {
    const double *next;
    vd last;
    vl lanes;
} f64_reader;
INLINE f64_reader f64_reader_at(const double *p) {
    const int offset = (int)((uintptr_t)p % 64 / sizeof(double));
    const vl lanes = _mm512_setr_epi64(0, 1, 2, 3, 4, 5, 6, 7);
    const f64_reader r = {p - offset + F64_LANES, _mm512_load_pd(p - offset), _mm512_add_epi64(lanes, _mm512_set1_epi64(offset))};
    return r;
}
INLINE vd f64_read(f64_reader *r) {
    const vd next = _mm512_load_pd(r->next), x = _mm512_permutex2var_pd(r->last, r->lanes, next);
    r->last = next;
    r->next += F64_LANES;
    return x;
}
INLINE void f64_store(double *p, vd v) { _mm512_storeu_pd(p, v); }
INLINE void f64_stream(double *p, vd v) { _mm512_stream_pd(p, v); }
INLINE md f64_first_lanes(size_t count) { return (md)((1u << count) - 1); }
typedef struct {
    double *line;
    vd last;
    vl lanes;
    size_t offset;
} f64_writer;
INLINE f64_writer f64_writer_at(double *p) {
    const size_t offset = (uintptr_t)p % 64 / sizeof(double);
    const vl lanes = _mm512_setr_epi64(8, 9, 10, 11, 12, 13, 14, 15);
    const f64_writer w = {p - offset, f64_load(p - F64_LANES), _mm512_sub_epi64(lanes, _mm512_set1_epi64((int64_t)offset)), offset};
    return w;
}
INLINE void f64_write(f64_writer *w, vd x) {
    _mm512_store_pd(w->line, _mm512_permutex2var_pd(w->last, w->lanes, x));
    w->last = x;
    w->line += F64_LANES;
}
INLINE void f64_write_rest(const f64_writer *w) {
    _mm512_mask_storeu_pd(w->line, f64_first_lanes(w->offset), _mm512_permutexvar_pd(w->lanes, w->last));
}
INLINE vd f64_load_part(const double *p, size_t count) { return _mm512_maskz_loadu_pd(f64_first_lanes(count), p); }
INLINE vd f64_load_part_or(const double *p, size_t count, vd other) {
    return _mm512_mask_loadu_pd(other, f64_first_lanes(count), p);
}
INLINE void f64_store_part(double *p, vd v, size_t count) { _mm512_mask_storeu_pd(p, f64_first_lanes(count), v); }
INLINE vd f64_fma(vd a, vd b, vd c) { return _mm512_fmadd_pd(a, b, c); }
INLINE vd f64_fms(vd a, vd b, vd c) { return _mm512_fmsub_pd(a, b, c); }
INLINE vd f64_fnma(vd a, vd b, vd c) { return _mm512_fnmadd_pd(a, b, c); }
INLINE vd f64_min(vd c, vd x) { return _mm512_min_pd(c, x); }
INLINE vd f64_max(vd c, vd x) { return _mm512_max_pd(c, x); }
INLINE vd f64_abs(vd x) { return _mm512_abs_pd(x); }
INLINE vl f64_bits(vd x) { return _mm512_castpd_si512(x); }
INLINE vd f64_from_bits(vl x) { return _mm512_castsi512_pd(x); }
INLINE vl i64_set(int64_t c) { return _mm512_set1_epi64(c); }
INLINE vl i64_add(vl a, vl b) { return _mm512_add_epi64(a, b); }
INLINE vl i64_sub(vl a, vl b) { return _mm512_sub_epi64(a, b); }
INLINE vl i64_and(vl a, vl b) { return _mm512_and_si512(a, b); }
INLINE vl i64_or(vl a, vl b) { return _mm512_or_si512(a, b); }
INLINE vl i64_shift_left(vl x, int count) { return _mm512_slli_epi64(x, (unsigned)count); }
INLINE vl i64_shift_right(vl x, int count) { return _mm512_srli_epi64(x, (unsigned)count); }
INLINE vd f64_or_sign(vd r, vd x) {
    return f64_from_bits(_mm512_ternarylogic_epi64(f64_bits(r), f64_bits(x), i64_set(INT64_MIN), 0xF8));
}
INLINE vd f64_nearer(vd c, vd x) { return _mm512_range_pd(x, c, 2); }
INLINE vd f64_xor_sign(vd r, vd x) {
    return f64_from_bits(_mm512_ternarylogic_epi64(f64_bits(r), f64_bits(x), i64_set(INT64_MIN), 0x78));
}
INLINE md f64_sign_set(vd x) { return _mm512_movepi64_mask(f64_bits(x)); }
INLINE md f64_lt(vd a, vd b) { return _mm512_cmp_pd_mask(a, b, _CMP_LT_OQ); }
INLINE md f64_eq(vd a, vd b) { return _mm512_cmp_pd_mask(a, b, _CMP_EQ_OQ); }
INLINE md f64_not_le(vd a, vd b) { return _mm512_cmp_pd_mask(a, b, _CMP_NLE_UQ); }
INLINE md f64_not_ge(vd a, vd b) { return _mm512_cmp_pd_mask(a, b, _CMP_NGE_UQ); }
INLINE md f64_unordered(vd a, vd b) { return _mm512_cmp_pd_mask(a, b, _CMP_UNORD_Q); }
INLINE vd f64_select(md m, vd a, vd b) { return _mm512_mask_blend_pd(m, b, a); }
INLINE md f64_mask_and(md a, md b) { return (md)(a & b); }
INLINE md f64_mask_or(md a, md b) { return (md)(a | b); }
INLINE int f64_mask_any(md m) { return m != 0; }
INLINE vd f64_even(vd a, vd b) {
    const __m512i from = _mm512_setr_epi64(0, 2, 4, 6, 8, 10, 12, 14);
    return _mm512_permutex2var_pd(a, from, b);
}
INLINE vd f64_odd(vd a, vd b) {
    const __m512i from = _mm512_setr_epi64(1, 3, 5, 7, 9, 11, 13, 15);
    return _mm512_permutex2var_pd(a, from, b);
}
INLINE vd f64_interleave_low(vd a, vd b) {
    const __m512i from = _mm512_setr_epi64(0, 8, 1, 9, 2, 10, 3, 11);
    return _mm512_permutex2var_pd(a, from, b);
}
INLINE vd f64_interleave_high(vd a, vd b) {
    const __m512i from = _mm512_setr_epi64(4, 12, 5, 13, 6, 14, 7, 15);
    return _mm512_permutex2var_pd(a, from, b);
}
INLINE vd f64_sqrt(vd x) { return _mm512_sqrt_pd(x); }
/* As f32_sqrt_estimated. The root's rest times half its inverse is known to 2^-26 of itself: where that leaves the nearest double open, once
 * in a million vectors, the instruction decides. */
INLINE vd f64_sqrt_estimated(vd x) {
    const vd half = f64_set(0.5);
    const md usual = _mm512_cmplt_epu64_mask(i64_sub(f64_bits(x), f64_bits(f64_set(0x1p-900))), i64_set((int64_t)1800 << 52));
    const vd estimate = _mm512_maskz_rsqrt14_pd(usual, x), h = half * estimate, g = x * estimate, left = f64_fnma(g, h, half);
    const vd inverse = f64_fma(h, left, h), nearer = f64_fma(g, left, g), root = f64_fma(nearer, f64_fnma(nearer, inverse, half), nearer);
    const vd rest = f64_fnma(root, root, x), y = f64_fma(rest, inverse * f64_set(1 + 0x1p-24), root);
    const md open = _mm512_cmp_pd_mask(y, f64_fma(rest, inverse * f64_set(1 - 0x1p-24), root), _CMP_NEQ_UQ);
    if (UNLIKELY(open | _mm512_mask_test_epi64_mask((md)~usual, f64_bits(x), f64_bits(x)))) return _mm512_sqrt_pd(x);
    return y;
}
INLINE double f64_reduce_add(vd x) { return _mm512_reduce_add_pd(x); }
INLINE double f64_reduce_max(vd x) { return _mm512_reduce_max_pd(x); }

/* ---- between the two ---- */
INLINE vd f64_from_f32_low(vf x) { return _mm512_cvtps_pd(_mm512_castps512_ps256(x)); }
INLINE vd f64_from_f32_high(vf x) { return _mm512_cvtps_pd(_mm512_extractf32x8_ps(x, 1)); }
INLINE vd f64_load_f32(const float *p) { return _mm512_cvtps_pd(_mm256_loadu_ps(p)); }
INLINE vd f64_load_f32_part(const float *p, size_t count) {
    return _mm512_cvtps_pd(_mm256_maskz_loadu_ps(f64_first_lanes(count), p));
}
INLINE void f64_store_f32(float *p, vd x) { _mm256_storeu_ps(p, _mm512_cvtpd_ps(x)); }
INLINE void f64_store_f32_part(float *p, vd x, size_t count) { _mm256_mask_storeu_ps(p, f64_first_lanes(count), _mm512_cvtpd_ps(x)); }
/* 16-bit formats: exact one way, rounded to nearest even the other */
INLINE vf f32_load_f16(const uint16_t *p) { return _mm512_cvtph_ps(_mm256_loadu_si256((const __m256i *)p)); }
INLINE void f32_store_f16(uint16_t *p, vf x) {
    _mm256_storeu_si256((__m256i *)p, _mm512_cvtps_ph(x, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC));
}
INLINE vf f32_load_bf16(const uint16_t *p) {
    return f32_from_bits(_mm512_slli_epi32(_mm512_cvtepu16_epi32(_mm256_loadu_si256((const __m256i *)p)), 16));
}
INLINE void f32_store_bf16(uint16_t *p, vf x) {
    const vi odd = _mm512_and_si512(_mm512_srli_epi32(f32_bits(x), 16), i32_set(1));
    const vi rounded = _mm512_add_epi32(f32_bits(x), _mm512_add_epi32(odd, i32_set(0x7FFF)));
    _mm256_storeu_si256((__m256i *)p, _mm512_cvtepi32_epi16(_mm512_srli_epi32(rounded, 16)));
}
/* 16-bit numbers as they stand: the bits in `keep`, of a NaN, which lies above `infinity`, those of `nan` */
enum { H16_LANES = 32 };
INLINE void h16_keep(const uint16_t *p, uint16_t *out, uint16_t keep, uint16_t infinity, uint16_t nan) {
    const __m512i x = _mm512_loadu_si512(p), size = _mm512_and_si512(x, _mm512_set1_epi16(0x7FFF));
    const __mmask32 is_nan = _mm512_cmpgt_epu16_mask(size, _mm512_set1_epi16((short)infinity));
    const __m512i kept = _mm512_and_si512(x, _mm512_set1_epi16((short)keep));
    _mm512_storeu_si512(out, _mm512_mask_blend_epi16(is_nan, kept, _mm512_set1_epi16((short)nan)));
}
INLINE vf f32_from_f64(vd low, vd high) {
    return _mm512_insertf32x8(_mm512_castps256_ps512(_mm512_cvtpd_ps(low)), _mm512_cvtpd_ps(high), 1);
}
#endif
