"""examples/, built and run as examples/README.md says; the Cython one is in tests/python/test_package.py."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from helpers import ROOT

import fastact

EXAMPLES = ROOT / "examples"
(LIBRARY,) = Path(fastact.get_lib()).glob("libfastact.so.*")
WARNINGS = ["-Wall", "-Wextra", "-Werror"]


def there(tool, *folders):
    """[where it is], or nothing."""
    return [path for path in [shutil.which(tool, path=os.pathsep.join([*folders, os.environ.get("PATH", "")]))] if path]


def flags(*options):
    command = [sys.executable, "-m", "fastact", *options]
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(sys.executable).parent).stdout.split()


def run(*command, **options):
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, **options)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def losses(printed):
    return [float(line.split()[-1]) for line in printed.splitlines()]


def check_network(program):
    found = losses(run(program))
    assert len(found) == 6 and found[0] > 0.6 and found[-1] < 0.15


def test_network(tmp_path):
    run("cc", "-std=c99", *WARNINGS, EXAMPLES / "network.c", *flags("--cflags", "--libs"), "-o", tmp_path / "network")
    check_network(tmp_path / "network")


def test_spectrum(tmp_path):
    run("c++", "-std=c++11", *WARNINGS, EXAMPLES / "spectrum.cpp", *flags("--cflags", "--libs"), "-o", tmp_path / "spectrum")
    probabilities, verdict = run(tmp_path / "spectrum", 1, 2, 4).splitlines()
    e = np.exp([1.0, 2, 4])
    np.testing.assert_allclose(np.array(probabilities.split(), float), e / e.sum(), rtol=1e-8)
    assert verdict == "alike"


def check_catalog(program):
    formula, *values = run(program, LIBRARY, "swish", -1, 0, 2).splitlines()
    assert formula == f"silu(x) = {fastact.functions()['silu'].formula}"
    np.testing.assert_array_equal(np.array(values, float), fastact.silu(np.array([-1.0, 0, 2])))
    done = subprocess.run([program, LIBRARY, "nothing", "1"], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (1, "there is no elementwise function nothing\n")


def test_catalog_in_c(tmp_path):
    run("cc", "-std=c11", *WARNINGS, EXAMPLES / "catalog.c", "-ldl", "-o", tmp_path / "catalog")
    check_catalog(tmp_path / "catalog")


def works(tool):
    """Not where rustup stands in for a toolchain that nobody has chosen."""
    return subprocess.run([tool, "--version"], capture_output=True).returncode == 0


@pytest.mark.parametrize("compiler", filter(works, there("rustc", f"{Path.home()}/.cargo/bin")))
def test_catalog_in_rust(compiler, tmp_path):
    run(compiler, "-D", "warnings", "--edition", "2021", EXAMPLES / "catalog.rs", "-o", tmp_path / "catalog")
    check_catalog(tmp_path / "catalog")


@pytest.mark.parametrize("cmake", there("cmake") if there("make") else [])
def test_cmake_project(cmake, tmp_path):
    """The library's own folder is found by fastact_DIR or CMAKE_PREFIX_PATH, and its version is known."""
    run(cmake, "-S", EXAMPLES / "cmake", "-B", tmp_path, f"-Dfastact_DIR={flags('--cmakedir')[0]}")
    run(cmake, "--build", tmp_path)
    check_network(tmp_path / "network")


@pytest.mark.parametrize("version, found", [("0.1", True), ("0.0.1", True), ("0.2", False), ("1.0", False)])
@pytest.mark.parametrize("cmake", there("cmake") if there("make") else [])
def test_cmake_versions(cmake, version, found, tmp_path):
    lines = ["cmake_minimum_required(VERSION 3.15)", "project(p NONE)", f"find_package(fastact {version})"]
    (tmp_path / "CMakeLists.txt").write_text("\n".join([*lines, "message(STATUS found=${fastact_FOUND})"]))
    printed = run(cmake, "-S", tmp_path, "-B", tmp_path / "build", f"-DCMAKE_PREFIX_PATH={Path(fastact.get_lib()).parent}")
    assert f"found={int(found)}" in printed


@pytest.mark.parametrize("tool", there("pkg-config"))
def test_pkg_config(tool, tmp_path):
    path = {"PKG_CONFIG_PATH": flags("--pkgconfigdir")[0], "PATH": "/usr/bin:/bin"}
    asked = run(tool, "--cflags", "--libs", "fastact", env=path).split()
    run("cc", EXAMPLES / "network.c", *asked, "-o", tmp_path / "network")
    check_network(tmp_path / "network")
    assert run(tool, "--modversion", "fastact", env=path).strip() == fastact.__version__


def test_every_example_is_in_the_table():
    listed = (EXAMPLES / "README.md").read_text()
    for file in EXAMPLES.iterdir():
        assert file.name == "README.md" or f"({file.name}" in listed, file.name
