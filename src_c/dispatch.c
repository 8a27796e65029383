/* Which table of kernels is in use: one atomic pointer, resolved at the first call. */
#include "cpu.h"
#include "kernels.h"
#include "simd/compiler.h"
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

static const fastact_kernels *const tables[] = {
    &fastact_kernels_scalar,
#if defined(__x86_64__)
    &fastact_kernels_avx2,
    &fastact_kernels_avx512,
#elif defined(__aarch64__)
    &fastact_kernels_neon,
#endif
};
enum { TABLES = sizeof tables / sizeof *tables };

_Atomic(const fastact_kernels *) fastact_active;
static const char *names[TABLES + 1];
enum { STREAM_MOST = 40 << 20 };
size_t fastact_stream_bytes = (size_t)24 << 20, fastact_stream_pages = 4;
int fastact_full_width_costs, fastact_full_width_slows;

static const fastact_kernels *named(const char *name) {
    const int level = fastact_cpu_level();
    for (int i = 0; name && i <= level && i < TABLES; ++i)
        if (!strcmp(tables[i]->isa, name)) return tables[i];
    return NULL;
}

/* runs before main, so that these are settled before any thread exists */
__attribute__((constructor)) static void prepare(void) {
    const int level = fastact_cpu_level();
    for (int i = 0; i <= level && i < TABLES; ++i) names[i] = tables[i]->isa;
    const size_t half = fastact_cpu_cache_bytes() / 2;
    fastact_stream_bytes = half < STREAM_MOST ? half : STREAM_MOST;
    fastact_stream_pages = fastact_cpu_is_amd() ? 1 : 4;
    fastact_full_width_costs = !fastact_cpu_is_amd();
    fastact_full_width_slows = fastact_cpu_full_width_slows();
}

const fastact_kernels *fastact_choose_kernels(void) {
    const int level = fastact_cpu_level();
    const fastact_kernels *table = named(getenv("FASTACT_ISA")); /* a name this machine cannot run counts as none */
    if (!table) table = tables[level < TABLES ? level : TABLES - 1];
    atomic_store_explicit(&fastact_active, table, memory_order_release);
    return table;
}

EXPORT const char *fastact_isa(void) { return fastact_active_kernels()->isa; }

EXPORT fastact_status fastact_set_isa(const char *name) {
    const fastact_kernels *table = named(name);
    if (!name) return FASTACT_ERROR_NULL;
    if (!table) return FASTACT_ERROR_UNSUPPORTED;
    atomic_store_explicit(&fastact_active, table, memory_order_release);
    return FASTACT_OK;
}

EXPORT const char *const *fastact_isas(void) { return names; }
