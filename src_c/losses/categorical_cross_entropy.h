/* -sum_c t_c log p_c of probabilities p, 0 where t_c is. clip < 0: logarithms are at least clip, gradient -t / max(p, 1e-12);
 * 0: neither; clip > 0: p between clip and 1 - clip, rounded to the type of the arrays, and the gradient 0 outside. base 2 divides by
 * log 2, 0 is the natural base. Within 0.51 ulp.
 * Where the parameters are the defaults and nothing in a row is beyond them, float rows run in float lanes, losses within 0.6 ulp, and
 * double rows are sums of plain products, losses within 0.7 ulp. */
INLINE num NAMED(log_unit)(const vd *parameter) {
    return num_select(f64_eq(parameter[1], f64_set(2)), num_set(0x1.71547652b82fep+0, 0x1.777d0ffda0d24p-56), num_set(1, 0));
}
INLINE vd NAMED(clip_most)(const vd *parameter) { return num_stored_unit(f64_set(1) - parameter[0]); }
INLINE num NAMED(clipped_log)(vd p, const vd *parameter) {
    const md clamped = f64_lt(f64_set(0), parameter[0]);
    const vd inside = f64_max(parameter[0], f64_min(NAMED(clip_most)(parameter), p));
    const num log = num_log(num_of(f64_select(clamped, inside, p))), least = num_of(parameter[0]);
    const md floored = f64_mask_and(f64_lt(parameter[0], f64_set(0)), num_lt(log, least));
    return num_times(num_select(floored, least, log), NAMED(log_unit)(parameter));
}
/* t times its derivative by p */
INLINE num NAMED(clipped_log_slope)(vd p, num t, const vd *parameter) {
    const md floored = f64_lt(parameter[0], f64_set(0)), clamped = f64_lt(f64_set(0), parameter[0]);
    const md outside = f64_mask_and(clamped, f64_mask_or(f64_lt(p, parameter[0]), f64_lt(NAMED(clip_most)(parameter), p)));
    const vd divisor = f64_select(floored, f64_max(f64_set(1e-12), p), p);
    const vd up = f64_select(f64_lt(f64_abs(divisor), f64_set(0x1p-900)), f64_set(0x1p200), f64_set(1)); /* for a finite inverse */
    const num slope = num_ratio(num_scaled(num_times(t, NAMED(log_unit)(parameter)), up), num_of(divisor * up)), zero = num_set(0, 0);
    return num_select(f64_mask_or(outside, f64_eq(num_high(t), f64_set(0))), zero, slope);
}
INLINE void NAMED(categorical_cross_entropy_terms)(const loss_row *r, const loss_item *at, num *term) {
    term[0] = num_negative(num_times_or_zero(at->target, NAMED(clipped_log)(at->score, r->parameter)));
}
IN_FLOAT_LANES(
/* what is added up of a row; beyond: where t log p is for double lanes */
typedef struct {
    f64_lanes high;
    f32_lanes low;
    mf beyond;
} categorical_cross_entropy_sums;
INLINE void categorical_cross_entropy_add(categorical_cross_entropy_sums *s, size_t v, vf p, vf t) {
    enum { HALVES = F32_LANES > F64_LANES ? 2 : 1 };
    const vf zero = f32_set(0), chance = f32_select(f32_eq(t, zero), f32_set(1), p);
    const f32_pair loss = f32_pair_product(f32_pair_of(t, zero), f32_log_parts(chance));
    s->beyond = f32_mask_or(s->beyond, f32_not_ge(chance, f32_set(LOG_F32_SMALLEST)));
    s->high.lane[v * HALVES] = s->high.lane[v * HALVES] - f64_from_f32_low(loss.high);
    if (HALVES == 2) s->high.lane[v * HALVES + 1] = s->high.lane[v * HALVES + 1] - f64_from_f32_high(loss.high);
    s->low.lane[v] = f32_fma(zero, p, s->low.lane[v] - loss.low); /* NaN of what is infinite or NaN */
}
/* 0 where float lanes do not serve; else what the row loses */
INLINE int categorical_cross_entropy_of_floats(const loss_row *r, vd *loss) {
    const vf zero = f32_set(0);
    const float *const p = r->scores, *const t = r->targets;
    const size_t n = r->columns;
    categorical_cross_entropy_sums s = {f64_lanes_set(0), f32_lanes_set(0), f32_lt(zero, zero)};
    size_t i = 0;
    for (; i + SUM_LANES <= n; i += SUM_LANES)
        for (size_t v = 0; v < F32_VECTORS; ++v)
            categorical_cross_entropy_add(&s, v, f32_load(p + i + v * F32_LANES), f32_load(t + i + v * F32_LANES));
    for (size_t v = 0; i < n; i += F32_LANES, ++v)
        categorical_cross_entropy_add(&s, v, f32_load_left(p + i, n - i), f32_load_left(t + i, n - i));
    const double sum = f64_lanes_sum(f64_lanes_add(s.high, f64_lanes_of(s.low)));
    *loss = f64_set(sum);
    return !f32_mask_any(s.beyond) && (sum == 0 || f32_loss_sum_fits(sum));
}
INLINE vf categorical_cross_entropy_slope_of_floats(vf p, vf t, const f32_loss_task *with) {
    const vf zero = f32_set(0), least = f32_set(0x1.197998p-40f), least_low = f32_set(0x1.2dea11p-68f); /* 1e-12 */
    const f32_pair divisor = {f32_max(least, p), f32_select(f32_not_ge(p, least), least_low, zero)};
    const f32_pair share = f32_pair_quotient(f32_pair_of(zero - t, zero), divisor, f32_set(1) / divisor.high);
    return f32_select(f32_eq(t, zero), zero, f32_pair_times_scale(share, with));
}
/* 0 where some slope is for double lanes */
INLINE int categorical_cross_entropy_slopes_of_floats(const loss_row *r, float *gradient, double scale) {
    f32_loss_task with;
    f32_loss_task_set(&with, scale, 0, scale, NULL, 0);
    vf odd = f32_set(0);
    for (size_t i = 0; i < r->columns; i += F32_LANES) {
        const size_t left = lanes_left(r->columns, i, F32_LANES);
        const vf p = f32_load_left(r->scores + i, left), t = f32_load_left(r->targets + i, left);
        const vf slope = categorical_cross_entropy_slope_of_floats(p, t, &with);
        odd = f32_fma(f32_set(0), slope, odd);
        f32_store_left(gradient + i, slope, left);
    }
    return !f32_mask_any(f32_unordered(odd, odd));
}
)
IN_PAIRS(
/* adds t log(p), its logarithm within 0.3 ulp */
INLINE void NAMED(categorical_cross_entropy_take)(f64_pair *sum, md *beyond, vd p, vd t) {
    const vd zero = f64_set(0), chance = f64_select(f64_eq(t, zero), f64_set(1), p);
    const f64_log_reduced e = f64_log_reduce_normal(chance, LOG_F64_LOWEST);
    const f64_pair log = f64_log_from(f64_log_of_power(e), e.m, zero, 0);
    const vd high = f64_fma(t, log.high, sum->high);
    sum->low = f64_fma(t, log.low, sum->low + f64_fms(t, log.high, high - sum->high));
    sum->low = f64_fma(zero, p, sum->low); /* NaN of what is infinite or NaN */
    sum->high = high;
    *beyond = f64_mask_or(*beyond, f64_not_ge(chance, f64_set(0x1p-140)));
}
/* 0 where this does not serve; else what the row loses */
INLINE int NAMED(categorical_cross_entropy_quick)(const loss_row *r, num *loss) {
    const double *const p = r->scores, *const t = r->targets;
    f64_pair_lanes sum = f64_pair_lanes_set(0);
    md beyond = f64_never();
    size_t i = 0;
    for (; i + SUM_LANES <= r->columns; i += SUM_LANES)
        for (size_t v = 0; v < F64_VECTORS; ++v) {
            const size_t at = i + v * F64_LANES;
            NAMED(categorical_cross_entropy_take)(&sum.lane[v], &beyond, f64_load(p + at), f64_load(t + at));
        }
    for (size_t v = 0; i < r->columns; i += F64_LANES, ++v) {
        const size_t left = r->columns - i;
        NAMED(categorical_cross_entropy_take)(&sum.lane[v], &beyond, f64_load_left(p + i, left), f64_load_left(t + i, left));
    }
    const double_pair total = f64_pair_lanes_sum(&sum, 0);
    const double size = fabs(total.high);
    *loss = f64_pair_set(0 - total.high, 0 - total.low);
    return !f64_mask_any(beyond) && (size == 0 || (size >= 0x1p-900 && size <= 0x1p1000)) && total.low - total.low == 0;
}
)
INLINE num NAMED(categorical_cross_entropy)(loss_row *r) {
    num sum[ROW_TERMS];
    const int usual = f64_mask_any(f64_eq(r->parameter[0], f64_set(-100))) && f64_mask_any(f64_eq(r->parameter[1], f64_set(0)));
    IN_FLOAT_LANES(
    r->in_floats = usual && !r->smoothed && categorical_cross_entropy_of_floats(r, sum);
    if (r->in_floats) return sum[0];)
    IN_PAIRS(if (usual && !r->smoothed && NAMED(categorical_cross_entropy_quick)(r, sum)) return sum[0];)
    NAMED(row_sums)(r, TAKES_TARGETS, 1, NAMED(categorical_cross_entropy_terms), sum);
    return sum[0];
}
INLINE num NAMED(categorical_cross_entropy_slope)(const loss_row *r, const loss_item *at) {
    return num_negative(NAMED(clipped_log_slope)(at->score, at->target, r->parameter));
}
INLINE int NAMED(categorical_cross_entropy_gradient)(const loss_row *r, num_scalar *gradient, const num *scale) {
    IN_FLOAT_LANES(
    const double factor = wide_leading(*scale).high;
    if (r->in_floats && f32_slope_fits(factor) && categorical_cross_entropy_slopes_of_floats(r, gradient, factor)) return 1;)
    return ROW_GRADIENT_BY(TAKES_TARGETS, categorical_cross_entropy_slope, categorical_cross_entropy_slope);
}
ROW_LOSS_WITH(categorical_cross_entropy, categorical_cross_entropy_gradient, 2, WEIGHS_ROW)
