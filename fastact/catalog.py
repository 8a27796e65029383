"""The registry as Python data."""

from dataclasses import dataclass

from . import _core, composed, composed_losses

DTYPES = ("float16", "bfloat16", "float32", "float64")
LOSS_PASSES = {
    "loss": ("value", "gradient", "value_and_gradient", "gradient_and_hessian"),
    "row_loss": ("value", "gradient", "value_and_gradient"),
    "cross_entropy": ("value", "gradient", "value_and_gradient", "gradient_and_hessian"),
    "one_vs_all": ("value", "gradient", "value_and_gradient", "gradient_and_hessian"),
    "multilabel_soft_margin": ("value", "gradient", "value_and_gradient", "gradient_and_hessian"),
    "joint_loss": ("value", "gradient", "value_and_gradient"),
}


# function.parameter -> what else is accepted, and the number that C takes for it
SPELLED = {
    "binary_cross_entropy.clip": {"torch": -100.0, None: 0.0},
    "binary_cross_entropy.base": {"e": 0.0},
    "sigmoid_focal.alpha": {None: -1.0},
    "poly_binary_cross_entropy.alpha": {None: -1.0},
}
for _name in ("categorical_cross_entropy", "sparse_categorical_cross_entropy"):
    SPELLED |= {f"{_name}.{word}": SPELLED[f"binary_cross_entropy.{word}"] for word in ("clip", "base")}


def defaults(row):
    """Name and default of every parameter of a row, as Python spells them."""
    found = {}
    for name, default in row["parameters"].items():
        words = {number: word for word, number in SPELLED.get(f"{row['name']}.{name}", {}).items()}
        found[name] = words.get(default, default)
    return found


@dataclass(frozen=True)
class Function:
    """One function: what it is called, what it computes, and how exactly.

    Attributes
    ----------
    name, kind : str
        Canonical name; "elementwise", "rowwise", "gated", "learned", "loss", "row_loss", "joint_loss" of several arrays, or
        "composed" and "composed_loss": made of others in Python, without an entry in C.
    aliases : tuple of str
    parameters : dict
        Name and default of each; None where there is no default; of a learned one, the value learning usually starts from.
    dtypes : tuple of str
        What is accepted beside integers and bool, which become float64.
    formula, derivative : str
        The derivative is the gradient for losses, the backward pass for row-wise and gated functions. Of losses z is pred, t is
        target and d is z - t.
    max_ulp : dict
        dtype -> bounds of value and derivative, in units in the last place; empty for composed functions.
    passes : tuple of str
        "value" is the function itself; the others are its attributes.
    hessian : str
        Of losses with gradient_and_hessian but those of rows: the second derivative by the prediction; else "".
    targets : tuple of str
        Of row losses: "labels", "probabilities" or both; else empty.
    """

    name: str
    kind: str
    aliases: tuple
    parameters: dict
    dtypes: tuple
    formula: str
    derivative: str
    max_ulp: dict
    passes: tuple
    hessian: str
    targets: tuple


def functions():
    """Every function of the library.

    Returns
    -------
    dict
        Canonical name -> Function, in the order of the registry; then those that are made of others.

    Examples
    --------
    >>> import fastact as fa
    >>> fa.functions()["leaky_relu"].parameters
    {'negative_slope': 0.01}
    """
    return {
        row["name"]: Function(
            **{key: row[key] for key in ("name", "kind", "aliases", "formula", "derivative", "max_ulp")},
            parameters=defaults(row),
            dtypes=DTYPES,
            passes=_passes(row),
            hessian=row.get("hessian", ""),
            targets=row.get("targets", ()),
        )
        for row in [*_core.catalog(), *composed.catalog_rows(), *composed_losses.ROWS.values()]
    }


def _passes(row):
    if row["kind"] == "joint_loss" and row["unit"] == "distances":  # results, not losses
        return ("value", "backward")
    return LOSS_PASSES.get(row["name"]) or LOSS_PASSES.get(row["kind"], row["passes"])
