/* What an element of every pass costs, which decides from how many on a call is worth several threads: measured.h has it for AVX-512 where
 * it was measured, the caller of fastact_set_threads_from for the machine at hand. */
#include "costs.h"
#include "pool.h"
#include "simd/compiler.h"
#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static _Atomic double costs[ENTRIES][MAP_PASSES][MAP_DTYPES];

/* picoseconds of a float and of a double: of the value, and of a gradient */
typedef struct {
    char name[40];
    uint32_t f32[2], f64[2];
} measured_cost;
#define COST(name, value32, gradient32, value64, gradient64) {#name, {value32, gradient32}, {value64, gradient64}},
static const measured_cost measured[] = {
#include "measured.h" /* in alphabetical order */
};
static int compare(const void *name, const void *cost) { return strcmp(name, ((const measured_cost *)cost)->name); }
static const measured_cost *find(const char *name) {
    return bsearch(name, measured, sizeof measured / sizeof *measured, sizeof *measured, compare);
}

static int entry_of(const fastact_function *f) {
    static const int first[] = {MAP_AT, ROWS_AT, LOSS_AT, ROW_LOSS_AT, GATED_AT, LEARNED_AT, JOINT_AT};
    return f->kind == FASTACT_ELEMENTWISE && f->index >= MAP_COUNT ? -1 : first[f->kind] + f->index;
}

static double built_in(const measured_cost *found, fastact_pass pass, fastact_dtype dtype) {
    const int gradient = pass != FASTACT_VALUE && found && found->f32[1]; /* which costs no less than a value, where it was not measured */
    const double single = found && found->f32[gradient] ? found->f32[gradient] : COST_UNKNOWN;
    if (dtype == FASTACT_F64) return found && found->f64[gradient] ? found->f64[gradient] : 3 * single;
    return dtype == FASTACT_F32 || single > COST_CONVERTED ? single : COST_CONVERTED;
}

__attribute__((constructor)) static void fill(void) {
    size_t count;
    const fastact_function *const all = fastact_functions(&count);
    for (size_t i = 0; i < count; ++i) {
        const measured_cost *const found = find(all[i].name);
        for (int pass = 0; pass < MAP_PASSES; ++pass)
            for (int dtype = 0; dtype < MAP_DTYPES; ++dtype)
                atomic_store_explicit(&costs[entry_of(all + i)][pass][dtype], built_in(found, (fastact_pass)pass, (fastact_dtype)dtype),
                                      memory_order_relaxed);
    }
}

double fastact_cost_of(int entry, fastact_pass pass, fastact_dtype dtype) {
    return atomic_load_explicit(&costs[entry][pass][dtype], memory_order_relaxed);
}

double fastact_cost_for(const fastact_function *f, fastact_pass pass, fastact_dtype dtype) {
    return entry_of(f) < 0 ? COST_UNKNOWN : fastact_cost_of(entry_of(f), pass, dtype);
}

/* measured for the instruction set in use; the arrays fit the first cache */
enum { PACED = 2048, PACES = 7 };
static double measured_slowness(const fastact_kernels *kernels) {
    const float x[PACED] = {0};
    float y[PACED];
    int64_t least = INT64_MAX;
    for (int k = 0; k < PACES; ++k) {
        const int64_t start = fastact_nanoseconds();
        kernels->map[MAP_tanh][FASTACT_VALUE][FASTACT_F32](PACED, x, NULL, y, NULL);
        const int64_t spent = fastact_nanoseconds() - start;
        if (spent < least) least = spent;
    }
    const double times = 1e3 * (double)least / (PACED * (double)find("tanh")->f32[0]);
    return fmax(1, fmin(MOST_SLOWNESS, cbrt(times)));
}
double fastact_slowness(void) {
    static _Atomic(const fastact_kernels *) known;
    static _Atomic double slowness;
    const fastact_kernels *const kernels = fastact_active_kernels();
    if (UNLIKELY(atomic_load_explicit(&known, memory_order_acquire) != kernels)) {
        atomic_store_explicit(&slowness, measured_slowness(kernels), memory_order_relaxed);
        atomic_store_explicit(&known, kernels, memory_order_release);
    }
    return atomic_load_explicit(&slowness, memory_order_relaxed);
}

size_t fastact_elements_of(double work, double cost) {
    const double each = fabs(cost), n = work / each;
    return n <= FEW ? FEW + 1 : n < 0x1p62 ? (size_t)n + ((double)(size_t)n * each < work) : SIZE_MAX;
}

EXPORT size_t fastact_threads_from(const fastact_function *f, fastact_pass pass, fastact_dtype dtype) {
    if (!f || (unsigned)pass >= MAP_PASSES || (unsigned)dtype >= MAP_DTYPES) return SIZE_MAX;
    return fastact_elements_of(WORTH_SHARING, fastact_cost_for(f, pass, dtype));
}

EXPORT fastact_status fastact_set_threads_from(const fastact_function *f, fastact_pass pass, fastact_dtype dtype, size_t n) {
    if (!f) return FASTACT_ERROR_NULL;
    if ((unsigned)pass >= MAP_PASSES || (unsigned)dtype >= MAP_DTYPES || entry_of(f) < 0) return FASTACT_ERROR_UNSUPPORTED;
    const double cost = n ? -nextafter(WORTH_SHARING / (double)n, INFINITY) : built_in(find(f->name), pass, dtype);
    atomic_store_explicit(&costs[entry_of(f)][pass][dtype], cost, memory_order_relaxed);
    return FASTACT_OK;
}
