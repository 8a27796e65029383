/* What this machine can run. */
#ifndef FASTACT_CPU_H
#define FASTACT_CPU_H
#include <stddef.h>
#include <stdint.h>

/* 0: the portable reference; x86-64: 1 AVX2 + FMA, 2 AVX-512 F, DQ, BW, VL; aarch64: 1 NEON */
int fastact_cpu_level(void);

/* made by AMD; not so where the maker cannot be asked */
int fastact_cpu_is_amd(void);

/* whether vectors of 512 bits lower the clock of light work: Intel's before Sapphire Rapids, which is the first with AVX512-FP16 */
int fastact_cpu_full_width_slows(void);

/* size of the last-level cache that a core reaches */
size_t fastact_cpu_cache_bytes(void);

/* CPUs that this process may use: affinity and cgroup quota, rounded up; at least 1 */
int fastact_cpu_count(void);
#endif
