/* Memory of large outputs: a handler that NumPy allocates them through (NEP 49), over a cache of blocks freed before.
 *
 * The pages of a new block cost more than the kernel that fills them, so a freed block is kept for the next output of its size.
 * Arrays made here own their data as any other and may be resized, pickled and freed anywhere, in any thread, at any time.
 *
 * A block is a mapping of its own, aligned for huge pages, its header in the page before the data. Capacities are eighths of a power
 * of two, so that sizes which differ little share blocks. Where the limits are met the oldest blocks go first; a forked child starts
 * with none. Kept pages are not offered to the system (MADV_FREE): where huge pages are refused that costs as much as new ones. */
#define NO_IMPORT_ARRAY
#define NO_IMPORT_UFUNC
#include "_fastpath.h"
#include <pthread.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum { HUGE_PAGE = 1 << 21, MAX_KEPT = 32, DEFAULT_LIMIT = 256 }; /* in mebibytes, and at most 1/16 of the machine's memory */
static const size_t mebibyte = 1 << 20;

typedef struct {
    size_t capacity;
    size_t is_mapped; /* else from malloc */
} header;

static struct {
    pthread_mutex_t lock;
    char *blocks[MAX_KEPT]; /* oldest first */
    int count;
    size_t bytes;
} kept = {.lock = PTHREAD_MUTEX_INITIALIZER};

static size_t limit, page; /* set once, before the first block; limit 0: NumPy's own memory for all */

static header *header_of(char *block) { return (header *)block - 1; }

/* ------------------------------------------------------------------ blocks */

/* n rounded up to an eighth of the power of two below it */
static size_t capacity_of(size_t n) {
    const size_t unit = (size_t)1 << (60 - __builtin_clzll(n));
    return (n + unit - 1) & ~(unit - 1);
}

static char *map(size_t capacity) {
    const size_t size = page + capacity + HUGE_PAGE;
    char *start = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (start == MAP_FAILED) return NULL;
    char *block = (char *)(((size_t)start + page + HUGE_PAGE - 1) & ~(size_t)(HUGE_PAGE - 1));
    char *const first = block - page, *const end = block + capacity;
    if (first > start) munmap(start, (size_t)(first - start));
    if (start + size > end) munmap(end, (size_t)(start + size - end));
#ifdef MADV_HUGEPAGE
    madvise(first, page + capacity, MADV_HUGEPAGE);
#endif
    *header_of(block) = (header){capacity, 1};
    return block;
}

static void unmap(char *block) { munmap(block - page, page + header_of(block)->capacity); }

/* ------------------------------------------------------------------ the cache */

/* the youngest of that capacity: its pages are likeliest in a processor's cache */
static char *take(size_t capacity) {
    char *block = NULL;
    pthread_mutex_lock(&kept.lock);
    for (int i = kept.count - 1; i >= 0 && !block; --i) {
        if (header_of(kept.blocks[i])->capacity != capacity) continue;
        block = kept.blocks[i];
        --kept.count;
        kept.bytes -= capacity;
        memmove(kept.blocks + i, kept.blocks + i + 1, (size_t)(kept.count - i) * sizeof *kept.blocks);
    }
    pthread_mutex_unlock(&kept.lock);
    return block;
}

/* takes the oldest out until no more than that is left; they are to be unmapped without the lock */
static int remove_down_to(size_t bytes, int count, char **removed) {
    int gone = 0;
    while (kept.count > count || kept.bytes > bytes) {
        removed[gone] = kept.blocks[gone];
        kept.bytes -= header_of(removed[gone++])->capacity;
        --kept.count;
    }
    memmove(kept.blocks, kept.blocks + gone, (size_t)kept.count * sizeof *kept.blocks);
    return gone;
}

static void keep(char *block) {
    const size_t capacity = header_of(block)->capacity;
    char *removed[MAX_KEPT];
    if (capacity > limit) {
        unmap(block);
        return;
    }
    pthread_mutex_lock(&kept.lock);
    const int gone = remove_down_to(limit - capacity, MAX_KEPT - 1, removed);
    kept.blocks[kept.count++] = block;
    kept.bytes += capacity;
    pthread_mutex_unlock(&kept.lock);
    for (int i = 0; i < gone; ++i) unmap(removed[i]);
}

size_t fastact_memory_trim(void) {
    char *removed[MAX_KEPT];
    pthread_mutex_lock(&kept.lock);
    const size_t bytes = kept.bytes;
    const int gone = remove_down_to(0, 0, removed);
    pthread_mutex_unlock(&kept.lock);
    for (int i = 0; i < gone; ++i) unmap(removed[i]);
    return bytes;
}

void fastact_memory_kept(int *count, size_t *bytes, size_t *most) {
    pthread_mutex_lock(&kept.lock);
    *count = kept.count;
    *bytes = kept.bytes;
    pthread_mutex_unlock(&kept.lock);
    *most = limit;
}

