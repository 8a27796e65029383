"""Operation graphs: what a kernel does to one element, as a list of typed operations in the order of their results.

An operation is (op, type, operands...); operands are numbers of earlier operations. Types are f32, f64, i32, i64 and i1. Equal operations
are made once, and those of constants are worked out here, exactly as the machine would.
"""

import math
from fractions import Fraction

import numpy as np

FLOATS = {"f32": np.float32, "f64": np.float64}
BITS = {"i1": 1, "i32": 32, "i64": 64}


def wrapped(value, kind):
    """An integer as two's complement of the type's width holds it."""
    bits = BITS[kind]
    if bits == 1:
        return int(bool(value))
    value &= (1 << bits) - 1
    return value - (1 << bits) if value >> (bits - 1) else value


def unsigned(value, kind):
    return value & ((1 << BITS[kind]) - 1)


def rounded(value, kind):
    """An exact fraction as the nearest float; only for what doubles hold."""
    nearest = float(value)
    if kind == "f32" and Fraction(nearest) != value:  # no kernel has one; its float could be another than the compiler's
        raise NotImplementedError("a constant that would be rounded twice")
    return nearest


class Graph:
    def __init__(self):
        self.operations = []
        self.tables = {}
        self.known = {}

    def add(self, op, kind, *operands):
        key = (op, kind, *operands)
        if key not in self.known:
            self.known[key] = len(self.operations)
            self.operations.append(key)
        return self.known[key]

    def kind(self, node):
        return self.operations[node][1]

    def constant(self, value, kind):
        if kind in FLOATS:
            with np.errstate(all="ignore"):
                number = float(FLOATS[kind](value))
            return self.add("constant", kind, "nan" if math.isnan(number) else number.hex())
        return self.add("constant", kind, wrapped(int(value), kind))

    def value(self, node):
        """The number of a constant, None of anything else."""
        op, kind, *rest = self.operations[node]
        if op != "constant":
            return None
        if kind in FLOATS:
            return FLOATS[kind](math.nan if rest[0] == "nan" else float.fromhex(rest[0]))
        return rest[0]

    def argument(self, number, kind):
        return self.add("argument", kind, number)

    def table(self, name, values, kind, index):
        self.tables[name] = (kind, values)
        return self.add("lookup", kind, name, index)

    def apply(self, op, kind, *operands):
        """An operation, or its constant where the operands are constants."""
        if op == "select":
            chosen = self.value(operands[0])
            if operands[1] == operands[2] or chosen is not None:
                return operands[1] if chosen or chosen is None else operands[2]
        if op in ("and", "or") and operands[0] == operands[1]:
            return operands[0]
        if op == "and" and kind == "i1":
            for one, other in (operands, operands[::-1]):
                if self.value(one) is not None:
                    return other if self.value(one) else one
        if op == "or" and kind == "i1":
            for one, other in (operands, operands[::-1]):
                if self.value(one) is not None:
                    return one if self.value(one) else other
        values = [self.value(node) for node in operands]
        if None not in values and op in FOLD:
            with np.errstate(all="ignore"):
                return self.constant(FOLD[op](*values, kind=kind, source=self.kind(operands[0])), kind)
        return self.add(op, kind, *operands)

    def reachable(self, outputs):
        """The part of the graph that the outputs need, renumbered: operations and the new numbers of the outputs."""
        needed, waiting = set(), list(outputs)
        while waiting:
            node = waiting.pop()
            if node not in needed:
                needed.add(node)
                waiting += self.operands(node)
        order = {node: place for place, node in enumerate(sorted(needed))}
        operations = []
        for node in sorted(needed):
            op, kind, *rest = self.operations[node]
            if op == "lookup":
                rest[1] = order[rest[1]]
            elif op not in ("constant", "argument"):
                rest = [order[operand] for operand in rest]
            operations.append((op, kind, *rest))
        return operations, [order[node] for node in outputs]

    def operands(self, node):
        op, _, *rest = self.operations[node]
        if op in ("constant", "argument"):
            return []
        return rest[1:] if op == "lookup" else rest


def _fma(a, b, c, kind, **_):
    if not all(map(math.isfinite, (a, b, c))):
        return a * b + c
    exact = Fraction(float(a)) * Fraction(float(b)) + Fraction(float(c))
    return rounded(exact, kind) if exact else float(a * b + c)


def _bitcast(a, kind, source):
    pairs = {("f32", "i32"): np.int32, ("f64", "i64"): np.int64, ("i32", "f32"): np.float32, ("i64", "f64"): np.float64}
    holder = FLOATS[source](a) if source in FLOATS else {"i32": np.int32, "i64": np.int64}[source](a)
    result = holder.view(pairs[source, kind])
    return result if kind in FLOATS else int(result)


def _quotient(a, b):
    """As C has it: towards 0."""
    return a // b if (a < 0) == (b < 0) else -(-a // b)


FOLD = {
    "add": lambda a, b, **_: a + b,
    "sub": lambda a, b, **_: a - b,
    "mul": lambda a, b, **_: a * b,
    "div": lambda a, b, **_: _quotient(a, b) if isinstance(a, int) else a / b,
    "rem": lambda a, b, **_: a - b * _quotient(a, b),
    "udiv": lambda a, b, kind, **_: unsigned(a, kind) // unsigned(b, kind),
    "urem": lambda a, b, kind, **_: unsigned(a, kind) % unsigned(b, kind),
    "neg": lambda a, **_: -a,
    "abs": lambda a, **_: abs(a),
    "sqrt": lambda a, **_: np.sqrt(a),
    "fma": _fma,
    "and": lambda a, b, **_: a & b,
    "or": lambda a, b, **_: a | b,
    "xor": lambda a, b, **_: a ^ b,
    "shl": lambda a, b, **_: a << b,
    "shr": lambda a, b, kind, **_: unsigned(a, kind) >> b,
    "sar": lambda a, b, **_: a >> b,
    "eq": lambda a, b, **_: a == b,
    "ne": lambda a, b, **_: a != b,
    "lt": lambda a, b, **_: a < b,
    "le": lambda a, b, **_: a <= b,
    "gt": lambda a, b, **_: a > b,
    "ge": lambda a, b, **_: a >= b,
    "ult": lambda a, b, source, **_: unsigned(a, source) < unsigned(b, source),
    "ule": lambda a, b, source, **_: unsigned(a, source) <= unsigned(b, source),
    "ugt": lambda a, b, source, **_: unsigned(a, source) > unsigned(b, source),
    "uge": lambda a, b, source, **_: unsigned(a, source) >= unsigned(b, source),
    "sext": lambda a, **_: a,
    "zext": lambda a, source, **_: unsigned(a, source),
    "trunc": lambda a, **_: a,
    "sitofp": lambda a, **_: a,
    "uitofp": lambda a, source, **_: unsigned(a, source),
    "fptosi": lambda a, **_: int(a),
    "widen": lambda a, **_: a,
    "narrow": lambda a, **_: a,
    "bitcast": _bitcast,
}
