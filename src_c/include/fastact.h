/* fastact.h - neural-network activations, their derivatives, and losses: fast, within 1 ulp, the same bits everywhere.
 *
 * Every function takes contiguous arrays and returns a status. n = 0 does nothing. Outputs may be exactly an input (in place);
 * partial overlap is refused with FASTACT_ERROR_OVERLAP and nothing is written. Nothing here prints, depends on the
 * locale or changes floating-point modes, nothing allocates or sets errno but where FASTACT_ERROR_MEMORY is stated and where threads
 * are started; every function may be called from any thread.
 *
 *     float x[3] = {-1, 0, 2}, y[3];
 *     fastact_gelu_f32(3, x, y);
 *
 * This file is written by `make header` from include/fastact.h.in and functions.def.
 */
#ifndef FASTACT_H
#define FASTACT_H
#include <stddef.h>
#include <stdint.h>

#define FASTACT_VERSION "0.1.0"
#define FASTACT_ABI 1

#ifdef __cplusplus
extern "C" {
#endif

/* ------------------------------------------------------------------ status, types */

typedef enum fastact_status {
    FASTACT_OK = 0,
    FASTACT_ERROR_NULL,        /* a required pointer is NULL and n > 0 */
    FASTACT_ERROR_OVERLAP,     /* an output overlaps an input without being exactly it */
    FASTACT_ERROR_LABEL,       /* a class label is outside [0, columns) */
    FASTACT_ERROR_ARGUMENT,    /* a parameter is outside its range, or a size overflows */
    FASTACT_ERROR_UNSUPPORTED, /* the function has no such pass, dtype, or instruction set here */
    FASTACT_ERROR_MEMORY       /* no memory for rows that are not where a kernel runs them: long ones of 16 bits, and along other axes */
} fastact_status;

typedef enum fastact_dtype { FASTACT_F32 = 0, FASTACT_F64 = 1, FASTACT_F16 = 2, FASTACT_BF16 = 3 } fastact_dtype;

/* Bit patterns of the two 16-bit formats. Their functions compute in float and round once; parameters are float. */
typedef uint16_t fastact_f16;
typedef uint16_t fastact_bf16;

typedef enum fastact_kind {
    FASTACT_ELEMENTWISE = 0, /* y[i] = f(x[i]) */
    FASTACT_ROWWISE = 1,     /* each row of a (rows, columns) array is mapped as a whole */
    FASTACT_LOSS = 2,        /* pointwise loss of a prediction and a target */
    FASTACT_ROW_LOSS = 3,    /* loss of a row of scores and a label, or a row of targets */
    FASTACT_GATED = 4,       /* y[i] = act(gate[i]) * value[i] */
    FASTACT_LEARNED = 5,     /* y[i] = f(x[i], parameter), with the parameter's gradient */
    FASTACT_JOINT_LOSS = 6   /* loss of up to three arrays, with a gradient for some of them */
} fastact_kind;

/* what becomes of the columns of a row */
typedef enum fastact_row_shape {
    FASTACT_KEEPS_COLUMNS = 0,
    FASTACT_ONE_COLUMN = 1,     /* the result is one number a row */
    FASTACT_GROUPED_COLUMNS = 2 /* one for every group of as many consecutive columns as the first parameter says */
} fastact_row_shape;

/* what a row of scores is compared with: the number of a class, or a target for each of them */
enum { FASTACT_LABELS = 1, FASTACT_PROBABILITIES = 2 };

/* what has one joint loss */
typedef enum fastact_unit {
    FASTACT_ELEMENTS = 0,
    FASTACT_ROWS = 1,      /* of C-contiguous (rows, columns) arrays */
    FASTACT_DISTANCES = 2, /* rows too; results, not losses */
    FASTACT_WEIGHTS = 3    /* elements, whose sum is a double */
} fastact_unit;

typedef enum fastact_pass {
    FASTACT_VALUE = 0,
    FASTACT_DERIVATIVE = 1,
    FASTACT_BACKWARD = 2,            /* upstream gradient times derivative, one pass, rounded once */
    FASTACT_BACKWARD_FROM_OUTPUT = 3 /* the same from y instead of x */
} fastact_pass;

/* English text for a status; never NULL. */
const char *fastact_status_text(fastact_status status);

/* "0.1.0" */
const char *fastact_version(void);

/* ------------------------------------------------------------------ instruction set */

/* Name of the instruction set in use: "scalar", "avx2", "avx512" or "neon". The best that the CPU and the operating system support is
 * chosen at the first call, unless the environment variable FASTACT_ISA names another. The choice never changes a result. */
const char *fastact_isa(void);

/* Use another one from now on; FASTACT_ERROR_UNSUPPORTED if this machine cannot run it. */
fastact_status fastact_set_isa(const char *name);

/* The names this machine can run, best last, ended by NULL. */
const char *const *fastact_isas(void);

/* ------------------------------------------------------------------ threads */

/* Threads that large calls may use, the calling one included; results never depend on it. A C program starts with 1: nothing happens behind
 * its back. The others are started by the first call that is worth it, sleep when there is nothing to do, and are joined when the
 * program ends. A call made while they are busy with another runs by itself. A forked child starts with 1 again. */
int fastact_get_num_threads(void);

/* 1 or more; at most 256 are used. */
fastact_status fastact_set_num_threads(int count);

/* What the environment says, FASTACT_NUM_THREADS or else OMP_NUM_THREADS; where neither holds a number from 1, how many CPUs this
 * process may use, by its affinity and its cgroup's quota. */
int fastact_default_num_threads(void);

/* ------------------------------------------------------------------ the catalog at run time */

typedef struct fastact_parameter {
    const char *name;
    double default_value;
} fastact_parameter;

typedef struct fastact_function {
    const char *name;
    fastact_kind kind;
    const char *aliases;    /* separated by spaces, may be "" */
    const char *formula;
    const char *derivative; /* or gradient, for losses */
    unsigned passes;        /* bit (1 << pass) is set when the pass exists */
    int backward_takes_output; /* row-wise: backward starts from y rather than x */
    int gate_is_second;     /* gated: the gate is the second operand, or the second half of one array */
    int parameter_count;
    const fastact_parameter *parameters;
    double max_ulp_f32[2];  /* value, derivative (gated: gradients) */
    double max_ulp_f64[2];
    int index;              /* position within its kind */
    fastact_row_shape row_shape;
    const char *hessian;    /* of pointwise losses: the second derivative by the prediction; else "" */
    int targets;            /* of row losses: FASTACT_LABELS, FASTACT_PROBABILITIES or both; else 0 */
    fastact_unit unit;      /* of joint losses, and their arrays and those of them that have a gradient */
    int array_count;
    const char *const *arrays;
    int gradient_count;
    const char *const *gradients;
} fastact_function;

/* The function of that canonical name or alias, or NULL. */
const fastact_function *fastact_find(const char *name);

/* All functions; *count receives how many. */
const fastact_function *fastact_functions(size_t *count);

/* Any elementwise pass by number, for bindings. arguments are the inputs in order (x, or gradient and x), then one pointer per
 * parameter, then the output; strides are in bytes, 0 repeats one value. An output may be exactly an input. Of pointwise losses, with
 * pred and target, FASTACT_VALUE is the loss of every element and FASTACT_DERIVATIVE its gradient; their 16-bit types take float
 * parameters. */
fastact_status fastact_map_strided(const fastact_function *function, fastact_pass pass, fastact_dtype dtype, size_t n,
                                   char *const *arguments, const ptrdiff_t *strides);

/* Numbers of 16 bits as floats, exactly, and floats rounded to 16 bits, to nearest even; a NaN becomes the canonical one. */
fastact_status fastact_widen(fastact_dtype dtype, size_t n, const void *x, float *y);
fastact_status fastact_narrow(fastact_dtype dtype, size_t n, const float *x, void *y);

/* Copies rows x columns numbers of `item` bytes, 2, 4 or 8; the next row, or column, lies so many bytes further. Matrices whose rows lie
 * dense, and those that lie dense along the rows of one and the columns of the other, are copied fast. They are apart. */
fastact_status fastact_copy_matrix(size_t item, size_t rows, size_t columns, const void *from, ptrdiff_t from_row, ptrdiff_t from_column,
                                   void *to, ptrdiff_t to_row, ptrdiff_t to_column);

/* The contiguous kernel itself, for callers that count nanoseconds: kernel(n, a, b, out, parameters) with a = x, b = NULL in unary
 * passes and a = gradient, b = x in backward passes; parameters is an array of the dtype. No argument is checked. Ask again
 * after fastact_set_isa. */
typedef void (*fastact_kernel)(size_t n, const void *a, const void *b, void *out, const void *parameters);
fastact_kernel fastact_get_kernel(const fastact_function *function, fastact_pass pass, fastact_dtype dtype);

/* What a call on n elements of contiguous arrays would do now: how many threads take part, which is fewer while the workers sleep;
 * whether the output, if it is no input too, would be written around the cache; and from how many elements on several threads are
 * used while they look out for it, as long as it takes them now. */
typedef struct fastact_plan {
    int threads, around_cache;
    size_t threads_from;
} fastact_plan;
fastact_plan fastact_plan_of(const fastact_function *function, fastact_pass pass, fastact_dtype dtype, size_t n);

/* From how many elements on a call is worth several threads, while these look out for it: built in for each function, pass and dtype, for
 * threads that are as quick to call as usual, or what was set for the machine at hand; SIZE_MAX is never, and few elements never are.
 * Setting 0 brings the built-in number back. Of losses FASTACT_VALUE is without a gradient, FASTACT_BACKWARD with one. Results do not depend
 * on it. */
size_t fastact_threads_from(const fastact_function *function, fastact_pass pass, fastact_dtype dtype);
fastact_status fastact_set_threads_from(const fastact_function *function, fastact_pass pass, fastact_dtype dtype, size_t n);

/* Kernels that another compiler makes while the program runs. make(function, pass, dtype, part) is called for each kernel when it is
 * first needed, perhaps from several threads, and returns the address of one that does not change a bit, as fastact_get_kernel describes
 * it; or, with part = 1, of one whose parameters point to an array of each. For gated functions the kernel is
 *     void kernel(size_t n, const void *const *in, void *const *out, const void *parameters)
 * with in = {gate, value} and out = {y}, or {gradient, gate, value} and the gradients of gate and value; for row-wise ones
 *     void kernel(size_t rows, size_t columns, const void *a, const void *b, void *out, const double *parameters)
 * over C-contiguous rows, a and b as above; they are asked for in float and double alone. Those of losses, in
 * float and double too, are told what to do as the library's own are: src_c/tasks.h. NULL when it has none: then the library's own is
 * called, and the results of an added function are NaN. */
typedef void *fastact_kernel_maker(const fastact_function *function, fastact_pass pass, fastact_dtype dtype, int part);
/* All calls of elementwise, row-wise and gated functions and of losses ask there for kernels; none does after NULL. Without `threads` each
 * elementwise one is run by the thread that calls. */
void fastact_use_kernels_of(fastact_kernel_maker *make, int threads);
/* An elementwise function that the library has not, with value, derivative and backward pass and no parameter; NULL without memory. The
 * texts are copied; fastact_find does not know it. It stays as long as the program. */
const fastact_function *fastact_add_function(const char *name, const char *formula, const char *derivative, fastact_kernel_maker *make);

/* Any pointwise loss. parameters holds one number each, NULL the defaults; weight and every output may be NULL. sums receives
 * sum(weight * loss) and sum(weight) (n without weights), the latter alone where pred and target are NULL; loss[i] the loss times weight[i]; gradient[i] and hessian[i] its first two
 * derivatives by pred[i] times gradient_scale and weight[i]. An output may be exactly an input; outputs must be apart. */
fastact_status fastact_loss(const fastact_function *function, fastact_dtype dtype, size_t n, const void *pred, const void *target,
                            const void *weight, const double *parameters, double gradient_scale, double sums[2], void *loss,
                            void *gradient, void *hessian);

typedef struct fastact_row_loss_options {
    const int64_t *labels;
    const void *class_weight; /* one per column, or NULL */
    const void *row_weight;   /* one per row, or NULL */
    int64_t ignore_index;     /* rows with this label count nothing, when has_ignore_index */
    int has_ignore_index;
    double label_smoothing;   /* in [0, 1] */
    double gradient_scale;
    const void *targets;      /* (rows, columns) in place of labels, or NULL */
    const double *parameters; /* one number each, or NULL for the defaults */
} fastact_row_loss_options;

/* Any row loss over C-contiguous (rows, columns) scores. loss (one per row) and gradient may be NULL. sums receives sum(w * loss)
 * and sum(w), w the row weight, of cross_entropy, nll and sparse_categorical_cross_entropy times the class weight of the label. Of targets
 * class weights multiply the terms. On FASTACT_ERROR_LABEL sums[0] holds the offending row. */
fastact_status fastact_row_loss(const fastact_function *function, fastact_dtype dtype, size_t rows, size_t columns, const void *logits,
                                const fastact_row_loss_options *options, double sums[2], void *loss, void *gradient);

/* Where an array of (outer, columns, inner) numbers lies whose rows run along the middle axis: the first number, and how many bytes
 * further the next one lies along each axis. */
typedef struct fastact_along {
    void *at;
    ptrdiff_t outer, column, inner;
} fastact_along;

/* The same over rows along any axis, to the bit what copies with that axis last give. Labels, weights and losses are C-contiguous (outer,
 * inner) arrays, targets given here, NULL in the options. A gradient that is exactly an input lies as that does; its numbers lie apart.
 * FASTACT_ERROR_MEMORY without memory for some rows. */
fastact_status fastact_row_loss_along(const fastact_function *function, fastact_dtype dtype, size_t outer, size_t columns, size_t inner,
                                      const fastact_along *logits, const fastact_along *targets, const fastact_row_loss_options *options,
                                      double sums[2], void *loss, const fastact_along *gradient);

/* Any joint loss. in holds its arrays, gradient an output, or NULL, for each that has one; columns is 1 where elements have a loss.
 * parameters holds one number each, NULL the defaults; weight (one per loss) and every output may be NULL. sums receives
 * sum(weight * loss) and sum(weight) (rows without weights); loss each loss times its weight; gradients are times gradient_scale and
 * the weight of their loss. A gradient may be exactly an input, a loss one of elements; outputs must be apart. */
fastact_status fastact_joint_loss(const fastact_function *function, fastact_dtype dtype, size_t rows, size_t columns,
                                  const void *const *in, const void *weight, const double *parameters, double gradient_scale,
                                  double sums[2], void *loss, void *const *gradient);

/* Any row-wise pass over C-contiguous (rows, columns) arrays. The value takes a = x and b = NULL; the backward pass a = gradient, of
 * the shape of the value, and b = x or y. parameters holds one number each, NULL the defaults. softmax, either pass, and the value of
 * log_softmax have none, but take a scale in its place, 2^-60 to 2^60 or 0 for none: x is multiplied by it first, and nothing is rounded
 * between. An output may be exactly an input of its own size. */
fastact_status fastact_rows(const fastact_function *function, fastact_pass pass, fastact_dtype dtype, size_t rows, size_t columns,
                            const void *a, const void *b, void *out, const double *parameters);

/* The same over rows along any axis, to the bit what copies with that axis last give; an array with fewer columns has them along that
 * axis. An output that is exactly an input lies as that does; its numbers lie apart. */
fastact_status fastact_rows_along(const fastact_function *function, fastact_pass pass, fastact_dtype dtype, size_t outer, size_t columns,
                                  size_t inner, const fastact_along *a, const fastact_along *b, const fastact_along *out,
                                  const double *parameters);

/* Any gated pass over rows of `columns` elements. FASTACT_VALUE: in holds gate and value, out y; FASTACT_BACKWARD: in holds gradient,
 * gate and value, out the gradients of gate and value. The rows of in[k] begin in_steps[k] elements apart, those of out[k]
 * out_steps[k] (NULL: columns for all), so that halves of one array are read and written where they lie. parameters may be NULL for
 * the defaults. An output may be exactly an input, with the same step; the two outputs must be apart. */
fastact_status fastact_gated(const fastact_function *function, fastact_pass pass, fastact_dtype dtype, size_t rows, size_t columns,
                             const void *const *in, const size_t *in_steps, void *const *out, const size_t *out_steps,
                             const double *parameters);

/* Any function with a learned parameter. x, grad, y and dx are C-contiguous (outer, channels, inner) arrays; parameter and
 * dparameter have `channels` values and overlap no other array. dparameter is the gradient summed over outer and inner. Values of
 * FASTACT_F16 and FASTACT_BF16 too: parameter is then of float. */
fastact_status fastact_learned(const fastact_function *function, fastact_dtype dtype, size_t outer, size_t channels, size_t inner,
                               const void *x, const void *parameter, void *y);
fastact_status fastact_learned_backward(const fastact_function *function, fastact_dtype dtype, size_t outer, size_t channels,
                                        size_t inner, const void *grad, const void *x, const void *parameter, void *dx, void *dparameter);

/* ------------------------------------------------------------------ functions
 * Value, derivative f'(x), backward (gradient * f'(x)) and, where the output suffices, backward from y. Parameters come last.
 * Of the row-wise functions that make probabilities, a row with NaN or +inf gives NaN, and so does one of -inf alone; -inf elsewhere
 * counts as probability zero. */

/* identity(x) = x
 * derivative: 1
 * float32 within 0 ulp (value), 0 ulp (derivative); also known as linear */
fastact_status fastact_identity_f32(size_t n, const float *x, float *y);
fastact_status fastact_identity_derivative_f32(size_t n, const float *x, float *dy);
fastact_status fastact_identity_backward_f32(size_t n, const float *grad, const float *x, float *dx);
fastact_status fastact_identity_f64(size_t n, const double *x, double *y);
fastact_status fastact_identity_derivative_f64(size_t n, const double *x, double *dy);
fastact_status fastact_identity_backward_f64(size_t n, const double *grad, const double *x, double *dx);
fastact_status fastact_identity_f16(size_t n, const fastact_f16 *x, fastact_f16 *y);
fastact_status fastact_identity_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy);
fastact_status fastact_identity_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx);
fastact_status fastact_identity_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y);
fastact_status fastact_identity_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy);
fastact_status fastact_identity_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx);

/* sigmoid(x) = 1 / (1 + exp(-x))
 * derivative: y * (1 - y)
 * float32 within 1 ulp (value), 1 ulp (derivative); also known as expit logistic */
fastact_status fastact_sigmoid_f32(size_t n, const float *x, float *y);
fastact_status fastact_sigmoid_derivative_f32(size_t n, const float *x, float *dy);
fastact_status fastact_sigmoid_backward_f32(size_t n, const float *grad, const float *x, float *dx);
fastact_status fastact_sigmoid_backward_from_output_f32(size_t n, const float *grad, const float *y, float *dx);
fastact_status fastact_sigmoid_f64(size_t n, const double *x, double *y);
fastact_status fastact_sigmoid_derivative_f64(size_t n, const double *x, double *dy);
fastact_status fastact_sigmoid_backward_f64(size_t n, const double *grad, const double *x, double *dx);
fastact_status fastact_sigmoid_backward_from_output_f64(size_t n, const double *grad, const double *y, double *dx);
fastact_status fastact_sigmoid_f16(size_t n, const fastact_f16 *x, fastact_f16 *y);
fastact_status fastact_sigmoid_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy);
fastact_status fastact_sigmoid_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx);
fastact_status fastact_sigmoid_backward_from_output_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *y, fastact_f16 *dx);
fastact_status fastact_sigmoid_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y);
fastact_status fastact_sigmoid_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy);
fastact_status fastact_sigmoid_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx);
fastact_status fastact_sigmoid_backward_from_output_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *y, fastact_bf16 *dx);

/* tanh(x) = tanh(x)
 * derivative: 1 - y**2
 * float32 within 1 ulp (value), 1 ulp (derivative) */
fastact_status fastact_tanh_f32(size_t n, const float *x, float *y);
fastact_status fastact_tanh_derivative_f32(size_t n, const float *x, float *dy);
fastact_status fastact_tanh_backward_f32(size_t n, const float *grad, const float *x, float *dx);
fastact_status fastact_tanh_backward_from_output_f32(size_t n, const float *grad, const float *y, float *dx);
fastact_status fastact_tanh_f64(size_t n, const double *x, double *y);
fastact_status fastact_tanh_derivative_f64(size_t n, const double *x, double *dy);
fastact_status fastact_tanh_backward_f64(size_t n, const double *grad, const double *x, double *dx);
fastact_status fastact_tanh_backward_from_output_f64(size_t n, const double *grad, const double *y, double *dx);
fastact_status fastact_tanh_f16(size_t n, const fastact_f16 *x, fastact_f16 *y);
fastact_status fastact_tanh_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy);
fastact_status fastact_tanh_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx);
fastact_status fastact_tanh_backward_from_output_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *y, fastact_f16 *dx);
fastact_status fastact_tanh_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y);
fastact_status fastact_tanh_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy);
fastact_status fastact_tanh_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx);
fastact_status fastact_tanh_backward_from_output_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *y, fastact_bf16 *dx);

/* relu(x) = max(x, 0)
 * derivative: 1 if x > 0 else 0
 * float32 within 0 ulp (value), 0 ulp (derivative) */
fastact_status fastact_relu_f32(size_t n, const float *x, float *y);
fastact_status fastact_relu_derivative_f32(size_t n, const float *x, float *dy);
fastact_status fastact_relu_backward_f32(size_t n, const float *grad, const float *x, float *dx);
fastact_status fastact_relu_backward_from_output_f32(size_t n, const float *grad, const float *y, float *dx);
fastact_status fastact_relu_f64(size_t n, const double *x, double *y);
fastact_status fastact_relu_derivative_f64(size_t n, const double *x, double *dy);
fastact_status fastact_relu_backward_f64(size_t n, const double *grad, const double *x, double *dx);
fastact_status fastact_relu_backward_from_output_f64(size_t n, const double *grad, const double *y, double *dx);
fastact_status fastact_relu_f16(size_t n, const fastact_f16 *x, fastact_f16 *y);
fastact_status fastact_relu_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy);
fastact_status fastact_relu_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx);
fastact_status fastact_relu_backward_from_output_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *y, fastact_f16 *dx);
fastact_status fastact_relu_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y);
fastact_status fastact_relu_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy);
fastact_status fastact_relu_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx);
fastact_status fastact_relu_backward_from_output_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *y, fastact_bf16 *dx);

/* leaky_relu(x) = x if x > 0 else negative_slope * x; negative_slope = 0.01
 * derivative: 1 if x > 0 else negative_slope
 * float32 within 0.5 ulp (value), 0 ulp (derivative) */
fastact_status fastact_leaky_relu_f32(size_t n, const float *x, float *y, float negative_slope);
fastact_status fastact_leaky_relu_derivative_f32(size_t n, const float *x, float *dy, float negative_slope);
fastact_status fastact_leaky_relu_backward_f32(size_t n, const float *grad, const float *x, float *dx, float negative_slope);
fastact_status fastact_leaky_relu_backward_from_output_f32(size_t n, const float *grad, const float *y, float *dx, float negative_slope);
fastact_status fastact_leaky_relu_f64(size_t n, const double *x, double *y, double negative_slope);
fastact_status fastact_leaky_relu_derivative_f64(size_t n, const double *x, double *dy, double negative_slope);
fastact_status fastact_leaky_relu_backward_f64(size_t n, const double *grad, const double *x, double *dx, double negative_slope);
fastact_status fastact_leaky_relu_backward_from_output_f64(size_t n, const double *grad, const double *y, double *dx, double negative_slope);
fastact_status fastact_leaky_relu_f16(size_t n, const fastact_f16 *x, fastact_f16 *y, float negative_slope);
fastact_status fastact_leaky_relu_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy, float negative_slope);
fastact_status fastact_leaky_relu_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx, float negative_slope);
fastact_status fastact_leaky_relu_backward_from_output_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *y, fastact_f16 *dx, float negative_slope);
fastact_status fastact_leaky_relu_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y, float negative_slope);
fastact_status fastact_leaky_relu_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy, float negative_slope);
fastact_status fastact_leaky_relu_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx, float negative_slope);
fastact_status fastact_leaky_relu_backward_from_output_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *y, fastact_bf16 *dx, float negative_slope);

/* elu(x) = x if x > 0 else alpha * (exp(x) - 1); alpha = 1.0
 * derivative: 1 if x > 0 else alpha * exp(x)
 * float32 within 1 ulp (value), 1 ulp (derivative) */
