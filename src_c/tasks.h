/* What the kernels of losses and of functions with learned parameters are told to do, one structure for each kind. Whoever compiles these
 * kernels from the C reads this too (tools/graphs), and whoever calls what was compiled writes it (fastact/jit/tasks.py). */
#ifndef FASTACT_TASKS_H
#define FASTACT_TASKS_H
#include "include/fastact.h"
#include "learned_sums.h"

enum { MAX_PARAMETERS = 5 };

/* Losses are added up in blocks, which are added in order: whoever runs a block, its sum is the same. A kernel runs the losses of a range,
 * which begins with a block, and leaves two sums for every block of it: of weighted losses, and of weights where there are any. */
enum { LOSS_BLOCK = 16384 };
typedef struct {
    size_t begin, end, block; /* block: losses in one */
    double_pair (*sums)[2];
} loss_range;

/* pointwise losses, in blocks of LOSS_BLOCK; weight, sums, loss, gradient and hessian may be NULL, pred and target too where weights alone
 * are summed; see fastact_loss */
typedef struct {
    size_t n;
    const void *pred, *target, *weight;
    const double *parameters;
    double gradient_scale;
    void *loss, *gradient, *hessian;
    loss_range range;
} loss_task;
typedef void fastact_loss_kernel(const loss_task *task);

/* row losses: loss and gradient may be NULL, sums not; see fastact_row_loss */
typedef struct {
    size_t columns;
    const void *logits;
    const fastact_row_loss_options *options;
    void *loss, *gradient;
    loss_range range; /* of rows */
} row_loss_task;
typedef void fastact_row_loss_kernel(const row_loss_task *task);

/* joint losses: arrays and gradients in registry order; weight, sums, loss and each gradient may be NULL; see fastact_joint_loss */
enum { JOINT_ARRAYS = 3 };
typedef struct {
    size_t rows, columns; /* columns is 1 where each element has a loss */
    const void *in[JOINT_ARRAYS], *weight;
    const double *parameters;
    double gradient_scale;
    void *loss, *gradient[JOINT_ARRAYS];
    loss_range range;
} joint_task;
typedef void fastact_joint_kernel(const joint_task *task);

/* learned parameters: x is a C-contiguous (outer, channels, inner) array, parameter has `channels` values, floats where x has 16 bits */
typedef struct {
    size_t outer, channels, inner;
    const void *g, *x, *parameter; /* g: of backward passes */
    void *out;                     /* y, or dx */
    const void *kernels;           /* of the elementwise function, where the loops were compiled without them */
    learned_shape shape;           /* the rest is of backward passes */
    size_t begin, end;             /* blocks to run, and where the sums of these go */
    double_pair *sums;
    void *dparameter; /* what all sums are joined in */
} learned_task;
typedef void fastact_learned_kernel(const learned_task *task);
/* elementwise: a is x in unary passes and the upstream gradient in backward passes, b is then x (or y); b is NULL in unary passes */
typedef void fastact_map_kernel(size_t n, const void *a, const void *b, void *out, const void *parameters);
/* the same with one parameter value per element: parameters[k] is an array of n */
typedef void fastact_map_arrays_kernel(size_t n, const void *a, const void *b, void *out, const void *const *parameters);
#endif
