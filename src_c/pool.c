/* The thread pool: started by the first job, one job at a time, asleep when there is none.
 *
 * A job is open to as many workers as it has seats. The caller works too, and closes the job when no part is left: a worker that wakes up
 * late finds it closed, so nobody waits for one that has not begun. Every worker, and the caller, has a share of neighbouring parts, the
 * same one in equal jobs so that its cache may still hold the data, and helps with the other shares when its own is done. Where shares are
 * of one part, a worker that has done one leaves the others to the caller: a look at them would cost it a tenth of a microsecond.
 *
 * Workers look out for the next job for SPIN nanoseconds, then sleep. They block all signals and compute in the floating-point mode of
 * the caller. A forked child has no workers and starts with one thread; if it asks for more, it gets a pool of its own. */
#define _GNU_SOURCE
#include "pool.h"
#include "cpu.h"
#include "include/fastact.h"
#include "simd/compiler.h"
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#if !defined(__x86_64__)
#include <fenv.h>
#endif

enum { MOST_WORKERS = 255, SPIN = 50000, LOOKS = 64 };
/* of launches, in nanoseconds: what is taken for one before it is measured, and at most; how often, and how */
enum { USUAL_LAUNCH = 400, MOST_LAUNCH = 1000, MEASURE_EVERY = 4096, MEETINGS = 7, MEETING_LOOKS = 1000 };

#if defined(__x86_64__)
typedef unsigned float_mode;
static float_mode get_mode(void) { return __builtin_ia32_stmxcsr(); }
static void set_mode(const float_mode *mode) { __builtin_ia32_ldmxcsr(*mode); }
#define PAUSE() __builtin_ia32_pause()
#else
typedef fenv_t float_mode;
static float_mode get_mode(void) {
    fenv_t mode;
    fegetenv(&mode);
    return mode;
}
static void set_mode(const float_mode *mode) { fesetenv(mode); }
static inline void pause_core(void) {
#if defined(__aarch64__)
    __asm__ volatile("isb" ::: "memory"); /* about as long as x86's pause; most of these machines do not wait at a yield */
#endif
}
#define PAUSE() pause_core()
#endif

/* What workers look at: which job it is in the upper quarter, then its shares, its free seats, and how many workers are at it. Alone in its
 * cache line, which a worker that looks would take away between two stores of the caller. */
#define JOB (UINT64_C(1) << 48)
#define SHARE (UINT64_C(1) << 32)
#define SEAT (UINT64_C(1) << 16)
#define AT_WORK UINT64_C(1)
static ALIGNED(64) struct {
    _Atomic uint64_t state;
    char rest_of_line[64 - sizeof(uint64_t)];
} job;
static unsigned quarter_of(uint64_t s, int lowest_bit) { return (unsigned)(s >> lowest_bit & 0xFFFF); }
static unsigned job_of(uint64_t s) { return quarter_of(s, 48); }
static unsigned shares_of(uint64_t s) { return quarter_of(s, 32); }
static unsigned seats_of(uint64_t s) { return quarter_of(s, 16); }
static unsigned at_work_in(uint64_t s) { return quarter_of(s, 0); }

/* written by the caller while the job has no seat; a cache line each */
typedef struct {
    ALIGNED(64) atomic_size_t next;
    size_t end;
    fastact_part *run;
    void *context;
    float_mode mode;
    int is_one_part;
} parts_share;
static parts_share share[MOST_WORKERS + 1];

/* written by callers; seldom */
static ALIGNED(64) atomic_int taken;
static ALIGNED(64) atomic_int threads = 1, workers, sleepers, stopping;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t wake = PTHREAD_COND_INITIALIZER;

/* used by whoever has taken the pool, who alone changes the number of workers */
static pthread_t worker[MOST_WORKERS];
static int refused;

EXPORT int fastact_get_num_threads(void) { return atomic_load_explicit(&threads, memory_order_relaxed); }
EXPORT fastact_status fastact_set_num_threads(int count) {
    if (count < 1) return FASTACT_ERROR_ARGUMENT;
    atomic_store(&threads, count);
    return FASTACT_OK;
}
static int count_in(const char *name) {
    const char *text = getenv(name);
    char *end;
    const long count = text ? strtol(text, &end, 10) : 0;
    if (!text || end == text || count < 1) return 0;
    end += strspn(end, " ");
    if (*end != '\0' && *end != ',') return 0; /* OpenMP lists one count a level */
    return count < 1 << 16 ? (int)count : 1 << 16;
}
EXPORT int fastact_default_num_threads(void) {
    int count = count_in("FASTACT_NUM_THREADS");
    if (!count) count = count_in("OMP_NUM_THREADS");
    return count ? count : fastact_cpu_count();
}

