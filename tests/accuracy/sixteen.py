"""Counts the float16 and bfloat16 results that are not the exact value rounded once, over all 65 536 inputs.

    python tests/accuracy/sixteen.py > docs/accuracy_sixteen.md

The float64 kernels are within 1 ulp of the exact value, which settles how it rounds to 16 bits unless it is next to the middle of
two such numbers: there, and only there, mpmath decides, from formulas of its own.
"""

import ctypes
from pathlib import Path

import mpmath
import numpy as np
from mpmath import mpf

import fastact

ROOT = Path(__file__).resolve().parents[2]
FORMATS = {"f16": ("float16", 10, -14, 15), "bf16": ("bfloat16", 7, -126, 127)}  # name, digits, exponents of the normal numbers
FINITE = 1 << 16
DIGITS = 60
DOUBT = 2  # ulp of float64: more than its kernels may be wrong
PASSES = ("value", "derivative")


def _steps(*slopes):
    """A derivative that only these cases of x need: (condition, value) in order, 0 elsewhere."""
    return lambda x, *p: next((mpf(slope(x, *p)) for inside, slope in slopes if inside(x, *p)), mpf(0))


def _sigmoid(x):
    return 1 / (1 + mpmath.exp(-x))


def _sigmoid_slope(x):
    return _sigmoid(x) * _sigmoid(-x)


def _softplus(x):
    return mpmath.log1p(mpmath.exp(x))


def _silu_slope(x, beta):
    return _sigmoid(beta * x) + beta * x * _sigmoid_slope(beta * x)


def _limited(x, low, high):
    return min(max(x, low), high)


def _gelu_tanh_argument(x):
    return 2 * mpmath.sqrt(2 / mpmath.pi) * (x + mpf("0.044715") * x**3)


def _gelu_tanh_slope(x):
    inner = 2 * mpmath.sqrt(2 / mpmath.pi) * (1 + mpf("0.134145") * x * x)
    return _sigmoid(_gelu_tanh_argument(x)) + x * _sigmoid_slope(_gelu_tanh_argument(x)) * inner


def _mish_slope(x):
    return mpmath.tanh(_softplus(x)) + x * _sigmoid(x) * mpmath.sech(_softplus(x)) ** 2


def _dish_slope(x):
    t = x / mpmath.sqrt(1 + x * x)
    return (1 + 2 * t - t**3) / 2


def _relu_general(x, slope, top, at):
    return top if x >= top else x if x >= at else slope * (x - at)


def _hard_swish_slope(x, slope, offset):
    inside = slope * x + offset
    return mpf(inside > 0) if not 0 < inside < 1 else 2 * slope * x + offset


with mpmath.workdps(DIGITS):
    SCALE, ALPHA = mpf("1.05070098735548049341933498529461"), mpf("1.67326324235437728481704297674139")
