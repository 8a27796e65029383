"""The elementwise functions: a ufunc for every pass of every row of the catalog, joined by attributes."""

import os
import sys
from functools import partial
from inspect import Parameter, Signature

import numpy as np

from . import _core, edges
from .arrays import ACCEPTED, is_accepted

INPUTS = {
    "value": {"x": "Where the function is taken."},
    "derivative": {"x": "Where the derivative is taken."},
    "backward": {"grad": "Upstream gradient.", "x": "What the function was given."},
    "backward_from_output": {"grad": "Upstream gradient.", "y": "What the function returned."},
}
TITLES = {
    "value": "{name}(x) = {formula}",
    "derivative": "Derivative of {name} at x: {derivative}",
    "backward": "grad times the derivative of {name} at x, in one pass, rounded once.",
    "backward_from_output": "grad times the derivative of {name}, from its output y instead of its input.",
}
PARAMETERS = {
    "negative_slope": "Slope where x is not positive.",
    "alpha": "What the function saturates at, with a minus sign, for large negative x.",
    "beta": "Steepness: multiplies x inside.",
    "scale_a": "Multiplies x inside.",
    "scale_b": "Multiplies the result.",
    "lambd": "Half the width of the interval around 0 that gives 0; not negative.",
    "theta": "Where x begins to pass.",
    "min_val": "Lower bound; None for none.",
    "max_val": "Upper bound; None for none. It wins where the bounds are crossed.",
    "slope": "Slope of the linear part.",
    "offset": "Value of the linear part at 0.",
    "lower": "Lower end of the slopes; the mean of both ends is used.",
    "upper": "Upper end of the slopes.",
    "threshold": "Where one piece ends and the next begins.",
    "value": "What the function is up to the threshold.",
    "max_value": "Upper bound; None for none.",
    "bias": "What abs(x) is lowered by.",
    "b": "Four times the square of the value at 0; not negative.",
    "frequency": "Multiplies x inside the sine.",
    "mu": "Where the result is 1 / 2.",
    "sigma": "Width of the rise: the standard deviation of its slope.",
    "pow.alpha": "Multiplies the power.",
    "pow.beta": "The exponent. A negative x is NaN unless it is a whole number.",
    "affine.alpha": "Slope.",
    "affine.beta": "Value at 0.",
    "eps": "x is clamped to [eps, 1 - eps] first; 0 or None for no clamping.",
}
# keywords that are no ufunc inputs: (default, documentation)
KEYWORDS = {
    "approximate": (
        "none",
        """approximate : {"none", "tanh", "quick", True, False, None}, default "none"
    "tanh" or True is `gelu_tanh`; "quick" is `quick_gelu`.""",
    ),
    "edge": (
        "exclusive",
        """edge : {"exclusive", "inclusive"}, default "exclusive"
    Slope at the bounds themselves: 0, or 1 as in PyTorch. `backward_from_output` cannot tell a clipped x from one at a bound.""",
    ),
}
UFUNC_KEYWORDS = {"out", "where", "casting", "order", "dtype", "subok", "signature", "sig", "axes", "axis", "keepdims"}


