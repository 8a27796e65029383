/* The thread pool: every part once; nested, busy, forked and at exit; asleep when idle; the caller's floating-point mode. What a launch
 * costs is printed, not checked. */
#define _GNU_SOURCE
#include "testing.h"
#include "../../src_c/pool.h"
#include "../../src_c/split.h"
#include <dirent.h>
#include <fenv.h>
#include <pthread.h>
#include <stdatomic.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PARTS = 1000, LARGE = 1 << 20 };

static double now(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}
/* threads of this process, all of them or those of the pool */
static int threads_of_process(int of_pool) {
    int count = 0;
    DIR *tasks = opendir("/proc/self/task");
    for (struct dirent *task; tasks && (task = readdir(tasks)) != NULL;) {
        char path[300], name[32] = "";
        if (task->d_name[0] == '.') continue;
        snprintf(path, sizeof path, "/proc/self/task/%s/comm", task->d_name);
        FILE *f = fopen(path, "r");
        if (f && fgets(name, sizeof name, f) && (!of_pool || !strncmp(name, "fastact-", 8))) ++count;
        if (f) fclose(f);
    }
    if (tasks) closedir(tasks);
    return count;
}

static atomic_int done[PARTS];
static void count_part(void *context, size_t part) {
    (void)context;
    atomic_fetch_add(done + part, 1);
}
static void every_part_once(void) {
    for (size_t parts = 0; parts <= PARTS; parts = parts * 3 / 2 + 1)
        for (int threads = 1; threads <= 4; ++threads)
            for (int again = 0; again < 50; ++again) {
                snprintf(context, sizeof context, "%zu parts, %d threads", parts, threads);
                fastact_set_num_threads(threads);
                memset(done, 0, sizeof done);
                fastact_parallel(parts, count_part, NULL);
                for (size_t p = 0; p < PARTS; ++p) CHECK(done[p] == (p < parts), "part %zu was run %d times", p, done[p]);
            }
}

static void nested_part(void *context, size_t part) {
    (void)part;
    fastact_parallel(10, count_part, context);
}
static void nested(void) {
    snprintf(context, sizeof context, "nested");
    memset(done, 0, sizeof done);
    fastact_parallel(20, nested_part, NULL);
    for (size_t p = 0; p < 10; ++p) CHECK(done[p] == 20, "%d", done[p]);
}

static float *x, *expected;
/* a large call, in memory of its own */
static int gelu_is_right(void) {
    float *const y = malloc(LARGE * sizeof *y);
    const int right = y && fastact_gelu_f32(LARGE, x, y) == FASTACT_OK && !memcmp(y, expected, LARGE * sizeof *y);
    free(y);
    return right;
}
static void *caller(void *wrong) {
    for (int k = 0; k < 40; ++k)
        if (!gelu_is_right()) atomic_fetch_add((atomic_int *)wrong, 1);
    return NULL;
}
static void two_callers(void) {
    atomic_int wrong = 0;
    pthread_t other[2];
    snprintf(context, sizeof context, "three callers");
    for (int k = 0; k < 2; ++k) CHECK(pthread_create(other + k, NULL, caller, &wrong) == 0);
    caller(&wrong);
    for (int k = 0; k < 2; ++k) pthread_join(other[k], NULL);
    CHECK(wrong == 0, "%d", wrong);
}

/* in a forked child: serial, then with a pool of its own; it ends as programs do, the pool joined */
static void child(void) {
    if (threads_of_process(0) != 1 || fastact_get_num_threads() != 1 || !gelu_is_right() || threads_of_process(0) != 1) _exit(1);
    fastact_set_num_threads(3);
    if (!gelu_is_right() || threads_of_process(1) != 2) _exit(2);
    exit(0);
}
static void *fork_here(void *unused) {
    (void)unused;
    for (int k = 0; k < 10; ++k) {
        const pid_t made = fork();
        int status = -1;
        if (made == 0) child();
        CHECK(made > 0 && waitpid(made, &status, 0) == made && status == 0, "the child left with %x", (unsigned)status);
    }
    return NULL;
}
static void forks(void) {
    pthread_t other;
    atomic_int wrong = 0;
    snprintf(context, sizeof context, "fork");
    fork_here(NULL);
    CHECK(pthread_create(&other, NULL, fork_here, NULL) == 0); /* while this thread has the pool, now and then */
    caller(&wrong);
    pthread_join(other, NULL);
    CHECK(wrong == 0 && gelu_is_right());
}

static double sums[PARTS];
static void add(void *context, size_t part) {
    volatile double one = 1, little = 0x1p-60;
    (void)context;
    sums[part] = one + little;
    for (const double end = now(CLOCK_MONOTONIC) + 1e-5; now(CLOCK_MONOTONIC) < end;) {} /* so that others come to work */
}
static void floating_point_mode(void) {
    snprintf(context, sizeof context, "rounding mode");
    for (int k = 0; k < 2; ++k) {
        fesetround(k ? FE_UPWARD : FE_TONEAREST);
        fastact_parallel(PARTS, add, NULL);
        fesetround(FE_TONEAREST);
        for (int p = 0; p < PARTS; ++p) CHECK((sums[p] > 1) == k, "part %d", p);
    }
}

/* asleep within 10 ms of the last job, whatever else the machine does: the processor time of the next 300 ms is nobody's */
static void idle(void) {
    snprintf(context, sizeof context, "idle");
    CHECK(gelu_is_right());
    usleep(10000);
    const double before = now(CLOCK_PROCESS_CPUTIME_ID);
    usleep(300000);
    const double spent = now(CLOCK_PROCESS_CPUTIME_ID) - before;
    CHECK(spent < 0.005 && !fastact_pool_is_awake(), "%g s", spent);
    printf("idle: %.0f us of processor time in 300 ms\n", spent * 1e6);
}

