"""Numbers of C as nodes of a graph: types, conversions and operators, also of vectors, whose type is that of their elements and a count.

On "float:16" and the like C's operators work lane by lane: comparisons give a "mask:16", a number beside a vector is one in every lane.
"""

from dataclasses import dataclass

# C types of numbers: (type of the graph, signed)
NUMBERS = {
    "float": ("f32", True), "double": ("f64", True), "int": ("i32", True), "int32_t": ("i32", True), "uint32_t": ("i32", False),
    "int64_t": ("i64", True), "uint64_t": ("i64", False), "size_t": ("i64", False), "uintptr_t": ("i64", False),
    "mask": ("i1", False),
}  # fmt: skip
NUMBERS |= {f"{name}:{lanes}": (f"{kind}x{lanes}", signed) for name, (kind, signed) in NUMBERS.items() for lanes in (2, 4, 8, 16)}
COMPARE = {"<": "lt", "<=": "le", ">": "gt", ">=": "ge", "==": "eq", "!=": "ne"}
ARITHMETIC = {"+": "add", "-": "sub", "*": "mul", "/": "div", "%": "rem", "&": "and", "|": "or", "^": "xor"}


@dataclass(frozen=True)
class Number:
    node: int
    ctype: object  # a name in NUMBERS, or what a compiler of more than numbers has for a type


class Unknown(NotImplementedError):
    """C that no kernel has had so far: the build stops rather than guess what it means."""


def lanes_of(ctype):
    """What makes a vector of the name of a type: ":16", or nothing."""
    return ctype[ctype.index(":") :] if ":" in ctype else ""


class Arithmetic:
    """C's expressions of numbers over something with the interface of graph.Graph."""

    graph = None

    def number(self, value, ctype):
        return Number(self.graph.constant(value, NUMBERS[ctype][0]), ctype)

    def constant_of(self, number):
        return self.graph.value(number.node)

    def kind(self, number):
        return self.graph.kind(number.node)

    def plain(self, number):
        """A truth value as the int that C says it is."""
        if self.kind(number) == "i1":
            return Number(self.graph.apply("zext", "i32", number.node), "int")
        return number

    def truth(self, number):
        kind = self.kind(number)
        if kind == "i1":
            return number.node
        return self.graph.apply("ne", "i1", number.node, self.graph.constant(0, kind))

    def cast(self, value, ctype):
        if not isinstance(value, Number) or ctype not in NUMBERS:
            return value
        lanes = lanes_of(value.ctype)
        if lanes_of(ctype) and not lanes:
            one = self.cast(value, ctype.removesuffix(lanes_of(ctype)))
            return Number(self.graph.apply("splat", NUMBERS[ctype][0], one.node), ctype)
        if not ctype.endswith(lanes):  # where C speaks of one lane
            ctype += lanes
        value = value if ctype == "int" else self.plain(value)
        source, target = self.kind(value), NUMBERS[ctype][0]
        if source == target or source == "i1":
            return Number(value.node, ctype)
        signed = NUMBERS[value.ctype][1]
        if source[0] == target[0] == "f":
            op = "widen" if target[:3] == "f64" else "narrow"
        elif source[0] == "f":
            op = "fptosi"
        elif target[0] == "f":
            op = "sitofp" if signed else "uitofp"
        else:
            op = "trunc" if target[:3] == "i32" else "sext" if signed else "zext"
        return Number(self.graph.apply(op, target, value.node), ctype)

    def common(self, a, b):
        """Both in the type that C's arithmetic takes them to."""
        a, b = self.plain(a), self.plain(b)
        lanes = lanes_of(a.ctype) or lanes_of(b.ctype)
        kinds = [NUMBERS[x.ctype.removesuffix(lanes)] for x in (a, b)]
        for ctype in ("double", "float", "uint64_t", "int64_t", "uint32_t"):
            if NUMBERS[ctype] in kinds:
                return self.cast(a, ctype + lanes), self.cast(b, ctype + lanes)
        return self.cast(a, "int" + lanes), self.cast(b, "int" + lanes)

    def arithmetic(self, op, a, b):
        if op in ("<<", ">>"):
            a = self.plain(a)
            kind, signed = NUMBERS[a.ctype]
            count = self.cast(b, a.ctype).node
            return Number(self.graph.apply("shl" if op == "<<" else "sar" if signed else "shr", kind, a.node, count), a.ctype)
        if op in COMPARE:
            a, b = self.common(a, b)
            prefix = "" if NUMBERS[a.ctype][1] or op in ("==", "!=") else "u"
            kind, ctype = ("i1x" + a.ctype.partition(":")[2], "mask" + lanes_of(a.ctype)) if lanes_of(a.ctype) else ("i1", "int")
            return Number(self.graph.apply(prefix + COMPARE[op], kind, a.node, b.node), ctype)
        if op in ("&", "|", "^") and self.kind(a) == self.kind(b) == "i1":
            return Number(self.graph.apply(ARITHMETIC[op], "i1", a.node, b.node), "int")
        a, b = self.common(a, b)
        kind, signed = NUMBERS[a.ctype]
        prefix = "u" if op in ("/", "%") and kind[0] == "i" and not signed else ""
        return Number(self.graph.apply(prefix + ARITHMETIC[op], kind, a.node, b.node), a.ctype)

    def select(self, condition, a, b):
        if a == b:
            return a
        if self.kind(a) != self.kind(b):
            a, b = self.common(a, b)
        return Number(self.graph.apply("select", self.kind(a), condition, a.node, b.node), a.ctype)

    def on_Constant(self, state, node):
        text = node.value.lower()
        if node.type in ("float", "double", "long double"):
            single = text.endswith("f") and (not text.startswith("0x") or "p" in text)
            text = text.rstrip("fl") if not text.startswith("0x") else text.removesuffix("f") if "p" in text else text
            return self.number(float.fromhex(text) if text.startswith("0x") else float(text), "float" if single else "double")
        value = int(text.rstrip("ul"), 0)
        wide, unsigned = "l" in text or value >= 1 << 32, "u" in text or (text.startswith("0x") and value >= 1 << 31)
        if wide and text.startswith("0x") and value < 1 << 63 and "u" not in text:
            unsigned = False
        return self.number(value, ("uint64_t" if unsigned else "int64_t") if wide else "uint32_t" if unsigned else "int")

    def function_of_c(self, name, arguments):
        """A function of math.h that is one operation, None for another."""
        if name not in ("fma", "fmaf", "sqrt", "sqrtf", "fabs", "fabsf"):
            return None
        lanes = next(filter(None, (lanes_of(x.ctype) for x in arguments)), "")
        ctype = ("float" if name[-1] == "f" else "double") + lanes
        nodes = [self.cast(x, ctype).node for x in arguments]
        op = "abs" if name.startswith("fabs") else name[:3] if name.startswith("fma") else "sqrt"
        return Number(self.graph.apply(op, NUMBERS[ctype][0], *nodes), ctype)
