/* The other half: losses. */
#include "common.h"
#include "../losses/all.h"
#include "../joint/all.h"

const fastact_loss_kernels CONCATENATE(fastact_loss_kernels_, ISA) = {
    {
#define LOSS(name, ...) {loss_##name##_f32, loss_##name##_f64},
#include "../registry.h"
    },
    {
#define ROW_LOSS(name, ...) {row_loss_##name##_f32, row_loss_##name##_f64},
#include "../registry.h"
    },
    {
#define JOINT_LOSS(name, ...) {joint_##name##_f32, joint_##name##_f64},
#include "../registry.h"
    },
};
