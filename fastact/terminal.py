"""Tables and progress bars: rich on a terminal where it is installed, plain aligned text everywhere else."""

import sys
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


def table(headers, rows, left=1, title=None):
    """Print rows of strings under their headers; the first `left` columns are text, the others numbers set flush right."""
    if _rich():
        from rich import box
        from rich.console import Console
        from rich.table import Table

        drawn = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
        for i, header in enumerate(headers):
            drawn.add_column(header, justify="left" if i < left else "right", no_wrap=i < left or len(headers) > 6)
        for row in rows:
            drawn.add_row(*row)
        Console(highlight=False, markup=False).print(drawn)
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
    if not _rich():
        yield lambda words="": None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.fields[words]}"))
    with Progress(*columns, transient=True) as bar:
        task = bar.add_task(label, total=total, words="")
        yield lambda words="": bar.update(task, advance=1, words=words)