def _docstring(row, pass_, call, example):
    settings = "".join(f", {setting(name, default, '=')}" for name, default in row["parameters"].items())
    inputs = INPUTS[pass_]
    keyword = ROUTED.get(row["name"], {}).get(pass_)
    routed = f"{keyword}={KEYWORDS[keyword][0]!r}, " if keyword else ""
    lines = [f"{call}({', '.join(inputs)}{settings}, out=None, *, {routed}where=True, casting='same_kind', order='K', dtype=None)"]
    lines += ["", TITLES[pass_].format(**row), "", "Parameters", "----------"]
    for name, text in inputs.items():
        lines += [f"{name} : array_like", f"    {text} Integers and bool are computed as float64."]
    for name, default in row["parameters"].items():
        text = PARAMETERS.get(f"{row['name']}.{name}") or PARAMETERS[name]
        usual = "" if default is None else f", default {default:g}"
        lines += [f"{name} : float or array_like{usual}", f"    {text} Arrays broadcast with {name_last(inputs)}."]
    if keyword:
        lines.append(KEYWORDS[keyword][1])
    lines += ["out : ndarray, optional", "    Where the result is written; may be exactly an input."]
    lines += ["where, casting, order, dtype, subok", "    As for every NumPy ufunc.", "", "Returns", "-------"]
    lines += [
        "ndarray or scalar",
        "    float16, bfloat16, float32 and float64 keep their dtype; a Python number as parameter never changes it.",
    ]
    lines += ["", "Raises", "------", "TypeError", "    For complex, object and string input, and for unknown keywords."]
    lines += ["ValueError", "    For shapes that do not broadcast, and an `out` without permission to write."]
    if keyword:
        lines[-1] += f" For another `{keyword}`."
    lines += ["", "Notes", "-----"]
    lines.append(f"Formula: {row['formula']}. Derivative: {row['derivative']}.")
    if row["aliases"] and pass_ == "value":
        lines.append(f"Also known as {', '.join(row['aliases'])}.")
    if pass_ in ("value", "derivative"):
        f32, f64 = (row["max_ulp"][dtype][pass_ == "derivative"] for dtype in ("float32", "float64"))
        lines.append(f"Accuracy: within {f32:g} ulp over all float32 inputs, {f64:g} ulp for float64.")
    arguments = ", ".join(map(str, _example(row, pass_)))
    lines += ["", "Examples", "--------", ">>> import fastact as fa", f">>> fa.{call}({arguments})", repr(example)]
    return "\n".join(lines)


def setting(name, default, equals, optional=False):
    """A parameter in a signature; None is no default unless it is optional."""
    if default is None and not optional:
        return name
    return f"{name}{equals}{default:g}" if isinstance(default, float) else f"{name}{equals}{default!r}"


def signature_of(inputs, parameters, routed=None):
    """How a ufunc is called, which NumPy would show with x1 and x2; `routed` is (keyword, default) of one that is no input."""
    by_place, by_both, by_name = Parameter.POSITIONAL_ONLY, Parameter.POSITIONAL_OR_KEYWORD, Parameter.KEYWORD_ONLY
    ufunc = {"where": True, "casting": "same_kind", "order": "K", "dtype": None, "subok": True}
    return Signature([
        *(Parameter(name, by_place) for name in inputs),
        *(Parameter(name, by_both, default=Parameter.empty if default is None else default) for name, default in parameters.items()),
        Parameter("out", by_both, default=None),
        *(Parameter(name, by_name, default=default) for name, default in ([routed] if routed else []) + list(ufunc.items())),
    ])  # fmt: skip


def name_last(inputs):
    return list(inputs)[-1]


def required(parameters):
    """Values to show a call with, of the parameters that have no default; these come first."""
    return [0.25 for default in parameters.values() if default is None]


def _example(row, pass_):
    return [1.0, 0.5][-len(INPUTS[pass_]) :] + required(row["parameters"])


def _documented(row, pass_, call, ufunc):
    return _docstring(row, pass_, call, ufunc(*_example(row, pass_)))


def build(row):
    """The ufunc of a catalog row, with its other passes as attributes."""
    made = {}
    for pass_ in row["passes"]:
        call = row["name"] if pass_ == "value" else f"{row['name']}.{pass_}"
        ufunc = made[pass_] = _core.make_ufunc(row["name"], pass_, call)
        _core.document(ufunc, partial(_documented, row, pass_, call, ufunc))
        ufunc.__module__ = "fastact"  # with the dotted name this is what pickle looks up
        ufunc.__qualname__ = call
        keyword = ROUTED.get(row["name"], {}).get(pass_)
        ufunc.__signature__ = signature_of(INPUTS[pass_], row["parameters"], keyword and (keyword, KEYWORDS[keyword][0]))
        if pass_ in ("value", "derivative"):
            ufunc.max_ulp = {dtype: bounds[pass_ == "derivative"] for dtype, bounds in row["max_ulp"].items()}
        if pass_ in ROUTED.get(row["name"], {}):
            _core.set_routes(ufunc, ROUTED[row["name"]][pass_], _ROUTES[row["name"]](ufunc, pass_))
    add_loops(made.values())
    value = made.pop("value")
    for pass_, ufunc in made.items():
        setattr(value, pass_, ufunc)
    return value


