/* Every ROWWISE row of the registry, in its order; written by `make header`. */
#include "softmax.h"
#include "log_softmax.h"
