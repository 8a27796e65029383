/* softmax_focal of float rows with labels: cross entropy, each row times its focal factors, in its loops. The exponentials of these are
 * right to 0.28 of 2^-24, which u^gamma multiplies by gamma: up to gamma = 2, the default, results are within 2 ulp. Doubles, which lose
 * 3 ulp there, other gammas, label smoothing and rows of targets: softmax_focal_targets.h. */
INLINE int has_focal_loops(const fastact_row_loss_options *o) { return !o->targets && o->label_smoothing == 0 && o->parameters[0] <= 2; }
static void row_loss_softmax_focal_f32(const row_loss_task *task) {
    if (has_focal_loops(task->options))
        f32_cross_entropy_of_labels(task, 1);
    else
        row_loss_softmax_focal_targets_f32(task);
}
static void row_loss_softmax_focal_f64(const row_loss_task *task) { row_loss_softmax_focal_targets_f64(task); }
