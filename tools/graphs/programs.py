"""Compiles kernels of whole arrays from C: programs of operations, labels and jumps, on numbers and on whole vectors of them.

A program has functions, each a list of operations (op, kind, operands...) that refer to earlier ones by their place. Those of numbers are
graph.py's. The others:

    slot                         memory for a local variable of that kind
    table                        a table of constants, by name
    null, given, address         no pointer; whether a pointer is one; its number
    function, held, tables       what stands for a function, for the place of a value in none, for several tables: nothing that runs uses it
    zero                         a structure or array of zeros
    element, field               pointers into arrays and structures: pointer, index, kind of the element or structure
    load, store, prefetch        pointer; pointer, value; pointer
    copy                         bytes: to, from, how many
    load_part, store_part        the first lanes of a vector: pointer, count, other lanes; pointer, value, count
    aggregate, extract           a structure of values; one of these: structure, place
    splat, lane, shuffle         a number in every lane; one lane; lanes of two vectors, by number
    any                          whether a lane of a mask is on
    canonical                    every NaN as the one that kernels return
    call, call_pointer           another function of the program: name, arguments; what a pointer points to: pointer, arguments
    label, jump, branch, return  branch: condition, labels, whether the first is unlikely

Kinds are those of graph.py, of vectors f32x16 and so on, "pointer", ["struct", kinds...] and ["array", length, kind]. The C's inline
functions are expanded, and what is constant in them worked out, as in evaluate.py; loops stay loops.
"""

from pycparser import c_ast

from . import graph
from .layouts import VOID, Array, Function, PointerTo, Struct, kind_of, size
from .numbers import COMPARE, NUMBERS, Arithmetic, Number, Unknown
from .places import FOLLOWED, Places
from .statements import Statements
from .words import VECTORS, Words

LASTING = ("constant", "argument", "table", "null", "zero", *FOLLOWED)  # what is known behind any label


class Body(graph.Graph):
    """The operations of one function."""

    def __init__(self):
        super().__init__()
        self.labels = 0

    def effect(self, op, kind, *operands):
        """An operation that is never one with an equal one."""
        self.operations.append((op, kind, *operands))
        return len(self.operations) - 1

    def label(self):
        self.labels += 1
        return self.labels - 1

    def put(self, label):
        self.effect("label", None, label)
        self.known = {key: node for key, node in self.known.items() if key[0] in LASTING}


