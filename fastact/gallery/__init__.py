"""Small complete programs that use fastact: `fastact gallery` lists them, `fastact gallery NAME` runs one."""

import importlib
import pkgutil


class MissingPackage(Exception):
    """An example needs a package that is not installed; the message says how to get it."""


def examples():
    """Every example here: name -> module with a `summary` and a `main()`."""
    return {found.name: importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)}


def need(module, package, reason):
    """Import a module that an example cannot do without; `package` is what one installs to have it."""
    try:
        return importlib.import_module(module)
    except ImportError:
        raise MissingPackage(f"this example needs {package} {reason}: pip install 'fastact[gallery]'") from None
