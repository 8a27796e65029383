"""How functions of every kind become curves over one axis; those without such a picture say why."""

import inspect
import re
from functools import partial

import numpy as np

from . import catalog, library
from .curves import Curve, Subject

GATED_VALUES = (1.0, 2.0, -1.0)
LOSS_WORDS = ("loss", "gradient", "Hessian")
# losses that are not functions of d alone: targets to draw, axis, limits; others are drawn for a target of 1
_MARGIN = ((1.0,), "margin t * z, for t = 1", (-3.0, 3.0))
_SCORE = ((1.0, 0.0), "score z", (-4.0, 4.0))
_LOG_MEAN = ((1.0, 3.0), "logarithm of the mean, z", (-2.0, 2.0))
_LOSSES = dict.fromkeys(("hinge", "squared_hinge", "logistic_margin", "perceptron", "modified_huber"), _MARGIN)
_LOSSES |= dict.fromkeys(("binary_cross_entropy_with_logits", "sigmoid_focal", "exponential_loss", "asymmetric_multilabel"), _SCORE)
_LOSSES |= dict.fromkeys(("sparsemax_binary", "poly_binary_cross_entropy"), _SCORE)
_LOSSES |= dict.fromkeys(("half_poisson", "half_gamma", "half_tweedie", "poisson_nll"), _LOG_MEAN)
_LOSSES |= {
    "binary_cross_entropy": ((1.0, 0.0), "probability", (0.0, 1.0)),
    "js_div": ((0.5, 0.1), "probability", (0.0, 1.0)),
    "kl_div": ((0.5, 0.1), "log-probability", (-5.0, 0.0)),
    "mean_absolute_percentage_error": ((1.0, 2.0), "prediction", (0.0, 4.0)),
    "mean_squared_logarithmic_error": ((1.0, 3.0), "prediction", (0.0, 5.0)),
    "half_tweedie_identity": ((1.0, 3.0), "prediction", (0.0, 5.0)),
    "contrastive": ((1.0, 0.0), "distance", (0.0, 2.0)),
    "hinge_embedding": ((1.0, -1.0), "distance", (-1.0, 2.0)),
}
# row losses of probabilities and of their logarithms; others take scores
_OF_PROBABILITIES = ("categorical_cross_entropy", "sparse_categorical_cross_entropy", "generalized_cross_entropy")
_OF_LOGARITHMS = ("nll", "generalized_kl")
_NO_PICTURE = {
    "gumbel_softmax": "it is random; softmax is what its noise is added to",
    "rrelu_train": "it is random; rrelu is its mean",
    "softmax_segments": "it takes segments of many lengths; softmax is what it does inside each",
    "prox_l1": "it takes a step too; soft_shrink is what a step of 1 does",
}
_REASON = "it takes several vectors or whole batches, so that a curve over one number would show one case out of many"


def _entry(function):
    """What the registry says of a function or a name; None for an object that is not the library's."""
    name = function if isinstance(function, str) else getattr(function, "__name__", None)
    if name in library.names and (isinstance(function, str) or library.function(name) is function):
        return catalog.functions()[library.names[name]]
    if isinstance(function, str):
        raise ValueError(f"plot: there is no function {function!r}; fa.functions() names them all")
    return None


def refuse_unknown(functions, parameters):
    """An error for a parameter that none of the functions has, or whose value is no number."""
    known = {}
    for entry in filter(None, map(_entry, functions)):
        known[entry.name] = parameters_of(entry)
    for word, value in parameters.items():
        if not any(word in accepted for accepted in known.values()):
            have = "; ".join(f"{name} has {', '.join(accepted)}" for name, accepted in known.items() if accepted)
            raise TypeError(f"plot: there is no parameter {word!r}; {have or 'no function here has any'}")
        if np.ndim(value) > 1 or np.size(value) == 0:
            raise ValueError(f"plot: {word} is of shape {np.shape(value)}; a number or several are accepted")


