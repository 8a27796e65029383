/* The public entry points for each kind of function: every argument checked, then the kernels run, by split.c. */
#include "kernels.h"
#include "overlap.h"
#include "simd/compiler.h"
#include "split.h"
#include <math.h>
#include <string.h>

EXPORT const char *fastact_version(void) { return FASTACT_VERSION; }

EXPORT const char *fastact_status_text(fastact_status status) {
    switch (status) {
    case FASTACT_OK: return "success";
    case FASTACT_ERROR_NULL: return "a required pointer is NULL";
    case FASTACT_ERROR_OVERLAP: return "an output overlaps an input without being exactly it";
    case FASTACT_ERROR_LABEL: return "a class label is out of range";
    case FASTACT_ERROR_ARGUMENT: return "an argument is outside its range";
    case FASTACT_ERROR_MEMORY: return "no memory for rows of 16-bit numbers or along an axis that is not the last";
    case FASTACT_ERROR_UNSUPPORTED: return "no such pass, dtype or instruction set here";
    }
    return "unknown status";
}

static int known(fastact_dtype dtype) { return dtype == FASTACT_F32 || dtype == FASTACT_F64; }
static int is_sixteen(fastact_dtype dtype) { return dtype == FASTACT_F16 || dtype == FASTACT_BF16; }

static fastact_status check_conversion(fastact_dtype dtype, size_t n, const void *x, const void *y) {
    if (!is_sixteen(dtype)) return FASTACT_ERROR_UNSUPPORTED;
    if (n && (!x || !y)) return FASTACT_ERROR_NULL;
    return n > PTRDIFF_MAX / sizeof(float) ? FASTACT_ERROR_ARGUMENT : FASTACT_OK;
}
EXPORT fastact_status fastact_widen(fastact_dtype dtype, size_t n, const void *x, float *y) {
    const fastact_status status = check_conversion(dtype, n, x, y);
    if (status != FASTACT_OK) return status;
    if (overlap_sizes(x, n * sizeof(uint16_t), y, n * sizeof(float))) return FASTACT_ERROR_OVERLAP;
    fastact_active_kernels()->widen[dtype - FASTACT_F16](n, x, y);
    return FASTACT_OK;
}
EXPORT fastact_status fastact_narrow(fastact_dtype dtype, size_t n, const float *x, void *y) {
    const fastact_status status = check_conversion(dtype, n, x, y);
    if (status != FASTACT_OK) return status;
    if (overlap_sizes(x, n * sizeof(float), y, n * sizeof(uint16_t))) return FASTACT_ERROR_OVERLAP;
    fastact_active_kernels()->narrow[dtype - FASTACT_F16](n, x, y);
    return FASTACT_OK;
}

EXPORT fastact_kernel fastact_get_kernel(const fastact_function *f, fastact_pass pass, fastact_dtype dtype) {
    if (!f || f->kind != FASTACT_ELEMENTWISE || (unsigned)dtype >= MAP_DTYPES || (unsigned)pass >= MAP_PASSES) return NULL;
    return fastact_map_of(f->index, pass, dtype);
}

/* passes that read the scale of x where others have their parameter */
static int takes_scale(const fastact_function *f, fastact_pass pass) {
    return f->index == ROWS_softmax || (f->index == ROWS_log_softmax && pass == FASTACT_VALUE);
}
/* what both entries for rows check before they look at arrays; FASTACT_OK with no columns where there is nothing to do */
static fastact_status check_rows(const fastact_function *f, fastact_pass pass, fastact_dtype dtype, size_t rows, size_t columns,
                                 const double *parameters, fastact_row_lengths *lengths) {
    if (f->kind != FASTACT_ROWWISE || !(known(dtype) || is_sixteen(dtype))) return FASTACT_ERROR_UNSUPPORTED;
    if (pass != FASTACT_VALUE && pass != FASTACT_BACKWARD) return FASTACT_ERROR_UNSUPPORTED;
    lengths->columns = lengths->results = columns;
    if (f->row_shape == FASTACT_ONE_COLUMN) lengths->results = 1;
    if (f->row_shape == FASTACT_GROUPED_COLUMNS) {
        if (!(parameters[0] >= 1 && parameters[0] <= 0x1p53)) return FASTACT_ERROR_ARGUMENT;
        const size_t pieces = (size_t)parameters[0];
        if ((double)pieces != parameters[0] || columns % pieces) return FASTACT_ERROR_ARGUMENT;
        lengths->results = columns / pieces;
    }
    const int may_scale = takes_scale(f, pass) && parameters[0] >= 0x1p-60 && parameters[0] <= 0x1p60;
    if (f->parameter_count == 0 && parameters[0] != 1 && !may_scale) return FASTACT_ERROR_ARGUMENT;
    if (rows > PTRDIFF_MAX / fastact_item_size(dtype) / (columns ? columns : 1)) return FASTACT_ERROR_ARGUMENT;
    return FASTACT_OK;
}

