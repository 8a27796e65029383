"""Every stated bound, shown: the stratified sweep in C, and independent formulas in mpmath through the Python functions."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import mpmath
import numpy as np
import pytest
from helpers import CONSTANTS, inside

import fastact

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "tests" / "accuracy"
ELEMENTWISE = [name for name, entry in fastact.functions().items() if entry.kind == "elementwise"]
PASSES = {"value": 0, "derivative": 1}


def library_file():
    """The shared library the package carries."""
    return sorted(Path(fastact.get_lib()).glob("libfastact.so.*"))[-1]


# ---- the sweep


@pytest.fixture(scope="module")
def sweep(tmp_path_factory):
    """Path of the sweep program, linked with the installed library."""
    compiler = shutil.which(os.environ.get("CC", "cc")) or shutil.which("gcc")
    assert compiler, "the accuracy sweep needs a C compiler"
    program = tmp_path_factory.mktemp("accuracy") / "sweep"
    command = [compiler, "-std=gnu11", "-O2", f"-I{fastact.get_include()}", "-o", program, *sorted(SOURCES.glob("*.c"))]
    command += [library_file(), f"-Wl,-rpath,{fastact.get_lib()}", "-pthread"]
    for libraries in (["-lquadmath", "-lm"], ["-lm"]):
        built = subprocess.run([*command, *libraries], capture_output=True, text=True)
        if built.returncode == 0:
            return program
    raise AssertionError(built.stderr)


def run_sweep(program, folder, *options):
    """The status, what was printed, and the rows of a run."""
    lines = folder / "rows.jsonl"
    done = subprocess.run([program, *options, "--json", lines], capture_output=True, text=True)
    rows = [json.loads(line) for line in lines.read_text().splitlines()] if lines.exists() else []
    return done.returncode, done.stdout + done.stderr, rows


def check_rows(rows, dtype):
    """Every function and pass is there and within the bound that the Python catalog states."""
    entries = fastact.functions()
    seen = {(row["function"], row["pass"]) for row in rows if row["is_default"]}
    assert seen >= {(name, which) for name in ELEMENTWISE for which in (*PASSES, "backward")}
    for row in rows:
        if row["is_default"] and row["pass"] in PASSES:
            bound = entries[row["function"]].max_ulp[dtype][PASSES[row["pass"]]]
            assert row["bound"] == bound
            assert max(row["max_ulp"], row["max_subnormal_ulp"]) <= bound, row
        assert row["special"] == 0, row


def test_references_agree_with_wider_ones(sweep):
    done = subprocess.run([sweep, "--self-check", "--parameters"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_float32_bounds_hold(sweep, tmp_path):
    status, output, rows = run_sweep(sweep, tmp_path, "--stratified", "--parameters")
    assert status == 0, output
    check_rows(rows, "float32")


def test_float64_bounds_hold(sweep, tmp_path):
    status, output, rows = run_sweep(sweep, tmp_path, "--dtype", "f64", "--parameters")
    if status == 3:  # no 113-bit arithmetic in this compiler: the mpmath tests below judge float64 alone
        assert "113-bit" in output
        return
    assert status == 0, output
    check_rows(rows, "float64")


# ---- mpmath: formulas as the catalog writes them, derivatives by numerical differentiation


def _logistic(x):
    return 1 / (1 + mpmath.exp(-x))


def _softplus(x):
    return mpmath.log1p(mpmath.exp(x))


with mpmath.workdps(50):
    SELU_SCALE, SELU_ALPHA = mpmath.mpf("1.0507009873554804934193349852946"), mpmath.mpf("1.6732632423543772848170429916717")

FORMULAS = {
    "identity": lambda x: x,
    "sigmoid": _logistic,
    "tanh": lambda x: 1 - 2 / (1 + mpmath.exp(2 * x)) if abs(x) > 1e-3 else mpmath.tanh(x),
    "relu": lambda x: x if x > 0 else mpmath.mpf(0),
    "leaky_relu": lambda x, slope: x if x > 0 else slope * x,
    "elu": lambda x, alpha: x if x > 0 else alpha * mpmath.expm1(x),
    "softplus": lambda x, beta: _softplus(beta * x) / beta,
    "relu6": lambda x: min(max(x, mpmath.mpf(0)), mpmath.mpf(6)),
    "abs": abs,
    "square": lambda x: x * x,
    "relu_squared": lambda x: x * x if x > 0 else mpmath.mpf(0),
    "log_sigmoid": lambda x: -_softplus(-x),
    "hard_shrink": lambda x, lambd: x if abs(x) > lambd else mpmath.mpf(0),
    "soft_shrink": lambda x, lambd: mpmath.sign(x) * max(abs(x) - lambd, mpmath.mpf(0)),
    "thresholded_relu": lambda x, theta: x if x > theta else mpmath.mpf(0),
    "clip": lambda x, low, high: min(max(x, low), high),
    "hard_tanh": lambda x, low, high: min(max(x, low), high),
    "clipped_linear": lambda x, slope, offset, low, high: min(max(slope * x + offset, low), high),
    "hard_sigmoid": lambda x, slope, offset: min(max(slope * x + offset, mpmath.mpf(0)), mpmath.mpf(1)),
    "sparse_sigmoid": lambda x: min(max((x + 1) / 2, mpmath.mpf(0)), mpmath.mpf(1)),
    "hard_swish": lambda x, slope, offset: x * min(max(slope * x + offset, mpmath.mpf(0)), mpmath.mpf(1)),
    "hard_mish": lambda x: x * min(max(x + 2, mpmath.mpf(0)), mpmath.mpf(2)) / 2,
    "sparse_plus": lambda x: x if x > 1 else max(x + 1, mpmath.mpf(0)) ** 2 / 4,
    "shrink": lambda x, lambd, bias: x - mpmath.sign(x) * bias if abs(x) > lambd else mpmath.mpf(0),
    "threshold": lambda x, threshold, value: x if x > threshold else value,
    "relu_general": lambda x, slope, top, at: top if x >= top else x if x >= at else slope * (x - at),
    "rrelu": lambda x, lower, upper: x if x >= 0 else x * (lower + upper) / 2,
    "affine": lambda x, alpha, beta: alpha * x + beta,
    "step": lambda x, threshold: mpmath.mpf(x >= threshold),
    "round": lambda x: mpmath.nint(x),
    "softsign": lambda x: x / (1 + abs(x)),
    "sqrt": mpmath.sqrt,
    "tanh_shrink": lambda x: x - mpmath.tanh(x),
    "lisht": lambda x: x * mpmath.tanh(x),
    "exponential": mpmath.exp,
    "log": mpmath.log,
    "logit": lambda x, eps: mpmath.log(x / (1 - x)),
    "selu": lambda x: SELU_SCALE * (x if x > 0 else SELU_ALPHA * mpmath.expm1(x)),
    "celu": lambda x, alpha: x if x > 0 else alpha * mpmath.expm1(x / alpha),
    "quick_gelu": lambda x, beta: x * _logistic(beta * x),
    "scaled_tanh": lambda x, a, b: b * (1 - 2 / (1 + mpmath.exp(2 * a * x)) if abs(x) > 1e-3 else mpmath.tanh(a * x)),
    "squareplus": lambda x, b: (x + mpmath.sqrt(x * x + b)) / 2,
    "dish": lambda x: x / 2 * (1 + x / mpmath.sqrt(1 + x * x)),
    "snake": lambda x, frequency: x + mpmath.sin(frequency * x) ** 2 / frequency,
    "pow": lambda x, beta, alpha: alpha * x**beta,
    "laplace": lambda x, mu, sigma: mpmath.ncdf((x - mu) / sigma),
    "mish": lambda x: x * mpmath.tanh(_softplus(x)),
    "gelu": lambda x: x * mpmath.ncdf(x),
    "gelu_tanh": lambda x: x * _logistic(2 * mpmath.sqrt(2 / mpmath.pi) * (x + mpmath.mpf("0.044715") * x**3)),
    "silu": lambda x, beta: x * _logistic(beta * x),
}
REQUIRED = {"threshold": (0.25, 0.25), "pow": (0.25, 1.0)}  # parameters without a default
CENTRES = {
    "logit": 0.5, "dish": -0.78615137775742329, "snake": -0.78539816339744831, "mish": -1.1924312145154952,
    "gelu": -0.75179152469356446, "gelu_tanh": -0.752461422071, "silu": -1.2784645427610738, "quick_gelu": -0.75115425
}


def points(name, dtype):
    """A few hundred inputs where the function is defined: near zero, near the derivative's root or another centre, far out, never
    a kink."""
    random = np.random.default_rng(3)
    reach = 100 if dtype == "float32" else 700
    far = 1e30 if dtype == "float32" else 1e300
    x = np.concatenate(
        [
            random.uniform(-10, 10, 120),
            random.uniform(-reach, reach, 60),
            random.choice([-1, 1], 60) * 10.0 ** random.uniform(-30, 0, 60),
            [-1 / far, far, -1e5, 9.6875, -9.6875, 17.4, -5.5, -14.0, -37.5],
            CENTRES.get(name, -0.9375) + random.choice([-1, 1], 60) * 2.0 ** random.uniform(-26, -2, 60),
        ]
    ).astype(dtype)
    x = inside(name, x)
    if name == "round":
        x = x[x % 1 != 0.5]
    return x[x != 0]


def ulps(got, exact, dtype):
    """Error in units in the last place of the exact value's binade; none where both are beyond the dtype."""
    kind = np.finfo(dtype)
    if np.isinf(got) and abs(exact) > float(kind.max):
        return 0
    exponent = max(mpmath.frexp(exact)[1] - 1, kind.minexp) if exact else kind.minexp
    return abs(mpmath.mpf(float(got)) - exact) / mpmath.mpf(2) ** (exponent - kind.nmant)


