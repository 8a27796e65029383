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

/* 2^32 e^(x - m) rounded, of several vectors, from the sums and what is left; the lanes of lost, one vector after the other, + what that
 * took away. Step by step for all of them: a chain is some sixty cycles long, and side by side they fit the scheduler. With 32 registers
 * twice as many take 0.111 ns a float for 0.134; rows of large numbers keep to fewer, for the code's sake. */
enum { F32_ROW_STEP = F32_LANES >= 16 ? 4 : F32_LANES >= 8 ? 2 : 1, F32_ROW_LONG_STEP = F32_LANES >= 16 ? 8 : F32_ROW_STEP };
#define EACH for (int k = 0; k < count; ++k)
INLINE void f32_row_exps_reduced(vf *x, const vf *sum, vf *r, int count, vf *lost, int losts) {
    enum { MOST = F32_ROW_LONG_STEP };
    vf q[MOST], low[MOST], high[MOST];
    EACH q[k] = f32_fma(f32_set(0x1.11291p-7f), r[k], f32_set(0x1.556918p-5f));
    EACH q[k] = f32_fma(q[k], r[k], f32_set(0x1.555554p-3f));
    EACH q[k] = f32_fma(q[k], r[k], f32_set(0.5f));
    EACH r[k] = f32_fma(r[k] * r[k], q[k], r[k]);
    EACH high[k] = f32_lookup8(f32_exp_high, f32_bits(sum[k]));
    EACH low[k] = f32_fma(high[k], r[k], f32_lookup8(f32_exp_low, f32_bits(sum[k])));
    EACH {
        const vf scale = f32_from_bits(i32_and(i32_shift_left(f32_bits(sum[k]), 20), i32_set(0x7F800000)));
        const vf e = high[k] + low[k];
        vf *const to = lost + k % losts;
        *to = f32_fma(low[k] - (e - high[k]), scale, *to);
        x[k] = e * scale;
    }
}
INLINE void f32_row_exps(vf *x, const f32_row_shift *s, int count, vf *lost, int losts) {
    vf sum[F32_ROW_LONG_STEP], r[F32_ROW_LONG_STEP];
    EACH x[k] = f32_max(s->lowest, x[k]);
    EACH sum[k] = f32_row_log2(x[k], s->magic);
    EACH r[k] = f32_row_reduced(x[k], sum[k] - s->magic);
    EACH r[k] = r[k] - s->r_m;
    f32_row_exps_reduced(x, sum, r, count, lost, losts);
}
#undef EACH
INLINE vf f32_row_exp(vf x, const f32_row_shift *s, vf *lost) {
    f32_row_exps(&x, s, 1, lost, 1);
    return x;
}

/* of count vectors; without another row's largest element to find, its lines are fetched */
INLINE void f32_row_exp_step(const float *x, float *e, int count, size_t ahead, const f32_row_shift *s, int far, vf *lost,
                             vf *largest) {
    vf v[F32_ROW_LONG_STEP];
    for (int k = 0; k < count; ++k) {
        const size_t at = k * F32_LANES;
        v[k] = f32_row_moved(f32_load(x + at), s->subtract, far);
        if (largest) *largest = f32_max(*largest, f32_load(x + ahead + at));
        else if (at % 16 == 0) PREFETCH(x + ahead + at);
    }
    f32_row_exps(v, s, count, lost, F32_VECTORS);
    for (int k = 0; k < count; ++k) f32_store(e + k * F32_LANES, v[k]);
}
INLINE void f32_row_exp_block(const float *x, float *e, size_t count, size_t ahead, const f32_row_shift *s, int far, f32_lanes *lost,
                              vf *largest) {
    enum { STEP = F32_ROW_STEP * F32_LANES, LONG = F32_ROW_LONG_STEP * F32_LANES };
    size_t i = 0;
    for (; LONG > STEP && !far && i + LONG <= count; i += LONG)
        f32_row_exp_step(x + i, e + i, F32_ROW_LONG_STEP, ahead, s, far, lost->lane, largest);
    for (; i + STEP <= count; i += STEP)
        f32_row_exp_step(x + i, e + i, F32_ROW_STEP, ahead, s, far, lost->lane + i / F32_LANES % F32_VECTORS, largest);
    for (; i < count; i += SUM_LANES)
        for (size_t v = 0; v < F32_VECTORS; ++v) {
            const size_t at = i + v * F32_LANES, left = lanes_left(count - i, v * F32_LANES, F32_LANES);
            const vf part = f32_load_part_or(x + at, left, f32_set(-INFINITY));
            if (largest) *largest = f32_max(*largest, f32_load_part_or(x + ahead + at, left, f32_set(-INFINITY)));
            f32_store_part(e + at, f32_row_exp(f32_row_moved(part, s->subtract, far), s, &lost->lane[v]), left);
        }
}

