"""Builds the C core into one shared library inside the package, and the extension that links it.

With FASTACT_NO_CORE=1 in the environment neither: Numba's kernels then carry the package alone.

What the core is made of, and the flags of each part, stand in src_c/build.mk, which the Makefile reads too.
"""

import os
import platform
import re
import shlex
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent
CORE = ROOT / "src_c"
EXTENSION = ("ufunc", "ufunc_call", "callable", "loss", "joint", "gated", "learned", "memory", "copies")  # fastact/_NAME.c
sys.path.insert(0, str(ROOT / "tools"))

import graphs.write  # noqa: E402
import write_interfaces  # noqa: E402


def read_variables(path):
    """KEY = VALUE lines of a make fragment."""
    return dict(re.findall(r"^(\w+) = (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE))


BUILD = read_variables(CORE / "build.mk")
SONAME = f"libfastact.so.{BUILD['ABI']}"
MACHINES = {"amd64": "x86_64", "arm64": "aarch64"}  # by other systems' names
MACHINE = platform.machine().lower()
SETS = BUILD.get(f"ISA_{MACHINES.get(MACHINE, MACHINE)}", BUILD["ISA_other"]).split()

PKG_CONFIG = """prefix=${{pcfiledir}}/../..
libdir=${{prefix}}/lib
includedir=${{prefix}}/include

Name: fastact
Description: Neural-network activations, derivatives and losses: fast, within 1 ulp, the same bits everywhere
Version: {version}
Cflags: -I${{includedir}}
Libs: -L${{libdir}} -Wl,-rpath,${{libdir}} -lfastact
Libs.private: -lm -pthread
"""


class BuildCore(build_ext):
    """The shared library first, then the extension against it."""

    def build_extension(self, extension):
        package = Path(self.get_ext_fullpath(extension.name)).parent
        objects = self.compile_core()
        self.link_core(objects, package / "lib")
        self.copy_header(package / "include")
        extension.extra_objects = [str(package / "lib" / SONAME)]
        super().build_extension(extension)

    def copy_extensions_to_source(self):
        """In-place and editable builds: the library and the header go where the extension goes."""
        super().copy_extensions_to_source()
        for folder in ("lib", "include"):
            shutil.copytree(Path(self.build_lib, "fastact", folder), ROOT / "fastact" / folder, dirs_exist_ok=True)

    def compile_core(self):
        """One object a source, by the Makefile's names and each with the flags of build.mk and of the environment, none of Python's own."""
        folder = Path(self.build_temp) / "core"
        folder.mkdir(parents=True, exist_ok=True)
        common = [*BUILD["CFLAGS_COMMON"].split(), *shlex.split(os.environ.get("CFLAGS", ""))]
        jobs = []  # the longest first
        made_by = "CLANG" if "clang" in subprocess.run([*compiler(), "--version"], capture_output=True, text=True).stdout else "GCC"
        for name in SETS:
            flags = BUILD.get(f"CFLAGS_{name}", "").split() + BUILD.get(f"CFLAGS_{made_by}_{name}", "").split()
            jobs.append((CORE / "isa" / f"{name}.c", flags))
        jobs += [(CORE / "isa" / f"{source.stem}_losses.c", flags) for source, flags in jobs]
        jobs += [(CORE / source, []) for source in BUILD["SOURCES"].split()]

        def compile_one(job):
            source, flags = job
            made = folder / f"{'isa_' if source.parent.name == 'isa' else ''}{source.stem}.o"
            if self.force or out_of_date(made):
                run([*compiler(), *common, *flags, "-MMD", "-c", str(source), "-o", str(made)])
            return str(made)

        with ThreadPoolExecutor(self.parallel or os.cpu_count()) as pool:
            return list(pool.map(compile_one, jobs))

    def link_core(self, objects, folder):
        folder.mkdir(parents=True, exist_ok=True)
        flags = shlex.split(os.environ.get("LDFLAGS", ""))
        run([*compiler(), "-shared", f"-Wl,-soname,{SONAME}", *flags, "-o", str(folder / SONAME), *objects, "-lm", "-pthread"])
        # a wheel holds no symbolic links; linkers read this line as one
        (folder / "libfastact.so").write_text(f"INPUT({SONAME})\n")
        self.compiler.create_static_lib(objects, "fastact", output_dir=str(folder))
        (folder / "pkgconfig").mkdir(exist_ok=True)
        (folder / "pkgconfig" / "fastact.pc").write_text(PKG_CONFIG.format(version=BUILD["VERSION"]), encoding="utf-8")
        (folder / "cmake" / "fastact").mkdir(parents=True, exist_ok=True)
        for template in CORE.glob("*.cmake.in"):
            text = template.read_text(encoding="utf-8").replace("@VERSION@", BUILD["VERSION"]).replace("@SONAME@", SONAME)
            (folder / "cmake" / "fastact" / template.stem).write_text(text, encoding="utf-8")

    def copy_header(self, folder):
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(CORE / "include" / "fastact.h", folder / "fastact.h")


class BuildGraphs(build_py):
    """The Python files, and the operation graphs that fastact.jit compiles."""

    def run(self):
        super().run()
        folder = ROOT if self.editable_mode else Path(self.build_lib)
        graphs.write.write(ROOT, folder / "fastact" / "jit", BUILD["VERSION"])


def out_of_date(made):
    """Whether a file that the object was made from, by the compiler's own list beside it, is newer or gone."""
    read = made.with_suffix(".d")
    if not made.exists() or not read.exists():
        return True
    sources = [Path(name) for name in shlex.split(read.read_text().replace("\\\n", " "))[1:]] + [CORE / "build.mk"]
    return any(not source.exists() or source.stat().st_mtime > made.stat().st_mtime for source in sources)


def compiler():
    return shlex.split(os.environ.get("CC", "cc"))


def run(command):
    print(shlex.join(command), flush=True)
    subprocess.run(command, check=True)


def extension():
    import numpy

    include = Path(numpy.get_include())
    return Extension(
        "fastact._core",
        ["fastact/_core.pyx", *(f"fastact/_{name}.c" for name in EXTENSION)],
        include_dirs=["src_c/include", "fastact", str(include)],
        library_dirs=[str(include.parent / "lib")],
        libraries=["npymath"],  # float16 conversions
        depends=[
            *(f"fastact/{name}" for name in ("_core.pxd", "_kernels.pxi", "_fastpath.h", "_loss.h", "_ufunc.h")),
            "src_c/include/fastact.h",
            "src_c/build.mk",
        ],
        define_macros=[
            ("NPY_NO_DEPRECATED_API", "NPY_2_0_API_VERSION"),
            ("NPY_TARGET_VERSION", "NPY_2_0_API_VERSION"),
            ("PY_ARRAY_UNIQUE_SYMBOL", "fastact_array_api"),
            ("PY_UFUNC_UNIQUE_SYMBOL", "fastact_ufunc_api"),
        ],
        extra_compile_args=["-std=c11", "-O2", "-g0", "-fvisibility=hidden"],
        extra_link_args=["-pthread", "-Wl,-rpath,$ORIGIN/lib"],
    )


write_interfaces.write(ROOT)
setup(
    version=BUILD["VERSION"],
    cmdclass={"build_ext": BuildCore, "build_py": BuildGraphs},
    ext_modules=[] if os.environ.get("FASTACT_NO_CORE") == "1" else [extension()],
)