DOUBT = 1e-9  # ulp, of the numerical derivative


def exact_slope(formula, x, parameters):
    """Central difference with so small a step, and so many digits, that nothing is left of its error."""
    step = min(abs(x), 1) * mpmath.mpf(10) ** -30
    return (formula(x + step, *parameters) - formula(x - step, *parameters)) / (2 * step)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", ELEMENTWISE)
def test_value_and_derivative_against_mpmath(name, dtype):
    entry = fastact.functions()[name]
    function = getattr(fastact, name)
    formula = FORMULAS[name]
    required = REQUIRED.get(name, ())
    numbers = [*(required or entry.parameters.values()), *CONSTANTS.get(name, ())]
    parameters = [mpmath.mpf(float(np.dtype(dtype).type(value))) for value in numbers]
    x = points(name, dtype)
    values, slopes = function(x, *required), function.derivative(x, *required)
    assert values.dtype == slopes.dtype == np.dtype(dtype)
    value_bound, slope_bound = entry.max_ulp[dtype]
    with mpmath.workdps(120 if dtype == "float32" else 400):
        for argument, value, slope in zip(x, values, slopes):
            at = mpmath.mpf(float(argument))
            assert ulps(value, formula(at, *parameters), dtype) <= value_bound, float(argument).hex()
            assert ulps(slope, exact_slope(formula, at, parameters), dtype) <= slope_bound + DOUBT, float(argument).hex()


