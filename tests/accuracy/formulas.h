/* The exact functions, written once and compiled in two precisions: included by reference.c with REAL, NAME(), M() and NUMBER() set.
 *
 * Closed forms straight from the definitions, each without cancellation except at a derivative's root; nothing here is shared with
 * the kernels (no table, no polynomial, no clamp). A function is three bodies at most: value, derivative, slope from the output. */

static REAL NAME(logistic)(REAL x) {
    const REAL e = M(exp)(-M(fabs)(x));
    return x >= 0 ? 1 / (1 + e) : e / (1 + e);
}
/* x times a factor that vanishes faster than x grows: the limit at infinity, with the sign of x */
static REAL NAME(damped)(REAL x, REAL factor) { return factor == 0 && x == x ? M(copysign)(0, x) : x * factor; }

static REAL NAME(identity_value)(REAL x, const REAL *p) { (void)p; return x; }
static REAL NAME(identity_derivative)(REAL x, const REAL *p) { (void)x, (void)p; return 1; }

static REAL NAME(sigmoid_value)(REAL x, const REAL *p) { (void)p; return NAME(logistic)(x); }
static REAL NAME(sigmoid_derivative)(REAL x, const REAL *p) {
    const REAL e = M(exp)(-M(fabs)(x));
    (void)p;
    return e / ((1 + e) * (1 + e));
}
static REAL NAME(sigmoid_from_output)(REAL y, const REAL *p) { (void)p; return y * (1 - y); }

static REAL NAME(tanh_value)(REAL x, const REAL *p) { (void)p; return M(tanh)(x); }
static REAL NAME(tanh_derivative)(REAL x, const REAL *p) {
    const REAL e = M(exp)(-2 * M(fabs)(x));
    (void)p;
    return 4 * e / ((1 + e) * (1 + e));
}
static REAL NAME(tanh_from_output)(REAL y, const REAL *p) { (void)p; return (1 - y) * (1 + y); }

static REAL NAME(relu_value)(REAL x, const REAL *p) { (void)p; return x > 0 || x != x ? x : 0; }
static REAL NAME(relu_derivative)(REAL x, const REAL *p) { (void)p; return x > 0; }
static REAL NAME(relu_from_output)(REAL y, const REAL *p) { (void)p; return y > 0; }

static REAL NAME(leaky_relu_value)(REAL x, const REAL *p) { return x > 0 ? x : NAME(damped)(x, p[0]); }
static REAL NAME(leaky_relu_derivative)(REAL x, const REAL *p) { return x > 0 ? 1 : p[0]; }
static REAL NAME(leaky_relu_from_output)(REAL y, const REAL *p) { return y > 0 ? 1 : p[0]; }

static REAL NAME(relu6_value)(REAL x, const REAL *p) { (void)p; return x > 6 ? 6 : x > 0 || x != x ? x : 0; }
static REAL NAME(relu6_derivative)(REAL x, const REAL *p) { (void)p; return x > 0 && x < 6; }
static REAL NAME(relu6_from_output)(REAL y, const REAL *p) { (void)p; return y > 0 && y < 6; }

static REAL NAME(abs_value)(REAL x, const REAL *p) { (void)p; return M(fabs)(x); }
static REAL NAME(abs_derivative)(REAL x, const REAL *p) { (void)p; return (x > 0) - (x < 0); }

static REAL NAME(square_value)(REAL x, const REAL *p) { (void)p; return x * x; }
static REAL NAME(square_derivative)(REAL x, const REAL *p) { (void)p; return 2 * x; }

static REAL NAME(relu_squared_value)(REAL x, const REAL *p) { (void)p; return x > 0 || x != x ? x * x : 0; }
static REAL NAME(relu_squared_derivative)(REAL x, const REAL *p) { (void)p; return x > 0 || x != x ? 2 * x : 0; }

