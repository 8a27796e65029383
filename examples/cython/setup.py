"""python setup.py build_ext --inplace"""

import fastact
from Cython.Build import cythonize
from setuptools import Extension, setup

folders = {"include_dirs": [fastact.get_include()], "library_dirs": [fastact.get_lib()], "runtime_library_dirs": [fastact.get_lib()]}
setup(name="example", ext_modules=cythonize([Extension("example", ["example.pyx"], libraries=["fastact"], **folders)]))
