/* Pointwise losses from their definitions in the wide format: value, gradient and Hessian of one element. d is pred - target, a its
 * absolute value, z the prediction, t the target, q the parameters.
 *
 * A difference that may cancel leaves the size of its larger term in value_terms and so on: errors are allowed to be a part of it.
 * `close` marks gradients of float arrays that are right to a smaller part of it: differences of exponentials and numbers;
 * `factor` is what parameters multiply something by that may be subnormal and rounded there. */
#include "strata.h"
#include <math.h>

typedef struct loss_exact {
    wide value, gradient, hessian, value_terms, gradient_terms, hessian_terms, factor, close;
} loss_exact;
typedef loss_exact loss_formula(wide z, wide t, const wide *q);

/* what targets are: any number, -1 or 1, from 0 to 1, not negative; CHANCE from 0 to 1 as predictions are too, POSITIVE both above 0 */
typedef enum { ANY, SIGN, SHARE, COUNT, CHANCE, POSITIVE } target_kind;

enum { PARAMETER_SETS = 6 };
typedef struct loss_reference {
    const char *name;
    loss_formula *formula;
    target_kind targets;
    double parameters[PARAMETER_SETS][PARAMETERS]; /* the defaults first */
    int sets;
} loss_reference;

static wide larger(wide a, wide b) { return a < b ? b : a; }
static wide sign(wide x) { return x > 0 ? 1 : x < 0 ? -1 : x; }
static wide logistic(wide x) { return 1 / (1 + wide_exp(-x)); }
/* log(1 + e^x) */
static wide softened(wide x) { return larger(x, 0) + wide_log1p(wide_exp(-wide_fabs(x))); }
static wide weighted(wide c, wide x) { return c == 0 ? 0 : c * x; } /* whatever x is */

#define FORMULA(name) static loss_exact name##_exact(wide z, wide t, const wide *q)
#define ANSWER(v, g, h, ...)                                                              \
    const loss_exact answer = {.value = v, .gradient = g, .hessian = h, __VA_ARGS__}; \
    (void)z, (void)t, (void)q;                                                            \
    return answer

