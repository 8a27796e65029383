/* Rows, and where they are cut among threads. Where they lie last, kernels run them as they are. Along another axis strips of them are
 * turned into a scratch, run there and turned back: a strip stays in the second cache, and no array is copied as a whole. A float of 1000 x
 * 1000 in softmax along the first axis: 0.46 ns, 0.2 of them the kernel's; of 1024 x 1024, whose columns meet in the caches, 0.67. */
#include "pool.h"
#include "simd/compiler.h"
#include "sixteen.h"
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

/* ---- rows that lie last ---- */

typedef struct {
    fastact_rows_kernel *kernel;
    int backward, is_zero; /* the registry says so of the gradient, and 16 bits need not be widened for it */
    fastact_dtype dtype;
    size_t rows, length, a_bytes, b_bytes, out_bytes; /* of a row */
    fastact_row_lengths lengths;
    const char *a, *b;
    char *out;
    const double *parameters;
    float *room; /* for long rows of 16 bits, as much for every part */
    size_t room_length;
} rows_call;
static void rows_part(void *context, size_t part) {
    const rows_call *const c = context;
    const size_t from = part * c->length, rows = least(c->length, c->rows - from);
    const void *const a = c->a + from * c->a_bytes, *const b = c->b ? c->b + from * c->b_bytes : NULL;
    void *const out = c->out + from * c->out_bytes;
    if (c->dtype == FASTACT_F32 || c->dtype == FASTACT_F64)
        c->kernel(rows, c->lengths.columns, a, b, out, c->parameters);
    else if (c->is_zero)
        memset(out, 0, rows * c->out_bytes);
    else
        fastact_rows_sixteen(c->kernel, c->backward, c->dtype, rows, c->lengths, a, b, out, c->parameters,
                             c->room ? c->room + part * c->room_length : NULL);
}
static rows_call rows_call_of(int index, int backward, fastact_dtype dtype, fastact_row_lengths lengths, const double *parameters) {
    const size_t item = fastact_item_size(dtype), input = lengths.columns * item, result = lengths.results * item;
    static const char *const derivatives[] = {
#define ROWWISE(name, shape, parameters, backward_input, aliases, formula, derivative, ...) derivative,
#include "registry.h"
    };
    const int is_zero = backward && strcmp(derivatives[index], "0") == 0;
    const rows_call call = {.kernel = fastact_rows_of(index, backward, dtype == FASTACT_F64 ? dtype : FASTACT_F32),
                            .backward = backward, .is_zero = is_zero, .dtype = dtype, .lengths = lengths, .parameters = parameters,
                            .a_bytes = backward ? result : input, .b_bytes = input, .out_bytes = backward ? input : result};
    return call;
}
fastact_status fastact_run_rows(int index, int backward, fastact_dtype dtype, size_t rows, fastact_row_lengths lengths, const void *a,
                                const void *b, void *out, const double *parameters) {
    rows_call call = rows_call_of(index, backward, dtype, lengths, parameters);
    const double cost = fastact_cost_of(ROWS_AT + index, pass_of(backward), dtype);
    call.a = a, call.b = b, call.out = out, call.rows = rows;
    call.length = fastact_part_length(rows, work_of_row(lengths.columns), cost);
    if (whole_bytes(1, dtype) == 0 && (call.room_length = fastact_sixteen_room(lengths)) != 0) {
        const size_t threads = (size_t)fastact_get_num_threads();
        if (call.length < rows && call.length < rows / threads + 1) call.length = rows / threads + 1;
        const size_t parts = parts_of(rows, call.length);
        if (call.room_length <= SIZE_MAX / sizeof(float) / parts) call.room = malloc(parts * call.room_length * sizeof(float));
        if (!call.room && parts > 1 && call.room_length <= SIZE_MAX / sizeof(float)) {
            call.room = malloc(call.room_length * sizeof(float));
            call.length = rows;
        }
        if (!call.room) return FASTACT_ERROR_MEMORY;
    }
    fastact_parallel(call.length == rows ? 1 : parts_of(rows, call.length), rows_part, &call);
    free(call.room);
    return FASTACT_OK;
}

/* ---- rows along another axis ---- */

/* A strip is as wide as fills STRIP, but of LEAST_LINES lines of the cache unless these are more than MOST. */
enum { LINE = 64, STRIP = 1 << 16, LEAST_LINES = 4, MOST = 1 << 20, MOST_THREADS = 256 };
static size_t strip_of(size_t rows, size_t columns, size_t item) {
    const size_t line = LINE / item, fit = STRIP / item / columns / line * line, most = MOST / item / columns;
    const size_t wide = fit > LEAST_LINES * line ? fit : most < LEAST_LINES * line ? line : LEAST_LINES * line;
    return least(wide, rows);
}