# ---- values the catalog names: f(+inf), f(-inf), f(-0), f'(+inf), f'(-inf), f'(0)

INF = np.inf


def _laplace_named(kind):
    """At 0 with the default parameters as the dtype has them."""
    with mpmath.workdps(40):
        mu, sigma = (mpmath.mpf(float(kind(value))) for value in (0.707107, 0.282095))
        return 1, 0.0, float(mpmath.ncdf(-mu / sigma)), 0, 0, float(mpmath.npdf(mu / sigma) / sigma)


NAMED = {
    "identity": (INF, -INF, -0.0, 1, 1, 1),
    "sigmoid": (1, 0.0, 0.5, 0, 0, 0.25),
    "tanh": (1, -1, -0.0, 0, 0, 1),
    "relu": (INF, 0.0, 0.0, 1, 0, 0),
    "leaky_relu": (INF, -INF, -0.0, 1, 0.01, 0.01),
    "elu": (INF, -1, -0.0, 1, 0, 1),
    "softplus": (INF, 0.0, np.log(2), 1, 0, 0.5),
    "relu6": (6, 0.0, 0.0, 0, 0, 0),
    "abs": (INF, INF, 0.0, 1, -1, 0),
    "square": (INF, INF, 0.0, INF, -INF, 0),
    "relu_squared": (INF, 0.0, 0.0, INF, 0, 0),
    "log_sigmoid": (-0.0, -INF, -np.log(2), 0, 1, 0.5),
    "hard_shrink": (INF, -INF, 0.0, 1, 1, 0),
    "soft_shrink": (INF, -INF, 0.0, 1, 1, 0),
    "thresholded_relu": (INF, 0.0, 0.0, 1, 0, 0),
    "clip": (INF, -INF, -0.0, 1, 1, 1),
    "hard_tanh": (1, -1, -0.0, 0, 0, 1),
    "clipped_linear": (1, 0.0, 0.0, 0, 0, 0),
    "hard_sigmoid": (1, 0.0, 0.5, 0, 0, 1 / 6),
    "sparse_sigmoid": (1, 0.0, 0.5, 0, 0, 0.5),
    "hard_swish": (INF, -0.0, -0.0, 1, 0, 0.5),
    "hard_mish": (INF, -0.0, -0.0, 1, 0, 1),
    "sparse_plus": (INF, 0.0, 0.25, 1, 0, 0.5),
    "shrink": (INF, -INF, 0.0, 1, 1, 0),
    "threshold": (INF, 0.25, 0.25, 1, 0, 0),
    "relu_general": (INF, 0.0, -0.0, 1, 0, 0),
    "rrelu": (INF, -INF, -0.0, 1, 11 / 48, 11 / 48),
    "affine": (INF, -INF, 0.0, 1, 1, 1),
    "step": (1, 0.0, 1, 0, 0, 0),
    "round": (INF, -INF, -0.0, 0, 0, 0),
    "softsign": (1, -1, -0.0, 0, 0, 1),
    "sqrt": (INF, np.nan, -0.0, 0, np.nan, INF),
    "tanh_shrink": (INF, -INF, -0.0, 1, 1, 0),
    "lisht": (INF, INF, 0.0, 1, -1, 0),
    "exponential": (INF, 0.0, 1, INF, 0, 1),
    "log": (INF, np.nan, -INF, 0, np.nan, INF),
    "logit": (np.nan, np.nan, -INF, np.nan, np.nan, INF),
    "selu": (INF, -1.7580993408473769, -0.0, 1.0507009873554805, 0, 1.7580993408473769),
    "celu": (INF, -1, -0.0, 1, 0, 1),
    "quick_gelu": (INF, -0.0, -0.0, 1, 0, 0.5),
    "scaled_tanh": (1.7159, -1.7159, -0.0, 0, 0, 0.67 * 1.7159),
    "squareplus": (INF, 0.0, 1, 1, 0, 0.5),
    "dish": (INF, -0.0, -0.0, 1, 0, 0.5),
    "snake": (np.nan, np.nan, 0.0, np.nan, np.nan, 1),
    "pow": (INF, INF, 0.0, 0, 0, INF),
    "laplace": _laplace_named,
    "mish": (INF, -0.0, -0.0, 1, 0, 0.6),
    "gelu": (INF, -0.0, -0.0, 1, 0, 0.5),
    "gelu_tanh": (INF, -0.0, -0.0, 1, 0, 0.5),
    "silu": (INF, -0.0, -0.0, 1, 0, 0.5),
}


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", ELEMENTWISE)
def test_named_values(name, dtype):
    kind = np.dtype(dtype).type
    function, named = getattr(fastact, name), NAMED[name]
    named = np.array(named(kind) if callable(named) else named, dtype)
    required = REQUIRED.get(name, ())
    values = function(np.array([INF, -INF, -0.0], dtype), *required)
    np.testing.assert_array_equal(values, named[:3])
    np.testing.assert_array_equal(np.signbit(values), np.signbit(named[:3]))
    np.testing.assert_array_equal(function.derivative(np.array([INF, -INF, 0.0], dtype), *required), named[3:])
    np.testing.assert_array_equal(function.derivative(kind(-0.0), *required), named[5])
    assert np.isnan(function(kind(np.nan), *required))


# ---- the published table


def published_rows():
    """(function, pass, largest error, bound) of the rows of docs/accuracy.md that have a bound, by dtype."""
    rows, dtype = {"float32": [], "float64": []}, None
    for line in (ROOT / "docs" / "accuracy.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            dtype = line[3:]
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 9 and re.fullmatch(r"[\d.]+", cells[8]) and cells[1] in PASSES:
            rows[dtype].append((cells[0], cells[1], max(float(cells[2]), float(cells[5])), float(cells[8])))
    return rows


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_published_figures_are_complete_and_within_the_bounds(dtype):
    rows = published_rows()[dtype]
    assert [row[:2] for row in rows] == [(name, which) for name in ELEMENTWISE for which in PASSES]
    for name, which, error, bound in rows:
        assert bound == fastact.functions()[name].max_ulp[dtype][PASSES[which]]
        assert error <= bound, (name, which)