FORMULA(mean_squared_error) { ANSWER((z - t) * (z - t), 2 * (z - t), 2); }
FORMULA(mean_absolute_error) { ANSWER(wide_fabs(z - t), sign(z - t), 0); }
FORMULA(half_squared_error) { ANSWER((z - t) * (z - t) / 2, z - t, 1); }
FORMULA(huber) {
    const wide d = z - t, a = wide_fabs(d);
    if (a > q[0]) { ANSWER(q[0] * (a - q[0] / 2), q[0] * sign(d), 0); }
    ANSWER(d * d / 2, d, 1);
}
FORMULA(smooth_l1) {
    const wide d = z - t, a = wide_fabs(d);
    if (a < q[0]) { ANSWER(d * d / (2 * q[0]), d / q[0], 1 / q[0]); }
    ANSWER(a - q[0] / 2, sign(d), 0);
}
FORMULA(log_cosh) {
    const wide d = z - t, a = wide_fabs(d), e = wide_exp(-2 * a);
    if (a < 1e-8) { ANSWER(d * d / 2 - d * d * d * d / 12, d - d * d * d / 3, 1 - d * d); }
    if (a < 1) { ANSWER(wide_log1p((wide_exp(a) + wide_exp(-a)) / 2 - 1), sign(d) * (1 - e) / (1 + e), 4 * e / ((1 + e) * (1 + e))); }
    ANSWER(a + wide_log1p(e) - wide_log(2), sign(d) * (1 - e) / (1 + e), 4 * e / ((1 + e) * (1 + e)));
}
FORMULA(hinge) {
    const wide m = q[0] - z * t;
    if (m < 0) { ANSWER(0, 0, 0); }
    ANSWER(m, -t, 0);
}
FORMULA(squared_hinge) {
    const wide m = q[0] - z * t;
    if (m < 0) { ANSWER(0, 0, 0); }
    ANSWER(m * m, -2 * t * m, m > 0 ? 2 * t * t : 0);
}
static wide smoothed(wide t, wide a) { return t * (1 - a) + a / 2; }
FORMULA(binary_cross_entropy_with_logits) {
    const wide yes = smoothed(t, q[1]), no = smoothed(1 - t, q[1]), up = q[0] * yes * logistic(-z), down = no * logistic(z);
    ANSWER(weighted(no, softened(z)) + weighted(q[0] * yes, softened(-z)), down - up, (no + q[0] * yes) * logistic(z) * logistic(-z),
           .gradient_terms = up != 0 && down != 0 ? larger(up, down) : 0, .factor = q[0], .close = 1);
}
/* of the chance p, which is 1 - other, from the smaller of the two */
static wide log_of_chance(wide p, wide other) { return p < 0.5 ? wide_log(p) : wide_log1p(-other); }
FORMULA(binary_cross_entropy) {
    const wide yes = smoothed(t, q[2]), no = smoothed(1 - t, q[2]), unit = q[1] == 0 ? 1 : 1 / wide_log(2);
    const wide low = q[0] > 0 ? q[0] : 0, high = 1 - low, p = q[0] > 0 ? z < low ? low : z > high ? high : z : z;
    const wide floor = q[0] < 0 ? q[0] : -(wide)INFINITY, least = q[0] < 0 ? 1e-12 : 0;
    const wide first = larger(log_of_chance(p, 1 - p), floor), second = larger(log_of_chance(1 - p, p), floor);
    const wide value = -(weighted(yes, first) + weighted(no, second)) * unit;
    if (z != p) { ANSWER(value, 0, 0); }
    const wide over = larger(p, least), under = larger(1 - p, least);
    const wide slope = q[0] == 0 && p * (1 - p) == 0 ? p == yes ? 1 - 2 * p : (p - yes) / 0.0L : (p - yes) / larger(p * (1 - p), least);
    ANSWER(value, slope * unit, ((yes == 0 ? 0 : yes / (over * over)) + (no == 0 ? 0 : no / (under * under))) * unit,
           .gradient_terms = q[2] != 0 ? yes / larger(p * (1 - p), least) * unit : 0);
}
FORMULA(sigmoid_focal) {
    const wide yes = smoothed(t, q[2]), no = smoothed(1 - t, q[2]), s = logistic(z), r = logistic(-z);
    const wide c = weighted(yes, softened(-z)) + weighted(no, softened(z)), u = yes * r + no * s;
    const wide share = q[0] < 0 ? 1 : yes * q[0] + no * (1 - q[0]);
    const wide w = share * (q[1] == 0 ? 1 : u == 0 ? 0 : wide_exp(q[1] * wide_log(u)));
    const wide k = u == 0 ? no - yes : (no - yes) * s * r / u, slope = no * s - yes * r, rise = q[1] * weighted(k, c);
    const wide cross = 2 * q[1] * k * slope, bend = weighted(k, (q[1] - 1) * rise) + rise * (r - s);
    const wide terms = larger(larger(wide_fabs(weighted(k, (q[1] - 1) * rise)), wide_fabs(rise)), larger(wide_fabs(cross), s * r));
    ANSWER(weighted(w, c), w * (rise + slope), w * (bend + cross + s * r), .hessian_terms = 2 * w * terms,
           .factor = share * (q[1] + 2) * (q[1] + 2) * (larger(wide_fabs(z), 1) + 2),
           .gradient_terms = yes * no == 0 ? 0 : 2 * w * larger(wide_fabs(rise), larger(no * s, yes * r)));
}
FORMULA(kl_div) {
    if (q[0] != 0) { ANSWER(weighted(wide_exp(t), t - z), -wide_exp(t), 0, .value_terms = wide_fabs(weighted(wide_exp(t), t - z))); }
    ANSWER(weighted(t, wide_log(t) - z), -t, 0, .value_terms = t == 0 ? 0 : larger(wide_fabs(t * wide_log(t)), wide_fabs(t * z)));
}
FORMULA(lq) {
    const wide d = z - t, a = wide_fabs(d), log = wide_log(a), p = q[0];
    if (a == 0) { ANSWER(0, 0, p == 1 ? 0 : p < 2 ? (wide)INFINITY : p == 2 ? 2 : 0); }
    ANSWER(wide_exp(p * log), p * sign(d) * wide_exp(weighted(p - 1, log)), weighted(p * (p - 1), wide_exp(weighted(p - 2, log))));
}
/* (1 + r) log(1 + r) + (1 - r) log(1 - r) */
static wide spread(wide r) {
    wide power = 1, sum = 0;
    if (wide_fabs(r) > 0.1) return weighted(1 + r, wide_log1p(r)) + weighted(1 - r, wide_log1p(-r));
    for (int k = 1; k < 24; ++k) power *= r * r, sum += power / (k * (2 * k - 1));
    return sum;
}
FORMULA(js_div) {
    const wide both = z + t, r = (z - t) / both;
    if (both == 0) { ANSWER(0, 0, 0); }
    ANSWER(both * spread(r) / 4, log_of_chance(z / both, t / both) / 2 + wide_log(2) / 2, t / both / z / 2,
           .gradient_terms = wide_fabs(r) < 0.25 ? 0.4 : 0);
}
FORMULA(asymmetric_multilabel) {
    const wide s = logistic(z), r = logistic(-z), v = s * r, whole = s < q[2], n = whole ? 1 : r + q[2], lost = whole ? 0 : s - q[2];
    const wide a = s < q[3] ? wide_log(q[3]) : z > 0 ? -softened(-z) : wide_log(s);
    const wide b = n < q[3] ? wide_log(q[3]) : lost < 0.5 ? wide_log1p(-lost) : wide_log(n);
    const wide c = -(weighted(t, a) + weighted(1 - t, b)), u = t * r + (1 - t) * lost, g = t * q[1] + (1 - t) * q[0];
    const wide slope_n = whole ? 0 : -v, part_n = n < q[3] ? 0 : slope_n / n, part_s = s < q[3] ? 0 : r;
    const wide slope_c = -(t * part_s + (1 - t) * part_n), slope_u = -(t * v + (1 - t) * slope_n);
    const wide bend_n = n < q[3] ? 0 : slope_n * (r - s) / n - part_n * part_n, bent_s = s < q[3] ? 0 : -v;
    const wide bend_c = -(t * bent_s + (1 - t) * bend_n);
    const wide bend_u = -(t * v * (r - s) + (1 - t) * slope_n * (r - s));
    const int fixed = g == 0 || u == 0 || q[4] == 0;
    const wide w = g == 0 ? 1 : u == 0 ? 0 : wide_exp(g * wide_log(u)), first = fixed ? 0 : g * w / u;
    const wide second = fixed ? 0 : (g - 1) * first / u;
    const wide far = u == 0 ? 0 : 1 + wide_fabs(g) * larger(s, 1e-30) / u; /* how much a rounded s matters to u^g */
    const wide one = (t * part_s + (1 - t) * wide_fabs(part_n)) * w, two = wide_fabs(c * first * slope_u);
    const wide three = wide_fabs(c * second * slope_u * slope_u), bends = wide_fabs(slope_n * (r - s) / n) + part_n * part_n;
    ANSWER(weighted(w, c), slope_c * w + c * first * slope_u,
           bend_c * w + 2 * slope_c * first * slope_u + c * (second * slope_u * slope_u + first * bend_u),
           .value_terms = wide_fabs(c * w) * far, .gradient_terms = (one + two) * 2 * far,
           .hessian_terms = ((t * wide_fabs(bent_s) + (1 - t) * bends) * w + 2 * wide_fabs(slope_c * first * slope_u) + three +
                             wide_fabs(c * first * bend_u)) * 3 * far,
           .factor = (q[0] + q[1] + 2) * (q[0] + q[1] + 2) * (larger(wide_fabs(z), 1) + 20));
}
FORMULA(pinball) {
    const wide d = z - t;
    if (d > 0) { ANSWER((1 - q[0]) * d, 1 - q[0], 0); }
    ANSWER(-q[0] * d, d < 0 ? -q[0] : d, 0);
}
FORMULA(pseudo_huber) {
    const wide d = z - t, x = d / q[0], root = wide_sqrt(1 + x * x);
    if (wide_fabs(x) > 1e40) { ANSWER(q[0] * wide_fabs(d) - q[0] * q[0], q[0] * sign(d), 1 / (wide_fabs(x) * x * x)); }
    ANSWER(d * d / (1 + root), d / root, 1 / (root * root * root));
}
FORMULA(half_poisson) {
    const wide e = wide_exp(z), line = weighted(t, z);
    if (isinf((double)z) && z > 0) { ANSWER(z, z, z); }
    ANSWER(e - line, e - t, e, .value_terms = line > 0 ? larger(e, line) : 0, .gradient_terms = t > 0 ? larger(e, t) : 0, .close = 1);
}
FORMULA(half_gamma) {
    const wide share = weighted(t, wide_exp(-z));
    if (isinf((double)share)) { ANSWER(share, -share, share); }
    ANSWER(z + share, 1 - share, share, .value_terms = z < 0 ? larger(-z, share) : 0, .gradient_terms = larger(1, share), .close = 1);
}
FORMULA(logistic_margin) { ANSWER(softened(-t * z), -t * logistic(-t * z), t * t * logistic(t * z) * logistic(-t * z)); }
FORMULA(perceptron) {
    if (t * z > 0) { ANSWER(0, 0, 0); }
    ANSWER(-t * z, -t, 0);
}
FORMULA(modified_huber) {
    const wide m = t * z;
    if (m < -1) { ANSWER(-4 * m, -4 * t, 0); }
    if (m >= 1) { ANSWER(0, 0, 0); }
    ANSWER((1 - m) * (1 - m), -2 * t * (1 - m), 2 * t * t);
}
FORMULA(exponential_loss) {
    const wide up = weighted(1 - t, wide_exp(z)), down = weighted(t, wide_exp(-z));
    ANSWER(up + down, up - down, up + down, .gradient_terms = up != 0 && down != 0 ? larger(up, down) : 0, .close = 1);
}
FORMULA(expectile) {
    const wide d = z - t, w = d < 0 ? q[0] : 1 - q[0];
    ANSWER(w * d * d, 2 * w * d, 2 * w);
}