def subject_of(function, parameters):
    """The curves of a function, given as itself or by name, with some of its parameters.

    A parameter that is a list or a tuple makes a curve of each value. Parameters that the function does not have are left out.
    """
    entry = _entry(function)
    if entry is None:
        return _users_own(function)
    accepted = parameters_of(entry)
    chosen = {word: value for word, value in parameters.items() if word in accepted}
    missing = [word for word, default in entry.parameters.items() if default is None and "loss" not in entry.kind and word not in chosen]
    if missing:
        call = ", ".join(f"{word}=..." for word in missing)
        raise ValueError(f"plot: {entry.name} needs {' and '.join(missing)}, without a default: fa.plot('{entry.name}', {call})")
    listed = [word for word, value in chosen.items() if np.ndim(value) == 1]
    if len(listed) > 1:
        raise ValueError(f"plot: {' and '.join(listed)} are lists; one parameter may have several values")
    if not listed:
        return _make(entry, chosen)
    made = [(value, _make(entry, chosen | {listed[0]: value})) for value in chosen[listed[0]]]
    curves = [_labelled(curve, subject, f"{listed[0]} = {value:g}") for value, subject in made for curve in subject.curves]
    return Subject(**(vars(made[0][1]) | {"curves": tuple(curves), "guides": ()}))


def _labelled(curve, subject, words):
    label = f"{subject.name}, {words}" if len(subject.curves) == 1 else f"{curve.label}, {words}"
    return Curve(label, curve.value, curve.slope, curve.curvature)


def parameters_of(entry):
    """The numbers that a picture of a function can be asked for."""
    if entry.name == "xielu":
        return (*entry.parameters, "alpha_p", "alpha_n")
    return tuple(entry.parameters)


def _users_own(function):
    name = getattr(function, "__name__", repr(function))
    if not isinstance(function, np.ufunc) or not hasattr(function, "derivative"):
        hint = "; draw the function itself, with its derivative" if "." in name else ""
        raise TypeError(f"plot: function is {name}; functions of the library, their names and activations of your own are accepted{hint}")
    return Subject(name, "x", (Curve(name, function, function.derivative),), saturates=True)


def _make(entry, parameters):
    function = library.function(entry.name)
    maker = _MAKERS.get(entry.name) or _MAKERS.get(entry.kind)
    if maker is None:
        raise ValueError(f"plot: {entry.name} has no picture of one dimension: {_NO_PICTURE.get(entry.name, _REASON)}")
    return maker(entry, function, parameters)


def _one(entry, value, slope, axis="x", **more):
    return Subject(entry.name, axis, (Curve(entry.name, value, slope, more.pop("curvature", None)),), **more)


def _elementwise(entry, function, parameters):
    return _one(entry, partial(function, **parameters), partial(function.derivative, **parameters), saturates=True)


def _backward(function, others, parameters):
    """d f / d x from the backward pass of a function of x and others."""
    return lambda x: np.asarray(function.backward(np.ones_like(x), x, *others, **parameters)[0])


def _learned(entry, function, parameters):
    ((name, start),) = entry.parameters.items()
    learned = (parameters.get(name, start),)
    return _one(entry, lambda x: function(x, *learned), _backward(function, learned, {}), saturates=True)


def _xielu(entry, function, parameters):
    """With the sizes that learning starts from."""
    numbers = {word: value for word, value in parameters.items() if word in entry.parameters}
    starts = {"alpha_p": np.log(np.expm1(0.8)), "alpha_n": np.log(np.expm1(0.3))}
    learned, parameters = tuple(parameters.get(word, start) for word, start in starts.items()), numbers
    return _one(entry, lambda x: function(x, *learned, **parameters), _backward(function, learned, parameters))


def _rows(x, others):
    return np.stack([x, *(np.full_like(x, other) for other in others)], axis=-1)


