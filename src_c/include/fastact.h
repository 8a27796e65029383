/* fastact.h - neural-network activations, their derivatives, and losses: fast, within 1 ulp, the same bits everywhere.
 *
 * Every function takes contiguous arrays and returns a status. n = 0 does nothing. Outputs may be exactly an input (in place);
 * partial overlap is refused with FASTACT_ERROR_OVERLAP and nothing is written. Nothing here allocates, prints, sets errno,
 * depends on the locale or changes floating-point modes; every function may be called from any thread.
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
    FASTACT_ERROR_UNSUPPORTED  /* the function has no such pass, dtype, or instruction set here */
} fastact_status;

typedef enum fastact_dtype { FASTACT_F32 = 0, FASTACT_F64 = 1, FASTACT_F16 = 2, FASTACT_BF16 = 3 } fastact_dtype;

/* Bit patterns of the two 16-bit formats. */
typedef uint16_t fastact_f16;
typedef uint16_t fastact_bf16;

typedef enum fastact_kind {
    FASTACT_ELEMENTWISE = 0, /* y[i] = f(x[i]) */
    FASTACT_ROWWISE = 1,     /* each row of a (rows, columns) array is mapped as a whole */
    FASTACT_LOSS = 2,        /* pointwise loss of a prediction and a target */
    FASTACT_ROW_LOSS = 3,    /* loss of a row of scores and a label */
    FASTACT_LEARNED = 4      /* y[i] = f(x[i], parameter), with the parameter's gradient */
} fastact_kind;

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

/* Name of the instruction set in use: "scalar", "avx2" or "avx512". The best that the CPU and the operating system support is
 * chosen at the first call, unless the environment variable FASTACT_ISA names another. The choice never changes a result. */
const char *fastact_isa(void);

/* Use another one from now on; FASTACT_ERROR_UNSUPPORTED if this machine cannot run it. */
fastact_status fastact_set_isa(const char *name);

/* The names this machine can run, best last, ended by NULL. */
const char *const *fastact_isas(void);

/* ------------------------------------------------------------------ threads */

/* Threads that large calls may use. A C program starts with 1: nothing happens behind its back. */
int fastact_get_num_threads(void);
fastact_status fastact_set_num_threads(int count);

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
    int parameter_count;
    const fastact_parameter *parameters;
    double max_ulp_f32[2];  /* value, derivative */
    double max_ulp_f64[2];
    int index;              /* position within its kind */
} fastact_function;

/* The function of that canonical name or alias, or NULL. */
const fastact_function *fastact_find(const char *name);

/* All functions; *count receives how many. */
const fastact_function *fastact_functions(size_t *count);

/* Any elementwise pass by number, for bindings. arguments are the inputs in order (x, or gradient and x), then one pointer per
 * parameter, then the output; strides are in bytes, 0 repeats one value. An output may be exactly an input. */
fastact_status fastact_map_strided(const fastact_function *function, fastact_pass pass, fastact_dtype dtype, size_t n,
                                   char *const *arguments, const ptrdiff_t *strides);

/* The contiguous kernel itself, for callers that count nanoseconds: kernel(n, a, b, out, parameters) with a = x, b = NULL in unary
 * passes and a = gradient, b = x in backward passes; parameters is an array of the dtype. No argument is checked. Ask again
 * after fastact_set_isa. */
typedef void (*fastact_kernel)(size_t n, const void *a, const void *b, void *out, const void *parameters);
fastact_kernel fastact_get_kernel(const fastact_function *function, fastact_pass pass, fastact_dtype dtype);

/* Any pointwise loss. weight, loss and gradient may be NULL. sums receives sum(weight * loss) and sum(weight) (n without weights);
 * gradient[i] = gradient_scale * weight[i] * dloss[i]/dpred[i]. */
fastact_status fastact_loss(const fastact_function *function, fastact_dtype dtype, size_t n, const void *pred, const void *target,
                            const void *weight, double gradient_scale, double sums[2], void *loss, void *gradient);

typedef struct fastact_row_loss_options {
    const int64_t *labels;
    const void *class_weight; /* one per column, or NULL */
    const void *row_weight;   /* one per row, or NULL */
    int64_t ignore_index;     /* rows with this label count nothing, when has_ignore_index */
    int has_ignore_index;
    double label_smoothing;   /* in [0, 1] */
    double gradient_scale;
} fastact_row_loss_options;

/* Any row loss over C-contiguous (rows, columns) scores. loss (one per row) and gradient may be NULL. sums receives sum(w * loss)
 * and sum(w), w = class weight of the label times row weight. On FASTACT_ERROR_LABEL sums[0] holds the offending row. */
fastact_status fastact_row_loss(const fastact_function *function, fastact_dtype dtype, size_t rows, size_t columns, const void *logits,
                                const fastact_row_loss_options *options, double sums[2], void *loss, void *gradient);