static void nothing(void *context, size_t part) { (void)context, (void)part; }
static _Atomic double began;
static void meet(void *context, size_t part) {
    (void)context;
    const double start = now(CLOCK_MONOTONIC);
    if (part)
        began = start;
    else
        while (began == 0 && now(CLOCK_MONOTONIC) < start + 1) {}
}
static int by_size(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}
static void launches(const char *what, int microseconds_apart) {
    enum { TIMES = 201 };
    double cost[TIMES], until[TIMES];
    for (int k = 0; k < TIMES; ++k) {
        if (microseconds_apart) usleep((useconds_t)microseconds_apart);
        double start = now(CLOCK_MONOTONIC);
        fastact_parallel(2, nothing, NULL);
        cost[k] = now(CLOCK_MONOTONIC) - start;
        if (microseconds_apart) usleep((useconds_t)microseconds_apart);
        began = 0;
        start = now(CLOCK_MONOTONIC);
        fastact_parallel(2, meet, NULL);
        until[k] = began - start;
    }
    qsort(cost, TIMES, sizeof *cost, by_size);
    qsort(until, TIMES, sizeof *until, by_size);
    printf("launch, workers %s: %.2f us for the caller, %.2f us until a worker begins (medians)\n", what, cost[TIMES / 2] * 1e6,
           until[TIMES / 2] * 1e6);
}

/* beyond the cache, in parts that are not: written around it all the same, and the same */
static void streams(void) {
    const size_t n = (size_t)12 << 20;
    float *const from = malloc(n * sizeof *from), *const serial = malloc(n * sizeof *serial);
    float *const shared = malloc((n + 1) * sizeof *shared);
    snprintf(context, sizeof context, "streams");
    CHECK(from && serial && shared);
    for (size_t i = 0; i < n; ++i) from[i] = x[i % LARGE];
    fastact_set_num_threads(1);
    CHECK(fastact_relu_f32(n, from, serial) == FASTACT_OK);
    fastact_set_num_threads(3);
    CHECK(fastact_part_length(n, 1, 80) < n && fastact_part_length(1000, 1, 1e6) == 1000);
    CHECK(fastact_relu_f32(n, from, shared + 1) == FASTACT_OK && !memcmp(serial, shared + 1, n * sizeof *serial));
    free(from), free(serial), free(shared);
}

/* calls of 8 us wake nobody alone, but together when one follows the other at once */
static void together(void) {
    const size_t n = 20000;
    int waited = 0;
    snprintf(context, sizeof context, "together");
    for (int k = 0; k < 30; ++k) {
        usleep(2000);
        CHECK(fastact_part_length(n, 1, 400) == n, "after a pause");
    }
    while (waited < 100000 && fastact_part_length(n, 1, 400) == n) ++waited;
    CHECK(waited >= 5 && waited < 100000, "%d calls", waited);
    CHECK(fastact_part_length(n, 1, 100) == n, "too few, whoever is awake");
}

/* what a launch costs decides of calls that are hardly worth it: those of relu's cost that are just below are not shared */
static void measured_launch(void) {
    int seen[4] = {0};
    snprintf(context, sizeof context, "measured launch");
    fastact_set_num_threads(2);
    const double slowness = fastact_slowness();
    CHECK(slowness >= 1 && slowness <= 3, "%g", slowness);
    for (int k = 0; k < 20000; ++k) {
        fastact_parallel(2, nothing, NULL);
        const int launch = fastact_pool_launch();
        const double worth = fmax(fmin(2.4e3 * launch - 0.3e6, 2.6e6) / slowness, 0.5e6); /* picoseconds */
        CHECK(launch > 0 && launch <= 1000, "%d", launch);
        if (launch != seen[0]) memmove(seen + 1, seen, sizeof seen - sizeof *seen), seen[0] = launch;
        if (k % 100) continue;
        const size_t below = fastact_part_length(20000, 1, 0.98 * worth / 20000);
        if (fastact_pool_launch() == launch) CHECK(below == 20000, "shared below what %d ns are worth", launch);
        fastact_parallel(2, nothing, NULL);
        const size_t above = fastact_part_length(20000, 1, 1.02 * worth / 20000);
        if (fastact_pool_launch() == launch && fastact_pool_is_awake()) CHECK(above < 20000, "alone above what %d ns are worth", launch);
    }
    CHECK(seen[1] || seen[0] == 1000, "measured once: %d ns", seen[0]); /* the most, where the machine has other work */
    printf("launch as measured: %d, %d, %d ns; slowness %.2f\n", seen[0], seen[1], seen[2], slowness);
    fastact_parallel(2, nothing, NULL);
    const int is_shared = fastact_part_length(3000, 1, -1e6 / 2990) < 3000;
    CHECK(is_shared || !fastact_pool_is_awake(), "what was set");
    CHECK(fastact_part_length(3000, 1, -1e6 / 3010) == 3000, "what was set");
}

int main(void) {
    x = malloc(LARGE * sizeof *x), expected = malloc(LARGE * sizeof *expected);
    if (!x || !expected) return 2;
    fill(x, LARGE, FASTACT_F32, FEW_FAR);
    CHECK(fastact_gelu_f32(LARGE, x, expected) == FASTACT_OK && threads_of_process(0) == 1, "no thread before it is asked for");
    fastact_set_num_threads(4);
    CHECK(threads_of_process(0) == 1 && gelu_is_right() && threads_of_process(1) == 3, "%d", threads_of_process(1));
    every_part_once();
    nested();
    two_callers();
    forks();
    floating_point_mode();
    streams();
    idle();
    together();
    measured_launch();
    fastact_set_num_threads(2);
    launches("awake", 0);
    launches("asleep", 2000);
    return finish();
}
