/* Ends what as_wide.h or as_pairs.h began. */
#include "../losses/as_none.h"
#undef SCALAR
#undef joint_terms
#undef num_store_defined
#undef num_normal
#undef num_pair
#undef num_from
#undef num_lanes_pair
#undef JOINT_ELEMENTS
#undef JOINT_ROWS
