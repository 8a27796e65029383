"""`warmup`: kernels of Numba made before they are first used."""

from . import _core, backends, tuning
from .terminal import progress


def warmup(names=None, dtypes=("float32", "float64")):
    """Compile the kernels of Numba now, or load them from the disk, instead of when each is first used.

    Parameters
    ----------
    names : str, function, or sequence of these, optional
        Functions whose kernels are made. Default is those that Numba runs as things stand: all where it is the backend or there is no
        compiled core, those that `tune` chose it for where the backend is "auto", else none.
    dtypes : str, dtype, or sequence of these, default ("float32", "float64")
        "float16" and "bfloat16" are accepted too.

    Returns
    -------
    int
        How many kernels are ready.

    Raises
    ------
    ValueError
        For a name that is none, or that has no kernels of its own, and for another dtype.
    ImportError
        For names without Numba.

    Examples
    --------
    >>> import fastact as fa
    >>> with fa.backend("c"):
    ...     fa.warmup()
    0
    """
    dtypes = tuning.dtypes_among("warmup", "dtypes", dtypes, tuple(tuning.FORMS))
    known = {row["name"]: row for row in _core.catalog()}
    if names is not None:
        entries = _passes_of([known[name] for name in tuning.names_among("warmup", "names", names, known)], dtypes)
    elif backends.get_backend() == "numba" or not _core.COMPILED:
        entries = _passes_of(known.values(), dtypes)
    else:
        entries = [entry for entry in tuning.by_numba() if entry[2] in dtypes] if backends.get_backend() == "auto" else []
    kernels = dict.fromkeys(kernel for entry in entries for kernel in _kernels_of(known[entry[0]], *entry[1:]))
    if kernels:
        from .jit.kernels import address  # needs Numba, which takes its time to import

        with progress(len(kernels), "compiling") as step:
            for kernel in kernels:
                address(*kernel)
                step(" ".join(kernel[:3]))
    return len(kernels)


def _passes_of(rows, dtypes):
    return [(row["name"], pass_, dtype) for row in rows for dtype in dtypes for pass_ in row["passes"]]


def _kernels_of(row, pass_, dtype):
    """(name, step, form, part) of what runs a pass."""
    name, form = row["name"], "f64" if dtype == "float64" else "f32"  # others are widened, but those of elementwise functions
    if "loss" in row["kind"]:
        return [(name, "task", form, 0)]
    if row["kind"] == "elementwise":
        return [(name, pass_, tuning.FORMS[dtype], 0)]
    if row["kind"] != "learned":
        return [(name, pass_, form, 0)]
    from .jit import graphs

    steps = [pass_] + ["shape", "joined"] * (pass_ == "backward" and not _core.COMPILED)
    return [(name, step, form, 0) for step in steps] + [(graphs.rows()[name]["base"], pass_, form, part) for part in (0, 1)]
