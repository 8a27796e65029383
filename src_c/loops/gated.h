/* Gated kernels: y = act(gate) value; backward: dgate = grad value act'(gate), dvalue = grad act(gate). One pass over memory.
 *
 *   GATED_KERNELS(glu, 0)      both passes with no parameter, from
 *       void glu_forward_f32(const vf *x, vf *y, const vf *p, mf *outside)    x = {gate, value}
 *       void glu_backward_f32(...)                                            x = {grad, gate, value}, y = {dgate, dvalue}
 *       void glu_forward_f64(const vd *x, vd *y, const vd *p), glu_backward_f64, which also answer what float lanes leave
 *   GATED_LIGHT_KERNELS(reglu) both passes from  vf reglu_value_f32(vf gate, vf value), void reglu_backward_f32(const vf *x, vf *y)
 *       and the same in double lanes
 *
 * Float lanes leave gates outside the tables and every NaN: an infinite or missing input, or a product of two factors that went to
 * infinity before the third one could bring it back. They are collected over a span and run densely in double lanes; when most of a
 * group is left it is run in place. Where they stand no output is written before that: any output may be any input. A result depends on
 * its own element only, so neither route changes a bit. */
#ifndef FASTACT_LOOPS_GATED_H
#define FASTACT_LOOPS_GATED_H
#include "tailed.h"

enum { GATED_INPUTS = 3, GATED_OUTPUTS = 2 };

typedef void f32_gated_main(const vf *x, vf *y, const vf *p, mf *outside);
typedef void f64_gated_main(const vd *x, vd *y, const vd *p);

/* through double lanes, rounded once */
INLINE void f32_gated_wide(const vf *x, int inputs, vf *y, int outputs, const vf *p, int parameters, f64_gated_main *wide) {
    vd low[GATED_INPUTS], high[GATED_INPUTS], parameter[MAX_PARAMETERS], y_low[GATED_OUTPUTS], y_high[GATED_OUTPUTS];
    for (int k = 0; k < parameters; ++k) parameter[k] = f64_from_f32_low(p[k]);
    for (int k = 0; k < inputs; ++k) low[k] = f64_from_f32_low(x[k]), high[k] = f64_from_f32_high(x[k]);
    wide(low, y_low, parameter);
    wide(high, y_high, parameter);
    for (int k = 0; k < outputs; ++k) y[k] = f32_canonical(f32_from_f64(y_low[k], y_high[k]));
}

INLINE mf f32_gated_narrow(const vf *x, vf *y, int outputs, const vf *p, f32_gated_main *narrow) {
    mf outside;
    narrow(x, y, p, &outside);
    return f32_mask_or(outside, f32_unordered(y[0], y[outputs - 1]));
}

INLINE void f32_gated_run_far(const f32_far *far, const float *const *in, int inputs, float *const *out, int outputs, const vf *p,
                              int parameters, size_t start, f64_gated_main *wide) {
    float packed[GATED_INPUTS][TAIL_LIST + F32_LANES], results[GATED_OUTPUTS][TAIL_LIST + F32_LANES];
    for (int k = 0; k < inputs; ++k) {
        for (size_t j = 0; j < far->count; ++j) packed[k][j] = in[k][start + (size_t)far->at[j]];
        f32_store(packed[k] + far->count, f32_set(0)); /* the last vector may run past what was collected */
    }
    for (size_t j = 0; j < far->count; j += F32_LANES) {
        vf x[GATED_INPUTS], y[GATED_OUTPUTS];
        for (int k = 0; k < inputs; ++k) x[k] = f32_load(packed[k] + j);
        f32_gated_wide(x, inputs, y, outputs, p, parameters, wide);
        for (int k = 0; k < outputs; ++k) f32_store(results[k] + j, y[k]);
    }
    for (int k = 0; k < outputs; ++k)
        for (size_t j = 0; j < far->count; ++j) out[k][start + (size_t)far->at[j]] = results[k][j];
}