EXPORT fastact_status fastact_rows(const fastact_function *f, fastact_pass pass, fastact_dtype dtype, size_t rows, size_t columns,
                                   const void *a, const void *b, void *out, const double *parameters) {
    if (!f) return FASTACT_ERROR_NULL;
    const double usual = f->parameter_count ? f->parameters[0].default_value : 1;
    if (!parameters || (!f->parameter_count && parameters[0] == 0)) parameters = &usual;
    fastact_row_lengths lengths;
    const fastact_status status = check_rows(f, pass, dtype, rows, columns, parameters, &lengths);
    const int backward = pass == FASTACT_BACKWARD;
    if (status != FASTACT_OK) return status;
    if (rows == 0 || (backward ? columns : lengths.results) == 0) return FASTACT_OK;
    if ((columns && !(backward ? b : a)) || !out || (backward && !a)) return FASTACT_ERROR_NULL;
    const size_t bytes = rows * columns * fastact_item_size(dtype), result_bytes = rows * lengths.results * fastact_item_size(dtype);
    const size_t a_bytes = backward ? result_bytes : bytes, out_bytes = backward ? bytes : result_bytes;
    if (a_bytes == out_bytes ? overlap(a, out, a_bytes) : overlap_sizes(a, a_bytes, out, out_bytes)) return FASTACT_ERROR_OVERLAP;
    if (backward && overlap(b, out, bytes)) return FASTACT_ERROR_OVERLAP;
    return fastact_run_rows(f->index, backward, dtype, rows, lengths, a, b, out, parameters);
}

/* sizes of an (outer, columns, inner) array; one long axis of rows is the inner one */
typedef struct {
    size_t outer, columns, inner, item;
} along_sizes;

/* Whether an array ends within the address space, and over which bytes it reaches. Of an output the numbers lie apart too: each axis, from
 * the smallest step on, steps over all that those before reach. */
static int reach_along(const fastact_along *x, along_sizes n, int is_output, uintptr_t *low, uintptr_t *high) {
    const size_t counts[3] = {n.outer, n.columns, n.inner};
    const ptrdiff_t steps[3] = {x->outer, x->column, x->inner};
    size_t reached[3], size[3];
    *low = *high = (uintptr_t)x->at;
    for (int k = 0; k < 3; ++k) {
        size[k] = steps[k] < 0 ? (size_t)0 - (size_t)steps[k] : (size_t)steps[k];
        if (counts[k] <= 1) size[k] = 0;
        if (size[k] && counts[k] - 1 > PTRDIFF_MAX / 4 / size[k]) return 0;
        reached[k] = size[k] * (counts[k] - (counts[k] > 0));
        *(steps[k] < 0 ? low : high) += steps[k] < 0 ? (uintptr_t)0 - reached[k] : reached[k];
    }
    *high += n.item;
    if (!is_output) return 1;
    size_t all = n.item;
    for (int turn = 0, done = 0; turn < 3; ++turn) {
        int next = -1;
        for (int k = 0; k < 3; ++k)
            if (!(done >> k & 1) && (next < 0 || size[k] < size[next])) next = k;
        if (counts[next] > 1 && size[next] < all) return 0;
        all += reached[next], done |= 1 << next;
    }
    return 1;
}
static int lies_as(const fastact_along *x, const fastact_along *y, along_sizes n) {
    return x->at == y->at && (n.outer <= 1 || x->outer == y->outer) && (n.columns <= 1 || x->column == y->column) &&
           (n.inner <= 1 || x->inner == y->inner);
}
/* an output and the inputs that it must be apart from, or, in place, exactly one; NULL for those there are not */
static fastact_status check_along(const fastact_along *out, along_sizes n, int in_place, const fastact_along *const *in,
                                  const along_sizes *in_sizes, int count) {
    uintptr_t low, high, first, end;
    if (out && !reach_along(out, n, 1, &low, &high)) return FASTACT_ERROR_ARGUMENT;
    for (int k = 0; k < count; ++k) {
        if (!in[k]) continue;
        if (!reach_along(in[k], in_sizes[k], 0, &first, &end)) return FASTACT_ERROR_ARGUMENT;
        const int same = in_place && out && in_sizes[k].columns == n.columns && lies_as(in[k], out, n);
        if (out && !same && first < high && low < end) return FASTACT_ERROR_OVERLAP;
    }
    return FASTACT_OK;
}
/* whether rows lie as kernels want them */
static int is_last(const fastact_along *x, along_sizes n) {
    const ptrdiff_t one = (ptrdiff_t)n.item, row = (ptrdiff_t)(n.columns * n.item), all = row * (ptrdiff_t)n.inner;
    return (uintptr_t)x->at % n.item == 0 && (n.columns == 1 || x->column == one) && (n.inner == 1 || x->inner == row) &&
           (n.outer == 1 || x->outer == all);
}
static fastact_along inner_of(const fastact_along *x, int swap) {
    const fastact_along none = {NULL, 0, 0, 0}, swapped = {x ? x->at : NULL, 0, x ? x->column : 0, x ? x->outer : 0};
    return x ? swap ? swapped : *x : none;
}

