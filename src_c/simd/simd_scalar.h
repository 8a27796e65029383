/* One lane in plain C99 with fma(): the reference whose bits every other wrapper must reproduce. */
#ifndef FASTACT_SIMD_SCALAR_H
#define FASTACT_SIMD_SCALAR_H
#include "compiler.h"
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define SIMD_NAME "scalar"
#define F32_LANES 1
#define F64_LANES 1
typedef float vf;
typedef int32_t vi;
typedef int mf;
typedef double vd;
typedef int64_t vl;
typedef int md;

/* ---- float lanes ---- */
INLINE vf f32_set(float c) { return c; }
INLINE vf f32_load(const float *p) { return *p; }
INLINE void f32_store(float *p, vf v) { *p = v; }
enum { STORES_AROUND = 0 }; /* whether `stream` does */
INLINE void f32_stream(float *p, vf v) { *p = v; }
#include "as_float.h"
#include "reader.h"
#include "as_none.h"
INLINE vf f32_load_part(const float *p, size_t count) { return count ? *p : 0; }
INLINE vf f32_load_part_or(const float *p, size_t count, vf other) { return count ? *p : other; }
INLINE void f32_store_part(float *p, vf v, size_t count) { if (count) *p = v; }
/* Where the machine has fma, GCC makes -fma(a, b, c) fma(-a, b, -c), whose zero has another sign: what an fma gave is hidden from it. */
INLINE vf simd_hidden(vf x) { IN_REGISTER(x); return x; }
INLINE vd simd_hidden64(vd x) { IN_REGISTER(x); return x; }
INLINE vf f32_fma(vf a, vf b, vf c) { return simd_hidden(fmaf(a, b, c)); }
INLINE vf f32_fms(vf a, vf b, vf c) { return simd_hidden(fmaf(a, b, -c)); }
INLINE vf f32_fnma(vf a, vf b, vf c) { return simd_hidden(fmaf(-a, b, c)); }
INLINE vf f32_fnms(vf a, vf b, vf c) { return simd_hidden(fmaf(-a, b, -c)); }
INLINE vf f32_min(vf c, vf x) { return c < x ? c : x; }
INLINE vf f32_max(vf c, vf x) { return c > x ? c : x; }
INLINE vf f32_abs(vf x) { return fabsf(x); }
INLINE vi f32_bits(vf x) { vi r; memcpy(&r, &x, sizeof r); return r; }
INLINE vf f32_from_bits(vi x) { vf r; memcpy(&r, &x, sizeof r); return r; }
INLINE vi i32_set(int32_t c) { return c; }
INLINE vi i32_and(vi a, vi b) { return a & b; }
INLINE vi i32_add(vi a, vi b) { return (vi)((uint32_t)a + (uint32_t)b); }
INLINE vi i32_sub(vi a, vi b) { return (vi)((uint32_t)a - (uint32_t)b); }
INLINE vf f32_from_i32(vi x) { return (float)x; }
INLINE vi i32_shift_left(vi x, int count) { return (vi)((uint32_t)x << count); }
INLINE vi i32_shift_right(vi x, int count) { return (vi)((uint32_t)x >> count); }
INLINE vf f32_minus_abs(vf x) { return -fabsf(x); }
INLINE vf f32_or_sign(vf r, vf x) { return f32_from_bits(f32_bits(r) | (f32_bits(x) & INT32_MIN)); }
INLINE vf f32_nearer(vf c, vf x) { return f32_or_sign(f32_min(c, f32_abs(x)), x); }
INLINE vf f32_xor_sign(vf r, vf x) { return f32_from_bits(f32_bits(r) ^ (f32_bits(x) & INT32_MIN)); }
INLINE vf f32_xor_not_sign(vf r, vf x) { return f32_from_bits(f32_bits(r) ^ (~f32_bits(x) & INT32_MIN)); }
INLINE mf f32_sign_set(vf x) { return f32_bits(x) < 0; }
INLINE mf f32_sign_clear(vf x) { return f32_bits(x) >= 0; }
INLINE mf f32_lt(vf a, vf b) { return a < b; }
INLINE mf f32_eq(vf a, vf b) { return a == b; }
INLINE mf f32_not_le(vf a, vf b) { return !(a <= b); }
INLINE mf f32_not_ge(vf a, vf b) { return !(a >= b); }
INLINE mf f32_unordered(vf a, vf b) { return a != a || b != b; }
INLINE mf f32_bits_equal(vf a, vf b) { return f32_bits(a) == f32_bits(b); }
INLINE vf f32_select(mf m, vf a, vf b) { return m ? a : b; }
/* stores the lanes that are off; the others keep what lies there */
INLINE void f32_store_but(float *p, mf m, vf v) { if (!m) *p = v; }
INLINE mf f32_mask_and(mf a, mf b) { return a && b; }
INLINE mf f32_mask_or(mf a, mf b) { return a || b; }
INLINE mf f32_mask_and_not(mf a, mf b) { return a && !b; }
INLINE int f32_mask_any(mf m) { return m; }
INLINE unsigned f32_mask_bits(mf m) { return m != 0; }
INLINE vf f32_even(vf a, vf b) { UNUSED(b); return a; }
INLINE vf f32_odd(vf a, vf b) { UNUSED(a); return b; }
INLINE vf f32_interleave_low(vf a, vf b) { UNUSED(b); return a; }
INLINE vf f32_interleave_high(vf a, vf b) { UNUSED(a); return b; }
INLINE vf f32_sqrt(vf x) { return sqrtf(x); }
INLINE vf f32_sqrt_estimated(vf x) { return f32_sqrt(x); }
INLINE vf f32_lookup8(const float *table, vi index) { return table[index & 7]; }
INLINE vf f32_lookup16(const float *table, vi index) { return table[index & 15]; }
INLINE vd f64_lookup16(const double *table, vl index) { return table[index & 15]; }
/* 2^floor(n) as a factor: n holds the exponent, t the magic sum that has it in its bits (see math/exp_f32.h) */
INLINE vi simd_exponent(vi t) { return (vi)((uint32_t)t - (0x49C00000u - 8)) >> 3; }
INLINE vf simd_two_to(vi n) { return f32_from_bits((vi)(((uint32_t)n << 23) + 0x3F800000u)); }
INLINE vf f32_scale(vf y, vf n, vi t) {
    const vi e = simd_exponent(t), first = e < -252 ? e + 252 : 0, second = e - first < -126 ? e - first + 126 : 0;
    const vi rest = e - first - second, third = rest > 127 ? 127 : rest;
    /* rounded once: where a product before the third is subnormal, 2^-126 follows and gives 0. A NaN leaves no exponent in t. */
    return n != n ? n : y * simd_two_to(first) * simd_two_to(second) * simd_two_to(third) * simd_two_to(rest - third);
}
INLINE vf f32_power_of_two(vf n, vi t) {
    const vi e = simd_exponent(t);
    return n != n ? n : simd_two_to(e < -126 ? -126 : e);
}
INLINE float f32_reduce_max(vf x) { return x; }
/* the positions first, first + 1, ... of the lanes that are on; returns how many */
INLINE size_t i32_compress_positions(mf m, int32_t first, int32_t *p) { *p = first; return m != 0; }

