/* Expands functions.def once with the row macros its includer defined, then forgets them. No include guard on purpose. */
#ifndef LEARNED
#define LEARNED(name, ...)
#endif
#include "functions.def"
#undef ELEMENTWISE
#undef ROWWISE
#undef LOSS
#undef ROW_LOSS
#undef LEARNED
