"""The dispatch table: what `tune` found on this machine, kept on disk, and what "auto" goes by.

The core has a number built in for each function, pass and dtype, from which calls are shared out among threads; a table overrides it, and
names functions whose Numba kernels are faster. A file is for one processor, version of fastact, instruction set and number of processors;
one that is for others, damaged or not to be read counts as none.
"""

import os
from collections import namedtuple

from . import _core

FORMAT = 1
FORMS = {"float16": "f16", "bfloat16": "bf16", "float32": "f32", "float64": "f64"}
PASSES = ("value", "derivative", "backward", "backward_from_output")


# what was chosen for one function, pass and dtype: "c" or "numba"; from how many elements on calls are shared out, None for never
Choice = namedtuple("Choice", "backend threads_from")



def names_among(call, argument, given, kept):
    """Canonical names, each once, of names, aliases and functions; one or several. `kept`: those that are accepted."""
    from . import library

    several = [given] if isinstance(given, str) or callable(given) or not hasattr(given, "__iter__") else list(given)
    found = []
    for one in several:
        name = one if isinstance(one, str) else getattr(one, "__name__", "")
        known = library.names.get(name)
        if known not in kept or not (isinstance(one, str) or library.function(known) is one):
            raise ValueError(f"{call}: {argument} has {one!r}; functions with kernels of their own are accepted: fastact list")
        found.append(known)
    return list(dict.fromkeys(found))


def dtypes_among(call, argument, given, kept):
    """Names of dtypes of one or several, which may be NumPy's."""
    several = [given] if isinstance(given, (str, type)) or not hasattr(given, "__iter__") else list(given)
    found = []
    for one in several:
        name = one if isinstance(one, str) else getattr(one, "__name__", None) or getattr(one, "name", None)
        if name not in kept:
            raise ValueError(f"{call}: {argument} has {one!r}; {', '.join(map(repr, kept))} are accepted")
        found.append(name)
    return list(dict.fromkeys(found))


_choices = {}  # (name, pass, dtype) -> Choice
_source = None  # the file they are from
_loaded_for = None  # the instruction set for which a file was looked for


def key():
    """What a table is for."""
    from . import machine

    return {
        "version": _core.version(),
        "processor": machine.processor(),
        "instruction set": _core.isa(),
        "processors": machine.usable_processors(),
    }


def folder():
    """Where tables are kept: FASTACT_CACHE_DIR, else fastact in the user's folder of caches."""
    own = os.environ.get("FASTACT_CACHE_DIR")
    return own or os.path.join(os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache"), "fastact")


def path():
    """The file of this machine, as FASTACT_TUNING says; None where that is "off"."""
    setting = os.environ.get("FASTACT_TUNING", "")
    if setting == "off":
        return None
    if setting:
        return setting
    import zlib

    return os.path.join(folder(), f"tuning-{zlib.crc32(repr(key()).encode()):08x}.json")


def _read(file):
    """The choices in a file, {} unless all of it is as it should be."""
    import json

    from . import library

    found = {}
    try:
        with open(file, encoding="utf-8") as stream:
            table = json.load(stream)
        if table["format"] != FORMAT or table["key"] != key():
            return {}
        for name, passes in table["choices"].items():
            for pass_, dtypes in passes.items():
                for dtype, (backend, start) in dtypes.items():
                    _core.row(library.names[name])
                    known = library.names[name] == name and pass_ in PASSES and dtype in FORMS and backend in ("c", "numba")
                    if not known or not (start is None or (type(start) is int and 0 < start < 2**63)):
                        return {}
                    found[name, pass_, dtype] = Choice(backend, start)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}
    return found


def load():
    """Put the table of this machine in use, where there is one; looks for it once for each instruction set."""
    global _loaded_for, _source
    if _loaded_for == _core.isa():
        return
    _loaded_for = _core.isa()
    file = path() if os.environ.get("FASTACT_TUNING") or os.path.isdir(folder()) else None
    found = _read(file) if file else {}
    _source = file if found else None
    _put_in_use(found)


def _put_in_use(choices):
    from . import backends

    changes, affected = _numba(choices) != _numba(_choices), _choices.keys() | choices.keys()
    _choices.clear()
    _choices.update(choices)
    for entry in affected:
        restore(entry)
    if changes and backends.get_backend() == "auto":
        backends.set_backend("auto")


def restore(entry):
    """Give the core the number that holds for an entry; none where it is the one built in, which knows more: into how many parts to cut."""
    chosen, (name, pass_, dtype) = _choices.get(entry), entry
    row = name, pass_, FORMS[dtype]
    _core.set_threads_from(*row, 0)
    start = 0 if chosen is None else _core.NEVER if chosen.threads_from is None else chosen.threads_from
    if start not in (0, _core.threads_from(*row)):
        _core.set_threads_from(*row, start)


def add(choices):
    """Put choices in use beside those there are, and keep all on disk; returns the file, None where nothing can be kept."""
    global _source
    load()
    _put_in_use(_choices | choices)
    file = path()
    kept = _read(file) | choices if file else {}  # with what another process has kept meanwhile
    if file and _write(file, kept):
        _source = file
        return file
    return None


def _write(file, choices):
    """All of a file or nothing; whether it could be written."""
    import json
    import tempfile

    table = {}
    for (name, pass_, dtype), choice in sorted(choices.items()):
        table.setdefault(name, {}).setdefault(pass_, {})[dtype] = [choice.backend, choice.threads_from]
    temporary = None
    try:
        os.makedirs(os.path.dirname(os.path.abspath(file)), exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=os.path.dirname(os.path.abspath(file)), delete=False, encoding="utf-8") as stream:
            temporary = stream.name
            json.dump({"format": FORMAT, "key": key(), "choices": table}, stream, indent=1)
        os.replace(temporary, file)
    except OSError:
        if temporary:
            try:
                os.unlink(temporary)
            except OSError:
                pass
        return False
    return True


def choice(name, pass_, dtype):
    """What was chosen, None where the built-in table holds."""
    load()
    return _choices.get((name, pass_, dtype))


def by_numba():
    """(name, pass, dtype) of what was chosen for Numba's kernels."""
    load()
    return sorted(_numba(_choices))


def source():
    """The file in use, None without one."""
    load()
    return _source


def _numba(choices):
    return {entry for entry, one in choices.items() if one.backend == "numba"}


def maker():
    """Of the kernels that "auto" takes from Numba; None where it takes none."""
    chosen = {(name, pass_, FORMS[dtype]) for name, pass_, dtype in _numba(_choices)}
    if not chosen:
        return None

    def address(name, pass_, form, each):
        if (name, pass_, form) not in chosen:
            return None
        try:
            from .jit import kernels
        except ImportError:
            return None
        return kernels.address(name, pass_, form, each)

    return address
