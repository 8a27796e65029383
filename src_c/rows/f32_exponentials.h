/* e^(x - m) over rows of floats, m the largest element: what softmax, log_softmax and cross entropy share.
 *
 * The exponent is not taken from x - m, which would be rounded. x and m are both reduced, x = n ln 2 + r and m = n_m ln 2 + r_m with
 * n, n_m whole eighths and r, r_m exact but for the last step; then e^(x - m) = 2^(n - n_m) e^(r - r_m). Of x = m this makes exactly
 * 1. Beyond EXACT_LIMIT the eighths would run out of bits, but there x - m is exact wherever the result is not 0: such rows are
 * shifted first. Results carry a factor 2^32, so that none is subnormal: what would be is 0, and stays below 2^-150 of the sum.
 *
 * abs(r - r_m) <= 0.0872; e^r - 1 = r + r^2 (1/2 + c3 r + c4 r^2 + c5 r^3), minimax, 2^-33.8; 2^(j/8) in two floats.
 * Results are rounded once, to 1.28 of 2^-24 relative; what the rounding took is added up apart, so that the sum is that of
 * values right to 0.28 of 2^-24. */
#ifndef FASTACT_ROWS_F32_EXPONENTIALS_H
#define FASTACT_ROWS_F32_EXPONENTIALS_H
#define F32_EXACT_LIMIT 1024.0f

typedef struct {
    vf subtract;          /* rows of large numbers only */
    vf lowest, magic, r_m;
} f32_row_shift;

INLINE vf f32_row_log2(vf x, vf magic) { return f32_fma(x, f32_set(0x1.715476p0f), magic); }
INLINE vf f32_row_reduced(vf x, vf n) {
    return f32_fnma(n, f32_set(0x1.0bfbe8p-15f), f32_fnma(n, f32_set(0x1.62ep-1f), x));
}

/* lane by lane */
INLINE f32_row_shift f32_row_shift_of(vf m) {
    f32_row_shift s;
    s.subtract = f32_select(f32_lt(f32_set(F32_EXACT_LIMIT), f32_abs(m)), m, f32_set(0));
    m = m - s.subtract;
    const vf n = f32_row_log2(m, f32_set(EXP_F32_MAGIC)) - f32_set(EXP_F32_MAGIC);
    s.r_m = f32_row_reduced(m, n);
    s.magic = f32_set(EXP_F32_MAGIC + 128 + 32) - n; /* puts the exponent field itself into the sum's bits */
    s.lowest = m - f32_set(110.557f);                /* the exponent field is 0 there, and so the result */
    return s;
}

/* 2^32 e^(x - m) rounded, of several vectors; the lanes of lost + what that took away. Step by step for all of them: a chain is some sixty
 * cycles long, and side by side they fit the scheduler. */
enum { F32_ROW_STEP = F32_LANES >= 16 ? 4 : F32_LANES >= 8 ? 2 : 1 };
#define EACH for (int k = 0; k < count; ++k)
INLINE void f32_row_exps(vf *x, const f32_row_shift *s, int count, vf *lost) {
    vf y[F32_ROW_STEP], sum[F32_ROW_STEP], r[F32_ROW_STEP], q[F32_ROW_STEP], low[F32_ROW_STEP], high[F32_ROW_STEP];
    EACH y[k] = f32_max(s->lowest, x[k]);
    EACH sum[k] = f32_row_log2(y[k], s->magic);
    EACH r[k] = f32_row_reduced(y[k], sum[k] - s->magic);
    EACH r[k] = r[k] - s->r_m;
    EACH q[k] = f32_fma(f32_set(0x1.11291p-7f), r[k], f32_set(0x1.556918p-5f));
    EACH q[k] = f32_fma(q[k], r[k], f32_set(0x1.555554p-3f));
    EACH q[k] = f32_fma(q[k], r[k], f32_set(0.5f));
    EACH r[k] = f32_fma(r[k] * r[k], q[k], r[k]);
    EACH high[k] = f32_lookup8(f32_exp_high, f32_bits(sum[k]));
    EACH low[k] = f32_fma(high[k], r[k], f32_lookup8(f32_exp_low, f32_bits(sum[k])));
    EACH {
        const vf scale = f32_from_bits(i32_and(i32_shift_left(f32_bits(sum[k]), 20), i32_set(0x7F800000)));
        const vf e = high[k] + low[k];
        vf *const to = lost + k % F32_VECTORS;
        *to = f32_fma(low[k] - (e - high[k]), scale, *to);
        x[k] = e * scale;
    }
}
#undef EACH
INLINE vf f32_row_exp(vf x, const f32_row_shift *s, vf *lost) {
    f32_row_exps(&x, s, 1, lost);
    return x;
}

