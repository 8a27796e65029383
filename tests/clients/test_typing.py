"""mypy over a program that uses the stubs, and over the stubs themselves."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from helpers import ROOT, where_installed

import fastact

# a line that must be refused ends with what mypy says of it
PROGRAM = """
import numpy as np
from numpy.typing import NDArray
import fastact as fa

x: NDArray[np.float32] = np.zeros(3, np.float32)
y: NDArray[np.float32] = fa.gelu(x)
dx: NDArray[np.float32] = fa.gelu.backward(x, x)
z: NDArray[np.float32] = fa.leaky_relu(x, negative_slope=0.2, out=x)
p: NDArray[np.float32] = fa.softmax(x, axis=0)
loss = fa.mean_squared_error(x, x, reduction="sum", sample_weight=x)
value, gradient = fa.cross_entropy.value_and_gradient(x, np.zeros(1, int), ignore_index=-1)
first, second = fa.swiglu.backward(x, x, x)
with fa.threads(2), fa.backend("c"):
    names: dict[str, fa.Function] = fa.functions()
serf = fa.activation(lambda v: v * fa.tanh(v))
fa.gelu(x, approximate="erf")  # call-overload
fa.mean_squared_error(x, x, reduction="median")  # arg-type
fa.softmax(x, axes=0)  # call-overload
fa.set_backend("gpu")  # arg-type
fa.sigmoidd(x)  # attr-defined
"""
CHECK = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--cache-dir=.mypy_cache", "--show-error-codes"]


def check(folder, program):
    """What mypy says of a program and of the stub, which is copied: mypy reads no source file where packages are installed."""
    (folder / "stubs" / "fastact").mkdir(parents=True)
    stub = Path(shutil.copy(Path(fastact.__file__).with_suffix(".pyi"), folder / "stubs" / "fastact"))
    settings = {"MYPYPATH": str(folder / "stubs"), "PATH": ""}
    done = subprocess.run([*CHECK, program, str(stub)], cwd=folder, env=settings, capture_output=True, text=True)
    assert not done.stderr, done.stderr
    return [line for line in done.stdout.splitlines() if ": error: " in line]


@pytest.mark.parametrize("package", where_installed("mypy", ["mypy"]))
def test_program(package, tmp_path):
    (tmp_path / "program.py").write_text(PROGRAM)
    expected = [(k, line.partition("  # ")[2]) for k, line in enumerate(PROGRAM.splitlines(), 1) if "  # " in line]
    found = check(tmp_path, "program.py")
    got = dict.fromkeys((int(line.split(":")[1]), line.rpartition("[")[2].rstrip("]")) for line in found)
    assert list(got) == expected, "\n".join(found)


@pytest.mark.parametrize("package", where_installed("mypy", ["mypy"]))
def test_stubs_name_what_is_there(package):
    """Every public name and alias, and nothing that is not there."""
    stub = (ROOT / "fastact" / "__init__.pyi").read_text()
    declared = set()
    for node in ast.parse(stub).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            declared.add(node.name)
        elif isinstance(node, ast.AnnAssign):
            declared.add(node.target.id)
    declared = {name for name in declared if not name.startswith("_")}
    assert set(fastact.__all__) <= declared
    assert declared <= set(dir(fastact))