fastact_status fastact_elu_f32(size_t n, const float *x, float *y, float alpha);
fastact_status fastact_elu_derivative_f32(size_t n, const float *x, float *dy, float alpha);
fastact_status fastact_elu_backward_f32(size_t n, const float *grad, const float *x, float *dx, float alpha);
fastact_status fastact_elu_backward_from_output_f32(size_t n, const float *grad, const float *y, float *dx, float alpha);
fastact_status fastact_elu_f64(size_t n, const double *x, double *y, double alpha);
fastact_status fastact_elu_derivative_f64(size_t n, const double *x, double *dy, double alpha);
fastact_status fastact_elu_backward_f64(size_t n, const double *grad, const double *x, double *dx, double alpha);
fastact_status fastact_elu_backward_from_output_f64(size_t n, const double *grad, const double *y, double *dx, double alpha);
fastact_status fastact_elu_f16(size_t n, const fastact_f16 *x, fastact_f16 *y, float alpha);
fastact_status fastact_elu_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy, float alpha);
fastact_status fastact_elu_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx, float alpha);
fastact_status fastact_elu_backward_from_output_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *y, fastact_f16 *dx, float alpha);
fastact_status fastact_elu_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y, float alpha);
fastact_status fastact_elu_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy, float alpha);
fastact_status fastact_elu_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx, float alpha);
fastact_status fastact_elu_backward_from_output_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *y, fastact_bf16 *dx, float alpha);

/* softplus(x) = log(1 + exp(beta * x)) / beta; beta = 1.0
 * derivative: sigmoid(beta * x)
 * float32 within 1 ulp (value), 1 ulp (derivative) */
fastact_status fastact_softplus_f32(size_t n, const float *x, float *y, float beta);
fastact_status fastact_softplus_derivative_f32(size_t n, const float *x, float *dy, float beta);
fastact_status fastact_softplus_backward_f32(size_t n, const float *grad, const float *x, float *dx, float beta);
fastact_status fastact_softplus_backward_from_output_f32(size_t n, const float *grad, const float *y, float *dx, float beta);
fastact_status fastact_softplus_f64(size_t n, const double *x, double *y, double beta);
fastact_status fastact_softplus_derivative_f64(size_t n, const double *x, double *dy, double beta);
fastact_status fastact_softplus_backward_f64(size_t n, const double *grad, const double *x, double *dx, double beta);
fastact_status fastact_softplus_backward_from_output_f64(size_t n, const double *grad, const double *y, double *dx, double beta);
fastact_status fastact_softplus_f16(size_t n, const fastact_f16 *x, fastact_f16 *y, float beta);
fastact_status fastact_softplus_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy, float beta);
fastact_status fastact_softplus_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx, float beta);
fastact_status fastact_softplus_backward_from_output_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *y, fastact_f16 *dx, float beta);
fastact_status fastact_softplus_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y, float beta);
fastact_status fastact_softplus_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy, float beta);
fastact_status fastact_softplus_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx, float beta);
fastact_status fastact_softplus_backward_from_output_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *y, fastact_bf16 *dx, float beta);

/* mish(x) = x * tanh(log(1 + exp(x)))
 * derivative: w / (w + 2) + 4 * x * exp(x) * (1 + exp(x)) / (w + 2)**2 with w = exp(x) * (exp(x) + 2)
 * float32 within 1 ulp (value), 1 ulp (derivative) */
fastact_status fastact_mish_f32(size_t n, const float *x, float *y);
fastact_status fastact_mish_derivative_f32(size_t n, const float *x, float *dy);
fastact_status fastact_mish_backward_f32(size_t n, const float *grad, const float *x, float *dx);
fastact_status fastact_mish_f64(size_t n, const double *x, double *y);
fastact_status fastact_mish_derivative_f64(size_t n, const double *x, double *dy);
fastact_status fastact_mish_backward_f64(size_t n, const double *grad, const double *x, double *dx);
fastact_status fastact_mish_f16(size_t n, const fastact_f16 *x, fastact_f16 *y);
fastact_status fastact_mish_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy);
fastact_status fastact_mish_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx);
fastact_status fastact_mish_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y);
fastact_status fastact_mish_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy);
fastact_status fastact_mish_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx);

/* gelu(x) = x * Phi(x), Phi the normal distribution function
 * derivative: Phi(x) + x * phi(x)
 * float32 within 1 ulp (value), 1 ulp (derivative) */
fastact_status fastact_gelu_f32(size_t n, const float *x, float *y);
fastact_status fastact_gelu_derivative_f32(size_t n, const float *x, float *dy);
fastact_status fastact_gelu_backward_f32(size_t n, const float *grad, const float *x, float *dx);
fastact_status fastact_gelu_f64(size_t n, const double *x, double *y);
fastact_status fastact_gelu_derivative_f64(size_t n, const double *x, double *dy);
fastact_status fastact_gelu_backward_f64(size_t n, const double *grad, const double *x, double *dx);
fastact_status fastact_gelu_f16(size_t n, const fastact_f16 *x, fastact_f16 *y);
fastact_status fastact_gelu_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy);
fastact_status fastact_gelu_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx);
fastact_status fastact_gelu_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y);
fastact_status fastact_gelu_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy);
fastact_status fastact_gelu_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx);

/* gelu_tanh(x) = x * sigmoid(2 * u), u = sqrt(2 / pi) * (x + 0.044715 * x**3)
 * derivative: q + 2 * x * q * (1 - q) * sqrt(2 / pi) * (1 + 0.134145 * x**2) with q = sigmoid(2 * u)
 * float32 within 1 ulp (value), 1 ulp (derivative) */
fastact_status fastact_gelu_tanh_f32(size_t n, const float *x, float *y);
fastact_status fastact_gelu_tanh_derivative_f32(size_t n, const float *x, float *dy);
fastact_status fastact_gelu_tanh_backward_f32(size_t n, const float *grad, const float *x, float *dx);
fastact_status fastact_gelu_tanh_f64(size_t n, const double *x, double *y);
fastact_status fastact_gelu_tanh_derivative_f64(size_t n, const double *x, double *dy);
fastact_status fastact_gelu_tanh_backward_f64(size_t n, const double *grad, const double *x, double *dx);
fastact_status fastact_gelu_tanh_f16(size_t n, const fastact_f16 *x, fastact_f16 *y);
fastact_status fastact_gelu_tanh_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy);
fastact_status fastact_gelu_tanh_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx);
fastact_status fastact_gelu_tanh_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y);
fastact_status fastact_gelu_tanh_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy);
fastact_status fastact_gelu_tanh_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx);

/* silu(x) = x * sigmoid(beta * x); beta = 1.0
 * derivative: s * (1 + beta * x * (1 - s)) with s = sigmoid(beta * x)
 * float32 within 1 ulp (value), 1 ulp (derivative); also known as swish */
fastact_status fastact_silu_f32(size_t n, const float *x, float *y, float beta);
fastact_status fastact_silu_derivative_f32(size_t n, const float *x, float *dy, float beta);
fastact_status fastact_silu_backward_f32(size_t n, const float *grad, const float *x, float *dx, float beta);
fastact_status fastact_silu_f64(size_t n, const double *x, double *y, double beta);
fastact_status fastact_silu_derivative_f64(size_t n, const double *x, double *dy, double beta);
fastact_status fastact_silu_backward_f64(size_t n, const double *grad, const double *x, double *dx, double beta);
fastact_status fastact_silu_f16(size_t n, const fastact_f16 *x, fastact_f16 *y, float beta);
fastact_status fastact_silu_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy, float beta);
fastact_status fastact_silu_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx, float beta);
fastact_status fastact_silu_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y, float beta);
fastact_status fastact_silu_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy, float beta);
fastact_status fastact_silu_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx, float beta);

/* relu6(x) = min(max(x, 0), 6)
 * derivative: 1 if 0 < x < 6 else 0
 * float32 within 0 ulp (value), 0 ulp (derivative) */
fastact_status fastact_relu6_f32(size_t n, const float *x, float *y);
fastact_status fastact_relu6_derivative_f32(size_t n, const float *x, float *dy);
fastact_status fastact_relu6_backward_f32(size_t n, const float *grad, const float *x, float *dx);
fastact_status fastact_relu6_backward_from_output_f32(size_t n, const float *grad, const float *y, float *dx);
fastact_status fastact_relu6_f64(size_t n, const double *x, double *y);
fastact_status fastact_relu6_derivative_f64(size_t n, const double *x, double *dy);
fastact_status fastact_relu6_backward_f64(size_t n, const double *grad, const double *x, double *dx);
fastact_status fastact_relu6_backward_from_output_f64(size_t n, const double *grad, const double *y, double *dx);
fastact_status fastact_relu6_f16(size_t n, const fastact_f16 *x, fastact_f16 *y);
fastact_status fastact_relu6_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy);
fastact_status fastact_relu6_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx);
fastact_status fastact_relu6_backward_from_output_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *y, fastact_f16 *dx);
fastact_status fastact_relu6_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y);
fastact_status fastact_relu6_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy);
fastact_status fastact_relu6_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx);
fastact_status fastact_relu6_backward_from_output_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *y, fastact_bf16 *dx);

/* abs(x) = abs(x)
 * derivative: sign(x)
 * float32 within 0 ulp (value), 0 ulp (derivative) */
fastact_status fastact_abs_f32(size_t n, const float *x, float *y);
fastact_status fastact_abs_derivative_f32(size_t n, const float *x, float *dy);
fastact_status fastact_abs_backward_f32(size_t n, const float *grad, const float *x, float *dx);
fastact_status fastact_abs_f64(size_t n, const double *x, double *y);
fastact_status fastact_abs_derivative_f64(size_t n, const double *x, double *dy);
fastact_status fastact_abs_backward_f64(size_t n, const double *grad, const double *x, double *dx);
fastact_status fastact_abs_f16(size_t n, const fastact_f16 *x, fastact_f16 *y);
fastact_status fastact_abs_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy);
fastact_status fastact_abs_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx);
fastact_status fastact_abs_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y);
fastact_status fastact_abs_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy);
fastact_status fastact_abs_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx);

/* square(x) = x**2
 * derivative: 2 * x
 * float32 within 0.5 ulp (value), 0 ulp (derivative) */
fastact_status fastact_square_f32(size_t n, const float *x, float *y);
fastact_status fastact_square_derivative_f32(size_t n, const float *x, float *dy);
fastact_status fastact_square_backward_f32(size_t n, const float *grad, const float *x, float *dx);
fastact_status fastact_square_f64(size_t n, const double *x, double *y);
fastact_status fastact_square_derivative_f64(size_t n, const double *x, double *dy);
fastact_status fastact_square_backward_f64(size_t n, const double *grad, const double *x, double *dx);
fastact_status fastact_square_f16(size_t n, const fastact_f16 *x, fastact_f16 *y);
fastact_status fastact_square_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy);
fastact_status fastact_square_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx);
fastact_status fastact_square_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y);
fastact_status fastact_square_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy);
fastact_status fastact_square_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx);

/* relu_squared(x) = max(x, 0)**2
 * derivative: 2 * max(x, 0)
 * float32 within 0.5 ulp (value), 0 ulp (derivative); also known as relu2 */
fastact_status fastact_relu_squared_f32(size_t n, const float *x, float *y);
fastact_status fastact_relu_squared_derivative_f32(size_t n, const float *x, float *dy);
fastact_status fastact_relu_squared_backward_f32(size_t n, const float *grad, const float *x, float *dx);
fastact_status fastact_relu_squared_f64(size_t n, const double *x, double *y);
fastact_status fastact_relu_squared_derivative_f64(size_t n, const double *x, double *dy);
fastact_status fastact_relu_squared_backward_f64(size_t n, const double *grad, const double *x, double *dx);
fastact_status fastact_relu_squared_f16(size_t n, const fastact_f16 *x, fastact_f16 *y);
fastact_status fastact_relu_squared_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy);
fastact_status fastact_relu_squared_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx);
fastact_status fastact_relu_squared_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y);
fastact_status fastact_relu_squared_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy);
fastact_status fastact_relu_squared_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx);

/* log_sigmoid(x) = -log(1 + exp(-x))
 * derivative: sigmoid(-x)
 * float32 within 1 ulp (value), 1 ulp (derivative); also known as logsigmoid */
fastact_status fastact_log_sigmoid_f32(size_t n, const float *x, float *y);
fastact_status fastact_log_sigmoid_derivative_f32(size_t n, const float *x, float *dy);
fastact_status fastact_log_sigmoid_backward_f32(size_t n, const float *grad, const float *x, float *dx);
fastact_status fastact_log_sigmoid_backward_from_output_f32(size_t n, const float *grad, const float *y, float *dx);
fastact_status fastact_log_sigmoid_f64(size_t n, const double *x, double *y);
fastact_status fastact_log_sigmoid_derivative_f64(size_t n, const double *x, double *dy);
fastact_status fastact_log_sigmoid_backward_f64(size_t n, const double *grad, const double *x, double *dx);
fastact_status fastact_log_sigmoid_backward_from_output_f64(size_t n, const double *grad, const double *y, double *dx);
fastact_status fastact_log_sigmoid_f16(size_t n, const fastact_f16 *x, fastact_f16 *y);
fastact_status fastact_log_sigmoid_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy);
fastact_status fastact_log_sigmoid_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx);
fastact_status fastact_log_sigmoid_backward_from_output_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *y, fastact_f16 *dx);
fastact_status fastact_log_sigmoid_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y);
fastact_status fastact_log_sigmoid_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy);
fastact_status fastact_log_sigmoid_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx);
fastact_status fastact_log_sigmoid_backward_from_output_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *y, fastact_bf16 *dx);

/* hard_shrink(x) = x if abs(x) > lambd else 0; lambd = 0.5
 * derivative: 1 if abs(x) > lambd else 0
 * float32 within 0 ulp (value), 0 ulp (derivative); also known as hardshrink */
fastact_status fastact_hard_shrink_f32(size_t n, const float *x, float *y, float lambd);
fastact_status fastact_hard_shrink_derivative_f32(size_t n, const float *x, float *dy, float lambd);
fastact_status fastact_hard_shrink_backward_f32(size_t n, const float *grad, const float *x, float *dx, float lambd);
fastact_status fastact_hard_shrink_f64(size_t n, const double *x, double *y, double lambd);
fastact_status fastact_hard_shrink_derivative_f64(size_t n, const double *x, double *dy, double lambd);
fastact_status fastact_hard_shrink_backward_f64(size_t n, const double *grad, const double *x, double *dx, double lambd);
fastact_status fastact_hard_shrink_f16(size_t n, const fastact_f16 *x, fastact_f16 *y, float lambd);
fastact_status fastact_hard_shrink_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy, float lambd);
fastact_status fastact_hard_shrink_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx, float lambd);
fastact_status fastact_hard_shrink_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y, float lambd);
fastact_status fastact_hard_shrink_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy, float lambd);
fastact_status fastact_hard_shrink_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx, float lambd);

/* soft_shrink(x) = x - lambd if x > lambd, x + lambd if x < -lambd, else 0; lambd = 0.5
 * derivative: 1 if abs(x) > lambd else 0
 * float32 within 0.5 ulp (value), 0 ulp (derivative); also known as softshrink soft_threshold */
fastact_status fastact_soft_shrink_f32(size_t n, const float *x, float *y, float lambd);
fastact_status fastact_soft_shrink_derivative_f32(size_t n, const float *x, float *dy, float lambd);
fastact_status fastact_soft_shrink_backward_f32(size_t n, const float *grad, const float *x, float *dx, float lambd);
fastact_status fastact_soft_shrink_f64(size_t n, const double *x, double *y, double lambd);
fastact_status fastact_soft_shrink_derivative_f64(size_t n, const double *x, double *dy, double lambd);
fastact_status fastact_soft_shrink_backward_f64(size_t n, const double *grad, const double *x, double *dx, double lambd);
fastact_status fastact_soft_shrink_f16(size_t n, const fastact_f16 *x, fastact_f16 *y, float lambd);
fastact_status fastact_soft_shrink_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy, float lambd);
fastact_status fastact_soft_shrink_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx, float lambd);
fastact_status fastact_soft_shrink_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y, float lambd);
fastact_status fastact_soft_shrink_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy, float lambd);
fastact_status fastact_soft_shrink_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx, float lambd);

/* thresholded_relu(x) = x if x > theta else 0; theta = 1.0
 * derivative: 1 if x > theta else 0
 * float32 within 0 ulp (value), 0 ulp (derivative) */
fastact_status fastact_thresholded_relu_f32(size_t n, const float *x, float *y, float theta);
fastact_status fastact_thresholded_relu_derivative_f32(size_t n, const float *x, float *dy, float theta);
fastact_status fastact_thresholded_relu_backward_f32(size_t n, const float *grad, const float *x, float *dx, float theta);
fastact_status fastact_thresholded_relu_f64(size_t n, const double *x, double *y, double theta);
fastact_status fastact_thresholded_relu_derivative_f64(size_t n, const double *x, double *dy, double theta);
fastact_status fastact_thresholded_relu_backward_f64(size_t n, const double *grad, const double *x, double *dx, double theta);
fastact_status fastact_thresholded_relu_f16(size_t n, const fastact_f16 *x, fastact_f16 *y, float theta);
fastact_status fastact_thresholded_relu_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy, float theta);
fastact_status fastact_thresholded_relu_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx, float theta);
fastact_status fastact_thresholded_relu_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y, float theta);
fastact_status fastact_thresholded_relu_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy, float theta);
fastact_status fastact_thresholded_relu_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx, float theta);

/* clip(x) = min(max(x, min_val), max_val); min_val = -INFINITY, max_val = INFINITY
 * derivative: 1 if min_val < x < max_val else 0
 * float32 within 0 ulp (value), 0 ulp (derivative); also known as clamp bounded_relu */
fastact_status fastact_clip_f32(size_t n, const float *x, float *y, float min_val, float max_val);
fastact_status fastact_clip_derivative_f32(size_t n, const float *x, float *dy, float min_val, float max_val);
fastact_status fastact_clip_backward_f32(size_t n, const float *grad, const float *x, float *dx, float min_val, float max_val);
fastact_status fastact_clip_backward_from_output_f32(size_t n, const float *grad, const float *y, float *dx, float min_val, float max_val);
fastact_status fastact_clip_f64(size_t n, const double *x, double *y, double min_val, double max_val);
fastact_status fastact_clip_derivative_f64(size_t n, const double *x, double *dy, double min_val, double max_val);
fastact_status fastact_clip_backward_f64(size_t n, const double *grad, const double *x, double *dx, double min_val, double max_val);
fastact_status fastact_clip_backward_from_output_f64(size_t n, const double *grad, const double *y, double *dx, double min_val, double max_val);
fastact_status fastact_clip_f16(size_t n, const fastact_f16 *x, fastact_f16 *y, float min_val, float max_val);
fastact_status fastact_clip_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy, float min_val, float max_val);
fastact_status fastact_clip_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx, float min_val, float max_val);
fastact_status fastact_clip_backward_from_output_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *y, fastact_f16 *dx, float min_val, float max_val);
fastact_status fastact_clip_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y, float min_val, float max_val);
fastact_status fastact_clip_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy, float min_val, float max_val);
fastact_status fastact_clip_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx, float min_val, float max_val);
fastact_status fastact_clip_backward_from_output_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *y, fastact_bf16 *dx, float min_val, float max_val);

/* hard_tanh(x) = min(max(x, min_val), max_val); min_val = -1.0, max_val = 1.0
 * derivative: 1 if min_val < x < max_val else 0
 * float32 within 0 ulp (value), 0 ulp (derivative); also known as hardtanh */
fastact_status fastact_hard_tanh_f32(size_t n, const float *x, float *y, float min_val, float max_val);
fastact_status fastact_hard_tanh_derivative_f32(size_t n, const float *x, float *dy, float min_val, float max_val);
fastact_status fastact_hard_tanh_backward_f32(size_t n, const float *grad, const float *x, float *dx, float min_val, float max_val);
fastact_status fastact_hard_tanh_backward_from_output_f32(size_t n, const float *grad, const float *y, float *dx, float min_val, float max_val);
fastact_status fastact_hard_tanh_f64(size_t n, const double *x, double *y, double min_val, double max_val);
fastact_status fastact_hard_tanh_derivative_f64(size_t n, const double *x, double *dy, double min_val, double max_val);
fastact_status fastact_hard_tanh_backward_f64(size_t n, const double *grad, const double *x, double *dx, double min_val, double max_val);
fastact_status fastact_hard_tanh_backward_from_output_f64(size_t n, const double *grad, const double *y, double *dx, double min_val, double max_val);
fastact_status fastact_hard_tanh_f16(size_t n, const fastact_f16 *x, fastact_f16 *y, float min_val, float max_val);
fastact_status fastact_hard_tanh_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy, float min_val, float max_val);
fastact_status fastact_hard_tanh_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx, float min_val, float max_val);
fastact_status fastact_hard_tanh_backward_from_output_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *y, fastact_f16 *dx, float min_val, float max_val);
fastact_status fastact_hard_tanh_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y, float min_val, float max_val);
fastact_status fastact_hard_tanh_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy, float min_val, float max_val);
fastact_status fastact_hard_tanh_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx, float min_val, float max_val);
fastact_status fastact_hard_tanh_backward_from_output_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *y, fastact_bf16 *dx, float min_val, float max_val);

/* clipped_linear(x) = min(max(slope * x + offset, min_val), max_val); slope = 1.0, offset = 0.0, min_val = 0.0, max_val = 1.0
 * derivative: slope if (min_val - offset) / slope < x < (max_val - offset) / slope else 0
 * float32 within 0.5 ulp (value), 0 ulp (derivative) */
fastact_status fastact_clipped_linear_f32(size_t n, const float *x, float *y, float slope, float offset, float min_val, float max_val);
fastact_status fastact_clipped_linear_derivative_f32(size_t n, const float *x, float *dy, float slope, float offset, float min_val, float max_val);
fastact_status fastact_clipped_linear_backward_f32(size_t n, const float *grad, const float *x, float *dx, float slope, float offset, float min_val, float max_val);
fastact_status fastact_clipped_linear_f64(size_t n, const double *x, double *y, double slope, double offset, double min_val, double max_val);
fastact_status fastact_clipped_linear_derivative_f64(size_t n, const double *x, double *dy, double slope, double offset, double min_val, double max_val);
fastact_status fastact_clipped_linear_backward_f64(size_t n, const double *grad, const double *x, double *dx, double slope, double offset, double min_val, double max_val);
fastact_status fastact_clipped_linear_f16(size_t n, const fastact_f16 *x, fastact_f16 *y, float slope, float offset, float min_val, float max_val);
fastact_status fastact_clipped_linear_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy, float slope, float offset, float min_val, float max_val);
fastact_status fastact_clipped_linear_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx, float slope, float offset, float min_val, float max_val);
fastact_status fastact_clipped_linear_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y, float slope, float offset, float min_val, float max_val);
fastact_status fastact_clipped_linear_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy, float slope, float offset, float min_val, float max_val);
fastact_status fastact_clipped_linear_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx, float slope, float offset, float min_val, float max_val);

/* hard_sigmoid(x) = min(max(slope * x + offset, 0), 1); slope = 1.0 / 6, offset = 0.5
 * derivative: slope if 0 < slope * x + offset < 1 else 0
 * float32 within 0.5 ulp (value), 0 ulp (derivative); also known as hardsigmoid */
fastact_status fastact_hard_sigmoid_f32(size_t n, const float *x, float *y, float slope, float offset);
fastact_status fastact_hard_sigmoid_derivative_f32(size_t n, const float *x, float *dy, float slope, float offset);
fastact_status fastact_hard_sigmoid_backward_f32(size_t n, const float *grad, const float *x, float *dx, float slope, float offset);
fastact_status fastact_hard_sigmoid_backward_from_output_f32(size_t n, const float *grad, const float *y, float *dx, float slope, float offset);
fastact_status fastact_hard_sigmoid_f64(size_t n, const double *x, double *y, double slope, double offset);
fastact_status fastact_hard_sigmoid_derivative_f64(size_t n, const double *x, double *dy, double slope, double offset);
fastact_status fastact_hard_sigmoid_backward_f64(size_t n, const double *grad, const double *x, double *dx, double slope, double offset);
fastact_status fastact_hard_sigmoid_backward_from_output_f64(size_t n, const double *grad, const double *y, double *dx, double slope, double offset);
fastact_status fastact_hard_sigmoid_f16(size_t n, const fastact_f16 *x, fastact_f16 *y, float slope, float offset);
fastact_status fastact_hard_sigmoid_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy, float slope, float offset);
fastact_status fastact_hard_sigmoid_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx, float slope, float offset);
fastact_status fastact_hard_sigmoid_backward_from_output_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *y, fastact_f16 *dx, float slope, float offset);
fastact_status fastact_hard_sigmoid_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y, float slope, float offset);
fastact_status fastact_hard_sigmoid_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy, float slope, float offset);
fastact_status fastact_hard_sigmoid_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx, float slope, float offset);
fastact_status fastact_hard_sigmoid_backward_from_output_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *y, fastact_bf16 *dx, float slope, float offset);

