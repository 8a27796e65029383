"""The command `fastact`: what this machine runs, what there is, how fast it is, and what a C compiler needs."""

import argparse
import difflib
import importlib.util
import platform
import sys
from pathlib import Path

import numpy as np

import fastact

from . import _core, machine, tuning
from .showing import call_of, show
from .terminal import table


class UsageError(Exception):
    """Something on the command line names nothing that exists."""


def closest(name, known):
    """The end of an error message: what `name` may have meant."""
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    return f"did you mean {' or '.join(near)}?" if near else "`fastact list` names them all"


def function_of(name):
    """The registry entry of a canonical name or alias."""
    registry = fastact.functions()
    for entry in registry.values():
        if name == entry.name or name in entry.aliases:
            return entry
    known = [word for entry in registry.values() for word in (entry.name, *entry.aliases)]
    raise UsageError(f"there is no function {name!r}: {closest(name, known)}")


def show_machine(options):
    facts, functions = machine.description(), fastact.functions()
    sizes = ", ".join(f"{name} {size}" for name, size in facts["caches"].items())
    lines = [
        ("fastact", f"{fastact.__version__}, {len(functions)} functions"),
        ("processor", facts["processor"]),
        ("caches", sizes or "unknown"),
        ("instruction set", f"{_core.isa()} (this machine runs {', '.join(_core.isas())})"),
        ("threads", f"{fastact.get_num_threads()} (processors: {facts['processors']})"),
        ("dispatch", tuning.source() or "built in; `fastact tune` measures"),
        ("dtypes", ", ".join(dict.fromkeys(d for f in functions.values() for d in f.dtypes)) + "; integers become float64"),
        ("versions", f"Python {facts['python']}, NumPy {np.__version__}, {platform.platform()}"),
        ("installed at", str(Path(fastact.__file__).parent)),
    ]
    width = max(len(name) for name, _ in lines)
    for name, text in lines:
        print(f"{name:<{width}}  {text}")
    print("\nNext: fastact list, fastact show gelu, fastact speed, fastact gallery")
    return 0


def list_functions(options):
    rows = [[call_of(entry), entry.formula, " ".join(entry.aliases)] for entry in fastact.functions().values()]
    table(["function", "formula", "also called"], rows, left=3, wrap=1)
    return 0


def show_function(options):
    show(function_of(options.name))
    return 0


def run_speed(options):
    from . import peers, speed

    options.names = [function_of(name).name for name in options.names]
    compared = peers.compared_functions()
    for name in options.names:
        if name not in compared:
            raise UsageError(f"{name!r} has no formula to be compared with yet; these have: {', '.join(compared)}")
    if options.peers is not None:
        for name in options.peers:
            if name not in peers.NAMES:
                raise UsageError(f"there is no library {name!r} to compare with: {closest(name, peers.NAMES)}")
            if package := peers.missing(name):
                raise UsageError(f"{name} needs the package {package}, which is not installed")
        options.peers = ["fastact", *(name for name in peers.NAMES[1:] if name in options.peers)]
    return speed.main(options)


def _check_file(file):
    """The path of a picture, refused before any work is done for it."""
    path, formats = Path(file), ("png", "svg", "pdf")
    if path.suffix[1:].lower() not in formats:
        raise UsageError(f"{file} ends in none of {', '.join('.' + word for word in formats)}")
    if not path.parent.is_dir():
        raise UsageError(f"there is no directory {path.parent} for {path.name}")
    return path


def _parameter(text):
    """name=1 or name=1,2,3 as (name, value)."""
    name, _, values = text.partition("=")
    try:
        values = [float(value) for value in values.split(",")]
    except ValueError:
        raise UsageError(f"{text!r} is no parameter: write it as {name}=1, or {name}=1,2,3 for a curve of each") from None
    return name, values if len(values) > 1 else values[0]


def run_plot(options):
    names = [function_of(word).name for word in options.names if "=" not in word]
    parameters = dict(_parameter(word) for word in options.names if "=" in word)
    if not names:
        raise UsageError("there is no function to draw: fastact plot gelu")
    path = _check_file(options.output or f"fastact-{'-'.join(names)}.png")
    try:
        figure = fastact.plot(*names, derivative=not options.no_derivative, limits=options.limits, **parameters)
    except (ValueError, TypeError, ImportError) as error:
        raise UsageError(str(error).removeprefix("plot: ")) from None
    _write(figure, path)
    return 0