def _rowwise(entry, function, parameters, others=(0.0, 0.0)):
    """Entries of the result for the row (x, 0, 0), and their slopes by x; the third is the second again."""
    takes_output = list(inspect.signature(function.backward).parameters)[1] == "y"

    def value(x, entry=None):
        result = function(_rows(x, others), **parameters)
        return result if entry is None else result[:, entry]

    def slope(x, entry=None):
        rows = _rows(x, others)
        result = function(rows, **parameters)
        grad = np.zeros_like(result)
        grad[... if entry is None else (slice(None), entry)] = 1
        return function.backward(grad, result if takes_output else rows, **parameters)[..., 0]

    row = f"(x, {', '.join(f'{other:g}' for other in others)})"
    if function(np.zeros((1, 3))).ndim == 1:
        return _one(entry, value, slope, axis=f"x in the row {row}")
    entries = {"entry of x": 0, "entry of a 0" if 0.0 in others else "entry of a 1": 1}
    curves = tuple(Curve(f"{entry.name}, {label}", partial(value, entry=k), partial(slope, entry=k)) for label, k in entries.items())
    return Subject(entry.name, f"x in the row {row}", curves)


def _maxout(entry, function, parameters):
    """The largest of the lines that touch a parabola at evenly spaced points."""
    pieces = int(parameters.get("pieces", entry.parameters["pieces"]))
    slopes = np.linspace(-3, 3, pieces) if pieces > 1 else np.zeros(1)

    def lines(x):
        return x[:, None] * slopes - slopes**2 / 2

    def slope(x):
        return (function.backward(np.ones((len(x), 1)), lines(x), pieces=pieces) * slopes).sum(axis=-1)

    guides = tuple(partial(lambda x, k: lines(x)[:, k], k=k) for k in range(pieces))
    return _one(entry, lambda x: function(lines(x), pieces=pieces)[:, 0], slope, axis=f"x, in {pieces} lines", guides=guides)


def _crelu(entry, function, parameters):
    def value(x, entry):
        return function(x[:, None])[:, entry]

    def slope(x, entry):
        grad = np.zeros((len(x), 2))
        grad[:, entry] = 1
        return function.backward(grad, x[:, None])[:, 0]

    curves = (Curve(f"crelu, entry {k}", partial(value, entry=k), partial(slope, entry=k)) for k in range(2))
    return Subject(entry.name, "x", tuple(curves))


def _gated(entry, function, parameters):
    """Over the gate, for a few values."""
    first = {"gate": "first"}  # glu has it second unless told

    def curve(value):
        def result(gate):
            return function(gate, np.full_like(gate, value), **parameters, **first)

        def slope(gate):
            return function.backward(np.ones_like(gate), gate, np.full_like(gate, value), **parameters, **first)[0]

        return Curve(f"{entry.name}, value {value:g}", result, slope)

    return Subject(entry.name, "gate", tuple(map(curve, GATED_VALUES)), words=("value", "derivative by the gate"))


def _residual(entry):
    """Whether a loss is a function of d = prediction - target alone."""
    return "d" in re.findall(r"[A-Za-z_]+", entry.formula) and not {"z", "t"} & set(re.findall(r"[A-Za-z_]+", entry.formula))


def _loss(entry, function, parameters):
    usual = ((0.0,), "d = prediction - target", (-3.0, 3.0)) if _residual(entry) else ((1.0,), "prediction, for a target of 1", (-3.0, 3.0))
    targets, axis, limits = _LOSSES.get(entry.name, usual)
    if parameters.get("log_input") is False or parameters.get("log_input") == 0:
        axis, limits = "mean", (0.0, 5.0)

    def curve(target):
        def of(call, **more):
            return lambda x: call(x, np.full_like(x, target), **parameters, **more)

        def curvature(x):
            return function.gradient_and_hessian(x, np.full_like(x, target), hess_floor=-np.inf, **parameters)[1]

        label = entry.name if len(targets) == 1 else f"{entry.name}, t = {target:g}"
        has_curvature = entry.hessian not in ("", "0")
        return Curve(label, of(function, reduction="none"), of(function.gradient, reduction="none"), curvature if has_curvature else None)

    return Subject(entry.name, axis, tuple(map(curve, targets)), limits, LOSS_WORDS, fixed=limits != (-3.0, 3.0))


