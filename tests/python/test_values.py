"""Elementwise results: against float64 formulas, against each other, and at special inputs, to the bit."""

import mpmath
import numpy as np
import pytest
from helpers import (
    CONSTANTS,
    ELEMENTWISE,
    EVERY_PASS,
    FORMULAS,
    FROM_OUTPUT,
    FUNCTIONS,
    PARAMETERS,
    REQUIRED,
    bits,
    inputs_of,
    inside,
    pass_of,
    same_bits,
    sample,
    spacing,
    within_ulps,
)

CANONICAL_NAN = {"float16": 0x7E00, "float32": 0x7FC00000, "float64": 0x7FF8000000000000}
# derivatives of three values at most: steps
PIECEWISE = [name for name in ELEMENTWISE if len(np.unique(pass_of(name, "derivative")(np.linspace(-8, 8, 513)))) <= 3]
SMOOTH = [name for name in ELEMENTWISE if name not in PIECEWISE]
# whatever the gradient, nothing passes where the slope is 0
SELECTING = [name for name in PIECEWISE if name not in ("identity", "leaky_relu", "affine")]
ROOTS = {"square": 0, "hard_swish": -1.5, "hard_mish": -1, "tanh_shrink": 0, "lisht": 0}  # of the derivative, exact
SELECTING += ["relu_squared", "hard_swish", "hard_mish", "sparse_plus"]


def choices(name):
    """() or a tuple of values per choice of parameters worth trying."""
    return [value if isinstance(value, tuple) else (value,) for value in PARAMETERS.get(name, [()])]


def rounded(name, parameters, dtype):
    """Parameters, and constants that count as such, as a kernel for the dtype has them."""
    return tuple(float(np.dtype(dtype).type(value)) for value in (*parameters, *CONSTANTS.get(name, ())))


def test_every_function_has_a_formula_here():
    assert set(FORMULAS) == {*ELEMENTWISE, *REQUIRED}
    assert {name for name in ELEMENTWISE if FUNCTIONS[name].parameters} == set(PARAMETERS)


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_float32_value_and_derivative(name):
    x = inside(name, sample(20_000, "float32", reach=30))
    wide = x.astype(np.float64)
    value, slope = FORMULAS[name]
    for parameters in choices(name):
        exact = rounded(name, parameters, "float32")
        bound = 1.001 if parameters in ((), tuple(FUNCTIONS[name].parameters.values())) else 2.001
        within_ulps(pass_of(name, "value")(x, *parameters), value(wide, *exact), bound)
        # the formula itself cancels where the derivative has its root
        within_ulps(pass_of(name, "derivative")(x, *parameters), slope(wide, *exact), bound, slack=1e-15)


@pytest.mark.parametrize("name", [name for name in SMOOTH if name in PARAMETERS and name != "snake"])
def test_float32_parameters_of_many_sizes(name):
    """Arguments as large as they must be for the parameters to matter. snake's formula needs more digits of pi than these have."""
    random = np.random.default_rng(0)
    value, slope = FORMULAS[name]
    for _ in range(40):
        given = np.float32(choices(name)[-1]) * np.exp2(random.uniform(-14, 0 if name == "logit" else 14, len(choices(name)[-1])))
        exact = rounded(name, given.tolist(), "float32")
        x = inside(name, (sample(2_000, "float64", reach=30) * np.exp2(random.uniform(-14, 14))).astype("float32"))
        wide = x.astype(np.longdouble)
        with np.errstate(over="ignore", divide="ignore"):
            within_ulps(pass_of(name, "value")(x, *exact), value(wide, *exact), 2.001)
            within_ulps(pass_of(name, "derivative")(x, *exact), slope(wide, *exact), 2.001, slack=1e-17)


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_float64_value_and_derivative(name):
    x = inside(name, sample(5_000, "float64"))
    value, slope = FORMULAS[name]
    for parameters in choices(name):
        exact = rounded(name, parameters, "float64")
        np.testing.assert_allclose(pass_of(name, "value")(x, *parameters), value(x, *exact), rtol=2e-13, atol=0)
        np.testing.assert_allclose(pass_of(name, "derivative")(x, *parameters), slope(x, *exact), rtol=2e-13, atol=2e-15)


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_float16_is_float32_rounded_once(name):
    with np.errstate(all="ignore"):
        every = np.arange(1 << 16, dtype=np.uint16).view(np.float16)
        finite = every[np.isfinite(every)]
        for which in ("value", "derivative"):
            same_bits(pass_of(name, which)(finite), pass_of(name, which)(finite.astype(np.float32)).astype(np.float16))
        gradient = finite[::-1].copy()
        exact = pass_of(name, "backward")(gradient.astype(np.float32), finite.astype(np.float32)).astype(np.float16)
        same_bits(pass_of(name, "backward")(gradient, finite), exact)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", ELEMENTWISE)