EXPORT fastact_status fastact_rows_along(const fastact_function *f, fastact_pass pass, fastact_dtype dtype, size_t outer, size_t columns,
                                         size_t inner, const fastact_along *a, const fastact_along *b, const fastact_along *out,
                                         const double *parameters) {
    if (!f) return FASTACT_ERROR_NULL;
    const double usual = f->parameter_count ? f->parameters[0].default_value : 1;
    if (!parameters || (!f->parameter_count && parameters[0] == 0)) parameters = &usual;
    if (inner && outer > PTRDIFF_MAX / inner) return FASTACT_ERROR_ARGUMENT;
    const size_t rows = outer * inner;
    fastact_row_lengths lengths;
    fastact_status status = check_rows(f, pass, dtype, rows, columns, parameters, &lengths);
    const int backward = pass == FASTACT_BACKWARD, swap = inner == 1;
    if (status != FASTACT_OK) return status;
    if (rows == 0 || (backward ? columns : lengths.results) == 0) return FASTACT_OK;
    const fastact_along x = inner_of(a, swap), of = inner_of(backward ? b : NULL, swap), y = inner_of(out, swap);
    if ((columns && !(backward ? of : x).at) || !y.at || (backward && !x.at)) return FASTACT_ERROR_NULL;
    if (swap) inner = outer, outer = 1;
    const along_sizes whole = {outer, columns, inner, fastact_item_size(dtype)};
    along_sizes result = whole;
    result.columns = lengths.results;
    const along_sizes sizes[2] = {backward ? result : whole, whole}, out_sizes = backward ? whole : result;
    const fastact_along *const in[2] = {&x, backward ? &of : NULL};
    status = check_along(&y, out_sizes, 1, in, sizes, 2);
    if (status != FASTACT_OK) return status;
    if (is_last(&x, sizes[0]) && is_last(&y, out_sizes) && (!backward || is_last(&of, whole)))
        return fastact_run_rows(f->index, backward, dtype, rows, lengths, x.at, of.at, y.at, parameters);
    return fastact_run_rows_along(f->index, backward, dtype, rows, inner, lengths, &x, backward ? &of : NULL, &y, parameters);
}

/* whether two sets of rows, each of `bytes` bytes, share memory; sets whose rows lie between each other's need equal steps */
static int rows_meet(fastact_row_set a, fastact_row_set b, size_t rows, size_t bytes) {
    const uintptr_t distance = a.at < b.at ? b.at - a.at : a.at - b.at;
    if (distance >= (rows - 1) * (a.at < b.at ? a.step : b.step) + bytes) return 0;
    if (rows > 1 && a.step != b.step) return 1;
    const size_t skipped = rows > 1 ? distance / a.step : 0, rest = distance - skipped * a.step;
    return rest < bytes || (skipped + 1 < rows && a.step - rest < bytes);
}