def _row_loss(entry, function, parameters):
    """Over the score, or the probability, of the right class of three."""
    labelled = "labels" in entry.targets
    if entry.name in _OF_PROBABILITIES:
        axis, limits, rows = "probability p of the right class", (0.0, 1.0), lambda x: np.stack([x, (1 - x) / 2, (1 - x) / 2], axis=-1)
    elif entry.name in _OF_LOGARITHMS:
        axis, limits, rows = "log-probability of the right class", (-5.0, 0.0), lambda x: _rows(x, (-1.0, -1.0))
    else:
        axis, limits, rows = "score z of the right class, others 0", (-5.0, 5.0), lambda x: _rows(x, (0.0, 0.0))

    def of(call, pick, **more):
        def run(x):
            target = np.zeros(len(x), np.int64) if labelled else np.tile([1.0, 0.0, 0.0], (len(x), 1))
            return pick(call(rows(x), target, **parameters, **more))

        return run

    slope = of(function.gradient, lambda gradient: gradient[:, 0], reduction="none")
    curvature = None
    if "gradient_and_hessian" in entry.passes:
        curvature = of(function.gradient_and_hessian, lambda both: both[1][:, 0])
    value = of(function, np.asarray, reduction="none")
    return _one(entry, value, slope, axis=axis, limits=limits, words=LOSS_WORDS, curvature=curvature, fixed=limits != (-5.0, 5.0))


def _penalty(entry, function, parameters):
    def value(w):
        return np.array([function(np.array([each]), **parameters) for each in w])

    slope = partial(function.gradient, **parameters)
    return _one(entry, value, slope, axis="weight w", limits=(-3.0, 3.0), words=("penalty", "gradient"))


def _gaussian_nll(entry, function, parameters):
    def curve(variance):
        def of(call, pick=np.asarray):
            return lambda d: pick(call(d, np.zeros_like(d), np.full_like(d, variance), **parameters, reduction="none"))

        return Curve(f"gaussian_nll, variance {variance:g}", of(function), of(function.gradient, lambda both: both[0]))

    return Subject(entry.name, "d = prediction - target", tuple(map(curve, (0.25, 1.0, 4.0))), (-3.0, 3.0), LOSS_WORDS[:2])


def _margin_ranking(entry, function, parameters):
    def of(call, pick=np.asarray):
        return lambda d: pick(call(d, np.zeros_like(d), np.ones_like(d), **parameters, reduction="none"))

    slope = of(function.gradient, lambda both: both[0])
    return _one(entry, of(function), slope, axis="x1 - x2, where x1 should be larger", limits=(-3.0, 3.0), words=LOSS_WORDS[:2])


# by kind, and by name where a kind has no picture or another one
_MAKERS = {
    "elementwise": _elementwise,
    "learned": _learned,
    "rowwise": _rowwise,
    "gated": _gated,
    "loss": _loss,
    "row_loss": _row_loss,
    "xielu": _xielu,
    "maxout": _maxout,
    "l2_normalize": partial(_rowwise, others=(1.0, 1.0)),
    "softmin": _rowwise,
    "masked_softmax": _rowwise,
    "logmeanexp": _rowwise,
    "crelu": _crelu,
    "sparsemax_binary": _loss,
    "poly_binary_cross_entropy": _loss,
    "l1_penalty": _penalty,
    "l2_penalty": _penalty,
    "elastic_net_penalty": _penalty,
    "gaussian_nll": _gaussian_nll,
    "margin_ranking": _margin_ranking,
}