def test_backward_is_gradient_times_derivative(name, dtype):
    x, gradient = inside(name, sample(20_000, dtype, 1, 20)), sample(20_000, dtype, 2)
    for parameters in choices(name):
        exact = rounded(name, parameters, dtype)
        wide = {"quick_gelu": "silu"}.get(name, name)  # takes the constant as its parameter
        slope = pass_of(wide, "derivative")(x.astype(np.float64), *exact)
        exact = gradient.astype(np.longdouble) * slope.astype(np.longdouble)
        # the float64 derivative carries an error of its own: one ulp of it, times the gradient
        slack = np.abs(gradient.astype(np.float64)) * spacing(slope, "float64")
        within_ulps(pass_of(name, "backward")(gradient, x, *parameters), exact, 2, slack=slack)


@pytest.mark.parametrize("name", FROM_OUTPUT)
def test_backward_from_output_follows_the_output(name):
    gradient = sample(5_000, "float32", 4)
    for parameters in choices(name):
        if parameters and parameters[0] < 0:
            continue  # the output does not tell the sign of x
        y = pass_of(name, "value")(inside(name, sample(5_000, "float32", 5, 12)), *parameters)
        exact = gradient.astype(np.float64) * FROM_OUTPUT[name](y.astype(np.float64), *rounded(name, parameters, "float32"))
        within_ulps(pass_of(name, "backward_from_output")(gradient, y, *parameters), exact, 2)


@pytest.mark.parametrize(
    "name, point, value",
    [
        ("sigmoid", -103.0, lambda x: 1 / (1 + mpmath.exp(-x))),
        ("sigmoid", 20.0, lambda x: 1 / (1 + mpmath.exp(-x))),
        ("tanh", 1e-5, mpmath.tanh),
        ("gelu", -5.5, lambda x: x * mpmath.ncdf(x)),
        ("gelu", -13.9, lambda x: x * mpmath.ncdf(x)),
        ("gelu_tanh", -5.5, lambda x: x / (1 + mpmath.exp(-2 * mpmath.sqrt(2 / mpmath.pi) * (x + mpmath.mpf("0.044715") * x**3)))),
        ("silu", -95.0, lambda x: x / (1 + mpmath.exp(-x))),
        ("mish", -60.0, lambda x: x * mpmath.tanh(mpmath.log1p(mpmath.exp(x)))),
        ("softplus", -100.0, lambda x: mpmath.log1p(mpmath.exp(x))),
        ("softplus", 20.1, lambda x: mpmath.log1p(mpmath.exp(x))),
        ("elu", -1e-8, mpmath.expm1),
        ("squareplus", -5000.0, lambda x: (x + mpmath.sqrt(x * x + 4)) / 2),
        ("squareplus", 3e38, lambda x: (x + mpmath.sqrt(x * x + 4)) / 2),
        ("dish", -700.0, lambda x: x / 2 * (1 + x / mpmath.sqrt(1 + x * x))),
        ("dish", 1e30, lambda x: x / 2 * (1 + x / mpmath.sqrt(1 + x * x))),
        ("snake", 1e6, lambda x: x + mpmath.sin(x) ** 2),
        ("tanh_shrink", 1e-3, lambda x: x - mpmath.tanh(x)),
        ("tanh_shrink", -1e-9, lambda x: x - mpmath.tanh(x)),
        ("exponential", -100.0, mpmath.exp),
        ("log", 1e-40, mpmath.log),
        ("log", 1.0000001, mpmath.log),
        ("logit", 1e-40, lambda x: mpmath.log(x / (1 - x))),
        ("logit", 0.5000001, lambda x: mpmath.log(x / (1 - x))),
    ],
)
def test_tails_are_kept(name, point, value):
    """Where the usual formulas give zero or lose their digits."""
    with mpmath.workdps(60):
        for dtype in ("float32", "float64"):
            x = np.dtype(dtype).type(point)
            exact = value(mpmath.mpf(float(x)))
            unit = mpmath.mpf(float(spacing(float(exact), dtype)))
            assert abs(mpmath.mpf(float(pass_of(name, "value")(x))) - exact) <= unit