/* Any row-wise pass; b is NULL for the value. */
fastact_status fastact_rows(const fastact_function *function, fastact_pass pass, fastact_dtype dtype, size_t rows, size_t columns,
                            const void *a, const void *b, void *out);

/* Any function with a learned parameter. x, grad, y and dx are C-contiguous (outer, channels, inner) arrays; parameter and
 * dparameter have `channels` values and overlap no other array. dparameter is the gradient summed over outer and inner. */
fastact_status fastact_learned(const fastact_function *function, fastact_dtype dtype, size_t outer, size_t channels, size_t inner,
                               const void *x, const void *parameter, void *y);
fastact_status fastact_learned_backward(const fastact_function *function, fastact_dtype dtype, size_t outer, size_t channels,
                                        size_t inner, const void *grad, const void *x, const void *parameter, void *dx, void *dparameter);

/* ------------------------------------------------------------------ functions
 * Value, derivative f'(x), backward (gradient * f'(x)) and, where the output suffices, backward from y. Parameters come last. */

/* identity(x) = x
 * derivative: 1
 * float32 within 0 ulp (value), 0 ulp (derivative); also known as linear */
fastact_status fastact_identity_f32(size_t n, const float *x, float *y);
fastact_status fastact_identity_derivative_f32(size_t n, const float *x, float *dy);
fastact_status fastact_identity_backward_f32(size_t n, const float *grad, const float *x, float *dx);
fastact_status fastact_identity_f64(size_t n, const double *x, double *y);
fastact_status fastact_identity_derivative_f64(size_t n, const double *x, double *dy);
fastact_status fastact_identity_backward_f64(size_t n, const double *grad, const double *x, double *dx);

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

/* mish(x) = x * tanh(log(1 + exp(x)))
 * derivative: w / (w + 2) + 4 * x * exp(x) * (1 + exp(x)) / (w + 2)**2 with w = exp(x) * (exp(x) + 2)
 * float32 within 1 ulp (value), 1 ulp (derivative) */
fastact_status fastact_mish_f32(size_t n, const float *x, float *y);
fastact_status fastact_mish_derivative_f32(size_t n, const float *x, float *dy);
fastact_status fastact_mish_backward_f32(size_t n, const float *grad, const float *x, float *dx);
fastact_status fastact_mish_f64(size_t n, const double *x, double *y);
fastact_status fastact_mish_derivative_f64(size_t n, const double *x, double *dy);
fastact_status fastact_mish_backward_f64(size_t n, const double *grad, const double *x, double *dx);

/* gelu(x) = x * Phi(x), Phi the normal distribution function
 * derivative: Phi(x) + x * phi(x)
 * float32 within 1 ulp (value), 1 ulp (derivative) */
fastact_status fastact_gelu_f32(size_t n, const float *x, float *y);
fastact_status fastact_gelu_derivative_f32(size_t n, const float *x, float *dy);
fastact_status fastact_gelu_backward_f32(size_t n, const float *grad, const float *x, float *dx);
fastact_status fastact_gelu_f64(size_t n, const double *x, double *y);
fastact_status fastact_gelu_derivative_f64(size_t n, const double *x, double *dy);
fastact_status fastact_gelu_backward_f64(size_t n, const double *grad, const double *x, double *dx);

/* gelu_tanh(x) = x * sigmoid(2 * u), u = sqrt(2 / pi) * (x + 0.044715 * x**3)
 * derivative: q + 2 * x * q * (1 - q) * sqrt(2 / pi) * (1 + 0.134145 * x**2) with q = sigmoid(2 * u)
 * float32 within 1 ulp (value), 1 ulp (derivative) */
fastact_status fastact_gelu_tanh_f32(size_t n, const float *x, float *y);
fastact_status fastact_gelu_tanh_derivative_f32(size_t n, const float *x, float *dy);
fastact_status fastact_gelu_tanh_backward_f32(size_t n, const float *grad, const float *x, float *dx);
fastact_status fastact_gelu_tanh_f64(size_t n, const double *x, double *y);
fastact_status fastact_gelu_tanh_derivative_f64(size_t n, const double *x, double *dy);
fastact_status fastact_gelu_tanh_backward_f64(size_t n, const double *grad, const double *x, double *dx);

/* silu(x) = x * sigmoid(beta * x); beta = 1.0
 * derivative: s * (1 + beta * x * (1 - s)) with s = sigmoid(beta * x)
 * float32 within 1 ulp (value), 1 ulp (derivative); also known as swish */