static REAL NAME(hard_shrink_value)(REAL x, const REAL *p) { return M(fabs)(x) > p[0] || x != x ? x : 0; }
static REAL NAME(hard_shrink_derivative)(REAL x, const REAL *p) { return M(fabs)(x) > p[0]; }

static REAL NAME(soft_shrink_value)(REAL x, const REAL *p) { return x > p[0] || x != x ? x - p[0] : x < -p[0] ? x + p[0] : 0; }
static REAL NAME(soft_shrink_derivative)(REAL x, const REAL *p) { return M(fabs)(x) > p[0]; }

static REAL NAME(thresholded_relu_value)(REAL x, const REAL *p) { return x > p[0] || x != x ? x : 0; }
static REAL NAME(thresholded_relu_derivative)(REAL x, const REAL *p) { return x > p[0]; }

static REAL NAME(exponential_value)(REAL x, const REAL *p) { (void)p; return M(exp)(x); }
static REAL NAME(exponential_derivative)(REAL x, const REAL *p) { (void)p; return M(exp)(x); }
static REAL NAME(exponential_from_output)(REAL y, const REAL *p) { (void)p; return y; }

/* both zeros count as the end of the positive numbers */
static REAL NAME(log_value)(REAL x, const REAL *p) { (void)p; return M(log)(x == 0 ? 0 : x); }
static REAL NAME(log_derivative)(REAL x, const REAL *p) { (void)p; return x < 0 ? (REAL)NAN : 1 / M(fabs)(x); }

/* log(x / (1 - x)) inside [0, 1] */
static REAL NAME(log_odds)(REAL x) {
    if (x == 0 || x == 1) return x == 0 ? -(REAL)INFINITY : (REAL)INFINITY;
    return x > NUMBER(0.25) && x < NUMBER(0.75) ? M(log1p)((2 * x - 1) / (1 - x)) : M(log)(x) - M(log1p)(-x);
}
static REAL NAME(logit_value)(REAL x, const REAL *p) {
    if (p[0] > 0 && 1 - x < p[0]) return -NAME(log_odds)(p[0]);
    if (p[0] > 0 && x < p[0]) return NAME(log_odds)(p[0]);
    return x >= 0 && x <= 1 ? NAME(log_odds)(x) : (REAL)NAN;
}
static REAL NAME(logit_derivative)(REAL x, const REAL *p) {
    if (p[0] > 0 && (x < p[0] || 1 - x < p[0])) return 0;
    return x >= 0 && x <= 1 ? 1 / (M(fabs)(x) * (1 - x)) : (REAL)NAN;
}

static REAL NAME(elu_value)(REAL x, const REAL *p) { return x > 0 ? x : p[0] * M(expm1)(x); }
static REAL NAME(elu_derivative)(REAL x, const REAL *p) { return x > 0 ? 1 : p[0] * M(exp)(x); }
static REAL NAME(elu_from_output)(REAL y, const REAL *p) { return y > 0 ? 1 : y + p[0]; }
static REAL NAME(softsign_value)(REAL x, const REAL *p) {
    const REAL a = M(fabs)(x);
    (void)p;
    return x != x ? x : M(copysign)(a < (REAL)INFINITY ? a / (1 + a) : 1, x);
}
static REAL NAME(softsign_derivative)(REAL x, const REAL *p) {
    const REAL s = 1 / (1 + M(fabs)(x));
    (void)p;
    return s * s;
}
static REAL NAME(softsign_from_output)(REAL y, const REAL *p) { (void)p; return (1 - M(fabs)(y)) * (1 - M(fabs)(y)); }

static REAL NAME(sqrt_value)(REAL x, const REAL *p) { (void)p; return M(sqrt)(x); }
static REAL NAME(sqrt_derivative)(REAL x, const REAL *p) { (void)p; return 1 / (2 * M(sqrt)(x + 0)); }
static REAL NAME(sqrt_from_output)(REAL y, const REAL *p) { (void)p; return 1 / (2 * y + 0); }

