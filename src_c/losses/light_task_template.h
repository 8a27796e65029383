/* What light losses do of a task in lanes of the arrays' own type; included by light_tasks.h for float and for double. */

/* Every loss and derivative, stored, times a weight where there is one; one loop for light losses and, of floats, for those with
 * exponentials and logarithms (float_terms.h).
 * What is outside, or no finite number, comes from the exact way. Neither result depends on whether the other is asked for; a vector is
 * read before it is written, as results may lie where an input does. */
typedef struct {
    VECTOR value, slope; /* rounded; the slope scaled */
    MASK outside;
} OP(each_terms);
typedef OP(each_terms) OP(each_function)(VECTOR pred, VECTOR target, const OP(loss_task) *with, int wants, const VECTOR *weight);

/* (high + low) times a weight, rounded once; NaN, which the exact way has, where the weight would show what underflow took */
INLINE VECTOR OP(value_weighed)(VECTOR high, VECTOR low, VECTOR w) {
    const MASK far = OP(not_le)(OP(abs)(w), OP(set)(LARGEST_WEIGHT));
    return OP(select)(far, OP(set)(NAN), OP(fma)(high, w, low * w));
}
/* the same of slopes, times the scale; where that leaves the range too */
INLINE VECTOR OP(slope_weighed)(VECTOR high, VECTOR low, const OP(loss_task) *with, VECTOR w) {
    const VECTOR by = w * with->high, rest = OP(fma)(w, with->low, OP(fms)(w, with->high, by)), size = OP(abs)(by);
    const MASK tiny = OP(mask_and)(OP(lt)(size, OP(set)(LEAST_WEIGHT)), OP(lt)(OP(set)(0), OP(abs)(w)));
    const MASK far = OP(mask_or)(tiny, OP(not_le)(size, OP(set)(LARGEST_WEIGHT)));
    return OP(select)(far, OP(set)(NAN), OP(fma)(high, by, OP(fma)(high, rest, low * by)));
}

/* (a b + low) times share, divided where there is a divisor; what underflow took from a product would be multiplied then. Where that is no
 * number the slope may be one all the same. */
INLINE OP(each_terms) OP(each_of_product)(OP(loss_product) r, const OP(loss_task) *with, double share, int divisor, const VECTOR *weight) {
    const VECTOR zero = OP(set)(0), value = OP(fma)(r.a, r.b, r.low);
    OP(each_terms) e = {value, OP(slope_times)(r.slope, with), OP(unordered)(value, value)};
    if (weight) {
        const VECTOR high = r.a * r.b;
        e.slope = OP(slope_weighed)(r.slope, zero, with, *weight);
        e.value = OP(value_weighed)(high, OP(fms)(r.a, r.b, high) + r.low, *weight);
    }
    if (share != 1) e.value = OP(set)((SCALAR)share) * e.value;
    if (divisor != NO_DIVISOR) {
        const VECTOR by = with->parameter[divisor], low = OP(fms)(r.a, r.b, value) + r.low, quotient = value / by;
        const VECTOR rest = (OP(fnma)(quotient, by, value) + low) / by;
        e.value = quotient + rest;
        if (weight) e.value = OP(value_weighed)(quotient, rest, *weight);
        const MASK tiny = OP(mask_and)(OP(lt)(value, OP(set)(1 / LOSS_LARGEST)), OP(lt)(zero, OP(abs)(r.a)));
        e.value = OP(select)(tiny, OP(set)(NAN), e.value);
    }
    return e;
}
/* one vector, of which `left` elements are there; loss or gradient may be NULL */
INLINE void OP(each_step)(const SCALAR *p, const SCALAR *t, const SCALAR *weight, SCALAR *loss, SCALAR *gradient, size_t left,
                          const OP(loss_task) *with, OP(each_function) *f, OP(exact_loss) *exact) {
    const int whole = left >= LANES, wants = (loss ? WANTS_VALUE : 0) | (gradient ? WANTS_GRADIENT : 0);
    const VECTOR x = whole ? OP(load)(p) : OP(load_part)(p, left), y = whole ? OP(load)(t) : OP(load_part)(t, left);
    const VECTOR w = !weight ? y : whole ? OP(load)(weight) : OP(load_part)(weight, left);
    OP(each_terms) e = f(x, y, with, wants, weight ? &w : NULL);
    const VECTOR value_left = e.value - e.value, slope_left = e.slope - e.slope, zero = OP(set)(0);
    const MASK undefined = OP(unordered)(x, y), none = OP(lt)(zero, zero);
    const MASK no_value = loss ? OP(mask_or)(e.outside, OP(unordered)(value_left, value_left)) : none;
    const MASK no_slope = gradient ? OP(mask_or)(e.outside, OP(unordered)(slope_left, slope_left)) : none;
    const MASK outside = OP(mask_or)(no_value, no_slope);
    if (UNLIKELY(OP(mask_any)(OP(mask_or)(outside, undefined)))) {
        const OP(outside_terms) far = OP(terms_outside)(x, y, outside, with, wants, exact, weight ? &w : NULL);
        e.value = OP(select)(no_value, OP(outside_value)(far), e.value);
        e.slope = OP(select)(no_slope, far.slope, e.slope);
        e.value = OP(canonical)(OP(select)(undefined, OP(set)(NAN), e.value));
        e.slope = OP(canonical)(OP(select)(undefined, OP(set)(NAN), e.slope));
    }
    if (loss) {
        if (whole)
            OP(store)(loss, e.value);
        else
            OP(store_part)(loss, e.value, left);
    }
    if (gradient) {
        if (whole)
            OP(store)(gradient, e.slope);
        else
            OP(store_part)(gradient, e.slope, left);
    }
}
INLINE void OP(each)(const SCALAR *p, const SCALAR *t, const SCALAR *w, SCALAR *loss, SCALAR *gradient, size_t n, const OP(loss_task) *task,
                     OP(each_function) *f, OP(exact_loss) *exact) {
    const OP(loss_task) own = *task, *const with = &own; /* which no store can change */
    size_t i = 0;
    for (; i + LANES <= n; i += LANES)
        OP(each_step)(p + i, t + i, w ? w + i : NULL, loss ? loss + i : NULL, gradient ? gradient + i : NULL, LANES, with, f, exact);
    if (i < n) OP(each_step)(p + i, t + i, w ? w + i : NULL, loss ? loss + i : NULL, gradient ? gradient + i : NULL, n - i, with, f, exact);
}

