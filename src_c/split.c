/* Which calls are worth several threads, and where they are cut. The results are the same: an element, a row and a block of losses are
 * each run by one thread as one thread would run them all, and blocks are added in order. */
#include "split.h"
#include "pool.h"
#include "simd/compiler.h"
#include "sixteen.h"
#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Work in picoseconds, as WORTH_SHARING is. Parts are as small as keeps the threads busy to the end, of at least LEAST where there are more
 * than two, as many for each thread. To wake workers that sleep takes WAKING: a call is worth it, or several that follow each other within
 * NEAR nanoseconds are together. Measured on two cores of one processor: a job of two parts that do nothing takes the caller 0.1 to 0.5 us,
 * and 0.1 to 0.3 us pass until a worker begins; 6 to 17 and 40 us where it sleeps. */
static const double WAKING = 100e6, LEAST = 2e6;
/* LAUNCHES picoseconds of work for each nanosecond that a launch costs, less QUICK, are worth it; LEAST_SHARED at least and MOST_SHARED in
 * any case. More than in proportion, as cores that are slow to call are slow to fetch each other's data too. Of one thread's time take
 * two, where a launch costs 0.2 us and where it costs 0.8: relu 0.75 and 1.46 at 16384 elements, 0.65 and 1.06 at 32768; tanh 0.62 and
 * 0.98 at 16384; softmax 0.65 and 1.13 at 4096. On a slower processor a launch is worth less of this work: on an Emerald Rapids, where it
 * costs 0.5 us, two threads take 0.87 of the time for relu at 16384 and 0.9 for gelu at 4096. */
static const double LAUNCHES = 2.4e3, QUICK = 0.3e6, LEAST_SHARED = 0.5e6, MOST_SHARED = 2.6e6;
enum { PARTS_A_THREAD = 8, STREAM_PART = 4096, NEAR = 50000 };

_Thread_local size_t fastact_whole_bytes;
_Thread_local int fastact_went_around;


/* whether calls that each were too small to wake anyone are worth it by now; what they share may be a little out of date */
static int is_worth_waking(double work) {
    static _Atomic int64_t last;
    static _Atomic double together;
    const int64_t now = fastact_nanoseconds();
    const double before = now - atomic_load_explicit(&last, memory_order_relaxed) < NEAR + (int64_t)(work * 1e-3)
                              ? atomic_load_explicit(&together, memory_order_relaxed) : 0;
    const int is_worth = before + work >= WAKING;
    atomic_store_explicit(&last, now, memory_order_relaxed);
    atomic_store_explicit(&together, is_worth ? 0 : before + work, memory_order_relaxed);
    return is_worth;
}

/* the work that is worth several threads that look out for it */
static double worth_sharing(double cost) {
    if (IS_SET(cost)) return WORTH_SHARING;
    const double launches = LAUNCHES * fastact_pool_launch() - QUICK, slowness = fastact_slowness();
    const double worth = (launches < MOST_SHARED ? launches : MOST_SHARED) / slowness;
    return worth < LEAST_SHARED ? LEAST_SHARED : worth;
}
static int is_worth_sharing(double elements, double cost) {
    const double work = elements * fabs(cost);
    if (elements <= FEW || work < LEAST_SHARED || fastact_get_num_threads() == 1) return 0;
    return (!IS_SET(cost) && work >= MOST_SHARED) || work >= worth_sharing(cost); /* the first says it without the pool */
}
/* into how many parts it is cut then */
static size_t parts_for(double work) {
    const size_t threads = (size_t)fastact_get_num_threads(), most = threads * PARTS_A_THREAD;
    const double parts = work / LEAST;
    if (parts < 2) return 2;
    if (parts < threads) return (size_t)parts;
    return parts < most ? (size_t)parts / threads * threads : most;
}
size_t fastact_part_length(size_t n, double elements, double cost) {
    const double all = (double)n * elements, work = all * fabs(cost);
    if (!is_worth_sharing(all, cost) || n < 2 || (!fastact_pool_is_awake() && !is_worth_waking(work))) return n;
    return parts_of(n, parts_for(work));
}
/* as parts of whole cache lines, and large ones of pages, which are written around the cache in fours */
static size_t page_length(size_t n, double cost) {
    const size_t length = fastact_part_length(n, 1, cost), unit = length < 8 * STREAM_PART ? STREAM_PART / 8 : STREAM_PART;
    return length == n ? n : least(n, parts_of(length, unit) * unit);
}