/* below 1 (x cosh(x) - sinh(x)) / cosh(x), whose numerator is a series of positive terms */
static REAL NAME(tanh_shrink_value)(REAL x, const REAL *p) {
    REAL power = x, sum = 0, last = -1;
    (void)p;
    if (!(M(fabs)(x) < 1)) return x - M(tanh)(x);
    for (int k = 1; sum != last; ++k) {
        last = sum;
        power *= x * x / ((2 * k) * (2 * k + 1));
        sum += 2 * k * power;
    }
    return sum == 0 ? M(copysign)(0, x) : sum / M(cosh)(x);
}
static REAL NAME(tanh_shrink_derivative)(REAL x, const REAL *p) { (void)p; return M(tanh)(x) * M(tanh)(x); }

static REAL NAME(lisht_value)(REAL x, const REAL *p) { (void)p; return x * M(tanh)(x); }
static REAL NAME(lisht_derivative)(REAL x, const REAL *p) { return M(tanh)(x) + NAME(damped)(x, NAME(tanh_derivative)(x, p)); }

#define SELU_SCALE NUMBER(1.05070098735548049341933498529460)
#define SELU_LIMIT NUMBER(1.75809934084737685994021752081231934206) /* scale * alpha */
static REAL NAME(selu_value)(REAL x, const REAL *p) { (void)p; return x > 0 ? SELU_SCALE * x : SELU_LIMIT * M(expm1)(x); }
static REAL NAME(selu_derivative)(REAL x, const REAL *p) { (void)p; return x > 0 ? SELU_SCALE : SELU_LIMIT * M(exp)(x); }
static REAL NAME(selu_from_output)(REAL y, const REAL *p) { (void)p; return y > 0 ? SELU_SCALE : y + SELU_LIMIT; }
#undef SELU_SCALE
#undef SELU_LIMIT

static REAL NAME(celu_value)(REAL x, const REAL *p) { return x > 0 ? x : p[0] * M(expm1)(x / p[0]); }
static REAL NAME(celu_derivative)(REAL x, const REAL *p) { return x > 0 ? 1 : M(exp)(x / p[0]); }
static REAL NAME(celu_from_output)(REAL y, const REAL *p) { return y > 0 ? 1 : (y + p[0]) / p[0]; }

static REAL NAME(softplus_value)(REAL x, const REAL *p) {
    const REAL z = p[0] * x;
    return ((z > 0 || z != z ? z : 0) + M(log1p)(M(exp)(-M(fabs)(z)))) / p[0];
}
static REAL NAME(softplus_derivative)(REAL x, const REAL *p) { return NAME(logistic)(p[0] * x); }
static REAL NAME(softplus_from_output)(REAL y, const REAL *p) { return -M(expm1)(-p[0] * y); }

static REAL NAME(log_sigmoid_value)(REAL x, const REAL *p) { (void)p; return x < 0 ? x - M(log1p)(M(exp)(x)) : -M(log1p)(M(exp)(-x)); }
static REAL NAME(log_sigmoid_derivative)(REAL x, const REAL *p) { (void)p; return NAME(logistic)(-x); }
static REAL NAME(log_sigmoid_from_output)(REAL y, const REAL *p) { (void)p; return -M(expm1)(y); }

/* with e = e^x below 0 and e = e^-x above, so that nothing overflows */
static REAL NAME(mish_value)(REAL x, const REAL *p) {
    const REAL e = M(exp)(-M(fabs)(x)), w = e * (e + 2);
    (void)p;
    return x > 0 ? x * ((1 + 2 * e) / (1 + 2 * e + 2 * e * e)) : NAME(damped)(x, w / (w + 2));
}
static REAL NAME(mish_derivative)(REAL x, const REAL *p) {
    const REAL e = M(exp)(-M(fabs)(x)), w = e * (e + 2), d = 1 + 2 * e + 2 * e * e;
    (void)p;
    if (x > 0) return ((1 + 2 * e) * d + NAME(damped)(4 * x, e * e) * (1 + e)) / (d * d);
    return NAME(damped)((e + 2) * (w + 2) + 4 * x * (e + 1), e) / ((w + 2) * (w + 2));
}