/* the exponentials of a block added up, and beside them the last step of as many elements of an earlier row */
INLINE void f32_row_add_block(f64_lanes *sum, const float *e, size_t count, f32_row_beside *beside, f32_row_last *last) {
    enum { STEP = 4 * SUM_LANES };
    size_t i = 0;
    for (; beside && i + STEP <= count && beside->left >= STEP; i += STEP) {
        f64_lanes_add_f32(sum, e + i, STEP);
        f32_row_finish_next(beside, STEP, last);
    }
    f64_lanes_add_f32(sum, e + i, count - i);
}

/* e receives the exponentials when keep, else it is a block of scratch; x may be e */
INLINE double_pair f32_row_exponentials_by(const float *x, float *e, int keep, size_t columns, float m, int far, f32_row_beside *beside,
                                           f32_row_last *last) {
    const f32_row_shift shift = f32_row_shift_of(f32_set(m));
    f32_lanes lost = f32_lanes_set(0);
    f64_lanes sum = f64_lanes_set(0);
    vf largest = f32_set(-INFINITY);
    if (beside) f32_row_finish_head(beside, last);
    for (size_t i = 0; i < columns; i += ROW_BLOCK) {
        const size_t count = columns - i < ROW_BLOCK ? columns - i : ROW_BLOCK;
        float *const to = keep ? e + i : e;
        f32_row_exp_block(x + i, to, count, beside ? beside->ahead : columns, &shift, far, &lost, beside ? &largest : NULL);
        f32_row_add_block(&sum, to, count, beside, last);
    }
    if (beside) beside->largest = largest;
    if (beside) f32_row_finish_next(beside, beside->left, last);
    const double_pair s = {(f64_lanes_sum(sum) - F32_ROW_ONE) * (1 / F32_ROW_ONE), f64_lanes_sum(f64_lanes_of(lost)) * (1 / F32_ROW_ONE)};
    return s;
}
NOINLINE double_pair f32_row_exponentials_far(const float *x, float *e, int keep, size_t columns, float m) {
    return f32_row_exponentials_by(x, e, keep, columns, m, 1, NULL, NULL);
}
INLINE int f32_row_is_far(float m) { return m > F32_EXACT_LIMIT || m < -F32_EXACT_LIMIT; }
INLINE double_pair f32_row_exponentials(const float *x, float *e, int keep, size_t columns, float m) {
    if (UNLIKELY(f32_row_is_far(m))) return f32_row_exponentials_far(x, e, keep, columns, m);
    return f32_row_exponentials_by(x, e, keep, columns, m, 0, NULL, NULL);
}
INLINE double_pair f32_row_exponentials_beside(const float *x, float *e, int keep, size_t columns, float m, f32_row_beside *beside,
                                               f32_row_last *last) {
    if (LIKELY(!f32_row_is_far(m))) return f32_row_exponentials_by(x, e, keep, columns, m, 0, beside, last);
    f32_row_finish_left(beside, last);
    beside->largest = f32_set(f32_row_max(x + beside->ahead, columns));
    return f32_row_exponentials_far(x, e, keep, columns, m);
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
        if (!keep) f32_row_exp_block(x + i, e, count, 0, &shift, 1, &lost, NULL);
        f32_lanes_add_small(&sum, keep ? e + i : e, count);
    }
    s->high = f64_lanes_sum(sum) * (1 / F32_ROW_ONE);
}
#endif
