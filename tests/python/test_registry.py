"""One row in functions.def makes a function; these tests name what a row still lacks, and the written files that are stale."""

import inspect
import re
import shutil
import subprocess
import sys

import numpy as np
import pytest
from helpers import COMPOSED, EVERY_FUNCTION, FORMULAS, FROM_OUTPUT, FUNCTIONS, REQUIRED, ROOT, names_of

import fastact
from fastact.peers.formulas import FORMULAS as WRITTEN_BY_USERS

FOLDERS = {
    "elementwise": "functions", "rowwise": "rows", "gated": "gated", "loss": "losses", "row_loss": "losses", "learned": "learned",
    "joint_loss": "joint",
}  # fmt: skip
GENERATED = tuple(f"src_c/{path}" for path in ("include/fastact.h", *(f"{folder}/all.h" for folder in dict.fromkeys(FOLDERS.values()))))
INTERFACES = ("fastact/__init__.pyi", "fastact/__init__.pxd")
# where the tests compare a kind with formulas of their own
REFERENCES = {
    "elementwise": (
        "fastact/reference.py", "tests/python/test_accuracy.py", "tests/python/test_frameworks.py", "tests/accuracy/formulas.h",
        "tests/accuracy/reference.c",
    ),
    "rowwise": ("tests/python/helpers.py", "tests/accuracy/rows.c"),
    "gated": ("tests/python/test_gated.py", "tests/accuracy/gated.c"),
    "loss": ("tests/python/pointwise_formulas.py", "tests/accuracy/pointwise_formulas.h"),
    "row_loss": ("tests/python/row_loss_formulas.py", "tests/accuracy/row_formulas.h"),
    "joint_loss": ("tests/python/joint_formulas.py", "tests/accuracy/joint.c"),
    "learned": ("tests/python/test_learned.py", "tests/c/learned.c"),
}  # fmt: skip
SECTIONS = ("Parameters", "Returns", "Raises", "Notes", "Examples")


def text_of(path):
    return (ROOT / path).read_text(encoding="utf-8")


def missing(name, kind, has_from_output=False, aliases=()):
    """What a function of that name and kind would still need, in words."""
    lacking = []
    file = f"src_c/{FOLDERS[kind]}/{name}.h"
    if not (ROOT / file).exists():
        lacking.append(f"its kernels: {file}")
    elif not re.search(r"\bulp|\b[Ee]xact|rounding", text_of(file).partition("*/")[0]):
        lacking.append(f"its bound, in the comment that opens {file}")
    for reference in REFERENCES[kind]:
        if not re.search(rf"\b{name}(_value)?\b", text_of(reference)):
            lacking.append(f"its reference: {reference}")
    if kind == "elementwise":
        if name not in FORMULAS:
            lacking.append("its formula: FORMULAS in fastact/reference.py")
        if has_from_output and name not in FROM_OUTPUT:
            lacking.append("its slope from the output: FROM_OUTPUT in fastact/reference.py")
        for which in ("value", "derivative", *["from_output"] * has_from_output):
            if f"NAME({name}_{which})" not in text_of("tests/accuracy/formulas.h"):
                lacking.append(f"its exact {which}: {name}_{which} in tests/accuracy/formulas.h")
        if name not in REQUIRED:
            if f'"{name}": (' not in text_of("tests/accuracy/sixteen.py"):
                lacking.append("its formulas for 16 bits: FORMULAS in tests/accuracy/sixteen.py")
            if f"| {name} | value |" not in text_of("docs/accuracy_sixteen.md"):
                lacking.append("its rows in docs/accuracy_sixteen.md (run tests/accuracy/sixteen.py)")
    if not any(function == name for function, _ in WRITTEN_BY_USERS):
        lacking.append("the NumPy formula it is measured against: fastact/peers/formulas.py")
    for word in (name, *aliases):
        if not re.search(rf"^{word}: ", text_of(INTERFACES[0]), re.MULTILINE):
            lacking.append(f"the type of {word}: {INTERFACES[0]} (run tools/write_interfaces.py)")
    for word in (f"{name}_f32", f"{name}_f64"):
        if f" {word} " not in text_of(INTERFACES[1]):
            lacking.append(f"the declaration of {word}: {INTERFACES[1]} (run tools/write_interfaces.py)")
    if not all(f"fastact_{name}_{dtype}(" in text_of("src_c/include/fastact.h") for dtype in ("f32", "f64")):
        lacking.append("its declarations: src_c/include/fastact.h (run make -C src_c header)")
    # of learned parameters value and dx are those of their base function, and tests/c/learned.c judges the sums
    if kind != "learned" and f"| {name} |" not in text_of("docs/accuracy.md"):
        lacking.append("its row in docs/accuracy.md (run make -C tests/accuracy docs)")
    if f"`{name}`" not in text_of("README.md"):
        lacking.append("its name in README.md")
    return lacking