/* sparse_sigmoid(x) = 0 if x <= -1, (x + 1) / 2 if -1 < x < 1, 1 if x >= 1
 * derivative: 0.5 if -1 < x < 1 else 0
 * float32 within 0.5 ulp (value), 0 ulp (derivative) */
fastact_status fastact_sparse_sigmoid_f32(size_t n, const float *x, float *y);
fastact_status fastact_sparse_sigmoid_derivative_f32(size_t n, const float *x, float *dy);
fastact_status fastact_sparse_sigmoid_backward_f32(size_t n, const float *grad, const float *x, float *dx);
fastact_status fastact_sparse_sigmoid_f64(size_t n, const double *x, double *y);
fastact_status fastact_sparse_sigmoid_derivative_f64(size_t n, const double *x, double *dy);
fastact_status fastact_sparse_sigmoid_backward_f64(size_t n, const double *grad, const double *x, double *dx);
fastact_status fastact_sparse_sigmoid_f16(size_t n, const fastact_f16 *x, fastact_f16 *y);
fastact_status fastact_sparse_sigmoid_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy);
fastact_status fastact_sparse_sigmoid_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx);
fastact_status fastact_sparse_sigmoid_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y);
fastact_status fastact_sparse_sigmoid_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy);
fastact_status fastact_sparse_sigmoid_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx);

/* hard_swish(x) = x * min(max(slope * x + offset, 0), 1); slope = 1.0 / 6, offset = 0.5
 * derivative: 0 if v <= 0, 1 if v >= 1, else 2 * slope * x + offset, with v = slope * x + offset
 * float32 within 1 ulp (value), 0.5 ulp (derivative); also known as hard_silu hardswish */
fastact_status fastact_hard_swish_f32(size_t n, const float *x, float *y, float slope, float offset);
fastact_status fastact_hard_swish_derivative_f32(size_t n, const float *x, float *dy, float slope, float offset);
fastact_status fastact_hard_swish_backward_f32(size_t n, const float *grad, const float *x, float *dx, float slope, float offset);
fastact_status fastact_hard_swish_f64(size_t n, const double *x, double *y, double slope, double offset);
fastact_status fastact_hard_swish_derivative_f64(size_t n, const double *x, double *dy, double slope, double offset);
fastact_status fastact_hard_swish_backward_f64(size_t n, const double *grad, const double *x, double *dx, double slope, double offset);
fastact_status fastact_hard_swish_f16(size_t n, const fastact_f16 *x, fastact_f16 *y, float slope, float offset);
fastact_status fastact_hard_swish_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy, float slope, float offset);
fastact_status fastact_hard_swish_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx, float slope, float offset);
fastact_status fastact_hard_swish_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y, float slope, float offset);
fastact_status fastact_hard_swish_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy, float slope, float offset);
fastact_status fastact_hard_swish_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx, float slope, float offset);

/* hard_mish(x) = x / 2 * min(max(x + 2, 0), 2)
 * derivative: 0 if x <= -2, x + 1 if -2 < x < 0, 1 if x >= 0
 * float32 within 1 ulp (value), 0.5 ulp (derivative) */
fastact_status fastact_hard_mish_f32(size_t n, const float *x, float *y);
fastact_status fastact_hard_mish_derivative_f32(size_t n, const float *x, float *dy);
fastact_status fastact_hard_mish_backward_f32(size_t n, const float *grad, const float *x, float *dx);
fastact_status fastact_hard_mish_f64(size_t n, const double *x, double *y);
fastact_status fastact_hard_mish_derivative_f64(size_t n, const double *x, double *dy);
fastact_status fastact_hard_mish_backward_f64(size_t n, const double *grad, const double *x, double *dx);
fastact_status fastact_hard_mish_f16(size_t n, const fastact_f16 *x, fastact_f16 *y);
fastact_status fastact_hard_mish_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy);
fastact_status fastact_hard_mish_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx);
fastact_status fastact_hard_mish_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y);
fastact_status fastact_hard_mish_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy);
fastact_status fastact_hard_mish_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx);

/* sparse_plus(x) = 0 if x <= -1, (x + 1)**2 / 4 if -1 < x < 1, x if x >= 1
 * derivative: 0 if x <= -1, (x + 1) / 2 if -1 < x < 1, 1 if x >= 1
 * float32 within 1 ulp (value), 0.5 ulp (derivative) */
fastact_status fastact_sparse_plus_f32(size_t n, const float *x, float *y);
fastact_status fastact_sparse_plus_derivative_f32(size_t n, const float *x, float *dy);
fastact_status fastact_sparse_plus_backward_f32(size_t n, const float *grad, const float *x, float *dx);
fastact_status fastact_sparse_plus_f64(size_t n, const double *x, double *y);
fastact_status fastact_sparse_plus_derivative_f64(size_t n, const double *x, double *dy);
fastact_status fastact_sparse_plus_backward_f64(size_t n, const double *grad, const double *x, double *dx);
fastact_status fastact_sparse_plus_f16(size_t n, const fastact_f16 *x, fastact_f16 *y);
fastact_status fastact_sparse_plus_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy);
fastact_status fastact_sparse_plus_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx);
fastact_status fastact_sparse_plus_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y);
fastact_status fastact_sparse_plus_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy);
fastact_status fastact_sparse_plus_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx);

/* shrink(x) = x + bias if x < -lambd, x - bias if x > lambd, else 0; lambd = 0.5, bias = 0.0
 * derivative: 1 if abs(x) > lambd else 0
 * float32 within 0.5 ulp (value), 0 ulp (derivative) */
fastact_status fastact_shrink_f32(size_t n, const float *x, float *y, float lambd, float bias);
fastact_status fastact_shrink_derivative_f32(size_t n, const float *x, float *dy, float lambd, float bias);
fastact_status fastact_shrink_backward_f32(size_t n, const float *grad, const float *x, float *dx, float lambd, float bias);
fastact_status fastact_shrink_f64(size_t n, const double *x, double *y, double lambd, double bias);
fastact_status fastact_shrink_derivative_f64(size_t n, const double *x, double *dy, double lambd, double bias);
fastact_status fastact_shrink_backward_f64(size_t n, const double *grad, const double *x, double *dx, double lambd, double bias);
fastact_status fastact_shrink_f16(size_t n, const fastact_f16 *x, fastact_f16 *y, float lambd, float bias);
fastact_status fastact_shrink_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy, float lambd, float bias);
fastact_status fastact_shrink_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx, float lambd, float bias);
fastact_status fastact_shrink_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y, float lambd, float bias);
fastact_status fastact_shrink_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy, float lambd, float bias);
fastact_status fastact_shrink_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx, float lambd, float bias);

/* threshold(x) = x if x > threshold else value
 * derivative: 1 if x > threshold else 0
 * float32 within 0 ulp (value), 0 ulp (derivative) */
fastact_status fastact_threshold_f32(size_t n, const float *x, float *y, float threshold, float value);
fastact_status fastact_threshold_derivative_f32(size_t n, const float *x, float *dy, float threshold, float value);
fastact_status fastact_threshold_backward_f32(size_t n, const float *grad, const float *x, float *dx, float threshold, float value);
fastact_status fastact_threshold_f64(size_t n, const double *x, double *y, double threshold, double value);
fastact_status fastact_threshold_derivative_f64(size_t n, const double *x, double *dy, double threshold, double value);
fastact_status fastact_threshold_backward_f64(size_t n, const double *grad, const double *x, double *dx, double threshold, double value);
fastact_status fastact_threshold_f16(size_t n, const fastact_f16 *x, fastact_f16 *y, float threshold, float value);
fastact_status fastact_threshold_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy, float threshold, float value);
fastact_status fastact_threshold_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx, float threshold, float value);
fastact_status fastact_threshold_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y, float threshold, float value);
fastact_status fastact_threshold_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy, float threshold, float value);
fastact_status fastact_threshold_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx, float threshold, float value);

/* relu_general(x) = max_value if x >= max_value, x if threshold <= x < max_value, else negative_slope * (x - threshold); negative_slope = 0.0, max_value = INFINITY, threshold = 0.0
 * derivative: 0 if x >= max_value, 1 if threshold < x < max_value, else negative_slope
 * float32 within 1 ulp (value), 0 ulp (derivative) */
fastact_status fastact_relu_general_f32(size_t n, const float *x, float *y, float negative_slope, float max_value, float threshold);
fastact_status fastact_relu_general_derivative_f32(size_t n, const float *x, float *dy, float negative_slope, float max_value, float threshold);
fastact_status fastact_relu_general_backward_f32(size_t n, const float *grad, const float *x, float *dx, float negative_slope, float max_value, float threshold);
fastact_status fastact_relu_general_f64(size_t n, const double *x, double *y, double negative_slope, double max_value, double threshold);
fastact_status fastact_relu_general_derivative_f64(size_t n, const double *x, double *dy, double negative_slope, double max_value, double threshold);
fastact_status fastact_relu_general_backward_f64(size_t n, const double *grad, const double *x, double *dx, double negative_slope, double max_value, double threshold);
fastact_status fastact_relu_general_f16(size_t n, const fastact_f16 *x, fastact_f16 *y, float negative_slope, float max_value, float threshold);
fastact_status fastact_relu_general_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy, float negative_slope, float max_value, float threshold);
fastact_status fastact_relu_general_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx, float negative_slope, float max_value, float threshold);
fastact_status fastact_relu_general_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y, float negative_slope, float max_value, float threshold);
fastact_status fastact_relu_general_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy, float negative_slope, float max_value, float threshold);
fastact_status fastact_relu_general_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx, float negative_slope, float max_value, float threshold);

/* rrelu(x) = x if x >= 0 else x * (lower + upper) / 2; lower = 1.0 / 8, upper = 1.0 / 3
 * derivative: 1 if x > 0 else (lower + upper) / 2
 * float32 within 1 ulp (value), 0.5 ulp (derivative) */
fastact_status fastact_rrelu_f32(size_t n, const float *x, float *y, float lower, float upper);
fastact_status fastact_rrelu_derivative_f32(size_t n, const float *x, float *dy, float lower, float upper);
fastact_status fastact_rrelu_backward_f32(size_t n, const float *grad, const float *x, float *dx, float lower, float upper);
fastact_status fastact_rrelu_f64(size_t n, const double *x, double *y, double lower, double upper);
fastact_status fastact_rrelu_derivative_f64(size_t n, const double *x, double *dy, double lower, double upper);
fastact_status fastact_rrelu_backward_f64(size_t n, const double *grad, const double *x, double *dx, double lower, double upper);
fastact_status fastact_rrelu_f16(size_t n, const fastact_f16 *x, fastact_f16 *y, float lower, float upper);
fastact_status fastact_rrelu_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy, float lower, float upper);
fastact_status fastact_rrelu_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx, float lower, float upper);
fastact_status fastact_rrelu_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y, float lower, float upper);
fastact_status fastact_rrelu_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy, float lower, float upper);
fastact_status fastact_rrelu_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx, float lower, float upper);

/* affine(x) = alpha * x + beta; alpha = 1.0, beta = 0.0
 * derivative: alpha
 * float32 within 0.5 ulp (value), 0 ulp (derivative) */
fastact_status fastact_affine_f32(size_t n, const float *x, float *y, float alpha, float beta);
fastact_status fastact_affine_derivative_f32(size_t n, const float *x, float *dy, float alpha, float beta);
fastact_status fastact_affine_backward_f32(size_t n, const float *grad, const float *x, float *dx, float alpha, float beta);
fastact_status fastact_affine_f64(size_t n, const double *x, double *y, double alpha, double beta);
fastact_status fastact_affine_derivative_f64(size_t n, const double *x, double *dy, double alpha, double beta);
fastact_status fastact_affine_backward_f64(size_t n, const double *grad, const double *x, double *dx, double alpha, double beta);
fastact_status fastact_affine_f16(size_t n, const fastact_f16 *x, fastact_f16 *y, float alpha, float beta);
fastact_status fastact_affine_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy, float alpha, float beta);
fastact_status fastact_affine_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx, float alpha, float beta);
fastact_status fastact_affine_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y, float alpha, float beta);
fastact_status fastact_affine_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy, float alpha, float beta);
fastact_status fastact_affine_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx, float alpha, float beta);

/* step(x) = 1 if x >= threshold else 0; threshold = 0.0
 * derivative: 0
 * float32 within 0 ulp (value), 0 ulp (derivative); also known as heaviside */
fastact_status fastact_step_f32(size_t n, const float *x, float *y, float threshold);
fastact_status fastact_step_derivative_f32(size_t n, const float *x, float *dy, float threshold);
fastact_status fastact_step_backward_f32(size_t n, const float *grad, const float *x, float *dx, float threshold);
fastact_status fastact_step_f64(size_t n, const double *x, double *y, double threshold);
fastact_status fastact_step_derivative_f64(size_t n, const double *x, double *dy, double threshold);
fastact_status fastact_step_backward_f64(size_t n, const double *grad, const double *x, double *dx, double threshold);
fastact_status fastact_step_f16(size_t n, const fastact_f16 *x, fastact_f16 *y, float threshold);
fastact_status fastact_step_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy, float threshold);
fastact_status fastact_step_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx, float threshold);
fastact_status fastact_step_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y, float threshold);
fastact_status fastact_step_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy, float threshold);
fastact_status fastact_step_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx, float threshold);

/* round(x) = x to the nearest whole number, halves to the even one
 * derivative: 0
 * float32 within 0 ulp (value), 0 ulp (derivative) */
fastact_status fastact_round_f32(size_t n, const float *x, float *y);
fastact_status fastact_round_derivative_f32(size_t n, const float *x, float *dy);
fastact_status fastact_round_backward_f32(size_t n, const float *grad, const float *x, float *dx);
fastact_status fastact_round_f64(size_t n, const double *x, double *y);
fastact_status fastact_round_derivative_f64(size_t n, const double *x, double *dy);
fastact_status fastact_round_backward_f64(size_t n, const double *grad, const double *x, double *dx);
fastact_status fastact_round_f16(size_t n, const fastact_f16 *x, fastact_f16 *y);
fastact_status fastact_round_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy);
fastact_status fastact_round_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx);
fastact_status fastact_round_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y);
fastact_status fastact_round_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy);
fastact_status fastact_round_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx);

/* softsign(x) = x / (1 + abs(x))
 * derivative: 1 / (1 + abs(x))**2
 * float32 within 1 ulp (value), 1 ulp (derivative); also known as soft_sign */
fastact_status fastact_softsign_f32(size_t n, const float *x, float *y);
fastact_status fastact_softsign_derivative_f32(size_t n, const float *x, float *dy);
fastact_status fastact_softsign_backward_f32(size_t n, const float *grad, const float *x, float *dx);
fastact_status fastact_softsign_backward_from_output_f32(size_t n, const float *grad, const float *y, float *dx);
fastact_status fastact_softsign_f64(size_t n, const double *x, double *y);
fastact_status fastact_softsign_derivative_f64(size_t n, const double *x, double *dy);
fastact_status fastact_softsign_backward_f64(size_t n, const double *grad, const double *x, double *dx);
fastact_status fastact_softsign_backward_from_output_f64(size_t n, const double *grad, const double *y, double *dx);
fastact_status fastact_softsign_f16(size_t n, const fastact_f16 *x, fastact_f16 *y);
fastact_status fastact_softsign_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy);
fastact_status fastact_softsign_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx);
fastact_status fastact_softsign_backward_from_output_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *y, fastact_f16 *dx);
fastact_status fastact_softsign_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y);
fastact_status fastact_softsign_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy);
fastact_status fastact_softsign_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx);
fastact_status fastact_softsign_backward_from_output_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *y, fastact_bf16 *dx);

/* sqrt(x) = sqrt(x)
 * derivative: 0.5 / sqrt(x)
 * float32 within 0.5 ulp (value), 1 ulp (derivative) */
fastact_status fastact_sqrt_f32(size_t n, const float *x, float *y);
fastact_status fastact_sqrt_derivative_f32(size_t n, const float *x, float *dy);
fastact_status fastact_sqrt_backward_f32(size_t n, const float *grad, const float *x, float *dx);
fastact_status fastact_sqrt_backward_from_output_f32(size_t n, const float *grad, const float *y, float *dx);
fastact_status fastact_sqrt_f64(size_t n, const double *x, double *y);
fastact_status fastact_sqrt_derivative_f64(size_t n, const double *x, double *dy);
fastact_status fastact_sqrt_backward_f64(size_t n, const double *grad, const double *x, double *dx);
fastact_status fastact_sqrt_backward_from_output_f64(size_t n, const double *grad, const double *y, double *dx);
fastact_status fastact_sqrt_f16(size_t n, const fastact_f16 *x, fastact_f16 *y);
fastact_status fastact_sqrt_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy);
fastact_status fastact_sqrt_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx);
fastact_status fastact_sqrt_backward_from_output_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *y, fastact_f16 *dx);
fastact_status fastact_sqrt_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y);
fastact_status fastact_sqrt_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy);
fastact_status fastact_sqrt_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx);
fastact_status fastact_sqrt_backward_from_output_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *y, fastact_bf16 *dx);

/* tanh_shrink(x) = x - tanh(x)
 * derivative: tanh(x)**2
 * float32 within 1 ulp (value), 1 ulp (derivative); also known as tanhshrink */
fastact_status fastact_tanh_shrink_f32(size_t n, const float *x, float *y);
fastact_status fastact_tanh_shrink_derivative_f32(size_t n, const float *x, float *dy);
fastact_status fastact_tanh_shrink_backward_f32(size_t n, const float *grad, const float *x, float *dx);
fastact_status fastact_tanh_shrink_f64(size_t n, const double *x, double *y);
fastact_status fastact_tanh_shrink_derivative_f64(size_t n, const double *x, double *dy);
fastact_status fastact_tanh_shrink_backward_f64(size_t n, const double *grad, const double *x, double *dx);
fastact_status fastact_tanh_shrink_f16(size_t n, const fastact_f16 *x, fastact_f16 *y);
fastact_status fastact_tanh_shrink_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy);
fastact_status fastact_tanh_shrink_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx);
fastact_status fastact_tanh_shrink_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y);
fastact_status fastact_tanh_shrink_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy);
fastact_status fastact_tanh_shrink_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx);

/* lisht(x) = x * tanh(x)
 * derivative: tanh(x) + x * (1 - tanh(x)**2)
 * float32 within 1 ulp (value), 1 ulp (derivative) */
fastact_status fastact_lisht_f32(size_t n, const float *x, float *y);
fastact_status fastact_lisht_derivative_f32(size_t n, const float *x, float *dy);
fastact_status fastact_lisht_backward_f32(size_t n, const float *grad, const float *x, float *dx);
fastact_status fastact_lisht_f64(size_t n, const double *x, double *y);
fastact_status fastact_lisht_derivative_f64(size_t n, const double *x, double *dy);
fastact_status fastact_lisht_backward_f64(size_t n, const double *grad, const double *x, double *dx);
fastact_status fastact_lisht_f16(size_t n, const fastact_f16 *x, fastact_f16 *y);
fastact_status fastact_lisht_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy);
fastact_status fastact_lisht_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx);
fastact_status fastact_lisht_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y);
fastact_status fastact_lisht_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy);
fastact_status fastact_lisht_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx);

/* exponential(x) = exp(x)
 * derivative: y
 * float32 within 1 ulp (value), 1 ulp (derivative); also known as exp */
fastact_status fastact_exponential_f32(size_t n, const float *x, float *y);
fastact_status fastact_exponential_derivative_f32(size_t n, const float *x, float *dy);
fastact_status fastact_exponential_backward_f32(size_t n, const float *grad, const float *x, float *dx);
fastact_status fastact_exponential_backward_from_output_f32(size_t n, const float *grad, const float *y, float *dx);
fastact_status fastact_exponential_f64(size_t n, const double *x, double *y);
fastact_status fastact_exponential_derivative_f64(size_t n, const double *x, double *dy);
fastact_status fastact_exponential_backward_f64(size_t n, const double *grad, const double *x, double *dx);
fastact_status fastact_exponential_backward_from_output_f64(size_t n, const double *grad, const double *y, double *dx);
fastact_status fastact_exponential_f16(size_t n, const fastact_f16 *x, fastact_f16 *y);
fastact_status fastact_exponential_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy);
fastact_status fastact_exponential_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx);
fastact_status fastact_exponential_backward_from_output_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *y, fastact_f16 *dx);
fastact_status fastact_exponential_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y);
fastact_status fastact_exponential_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy);
fastact_status fastact_exponential_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx);
fastact_status fastact_exponential_backward_from_output_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *y, fastact_bf16 *dx);

/* log(x) = log(x)
 * derivative: 1 / x
 * float32 within 1 ulp (value), 0.5 ulp (derivative) */
fastact_status fastact_log_f32(size_t n, const float *x, float *y);
fastact_status fastact_log_derivative_f32(size_t n, const float *x, float *dy);
fastact_status fastact_log_backward_f32(size_t n, const float *grad, const float *x, float *dx);
fastact_status fastact_log_f64(size_t n, const double *x, double *y);
fastact_status fastact_log_derivative_f64(size_t n, const double *x, double *dy);
fastact_status fastact_log_backward_f64(size_t n, const double *grad, const double *x, double *dx);
fastact_status fastact_log_f16(size_t n, const fastact_f16 *x, fastact_f16 *y);
fastact_status fastact_log_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy);
fastact_status fastact_log_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx);
fastact_status fastact_log_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y);
fastact_status fastact_log_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy);
fastact_status fastact_log_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx);

/* logit(x) = log(x / (1 - x)), x clamped to [eps, 1 - eps] first where eps > 0; eps = 0.0
 * derivative: 1 / (x * (1 - x)), 0 where x was clamped
 * float32 within 1 ulp (value), 1 ulp (derivative) */
fastact_status fastact_logit_f32(size_t n, const float *x, float *y, float eps);
fastact_status fastact_logit_derivative_f32(size_t n, const float *x, float *dy, float eps);
fastact_status fastact_logit_backward_f32(size_t n, const float *grad, const float *x, float *dx, float eps);
fastact_status fastact_logit_f64(size_t n, const double *x, double *y, double eps);
fastact_status fastact_logit_derivative_f64(size_t n, const double *x, double *dy, double eps);
fastact_status fastact_logit_backward_f64(size_t n, const double *grad, const double *x, double *dx, double eps);
fastact_status fastact_logit_f16(size_t n, const fastact_f16 *x, fastact_f16 *y, float eps);
fastact_status fastact_logit_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy, float eps);
fastact_status fastact_logit_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx, float eps);
fastact_status fastact_logit_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y, float eps);
fastact_status fastact_logit_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy, float eps);
fastact_status fastact_logit_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx, float eps);

/* selu(x) = scale * x if x > 0 else scale * alpha * (exp(x) - 1), the two constants of SELU
 * derivative: scale if x > 0 else scale * alpha * exp(x)
 * float32 within 1 ulp (value), 1 ulp (derivative) */
fastact_status fastact_selu_f32(size_t n, const float *x, float *y);
fastact_status fastact_selu_derivative_f32(size_t n, const float *x, float *dy);
fastact_status fastact_selu_backward_f32(size_t n, const float *grad, const float *x, float *dx);
fastact_status fastact_selu_backward_from_output_f32(size_t n, const float *grad, const float *y, float *dx);
fastact_status fastact_selu_f64(size_t n, const double *x, double *y);
fastact_status fastact_selu_derivative_f64(size_t n, const double *x, double *dy);
fastact_status fastact_selu_backward_f64(size_t n, const double *grad, const double *x, double *dx);
fastact_status fastact_selu_backward_from_output_f64(size_t n, const double *grad, const double *y, double *dx);
fastact_status fastact_selu_f16(size_t n, const fastact_f16 *x, fastact_f16 *y);
fastact_status fastact_selu_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy);
fastact_status fastact_selu_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx);
fastact_status fastact_selu_backward_from_output_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *y, fastact_f16 *dx);
fastact_status fastact_selu_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y);
fastact_status fastact_selu_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy);
fastact_status fastact_selu_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx);
fastact_status fastact_selu_backward_from_output_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *y, fastact_bf16 *dx);

/* celu(x) = x if x > 0 else alpha * (exp(x / alpha) - 1); alpha = 1.0
 * derivative: 1 if x > 0 else exp(x / alpha)
 * float32 within 1 ulp (value), 1 ulp (derivative) */
