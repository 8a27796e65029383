/* Elementwise passes over strided arrays: gathered into contiguous blocks, run by the same kernels, scattered again. */
#include "pool.h"
#include "simd/compiler.h"
#include "split.h"
#include <math.h>
#include <string.h>

enum { BLOCK = 512, MAX_INPUTS = 2 };

/* Numbers `stride` bytes apart, to or from such that lie side by side; the two strides that slices mostly have are known to the compiler,
 * which then takes vectors: half of the time. */
#define EACH(to, to_stride, from, from_stride, size) \
    for (size_t i = 0; i < n; ++i) memcpy((to) + (ptrdiff_t)i * (to_stride), (from) + (ptrdiff_t)i * (from_stride), size)
#define GATHER(size)                          \
    if (stride == 2 * size)                   \
        EACH(to, size, from, 2 * size, size); \
    else if (stride == -size)                 \
        EACH(to, size, from, -size, size);    \
    else                                      \
        EACH(to, size, from, stride, size)
#define SCATTER(size)                      \
    if (stride == -size)                   \
        EACH(to, -size, from, size, size); \
    else                                   \
        EACH(to, stride, from, size, size)
#define BY_ITEM(COPY)       \
    if (item == 2) {        \
        COPY(2);            \
    } else if (item == 4) { \
        COPY(4);            \
    } else {                \
        COPY(8);            \
    }
static void gather(size_t n, const char *restrict from, ptrdiff_t stride, char *restrict to, size_t item) { BY_ITEM(GATHER) }
static void scatter(size_t n, const char *restrict from, char *restrict to, ptrdiff_t stride, size_t item) { BY_ITEM(SCATTER) }

/* NumPy leaves an input that lies ahead of the output where it is, counting on a loop that reads and writes element by element */
static int partly_overlaps(const char *a, const char *out, size_t bytes) {
    return a != out && (size_t)(a < out ? out - a : a - out) < bytes;
}

/* a call, and what is the same for all its elements */
typedef struct {
    const fastact_function *f;
    fastact_pass pass;
    fastact_dtype dtype;
    size_t n, length, block; /* elements in a part, and gathered at a time */
    int is_any_order;        /* the output shares no memory with another argument but element by element */
    char *const *arguments;
    const ptrdiff_t *strides;
    int inputs, count;
    fastact_map_kernel *kernel; /* of elementwise functions: with the values below, or NULL where every element has its own */
    fastact_map_arrays_kernel *arrays_kernel;
    char values[MAX_PARAMETERS * 8];
} strided_call;

/* n elements of an argument side by side: where they lie, or gathered into `room` */
static const void *block_of(const strided_call *c, int argument, size_t first, size_t n, size_t item, void *room) {
    const ptrdiff_t stride = c->strides[argument];
    const char *const from = c->arguments[argument] + (ptrdiff_t)first * stride;
    if (stride == (ptrdiff_t)item && c->is_any_order) return from;
    gather(n, from, stride, room, item);
    return room;
}
/* where results are written, in their place or for put_block to take them there */
static void *block_for(const strided_call *c, size_t first, size_t item, void *room) {
    const ptrdiff_t stride = c->strides[c->count];
    return stride == (ptrdiff_t)item ? c->arguments[c->count] + (ptrdiff_t)first * stride : room;
}
static void put_block(const strided_call *c, size_t first, size_t n, size_t item, const void *from) {
    const ptrdiff_t stride = c->strides[c->count];
    if (stride != (ptrdiff_t)item) scatter(n, from, c->arguments[c->count] + (ptrdiff_t)first * stride, stride, item);
}

/* one parameter value an element; 16-bit arrays are widened for it */
static void run_arrays(const strided_call *c, size_t n, const void *const *in, void *out, const void *const *parameters) {
    if (c->dtype == FASTACT_F32 || c->dtype == FASTACT_F64) {
        c->arrays_kernel(n, in[0], in[1], out, parameters);
        return;
    }
    const fastact_kernels *kernels = fastact_active_kernels();
    float wide[MAX_INPUTS][BLOCK], y[BLOCK];
    for (int k = 0; k < c->inputs; ++k) kernels->widen[c->dtype - FASTACT_F16](n, in[k], wide[k]);
    c->arrays_kernel(n, wide[0], wide[1], y, parameters);
    kernels->narrow[c->dtype - FASTACT_F16](n, y, out);
}

