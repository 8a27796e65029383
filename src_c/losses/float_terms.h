/* Losses of float arrays with exponentials and logarithms in float lanes: the mean without weights, its gradient, or both. Nanoseconds
 * an element at 65 536, this and double lanes, each in one run with JAX: binary_cross_entropy_with_logits 0.45 (JAX 2.42) and 1.89 (2.17),
 * with its gradient 0.74 (3.46) and 2.89 (3.13).
 *
 * name_terms gives a loss and its derivative as sums high + low of two floats. Losses are summed in 16 double lanes, what is low in 16
 * float lanes; a gradient is the derivative times the scale, rounded once. Where a lane is `outside`, double lanes have its loss and
 * derivative; where the sum of a block leaves the range of float lanes, or is no number, double lanes have that sum. */
#ifndef FASTACT_LOSSES_FLOAT_TERMS_H
#define FASTACT_LOSSES_FLOAT_TERMS_H

typedef struct {
    f32_pair value, slope;
    mf outside;
} f32_loss_terms;
typedef f32_loss_terms f32_terms(vf pred, vf target, int wants);

INLINE f32_pair f32_pair_of(vf high, vf low) {
    const f32_pair r = {high, low};
    return r;
}
/* a + b, exactly */
INLINE f32_pair f32_two_sum(vf a, vf b) {
    const vf sum = a + b, back = sum - a;
    return f32_pair_of(sum, (a - (sum - back)) + (b - back));
}
/* the same where high is the larger one, or they cancel nothing */
INLINE f32_pair f32_pair_normal(vf high, vf low) {
    const vf sum = high + low;
    return f32_pair_of(sum, low - (sum - high));
}
/* base + d p, base the larger term */
INLINE f32_pair f32_segment_pair(vf d, vf p, vf base) {
    const vf sum = f32_fma(d, p, base);
    return f32_pair_of(sum, f32_fma(d, p, base - sum));
}
INLINE f32_pair f32_pair_added(f32_pair a, f32_pair b) {
    const f32_pair sum = f32_two_sum(a.high, b.high);
    return f32_pair_of(sum.high, sum.low + (a.low + b.low));
}
/* a / b, given about 1 / b.high */
INLINE f32_pair f32_pair_quotient(f32_pair a, f32_pair b, vf reciprocal) {
    const vf q = a.high * reciprocal, left = f32_fnma(q, b.low, f32_fnma(q, b.high, a.high) + a.low);
    return f32_pair_of(q, left * reciprocal);
}
INLINE f32_pair f32_pair_negative(f32_pair a) { return f32_pair_of(f32_set(0) - a.high, f32_set(0) - a.low); }
INLINE f32_pair f32_pair_with_sign(f32_pair a, vf s) { return f32_pair_of(f32_xor_sign(a.high, s), f32_xor_sign(a.low, s)); }
/* of pairs whose low parts are small */
INLINE f32_pair f32_pair_product(f32_pair a, f32_pair b) {
    const vf high = a.high * b.high;
    return f32_pair_of(high, f32_fma(a.high, b.low, f32_fma(a.low, b.high, f32_fms(a.high, b.high, high))));
}
INLINE f32_pair f32_pair_select(mf m, f32_pair a, f32_pair b) {
    return f32_pair_of(f32_select(m, a.high, b.high), f32_select(m, a.low, b.low));
}
INLINE f32_pair f32_pair_of_doubles(vd first, vd second) {
    const vf high = f32_from_f64(first, second);
    return f32_pair_of(high, f32_from_f64(first - f64_from_f32_low(high), second - f64_from_f32_high(high)));
}
/* whether less than a part of the larger term is left, so that its error is more than a unit; or than half of a term below 2 least */
INLINE mf f32_is_close(vf difference, vf term, float part, float least) {
    return f32_lt(f32_abs(difference), f32_max(term * f32_set(part), f32_min(term * f32_set(0.5f), f32_set(least))));
}
INLINE vf f32_pair_times_scale(f32_pair slope, const f32_loss_task *with) {
    return f32_fma(slope.high, with->high, f32_fma(slope.high, with->low, slope.low * with->high));
}

