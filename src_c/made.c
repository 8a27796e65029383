/* Kernels that another compiler makes while the program runs: in place of the library's own, and of functions that it has not. */
#include "kernels.h"
#include "simd/compiler.h"
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ADDED = 4096 };

typedef void any_kernel(void);
typedef any_kernel *_Atomic made_kernel;
typedef made_kernel made_map[2][MAP_PASSES][MAP_DTYPES]; /* with parameters that are numbers, or arrays */
typedef struct {
    fastact_function function;
    fastact_kernel_maker *make;
    made_map kernels;
} added_function;

_Atomic(fastact_kernel_maker *) fastact_replacing;
static atomic_int one_thread; /* for what it makes */
static made_map maps[MAP_COUNT];
static made_kernel rows[ROWS_COUNT][ROW_PASSES][KERNEL_DTYPES];
static made_kernel gated[GATED_COUNT][GATED_PASSES][KERNEL_DTYPES];
static made_kernel losses[LOSS_COUNT][LOSS_PASSES][KERNEL_DTYPES];
static made_kernel row_losses[ROW_LOSS_COUNT][LOSS_PASSES][KERNEL_DTYPES];
static made_kernel joints[JOINT_COUNT][LOSS_PASSES][KERNEL_DTYPES];
static made_kernel learned[LEARNED_COUNT][LEARNED_PASSES][KERNEL_DTYPES];
static added_function *_Atomic added[MOST_ADDED];
static int added_count;
static pthread_mutex_t adding = PTHREAD_MUTEX_INITIALIZER;

/* what stands where nothing could be made: NaN, which ones are in every format */
#define NO_KERNEL(bytes)                                                                                              \
    static void no_kernel_##bytes(size_t n, const void *a, const void *b, void *out, const void *parameters) {        \
        UNUSED(a), UNUSED(b), UNUSED(parameters);                                                                     \
        memset(out, 0xFF, n * bytes);                                                                                 \
    }
NO_KERNEL(2)
NO_KERNEL(4)
NO_KERNEL(8)
static fastact_map_kernel *no_kernel(fastact_dtype dtype) {
    const size_t bytes = fastact_item_size(dtype);
    return bytes == 8 ? no_kernel_8 : bytes == 4 ? no_kernel_4 : no_kernel_2;
}

static const fastact_function *function_of(fastact_kind kind, int index) {
    const fastact_function *f = fastact_functions(NULL);
    while (f->kind != kind || f->index != index) ++f;
    return f;
}
/* stands where the maker has no kernel */
static void none(void) {}
/* what stands in a place of the tables, made where nothing does; NULL where there is none. f is NULL for the function of the registry with
 * that index */
static any_kernel *made(made_kernel *place, fastact_kernel_maker *make, const fastact_function *f, fastact_kind kind, int index,
                        fastact_pass pass, fastact_dtype dtype, int part) {
    any_kernel *kernel = atomic_load_explicit(place, memory_order_acquire);
    if (!kernel && make) {
        kernel = (any_kernel *)make(f ? f : function_of(kind, index), pass, dtype, part);
        if (!kernel) kernel = none;
        atomic_store_explicit(place, kernel, memory_order_release);
    }
    return kernel == none ? NULL : kernel;
}
static fastact_kernel_maker *maker(void) { return atomic_load(&fastact_replacing); }

static any_kernel *made_map_of(int index, fastact_pass pass, fastact_dtype dtype, int arrays) {
    if (index < MAP_COUNT) return made(&maps[index][arrays][pass][dtype], maker(), NULL, FASTACT_ELEMENTWISE, index, pass, dtype, arrays);
    added_function *const one = atomic_load_explicit(&added[index - MAP_COUNT], memory_order_acquire);
    return made(&one->kernels[arrays][pass][dtype], one->make, &one->function, FASTACT_ELEMENTWISE, index, pass, dtype, arrays);
}
/* What the maker has no kernel for is run by the library's own where there is one. */
fastact_map_kernel *fastact_made_map(int index, fastact_pass pass, fastact_dtype dtype) {
    any_kernel *const kernel = made_map_of(index, pass, dtype, 0);
    if (kernel) return (fastact_map_kernel *)kernel;
    return index < MAP_COUNT ? fastact_active_kernels()->map[index][pass][dtype] : no_kernel(dtype);
}
fastact_map_arrays_kernel *fastact_made_map_arrays(int index, fastact_pass pass, fastact_dtype dtype) {
    any_kernel *const kernel = made_map_of(index, pass, dtype, 1);
    if (kernel) return (fastact_map_arrays_kernel *)kernel;
    return index < MAP_COUNT ? fastact_active_kernels()->map_arrays[index][pass][dtype]
                             : (fastact_map_arrays_kernel *)(any_kernel *)no_kernel(dtype);
}
fastact_rows_kernel *fastact_made_rows(int index, int backward, fastact_dtype dtype) {
    const fastact_pass pass = backward ? FASTACT_BACKWARD : FASTACT_VALUE;
    any_kernel *const kernel = made(&rows[index][backward][dtype], maker(), NULL, FASTACT_ROWWISE, index, pass, dtype, 0);
    return kernel ? (fastact_rows_kernel *)kernel : fastact_active_kernels()->rows[index][backward][dtype];
}
fastact_gated_kernel *fastact_made_gated(int index, int backward, fastact_dtype dtype) {
    const fastact_pass pass = backward ? FASTACT_BACKWARD : FASTACT_VALUE;
    any_kernel *const kernel = made(&gated[index][backward][dtype], maker(), NULL, FASTACT_GATED, index, pass, dtype, 0);
    return kernel ? (fastact_gated_kernel *)kernel : fastact_active_kernels()->gated[index][backward][dtype];
}
fastact_learned_kernel *fastact_made_learned(int index, int backward, fastact_dtype dtype) {
    const fastact_pass pass = backward ? FASTACT_BACKWARD : FASTACT_VALUE;
    any_kernel *const kernel = made(&learned[index][backward][dtype], maker(), NULL, FASTACT_LEARNED, index, pass, dtype, 0);
    return kernel ? (fastact_learned_kernel *)kernel : fastact_active_kernels()->learned[index][backward][dtype];
}

