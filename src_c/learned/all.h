/* Every LEARNED row of the registry, in its order; written by `make header`. */
#include "prelu.h"