/* log(1 + e^-a) and 1 / (1 + e^a) beyond their segments */
typedef struct {
    f32_pair log, share;
} f32_far_logit;
NOINLINE f32_far_logit f32_far_logit_of(vf a) {
    const f32_sigmoid_tail s = sigmoid_tail_parts_f32(a);
    const vf half = f32_set(0.5f) * f32_exp_value(s.e), low = f32_fnma(half, s.e.high + s.e.low, s.e.low);
    const f32_pair log = f32_pair_normal(s.e.high, low), share = f32_pair_normal(s.e.high, s.low);
    const f32_far_logit r = {{f32_exp_scale(log.high, s.e), f32_exp_scale(log.low, s.e)},
                             {f32_exp_scale(share.high, s.e), f32_exp_scale(share.low, s.e)}};
    return r;
}

/* the lanes outside: derivatives, scaled, and losses; 0 in other lanes */
typedef struct {
    vd low, high;
    vf slope;
} f32_outside_terms;
NOINLINE f32_outside_terms f32_terms_outside(vf pred, vf target, mf outside, const f32_loss_task *with, int wants, wide_loss *f) {
    const vf chosen = f32_select(outside, f32_set(1), f32_set(0));
    const wide_loss_terms a = f(f64_from_f32_low(pred), f64_from_f32_low(target), with->wide_parameter, wants);
    const wide_loss_terms b = f(f64_from_f32_high(pred), f64_from_f32_high(target), with->wide_parameter, wants);
    const f32_outside_terms r = {f64_select(f64_lt(f64_set(0), f64_from_f32_low(chosen)), a.value, f64_set(0)),
                                 f64_select(f64_lt(f64_set(0), f64_from_f32_high(chosen)), b.value, f64_set(0)),
                                 f32_from_f64(a.gradient * with->scale, b.gradient * with->scale)};
    return r;
}