fastact_status fastact_celu_f32(size_t n, const float *x, float *y, float alpha);
fastact_status fastact_celu_derivative_f32(size_t n, const float *x, float *dy, float alpha);
fastact_status fastact_celu_backward_f32(size_t n, const float *grad, const float *x, float *dx, float alpha);
fastact_status fastact_celu_backward_from_output_f32(size_t n, const float *grad, const float *y, float *dx, float alpha);
fastact_status fastact_celu_f64(size_t n, const double *x, double *y, double alpha);
fastact_status fastact_celu_derivative_f64(size_t n, const double *x, double *dy, double alpha);
fastact_status fastact_celu_backward_f64(size_t n, const double *grad, const double *x, double *dx, double alpha);
fastact_status fastact_celu_backward_from_output_f64(size_t n, const double *grad, const double *y, double *dx, double alpha);
fastact_status fastact_celu_f16(size_t n, const fastact_f16 *x, fastact_f16 *y, float alpha);
fastact_status fastact_celu_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy, float alpha);
fastact_status fastact_celu_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx, float alpha);
fastact_status fastact_celu_backward_from_output_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *y, fastact_f16 *dx, float alpha);
fastact_status fastact_celu_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y, float alpha);
fastact_status fastact_celu_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy, float alpha);
fastact_status fastact_celu_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx, float alpha);
fastact_status fastact_celu_backward_from_output_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *y, fastact_bf16 *dx, float alpha);

/* quick_gelu(x) = x * sigmoid(1.702 * x)
 * derivative: s * (1 + 1.702 * x * (1 - s)) with s = sigmoid(1.702 * x)
 * float32 within 1 ulp (value), 1 ulp (derivative); also known as gelu_fast */
fastact_status fastact_quick_gelu_f32(size_t n, const float *x, float *y);
fastact_status fastact_quick_gelu_derivative_f32(size_t n, const float *x, float *dy);
fastact_status fastact_quick_gelu_backward_f32(size_t n, const float *grad, const float *x, float *dx);
fastact_status fastact_quick_gelu_f64(size_t n, const double *x, double *y);
fastact_status fastact_quick_gelu_derivative_f64(size_t n, const double *x, double *dy);
fastact_status fastact_quick_gelu_backward_f64(size_t n, const double *grad, const double *x, double *dx);
fastact_status fastact_quick_gelu_f16(size_t n, const fastact_f16 *x, fastact_f16 *y);
fastact_status fastact_quick_gelu_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy);
fastact_status fastact_quick_gelu_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx);
fastact_status fastact_quick_gelu_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y);
fastact_status fastact_quick_gelu_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy);
fastact_status fastact_quick_gelu_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx);

/* scaled_tanh(x) = scale_b * tanh(scale_a * x); scale_a = 0.67, scale_b = 1.7159
 * derivative: scale_a * scale_b * (1 - tanh(scale_a * x)**2)
 * float32 within 1 ulp (value), 1 ulp (derivative); also known as stanh */
fastact_status fastact_scaled_tanh_f32(size_t n, const float *x, float *y, float scale_a, float scale_b);
fastact_status fastact_scaled_tanh_derivative_f32(size_t n, const float *x, float *dy, float scale_a, float scale_b);
fastact_status fastact_scaled_tanh_backward_f32(size_t n, const float *grad, const float *x, float *dx, float scale_a, float scale_b);
fastact_status fastact_scaled_tanh_f64(size_t n, const double *x, double *y, double scale_a, double scale_b);
fastact_status fastact_scaled_tanh_derivative_f64(size_t n, const double *x, double *dy, double scale_a, double scale_b);
fastact_status fastact_scaled_tanh_backward_f64(size_t n, const double *grad, const double *x, double *dx, double scale_a, double scale_b);
fastact_status fastact_scaled_tanh_f16(size_t n, const fastact_f16 *x, fastact_f16 *y, float scale_a, float scale_b);
fastact_status fastact_scaled_tanh_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy, float scale_a, float scale_b);
fastact_status fastact_scaled_tanh_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx, float scale_a, float scale_b);
fastact_status fastact_scaled_tanh_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y, float scale_a, float scale_b);
fastact_status fastact_scaled_tanh_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy, float scale_a, float scale_b);
fastact_status fastact_scaled_tanh_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx, float scale_a, float scale_b);

/* squareplus(x) = (x + sqrt(x**2 + b)) / 2; b = 4.0
 * derivative: (1 + x / sqrt(x**2 + b)) / 2
 * float32 within 1 ulp (value), 1 ulp (derivative) */
fastact_status fastact_squareplus_f32(size_t n, const float *x, float *y, float b);
fastact_status fastact_squareplus_derivative_f32(size_t n, const float *x, float *dy, float b);
fastact_status fastact_squareplus_backward_f32(size_t n, const float *grad, const float *x, float *dx, float b);
fastact_status fastact_squareplus_f64(size_t n, const double *x, double *y, double b);
fastact_status fastact_squareplus_derivative_f64(size_t n, const double *x, double *dy, double b);
fastact_status fastact_squareplus_backward_f64(size_t n, const double *grad, const double *x, double *dx, double b);
fastact_status fastact_squareplus_f16(size_t n, const fastact_f16 *x, fastact_f16 *y, float b);
fastact_status fastact_squareplus_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy, float b);
fastact_status fastact_squareplus_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx, float b);
fastact_status fastact_squareplus_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y, float b);
fastact_status fastact_squareplus_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy, float b);
fastact_status fastact_squareplus_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx, float b);

/* dish(x) = x / 2 * (1 + x / sqrt(1 + x**2))
 * derivative: 1 / 2 + t - t**3 / 2 with t = x / sqrt(1 + x**2)
 * float32 within 1 ulp (value), 1 ulp (derivative) */
fastact_status fastact_dish_f32(size_t n, const float *x, float *y);
fastact_status fastact_dish_derivative_f32(size_t n, const float *x, float *dy);
fastact_status fastact_dish_backward_f32(size_t n, const float *grad, const float *x, float *dx);
fastact_status fastact_dish_f64(size_t n, const double *x, double *y);
fastact_status fastact_dish_derivative_f64(size_t n, const double *x, double *dy);
fastact_status fastact_dish_backward_f64(size_t n, const double *grad, const double *x, double *dx);
fastact_status fastact_dish_f16(size_t n, const fastact_f16 *x, fastact_f16 *y);
fastact_status fastact_dish_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy);
fastact_status fastact_dish_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx);
fastact_status fastact_dish_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y);
fastact_status fastact_dish_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy);
fastact_status fastact_dish_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx);

/* snake(x) = x + sin(frequency * x)**2 / frequency; frequency = 1.0
 * derivative: 1 + sin(2 * frequency * x)
 * float32 within 1 ulp (value), 1 ulp (derivative) */
fastact_status fastact_snake_f32(size_t n, const float *x, float *y, float frequency);
fastact_status fastact_snake_derivative_f32(size_t n, const float *x, float *dy, float frequency);
fastact_status fastact_snake_backward_f32(size_t n, const float *grad, const float *x, float *dx, float frequency);
fastact_status fastact_snake_f64(size_t n, const double *x, double *y, double frequency);
fastact_status fastact_snake_derivative_f64(size_t n, const double *x, double *dy, double frequency);
fastact_status fastact_snake_backward_f64(size_t n, const double *grad, const double *x, double *dx, double frequency);
fastact_status fastact_snake_f16(size_t n, const fastact_f16 *x, fastact_f16 *y, float frequency);
fastact_status fastact_snake_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy, float frequency);
fastact_status fastact_snake_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx, float frequency);
fastact_status fastact_snake_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y, float frequency);
fastact_status fastact_snake_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy, float frequency);
fastact_status fastact_snake_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx, float frequency);

/* pow(x) = alpha * x**beta, alpha = 1.0
 * derivative: alpha * beta * x**(beta - 1), 0 where beta is 0
 * float32 within 1 ulp (value), 1 ulp (derivative) */
fastact_status fastact_pow_f32(size_t n, const float *x, float *y, float beta, float alpha);
fastact_status fastact_pow_derivative_f32(size_t n, const float *x, float *dy, float beta, float alpha);
fastact_status fastact_pow_backward_f32(size_t n, const float *grad, const float *x, float *dx, float beta, float alpha);
fastact_status fastact_pow_f64(size_t n, const double *x, double *y, double beta, double alpha);
fastact_status fastact_pow_derivative_f64(size_t n, const double *x, double *dy, double beta, double alpha);
fastact_status fastact_pow_backward_f64(size_t n, const double *grad, const double *x, double *dx, double beta, double alpha);
fastact_status fastact_pow_f16(size_t n, const fastact_f16 *x, fastact_f16 *y, float beta, float alpha);
fastact_status fastact_pow_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy, float beta, float alpha);
fastact_status fastact_pow_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx, float beta, float alpha);
fastact_status fastact_pow_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y, float beta, float alpha);
fastact_status fastact_pow_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy, float beta, float alpha);
fastact_status fastact_pow_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx, float beta, float alpha);

/* laplace(x) = Phi((x - mu) / sigma), Phi the normal distribution function; mu = 0.707107, sigma = 0.282095
 * derivative: exp(-((x - mu) / sigma)**2 / 2) / (sigma * sqrt(2 * pi))
 * float32 within 1 ulp (value), 1 ulp (derivative) */
fastact_status fastact_laplace_f32(size_t n, const float *x, float *y, float mu, float sigma);
fastact_status fastact_laplace_derivative_f32(size_t n, const float *x, float *dy, float mu, float sigma);
fastact_status fastact_laplace_backward_f32(size_t n, const float *grad, const float *x, float *dx, float mu, float sigma);
fastact_status fastact_laplace_f64(size_t n, const double *x, double *y, double mu, double sigma);
fastact_status fastact_laplace_derivative_f64(size_t n, const double *x, double *dy, double mu, double sigma);
fastact_status fastact_laplace_backward_f64(size_t n, const double *grad, const double *x, double *dx, double mu, double sigma);
fastact_status fastact_laplace_f16(size_t n, const fastact_f16 *x, fastact_f16 *y, float mu, float sigma);
fastact_status fastact_laplace_derivative_f16(size_t n, const fastact_f16 *x, fastact_f16 *dy, float mu, float sigma);
fastact_status fastact_laplace_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx, float mu, float sigma);
fastact_status fastact_laplace_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *y, float mu, float sigma);
fastact_status fastact_laplace_derivative_bf16(size_t n, const fastact_bf16 *x, fastact_bf16 *dy, float mu, float sigma);
fastact_status fastact_laplace_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx, float mu, float sigma);

/* swiglu(gate, value) = gate * sigmoid(beta * gate) * value; beta = 1.0
 * gradients:
 * dgate = g * value * s * (1 + beta * gate * (1 - s)), dvalue = g * gate * s with s = sigmoid(beta * gate)
 * float32 within 2 ulp (value), 2 ulp (gradients) */
fastact_status fastact_swiglu_f32(size_t n, const float *gate, const float *value, float *y, float beta);
fastact_status fastact_swiglu_backward_f32(size_t n, const float *grad, const float *gate, const float *value,
    float *dgate, float *dvalue, float beta);
fastact_status fastact_swiglu_f64(size_t n, const double *gate, const double *value, double *y, double beta);
fastact_status fastact_swiglu_backward_f64(size_t n, const double *grad, const double *gate, const double *value,
    double *dgate, double *dvalue, double beta);
fastact_status fastact_swiglu_f16(size_t n, const fastact_f16 *gate, const fastact_f16 *value, fastact_f16 *y, float beta);
fastact_status fastact_swiglu_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *gate, const fastact_f16 *value,
    fastact_f16 *dgate, fastact_f16 *dvalue, float beta);
fastact_status fastact_swiglu_bf16(size_t n, const fastact_bf16 *gate, const fastact_bf16 *value, fastact_bf16 *y, float beta);
fastact_status fastact_swiglu_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *gate, const fastact_bf16 *value,
    fastact_bf16 *dgate, fastact_bf16 *dvalue, float beta);

/* glu(value, gate) = value * sigmoid(gate)
 * gradients:
 * dvalue = g * s, dgate = g * value * s * (1 - s) with s = sigmoid(gate)
 * float32 within 2 ulp (value), 2 ulp (gradients) */
fastact_status fastact_glu_f32(size_t n, const float *value, const float *gate, float *y);
fastact_status fastact_glu_backward_f32(size_t n, const float *grad, const float *value, const float *gate,
    float *dvalue, float *dgate);
fastact_status fastact_glu_f64(size_t n, const double *value, const double *gate, double *y);
fastact_status fastact_glu_backward_f64(size_t n, const double *grad, const double *value, const double *gate,
    double *dvalue, double *dgate);
fastact_status fastact_glu_f16(size_t n, const fastact_f16 *value, const fastact_f16 *gate, fastact_f16 *y);
fastact_status fastact_glu_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *value, const fastact_f16 *gate,
    fastact_f16 *dvalue, fastact_f16 *dgate);
fastact_status fastact_glu_bf16(size_t n, const fastact_bf16 *value, const fastact_bf16 *gate, fastact_bf16 *y);
fastact_status fastact_glu_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *value, const fastact_bf16 *gate,
    fastact_bf16 *dvalue, fastact_bf16 *dgate);

/* geglu(gate, value) = gelu(gate) * value
 * gradients:
 * dgate = g * value * gelu'(gate), dvalue = g * gelu(gate)
 * float32 within 2 ulp (value), 2 ulp (gradients) */
fastact_status fastact_geglu_f32(size_t n, const float *gate, const float *value, float *y);
fastact_status fastact_geglu_backward_f32(size_t n, const float *grad, const float *gate, const float *value,
    float *dgate, float *dvalue);
fastact_status fastact_geglu_f64(size_t n, const double *gate, const double *value, double *y);
fastact_status fastact_geglu_backward_f64(size_t n, const double *grad, const double *gate, const double *value,
    double *dgate, double *dvalue);
fastact_status fastact_geglu_f16(size_t n, const fastact_f16 *gate, const fastact_f16 *value, fastact_f16 *y);
fastact_status fastact_geglu_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *gate, const fastact_f16 *value,
    fastact_f16 *dgate, fastact_f16 *dvalue);
fastact_status fastact_geglu_bf16(size_t n, const fastact_bf16 *gate, const fastact_bf16 *value, fastact_bf16 *y);
fastact_status fastact_geglu_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *gate, const fastact_bf16 *value,
    fastact_bf16 *dgate, fastact_bf16 *dvalue);

/* geglu_tanh(gate, value) = gelu_tanh(gate) * value
 * gradients:
 * dgate = g * value * gelu_tanh'(gate), dvalue = g * gelu_tanh(gate)
 * float32 within 2 ulp (value), 2 ulp (gradients) */
fastact_status fastact_geglu_tanh_f32(size_t n, const float *gate, const float *value, float *y);
fastact_status fastact_geglu_tanh_backward_f32(size_t n, const float *grad, const float *gate, const float *value,
    float *dgate, float *dvalue);
fastact_status fastact_geglu_tanh_f64(size_t n, const double *gate, const double *value, double *y);
fastact_status fastact_geglu_tanh_backward_f64(size_t n, const double *grad, const double *gate, const double *value,
    double *dgate, double *dvalue);
fastact_status fastact_geglu_tanh_f16(size_t n, const fastact_f16 *gate, const fastact_f16 *value, fastact_f16 *y);
fastact_status fastact_geglu_tanh_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *gate, const fastact_f16 *value,
    fastact_f16 *dgate, fastact_f16 *dvalue);
fastact_status fastact_geglu_tanh_bf16(size_t n, const fastact_bf16 *gate, const fastact_bf16 *value, fastact_bf16 *y);
fastact_status fastact_geglu_tanh_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *gate, const fastact_bf16 *value,
    fastact_bf16 *dgate, fastact_bf16 *dvalue);

/* reglu(gate, value) = relu(gate) * value
 * gradients:
 * dgate = g * value if gate > 0 else 0, dvalue = g * relu(gate)
 * float32 within 0.5 ulp (value), 0.5 ulp (gradients) */
fastact_status fastact_reglu_f32(size_t n, const float *gate, const float *value, float *y);
fastact_status fastact_reglu_backward_f32(size_t n, const float *grad, const float *gate, const float *value,
    float *dgate, float *dvalue);
fastact_status fastact_reglu_f64(size_t n, const double *gate, const double *value, double *y);
fastact_status fastact_reglu_backward_f64(size_t n, const double *grad, const double *gate, const double *value,
    double *dgate, double *dvalue);
fastact_status fastact_reglu_f16(size_t n, const fastact_f16 *gate, const fastact_f16 *value, fastact_f16 *y);
fastact_status fastact_reglu_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *gate, const fastact_f16 *value,
    fastact_f16 *dgate, fastact_f16 *dvalue);
fastact_status fastact_reglu_bf16(size_t n, const fastact_bf16 *gate, const fastact_bf16 *value, fastact_bf16 *y);
fastact_status fastact_reglu_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *gate, const fastact_bf16 *value,
    fastact_bf16 *dgate, fastact_bf16 *dvalue);

/* bilinear(gate, value) = gate * value
 * gradients:
 * dgate = g * value, dvalue = g * gate
 * float32 within 0.5 ulp (value), 0.5 ulp (gradients) */
fastact_status fastact_bilinear_f32(size_t n, const float *gate, const float *value, float *y);
fastact_status fastact_bilinear_backward_f32(size_t n, const float *grad, const float *gate, const float *value,
    float *dgate, float *dvalue);
fastact_status fastact_bilinear_f64(size_t n, const double *gate, const double *value, double *y);
fastact_status fastact_bilinear_backward_f64(size_t n, const double *grad, const double *gate, const double *value,
    double *dgate, double *dvalue);
fastact_status fastact_bilinear_f16(size_t n, const fastact_f16 *gate, const fastact_f16 *value, fastact_f16 *y);
fastact_status fastact_bilinear_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *gate, const fastact_f16 *value,
    fastact_f16 *dgate, fastact_f16 *dvalue);
fastact_status fastact_bilinear_bf16(size_t n, const fastact_bf16 *gate, const fastact_bf16 *value, fastact_bf16 *y);
fastact_status fastact_bilinear_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *gate, const fastact_bf16 *value,
    fastact_bf16 *dgate, fastact_bf16 *dvalue);

/* swiglu_clamped(gate, value) = a * sigmoid(alpha * a) * (b + 1), a = min(gate, limit), b = clip(value, -limit, limit); alpha = 1.702, limit = 7.0
 * gradients:
 * dgate = g * (b + 1) * silu'(a; alpha) if gate < limit else 0, dvalue = g * a * sigmoid(alpha * a) if abs(value) < limit else 0
 * float32 within 2 ulp (value), 2 ulp (gradients) */
fastact_status fastact_swiglu_clamped_f32(size_t n, const float *gate, const float *value, float *y, float alpha, float limit);
fastact_status fastact_swiglu_clamped_backward_f32(size_t n, const float *grad, const float *gate, const float *value,
    float *dgate, float *dvalue, float alpha, float limit);
fastact_status fastact_swiglu_clamped_f64(size_t n, const double *gate, const double *value, double *y, double alpha, double limit);
fastact_status fastact_swiglu_clamped_backward_f64(size_t n, const double *grad, const double *gate, const double *value,
    double *dgate, double *dvalue, double alpha, double limit);
fastact_status fastact_swiglu_clamped_f16(size_t n, const fastact_f16 *gate, const fastact_f16 *value, fastact_f16 *y, float alpha, float limit);
fastact_status fastact_swiglu_clamped_backward_f16(size_t n, const fastact_f16 *grad, const fastact_f16 *gate, const fastact_f16 *value,
    fastact_f16 *dgate, fastact_f16 *dvalue, float alpha, float limit);
fastact_status fastact_swiglu_clamped_bf16(size_t n, const fastact_bf16 *gate, const fastact_bf16 *value, fastact_bf16 *y, float alpha, float limit);
fastact_status fastact_swiglu_clamped_backward_bf16(size_t n, const fastact_bf16 *grad, const fastact_bf16 *gate, const fastact_bf16 *value,
    fastact_bf16 *dgate, fastact_bf16 *dvalue, float alpha, float limit);

/* softmax of each row of a C-contiguous (rows, columns) array: exp(x - max(x)) / sum(exp(x - max(x)))
 * backward: dx = y * (g - sum(g * y))
 * each float32 output within 2 ulp */
fastact_status fastact_softmax_f32(size_t rows, size_t columns, const float *x, float *y);
fastact_status fastact_softmax_backward_f32(size_t rows, size_t columns, const float *grad, const float *y, float *dx);
fastact_status fastact_softmax_f64(size_t rows, size_t columns, const double *x, double *y);
fastact_status fastact_softmax_backward_f64(size_t rows, size_t columns, const double *grad, const double *y, double *dx);
fastact_status fastact_softmax_f16(size_t rows, size_t columns, const fastact_f16 *x, fastact_f16 *y);
fastact_status fastact_softmax_backward_f16(size_t rows, size_t columns, const fastact_f16 *grad, const fastact_f16 *y, fastact_f16 *dx);
fastact_status fastact_softmax_bf16(size_t rows, size_t columns, const fastact_bf16 *x, fastact_bf16 *y);
fastact_status fastact_softmax_backward_bf16(size_t rows, size_t columns, const fastact_bf16 *grad, const fastact_bf16 *y, fastact_bf16 *dx);

/* log_softmax of each row of a C-contiguous (rows, columns) array: x - max(x) - log(sum(exp(x - max(x))))
 * backward: dx = g - exp(y) * sum(g)
 * each float32 output within 2 ulp */
fastact_status fastact_log_softmax_f32(size_t rows, size_t columns, const float *x, float *y);
fastact_status fastact_log_softmax_backward_f32(size_t rows, size_t columns, const float *grad, const float *y, float *dx);
fastact_status fastact_log_softmax_f64(size_t rows, size_t columns, const double *x, double *y);
fastact_status fastact_log_softmax_backward_f64(size_t rows, size_t columns, const double *grad, const double *y, double *dx);
fastact_status fastact_log_softmax_f16(size_t rows, size_t columns, const fastact_f16 *x, fastact_f16 *y);
fastact_status fastact_log_softmax_backward_f16(size_t rows, size_t columns, const fastact_f16 *grad, const fastact_f16 *y, fastact_f16 *dx);
fastact_status fastact_log_softmax_bf16(size_t rows, size_t columns, const fastact_bf16 *x, fastact_bf16 *y);
fastact_status fastact_log_softmax_backward_bf16(size_t rows, size_t columns, const fastact_bf16 *grad, const fastact_bf16 *y, fastact_bf16 *dx);

/* maxout of each row of a C-contiguous (rows, columns) array: max(x[o * pieces], ..., x[o * pieces + pieces - 1]); pieces = 4 by default in other languages
 * backward: dx = g[o] where x is the first largest of its group, else 0
 * y and grad are (rows, columns / pieces). each float32 output within 0 ulp */
fastact_status fastact_maxout_f32(size_t rows, size_t columns, const float *x, float *y, size_t pieces);
fastact_status fastact_maxout_backward_f32(size_t rows, size_t columns, const float *grad, const float *x, float *dx, size_t pieces);
fastact_status fastact_maxout_f64(size_t rows, size_t columns, const double *x, double *y, size_t pieces);
fastact_status fastact_maxout_backward_f64(size_t rows, size_t columns, const double *grad, const double *x, double *dx, size_t pieces);
fastact_status fastact_maxout_f16(size_t rows, size_t columns, const fastact_f16 *x, fastact_f16 *y, size_t pieces);
fastact_status fastact_maxout_backward_f16(size_t rows, size_t columns, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx, size_t pieces);
fastact_status fastact_maxout_bf16(size_t rows, size_t columns, const fastact_bf16 *x, fastact_bf16 *y, size_t pieces);
fastact_status fastact_maxout_backward_bf16(size_t rows, size_t columns, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx, size_t pieces);

/* logsumexp of each row of a C-contiguous (rows, columns) array: max(x) + log(sum(exp(x - max(x))))
 * backward: dx = g * exp(x - logsumexp(x))
 * y and grad hold one number a row. each float32 output within 2 ulp */
fastact_status fastact_logsumexp_f32(size_t rows, size_t columns, const float *x, float *y);
fastact_status fastact_logsumexp_backward_f32(size_t rows, size_t columns, const float *grad, const float *x, float *dx);
fastact_status fastact_logsumexp_f64(size_t rows, size_t columns, const double *x, double *y);
fastact_status fastact_logsumexp_backward_f64(size_t rows, size_t columns, const double *grad, const double *x, double *dx);
fastact_status fastact_logsumexp_f16(size_t rows, size_t columns, const fastact_f16 *x, fastact_f16 *y);
fastact_status fastact_logsumexp_backward_f16(size_t rows, size_t columns, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx);
fastact_status fastact_logsumexp_bf16(size_t rows, size_t columns, const fastact_bf16 *x, fastact_bf16 *y);
fastact_status fastact_logsumexp_backward_bf16(size_t rows, size_t columns, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx);

