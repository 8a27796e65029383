"""MkDocs hook: pages made of the README and its like, and a page of every kind of function, written from the docstrings."""

import ast
import html
import posixpath
import re
from pathlib import Path

from mkdocs.structure.files import File

import fastact

ROOT = Path(__file__).resolve().parents[1]
# page -> the document of the repository that it is
DOCUMENTS = {
    "index.md": "README.md",
    "contributing.md": "CONTRIBUTING.md",
    "changelog.md": "CHANGELOG.md",
    "examples.md": "examples/README.md",
    "c.md": "src_c/README.md",
}
KINDS = {
    "elementwise": "Elementwise functions",
    "gated": "Gated functions",
    "rowwise": "Functions of rows",
    "learned": "Functions with learned parameters",
    "composed": "Functions made of others",
    "loss": "Losses",
    "row_loss": "Losses of rows",
    "joint_loss": "Losses of several arrays",
    "composed_loss": "Losses made of others",
}
CLIENTS = ("torch", "jax", "keras", "sklearn", "thinc", "onnx")
LINK = re.compile(r"\[([^]]*)\]\(([^)#\s]+)(#[^)]*)?\)")
SECTION = re.compile(r"^(\w[\w ]*)\n-{3,}\n", re.MULTILINE)


def on_files(files, config):
    made = {page: (ROOT / source).read_text(encoding="utf-8") for page, source in DOCUMENTS.items()}
    made |= {f"functions/{kind}.md": _functions(kind, title) for kind, title in KINDS.items()}
    made |= {"library.md": _library(), "clients.md": _clients()}
    for page, text in made.items():
        files.append(File.generated(config, page, content=text))
    return files


def on_page_markdown(markdown, page, config, files):
    """Links to documents become links to their pages; what has no page, a source file say, keeps its words alone."""
    here = page.file.src_uri
    source = DOCUMENTS.get(here, f"docs/{here}")
    pages = {document: name for name, document in DOCUMENTS.items()}

    def moved(match):
        words, target, anchor = match.groups()
        if "://" in target:
            return match[0]
        target = posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
        page = pages.get(target) or (target.removeprefix("docs/") if target.startswith("docs/") else None)
        if page is None or files.get_file_from_path(page) is None:
            return words
        return f"[{words}]({posixpath.relpath(page, posixpath.dirname(here) or '.')}{anchor or ''})"

    return LINK.sub(moved, markdown)


# ---- docstrings


def _plain(text):
    """Words as they stand; what quotes mark as code stays code."""
    parts = re.split(r"(`[^`]*`)", text)
    return "".join(part if part.startswith("`") else re.sub(r"([*_\\|])", r"\\\1", html.escape(part, quote=False)) for part in parts)


def _entries(text):
    """Lines of "name : type", each with its indented description."""
    lines = []
    for line in text.strip().splitlines():
        lines.append(f"    {_plain(line.strip())}" if line.startswith(" ") else f"\n- `{line}`\n")
    return "\n".join(lines)


def markdown_of(docstring, level):
    """numpydoc as Markdown."""
    first, *rest = SECTION.split(docstring or "")
    text = [_body(first)]
    for title, body in zip(rest[::2], rest[1::2]):
        entries = title in ("Parameters", "Returns", "Raises", "Attributes")
        text += [f"{'#' * level} {title}", _entries(body) if entries else _body(body)]
    return "\n\n".join(text)


def _body(text):
    """Paragraphs; those that begin with >>> are examples."""
    parts = [part for part in re.split(r"\n\s*\n", text.strip()) if part]
    return "\n\n".join(f"```pycon\n{part}\n```" if part.startswith(">>>") else _plain(part) for part in parts)


def _entry(name, value):
    signature, _, rest = value.__doc__.partition("\n\n") if value.__doc__.startswith(f"{name}(") else ("", "", value.__doc__)
    shown = f"```python\n{signature}\n```\n\n" if signature else ""
    return f"## {name}\n\n{shown}{markdown_of(rest, 4)}\n"


def _functions(kind, title):
    text = [f"# {title}\n"]
    for name, entry in fastact.functions().items():
        if entry.kind != kind:
            continue
        function = getattr(fastact, name)
        text.append(_entry(name, function))
        text += [_entry(f"{name}.{which}", getattr(function, which)) for which in entry.passes[1:]]
    return "\n".join(text)


def _library():
    functions = {word for name, entry in fastact.functions().items() for word in (name, *entry.aliases)}
    return "\n".join(["# The library\n", *(_entry(name, getattr(fastact, name)) for name in fastact.__all__ if name not in functions)])


def _clients():
    """From the sources: not every client is installed."""
    text = ["# Adaptors\n\nEach is imported by its name and needs its client installed.\n"]
    for client in CLIENTS:
        module = ast.parse(Path(fastact.__file__).with_name(f"{client}.py").read_text(encoding="utf-8"))
        text.append(f"## fastact.{client}\n\n{markdown_of(ast.get_docstring(module), 4)}\n")
        for node in module.body:
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
                text.append(f"### {client}.{node.name}\n\n{markdown_of(ast.get_docstring(node), 4)}\n")
    return "\n".join(text)