static REAL NAME(normal)(REAL x) { return M(erfc)(-x * NUMBER(0.70710678118654752440084436210484903928)) / 2; }
static REAL NAME(gelu_value)(REAL x, const REAL *p) { (void)p; return NAME(damped)(x, NAME(normal)(x)); }
static REAL NAME(gelu_derivative)(REAL x, const REAL *p) {
    const REAL density = M(exp)(-x * x / 2) * NUMBER(0.39894228040143267793994605993438186848);
    (void)p;
    return NAME(normal)(x) + NAME(damped)(x, density);
}

#define SQRT_8_OVER_PI NUMBER(1.59576912160573071175978423973752747393)
static REAL NAME(gelu_tanh_value)(REAL x, const REAL *p) {
    (void)p;
    return NAME(damped)(x, NAME(logistic)(SQRT_8_OVER_PI * x * (1 + NUMBER(0.044715) * x * x)));
}
static REAL NAME(gelu_tanh_derivative)(REAL x, const REAL *p) {
    const REAL u = SQRT_8_OVER_PI * x * (1 + NUMBER(0.044715) * x * x);
    const REAL slope = SQRT_8_OVER_PI * x * (1 + NUMBER(0.134145) * x * x);
    (void)p;
    return NAME(damped)(1 + NAME(damped)(slope, NAME(logistic)(-u)), NAME(logistic)(u));
}
#undef SQRT_8_OVER_PI

static REAL NAME(silu_value)(REAL x, const REAL *p) { return NAME(damped)(x, NAME(logistic)(p[0] * x)); }
static REAL NAME(silu_derivative)(REAL x, const REAL *p) {
    const REAL z = p[0] * x;
    return NAME(damped)(1 + NAME(damped)(z, NAME(logistic)(-z)), NAME(logistic)(z));
}

static REAL NAME(clip_value)(REAL x, const REAL *p) { return x > p[1] ? p[1] : x < p[0] ? p[0] : x; }
static int NAME(is_infinite)(REAL x) { return x != 0 && 2 * x == x; }
/* infinite bounds let all in */
static REAL NAME(clip_derivative)(REAL x, const REAL *p) {
    return (x > p[0] || (x == p[0] && NAME(is_infinite)(x))) && (x < p[1] || (x == p[1] && NAME(is_infinite)(x)));
}
static REAL NAME(clip_from_output)(REAL y, const REAL *p) { return NAME(clip_derivative)(y, p); }

static REAL NAME(hard_tanh_value)(REAL x, const REAL *p) { return NAME(clip_value)(x, p); }
static REAL NAME(hard_tanh_derivative)(REAL x, const REAL *p) { return NAME(clip_derivative)(x, p); }
static REAL NAME(hard_tanh_from_output)(REAL y, const REAL *p) { return NAME(clip_derivative)(y, p); }

static REAL NAME(clipped_linear_value)(REAL x, const REAL *p) {
    const REAL y = p[0] * x + p[1];
    return y > p[3] ? p[3] : y < p[2] ? p[2] : y;
}
/* edges are numbers of the dtype: (bound - offset) / slope rounded */
static REAL NAME(rounded)(REAL x) { return reference_is_float ? (float)x : (double)x; }
static int NAME(is_between)(REAL x, REAL slope, REAL first, REAL last) {
    const REAL low = slope > 0 ? first : last, high = slope > 0 ? last : first;
    return (x > low || (x == low && NAME(is_infinite)(x))) && (x < high || (x == high && NAME(is_infinite)(x)));
}
static REAL NAME(clipped_linear_derivative)(REAL x, const REAL *p) {
    return NAME(is_between)(x, p[0], NAME(rounded)((p[2] - p[1]) / p[0]), NAME(rounded)((p[3] - p[1]) / p[0])) ? p[0] : 0;
}

