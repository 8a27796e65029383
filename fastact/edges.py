"""clip.derivative and clip.backward with slope 1 at the bounds themselves: edge="inclusive"."""

import numpy as np

PARAMETERS = ("min_val", "max_val")
DIRECTIONS = (-np.inf, np.inf)
WEAK = (int, float)  # Python numbers, which never change a dtype


def inclusive(exclusive):
    """A call like that of the ufunc, which lets the gradient pass inside its bounds only, that lets it pass at the bounds too.

    x >= min_val where x > the next number below min_val, in the dtype that the kernel compares in; likewise above max_val.
    """
    inputs_count = exclusive.nin - len(PARAMETERS)

    def call(*arguments, **keywords):
        inputs, rest = arguments[:inputs_count], arguments[exclusive.nin :]
        bounds = list(arguments[inputs_count : exclusive.nin])
        bounds += [keywords.pop(name, None) for name in PARAMETERS[len(bounds) :]]
        bounds = [end if bound is None else bound for bound, end in zip(bounds, DIRECTIONS)]
        try:
            dtypes = _compared_dtypes(exclusive, (*inputs, *bounds), keywords)
        except (TypeError, ValueError):
            exclusive(*inputs, *bounds, *rest, **keywords)  # says what is wrong in better words
            raise
        with np.errstate(all="ignore"):
            bounds = [_moved(*each, inputs[-1]) for each in zip(bounds, DIRECTIONS, dtypes)]
        return exclusive(*inputs, *bounds, *rest, **keywords)

    return call


def _compared_dtypes(ufunc, arguments, keywords):
    """Of the two bounds, in the loop that NumPy will take."""
    options = {"signature" if name == "sig" else name: keywords[name] for name in ("casting", "signature", "sig") if name in keywords}
    if keywords.get("dtype") is not None:
        options["signature"] = (None,) * ufunc.nin + (np.dtype(keywords["dtype"]),)
    dtypes = [_dtype_or_type(value) for value in arguments]
    return ufunc.resolve_dtypes((*dtypes, None), **{"casting": "same_kind"} | options)[-3:-1]


def _dtype_or_type(value):
    if type(value) in WEAK:
        return type(value)
    dtype = getattr(value, "dtype", None)
    return dtype if isinstance(dtype, np.dtype) else np.asarray(value).dtype


def _moved(bound, direction, dtype, x):
    """The neighbour of the bound outside of it; a Python number of a Python number."""
    neighbour = np.nextafter(bound, direction, dtype=dtype, casting="unsafe")
    narrow, largest = np.asarray(bound, dtype), np.copysign(np.finfo(dtype).max, direction)
    if np.any((narrow == largest) | (narrow == -direction)):
        # to the kernel an infinite x is as the largest number, which has the same neighbour: such an x is judged here
        passes = x >= narrow if direction < 0 else x <= narrow
        return np.where(np.isinf(x), np.where(passes, direction, -direction), neighbour).astype(dtype)
    return float(neighbour) if type(bound) in WEAK else neighbour
