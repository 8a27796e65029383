"""Memory of programs: what lies where, what is known instead of lying anywhere, and what initialisers put there."""

from pycparser import c_ast

from .layouts import VOID, Array, PointerTo, Struct, holds_arrays, kind_of
from .numbers import NUMBERS, Number, Unknown


FOLLOWED = ("function", "held", "tables")  # pointers that only this compiler follows: nothing stands for them in a program


def is_constant(node):
    """Whether an initialiser is of constants alone."""
    if isinstance(node, c_ast.InitList):
        return all(is_constant(one) for one in node.exprs)
    return isinstance(node, c_ast.Constant) or (isinstance(node, c_ast.UnaryOp) and is_constant(node.expr))


class Places:
    """A compiler's variables, pointers and structures."""

    def slot(self, ctype):
        return Number(self.graph.effect("slot", "pointer", kind_of(ctype)), PointerTo(ctype))

    def element(self, pointer, index):
        return self.graph.add("element", "pointer", pointer.node, self.cast(index, "int64_t").node, kind_of(pointer.ctype.to))

    def field(self, pointer, name):
        kinds = pointer.ctype.to
        at = kinds.place(name)
        return Number(self.graph.add("field", "pointer", pointer.node, at, kind_of(kinds)), PointerTo(kinds.fields[at][1]))

    def load(self, pointer):
        held, kinds = self.held(pointer), pointer.ctype.to
        if held:
            return held
        if isinstance(kinds, Array):
            return Number(pointer.node, PointerTo(kinds.of))
        return Number(self.graph.effect("load", kind_of(kinds), pointer.node), kinds)

    def store(self, pointer, value):
        value = self.lasting(self.plain(self.cast(value, pointer.ctype.to)))
        self.graph.effect("store", None, pointer.node, value.node)
        return value

    def lasting(self, value):
        """A value that leaves this compiler's hands, for memory or a function that is called."""
        nodes = [value.node]
        for node in nodes:
            op, _, *operands = self.graph.operations[node]
            if op in FOLLOWED:
                raise Unknown(f"a pointer that only the build follows, in memory or as an argument: {op} {operands[0]}")
            nodes += operands if op == "aggregate" else []
        return value

    def held(self, pointer):
        """What a pointer to a known value points to, None of one into memory."""
        op, _, *rest = self.graph.operations[pointer.node]
        return Number(rest[0], pointer.ctype.to) if op == "held" else None

    def member(self, value, name):
        """A field of a structure that is a value."""
        at = value.ctype.place(name)
        op, _, *fields = self.graph.operations[value.node]
        ctype = value.ctype.fields[at][1]
        return Number(fields[at] if op == "aggregate" else self.graph.add("extract", kind_of(ctype), value.node, at), ctype)

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
            return base and not self.held(base) and self.field(base, node.field.name) or None
        if isinstance(node, c_ast.ArrayRef):
            base = self.evaluate(node.name)
            return Number(self.element(base, self.evaluate(node.subscript)), base.ctype)
        return self.evaluate(node.expr) if isinstance(node, c_ast.UnaryOp) and node.op == "*" else None

    def needed(self, node):
        found = self.place(node)
        if found is None:
            raise Unknown(f"{type(node).__name__} as a place at {node.coord}")
        return found

    def address_of(self, node):
        """What & gives: of a value in no memory, which nothing changes, a pointer that only this compiler follows."""
        found = self.place(node)
        if found is None:
            value = self.evaluate(node)
            found = Number(self.graph.add("held", "pointer", value.node), PointerTo(value.ctype))
        return found

    def table(self, name, values):
        """The pointer to a table of constants; values: their kind and themselves."""
        self.tables[name] = values
        return self.graph.add("table", "pointer", name)

    # ---- initialisers ----

    def initial(self, ctype, node):
        """The value of an initialiser that has every field of a structure; None of one that has to be put together in memory."""
        if not isinstance(node, c_ast.InitList):
            return self.cast(self.evaluate(node), ctype)
        whole = isinstance(ctype, Struct) and len(ctype.fields) == len(node.exprs) and not holds_arrays(ctype)
        if not whole or any(isinstance(one, c_ast.NamedInitializer) for one in node.exprs):
            return None
        values = [self.initial(one, item) for (_, one), item in zip(ctype.fields, node.exprs, strict=True)]
        if None in values:
            return None
        return Number(self.graph.apply("aggregate", kind_of(ctype), *[self.plain(value).node for value in values]), ctype)

    def fill(self, place, node):
        """Stores what an initialiser says; zeros where it says nothing."""
        ctype = place.ctype.to
        if not isinstance(node, c_ast.InitList):
            self.store(place, self.evaluate(node))
            return
        if isinstance(ctype, Array):
            first = Number(place.node, PointerTo(ctype.of))
            parts = [Number(self.element(first, self.number(k, "int")), first.ctype) for k in range(len(node.exprs))]
            whole = len(parts) == ctype.length
        elif isinstance(ctype, Struct):
            places = zip(node.exprs, ctype.fields, strict=False)
            names = [one.name[0].name if isinstance(one, c_ast.NamedInitializer) else name for one, (name, _) in places]
            parts = [self.field(place, name) for name in names]
            whole = len(parts) == len(ctype.fields)
        else:
            raise Unknown(f"an initialiser at {node.coord}")
        if not whole:
            self.graph.effect("store", None, place.node, self.graph.add("zero", kind_of(ctype)))
        for part, one in zip(parts, node.exprs, strict=True):
            self.fill(part, one.expr if isinstance(one, c_ast.NamedInitializer) else one)

    def run_Decl(self, node):
        if isinstance(node.type, c_ast.Enum):
            self.program.take_enum(node.type)
            return
        ctype = self.type(node.type)
        if isinstance(node.init, c_ast.InitList):
            self.declare(node, ctype)
        else:
            self.variable(node.name, ctype, None if node.init is None else self.evaluate(node.init))

    def declare(self, node, ctype):
        """A variable with a list of initial values."""
        if "static" in node.storage and "const" not in node.quals:
            raise Unknown(f"an array that is not constant at {node.coord}")
        if isinstance(ctype, Array) and ctype.of in NUMBERS and "const" in node.quals and is_constant(node.init):
            values = [NUMBERS[ctype.of][0], self.program.values(node.init)]
            self.scopes[-1][node.name] = Number(self.table(f"{self.name}.{node.name}", values), PointerTo(ctype.of)), None
            return
        value = self.initial(ctype, node.init)
        if value and "static" in node.storage:  # and so constant: known wherever a pointer to it goes
            self.scopes[-1][node.name] = value, None
        elif value:
            self.variable(node.name, ctype, value)
        else:
            self.variable(node.name, ctype)
            self.fill(self.known(node.name)[1], node.init)

    def on_CompoundLiteral(self, _, node):
        """An array that an expression makes."""
        made = node.type.type
        ctype = Array(self.type(made.type), len(node.init.exprs)) if made.dim is None else self.type(made)
        held = self.slot(ctype)
        self.fill(held, node.init)
        return Number(held.node, PointerTo(ctype.of))

    def pointer_to_either(self, a, b):
        """The type of one of two pointers, of which one may be NULL."""
        return b if a == VOID else a
