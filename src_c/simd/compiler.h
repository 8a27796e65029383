/* The one place that knows the compiler: GCC and Clang attributes. */
#ifndef FASTACT_COMPILER_H
#define FASTACT_COMPILER_H
#define INLINE static inline __attribute__((always_inline, unused))
#define NOINLINE static __attribute__((noinline, unused))
#define ALIGNED(bytes) __attribute__((aligned(bytes)))
#define LIKELY(x) __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)
#define PREFETCH(p) __builtin_prefetch(p)
#define PREFETCH_TO_WRITE(p) __builtin_prefetch(p, 1)
#define EXPORT __attribute__((visibility("default")))
/* the value, a vector of floats or doubles, leaves here in a register */
#define IN_REGISTER(value) __asm__("" : "+x"(value))
#define UNUSED(x) ((void)(x))
#endif
