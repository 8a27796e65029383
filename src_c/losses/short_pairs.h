/* Blocks of pointwise losses of doubles, tried in fewer operations. Nanoseconds an element at 65 536, this and the exact block:
 * logistic_margin 1.6 and 3.0, exponential_loss 1.0 and 1.7, fair 1.9 and 3.4, half_poisson 0.8 and 1.3. */
#ifndef FASTACT_LOSSES_SHORT_PAIRS_H
#define FASTACT_LOSSES_SHORT_PAIRS_H
#define HAS_SHORT_PAIRS (F64_LANES > 1)

/* Sums and gradients by terms in fewer operations (as_short_pairs.h), for blocks that only read and write one gradient apart from what is
 * read; vectors side by side, so that one's results are not waited for. Returns whether all was finite: else nothing of it counts. */
INLINE void f64_short_end(const f64_loss_terms *term, double *gradient, f64_pair scale, f64_pair *sum, vd *odd) {
    *sum = f64_pair_sum(*sum, term->value);
    if (!gradient) return;
    const f64_pair slope = f64_pair_product(term->gradient, scale);
    const vd y = slope.high + slope.low;
    *odd = f64_fma(f64_set(0), y, *odd);
    f64_store(gradient, y);
}
INLINE int f64_short_block(const loss_arrays_double *a, size_t count, int wants, const vd *given, f64_loss *f, f64_loss *exact,
                           double_pair sums[2]) {
    const vd parameter[MAX_PARAMETERS] = {given[0], given[1], given[2], given[3], given[4]}; /* which no store to gradient can change */
    f64_pair_lanes sum = f64_pair_lanes_set(0), weights = f64_pair_lanes_set(0);
    const f64_pair scale = f64_pair_set(a->scale, 0);
    double *const g = wants & WANTS_GRADIENT ? a->gradient : NULL;
    vd odd = f64_set(0);
    size_t i = 0;
#if F64_LANES == 8
    for (; i + 4 * F64_LANES <= count; i += 4 * F64_LANES) {
        const double *const p = a->pred + i, *const t = a->target + i;
        const f64_loss_terms first = f(f64_load(p), f64_load(t), parameter, wants);
        const f64_loss_terms second = f(f64_load(p + F64_LANES), f64_load(t + F64_LANES), parameter, wants);
        const f64_loss_terms third = f(f64_load(p + 2 * F64_LANES), f64_load(t + 2 * F64_LANES), parameter, wants);
        const f64_loss_terms fourth = f(f64_load(p + 3 * F64_LANES), f64_load(t + 3 * F64_LANES), parameter, wants);
        f64_short_end(&first, g ? g + i : NULL, scale, &sum.lane[0], &odd);
        f64_short_end(&second, g ? g + i + F64_LANES : NULL, scale, &sum.lane[1], &odd);
        f64_short_end(&third, g ? g + i + 2 * F64_LANES : NULL, scale, &sum.lane[0], &odd);
        f64_short_end(&fourth, g ? g + i + 3 * F64_LANES : NULL, scale, &sum.lane[1], &odd);
    }
#else
    for (; i + SUM_LANES <= count; i += SUM_LANES)
        for (size_t v = 0; v < F64_VECTORS; v += 2) {
            const size_t at = i + v * F64_LANES, next = at + F64_LANES;
            const f64_loss_terms first = f(f64_load(a->pred + at), f64_load(a->target + at), parameter, wants);
            const f64_loss_terms second = f(f64_load(a->pred + next), f64_load(a->target + next), parameter, wants);
            f64_short_end(&first, g ? g + at : NULL, scale, &sum.lane[v], &odd);
            f64_short_end(&second, g ? g + next : NULL, scale, &sum.lane[v + 1], &odd);
        }
#endif
    for (; i < count; i += F64_LANES) {
        const size_t v = i / F64_LANES % F64_VECTORS;
        f64_loss_step(a, i, count - i, wants, parameter, exact, &sum.lane[v], &weights.lane[v]);
    }
    sums[0] = f64_pair_lanes_sum(&sum, 0);
    sums[1] = f64_pair_lanes_sum(&weights, 0);
    return sums[0].high - sums[0].high == 0 && !f64_mask_any(f64_unordered(odd, odd));
}
/* what a block of doubles tries first */
#if HAS_SHORT_PAIRS
typedef int f64_short_function(const loss_arrays_double *a, size_t count, int wants, const vd *parameter, double_pair sums[2]);
#define SHORT_DECLARED(name) static f64_short_function name##_short_f64;
#define SHORT_OR(name) if (is_short_block(&a, wants) && name##_short_f64(&a, n, wants, parameter, sums)) return;
#define POINTWISE_SHORT(name)                                                                                                  \
    NOINLINE int name##_short_f64(const loss_arrays_double *a, size_t count, int wants, const vd *parameter, double_pair sums[2]) { \
        if (wants == WANTS_VALUE) return f64_short_block(a, count, WANTS_VALUE, parameter, name##_loss_short, name##_loss_f64, sums); \
        return f64_short_block(a, count, WANTS_VALUE | WANTS_GRADIENT, parameter, name##_loss_short, name##_loss_f64, sums);   \
    }
#define POINTWISE_SHORT_USUAL(name)                                                                                            \
    NOINLINE int name##_short_f64(const loss_arrays_double *a, size_t count, int wants, const vd *parameter, double_pair sums[2]) { \
        if (wants == WANTS_VALUE) return f64_short_block(a, count, WANTS_VALUE, parameter, name##_loss_short, name##_loss_f64, sums); \
        if (wants == (WANTS_VALUE | WANTS_USUAL))                                                                              \
            return f64_short_block(a, count, WANTS_VALUE | WANTS_USUAL, parameter, name##_loss_short, name##_loss_f64, sums);  \
        if (wants & WANTS_USUAL)                                                                                               \
            return f64_short_block(a, count, WANTS_VALUE | WANTS_GRADIENT | WANTS_USUAL, parameter, name##_loss_short, name##_loss_f64, sums); \
        return f64_short_block(a, count, WANTS_VALUE | WANTS_GRADIENT, parameter, name##_loss_short, name##_loss_f64, sums);   \
    }
INLINE int is_short_block(const loss_arrays_double *a, int wants) {
    const int apart = !a->gradient || (a->gradient != a->pred && a->gradient != a->target);
    return wants & WANTS_VALUE && !(wants & WANTS_HESSIAN) && !a->weight && !a->loss && apart;
}
#else
#define SHORT_DECLARED(name)
#define SHORT_OR(name)
#define POINTWISE_SHORT(name)
#define POINTWISE_SHORT_USUAL(name)
#endif
#endif
