/* Every LEARNED row of the registry, in its order; written by `make header`. */
#include "prelu.h"
#include "swish_learned.h"
#include "snake_learned.h"
