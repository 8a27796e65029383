"""Draws curves with Matplotlib: one function with its derivative in one panel, several side by side."""

import math
import textwrap

import matplotlib
import numpy as np
from matplotlib.figure import Figure

from . import catalog, library
from .curves import breaks, in_view, kinks, sample, saturation, with_limits

# told apart by people who do not see all colours too: Okabe and Ito, darkest contrasts first
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
DASHES = ("-", (0, (6, 2)), (0, (1.2, 1.5)))
INK, FAINT = "#333333", "#8C8C8C"
STYLE = {
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans", "Verdana", "Arial"],
    "font.size": 9,
    "text.color": INK,
    "axes.facecolor": "white",
    "savefig.facecolor": "white",
    "axes.edgecolor": FAINT,
    "axes.labelcolor": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.spines.bottom": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.unicode_minus": True,
    "axes.titlesize": 9,
    "axes.titlecolor": INK,
    "grid.color": "#E8E8E8",
    "grid.linewidth": 0.6,
    "xtick.color": FAINT,
    "ytick.color": FAINT,
    "xtick.labelcolor": INK,
    "ytick.labelcolor": INK,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "legend.frameon": False,
    "lines.solid_capstyle": "round",
    "svg.hashsalt": "fastact",
    "svg.fonttype": "none",
}


class Picture(Figure):
    """A figure that notebooks show, and that is written the same way every time."""

    def _repr_png_(self):
        from io import BytesIO

        file = BytesIO()
        self.savefig(file, format="png", dpi=144)
        return file.getvalue()

    def savefig(self, fname, **options):
        if str(fname).endswith(".svg") or options.get("format") == "svg":
            options.setdefault("metadata", {"Date": None, "Creator": None})
        with matplotlib.rc_context(STYLE):
            super().savefig(fname, **options)


def picture(width, height):
    """An empty figure in the style of the others; to be filled inside `style()`."""
    figure = Picture(figsize=(width, height), layout="constrained", facecolor="white")
    figure.get_layout_engine().set(w_pad=0.08, h_pad=0.05)
    return figure


def style():
    return matplotlib.rc_context(STYLE)


def write(figure, file):
    """To a file whose ending says the format."""
    figure.savefig(file, dpi=150)


def draw(subjects, derivative, limits):
    """The figure of one or several subjects that share an axis."""
    subjects = [with_limits(subject) for subject in subjects]
    low = min(subject.limits[0] for subject in subjects) if limits is None else limits[0]
    high = max(subject.limits[1] for subject in subjects) if limits is None else limits[1]
    curves = [curve for subject in subjects for curve in subject.curves]
    with style(), np.errstate(all="ignore"):
        if len(curves) == 1:
            return _alone(subjects[0], curves[0], derivative, low, high)
        return _together(subjects, curves, derivative, low, high)


def axes_at_zero(axes):
    """Thin lines through zero where it is in view, instead of a frame."""
    for draw_line, (low, high) in ((axes.axhline, axes.get_ylim()), (axes.axvline, axes.get_xlim())):
        if low <= 0 <= high:
            draw_line(0, color=FAINT, linewidth=0.7, zorder=1.5)


def _plot(axes, function, low, high, *, name, **look):
    """A curve with gaps at its breaks, and dots for what it is there. Returns what was drawn."""
    jumps = breaks(function, low, high)
    x, y = sample(function, low, high, tuple(jump.at for jump in jumps))
    (line,) = axes.plot(x, y, zorder=look.pop("zorder", 3), gid=name, **look)
    ends = {end for jump in jumps for end in ((jump.at, jump.before), (jump.at, jump.after))}
    reached = {(jump.at, jump.value) for jump in jumps}
    size = 16 if len(jumps) < 5 else 8

    def apart(end):
        return all(abs(end[1] - value) > 1e-6 * max(1, abs(value)) for at, value in reached if at == end[0])

    dots = {"s": size, "zorder": 4, "linewidths": 1.1, "edgecolors": line.get_color()}
    if hollow := sorted(filter(apart, ends)):
        axes.scatter(*zip(*hollow), facecolors="white", **dots)
    if reached:
        axes.scatter(*zip(*sorted(reached)), facecolors=line.get_color(), **dots)
    return line, y


def _frame(axes, low, high, values, axis):
    axes.set_xlim(low, high)
    axes.set_ylim(*in_view(*values))
    axes.set_xlabel(axis)
    axes_at_zero(axes)


def legend(figure, handles):
    """Above everything, where it covers nothing, in as few and even rows as its words allow."""
    labels = [handle.get_label() for handle in handles]
    widths = [0.58 + 0.076 * len(label) for label in labels]  # inches
    fitting = len(labels) if sum(widths) < figure.get_figwidth() else max(1, int(figure.get_figwidth() / max(widths)))
    columns = math.ceil(len(labels) / math.ceil(len(labels) / fitting))
    figure.legend(handles, labels, loc="outside upper center", ncols=columns, handlelength=2.2, columnspacing=1.6)