fastact_status fastact_silu_f32(size_t n, const float *x, float *y, float beta);
fastact_status fastact_silu_derivative_f32(size_t n, const float *x, float *dy, float beta);
fastact_status fastact_silu_backward_f32(size_t n, const float *grad, const float *x, float *dx, float beta);
fastact_status fastact_silu_f64(size_t n, const double *x, double *y, double beta);
fastact_status fastact_silu_derivative_f64(size_t n, const double *x, double *dy, double beta);
fastact_status fastact_silu_backward_f64(size_t n, const double *grad, const double *x, double *dx, double beta);

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

/* abs(x) = abs(x)
 * derivative: sign(x)
 * float32 within 0 ulp (value), 0 ulp (derivative) */
fastact_status fastact_abs_f32(size_t n, const float *x, float *y);
fastact_status fastact_abs_derivative_f32(size_t n, const float *x, float *dy);
fastact_status fastact_abs_backward_f32(size_t n, const float *grad, const float *x, float *dx);
fastact_status fastact_abs_f64(size_t n, const double *x, double *y);
fastact_status fastact_abs_derivative_f64(size_t n, const double *x, double *dy);
fastact_status fastact_abs_backward_f64(size_t n, const double *grad, const double *x, double *dx);

/* square(x) = x**2
 * derivative: 2 * x
 * float32 within 0.5 ulp (value), 0 ulp (derivative) */
fastact_status fastact_square_f32(size_t n, const float *x, float *y);
fastact_status fastact_square_derivative_f32(size_t n, const float *x, float *dy);
fastact_status fastact_square_backward_f32(size_t n, const float *grad, const float *x, float *dx);
fastact_status fastact_square_f64(size_t n, const double *x, double *y);
fastact_status fastact_square_derivative_f64(size_t n, const double *x, double *dy);
fastact_status fastact_square_backward_f64(size_t n, const double *grad, const double *x, double *dx);

/* relu_squared(x) = max(x, 0)**2
 * derivative: 2 * max(x, 0)
 * float32 within 0.5 ulp (value), 0 ulp (derivative); also known as relu2 */
fastact_status fastact_relu_squared_f32(size_t n, const float *x, float *y);
fastact_status fastact_relu_squared_derivative_f32(size_t n, const float *x, float *dy);
fastact_status fastact_relu_squared_backward_f32(size_t n, const float *grad, const float *x, float *dx);
fastact_status fastact_relu_squared_f64(size_t n, const double *x, double *y);
fastact_status fastact_relu_squared_derivative_f64(size_t n, const double *x, double *dy);
fastact_status fastact_relu_squared_backward_f64(size_t n, const double *grad, const double *x, double *dx);

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

/* hard_shrink(x) = x if abs(x) > lambd else 0; lambd = 0.5
 * derivative: 1 if abs(x) > lambd else 0
 * float32 within 0 ulp (value), 0 ulp (derivative); also known as hardshrink */
fastact_status fastact_hard_shrink_f32(size_t n, const float *x, float *y, float lambd);
fastact_status fastact_hard_shrink_derivative_f32(size_t n, const float *x, float *dy, float lambd);
fastact_status fastact_hard_shrink_backward_f32(size_t n, const float *grad, const float *x, float *dx, float lambd);
fastact_status fastact_hard_shrink_f64(size_t n, const double *x, double *y, double lambd);
fastact_status fastact_hard_shrink_derivative_f64(size_t n, const double *x, double *dy, double lambd);
fastact_status fastact_hard_shrink_backward_f64(size_t n, const double *grad, const double *x, double *dx, double lambd);

/* soft_shrink(x) = x - lambd if x > lambd, x + lambd if x < -lambd, else 0; lambd = 0.5
 * derivative: 1 if abs(x) > lambd else 0
 * float32 within 0.5 ulp (value), 0 ulp (derivative); also known as softshrink soft_threshold */
fastact_status fastact_soft_shrink_f32(size_t n, const float *x, float *y, float lambd);
fastact_status fastact_soft_shrink_derivative_f32(size_t n, const float *x, float *dy, float lambd);
fastact_status fastact_soft_shrink_backward_f32(size_t n, const float *grad, const float *x, float *dx, float lambd);
fastact_status fastact_soft_shrink_f64(size_t n, const double *x, double *y, double lambd);
fastact_status fastact_soft_shrink_derivative_f64(size_t n, const double *x, double *dy, double lambd);
fastact_status fastact_soft_shrink_backward_f64(size_t n, const double *grad, const double *x, double *dx, double lambd);

/* thresholded_relu(x) = x if x > theta else 0; theta = 1.0
 * derivative: 1 if x > theta else 0
 * float32 within 0 ulp (value), 0 ulp (derivative) */