/* ---- double lanes ---- */
INLINE vd f64_set(double c) { return c; }
INLINE vd f64_load(const double *p) { return *p; }
INLINE void f64_store(double *p, vd v) { *p = v; }
INLINE void f64_stream(double *p, vd v) { *p = v; }
#include "as_double.h"
#include "reader.h"
#include "as_none.h"
INLINE vd f64_load_part(const double *p, size_t count) { return count ? *p : 0; }
INLINE vd f64_load_part_or(const double *p, size_t count, vd other) { return count ? *p : other; }
INLINE void f64_store_part(double *p, vd v, size_t count) { if (count) *p = v; }
INLINE vd f64_fma(vd a, vd b, vd c) { return simd_hidden64(fma(a, b, c)); }
INLINE vd f64_fms(vd a, vd b, vd c) { return simd_hidden64(fma(a, b, -c)); }
INLINE vd f64_fnma(vd a, vd b, vd c) { return simd_hidden64(fma(-a, b, c)); }
INLINE vd f64_min(vd c, vd x) { return c < x ? c : x; }
INLINE vd f64_max(vd c, vd x) { return c > x ? c : x; }
INLINE vd f64_abs(vd x) { return fabs(x); }
INLINE vl f64_bits(vd x) { vl r; memcpy(&r, &x, sizeof r); return r; }
INLINE vd f64_from_bits(vl x) { vd r; memcpy(&r, &x, sizeof r); return r; }
INLINE vl i64_set(int64_t c) { return c; }
INLINE vl i64_add(vl a, vl b) { return (vl)((uint64_t)a + (uint64_t)b); }
INLINE vl i64_sub(vl a, vl b) { return (vl)((uint64_t)a - (uint64_t)b); }
INLINE vl i64_and(vl a, vl b) { return a & b; }
INLINE vl i64_or(vl a, vl b) { return a | b; }
INLINE vl i64_shift_left(vl x, int count) { return (vl)((uint64_t)x << count); }
INLINE vl i64_shift_right(vl x, int count) { return (vl)((uint64_t)x >> count); }
INLINE vd f64_or_sign(vd r, vd x) { return f64_from_bits(f64_bits(r) | (f64_bits(x) & INT64_MIN)); }
INLINE vd f64_nearer(vd c, vd x) { return f64_or_sign(f64_min(c, f64_abs(x)), x); }
INLINE vd f64_xor_sign(vd r, vd x) { return f64_from_bits(f64_bits(r) ^ (f64_bits(x) & INT64_MIN)); }
INLINE md f64_sign_set(vd x) { return f64_bits(x) < 0; }
INLINE md f64_lt(vd a, vd b) { return a < b; }
INLINE md f64_eq(vd a, vd b) { return a == b; }
INLINE md f64_not_le(vd a, vd b) { return !(a <= b); }
INLINE md f64_not_ge(vd a, vd b) { return !(a >= b); }
INLINE md f64_unordered(vd a, vd b) { return a != a || b != b; }
INLINE vd f64_select(md m, vd a, vd b) { return m ? a : b; }
INLINE md f64_mask_and(md a, md b) { return a && b; }
INLINE md f64_mask_or(md a, md b) { return a || b; }
INLINE int f64_mask_any(md m) { return m; }
INLINE vd f64_even(vd a, vd b) { UNUSED(b); return a; }
INLINE vd f64_odd(vd a, vd b) { UNUSED(a); return b; }
INLINE vd f64_interleave_low(vd a, vd b) { UNUSED(b); return a; }
INLINE vd f64_interleave_high(vd a, vd b) { UNUSED(a); return b; }
INLINE vd f64_sqrt(vd x) { return sqrt(x); }
INLINE vd f64_sqrt_estimated(vd x) { return f64_sqrt(x); }
INLINE double f64_reduce_add(vd x) { return x; }
INLINE double f64_reduce_max(vd x) { return x; }