EXPORT fastact_status fastact_gated(const fastact_function *f, fastact_pass pass, fastact_dtype dtype, size_t rows, size_t columns,
                                    const void *const *in, const size_t *in_steps, void *const *out, const size_t *out_steps,
                                    const double *parameters) {
    if (!f) return FASTACT_ERROR_NULL;
    if (f->kind != FASTACT_GATED || !(known(dtype) || is_sixteen(dtype))) return FASTACT_ERROR_UNSUPPORTED;
    if (pass != FASTACT_VALUE && pass != FASTACT_BACKWARD) return FASTACT_ERROR_UNSUPPORTED;
    if (rows == 0 || columns == 0) return FASTACT_OK;
    if (!in || !out) return FASTACT_ERROR_NULL;
    const int inputs = pass == FASTACT_BACKWARD ? 3 : 2, outputs = inputs - 1, arrays = inputs + outputs;
    const size_t item = fastact_item_size(dtype);
    fastact_row_set set[5];
    for (int k = 0; k < arrays; ++k) {
        const void *at = k < inputs ? in[k] : out[k - inputs];
        const size_t *steps = k < inputs ? in_steps : out_steps;
        const size_t step = steps ? steps[k < inputs ? k : k - inputs] : columns;
        if (!at) return FASTACT_ERROR_NULL;
        if (columns > PTRDIFF_MAX / item / rows || step > PTRDIFF_MAX / item / rows) return FASTACT_ERROR_ARGUMENT;
        if (k >= inputs && rows > 1 && step < columns) return FASTACT_ERROR_ARGUMENT;
        set[k].at = (uintptr_t)at, set[k].step = step * item;
    }
    for (int k = inputs; k < arrays; ++k)
        for (int j = 0; j < k; ++j) {
            const int same = j < inputs && set[j].at == set[k].at && (rows == 1 || set[j].step == set[k].step);
            if (!same && rows_meet(set[j], set[k], rows, columns * item)) return FASTACT_ERROR_OVERLAP;
        }
    double values[MAX_PARAMETERS];
    for (int k = 0; k < f->parameter_count; ++k) values[k] = parameters ? parameters[k] : f->parameters[k].default_value;
    int joined = 1; /* rows that follow each other without a gap are one */
    for (int k = 0; k < arrays; ++k) joined &= set[k].step == columns * item;
    if (joined) columns *= rows, rows = 1;
    fastact_run_gated(f->index, pass == FASTACT_BACKWARD, dtype, rows, columns, set, values, f->parameter_count);
    return FASTACT_OK;
}

/* as given, or the defaults, as numbers of the dtype; 0 where one is NaN, as is one without a default */
static int loss_parameters(const fastact_function *f, fastact_dtype dtype, const double *given, double *values) {
    for (int k = 0; k < f->parameter_count; ++k) {
        values[k] = given ? given[k] : f->parameters[k].default_value;
        if (values[k] != values[k]) return 0;
        if (dtype == FASTACT_F32) values[k] = (float)values[k];
    }
    return 1;
}

EXPORT fastact_status fastact_loss(const fastact_function *f, fastact_dtype dtype, size_t n, const void *pred, const void *target,
                                   const void *weight, const double *parameters, double gradient_scale, double sums[2], void *loss,
                                   void *gradient, void *hessian) {
    if (!f) return FASTACT_ERROR_NULL;
    if (f->kind != FASTACT_LOSS || !known(dtype)) return FASTACT_ERROR_UNSUPPORTED;
    if (sums) sums[0] = sums[1] = 0;
    if (n == 0) return FASTACT_OK;
    const int weights_alone = !pred && !target && weight && sums && !loss && !gradient && !hessian;
    if (!weights_alone && (!pred || !target)) return FASTACT_ERROR_NULL;
    if (n > PTRDIFF_MAX / fastact_item_size(dtype)) return FASTACT_ERROR_ARGUMENT;
    const size_t bytes = n * fastact_item_size(dtype);
    void *const outs[3] = {loss, gradient, hessian};
    for (int i = 0; i < 3; ++i) {
        if (outs[i] && (overlap(pred, outs[i], bytes) || overlap(target, outs[i], bytes) || (weight && overlap(weight, outs[i], bytes))))
            return FASTACT_ERROR_OVERLAP;
        for (int k = 0; k < i; ++k)
            if (overlap_sizes(outs[k], bytes, outs[i], bytes)) return FASTACT_ERROR_OVERLAP;
    }
    double values[MAX_PARAMETERS];
    if (!loss_parameters(f, dtype, parameters, values)) return FASTACT_ERROR_ARGUMENT;
    loss_task task = {n, pred, target, weight, values, gradient_scale, loss, gradient, hessian, {0}};
    fastact_run_loss(f->index, dtype, &task, sums);
    return FASTACT_OK;
}