static REAL NAME(hard_sigmoid_value)(REAL x, const REAL *p) {
    const REAL y = p[0] * x + p[1];
    return y > 1 ? 1 : y < 0 ? 0 : y;
}
static REAL NAME(hard_sigmoid_derivative)(REAL x, const REAL *p) {
    return NAME(is_between)(x, p[0], NAME(rounded)(-p[1] / p[0]), NAME(rounded)((1 - p[1]) / p[0])) ? p[0] : 0;
}
static REAL NAME(hard_sigmoid_from_output)(REAL y, const REAL *p) { return y > 0 && y < 1 ? p[0] : 0; }

static REAL NAME(sparse_sigmoid_value)(REAL x, const REAL *p) { (void)p; return x >= 1 ? 1 : x <= -1 ? 0 : (x + 1) / 2; }
static REAL NAME(sparse_sigmoid_derivative)(REAL x, const REAL *p) { (void)p; return x > -1 && x < 1 ? NUMBER(0.5) : 0; }

static REAL NAME(hard_swish_value)(REAL x, const REAL *p) {
    const REAL v = p[0] * x + p[1];
    return v >= 1 ? x : v <= 0 ? M(copysign)(0, x) : x * v;
}
static REAL NAME(hard_swish_derivative)(REAL x, const REAL *p) {
    const REAL first = NAME(rounded)(-p[1] / p[0]), last = NAME(rounded)((1 - p[1]) / p[0]);
    if (p[0] > 0 ? x <= first : x >= first) return 0;
    return (p[0] > 0 ? x >= last : x <= last) ? 1 : 2 * p[0] * x + p[1];
}

static REAL NAME(hard_mish_value)(REAL x, const REAL *p) { (void)p; return x >= 0 ? x : x <= -2 ? -NUMBER(0.0) : x * (x + 2) / 2; }
static REAL NAME(hard_mish_derivative)(REAL x, const REAL *p) { (void)p; return x >= 0 ? 1 : x <= -2 ? 0 : x + 1; }

static REAL NAME(sparse_plus_value)(REAL x, const REAL *p) { (void)p; return x >= 1 ? x : x <= -1 ? 0 : (x + 1) * (x + 1) / 4; }
static REAL NAME(sparse_plus_derivative)(REAL x, const REAL *p) { (void)p; return x >= 1 ? 1 : x <= -1 ? 0 : (x + 1) / 2; }

static REAL NAME(shrink_value)(REAL x, const REAL *p) { return x > p[0] || x != x ? x - p[1] : x < -p[0] ? x + p[1] : 0; }
static REAL NAME(shrink_derivative)(REAL x, const REAL *p) { return M(fabs)(x) > p[0]; }

static REAL NAME(threshold_value)(REAL x, const REAL *p) { return x > p[0] || x != x ? x : p[1]; }
static REAL NAME(threshold_derivative)(REAL x, const REAL *p) { return x > p[0]; }

static REAL NAME(relu_general_value)(REAL x, const REAL *p) {
    return x >= p[1] ? p[1] : x >= p[2] ? x : p[0] == 0 && x == x ? 0 : p[0] * (x - p[2]);
}
static REAL NAME(relu_general_derivative)(REAL x, const REAL *p) {
    return x >= p[1] && !NAME(is_infinite)(p[1]) ? 0 : x > p[2] ? 1 : p[0]; /* an infinite max_value is never reached */
}

static REAL NAME(rrelu_value)(REAL x, const REAL *p) { return x > 0 ? x : NAME(damped)(x, (p[0] + p[1]) / 2); }
static REAL NAME(rrelu_derivative)(REAL x, const REAL *p) { return x > 0 ? 1 : (p[0] + p[1]) / 2; }

