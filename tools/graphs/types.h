/* What the system's headers and simd/compiler.h would say, of which the readers of the C know no more. */
#define UNLIKELY(x) rarely(x)
int rarely(int x);
#define ALIGNED(bytes)
#define LIKELY(x) (x)
#define UNUSED(x) ((void)(x))
#define IN_REGISTER(value)
typedef int int32_t;
typedef unsigned uint32_t;
typedef long int64_t;
typedef unsigned long uint64_t;
typedef unsigned long size_t;
typedef long intptr_t;
typedef unsigned long uintptr_t;
typedef unsigned short uint16_t;
#define INT32_MIN (-2147483647 - 1)
#define INT64_MIN (-9223372036854775807 - 1)
#define UINT64_C(x) x##ul
#define INT64_C(x) x##l
#define UINT32_C(x) x##u
