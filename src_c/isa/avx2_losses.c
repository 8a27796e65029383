#define ISA avx2
#include "../simd/simd_avx2.h"
#include "losses.h"
