"""How many threads large calls may use. Results never depend on it."""

from contextlib import contextmanager

from ._core import get_num_threads, set_num_threads

__all__ = ["get_num_threads", "set_num_threads", "threads"]


@contextmanager
def threads(count):
    """Use `count` threads within a block.

    Examples
    --------
    >>> import fastact as fa
    >>> with fa.threads(1):
    ...     fa.get_num_threads()
    1
    """
    before = get_num_threads()
    set_num_threads(count)
    try:
        yield
    finally:
        set_num_threads(before)