/* ---- elementwise ---- */

typedef struct {
    fastact_map_kernel *kernel;
    const char *a, *b;
    char *out;
    const void *parameters;
    size_t n, length, item, whole;
} map_call;
static void map_part(void *context, size_t part) {
    const map_call *const c = context;
    const size_t from = part * c->length, at = from * c->item;
    fastact_whole_bytes = c->whole;
    c->kernel(least(c->length, c->n - from), c->a + at, c->b ? c->b + at : NULL, c->out + at, c->parameters);
    fastact_whole_bytes = 0;
}
void fastact_run_map(int index, fastact_pass pass, fastact_dtype dtype, size_t n, const void *a, const void *b, void *out,
                     const void *parameters) {
    fastact_map_kernel *const kernel = fastact_map_of(index, pass, dtype);
    if (n <= FEW || fastact_is_for_one_thread(index)) {
        kernel(n, a, b, out, parameters);
        return;
    }
    const size_t length = page_length(n, index < MAP_COUNT ? fastact_cost_of(MAP_AT + index, pass, dtype) : COST_UNKNOWN);
    if (length == n) {
        kernel(n, a, b, out, parameters);
        return;
    }
    map_call call = {kernel, a, b, out, parameters, n, length, fastact_item_size(dtype), whole_bytes(n, dtype)};
    fastact_parallel(parts_of(n, length), map_part, &call);
}

/* ---- gated ---- */

enum { GATED_ARRAYS = 5 };
typedef struct {
    fastact_gated_kernel *kernel;
    int backward;
    fastact_dtype dtype;
    size_t rows, columns, row_length, column_length, parts_a_row; /* a part is some rows, or a piece of one */
    const fastact_row_set *arrays;
    const double *wide;
    const float *narrow;
} gated_call;
/* `count` columns, of the rows from `row` up to `end` */
static void gated_piece(const gated_call *c, size_t row, size_t end, size_t from, size_t count) {
    const size_t item = fastact_item_size(c->dtype);
    const int inputs = c->backward ? 3 : 2, arrays = c->backward ? GATED_ARRAYS : 3;
    if (c->dtype != FASTACT_F32 && c->dtype != FASTACT_F64) {
        sixteen_rows at[GATED_ARRAYS];
        for (int k = 0; k < arrays; ++k)
            at[k].at = (uint16_t *)(c->arrays[k].at + row * c->arrays[k].step) + from, at[k].step = c->arrays[k].step / item;
        fastact_gated_sixteen(c->kernel, c->backward, c->dtype, end - row, count, at, c->narrow);
        return;
    }
    fastact_whole_bytes = c->columns * item;
    for (size_t r = row; r < end; ++r) {
        const void *in[3];
        void *out[2];
        for (int k = 0; k < arrays; ++k) {
            void *const at = (void *)(c->arrays[k].at + r * c->arrays[k].step + from * item);
            if (k < inputs)
                in[k] = at;
            else
                out[k - inputs] = at;
        }
        c->kernel(count, in, out, c->dtype == FASTACT_F32 ? (const void *)c->narrow : c->wide);
    }
    fastact_whole_bytes = 0;
}
static void gated_part(void *context, size_t part) {
    const gated_call *const c = context;
    const size_t row = part / c->parts_a_row * c->row_length, from = part % c->parts_a_row * c->column_length;
    gated_piece(c, row, least(c->rows, row + c->row_length), from, least(c->column_length, c->columns - from));
}
void fastact_run_gated(int index, int backward, fastact_dtype dtype, size_t rows, size_t columns, const fastact_row_set *arrays,
                       const double *parameters, int parameter_count) {
    float narrow[MAX_PARAMETERS];
    for (int k = 0; k < parameter_count; ++k) narrow[k] = (float)parameters[k];
    fastact_gated_kernel *const kernel = fastact_gated_of(index, backward, dtype == FASTACT_F64 ? dtype : FASTACT_F32);
    gated_call call = {kernel, backward, dtype, rows, columns, rows, columns, 1, arrays, parameters, narrow};
    const size_t n = rows * columns, length = page_length(n, fastact_cost_of(GATED_AT + index, pass_of(backward), dtype));
    if (length == n) {
        gated_piece(&call, 0, rows, 0, columns);
        return;
    }
    if (length < columns)
        call.row_length = 1, call.column_length = length, call.parts_a_row = parts_of(columns, length);
    else
        call.row_length = length / columns;
    fastact_parallel(parts_of(rows, call.row_length) * call.parts_a_row, gated_part, &call);
}