/* ---- between the two: with one lane the low half is the whole ---- */
INLINE vd f64_from_f32_low(vf x) { return x; }
INLINE vd f64_from_f32_high(vf x) { return x; }
INLINE vd f64_load_f32(const float *p) { return *p; }
INLINE vd f64_load_f32_part(const float *p, size_t count) { return count ? *p : 0; }
INLINE void f64_store_f32(float *p, vd x) { *p = (float)x; }
INLINE void f64_store_f32_part(float *p, vd x, size_t count) { if (count) *p = (float)x; }
/* 16-bit formats: exact one way, rounded to nearest even the other. binary16 through its place in a float: the exponents differ by 112. */
INLINE vf f32_load_f16(const uint16_t *p) {
    const uint32_t sign = (uint32_t)(*p & 0x8000u) << 16, rest = (uint32_t)(*p & 0x7FFFu) << 13;
    const vf magnitude = rest >= 0x7C00u << 13 ? f32_from_bits((vi)(rest | 0x7F800000u)) : f32_from_bits((vi)rest) * 0x1p112f;
    return f32_from_bits(f32_bits(magnitude) | (vi)sign);
}
INLINE void f32_store_f16(uint16_t *p, vf x) {
    const uint32_t sign = (uint32_t)f32_bits(x) >> 16 & 0x8000u;
    const vf a = fabsf(x);
    uint32_t r;
    if (a != a) {
        r = 0x7E00u;
    } else if (a < 0x1p-14f) { /* the sum has the last place of the subnormals */
        r = (uint32_t)f32_bits(a + 0x1p-1f) - 0x3F000000u;
    } else if (a < 65520.0f) {
        const uint32_t b = (uint32_t)f32_bits(a);
        r = ((b + 0xFFFu + (b >> 13 & 1u)) >> 13) - (112u << 10);
    } else {
        r = 0x7C00u;
    }
    *p = (uint16_t)(sign | r);
}
INLINE vf f32_load_bf16(const uint16_t *p) { return f32_from_bits((vi)((uint32_t)*p << 16)); }
INLINE void f32_store_bf16(uint16_t *p, vf x) {
    const uint32_t b = (uint32_t)f32_bits(x);
    *p = (uint16_t)((b + 0x7FFFu + (b >> 16 & 1u)) >> 16);
}
/* 16-bit numbers as they stand: the bits in `keep`, of a NaN, which lies above `infinity`, those of `nan` */
enum { H16_LANES = 1 };
INLINE void h16_keep(const uint16_t *p, uint16_t *out, uint16_t keep, uint16_t infinity, uint16_t nan) {
    *out = (*p & 0x7FFF) > infinity ? nan : *p & keep;
}
INLINE vf f32_from_f64(vd low, vd high) { UNUSED(high); return (float)low; }
#endif