/* what both entries for losses of rows check beside their arrays: there are rows, whose labels are classes */
static fastact_status check_row_loss(const fastact_function *f, fastact_dtype dtype, size_t rows, size_t columns,
                                     const fastact_row_loss_options *o, int targets, double *values, double sums[2]) {
    if (!targets && (!o->labels || !(f->targets & FASTACT_LABELS))) return FASTACT_ERROR_NULL;
    for (size_t i = 0; i < rows && !targets; ++i) {
        if (o->has_ignore_index && o->labels[i] == o->ignore_index) continue;
        if ((uint64_t)o->labels[i] >= columns) { /* which no negative one is below */
            sums[0] = (double)i;
            return FASTACT_ERROR_LABEL;
        }
    }
    return loss_parameters(f, dtype, o->parameters, values) ? FASTACT_OK : FASTACT_ERROR_ARGUMENT;
}
static fastact_status check_row_loss_kind(const fastact_function *f, fastact_dtype dtype, const fastact_row_loss_options *o, int targets,
                                          double sums[2]) {
    if (!f || !sums || !o) return FASTACT_ERROR_NULL;
    if (f->kind != FASTACT_ROW_LOSS || !known(dtype)) return FASTACT_ERROR_UNSUPPORTED;
    if (!(o->label_smoothing >= 0 && o->label_smoothing <= 1)) return FASTACT_ERROR_ARGUMENT;
    if (targets && !(f->targets & FASTACT_PROBABILITIES)) return FASTACT_ERROR_UNSUPPORTED;
    sums[0] = sums[1] = 0;
    return FASTACT_OK;
}

EXPORT fastact_status fastact_row_loss(const fastact_function *f, fastact_dtype dtype, size_t rows, size_t columns, const void *logits,
                                       const fastact_row_loss_options *o, double sums[2], void *loss, void *gradient) {
    fastact_status status = check_row_loss_kind(f, dtype, o, o && o->targets, sums);
    if (status != FASTACT_OK || rows == 0) return status;
    if (columns && !logits) return FASTACT_ERROR_NULL;
    const size_t item = fastact_item_size(dtype);
    if (columns && rows > PTRDIFF_MAX / item / columns) return FASTACT_ERROR_ARGUMENT;
    const size_t bytes = rows * columns * item;
    if (gradient && overlap(logits, gradient, bytes)) return FASTACT_ERROR_OVERLAP;
    if (gradient && o->targets && overlap(o->targets, gradient, bytes)) return FASTACT_ERROR_OVERLAP;
    const size_t label_bytes = o->targets ? 0 : rows * 8;
    if (overlap_sizes(loss, rows * item, logits, bytes) || overlap_sizes(loss, rows * item, gradient, bytes) ||
        overlap_sizes(loss, rows * item, o->labels, label_bytes) || overlap_sizes(gradient, bytes, o->labels, label_bytes) ||
        overlap_sizes(loss, rows * item, o->targets, bytes))
        return FASTACT_ERROR_OVERLAP;
    double values[MAX_PARAMETERS];
    status = check_row_loss(f, dtype, rows, columns, o, o->targets != NULL, values, sums);
    if (status != FASTACT_OK) return status;
    fastact_row_loss_options options = *o;
    options.parameters = values;
    row_loss_task task = {columns, logits, &options, loss, gradient, {0}};
    fastact_run_row_loss(f->index, dtype, rows, &task, sums);
    return FASTACT_OK;
}