/* losses (FASTACT_VALUE) or their gradients (FASTACT_DERIVATIVE) of a block of predictions and targets; NaN for a NaN parameter */
static void run_loss(const fastact_function *f, fastact_pass pass, fastact_dtype dtype, size_t n, const void *pred, const void *target,
                     void *out, const double *parameters) {
    void *const value = pass == FASTACT_VALUE ? out : NULL, *const slope = value ? NULL : out;
    if (fastact_loss(f, dtype, n, pred, target, NULL, parameters, 1, NULL, value, slope, NULL) == FASTACT_OK) return;
    for (size_t i = 0; i < n; ++i) {
        if (dtype == FASTACT_F32)
            ((float *)out)[i] = NAN;
        else
            ((double *)out)[i] = NAN;
    }
}

/* pointwise losses: pred, target and the parameters, float for 16-bit arrays */
static void loss_part(const strided_call *c, size_t first, size_t end) {
    const fastact_kernels *kernels = fastact_active_kernels();
    const int sixteen = c->dtype != FASTACT_F32 && c->dtype != FASTACT_F64;
    const size_t item = fastact_item_size(c->dtype);
    char *const *const arguments = c->arguments;
    const ptrdiff_t *const strides = c->strides;
    double rooms[MAX_INPUTS][BLOCK], room[BLOCK], parameters[MAX_PARAMETERS];
    float wide[MAX_INPUTS][BLOCK], y[BLOCK];
    for (size_t start = first; start < end; start += c->block) {
        const size_t size = end - start < c->block ? end - start : c->block;
        const void *in[MAX_INPUTS];
        void *const out = block_for(c, start, item, room);
        for (int k = 0; k < MAX_INPUTS; ++k) {
            in[k] = block_of(c, k, start, size, item, rooms[k]);
            if (sixteen) kernels->widen[c->dtype - FASTACT_F16](size, in[k], wide[k]);
        }
        for (int k = MAX_INPUTS; k < c->count; ++k) {
            const char *const at = arguments[k] + (ptrdiff_t)start * strides[k];
            parameters[k - MAX_INPUTS] = c->dtype == FASTACT_F64 ? *(const double *)at : (double)*(const float *)at;
        }
        if (sixteen) {
            run_loss(c->f, c->pass, FASTACT_F32, size, wide[0], wide[1], y, parameters);
            kernels->narrow[c->dtype - FASTACT_F16](size, y, out);
        } else {
            run_loss(c->f, c->pass, c->dtype, size, in[0], in[1], out, parameters);
        }
        put_block(c, start, size, item, out);
    }
}

static void map_part(const strided_call *c, size_t first, size_t end) {
    const size_t item = fastact_item_size(c->dtype), parameter_item = c->dtype == FASTACT_F64 ? 8 : 4;
    double rooms[MAX_INPUTS][BLOCK], parameter_rooms[MAX_PARAMETERS][BLOCK], room[BLOCK];
    for (size_t start = first; start < end; start += BLOCK) {
        const size_t size = end - start < BLOCK ? end - start : BLOCK;
        const void *in[MAX_INPUTS] = {NULL}, *parameters[MAX_PARAMETERS] = {NULL};
        void *const out = block_for(c, start, item, room);
        for (int k = 0; k < c->inputs; ++k) in[k] = block_of(c, k, start, size, item, rooms[k]);
        if (c->kernel) {
            c->kernel(size, in[0], in[1], out, c->values);
        } else {
            for (int k = 0; k < c->count - c->inputs; ++k)
                parameters[k] = block_of(c, c->inputs + k, start, size, parameter_item, parameter_rooms[k]);
            run_arrays(c, size, in, out, parameters);
        }
        put_block(c, start, size, item, out);
    }
}

static void strided_part(void *context, size_t part) {
    const strided_call *const c = context;
    const size_t first = part * c->length, end = c->n - first < c->length ? c->n : first + c->length;
    (c->f->kind == FASTACT_LOSS ? loss_part : map_part)(c, first, end);
}

