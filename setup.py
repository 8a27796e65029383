"""Builds the C core into one shared library inside the package, and the extension that links it.

What is compiled, and how, stands in src_c/build.mk, which the Makefile reads too.
"""

import os
import platform
import re
import shutil
from pathlib import Path

from setuptools import Extension, setup
from setuptools.command.build_ext import build_ext

ROOT = Path(__file__).resolve().parent
CORE = ROOT / "src_c"


def read_variables(path):
    """KEY = VALUE lines of a make fragment."""
    return dict(re.findall(r"^(\w+) = (.*)$", path.read_text(), re.MULTILINE))


BUILD = read_variables(CORE / "build.mk")
IS_X86_64 = platform.machine().lower() in ("x86_64", "amd64")
SETS = BUILD["ISA_X86_64" if IS_X86_64 else "ISA_OTHER"].split()

PKG_CONFIG = """prefix=${{pcfiledir}}/../..
libdir=${{prefix}}/lib
includedir=${{prefix}}/include

Name: fastact
Description: Neural-network activations, derivatives and losses: fast, within 1 ulp, the same bits everywhere
Version: {version}
Cflags: -I${{includedir}}
Libs: -L${{libdir}} -Wl,-rpath,${{libdir}} -lfastact
Libs.private: -lm
"""

CMAKE = """get_filename_component(fastact_ROOT "${{CMAKE_CURRENT_LIST_DIR}}/../../.." ABSOLUTE)
set(fastact_VERSION {version})
if(NOT TARGET fastact::fastact)
  add_library(fastact::fastact SHARED IMPORTED)
  set_target_properties(fastact::fastact PROPERTIES
    IMPORTED_LOCATION "${{fastact_ROOT}}/lib/libfastact.so.{abi}"
    IMPORTED_SONAME "libfastact.so.{abi}"
    INTERFACE_INCLUDE_DIRECTORIES "${{fastact_ROOT}}/include")
endif()
"""


class BuildCore(build_ext):
    """The shared library first, then the extension against it."""

    def build_extension(self, extension):
        package = Path(self.get_ext_fullpath(extension.name)).parent
        objects = self.compile_core()
        self.link_core(objects, package)
        extension.library_dirs.append(str(package / "lib"))
        super().build_extension(extension)

    def copy_extensions_to_source(self):
        """For in-place and editable builds: the library and the header go where the extension goes."""
        super().copy_extensions_to_source()
        for folder in ("lib", "include"):
            shutil.copytree(Path(self.build_lib) / "fastact" / folder, ROOT / "fastact" / folder, dirs_exist_ok=True)

    def compile_core(self):
        folder = Path(self.build_temp) / "core"
        common = BUILD["CFLAGS_COMMON"].split()
        jobs = [(CORE / source, []) for source in BUILD["SOURCES"].split()]
        jobs += [(CORE / "isa" / f"{name}.c", BUILD[f"CFLAGS_{name}"].split()) for name in SETS]
        objects = []
        for source, flags in jobs:
            relative = os.path.relpath(source, ROOT)
            objects += self.compiler.compile([relative], output_dir=str(folder), extra_postargs=[*common, *flags, "-g0"])
        return objects

    def link_core(self, objects, package):
        library = package / "lib"
        library.mkdir(parents=True, exist_ok=True)
        soname = f"libfastact.so.{BUILD['ABI']}"
        self.compiler.link_shared_object(
            objects, str(library / soname), libraries=["m"], extra_postargs=[f"-Wl,-soname,{soname}"]
        )
        # a wheel cannot hold the usual symbolic link; the linker reads this line instead
        (library / "libfastact.so").write_text(f"INPUT({soname})\n")
        self.compiler.create_static_lib(objects, "fastact", output_dir=str(library))
        (package / "include").mkdir(exist_ok=True)
        shutil.copy(CORE / "include" / "fastact.h", package / "include" / "fastact.h")
        for folder, name, text in (("pkgconfig", "fastact.pc", PKG_CONFIG), ("cmake/fastact", "fastact-config.cmake", CMAKE)):
            (library / folder).mkdir(parents=True, exist_ok=True)
            (library / folder / name).write_text(text.format(version=BUILD["VERSION"], abi=BUILD["ABI"]))


def numpy_folder(name):
    import numpy

    return str(Path(numpy.get_include()).parent / name)


setup(
    version=BUILD["VERSION"],
    cmdclass={"build_ext": BuildCore},
    ext_modules=[
        Extension(
            "fastact._core",
            ["fastact/_core.pyx"],
            include_dirs=["src_c/include", "fastact", numpy_folder("include")],
            libraries=["fastact", "npymath"],
            library_dirs=[numpy_folder("lib")],
            depends=["fastact/_ufunc.h", "src_c/build.mk", *map(str, Path("src_c").rglob("*.[ch]"))],
            define_macros=[("NPY_NO_DEPRECATED_API", "NPY_2_0_API_VERSION"), ("NPY_TARGET_VERSION", "NPY_2_0_API_VERSION")],
            extra_compile_args=["-O2", "-g0", "-fno-strict-aliasing"],
            extra_link_args=["-Wl,-rpath,$ORIGIN/lib"],
        )
    ],
)