# ---- kinks and special values; parameters other than the defaults are written out


SELU_SCALE, SELU_LIMIT = 1.0507009873554805, 1.7580993408473769
SPECIAL_VALUES = {  # f(+inf), f(-inf), f(-0), f(0); f'(+inf), f'(-inf), f'(-0), f'(0)
    "identity": ((), (np.inf, -np.inf, -0.0, 0.0), (1, 1, 1, 1)),
    "sigmoid": ((), (1, 0.0, 0.5, 0.5), (0, 0, 0.25, 0.25)),
    "tanh": ((), (1, -1, -0.0, 0.0), (0, 0, 1, 1)),
    "relu": ((), (np.inf, 0.0, 0.0, 0.0), (1, 0, 0, 0)),
    "leaky_relu": ((0.25,), (np.inf, -np.inf, -0.0, 0.0), (1, 0.25, 0.25, 0.25)),
    "elu": ((2.0,), (np.inf, -2, -0.0, 0.0), (1, 0, 2, 2)),
    "softplus": ((0.5,), (np.inf, 0.0, 2 * np.log(2), 2 * np.log(2)), (1, 0, 0.5, 0.5)),
    "relu6": ((), (6, 0.0, 0.0, 0.0), (0, 0, 0, 0)),
    "abs": ((), (np.inf, np.inf, 0.0, 0.0), (1, -1, 0, 0)),
    "square": ((), (np.inf, np.inf, 0.0, 0.0), (np.inf, -np.inf, -0.0, 0.0)),
    "relu_squared": ((), (np.inf, 0.0, 0.0, 0.0), (np.inf, 0, 0, 0)),
    "log_sigmoid": ((), (-0.0, -np.inf, -np.log(2), -np.log(2)), (0, 1, 0.5, 0.5)),
    "hard_shrink": ((0.25,), (np.inf, -np.inf, 0.0, 0.0), (1, 1, 0, 0)),
    "soft_shrink": ((0.25,), (np.inf, -np.inf, 0.0, 0.0), (1, 1, 0, 0)),
    "thresholded_relu": ((0.25,), (np.inf, 0.0, 0.0, 0.0), (1, 0, 0, 0)),
    "clip": ((-0.25, 0.5), (0.5, -0.25, -0.0, 0.0), (0, 0, 1, 1)),
    "hard_tanh": ((), (1, -1, -0.0, 0.0), (0, 0, 1, 1)),
    "clipped_linear": ((), (1, 0.0, 0.0, 0.0), (0, 0, 0, 0)),
    "hard_sigmoid": ((0.25, 0.5), (1, 0.0, 0.5, 0.5), (0, 0, 0.25, 0.25)),
    "sparse_sigmoid": ((), (1, 0.0, 0.5, 0.5), (0, 0, 0.5, 0.5)),
    "hard_swish": ((), (np.inf, -0.0, -0.0, 0.0), (1, 0, 0.5, 0.5)),
    "hard_mish": ((), (np.inf, -0.0, -0.0, 0.0), (1, 0, 1, 1)),
    "sparse_plus": ((), (np.inf, 0.0, 0.25, 0.25), (1, 0, 0.5, 0.5)),
    "shrink": ((0.25, 0.5), (np.inf, -np.inf, 0.0, 0.0), (1, 1, 0, 0)),
    "relu_general": ((0.25, 6.0, 0.0), (6, -np.inf, -0.0, 0.0), (0, 0.25, 0.25, 0.25)),
    "rrelu": ((0.25, 0.75), (np.inf, -np.inf, -0.0, 0.0), (1, 0.5, 0.5, 0.5)),
    "affine": ((2.0, 0.5), (np.inf, -np.inf, 0.5, 0.5), (2, 2, 2, 2)),
    "step": ((), (1, 0.0, 1, 1), (0, 0, 0, 0)),
    "round": ((), (np.inf, -np.inf, -0.0, 0.0), (0, 0, 0, 0)),
    "softsign": ((), (1, -1, -0.0, 0.0), (0, 0, 1, 1)),
    "sqrt": ((), (np.inf, np.nan, -0.0, 0.0), (0, np.nan, np.inf, np.inf)),
    "tanh_shrink": ((), (np.inf, -np.inf, -0.0, 0.0), (1, 1, 0, 0)),
    "lisht": ((), (np.inf, np.inf, 0.0, 0.0), (1, -1, 0, 0)),
    "exponential": ((), (np.inf, 0.0, 1, 1), (np.inf, 0, 1, 1)),
    "log": ((), (np.inf, np.nan, -np.inf, -np.inf), (0, np.nan, np.inf, np.inf)),
    "logit": ((), (np.nan, np.nan, -np.inf, -np.inf), (np.nan, np.nan, np.inf, np.inf)),
    "selu": ((), (np.inf, -SELU_LIMIT, -0.0, 0.0), (SELU_SCALE, 0, SELU_LIMIT, SELU_LIMIT)),
    "celu": ((2.0,), (np.inf, -2, -0.0, 0.0), (1, 0, 1, 1)),
    "quick_gelu": ((), (np.inf, -0.0, -0.0, 0.0), (1, 0, 0.5, 0.5)),
    "scaled_tanh": ((0.5, 3.0), (3, -3, -0.0, 0.0), (0, 0, 1.5, 1.5)),
    "squareplus": ((9.0,), (np.inf, 0.0, 1.5, 1.5), (1, 0, 0.5, 0.5)),
    "dish": ((), (np.inf, -0.0, -0.0, 0.0), (1, 0, 0.5, 0.5)),
    "snake": ((2.0,), (np.nan, np.nan, 0.0, 0.0), (np.nan, np.nan, 1, 1)),
    "laplace": ((0.0, 2.0), (1, 0.0, 0.5, 0.5), (0, 0, *2 * [1 / np.sqrt(8 * np.pi)])),
    "mish": ((), (np.inf, -0.0, -0.0, 0.0), (1, 0, 0.6, 0.6)),
    "gelu": ((), (np.inf, -0.0, -0.0, 0.0), (1, 0, 0.5, 0.5)),
    "gelu_tanh": ((), (np.inf, -0.0, -0.0, 0.0), (1, 0, 0.5, 0.5)),
    "silu": ((2.0,), (np.inf, -0.0, -0.0, 0.0), (1, 0, 0.5, 0.5)),
}
AT = (np.inf, -np.inf, -0.0, 0.0)


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
@pytest.mark.parametrize("length", [4, 37])
@pytest.mark.parametrize("name", ELEMENTWISE)
def test_special_values(name, length, dtype):
    parameters, value, slope = SPECIAL_VALUES[name]
    x = np.resize(np.array(AT, dtype), length)
    same_bits(pass_of(name, "value")(x, *parameters), np.resize(np.array(value, dtype), length))
    got = pass_of(name, "derivative")(x, *parameters)
    np.testing.assert_array_equal(got, np.resize(np.array(slope, dtype), length))


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name, x", [("log", [-1e-45, -1, -1e30]), ("logit", [-1e-45, -0.5, -1e30, 1.0000002, 2, 1e30])])
def test_outside_the_domain_all_is_nan(name, x, dtype):
    x = np.array(x, dtype)
    for got in (pass_of(name, "value")(x), pass_of(name, "derivative")(x), pass_of(name, "backward")(np.ones_like(x), x)):
        assert (bits(got) == CANONICAL_NAN[dtype]).all()


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_logit_clamps(dtype):
    logit, eps = pass_of("logit", "value"), np.dtype(dtype).type(0.125)
    x = np.array([-1, 0, 0.0625, 0.125, 0.5, 0.875, 0.9375, 1, 7, np.nan], dtype)
    end = logit(eps)
    np.testing.assert_array_equal(logit(x, eps), [end, end, end, end, 0, -end, -end, -end, -end, np.nan])
    np.testing.assert_array_equal(logit.derivative(x, 0.125) != 0, [0, 0, 0, 1, 1, 1, 0, 0, 0, 1])
    np.testing.assert_array_equal(logit.backward(np.full_like(x, np.inf), x, 0.125), [0, 0, 0, *[np.inf] * 3, 0, 0, 0, np.nan])
    same_bits(logit(x, eps=None), logit(x))
    same_bits(logit(x, eps=0), logit(x))
    np.testing.assert_array_equal(logit(np.array([1.0, 0.0], dtype)), [np.inf, -np.inf])


