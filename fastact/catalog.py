"""The registry as Python data."""

from dataclasses import dataclass

from . import _core


@dataclass(frozen=True)
class Function:
    """One function: what it is called, what it computes, and how exactly.

    `max_ulp` maps a dtype to the bounds of value and derivative in units in the last place; `parameters` maps names to defaults.
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


_PASSES = {"loss": ("value", "gradient", "value_and_gradient"), "row_loss": ("value", "gradient", "value_and_gradient")}


def functions():
    """Every function of the library: a dict of name -> Function.

    Examples
    --------
    >>> import fastact as fa
    >>> fa.functions()["leaky_relu"].parameters
    {'negative_slope': 0.01}
    """
    return {
        row["name"]: Function(
            name=row["name"],
            kind=row["kind"],
            aliases=row["aliases"],
            parameters=row["parameters"],
            dtypes=("float16", "float32", "float64"),
            formula=row["formula"],
            derivative=row["derivative"],
            max_ulp=row["max_ulp"],
            passes=_PASSES.get(row["kind"], row["passes"]),
        )
        for row in _core.catalog()
    }
