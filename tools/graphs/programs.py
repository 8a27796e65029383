"""Compiles kernels of whole arrays from C: programs of operations, labels and jumps, on numbers and on whole vectors of them.

A program has functions, each a list of operations (op, kind, operands...) that refer to earlier ones by their place. Those of numbers are
graph.py's. The others:

    slot                         memory for a local variable of that kind
    table                        a table of constants, by name
    null, given                  no pointer; whether a pointer is one
    element, field               pointers into arrays and structures: pointer, index, kind of the element or structure
    load, store, prefetch        pointer; pointer, value; pointer
    load_part, store_part        the first lanes of a vector: pointer, count, other lanes; pointer, value, count
    aggregate, extract           a structure of values; one of these: structure, place
    splat, lane, shuffle         a number in every lane; one lane; lanes of two vectors, by number
    any                          whether a lane of a mask is on
    canonical                    every NaN as the one that kernels return
    call                         another function of the program: name, arguments
    label, jump, branch, return  branch: condition, labels, whether the first is unlikely

Kinds are those of graph.py, of vectors f32x16 and so on, "pointer", ["struct", kinds...] and ["array", length, kind]. The C's inline
functions are expanded, and what is constant in them worked out, as in evaluate.py; loops stay loops.
"""

from pycparser import c_ast

from . import graph
from .layouts import VOID, Array, PointerTo, Struct, holds_arrays, kind_of
from .numbers import NUMBERS, Arithmetic, Number, Unknown
from .statements import Statements
from .words import VECTORS, Words

LASTING = ("constant", "argument", "table", "null")  # what is known behind any label


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


class Compiler(Statements, Words, Arithmetic):
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
        if isinstance(node, c_ast.Struct):
            return Struct(tuple((one.name, self.type(one.type)) for one in node.decls))
        name = " ".join(node.names)
        if name in VECTORS:
            return VECTORS[name]
        if name in NUMBERS or name == "void":
            return name
        if name not in self.program.types:
            raise Unknown(f"the type {name}")
        return self.type(self.program.types[name])

    def cast(self, value, ctype):
        if isinstance(ctype, PointerTo) or isinstance(value.ctype, PointerTo):
            return Number(value.node, ctype)
        return super().cast(value, ctype)

    def truth(self, number):
        if self.kind(number).startswith("i1x"):  # a mask, which is one in every lane
            return number.node
        if isinstance(number.ctype, PointerTo):
            known = self.graph.operations[number.node][0] == "null"
            return self.graph.constant(0, "i1") if known else self.graph.apply("given", "i1", number.node)
        return super().truth(number)

    def arithmetic(self, op, a, b):
        if isinstance(a.ctype, PointerTo):
            return Number(self.element(a, b), a.ctype)
        return super().arithmetic(op, a, b)

    # ---- memory ----

    def slot(self, ctype):
        return Number(self.graph.effect("slot", "pointer", kind_of(ctype)), PointerTo(ctype))

    def element(self, pointer, index):
        return self.graph.add("element", "pointer", pointer.node, self.cast(index, "int64_t").node, kind_of(pointer.ctype.to))

    def field(self, pointer, name):
        kinds = pointer.ctype.to
        at = kinds.place(name)
        return Number(self.graph.add("field", "pointer", pointer.node, at, kind_of(kinds)), PointerTo(kinds.fields[at][1]))

    def load(self, pointer):
        kinds = pointer.ctype.to
        if isinstance(kinds, Array):
            return Number(pointer.node, PointerTo(kinds.of))
        return Number(self.graph.effect("load", kind_of(kinds), pointer.node), kinds)

    def store(self, pointer, value):
        value = self.plain(self.cast(value, pointer.ctype.to))
        self.graph.effect("store", None, pointer.node, value.node)
        return value

    def variable(self, name, ctype, value=None):
        """A new name: for the value itself where nothing changes it, else for the memory that holds it."""
        if value is not None and name not in self.changed and not isinstance(ctype, Array) and not holds_arrays(ctype):
            self.scopes[-1][name] = self.cast(value, ctype), None
            return
        held = self.slot(ctype)
        self.scopes[-1][name] = None, held
        if value is not None:
            self.store(held, value)

    def known(self, name):
        """(value, pointer) of a variable, of which one is None; None for another name."""
        return next((scope[name] for scope in reversed(self.scopes) if name in scope), None)

    def place(self, node):
        """The pointer to what an expression names, None where it is a value in no memory."""
        if isinstance(node, c_ast.ID):
            found = self.known(node.name)
            return found and found[1]
        if isinstance(node, c_ast.StructRef):
            base = self.evaluate(node.name) if node.type == "->" else self.place(node.name)
            return base and self.field(base, node.field.name)
        if isinstance(node, c_ast.ArrayRef):
            base = self.evaluate(node.name)
            return Number(self.element(base, self.evaluate(node.subscript)), base.ctype)
        return self.evaluate(node.expr) if isinstance(node, c_ast.UnaryOp) and node.op == "*" else None

    def needed(self, node):
        found = self.place(node)
        if found is None:
            raise Unknown(f"{type(node).__name__} as a place at {node.coord}")
        return found

    def table(self, name, values):
        """The pointer to a table of constants; values: their kind and themselves."""
        self.tables[name] = values
        return self.graph.add("table", "pointer", name)

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
            return Number(self.table(name, [NUMBERS[ctype][0], values]), PointerTo(ctype))
        raise Unknown(f"the name {name} at {node.coord}")

    def on_StructRef(self, _, node):
        found = self.place(node)
        if found is not None:
            return self.load(found)
        value = self.evaluate(node.name)
        at = value.ctype.place(node.field.name)
        op, _, *fields = self.graph.operations[value.node]
        ctype = value.ctype.fields[at][1]
        return Number(fields[at] if op == "aggregate" else self.graph.add("extract", kind_of(ctype), value.node, at), ctype)

    def on_ArrayRef(self, _, node):
        return self.load(self.place(node))

    def on_UnaryOp(self, _, node):
        if node.op == "&":
            return self.needed(node.expr)
        if node.op == "*":
            return self.load(self.evaluate(node.expr))
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
            return self.arithmetic("^", value, self.number(-1, value.ctype))
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
        result = self.slot(ctype)
        ways = self.graph.label(), self.graph.label()
        end = self.graph.label()
        self.graph.effect("branch", None, condition, *ways, False)
        for way, one in zip(ways, (node.iftrue, node.iffalse), strict=True):
            self.graph.put(way)
            self.store(result, self.evaluate(one))
            self.graph.effect("jump", None, end)
        self.graph.put(end)
        return self.load(result)

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
        name = node.name.name
        arguments = [self.evaluate(one) for one in node.args.exprs] if node.args else []
        found = self.word(name, arguments) or self.function_of_c(name, arguments)
        if found is not None:
            return found
        if name not in self.program.functions:
            raise Unknown(f"the function {name}")
        function = self.program.functions[name]
        if "inline" in function.decl.funcspec:
            return self.expanded(function, arguments)
        types = [self.type(one.type) for one in function.decl.type.args.params]
        values = [self.plain(self.cast(value, one)).node for value, one in zip(arguments, types, strict=True)]
        compiled(self.program, self.functions, self.tables, name)
        ctype = self.type(function.decl.type.type)
        kind = None if ctype == "void" else kind_of(ctype)
        return Number(self.graph.effect("call", kind, name, *values), ctype)

    # ---- the function ----

    def function(self, node):
        types = [self.type(one.type) for one in node.decl.type.args.params]
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