static REAL NAME(affine_value)(REAL x, const REAL *p) { return p[0] * x + p[1]; }
static REAL NAME(affine_derivative)(REAL x, const REAL *p) { (void)x; return p[0]; }

static REAL NAME(step_value)(REAL x, const REAL *p) { return x != x ? x : x >= p[0]; }
static REAL NAME(step_derivative)(REAL x, const REAL *p) { (void)x, (void)p; return 0; }

static REAL NAME(round_value)(REAL x, const REAL *p) { (void)p; return M(rint)(x); }
static REAL NAME(round_derivative)(REAL x, const REAL *p) { (void)x, (void)p; return 0; }
static REAL NAME(quick_gelu_value)(REAL x, const REAL *p) { return NAME(silu_value)(x, p); }
static REAL NAME(quick_gelu_derivative)(REAL x, const REAL *p) { return NAME(silu_derivative)(x, p); }

static REAL NAME(scaled_tanh_value)(REAL x, const REAL *p) { return p[1] * M(tanh)(p[0] * x); }
static REAL NAME(scaled_tanh_derivative)(REAL x, const REAL *p) {
    const REAL e = M(exp)(-2 * M(fabs)(p[0] * x));
    return 4 * p[0] * p[1] * e / ((1 + e) * (1 + e));
}

static REAL NAME(squareplus_value)(REAL x, const REAL *p) {
    const REAL sum = M(fabs)(x) + M(sqrt)(x * x + p[0]);
    return x < 0 ? p[0] / (2 * sum) : sum / 2;
}
static REAL NAME(squareplus_derivative)(REAL x, const REAL *p) {
    const REAL a = M(fabs)(x), root = M(sqrt)(x * x + p[0]), small = p[0] / (2 * root * (root + a));
    return x < 0 ? small : 1 - small;
}

/* 1 - a / sqrt(1 + a^2) */
static REAL NAME(dish_rest)(REAL a) { return 1 / (M(sqrt)(1 + a * a) * (M(sqrt)(1 + a * a) + a)); }
static REAL NAME(dish_value)(REAL x, const REAL *p) {
    const REAL rest = NAME(dish_rest)(M(fabs)(x)) / 2;
    (void)p;
    return x < 0 ? NAME(damped)(x, rest) : NAME(is_infinite)(x) ? x : x * (1 - rest);
}
static REAL NAME(dish_derivative)(REAL x, const REAL *p) {
    const REAL w = NAME(dish_rest)(M(fabs)(x)), y = -w * (1 - 3 * w + w * w) / 2;
    (void)p;
    return x < 0 ? y : 1 - y;
}

static REAL NAME(snake_value)(REAL x, const REAL *p) {
    const REAL sine = M(sin)(p[0] * x);
    return x + sine * sine / (p[0] == 0 ? 1 : p[0]);
}
/* 1 + sin(u) without cancellation */
static REAL NAME(snake_derivative)(REAL x, const REAL *p) {
    const REAL sine = M(sin)(2 * p[0] * x), cosine = M(cos)(2 * p[0] * x);
    return sine < 0 ? cosine * cosine / (1 - sine) : 1 + sine;
}

static REAL NAME(pow_value)(REAL x, const REAL *p) { return p[1] * M(pow)(x, p[0]); }
static REAL NAME(pow_derivative)(REAL x, const REAL *p) { return p[0] == 0 ? 0 : p[0] * p[1] * M(pow)(x, p[0] - 1); }

static REAL NAME(laplace_value)(REAL x, const REAL *p) { return NAME(normal)((x - p[0]) / p[1]); }
static REAL NAME(laplace_derivative)(REAL x, const REAL *p) {
    const REAL t = (x - p[0]) / p[1];
    return M(exp)(-t * t / 2) * NUMBER(0.39894228040143267793994605993438186848) / p[1];
}
