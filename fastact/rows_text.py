"""Docstrings of the row-wise functions, written from their signatures and a few words each."""

import inspect

import numpy as np

EXCLUDED = {"log_softmax": -np.inf}  # what a position holds that `where` leaves out; 0 elsewhere

_TEXT = """{title}

Parameters
----------
{inputs}
{options}

Returns
-------
ndarray
    {returned} Integers and bool become float64.

Raises
------
TypeError
    For complex, object and string input.
ValueError
    For an axis that does not exist, and for an `out` of another shape or without permission to write.

Notes
-----
Formula: {formula}. Backward: {derivative}.
{notes}

Examples
--------
>>> import numpy as np, fastact as fa
{example}"""

_OPTIONS = {
    "axis": "axis : int or None, default -1\n    Axis of a row; None takes the whole array as one row.",
    "where": "where : array_like of bool, optional\n    False leaves a position out{kept}.",
    "scale": "scale : float, default 1.0\n    Multiplies {scaled} (a temperature T means scale = 1 / T).",
    "keepdims": "keepdims : bool, default False\n    Leave the axis in the result, of length 1.",
    "out": "out : ndarray, optional\n    Where the result is written; may be exactly an input of its shape.",
    "b": "b : array_like, optional\n    What every exponential is multiplied by; it broadcasts to the shape of x, and may be negative.",
    "return_sign": "return_sign : bool, default False\n    Return the sign of the sum too, -1, 0 or 1, and the logarithm of its absolute "
    "value; without it the\n    logarithm of a negative sum is NaN.",
    "alpha": "alpha : float, default 1.5\n    1 is softmax, 2 sparsemax, what lies between is accepted.",
    "eps": "eps : float, default 1e-12\n    The norm counts as no smaller.",
    "pieces": "pieces : int, default 4\n    Entries of a group; they divide the axis.",
    "tau": "tau : float, default 1.0\n    Temperature, above 0.",
    "hard": "hard : bool, default False\n    1 at the largest of the sample, 0 elsewhere.",
    "rng": "rng : numpy.random.Generator, optional\n    Where the noise comes from; a fresh one by default.",
    "lengths": "lengths : array_like of int\n    How many entries each segment has, in order; 0 is accepted.",
}
_INPUTS = {
    "x": "x : array_like\n    Input.",
    "grad": "grad : array_like\n    Upstream gradient g, of the shape of the value.",
    "y": "y : array_like\n    What the function returned.",
}
_PROBABILITIES = "A row that holds NaN or +inf is NaN throughout; -inf counts as probability 0."
_NOTES = {
    "maxout": "Exact. NaN counts as larger than any number; of equal entries the first gets the gradient.",
    "hardmax": "Exact. The first NaN of a row counts as its largest entry.",
    "logsumexp": "No sum overflows; -inf alone, or nothing, gives -inf, +inf gives +inf. With b and return_sign all is computed in "
    "float64, as\nscipy.special.logsumexp has it.",
    "logmeanexp": "No sum overflows; -inf alone, or nothing, gives -inf, +inf gives +inf.",
    "l2_normalize": "A row of zeros stays one; no square overflows.",
    "crelu": "Exact.",
    "masked_softmax": "A row that is left out altogether, or holds nothing but -inf, is 0 and never NaN.",
}


def document(function, name, title, formula, derivative, example, ulp=None):
    """A docstring from the signature and these words."""
    backward = title.startswith("Gradient")
    given = list(inspect.signature(function).parameters)
    words = {"kept": "", "scaled": "the gradient, as it multiplied x" if backward else "x first"}
    if not backward:
        words["kept"] = f": it holds {EXCLUDED.get(name, 0.0):g}" if "keepdims" not in given else ""
    bound = f"float32 results are within {ulp:g} ulp. " if ulp else ""
    function.__doc__ = _TEXT.format(
        title=title,
        inputs="\n".join(_INPUTS[word] for word in given if word in _INPUTS),
        options="\n".join(_OPTIONS[word].format(**words) for word in given if word in _OPTIONS),
        returned="Of the shape of x." if backward or not {"keepdims", "pieces"} & set(given) else "The value of every row or group.",
        formula=formula,
        derivative=derivative,
        notes=bound + _NOTES.get(name, _PROBABILITIES),
        example=example,
    )


def example(name, backward):
    """What one types and what comes back; the forward answer is computed here, so it is true."""
    if name == "crelu":
        return (
            ">>> fa.crelu(np.array([1.0, -2.0]))\narray([1., 0., 0., 2.])",
            ">>> fa.crelu.backward(np.ones(4), np.array([1.0, -2.0]))\narray([ 1., -1.])",
        )
    if name == "gumbel_softmax":
        return (
            ">>> fa.gumbel_softmax(np.zeros((3, 5)), hard=True).sum(axis=-1)\narray([1., 1., 1.])",
            ">>> y = fa.gumbel_softmax(np.zeros((3, 5)))\n>>> fa.gumbel_softmax.backward(np.ones((3, 5)), y).shape\n(3, 5)",
        )
    if name == "softmax_segments":
        return (
            ">>> fa.softmax_segments(np.zeros(3), [1, 2])\narray([1. , 0.5, 0.5])",
            ">>> y = fa.softmax_segments(np.zeros(3), [1, 2])\n"
            ">>> fa.softmax_segments.backward(np.ones(3), y, [1, 2])\narray([0., 0., 0.])",
        )
    if name in ("maxout", "logsumexp", "logmeanexp"):
        return (
            f">>> fa.{name}(np.zeros((2, 4), np.float32)).shape\n{'(2, 1)' if name == 'maxout' else '(2,)'}",
            f">>> x = np.zeros((2, 4), np.float32)\n>>> fa.{name}.backward(fa.{name}(x), x).shape\n(2, 4)",
        )
    shown = {"l2_normalize": "array([0.6, 0.8])", "hardmax": "array([0., 1.])", "sparsemax": "array([0., 1.])"}.get(name)
    given = "y" if "y" in inspect.signature(backward).parameters else "x"
    forward = f">>> fa.{name}(np.array([3.0, 4.0]))\n{shown}" if shown else f">>> fa.{name}(np.zeros((2, 4), np.float32)).shape\n(2, 4)"
    return (
        forward,
        f">>> x = np.ones((2, 4), np.float32)\n>>> y = fa.{name}(x)\n>>> fa.{name}.backward(np.ones_like(x), {given}).shape\n(2, 4)",
    )
