#define ISA avx512
#define NARROW fastact_kernels_avx2
#include "../simd/simd_avx512.h"
#include "activations.h"