INLINE void f32_row_exp_block(const float *x, float *e, size_t count, size_t ahead, const f32_row_shift *s, int far, f32_lanes *lost) {
    enum { STEP = F32_ROW_STEP * F32_LANES };
    size_t i = 0;
    for (; i + 4 * SUM_LANES <= count; i += 4 * SUM_LANES)
        for (size_t j = i; j < i + 4 * SUM_LANES; j += STEP) {
            for (size_t line = j; line < j + STEP; line += 16) PREFETCH(x + line + ahead);
            vf v[F32_ROW_STEP];
            for (int k = 0; k < F32_ROW_STEP; ++k) v[k] = f32_row_moved(f32_load(x + j + k * F32_LANES), s->subtract, far);
            f32_row_exps(v, s, F32_ROW_STEP, lost->lane + j / F32_LANES % F32_VECTORS);
            for (int k = 0; k < F32_ROW_STEP; ++k) f32_store(e + j + k * F32_LANES, v[k]);
        }
    for (; i < count; i += SUM_LANES)
        for (size_t v = 0; v < F32_VECTORS; ++v) {
            const size_t left = lanes_left(count - i, v * F32_LANES, F32_LANES);
            const vf at = f32_load_part_or(x + i + v * F32_LANES, left, f32_set(-INFINITY));
            f32_store_part(e + i + v * F32_LANES, f32_row_exp(f32_row_moved(at, s->subtract, far), s, &lost->lane[v]), left);
        }
}

/* e receives the exponentials when keep, else it is a block of scratch; x may be e */
INLINE double_pair f32_row_exponentials_by(const float *x, float *e, int keep, size_t columns, float m, int far) {
    const f32_row_shift shift = f32_row_shift_of(f32_set(m));
    f32_lanes lost = f32_lanes_set(0);
    f64_lanes sum = f64_lanes_set(0);
    for (size_t i = 0; i < columns; i += ROW_BLOCK) {
        const size_t count = columns - i < ROW_BLOCK ? columns - i : ROW_BLOCK;
        float *to = keep ? e + i : e;
        f32_row_exp_block(x + i, to, count, columns, &shift, far, &lost);
        f64_lanes_add_f32(&sum, to, count);
    }
    const double_pair s = {(f64_lanes_sum(sum) - F32_ROW_ONE) * (1 / F32_ROW_ONE), f64_lanes_sum(f64_lanes_of(lost)) * (1 / F32_ROW_ONE)};
    return s;
}
NOINLINE double_pair f32_row_exponentials_far(const float *x, float *e, int keep, size_t columns, float m) {
    return f32_row_exponentials_by(x, e, keep, columns, m, 1);
}
INLINE double_pair f32_row_exponentials(const float *x, float *e, int keep, size_t columns, float m) {
    if (UNLIKELY(m > F32_EXACT_LIMIT || m < -F32_EXACT_LIMIT)) return f32_row_exponentials_far(x, e, keep, columns, m);
    return f32_row_exponentials_by(x, e, keep, columns, m, 0);
}

/* where the largest element outweighs all others, their sum anew without it, so that it is relatively right */
INLINE void f32_lanes_add_small(f64_lanes *sum, const float *e, size_t count) {
    for (size_t i = 0; i < count; i += SUM_LANES)
        for (size_t v = 0; v < F64_VECTORS; ++v) {
            const vd at = f64_load_f32_part(e + i + v * F64_LANES, lanes_left(count - i, v * F64_LANES, F64_LANES));
            sum->lane[v] = sum->lane[v] + f64_select(f64_lt(at, f64_set(F32_ROW_ONE / 2)), at, f64_set(0));
        }
}
NOINLINE void f32_row_rest(const float *x, float *e, int keep, size_t columns, float m, double_pair *s) {
    const f32_row_shift shift = f32_row_shift_of(f32_set(m));
    f32_lanes lost = f32_lanes_set(0);
    f64_lanes sum = f64_lanes_set(0);
    for (size_t i = 0; i < columns; i += ROW_BLOCK) {
        const size_t count = columns - i < ROW_BLOCK ? columns - i : ROW_BLOCK;
        if (!keep) f32_row_exp_block(x + i, e, count, 0, &shift, 1, &lost);
        f32_lanes_add_small(&sum, keep ? e + i : e, count);
    }
    s->high = f64_lanes_sum(sum) * (1 / F32_ROW_ONE);
}
#endif
