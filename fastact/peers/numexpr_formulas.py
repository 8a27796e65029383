"""numexpr: expressions compiled once, run without the look-up that `evaluate` repeats."""

import re

import numexpr
import numpy as np

from . import FULL
from .scalars import CONSTANTS, EXPRESSIONS

_KINDS = {kind: type_ for type_, kind in numexpr.necompiler.type_to_kind.items()}


class Peer:
    name = "numexpr"
    fresh = False

    def __init__(self):
        numexpr.set_num_threads(1)
        self.version = numexpr.__version__

    def offers(self, cell):
        return cell.dtype in FULL and cell.key in EXPRESSIONS and "erf(" not in EXPRESSIONS[cell.key]

    def prepare(self, cell, data):
        expression = EXPRESSIONS[cell.key]
        type_ = _KINDS["float" if cell.dtype == "float32" else "double"]
        words = set(re.findall(r"\w+", expression))
        values = dict(zip(("x",) if cell.pass_ == "forward" else ("g", "x"), data.arguments))
        values.update({name: np.dtype(cell.dtype).type(value) for name, value in CONSTANTS.items()})
        names = [name for name in values if name in words]
        compiled = numexpr.NumExpr(expression, signature=[(name, type_) for name in names])
        out, arguments = data.out, [values[name] for name in names]
        return lambda: compiled(*arguments, out=out, ex_uses_vml=False)
