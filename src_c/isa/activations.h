/* One half of what an instruction set compiles, side by side with the other: activations. */
#include "common.h"
#include "../gated/all.h"
#include "../learned/all.h"
#include "table.h"
