"""Small complete programs that use fastact: `fastact gallery` lists them, `fastact gallery NAME` runs one.

An example is a module with a `summary`, a `main()` that prints what it found and returns it, and a `draw()` that makes a figure of that.
"""

import importlib
import pkgutil


class MissingPackage(Exception):
    """An example needs a package that is not installed; the message says how to get it."""


def examples():
    """Every example here: name, with hyphens, -> module."""
    modules = {found.name: importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)}
    return {name.replace("_", "-"): module for name, module in modules.items() if hasattr(module, "summary")}


def need(module, package, reason):
    """Import a module that an example cannot do without; `package` is what one installs to have it."""
    try:
        return importlib.import_module(module)
    except ImportError:
        raise MissingPackage(f"this example needs {package} {reason}: pip install 'fastact[gallery]'") from None