/* what is left of all shares, from one of them on */
static void work_from(size_t first, size_t shares, int to_the_end) {
    fastact_part *const run = share[first].run;
    void *const context = share[first].context;
    const int leaves = !to_the_end && share[first].is_one_part;
    for (size_t k = 0; k < shares; ++k) {
        parts_share *const s = share + (first + k) % shares;
        for (;;) {
            size_t part = atomic_load_explicit(&s->next, memory_order_relaxed);
            if (part >= s->end || (part = atomic_fetch_add_explicit(&s->next, 1, memory_order_relaxed)) >= s->end) break;
            run(context, part);
            if (leaves) return;
        }
    }
}

int64_t fastact_nanoseconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}
/* returns the state of another job than `seen`, or any when the pool stops */
static uint64_t next_job(unsigned seen) {
    uint64_t s;
    for (const int64_t end = fastact_nanoseconds() + SPIN; !atomic_load(&stopping) && fastact_nanoseconds() < end; sched_yield())
        for (int k = 0; k < LOOKS; ++k, PAUSE())
            if (job_of(s = atomic_load_explicit(&job.state, memory_order_acquire)) != seen) return s;
    pthread_mutex_lock(&lock);
    atomic_fetch_add(&sleepers, 1);
    while (job_of(s = atomic_load(&job.state)) == seen && !atomic_load(&stopping)) pthread_cond_wait(&wake, &lock);
    atomic_fetch_sub(&sleepers, 1);
    pthread_mutex_unlock(&lock);
    return s;
}
static void *work(void *argument) {
    const size_t number = (size_t)(uintptr_t)argument;
    unsigned seen = 0;
    while (!atomic_load(&stopping)) {
        uint64_t s = next_job(seen);
        seen = job_of(s);
        while (job_of(s) == seen && seats_of(s)) {
            if (!atomic_compare_exchange_weak(&job.state, &s, s - SEAT + AT_WORK)) continue;
            const size_t shares = shares_of(s), own = number % shares;
            set_mode(&share[own].mode);
            work_from(own, shares, 0);
            atomic_fetch_sub_explicit(&job.state, AT_WORK, memory_order_release);
            break;
        }
    }
    return NULL;
}

static void start_workers(int count) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    for (int k = atomic_load(&workers); k < count && !refused; ++k) {
        refused = pthread_create(worker + k, NULL, work, (void *)(uintptr_t)(k + 1)) != 0;
        if (refused) break;
        atomic_store(&workers, k + 1);
#if defined(__linux__)
        char name[16];
        snprintf(name, sizeof name, "fastact-%u", (unsigned)(k + 1) % 1000);
        pthread_setname_np(worker[k], name);
#endif
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
}
static void wake_workers(unsigned count) {
    pthread_mutex_lock(&lock); /* nobody is between his last look and his sleep */
    const int all = (int)count >= atomic_load(&sleepers);
    pthread_mutex_unlock(&lock);
    if (all)
        pthread_cond_broadcast(&wake);
    else
        while (count--) pthread_cond_signal(&wake);
}
static void alone(size_t parts, fastact_part *run, void *context) {
    for (size_t part = 0; part < parts; ++part) run(context, part);
}

/* by whoever has taken the pool */
static void share_out(size_t parts, size_t helpers, fastact_part *run, void *context) {
    const size_t shares = helpers + 1;
    const float_mode mode = get_mode();
    for (size_t k = 0, from = 0; k < shares; ++k) {
        parts_share *const s = share + k;
        atomic_store_explicit(&s->next, from, memory_order_relaxed);
        s->end = from += parts / shares + (k < parts % shares);
        s->run = run, s->context = context, s->mode = mode, s->is_one_part = parts <= shares;
    }
    const unsigned number = job_of(atomic_load_explicit(&job.state, memory_order_relaxed)) + 1; /* its upper bits leave the state */
    atomic_store(&job.state, number * JOB + shares * SHARE + helpers * SEAT);
    if (atomic_load(&sleepers)) wake_workers((unsigned)helpers);
    work_from(0, shares, 1);
    if (seats_of(atomic_load(&job.state))) atomic_fetch_and(&job.state, ~(0xFFFF * SEAT));
    for (int looks = 0; at_work_in(atomic_load_explicit(&job.state, memory_order_acquire)); ++looks) {
        if (looks < LOOKS * LOOKS)
            PAUSE();
        else
            sched_yield();
    }
}
static int take(void) { return !atomic_load_explicit(&taken, memory_order_relaxed) && !atomic_exchange(&taken, 1); }
static void give_back(void) { atomic_store_explicit(&taken, 0, memory_order_release); }