INLINE size_t f32_gated_groups(size_t i, size_t n, const float *const *in, int inputs, float *const *out, int outputs, const vf *p,
                               int parameters, f32_gated_main *narrow, f64_gated_main *wide) {
    f32_far far;
    while (i + TAIL_GROUP <= n) {
        const size_t start = i, groups = (n - i) / TAIL_GROUP;
        const size_t end = i + (groups < TAIL_SPAN / TAIL_GROUP ? groups : TAIL_SPAN / TAIL_GROUP) * TAIL_GROUP;
        far.count = 0;
        for (; i < end && far.count <= TAIL_LIST - TAIL_GROUP; i += TAIL_GROUP) {
            vf x[4][GATED_INPUTS], y[4][GATED_OUTPUTS];
            mf m[4];
            for (int v = 0; v < 4; ++v) {
                for (int k = 0; k < inputs; ++k) x[v][k] = f32_load(in[k] + i + v * F32_LANES);
                m[v] = f32_gated_narrow(x[v], y[v], outputs, p, narrow);
            }
            if (UNLIKELY(f32_mask_any(f32_mask_or(f32_mask_or(m[0], m[1]), f32_mask_or(m[2], m[3]))))) {
                const uint64_t bits = f32_group_bits(m);
                if (COUNT_BITS(bits) > TAIL_GROUP * 3 / 8) {
                    for (int v = 0; v < 4; ++v) {
                        vf again[GATED_INPUTS], z[GATED_OUTPUTS];
                        for (int k = 0; k < inputs; ++k) again[k] = f32_load(in[k] + i + v * F32_LANES);
                        f32_gated_wide(again, inputs, z, outputs, p, parameters, wide);
                        for (int k = 0; k < outputs; ++k) y[v][k] = f32_select(m[v], z[k], y[v][k]);
                    }
                } else {
                    f32_collect(&far, bits, i - start);
                    for (int v = 0; v < 4; ++v)
                        for (int k = 0; k < outputs; ++k) f32_store_but(out[k] + i + v * F32_LANES, m[v], y[v][k]);
                    continue;
                }
            }
            for (int v = 0; v < 4; ++v)
                for (int k = 0; k < outputs; ++k) f32_store(out[k] + i + v * F32_LANES, y[v][k]);
        }
        if (far.count) f32_gated_run_far(&far, in, inputs, out, outputs, p, parameters, start, wide);
    }
    return i;
}
INLINE void f32_gated(size_t n, const float *const *in, int inputs, float *const *out, int outputs, const vf *p, int parameters,
                      f32_gated_main *narrow, f64_gated_main *wide) {
    size_t i = 0, until = f32_tailed_head(out[0], n);
    for (;;) { /* the head, the groups, and what they leave */
        while (i < until) {
            const size_t left = until - i < F32_LANES ? until - i : F32_LANES;
            vf x[GATED_INPUTS], y[GATED_OUTPUTS], z[GATED_OUTPUTS];
            for (int k = 0; k < inputs; ++k) x[k] = f32_load_part(in[k] + i, left);
            const mf m = f32_gated_narrow(x, y, outputs, p, narrow);
            if (UNLIKELY(f32_mask_any(m))) {
                f32_gated_wide(x, inputs, z, outputs, p, parameters, wide);
                for (int k = 0; k < outputs; ++k) y[k] = f32_select(m, z[k], y[k]);
            }
            for (int k = 0; k < outputs; ++k) f32_store_part(out[k] + i, y[k], left);
            i += left;
        }
        if (until == n) return;
        i = f32_gated_groups(i, n, in, inputs, out, outputs, p, parameters, narrow, wide);
        until = n;
    }
}

/* functions that are a product or two: nothing is left to double lanes. Stores that straddle cache lines would cost twice: those to the
 * first output are aligned, the second has a writer (simd_avx512.h): 0.17 ns a float wherever the outputs lie, not 0.30. */