/* scratches, one for every thread that may run a part; whoever runs one takes one */
typedef struct {
    char *at;
    size_t bytes, count;
    _Atomic unsigned char taken[MOST_THREADS];
} scratches;
static int make_scratches(scratches *s, size_t bytes, size_t parts) {
    const size_t threads = (size_t)fastact_get_num_threads();
    s->count = least(parts, least(threads, MOST_THREADS));
    s->bytes = parts_of(bytes, LINE) * LINE;
    s->at = bytes < SIZE_MAX / 2 / s->count ? aligned_alloc(LINE, s->count * s->bytes) : NULL;
    for (size_t k = 0; k < s->count; ++k) atomic_init(&s->taken[k], 0);
    return s->at != NULL;
}
static size_t take_scratch(scratches *s) {
    for (size_t k = 0;; k = (k + 1) % s->count)
        if (!atomic_exchange_explicit(&s->taken[k], 1, memory_order_acquire)) return k;
}
static void give_scratch(scratches *s, size_t k) { atomic_store_explicit(&s->taken[k], 0, memory_order_release); }

/* bytes of a strip, whole lines of them; so much that there is no memory where that is more than anyone has */
static size_t strip_bytes(size_t rows, size_t columns, size_t item) {
    const size_t most = SIZE_MAX / 8;
    return columns > most / item / rows ? most : parts_of(rows * columns * item, LINE) * LINE;
}

/* `count` rows from the given one on, to a strip or back from there */
static void move_rows(const fastact_along *array, size_t item, size_t columns, size_t inner, size_t row, size_t count, char *strip,
                      int back) {
    const ptrdiff_t one = (ptrdiff_t)item, length = (ptrdiff_t)(columns * item);
    while (count) {
        const size_t from = row % inner, run = least(inner - from, count);
        char *const at = (char *)array->at + (ptrdiff_t)(row / inner) * array->outer + (ptrdiff_t)from * array->inner;
        if (back)
            fastact_copy_matrix(item, run, columns, strip, length, one, at, array->inner, array->column);
        else
            fastact_copy_matrix(item, run, columns, at, array->inner, array->column, strip, length, one);
        row += run, count -= run, strip += (ptrdiff_t)run * length;
    }
}

/* what turning one array adds to a cost that was not set, in picoseconds a number */
enum { TURNING = 200 };
static double cost_along(double cost, int arrays) { return IS_SET(cost) ? cost : cost + arrays * TURNING; }

typedef struct {
    rows_call rows; /* of a strip */
    const fastact_along *a, *b, *out;
    size_t a_columns, out_columns, inner, count, strip, length; /* count: rows of all strips */
    size_t b_at, out_at, room_at;                               /* in a scratch, which begins with a */
    scratches *scratches;
} rows_along_call;
static void rows_along_part(void *context, size_t part) {
    const rows_along_call *const c = context;
    const size_t item = fastact_item_size(c->rows.dtype), columns = c->rows.lengths.columns, first = part * c->length;
    const size_t end = c->count - first < c->length ? c->count : first + c->length, mine = take_scratch(c->scratches);
    char *const a = c->scratches->at + mine * c->scratches->bytes, *const b = a + c->b_at, *const out = a + c->out_at;
    rows_call call = c->rows;
    call.a = a, call.b = c->b ? b : NULL, call.out = out, call.room = call.room_length ? (float *)(a + c->room_at) : NULL;
    for (size_t row = first; row < end; row += call.rows) {
        call.rows = call.length = least(c->strip, end - row);
        move_rows(c->a, item, c->a_columns, c->inner, row, call.rows, a, 0);
        if (c->b) move_rows(c->b, item, columns, c->inner, row, call.rows, b, 0);
        rows_part(&call, 0);
        move_rows(c->out, item, c->out_columns, c->inner, row, call.rows, out, 1);
    }
    give_scratch(c->scratches, mine);
}
fastact_status fastact_run_rows_along(int index, int backward, fastact_dtype dtype, size_t rows, size_t inner, fastact_row_lengths lengths,
                                      const fastact_along *a, const fastact_along *b, const fastact_along *out, const double *parameters) {
    const size_t item = fastact_item_size(dtype), columns = lengths.columns, results = lengths.results;
    const size_t strip = strip_of(rows, columns > results ? columns : results, item);
    rows_along_call call = {rows_call_of(index, backward, dtype, lengths, parameters), a, b, out, backward ? results : columns,
                            backward ? columns : results, inner, rows, strip, 0, 0, 0, 0, NULL};
    call.rows.room_length = whole_bytes(1, dtype) == 0 ? fastact_sixteen_room(lengths) : 0;
    const double cost = cost_along(fastact_cost_of(ROWS_AT + index, pass_of(backward), dtype), backward ? 3 : 2);
    call.length = fastact_part_length(parts_of(rows, strip), (double)strip * work_of_row(columns), cost) * strip;
    size_t end = strip_bytes(strip, call.a_columns, item);
    if (backward) call.b_at = end, end += strip_bytes(strip, columns, item);
    if (call.a_columns != call.out_columns && !backward) /* else in place of the input of that size */
        call.out_at = end, end += strip_bytes(strip, results, item);
    else
        call.out_at = call.b_at;
    call.room_at = end;
    end += strip_bytes(1, call.rows.room_length, sizeof(float));
    scratches s;
    const size_t parts = parts_of(rows, call.length);
    if (!make_scratches(&s, end, parts)) return FASTACT_ERROR_MEMORY;
    call.scratches = &s;
    fastact_parallel(parts, rows_along_part, &call);
    free(s.at);
    return FASTACT_OK;
}

