"""Tables and progress bars: rich on a terminal where it is installed, plain aligned text everywhere else."""

import sys
import time
from contextlib import contextmanager


def _rich():
    """Whether to draw: rich can be imported and somebody is looking."""
    if not sys.stdout.isatty():
        return False
    try:
        import rich  # noqa: F401
    except ImportError:
        return False
    return True


def table(headers, rows, left=1, title=None, wrap=None):
    """Print rows of strings under their headers; the first `left` columns are text, the others numbers set flush right.

    On a terminal column `wrap` may break its lines to fit; nothing is ever cut off.
    """
    if _rich():
        from rich import box
        from rich.console import Console
        from rich.table import Table

        console = Console(highlight=False, markup=False)
        drawn = Table(box=box.SIMPLE_HEAD, pad_edge=False)
        for i, column in enumerate(zip(headers, *rows)):
            narrowest = 24 if i == wrap else max(map(len, column))
            drawn.add_column(column[0], justify="left" if i < left else "right", no_wrap=i != wrap, min_width=narrowest)
        for row in rows:
            drawn.add_row(*row)
        if title:
            print(title)
        console.print(drawn, width=max(console.width, console.measure(drawn).minimum), crop=False, no_wrap=True)
        return
    widths = [max(map(len, column)) for column in zip(headers, *rows)]

    def line(cells):
        return "  ".join(c.ljust(w) if i < left else c.rjust(w) for i, (c, w) in enumerate(zip(cells, widths))).rstrip()

    if title:
        print(f"{title}\n")
    print(line(headers))
    print("  ".join("-" * width for width in widths))
    for row in rows:
        print(line(row))


@contextmanager
def progress(total, label):
    """A block that calls what it is given, with a few words, at every step; draws nothing where nobody is looking."""
    if not sys.stdout.isatty():
        yield lambda words="": None
        return
    if not _rich():
        yield from _plain_progress(total, label)
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[words]}"),
    )
    with Progress(*columns, transient=True) as bar:
        task = bar.add_task(label, total=total, words="")
        yield lambda words="": bar.update(task, advance=1, words=words)


def _plain_progress(total, label):
    """One line that is written over: steps, time left, words."""
    begun, done = time.monotonic(), 0

    def step(words=""):
        nonlocal done
        done += 1
        left = round((time.monotonic() - begun) / done * (total - done))
        print(f"\r\x1b[K{label} {done}/{total}, {left // 60}:{left % 60:02} left: {words}", end="", flush=True)

    try:
        yield step
    finally:
        print("\r\x1b[K", end="", flush=True)