/* ---- losses ---- */

/* Blocks whose sums are held at a time: enough of them to keep any number of threads busy. */
enum { WAVE = 256 };

typedef struct {
    void (*run)(const void *task, const loss_range *range);
    const void *task;
    loss_range range;
    size_t length; /* blocks in a part */
} blocks_call;
static void blocks_part(void *context, size_t part) {
    const blocks_call *const c = context;
    const size_t first = part * c->length, begin = c->range.begin + first * c->range.block;
    const loss_range range = {begin, least(c->range.end, begin + c->length * c->range.block), c->range.block,
                              c->range.sums ? c->range.sums + first : NULL};
    c->run(c->task, &range);
}
void fastact_run_blocks(void (*run)(const void *task, const loss_range *range), const void *task, size_t n, size_t block, double elements,
                        double cost, double_pair total[2]) {
    double_pair sums[WAVE][2];
    for (size_t begin = 0; begin < n; begin += WAVE * block) {
        const size_t end = least(n, begin + WAVE * block), blocks = parts_of(end - begin, block);
        blocks_call call = {run, task, {begin, end, block, total ? sums : NULL}, blocks};
        call.length = fastact_part_length(blocks, elements * (double)block, cost);
        fastact_parallel(parts_of(blocks, call.length), blocks_part, &call);
        for (size_t b = 0; total && b < blocks; ++b)
            for (int k = 0; k < 2; ++k) total[k] = double_pair_sum(total[k], sums[b][k]);
    }
}

