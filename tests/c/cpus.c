/* How many CPUs this process may use, and how large their cache is: read from folders made here, as of both kinds of cgroups. */
#define _GNU_SOURCE
#include "testing.h"
#include "../../src_c/cpu.c"
#include <sys/stat.h>

static char root[] = "/tmp/fastact-cgroups-XXXXXX";

static const char *in_root(const char *name) {
    static char path[4][256];
    static int turn;
    char *const to = path[turn = (turn + 1) % 4];
    snprintf(to, sizeof path[0], "%s/%s", root, name);
    return to;
}
static void put(const char *name, const char *text) {
    FILE *f = fopen(in_root(name), "w");
    CHECK(f && fputs(text, f) >= 0, "%s", name);
    if (f) fclose(f);
}
static double quota(const char *cgroups) {
    snprintf(context, sizeof context, "%s", cgroups);
    put("self", cgroups);
    return cgroup_quota(in_root("self"), root);
}

int main(void) {
    static const char *const folders[] = {"job", "job/step", "free", "cpu", "cpu/old", "index2", "index3"};
    static const char *const files[] = {"self", "job/cpu.max", "job/step/cpu.max", "free/cpu.max", "cpu.max",
                                        "cpu/old/cpu.cfs_quota_us", "cpu/old/cpu.cfs_period_us", "cpu/cpu.cfs_quota_us",
                                        "cpu/cpu.cfs_period_us", "index2/size", "index3/size"};
    if (!mkdtemp(root)) return 2;
    for (size_t k = 0; k < sizeof folders / sizeof *folders; ++k) CHECK(mkdir(in_root(folders[k]), 0700) == 0);
    put("job/cpu.max", "250000 100000\n");
    put("job/step/cpu.max", "max 100000\n");
    put("free/cpu.max", "max 100000\n");
    put("cpu/old/cpu.cfs_quota_us", "150000\n");
    put("cpu/old/cpu.cfs_period_us", "50000\n");
    CHECK(quota("0::/job\n") == 2.5 && quota("0::/job/step\n") == 2.5 && quota("0::/free\n") == 0 && quota("0::/\n") == 0);
    CHECK(quota("0::/gone/elsewhere\n") == 0 && quota("") == 0 && quota("nonsense\n::\n") == 0);
    CHECK(quota("3:memory:/old\n2:cpu,cpuacct:/old\n0::/free\n") == 3 && quota("2:cpu:/old\n0::/job\n") == 2.5);
    put("cpu/cpu.cfs_quota_us", "-1\n");
    put("cpu/cpu.cfs_period_us", "100000\n");
    CHECK(quota("2:cpuacct,cpu:/docker/0123\n") == 0);
    put("cpu.max", "50000 100000\n"); /* the root of a container */
    CHECK(quota("0::/\n") == 0.5 && quota("0::/job\n") == 0.5);
    CHECK(cgroup_quota(in_root("none"), root) == 0);

    snprintf(context, sizeof context, "cache");
    CHECK(cache_bytes_in(root) == 0);
    put("index2/size", "1024K\n");
    CHECK(cache_bytes_in(root) == (size_t)1 << 20);
    put("index3/size", "nonsense\n");
    CHECK(cache_bytes_in(root) == (size_t)1 << 20);
    put("index3/size", "32M\n");
    CHECK(cache_bytes_in(root) == (size_t)32 << 20);
    CHECK(fastact_cpu_cache_bytes() >= (size_t)1 << 18);

    snprintf(context, sizeof context, "count");
    cpu_set_t all, one;
    CHECK(sched_getaffinity(0, sizeof all, &all) == 0);
    CHECK(fastact_cpu_count() >= 1 && fastact_cpu_count() <= CPU_COUNT(&all));
    CPU_ZERO(&one);
    for (size_t k = 0; k < CPU_SETSIZE && CPU_COUNT(&one) == 0; ++k)
        if (CPU_ISSET(k, &all)) CPU_SET(k, &one);
    CHECK(sched_setaffinity(0, sizeof one, &one) == 0 && fastact_cpu_count() == 1);

    for (size_t k = 0; k < sizeof files / sizeof *files; ++k) remove(in_root(files[k]));
    for (size_t k = sizeof folders / sizeof *folders; k-- > 0;) rmdir(in_root(folders[k]));
    CHECK(rmdir(root) == 0, "something was left in %s", root);
    return finish();
}
