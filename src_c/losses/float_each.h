/* Every loss and derivative of float arrays in float lanes, stored: one loop for light losses (float_lanes.h) and for those with
 * exponentials and logarithms (float_terms.h). What is outside, or no finite number, comes from double lanes. Neither result depends on
 * whether the other is asked for; a vector is read before it is written, as results may lie where an input does. */
#ifndef FASTACT_LOSSES_FLOAT_EACH_H
#define FASTACT_LOSSES_FLOAT_EACH_H

typedef struct {
    vf value, slope; /* rounded; the slope scaled */
    mf outside;
} f32_each_terms;
typedef f32_each_terms f32_each_function(vf pred, vf target, const f32_loss_task *with, int wants);

/* a b + low, divided where there is a divisor; what underflow took from a product would be multiplied then */
INLINE f32_each_terms f32_each_of_product(f32_loss_product r, const f32_loss_task *with, int divisor) {
    const vf zero = f32_set(0), value = f32_fma(r.a, r.b, r.low);
    f32_each_terms e = {value, f32_slope_times(r.slope, with), f32_lt(zero, zero)};
    if (divisor != NO_DIVISOR) {
        const vf by = with->parameter[divisor], low = f32_fms(r.a, r.b, value) + r.low, share = value / by;
        e.value = share + (f32_fnma(share, by, value) + low) / by;
        const mf tiny = f32_mask_and(f32_lt(value, f32_set(0x1p-60f)), f32_lt(zero, f32_abs(r.a)));
        e.value = f32_select(tiny, f32_set(NAN), e.value);
    }
    return e;
}
INLINE f32_each_terms f32_each_of_terms(f32_loss_terms r, const f32_loss_task *with) {
    const f32_each_terms e = {r.value.high + r.value.low, f32_pair_times_scale(r.slope, with), r.outside};
    return e;
}

/* one vector, of which `left` elements are there; loss or gradient may be NULL */
INLINE void f32_each_step(const float *p, const float *t, float *loss, float *gradient, size_t left, const f32_loss_task *with,
                          f32_each_function *f, wide_loss *wide) {
    const int whole = left >= F32_LANES, wants = (loss ? WANTS_VALUE : 0) | (gradient ? WANTS_GRADIENT : 0);
    const vf x = whole ? f32_load(p) : f32_load_part(p, left), y = whole ? f32_load(t) : f32_load_part(t, left);
    f32_each_terms e = f(x, y, with, wants);
    const vf value_left = e.value - e.value, slope_left = e.slope - e.slope;
    const mf undefined = f32_unordered(x, y), none = f32_mask_and_not(undefined, undefined);
    const mf no_value = loss ? f32_mask_or(e.outside, f32_unordered(value_left, value_left)) : none;
    const mf no_slope = gradient ? f32_mask_or(e.outside, f32_unordered(slope_left, slope_left)) : none;
    const mf outside = f32_mask_or(no_value, no_slope);
    if (UNLIKELY(f32_mask_any(f32_mask_or(outside, undefined)))) {
        const f32_outside_terms far = f32_terms_outside(x, y, outside, with, wants, wide);
        e.value = f32_select(no_value, f32_from_f64(far.low, far.high), e.value);
        e.slope = f32_select(no_slope, far.slope, e.slope);
        e.value = f32_canonical(f32_select(undefined, f32_set(NAN), e.value));
        e.slope = f32_canonical(f32_select(undefined, f32_set(NAN), e.slope));
    }
    if (loss) {
        if (whole)
            f32_store(loss, e.value);
        else
            f32_store_part(loss, e.value, left);
    }
    if (gradient) {
        if (whole)
            f32_store(gradient, e.slope);
        else
            f32_store_part(gradient, e.slope, left);
    }
}
INLINE void f32_each(const float *p, const float *t, float *loss, float *gradient, size_t n, const f32_loss_task *task,
                     f32_each_function *f, wide_loss *wide) {
    const f32_loss_task own = *task, *const with = &own; /* which no store can change */
    size_t i = 0;
    for (; i + F32_LANES <= n; i += F32_LANES)
        f32_each_step(p + i, t + i, loss ? loss + i : NULL, gradient ? gradient + i : NULL, F32_LANES, with, f, wide);
    if (i < n) f32_each_step(p + i, t + i, loss ? loss + i : NULL, gradient ? gradient + i : NULL, n - i, with, f, wide);
}
#define FLOAT_EACH_KERNEL(name)                                                                                                    \
    NOINLINE void name##_each_f32(const float *pred, const float *target, float *loss, float *gradient, size_t n,                  \
                                  const f32_loss_task *with) {                                                                     \
        if (!loss)                                                                                                                 \
            f32_each(pred, target, NULL, gradient, n, with, name##_each, name##_loss_wide);                                        \
        else if (!gradient)                                                                                                        \
            f32_each(pred, target, loss, NULL, n, with, name##_each, name##_loss_wide);                                            \
        else                                                                                                                       \
            f32_each(pred, target, loss, gradient, n, with, name##_each, name##_loss_wide);                                        \
    }
#endif