def _write(figure, path):
    from . import pictures

    try:
        pictures.write(figure, path)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from None
    print(path)


def run_tune(options):
    from . import measuring

    names = [function_of(name).name for name in options.names] or None
    try:
        found = measuring.tune(names, options.dtypes, options.sizes, options.seconds)
    except ValueError as error:
        raise UsageError(str(error)) from None
    labels = ("c", "c threads", "numba", "numba threads", "numpy")
    size = min(found.nanoseconds[next(iter(found.nanoseconds))], key=lambda n: abs(n - 65536))
    rows = []
    for entry, chosen in found.choices.items():
        figures = found.nanoseconds[entry][size]
        start = "never" if chosen.threads_from is None else f"{chosen.threads_from:,}"
        rows.append([*entry, *(f"{figures[one]:.3f}" if one in figures else "-" for one in labels), chosen.backend, start])
    title = f"nanoseconds per element, {size:,} elements (median), and what was chosen"
    table(["function", "pass", "dtype", *labels, "backend", "threads from"], rows, left=3, title=title)
    print(f"\n{found}")
    return 0


def run_gallery(options):
    from . import gallery

    if options.name is None:
        table(["example", "shows"], [[name, example.summary] for name, example in gallery.examples().items()], left=2)
        print("\nRun one: fastact gallery digits")
        return 0
    known, name = gallery.examples(), options.name.replace("_", "-")
    if name not in known:
        raise UsageError(f"there is no example {options.name!r}: {closest(name, known)}")
    path = _check_file(options.output or f"fastact-{name}.png")
    can_draw = importlib.util.find_spec("matplotlib") is not None
    if options.output and not can_draw:
        raise UsageError("pictures need Matplotlib, which is not installed: pip install 'fastact[plot]'")
    try:
        found = known[name].main()
    except gallery.MissingPackage as error:
        raise UsageError(str(error)) from None
    print()
    if can_draw:
        _write(known[name].draw(found), path)
    else:
        print("With Matplotlib there is a picture too: pip install 'fastact[plot]'")
    return 0


def show_directories(options):
    """The flags that a C build asks for, one line each in the order of the help."""
    library = fastact.get_lib()
    answers = {
        "cflags": f"-I{fastact.get_include()}",
        "libs": f"-L{library} -Wl,-rpath,{library} -lfastact",
        "pkgconfigdir": str(Path(library, "pkgconfig")),
        "cmakedir": str(Path(library, "cmake", "fastact")),
    }
    print(" ".join(answer for name, answer in answers.items() if getattr(options, name)))
    return 0


def _sizes(text):
    try:
        sizes = [int(float(part)) for part in text.split(",")]
    except ValueError:
        raise argparse.ArgumentTypeError(f"sizes are whole numbers with commas between them, not {text!r}") from None
    if min(sizes) < 1:
        raise argparse.ArgumentTypeError("a size is at least 1")
    return sizes


def _limits(text):
    try:
        low, high = map(float, text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"limits are two numbers with a comma between them, not {text!r}") from None
    return low, high


def _dtypes(text):
    return _among(text, "float32", "float64")


def _compared_dtypes(text):
    if "bfloat16" in text and importlib.util.find_spec("ml_dtypes") is None:
        raise argparse.ArgumentTypeError("bfloat16 needs ml_dtypes: pip install ml_dtypes")
    return _among(text, "float32", "float64", "float16", "bfloat16")


def _among(text, *dtypes):
    for part in text.split(","):
        if part not in dtypes:
            raise argparse.ArgumentTypeError(f"dtypes are {', '.join(dtypes[:-1])} and {dtypes[-1]}, not {part!r}")
    return text.split(",")


def _peers(text):
    return None if text == "all" else [] if text == "none" else text.split(",")


def _spread(text):
    value = float(text)
    if not 0 < value < 1e6:
        raise argparse.ArgumentTypeError("the standard deviation is a positive number")
    return value