/* x - log(1 + x), from its series where that cancels */
static wide above_log1p(wide x) {
    wide power = x * x, sum = 0;
    if (x > 0.01) return x - wide_log1p(x);
    for (int k = 2; k < 24; ++k, power *= -x) sum += power / k;
    return sum;
}
FORMULA(fair) {
    const wide d = z - t, a = wide_fabs(d), reach = a / q[0] + 1;
    if (isinf((double)a)) { ANSWER(a, q[0] * sign(d), 0); }
    ANSWER(q[0] * q[0] * above_log1p(a / q[0]), d / reach, 1 / (reach * reach));
}
FORMULA(cauchy) {
    const wide d = z - t, u = d * d / 2;
    if (isinf((double)d)) { ANSWER(u, 0, 0); }
    ANSWER(wide_log1p(u), d / (1 + u), (1 - u) / ((1 + u) * (1 + u)));
}
FORMULA(geman_mcclure) {
    const wide d = z - t, s = d * d, r = 1 / (s + 4);
    if (isinf((double)d)) { ANSWER(2, 0, 0); }
    ANSWER(2 * s * r, 16 * d * r * r, 16 * (4 - 3 * s) * r * r * r);
}
FORMULA(welsch) {
    const wide d = z - t, s = d * d, e = wide_exp(-s / 2);
    if (s > 1e6) { ANSWER(1, 0, 0); }
    if (s < 1e-10) { ANSWER(s / 2 - s * s / 8 + s * s * s / 48, d * e, (1 - s) * e); }
    ANSWER(1 - e, d * e, (1 - s) * e);
}
FORMULA(epsilon_insensitive) {
    const wide d = z - t, rest = wide_fabs(d) - q[0];
    if (rest <= 0) { ANSWER(0, 0, 0); }
    ANSWER(rest, sign(d), 0);
}
FORMULA(squared_epsilon_insensitive) {
    const wide d = z - t, rest = wide_fabs(d) - q[0];
    if (rest <= 0) { ANSWER(0, 0, 0); }
    ANSWER(rest * rest, 2 * sign(d) * rest, 2);
}
FORMULA(wing) {
    const wide d = z - t, a = wide_fabs(d), reach = q[1] + a;
    if (a < q[0]) { ANSWER(q[0] * wide_log1p(a / q[1]), q[0] * sign(d) / reach, -q[0] / (reach * reach)); }
    ANSWER(a - (q[0] - q[0] * wide_log1p(q[0] / q[1])), sign(d), 0);
}
FORMULA(mean_absolute_percentage_error) {
    const wide m = larger(wide_fabs(t), q[0]);
    ANSWER(100 * wide_fabs(z - t) / m, 100 * sign(z - t) / m, 0);
}
FORMULA(mean_squared_logarithmic_error) {
    const wide p = larger(z, q[0]), s = larger(t, q[0]), d = wide_log1p(p) - wide_log1p(s);
    if (z < q[0]) { ANSWER(d * d, 0, 0); }
    if (isinf((double)z)) { ANSWER(z, 0, 0); }
    ANSWER(d * d, 2 * d / (1 + p), 2 * (1 - d) / ((1 + p) * (1 + p)), .hessian_terms = 2 / ((1 + p) * (1 + p)));
}