# function -> pass -> its keyword
ROUTED = {
    "gelu": {"value": "approximate", "derivative": "approximate", "backward": "approximate"},
    "clip": {"derivative": "edge", "backward": "edge"},
}


def _gelu_routes(exact, pass_):
    tanh, quick = (f if pass_ == "value" else getattr(f, pass_) for f in map(_function, ("gelu_tanh", "quick_gelu")))
    routes = dict.fromkeys(("none", False, None), (exact, ())) | dict.fromkeys(("tanh", True), (tanh, ()))
    return routes | {"quick": (quick, ())}


def _clip_routes(exclusive, pass_):
    return {"exclusive": (exclusive, ()), "inclusive": (edges.inclusive(exclusive), ())}


# function -> what each value of its keyword stands for, and its parameters
_ROUTES = {"gelu": _gelu_routes, "clip": _clip_routes}


def explain(ufunc, arguments, keywords, error):
    """A clearer exception for a ufunc call that failed, or None where NumPy's words do.

    `arguments` holds the positional arguments, then those of the keywords.
    """
    name = ufunc.__name__
    given = len(arguments) - len(keywords or ())
    for keyword in keywords or ():
        if keyword not in UFUNC_KEYWORDS:
            function, _, pass_ = name.partition(".")
            routed = [k for p, k in ROUTED.get(function, {}).items() if p == (pass_ or "value")]
            accepted = ", ".join([*_core.parameters_of(ufunc), *routed, "out", "where", "casting", "order", "dtype", "subok"])
            return TypeError(f"{name}: there is no keyword {keyword!r}; accepted are {accepted}")
    function, _, pass_ = name.partition(".")
    inputs = ("pred", "target") if pass_.endswith("ufunc") else INPUTS[pass_ or "value"]  # of a loss
    names = [*inputs, *_core.parameters_of(ufunc)]
    for argument, value in zip(names, arguments[:given]):
        if not hasattr(value, "__array_ufunc__") or isinstance(value, (np.ndarray, np.generic)):
            try:
                dtype = np.asarray(value).dtype
            except ValueError:
                return ValueError(f"{name}: {argument} is no regular array; nested sequences need equal lengths")
            if not is_accepted(dtype):
                return TypeError(f"{name}: {argument} has dtype {dtype}; {ACCEPTED}")
    outputs = list(arguments[len(names) : given]) + [a for k, a in zip(keywords or (), arguments[given:]) if k == "out"]
    for out in outputs:
        out = out[0] if isinstance(out, tuple) and len(out) == 1 else out
        if isinstance(out, np.ndarray) and not out.flags.writeable:
            return ValueError(f"{name}: out is read-only")
        if out is not None and not hasattr(out, "__array_ufunc__"):
            return TypeError(f"{name}: out is {out!r}; an array is accepted")
    if type(error) is ValueError:
        return ValueError(f"{name}: {error}")
    return None


_without_bfloat16 = []


def add_loops(ufuncs):
    """Those for bfloat16, now or when it is first met."""
    _without_bfloat16.extend(ufuncs)
    _add_bfloat16()


def _add_bfloat16():
    """Loops for ml_dtypes.bfloat16 to every ufunc that lacks them, once that package is there."""
    dtype = getattr(sys.modules.get("ml_dtypes"), "bfloat16", None)
    while dtype is not None and _without_bfloat16:
        _core.add_bfloat16(_without_bfloat16.pop(), np.dtype(dtype))


def start(function):
    """Turn the plain cases on, unless they differ from NumPy's calls of the same loops or the environment says no.

    `function` gives the ufunc of a name.
    """
    global _function
    _function = function
    _core.set_explain(explain)
    _core.set_announce(_add_bfloat16)
    if os.environ.get("FASTACT_NO_FASTPATH", "") not in ("", "0") or not _core.COMPILED:
        return
    x, tried = np.array([-30, -1, -0.0, 0.5, 20], np.float32), function("leaky_relu")
    out = np.empty_like(x)

    def results():
        calls = (tried(x), tried(x, out=out), tried(x, 0.5), tried.derivative(x), tried.backward(x, x[::-1]))
        return [result.tobytes() for result in calls]

    expected = results()
    _core.set_fast_path(True)
    if results() != expected:
        _core.set_fast_path(False)
