/* Every LOSS row of the registry, in its order; written by `make header`. */
#include "mean_squared_error.h"
#include "cross_entropy.h"
