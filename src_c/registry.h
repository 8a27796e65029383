/* Expands functions.def once with the row macros its includer defined, then forgets them. No include guard on purpose. */
#include "functions.def"
#undef ELEMENTWISE
#undef ROWWISE
#undef GATED
#undef LOSS
#undef ROW_LOSS
