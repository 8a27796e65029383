/* What light losses do of a task in lanes of the arrays' own type; included by light_tasks.h for float and for double. */

/* Every loss and derivative, stored; one loop for light losses and, of floats, for those with exponentials and logarithms (float_terms.h).
 * What is outside, or no finite number, comes from the exact way. Neither result depends on whether the other is asked for; a vector is
 * read before it is written, as results may lie where an input does. */
typedef struct {
    VECTOR value, slope; /* rounded; the slope scaled */
    MASK outside;
} OP(each_terms);
typedef OP(each_terms) OP(each_function)(VECTOR pred, VECTOR target, const OP(loss_task) *with, int wants);

/* (a b + low) times share, divided where there is a divisor; what underflow took from a product would be multiplied then. Where that is no
 * number the slope may be one all the same. */
INLINE OP(each_terms) OP(each_of_product)(OP(loss_product) r, const OP(loss_task) *with, double share, int divisor) {
    const VECTOR zero = OP(set)(0), value = OP(fma)(r.a, r.b, r.low);
    OP(each_terms) e = {value, OP(slope_times)(r.slope, with), OP(unordered)(value, value)};
    if (share != 1) e.value = OP(set)((SCALAR)share) * value;
    if (divisor != NO_DIVISOR) {
        const VECTOR by = with->parameter[divisor], low = OP(fms)(r.a, r.b, value) + r.low, quotient = value / by;
        e.value = quotient + (OP(fnma)(quotient, by, value) + low) / by;
        const MASK tiny = OP(mask_and)(OP(lt)(value, OP(set)(1 / LOSS_LARGEST)), OP(lt)(zero, OP(abs)(r.a)));
        e.value = OP(select)(tiny, OP(set)(NAN), e.value);
    }
    return e;
}
/* one vector, of which `left` elements are there; loss or gradient may be NULL */
INLINE void OP(each_step)(const SCALAR *p, const SCALAR *t, SCALAR *loss, SCALAR *gradient, size_t left, const OP(loss_task) *with,
                          OP(each_function) *f, OP(exact_loss) *exact) {
    const int whole = left >= LANES, wants = (loss ? WANTS_VALUE : 0) | (gradient ? WANTS_GRADIENT : 0);
    const VECTOR x = whole ? OP(load)(p) : OP(load_part)(p, left), y = whole ? OP(load)(t) : OP(load_part)(t, left);
    OP(each_terms) e = f(x, y, with, wants);
    const VECTOR value_left = e.value - e.value, slope_left = e.slope - e.slope, zero = OP(set)(0);
    const MASK undefined = OP(unordered)(x, y), none = OP(lt)(zero, zero);
    const MASK no_value = loss ? OP(mask_or)(e.outside, OP(unordered)(value_left, value_left)) : none;
    const MASK no_slope = gradient ? OP(mask_or)(e.outside, OP(unordered)(slope_left, slope_left)) : none;
    const MASK outside = OP(mask_or)(no_value, no_slope);
    if (UNLIKELY(OP(mask_any)(OP(mask_or)(outside, undefined)))) {
        const OP(outside_terms) far = OP(terms_outside)(x, y, outside, with, wants, exact);
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
INLINE void OP(each)(const SCALAR *p, const SCALAR *t, SCALAR *loss, SCALAR *gradient, size_t n, const OP(loss_task) *task,
                     OP(each_function) *f, OP(exact_loss) *exact) {
    const OP(loss_task) own = *task, *const with = &own; /* which no store can change */
    size_t i = 0;
    for (; i + LANES <= n; i += LANES)
        OP(each_step)(p + i, t + i, loss ? loss + i : NULL, gradient ? gradient + i : NULL, LANES, with, f, exact);
    if (i < n) OP(each_step)(p + i, t + i, loss ? loss + i : NULL, gradient ? gradient + i : NULL, n - i, with, f, exact);
}

typedef struct {
    double_pair (*sum)(const SCALAR *pred, const SCALAR *target, SCALAR *gradient, size_t n, const OP(loss_task) *with);
    void (*each)(const SCALAR *pred, const SCALAR *target, SCALAR *loss, SCALAR *gradient, size_t n, const OP(loss_task) *with);
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
    const SCALAR *p = task->pred, *t = task->target;
    SCALAR *const l = task->loss, *const g = task->gradient;
    double_pair unused[2];
    loss_task rest = *task;
    rest.range.sums = NULL, rest.loss = rest.gradient = NULL;
    for (size_t i = from; i < from + count; i += PART) {
        const size_t n = from + count - i < PART ? from + count - i : PART;
        if (l || g) loss->each(p + i, t + i, l ? kept[0] : NULL, g ? kept[1] : NULL, n, with);
        loss->exact(&rest, i, n, WANTS_HESSIAN, with->wide_parameter, unused);
        if (l) memcpy(l + i, kept[0], n * sizeof(SCALAR));
        if (g) memcpy(g + i, kept[1], n * sizeof(SCALAR));
    }
}
/* In place, slopes wait for the sum. What a slope is depends on no other element: a block whose sum leaves the range has its sum alone from
 * the exact way. */
NOINLINE void OP(light_loss_run)(const loss_task *task, const OP(light_loss) *loss) {
    const double divisor = loss->divisor == NO_DIVISOR ? 1 : task->parameters[loss->divisor], whole = task->gradient_scale * loss->factor;
    const double scale = whole / divisor;
    if (task->weight || divisor == 0 || !OP(slope_fits)(scale) || !OP(parameters_fit)(task->parameters, loss->own_parameters)) {
        loss_blocks(task, loss->exact, loss->parameters);
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
    with.streams = task->n * sizeof(SCALAR) >= fastact_stream_bytes;
    loss_task sum_alone = *task;
    sum_alone.loss = sum_alone.gradient = sum_alone.hessian = NULL;
    for (size_t from = task->range.begin; from < task->range.end; from += LOSS_BLOCK) {
        const size_t count = loss_block_count(&task->range, from);
        double_pair block[2] = {{0, 0}, {0, 0}};
        if (!few && summed) block[0] = loss->sum(p + from, t + from, direct ? g + from : NULL, count, &with);
        const int fits = !few && (block[0].high == 0 ? loss->zero_is_exact : OP(loss_sum_fits)(block[0].high));
        if (LIKELY(fits))
            block[0] = by.high == 1 ? block[0] : double_pair_ratio(block[0], by);
        else if (summed)
            loss->exact(&sum_alone, from, count, WANTS_VALUE, with.wide_parameter, block);
        loss_report(&task->range, from, block[0], block[1]);
        if (task->hessian)
            OP(light_loss_beside)(task, loss, from, count, &with);
        else if (l || (g && !(direct && fits)))
            loss->each(p + from, t + from, l ? l + from : NULL, g ? g + from : NULL, count, &with);
    }
}
#undef LANES
#undef LOSS_LARGEST