/* runs the kernel of that kind over all n losses of a task, of which a block is run at once */
#define RUN_KIND(kind)                                                                                                              \
    typedef struct {                                                                                                                \
        fastact_##kind##_kernel *kernel;                                                                                            \
        const kind##_task *task;                                                                                                    \
    } kind##_call;                                                                                                                  \
    static void kind##_range_of(const void *call, const loss_range *range) {                                                        \
        const kind##_call *const c = call;                                                                                          \
        kind##_task task = *c->task;                                                                                                \
        task.range = *range;                                                                                                        \
        c->kernel(&task);                                                                                                           \
    }                                                                                                                               \
    static void run_##kind(fastact_##kind##_kernel *kernel, kind##_task *task, size_t n, size_t block, double elements,             \
                           double cost, double_pair (*total)[2]) {                                                                  \
        const kind##_call call = {kernel, task};                                                                                    \
        const loss_range whole = {0, n, block, total};                                                                              \
        task->range = whole;                                                                                                        \
        if (n <= block)                                                                                                             \
            kernel(task);                                                                                                           \
        else                                                                                                                        \
            fastact_run_blocks(kind##_range_of, &call, n, block, elements, cost, total ? *total : NULL);                                    \
    }
RUN_KIND(loss)
RUN_KIND(row_loss)
RUN_KIND(joint)

void fastact_run_loss(int index, fastact_dtype dtype, loss_task *task, double sums[2]) {
    double_pair total[1][2] = {{{0, 0}, {0, 0}}};
    const int slopes = task->gradient || task->hessian;
    const double cost = fastact_cost_of(LOSS_AT + index, pass_of(slopes), dtype);
    run_loss(fastact_loss_of(index, slopes, dtype), task, task->n, LOSS_BLOCK, 1, cost, sums ? total : NULL);
    if (sums) report(sums, *total, task->weight != NULL, task->n);
}
void fastact_run_row_loss(int index, fastact_dtype dtype, size_t rows, row_loss_task *task, double sums[2]) {
    double_pair total[1][2] = {{{0, 0}, {0, 0}}};
    fastact_row_loss_kernel *const kernel = fastact_row_loss_of(index, task->gradient != NULL, dtype);
    const double cost = fastact_cost_of(ROW_LOSS_AT + index, pass_of(task->gradient != NULL), dtype);
    run_row_loss(kernel, task, rows, block_of_rows(task->columns), work_of_row(task->columns), cost, total);
    report(sums, *total, 1, rows);
}
void fastact_run_joint(int index, fastact_dtype dtype, joint_task *task, double sums[2]) {
    double_pair total[1][2] = {{{0, 0}, {0, 0}}};
    const int slopes = task->gradient[0] || task->gradient[1] || task->gradient[2];
    fastact_joint_kernel *const kernel = fastact_joint_of(index, slopes, dtype);
    const size_t block = block_of_rows(task->columns);
    const double cost = fastact_cost_of(JOINT_AT + index, pass_of(slopes), dtype);
    run_joint(kernel, task, task->rows, block, (double)task->columns, cost, sums ? total : NULL);
    if (sums) report(sums, *total, task->weight != NULL, task->rows);
}

/* ---- learned parameters ---- */

typedef struct {
    fastact_learned_kernel *kernel;
    fastact_map_kernel *map;
    fastact_dtype dtype;
    const learned_task *task;
    size_t length, whole; /* length: of the outermost size that is not 1; in backward passes of blocks, the only one there */
} learned_call;
/* What a kernel that another compiler made is given: those of the elementwise function that its pass calls, as loops/learned_template.h
 * has them. */
typedef struct {
    fastact_map_kernel *value, *backward;
    fastact_map_arrays_kernel *value_arrays, *backward_arrays;
} learned_maps;
static const int learned_base[] = {
#define LEARNED(name, base, ...) MAP_##base,
#include "registry.h"
};
static learned_maps learned_maps_of(int index, int backward, fastact_dtype dtype) {
    learned_maps maps = {NULL, NULL, NULL, NULL}; /* filled whoever made the kernel, which may change meanwhile */
    *(backward ? &maps.backward : &maps.value) = fastact_map_of(learned_base[index], pass_of(backward), dtype);
    *(backward ? &maps.backward_arrays : &maps.value_arrays) = fastact_map_arrays_of(learned_base[index], pass_of(backward), dtype);
    return maps;
}
static void learned_part(void *context, size_t part) {
    const learned_call *const c = context;
    learned_task task = *c->task;
    const size_t from = part * c->length, item = fastact_item_size(c->dtype);
    size_t at = from * item;
    if (task.outer > 1) {
        at *= task.channels * task.inner;
        task.outer = least(c->length, task.outer - from);
    } else if (task.channels > 1) {
        task.parameter = (const char *)task.parameter + (c->dtype == FASTACT_F64 ? at : from * sizeof(float));
        at *= task.inner;
        task.channels = least(c->length, task.channels - from);
    } else {
        task.inner = least(c->length, task.inner - from);
    }
    task.x = (const char *)task.x + at, task.out = (char *)task.out + at;
    fastact_whole_bytes = c->whole;
    if (c->dtype == FASTACT_F32 || c->dtype == FASTACT_F64)
        c->kernel(&task);
    else
        fastact_learned_sixteen(c->kernel, c->map, c->dtype, &task);
    fastact_whole_bytes = 0;
}
void fastact_run_learned(int index, fastact_dtype dtype, learned_task *task) {
    if (task->channels == 1) task->inner *= task->outer, task->outer = 1;
    const double cost = fastact_cost_of(LEARNED_AT + index, FASTACT_VALUE, dtype);
    const size_t outer = task->outer, channels = task->channels, inner = task->inner;
    const size_t n = outer > 1 ? outer : channels > 1 ? channels : inner;
    const double elements = outer > 1 ? (double)channels * (double)inner : channels > 1 ? (double)inner : 1;
    const size_t length = elements == 1 ? page_length(n, cost) : fastact_part_length(n, elements, cost);
    const fastact_dtype computed = dtype == FASTACT_F64 ? dtype : FASTACT_F32;
    const learned_maps maps = learned_maps_of(index, 0, computed);
    task->kernels = &maps;
    learned_call call = {fastact_learned_of(index, 0, computed), fastact_map_of(learned_base[index], FASTACT_VALUE, dtype), dtype, task,
                         length, whole_bytes(inner, dtype)};
    fastact_parallel(parts_of(n, length), learned_part, &call);
}

/* pairs of a wave: of as many blocks as keep any number of threads busy */
enum { LEARNED_WAVE = 16 * LEARNED_COLUMNS };
static void learned_backward_part(void *context, size_t part) {
    const learned_call *const c = context;
    learned_task task = *c->task;
    const size_t first = part * c->length;
    task.begin += first;
    task.end = least(task.begin + c->length, task.end);
    task.sums += first * task.shape.pairs;
    c->kernel(&task);
}
void fastact_run_learned_backward(int index, fastact_dtype dtype, learned_task *task) {
    const learned_shape s = task->shape = learned_shape_of(task->outer, task->channels, task->inner);
    const double elements = (double)s.outer * (double)s.channels * (double)s.inner / (double)s.blocks;
    const double cost = fastact_cost_of(LEARNED_AT + index, FASTACT_BACKWARD, dtype);
    double_pair sums[LEARNED_WAVE];
    learned_total total;
    fastact_learned_kernel *const kernel = fastact_learned_of(index, 1, dtype);
    const learned_maps maps = learned_maps_of(index, 1, dtype);
    task->sums = sums, task->kernels = &maps;
    for (task->begin = 0; task->begin < s.blocks; task->begin = task->end) {
        task->end = least(s.blocks, task->begin + LEARNED_WAVE / s.pairs);
        const size_t count = task->end - task->begin;
        learned_call call = {kernel, NULL, dtype, task, fastact_part_length(count, elements, cost), 0};
        fastact_parallel(parts_of(count, call.length), learned_backward_part, &call);
        for (size_t k = 0; k < count; ++k)
            learned_take(&s, &total, task->begin + k, sums + k * s.pairs, task->dparameter, dtype == FASTACT_F64);
    }
}

/* ---- what a call would do ---- */

/* Whether a kernel knows the way around the cache: it is told that its output is a part of a large one, and says how it wrote it. Of the
 * functions with parameters the defaults have kernels of their own. */
static int goes_around(const fastact_function *f, fastact_pass pass, fastact_dtype dtype) {
    enum { BYTES = 5 * 4096 };
    ALIGNED(64) char in[BYTES], out[BYTES];
    float narrow[MAX_PARAMETERS];
    double wide[MAX_PARAMETERS];
    fastact_map_kernel *const kernel = fastact_map_of(f->index, pass, dtype);
    if (!kernel) return 0;
    memset(in, 0x3E, BYTES); /* small numbers in both formats */
    for (int k = 0; k < f->parameter_count; ++k) narrow[k] = (float)(wide[k] = f->parameters[k].default_value);
    fastact_whole_bytes = SIZE_MAX;
    fastact_went_around = 0;
    kernel(BYTES / fastact_item_size(dtype), in, in, out, dtype == FASTACT_F32 ? (const void *)narrow : wide);
    fastact_whole_bytes = 0;
    return fastact_went_around;
}
EXPORT fastact_plan fastact_plan_of(const fastact_function *f, fastact_pass pass, fastact_dtype dtype, size_t n) {
    fastact_plan plan = {1, 0, SIZE_MAX};
    if (!f || (unsigned)pass >= MAP_PASSES || (unsigned)dtype >= MAP_DTYPES) return plan;
    const double cost = fastact_cost_for(f, pass, dtype), work = (double)n * fabs(cost);
    const int for_one = f->kind == FASTACT_ELEMENTWISE && fastact_is_for_one_thread(f->index);
    if (!for_one) plan.threads_from = fastact_elements_of(worth_sharing(cost), cost);
    if (!for_one && is_worth_sharing((double)n, cost) && (fastact_pool_is_awake() || work >= WAKING))
        plan.threads = (int)least(parts_for(work), (size_t)fastact_get_num_threads());
    plan.around_cache = f->kind == FASTACT_ELEMENTWISE && f->index < MAP_COUNT && whole_bytes(n, dtype) >= fastact_stream_bytes &&
                        !fastact_is_made(f->index) && goes_around(f, pass, dtype);
    return plan;
}
