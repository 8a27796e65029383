"""What a picture of a function shows: curves over one axis, their slopes, and the points where either breaks."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

GRID = 1201
SATURATED = 0.05  # of the largest slope, or of 1 if that is larger


@dataclass(frozen=True)
class Curve:
    """A function of one number: itself, its derivative, and of losses the second one where there is one."""

    label: str
    value: Callable
    slope: Callable
    curvature: Callable | None = None


@dataclass(frozen=True)
class Subject:
    """The curves of one function, and the axis that they share.

    `words` names value, slope and curvature; `guides` are lines that the function is made of; `saturates` says whether its ends may be
    flat for good.
    """

    name: str
    axis: str
    curves: tuple
    limits: tuple = (-5.0, 5.0)
    words: tuple = ("value", "derivative")
    guides: tuple = ()
    saturates: bool = False
    fixed: bool = False


@dataclass(frozen=True)
class Break:
    """Where a curve jumps: what it is there, just before and just after."""

    at: float
    value: float
    before: float
    after: float


def breaks(function, low, high):
    """Every jump of a function between two numbers, found by halving the steps that are larger than their neighbours."""
    x = np.linspace(low, high, GRID)
    y = function(x)
    steps = np.abs(np.diff(y))
    scale = np.max(np.abs(y), where=np.isfinite(y), initial=0)
    padded = np.pad(steps, 1, mode="edge")
    beside = np.minimum(padded[:-2], padded[2:])
    found = np.isfinite(steps) & (steps > 1e-6 * scale) & (steps > 2 * np.where(np.isfinite(beside), beside, np.inf))
    a, b = x[:-1][found], x[1:][found]
    for _ in range(60):
        middle = (a + b) / 2
        left = np.abs(function(middle) - function(a)) >= np.abs(function(b) - function(middle))
        a, b = np.where(left, a, middle), np.where(left, middle, b)
    jumps = np.abs(function(b) - function(a)) > 1e-6 * scale
    width = 1e-9 * (high - low)
    places = sorted({round(float(at), 9) + 0.0 for at in ((a + b) / 2)[jumps]})
    places = [place for place in places if low + width < place < high - width]
    return [Break(at, *(float(function(np.array([at + shift]))[0]) for shift in (0.0, -width, width))) for at in places]


def kinks(curve, low, high):
    """Breaks of the slope where the curve itself is whole."""
    jumps = {jump.at for jump in breaks(curve.value, low, high)}
    return [kink for kink in breaks(curve.slope, low, high) if kink.at not in jumps]


def sample(function, low, high, open_at=()):
    """Points of a curve between two numbers, with a gap at every break."""
    shift = 1e-9 * (high - low)
    x = np.linspace(low + shift, high - shift, GRID)
    if open_at:
        places = np.array([place for place in open_at if low < place < high])
        x = np.sort(np.concatenate([x[~np.isin(x, places)], places - shift, places, places + shift]))
        y = function(x)
        y[np.isin(x, places)] = np.nan
    else:
        y = function(x)
    y[np.isinf(y)] = np.nan
    return x, y


def saturation(curve, low, high):
    """(end, limit) of the stretches at both sides where the slope stays small, None where the function has no finite limit."""
    x = np.linspace(low, high, GRID)
    slopes = np.abs(curve.slope(x))
    ends = curve.value(np.array([-np.inf, np.inf]))
    largest = min(np.max(slopes, where=np.isfinite(slopes), initial=0), 1)
    for end, order in zip(ends, (slice(None), slice(None, None, -1))):
        steep = np.flatnonzero(~(slopes[order] < SATURATED * largest))
        if not math.isfinite(end) or largest == 0 or not len(steep) or steep[0] == 0:
            yield None
        else:
            yield float(x[order][steep[0] - 1]), float(end)


def with_limits(subject):
    """The subject over an axis that shows its domain and every kink, where the axis is not fixed."""
    if subject.fixed:
        return subject
    low, high = subject.limits
    x = np.linspace(low, high, GRID)
    defined = np.all([np.isfinite(curve.value(x)) for curve in subject.curves], axis=0)
    if not defined.all() and defined.any():
        low, high = (round(float(end), 1) for end in x[defined][[0, -1]])
        return replace(subject, limits=(low, high))
    places = [kink.at for curve in subject.curves for kink in breaks(curve.slope, 4 * low, 4 * high)]
    if places and len(places) <= 8:
        low, high = min(low, min(places) - 2), max(high, max(places) + 2)
    return replace(subject, limits=(low, high))


def in_view(*curves):
    """Lowest and highest of the values that a picture should show: few that are much larger than the others run out of it."""
    ends = []
    for values in curves:
        values = values[np.isfinite(values)]
        usual = 3 * np.quantile(np.abs(values), 2 / 3) if len(values) else 0
        bound = usual or np.max(np.abs(values), initial=0)
        ends += [max(np.min(values, initial=0), -bound), min(np.max(values, initial=0), bound)]
    low, high = float(min(ends)), float(max(ends))
    margin = 0.06 * (high - low) or 0.06
    return low - margin, high + margin
