"""Evaluates the C of a kernel with symbols for its arguments, which leaves the graph of its operations.

Calls are followed, loops of constant length unrolled, structures and arrays taken apart. A branch on what is not constant runs both ways
and selects: kernels have no effects. The C is what src_c is written in and no more; anything else is refused by name.
"""

from dataclasses import dataclass, field

from pycparser import c_ast

from .numbers import NUMBERS, Arithmetic, Number, Unknown


@dataclass(frozen=True)
class Pointer:
    object: object  # a key of the memory
    path: tuple = ()


@dataclass(frozen=True)
class Function:
    name: str


@dataclass
class State:
    """What a path of execution knows: memory by object, names by scope."""

    memory: dict
    scopes: list = field(default_factory=list)

    def fork(self):
        return State(dict(self.memory), [dict(scope) for scope in self.scopes])


def replaced(value, path, new):
    """The value with what is at the path put anew."""
    if not path:
        return new
    at, *rest = path
    if isinstance(value, dict):
        return {**value, at: replaced(value[at], rest, new)}
    items = list(value)
    items[at] = replaced(items[at], rest, new)
    return tuple(items)


class Evaluator(Arithmetic):
    def __init__(self, program, graph):
        self.program, self.graph = program, graph
        self.count = 0
        self.rare = None  # or the node that tells where what is rare happens

    # ---- numbers ----

    def truth(self, number):
        if number is None or isinstance(number, Pointer):
            return self.graph.constant(number is not None, "i1")
        return super().truth(number)

    def arithmetic(self, op, a, b):
        if isinstance(a, Pointer):
            return Pointer(a.object, (*a.path[:-1], (a.path[-1] if a.path else 0) + self.constant_of(b)))
        return super().arithmetic(op, a, b)

    def select(self, condition, a, b):
        if a is b or a == b:
            return a
        if a is None or b is None:
            return b if a is None else a  # never read where it was not set
        if isinstance(a, Number):
            return super().select(condition, a, b)
        if isinstance(a, dict):
            return {key: self.select(condition, a[key], b[key]) for key in a}
        if isinstance(a, tuple):
            return tuple(self.select(condition, x, y) for x, y in zip(a, b, strict=True))
        raise Unknown(f"a choice between {a} and {b}")

    # ---- memory ----

    def new(self, state, value):
        self.count += 1
        state.memory[self.count] = value
        return Pointer(self.count)

    def load(self, state, pointer):
        if isinstance(pointer.object, str):
            return self.load_table(pointer)
        value = state.memory[pointer.object]
        for at in pointer.path:
            if not isinstance(value, (dict, tuple)):  # a pointer to one number is an array of one
                assert at == 0
                continue
            value = value[at]
        return value

    def load_table(self, pointer):
        ctype, value = self.program.tables[pointer.object]
        name = pointer.object
        for at in pointer.path:
            if isinstance(at, Number):
                index = self.plain(at)
                values = [self.graph.value(self.number(float.fromhex(v) if isinstance(v, str) else v, ctype).node) for v in value]
                kind = NUMBERS[ctype][0]
                texts = [float(v).hex() if kind[0] == "f" else int(v) for v in values]
                return Number(self.graph.table(name, texts, kind, self.cast(index, "int64_t").node), ctype)
            value = value[at]
            name = f"{name}/{at}"
        if isinstance(value, list):
            return Pointer(pointer.object, pointer.path)
        return self.number(float.fromhex(value) if isinstance(value, str) else value, ctype)

    def store(self, state, pointer, value):
        old = state.memory[pointer.object]
        path = pointer.path
        if not isinstance(old, (dict, tuple)):
            path = ()
        state.memory[pointer.object] = replaced(old, path, value)

    # ---- expressions ----

    def place(self, state, node):
        """Where an lvalue lies."""
        if isinstance(node, c_ast.ID):
            for scope in reversed(state.scopes):
                if node.name in scope:
                    return scope[node.name]
            return Pointer(node.name)
        if isinstance(node, c_ast.StructRef):
            if node.type == "->":
                base = self.evaluate(state, node.name)
            else:
                base = self.place(state, node.name)
            return Pointer(base.object, (*base.path, node.field.name))
        if isinstance(node, c_ast.ArrayRef):
            base = self.place(state, node.name)
            held = None if isinstance(base.object, str) else self.load(state, base)
            index = self.evaluate(state, node.subscript)
            at = self.constant_of(index)
            at = index if at is None else int(at)
            if isinstance(held, Pointer):  # a pointer variable or parameter
                base, offset = held, 0
                if base.path and isinstance(base.path[-1], int) and not isinstance(base.object, str):
                    offset, base = base.path[-1], Pointer(base.object, base.path[:-1])
                return Pointer(base.object, (*base.path, at + offset if offset else at))
            return Pointer(base.object, (*base.path, at))
        if isinstance(node, c_ast.UnaryOp) and node.op == "*":
            return self.evaluate(state, node.expr)
        raise Unknown(f"{type(node).__name__} as a place at {node.coord}")

    def evaluate(self, state, node):
        return getattr(self, "on_" + type(node).__name__)(state, node)

    def on_ID(self, state, node):
        name = node.name
        for scope in reversed(state.scopes):
            if name in scope:
                value = self.load(state, scope[name])
                return Pointer(scope[name].object, (0,)) if isinstance(value, tuple) else value
        if name in self.program.enums:
            return self.number(self.program.enums[name], "int")
        if name in ("NAN", "INFINITY"):
            return self.number(float(name.lower().replace("infinity", "inf")), "float")
        if name == "NULL":
            return None
        if name in self.program.functions:
            return Function(name)
        if name in self.program.tables:
            return self.load_table(Pointer(name))
        raise Unknown(f"the name {name} at {node.coord}")

    def on_StructRef(self, state, node):
        if node.type == "." and isinstance(node.name, c_ast.FuncCall):
            return self.evaluate(state, node.name)[node.field.name]
        value = self.load(state, self.place(state, node))
        if isinstance(value, tuple):
            place = self.place(state, node)
            return Pointer(place.object, (*place.path, 0))
        return value

    def on_ArrayRef(self, state, node):
        return self.load(state, self.place(state, node))

    def on_UnaryOp(self, state, node):
        if node.op == "sizeof":
            return self.evaluate(state, node.expr)
        if node.op == "&":
            return self.place(state, node.expr)
        if node.op == "*":
            return self.load(state, self.evaluate(state, node.expr))
        if node.op in ("++", "p++", "--", "p--"):
            place = self.place(state, node.expr)
            old = self.load(state, place)
            self.store(state, place, self.arithmetic("+" if "+" in node.op else "-", old, self.number(1, "int")))
            return old
        value = self.evaluate(state, node.expr)
        if node.op == "!":
            return Number(self.graph.apply("xor", "i1", self.truth(value), self.graph.constant(1, "i1")), "int")
        value = self.plain(value)
        kind = self.kind(value)
        if node.op == "-":
            if kind[0] == "f":
                return Number(self.graph.apply("neg", kind, value.node), value.ctype)
            return self.arithmetic("-", self.number(0, value.ctype), value)
        if node.op == "~":
            return self.arithmetic("^", value, self.number(-1, value.ctype))
        if node.op == "+":
            return value
        raise Unknown(f"{node.op} at {node.coord}")

    def on_BinaryOp(self, state, node):
        a = self.evaluate(state, node.left)
        if node.op in ("&&", "||"):
            first = self.truth(a) if a is not None else self.graph.constant(0, "i1")
            known = self.graph.value(first)
            if known is not None and bool(known) == (node.op == "||"):
                return Number(first, "int")
            second = self.truth(self.evaluate(state, node.right))
            return Number(self.graph.apply("and" if node.op == "&&" else "or", "i1", first, second), "int")
        return self.arithmetic(node.op, a, self.evaluate(state, node.right))

    def on_TernaryOp(self, state, node):
        condition = self.truth(self.evaluate(state, node.cond))
        known = self.graph.value(condition)
        if known is not None:
            return self.evaluate(state, node.iftrue if known else node.iffalse)
        a, b = self.evaluate(state, node.iftrue), self.evaluate(state, node.iffalse)
        if isinstance(a, Number):
            a, b = self.common(a, b) if self.kind(a) != "i1" or self.kind(b) != "i1" else (a, b)
        return self.select(condition, a, b)

    def on_Cast(self, state, node):
        value = self.evaluate(state, node.expr)
        if isinstance(node.to_type.type, c_ast.PtrDecl):
            return value
        name = self.program.type_name(node.to_type.type)
        return value if name == "void" else self.cast(value, name)

    def on_CompoundLiteral(self, state, node):
        return Pointer(self.new(state, self.empty(state, node.type.type, node.init)).object, (0,))

    def on_Typename(self, state, node):
        return self.number(4 if NUMBERS[self.program.type_name(node.type)][0].endswith("32") else 8, "size_t")

    def on_ExprList(self, state, node):
        return [self.evaluate(state, one) for one in node.exprs][-1]

    def on_Assignment(self, state, node):
        place = self.place(state, node.lvalue)
        value = self.evaluate(state, node.rvalue)
        old = self.load(state, place)
        if node.op != "=":
            value = self.arithmetic(node.op[:-1], old, value)
        if isinstance(old, Number) and isinstance(value, Number):
            value = self.cast(value, old.ctype)
        self.store(state, place, value)
        return value

    def on_FuncCall(self, state, node):
        name = node.name.name
        for scope in reversed(state.scopes):
            if name in scope:
                name = self.load(state, scope[name]).name
                break
        if name == "memcpy":
            return self.copy_bits(state, *node.args.exprs[:2])
        arguments = [self.evaluate(state, one) for one in node.args.exprs] if node.args else []
        return self.call(state, name, arguments)

    def copy_bits(self, state, target, source):
        place = self.place(state, target.expr)
        old, value = self.load(state, place), self.load(state, self.place(state, source.expr))
        kind = NUMBERS[old.ctype][0]
        self.store(state, place, Number(self.graph.apply("bitcast", kind, value.node), old.ctype))

    def call(self, state, name, arguments):
        if name == "rarely":
            return self.rarely(arguments[0])
        found = self.function_of_c(name, arguments)
        if found is not None:
            return found
        if name not in self.program.functions:
            raise Unknown(f"the function {name}")
        function = self.program.functions[name]
        declared = function.decl.type.args.params if function.decl.type.args else []
        scope = {}
        for parameter, value in zip(declared, arguments, strict=False):  # (void) declares one
            if isinstance(value, Number):
                value = self.cast(value, self.program.type_name(parameter.type))
            scope[parameter.name] = self.new(state, value)
        outer = state.scopes
        state.scopes = [scope]
        result = self.run(state, function.body.block_items or [])
        state.scopes = outer
        kind = self.program.type_name(function.decl.type.type)
        return self.cast(result, kind) if isinstance(result, Number) else result

    def rarely(self, condition):
        """What UNLIKELY says is rare: assumed not to be where only the usual way is wanted, and remembered."""
        if self.rare is None:
            return condition
        self.rare = self.graph.apply("or", "i1", self.rare, self.truth(condition))
        return Number(self.graph.constant(0, "i1"), "int")

    # ---- statements ----

    def run(self, state, statements):
        """Runs them; the value that is returned, or None."""
        for number, statement in enumerate(statements):
            if isinstance(statement, c_ast.Return):
                return self.evaluate(state, statement.expr) if statement.expr else None
            if isinstance(statement, c_ast.If):
                condition = self.truth(self.evaluate(state, statement.cond))
                known = self.graph.value(condition)
                ways = (statement.iftrue, statement.iffalse)
                if known is not None:
                    chosen = ways[0] if known else ways[1]
                    if chosen is not None and returns(chosen):
                        return self.run(state, [chosen, *statements[number + 1 :]])
                    self.run(state, [chosen] if chosen is not None else [])
                    continue
                rest = statements[number + 1 :] if any(way is not None and returns(way) for way in ways) else []
                results, states = [], []
                for way in ways:
                    states.append(state.fork())
                    body = [way] if way is not None else []
                    results.append(self.run(states[-1], body + ([] if way is not None and always_returns(way) else rest)))
                self.merge(state, condition, *states)
                if rest or (results[0] is not None):
                    return self.select(condition, *results)
                continue
            if isinstance(statement, c_ast.Compound):
                state.scopes.append({})
                result = self.run(state, statement.block_items or [])
                state.scopes.pop()
                if result is not None or returns(statement):
                    return result
                continue
            self.step(state, statement)
        return None

    def merge(self, state, condition, first, second):
        for key in set(first.memory) | set(second.memory):
            state.memory[key] = self.select(condition, first.memory.get(key), second.memory.get(key))

    def step(self, state, node):
        if isinstance(node, c_ast.Decl):
            self.declare(state, node)
        elif isinstance(node, c_ast.DeclList):
            for one in node.decls:
                self.declare(state, one)
        elif isinstance(node, c_ast.For):
            state.scopes.append({})
            if node.init is not None:
                self.step(state, node.init)
            for _ in range(10_000):
                going = self.graph.value(self.truth(self.evaluate(state, node.cond)))
                if going is None:
                    raise Unknown(f"a loop of unknown length at {node.coord}")
                if not going:
                    break
                self.run(state, [node.stmt])
                self.evaluate(state, node.next)
            state.scopes.pop()
        elif not isinstance(node, (c_ast.EmptyStatement, c_ast.Typedef)):
            self.evaluate(state, node)

    def declare(self, state, node):
        if isinstance(node.type, c_ast.Enum):
            return
        kind, value = node.type, None
        if node.init is not None and not isinstance(node.init, c_ast.InitList):
            value = self.evaluate(state, node.init)
            if isinstance(value, Number):
                value = self.cast(value, self.program.type_name(kind))
        else:
            value = self.empty(state, kind, node.init)
        state.scopes[-1][node.name] = self.new(state, value)

    def empty(self, state, kind, init=None):
        """A value of the declared type from its initialiser; numbers are 0 where there is none."""
        items = init.exprs if isinstance(init, c_ast.InitList) else None
        if isinstance(kind, c_ast.ArrayDecl):
            length = int(self.constant_of(self.evaluate(state, kind.dim))) if kind.dim is not None else len(items)
            made = [self.empty(state, kind.type, one) for one in items or []]
            return tuple(made + [self.empty(state, kind.type) for _ in range(length - len(made))])
        if init is not None and items is None:
            value = self.evaluate(state, init)
            return self.cast(value, self.program.type_name(kind)) if isinstance(value, Number) else value
        fields = self.program.fields(kind)
        if fields is not None:
            values = dict.fromkeys(fields)
            for name, one in zip(fields, (items or []) + [None] * (len(fields) - len(items or [])), strict=True):
                values[name] = self.empty(state, fields[name], one)
            return values
        if isinstance(kind, c_ast.PtrDecl):
            return None
        name = self.program.type_name(kind)
        return self.evaluate(state, items[0]) if items else self.number(0, name)


def returns(node):
    """Whether a return is somewhere inside."""
    return isinstance(node, c_ast.Return) or any(returns(child) for _, child in node.children())


def always_returns(node):
    if isinstance(node, c_ast.Compound):
        return bool(node.block_items) and always_returns(node.block_items[-1])
    return isinstance(node, c_ast.Return)