ZERO, ONE = mpf(0), mpf(1)
# name -> value and derivative, of x and the parameters; x is finite and inside the domain
FORMULAS = {
    "identity": (lambda x: x, lambda x: ONE),
    "sigmoid": (_sigmoid, _sigmoid_slope),
    "tanh": (mpmath.tanh, lambda x: mpmath.sech(x) ** 2),
    "relu": (lambda x: max(x, ZERO), lambda x: mpf(x > 0)),
    "leaky_relu": (lambda x, slope: x if x > 0 else slope * x, lambda x, slope: ONE if x > 0 else slope),
    "elu": (lambda x, a: x if x > 0 else a * mpmath.expm1(x), lambda x, a: ONE if x > 0 else a * mpmath.exp(x)),
    "softplus": (lambda x, beta: _softplus(beta * x) / beta, lambda x, beta: _sigmoid(beta * x)),
    "mish": (lambda x: x * mpmath.tanh(_softplus(x)), _mish_slope),
    "gelu": (lambda x: x * mpmath.ncdf(x), lambda x: mpmath.ncdf(x) + x * mpmath.npdf(x)),
    "gelu_tanh": (lambda x: x * _sigmoid(_gelu_tanh_argument(x)), _gelu_tanh_slope),
    "silu": (lambda x, beta: x * _sigmoid(beta * x), _silu_slope),
    "relu6": (lambda x: _limited(x, ZERO, mpf(6)), lambda x: mpf(0 < x < 6)),
    "abs": (abs, mpmath.sign),
    "square": (lambda x: x * x, lambda x: 2 * x),
    "relu_squared": (lambda x: max(x, ZERO) ** 2, lambda x: 2 * max(x, ZERO)),
    "log_sigmoid": (lambda x: -_softplus(-x), lambda x: _sigmoid(-x)),
    "hard_shrink": (lambda x, lambd: x if abs(x) > lambd else ZERO, lambda x, lambd: mpf(abs(x) > lambd)),
    "soft_shrink": (lambda x, lambd: mpmath.sign(x) * max(abs(x) - lambd, ZERO), lambda x, lambd: mpf(abs(x) > lambd)),
    "thresholded_relu": (lambda x, theta: x if x > theta else ZERO, lambda x, theta: mpf(x > theta)),
    "clip": (_limited, lambda x, low, high: mpf(low < x < high)),
    "hard_tanh": (_limited, lambda x, low, high: mpf(low < x < high)),
    "clipped_linear": (lambda x, a, b, low, high: _limited(a * x + b, low, high),
                       lambda x, a, b, low, high: a if low < a * x + b < high else ZERO),
    "hard_sigmoid": (lambda x, a, b: _limited(a * x + b, ZERO, ONE), lambda x, a, b: a if 0 < a * x + b < 1 else ZERO),
    "sparse_sigmoid": (lambda x: _limited((x + 1) / 2, ZERO, ONE), lambda x: mpf(0.5) * (abs(x) < 1)),
    "hard_swish": (lambda x, a, b: x * _limited(a * x + b, ZERO, ONE), _hard_swish_slope),
    "hard_mish": (lambda x: x * _limited(x + 2, ZERO, mpf(2)) / 2, lambda x: _limited(x + 1, -ONE, ONE) if x > -2 else ZERO),
    "sparse_plus": (lambda x: x if x >= 1 else max(x + 1, ZERO) ** 2 / 4, lambda x: _limited((x + 1) / 2, ZERO, ONE)),
    "shrink": (lambda x, lambd, bias: x - mpmath.sign(x) * bias if abs(x) > lambd else ZERO, lambda x, lambd, bias: mpf(abs(x) > lambd)),
    "relu_general": (_relu_general, lambda x, slope, top, at: ZERO if x >= top else ONE if x > at else slope),
    "rrelu": (lambda x, low, high: x if x > 0 else x * (low + high) / 2, lambda x, low, high: ONE if x > 0 else (low + high) / 2),
    "affine": (lambda x, alpha, beta: alpha * x + beta, lambda x, alpha, beta: alpha),
    "step": (lambda x, at: mpf(x >= at), lambda x, at: ZERO),
    "round": (mpmath.nint, lambda x: ZERO),
    "softsign": (lambda x: x / (1 + abs(x)), lambda x: 1 / (1 + abs(x)) ** 2),
    "sqrt": (mpmath.sqrt, lambda x: 1 / (2 * mpmath.sqrt(x))),
    "tanh_shrink": (lambda x: x - mpmath.tanh(x), lambda x: mpmath.tanh(x) ** 2),
    "lisht": (lambda x: x * mpmath.tanh(x), lambda x: mpmath.tanh(x) + x * mpmath.sech(x) ** 2),
    "exponential": (mpmath.exp, mpmath.exp),
    "log": (mpmath.log, lambda x: 1 / x),
    "logit": (lambda x, eps: mpmath.log(x) - mpmath.log1p(-x), lambda x, eps: 1 / (x * (1 - x))),
    "selu": (lambda x: SCALE * (x if x > 0 else ALPHA * mpmath.expm1(x)), lambda x: SCALE * (ONE if x > 0 else ALPHA * mpmath.exp(x))),
    "celu": (lambda x, a: x if x > 0 else a * mpmath.expm1(x / a), lambda x, a: ONE if x > 0 else mpmath.exp(x / a)),
    "quick_gelu": (lambda x, beta: x * _sigmoid(beta * x), _silu_slope),
    "squareplus": (lambda x, b: (x + mpmath.sqrt(x * x + b)) / 2, lambda x, b: (1 + x / mpmath.sqrt(x * x + b)) / 2),
    "dish": (lambda x: x / 2 * (1 + x / mpmath.sqrt(1 + x * x)), _dish_slope),
    "snake": (lambda x, f: x + mpmath.sin(f * x) ** 2 / f, lambda x, f: 1 + mpmath.sin(2 * f * x)),
    "laplace": (lambda x, mu, sigma: mpmath.ncdf((x - mu) / sigma), lambda x, mu, sigma: mpmath.npdf((x - mu) / sigma) / sigma),
    "scaled_tanh": (lambda x, a, b: b * mpmath.tanh(a * x), lambda x, a, b: a * b * mpmath.sech(a * x) ** 2),
}  # fmt: skip
# constants that count as parameters, which are float32 numbers beside 16 bits, and the function that takes them as such
CONSTANTS = {"quick_gelu": ((1.702,), "silu")}


