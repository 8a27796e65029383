#define ISA scalar
#include "../simd/simd_scalar.h"
#include "activations.h"