FORMULA(poisson_nll) {
    const wide moved = z + q[2], e = wide_exp(z);
    const wide line = q[0] != 0 ? weighted(t, z) : weighted(t, moved == 0 ? -(wide)INFINITY : wide_log(moved));
    const wide rest = q[1] != 0 && t > 1 ? t * wide_log(t) - t + wide_log(6.283185307179586476925286766559005768394L * t) / 2 : 0;
    const wide terms = rest != 0 ? larger(wide_fabs(line), t * wide_log(t)) : 0;
    if (q[0] == 0) {
        if (moved < 0 && t != 0) { ANSWER(NAN, 1 - t / moved, t / (moved * moved), .gradient_terms = 1); }
        if (isinf((double)z)) { ANSWER(z, 1, 0); }
        ANSWER(z - line + rest, 1 - t / moved, t / (moved * moved), .value_terms = larger(larger(wide_fabs(z), wide_fabs(line)), terms),
               .gradient_terms = larger(1, wide_fabs(t / moved)));
    }
    if (isinf((double)z) && z > 0) { ANSWER(z, z, z); }
    ANSWER(e - line + rest, e - t, e, .value_terms = larger(line > 0 ? larger(e, line) : 0, terms),
           .gradient_terms = t > 0 ? larger(e, t) : 0, .close = 1);
}
/* of two infinite terms that of the larger exponent decides */
static wide grown(wide first, wide second, wide z) {
    if (z > 0 && isinf((double)first)) return first;
    return z < 0 && isinf((double)second) ? -second : first - second;
}
FORMULA(half_tweedie) {
    const wide a = 2 - q[0], b = 1 - q[0], e = wide_exp(z), up = wide_exp(weighted(a, z)), down = weighted(t, wide_exp(weighted(b, z)));
    const wide first = a == 0 ? z : up / a, second = b == 0 ? weighted(t, z) : down / b;
    const wide terms = larger(wide_fabs(first), wide_fabs(second)), slopes = larger(up, down);
    ANSWER(q[0] == 0 ? (e - t) * (e - t) / 2 : grown(first, second, z), grown(up, down, z), grown(weighted(a, up), weighted(b, down), z),
           .value_terms = q[0] == 0 ? slopes : first * second > 0 ? terms : 0, .gradient_terms = slopes,
           .hessian_terms = a * b > 0 ? larger(wide_fabs(a) * up, wide_fabs(b) * down) : 0);
}

