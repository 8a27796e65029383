"""The installed package: what its import does, what the environment changes, and that C, C++ and Cython can build on it."""

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import numpy as np
import pytest
from helpers import ELEMENTWISE, ROOT, run_python

import fastact

DEMO = r"""
#include <fastact.h>
#include <stdio.h>
int main(void) {
    float x[3] = {-1, 0, 2}, y[3];
    double mean = 0, p[2] = {1, 2}, t[2] = {1, 4};
    fastact_status status = fastact_gelu_f32(3, x, y);
    if (status != FASTACT_OK || fastact_mse_f64(2, p, t, &mean) != FASTACT_OK) return 1;
    if (fastact_gelu_f32(3, NULL, y) != FASTACT_ERROR_NULL || fastact_gelu_f32(2, x, x + 1) != FASTACT_ERROR_OVERLAP) return 2;
    for (int i = 0; i < 3; ++i) printf("%.9g ", (double)y[i]);
    printf("%.17g %s %s", mean, fastact_version(), fastact_find("swish")->name);
    return 0;
}
"""
RESULTS = f"""
import hashlib, numpy as np, fastact as fa
x = np.concatenate([np.linspace(-30, 30, 1001), np.linspace(-3, 3, 1001)])
digest = hashlib.sha256()
for dtype in ("f4", "f8"):
    z = x.astype(dtype)
    for name in {ELEMENTWISE!r}:
        f = getattr(fa, name)
        for y in (f(z), f.derivative(z), f.backward(z[::-1], z)):
            digest.update(np.ascontiguousarray(y).tobytes())
    rows, labels = z[:2000].reshape(100, 20), np.arange(100) % 20
    digest.update(fa.softmax(rows).tobytes() + fa.log_softmax(rows).tobytes())
    for loss, target in ((fa.mse, rows[::-1].copy()), (fa.cross_entropy, labels)):
        value, gradient = loss.value_and_gradient(rows, target)
        digest.update(value.tobytes() + gradient.tobytes())
print(fa.isa(), digest.hexdigest())
"""


def fastact_command(option):
    done = subprocess.run(
        [sys.executable, "-m", "fastact", option], capture_output=True, text=True, check=True, cwd=Path(sys.executable).parent
    )
    return done.stdout.split()


# ---- import


def test_import_is_silent_and_light(tmp_path):
    code = """
import json, pathlib, sys, threading
import numpy
def tasks():  # threads of C too, where the kernel lists them
    return len(list(pathlib.Path("/proc/self/task").glob("*")))
before, tasks_before = set(sys.modules), tasks()
import fastact
new = {name.partition(".")[0] for name in set(sys.modules) - before}
print(json.dumps([sorted(new), threading.active_count(), tasks() - tasks_before]))
"""
    modules, python_threads, started = json.loads(run_python(code, tmp_path))
    assert python_threads == 1
    assert started == 0
    assert not {"numba", "matplotlib", "scipy", "rich", "torch", "jax", "keras", "sklearn", "thinc", "onnx", "dataclasses"} & set(modules)


def test_every_public_name_is_there():
    assert sorted(fastact.__all__) == sorted(set(fastact.__all__))
    for name in fastact.__all__:
        assert getattr(fastact, name) is not None
    assert set(fastact.__all__) <= set(dir(fastact))
    assert re.fullmatch(r"\d+\.\d+\.\d+", fastact.__version__)


# ---- environment


def test_results_do_not_depend_on_the_environment(tmp_path):
    """Every instruction set, and NumPy's calls instead of the short ones: one digest of some 80 000 results."""
    default_isa, expected = run_python(RESULTS, tmp_path).split()
    assert default_isa == fastact.isas()[-1]
    for isa in fastact.isas():
        assert run_python(RESULTS, tmp_path, FASTACT_ISA=isa).split() == [isa, expected]
    assert run_python(RESULTS, tmp_path, FASTACT_NO_FASTPATH="1").split() == [default_isa, expected]


@pytest.mark.parametrize("name", ["nonsense", "", "avx512 ", "AVX2"])
def test_unknown_instruction_set_counts_as_none(tmp_path, name):
    assert run_python("import fastact; print(fastact.isa())", tmp_path, FASTACT_ISA=name).strip() == fastact.isas()[-1]


def test_set_isa_in_process():
    before = fastact.isa()
    try:
        for name in fastact.isas():
            fastact.set_isa(name)
            assert fastact.isa() == name
        with pytest.raises(ValueError, match=f"set_isa: name is 'mmx'.*{before}"):
            fastact.set_isa("mmx")
        assert fastact.isa() == fastact.isas()[-1]
    finally:
        fastact.set_isa(before)


def test_threads_setting():
    before = fastact.get_num_threads()
    with fastact.threads(before + 1):
        assert fastact.get_num_threads() == before + 1
        with pytest.raises(RuntimeError), fastact.threads(before + 2):
            raise RuntimeError
        assert fastact.get_num_threads() == before + 1
    assert fastact.get_num_threads() == before
    for wrong, error in ((1.5, TypeError), ("2", TypeError), (True, TypeError), (0, ValueError), (2**40, ValueError)):
        with pytest.raises(error, match="set_num_threads: count is"):
            fastact.set_num_threads(wrong)


def test_show_config_and_runtime(capsys):
    fastact.show_config()
    fastact.show_runtime()
    shown = capsys.readouterr().out
    for word in (
        fastact.__version__, fastact.get_include(), fastact.get_lib(), fastact.isa(), np.__version__, sys.version.split()[0], "fast path"
    ):
        assert word in shown