fastact_status fastact_thresholded_relu_f32(size_t n, const float *x, float *y, float theta);
fastact_status fastact_thresholded_relu_derivative_f32(size_t n, const float *x, float *dy, float theta);
fastact_status fastact_thresholded_relu_backward_f32(size_t n, const float *grad, const float *x, float *dx, float theta);
fastact_status fastact_thresholded_relu_f64(size_t n, const double *x, double *y, double theta);
fastact_status fastact_thresholded_relu_derivative_f64(size_t n, const double *x, double *dy, double theta);
fastact_status fastact_thresholded_relu_backward_f64(size_t n, const double *grad, const double *x, double *dx, double theta);

/* softmax of each row of a C-contiguous (rows, columns) array: exp(x - max(x)) / sum(exp(x - max(x)))
 * backward: dx = y * (g - sum(g * y))
 * each float32 output within 2 ulp. A row with NaN or +inf gives NaN; -inf entries count as zero probability. */
fastact_status fastact_softmax_f32(size_t rows, size_t columns, const float *x, float *y);
fastact_status fastact_softmax_backward_f32(size_t rows, size_t columns, const float *grad, const float *y, float *dx);
fastact_status fastact_softmax_f64(size_t rows, size_t columns, const double *x, double *y);
fastact_status fastact_softmax_backward_f64(size_t rows, size_t columns, const double *grad, const double *y, double *dx);

/* log_softmax of each row of a C-contiguous (rows, columns) array: x - max(x) - log(sum(exp(x - max(x))))
 * backward: dx = g - exp(y) * sum(g)
 * each float32 output within 2 ulp. A row with NaN or +inf gives NaN; -inf entries count as zero probability. */
fastact_status fastact_log_softmax_f32(size_t rows, size_t columns, const float *x, float *y);
fastact_status fastact_log_softmax_backward_f32(size_t rows, size_t columns, const float *grad, const float *y, float *dx);
fastact_status fastact_log_softmax_f64(size_t rows, size_t columns, const double *x, double *y);
fastact_status fastact_log_softmax_backward_f64(size_t rows, size_t columns, const double *grad, const double *y, double *dx);

/* mean_squared_error: mean over n of (pred - target)**2
 * gradient: 2 * (pred - target), divided by n. Sums run in a fixed order. */
fastact_status fastact_mean_squared_error_f32(size_t n, const float *pred, const float *target, float *mean);
fastact_status fastact_mean_squared_error_gradient_f32(size_t n, const float *pred, const float *target, float *grad);
fastact_status fastact_mean_squared_error_value_and_gradient_f32(size_t n, const float *pred, const float *target, float *mean, float *grad);
fastact_status fastact_mean_squared_error_f64(size_t n, const double *pred, const double *target, double *mean);
fastact_status fastact_mean_squared_error_gradient_f64(size_t n, const double *pred, const double *target, double *grad);
fastact_status fastact_mean_squared_error_value_and_gradient_f64(size_t n, const double *pred, const double *target, double *mean, double *grad);

/* mse: mean over n of (pred - target)**2
 * gradient: 2 * (pred - target), divided by n. Sums run in a fixed order. */
fastact_status fastact_mse_f32(size_t n, const float *pred, const float *target, float *mean);
fastact_status fastact_mse_gradient_f32(size_t n, const float *pred, const float *target, float *grad);
fastact_status fastact_mse_value_and_gradient_f32(size_t n, const float *pred, const float *target, float *mean, float *grad);
fastact_status fastact_mse_f64(size_t n, const double *pred, const double *target, double *mean);
fastact_status fastact_mse_gradient_f64(size_t n, const double *pred, const double *target, double *grad);
fastact_status fastact_mse_value_and_gradient_f64(size_t n, const double *pred, const double *target, double *mean, double *grad);

/* cross_entropy: mean over rows of logsumexp(logits) - logits[label]
 * gradient: softmax(logits) - onehot(label), divided by rows. A label outside [0, columns) is FASTACT_ERROR_LABEL
 * and nothing is written. */
fastact_status fastact_cross_entropy_f32(size_t rows, size_t columns, const float *logits, const int64_t *labels, float *mean);
fastact_status fastact_cross_entropy_gradient_f32(size_t rows, size_t columns, const float *logits, const int64_t *labels, float *grad);
fastact_status fastact_cross_entropy_value_and_gradient_f32(size_t rows, size_t columns, const float *logits, const int64_t *labels,
    float *mean, float *grad);
fastact_status fastact_cross_entropy_f64(size_t rows, size_t columns, const double *logits, const int64_t *labels, double *mean);
fastact_status fastact_cross_entropy_gradient_f64(size_t rows, size_t columns, const double *logits, const int64_t *labels, double *grad);
fastact_status fastact_cross_entropy_value_and_gradient_f64(size_t rows, size_t columns, const double *logits, const int64_t *labels,
    double *mean, double *grad);

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

#ifdef __cplusplus
}
#endif
#endif