def parser():
    top = argparse.ArgumentParser(
        prog="fastact",
        description="Activation functions and losses: fast, within 1 ulp, the same bits everywhere. "
        "Without a command: the machine and what runs on it.",
    )
    top.set_defaults(run=show_machine)
    top.add_argument("--version", action="version", version=f"fastact {fastact.__version__}")
    top.add_argument("--cflags", action="store_true", help="compiler flags for C programs")
    top.add_argument("--libs", action="store_true", help="linker flags for C programs, run path included")
    top.add_argument("--pkgconfigdir", action="store_true", help="directory of fastact.pc")
    top.add_argument("--cmakedir", action="store_true", help="directory of the CMake configuration")
    commands = top.add_subparsers(title="commands", metavar="COMMAND")

    command = commands.add_parser("list", help="all functions", description="All functions, one a line.")
    command.set_defaults(run=list_functions)

    command = commands.add_parser(
        "show", help="one function: formula, derivative, parameters, bounds, special values, C declaration"
    )
    command.add_argument("name", metavar="NAME", help="a function or one of its aliases")
    command.set_defaults(run=show_function)

    command = commands.add_parser("speed", help="nanoseconds per element beside NumPy and the libraries installed here")
    command.add_argument("names", nargs="*", metavar="NAME", help="functions to measure; all without one")
    command.add_argument(
        "--size",
        "--sizes",
        dest="sizes",
        type=_sizes,
        default=[65536],
        metavar="N[,N...]",
        help="elements of an array (default 65536)",
    )
    command.add_argument(
        "--dtype",
        "--dtypes",
        dest="dtypes",
        type=_compared_dtypes,
        default=["float32"],
        metavar="DTYPE",
        help="float32 (default), float64, float16, bfloat16, or several with commas",
    )
    command.add_argument(
        "--peers",
        type=_peers,
        default=None,
        metavar="NAMES",
        help="libraries to compare with: all that are installed (default), none, or names with commas",
    )
    command.add_argument(
        "--spread",
        type=_spread,
        default=1.0,
        metavar="S",
        help="standard deviation of the normal numbers used as input (default 1)",
    )
    command.add_argument("--quick", action="store_true", help="fewer and shorter samples")
    command.add_argument("--wide", action="store_true", help="one column for each library")
    command.add_argument(
        "--json",
        metavar="FILE",
        help="write everything measured, with each library's largest error and the time of small calls",
    )
    command.set_defaults(run=run_speed)

    command = commands.add_parser("tune", help="measure the fastest way of each function on this machine, and use it from now on")
    command.add_argument("names", nargs="*", metavar="NAME", help="functions to measure; all without one, which takes minutes")
    command.add_argument(
        "--sizes", type=_sizes, default=[16384, 131072, 1048576], metavar="N[,N...]",
        help="elements of an array (default 16384,131072,1048576)",
    )
    command.add_argument(
        "--dtypes", type=_dtypes, default=["float32", "float64"], metavar="DTYPE", help="float32, float64, or both (default)"
    )
    command.add_argument("--seconds", type=float, default=0.15, metavar="S", help="most time for one pass (default 0.15)")
    command.set_defaults(run=run_tune)

    command = commands.add_parser(
        "plot",
        help="draw functions and their derivatives",
        description="Functions and their derivatives as a picture; needs Matplotlib (pip install 'fastact[plot]').",
        epilog="A range that begins with a minus sign needs the equals sign: --limits=-4,4.",
    )
    command.add_argument(
        "names", nargs="+", metavar="NAME", help="functions, and parameters of theirs: silu beta=0.5,1,2 draws one curve for each value"
    )
    command.add_argument("-o", "--output", metavar="FILE", help="where to: .png, .svg or .pdf (default fastact-NAME.png)")
    command.add_argument("--limits", type=_limits, metavar="LOW,HIGH", help="ends of the horizontal axis")
    command.add_argument("--no-derivative", action="store_true", help="values alone")
    command.set_defaults(run=run_plot)

    command = commands.add_parser(
        "gallery",
        help="small complete programs that use fastact",
        description="Small complete programs that use fastact. Each prints what it found and, with Matplotlib, writes a picture of it.",
    )
    command.add_argument("name", nargs="?", metavar="NAME", help="the example to run; without one, the list")
    command.add_argument("-o", "--output", metavar="FILE", help="where the picture goes: .png, .svg or .pdf (default fastact-NAME.png)")
    command.set_defaults(run=run_gallery)
    return top


def main(arguments=None):
    """Run the command line; returns the exit status."""
    options = parser().parse_args(arguments)
    if options.cflags or options.libs or options.pkgconfigdir or options.cmakedir:
        return show_directories(options)
    try:
        return options.run(options)
    except UsageError as error:
        print(f"fastact: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader of a pipe has seen enough
        sys.stderr.close()
        return 0
    except KeyboardInterrupt:
        print("fastact: stopped", file=sys.stderr)
        return 130