def _alone(subject, curve, derivative, low, high):
    figure = picture(5.2, 3.7)
    axes = figure.add_subplot()
    x = np.linspace(low, high, 200)
    guides = [axes.plot(x, guide(x), color=FAINT, linewidth=0.7)[0] for guide in subject.guides]
    looks = [(curve.value, {"color": COLOURS[0], "linewidth": 2.2, "zorder": 3.2})]
    looks += [(curve.slope, {"color": COLOURS[1], "linewidth": 1.6, "linestyle": DASHES[1]})] * derivative
    if derivative and curve.curvature:
        looks.append((curve.curvature, {"color": COLOURS[2], "linewidth": 1.4, "linestyle": DASHES[2]}))
    words = (subject.name if subject.words[0] == "value" else curve.label, *subject.words[1:])
    drawn = [_plot(axes, function, low, high, name=word, label=word, **look) for word, (function, look) in zip(words, looks)]
    handles = [line for line, _ in drawn]
    _frame(axes, low, high, [y for _, y in drawn], subject.axis)
    if guides:
        guides[0].set_label("lines that it is made of")
        handles.append(guides[0])
    if subject.saturates:
        handles += _mark_saturation(axes, curve, low, high)
    legend(figure, handles)
    figure.supxlabel(_small_print(subject, curve, derivative, low, high), fontsize=6.5, color="#6B6B6B")
    return figure


def _mark_saturation(axes, curve, low, high):
    shade = None
    for border, stretch in zip((low, high), saturation(curve, low, high)):
        if stretch is not None:
            shade = axes.axvspan(*sorted((border, stretch[0])), color="#F1EEE6", linewidth=0, zorder=0, label="saturated")
            x = (low, 0) if border == low else (0, high)
            axes.plot(x, [stretch[1]] * 2, color=COLOURS[0], linewidth=0.7, linestyle=(0, (2, 3)), zorder=2)
    return [] if shade is None else [shade]


def _small_print(subject, curve, derivative, low, high):
    """Formulas, error and kinks below the picture."""
    name = library.names.get(subject.name)
    entry = catalog.functions()[name] if name else None
    lines = []
    if entry:
        lines.append(f"{entry.name} = {entry.formula}")
        lines += [f"{subject.words[1]} = {entry.derivative}"] * derivative
    bent = kinks(curve, low, high) if derivative else []
    if 0 < len(bent) <= 4:
        lines.append("kink at " + ", ".join(f"{kink.at:g} ({subject.words[1]} there {kink.value:.4g})" for kink in bent))
    if entry and entry.max_ulp:
        value, slope = entry.max_ulp["float32"]
        lines.append(f"float32 within {value:g} ulp, {subject.words[1]} within {slope:g}")
    return "\n".join(wrapped for line in lines for wrapped in textwrap.wrap(line, 110))


def _together(subjects, curves, derivative, low, high):
    panels = ["value", *["slope"] * derivative]
    panels += ["curvature"] * (derivative and len(subjects) == 1 and all(curve.curvature for curve in curves))
    figure = picture(1.0 + 3.6 * len(panels), 3.9)
    all_axes = figure.subplots(1, len(panels), squeeze=False)[0]
    words = subjects[0].words if len({subject.words for subject in subjects}) == 1 else ("value", "derivative", "second derivative")
    for axes, panel, word in zip(all_axes, panels, words):
        handles, values = [], []
        for k, curve in enumerate(curves):
            dashes = DASHES[k // len(COLOURS)] if len(curves) > len(COLOURS) else "-"
            look = {"color": COLOURS[k % len(COLOURS)], "linewidth": 1.7, "linestyle": dashes, "label": curve.label}
            line, y = _plot(axes, getattr(curve, panel), low, high, name=f"{curve.label}, {word}", **look)
            handles.append(line)
            values.append(y)
        axes.set_title(word)
        _frame(axes, low, high, values, subjects[0].axis)
    legend(figure, handles)
    if all(subject.saturates for subject in subjects) and _strips(all_axes[0], curves, low, high):
        figure.supxlabel("strips at the lower edge: where each function saturates", fontsize=6.5, color="#6B6B6B")
    return figure


def _strips(axes, curves, low, high):
    """A strip at the lower edge for every stretch where a function saturates; whether there is any."""
    bottom, top = axes.get_ylim()
    height = 0.014 * (top - bottom)
    found = [[each for each in zip((low, high), saturation(curve, low, high)) if each[1]] for curve in curves]
    drawn = [(k, stretches) for k, stretches in enumerate(found) if stretches]
    axes.set_ylim(bottom - height * (len(drawn) + 0.6), top)
    for row, (k, stretches) in enumerate(drawn):
        y = bottom - height * (row + 0.5)
        for border, (end, _) in stretches:
            axes.plot((border, end), (y, y), color=COLOURS[k % len(COLOURS)], linewidth=1.8, solid_capstyle="butt", alpha=0.7)
    return bool(drawn)