/* l2_normalize of each row of a C-contiguous (rows, columns) array: x / max(sqrt(sum(x**2)), eps); eps = 1e-12 by default in other languages
 * backward: dx = (g - y * sum(g * y)) / norm, norm = sqrt(sum(x**2)); g / eps where norm < eps
 * each float32 output within 2 ulp */
fastact_status fastact_l2_normalize_f32(size_t rows, size_t columns, const float *x, float *y, float eps);
fastact_status fastact_l2_normalize_backward_f32(size_t rows, size_t columns, const float *grad, const float *x, float *dx, float eps);
fastact_status fastact_l2_normalize_f64(size_t rows, size_t columns, const double *x, double *y, double eps);
fastact_status fastact_l2_normalize_backward_f64(size_t rows, size_t columns, const double *grad, const double *x, double *dx, double eps);
fastact_status fastact_l2_normalize_f16(size_t rows, size_t columns, const fastact_f16 *x, fastact_f16 *y, float eps);
fastact_status fastact_l2_normalize_backward_f16(size_t rows, size_t columns, const fastact_f16 *grad, const fastact_f16 *x, fastact_f16 *dx, float eps);
fastact_status fastact_l2_normalize_bf16(size_t rows, size_t columns, const fastact_bf16 *x, fastact_bf16 *y, float eps);
fastact_status fastact_l2_normalize_backward_bf16(size_t rows, size_t columns, const fastact_bf16 *grad, const fastact_bf16 *x, fastact_bf16 *dx, float eps);

/* sparsemax of each row of a C-contiguous (rows, columns) array: max(x - tau, 0), tau such that the sum is 1
 * backward: dx = g - mean(g where y > 0) where y > 0, else 0
 * each float32 output within 2 ulp */
fastact_status fastact_sparsemax_f32(size_t rows, size_t columns, const float *x, float *y);
fastact_status fastact_sparsemax_backward_f32(size_t rows, size_t columns, const float *grad, const float *y, float *dx);
fastact_status fastact_sparsemax_f64(size_t rows, size_t columns, const double *x, double *y);
fastact_status fastact_sparsemax_backward_f64(size_t rows, size_t columns, const double *grad, const double *y, double *dx);
fastact_status fastact_sparsemax_f16(size_t rows, size_t columns, const fastact_f16 *x, fastact_f16 *y);
fastact_status fastact_sparsemax_backward_f16(size_t rows, size_t columns, const fastact_f16 *grad, const fastact_f16 *y, fastact_f16 *dx);
fastact_status fastact_sparsemax_bf16(size_t rows, size_t columns, const fastact_bf16 *x, fastact_bf16 *y);
fastact_status fastact_sparsemax_backward_bf16(size_t rows, size_t columns, const fastact_bf16 *grad, const fastact_bf16 *y, fastact_bf16 *dx);

/* hardmax of each row of a C-contiguous (rows, columns) array: 1 where x is the first maximum, else 0
 * backward: dx = 0
 * each float32 output within 0 ulp */
fastact_status fastact_hardmax_f32(size_t rows, size_t columns, const float *x, float *y);
fastact_status fastact_hardmax_backward_f32(size_t rows, size_t columns, const float *grad, const float *y, float *dx);
fastact_status fastact_hardmax_f64(size_t rows, size_t columns, const double *x, double *y);
fastact_status fastact_hardmax_backward_f64(size_t rows, size_t columns, const double *grad, const double *y, double *dx);
fastact_status fastact_hardmax_f16(size_t rows, size_t columns, const fastact_f16 *x, fastact_f16 *y);
fastact_status fastact_hardmax_backward_f16(size_t rows, size_t columns, const fastact_f16 *grad, const fastact_f16 *y, fastact_f16 *dx);
fastact_status fastact_hardmax_bf16(size_t rows, size_t columns, const fastact_bf16 *x, fastact_bf16 *y);
fastact_status fastact_hardmax_backward_bf16(size_t rows, size_t columns, const fastact_bf16 *grad, const fastact_bf16 *y, fastact_bf16 *dx);

/* entmax15 of each row of a C-contiguous (rows, columns) array: max(x / 2 - tau, 0)**2, tau such that the sum is 1
 * backward: dx = s * (g - sum(g * s) / sum(s)) with s = sqrt(y)
 * each float32 output within 2 ulp */
fastact_status fastact_entmax15_f32(size_t rows, size_t columns, const float *x, float *y);
fastact_status fastact_entmax15_backward_f32(size_t rows, size_t columns, const float *grad, const float *y, float *dx);
fastact_status fastact_entmax15_f64(size_t rows, size_t columns, const double *x, double *y);
fastact_status fastact_entmax15_backward_f64(size_t rows, size_t columns, const double *grad, const double *y, double *dx);
fastact_status fastact_entmax15_f16(size_t rows, size_t columns, const fastact_f16 *x, fastact_f16 *y);
fastact_status fastact_entmax15_backward_f16(size_t rows, size_t columns, const fastact_f16 *grad, const fastact_f16 *y, fastact_f16 *dx);
fastact_status fastact_entmax15_bf16(size_t rows, size_t columns, const fastact_bf16 *x, fastact_bf16 *y);
fastact_status fastact_entmax15_backward_bf16(size_t rows, size_t columns, const fastact_bf16 *grad, const fastact_bf16 *y, fastact_bf16 *dx);

/* entmax of each row of a C-contiguous (rows, columns) array: max((alpha - 1) * x - tau, 0)**(1 / (alpha - 1)), tau such that the sum is 1; alpha = 1.5 by default in other languages
 * backward: dx = s * (g - sum(g * s) / sum(s)) with s = y**(2 - alpha) where y > 0, else 0
 * each float32 output within 2 ulp */
fastact_status fastact_entmax_f32(size_t rows, size_t columns, const float *x, float *y, float alpha);
fastact_status fastact_entmax_backward_f32(size_t rows, size_t columns, const float *grad, const float *y, float *dx, float alpha);
fastact_status fastact_entmax_f64(size_t rows, size_t columns, const double *x, double *y, double alpha);
fastact_status fastact_entmax_backward_f64(size_t rows, size_t columns, const double *grad, const double *y, double *dx, double alpha);
fastact_status fastact_entmax_f16(size_t rows, size_t columns, const fastact_f16 *x, fastact_f16 *y, float alpha);
fastact_status fastact_entmax_backward_f16(size_t rows, size_t columns, const fastact_f16 *grad, const fastact_f16 *y, fastact_f16 *dx, float alpha);
fastact_status fastact_entmax_bf16(size_t rows, size_t columns, const fastact_bf16 *x, fastact_bf16 *y, float alpha);
fastact_status fastact_entmax_backward_bf16(size_t rows, size_t columns, const fastact_bf16 *grad, const fastact_bf16 *y, fastact_bf16 *dx, float alpha);

/* mean_squared_error: mean over n of d**2
 * gradient: 2 * d, divided by n
 * gradient_and_hessian: of each loss; the second derivative is 2 */
fastact_status fastact_mean_squared_error_f32(size_t n, const float *pred, const float *target, float *mean);
fastact_status fastact_mean_squared_error_gradient_f32(size_t n, const float *pred, const float *target, float *grad);
fastact_status fastact_mean_squared_error_value_and_gradient_f32(size_t n, const float *pred, const float *target, float *mean, float *grad);
fastact_status fastact_mean_squared_error_gradient_and_hessian_f32(size_t n, const float *pred, const float *target, float *grad, float *hess);
fastact_status fastact_mean_squared_error_f64(size_t n, const double *pred, const double *target, double *mean);
fastact_status fastact_mean_squared_error_gradient_f64(size_t n, const double *pred, const double *target, double *grad);
fastact_status fastact_mean_squared_error_value_and_gradient_f64(size_t n, const double *pred, const double *target, double *mean, double *grad);
fastact_status fastact_mean_squared_error_gradient_and_hessian_f64(size_t n, const double *pred, const double *target, double *grad, double *hess);

/* the same as fastact_mean_squared_error_... */
fastact_status fastact_mse_f32(size_t n, const float *pred, const float *target, float *mean);
fastact_status fastact_mse_gradient_f32(size_t n, const float *pred, const float *target, float *grad);
fastact_status fastact_mse_value_and_gradient_f32(size_t n, const float *pred, const float *target, float *mean, float *grad);
fastact_status fastact_mse_gradient_and_hessian_f32(size_t n, const float *pred, const float *target, float *grad, float *hess);
fastact_status fastact_mse_f64(size_t n, const double *pred, const double *target, double *mean);
fastact_status fastact_mse_gradient_f64(size_t n, const double *pred, const double *target, double *grad);
fastact_status fastact_mse_value_and_gradient_f64(size_t n, const double *pred, const double *target, double *mean, double *grad);
fastact_status fastact_mse_gradient_and_hessian_f64(size_t n, const double *pred, const double *target, double *grad, double *hess);

/* mean_absolute_error: mean over n of abs(d)
 * gradient: sign(d), divided by n
 * gradient_and_hessian: of each loss; the second derivative is 0 */
fastact_status fastact_mean_absolute_error_f32(size_t n, const float *pred, const float *target, float *mean);
fastact_status fastact_mean_absolute_error_gradient_f32(size_t n, const float *pred, const float *target, float *grad);
fastact_status fastact_mean_absolute_error_value_and_gradient_f32(size_t n, const float *pred, const float *target, float *mean, float *grad);
fastact_status fastact_mean_absolute_error_gradient_and_hessian_f32(size_t n, const float *pred, const float *target, float *grad, float *hess);
fastact_status fastact_mean_absolute_error_f64(size_t n, const double *pred, const double *target, double *mean);
fastact_status fastact_mean_absolute_error_gradient_f64(size_t n, const double *pred, const double *target, double *grad);
fastact_status fastact_mean_absolute_error_value_and_gradient_f64(size_t n, const double *pred, const double *target, double *mean, double *grad);
fastact_status fastact_mean_absolute_error_gradient_and_hessian_f64(size_t n, const double *pred, const double *target, double *grad, double *hess);

/* the same as fastact_mean_absolute_error_... */
fastact_status fastact_mae_f32(size_t n, const float *pred, const float *target, float *mean);
fastact_status fastact_mae_gradient_f32(size_t n, const float *pred, const float *target, float *grad);
fastact_status fastact_mae_value_and_gradient_f32(size_t n, const float *pred, const float *target, float *mean, float *grad);
fastact_status fastact_mae_gradient_and_hessian_f32(size_t n, const float *pred, const float *target, float *grad, float *hess);
fastact_status fastact_mae_f64(size_t n, const double *pred, const double *target, double *mean);
fastact_status fastact_mae_gradient_f64(size_t n, const double *pred, const double *target, double *grad);
fastact_status fastact_mae_value_and_gradient_f64(size_t n, const double *pred, const double *target, double *mean, double *grad);
fastact_status fastact_mae_gradient_and_hessian_f64(size_t n, const double *pred, const double *target, double *grad, double *hess);

/* half_squared_error: mean over n of d**2 / 2
 * gradient: d, divided by n
 * gradient_and_hessian: of each loss; the second derivative is 1 */
fastact_status fastact_half_squared_error_f32(size_t n, const float *pred, const float *target, float *mean);
fastact_status fastact_half_squared_error_gradient_f32(size_t n, const float *pred, const float *target, float *grad);
fastact_status fastact_half_squared_error_value_and_gradient_f32(size_t n, const float *pred, const float *target, float *mean, float *grad);
fastact_status fastact_half_squared_error_gradient_and_hessian_f32(size_t n, const float *pred, const float *target, float *grad, float *hess);
fastact_status fastact_half_squared_error_f64(size_t n, const double *pred, const double *target, double *mean);
fastact_status fastact_half_squared_error_gradient_f64(size_t n, const double *pred, const double *target, double *grad);
fastact_status fastact_half_squared_error_value_and_gradient_f64(size_t n, const double *pred, const double *target, double *mean, double *grad);
fastact_status fastact_half_squared_error_gradient_and_hessian_f64(size_t n, const double *pred, const double *target, double *grad, double *hess);

/* huber: mean over n of d**2 / 2 if abs(d) <= delta else delta * (abs(d) - delta / 2); delta = 1.0
 * gradient: d if abs(d) <= delta else delta * sign(d), divided by n
 * gradient_and_hessian: of each loss; the second derivative is 1 if abs(d) <= delta else 0 */
fastact_status fastact_huber_f32(size_t n, const float *pred, const float *target, float *mean, float delta);
fastact_status fastact_huber_gradient_f32(size_t n, const float *pred, const float *target, float *grad, float delta);
fastact_status fastact_huber_value_and_gradient_f32(size_t n, const float *pred, const float *target, float *mean, float *grad, float delta);
fastact_status fastact_huber_gradient_and_hessian_f32(size_t n, const float *pred, const float *target, float *grad, float *hess, float delta);
fastact_status fastact_huber_f64(size_t n, const double *pred, const double *target, double *mean, double delta);
fastact_status fastact_huber_gradient_f64(size_t n, const double *pred, const double *target, double *grad, double delta);
fastact_status fastact_huber_value_and_gradient_f64(size_t n, const double *pred, const double *target, double *mean, double *grad, double delta);
fastact_status fastact_huber_gradient_and_hessian_f64(size_t n, const double *pred, const double *target, double *grad, double *hess, double delta);

/* smooth_l1: mean over n of d**2 / (2 * beta) if abs(d) < beta else abs(d) - beta / 2; beta = 1.0
 * gradient: d / beta if abs(d) < beta else sign(d), divided by n
 * gradient_and_hessian: of each loss; the second derivative is 1 / beta if abs(d) < beta else 0 */
fastact_status fastact_smooth_l1_f32(size_t n, const float *pred, const float *target, float *mean, float beta);
fastact_status fastact_smooth_l1_gradient_f32(size_t n, const float *pred, const float *target, float *grad, float beta);
fastact_status fastact_smooth_l1_value_and_gradient_f32(size_t n, const float *pred, const float *target, float *mean, float *grad, float beta);
fastact_status fastact_smooth_l1_gradient_and_hessian_f32(size_t n, const float *pred, const float *target, float *grad, float *hess, float beta);
fastact_status fastact_smooth_l1_f64(size_t n, const double *pred, const double *target, double *mean, double beta);
fastact_status fastact_smooth_l1_gradient_f64(size_t n, const double *pred, const double *target, double *grad, double beta);
fastact_status fastact_smooth_l1_value_and_gradient_f64(size_t n, const double *pred, const double *target, double *mean, double *grad, double beta);
fastact_status fastact_smooth_l1_gradient_and_hessian_f64(size_t n, const double *pred, const double *target, double *grad, double *hess, double beta);

/* log_cosh: mean over n of log(cosh(d))
 * gradient: tanh(d), divided by n
 * gradient_and_hessian: of each loss; the second derivative is 1 - tanh(d)**2 */
fastact_status fastact_log_cosh_f32(size_t n, const float *pred, const float *target, float *mean);
fastact_status fastact_log_cosh_gradient_f32(size_t n, const float *pred, const float *target, float *grad);
fastact_status fastact_log_cosh_value_and_gradient_f32(size_t n, const float *pred, const float *target, float *mean, float *grad);
fastact_status fastact_log_cosh_gradient_and_hessian_f32(size_t n, const float *pred, const float *target, float *grad, float *hess);
fastact_status fastact_log_cosh_f64(size_t n, const double *pred, const double *target, double *mean);
fastact_status fastact_log_cosh_gradient_f64(size_t n, const double *pred, const double *target, double *grad);
fastact_status fastact_log_cosh_value_and_gradient_f64(size_t n, const double *pred, const double *target, double *mean, double *grad);
fastact_status fastact_log_cosh_gradient_and_hessian_f64(size_t n, const double *pred, const double *target, double *grad, double *hess);

/* hinge: mean over n of max(margin - t * z, 0); margin = 1.0
 * gradient: -t if t * z <= margin else 0, divided by n
 * gradient_and_hessian: of each loss; the second derivative is 0 */
fastact_status fastact_hinge_f32(size_t n, const float *pred, const float *target, float *mean, float margin);
fastact_status fastact_hinge_gradient_f32(size_t n, const float *pred, const float *target, float *grad, float margin);
fastact_status fastact_hinge_value_and_gradient_f32(size_t n, const float *pred, const float *target, float *mean, float *grad, float margin);
fastact_status fastact_hinge_gradient_and_hessian_f32(size_t n, const float *pred, const float *target, float *grad, float *hess, float margin);
fastact_status fastact_hinge_f64(size_t n, const double *pred, const double *target, double *mean, double margin);
fastact_status fastact_hinge_gradient_f64(size_t n, const double *pred, const double *target, double *grad, double margin);
fastact_status fastact_hinge_value_and_gradient_f64(size_t n, const double *pred, const double *target, double *mean, double *grad, double margin);
fastact_status fastact_hinge_gradient_and_hessian_f64(size_t n, const double *pred, const double *target, double *grad, double *hess, double margin);

/* squared_hinge: mean over n of max(margin - t * z, 0)**2; margin = 1.0
 * gradient: -2 * t * max(margin - t * z, 0), divided by n
 * gradient_and_hessian: of each loss; the second derivative is 2 * t**2 if t * z < margin else 0 */
fastact_status fastact_squared_hinge_f32(size_t n, const float *pred, const float *target, float *mean, float margin);
fastact_status fastact_squared_hinge_gradient_f32(size_t n, const float *pred, const float *target, float *grad, float margin);
fastact_status fastact_squared_hinge_value_and_gradient_f32(size_t n, const float *pred, const float *target, float *mean, float *grad, float margin);
fastact_status fastact_squared_hinge_gradient_and_hessian_f32(size_t n, const float *pred, const float *target, float *grad, float *hess, float margin);
fastact_status fastact_squared_hinge_f64(size_t n, const double *pred, const double *target, double *mean, double margin);
fastact_status fastact_squared_hinge_gradient_f64(size_t n, const double *pred, const double *target, double *grad, double margin);
fastact_status fastact_squared_hinge_value_and_gradient_f64(size_t n, const double *pred, const double *target, double *mean, double *grad, double margin);
fastact_status fastact_squared_hinge_gradient_and_hessian_f64(size_t n, const double *pred, const double *target, double *grad, double *hess, double margin);

/* binary_cross_entropy_with_logits: mean over n of (1 - t) * log(1 + exp(z)) + pos_weight * t * log(1 + exp(-z)); pos_weight = 1.0, label_smoothing = 0.0
 * gradient: (1 - t) * sigmoid(z) - pos_weight * t * sigmoid(-z), divided by n
 * gradient_and_hessian: of each loss; the second derivative is (1 - t + pos_weight * t) * sigmoid(z) * sigmoid(-z) */
fastact_status fastact_binary_cross_entropy_with_logits_f32(size_t n, const float *pred, const float *target, float *mean, float pos_weight, float label_smoothing);
fastact_status fastact_binary_cross_entropy_with_logits_gradient_f32(size_t n, const float *pred, const float *target, float *grad, float pos_weight, float label_smoothing);
fastact_status fastact_binary_cross_entropy_with_logits_value_and_gradient_f32(size_t n, const float *pred, const float *target, float *mean, float *grad, float pos_weight, float label_smoothing);
fastact_status fastact_binary_cross_entropy_with_logits_gradient_and_hessian_f32(size_t n, const float *pred, const float *target, float *grad, float *hess, float pos_weight, float label_smoothing);
fastact_status fastact_binary_cross_entropy_with_logits_f64(size_t n, const double *pred, const double *target, double *mean, double pos_weight, double label_smoothing);
fastact_status fastact_binary_cross_entropy_with_logits_gradient_f64(size_t n, const double *pred, const double *target, double *grad, double pos_weight, double label_smoothing);
fastact_status fastact_binary_cross_entropy_with_logits_value_and_gradient_f64(size_t n, const double *pred, const double *target, double *mean, double *grad, double pos_weight, double label_smoothing);
fastact_status fastact_binary_cross_entropy_with_logits_gradient_and_hessian_f64(size_t n, const double *pred, const double *target, double *grad, double *hess, double pos_weight, double label_smoothing);

/* binary_cross_entropy: mean over n of -(t * log(z) + (1 - t) * log(1 - z)); clip = -100.0, base = 0.0, label_smoothing = 0.0
 * gradient: (z - t) / (z * (1 - z)), divided by n
 * gradient_and_hessian: of each loss; the second derivative is t / z**2 + (1 - t) / (1 - z)**2 */
fastact_status fastact_binary_cross_entropy_f32(size_t n, const float *pred, const float *target, float *mean, float clip, float base, float label_smoothing);
fastact_status fastact_binary_cross_entropy_gradient_f32(size_t n, const float *pred, const float *target, float *grad, float clip, float base, float label_smoothing);
fastact_status fastact_binary_cross_entropy_value_and_gradient_f32(size_t n, const float *pred, const float *target, float *mean, float *grad, float clip, float base, float label_smoothing);
fastact_status fastact_binary_cross_entropy_gradient_and_hessian_f32(size_t n, const float *pred, const float *target, float *grad, float *hess, float clip, float base, float label_smoothing);
fastact_status fastact_binary_cross_entropy_f64(size_t n, const double *pred, const double *target, double *mean, double clip, double base, double label_smoothing);
fastact_status fastact_binary_cross_entropy_gradient_f64(size_t n, const double *pred, const double *target, double *grad, double clip, double base, double label_smoothing);
fastact_status fastact_binary_cross_entropy_value_and_gradient_f64(size_t n, const double *pred, const double *target, double *mean, double *grad, double clip, double base, double label_smoothing);
fastact_status fastact_binary_cross_entropy_gradient_and_hessian_f64(size_t n, const double *pred, const double *target, double *grad, double *hess, double clip, double base, double label_smoothing);

/* sigmoid_focal: mean over n of w * u**gamma * c, u = t * (1 - s) + (1 - t) * s, s = sigmoid(z), c = binary_cross_entropy_with_logits, w = t * alpha + (1 - t) * (1 - alpha) or 1; alpha = -1.0, gamma = 2.0, label_smoothing = 0.0
 * gradient: w * u**gamma * (gamma * k * c + s - t), k = (1 - 2 * t) * s * (1 - s) / u, divided by n
 * gradient_and_hessian: of each loss; the second derivative is w * u**gamma * (gamma * (gamma - 1) * k**2 * c + gamma * k * ((1 - 2 * s) * c + 2 * (s - t)) + s * (1 - s)) */
fastact_status fastact_sigmoid_focal_f32(size_t n, const float *pred, const float *target, float *mean, float alpha, float gamma, float label_smoothing);
fastact_status fastact_sigmoid_focal_gradient_f32(size_t n, const float *pred, const float *target, float *grad, float alpha, float gamma, float label_smoothing);
fastact_status fastact_sigmoid_focal_value_and_gradient_f32(size_t n, const float *pred, const float *target, float *mean, float *grad, float alpha, float gamma, float label_smoothing);
fastact_status fastact_sigmoid_focal_gradient_and_hessian_f32(size_t n, const float *pred, const float *target, float *grad, float *hess, float alpha, float gamma, float label_smoothing);
fastact_status fastact_sigmoid_focal_f64(size_t n, const double *pred, const double *target, double *mean, double alpha, double gamma, double label_smoothing);
fastact_status fastact_sigmoid_focal_gradient_f64(size_t n, const double *pred, const double *target, double *grad, double alpha, double gamma, double label_smoothing);
fastact_status fastact_sigmoid_focal_value_and_gradient_f64(size_t n, const double *pred, const double *target, double *mean, double *grad, double alpha, double gamma, double label_smoothing);
fastact_status fastact_sigmoid_focal_gradient_and_hessian_f64(size_t n, const double *pred, const double *target, double *grad, double *hess, double alpha, double gamma, double label_smoothing);

/* kl_div: mean over n of t * (log(t) - z), or exp(t) * (t - z) where log_target; log_target = 0.0
 * gradient: -t, or -exp(t), divided by n
 * gradient_and_hessian: of each loss; the second derivative is 0 */