def functions():
    """Names of the elementwise functions without a parameter that must be given."""
    entries = fastact.functions().items()
    return [name for name, entry in entries if entry.kind == "elementwise" and None not in entry.parameters.values()]


def widened(bits, form):
    """The numbers with these bits, in float64."""
    _, digits, lowest, _ = FORMATS[form]
    bits = bits.astype(np.int64)
    exponent, fraction = (bits & 0x7FFF) >> digits, bits & ((1 << digits) - 1)
    size = np.ldexp((fraction + (exponent > 0) * (1 << digits)).astype(float), np.maximum(exponent, 1) - 1 + lowest - digits)
    size[exponent == 0x7FFF >> digits] = np.inf
    size[(exponent == 0x7FFF >> digits) & (fraction > 0)] = np.nan
    return np.where(bits >> 15, -size, size)


def rounded(values, form):
    """float64 to the nearest number of 16 bits, ties to even, in float64; in one step, as a cast by way of float32 is not."""
    _, digits, lowest, highest = FORMATS[form]
    exponent = np.maximum(np.frexp(np.where(np.isfinite(values), values, 0))[1] - 1, lowest) - digits
    with np.errstate(over="ignore"):
        nearest = np.ldexp(np.rint(np.ldexp(values, -exponent)), exponent)
    return np.where(np.abs(nearest) > np.ldexp(2 - 2.0**-digits, highest), np.copysign(np.inf, nearest), nearest)


def rounded_exactly(value, form):
    """The same of an mpmath number."""
    _, digits, lowest, highest = FORMATS[form]
    quantum = mpmath.ldexp(1, max(mpmath.frexp(value)[1] - 1, lowest) - digits)
    scaled = value / quantum  # by a power of two: exact
    below = mpmath.floor(scaled)
    part = scaled - below
    nearest = float((below + (part > 0.5 or (part == 0.5 and below % 2 == 1))) * quantum)
    return np.copysign(np.inf, nearest) if abs(nearest) > np.ldexp(2 - 2.0**-digits, highest) else nearest


def load_library():
    """The shared library that the package carries."""
    return ctypes.CDLL(str(sorted(Path(fastact.get_lib()).glob("libfastact.so.*"))[-1]))


def kernel_results(library, name, which, form, bits, parameters):
    """Bits of what the C entry point makes of every input."""
    out = np.empty_like(bits)
    entry = getattr(library, f"fastact_{name}{'' if which == 'value' else '_derivative'}_{form}")
    pointers = [array.ctypes.data_as(ctypes.c_void_p) for array in (bits, out)]
    status = entry(ctypes.c_size_t(bits.size), *pointers, *map(ctypes.c_float, parameters))
    assert status == 0, f"{name}: status {status}"
    return out


def are_neighbours(a, b, form):
    """Whether no number of 16 bits is between a and b, which differ; infinity comes after the largest."""
    _, digits, lowest, highest = FORMATS[form]
    a, b = (np.clip(each, -(2.0 ** (highest + 1)), 2.0 ** (highest + 1)) for each in (a, b))
    nearer = np.maximum(np.minimum(np.abs(a), np.abs(b)), 2.0**lowest)
    return np.abs(a - b) == np.ldexp(1.0, np.frexp(nearer)[1] - 1 - digits)


