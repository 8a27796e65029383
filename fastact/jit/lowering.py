"""Operation graphs inside Numba: their operations in LLVM, one for one, on a number or on vectors of them.

No operation is fused, reordered or made approximate on the way, so the bits are those of the C kernels.
"""

from llvmlite import ir
from numba import types

from . import memory, tables

TYPES = {"f32": ir.FloatType(), "f64": ir.DoubleType(), "i1": memory.I1, "i32": memory.I32, "i64": memory.I64}
NUMBA_TYPES = {"f32": types.float32, "f64": types.float64, "i1": types.boolean}
FLOAT = {"add": "fadd", "sub": "fsub", "mul": "fmul", "div": "fdiv", "neg": "fneg"}
INTEGER = {"add": "add", "sub": "sub", "mul": "mul", "div": "sdiv", "rem": "srem", "udiv": "udiv", "urem": "urem", "and": "and_",
           "or": "or_", "xor": "xor", "shl": "shl", "shr": "lshr", "sar": "ashr"}  # fmt: skip
COMPARE = {"eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
CAST = {"sext": "sext", "zext": "zext", "trunc": "trunc", "sitofp": "sitofp", "uitofp": "uitofp", "fptosi": "fptosi", "widen": "fpext",
        "narrow": "fptrunc", "bitcast": "bitcast"}  # fmt: skip
INTRINSIC = {"fma": "llvm.fma", "sqrt": "llvm.sqrt", "abs": "llvm.fabs"}


class Emitter:
    """Emits operations on single numbers (lanes = 1) or on vectors."""

    def __init__(self, context, builder, lanes):
        self.builder, self.lanes, self.features = builder, lanes, tables.features(context)

    def type(self, kind):
        return memory.wide(TYPES[kind], self.lanes)

    def constant(self, kind, value):
        one = tables.constant(TYPES[kind], value)
        return one if self.lanes == 1 else ir.Constant(self.type(kind), [one] * self.lanes)

    def graph(self, graph, arguments):
        """The outputs of a graph. Floats are widened for a graph of doubles, which is then rounded once."""
        made = []
        for op, kind, *rest in graph["operations"]:
            if op == "constant":
                value = self.constant(kind, rest[0])
            elif op == "argument":
                value = arguments[rest[0]]
                value = value if value.type == self.type(kind) else self.builder.fpext(value, self.type(kind))
            elif op == "lookup":
                value = tables.lookup(self, rest[0], TYPES[kind], graph["tables"][rest[0]][1], made[rest[1]])
            else:
                value = self.operation(op, kind, [made[node] for node in rest])
            made.append(value)
        return [made[node] for node in graph["outputs"]]

    def operation(self, op, kind, operands):
        builder, first = self.builder, operands[0]
        element = first.type.element if self.lanes > 1 else first.type
        floating = isinstance(element, (ir.FloatType, ir.DoubleType))
        if op == "select":
            return builder.select(*operands)
        if op in CAST:
            return getattr(builder, CAST[op])(first, self.type(kind))
        if op in INTRINSIC:
            width = f"v{self.lanes}" if self.lanes > 1 else ""
            return memory.call(builder, f"{INTRINSIC[op]}.{width}{kind}", self.type(kind), operands)
        if op.removeprefix("u") in COMPARE:
            sign = COMPARE[op.removeprefix("u")]
            if not floating:
                return (builder.icmp_unsigned if op.startswith("u") else builder.icmp_signed)(sign, *operands)
            return (builder.fcmp_unordered if sign == "!=" else builder.fcmp_ordered)(sign, *operands)
        return getattr(builder, (FLOAT if floating else INTEGER)[op])(*operands)
