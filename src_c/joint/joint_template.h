/* The loops of joint losses, in the words of as_wide.h or as_pairs.h. */
typedef joint_terms NAMED(joint_element)(const vd *x, const vd *parameter, int wants);
typedef double_pair NAMED(joint_row)(const SCALAR *const *x, size_t columns, const double *parameter, double_pair factor,
                                     SCALAR *const *gradient);

INLINE void NAMED(joint_step)(const joint_task *task, size_t i, size_t left, int arrays, int gradients, int wants, const vd *parameter,
                              NAMED(joint_element) *f, f64_pair *sum, f64_pair *weights) {
    vd x[JOINT_ARRAYS];
    for (int k = 0; k < arrays; ++k) x[k] = num_load((const SCALAR *)task->in[k] + i, left);
    md undefined = f64_unordered(x[0], x[arrays - 1]);
    if (arrays == 3) undefined = f64_mask_or(undefined, f64_unordered(x[1], x[1]));
    joint_terms r = f(x, parameter, wants);
    num scale = num_set(task->gradient_scale, 0);
    if (task->weight) {
        const vd w = num_load((const SCALAR *)task->weight + i, left);
        *weights = f64_pair_sum(*weights, f64_pair_of(w, f64_set(0)));
        r.value = num_times(r.value, num_of(w));
        scale = num_product(w, f64_set(task->gradient_scale));
    }
    if (wants & WANTS_VALUE) {
        f64_pair value = num_pair(r.value);
        value.high = f64_nan_where(undefined, value.high);
        *sum = f64_pair_sum(*sum, LIKELY(left >= F64_LANES) ? value : f64_pair_first(value, left));
    }
    if (task->loss) num_store_defined((SCALAR *)task->loss + i, r.value, undefined, left);
    for (int k = 0; k < gradients; ++k)
        if (task->gradient[k]) num_store_defined((SCALAR *)task->gradient[k] + i, num_times(r.gradient[k], scale), undefined, left);
}
INLINE void NAMED(joint_elements)(const joint_task *given, int arrays, int gradients, int parameters, NAMED(joint_element) *f) {
    const joint_task task = *given;
    const int slopes = task.gradient[0] || task.gradient[1] || task.gradient[2];
    const int wants = (task.range.sums || task.loss ? WANTS_VALUE : 0) | (slopes ? WANTS_GRADIENT : 0);
    vd parameter[MAX_PARAMETERS];
    for (int k = 0; k < parameters; ++k) parameter[k] = f64_set(task.parameters[k]);
    for (size_t from = task.range.begin; from < task.range.end; from += task.range.block) {
        const size_t count = loss_block_count(&task.range, from);
        f64_pair_lanes sum = f64_pair_lanes_set(0), weights = f64_pair_lanes_set(0);
        EACH_VECTOR(count, at, left, v,
                    NAMED(joint_step)(&task, from + at, left, arrays, gradients, wants, parameter, f, &sum.lane[v], &weights.lane[v]))
        loss_report(&task.range, from, f64_pair_lanes_sum(&sum, 0), f64_pair_lanes_sum(&weights, 0));
    }
}
INLINE void NAMED(joint_rows)(const joint_task *task, int arrays, NAMED(joint_row) *f) {
    double_pair total = double_pair_of(0), weight_total = double_pair_of(0);
    for (size_t row = task->range.begin, from = row, left = 0; row < task->range.end; ++row) {
        if (left == 0) {
            total = weight_total = double_pair_of(0);
            from = row, left = loss_block_count(&task->range, from);
        }
        const SCALAR *x[JOINT_ARRAYS];
        SCALAR *gradient[JOINT_ARRAYS];
        const double weight = task->weight ? (double)((const SCALAR *)task->weight)[row] : 1;
        for (int k = 0; k < arrays; ++k) {
            x[k] = (const SCALAR *)task->in[k] + row * task->columns;
            gradient[k] = task->gradient[k] ? (SCALAR *)task->gradient[k] + row * task->columns : NULL;
        }
        const double_pair factor = double_pair_finite(double_product(weight, task->gradient_scale));
        double_pair value = double_pair_finite(f(x, task->columns, task->parameters, factor, gradient));
        value = double_pair_times(value, double_pair_of(weight));
        if (task->loss) ((SCALAR *)task->loss)[row] = (SCALAR)double_pair_value(value);
        total = double_pair_sum(total, value);
        weight_total = double_pair_sum(weight_total, double_pair_of(weight));
        if (--left == 0) loss_report(&task->range, from, total, weight_total);
    }
}
#ifndef JOINT_ELEMENTS_OF
#define JOINT_ELEMENTS_OF(name, type, arithmetic, arrays, gradients, parameters)                          \
    static void joint_##name##_##type(const joint_task *task) {                                           \
        joint_elements_loss_##arithmetic(task, arrays, gradients, parameters, name##_loss_##arithmetic);  \
    }
#define JOINT_ROWS_OF(name, type, arithmetic, arrays)                                                     \
    static void joint_##name##_##type(const joint_task *task) { joint_rows_loss_##arithmetic(task, arrays, name##_loss_##arithmetic); }
#endif
