/* Expands functions.def once with the row macros its includer defined, the others empty, then forgets them. No include guard on purpose. */
#ifndef ELEMENTWISE
#define ELEMENTWISE(...)
#endif
#ifndef ROWWISE
#define ROWWISE(...)
#endif
#ifndef GATED
#define GATED(...)
#endif
#ifndef LEARNED
#define LEARNED(...)
#endif
#ifndef LOSS
#define LOSS(...)
#endif
#ifndef SHORT_NAME
#define SHORT_NAME(...)
#endif
#ifndef ROW_LOSS
#define ROW_LOSS(...)
#endif
#ifndef JOINT_LOSS
#define JOINT_LOSS(...)
#endif
#include "functions.def"
#undef ELEMENTWISE
#undef ROWWISE
#undef GATED
#undef LEARNED
#undef LOSS
#undef SHORT_NAME
#undef ROW_LOSS
#undef JOINT_LOSS