@pytest.mark.parametrize("name", FUNCTIONS)
def test_nothing_is_missing(name):
    entry = FUNCTIONS[name]
    lacking = missing(name, entry.kind, "backward_from_output" in entry.passes, entry.aliases)
    assert not lacking, f"{name} lacks " + "; ".join(lacking)


@pytest.mark.parametrize("kind", FOLDERS)
def test_a_new_row_is_told_what_it_lacks(kind):
    lacking = " ".join(missing("no_such_function", kind, True, ["no_such_alias"]))
    pieces = ["kernels", "NumPy formula", "no_such_alias", *INTERFACES, "fastact.h", "README.md", *REFERENCES[kind]]
    pieces += ["docs/accuracy.md"] * (kind != "learned")
    if kind == "elementwise":
        pieces += ["FROM_OUTPUT", "no_such_function_derivative", "FORMULAS in tests/accuracy/sixteen.py", "docs/accuracy_sixteen.md"]
    for piece in pieces:
        assert piece in lacking


@pytest.mark.parametrize(
    "piece", ["src_c/functions/tanh.h", *GENERATED[:1], *INTERFACES, *REFERENCES["elementwise"], "docs/accuracy.md", "README.md"]
)
def test_a_single_piece_is_missed(monkeypatch, piece):
    """A file that no longer speaks of tanh is the one that is named."""
    monkeypatch.setattr(sys.modules[__name__], "text_of", lambda path, read=text_of: "" if path == piece else read(path))
    lacking = missing("tanh", "elementwise", True)
    assert lacking and all(piece in words for words in lacking)


def test_aliases_are_the_same_object():
    for name, entry in FUNCTIONS.items():
        for alias in entry.aliases:
            assert getattr(fastact, alias) is getattr(fastact, name)


OBJECTS = {name: getattr(fastact, name) for name in EVERY_FUNCTION}
OBJECTS |= {f"{name}.{which}": getattr(OBJECTS[name], which) for name in EVERY_FUNCTION for which in EVERY_FUNCTION[name].passes[1:]}


@pytest.mark.parametrize("name, function", OBJECTS.items(), ids=OBJECTS)
def test_docstrings(name, function):
    text = function.__doc__
    lines = text.splitlines()
    if isinstance(function, np.ufunc):
        assert lines[0].startswith(f"{name}(")
        documented = FUNCTIONS[name.partition(".")[0]].parameters
    else:
        documented = inspect.signature(function).parameters
    for parameter in documented:
        assert re.search(rf"^(\w+, )*{parameter}(, \w+)* : ", text, re.MULTILINE), f"the docstring of {name} says nothing of {parameter}"
    for section in SECTIONS:
        assert section in lines, f"the docstring of {name} has no section {section}"
        assert lines[lines.index(section) + 1] == "-" * len(section)
    assert ">>> " in text


