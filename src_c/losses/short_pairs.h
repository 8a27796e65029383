/* Blocks of pointwise losses of doubles, tried in fewer operations. Nanoseconds an element at 65 536, this and the exact block:
 * logistic_margin 1.6 and 3.0, exponential_loss 1.0 and 1.7, fair 1.9 and 3.4, half_poisson 0.8 and 1.3. */
#ifndef FASTACT_LOSSES_SHORT_PAIRS_H
#define FASTACT_LOSSES_SHORT_PAIRS_H
#define HAS_SHORT_PAIRS (F64_LANES > 1)

/* Sums, losses and gradients, or Hessians with gradients where there is room for them, by terms in fewer operations (as_short_pairs.h), for
 * blocks whose results lie apart from what is read; vectors side by side, so that one's results are not waited for. Returns whether all was
 * finite: else nothing of it counts. */
typedef struct {
    const loss_arrays_double *arrays;
    f64_pair_lanes sum;
    vd odd; /* NaN after a result that is not finite */
} f64_short_sums;
INLINE void f64_short_result(double *p, f64_pair x, vd *odd) {
    const vd y = x.high + x.low;
    *odd = f64_fma(f64_set(0), y, *odd);
    f64_store(p, y);
}
INLINE void f64_short_end(const f64_loss_terms *term, size_t at, size_t lane, int wants, f64_short_sums *s) {
    const loss_arrays_double *const a = s->arrays;
    f64_pair value = term->value, scale = f64_pair_set(a->scale, 0);
    if (a->weight) {
        const vd w = f64_load(a->weight + at);
        value = f64_pair_product(value, f64_pair_of(w, f64_set(0)));
        scale = f64_product(w, scale.high);
    }
    if (wants & WANTS_VALUE) {
        if (a->summed) s->sum.lane[lane] = f64_pair_sum(s->sum.lane[lane], value);
        if (a->loss) f64_short_result(a->loss + at, value, &s->odd);
    } else /* a gradient may be finite where an input is NaN */
        s->odd = f64_fma(f64_set(0), f64_load(a->pred + at) + f64_load(a->target + at), s->odd);
    if (wants & WANTS_GRADIENT && (!(wants & WANTS_HESSIAN) || a->gradient))
        f64_short_result(a->gradient + at, f64_pair_product(term->gradient, scale), &s->odd);
    if (wants & WANTS_HESSIAN) f64_short_result(a->hessian + at, f64_pair_product(term->hessian, scale), &s->odd);
}
INLINE int f64_short_block(const loss_arrays_double *given_arrays, size_t count, int wants, const vd *given, f64_loss *f, f64_loss *exact,
                           double_pair *total) {
    /* copies, which no store can change */
    const vd parameter[MAX_PARAMETERS] = {given[0], given[1], given[2], given[3], given[4]};
    const loss_arrays_double own = *given_arrays, *const a = &own;
    f64_short_sums s = {.arrays = a, .sum = f64_pair_lanes_set(0), .odd = f64_set(0)};
    size_t i = 0;
#if F64_LANES == 8
    for (; i + 4 * F64_LANES <= count; i += 4 * F64_LANES) {
        const double *const p = a->pred + i, *const t = a->target + i;
        const f64_loss_terms first = f(f64_load(p), f64_load(t), parameter, wants);
        const f64_loss_terms second = f(f64_load(p + F64_LANES), f64_load(t + F64_LANES), parameter, wants);
        const f64_loss_terms third = f(f64_load(p + 2 * F64_LANES), f64_load(t + 2 * F64_LANES), parameter, wants);
        const f64_loss_terms fourth = f(f64_load(p + 3 * F64_LANES), f64_load(t + 3 * F64_LANES), parameter, wants);
        f64_short_end(&first, i, 0, wants, &s);
        f64_short_end(&second, i + F64_LANES, 1, wants, &s);
        f64_short_end(&third, i + 2 * F64_LANES, 0, wants, &s);
        f64_short_end(&fourth, i + 3 * F64_LANES, 1, wants, &s);
    }
#else
    for (; i + SUM_LANES <= count; i += SUM_LANES)
        for (size_t v = 0; v < F64_VECTORS; v += 2) {
            const size_t at = i + v * F64_LANES, next = at + F64_LANES;
            const f64_loss_terms first = f(f64_load(a->pred + at), f64_load(a->target + at), parameter, wants);
            const f64_loss_terms second = f(f64_load(a->pred + next), f64_load(a->target + next), parameter, wants);
            f64_short_end(&first, at, v, wants, &s);
            f64_short_end(&second, next, v + 1, wants, &s);
        }
#endif
    for (; i < count; i += F64_LANES) {
        const size_t v = i / F64_LANES % F64_VECTORS;
        f64_loss_step(a, i, count - i, wants, parameter, exact, &s.sum.lane[v]);
    }
    *total = f64_pair_lanes_sum(&s.sum, 0);
    return total->high - total->high == 0 && !f64_mask_any(f64_unordered(s.odd, s.odd));
}
/* what a block of doubles tries first */
#if HAS_SHORT_PAIRS
typedef int f64_short_function(const loss_arrays_double *a, size_t count, int wants, const vd *parameter, double_pair *total);
#define SHORT_DECLARED(name) static f64_short_function name##_short_f64;
#define SHORT_OR(name) if (is_short_block(&a, wants) && name##_short_f64(&a, n, wants, parameter, total)) return;
#define SHORT_BLOCK(name, wants) f64_short_block(a, count, wants, parameter, name##_loss_short, name##_loss_f64, total)
#define SHORT_BLOCKS(name, usual)                                                             \
    if (wants & WANTS_HESSIAN) return SHORT_BLOCK(name, WANTS_GRADIENT | WANTS_HESSIAN | usual); \
    if (!(wants & WANTS_VALUE)) return SHORT_BLOCK(name, WANTS_GRADIENT | usual);             \
    if (wants & WANTS_GRADIENT) return SHORT_BLOCK(name, WANTS_VALUE | WANTS_GRADIENT | usual); \
    return SHORT_BLOCK(name, WANTS_VALUE | usual);