static int any_order(const strided_call *c, size_t item) {
    const char *const out = c->arguments[c->count];
    const ptrdiff_t step = c->strides[c->count], reach = step * (ptrdiff_t)(c->n - 1);
    const char *const low = reach < 0 ? out + reach : out, *const high = (reach < 0 ? out : out + reach) + item;
    if (step < (ptrdiff_t)item && step > -(ptrdiff_t)item) return 0;
    for (int k = 0; k < c->count; ++k) {
        const char *const at = c->arguments[k];
        const ptrdiff_t other = c->strides[k] * (ptrdiff_t)(c->n - 1);
        const int apart = (other < 0 ? at + other : at) >= high || (other < 0 ? at : at + other) + 8 <= low;
        if (!apart && (at != out || c->strides[k] != step)) return 0;
    }
    return 1;
}
static void run_strided(strided_call *c, int scalar_parameters) {
    const size_t blocks = c->n / c->block + 1;
    if (c->f->kind == FASTACT_ELEMENTWISE) { /* kernels that are made now are made by the caller */
        if (scalar_parameters)
            c->kernel = fastact_map_of(c->f->index, c->pass, c->dtype);
        else
            c->arrays_kernel = fastact_map_arrays_of(c->f->index, c->pass, c->dtype == FASTACT_F64 ? FASTACT_F64 : FASTACT_F32);
    }
    c->length = c->n;
    const int for_one = c->f->kind == FASTACT_ELEMENTWISE && fastact_is_for_one_thread(c->f->index);
    c->is_any_order = any_order(c, fastact_item_size(c->dtype));
    if (!for_one && c->is_any_order)
        c->length = fastact_part_length(blocks, (double)c->block, c->block == 1 ? COST_ALONE : COST_GATHERED) * c->block;
    fastact_parallel(c->length >= c->n ? 1 : (c->n + c->length - 1) / c->length, strided_part, c);
}

EXPORT fastact_status fastact_map_strided(const fastact_function *f, fastact_pass pass, fastact_dtype dtype, size_t n,
                                          char *const *arguments, const ptrdiff_t *strides) {
    if (!f) return FASTACT_ERROR_NULL;
    const int is_loss = f->kind == FASTACT_LOSS;
    if ((!is_loss && f->kind != FASTACT_ELEMENTWISE) || (unsigned)dtype >= MAP_DTYPES) return FASTACT_ERROR_UNSUPPORTED;
    if (is_loss ? pass > FASTACT_DERIVATIVE : (unsigned)pass >= MAP_PASSES || !(f->passes & 1u << pass)) return FASTACT_ERROR_UNSUPPORTED;
    if (n == 0) return FASTACT_OK;
    const int inputs = is_loss || pass >= FASTACT_BACKWARD ? 2 : 1, parameters = f->parameter_count, count = inputs + parameters;
    const size_t item = fastact_item_size(dtype), parameter_item = dtype == FASTACT_F64 ? 8 : 4;
    int contiguous = strides[count] == (ptrdiff_t)item, scalar_parameters = 1;
    for (int k = 0; k < inputs; ++k)
        contiguous &= strides[k] == (ptrdiff_t)item && !partly_overlaps(arguments[k], arguments[count], n * item);
    for (int k = inputs; k < count; ++k) scalar_parameters &= strides[k] == 0 || n == 1;

    const size_t block = is_loss && !scalar_parameters ? 1 : BLOCK;
    strided_call call = {f, pass, dtype, n, n, block, 0, arguments, strides, inputs, count, NULL, NULL, {0}};
    if (scalar_parameters)
        for (int k = 0; k < parameters; ++k) memcpy(call.values + (size_t)k * parameter_item, arguments[inputs + k], parameter_item);
    if (contiguous && scalar_parameters && !is_loss)
        fastact_run_map(f->index, pass, dtype, n, arguments[0], inputs > 1 ? arguments[1] : NULL, arguments[count], call.values);
    else
        run_strided(&call, scalar_parameters);
    return FASTACT_OK;
}