def test_leaky_relu_without_slope_has_no_product_with_infinity():
    got = pass_of("leaky_relu", "value")(np.array([-np.inf, -1, 2], np.float32), 0.0)
    np.testing.assert_array_equal(got, [0, 0, 2])


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64"])
@pytest.mark.parametrize("name, which", EVERY_PASS)
def test_nan_is_the_canonical_one(name, which, dtype):
    """Whatever the payload or the sign of the NaN given. Derivatives of piecewise linear functions say nothing at NaN."""
    if inputs_of(which) == 1 and which != "value" and name in PIECEWISE:
        assert pass_of(name, which)(np.array([np.nan], dtype)).dtype == np.dtype(dtype)
        return
    nan = np.full(9, np.nan, dtype)
    raw = nan.view(f"u{nan.dtype.itemsize}")
    raw[1::2] |= raw.dtype.type(1) << raw.dtype.type(8 * nan.dtype.itemsize - 1)
    raw[2::3] |= raw.dtype.type(5)
    if inputs_of(which) == 1:
        arguments = (nan,)
    else:
        # where the gradient passes, if anywhere
        open_ = [x for x in (2, 0.25) if pass_of(name, which)(np.array(1, dtype), np.array(x, dtype)) != 0]
        if not open_:
            return
        arguments = (nan, np.full_like(nan, open_[0]))
    assert (bits(pass_of(name, which)(*arguments)) == CANONICAL_NAN[dtype]).all()