fastact_status fastact_kl_div_f32(size_t n, const float *pred, const float *target, float *mean, float log_target);
fastact_status fastact_kl_div_gradient_f32(size_t n, const float *pred, const float *target, float *grad, float log_target);
fastact_status fastact_kl_div_value_and_gradient_f32(size_t n, const float *pred, const float *target, float *mean, float *grad, float log_target);
fastact_status fastact_kl_div_gradient_and_hessian_f32(size_t n, const float *pred, const float *target, float *grad, float *hess, float log_target);
fastact_status fastact_kl_div_f64(size_t n, const double *pred, const double *target, double *mean, double log_target);
fastact_status fastact_kl_div_gradient_f64(size_t n, const double *pred, const double *target, double *grad, double log_target);
fastact_status fastact_kl_div_value_and_gradient_f64(size_t n, const double *pred, const double *target, double *mean, double *grad, double log_target);
fastact_status fastact_kl_div_gradient_and_hessian_f64(size_t n, const double *pred, const double *target, double *grad, double *hess, double log_target);

/* pinball: mean over n of (1 - quantile) * d if d > 0 else -quantile * d; quantile = 0.5
 * gradient: 1 - quantile if d > 0, -quantile if d < 0, else 0, divided by n
 * gradient_and_hessian: of each loss; the second derivative is 0 */
fastact_status fastact_pinball_f32(size_t n, const float *pred, const float *target, float *mean, float quantile);
fastact_status fastact_pinball_gradient_f32(size_t n, const float *pred, const float *target, float *grad, float quantile);
fastact_status fastact_pinball_value_and_gradient_f32(size_t n, const float *pred, const float *target, float *mean, float *grad, float quantile);
fastact_status fastact_pinball_gradient_and_hessian_f32(size_t n, const float *pred, const float *target, float *grad, float *hess, float quantile);
fastact_status fastact_pinball_f64(size_t n, const double *pred, const double *target, double *mean, double quantile);
fastact_status fastact_pinball_gradient_f64(size_t n, const double *pred, const double *target, double *grad, double quantile);
fastact_status fastact_pinball_value_and_gradient_f64(size_t n, const double *pred, const double *target, double *mean, double *grad, double quantile);
fastact_status fastact_pinball_gradient_and_hessian_f64(size_t n, const double *pred, const double *target, double *grad, double *hess, double quantile);

/* pseudo_huber: mean over n of delta**2 * (sqrt(1 + (d / delta)**2) - 1); delta = 1.0
 * gradient: d / sqrt(1 + (d / delta)**2), divided by n
 * gradient_and_hessian: of each loss; the second derivative is (1 + (d / delta)**2)**-1.5 */
fastact_status fastact_pseudo_huber_f32(size_t n, const float *pred, const float *target, float *mean, float delta);
fastact_status fastact_pseudo_huber_gradient_f32(size_t n, const float *pred, const float *target, float *grad, float delta);
fastact_status fastact_pseudo_huber_value_and_gradient_f32(size_t n, const float *pred, const float *target, float *mean, float *grad, float delta);
fastact_status fastact_pseudo_huber_gradient_and_hessian_f32(size_t n, const float *pred, const float *target, float *grad, float *hess, float delta);
fastact_status fastact_pseudo_huber_f64(size_t n, const double *pred, const double *target, double *mean, double delta);
fastact_status fastact_pseudo_huber_gradient_f64(size_t n, const double *pred, const double *target, double *grad, double delta);
fastact_status fastact_pseudo_huber_value_and_gradient_f64(size_t n, const double *pred, const double *target, double *mean, double *grad, double delta);
fastact_status fastact_pseudo_huber_gradient_and_hessian_f64(size_t n, const double *pred, const double *target, double *grad, double *hess, double delta);

/* half_poisson: mean over n of exp(z) - t * z
 * gradient: exp(z) - t, divided by n
 * gradient_and_hessian: of each loss; the second derivative is exp(z) */
fastact_status fastact_half_poisson_f32(size_t n, const float *pred, const float *target, float *mean);
fastact_status fastact_half_poisson_gradient_f32(size_t n, const float *pred, const float *target, float *grad);
fastact_status fastact_half_poisson_value_and_gradient_f32(size_t n, const float *pred, const float *target, float *mean, float *grad);
fastact_status fastact_half_poisson_gradient_and_hessian_f32(size_t n, const float *pred, const float *target, float *grad, float *hess);
fastact_status fastact_half_poisson_f64(size_t n, const double *pred, const double *target, double *mean);
fastact_status fastact_half_poisson_gradient_f64(size_t n, const double *pred, const double *target, double *grad);
fastact_status fastact_half_poisson_value_and_gradient_f64(size_t n, const double *pred, const double *target, double *mean, double *grad);
fastact_status fastact_half_poisson_gradient_and_hessian_f64(size_t n, const double *pred, const double *target, double *grad, double *hess);

/* half_gamma: mean over n of z + t * exp(-z)
 * gradient: 1 - t * exp(-z), divided by n
 * gradient_and_hessian: of each loss; the second derivative is t * exp(-z) */
fastact_status fastact_half_gamma_f32(size_t n, const float *pred, const float *target, float *mean);
fastact_status fastact_half_gamma_gradient_f32(size_t n, const float *pred, const float *target, float *grad);
fastact_status fastact_half_gamma_value_and_gradient_f32(size_t n, const float *pred, const float *target, float *mean, float *grad);
fastact_status fastact_half_gamma_gradient_and_hessian_f32(size_t n, const float *pred, const float *target, float *grad, float *hess);
fastact_status fastact_half_gamma_f64(size_t n, const double *pred, const double *target, double *mean);
fastact_status fastact_half_gamma_gradient_f64(size_t n, const double *pred, const double *target, double *grad);
fastact_status fastact_half_gamma_value_and_gradient_f64(size_t n, const double *pred, const double *target, double *mean, double *grad);
fastact_status fastact_half_gamma_gradient_and_hessian_f64(size_t n, const double *pred, const double *target, double *grad, double *hess);

/* logistic_margin: mean over n of log(1 + exp(-t * z))
 * gradient: -t * sigmoid(-t * z), divided by n
 * gradient_and_hessian: of each loss; the second derivative is t**2 * sigmoid(t * z) * sigmoid(-t * z) */
fastact_status fastact_logistic_margin_f32(size_t n, const float *pred, const float *target, float *mean);
fastact_status fastact_logistic_margin_gradient_f32(size_t n, const float *pred, const float *target, float *grad);
fastact_status fastact_logistic_margin_value_and_gradient_f32(size_t n, const float *pred, const float *target, float *mean, float *grad);
fastact_status fastact_logistic_margin_gradient_and_hessian_f32(size_t n, const float *pred, const float *target, float *grad, float *hess);
fastact_status fastact_logistic_margin_f64(size_t n, const double *pred, const double *target, double *mean);
fastact_status fastact_logistic_margin_gradient_f64(size_t n, const double *pred, const double *target, double *grad);
fastact_status fastact_logistic_margin_value_and_gradient_f64(size_t n, const double *pred, const double *target, double *mean, double *grad);
fastact_status fastact_logistic_margin_gradient_and_hessian_f64(size_t n, const double *pred, const double *target, double *grad, double *hess);

/* perceptron: mean over n of max(-t * z, 0)
 * gradient: -t if t * z <= 0 else 0, divided by n
 * gradient_and_hessian: of each loss; the second derivative is 0 */
fastact_status fastact_perceptron_f32(size_t n, const float *pred, const float *target, float *mean);
fastact_status fastact_perceptron_gradient_f32(size_t n, const float *pred, const float *target, float *grad);
fastact_status fastact_perceptron_value_and_gradient_f32(size_t n, const float *pred, const float *target, float *mean, float *grad);
fastact_status fastact_perceptron_gradient_and_hessian_f32(size_t n, const float *pred, const float *target, float *grad, float *hess);
fastact_status fastact_perceptron_f64(size_t n, const double *pred, const double *target, double *mean);
fastact_status fastact_perceptron_gradient_f64(size_t n, const double *pred, const double *target, double *grad);
fastact_status fastact_perceptron_value_and_gradient_f64(size_t n, const double *pred, const double *target, double *mean, double *grad);
fastact_status fastact_perceptron_gradient_and_hessian_f64(size_t n, const double *pred, const double *target, double *grad, double *hess);

/* modified_huber: mean over n of max(1 - t * z, 0)**2 if t * z >= -1 else -4 * t * z
 * gradient: -2 * t * max(1 - t * z, 0) if t * z >= -1 else -4 * t, divided by n
 * gradient_and_hessian: of each loss; the second derivative is 2 * t**2 if -1 <= t * z < 1 else 0 */
fastact_status fastact_modified_huber_f32(size_t n, const float *pred, const float *target, float *mean);
fastact_status fastact_modified_huber_gradient_f32(size_t n, const float *pred, const float *target, float *grad);
fastact_status fastact_modified_huber_value_and_gradient_f32(size_t n, const float *pred, const float *target, float *mean, float *grad);
fastact_status fastact_modified_huber_gradient_and_hessian_f32(size_t n, const float *pred, const float *target, float *grad, float *hess);
fastact_status fastact_modified_huber_f64(size_t n, const double *pred, const double *target, double *mean);
fastact_status fastact_modified_huber_gradient_f64(size_t n, const double *pred, const double *target, double *grad);
fastact_status fastact_modified_huber_value_and_gradient_f64(size_t n, const double *pred, const double *target, double *mean, double *grad);
fastact_status fastact_modified_huber_gradient_and_hessian_f64(size_t n, const double *pred, const double *target, double *grad, double *hess);

/* exponential_loss: mean over n of t * exp(-z) + (1 - t) * exp(z)
 * gradient: (1 - t) * exp(z) - t * exp(-z), divided by n
 * gradient_and_hessian: of each loss; the second derivative is t * exp(-z) + (1 - t) * exp(z) */
fastact_status fastact_exponential_loss_f32(size_t n, const float *pred, const float *target, float *mean);
fastact_status fastact_exponential_loss_gradient_f32(size_t n, const float *pred, const float *target, float *grad);
fastact_status fastact_exponential_loss_value_and_gradient_f32(size_t n, const float *pred, const float *target, float *mean, float *grad);
fastact_status fastact_exponential_loss_gradient_and_hessian_f32(size_t n, const float *pred, const float *target, float *grad, float *hess);
fastact_status fastact_exponential_loss_f64(size_t n, const double *pred, const double *target, double *mean);
fastact_status fastact_exponential_loss_gradient_f64(size_t n, const double *pred, const double *target, double *grad);
fastact_status fastact_exponential_loss_value_and_gradient_f64(size_t n, const double *pred, const double *target, double *mean, double *grad);
fastact_status fastact_exponential_loss_gradient_and_hessian_f64(size_t n, const double *pred, const double *target, double *grad, double *hess);

/* expectile: mean over n of (alpha if d < 0 else 1 - alpha) * d**2; alpha = 0.5
 * gradient: 2 * (alpha if d < 0 else 1 - alpha) * d, divided by n
 * gradient_and_hessian: of each loss; the second derivative is 2 * (alpha if d < 0 else 1 - alpha) */
fastact_status fastact_expectile_f32(size_t n, const float *pred, const float *target, float *mean, float alpha);
fastact_status fastact_expectile_gradient_f32(size_t n, const float *pred, const float *target, float *grad, float alpha);
fastact_status fastact_expectile_value_and_gradient_f32(size_t n, const float *pred, const float *target, float *mean, float *grad, float alpha);
fastact_status fastact_expectile_gradient_and_hessian_f32(size_t n, const float *pred, const float *target, float *grad, float *hess, float alpha);
fastact_status fastact_expectile_f64(size_t n, const double *pred, const double *target, double *mean, double alpha);
fastact_status fastact_expectile_gradient_f64(size_t n, const double *pred, const double *target, double *grad, double alpha);
fastact_status fastact_expectile_value_and_gradient_f64(size_t n, const double *pred, const double *target, double *mean, double *grad, double alpha);
fastact_status fastact_expectile_gradient_and_hessian_f64(size_t n, const double *pred, const double *target, double *grad, double *hess, double alpha);

/* fair: mean over n of c**2 * (abs(d) / c - log(1 + abs(d) / c)); c = 1.0
 * gradient: c * d / (abs(d) + c), divided by n
 * gradient_and_hessian: of each loss; the second derivative is c**2 / (abs(d) + c)**2 */
fastact_status fastact_fair_f32(size_t n, const float *pred, const float *target, float *mean, float c);
fastact_status fastact_fair_gradient_f32(size_t n, const float *pred, const float *target, float *grad, float c);
fastact_status fastact_fair_value_and_gradient_f32(size_t n, const float *pred, const float *target, float *mean, float *grad, float c);
fastact_status fastact_fair_gradient_and_hessian_f32(size_t n, const float *pred, const float *target, float *grad, float *hess, float c);
fastact_status fastact_fair_f64(size_t n, const double *pred, const double *target, double *mean, double c);
fastact_status fastact_fair_gradient_f64(size_t n, const double *pred, const double *target, double *grad, double c);
fastact_status fastact_fair_value_and_gradient_f64(size_t n, const double *pred, const double *target, double *mean, double *grad, double c);
fastact_status fastact_fair_gradient_and_hessian_f64(size_t n, const double *pred, const double *target, double *grad, double *hess, double c);

/* cauchy: mean over n of log(1 + d**2 / 2)
 * gradient: d / (1 + d**2 / 2), divided by n
 * gradient_and_hessian: of each loss; the second derivative is (1 - d**2 / 2) / (1 + d**2 / 2)**2 */
fastact_status fastact_cauchy_f32(size_t n, const float *pred, const float *target, float *mean);
fastact_status fastact_cauchy_gradient_f32(size_t n, const float *pred, const float *target, float *grad);
fastact_status fastact_cauchy_value_and_gradient_f32(size_t n, const float *pred, const float *target, float *mean, float *grad);
fastact_status fastact_cauchy_gradient_and_hessian_f32(size_t n, const float *pred, const float *target, float *grad, float *hess);
fastact_status fastact_cauchy_f64(size_t n, const double *pred, const double *target, double *mean);
fastact_status fastact_cauchy_gradient_f64(size_t n, const double *pred, const double *target, double *grad);
fastact_status fastact_cauchy_value_and_gradient_f64(size_t n, const double *pred, const double *target, double *mean, double *grad);
fastact_status fastact_cauchy_gradient_and_hessian_f64(size_t n, const double *pred, const double *target, double *grad, double *hess);

/* geman_mcclure: mean over n of 2 * d**2 / (d**2 + 4)
 * gradient: 16 * d / (d**2 + 4)**2, divided by n
 * gradient_and_hessian: of each loss; the second derivative is 16 * (4 - 3 * d**2) / (d**2 + 4)**3 */
fastact_status fastact_geman_mcclure_f32(size_t n, const float *pred, const float *target, float *mean);
fastact_status fastact_geman_mcclure_gradient_f32(size_t n, const float *pred, const float *target, float *grad);
fastact_status fastact_geman_mcclure_value_and_gradient_f32(size_t n, const float *pred, const float *target, float *mean, float *grad);
fastact_status fastact_geman_mcclure_gradient_and_hessian_f32(size_t n, const float *pred, const float *target, float *grad, float *hess);
fastact_status fastact_geman_mcclure_f64(size_t n, const double *pred, const double *target, double *mean);
fastact_status fastact_geman_mcclure_gradient_f64(size_t n, const double *pred, const double *target, double *grad);
fastact_status fastact_geman_mcclure_value_and_gradient_f64(size_t n, const double *pred, const double *target, double *mean, double *grad);
fastact_status fastact_geman_mcclure_gradient_and_hessian_f64(size_t n, const double *pred, const double *target, double *grad, double *hess);

/* welsch: mean over n of 1 - exp(-d**2 / 2)
 * gradient: d * exp(-d**2 / 2), divided by n
 * gradient_and_hessian: of each loss; the second derivative is (1 - d**2) * exp(-d**2 / 2) */
fastact_status fastact_welsch_f32(size_t n, const float *pred, const float *target, float *mean);
fastact_status fastact_welsch_gradient_f32(size_t n, const float *pred, const float *target, float *grad);
fastact_status fastact_welsch_value_and_gradient_f32(size_t n, const float *pred, const float *target, float *mean, float *grad);
fastact_status fastact_welsch_gradient_and_hessian_f32(size_t n, const float *pred, const float *target, float *grad, float *hess);
fastact_status fastact_welsch_f64(size_t n, const double *pred, const double *target, double *mean);
fastact_status fastact_welsch_gradient_f64(size_t n, const double *pred, const double *target, double *grad);
fastact_status fastact_welsch_value_and_gradient_f64(size_t n, const double *pred, const double *target, double *mean, double *grad);
fastact_status fastact_welsch_gradient_and_hessian_f64(size_t n, const double *pred, const double *target, double *grad, double *hess);

/* epsilon_insensitive: mean over n of max(abs(d) - epsilon, 0); epsilon = 0.1
 * gradient: sign(d) if abs(d) > epsilon else 0, divided by n
 * gradient_and_hessian: of each loss; the second derivative is 0 */
fastact_status fastact_epsilon_insensitive_f32(size_t n, const float *pred, const float *target, float *mean, float epsilon);
fastact_status fastact_epsilon_insensitive_gradient_f32(size_t n, const float *pred, const float *target, float *grad, float epsilon);
fastact_status fastact_epsilon_insensitive_value_and_gradient_f32(size_t n, const float *pred, const float *target, float *mean, float *grad, float epsilon);
fastact_status fastact_epsilon_insensitive_gradient_and_hessian_f32(size_t n, const float *pred, const float *target, float *grad, float *hess, float epsilon);
fastact_status fastact_epsilon_insensitive_f64(size_t n, const double *pred, const double *target, double *mean, double epsilon);
fastact_status fastact_epsilon_insensitive_gradient_f64(size_t n, const double *pred, const double *target, double *grad, double epsilon);
fastact_status fastact_epsilon_insensitive_value_and_gradient_f64(size_t n, const double *pred, const double *target, double *mean, double *grad, double epsilon);
fastact_status fastact_epsilon_insensitive_gradient_and_hessian_f64(size_t n, const double *pred, const double *target, double *grad, double *hess, double epsilon);

/* squared_epsilon_insensitive: mean over n of max(abs(d) - epsilon, 0)**2; epsilon = 0.1
 * gradient: 2 * sign(d) * max(abs(d) - epsilon, 0), divided by n
 * gradient_and_hessian: of each loss; the second derivative is 2 if abs(d) > epsilon else 0 */
fastact_status fastact_squared_epsilon_insensitive_f32(size_t n, const float *pred, const float *target, float *mean, float epsilon);
fastact_status fastact_squared_epsilon_insensitive_gradient_f32(size_t n, const float *pred, const float *target, float *grad, float epsilon);
fastact_status fastact_squared_epsilon_insensitive_value_and_gradient_f32(size_t n, const float *pred, const float *target, float *mean, float *grad, float epsilon);
fastact_status fastact_squared_epsilon_insensitive_gradient_and_hessian_f32(size_t n, const float *pred, const float *target, float *grad, float *hess, float epsilon);
fastact_status fastact_squared_epsilon_insensitive_f64(size_t n, const double *pred, const double *target, double *mean, double epsilon);
fastact_status fastact_squared_epsilon_insensitive_gradient_f64(size_t n, const double *pred, const double *target, double *grad, double epsilon);
fastact_status fastact_squared_epsilon_insensitive_value_and_gradient_f64(size_t n, const double *pred, const double *target, double *mean, double *grad, double epsilon);
fastact_status fastact_squared_epsilon_insensitive_gradient_and_hessian_f64(size_t n, const double *pred, const double *target, double *grad, double *hess, double epsilon);

/* wing: mean over n of width * log(1 + m / curvature) + abs(d) - m with m = min(abs(d), width); width = 5.0, curvature = 0.5
 * gradient: width * sign(d) / (curvature + abs(d)) if abs(d) < width else sign(d), divided by n
 * gradient_and_hessian: of each loss; the second derivative is -width / (curvature + abs(d))**2 if abs(d) < width else 0 */
fastact_status fastact_wing_f32(size_t n, const float *pred, const float *target, float *mean, float width, float curvature);
fastact_status fastact_wing_gradient_f32(size_t n, const float *pred, const float *target, float *grad, float width, float curvature);
fastact_status fastact_wing_value_and_gradient_f32(size_t n, const float *pred, const float *target, float *mean, float *grad, float width, float curvature);
fastact_status fastact_wing_gradient_and_hessian_f32(size_t n, const float *pred, const float *target, float *grad, float *hess, float width, float curvature);
fastact_status fastact_wing_f64(size_t n, const double *pred, const double *target, double *mean, double width, double curvature);
fastact_status fastact_wing_gradient_f64(size_t n, const double *pred, const double *target, double *grad, double width, double curvature);
fastact_status fastact_wing_value_and_gradient_f64(size_t n, const double *pred, const double *target, double *mean, double *grad, double width, double curvature);
fastact_status fastact_wing_gradient_and_hessian_f64(size_t n, const double *pred, const double *target, double *grad, double *hess, double width, double curvature);

/* mean_absolute_percentage_error: mean over n of 100 * abs(d) / max(abs(t), eps); eps = 1e-7
 * gradient: 100 * sign(d) / max(abs(t), eps), divided by n
 * gradient_and_hessian: of each loss; the second derivative is 0 */
fastact_status fastact_mean_absolute_percentage_error_f32(size_t n, const float *pred, const float *target, float *mean, float eps);
fastact_status fastact_mean_absolute_percentage_error_gradient_f32(size_t n, const float *pred, const float *target, float *grad, float eps);
fastact_status fastact_mean_absolute_percentage_error_value_and_gradient_f32(size_t n, const float *pred, const float *target, float *mean, float *grad, float eps);
fastact_status fastact_mean_absolute_percentage_error_gradient_and_hessian_f32(size_t n, const float *pred, const float *target, float *grad, float *hess, float eps);
fastact_status fastact_mean_absolute_percentage_error_f64(size_t n, const double *pred, const double *target, double *mean, double eps);
fastact_status fastact_mean_absolute_percentage_error_gradient_f64(size_t n, const double *pred, const double *target, double *grad, double eps);
fastact_status fastact_mean_absolute_percentage_error_value_and_gradient_f64(size_t n, const double *pred, const double *target, double *mean, double *grad, double eps);
fastact_status fastact_mean_absolute_percentage_error_gradient_and_hessian_f64(size_t n, const double *pred, const double *target, double *grad, double *hess, double eps);

/* mean_squared_logarithmic_error: mean over n of D**2 with D = log(1 + max(z, eps)) - log(1 + max(t, eps)); eps = 1e-7
 * gradient: 2 * D / (1 + z) if z >= eps else 0, divided by n
 * gradient_and_hessian: of each loss; the second derivative is 2 * (1 - D) / (1 + z)**2 if z >= eps else 0 */
fastact_status fastact_mean_squared_logarithmic_error_f32(size_t n, const float *pred, const float *target, float *mean, float eps);
fastact_status fastact_mean_squared_logarithmic_error_gradient_f32(size_t n, const float *pred, const float *target, float *grad, float eps);
fastact_status fastact_mean_squared_logarithmic_error_value_and_gradient_f32(size_t n, const float *pred, const float *target, float *mean, float *grad, float eps);
fastact_status fastact_mean_squared_logarithmic_error_gradient_and_hessian_f32(size_t n, const float *pred, const float *target, float *grad, float *hess, float eps);
fastact_status fastact_mean_squared_logarithmic_error_f64(size_t n, const double *pred, const double *target, double *mean, double eps);
fastact_status fastact_mean_squared_logarithmic_error_gradient_f64(size_t n, const double *pred, const double *target, double *grad, double eps);
fastact_status fastact_mean_squared_logarithmic_error_value_and_gradient_f64(size_t n, const double *pred, const double *target, double *mean, double *grad, double eps);
fastact_status fastact_mean_squared_logarithmic_error_gradient_and_hessian_f64(size_t n, const double *pred, const double *target, double *grad, double *hess, double eps);

/* poisson_nll: mean over n of exp(z) - t * z if log_input else z - t * log(z + eps); if full and t > 1: + t * log(t) - t + log(2 * pi * t) / 2; log_input = 1.0, full = 0.0, eps = 1e-8
 * gradient: exp(z) - t if log_input else 1 - t / (z + eps), divided by n
 * gradient_and_hessian: of each loss; the second derivative is exp(z) if log_input else t / (z + eps)**2 */
