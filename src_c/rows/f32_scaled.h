/* e^(s (x - m)) over rows of floats, s > 0 a scale whose products with x are not rounded first: the reduction of f32_exponentials.h by
 * ln 2 / s, 12 bits of it in the high part, and what is left, at most 0.0872 / s, times s. That adds 0.04 of 2^-24. Of a power of two
 * results are to the bit those of the products. Rows longer than SHORT run one after another. */
#ifndef FASTACT_ROWS_F32_SCALED_H
#define FASTACT_ROWS_F32_SCALED_H

typedef struct {
    vf log2, high, low, factor; /* s / ln 2, ln 2 / s in two parts, s */
    double scale;
} f32_row_scaling;

INLINE f32_row_scaling f32_row_scaling_of(double scale) {
    const double unit = 0x1.62e42fefa39efp-1 / scale;
    const float rounded = (float)unit, apart = rounded * 4097.0f, high = apart - (apart - rounded);
    const f32_row_scaling s = {f32_set((float)(0x1.71547652b82fep0 * scale)), f32_set(high), f32_set((float)(unit - (double)high)),
                             f32_set((float)scale), scale};
    return s;
}
INLINE vf f32_scaled_reduced(vf x, vf n, const f32_row_scaling *s) { return f32_fnma(n, s->low, f32_fnma(n, s->high, x)); }
INLINE f32_row_shift f32_scaled_shift_of(vf m, const f32_row_scaling *s) {
    f32_row_shift r;
    r.subtract = f32_select(f32_lt(f32_set(F32_EXACT_LIMIT), f32_abs(m * s->factor)), m, f32_set(0));
    m = m - r.subtract;
    const vf n = f32_fma(m, s->log2, f32_set(EXP_F32_MAGIC)) - f32_set(EXP_F32_MAGIC);
    r.r_m = f32_scaled_reduced(m, n, s);
    r.magic = f32_set(EXP_F32_MAGIC + 128 + 32) - n;
    r.lowest = m - f32_set((float)(110.557 / s->scale));
    return r;
}
INLINE void f32_scaled_exps(vf *x, const f32_row_shift *shift, const f32_row_scaling *s, int count, vf *lost, int losts) {
    vf sum[F32_ROW_LONG_STEP], r[F32_ROW_LONG_STEP];
    for (int k = 0; k < count; ++k) x[k] = f32_max(shift->lowest, x[k]);
    for (int k = 0; k < count; ++k) sum[k] = f32_fma(x[k], s->log2, shift->magic);
    for (int k = 0; k < count; ++k) r[k] = f32_scaled_reduced(x[k], sum[k] - shift->magic, s);
    for (int k = 0; k < count; ++k) r[k] = (r[k] - shift->r_m) * s->factor;
    f32_row_exps_reduced(x, sum, r, count, lost, losts);
}

INLINE void f32_scaled_exp_block(const float *x, float *e, size_t count, const f32_row_shift *shift, const f32_row_scaling *s,
                                 f32_lanes *lost) {
    enum { STEP = F32_ROW_LONG_STEP * F32_LANES };
    size_t i = 0;
    for (; i + STEP <= count; i += STEP) {
        vf v[F32_ROW_LONG_STEP];
        for (int k = 0; k < F32_ROW_LONG_STEP; ++k) v[k] = f32_load(x + i + k * F32_LANES) - shift->subtract;
        f32_scaled_exps(v, shift, s, F32_ROW_LONG_STEP, lost->lane + i / F32_LANES % F32_VECTORS, F32_VECTORS);
        for (int k = 0; k < F32_ROW_LONG_STEP; ++k) f32_store(e + i + k * F32_LANES, v[k]);
    }
    for (; i < count; i += F32_LANES) {
        const size_t left = lanes_left(count, i, F32_LANES);
        vf v = f32_load_part_or(x + i, left, f32_set(-INFINITY)) - shift->subtract;
        f32_scaled_exps(&v, shift, s, 1, lost->lane + i / F32_LANES % F32_VECTORS, 1);
        f32_store_part(e + i, v, left);
    }
}
/* Their sum less the largest one, as f32_row_exponentials has it; of `small` ones, those that one large element outweighs, alone. e
 * receives them when keep, else it is a block of scratch; x may be e. */
INLINE double_pair f32_scaled_exponentials(const float *x, float *e, int keep, int small, size_t columns, float m,
                                           const f32_row_scaling *s) {
    const f32_row_shift shift = f32_scaled_shift_of(f32_set(m), s);
    const double less = small ? 0 : F32_ROW_ONE;
    f32_lanes lost = f32_lanes_set(0);
    f64_lanes sum = f64_lanes_set(0);
    for (size_t i = 0; i < columns; i += ROW_BLOCK) {
        const size_t count = columns - i < ROW_BLOCK ? columns - i : ROW_BLOCK;
        float *const to = keep ? e + i : e;
        f32_scaled_exp_block(x + i, to, count, &shift, s, &lost);
        if (small)
            f32_lanes_add_small(&sum, to, count);
        else
            f64_lanes_add_f32(&sum, to, count);
    }
    const double_pair rest = {(f64_lanes_sum(sum) - less) * (1 / F32_ROW_ONE), f64_lanes_sum(f64_lanes_of(lost)) * (1 / F32_ROW_ONE)};
    return rest;
}
#endif
