"""What the documents claim, run: examples in docstrings, the README's Python, the bounds of the accuracy table."""

import doctest
import importlib
import pkgutil
import re
import subprocess

import pytest
from helpers import EVERY_FUNCTION, FUNCTIONS, ROOT

import fastact

LINK = re.compile(r"\[[^]]*\]\(([^)#]+)[^)]*\)")
README = (ROOT / "README.md").read_text(encoding="utf-8")
ACCURACY = (ROOT / "docs" / "accuracy.md").read_text(encoding="utf-8")


def public_objects():
    """Everything in fastact.__all__ and the passes below, by name."""
    found = {}
    for name in fastact.__all__:
        found[name] = getattr(fastact, name)
        for which in EVERY_FUNCTION[name].passes[1:] if name in EVERY_FUNCTION else ():
            found[f"{name}.{which}"] = getattr(found[name], which)
    return {name: value for name, value in found.items() if name == getattr(value, "__qualname__", name)}


OBJECTS = public_objects()
ADAPTORS = {f"fastact.{client}" for client in ("jax", "keras", "onnx", "sklearn", "thinc", "torch")}


@pytest.mark.parametrize("name", OBJECTS)
def test_examples_in_docstrings(name):
    value = OBJECTS[name]
    assert value.__doc__, f"{name} has no docstring"
    examples = doctest.DocTestParser().get_doctest(value.__doc__, {}, name, None, 0)
    report = []
    doctest.DocTestRunner(verbose=False).run(examples, out=report.append)
    assert not report, "".join(report)


def test_examples_in_module_docstrings():
    for info in pkgutil.iter_modules(fastact.__path__, "fastact."):
        if info.name in ("fastact.__main__", "fastact._core") or info.name in ADAPTORS:  # tests/clients has the examples of adaptors
            continue
        failures, _ = doctest.testmod(importlib.import_module(info.name))
        assert failures == 0, info.name
    assert doctest.testmod(fastact)[1] > 0


def test_readme_python_runs():
    blocks = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    assert blocks
    for block in blocks:
        exec(compile(block, "README.md", "exec"), {})


def test_readme_c_compiles(tmp_path):
    (block,) = re.findall(r"```c\n(.*?)```", README, re.DOTALL)
    include, _, statement = block.partition("\n")
    program = f"{include}\n#include <stddef.h>\nfastact_status run(size_t n, const float *x, float *y) {{\n{statement}return status;\n}}\n"
    (tmp_path / "demo.c").write_text(program, encoding="utf-8")
    command = ["cc", "-std=c99", "-Wall", "-Wextra", "-Werror", f"-I{fastact.get_include()}", "-c", "demo.c"]
    built = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr


def test_readme_lists_every_function():
    kinds = "elementwise|row-wise|gated|losses|losses of rows|losses of several arrays|learned parameters|made of these"
    kinds += "|losses made of these"
    rows = re.findall(rf"^\| ({kinds}) \| (.*) \|$", README, re.MULTILINE)
    listed = [name for _, names in rows for name in re.findall(r"`(\w+)`", names)]
    assert listed == list(EVERY_FUNCTION)


def accuracy_rows():
    """(section, cells by column) of every table row in docs/accuracy.md."""
    section, columns = "", []
    for line in ACCURACY.splitlines():
        if line.startswith("## "):
            section = line[3:]
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
        if cells and cells[0] == "function":
            columns = cells
        elif cells and not cells[0].startswith("---"):
            yield section, dict(zip(columns, cells, strict=True))


def test_accuracy_table_holds_its_bounds():
    rows = list(accuracy_rows())
    assert {row["function"] for _, row in rows} == {name for name, entry in FUNCTIONS.items() if entry.kind != "learned"}
    assert {row["dtype"] for _, row in rows if "dtype" in row} == {"float32", "float64"}
    for section, row in rows:
        if row.get("bound", "-") == "-":
            continue
        for column in ("max ulp, normal results", "max ulp, subnormal results"):
            assert float(row[column].strip("-") or 0) <= float(row["bound"]), (section, row)


@pytest.mark.parametrize("name", [name for name, entry in FUNCTIONS.items() if entry.kind == "elementwise"])
def test_accuracy_table_covers_every_float32_input(name):
    """Value and derivative of the default parameters: all of them, with the worst one named."""
    found = {row["pass"]: row for section, row in accuracy_rows() if section == "float32" and row["function"] == name}
    for which in ("value", "derivative"):
        row = found[which]
        assert row["inputs"] == "all"
        assert float(row["max ulp, normal results"]) == 0 or row["hex of x"].startswith("0x")
        assert float(row["bound"]) == FUNCTIONS[name].max_ulp["float32"][which == "derivative"]


@pytest.mark.parametrize("name", [name for name, entry in FUNCTIONS.items() if entry.kind != "learned"])
def test_accuracy_table_states_the_bounds_of_the_registry(name):
    """At the default parameters; for the losses, those of one element or row."""
    entry = FUNCTIONS[name]
    found = {(row.get("dtype", section), row["pass"]): row for section, row in accuracy_rows() if row["function"] == name}
    for dtype in ("float32", "float64"):
        for place, passes in enumerate((("value",), ("derivative", "gradient", "backward"))):
            (row,) = (found[dtype, which] for which in passes if (dtype, which) in found)
            assert float(row["bound"]) == entry.max_ulp[dtype][place], (dtype, passes)


@pytest.mark.parametrize("document", sorted(p.relative_to(ROOT) for p in ROOT.rglob("*.md") if ".venv" not in p.parts), ids=str)
def test_links_lead_somewhere(document):
    for target in LINK.findall((ROOT / document).read_text(encoding="utf-8")):
        if "://" not in target:
            assert ((ROOT / document).parent / target).exists(), f"{document} links to {target}, which is not there"