/* ---- losses of rows along another axis ---- */

typedef struct {
    fastact_row_loss_kernel *kernel;
    const row_loss_task *task;
    const fastact_along *logits, *targets, *gradient;
    size_t inner, item, strip, targets_at;
    scratches *scratches;
} row_loss_along_call;
static void row_loss_along_range(const void *context, const loss_range *range) {
    const row_loss_along_call *const c = context;
    const fastact_row_loss_options *const given = c->task->options;
    const size_t mine = take_scratch(c->scratches), columns = c->task->columns;
    char *const scores = c->scratches->at + mine * c->scratches->bytes, *const targets = scores + c->targets_at;
    fastact_row_loss_options options = *given;
    row_loss_task task = *c->task;
    task.options = &options, task.logits = scores, task.gradient = c->gradient ? scores : NULL;
    for (size_t row = range->begin, count; row < range->end; row += count) {
        count = least(c->strip, range->end - row);
        move_rows(c->logits, c->item, columns, c->inner, row, count, scores, 0);
        if (c->targets) move_rows(c->targets, c->item, columns, c->inner, row, count, targets, 0);
        options.targets = c->targets ? targets : NULL;
        options.labels = given->labels ? given->labels + row : NULL;
        options.row_weight = given->row_weight ? (const char *)given->row_weight + row * c->item : NULL;
        task.loss = c->task->loss ? (char *)c->task->loss + row * c->item : NULL;
        const loss_range strip = {0, count, range->block, range->sums + (row - range->begin) / range->block};
        task.range = strip;
        c->kernel(&task);
        if (c->gradient) move_rows(c->gradient, c->item, columns, c->inner, row, count, scores, 1);
    }
    give_scratch(c->scratches, mine);
}
fastact_status fastact_run_row_loss_along(int index, fastact_dtype dtype, size_t rows, size_t inner, row_loss_task *task,
                                          const fastact_along *logits, const fastact_along *targets, const fastact_along *gradient,
                                          double sums[2]) {
    const size_t item = fastact_item_size(dtype), columns = task->columns, block = block_of_rows(columns);
    const size_t wide = strip_of(rows, columns, item), strip = wide < block ? least(block, rows) : wide / block * block;
    const size_t bytes = strip_bytes(strip, columns, item);
    scratches s;
    if (!make_scratches(&s, targets ? 2 * bytes : bytes, parts_of(rows, block))) return FASTACT_ERROR_MEMORY;
    const row_loss_along_call call = {fastact_row_loss_of(index, gradient != NULL, dtype), task, logits, targets, gradient, inner, item,
                                      strip, bytes, &s};
    double_pair total[1][2] = {{{0, 0}, {0, 0}}};
    const loss_range whole = {0, rows, block, total};
    const double cost = cost_along(fastact_cost_of(ROW_LOSS_AT + index, pass_of(gradient != NULL), dtype), 1 + !!targets + !!gradient);
    if (rows <= block)
        row_loss_along_range(&call, &whole);
    else
        fastact_run_blocks(row_loss_along_range, &call, rows, block, work_of_row(columns), cost, *total);
    free(s.at);
    report(sums, *total, 1, rows);
    return FASTACT_OK;
}
