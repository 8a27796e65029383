"""Pictures of functions: the part that needs no Matplotlib. (A module named plot would hide the function of that name.)"""

import math

MOST_CURVES = 12


def plot(*functions, derivative=True, limits=None, **parameters):
    """Draw functions and their derivatives.

    One function is drawn together with its derivative, losses with gradient and Hessian; several functions, or one with several values of a
    parameter, get a panel for values and one for derivatives. A gap with dots is a jump: the filled dot is what the function is there.
    The shaded ends are where a function with finite limits has less than a twentieth of its largest slope, or of 1.

    Parameters
    ----------
    *functions : fastact function or str
        Functions of the library, their names, or activations made by `fastact.activation`. Losses are drawn over the residual, the
        margin or the score, row-wise functions for rows (x, 0, 0), gated functions over the gate, penalties over one weight.
    derivative : bool, default True
        Whether derivatives are drawn too.
    limits : (float, float), optional
        Ends of the horizontal axis; by default an axis that shows every kink.
    **parameters : float, or list of float
        Parameters of the functions; a list makes a curve for each of its values.

    Returns
    -------
    matplotlib.figure.Figure
        Write it with its method `savefig`. Notebooks show it; pyplot does not know it.

    Raises
    ------
    ValueError
        For what is no function of the library, functions without a picture of one dimension or with different axes, more than 12 curves,
        and limits that are not two increasing finite numbers.
    TypeError
        For no function, other objects than functions, and parameters that none of the functions has.
    ImportError
        Where Matplotlib is not installed.

    Examples
    --------
    >>> import fastact as fa
    >>> figure = fa.plot(fa.gelu, "silu", limits=(-4, 4))
    >>> [axes.get_title() for axes in figure.axes]
    ['value', 'derivative']
    """
    from .subjects import refuse_unknown, subject_of

    if not functions:
        raise TypeError("plot: there is no function; fa.plot('gelu') draws one")
    limits = _limits(limits)
    refuse_unknown(functions, parameters)
    subjects = [subject_of(function, parameters) for function in functions]
    for subject in subjects[1:]:
        if subject.axis != subjects[0].axis:
            raise ValueError(
                f"plot: {subjects[0].name} is drawn over {subjects[0].axis}, {subject.name} over {subject.axis}; "
                "functions with the same axis can be drawn together"
            )
    count = sum(len(subject.curves) for subject in subjects)
    if count > MOST_CURVES:
        raise ValueError(f"plot: {count} curves; up to {MOST_CURVES} can be told apart")
    try:
        from . import pictures
    except ModuleNotFoundError as error:
        if error.name != "matplotlib":
            raise
        raise ImportError("plot needs Matplotlib, which is not installed: pip install 'fastact[plot]'") from None
    return pictures.draw(subjects, bool(derivative), limits)


def _limits(limits):
    if limits is None:
        return None
    try:
        low, high = map(float, limits)
    except (TypeError, ValueError):
        low = high = math.nan
    if not (math.isfinite(low) and math.isfinite(high) and low < high):
        raise ValueError(f"plot: limits is {limits!r}; two increasing finite numbers are accepted")
    return low, high