/* the deviance z^(2 - r) h(w), w = t / z - 1, from its series where that cancels */
FORMULA(half_tweedie_identity) {
    const wide r = q[0], u = t / z, w = (t - z) / z, a = 2 - r, b = 1 - r, power = wide_exp(-r * wide_log(z)), log = wide_log(u);
    wide h = 0.5, c = 0.5, rising = w;
    if (wide_fabs(w) < 0.05) {
        for (int k = 3; k < 40; ++k, rising *= w) c *= (3 - r - k) / k, h += c * rising;
        h *= w * w;
    } else {
        h = r == 1 ? weighted(u, log) - w : r == 2 ? w - log : ((u == 0 && a > 0 ? 0 : wide_exp(a * log)) - 1 - a * w) / (a * b);
    }
    ANSWER(r == 0 ? (z - t) * (z - t) / 2 : wide_exp(a * wide_log(z)) * h, power * (z - t), power * (1 + r * w),
           .hessian_terms = larger(power, wide_fabs(r * w * power)));
}
FORMULA(contrastive) {
    const wide m = q[0] - z < 0 ? 0 : q[0] - z, pull = weighted(t, z), push = weighted(1 - t, m);
    ANSWER(weighted(pull, z) + weighted(push, m), 2 * pull - 2 * push, 2 * t + (z < q[0] ? 2 * (1 - t) : 0),
           .gradient_terms = pull != 0 && push != 0 ? 2 * larger(wide_fabs(pull), push) : 0);
}
FORMULA(hinge_embedding) {
    if (t == 1) { ANSWER(z, 1, 0); }
    if (q[0] - z < 0) { ANSWER(0, 0, 0); }
    ANSWER(q[0] - z, -1, 0);
}

