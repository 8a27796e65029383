/* The one place that knows the compiler: GCC and Clang attributes. */
#ifndef FASTACT_COMPILER_H
#define FASTACT_COMPILER_H
#define INLINE static inline __attribute__((always_inline, unused))
#define NOINLINE static __attribute__((noinline, unused))
#define MAY_BE_UNUSED __attribute__((unused))
#define ALIGNED(bytes) __attribute__((aligned(bytes)))
#define LIKELY(x) __builtin_expect(!!(x), 1)
#define UNLIKELY(x) __builtin_expect(!!(x), 0)
#define PREFETCH(p) __builtin_prefetch(p)
#define PREFETCH_TO_WRITE(p) __builtin_prefetch(p, 1)
#define COUNT_BITS(bits) __builtin_popcountll(bits)
#define LOWEST_BIT(bits) __builtin_ctzll(bits) /* of what is not 0 */
#define EXPORT __attribute__((visibility("default")))
/* the value, floats or doubles, leaves here in a register, and the compiler forgets what made it */
#if defined(__x86_64__)
#define IN_REGISTER(value) __asm__("" : "+x"(value))
#elif defined(__aarch64__)
#define IN_REGISTER(value) __asm__("" : "+w"(value))
#else
#define IN_REGISTER(value) __asm__("" : "+m"(value))
#endif
/* a vector of T with the numbers of a and b that stand at the given places, those of b after those of a */
#ifdef __clang__
#define SHUFFLE(T, a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)
#else
#define SHUFFLE(T, a, b, ...) __builtin_shuffle(a, b, (T){__VA_ARGS__})
#endif
#define UNUSED(x) ((void)(x))
#endif
