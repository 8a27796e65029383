/* Everything an instruction set compiles, in the order of the layers. */
#include <math.h>
#include "../math/exp_f32.h"
#include "../math/exp_f64.h"
#include "../math/log1p_f64.h"
#include "../math/segments.h"
#include "../math/cumulative_f32.h"
#include "../loops/map.h"
#include "../loops/tailed.h"
#include "../functions/all.h"
#include "../rows/all.h"
#include "../losses/all.h"
#include "../learned/all.h"
#include "table.h"