EXPORT fastact_status fastact_row_loss_along(const fastact_function *f, fastact_dtype dtype, size_t outer, size_t columns, size_t inner,
                                             const fastact_along *logits, const fastact_along *targets, const fastact_row_loss_options *o,
                                             double sums[2], void *loss, const fastact_along *gradient) {
    fastact_status status = check_row_loss_kind(f, dtype, o, targets != NULL, sums);
    if (status != FASTACT_OK || outer == 0 || inner == 0) return status;
    const size_t item = fastact_item_size(dtype), most = PTRDIFF_MAX / item / (columns ? columns : 1);
    if (o->targets || outer > most / inner) return FASTACT_ERROR_ARGUMENT;
    const int swap = inner == 1;
    const fastact_along z = inner_of(logits, swap), t = inner_of(targets, swap), g = inner_of(gradient, swap);
    if (columns && (!z.at || (targets && !t.at) || (gradient && !g.at))) return FASTACT_ERROR_NULL;
    const size_t rows = outer * inner;
    if (swap) inner = outer, outer = 1;
    const along_sizes whole = {outer, columns, inner, item}, few = {1, 1, rows, item}, label_sizes = {1, 1, rows, sizeof(int64_t)};
    const fastact_along losses = {loss, 0, 0, (ptrdiff_t)item}, labels = {(void *)o->labels, 0, 0, sizeof(int64_t)};
    const fastact_along *const inputs[4] = {&z, targets ? &t : NULL, targets ? NULL : &labels, NULL};
    const fastact_along *const others[4] = {&z, targets ? &t : NULL, targets ? NULL : &labels, gradient ? &g : NULL};
    const along_sizes sizes[4] = {whole, whole, label_sizes, whole};
    double values[MAX_PARAMETERS];
    if (columns) status = check_along(gradient ? &g : NULL, whole, 1, inputs, sizes, 4);
    if (status == FASTACT_OK && columns && loss) status = check_along(&losses, few, 0, others, sizes, 4);
    if (status == FASTACT_OK) status = check_row_loss(f, dtype, rows, columns, o, targets != NULL, values, sums);
    if (status != FASTACT_OK) return status;
    fastact_row_loss_options options = *o;
    options.parameters = values;
    row_loss_task task = {columns, z.at, &options, loss, g.at, {0}};
    if (columns == 0 || (is_last(&z, whole) && (!targets || is_last(&t, whole)) && (!gradient || is_last(&g, whole)))) {
        options.targets = t.at;
        fastact_run_row_loss(f->index, dtype, rows, &task, sums);
        return FASTACT_OK;
    }
    return fastact_run_row_loss_along(f->index, dtype, rows, inner, &task, &z, targets ? &t : NULL, gradient ? &g : NULL, sums);
}

/* whether a parameter of that name has a value that no kernel takes */
static int bad_norm(const fastact_function *f, const double *values) {
    for (int k = 0; k < f->parameter_count; ++k)
        if (!strcmp(f->parameters[k].name, "p") && values[k] != 1 && values[k] != 2 && values[k] != (double)INFINITY) return 1;
    return 0;
}

EXPORT fastact_status fastact_joint_loss(const fastact_function *f, fastact_dtype dtype, size_t rows, size_t columns,
                                         const void *const *in, const void *weight, const double *parameters, double gradient_scale,
                                         double sums[2], void *loss, void *const *gradient) {
    if (!f) return FASTACT_ERROR_NULL;
    if (f->kind != FASTACT_JOINT_LOSS || !known(dtype)) return FASTACT_ERROR_UNSUPPORTED;
    const int has_rows = f->unit == FASTACT_ROWS || f->unit == FASTACT_DISTANCES;
    double values[MAX_PARAMETERS];
    for (int k = 0; k < f->parameter_count; ++k) values[k] = parameters ? parameters[k] : f->parameters[k].default_value;
    if ((!has_rows && columns != 1) || bad_norm(f, values)) return FASTACT_ERROR_ARGUMENT;
    if (sums) sums[0] = sums[1] = 0;
    if (rows == 0) return FASTACT_OK;
    const size_t item = fastact_item_size(dtype);
    if (columns && rows > PTRDIFF_MAX / item / columns) return FASTACT_ERROR_ARGUMENT;
    const size_t bytes = rows * columns * item, few = rows * item;
    joint_task task = {rows, columns, {NULL}, weight, values, gradient_scale, loss, {NULL}, {0}};
    if (!in) return FASTACT_ERROR_NULL;
    for (int k = 0; k < f->array_count; ++k) {
        if (columns && !in[k]) return FASTACT_ERROR_NULL;
        task.in[k] = in[k];
        if (has_rows ? overlap_sizes(loss, few, in[k], bytes) : loss && overlap(in[k], loss, bytes)) return FASTACT_ERROR_OVERLAP;
    }
    if (weight && loss && overlap(weight, loss, few)) return FASTACT_ERROR_OVERLAP;
    for (int k = 0; gradient && k < f->gradient_count; ++k) {
        task.gradient[k] = gradient[k];
        if (!gradient[k]) continue;
        for (int j = 0; j < f->array_count; ++j)
            if (overlap(in[j], gradient[k], bytes)) return FASTACT_ERROR_OVERLAP;
        for (int j = 0; j < k; ++j)
            if (overlap_sizes(gradient[j], bytes, gradient[k], bytes)) return FASTACT_ERROR_OVERLAP;
        if (overlap_sizes(loss, few, gradient[k], bytes) || (has_rows && overlap_sizes(weight, few, gradient[k], bytes)) ||
            (!has_rows && weight && overlap(weight, gradient[k], bytes)))
            return FASTACT_ERROR_OVERLAP;
    }
    fastact_run_joint(f->index, dtype, &task, sums);
    return FASTACT_OK;
}