#define GATED_LIGHT_LOOP(type, T, V, LANES)                                                                            \
    typedef void type##_gated_light_function(const V *x, V *y);                                                        \
    INLINE void type##_gated_light_at(const T *const *in, size_t i, V *y, type##_gated_light_function *f) {            \
        V x[GATED_INPUTS];                                                                                             \
        for (int k = 0; k < GATED_INPUTS; ++k) x[k] = type##_load(in[k] + i);                                          \
        f(x, y);                                                                                                       \
        for (int k = 0; k < GATED_OUTPUTS; ++k) y[k] = type##_canonical(y[k]);                                         \
    }                                                                                                                  \
    INLINE void type##_gated_light_part(size_t i, size_t count, const T *const *in, T *const *out, type##_gated_light_function *f) { \
        V x[GATED_INPUTS], y[GATED_OUTPUTS];                                                                           \
        for (int k = 0; k < GATED_INPUTS; ++k) x[k] = type##_load_part(in[k] + i, count);                              \
        f(x, y);                                                                                                       \
        for (int k = 0; k < GATED_OUTPUTS; ++k) type##_store_part(out[k] + i, type##_canonical(y[k]), count);          \
    }                                                                                                                  \
    INLINE void type##_gated_light(size_t n, const T *const *in, T *const *out, type##_gated_light_function *f) {      \
        V y[GATED_OUTPUTS];                                                                                            \
        size_t i = 0;                                                                                                  \
        if (n >= ALIGN_FROM) {                                                                                         \
            const size_t head = ((size_t)(-(intptr_t)out[0] & 63) + 64) / sizeof(T); /* a line more, for the writer to look back at */ \
            for (; i < head; i += LANES) type##_gated_light_part(i, head - i < LANES ? head - i : LANES, in, out, f);  \
            i = head;                                                                                                  \
            type##_writer second = type##_writer_at(out[1] + i);                                                       \
            for (; i + LANES <= n; i += LANES) {                                                                       \
                type##_gated_light_at(in, i, y, f);                                                                    \
                type##_store(out[0] + i, y[0]);                                                                        \
                type##_write(&second, y[1]);                                                                           \
            }                                                                                                          \
            type##_write_rest(&second);                                                                                \
        }                                                                                                              \
        for (; i + LANES <= n; i += LANES) {                                                                           \
            type##_gated_light_at(in, i, y, f);                                                                        \
            for (int k = 0; k < GATED_OUTPUTS; ++k) type##_store(out[k] + i, y[k]);                                    \
        }                                                                                                              \
        if (i < n) type##_gated_light_part(i, n - i, in, out, f);                                                      \
    }
GATED_LIGHT_LOOP(f32, float, vf, F32_LANES)
GATED_LIGHT_LOOP(f64, double, vd, F64_LANES)

/* four vectors side by side by a shorter way that gives NaN where it does not serve; `wide` then decides */
INLINE void f64_gated_at(size_t i, const double *const *in, int inputs, vd *y, const vd *p, f64_gated_main *f) {
    vd x[GATED_INPUTS];
    for (int k = 0; k < inputs; ++k) x[k] = f64_load(in[k] + i);
    f(x, y, p);
}
INLINE size_t f64_gated_quick(size_t n, const double *const *in, int inputs, double *const *out, int outputs, const vd *p,
                              f64_gated_main *quick, f64_gated_main *wide) {
    size_t i = 0;
    for (; i + 4 * F64_LANES <= n; i += 4 * F64_LANES) {
        vd y[4][GATED_OUTPUTS], odd = f64_set(0);
        f64_gated_at(i, in, inputs, y[0], p, quick);
        f64_gated_at(i + F64_LANES, in, inputs, y[1], p, quick);
        f64_gated_at(i + 2 * F64_LANES, in, inputs, y[2], p, quick);
        f64_gated_at(i + 3 * F64_LANES, in, inputs, y[3], p, quick);
        for (int v = 0; v < 4; ++v)
            for (int k = 0; k < outputs; ++k) odd = f64_fma(f64_set(0), y[v][k], odd); /* NaN of an infinity too */
        if (UNLIKELY(f64_mask_any(f64_unordered(odd, odd)))) {
            for (size_t at = i; at < i + 4 * F64_LANES; at += F64_LANES) {
                vd again[GATED_OUTPUTS];
                f64_gated_at(at, in, inputs, again, p, wide);
                for (int k = 0; k < outputs; ++k) f64_store(out[k] + at, f64_canonical(again[k]));
            }
            continue;
        }
        for (int v = 0; v < 4; ++v)
            for (int k = 0; k < outputs; ++k) f64_store(out[k] + i + v * F64_LANES, y[v][k]);
    }
    return i;
}
INLINE void f64_gated(size_t n, const double *const *in, int inputs, double *const *out, int outputs, const vd *p, f64_gated_main *quick,
                      f64_gated_main *wide) {
    for (size_t i = f64_gated_quick(n, in, inputs, out, outputs, p, quick, wide); i < n; i += F64_LANES) {
        const size_t rest = n - i < F64_LANES ? n - i : F64_LANES;
        vd x[GATED_INPUTS], y[GATED_OUTPUTS];
        if (LIKELY(rest == F64_LANES)) {
            for (int k = 0; k < inputs; ++k) x[k] = f64_load(in[k] + i);
            wide(x, y, p);
            for (int k = 0; k < outputs; ++k) f64_store(out[k] + i, f64_canonical(y[k]));
        } else {
            for (int k = 0; k < inputs; ++k) x[k] = f64_load_part(in[k] + i, rest);
            wide(x, y, p);
            for (int k = 0; k < outputs; ++k) f64_store_part(out[k] + i, f64_canonical(y[k]), rest);
        }
    }
}