@pytest.mark.parametrize("name", COMPOSED)
def test_composed_functions_describe_themselves(name):
    """What functions() says is what their signatures say, and the stub knows them."""
    entry, function = EVERY_FUNCTION[name], getattr(fastact, name)
    assert (entry.name, entry.kind, entry.aliases, entry.max_ulp) == (name, "composed", (), {})
    others = [getattr(function, which) for which in entry.passes[1:]]
    assert others and [other.__qualname__ for other in others] == [f"{name}.{which}" for which in entry.passes[1:]]
    signature = inspect.signature(function).parameters
    assert {word: signature[word].default for word in entry.parameters} == entry.parameters
    for sentence in (entry.formula, entry.derivative):
        assert sentence in function.__doc__ + others[0].__doc__
    (made,) = re.findall(rf"^{name}: (\w+)$", text_of(INTERFACES[0]), re.MULTILINE)
    declared = text_of(INTERFACES[0]).partition(f"class {made}:\n")[2].partition("\nclass ")[0]
    for word in (*signature, *(word for other in others for word in inspect.signature(other).parameters)):
        assert re.search(rf"\b{word}: ", declared), f"{INTERFACES[0]}: {made} knows no {word}"


JOINT = [name for name, entry in EVERY_FUNCTION.items() if entry.kind in ("joint_loss", "composed_loss")]


@pytest.mark.parametrize("name", JOINT)
def test_joint_losses_describe_themselves(name):
    """What functions() says is what their signatures say, and the stub knows every argument."""
    entry, function = EVERY_FUNCTION[name], getattr(fastact, name)
    signature = inspect.signature(function).parameters
    if not name.startswith("elastic_net"):  # whose strengths depend on each other
        assert {word: signature[word].default for word in entry.parameters} == entry.parameters
    for sentence in (entry.formula, entry.derivative):
        assert sentence in function.__doc__ + "".join(getattr(function, which).__doc__ for which in entry.passes[1:])
    for word in (name, *entry.aliases):
        (made,) = re.findall(rf"^{word}: (\w+)$", text_of(INTERFACES[0]), re.MULTILINE)
        declared = text_of(INTERFACES[0]).partition(f"class {made}:\n")[2].partition("\nclass ")[0]
        for which in entry.passes:
            call = declared.partition(f"def {'__call__' if which == 'value' else which}(")[2].partition("->")[0]
            one = function if which == "value" else getattr(function, which)
            assert re.findall(r"(\w+): ", call) == list(inspect.signature(one).parameters), (which, call)


def test_rows_have_kernels_of_every_kind():
    listed = {kind: set(names_of(kind)) for kind in FOLDERS}
    assert all(listed.values())
    assert sum(map(len, listed.values())) + len(REQUIRED) == len(FUNCTIONS)


def test_written_interfaces_are_fresh(tmp_path):
    for part in ("src_c/functions.def", "src_c/include", "fastact", "tools"):
        copied = tmp_path / part
        copied.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, copied, ignore=shutil.ignore_patterns("*.so*", "__pycache__"))
        else:
            shutil.copy(ROOT / part, copied)
    for file in INTERFACES:
        (tmp_path / file).write_text("stale", encoding="utf-8")
    subprocess.run([sys.executable, tmp_path / "tools" / "write_interfaces.py"], check=True, cwd=tmp_path)
    for file in INTERFACES:
        assert (tmp_path / file).read_text(encoding="utf-8") == text_of(file), f"{file} is stale: run tools/write_interfaces.py"


def test_written_headers_are_fresh(tmp_path):
    assert shutil.which("make"), "make is needed to write the headers"
    shutil.copytree(ROOT / "src_c", tmp_path / "src_c", ignore=shutil.ignore_patterns("build"))
    for file in GENERATED:
        (tmp_path / file).write_text("stale", encoding="utf-8")
    subprocess.run(["make", "-C", tmp_path / "src_c", "header"], check=True, capture_output=True)
    for file in GENERATED:
        assert (tmp_path / file).read_text(encoding="utf-8") == text_of(file), f"{file} is stale: run make -C src_c header"