fastact_status fastact_poisson_nll_f32(size_t n, const float *pred, const float *target, float *mean, float log_input, float full, float eps);
fastact_status fastact_poisson_nll_gradient_f32(size_t n, const float *pred, const float *target, float *grad, float log_input, float full, float eps);
fastact_status fastact_poisson_nll_value_and_gradient_f32(size_t n, const float *pred, const float *target, float *mean, float *grad, float log_input, float full, float eps);
fastact_status fastact_poisson_nll_gradient_and_hessian_f32(size_t n, const float *pred, const float *target, float *grad, float *hess, float log_input, float full, float eps);
fastact_status fastact_poisson_nll_f64(size_t n, const double *pred, const double *target, double *mean, double log_input, double full, double eps);
fastact_status fastact_poisson_nll_gradient_f64(size_t n, const double *pred, const double *target, double *grad, double log_input, double full, double eps);
fastact_status fastact_poisson_nll_value_and_gradient_f64(size_t n, const double *pred, const double *target, double *mean, double *grad, double log_input, double full, double eps);
fastact_status fastact_poisson_nll_gradient_and_hessian_f64(size_t n, const double *pred, const double *target, double *grad, double *hess, double log_input, double full, double eps);

/* half_tweedie: mean over n of exp(a * z) / a - t * exp(b * z) / b with a = 2 - power, b = 1 - power; power 0: (exp(z) - t)**2 / 2, 1: half_poisson, 2: half_gamma; power = 1.5
 * gradient: exp(a * z) - t * exp(b * z), divided by n
 * gradient_and_hessian: of each loss; the second derivative is a * exp(a * z) - b * t * exp(b * z) */
fastact_status fastact_half_tweedie_f32(size_t n, const float *pred, const float *target, float *mean, float power);
fastact_status fastact_half_tweedie_gradient_f32(size_t n, const float *pred, const float *target, float *grad, float power);
fastact_status fastact_half_tweedie_value_and_gradient_f32(size_t n, const float *pred, const float *target, float *mean, float *grad, float power);
fastact_status fastact_half_tweedie_gradient_and_hessian_f32(size_t n, const float *pred, const float *target, float *grad, float *hess, float power);
fastact_status fastact_half_tweedie_f64(size_t n, const double *pred, const double *target, double *mean, double power);
fastact_status fastact_half_tweedie_gradient_f64(size_t n, const double *pred, const double *target, double *grad, double power);
fastact_status fastact_half_tweedie_value_and_gradient_f64(size_t n, const double *pred, const double *target, double *mean, double *grad, double power);
fastact_status fastact_half_tweedie_gradient_and_hessian_f64(size_t n, const double *pred, const double *target, double *grad, double *hess, double power);

/* half_tweedie_identity: mean over n of z**(2 - r) / (2 - r) - t * z**(1 - r) / (1 - r) + t**(2 - r) / ((1 - r) * (2 - r)), r = power; 0: d**2 / 2, 1: t * log(t / z) + d, 2: log(z / t) + t / z - 1; power = 1.5
 * gradient: d * z**-r, divided by n
 * gradient_and_hessian: of each loss; the second derivative is z**-r * (1 - r + r * t / z) */
fastact_status fastact_half_tweedie_identity_f32(size_t n, const float *pred, const float *target, float *mean, float power);
fastact_status fastact_half_tweedie_identity_gradient_f32(size_t n, const float *pred, const float *target, float *grad, float power);
fastact_status fastact_half_tweedie_identity_value_and_gradient_f32(size_t n, const float *pred, const float *target, float *mean, float *grad, float power);
fastact_status fastact_half_tweedie_identity_gradient_and_hessian_f32(size_t n, const float *pred, const float *target, float *grad, float *hess, float power);
fastact_status fastact_half_tweedie_identity_f64(size_t n, const double *pred, const double *target, double *mean, double power);
fastact_status fastact_half_tweedie_identity_gradient_f64(size_t n, const double *pred, const double *target, double *grad, double power);
fastact_status fastact_half_tweedie_identity_value_and_gradient_f64(size_t n, const double *pred, const double *target, double *mean, double *grad, double power);
fastact_status fastact_half_tweedie_identity_gradient_and_hessian_f64(size_t n, const double *pred, const double *target, double *grad, double *hess, double power);

/* lq: mean over n of abs(d)**q; q = 2.0
 * gradient: q * abs(d)**(q - 1) * sign(d), divided by n
 * gradient_and_hessian: of each loss; the second derivative is q * (q - 1) * abs(d)**(q - 2) */
fastact_status fastact_lq_f32(size_t n, const float *pred, const float *target, float *mean, float q);
fastact_status fastact_lq_gradient_f32(size_t n, const float *pred, const float *target, float *grad, float q);
fastact_status fastact_lq_value_and_gradient_f32(size_t n, const float *pred, const float *target, float *mean, float *grad, float q);
fastact_status fastact_lq_gradient_and_hessian_f32(size_t n, const float *pred, const float *target, float *grad, float *hess, float q);
fastact_status fastact_lq_f64(size_t n, const double *pred, const double *target, double *mean, double q);
fastact_status fastact_lq_gradient_f64(size_t n, const double *pred, const double *target, double *grad, double q);
fastact_status fastact_lq_value_and_gradient_f64(size_t n, const double *pred, const double *target, double *mean, double *grad, double q);
fastact_status fastact_lq_gradient_and_hessian_f64(size_t n, const double *pred, const double *target, double *grad, double *hess, double q);

/* js_div: mean over n of (z * log(z / m) + t * log(t / m)) / 2, m = (z + t) / 2
 * gradient: log(z / m) / 2, divided by n
 * gradient_and_hessian: of each loss; the second derivative is t / (2 * z * (z + t)) */
fastact_status fastact_js_div_f32(size_t n, const float *pred, const float *target, float *mean);
fastact_status fastact_js_div_gradient_f32(size_t n, const float *pred, const float *target, float *grad);
fastact_status fastact_js_div_value_and_gradient_f32(size_t n, const float *pred, const float *target, float *mean, float *grad);
fastact_status fastact_js_div_gradient_and_hessian_f32(size_t n, const float *pred, const float *target, float *grad, float *hess);
fastact_status fastact_js_div_f64(size_t n, const double *pred, const double *target, double *mean);
fastact_status fastact_js_div_gradient_f64(size_t n, const double *pred, const double *target, double *grad);
fastact_status fastact_js_div_value_and_gradient_f64(size_t n, const double *pred, const double *target, double *mean, double *grad);
fastact_status fastact_js_div_gradient_and_hessian_f64(size_t n, const double *pred, const double *target, double *grad, double *hess);

/* asymmetric_multilabel: mean over n of c * u**g, c = -(t * log(max(s, eps)) + (1 - t) * log(max(n, eps))), u = 1 - s * t - n * (1 - t), g = gamma_pos * t + gamma_neg * (1 - t), s = sigmoid(z), n = min(1 - s + clip, 1); gamma_neg = 4.0, gamma_pos = 1.0, clip = 0.05, eps = 1e-8, focal_gradient = 1.0
 * gradient: c' * u**g + c * g * u**(g - 1) * u', divided by n
 * gradient_and_hessian: of each loss; the second derivative is c'' * u**g + 2 * c' * g * u**(g - 1) * u' + c * g * ((g - 1) * u**(g - 2) * u'**2 + u**(g - 1) * u'') */
fastact_status fastact_asymmetric_multilabel_f32(size_t n, const float *pred, const float *target, float *mean, float gamma_neg, float gamma_pos, float clip, float eps, float focal_gradient);
fastact_status fastact_asymmetric_multilabel_gradient_f32(size_t n, const float *pred, const float *target, float *grad, float gamma_neg, float gamma_pos, float clip, float eps, float focal_gradient);
fastact_status fastact_asymmetric_multilabel_value_and_gradient_f32(size_t n, const float *pred, const float *target, float *mean, float *grad, float gamma_neg, float gamma_pos, float clip, float eps, float focal_gradient);
fastact_status fastact_asymmetric_multilabel_gradient_and_hessian_f32(size_t n, const float *pred, const float *target, float *grad, float *hess, float gamma_neg, float gamma_pos, float clip, float eps, float focal_gradient);
fastact_status fastact_asymmetric_multilabel_f64(size_t n, const double *pred, const double *target, double *mean, double gamma_neg, double gamma_pos, double clip, double eps, double focal_gradient);
fastact_status fastact_asymmetric_multilabel_gradient_f64(size_t n, const double *pred, const double *target, double *grad, double gamma_neg, double gamma_pos, double clip, double eps, double focal_gradient);
fastact_status fastact_asymmetric_multilabel_value_and_gradient_f64(size_t n, const double *pred, const double *target, double *mean, double *grad, double gamma_neg, double gamma_pos, double clip, double eps, double focal_gradient);
fastact_status fastact_asymmetric_multilabel_gradient_and_hessian_f64(size_t n, const double *pred, const double *target, double *grad, double *hess, double gamma_neg, double gamma_pos, double clip, double eps, double focal_gradient);

/* contrastive: mean over n of t * z**2 + (1 - t) * max(margin - z, 0)**2; margin = 1.0
 * gradient: 2 * t * z - 2 * (1 - t) * max(margin - z, 0), divided by n
 * gradient_and_hessian: of each loss; the second derivative is 2 * t + 2 * (1 - t) if z < margin else 2 * t */
fastact_status fastact_contrastive_f32(size_t n, const float *pred, const float *target, float *mean, float margin);
fastact_status fastact_contrastive_gradient_f32(size_t n, const float *pred, const float *target, float *grad, float margin);
fastact_status fastact_contrastive_value_and_gradient_f32(size_t n, const float *pred, const float *target, float *mean, float *grad, float margin);
fastact_status fastact_contrastive_gradient_and_hessian_f32(size_t n, const float *pred, const float *target, float *grad, float *hess, float margin);
fastact_status fastact_contrastive_f64(size_t n, const double *pred, const double *target, double *mean, double margin);
fastact_status fastact_contrastive_gradient_f64(size_t n, const double *pred, const double *target, double *grad, double margin);
fastact_status fastact_contrastive_value_and_gradient_f64(size_t n, const double *pred, const double *target, double *mean, double *grad, double margin);
fastact_status fastact_contrastive_gradient_and_hessian_f64(size_t n, const double *pred, const double *target, double *grad, double *hess, double margin);

/* hinge_embedding: mean over n of z if t = 1, max(margin - z, 0) if t = -1; margin = 1.0
 * gradient: 1 if t = 1; -1 if t = -1 and z <= margin, else 0, divided by n
 * gradient_and_hessian: of each loss; the second derivative is 0 */
fastact_status fastact_hinge_embedding_f32(size_t n, const float *pred, const float *target, float *mean, float margin);
fastact_status fastact_hinge_embedding_gradient_f32(size_t n, const float *pred, const float *target, float *grad, float margin);
fastact_status fastact_hinge_embedding_value_and_gradient_f32(size_t n, const float *pred, const float *target, float *mean, float *grad, float margin);
fastact_status fastact_hinge_embedding_gradient_and_hessian_f32(size_t n, const float *pred, const float *target, float *grad, float *hess, float margin);
fastact_status fastact_hinge_embedding_f64(size_t n, const double *pred, const double *target, double *mean, double margin);
fastact_status fastact_hinge_embedding_gradient_f64(size_t n, const double *pred, const double *target, double *grad, double margin);
fastact_status fastact_hinge_embedding_value_and_gradient_f64(size_t n, const double *pred, const double *target, double *mean, double *grad, double margin);
fastact_status fastact_hinge_embedding_gradient_and_hessian_f64(size_t n, const double *pred, const double *target, double *grad, double *hess, double margin);

/* cross_entropy: mean over rows of logsumexp(z) - z[k], of targets sum(t * (logsumexp(z) - z))
 * gradient: softmax(z) - onehot(k), of targets softmax(z) * sum(t) - t, divided by rows.
 * A label outside [0, columns) is FASTACT_ERROR_LABEL and nothing is written. */
fastact_status fastact_cross_entropy_f32(size_t rows, size_t columns, const float *scores, const int64_t *labels, float *mean);
fastact_status fastact_cross_entropy_gradient_f32(size_t rows, size_t columns, const float *scores, const int64_t *labels,
    float *grad);
fastact_status fastact_cross_entropy_value_and_gradient_f32(size_t rows, size_t columns, const float *scores, const int64_t *labels,
    float *mean, float *grad);
fastact_status fastact_cross_entropy_f64(size_t rows, size_t columns, const double *scores, const int64_t *labels, double *mean);
fastact_status fastact_cross_entropy_gradient_f64(size_t rows, size_t columns, const double *scores, const int64_t *labels,
    double *grad);
fastact_status fastact_cross_entropy_value_and_gradient_f64(size_t rows, size_t columns, const double *scores, const int64_t *labels,
    double *mean, double *grad);

fastact_status fastact_cross_entropy_of_targets_f32(size_t rows, size_t columns, const float *scores, const float *targets, float *mean);
fastact_status fastact_cross_entropy_of_targets_gradient_f32(size_t rows, size_t columns, const float *scores, const float *targets,
    float *grad);
fastact_status fastact_cross_entropy_of_targets_value_and_gradient_f32(size_t rows, size_t columns, const float *scores, const float *targets,
    float *mean, float *grad);
fastact_status fastact_cross_entropy_of_targets_f64(size_t rows, size_t columns, const double *scores, const double *targets, double *mean);
fastact_status fastact_cross_entropy_of_targets_gradient_f64(size_t rows, size_t columns, const double *scores, const double *targets,
    double *grad);
fastact_status fastact_cross_entropy_of_targets_value_and_gradient_f64(size_t rows, size_t columns, const double *scores, const double *targets,
    double *mean, double *grad);

/* categorical_cross_entropy: mean over rows of -sum(t * log(p)); clip = -100.0, base = 0.0
 * gradient: -t / p, divided by rows. */
fastact_status fastact_categorical_cross_entropy_f32(size_t rows, size_t columns, const float *scores, const float *targets, float *mean, float clip, float base);
fastact_status fastact_categorical_cross_entropy_gradient_f32(size_t rows, size_t columns, const float *scores, const float *targets,
    float *grad, float clip, float base);
fastact_status fastact_categorical_cross_entropy_value_and_gradient_f32(size_t rows, size_t columns, const float *scores, const float *targets,
    float *mean, float *grad, float clip, float base);
fastact_status fastact_categorical_cross_entropy_f64(size_t rows, size_t columns, const double *scores, const double *targets, double *mean, double clip, double base);
fastact_status fastact_categorical_cross_entropy_gradient_f64(size_t rows, size_t columns, const double *scores, const double *targets,
    double *grad, double clip, double base);
fastact_status fastact_categorical_cross_entropy_value_and_gradient_f64(size_t rows, size_t columns, const double *scores, const double *targets,
    double *mean, double *grad, double clip, double base);

/* sparse_categorical_cross_entropy: mean over rows of -log(p[k]); clip = -100.0, base = 0.0
 * gradient: -onehot(k) / p[k], divided by rows.
 * A label outside [0, columns) is FASTACT_ERROR_LABEL and nothing is written. */
fastact_status fastact_sparse_categorical_cross_entropy_f32(size_t rows, size_t columns, const float *scores, const int64_t *labels, float *mean, float clip, float base);
fastact_status fastact_sparse_categorical_cross_entropy_gradient_f32(size_t rows, size_t columns, const float *scores, const int64_t *labels,
    float *grad, float clip, float base);
fastact_status fastact_sparse_categorical_cross_entropy_value_and_gradient_f32(size_t rows, size_t columns, const float *scores, const int64_t *labels,
    float *mean, float *grad, float clip, float base);
fastact_status fastact_sparse_categorical_cross_entropy_f64(size_t rows, size_t columns, const double *scores, const int64_t *labels, double *mean, double clip, double base);
fastact_status fastact_sparse_categorical_cross_entropy_gradient_f64(size_t rows, size_t columns, const double *scores, const int64_t *labels,
    double *grad, double clip, double base);
fastact_status fastact_sparse_categorical_cross_entropy_value_and_gradient_f64(size_t rows, size_t columns, const double *scores, const int64_t *labels,
    double *mean, double *grad, double clip, double base);

/* nll: mean over rows of -lp[k]
 * gradient: -onehot(k), divided by rows.
 * A label outside [0, columns) is FASTACT_ERROR_LABEL and nothing is written. */
fastact_status fastact_nll_f32(size_t rows, size_t columns, const float *scores, const int64_t *labels, float *mean);
fastact_status fastact_nll_gradient_f32(size_t rows, size_t columns, const float *scores, const int64_t *labels,
    float *grad);
fastact_status fastact_nll_value_and_gradient_f32(size_t rows, size_t columns, const float *scores, const int64_t *labels,
    float *mean, float *grad);
fastact_status fastact_nll_f64(size_t rows, size_t columns, const double *scores, const int64_t *labels, double *mean);
fastact_status fastact_nll_gradient_f64(size_t rows, size_t columns, const double *scores, const int64_t *labels,
    double *grad);
fastact_status fastact_nll_value_and_gradient_f64(size_t rows, size_t columns, const double *scores, const int64_t *labels,
    double *mean, double *grad);

/* softmax_focal: mean over rows of -sum(t * (1 - p)**gamma * log(p)), p = softmax(z); gamma = 2.0
 * gradient: A * (1 - p) - p * (sum(A) - A), A = t * (gamma * (1 - p)**(gamma - 1) * p * log(p) - (1 - p)**gamma), divided by rows.
 * A label outside [0, columns) is FASTACT_ERROR_LABEL and nothing is written. */
fastact_status fastact_softmax_focal_f32(size_t rows, size_t columns, const float *scores, const int64_t *labels, float *mean, float gamma);
fastact_status fastact_softmax_focal_gradient_f32(size_t rows, size_t columns, const float *scores, const int64_t *labels,
    float *grad, float gamma);
fastact_status fastact_softmax_focal_value_and_gradient_f32(size_t rows, size_t columns, const float *scores, const int64_t *labels,
    float *mean, float *grad, float gamma);
fastact_status fastact_softmax_focal_f64(size_t rows, size_t columns, const double *scores, const int64_t *labels, double *mean, double gamma);
fastact_status fastact_softmax_focal_gradient_f64(size_t rows, size_t columns, const double *scores, const int64_t *labels,
    double *grad, double gamma);
fastact_status fastact_softmax_focal_value_and_gradient_f64(size_t rows, size_t columns, const double *scores, const int64_t *labels,
    double *mean, double *grad, double gamma);

fastact_status fastact_softmax_focal_of_targets_f32(size_t rows, size_t columns, const float *scores, const float *targets, float *mean, float gamma);
fastact_status fastact_softmax_focal_of_targets_gradient_f32(size_t rows, size_t columns, const float *scores, const float *targets,
    float *grad, float gamma);
fastact_status fastact_softmax_focal_of_targets_value_and_gradient_f32(size_t rows, size_t columns, const float *scores, const float *targets,
    float *mean, float *grad, float gamma);
fastact_status fastact_softmax_focal_of_targets_f64(size_t rows, size_t columns, const double *scores, const double *targets, double *mean, double gamma);
fastact_status fastact_softmax_focal_of_targets_gradient_f64(size_t rows, size_t columns, const double *scores, const double *targets,
    double *grad, double gamma);
fastact_status fastact_softmax_focal_of_targets_value_and_gradient_f64(size_t rows, size_t columns, const double *scores, const double *targets,
    double *mean, double *grad, double gamma);

/* sparsemax_loss: mean over rows of (1 - sum(p**2)) / 2 + sum(p * (z - z[k])), p = sparsemax(z)
 * gradient: p - onehot(k), divided by rows.
 * A label outside [0, columns) is FASTACT_ERROR_LABEL and nothing is written. */
fastact_status fastact_sparsemax_loss_f32(size_t rows, size_t columns, const float *scores, const int64_t *labels, float *mean);
fastact_status fastact_sparsemax_loss_gradient_f32(size_t rows, size_t columns, const float *scores, const int64_t *labels,
    float *grad);
fastact_status fastact_sparsemax_loss_value_and_gradient_f32(size_t rows, size_t columns, const float *scores, const int64_t *labels,
    float *mean, float *grad);
fastact_status fastact_sparsemax_loss_f64(size_t rows, size_t columns, const double *scores, const int64_t *labels, double *mean);
fastact_status fastact_sparsemax_loss_gradient_f64(size_t rows, size_t columns, const double *scores, const int64_t *labels,
    double *grad);
fastact_status fastact_sparsemax_loss_value_and_gradient_f64(size_t rows, size_t columns, const double *scores, const int64_t *labels,
    double *mean, double *grad);

/* entmax15_loss: mean over rows of (1 - sum(p**1.5)) / 0.75 + sum(p * (z - z[k])), p = entmax15(z)
 * gradient: p - onehot(k), divided by rows.
 * A label outside [0, columns) is FASTACT_ERROR_LABEL and nothing is written. */
fastact_status fastact_entmax15_loss_f32(size_t rows, size_t columns, const float *scores, const int64_t *labels, float *mean);
fastact_status fastact_entmax15_loss_gradient_f32(size_t rows, size_t columns, const float *scores, const int64_t *labels,
    float *grad);
fastact_status fastact_entmax15_loss_value_and_gradient_f32(size_t rows, size_t columns, const float *scores, const int64_t *labels,
    float *mean, float *grad);
fastact_status fastact_entmax15_loss_f64(size_t rows, size_t columns, const double *scores, const int64_t *labels, double *mean);
fastact_status fastact_entmax15_loss_gradient_f64(size_t rows, size_t columns, const double *scores, const int64_t *labels,
    double *grad);
fastact_status fastact_entmax15_loss_value_and_gradient_f64(size_t rows, size_t columns, const double *scores, const int64_t *labels,
    double *mean, double *grad);

/* categorical_hinge: mean over rows of max(margin + max((1 - t) * z) - sum(t * z), 0); margin = 1.0
 * gradient: (1 - t) * onehot(argmax((1 - t) * z)) - t, 0 where the loss is cut off, divided by rows. */
fastact_status fastact_categorical_hinge_f32(size_t rows, size_t columns, const float *scores, const float *targets, float *mean, float margin);
fastact_status fastact_categorical_hinge_gradient_f32(size_t rows, size_t columns, const float *scores, const float *targets,
    float *grad, float margin);
fastact_status fastact_categorical_hinge_value_and_gradient_f32(size_t rows, size_t columns, const float *scores, const float *targets,
    float *mean, float *grad, float margin);
fastact_status fastact_categorical_hinge_f64(size_t rows, size_t columns, const double *scores, const double *targets, double *mean, double margin);
fastact_status fastact_categorical_hinge_gradient_f64(size_t rows, size_t columns, const double *scores, const double *targets,
    double *grad, double margin);
fastact_status fastact_categorical_hinge_value_and_gradient_f64(size_t rows, size_t columns, const double *scores, const double *targets,
    double *mean, double *grad, double margin);

/* multiclass_hinge: mean over rows of max(z + margin * (1 - onehot(k))) - z[k]; margin = 1.0
 * gradient: onehot(argmax(z + margin * (1 - onehot(k)))) - onehot(k), divided by rows.
 * A label outside [0, columns) is FASTACT_ERROR_LABEL and nothing is written. */
fastact_status fastact_multiclass_hinge_f32(size_t rows, size_t columns, const float *scores, const int64_t *labels, float *mean, float margin);
fastact_status fastact_multiclass_hinge_gradient_f32(size_t rows, size_t columns, const float *scores, const int64_t *labels,
    float *grad, float margin);
fastact_status fastact_multiclass_hinge_value_and_gradient_f32(size_t rows, size_t columns, const float *scores, const int64_t *labels,
    float *mean, float *grad, float margin);
fastact_status fastact_multiclass_hinge_f64(size_t rows, size_t columns, const double *scores, const int64_t *labels, double *mean, double margin);
fastact_status fastact_multiclass_hinge_gradient_f64(size_t rows, size_t columns, const double *scores, const int64_t *labels,
    double *grad, double margin);
fastact_status fastact_multiclass_hinge_value_and_gradient_f64(size_t rows, size_t columns, const double *scores, const int64_t *labels,
    double *mean, double *grad, double margin);

/* multi_margin: mean over rows of sum(h**p for c != k) / classes, h = max(margin - z[k] + z, 0); p = 1.0, margin = 1.0
 * gradient: p * h**(p - 1) / classes where h > 0, less their sum at k, divided by rows.
 * A label outside [0, columns) is FASTACT_ERROR_LABEL and nothing is written. */
fastact_status fastact_multi_margin_f32(size_t rows, size_t columns, const float *scores, const int64_t *labels, float *mean, float p, float margin);
fastact_status fastact_multi_margin_gradient_f32(size_t rows, size_t columns, const float *scores, const int64_t *labels,
    float *grad, float p, float margin);
fastact_status fastact_multi_margin_value_and_gradient_f32(size_t rows, size_t columns, const float *scores, const int64_t *labels,
    float *mean, float *grad, float p, float margin);
