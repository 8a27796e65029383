/* Every GATED row of the registry, in its order; written by `make header`. */
#include "swiglu.h"
#include "glu.h"
#include "geglu.h"
#include "geglu_tanh.h"
#include "reglu.h"
#include "bilinear.h"
#include "swiglu_clamped.h"