typedef struct {
    double_pair (*sum)(const SCALAR *pred, const SCALAR *target, SCALAR *gradient, size_t n, const OP(loss_task) *with);
    void (*each)(const SCALAR *pred, const SCALAR *target, SCALAR *loss, SCALAR *gradient, size_t n, const OP(loss_task) *with);
    void (*weighted)(const SCALAR *pred, const SCALAR *target, const SCALAR *weight, SCALAR *loss, SCALAR *gradient, size_t n,
                     const OP(loss_task) *with);
    loss_block *exact;
    int parameters, own_parameters; /* how many there are, and how many these lanes read */
    size_t few;                     /* up to so many elements the exact way decides */
    int zero_is_exact;              /* a sum of 0 is not what underflow left */
    double share, factor;           /* what sums and slopes are still to be multiplied by; the first a power of two */
    int divisor;                    /* the parameter that both are still to be divided by, or NO_DIVISOR */
} OP(light_loss);

/* Hessians the exact way; losses and gradients wait in buffers, as any of the three may lie where an input does */
INLINE void OP(light_loss_beside)(const loss_task *task, const OP(light_loss) *loss, size_t from, size_t count, const OP(loss_task) *with) {
    enum { PART = 1024 };
    SCALAR kept[2][PART];
    const SCALAR *p = task->pred, *t = task->target, *w = task->weight;
    SCALAR *const l = task->loss, *const g = task->gradient;
    double_pair unused;
    loss_task rest = *task;
    rest.range.sums = NULL, rest.loss = rest.gradient = NULL;
    for (size_t i = from; i < from + count; i += PART) {
        const size_t n = from + count - i < PART ? from + count - i : PART;
        if ((l || g) && w)
            loss->weighted(p + i, t + i, w + i, l ? kept[0] : NULL, g ? kept[1] : NULL, n, with);
        else if (l || g)
            loss->each(p + i, t + i, l ? kept[0] : NULL, g ? kept[1] : NULL, n, with);
        loss->exact(&rest, i, n, WANTS_HESSIAN, with->wide_parameter, &unused);
        if (l) memcpy(l + i, kept[0], n * sizeof(SCALAR));
        if (g) memcpy(g + i, kept[1], n * sizeof(SCALAR));
    }
}
#include "weighted_template.h"
/* In place, slopes wait for the sum. What a slope is depends on no other element: a block whose sum leaves the range has its sum alone from
 * the exact way. */
NOINLINE void OP(light_loss_run)(const loss_task *task, const OP(light_loss) *loss) {
    const double divisor = loss->divisor == NO_DIVISOR ? 1 : task->parameters[loss->divisor], whole = task->gradient_scale * loss->factor;
    const double scale = whole / divisor;
    if (divisor == 0 || !OP(slope_fits)(scale) || !OP(parameters_fit)(task->parameters, loss->own_parameters)) {
        loss_blocks(task, loss->exact, loss->parameters, OP(weights_total));
        return;
    }
    const SCALAR *p = task->pred, *t = task->target;
    SCALAR *const l = task->loss, *const g = task->gradient;
    const int few = task->n <= loss->few, apart = g && g != p && g != t && !l && !task->hessian && !few;
    const int summed = task->range.sums || (apart && loss->few); /* beside a light gradient a sum costs nothing */
    const int direct = apart && summed;
    const double rest = divisor == 1 ? 0 : fma(-scale, divisor, whole) / divisor;
    const double_pair by = {divisor / loss->share, 0};
    OP(loss_task) with;
    OP(loss_task_set)(&with, scale, rest, task->gradient_scale, task->parameters, loss->parameters);
    if (task->weight) {
        OP(weighted_run)(task, loss, &with);
        return;
    }
    with.streams = task->n * sizeof(SCALAR) >= fastact_stream_bytes;
    const double_pair no_weights = {0, 0};
    loss_task sum_alone = *task;
    sum_alone.loss = sum_alone.gradient = sum_alone.hessian = NULL;
    for (size_t from = task->range.begin; from < task->range.end; from += LOSS_BLOCK) {
        const size_t count = loss_block_count(&task->range, from);
        double_pair block = {0, 0};
        if (!few && summed) block = loss->sum(p + from, t + from, direct ? g + from : NULL, count, &with);
        const int fits = !few && (block.high == 0 ? loss->zero_is_exact : OP(loss_sum_fits)(block.high));
        if (LIKELY(fits))
            block = by.high == 1 ? block : double_pair_ratio(block, by);
        else if (summed)
            loss->exact(&sum_alone, from, count, WANTS_VALUE, with.wide_parameter, &block);
        loss_report(&task->range, from, block, no_weights);
        if (task->hessian)
            OP(light_loss_beside)(task, loss, from, count, &with);
        else if (l || (g && !(direct && fits)))
            loss->each(p + from, t + from, l ? l + from : NULL, g ? g + from : NULL, count, &with);
    }
}
#undef LANES
#undef LOSS_LARGEST
#undef LARGEST_WEIGHT
#undef LEAST_WEIGHT