fastact_status fastact_multi_margin_f64(size_t rows, size_t columns, const double *scores, const int64_t *labels, double *mean, double p, double margin);
fastact_status fastact_multi_margin_gradient_f64(size_t rows, size_t columns, const double *scores, const int64_t *labels,
    double *grad, double p, double margin);
fastact_status fastact_multi_margin_value_and_gradient_f64(size_t rows, size_t columns, const double *scores, const int64_t *labels,
    double *mean, double *grad, double p, double margin);

/* multilabel_soft_margin: mean over rows of mean((1 - t) * log(1 + exp(z)) + t * log(1 + exp(-z)))
 * gradient: (sigmoid(z) - t) / classes, divided by rows. */
fastact_status fastact_multilabel_soft_margin_f32(size_t rows, size_t columns, const float *scores, const float *targets, float *mean);
fastact_status fastact_multilabel_soft_margin_gradient_f32(size_t rows, size_t columns, const float *scores, const float *targets,
    float *grad);
fastact_status fastact_multilabel_soft_margin_value_and_gradient_f32(size_t rows, size_t columns, const float *scores, const float *targets,
    float *mean, float *grad);
fastact_status fastact_multilabel_soft_margin_f64(size_t rows, size_t columns, const double *scores, const double *targets, double *mean);
fastact_status fastact_multilabel_soft_margin_gradient_f64(size_t rows, size_t columns, const double *scores, const double *targets,
    double *grad);
fastact_status fastact_multilabel_soft_margin_value_and_gradient_f64(size_t rows, size_t columns, const double *scores, const double *targets,
    double *mean, double *grad);

/* poly_cross_entropy: mean over rows of -sum(t * log(p)) + epsilon * (1 - sum(t * p)), p = softmax(z); epsilon = 2.0
 * gradient: p * sum(t) - t + epsilon * p * (sum(t * p) - t), divided by rows.
 * A label outside [0, columns) is FASTACT_ERROR_LABEL and nothing is written. */
fastact_status fastact_poly_cross_entropy_f32(size_t rows, size_t columns, const float *scores, const int64_t *labels, float *mean, float epsilon);
fastact_status fastact_poly_cross_entropy_gradient_f32(size_t rows, size_t columns, const float *scores, const int64_t *labels,
    float *grad, float epsilon);
fastact_status fastact_poly_cross_entropy_value_and_gradient_f32(size_t rows, size_t columns, const float *scores, const int64_t *labels,
    float *mean, float *grad, float epsilon);
fastact_status fastact_poly_cross_entropy_f64(size_t rows, size_t columns, const double *scores, const int64_t *labels, double *mean, double epsilon);
fastact_status fastact_poly_cross_entropy_gradient_f64(size_t rows, size_t columns, const double *scores, const int64_t *labels,
    double *grad, double epsilon);
fastact_status fastact_poly_cross_entropy_value_and_gradient_f64(size_t rows, size_t columns, const double *scores, const int64_t *labels,
    double *mean, double *grad, double epsilon);

fastact_status fastact_poly_cross_entropy_of_targets_f32(size_t rows, size_t columns, const float *scores, const float *targets, float *mean, float epsilon);
fastact_status fastact_poly_cross_entropy_of_targets_gradient_f32(size_t rows, size_t columns, const float *scores, const float *targets,
    float *grad, float epsilon);
fastact_status fastact_poly_cross_entropy_of_targets_value_and_gradient_f32(size_t rows, size_t columns, const float *scores, const float *targets,
    float *mean, float *grad, float epsilon);
fastact_status fastact_poly_cross_entropy_of_targets_f64(size_t rows, size_t columns, const double *scores, const double *targets, double *mean, double epsilon);
fastact_status fastact_poly_cross_entropy_of_targets_gradient_f64(size_t rows, size_t columns, const double *scores, const double *targets,
    double *grad, double epsilon);
fastact_status fastact_poly_cross_entropy_of_targets_value_and_gradient_f64(size_t rows, size_t columns, const double *scores, const double *targets,
    double *mean, double *grad, double epsilon);

/* generalized_cross_entropy: mean over rows of (1 - p[k]**q) / q; q = 0.5
 * gradient: -onehot(k) * p[k]**(q - 1), divided by rows.
 * A label outside [0, columns) is FASTACT_ERROR_LABEL and nothing is written. */
fastact_status fastact_generalized_cross_entropy_f32(size_t rows, size_t columns, const float *scores, const int64_t *labels, float *mean, float q);
fastact_status fastact_generalized_cross_entropy_gradient_f32(size_t rows, size_t columns, const float *scores, const int64_t *labels,
    float *grad, float q);
fastact_status fastact_generalized_cross_entropy_value_and_gradient_f32(size_t rows, size_t columns, const float *scores, const int64_t *labels,
    float *mean, float *grad, float q);
fastact_status fastact_generalized_cross_entropy_f64(size_t rows, size_t columns, const double *scores, const int64_t *labels, double *mean, double q);
fastact_status fastact_generalized_cross_entropy_gradient_f64(size_t rows, size_t columns, const double *scores, const int64_t *labels,
    double *grad, double q);
fastact_status fastact_generalized_cross_entropy_value_and_gradient_f64(size_t rows, size_t columns, const double *scores, const int64_t *labels,
    double *mean, double *grad, double q);

/* zlpr: mean over rows of log(1 + sum(exp(z) where t <= 0.5)) + log(1 + sum(exp(-z) where t > 0.5))
 * gradient: exp(z) / (1 + sum(exp(z))), of t > 0.5 -exp(-z) / (1 + sum(exp(-z))), divided by rows. */
fastact_status fastact_zlpr_f32(size_t rows, size_t columns, const float *scores, const float *targets, float *mean);
fastact_status fastact_zlpr_gradient_f32(size_t rows, size_t columns, const float *scores, const float *targets,
    float *grad);
fastact_status fastact_zlpr_value_and_gradient_f32(size_t rows, size_t columns, const float *scores, const float *targets,
    float *mean, float *grad);
fastact_status fastact_zlpr_f64(size_t rows, size_t columns, const double *scores, const double *targets, double *mean);
fastact_status fastact_zlpr_gradient_f64(size_t rows, size_t columns, const double *scores, const double *targets,
    double *grad);
fastact_status fastact_zlpr_value_and_gradient_f64(size_t rows, size_t columns, const double *scores, const double *targets,
    double *mean, double *grad);

/* one_vs_all: mean over rows of log(1 + exp(-z[k])) + sum(log(1 + exp(z)) for c != k)
 * gradient: sigmoid(z) - onehot(k), divided by rows.
 * A label outside [0, columns) is FASTACT_ERROR_LABEL and nothing is written. */
fastact_status fastact_one_vs_all_f32(size_t rows, size_t columns, const float *scores, const int64_t *labels, float *mean);
fastact_status fastact_one_vs_all_gradient_f32(size_t rows, size_t columns, const float *scores, const int64_t *labels,
    float *grad);
fastact_status fastact_one_vs_all_value_and_gradient_f32(size_t rows, size_t columns, const float *scores, const int64_t *labels,
    float *mean, float *grad);
fastact_status fastact_one_vs_all_f64(size_t rows, size_t columns, const double *scores, const int64_t *labels, double *mean);
fastact_status fastact_one_vs_all_gradient_f64(size_t rows, size_t columns, const double *scores, const int64_t *labels,
    double *grad);
fastact_status fastact_one_vs_all_value_and_gradient_f64(size_t rows, size_t columns, const double *scores, const int64_t *labels,
    double *mean, double *grad);

/* generalized_kl: mean over rows of sum(t * (log(t) - lp) + exp(lp) - t)
 * gradient: exp(lp) - t, divided by rows. */
fastact_status fastact_generalized_kl_f32(size_t rows, size_t columns, const float *scores, const float *targets, float *mean);
fastact_status fastact_generalized_kl_gradient_f32(size_t rows, size_t columns, const float *scores, const float *targets,
    float *grad);
fastact_status fastact_generalized_kl_value_and_gradient_f32(size_t rows, size_t columns, const float *scores, const float *targets,
    float *mean, float *grad);
fastact_status fastact_generalized_kl_f64(size_t rows, size_t columns, const double *scores, const double *targets, double *mean);
fastact_status fastact_generalized_kl_gradient_f64(size_t rows, size_t columns, const double *scores, const double *targets,
    double *grad);
fastact_status fastact_generalized_kl_value_and_gradient_f64(size_t rows, size_t columns, const double *scores, const double *targets,
    double *mean, double *grad);

/* l1_penalty: lam * sum(abs(w)); lam = 0.01
 * gradient: lam * sign(w)
 * float32 within 2 ulp (sum, a double), 1 ulp (gradients) */
fastact_status fastact_l1_penalty_f32(size_t n, const float *w, double *sum, double lam);
fastact_status fastact_l1_penalty_gradient_f32(size_t n, const float *w, float *dw, double lam);
fastact_status fastact_l1_penalty_value_and_gradient_f32(size_t n, const float *w, double *sum, float *dw, double lam);
fastact_status fastact_l1_penalty_f64(size_t n, const double *w, double *sum, double lam);
fastact_status fastact_l1_penalty_gradient_f64(size_t n, const double *w, double *dw, double lam);
fastact_status fastact_l1_penalty_value_and_gradient_f64(size_t n, const double *w, double *sum, double *dw, double lam);

/* l2_penalty: lam * sum(w**2); lam = 0.01
 * gradient: 2 * lam * w
 * float32 within 2 ulp (sum, a double), 1 ulp (gradients) */
fastact_status fastact_l2_penalty_f32(size_t n, const float *w, double *sum, double lam);
fastact_status fastact_l2_penalty_gradient_f32(size_t n, const float *w, float *dw, double lam);
fastact_status fastact_l2_penalty_value_and_gradient_f32(size_t n, const float *w, double *sum, float *dw, double lam);
fastact_status fastact_l2_penalty_f64(size_t n, const double *w, double *sum, double lam);
fastact_status fastact_l2_penalty_gradient_f64(size_t n, const double *w, double *dw, double lam);
fastact_status fastact_l2_penalty_value_and_gradient_f64(size_t n, const double *w, double *sum, double *dw, double lam);

/* elastic_net_penalty: l1 * sum(abs(w)) + l2 * sum(w**2); l1 = 0.01, l2 = 0.01
 * gradient: l1 * sign(w) + 2 * l2 * w
 * float32 within 2 ulp (sum, a double), 1 ulp (gradients); also known as l1_l2 */
fastact_status fastact_elastic_net_penalty_f32(size_t n, const float *w, double *sum, double l1, double l2);
fastact_status fastact_elastic_net_penalty_gradient_f32(size_t n, const float *w, float *dw, double l1, double l2);
fastact_status fastact_elastic_net_penalty_value_and_gradient_f32(size_t n, const float *w, double *sum, float *dw, double l1, double l2);
fastact_status fastact_elastic_net_penalty_f64(size_t n, const double *w, double *sum, double l1, double l2);
fastact_status fastact_elastic_net_penalty_gradient_f64(size_t n, const double *w, double *dw, double l1, double l2);
fastact_status fastact_elastic_net_penalty_value_and_gradient_f64(size_t n, const double *w, double *sum, double *dw, double l1, double l2);

/* gaussian_nll: mean over n of (log(v) + d**2 / v) / 2 with d = pred - target, v = max(var, eps); if full: + log(2 * pi) / 2; full = 0.0, eps = 1e-6
 * gradient: dpred = d / v, dvar = (1 / v - d**2 / v**2) / 2, divided by n
 * float32 within 1 ulp (a loss), 1 ulp (gradients); also known as gaussian_nll_loss */
fastact_status fastact_gaussian_nll_f32(size_t n, const float *pred, const float *target, const float *var, float *mean, double full, double eps);
fastact_status fastact_gaussian_nll_gradient_f32(size_t n, const float *pred, const float *target, const float *var, float *dpred, float *dvar, double full, double eps);
fastact_status fastact_gaussian_nll_value_and_gradient_f32(size_t n, const float *pred, const float *target, const float *var, float *mean, float *dpred, float *dvar, double full, double eps);
fastact_status fastact_gaussian_nll_f64(size_t n, const double *pred, const double *target, const double *var, double *mean, double full, double eps);
fastact_status fastact_gaussian_nll_gradient_f64(size_t n, const double *pred, const double *target, const double *var, double *dpred, double *dvar, double full, double eps);
fastact_status fastact_gaussian_nll_value_and_gradient_f64(size_t n, const double *pred, const double *target, const double *var, double *mean, double *dpred, double *dvar, double full, double eps);

/* cosine_similarity_loss: mean over rows of 1 - cos with cos = sum(a * b) / (A * B), A = max(sqrt(sum(a**2)), eps), B = max(sqrt(sum(b**2)), eps); eps = 1e-8
 * gradient: da = (cos * a / A - b / B) / A, db = (cos * b / B - a / A) / B, divided by rows
 * float32 within 1 ulp (a row), 1 ulp (gradients); also known as cosine_distance */
fastact_status fastact_cosine_similarity_loss_f32(size_t rows, size_t columns, const float *a, const float *b, float *mean, double eps);
fastact_status fastact_cosine_similarity_loss_gradient_f32(size_t rows, size_t columns, const float *a, const float *b, float *da, float *db, double eps);
fastact_status fastact_cosine_similarity_loss_value_and_gradient_f32(size_t rows, size_t columns, const float *a, const float *b, float *mean, float *da, float *db, double eps);
fastact_status fastact_cosine_similarity_loss_f64(size_t rows, size_t columns, const double *a, const double *b, double *mean, double eps);
fastact_status fastact_cosine_similarity_loss_gradient_f64(size_t rows, size_t columns, const double *a, const double *b, double *da, double *db, double eps);
fastact_status fastact_cosine_similarity_loss_value_and_gradient_f64(size_t rows, size_t columns, const double *a, const double *b, double *mean, double *da, double *db, double eps);

/* pairwise_distance: norm = sum(abs(e)**p)**(1 / p) with e = x1 - x2 + eps; p = 2.0, eps = 1e-6
 * gradient: dx1 = g * sign(e) * (abs(e) / norm)**(p - 1), dx2 = -dx1, g one a row
 * float32 within 1 ulp (a row), 1 ulp (gradients) */
fastact_status fastact_pairwise_distance_f32(size_t rows, size_t columns, const float *x1, const float *x2, float *y, double p, double eps);
fastact_status fastact_pairwise_distance_backward_f32(size_t rows, size_t columns, const float *grad, const float *x1, const float *x2, float *dx1, float *dx2, double p, double eps);
fastact_status fastact_pairwise_distance_f64(size_t rows, size_t columns, const double *x1, const double *x2, double *y, double p, double eps);
fastact_status fastact_pairwise_distance_backward_f64(size_t rows, size_t columns, const double *grad, const double *x1, const double *x2, double *dx1, double *dx2, double p, double eps);

/* margin_ranking: mean over n of max(margin - target * (x1 - x2), 0); margin = 0.0
 * gradient: dx1 = -target, dx2 = target where margin - target * (x1 - x2) >= 0, else 0, divided by n
 * float32 within 1 ulp (a loss), 1 ulp (gradients); also known as margin_ranking_loss */
fastact_status fastact_margin_ranking_f32(size_t n, const float *x1, const float *x2, const float *target, float *mean, double margin);
fastact_status fastact_margin_ranking_gradient_f32(size_t n, const float *x1, const float *x2, const float *target, float *dx1, float *dx2, double margin);
fastact_status fastact_margin_ranking_value_and_gradient_f32(size_t n, const float *x1, const float *x2, const float *target, float *mean, float *dx1, float *dx2, double margin);
fastact_status fastact_margin_ranking_f64(size_t n, const double *x1, const double *x2, const double *target, double *mean, double margin);
fastact_status fastact_margin_ranking_gradient_f64(size_t n, const double *x1, const double *x2, const double *target, double *dx1, double *dx2, double margin);
fastact_status fastact_margin_ranking_value_and_gradient_f64(size_t n, const double *x1, const double *x2, const double *target, double *mean, double *dx1, double *dx2, double margin);

/* triplet_margin: mean over rows of max(near - far + margin, 0) with near = norm(anchor - positive + eps), far = norm(anchor - negative + eps); margin = 1.0, p = 2.0, eps = 1e-6, swap = 0.0
 * gradient: those of near, less those of far, where near - far + margin >= 0, else 0, divided by rows
 * float32 within 1 ulp (a row), 1 ulp (gradients); also known as triplet_margin_loss triplet_margin_with_distance_loss */
fastact_status fastact_triplet_margin_f32(size_t rows, size_t columns, const float *anchor, const float *positive, const float *negative, float *mean, double margin, double p, double eps, double swap);
fastact_status fastact_triplet_margin_gradient_f32(size_t rows, size_t columns, const float *anchor, const float *positive, const float *negative, float *danchor, float *dpositive, float *dnegative, double margin, double p, double eps, double swap);
fastact_status fastact_triplet_margin_value_and_gradient_f32(size_t rows, size_t columns, const float *anchor, const float *positive, const float *negative, float *mean, float *danchor, float *dpositive, float *dnegative, double margin, double p, double eps, double swap);
fastact_status fastact_triplet_margin_f64(size_t rows, size_t columns, const double *anchor, const double *positive, const double *negative, double *mean, double margin, double p, double eps, double swap);
fastact_status fastact_triplet_margin_gradient_f64(size_t rows, size_t columns, const double *anchor, const double *positive, const double *negative, double *danchor, double *dpositive, double *dnegative, double margin, double p, double eps, double swap);
fastact_status fastact_triplet_margin_value_and_gradient_f64(size_t rows, size_t columns, const double *anchor, const double *positive, const double *negative, double *mean, double *danchor, double *dpositive, double *dnegative, double margin, double p, double eps, double swap);

/* tversky: mean over rows of 1 - N / D with N = sum(p * t) + smooth, D = N + alpha * sum(p * (1 - t)) + beta * sum((1 - p) * t) + eps; alpha = 0.5, beta = 0.5, smooth = 1.0, eps = 1e-7
 * gradient: (N * (alpha + (1 - alpha - beta) * t) - D * t) / D**2, divided by rows
 * float32 within 1 ulp (a row), 1 ulp (gradients) */
fastact_status fastact_tversky_f32(size_t rows, size_t columns, const float *pred, const float *target, float *mean, double alpha, double beta, double smooth, double eps);
fastact_status fastact_tversky_gradient_f32(size_t rows, size_t columns, const float *pred, const float *target, float *dpred, double alpha, double beta, double smooth, double eps);
fastact_status fastact_tversky_value_and_gradient_f32(size_t rows, size_t columns, const float *pred, const float *target, float *mean, float *dpred, double alpha, double beta, double smooth, double eps);
fastact_status fastact_tversky_f64(size_t rows, size_t columns, const double *pred, const double *target, double *mean, double alpha, double beta, double smooth, double eps);
fastact_status fastact_tversky_gradient_f64(size_t rows, size_t columns, const double *pred, const double *target, double *dpred, double alpha, double beta, double smooth, double eps);
fastact_status fastact_tversky_value_and_gradient_f64(size_t rows, size_t columns, const double *pred, const double *target, double *mean, double *dpred, double alpha, double beta, double smooth, double eps);

/* dice: mean over rows of 1 - N / D with N = 2 * sum(p * t) + smooth, D = sum(p) + sum(t) + smooth + eps; smooth = 1.0, eps = 1e-7
 * gradient: (N - 2 * D * t) / D**2, divided by rows
 * float32 within 1 ulp (a row), 1 ulp (gradients) */
fastact_status fastact_dice_f32(size_t rows, size_t columns, const float *pred, const float *target, float *mean, double smooth, double eps);
fastact_status fastact_dice_gradient_f32(size_t rows, size_t columns, const float *pred, const float *target, float *dpred, double smooth, double eps);
fastact_status fastact_dice_value_and_gradient_f32(size_t rows, size_t columns, const float *pred, const float *target, float *mean, float *dpred, double smooth, double eps);
fastact_status fastact_dice_f64(size_t rows, size_t columns, const double *pred, const double *target, double *mean, double smooth, double eps);
fastact_status fastact_dice_gradient_f64(size_t rows, size_t columns, const double *pred, const double *target, double *dpred, double smooth, double eps);
fastact_status fastact_dice_value_and_gradient_f64(size_t rows, size_t columns, const double *pred, const double *target, double *mean, double *dpred, double smooth, double eps);

/* jaccard: mean over rows of 1 - N / D with N = sum(p * t) + smooth, D = sum(p) + sum(t) - sum(p * t) + smooth + eps; smooth = 0.0, eps = 1e-7
 * gradient: (N * (1 - t) - D * t) / D**2, divided by rows
 * float32 within 1 ulp (a row), 1 ulp (gradients); also known as iou_loss */
fastact_status fastact_jaccard_f32(size_t rows, size_t columns, const float *pred, const float *target, float *mean, double smooth, double eps);
fastact_status fastact_jaccard_gradient_f32(size_t rows, size_t columns, const float *pred, const float *target, float *dpred, double smooth, double eps);
fastact_status fastact_jaccard_value_and_gradient_f32(size_t rows, size_t columns, const float *pred, const float *target, float *mean, float *dpred, double smooth, double eps);
fastact_status fastact_jaccard_f64(size_t rows, size_t columns, const double *pred, const double *target, double *mean, double smooth, double eps);
fastact_status fastact_jaccard_gradient_f64(size_t rows, size_t columns, const double *pred, const double *target, double *dpred, double smooth, double eps);
fastact_status fastact_jaccard_value_and_gradient_f64(size_t rows, size_t columns, const double *pred, const double *target, double *mean, double *dpred, double smooth, double eps);

/* prelu with a learned weight: x if x > 0 else weight * x
 * derivative: 1 if x > 0 else weight; by weight: 0 if x > 0 else x
 * x is a C-contiguous (outer, channels, inner) array and weight has `channels` values: (1, 1, n) for a single value, (1, n, 1) for one
 * an element. dweight is the sum over outer and inner of grad times the derivative by weight, in a fixed order, within 1 ulp. */
fastact_status fastact_prelu_f32(size_t outer, size_t channels, size_t inner, const float *x, const float *weight, float *y);
fastact_status fastact_prelu_backward_f32(size_t outer, size_t channels, size_t inner, const float *grad, const float *x,
    const float *weight, float *dx, float *dweight);
fastact_status fastact_prelu_f64(size_t outer, size_t channels, size_t inner, const double *x, const double *weight, double *y);
fastact_status fastact_prelu_backward_f64(size_t outer, size_t channels, size_t inner, const double *grad, const double *x,
    const double *weight, double *dx, double *dweight);

/* swish_learned with a learned beta: x * sigmoid(beta * x)
 * derivative: s * (1 + beta * x * (1 - s)) with s = sigmoid(beta * x); by beta: x**2 * s * (1 - s)
 * x is a C-contiguous (outer, channels, inner) array and beta has `channels` values: (1, 1, n) for a single value, (1, n, 1) for one
 * an element. dbeta is the sum over outer and inner of grad times the derivative by beta, in a fixed order, within 1 ulp. */
fastact_status fastact_swish_learned_f32(size_t outer, size_t channels, size_t inner, const float *x, const float *beta, float *y);
fastact_status fastact_swish_learned_backward_f32(size_t outer, size_t channels, size_t inner, const float *grad, const float *x,
    const float *beta, float *dx, float *dbeta);
fastact_status fastact_swish_learned_f64(size_t outer, size_t channels, size_t inner, const double *x, const double *beta, double *y);
fastact_status fastact_swish_learned_backward_f64(size_t outer, size_t channels, size_t inner, const double *grad, const double *x,
    const double *beta, double *dx, double *dbeta);

/* snake_learned with a learned a: x + sin(a * x)**2 / a
 * derivative: 1 + sin(2 * a * x); by a: x * sin(2 * a * x) / a - sin(a * x)**2 / a**2
 * x is a C-contiguous (outer, channels, inner) array and a has `channels` values: (1, 1, n) for a single value, (1, n, 1) for one
 * an element. da is the sum over outer and inner of grad times the derivative by a, in a fixed order, within 1 ulp. */
fastact_status fastact_snake_learned_f32(size_t outer, size_t channels, size_t inner, const float *x, const float *a, float *y);
fastact_status fastact_snake_learned_backward_f32(size_t outer, size_t channels, size_t inner, const float *grad, const float *x,
    const float *a, float *dx, float *da);
fastact_status fastact_snake_learned_f64(size_t outer, size_t channels, size_t inner, const double *x, const double *a, double *y);
fastact_status fastact_snake_learned_backward_f64(size_t outer, size_t channels, size_t inner, const double *grad, const double *x,
    const double *a, double *dx, double *da);

#ifdef __cplusplus
}
#endif
#endif