@pytest.mark.parametrize("name", SMOOTH)
def test_smooth_derivatives_at_nan_are_nan(name):
    assert np.isnan(pass_of(name, "derivative")(np.float32(np.nan)))
    assert np.isnan(pass_of(name, "backward")(np.float32(1), np.float32(np.nan)))


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_nan_stays_at_its_place(name):
    x = sample(67, "float32")
    clean = pass_of(name, "value")(x)
    x[[3, 16, 66]] = np.nan
    got = pass_of(name, "value")(x)
    assert np.isnan(got[[3, 16, 66]]).all()
    clean[[3, 16, 66]] = got[[3, 16, 66]]
    same_bits(got, clean)


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_finite_input_gives_no_nan(name):
    largest = np.finfo(np.float32).max
    x = np.concatenate([np.array([largest, -largest, 1e-45, -1e-45], np.float32), np.linspace(-200, 200, 4001, dtype=np.float32)])
    x = inside(name, x)
    for which in ("value", "derivative"):
        assert not np.isnan(pass_of(name, which)(x)).any()
    assert not np.isnan(pass_of(name, "backward")(np.ones_like(x), x)).any()


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", ELEMENTWISE)
def test_infinite_gradients(name, dtype):
    """Infinity times a slope is infinite also where the slope itself is too small for the dtype; some select instead."""
    x = np.concatenate([np.linspace(-900, 900, 1801), np.linspace(-6, 6, 241), [0.0, -0.0, 1e-40, 1e30, -1e30]]).astype(dtype)
    x = inside(name, x)
    function = pass_of(name, "value")
    slope = function.derivative(x)
    for g in (np.inf, -np.inf):
        got = function.backward(np.full_like(x, g), x)
        root = x == ROOTS.get(name)  # there the slope is 0, not small
        closed = (slope == 0) & (name in SELECTING) & ~root
        assert not got[closed].any()
        open_ = ~closed & ~root
        np.testing.assert_array_equal(got[open_], g * np.copysign(1, slope[open_]))
    assert np.isnan(function.backward(np.full_like(x, np.nan), x)[~closed]).all()