/* One vector, of which `left` elements are there; the others lose what zeros lose, which must not be `outside`. */
INLINE void f32_terms_step(const float *p, const float *t, float *gradient, size_t left, const f32_loss_task *with, f32_terms *f,
                           int partial, wide_loss *wide, vd *sums, vf *low) {
    const int whole = left >= F32_LANES, wants = WANTS_VALUE | (gradient ? WANTS_GRADIENT : 0), halves = F32_LANES > F64_LANES;
    const vf x = whole ? f32_load(p) : f32_load_part(p, left), y = whole ? f32_load(t) : f32_load_part(t, left), zero = f32_set(0);
    const f32_loss_terms r = f(x, y, wants);
    f32_pair value = r.value;
    vf slope = gradient ? f32_pair_times_scale(r.slope, with) : zero;
    if (partial && UNLIKELY(f32_mask_any(r.outside))) {
        const f32_outside_terms far = f32_terms_outside(x, y, r.outside, with, wants, wide);
        value = f32_pair_select(r.outside, f32_pair_of(zero, zero), value);
        slope = f32_select(r.outside, far.slope, slope);
        sums[0] = sums[0] + far.low;
        if (halves) sums[1] = sums[1] + far.high;
    }
    if (!whole) {
        float lanes[2][F32_LANES];
        f32_store(lanes[0], value.high), f32_store(lanes[1], value.low);
        value = f32_pair_of(f32_load_part(lanes[0], left), f32_load_part(lanes[1], left));
    }
    sums[0] = sums[0] + f64_from_f32_low(value.high);
    if (halves) sums[1] = sums[1] + f64_from_f32_high(value.high);
    *low = *low + value.low;
    if (!gradient) return;
    if (whole)
        f32_store(gradient, slope);
    else
        f32_store_part(gradient, slope, left);
}
INLINE double f32_terms_sum(const float *p, const float *t, float *gradient, size_t n, const f32_loss_task *task, f32_terms *f, int partial,
                            wide_loss *wide) {
    enum { HALVES = F32_LANES > F64_LANES ? 2 : 1 };
    const f32_loss_task own = *task, *const with = &own; /* which no store to gradient can change */
    f64_lanes sums = f64_lanes_set(0);
    f32_lanes low = f32_lanes_set(0);
    size_t i = 0;
    for (; i + SUM_LANES <= n; i += SUM_LANES) {
        if (gradient) PREFETCH_TO_WRITE(gradient + i + LOSS_AHEAD);
        for (size_t v = 0; v < F32_VECTORS; ++v) {
            const size_t at = i + v * F32_LANES;
            float *const to = gradient ? gradient + at : NULL;
            f32_terms_step(p + at, t + at, to, F32_LANES, with, f, partial, wide, &sums.lane[v * HALVES], &low.lane[v]);
        }
    }
    for (size_t v = 0; i < n; i += F32_LANES, ++v)
        f32_terms_step(p + i, t + i, gradient ? gradient + i : NULL, n - i, with, f, partial, wide, &sums.lane[v * HALVES], &low.lane[v]);
    return f64_lanes_sum(f64_lanes_add(sums, f64_lanes_of(low)));
}
/* Derivatives alone; what is outside, or no finite number, comes from double lanes. */
INLINE void f32_terms_slopes(const float *p, const float *t, float *gradient, size_t n, const f32_loss_task *with, f32_terms *f,
                             wide_loss *wide) {
    for (size_t i = 0; i < n; i += F32_LANES) {
        const size_t left = lanes_left(n, i, F32_LANES);
        const vf x = f32_load_part(p + i, left), y = f32_load_part(t + i, left);
        const f32_loss_terms r = f(x, y, WANTS_GRADIENT);
        vf slope = f32_pair_times_scale(r.slope, with);
        const mf outside = f32_mask_or(r.outside, f32_unordered(slope - slope, slope - slope));
        if (UNLIKELY(f32_mask_any(f32_mask_or(outside, f32_unordered(x, y))))) {
            slope = f32_select(outside, f32_terms_outside(x, y, outside, with, WANTS_GRADIENT, wide).slope, slope);
            slope = f32_canonical(f32_select(f32_unordered(x, y), f32_set(NAN), slope));
        }
        f32_store_part(gradient + i, slope, left);
    }
}
/* partial: whether lanes may be outside; usable(parameters): whether float lanes serve them */
#define POINTWISE_TERMS_KERNEL(name, count, partial, usable)                                                                        \
    NOINLINE double name##_sum_f32(const float *pred, const float *target, float *gradient, size_t n, const f32_loss_task *with) { \
        if (gradient) return f32_terms_sum(pred, target, gradient, n, with, name##_terms, partial, name##_loss_wide);              \
        return f32_terms_sum(pred, target, NULL, n, with, name##_terms, partial, name##_loss_wide);                                \
    }                                                                                                                               \
    NOINLINE void name##_slopes_f32(const float *pred, const float *target, float *gradient, size_t n, const f32_loss_task *with) { \
        f32_terms_slopes(pred, target, gradient, n, with, name##_terms, name##_loss_wide);                                         \
    }                                                                                                                               \
    static void loss_##name##_f32(const loss_task *task) {                                                                          \
        static const f32_light_loss loss = {name##_sum_f32, name##_slopes_f32, name##_block_f32, count, 0, 0, 0, 1, NO_DIVISOR};    \
        if (usable(task->parameters))                                                                                               \
            f32_light_loss_run(task, &loss);                                                                                        \
        else                                                                                                                        \
            loss_blocks(task, name##_block_f32, count);                                                                             \
    }
INLINE int f32_usable_always(const double *parameters) {
    (void)parameters;
    return 1;
}
#endif
