"""The statements of C as labels and jumps, and calls of inline functions, whose statements follow where they are called."""

from functools import cache

from pycparser import c_ast

from .layouts import Array, PointerTo
from .numbers import Number


def changed(node, found=None):
    """The names of the variables that are assigned or pointed to somewhere inside."""
    found = set() if found is None else found
    target = node.lvalue if isinstance(node, c_ast.Assignment) else None
    if isinstance(node, c_ast.UnaryOp) and node.op in ("&", "++", "--", "p++", "p--"):
        target = node.expr
    while isinstance(target, (c_ast.ArrayRef, c_ast.StructRef)) and getattr(target, "type", ".") == ".":
        target = target.name
    if isinstance(target, c_ast.ID):
        found.add(target.name)
    for _, child in node.children():
        changed(child, found)
    return found


def count_returns(node):
    return isinstance(node, c_ast.Return) + sum(count_returns(child) for _, child in node.children())


def looks_up(node):
    """Whether an entry of a table is looked up somewhere inside: which table must be known then."""
    is_one = isinstance(node, c_ast.FuncCall) and "_lookup" in getattr(node.name, "name", "")
    return is_one or any(looks_up(child) for _, child in node.children())


@cache
def changed_in(function):
    """Those of a function, which stay the same however often it is expanded."""
    return changed(function.body)


class Statements:
    """A compiler's way through functions."""

    def expanded(self, function, arguments):
        """The result of a function whose operations follow here."""
        before = self.scopes, self.changed, self.exit, self.following, self.behind, self.name
        self.scopes, self.changed, self.name = [{}], changed_in(function), function.decl.name
        declared = function.decl.type.args.params if function.decl.type.args else []
        for parameter, value in zip(declared, arguments, strict=False):  # (void) declares one
            ctype = self.type(parameter.type)
            self.variable(parameter.name, PointerTo(ctype.of) if isinstance(ctype, Array) else ctype, value)
        statements, ctype = function.body.block_items or [], self.type(function.decl.type.type)
        *most, last = statements or [None]
        if isinstance(last, c_ast.Return) and count_returns(function.body) == 1:
            for statement in most:
                self.run(statement)
            result = self.cast(self.evaluate(last.expr), ctype)
        else:
            held = None if ctype == "void" else self.slot(ctype)
            self.exit = self.graph.label(), held
            self.run_all(statements)
            self.graph.put(self.exit[0])
            result = held and self.load(held)
        self.scopes, self.changed, self.exit, self.following, self.behind, self.name = before
        return result or Number(None, "void")

    # ---- statements ----

    def run_all(self, statements):
        """Whether the last of them is not passed: what follows a return, break or continue is not reached."""
        return any(self.run(statement) for statement in statements)

    def run(self, node):
        """Runs a statement; whether it is never passed."""
        how = getattr(self, "run_" + type(node).__name__, None)
        if how:
            return how(node)
        if not isinstance(node, (c_ast.EmptyStatement, c_ast.Typedef)):
            self.evaluate(node)
        return False

    def run_Compound(self, node):
        self.scopes.append({})
        leaves = self.run_all(node.block_items or [])
        self.scopes.pop()
        return leaves

    def leave(self, label):
        self.graph.effect("jump", None, label)
        return True

    def run_Return(self, node):
        if node.expr is not None:
            self.store(self.exit[1], self.evaluate(node.expr))
        return self.leave(self.exit[0])

    def run_Break(self, node):
        return self.leave(self.behind)

    def run_Continue(self, node):
        return self.leave(self.following)

    def run_If(self, node):
        condition = self.truth(self.evaluate(node.cond))
        known = self.graph.value(condition)
        if known is not None:
            chosen = node.iftrue if known else node.iffalse
            return chosen is not None and self.run_Compound(c_ast.Compound([chosen]))
        rare = isinstance(node.cond, c_ast.FuncCall) and node.cond.name.name == "rarely"
        ways = self.graph.label(), self.graph.label()
        end = self.graph.label()
        self.graph.effect("branch", None, condition, *ways, rare)
        left = []
        for way, statement in zip(ways, (node.iftrue, node.iffalse), strict=True):
            self.graph.put(way)
            left.append(statement is not None and self.run_Compound(c_ast.Compound([statement])))
            if not left[-1]:
                self.graph.effect("jump", None, end)
        if not all(left):
            self.graph.put(end)
        return all(left)

    def run_For(self, node):
        if looks_up(node.stmt) and isinstance(node.init, c_ast.DeclList) and self.unrolled(node):
            return
        outer = self.following, self.behind
        self.scopes.append({})
        if node.init is not None:
            self.run(node.init)
        head, body = self.graph.label(), self.graph.label()
        self.following, self.behind = self.graph.label(), self.graph.label()
        self.graph.put(head)
        condition = self.truth(self.evaluate(node.cond))
        if self.graph.value(condition) != 0:
            self.graph.effect("branch", None, condition, body, self.behind, False)
            self.graph.put(body)
            self.run_Compound(c_ast.Compound([node.stmt]))
            self.graph.put(self.following)
            self.evaluate(node.next)
            self.graph.effect("jump", None, head)
        self.graph.put(self.behind)
        self.scopes.pop()
        self.following, self.behind = outer

    def unrolled(self, node):
        """Runs a loop of constant length statement by statement; whether it is one."""
        self.scopes.append({})
        (counter,) = node.init.decls
        value = self.cast(self.evaluate(counter.init), self.type(counter.type))
        while self.constant_of(value) is not None:
            self.scopes[-1][counter.name] = value, None
            going = self.graph.value(self.truth(self.evaluate(node.cond)))
            if not going:
                break
            self.run_Compound(c_ast.Compound([node.stmt]))
            value = self.arithmetic("+" if "+" in node.next.op else "-", value, self.number(1, "int"))
        self.scopes.pop()
        return self.constant_of(value) is not None and going is not None

    def run_DeclList(self, node):
        for one in node.decls:
            self.run_Decl(one)
