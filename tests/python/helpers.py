"""What several test files share: the functions by kind, comparison by bits and by ulps, and parameters to try."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import numpy as np

import fastact
from fastact import _core
from fastact.reference import CONSTANTS, FORMULAS, FROM_OUTPUT  # noqa: F401

ROOT = Path(__file__).resolve().parents[2]
EVERY_FUNCTION = fastact.functions()
FUNCTIONS = {name: entry for name, entry in EVERY_FUNCTION.items() if not entry.kind.startswith("composed")}  # those with kernels
COMPOSED = [name for name, entry in EVERY_FUNCTION.items() if entry.kind == "composed"]
COMPOSED_LOSSES = [name for name, entry in EVERY_FUNCTION.items() if entry.kind == "composed_loss"]
PASSES = ("value", "derivative", "backward", "backward_from_output")
DTYPES = ("float16", "float32", "float64")
SPECIAL = (np.nan, np.inf, -np.inf, -0.0, 0.0)


REQUIRED = [name for name, entry in FUNCTIONS.items() if entry.kind == "elementwise" and None in entry.parameters.values()]


def names_of(kind):
    """Names of a kind; those with a parameter that has no default are in test_required.py."""
    return [name for name, entry in FUNCTIONS.items() if entry.kind == kind and name not in REQUIRED]


def pass_of(name, which):
    """The object of one pass, or None."""
    function = getattr(fastact, name)
    return function if which == "value" else getattr(function, which, None)


# row-wise functions that make probabilities of scores: backward from y, where= and scale=
PROBABILITIES = ["softmax", "log_softmax", "sparsemax", "hardmax", "entmax15", "entmax"]
OTHER_ROWS = ["maxout", "logsumexp", "l2_normalize"]
ELEMENTWISE = names_of("elementwise")
EVERY_PASS = [(name, which) for name in ELEMENTWISE for which in PASSES if pass_of(name, which) is not None]
WITH_PARAMETER = [(name, which) for name, which in EVERY_PASS if FUNCTIONS[name].parameters]


def inputs_of(which):
    return 2 if which.startswith("backward") else 1


def bits(array):
    """The array as unsigned integers of its own size."""
    array = np.ascontiguousarray(array)
    return array.view(f"u{array.dtype.itemsize}")


def same_bits(got, expected):
    got, expected = np.asarray(got), np.asarray(expected)
    assert got.dtype == expected.dtype
    assert got.shape == expected.shape
    np.testing.assert_array_equal(bits(got), bits(expected))


def spacing(values, dtype):
    """One unit in the last place of each value, in float64."""
    kind = np.finfo(dtype)
    _, exponent = np.frexp(np.asarray(values, np.float64))
    return np.ldexp(1.0, np.maximum(exponent - 1, kind.minexp) - kind.nmant)


def within_ulps(got, exact, bound, slack=0.0):
    """Every entry is within `bound` units in the last place of `exact` (float64 or wider); NaN and infinities agree."""
    got, exact = np.asarray(got), np.asarray(exact)
    assert got.shape == exact.shape
    finite = np.isfinite(exact) & (np.abs(exact) <= float(np.finfo(got.dtype).max))
    np.testing.assert_array_equal(got[~np.isfinite(exact)], exact[~np.isfinite(exact)])
    error = np.abs(got[finite].astype(exact.dtype) - exact[finite])
    allowed = bound * spacing(exact[finite], got.dtype) + slack
    wrong = ~(error <= allowed)
    assert not wrong.any(), (got[finite][wrong][:4], exact[finite][wrong][:4], (error / allowed)[wrong][:4])


# of the functions that are NaN elsewhere; the ends are poles
DOMAINS = {"sqrt": (0, np.inf), "log": (0, np.inf), "logit": (0, 1), "pow": (0, np.inf)}


def inside(name, x):
    """Numbers like x where the function is defined."""
    low, high = DOMAINS.get(name, (-np.inf, np.inf))
    if low == 0:
        x = np.abs(x)
    return x if high == np.inf else (x % 1).astype(x.dtype)


def sample(n, dtype, seed=0, reach=8.0):
    """Numbers of both signs and many sizes, without special values."""
    random = np.random.default_rng(seed)
    x = np.where(random.random(n) < 0.7, random.normal(0, 2, n), random.uniform(-reach, reach, n))
    tiny = random.random(n) < 0.1
    x[tiny] *= 10.0 ** random.uniform(-6, 0, tiny.sum())
    return x.astype(dtype)


def without_fast_path(call):
    """What a call gives by the general form."""
    before = _core.set_fast_path(False)
    try:
        return call()
    finally:
        _core.set_fast_path(before)


def where_installed(package, cases):
    """The cases of a test that compares with a package; none, and one skip in all, where there is no such package."""
    return list(cases) if importlib.util.find_spec(package) else []


def run_python(code, folder, **environment):
    """Run a program with another environment and this package; returns what it printed."""
    variables = {key: value for key, value in os.environ.items() if not key.startswith("FASTACT_")}
    variables["PYTHONPATH"] = os.pathsep.join(filter(None, [str(Path(fastact.__file__).parents[1]), variables.get("PYTHONPATH")]))
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, env=variables | environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return done.stdout


PARAMETERS = {"squareplus": (4.0, 1.0, 0.25), "snake": (1.0, 0.5, 3.0), "laplace": ((0.707107, 0.282095), (0.0, 1.0), (-1.0, 3.0)),
              "celu": (1.0, 0.3, 2.5), "scaled_tanh": ((0.67, 1.7159), (2.0, -0.3)), "logit": (0.0, 1e-3, 0.25),
              "clip": ((-np.inf, np.inf), (-0.5, 0.25), (0.0, 6.0)), "hard_tanh": ((-1.0, 1.0), (-2.5, 0.3)),
              "clipped_linear": ((1.0, 0.0, 0.0, 1.0), (0.25, 0.5, -1.0, 2.0)), "hard_sigmoid": ((1 / 6, 0.5), (0.25, 0.125)),
              "hard_swish": ((1 / 6, 0.5), (0.25, 0.75)), "shrink": ((0.5, 0.0), (0.25, 0.75)), "rrelu": ((1 / 8, 1 / 3), (0.0, 0.25)),
              "relu_general": ((0.0, np.inf, 0.0), (0.25, 6.0, 1.0)), "affine": ((1.0, 0.0), (2.5, -0.75)), "step": (0.0, 0.75),
              "leaky_relu": (0.01, 0.25, 0.0, -0.5), "elu": (1.0, 0.3, 2.0), "softplus": (1.0, 0.5, 3.0), "silu": (1.0, 1.702, -0.7),
              "hard_shrink": (0.5, 0.0, 2.5), "soft_shrink": (0.5, 0.0, 2.5), "thresholded_relu": (1.0, 0.0, -0.5)}  # fmt: skip
