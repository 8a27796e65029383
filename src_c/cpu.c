/* What this machine can run: CPUID with the operating system's saved state, every feature of a level or none of it. */
#include "cpu.h"
#include <unistd.h>

#if defined(__x86_64__)
#include <cpuid.h>

static uint64_t enabled_state(void) {
    uint32_t low, high;
    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return (uint64_t)high << 32 | low;
}

int fastact_cpu_level(void) {
    enum { OSXSAVE = 1 << 27, AVX = 1 << 28, FMA = 1 << 12, F16C = 1 << 29, AVX2 = 1 << 5, AVX512F = 1 << 16, AVX512DQ = 1 << 17, AVX512BW = 1 << 30 };
    const uint32_t AVX512VL = UINT32_C(1) << 31;
    const uint32_t AVX512 = AVX512F | AVX512DQ | AVX512BW | AVX512VL;
    uint32_t a, b, c, d;
    if (!__get_cpuid(1, &a, &b, &c, &d) || (c & (OSXSAVE | AVX | FMA | F16C)) != (OSXSAVE | AVX | FMA | F16C)) return 0;
    const uint64_t state = enabled_state();
    if ((state & 0x6) != 0x6) return 0; /* XMM and YMM */
    if (!__get_cpuid_count(7, 0, &a, &b, &c, &d) || !(b & AVX2)) return 0;
    return (b & AVX512) == AVX512 && (state & 0xE6) == 0xE6 ? 2 : 1; /* and opmask, ZMM */
}
#else
int fastact_cpu_level(void) { return 0; }
#endif

size_t fastact_cpu_cache_bytes(void) {
#if defined(_SC_LEVEL3_CACHE_SIZE)
    long bytes = sysconf(_SC_LEVEL3_CACHE_SIZE);
    if (bytes <= 0) bytes = sysconf(_SC_LEVEL2_CACHE_SIZE);
    if (bytes > 0) return (size_t)bytes;
#endif
    return (size_t)32 << 20;
}
