"""Functions of users' own: the part that needs no Numba."""


def activation(formula, derivative=None, name=None):
    """Turn a formula into a function like the built-in ones: a ufunc with SIMD kernels and threads, its derivative and its backward pass.

    The formula is run once, with a stand-in for the array. It may use arithmetic, comparisons, np.where, np.maximum, np.minimum, np.exp,
    np.log, np.tanh, np.sqrt, np.square, np.abs, fastact's elementwise functions, parameters that are numbers, and their derivatives.
    The function returns the bits that the formula itself returns for an array with fastact's functions in it, in one pass instead of
    one for each operation.

    Parameters
    ----------
    formula : callable
        f(x) of one array.
    derivative : callable, optional
        Its derivative, f'(x); default is the derivative of the formula, found symbolically. At a kink of np.maximum(a, b) the slope is
        that of a; functions have their own (`fastact.relu.derivative(0)` is 0).
    name : str, optional
        What the function calls itself; default is the formula's own name, or "activation".

    Returns
    -------
    numpy.ufunc
        With attributes `derivative`, `backward` and `address`. Kernels are compiled by Numba at the first call of each dtype, and kept on
        disk. Inside Numba's compiled functions it can be called like the built-in ones.

    Raises
    ------
    TypeError
        For a formula that is not callable, branches on its array, or uses what is not listed above.
    ValueError
        For a name that is no identifier.
    ImportError
        Where Numba is not installed.

    Notes
    -----
    Each operation is rounded once, so errors are those of the formula: as accurate as NumPy would be with exact functions.

    Examples
    --------
    >>> import numpy as np, fastact as fa
    >>> serf = fa.activation(lambda x: x * fa.tanh(fa.softplus(x) ** 2), name="serf")
    >>> x = np.float32([-1, 0, 2])
    >>> bool(np.all(serf(x) == x * fa.tanh(fa.softplus(x) ** 2)))
    True
    >>> serf.derivative(np.float32(0)) == fa.tanh(fa.softplus(np.float32(0)) ** 2)
    np.True_
    """
    try:
        from .jit.activation import build
    except ModuleNotFoundError as error:
        if error.name != "numba":
            raise
        raise ImportError("activation needs Numba, which is not installed: pip install 'fastact[numba]'") from None
    return build(formula, derivative, name)