/* a learned parameter is read where outputs are written: they share no memory, but for dparameter exactly in place of parameter */
EXPORT fastact_status fastact_learned(const fastact_function *f, fastact_dtype dtype, size_t outer, size_t channels, size_t inner,
                                      const void *x, const void *parameter, void *y) {
    if (!f) return FASTACT_ERROR_NULL;
    if (f->kind != FASTACT_LEARNED || !(known(dtype) || is_sixteen(dtype))) return FASTACT_ERROR_UNSUPPORTED;
    if (outer == 0 || channels == 0 || inner == 0) return FASTACT_OK;
    if (!x || !parameter || !y) return FASTACT_ERROR_NULL;
    const size_t item = fastact_item_size(dtype);
    if (channels > PTRDIFF_MAX / item / outer || inner > PTRDIFF_MAX / item / outer / channels) return FASTACT_ERROR_ARGUMENT;
    const size_t bytes = outer * channels * inner * item, few = channels * (dtype == FASTACT_F64 ? sizeof(double) : sizeof(float));
    if (overlap(x, y, bytes) || overlap_sizes(parameter, few, y, bytes)) return FASTACT_ERROR_OVERLAP;
    learned_task task = {outer, channels, inner, .x = x, .parameter = parameter, .out = y};
    fastact_run_learned(f->index, dtype, &task);
    return FASTACT_OK;
}

EXPORT fastact_status fastact_learned_backward(const fastact_function *f, fastact_dtype dtype, size_t outer, size_t channels, size_t inner,
                                               const void *grad, const void *x, const void *parameter, void *dx, void *dparameter) {
    if (!f) return FASTACT_ERROR_NULL;
    if (f->kind != FASTACT_LEARNED || !known(dtype)) return FASTACT_ERROR_UNSUPPORTED;
    if (channels == 0) return FASTACT_OK;
    if (!dparameter) return FASTACT_ERROR_NULL;
    const size_t item = fastact_item_size(dtype);
    if (outer == 0 || inner == 0) { /* the sum of nothing */
        if (channels > PTRDIFF_MAX / item) return FASTACT_ERROR_ARGUMENT;
        memset(dparameter, 0, channels * item);
        return FASTACT_OK;
    }
    if (!grad || !x || !parameter || !dx) return FASTACT_ERROR_NULL;
    if (channels > PTRDIFF_MAX / item / outer || inner > PTRDIFF_MAX / item / outer / channels) return FASTACT_ERROR_ARGUMENT;
    const size_t bytes = outer * channels * inner * item, few = channels * item;
    if (overlap(grad, dx, bytes) || overlap(x, dx, bytes) || overlap_sizes(parameter, few, dx, bytes) ||
        overlap(parameter, dparameter, few) || overlap_sizes(dparameter, few, dx, bytes) || overlap_sizes(dparameter, few, grad, bytes) ||
        overlap_sizes(dparameter, few, x, bytes))
        return FASTACT_ERROR_OVERLAP;
    learned_task task = {outer, channels, inner, .g = grad, .x = x, .parameter = parameter, .out = dx, .dparameter = dparameter};
    fastact_run_learned_backward(f->index, dtype, &task);
    return FASTACT_OK;
}
