/* Losses of float arrays with exponentials and logarithms in float lanes: the mean without weights, its gradient, or both. Nanoseconds
 * an element at 65 536, this and double lanes, each in one run with JAX: binary_cross_entropy_with_logits 0.45 (JAX 2.42) and 1.89 (2.17),
 * with its gradient 0.74 (3.46) and 2.89 (3.13).
 *
 * name_terms gives a loss and its derivative as sums high + low of two floats. Losses are summed in 16 double lanes, what is low in 16
 * float lanes; a gradient is the derivative times the scale, rounded once. Where a lane is `outside`, double lanes have its loss and
 * derivative, where its derivative is NaN that alone; where the sum of a block leaves the range of float lanes, or is no number, double
 * lanes have that sum. */
#ifndef FASTACT_LOSSES_FLOAT_TERMS_H
#define FASTACT_LOSSES_FLOAT_TERMS_H

typedef struct {
    f32_pair value, slope;
    mf outside;
} f32_loss_terms;
/* with: the parameters, which a loss of none does not look at */
typedef f32_loss_terms f32_terms(vf pred, vf target, const f32_loss_task *with, int wants);
/* lanes that are left to double lanes: whole ones, and derivatives that are NaN as too little of their terms is left */
enum { MAY_BE_OUTSIDE = 1, MAY_BE_CLOSE = 2 };

/* a sum where high is the larger one, or they cancel nothing */
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
INLINE f32_pair f32_pair_select(mf m, f32_pair a, f32_pair b) {
    return f32_pair_of(f32_select(m, a.high, b.high), f32_select(m, a.low, b.low));
}
INLINE mf f32_pair_lt(f32_pair a, f32_pair b) {
    return f32_mask_or(f32_lt(a.high, b.high), f32_mask_and(f32_eq(a.high, b.high), f32_lt(a.low, b.low)));
}
/* NaN in lanes that are left to double lanes */
INLINE f32_pair f32_pair_unless(mf m, f32_pair a) { return f32_pair_of(f32_select(m, f32_set(NAN), a.high), a.low); }
/* differences beyond `most`, NaN among them; and where losses are stored those whose loss may be too small to be held in two parts */
INLINE mf f32_is_beyond(vf d, float most, int wants) {
    const vf a = f32_abs(d);
    const mf beyond = f32_not_le(a, f32_set(most));
    if (!(wants & WANTS_EACH)) return beyond;
    return f32_mask_or(beyond, f32_mask_and(f32_lt(a, f32_set(0x1p-48f)), f32_lt(f32_set(0), a)));
}
/* whether less than a part of the larger term is left, so that its error is more than a unit; or about the least, below which terms are not
 * right to all digits */
INLINE mf f32_is_close(vf difference, vf term, float part, float least) {
    return f32_lt(f32_abs(difference), f32_fma(term, f32_set(part), f32_set(least)));
}
INLINE vf f32_pair_times_scale(f32_pair slope, const f32_loss_task *with) {
    return f32_fma(slope.high, with->high, f32_fma(slope.high, with->low, slope.low * with->high));
}

/* a parameter, which need be no float */
INLINE f32_pair f32_parameter_pair(const f32_loss_task *with, int k) {
    const vf high = with->parameter[k];
    const vd rest = with->wide_parameter[k] - f64_from_f32_low(high);
    return f32_pair_of(high, f32_from_f64(rest, rest));
}
/* log(a / b), given a - b and about 1 / b.high; a, b and the quotient normal. As f32_log_quotient, with what rounding the numerator takes:
 * around a = b that is the difference, which may be right to more digits than both. high is the nearest float, or nearly. */
