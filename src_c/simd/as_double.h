/* Files written for either lane type mean doubles from here on. */
#include "as_none.h"
#define SCALAR double
#define VECTOR vd
#define MASK md
#define OP(name) f64_##name
#define NAMED(name) name##_f64
#define LARGEST 0x1.fffffffffffffp1023
#define UNARY UNARY_LIGHT_F64
#define BINARY BINARY_LIGHT_F64
#define UNARY_BITS UNARY_BITS_F64
#define BINARY_BITS BINARY_BITS_F64
#define UNARY_P UNARY_P_LIGHT_F64
#define BINARY_P BINARY_P_LIGHT_F64
#define UNARY_P_WHERE UNARY_P_WHERE_F64
#define BINARY_P_WHERE BINARY_P_WHERE_F64
#define UNARY_P_QUICK UNARY_P_QUICK_F64
#define BINARY_P_QUICK BINARY_P_QUICK_F64
#define BINARY_QUICK BINARY_QUICK_F64