#define LOSS_REFERENCE(name, targets, ...) {#name, name##_exact, targets, {__VA_ARGS__}, \
                                            sizeof((double[][PARAMETERS]){__VA_ARGS__}) / sizeof(double[PARAMETERS])}
static const loss_reference loss_references[] = {
    LOSS_REFERENCE(mean_squared_error, ANY, {0}),
    LOSS_REFERENCE(mean_absolute_error, ANY, {0}),
    LOSS_REFERENCE(half_squared_error, ANY, {0}),
    LOSS_REFERENCE(huber, ANY, {1}, {0.3}, {17.5}),
    LOSS_REFERENCE(smooth_l1, ANY, {1}, {0.3}, {17.5}, {0}),
    LOSS_REFERENCE(log_cosh, ANY, {0}),
    LOSS_REFERENCE(hinge, SIGN, {1}, {0.3}, {0}),
    LOSS_REFERENCE(squared_hinge, SIGN, {1}, {0.3}, {0}),
    LOSS_REFERENCE(binary_cross_entropy_with_logits, SHARE, {1, 0}, {0.3, 0}, {8, 0}, {3, 0.125}),
    LOSS_REFERENCE(binary_cross_entropy, CHANCE, {-100, 0, 0}, {0, 0, 0}, {0.0625, 2, 0}, {-100, 0, 0.125}),
    LOSS_REFERENCE(sigmoid_focal, SHARE, {-1, 2, 0}, {0.25, 2, 0}, {0.25, 0.5, 0}, {-1, 3.5, 0}, {0.25, 2, 0.125}),
    LOSS_REFERENCE(kl_div, COUNT, {0}, {1}),
    LOSS_REFERENCE(pinball, ANY, {0.5}, {0.1}, {0.9}),
    LOSS_REFERENCE(pseudo_huber, ANY, {1}, {0.3}, {17.5}),
    LOSS_REFERENCE(half_poisson, COUNT, {0}),
    LOSS_REFERENCE(half_gamma, COUNT, {0}),
    LOSS_REFERENCE(logistic_margin, SIGN, {0}),
    LOSS_REFERENCE(perceptron, SIGN, {0}),
    LOSS_REFERENCE(modified_huber, SIGN, {0}),
    LOSS_REFERENCE(exponential_loss, SHARE, {0}),
    LOSS_REFERENCE(expectile, ANY, {0.5}, {0.1}, {0.9}),
    LOSS_REFERENCE(fair, ANY, {1}, {0.3}, {17.5}),
    LOSS_REFERENCE(cauchy, ANY, {0}),
    LOSS_REFERENCE(geman_mcclure, ANY, {0}),
    LOSS_REFERENCE(welsch, ANY, {0}),
    LOSS_REFERENCE(epsilon_insensitive, ANY, {0.1}, {0}, {2.5}),
    LOSS_REFERENCE(squared_epsilon_insensitive, ANY, {0.1}, {0}, {2.5}),
    LOSS_REFERENCE(wing, ANY, {5, 0.5}, {10, 2}),
    LOSS_REFERENCE(mean_absolute_percentage_error, ANY, {1e-7}, {1}),
    LOSS_REFERENCE(poisson_nll, COUNT, {1, 0, 1e-8}, {0, 0, 1e-8}, {1, 1, 1e-8}),
    LOSS_REFERENCE(half_tweedie, COUNT, {1.5}, {0}, {1}, {2}),
    LOSS_REFERENCE(mean_squared_logarithmic_error, ANY, {1e-7}, {0}),
    LOSS_REFERENCE(half_tweedie_identity, POSITIVE, {1.5}, {0}, {1}, {2}, {2.5}, {-1}),
    LOSS_REFERENCE(lq, ANY, {1.5}, {1}, {2}, {3.25}),
    LOSS_REFERENCE(js_div, POSITIVE, {0}),
    LOSS_REFERENCE(asymmetric_multilabel, SHARE, {4, 1, 0.05, 1e-8, 1}, {2.5, 0, 0, 1e-8, 1}, {4, 1, 0.05, 1e-8, 0}),
    LOSS_REFERENCE(contrastive, SHARE, {1}, {0.3}),
    LOSS_REFERENCE(hinge_embedding, SIGN, {1}, {0.3}),
};
