"""Docstrings of the losses of several arrays, from their rows of the catalog and their forms."""

from .arrays import example_of, name_function
from .losses import BOTH, GRADIENT, HESSIAN, REDUCTION, VALUE, WEIGHTS, docstring, document_hessian, literal
from .parameters import ARRAYS, FLAGS, entry_of

_AXIS = {
    -1: "\naxis : int, default -1\n    Along which rows lie; each has one loss.",
    None: "\naxis : int, optional\n    Along which rows lie, each with one loss; None makes all of the arrays one.",
}

_KINDS = {"alpha": "float", "distance_function": "callable"}  # options that are None where they are nothing of this kind; others are int


def defaults_of(row, form):
    """The parameters of a signature: axis first, flags as bool; what kernels do not know comes after what they do."""
    found = {} if form.axis == "none" else {"axis": form.axis}
    options = {name: option[0] for name, option in form.options.items()}
    parameters = {name: bool(default) if name in FLAGS else default for name, default in row["parameters"].items()}
    return found | (parameters | options if row["kind"] == "joint_loss" else options | parameters)


def described(row, form):
    """Parameters as a docstring lists them."""
    texts = {}
    for name, (default, words, accepted) in form.options.items():
        kind = f"{_KINDS.get(name, 'int')}, optional" if default is None else type(default).__name__
        if accepted:
            kind = "{" + ", ".join(f'"{word}"' for word in accepted) + "}"
        shown = "" if default is None else f', default "{default}"' if accepted else f", default {default}"
        texts[name] = f"{name} : {kind}{shown}\n    {words}"
    for name, default in row["parameters"].items():
        kind, shown = ("bool", bool(default)) if name in FLAGS else ("float", f"{default:g}")
        words, accepted, _ = entry_of(ARRAYS, row["name"], name)
        words += "" if name in FLAGS else f" {accepted.capitalize()} are accepted."
        texts[name] = f"{name} : {kind}, default {shown}\n    {words}"
    axis = "" if form.axis == "none" else _AXIS[form.axis]
    return form.inputs + axis + "".join(f"\n{texts[name]}" for name in defaults_of(row, form) if name in texts)


_TITLES = {
    VALUE: "{name}: {formula}, reduced.",
    GRADIENT: "Gradients of {name}, of the reduced loss: {derivative}.",
    BOTH: "{name} and its gradients from one call.",
}


_ENTRIES = """
    Of the shape of pred, it leaves out entries of rows, and rows without any."""
_FLOOR = """
hess_floor : float, default 0
    Smallest second derivative: 0 makes negative curvature flat, -inf leaves it."""


def _words(row):
    elements = row["unit"] == "elements"
    return {"unit": row["unit"].removesuffix("s"), "first_axes": ", or one for each entry of the first axes" if elements else ""}


def _entries(form):
    return _ENTRIES if form.entries else ""


def document_curvature(row, form, function):
    """Name and docstring of gradient_and_hessian."""
    first = row["gradients"][0]
    words = _words(row) | {"inputs": described(row, form), "raises_value": ", a parameter that is not accepted", "raises_type": ""}
    words["notes"] = (form.notes + accuracy_of(row)).strip()
    title = f"First and second derivative of {row['name']} by every entry of {first}, not reduced: what boosting libraries ask for."
    shape = f"Of the shape and dtype of {first}, times sample_weight. The second derivatives are those by one entry twice."
    options, call = _entries(form) + _FLOOR, f"{row['name']}.{HESSIAN}"
    return document_hessian(call, row, function, form.example, words, title, options, shape, row["hessian"])


def document(row, form, which, function):
    """Name and docstring of one entry of a loss."""
    call = row["name"] if which == VALUE else f"{row['name']}.{which}"
    name_function(function, call)
    several = len(row["gradients"]) > 1
    gradients = f"tuple of ndarray\n    Derivatives of the reduced loss by {', '.join(row['gradients'])}." if several else (
        f"ndarray\n    Derivative of the reduced loss by {row['gradients'][0]}."
    )
    returns = {
        VALUE: 'scalar of the input dtype, or ndarray with reduction="none"\n    A sum of nothing is 0.',
        GRADIENT: gradients,
        BOTH: f"(value, gradient{'s' * several})\n    What the two functions alone return.",
    }
    written = "tuple of ndarray, one for each gradient" if several else "ndarray"
    outs = {
        VALUE: 'out : ndarray, optional\n    Where the result is written: of shape () unless reduction is "none".',
        GRADIENT: f"out : {written}, optional\n    Where gradients are written.",
        BOTH: f"out : ndarray, optional\n    Where the value is written.\ngrad_out : {written}, optional\n    Where gradients are written.",
    }
    words = _words(row)
    function.__doc__ = docstring(
        title=_TITLES[which].format(**row),
        arguments=(described(row, form), (REDUCTION + WEIGHTS).format(**words) + _entries(form), outs[which]),
        returns=returns[which],
        refused="unequal shapes, a parameter that is not accepted, an unknown reduction",
        notes="Formula: {formula}. Gradient: {derivative}. ".format(**row) + form.notes + accuracy_of(row),
        example=example_of(f">>> fa.{call}({', '.join(map(literal, form.example))})", lambda: function(*form.example)),
    )


def accuracy_of(row):
    if not row["max_ulp"]:
        return "\nComputed in float64 and rounded once."
    bound = row["max_ulp"]["float32"][0]
    return f"\nSums run in a fixed order; losses are within {bound:g} ulp, means within 2.5; where terms cancel, of the larger one."
