/* What this machine can run: CPUID with the operating system's saved state, every feature of a level or none of it; and how many CPUs
 * of it this process may use. */
#define _GNU_SOURCE
#include "cpu.h"
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#if defined(__x86_64__)
#include <cpuid.h>

static uint64_t enabled_state(void) {
    uint32_t low, high;
    __asm__ volatile("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return (uint64_t)high << 32 | low;
}

int fastact_cpu_level(void) {
    enum { OSXSAVE = 1 << 27, AVX = 1 << 28, FMA = 1 << 12, F16C = 1 << 29, AVX2 = 1 << 5, AVX512F = 1 << 16, AVX512DQ = 1 << 17,
          AVX512BW = 1 << 30 };
    const uint32_t AVX512VL = UINT32_C(1) << 31;
    const uint32_t AVX512 = AVX512F | AVX512DQ | AVX512BW | AVX512VL;
    uint32_t a, b, c, d;
    if (!__get_cpuid(1, &a, &b, &c, &d) || (c & (OSXSAVE | AVX | FMA | F16C)) != (OSXSAVE | AVX | FMA | F16C)) return 0;
    const uint64_t state = enabled_state();
    if ((state & 0x6) != 0x6) return 0; /* XMM and YMM */
    if (!__get_cpuid_count(7, 0, &a, &b, &c, &d) || !(b & AVX2)) return 0;
    return (b & AVX512) == AVX512 && (state & 0xE6) == 0xE6 ? 2 : 1; /* and opmask, ZMM */
}

int fastact_cpu_is_amd(void) {
    uint32_t a, name[3];
    return __get_cpuid(0, &a, &name[0], &name[2], &name[1]) && !memcmp(name, "AuthenticAMD", sizeof name);
}

int fastact_cpu_full_width_slows(void) {
    enum { AVX512_FP16 = 1 << 23 };
    uint32_t a, b, c, d;
    return !fastact_cpu_is_amd() && !(__get_cpuid_count(7, 0, &a, &b, &c, &d) && (d & AVX512_FP16));
}
#else
#if defined(__aarch64__)
int fastact_cpu_level(void) { return 1; } /* every one has NEON with fma */
#else
int fastact_cpu_level(void) { return 0; }
#endif
int fastact_cpu_is_amd(void) { return 0; }
int fastact_cpu_full_width_slows(void) { return 0; }
#endif

/* what the kernel says of the last cache that a CPU is connected to: sysconf counts all of a socket, 384 MiB where a core reaches 32 */
static size_t cache_bytes_in(const char *folder) {
    size_t bytes = 0;
    for (int index = 3; index >= 2 && !bytes; --index) {
        char path[256], unit = 0;
        snprintf(path, sizeof path, "%s/index%d/size", folder, index);
        FILE *const f = fopen(path, "r");
        if (!f) continue;
        if (fscanf(f, "%zu%c", &bytes, &unit) == 2 && (unit == 'K' || unit == 'M')) bytes <<= unit == 'K' ? 10 : 20;
        fclose(f);
    }
    return bytes;
}

size_t fastact_cpu_cache_bytes(void) {
    const size_t known = cache_bytes_in("/sys/devices/system/cpu/cpu0/cache");
    if (known) return known;
#if defined(_SC_LEVEL3_CACHE_SIZE)
    long bytes = sysconf(_SC_LEVEL3_CACHE_SIZE);
    if (bytes <= 0) bytes = sysconf(_SC_LEVEL2_CACHE_SIZE);
    if (bytes > 0) return (size_t)bytes;
#endif
    return (size_t)32 << 20;
}

/* The cgroup quota, in CPUs: the least of a group and those above it. */

static double quota_of(const char *folder, const char *file, const char *period_file) {
    char path[1024];
    double quota = 0, period = 0;
    int found = 0;
    snprintf(path, sizeof path, "%s/%s", folder, file);
    FILE *f = fopen(path, "r");
    if (!f) return 0;
    found = fscanf(f, "%lf %lf", &quota, &period); /* "max" and -1 are no quota */
    fclose(f);
    if (found == 1 && period_file) {
        snprintf(path, sizeof path, "%s/%s", folder, period_file);
        if (!(f = fopen(path, "r"))) return 0;
        found += fscanf(f, "%lf", &period);
        fclose(f);
    }
    return found == 2 && quota > 0 && period > 0 ? quota / period : 0;
}
static double least_quota(const char *root, const char *group, const char *file, const char *period_file) {
    char folder[896];
    double least = 0;
    const int length = snprintf(folder, sizeof folder, "%s%s", root, group);
    if (length < 0 || (size_t)length >= sizeof folder) return 0;
    for (;;) {
        const double quota = quota_of(folder, file, period_file);
        if (quota > 0 && (least == 0 || quota < least)) least = quota;
        char *const last = strrchr(folder + strlen(root), '/');
        if (!last) return least;
        *last = '\0';
    }
}
/* cgroups: what /proc/self/cgroup holds; root: /sys/fs/cgroup. 0 where there is no quota. */
static double cgroup_quota(const char *cgroups, const char *root) {
    char line[768], folder[64];
    double least = 0;
    FILE *f = fopen(cgroups, "r");
    if (!f) return 0;
    while (fgets(line, sizeof line, f)) { /* number:controllers:group */
        char *const controllers = strchr(line, ':'), *const group = controllers ? strchr(controllers + 1, ':') : NULL;
        if (!group) continue;
        *group = '\0';
        group[1 + strcspn(group + 1, "\n")] = '\0';
        double quota = 0;
        if (controllers[1] == '\0') {
            quota = least_quota(root, group + 1, "cpu.max", NULL);
        } else if (!strcmp(controllers + 1, "cpu") || !strcmp(controllers + 1, "cpu,cpuacct") || !strcmp(controllers + 1, "cpuacct,cpu")) {
            snprintf(folder, sizeof folder, "%.58s/cpu", root);
            quota = least_quota(folder, group + 1, "cpu.cfs_quota_us", "cpu.cfs_period_us");
        }
        if (quota > 0 && (least == 0 || quota < least)) least = quota;
    }
    fclose(f);
    return least;
}

int fastact_cpu_count(void) {
    long count = 0;
#if defined(__linux__)
    cpu_set_t set;
    if (sched_getaffinity(0, sizeof set, &set) == 0) count = CPU_COUNT(&set);
#endif
    if (count < 1) count = sysconf(_SC_NPROCESSORS_ONLN);
    const double quota = cgroup_quota("/proc/self/cgroup", "/sys/fs/cgroup");
    if (quota > 0 && quota < (double)count) count = (long)quota + ((double)(long)quota < quota);
    return count < 1 ? 1 : (int)count;
}
