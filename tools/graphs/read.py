"""Reads the C kernels: preprocessed, parsed, and sorted into functions, types, tables and the entries that the registry names."""

import io
import re
from pathlib import Path

from pcpp import Action, OutputDirective, Preprocessor
from pycparser import CParser, c_ast

HERE = Path(__file__).resolve().parent
BASIC = ("float", "double", "int", "void", "char")


class _Quiet(Preprocessor):
    """Leaves the system's headers out: kernels.h has what is needed of them."""

    def on_include_not_found(self, is_malformed, is_system_include, current, path):
        if is_system_include:
            raise OutputDirective(Action.IgnoreAndRemove)
        return super().on_include_not_found(is_malformed, is_system_include, current, path)


def elements(root):
    """The C of the kernels of one element, their loops left out."""
    return (HERE / "kernels.h").read_text()


def programs(root):
    """The C of whole kernels, after what the public header says of the options of losses of rows."""
    header = (root / "src_c" / "include" / "fastact.h").read_text(encoding="utf-8")
    options = re.search(r"typedef struct fastact_row_loss_options \{.*?\} fastact_row_loss_options;", header, re.DOTALL)
    begin, types, end = (HERE / "programs.h").read_text().partition('#include "types.h"\n')
    return begin + types + options[0] + "\n" + end


def preprocessed(root, text):
    reader = _Quiet()
    reader.line_directive = None
    for folder in (root / "src_c" / "simd", HERE):
        reader.add_path(str(folder))
    reader.parse(text, str(root / "src_c" / "isa" / "graphs.h"))
    out = io.StringIO()
    reader.write(out)
    return re.sub(r"--(?=[\d.])", "- -", out.getvalue())  # pcpp joins a minus and a negative number


class Program:
    def __init__(self, root, text):
        self.functions, self.types, self.enums, self.tables, self.entries = {}, {}, {}, {}, {}
        self.known_types = {}  # what programs.py makes of them
        for node in CParser().parse(preprocessed(root, text(root))).ext:
            self.take(node)

    def take(self, node):
        if isinstance(node, c_ast.FuncDef):
            self.functions[node.decl.name] = node
            for _, item in node.body.children():
                is_array = isinstance(item, c_ast.Decl) and isinstance(item.type, c_ast.ArrayDecl)
                if is_array and "static" in item.storage and "const" in item.quals:
                    item.storage.remove("static")
        elif isinstance(node, c_ast.Typedef):
            self.types[node.name] = node.type
        elif isinstance(node, c_ast.Decl) and isinstance(node.type, c_ast.Enum):
            self.take_enum(node.type)
        elif isinstance(node, c_ast.Decl) and node.init is not None:
            if node.name.startswith("entry_"):
                self.entries[node.name.removeprefix("entry_")] = node.init.value.strip('"').split()
            elif isinstance(node.type, c_ast.ArrayDecl):
                self.tables[node.name] = (self.element(node.type), self.values(node.init))

    def take_enum(self, node):
        """Enumerators made of what only a compiler knows, sizes, are left out: a kernel that asks for one is refused."""
        last = -1
        for one in node.values.enumerators:
            try:
                last = last + 1 if one.value is None else self.integer(one.value)
            except LookupError:
                return
            self.enums[one.name] = last

    def integer(self, node):
        if isinstance(node, c_ast.Constant):
            return int(node.value.rstrip("uUlL"), 0)
        if isinstance(node, c_ast.ID):
            return self.enums[node.name]
        if isinstance(node, c_ast.BinaryOp):
            a, b = self.integer(node.left), self.integer(node.right)
            made = {"+": a + b, "-": a - b, "*": a * b, "<<": a << b, "/": a // b if b else 0}
            return (made | {">=": a >= b, ">": a > b, "<=": a <= b, "<": a < b, "==": a == b, "!=": a != b})[node.op]
        if isinstance(node, c_ast.UnaryOp) and node.op == "-":
            return -self.integer(node.expr)
        if isinstance(node, c_ast.TernaryOp):
            return self.integer(node.iftrue if self.integer(node.cond) else node.iffalse)
        raise LookupError(type(node).__name__)

    def element(self, kind):
        while isinstance(kind, c_ast.ArrayDecl):
            kind = kind.type
        return self.type_name(kind)

    def values(self, node):
        if isinstance(node, c_ast.InitList):
            return [self.values(one) for one in node.exprs]
        if isinstance(node, c_ast.UnaryOp):
            inner = self.values(node.expr)
            return ("-" + inner if not inner.startswith("-") else inner[1:]) if isinstance(inner, str) else -inner
        text = node.value.lower()
        if node.type == "int" or "int" in node.type:
            return int(text.rstrip("ul"), 0)
        text = text.removesuffix("f") if "p" in text or not text.startswith("0x") else text
        return (float.fromhex(text) if text.startswith("0x") else float(text)).hex()

    def type_name(self, kind):
        """The name of a number's type, typedefs resolved; of anything else its own name."""
        while isinstance(kind, c_ast.TypeDecl):
            kind = kind.type
        if isinstance(kind, c_ast.IdentifierType):
            name = " ".join(kind.names)
            known = name in BASIC or name in ("int32_t", "uint32_t", "int64_t", "uint64_t", "size_t") or name not in self.types
            return name if known else self.type_name(self.types[name])
        return type(kind).__name__

    def fields(self, kind):
        """The members of a structure, None of anything else."""
        while isinstance(kind, c_ast.TypeDecl):
            kind = kind.type
        if isinstance(kind, c_ast.IdentifierType):
            name = " ".join(kind.names)
            return self.fields(self.types[name]) if name in self.types and name not in BASIC else None
        if isinstance(kind, c_ast.Struct):
            return {one.name: one.type for one in kind.decls}
        return None
