/* What runs a block of losses: the kernels beside this or, in their place, those of another compiler (made.c), which the loops of the scalar
 * lanes ask for. Losses are whole blocks; light ones have sums, losses and slopes in float lanes. */
#ifndef FASTACT_LOSSES_MADE_H
#define FASTACT_LOSSES_MADE_H
#if F64_LANES == 1
INLINE int is_made_block(const loss_task *task, size_t from, size_t n, int wants, double_pair sums[2]) {
    if (LIKELY(!task->made)) return 0;
    const int kernel = wants | (task->weight ? MADE_WEIGHTED : 0) | (task->loss ? MADE_STORED : 0);
    return !wants || fastact_run_made_loss(task, kernel, from, n, NULL, NULL, 0, 0, sums);
}
INLINE int is_made_light(const loss_task *task, int kernel, size_t from, float *loss, float *gradient, size_t n,
                         const f32_loss_task *with, double_pair sums[2]) {
    return UNLIKELY(task->made != NULL) && fastact_run_made_loss(task, kernel, from, n, loss, gradient, with->high, with->low, sums);
}
#else
#define is_made_block(...) 0
#define is_made_light(...) 0
#endif

INLINE void loss_block_run(loss_block *run, const loss_task *task, size_t from, size_t n, int wants, const vd *parameter,
                           double_pair sums[2]) {
    if (!is_made_block(task, from, n, wants, sums)) run(task, from, n, wants, parameter, sums);
}
INLINE double f32_light_sum(const loss_task *task, const f32_light_loss *loss, size_t from, float *gradient, size_t n,
                            const f32_loss_task *with) {
    const float *p = task->pred, *t = task->target;
    double_pair sums[2];
    if (is_made_light(task, gradient ? MADE_SUM_AND_SLOPES : MADE_SUM, from, NULL, gradient, n, with, sums)) return sums[0].high;
    return loss->sum(p + from, t + from, gradient, n, with);
}
/* losses or gradient may be NULL */
INLINE void f32_light_each(const loss_task *task, const f32_light_loss *loss, size_t from, float *losses, float *gradient, size_t n,
                           const f32_loss_task *with) {
    const float *p = task->pred, *t = task->target;
    const int kernel = !losses ? MADE_SLOPES : gradient ? MADE_LOSSES_AND_SLOPES : MADE_LOSSES;
    double_pair unused[2];
    UNUSED(unused), UNUSED(kernel);
    if (!is_made_light(task, kernel, from, losses, gradient, n, with, unused)) loss->each(p + from, t + from, losses, gradient, n, with);
}
#endif