INLINE f32_pair f32_log_ratio(f32_pair a, f32_pair b, f32_pair difference, vf reciprocal) {
    f32_log_reduced e = f32_log_scaled(a.high * reciprocal);
    const f32_pair scaled = f32_pair_of(f32_fms(e.scale, a.high, b.high), f32_fms(e.scale, a.low, b.low));
    const f32_pair top = f32_pair_select(f32_eq(e.scale, f32_set(1)), difference, scaled), numerator = f32_pair_normal(top.high, top.low);
    e.r = numerator.high * reciprocal;
    const vf left = f32_fnma(e.r, b.low, f32_fnma(e.r, b.high, numerator.high)) + numerator.low;
    const f32_pair log = f32_log_finish(e, left * reciprocal);
    return f32_pair_normal(log.high, log.low);
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

/* where derivatives are that double lanes have together later, a few at a time: in most vectors there are none */
enum { LATE = 240 };
typedef struct {
    size_t count;
    int32_t at[LATE + 2 * SUM_LANES];
} f32_late_slopes;
NOINLINE void f32_run_late(const float *p, const float *t, float *gradient, f32_late_slopes *late, const f32_loss_task *with,
                           wide_loss *f) {
    for (size_t i = 0; i < late->count; i += F64_LANES) {
        float x[F64_LANES], y[F64_LANES], slope[F64_LANES];
        const int32_t *const at = late->at + i;
        const size_t left = lanes_left(late->count, i, F64_LANES);
        for (size_t k = 0; k < F64_LANES; ++k) x[k] = p[at[k < left ? k : 0]], y[k] = t[at[k < left ? k : 0]];
        const wide_loss_terms terms = f(f64_load_f32(x), f64_load_f32(y), with->wide_parameter, WANTS_GRADIENT);
        f64_store_f32(slope, terms.gradient * with->scale);
        for (size_t k = 0; k < left; ++k) gradient[at[k]] = slope[k];
    }
    late->count = 0;
}

/* One vector, of which `left` elements are there; the others lose what zeros lose, which must not be `outside`. late, where its
 * derivatives may wait, or NULL; `first` is its place among those. */
INLINE void f32_terms_step(const float *p, const float *t, float *gradient, size_t left, const f32_loss_task *with, f32_terms *f,
                           int apart, wide_loss *wide, vd *sums, vf *low, f32_late_slopes *late, size_t first) {
    const int whole = left >= F32_LANES, wants = WANTS_VALUE | (gradient ? WANTS_GRADIENT : 0), halves = F32_LANES > F64_LANES;
    const vf x = whole ? f32_load(p) : f32_load_part(p, left), y = whole ? f32_load(t) : f32_load_part(t, left), zero = f32_set(0);
    const f32_loss_terms r = f(x, y, with, wants);
    f32_pair value = r.value;
    vf slope = gradient ? f32_pair_times_scale(r.slope, with) : zero;
    if (apart & MAY_BE_OUTSIDE && UNLIKELY(f32_mask_any(r.outside))) {
        const f32_outside_terms far = f32_terms_outside(x, y, r.outside, with, wants, wide, NULL);
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
    const mf no_slope = f32_unordered(r.slope.high, r.slope.high);
    if (apart & MAY_BE_CLOSE && UNLIKELY(f32_mask_any(no_slope))) {
        if (late)
            late->count += i32_compress_positions(no_slope, (int32_t)first, late->at + late->count);
        else
            slope = f32_select(no_slope, f32_terms_outside(x, y, no_slope, with, WANTS_GRADIENT, wide, NULL).slope, slope);
    }
    if (whole)
        f32_store(gradient, slope);
    else
        f32_store_part(gradient, slope, left);
}
INLINE double_pair f32_terms_sum(const float *p, const float *t, float *gradient, size_t n, const f32_loss_task *task, f32_terms *f,
                                 int apart, wide_loss *wide) {
    /* SIDE: groups side by side, for which AVX-512 has registers */
    enum { HALVES = F32_LANES > F64_LANES ? 2 : 1, SIDE = F32_VECTORS == 1 ? 2 : 1, GROUP = SIDE * SUM_LANES };
    const f32_loss_task own = *task, *const with = &own; /* which no store to gradient can change */
    f64_lanes sums = f64_lanes_set(0);
    f32_lanes low = f32_lanes_set(0);
    f32_late_slopes late;
    const size_t ahead = loss_lines_ahead() * f32_loss_line;
    size_t i = 0;
    late.count = 0;
    for (; i + GROUP <= n; i += GROUP) {
        for (size_t k = 0; k < SIDE * F32_VECTORS; ++k) {
            const size_t v = k % F32_VECTORS, at = i + k * F32_LANES;
            float *const to = gradient ? gradient + at : NULL;
            if (gradient && k * F32_LANES % SUM_LANES == 0) PREFETCH_TO_WRITE(gradient + at + ahead);
            f32_terms_step(p + at, t + at, to, F32_LANES, with, f, apart, wide, &sums.lane[v * HALVES], &low.lane[v], &late, at);
        }
        if (gradient && apart & MAY_BE_CLOSE && UNLIKELY(late.count > LATE)) f32_run_late(p, t, gradient, &late, with, wide);
    }
    if (gradient && apart & MAY_BE_CLOSE && late.count) f32_run_late(p, t, gradient, &late, with, wide);
    for (size_t v = 0; i < n; i += F32_LANES, v = (v + 1) % F32_VECTORS)
        f32_terms_step(p + i, t + i, gradient ? gradient + i : NULL, n - i, with, f, apart, wide, &sums.lane[v * HALVES], &low.lane[v],
                       NULL, i);
    const double_pair sum = {f64_lanes_sum(f64_lanes_add(sums, f64_lanes_of(low))), 0};
    return sum;
}
INLINE f32_each_terms f32_each_of_terms(f32_loss_terms r, const f32_loss_task *with, const vf *weight) {
    f32_each_terms e = {r.value.high + r.value.low, f32_pair_times_scale(r.slope, with), r.outside};
    if (weight) {
        e.value = f32_value_weighed(r.value.high, r.value.low, *weight);
        e.slope = f32_slope_weighed(r.slope.high, r.slope.low, with, *weight);
    }
    return e;
}
/* usable(parameters): whether float lanes serve them */
#define FLOAT_LANES_TASK(name, count, usable)                                                                                      \
    static void loss_##name##_f32(const loss_task *task) {                                                                          \
        static const f32_light_loss loss = {name##_sum_f32, name##_each_f32, name##_weighted_f32, name##_block_f32, count, 0, 0, 0, 1, 1, \
                                              NO_DIVISOR};                                                                      \
        if (usable(task->parameters))                                                                                               \
            f32_light_loss_run(task, &loss);                                                                                        \
        else                                                                                                                        \
            loss_blocks(task, name##_block_f32, count, f32_weights_total);                                                          \
    }
/* apart: what double lanes may have to do */
#define POINTWISE_TERMS_KERNEL(name, count, apart, usable)                                                                          \
    NOINLINE double_pair name##_sum_f32(const float *pred, const float *target, float *gradient, size_t n, const f32_loss_task *with) { \
        if (gradient) return f32_terms_sum(pred, target, gradient, n, with, name##_terms, apart, name##_loss_wide);                \
        return f32_terms_sum(pred, target, NULL, n, with, name##_terms, apart, name##_loss_wide);                                  \
    }                                                                                                                               \
    INLINE f32_each_terms name##_each_terms_f32(vf pred, vf target, const f32_loss_task *with, int wants, const vf *weight) {       \
        return f32_each_of_terms(name##_terms(pred, target, with, wants | WANTS_EACH), with, weight);                                    \
    }                                                                                                                               \
    EACH_KERNEL(name, f32, float, name##_loss_wide)                                                                                 \
    FLOAT_LANES_TASK(name, count, usable)
INLINE int f32_usable_always(const double *parameters) {
    (void)parameters;
    return 1;
}
#endif
