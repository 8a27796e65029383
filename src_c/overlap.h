/* Whether arrays share memory. */
#ifndef FASTACT_OVERLAP_H
#define FASTACT_OVERLAP_H
#include <stddef.h>
#include <stdint.h>

/* an output may be exactly an input and nothing in between */
static inline int overlap(const void *in, const void *out, size_t bytes) {
    const uintptr_t a = (uintptr_t)in, b = (uintptr_t)out;
    return a != b && (a < b ? b - a : a - b) < bytes;
}
static inline int overlap_sizes(const void *a, size_t a_bytes, const void *b, size_t b_bytes) {
    const uintptr_t x = (uintptr_t)a, y = (uintptr_t)b;
    return a && b && x < y + b_bytes && y < x + a_bytes;
}
#endif