void fastact_parallel(size_t parts, fastact_part *run, void *context) {
    size_t helpers = (size_t)fastact_get_num_threads() - 1;
    if (helpers > MOST_WORKERS) helpers = MOST_WORKERS;
    if (parts && helpers > parts - 1) helpers = parts - 1;
    if (parts < 2 || !helpers || !take()) {
        alone(parts, run, context);
        return;
    }
    if (UNLIKELY((size_t)atomic_load_explicit(&workers, memory_order_relaxed) < helpers)) {
        start_workers((int)helpers);
        if ((size_t)atomic_load(&workers) < helpers) helpers = (size_t)atomic_load(&workers);
    }
    share_out(parts, helpers, run, context);
    give_back();
}

int fastact_pool_is_awake(void) {
    return atomic_load_explicit(&sleepers, memory_order_relaxed) < atomic_load_explicit(&workers, memory_order_relaxed);
}

/* What a job costs beside its parts: how long two threads take to meet in one and part again. Cores that share a cache are four times as
 * quick at it as others, and a virtual machine may be moved from one kind to the other, so that it is measured time and again. */
static void meet(void *context, size_t part) {
    atomic_int *const missing = context;
    (void)part;
    atomic_fetch_sub(missing, 1);
    for (int looks = 0; looks < MEETING_LOOKS && atomic_load_explicit(missing, memory_order_acquire) > 0; ++looks) PAUSE();
}
static int measured_launch(void) {
    int64_t least = MOST_LAUNCH;
    for (int k = 0; k < MEETINGS; ++k) {
        atomic_int missing = 2;
        const int64_t start = fastact_nanoseconds();
        share_out(2, 1, meet, &missing);
        const int64_t spent = fastact_nanoseconds() - start;
        if (spent < least) least = spent;
    }
    return (int)least;
}
int fastact_pool_launch(void) {
    static atomic_int found = USUAL_LAUNCH;
    static atomic_uint asked; /* may miss some */
    const unsigned times = atomic_load_explicit(&asked, memory_order_relaxed);
    if (LIKELY(times % MEASURE_EVERY)) {
        atomic_store_explicit(&asked, times + 1, memory_order_relaxed);
        return atomic_load_explicit(&found, memory_order_relaxed);
    }
    if (!fastact_pool_is_awake() || !take()) return USUAL_LAUNCH;
    if (atomic_load(&workers)) {
        atomic_store_explicit(&found, measured_launch(), memory_order_relaxed);
        atomic_store_explicit(&asked, times + 1, memory_order_relaxed);
    }
    give_back();
    return atomic_load_explicit(&found, memory_order_relaxed);
}

/* the child has the memory of the pool but none of its threads; what they held is let go */
static void after_fork(void) {
    static const pthread_mutex_t free_lock = PTHREAD_MUTEX_INITIALIZER;
    static const pthread_cond_t nobody_waits = PTHREAD_COND_INITIALIZER;
    lock = free_lock;
    wake = nobody_waits;
    refused = 0;
    atomic_store(&workers, 0);
    atomic_store(&threads, 1);
    atomic_store(&job.state, 0);
    atomic_store(&sleepers, 0);
    atomic_store(&taken, 0);
}
__attribute__((constructor)) static void watch_forks(void) { pthread_atfork(NULL, NULL, after_fork); }

/* at exit and when the library is unloaded; a job that still runs is another thread's, and keeps its pool */
__attribute__((destructor)) static void stop(void) {
    if (atomic_exchange(&taken, 1)) return;
    atomic_store(&stopping, 1);
    wake_workers(MOST_WORKERS);
    for (int k = 0; k < atomic_load(&workers); ++k) pthread_join(worker[k], NULL);
    atomic_store(&workers, 0);
}
