/* Weighted losses in lanes of the arrays' own type; included by light_tasks.h for float and for double. Every loss is weighted before it is
 * rounded, a part of them at a time, and added up from the first cache; nanoseconds an element at 65 536 floats, this and double lanes:
 * mean_squared_error 0.24 and 0.28, binary_cross_entropy_with_logits 0.37 and 1.41. A sum of which less than half is left, as losses of
 * both signs cancel, comes from the exact way. */
enum { OP(weighted_part) = 1024 };

/* n losses added to a sum; their sizes, which tell how much cancels, in 16 lanes */
INLINE void OP(weighted_add)(const SCALAR *each, size_t n, OP(weighted_sum) *sum, OP(lanes) *size) {
    OP(lanes) s = *size;
    size_t i = 0;
    OP(weighted_sum_add)(sum, each, n);
    for (; i + 4 * SUM_LANES <= n; i += 4 * SUM_LANES)
        for (size_t v = 0; v < SUM_LANES / LANES; ++v) {
            const SCALAR *const at = each + i + v * LANES;
            const VECTOR first = OP(abs)(OP(load)(at)) + OP(abs)(OP(load)(at + SUM_LANES));
            const VECTOR last = OP(abs)(OP(load)(at + 2 * SUM_LANES)) + OP(abs)(OP(load)(at + 3 * SUM_LANES));
            s.lane[v] = s.lane[v] + (first + last);
        }
    for (size_t v = 0; i < n; i += LANES, v = (v + 1) % (SUM_LANES / LANES))
        s.lane[v] = s.lane[v] + OP(abs)(OP(load_part)(each + i, lanes_left(n, i, LANES)));
    *size = s;
}
/* The sum of a block, or NaN where the exact way has it; losses and gradients too where l and g are not NULL, which lie apart from what is
 * read. */
NOINLINE double_pair OP(weighted_block)(const loss_task *task, const OP(light_loss) *loss, size_t from, size_t count, SCALAR *l, SCALAR *g,
                                        const OP(loss_task) *with) {
    SCALAR kept[OP(weighted_part)];
    const SCALAR *const p = task->pred, *const t = task->target, *const w = task->weight;
    OP(weighted_sum) sum = OP(weighted_sum_set)(0);
    OP(lanes) size = OP(lanes_set)(0);
    for (size_t i = from; i < from + count; i += OP(weighted_part)) {
        const size_t n = from + count - i < OP(weighted_part) ? from + count - i : OP(weighted_part);
        SCALAR *const each = l ? l + i : kept;
        loss->weighted(p + i, t + i, w + i, each, g ? g + i : NULL, n, with);
        OP(weighted_add)(each, n, &sum, &size);
    }
    double_pair total = OP(weighted_total)(&sum);
    if (!(fabs(total.high) >= 0.5 * OP(weighted_size)(size))) total.high = NAN;
    return total;
}
INLINE int OP(lies_apart)(const loss_task *task, const void *out) {
    return !out || (out != task->pred && out != task->target && out != task->weight);
}
/* Where results lie where an input does, or Hessians are asked for, the sum comes first. */
NOINLINE void OP(weighted_run)(const loss_task *task, const OP(light_loss) *loss, const OP(loss_task) *with) {
    const SCALAR *const p = task->pred, *const t = task->target, *const w = task->weight;
    SCALAR *const l = task->loss, *const g = task->gradient;
    const int summed = task->range.sums && p, tried = summed && task->n > loss->few;
    const int direct = tried && !task->hessian && OP(lies_apart)(task, l) && OP(lies_apart)(task, g);
    loss_task sum_alone = *task;
    sum_alone.loss = sum_alone.gradient = sum_alone.hessian = NULL;
    for (size_t from = task->range.begin; from < task->range.end; from += LOSS_BLOCK) {
        const size_t count = loss_block_count(&task->range, from);
        double_pair block = {0, 0}, weights = {0, 0};
        if (task->range.sums) weights = OP(weights_total)(w, from, count);
        if (tried) block = OP(weighted_block)(task, loss, from, count, direct ? l : NULL, direct ? g : NULL, with);
        const int fits = tried && (block.high == 0 ? loss->zero_is_exact : OP(loss_sum_fits)(block.high));
        if (summed && !fits) loss->exact(&sum_alone, from, count, WANTS_VALUE, with->wide_parameter, &block);
        loss_report(&task->range, from, block, weights);
        if (task->hessian)
            OP(light_loss_beside)(task, loss, from, count, with);
        else if (!direct && (l || g))
            loss->weighted(p + from, t + from, w + from, l ? l + from : NULL, g ? g + from : NULL, count, with);
    }
}
