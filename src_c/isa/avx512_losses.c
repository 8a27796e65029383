#define ISA avx512
#include "../simd/simd_avx512.h"
#include "losses.h"