class Compiler(Statements, Places, Words, Arithmetic):
    """Compiles one function; others that it calls become functions of the program too."""

    def __init__(self, program, functions, tables):
        self.program, self.functions, self.tables = program, functions, tables
        self.graph = Body()
        self.scopes, self.changed, self.name = [], set(), None
        self.exit = self.following = self.behind = None  # labels that return, continue and break jump to

    # ---- types ----

    def type(self, node):
        while isinstance(node, c_ast.TypeDecl):
            node = node.type
        if isinstance(node, c_ast.PtrDecl):
            return PointerTo(self.type(node.type))
        if isinstance(node, c_ast.ArrayDecl):
            return Array(self.type(node.type), int(self.constant_of(self.evaluate(node.dim))))
        if isinstance(node, c_ast.Struct):  # without fields one that is only pointed to
            return Struct(tuple((one.name, self.type(one.type)) for one in node.decls)) if node.decls else "void"
        if isinstance(node, c_ast.FuncDecl):
            return Function(self.type(node.type), tuple(self.parameters(node)))
        if isinstance(node, c_ast.Enum):
            return "int"
        name = " ".join(node.names)
        if name in VECTORS:
            return VECTORS[name]
        if name in NUMBERS or name == "void":
            return name
        if name not in self.program.types:
            raise Unknown(f"the type {name}")
        known = self.program.known_types
        if name not in known:
            known[name] = self.type(self.program.types[name])
        return known[name]

    def parameters(self, declared):
        """The types of a function's parameters; arrays are pointers."""
        found = [self.type(one.type) for one in (declared.args.params if declared.args else [])]
        return [PointerTo(one.of) if isinstance(one, Array) else one for one in found if one != "void"]

    def cast(self, value, ctype):
        if isinstance(ctype, PointerTo):
            return Number(value.node, ctype)
        if isinstance(value.ctype, PointerTo) and ctype in NUMBERS:
            return self.cast(Number(self.graph.add("address", "i64", value.node), "uint64_t"), ctype)
        return super().cast(value, ctype)

    def truth(self, number):
        if self.kind(number).startswith("i1x"):  # a mask, which is one in every lane
            return number.node
        if isinstance(number.ctype, PointerTo):
            known = self.graph.operations[number.node][0] == "null"
            return self.graph.constant(0, "i1") if known else self.graph.apply("given", "i1", number.node)
        return super().truth(number)

    def arithmetic(self, op, a, b):
        if op in COMPARE and isinstance(a.ctype, PointerTo):
            a, b = (self.cast(one, "uint64_t") for one in (a, b))
        if isinstance(a.ctype, PointerTo):
            return Number(self.element(a, b if op == "+" else self.arithmetic("-", self.number(0, "int64_t"), b)), a.ctype)
        return super().arithmetic(op, a, b)

    def select(self, condition, a, b):
        if isinstance(a.ctype, PointerTo):
            ctype = self.pointer_to_either(a.ctype, b.ctype)
            return Number(self.graph.apply("select", "pointer", condition, a.node, b.node), ctype)
        return super().select(condition, a, b)

    # ---- expressions ----

    def evaluate(self, node):
        return getattr(self, "on_" + type(node).__name__)(None, node)

    def on_ID(self, _, node):
        name, found = node.name, self.known(node.name)
        if found:
            return found[0] or self.load(found[1])
        if name in self.program.enums:
            return self.number(self.program.enums[name], "int")
        if name in ("NAN", "INFINITY"):
            return self.number(float(name.lower().replace("infinity", "inf")), "float")
        if name == "NULL":
            return Number(self.graph.add("null", "pointer"), VOID)
        if name in self.program.tables:
            ctype, values = self.program.tables[name]
            if isinstance(values[0], list):
                return Number(self.graph.add("tables", "pointer", name), PointerTo(PointerTo(ctype)))
            return Number(self.table(name, [NUMBERS[ctype][0], values]), PointerTo(ctype))
        if name in self.program.functions:
            return Number(self.graph.add("function", "pointer", name), PointerTo(self.type(self.program.functions[name].decl.type)))
        raise Unknown(f"the name {name} at {node.coord}")

    def on_StructRef(self, _, node):
        found = self.place(node)
        if found is not None:
            return self.load(found)
        base = self.evaluate(node.name)
        return self.member(self.held(base) if node.type == "->" else base, node.field.name)

    def on_ArrayRef(self, _, node):
        base = self.evaluate(node.name)
        op, _, *name = self.graph.operations[base.node]
        if op == "tables":  # which of them is known
            (ctype, values), k = self.program.tables[name[0]], self.constant_of(self.evaluate(node.subscript))
            return Number(self.table(f"{name[0]}/{k}", [NUMBERS[ctype][0], values[k]]), PointerTo(ctype))
        return self.load(Number(self.element(base, self.evaluate(node.subscript)), base.ctype))

    def on_UnaryOp(self, _, node):
        if node.op == "&":
            return self.address_of(node.expr)
        if node.op == "*":
            return self.load(self.evaluate(node.expr))
        if node.op == "sizeof":
            return self.number(size(self.type_named(node.expr)), "size_t")
        if node.op in ("++", "p++", "--", "p--"):
            place = self.needed(node.expr)
            old = self.load(place)
            new = self.store(place, self.arithmetic("+" if "+" in node.op else "-", old, self.number(1, "int")))
            return old if node.op[0] == "p" else new
        value = self.evaluate(node.expr)
        if node.op == "!":
            if self.kind(value).startswith("i1x"):
                on = self.graph.apply("splat", self.kind(value), self.graph.constant(1, "i1"))
                return Number(self.graph.apply("xor", self.kind(value), value.node, on), value.ctype)
            return Number(self.graph.apply("xor", "i1", self.truth(value), self.graph.constant(1, "i1")), "int")
        value = self.plain(value)
        if node.op == "-" and self.kind(value)[0] == "f":
            return Number(self.graph.apply("neg", self.kind(value), value.node), value.ctype)
        if node.op == "-":
            return self.arithmetic("-", self.number(0, "int"), value)
        if node.op == "~":
            return self.arithmetic("^", value, self.number(-1, value.ctype.partition(":")[0]))
        raise Unknown(f"{node.op} at {node.coord}")

    def on_BinaryOp(self, _, node):
        if node.op not in ("&&", "||"):
            return self.arithmetic(node.op, self.evaluate(node.left), self.evaluate(node.right))
        a = self.evaluate(node.left)
        if self.kind(a).startswith("i1x"):  # masks
            b = self.evaluate(node.right)
            return Number(self.graph.apply("and" if node.op == "&&" else "or", self.kind(a), a.node, b.node), a.ctype)
        condition = self.truth(a)
        known = self.graph.value(condition)
        if known is not None:
            return Number(condition if bool(known) == (node.op == "||") else self.truth(self.evaluate(node.right)), "int")
        result = self.slot("mask")
        self.graph.effect("store", None, result.node, condition)
        more, end = self.graph.label(), self.graph.label()
        self.graph.effect("branch", None, condition, *((more, end) if node.op == "&&" else (end, more)), False)
        self.graph.put(more)
        self.graph.effect("store", None, result.node, self.truth(self.evaluate(node.right)))
        self.graph.put(end)
        return Number(self.load(result).node, "int")

    def on_TernaryOp(self, _, node):
        condition = self.truth(self.evaluate(node.cond))
        known = self.graph.value(condition)
        if known is not None:
            return self.evaluate(node.iftrue if known else node.iffalse)
        if self.graph.kind(condition) != "i1" or (self.is_simple(node.iftrue) and self.is_simple(node.iffalse)):
            a, b = self.evaluate(node.iftrue), self.evaluate(node.iffalse)
            return self.canonical(condition, a, b) or self.select(condition, a, b)
        ctype = self.type_of_either(node.iftrue, node.iffalse)
        result = None if ctype == "void" else self.slot(ctype)
        ways = self.graph.label(), self.graph.label()
        end = self.graph.label()
        self.graph.effect("branch", None, condition, *ways, False)
        for way, one in zip(ways, (node.iftrue, node.iffalse), strict=True):
            self.graph.put(way)
            value = self.evaluate(one)
            if result:
                self.store(result, value)
            self.graph.effect("jump", None, end)
        self.graph.put(end)
        return self.load(result) if result else Number(None, "void")

    def type_named(self, node):
        """What sizeof is asked of: a type, or a variable."""
        if isinstance(node, c_ast.ID):
            value, place = self.known(node.name)
            return value.ctype if value else place.ctype.to
        return self.type(node.type)

    def is_simple(self, node):
        """Whether an expression is a number that is there already."""
        if isinstance(node, c_ast.Cast):
            return self.is_simple(node.expr)
        found = isinstance(node, c_ast.ID) and self.known(node.name)
        return bool(found[0]) if found else isinstance(node, (c_ast.Constant, c_ast.ID))

    def canonical(self, condition, a, b):
        """x where `x != x ? NAN : x` is asked for, whatever NaN a later compiler would take for it; else None."""
        if self.graph.operations[condition] != ("ne", self.graph.kind(condition), b.node, b.node):
            return None
        op, _, *operands = self.graph.operations[a.node]
        nan = self.graph.value(operands[0] if op == "splat" else a.node)
        return Number(self.graph.apply("canonical", self.kind(b), b.node), b.ctype) if nan is not None and nan != nan else None

    def type_of_either(self, *nodes):
        """The type of a conditional expression, whose operands are compiled for it and forgotten."""
        made, known, labels = len(self.graph.operations), dict(self.graph.known), self.graph.labels
        a, b = (self.evaluate(node) for node in nodes)
        if isinstance(a.ctype, PointerTo):
            ctype = self.pointer_to_either(a.ctype, b.ctype)
        else:
            ctype = a.ctype if a.ctype == b.ctype or a.ctype not in NUMBERS else self.common(a, b)[0].ctype
        del self.graph.operations[made:]
        self.graph.known, self.graph.labels = known, labels
        return ctype

    def on_Cast(self, _, node):
        value = self.evaluate(node.expr)
        ctype = self.type(node.to_type.type)
        return value if ctype == "void" else self.cast(value, ctype)

    def on_ExprList(self, _, node):
        return [self.evaluate(one) for one in node.exprs][-1]

    def on_Assignment(self, _, node):
        place = self.needed(node.lvalue)
        value = self.evaluate(node.rvalue)
        return self.store(place, value if node.op == "=" else self.arithmetic(node.op[:-1], self.load(place), value))

    def on_FuncCall(self, _, node):
        arguments = [self.evaluate(one) for one in node.args.exprs] if node.args else []
        if not isinstance(node.name, c_ast.ID) or self.known(node.name.name):
            target = self.evaluate(node.name)
            op, _, *name = self.graph.operations[target.node]
            return self.call(name[0], arguments) if op == "function" else self.call_pointer(target, arguments)
        name = node.name.name
        found = self.word(name, arguments) or self.function_of_c(name, arguments)
        return found if found is not None else self.call(name, arguments)

    def call(self, name, arguments):
        """A call of a function; its operations follow where it is inline, or given what no program holds."""
        if name not in self.program.functions:
            raise Unknown(f"the function {name}")
        function = self.program.functions[name]
        if "inline" in function.decl.funcspec or any(self.graph.operations[one.node][0] in ("function", "held") for one in arguments):
            return self.expanded(function, arguments)
        compiled(self.program, self.functions, self.tables, name)
        result = self.type(function.decl.type.type)
        return self.called("call", name, arguments, self.parameters(function.decl.type), result)

    def call_pointer(self, target, arguments):
        kind = target.ctype.to
        return self.called("call_pointer", target.node, arguments, kind.parameters, kind.result)

    def called(self, op, what, arguments, types, result):
        values = [self.lasting(self.plain(self.cast(value, one))).node for value, one in zip(arguments, types, strict=True)]
        return Number(self.graph.effect(op, None if result == "void" else kind_of(result), what, *values), result)

    # ---- the function ----

    def function(self, node):
        types = self.parameters(node.decl.type)
        arguments = [Number(self.graph.add("argument", kind_of(one), k), one) for k, one in enumerate(types)]
        result = self.expanded(node, arguments)
        if result.ctype == "void":
            self.graph.effect("return", None)
        else:
            self.graph.effect("return", None, self.plain(result).node)
        kind = None if result.ctype == "void" else kind_of(result.ctype)
        return {"arguments": [kind_of(one) for one in types], "result": kind, "operations": self.graph.operations}


def compiled(program, functions, tables, name):
    """Puts a function and those that it calls into `functions`, the tables of all into `tables`."""
    if name not in functions:
        functions[name] = None
        functions[name] = Compiler(program, functions, tables).function(program.functions[name])
    return functions[name]


def layout(program, name):
    """The type of that name, a structure."""
    return Compiler(program, {}, {}).type(program.types[name])