#define POINTWISE_SHORT(name)                                                                                                  \
    NOINLINE int name##_short_f64(const loss_arrays_double *a, size_t count, int wants, const vd *parameter, double_pair *total) { \
        SHORT_BLOCKS(name, 0)                                                                                                  \
    }
#define POINTWISE_SHORT_KINDS(name, kinds)                                                                                     \
    NOINLINE int name##_short_f64(const loss_arrays_double *a, size_t count, int wants, const vd *parameter, double_pair *total) { \
        const int kind = wants / WANTS_USUAL;                                                                                  \
        if (kind == 1) {                                                                                                       \
            SHORT_BLOCKS(name, WANTS_USUAL)                                                                                    \
        }                                                                                                                      \
        if (kinds > 2 && kind == 2) {                                                                                          \
            SHORT_BLOCKS(name, 2 * WANTS_USUAL)                                                                                \
        }                                                                                                                      \
        if (kinds > 3 && kind == 3) {                                                                                          \
            SHORT_BLOCKS(name, 3 * WANTS_USUAL)                                                                                \
        }                                                                                                                      \
        SHORT_BLOCKS(name, 0)                                                                                                  \
    }
INLINE int is_apart(const loss_arrays_double *a, const double *out) {
    return !out || (out != a->pred && out != a->target && out != a->weight);
}
INLINE int is_short_block(const loss_arrays_double *a, int wants) {
    const int made = wants & (WANTS_VALUE | WANTS_GRADIENT | WANTS_HESSIAN), both = WANTS_VALUE | WANTS_HESSIAN;
    return made && (made & both) != both && is_apart(a, a->loss) && is_apart(a, a->gradient) && is_apart(a, a->hessian);
}
#else
#define SHORT_DECLARED(name)
#define SHORT_OR(name)
#define POINTWISE_SHORT(name)
#define POINTWISE_SHORT_KINDS(name, kinds)
#endif
#endif