def exceptions(library, name, which, form):
    """Bits of the inputs whose result is not the exact value rounded once, but the number next to it.

    Infinite inputs are held to the float64 kernel. A result further away is an error.
    """
    usual = [float(np.float32(value)) for value in fastact.functions()[name].parameters.values()]
    constants, wide_name = CONSTANTS.get(name, ((), name))
    exact_parameters = [*usual, *(float(np.float32(value)) for value in constants)]
    bits = np.arange(FINITE, dtype=np.uint16)
    x = widened(bits, form)
    bits, x = bits[~np.isnan(x)], x[~np.isnan(x)]
    got = widened(kernel_results(library, name, which, form, bits, usual), form)
    wide = getattr(fastact, wide_name)
    value = (wide if which == "value" else wide.derivative)(x, *exact_parameters)
    with np.errstate(all="ignore"):
        room = np.where(np.isfinite(value), DOUBT * np.spacing(np.abs(value)), 0)
        low, high = rounded(value - room, form), rounded(value + room, form)
    sure = (low == high) | (np.isnan(low) & np.isnan(high))
    same = (got == low) | (np.isnan(got) & np.isnan(low))
    right, wrong = low, sure & ~same
    formula = FORMULAS[name][which == "derivative"]
    numbers = [mpf(number) for number in exact_parameters]
    with mpmath.workdps(DIGITS):
        for place in np.flatnonzero(~sure):
            right[place] = rounded_exactly(formula(mpf(float(x[place])), *numbers), form)
            wrong[place] = got[place] != right[place]
    far = wrong.copy()
    far[wrong] = ~are_neighbours(got[wrong], right[wrong], form)
    if far.any():
        at, result, nearest = (float(array[far][0]) for array in (x, got, right))
        raise ArithmeticError(f"{name} {which} {form}: at {at!r} the result is {result!r}, the exact value rounds to {nearest!r}")
    return bits[wrong]


def table():
    """(function, pass, exceptions in float16, in bfloat16) of every function and pass."""
    library = load_library()
    for name in functions():
        for which in PASSES:
            yield (name, which, *(exceptions(library, name, which, form) for form in FORMATS))


def _one(found):
    """Of the inputs in a row the one of the smallest magnitude that is normal, or else the smallest, with its format."""
    for form, bits in zip(FORMATS, found):
        if bits.size:
            x = widened(bits, form)
            normal = np.abs(x) >= 2.0 ** FORMATS[form][2]
            at = np.lexsort((bits, np.abs(x), ~normal))[0]
            return f"{FORMATS[form][0]} {x[at]:.6g} (0x{bits[at]:04X})"
    return "-"


def document(rows):
    """Lines of docs/accuracy_sixteen.md."""
    rows = list(rows)
    exact = [sum(row[column].size == 0 for row in rows) for column in (2, 3)]
    most = [max(row[column].size for row in rows) for column in (2, 3)]
    yield "# Accuracy with 16 bits"
    yield ""
    yield (
        "float16 and bfloat16 are computed as float32, which is then rounded. Where the exact value is so close to the middle of two "
        "numbers of 16 bits that the float32 result is that middle, or beyond it, this can give the other one of the two. These are the "
        "inputs, of all 65 536, for which it does, at the default parameters (which, as the 1.702 of quick_gelu, are float32 numbers). No "
        "result is any other number. "
        f"Without exception: {exact[0]} of {len(rows)} rows in float16, {exact[1]} in bfloat16. The most: {most[0]} and {most[1]}."
    )
    yield ""
    yield "    python tests/accuracy/sixteen.py > docs/accuracy_sixteen.md"
    yield ""
    yield (
        "How the exact value rounds is settled by the float64 kernel, which is within 1 ulp of it, except next to the middle of two "
        f"numbers of 16 bits, where mpmath decides with {DIGITS} digits. Most exceptions are of two kinds: a constant that is nearly a "
        "simple fraction (11/48 in rrelu, 1/6 in hard_sigmoid) makes products that nearly are such middles, and functions that are nearly "
        "x / 2 halve odd subnormal numbers. Functions that need a parameter are left out."
    )
    yield ""
    yield "| function | pass | float16 exceptions | bfloat16 exceptions | one input |"
    yield "|---|---|---|---|---|"
    for name, which, *found in rows:
        yield f"| {name} | {which} | {found[0].size} | {found[1].size} | {_one(found)} |"


if __name__ == "__main__":
    print("\n".join(document(table())))
