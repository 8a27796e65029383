/* Files written for either lane type mean floats from here on. */
#include "as_none.h"
#define SCALAR float
#define VECTOR vf
#define MASK mf
#define OP(name) f32_##name
#define NAMED(name) name##_f32
#define LARGEST 0x1.fffffep127f
#define UNARY UNARY_F32
#define BINARY BINARY_F32
#define UNARY_BITS UNARY_BITS_F32
#define BINARY_BITS BINARY_BITS_F32
#define UNARY_P UNARY_P_F32
#define BINARY_P BINARY_P_F32
#define UNARY_P_WHERE UNARY_P_WHERE_F32
#define BINARY_P_WHERE BINARY_P_WHERE_F32
#define UNARY_P_QUICK UNARY_P_QUICK_F32
#define BINARY_P_QUICK BINARY_P_QUICK_F32
#define BINARY_QUICK BINARY_QUICK_F32
