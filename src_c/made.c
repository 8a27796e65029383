/* Kernels that another compiler makes while the program runs: in place of the library's own, and of functions that it has not. */
#include "kernels.h"
#include "simd/compiler.h"
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_ADDED = 4096 };

typedef struct {
    fastact_map_kernel *_Atomic map[MAP_PASSES][MAP_DTYPES];
    fastact_map_arrays_kernel *_Atomic arrays[MAP_PASSES][MAP_DTYPES];
} made_kernels;
typedef struct {
    fastact_function function;
    fastact_kernel_maker *make;
    made_kernels kernels;
} added_function;

_Atomic(fastact_kernel_maker *) fastact_replacing;
static atomic_int one_thread; /* for what it makes */
static made_kernels replaced[MAP_COUNT];
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

static made_kernels *find(int index, const fastact_function **function, fastact_kernel_maker **make) {
    if (index >= MAP_COUNT) {
        added_function *const one = atomic_load_explicit(&added[index - MAP_COUNT], memory_order_acquire);
        *function = &one->function;
        *make = one->make;
        return &one->kernels;
    }
    *function = fastact_functions(NULL);
    while ((*function)->kind != FASTACT_ELEMENTWISE || (*function)->index != index) ++*function;
    *make = atomic_load(&fastact_replacing);
    return &replaced[index];
}

/* What the maker has no kernel for is remembered as no_kernel, and is the library's own where there is one. */
fastact_map_kernel *fastact_made_map(int index, fastact_pass pass, fastact_dtype dtype) {
    const fastact_function *function;
    fastact_kernel_maker *make;
    made_kernels *const kernels = find(index, &function, &make);
    fastact_map_kernel *kernel = atomic_load_explicit(&kernels->map[pass][dtype], memory_order_acquire);
    if (!kernel && make) {
        kernel = (fastact_map_kernel *)make(function, pass, dtype, 0);
        if (!kernel) kernel = no_kernel(dtype);
        atomic_store_explicit(&kernels->map[pass][dtype], kernel, memory_order_release);
    }
    return (!kernel || kernel == no_kernel(dtype)) && index < MAP_COUNT ? fastact_active_kernels()->map[index][pass][dtype] : kernel;
}

fastact_map_arrays_kernel *fastact_made_map_arrays(int index, fastact_pass pass, fastact_dtype dtype) {
    fastact_map_arrays_kernel *const none = (fastact_map_arrays_kernel *)(void (*)(void))no_kernel(dtype);
    const fastact_function *function;
    fastact_kernel_maker *make;
    made_kernels *const kernels = find(index, &function, &make);
    fastact_map_arrays_kernel *kernel = atomic_load_explicit(&kernels->arrays[pass][dtype], memory_order_acquire);
    if (!kernel && make) {
        kernel = (fastact_map_arrays_kernel *)make(function, pass, dtype, 1);
        if (!kernel) kernel = none;
        atomic_store_explicit(&kernels->arrays[pass][dtype], kernel, memory_order_release);
    }
    return (!kernel || kernel == none) && index < MAP_COUNT ? fastact_active_kernels()->map_arrays[index][pass][dtype] : kernel;
}

/* forgets what another maker made; a call that is under way may still remember one, which has the same bits */
EXPORT void fastact_use_kernels_of(fastact_kernel_maker *make, int threads) {
    atomic_store(&fastact_replacing, NULL);
    for (int index = 0; index < MAP_COUNT; ++index)
        for (int pass = 0; pass < MAP_PASSES; ++pass)
            for (int dtype = 0; dtype < MAP_DTYPES; ++dtype) {
                atomic_store_explicit(&replaced[index].map[pass][dtype], NULL, memory_order_relaxed);
                atomic_store_explicit(&replaced[index].arrays[pass][dtype], NULL, memory_order_relaxed);
            }
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