/* of losses: one without gradients and one with them, which may be the same */
#define MADE_LOSS(name, kind, places)                                                                                 \
    fastact_##name##_kernel *fastact_made_##name(int index, int backward, fastact_dtype dtype) {                      \
        const fastact_pass pass = backward ? FASTACT_BACKWARD : FASTACT_VALUE;                                        \
        any_kernel *const kernel = made(&places[index][backward][dtype], maker(), NULL, kind, index, pass, dtype, 0); \
        return kernel ? (fastact_##name##_kernel *)kernel : fastact_active_kernels()->losses->name[index][dtype];     \
    }
MADE_LOSS(loss, FASTACT_LOSS, losses)
MADE_LOSS(row_loss, FASTACT_ROW_LOSS, row_losses)
MADE_LOSS(joint, FASTACT_JOINT_LOSS, joints)

static void forget(made_kernel *places, size_t count) {
    for (size_t k = 0; k < count; ++k) atomic_store_explicit(places + k, NULL, memory_order_relaxed);
}
/* forgets what another maker made; a call that is under way may still remember one, which has the same bits */
EXPORT void fastact_use_kernels_of(fastact_kernel_maker *make, int threads) {
    atomic_store(&fastact_replacing, NULL);
    forget(&maps[0][0][0][0], sizeof maps / sizeof(made_kernel));
    forget(&rows[0][0][0], sizeof rows / sizeof(made_kernel));
    forget(&gated[0][0][0], sizeof gated / sizeof(made_kernel));
    forget(&losses[0][0][0], sizeof losses / sizeof(made_kernel));
    forget(&row_losses[0][0][0], sizeof row_losses / sizeof(made_kernel));
    forget(&joints[0][0][0], sizeof joints / sizeof(made_kernel));
    forget(&learned[0][0][0], sizeof learned / sizeof(made_kernel));
    atomic_store(&one_thread, make && !threads);
    atomic_store(&fastact_replacing, make);
}

int fastact_is_for_one_thread(int index) { return index < MAP_COUNT && atomic_load_explicit(&one_thread, memory_order_relaxed); }

EXPORT const fastact_function *fastact_add_function(const char *name, const char *formula, const char *derivative,
                                                    fastact_kernel_maker *make) {
    if (!name || !formula || !derivative || !make) return NULL;
    added_function *const one = calloc(1, sizeof *one);
    char *const text = malloc(strlen(name) + strlen(formula) + strlen(derivative) + 3);
    pthread_mutex_lock(&adding);
    const int place = added_count;
    if (!one || !text || place == MOST_ADDED) {
        pthread_mutex_unlock(&adding);
        free(one);
        free(text);
        return NULL;
    }
    ++added_count;
    char *const second = text + strlen(name) + 1, *const third = second + strlen(formula) + 1;
    one->make = make;
    one->function = (fastact_function){.name = strcpy(text, name),
                                       .kind = FASTACT_ELEMENTWISE,
                                       .aliases = "",
                                       .formula = strcpy(second, formula),
                                       .derivative = strcpy(third, derivative),
                                       .passes = 1u << FASTACT_VALUE | 1u << FASTACT_DERIVATIVE | 1u << FASTACT_BACKWARD,
                                       .max_ulp_f32 = {NAN, NAN},
                                       .max_ulp_f64 = {NAN, NAN},
                                       .index = MAP_COUNT + place,
                                       .hessian = ""};
    atomic_store_explicit(&added[place], one, memory_order_release);
    pthread_mutex_unlock(&adding);
    return &one->function;
}