/* The lock is held over a fork, so that the child finds the cache whole. What was kept stays the parent's: pages that a child wrote to
 * would be copied first, which costs more than new ones. */
static void before_fork(void) { pthread_mutex_lock(&kept.lock); }
static void after_fork(void) { pthread_mutex_unlock(&kept.lock); }
static void after_fork_in_child(void) {
    pthread_mutex_unlock(&kept.lock);
    fastact_memory_trim();
}

/* ------------------------------------------------------------------ the handler */

static void *allocate(void *context, size_t n) {
    (void)context;
    if (n > PTRDIFF_MAX / 2) return NULL;
    if (n < LARGE_OUTPUT) {
        header *small = malloc(sizeof *small + n);
        if (!small) return NULL;
        *small = (header){n, 0};
        return small + 1;
    }
    const size_t capacity = capacity_of(n);
    char *block = take(capacity);
    return block ? block : map(capacity);
}

static void *allocate_zeros(void *context, size_t count, size_t size) {
    size_t n;
    if (__builtin_mul_overflow(count, size, &n)) return NULL;
    void *block = allocate(context, n);
    return block ? memset(block, 0, n) : NULL;
}

/* NumPy's word on the size is not needed, and not exact for arrays whose shape or dtype was assigned to */
static void release(void *context, void *block, size_t n) {
    (void)context;
    (void)n;
    if (!block) return;
    if (header_of(block)->is_mapped)
        keep(block);
    else
        free(header_of(block));
}

static void *reallocate(void *context, void *block, size_t n) {
    if (!block) return allocate(context, n);
    const header *old = header_of(block);
    if (n <= old->capacity && n > old->capacity / 2) return block;
    void *made = allocate(context, n);
    if (!made) return NULL;
    memcpy(made, block, n < old->capacity ? n : old->capacity);
    release(context, block, old->capacity);
    return made;
}

static PyDataMem_Handler handler = {"fastact", 1, {NULL, allocate, allocate_zeros, reallocate, release}};
static PyObject *capsule;

/* FASTACT_OUTPUT_CACHE: mebibytes, or off; anything else counts as not set */
static size_t chosen_limit(void) {
    const char *text = getenv("FASTACT_OUTPUT_CACHE");
    const size_t sixteenth = (size_t)sysconf(_SC_PHYS_PAGES) / 16 * page;
    if (text && !strcmp(text, "off")) return 0;
    if (text && *text >= '0' && *text <= '9') {
        char *end;
        const unsigned long long number = strtoull(text, &end, 10);
        if (!*end && number <= SIZE_MAX / mebibyte) return (size_t)number * mebibyte;
    }
    return sixteenth < DEFAULT_LIMIT * mebibyte ? sixteenth : DEFAULT_LIMIT * mebibyte;
}

int fastact_memory_prepare(void) {
    page = (size_t)sysconf(_SC_PAGESIZE);
    limit = chosen_limit();
    if (pthread_atfork(before_fork, after_fork, after_fork_in_child)) return -1;
    capsule = PyCapsule_New(&handler, "mem_handler", NULL);
    return capsule ? 0 : -1;
}

/* Another handler that the program has set is left alone. */
PyObject *fastact_memory_enter(void) {
    if (!limit) return NULL;
    PyObject *before = PyDataMem_GetHandler(), *set = NULL;
    if (before == PyDataMem_DefaultHandler) set = PyDataMem_SetHandler(capsule);
    Py_XDECREF(before);
    if (!set) PyErr_Clear();
    return set;
}

void fastact_memory_leave(PyObject *before) {
    PyObject *type, *value, *traceback;
    if (!before) return;
    PyErr_Fetch(&type, &value, &traceback);
    Py_XDECREF(PyDataMem_SetHandler(before));
    Py_DECREF(before);
    PyErr_Restore(type, value, traceback);
}

PyObject *fastact_large_output(PyArray_Descr *descr, int dimensions, const npy_intp *shape, int flags) {
    PyObject *before = fastact_memory_enter();
    PyObject *made = PyArray_NewFromDescr(&PyArray_Type, descr, dimensions, shape, NULL, NULL, flags, NULL);
    fastact_memory_leave(before);
    return made;
}

PyObject *fastact_new_output(PyObject *shape, PyArray_Descr *descr) {
    PyArray_Dims sizes = {NULL, 0};
    if (!PyArray_IntpConverter(shape, &sizes)) return NULL;
    double bytes = (double)PyDataType_ELSIZE(descr);
    for (int i = 0; i < sizes.len; ++i) bytes *= (double)sizes.ptr[i];
    Py_INCREF(descr);
    PyObject *made = bytes < LARGE_OUTPUT ? PyArray_NewFromDescr(&PyArray_Type, descr, sizes.len, sizes.ptr, NULL, NULL, 0, NULL)
                                          : fastact_large_output(descr, sizes.len, sizes.ptr, 0);
    PyDimMem_FREE(sizes.ptr);
    return made;
}