# ---- C, C++, Cython


def test_folders_hold_what_they_say():
    assert Path(fastact.get_include(), "fastact.h").is_file()
    for name in ("libfastact.a", "libfastact.so", "pkgconfig/fastact.pc", "cmake/fastact/fastact-config.cmake"):
        assert Path(fastact.get_lib(), name).is_file()
    assert Path(fastact_command("--pkgconfigdir")[0], "fastact.pc").is_file()
    assert Path(fastact_command("--cmakedir")[0], "fastact-config.cmake").is_file()


@pytest.mark.parametrize("compiler, suffix, flags", [("cc", "c", ["-std=c99", "-pedantic"]), ("c++", "cc", ["-std=c++11"])])
def test_program_builds_and_runs(tmp_path, compiler, suffix, flags):
    """cc demo.c $(fastact --cflags --libs) && ./a.out"""
    assert shutil.which(compiler), f"{compiler} is needed to try the header"
    source = tmp_path / f"demo.{suffix}"
    source.write_text(DEMO)
    command = [compiler, *flags, "-Wall", "-Wextra", "-Werror", source, *fastact_command("--cflags"), *fastact_command("--libs")]
    subprocess.run([*command, "-o", tmp_path / "demo"], check=True, cwd=tmp_path)
    printed = subprocess.run([tmp_path / "demo"], capture_output=True, text=True, check=True, env={}).stdout.split()
    expected = fastact.gelu(np.array([-1, 0, 2], np.float32))
    np.testing.assert_array_equal(np.array(printed[:3], np.float32), expected)
    assert printed[3:] == ["2", fastact.__version__, "silu"]


def test_static_library_links(tmp_path):
    (tmp_path / "demo.c").write_text(DEMO)
    library = Path(fastact.get_lib(), "libfastact.a")
    subprocess.run(["cc", "demo.c", f"-I{fastact.get_include()}", library, "-lm", "-o", "demo"], check=True, cwd=tmp_path)
    assert subprocess.run([tmp_path / "demo"], capture_output=True, text=True).stdout.endswith("silu")


def test_only_public_symbols_are_exported():
    assert shutil.which("nm"), "nm is needed to list symbols"
    (library,) = Path(fastact.get_lib()).glob("libfastact.so.*")
    listed = subprocess.run(["nm", "-D", "--defined-only", library], capture_output=True, text=True, check=True).stdout
    symbols = {line.split()[-1] for line in listed.splitlines()}
    assert symbols, "nothing is exported"
    assert {symbol for symbol in symbols if not symbol.startswith("fastact_")} <= {"_init", "_fini", "__bss_start", "_edata", "_end"}
    header = re.sub(r"^typedef .*", "", (ROOT / "src_c" / "include" / "fastact.h").read_text(), flags=re.MULTILINE)
    declared = set(re.findall(r"\b(fastact_\w+)\(", header))
    assert declared <= symbols, f"declared and not exported: {declared - symbols}"


def test_cython_module_builds_and_runs(tmp_path):
    """`from fastact cimport gelu_f32`: examples/cython"""
    for file in (ROOT / "examples" / "cython").iterdir():
        shutil.copy(file, tmp_path)
    path = os.pathsep.join(filter(None, [str(Path(fastact.__file__).parents[1]), os.environ.get("PYTHONPATH")]))
    environment = os.environ | {"PYTHONPATH": path, "CFLAGS": "-O1"}
    built = subprocess.run(
        [sys.executable, "setup.py", "build_ext", "--inplace"], cwd=tmp_path, env=environment, capture_output=True, text=True
    )
    assert built.returncode == 0, built.stdout + built.stderr
    code = """
import numpy as np, example, fastact
x = np.linspace(-4, 4, 100, dtype=np.float32); y = np.empty_like(x)
assert example.gelu(x, y) and (y == fastact.gelu(x)).all()
p, t, g = np.arange(5.0), np.ones(5), np.empty(5)
ok, mean = example.mse(p, t, g)
assert ok and mean == fastact.mse(p, t) and (g == fastact.mse.gradient(p, t)).all()
print("same")
"""
    assert run_python(code, tmp_path) == "same\n"


# ---- the archive of sources


def test_sdist_holds_every_file(tmp_path):
    """What a build from it needs, and the tests, is all that there is here beside what builds and tools leave."""
    products = (".*", "build", "dist", "__pycache__", "*.egg-info", "*.so", "*.so.*", "*.o", "*.a", "lib", "include", "_core.c")
    left_behind = shutil.ignore_patterns(*products)
    shutil.copytree(ROOT, tmp_path / "here", ignore=lambda folder, names: {*left_behind(folder, names)} - {".ci", *kept_in(folder)})
    files = {path.relative_to(tmp_path / "here").as_posix() for path in (tmp_path / "here").rglob("*") if path.is_file()}
    files -= {"fastact/jit/registry.json"} | {file for file in files if file.startswith("fastact/jit/kernels/")}
    command = [sys.executable, "setup.py", "--quiet", "sdist", "--formats=tar", "--dist-dir", tmp_path]
    done = subprocess.run(command, cwd=tmp_path / "here", capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    (archive,) = tmp_path.glob("*.tar")
    with tarfile.open(archive) as opened:
        held = {member.name.partition("/")[2] for member in opened.getmembers() if member.isfile()}
    assert files <= held, f"not in the sdist: {sorted(files - held)}"


def kept_in(folder):
    """The C library's own include folder, which is no product of a build."""
    return {"include"} if Path(folder).name == "src_c" else set()