#define GATED_KERNEL(name, pass, type) \
    static void gated_##name##_##pass##_##type(size_t n, const void *const *in, void *const *out, const void *parameters)
#define GATED_PARAMETERS(type, T, V, count)                                                                  \
    V p[MAX_PARAMETERS];                                                                                     \
    for (int k = 0; k < (count); ++k) p[k] = type##_set(((const T *)parameters)[k]);                         \
    UNUSED(parameters);

/* in and out as pointers to T, copied because their types differ */
#define GATED_POINTERS(T, inputs, outputs)                                                                   \
    const T *from[GATED_INPUTS];                                                                             \
    T *to[GATED_OUTPUTS];                                                                                    \
    for (int k = 0; k < (inputs); ++k) from[k] = in[k];                                                      \
    for (int k = 0; k < (outputs); ++k) to[k] = out[k];

#define GATED_RUN_F32(narrow, wide, inputs, outputs, count) f32_gated(n, from, inputs, to, outputs, p, count, narrow##_f32, wide##_f64)
#define GATED_PASS_F64(name, pass, inputs, outputs, count)                                                   \
    GATED_KERNEL(name, pass, f64) {                                                                          \
        GATED_POINTERS(double, inputs, outputs)                                                              \
        GATED_PARAMETERS(f64, double, vd, count)                                                             \
        f64_gated(n, from, inputs, to, outputs, p, name##_##pass##_quick_f64, name##_##pass##_f64);          \
    }
#define GATED_PASS(name, pass, inputs, outputs, count)                                                       \
    GATED_KERNEL(name, pass, f32) {                                                                          \
        GATED_POINTERS(float, inputs, outputs)                                                               \
        GATED_PARAMETERS(f32, float, vf, count)                                                              \
        GATED_RUN_F32(name##_##pass, name##_##pass, inputs, outputs, count);                                 \
    }                                                                                                        \
    GATED_PASS_F64(name, pass, inputs, outputs, count)
/* the same with float lanes of its own, name_default_pass, for the usual value of its parameter */
#define GATED_DEFAULT_PASS(name, pass, inputs, outputs, usual)                                               \
    GATED_KERNEL(name, pass, f32) {                                                                          \
        GATED_POINTERS(float, inputs, outputs)                                                               \
        GATED_PARAMETERS(f32, float, vf, 1)                                                                  \
        if (LIKELY(*(const float *)parameters == usual))                                                     \
            GATED_RUN_F32(name##_default_##pass, name##_##pass, inputs, outputs, 1);                         \
        else                                                                                                 \
            GATED_RUN_F32(name##_##pass, name##_##pass, inputs, outputs, 1);                                 \
    }                                                                                                        \
    GATED_PASS_F64(name, pass, inputs, outputs, 1)
#define GATED_LIGHT_PASSES(name, type, T, V)                                                                 \
    ADAPT_BINARY(type, V, name##_value)                                                                      \
    GATED_KERNEL(name, forward, type) {                                                                      \
        UNUSED(parameters);                                                                                  \
        type##_map(n, in[0], in[1], out[0], NULL, name##_value_##type##_adapted);                            \
    }                                                                                                        \
    GATED_KERNEL(name, backward, type) {                                                                     \
        GATED_POINTERS(T, 3, 2)                                                                              \
        UNUSED(parameters);                                                                                  \
        type##_gated_light(n, from, to, name##_backward_##type);                                             \
    }
#define GATED_LIGHT_KERNELS(name) GATED_LIGHT_PASSES(name, f32, float, vf) GATED_LIGHT_PASSES(name, f64, double, vd)
#define GATED_KERNELS(name, count)         \
    GATED_PASS(name, forward, 2, 1, count) \
    GATED_PASS(name, backward, 3, 2, count)

/* a b s: the product of a and b keeps what its rounding lost. When it goes to infinity the result is NaN, which is answered again in
 * double lanes. */
INLINE vf f32_gated_product(vf a, vf b, f32_pair s) {
    const vf p = a * b, low = f32_fms(a, b, p);
    return f32_fma(p, s.high, f32_fma(p, s.low, low * s.high));
}

/* x = mantissa 2^exponent, the mantissa's size in [1, 2); for finite x other than 0 */
INLINE vd f64_gated_split(vd x, vd *exponent) {
    const md small = f64_lt(f64_abs(x), f64_set(0x1p-1022));
    const vl bits = f64_bits(f64_select(small, x * f64_set(0x1p54), x));
    const vl field = i64_and(i64_shift_right(bits, 52), i64_set(0x7FF));
    const vd biased = f64_from_bits(i64_or(field, f64_bits(f64_set(0x1p52)))) - f64_set(0x1p52);
    *exponent = biased - f64_select(small, f64_set(1023 + 54), f64_set(1023));
    return f64_from_bits(i64_or(i64_and(bits, i64_set((int64_t)0x800FFFFFFFFFFFFF)), f64_bits(f64_set(1))));
}
/* a (b + b_low) s where a product of two may leave the range: exponents are taken off and added up. Zeros, infinities and NaN go by
 * the signs of the others. */
NOINLINE vd f64_gated_product_split(vd a, vd b, vd b_low, f64_pair s, vd scale) {
    const vd zero = f64_set(0), infinity = f64_set(INFINITY);
    vd ea, eb, es, e_scale;
    const vd ma = f64_gated_split(a, &ea), mb = f64_gated_split(b, &eb), ms = f64_gated_split(s.high, &es);
    f64_gated_split(scale, &e_scale);
    const vd b_scale = f64_two_to(f64_max(f64_set(-1000), f64_min(f64_set(1000), zero - eb)));
    const vd b_rest = f64_select(f64_lt(eb, f64_set(60)), b_low * b_scale, zero);
    const vd s_rest = s.low * f64_two_to(zero - es);
    f64_pair p = f64_product(ma, mb);
    p.low = f64_fma(ma, b_rest, p.low);
    const vd y = f64_fma(p.high, ms, f64_fma(p.high, s_rest, p.low * ms));
    const vd e = f64_max(f64_set(-2000), f64_min(f64_set(2000), (ea + eb) + (es + (e_scale + e_scale))));
    const vd first = f64_max(f64_set(-1000), f64_min(f64_set(1000), e));
    const vd product = (y * f64_two_to(first)) * f64_two_to(e - first);
    const vd sign = f64_select(f64_lt(zero, f64_abs(s.high)), f64_or_sign(f64_set(1), s.high), s.high);
    const md a_counts = f64_mask_and(f64_lt(zero, f64_abs(a)), f64_lt(f64_abs(a), infinity));
    const md b_counts = f64_mask_and(f64_lt(zero, f64_abs(b)), f64_lt(f64_abs(b), infinity));
    const md all_count = f64_mask_and(f64_mask_and(a_counts, b_counts), f64_lt(zero, f64_abs(s.high)));
    return f64_select(all_count, product, (a * b) * sign);
}
INLINE vd f64_gated_product(vd a, vd b, vd b_low, f64_scaled_pair s) {
    f64_pair p = f64_product(a, b);
    p.low = f64_fma(a, b_low, p.low);
    const vd y = f64_fma(p.high, s.pair.high, f64_fma(p.high, s.pair.low, p.low * s.pair.high));
    const vd size = f64_abs(p.high), least = f64_min(f64_abs(y), size), low = f64_set(0x1p-900);
    md risky = f64_mask_or(f64_not_le(low, least), f64_not_le(size, f64_set(0x1p1000)));
    risky = f64_mask_or(risky, f64_lt(s.scale, f64_set(1)));
    return UNLIKELY(f64_mask_any(risky)) ? f64_select(risky, f64_gated_product_split(a, b, b_low, s.pair, s.scale), y) : y;
}
/* the same number where no factor has a scale and nothing is close to the ends of the range, else NaN */
INLINE vd f64_gated_usual(vd a, vd b, vd b_low, f64_pair s) {
    f64_pair p = f64_product(a, b);
    p.low = f64_fma(a, b_low, p.low);
    const vd y = f64_fma(p.high, s.high, f64_fma(p.high, s.low, p.low * s.high)), size = f64_abs(p.high);
    const md risky = f64_mask_or(f64_not_le(f64_set(0x1p-900), f64_min(f64_abs(y), size)), f64_not_le(size, f64_set(0x1p1000)));
    return f64_select(risky, f64_set(NAN), y);
}
INLINE f64_scaled_pair f64_gated_zero_where(md m, f64_scaled_pair s) {
    s.pair = f64_pair_select(m, f64_pair_of(f64_or_sign(f64_set(0), s.pair.high), f64_set(0)), s.pair);
    return s;
}
/* v for f64_gated_far: below, no product of finite numbers with m e^v is more than 0 */
INLINE f64_pair f64_gated_bounded(f64_pair v) {
    const vd high = f64_max(f64_set(-2180), v.high);
    return f64_pair_of(high, f64_select(f64_eq(high, v.high), v.low, f64_set(0)));
}
/* m e^v, v in [-2180, -1500], which a product of two numbers beyond 2^1024 may bring back: 2^-1000 of it in the pair, what is left in the
 * scale */
NOINLINE f64_scaled_pair f64_gated_far_part(f64_pair v, f64_pair m) {
    const vd magic = f64_set(EXP_F64_MAGIC);
    const f64_exponential e = f64_exp_split(v.high, v.low);
    const vd half = f64_fma(f64_set(0.5), e.n, f64_set(EXP_F64_MAGIC + 500)) - magic;
    const vd scale = f64_two_to(f64_max(f64_set(-1000), half)) * f64_two_to(f64_min(f64_set(0), half + f64_set(1000)));
    const f64_scaled_pair r = {f64_pair_scaled(f64_pair_product(e.pair, m), f64_two_to(f64_fnma(f64_set(2), half, e.n))), scale};
    return r;
}
INLINE f64_scaled_pair f64_gated_far(md far, f64_pair v, f64_pair m, f64_scaled_pair s) {
    if (LIKELY(!f64_mask_any(far))) return s;
    const f64_scaled_pair below = f64_gated_far_part(v, m);
    s.pair = f64_pair_select(far, below.pair, s.pair);
    s.scale = f64_select(far, below.scale, s.scale);
    return s;
}

/* Both passes from the activation in parts:
 *   f32_pair name_factor_f32(vf gate, const vf *p, mf *outside), name_slope_f32      act(gate) = gate factor (glu: factor), act'(gate)
 *   vf name_times_f32(vf a, vf gate, f32_pair factor), vd name_times_f64(vd a, vd gate, const vd *p)       a act(gate)
 *   f64_scaled_pair name_slope_f64(vd gate, const vd *p)
 *   vd name_times_quick_f64(vd a, vd gate, const vd *p), f64_pair name_slope_quick_f64     the same, or NaN */
#define GATED_FROM_PARTS_F32(name)                                                                           \
    INLINE void name##_forward_f32(const vf *x, vf *y, const vf *p, mf *outside) {                           \
        y[0] = name##_times_f32(x[1], x[0], name##_factor_f32(x[0], p, outside));                            \
    }                                                                                                        \
    INLINE void name##_backward_f32(const vf *x, vf *y, const vf *p, mf *outside) {                          \
        mf first, second;                                                                                    \
        y[1] = name##_times_f32(x[0], x[1], name##_factor_f32(x[1], p, &first));                             \
        y[0] = f32_gated_product(x[0], x[2], name##_slope_f32(x[1], p, &second));                            \
        *outside = f32_mask_or(first, second);                                                               \
    }
#define GATED_FROM_PARTS_F64(name)                                                                           \
    INLINE void name##_forward_f64(const vd *x, vd *y, const vd *p) { y[0] = name##_times_f64(x[1], x[0], p); } \
    INLINE void name##_backward_f64(const vd *x, vd *y, const vd *p) {                                       \
        y[1] = name##_times_f64(x[0], x[1], p);                                                              \
        y[0] = f64_gated_product(x[0], x[2], f64_set(0), name##_slope_f64(x[1], p));                         \
    }                                                                                                        \
    INLINE void name##_forward_quick_f64(const vd *x, vd *y, const vd *p) { y[0] = name##_times_quick_f64(x[1], x[0], p); } \
    INLINE void name##_backward_quick_f64(const vd *x, vd *y, const vd *p) {                                 \
        y[1] = name##_times_quick_f64(x[0], x[1], p);                                                        \
        y[0] = f64_gated_usual(x[0], x[2], f64_set(0), name##_slope_quick_f64(x[1], p));                     \
    }
/* a gate (factor): the sign of a zero is that of a gate */
INLINE vf gated_lead_times_f32(vf a, vf gate, f32_pair factor) { return f32_or_sign(f32_gated_product(a, gate, factor), a * gate); }
#endif
