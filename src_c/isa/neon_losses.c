#define ISA neon
#include "../simd/simd_neon.h"
#include "losses.h"
