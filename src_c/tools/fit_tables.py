"""Fits the 16-segment tables of src_c/math/tables: `python fit_tables.py math/tables [NAME...]` (needs NumPy,
SciPy and mpmath; a few seconds).

Every segment is y = c0 + d (c1 + d (c2 + ...)), d = a - centre, in float32. The centre is searched so that c0 and c1 (and, where a
kernel mirrors the function, 1 - c0 or centre + c0) are floats to within a few hundredths of an ulp. Coefficients are then fitted by
iteratively reweighted least squares in units of the result's ulp, lowest first, each rounded to float32 before the next.
"""
import math
import sys
import textwrap
from pathlib import Path

import mpmath
import numpy as np
from scipy import special

mpmath.mp.dps = 40
float32 = np.float32
K = 1.5957691216057307117597842397375  # 2 sqrt(2 / pi)
K3 = K * 0.044715
SELU = 1.7580993408473768599402175208123  # scale * alpha
QUICK = float(float32(1.702))
STANH_A, STANH_B = float(float32(0.67)), float(float32(1.7159))
SIGMA = float(float32(0.282095))
SEGMENTS = 16


def rounded(x):
    return np.asarray(x).astype(float32).astype(np.float64)


def ulp(y):
    return 2.0 ** (np.floor(np.log2(np.maximum(np.abs(y), 2.0**-126))) - 23)


def logistic(a):
    e = np.exp(-a)
    return e / (1 + e)


def silu_slope(a):
    e = np.exp(-a)
    return e * ((1 - a) + e) / (1 + e) ** 2


def gelu_slope(a):
    return special.ndtr(-a) - a * np.exp(-a * a / 2) * 0.39894228040143267793994605993438


def gelu_tanh_slope(a):
    e = np.exp(-a * (K + K3 * a * a))
    return e * (1 + e - a * (K + 3 * K3 * a * a)) / (1 + e) ** 2


def sigmoid_slope(a):
    e = np.exp(-a)
    return e / (1 + e) ** 2


def tanh_deficit(a):
    """(a - tanh(a)) / a^3 as a function of a^2, from its series where the closed form cancels."""
    s = np.asarray(a, np.longdouble)
    root = np.sqrt(s)
    closed = (root - np.tanh(root)) / np.maximum(s * root, np.longdouble(1e-30))
    series = 1 / np.longdouble(3) - s * (2 / np.longdouble(15) - s * (17 / np.longdouble(315) - s * 62 / np.longdouble(2835)))
    return np.where(s < 1e-3, series, closed).astype(np.float64)


def tanh_shrink_rows():
    """Below 0.75 the polynomial of a^2 above, from there on segments of a - tanh(a) itself."""
    rows = build(lambda a: a - np.tanh(a), 7, bounds_by_octave(0.75, 11.25), window=0.1, at=0.4)
    first = fit_segment(tanh_deficit, 0.0, 0.5625, 0.0, 1 / 3, 6)  # the kernel adds what float32 cannot hold of 1/3
    rows[:4] = [0.0, 0.0, float(float32(1 / 3)), *first]
    return rotate(rows, 0.75)


def log_cosh_share(a):
    """log(cosh(a)) / a, from its series where the closed form cancels."""
    closed = (a + np.log1p(np.exp(-2 * a)) - math.log(2)) / a
    return np.where(a < 0.05, a / 2 - a**3 / 12 + a**5 / 45 - 17 * a**7 / 2520 + 31 * a**9 / 14175, closed)


def lisht_slope(a):
    t = np.tanh(a)
    return t + a * (1 - t) * (1 + t)


def squareplus_share(a):
    """(1 - a / sqrt(a^2 + 4)) / 2"""
    root = np.sqrt(a * a + 4)
    return 2 / (root * (root + a))


def dish_slope(a):
    w = 2 * squareplus_share(2 * a)
    return w * (w * (3 - w) - 1) / 2


def exact_dish_slope(a):
    t = a / mpmath.sqrt(1 + a * a)
    return (1 - 2 * t + t**3) / 2


def mills_ratio(t):
    return special.erfcx(t * math.sqrt(0.5)) / 2


def mish_factor(x):
    n = np.exp(x)
    w = n * (n + 2)
    return w / (w + 2)


def chebyshev_points(low, high, count):
    return low + (high - low) * (1 - np.cos(np.pi * (np.arange(count) + 0.5) / count)) / 2


def fit_segment(f, low, high, centre, c0, degree, base=None, first=None, floor=0.0, powers=None):
    """Coefficients c1 .. c_degree as float32 values; base replaces the constant, first fixes c1, floor bounds the weight, coefficients
    of other powers are 0."""
    a = chebyshev_points(low, high, 200)
    d, y = a - centre, f(a)
    weight = 1 / np.maximum(ulp(y), floor)
    target = y - (c0 if base is None else base(a))
    found = {} if powers is None else {j: 0.0 for j in range(1, degree + 1) if j not in powers}
    if first is not None:
        found[1] = first
    for k in range(1, degree + 1):
        if k in found:
            continue
        open_ = [j for j in range(1, degree + 1) if j not in found]
        matrix = np.stack([d**j for j in open_], 1)
        rest = target - sum((found[j] * d**j for j in found), np.zeros_like(d))
        scale = np.array([np.max(np.abs(d)) ** j for j in open_])
        lawson = np.ones(len(a))
        for _ in range(12 if k <= 2 else 5):
            root = np.sqrt(lawson) * weight
            solution = np.linalg.lstsq((matrix / scale) * root[:, None], rest * root, rcond=None)[0] / scale
            residual = np.abs(matrix @ solution - rest) * weight
            if residual.max() < 1e-12:
                break
            lawson = lawson * (0.05 + residual / residual.max())
            lawson /= lawson.sum()
        found[k] = float(float32(solution[0]))
    return [found[j] for j in range(1, degree + 1)]


def search_centre(f, centre, window, reach, extra):
    """The float32 near centre whose c0, c1 (and extra) round best; reach weighs the error of c1."""
    random = np.random.default_rng(1)
    tried = np.unique(
        np.concatenate([[float32(centre)], (centre + window * (2 * random.random(400000) - 1)).astype(float32)])
    ).astype(np.float64)
    y, h = f(tried), 1e-5 * (1 + abs(centre))
    slope = (f(tried + h) - f(tried - h)) / (2 * h)
    error = np.abs(y - rounded(y)) / ulp(y) + np.abs(slope - rounded(slope)) * reach / ulp(y)
    if extra is not None:
        error = error + extra(tried, y)
    best = np.argmin(error)
    return tried[best], y[best]


def mirrored(centre, y):
    k = 1 - rounded(y)
    return np.abs(k - rounded(k)) / 2.0**-24


def half_mirrored(centre, y):
    return 0.3 * mirrored(centre, y)


def shifted(centre, y):
    k = centre + y
    return np.abs(k - rounded(k)) / ulp(k)


def bounds_by_rounding(linear, end, quadratic=0.0):
    def inverse(v):
        return v / linear if quadratic == 0 else (-linear + np.sqrt(linear * linear + 4 * quadratic * v)) / (2 * quadratic)

    edges = [(inverse(max(i - 0.5, 0)), inverse(i + 0.5)) for i in range(SEGMENTS)]
    edges = [(low, min(high, end)) for low, high in edges if low < end]
    edges[-1] = (edges[-1][0], end)
    return edges


def bounds_by_octave(offset, end):
    edges, u = [], offset
    while u - offset < end:
        width = 2.0 ** np.floor(np.log2(u)) / 4
        upper = np.floor(u / width) * width + width
        edges.append((u - offset, min(upper - offset, end)))
        u = upper
    return edges


def mish_bounds():
    left = [((i - 7.5) / 1.25, (i - 6.5) / 1.25) for i in range(7)]
    right = [((i - 7.5) / 0.92, (i - 6.5) / 0.92) for i in range(8, 16)]
    return [(low, min(high, 9.22)) for low, high in left + [(-0.5 / 1.25, 0.5 / 0.92)] + right]


def build(
    f, degree, bounds, *, origin=None, odd=False, extra=None, window=0.06, at=0.5, at_segment=(), root=None, root_value=None,
    root_slope=None, last_floor=0.0
):
    """Rows centre, c0, c1 ..; origin = (c0, base) fixes the first segment at 0, where odd leaves it its slope and odd powers only; root
    centres a segment on a zero of f, whose c0 is a constant of the kernel with root_slope."""
    rows, lows = [], [(0.0, 0.0)] * SEGMENTS
    for i, (low, high) in enumerate(bounds):
        if i == 0 and origin is not None:
            centre, c0 = 0.0, origin[0]
            powers, first = (range(1, degree + 1, 2), float(float32((f(1e-4) - f(-1e-4)) / 2e-4))) if odd else (None, None)
            rest = fit_segment(f, max(low, 1e-9), high, centre, c0, degree, origin[1], first, powers=powers)
        elif root is not None and low < root < high:
            centre, c0 = float(float32(root)), float(float32(root_value))
            first = None if root_slope is None else float(float32(root_slope))
            rest = fit_segment(f, low, high, centre, c0, degree, first=root_slope, floor=1e-11)
            if first is not None:
                lows[i] = c0, float(float32(root_slope - first))
                rest[0], c0 = first, 0.0  # c0, and what float32 cannot hold of c1, are constants of the kernel
        else:
            share = dict(at_segment).get(i, at)
            reach = (high - low) / 2
            centre, y = search_centre(f, low + share * (high - low), reach * window, reach, extra)
            c0 = float(float32(y))
            rest = fit_segment(f, low, high, centre, c0, degree, floor=last_floor if i == SEGMENTS - 1 else 0.0)
        rows.append([centre, c0, *rest])
    rows += [rows[-1]] * (SEGMENTS - len(rows))
    if odd and root_slope is not None:  # where a kernel takes those constants from the table
        rows = [[*row, low, rest] for row, (low, rest) in zip(rows, lows)]
    return np.array(rows)


def rotate(rows, offset):
    """Rows into the order in which the bits of a + offset index them."""
    return np.roll(rows, (int(np.array([offset], dtype=float32).view(np.uint32)[0]) >> 21) & 15, axis=0)


def root_of(f, guess):
    root = float(mpmath.findroot(f, guess))
    at = mpmath.mpf(float(float32(root)))
    return {"root": root, "root_value": float(f(at)), "root_slope": float(mpmath.diff(f, at))}


def exact_gelu_slope(a):
    return mpmath.ncdf(-a) - a * mpmath.npdf(a)


def exact_gelu_tanh_slope(a):
    k = 2 * mpmath.sqrt(2 / mpmath.pi)
    k3 = k * mpmath.mpf(44715) / 10**6
    e = mpmath.e ** (-(a * (k + k3 * a * a)))
    return e * (1 + e - a * (k + 3 * k3 * a * a)) / (1 + e) ** 2


def exact_quick_gelu_slope(a):
    a = a * mpmath.mpf(QUICK)
    e = mpmath.e ** -a
    return e * (1 - a + e) / (1 + e) ** 2


def identity(a):
    return a


SILU_ROOT = 1.27846454276107379
QUICK_ROOT = SILU_ROOT / QUICK
TABLES = {
    "sigmoid": lambda: build(logistic, 6, bounds_by_rounding(1.6, 9.6875), origin=(0.5, None), odd=True, extra=mirrored),
    "sigmoid_derivative": lambda: build(sigmoid_slope, 6, bounds_by_rounding(1.6, 9.6875)),
    "softplus": lambda: build(lambda a: np.log1p(np.exp(-a)), 6, bounds_by_rounding(1.6, 9.6875), extra=shifted),
    "tanh": lambda: rotate(build(np.tanh, 6, bounds_by_octave(0.625, 9.0125), origin=(0.0, identity), window=0.1), 0.625),
    "log_cosh": lambda: rotate(build(log_cosh_share, 6, bounds_by_octave(0.625, 9.0125), origin=(0.0, lambda a: a / 2), window=0.1), 0.625),
    "expm1": lambda: rotate(build(lambda a: -np.expm1(-a), 6, bounds_by_octave(1.5, 17.4), origin=(0.0, identity), window=0.1), 1.5),
    "selu": lambda: rotate(build(lambda a: -SELU * np.expm1(-a), 6, bounds_by_octave(1.5, 20), origin=(0.0, lambda a: 2 * a), window=0.1),
        1.5),
    "silu_derivative": lambda: build(silu_slope, 7, bounds_by_rounding(1.6, 9.6875), origin=(0.5, None), odd=True, extra=mirrored,
        at_segment=[(1, 0.7)],
                                     root=SILU_ROOT, root_value=silu_slope(np.float64(float32(SILU_ROOT)))),
    "quick_gelu": lambda: build(lambda a: logistic(QUICK * a), 6, bounds_by_rounding(1.6 * QUICK, 5.6875), origin=(0.5, None), odd=True,
        extra=mirrored),
    "quick_gelu_derivative": lambda: build(lambda a: silu_slope(QUICK * a), 7, bounds_by_rounding(1.75 * QUICK, 5.2025),
                                           origin=(0.5, None), odd=True, extra=mirrored, at_segment=[(1, 0.6), (3, 0.3)],
                                           **root_of(exact_quick_gelu_slope, QUICK_ROOT)),
    "scaled_tanh": lambda: rotate(build(lambda a: STANH_B * np.tanh(STANH_A * a), 6, bounds_by_octave(1.0, 13.5), window=0.1,
                                        origin=(0.0, identity)), 1.0),
    "scaled_tanh_derivative": lambda: build(lambda a: 4 * STANH_A * STANH_B * sigmoid_slope(2 * STANH_A * a), 6,
                                            bounds_by_rounding(3.2 * STANH_A, 7.2265625)),
    "gelu": lambda: build(lambda a: special.ndtr(-a), 7, bounds_by_rounding(0.7, 6.0, 0.3133), origin=(0.5, None), odd=True,
                          extra=half_mirrored, window=0.02, at=0.65),
    "gelu_tanh": lambda: build(lambda a: logistic(a * (K + K3 * a * a)), 7, bounds_by_rounding(0.6, 5.2, 0.4578), origin=(0.5, None),
                               odd=True, extra=half_mirrored, window=0.07, at=0.62),
    "gelu_derivative": lambda: build(gelu_slope, 7, bounds_by_rounding(2.45, 6.12, 0.0643), origin=(0.5, None), odd=True, extra=mirrored,
                                     window=0.1, at=0.6, at_segment=[(1, 0.6), (15, 0.5)], last_floor=2.0**-27,
                                     **root_of(exact_gelu_slope, 0.7518)),
    "gelu_tanh_derivative": lambda: build(gelu_tanh_slope, 7, bounds_by_rounding(2.45, 5.62, 0.1181), origin=(0.5, None), odd=True,
                                          extra=mirrored, window=0.1, at=0.65, at_segment=[(1, 0.6), (15, 0.5)], last_floor=2.0**-27,
                                          **root_of(exact_gelu_tanh_slope, 0.75246)),
    "tanh_shrink": tanh_shrink_rows,
    "lisht_derivative": lambda: rotate(build(lisht_slope, 6, bounds_by_octave(0.75, 11.25), origin=(0.0, lambda a: 2 * a),
                                             at_segment=[(1, 0.35), (2, 0.3)], window=0.1), 0.75),
    "squareplus_derivative": lambda: rotate(build(squareplus_share, 7, bounds_by_octave(1.0, 15.0), origin=(0.5, None), extra=mirrored),
        1.0),
    "dish_derivative": lambda: rotate(build(dish_slope, 7, bounds_by_octave(0.34375, 4.65625), origin=(0.5, None), extra=mirrored,
                                            at_segment=[(6, 0.7), (8, 0.25)], **root_of(exact_dish_slope, 0.786)), 0.34375),
    "laplace": lambda: rotate(build(lambda s: mills_ratio(s / SIGMA), 6, bounds_by_octave(0.3125, 4.6875), origin=(0.5, None)), 0.3125),
    "mish": lambda: build(mish_factor, 7, mish_bounds(), window=0.1, at=0.48),
}


DESCRIPTIONS = {
    "sigmoid": ("1 / (1 + exp(a))", "segment i holds a with round(1.6 a) = i"),
    "sigmoid_derivative": ("exp(-a) / (1 + exp(-a))^2", "segment i holds a with round(1.6 a) = i"),
    "softplus": ("log1p(exp(-a))", "segment i holds a with round(1.6 a) = i"),
    "tanh": ("tanh(a)", "segment = bits 21..24 of a + 0.625: four per octave"),
    "log_cosh": ("log(cosh(a)) / a", "segment = bits 21..24 of a + 0.625: four per octave; the first has a / 2 taken off"),
    "expm1": ("1 - exp(-a)", "segment = bits 21..24 of a + 1.5: four per octave"),
    "selu": ("1.7580993408 (1 - exp(-a))", "segment = bits 21..24 of a + 1.5: four per octave; the first has 2 a taken off"),
    "silu_derivative": ("silu'(-a)", "segment i holds a with round(1.6 a) = i; segment 2 is centred on the root"),
    "quick_gelu": ("1 / (1 + exp(1.702 a))", "segment i holds a with round(2.7232 a) = i"),
    "quick_gelu_derivative": ("quick_gelu'(-a)", "segment i holds a with round(2.9785 a) = i; segment 2 is centred on the root"),
    "scaled_tanh": ("1.7159 tanh(0.67 a)", "segment = bits 21..24 of a + 1: four per octave"),
    "scaled_tanh_derivative": ("1.7159 * 0.67 (1 - tanh(0.67 a)^2)", "segment i holds a with round(2.144 a) = i"),
    "gelu": ("Phi(-a)", "segment i holds a with round(a (0.3133 a + 0.7)) = i"),
    "gelu_tanh": ("sigmoid(-2 u(a))", "segment i holds a with round(a (0.4578 a + 0.6)) = i"),
    "gelu_derivative": ("gelu'(-a)", "segment i holds a with round(a (0.0643 a + 2.45)) = i; segment 2 is centred on the root"),
    "gelu_tanh_derivative": ("gelu_tanh'(-a)", "segment i holds a with round(a (0.1181 a + 2.45)) = i; segment 2 is centred on the root"),
    "tanh_shrink": (
        "a - tanh(a)", "segment = bits 21..24 of a + 0.75: four per octave; below a = 0.75 1/3 + .. in powers of a^2, times a^3"
    ),
    "lisht_derivative": ("lisht'(a)", "segment = bits 21..24 of a + 0.75: four per octave"),
    "squareplus_derivative": ("(1 - a / sqrt(a^2 + 4)) / 2", "segment = bits 21..24 of a + 1: four per octave"),
    "dish_derivative": ("dish'(-a)", "segment = bits 21..24 of a + 0.34375: four per octave; segment 12 is centred on the root"),
    "laplace": ("e^(t^2 / 2) Phi(-t), t = a / 0.282095", "segment = bits 21..24 of a + 0.3125: four per octave"),
    "mish": ("tanh(softplus(x))", "segment = round(min(x, 9.2) 0.92 + 0.33 min(x, 0)) + 7"),
}

HEADER = """/* {formula}: 16 segments, {index}.
 * Row 0 the centres, row 1 c0, then c1 .. c{degree} of c0 + d (c1 + d (c2 + ...)), d = a - centre. Centres are chosen so that c0 and c1
 * are floats to within about 0.02 ulp; written by tools/fit_tables.py.{lows} */
#ifndef FASTACT_TABLE_{guard}_H
#define FASTACT_TABLE_{guard}_H
enum {{ {degrees} }};
static const float {name}_table[{count}][16] ALIGNED(64) = {{
{rows}}};
{halves}#endif
"""
ROOT_LOWS = """
 * The last two rows: c0 of the root's segment, which stands as 0 above, and what a float cannot hold of its c1."""
HALVES = """#ifdef HAS_LOOKUP32
static const float {name}_halves[{count}][32] ALIGNED(64) = {{
{rows}}};
#endif
"""
MOST_ROWS = 9  # of centres and coefficients; more hold the root's constants


def literal(value):
    mantissa, exponent = float(value).hex().split("p")
    mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa and float(value) else "0x0"
    return f"{mantissa}p{exponent}f"


def halves(rows):
    """Both halves of a function F with F(-x) = 1 - F(x), from segments of F(-a): entry i for x >= 0, entry 32 - i for x < 0, in powers
    of x - centre. No entry has index 16; segment 0 is odd but for 1/2, and serves both."""
    rising, falling = -rows, rows.copy()
    rising[:, 0], rising[:, 1], falling[:, 0] = rows[:, 0], rounded(1 - rows[:, 1]), -rows[:, 0]
    falling[:, 1:] = rows[:, 1:] * (-1.0) ** np.arange(rows.shape[1] - 1)
    return np.concatenate([rising, falling[-1:], falling[:0:-1]])


def is_mirrored(rows):
    """Whether segment 0 is odd but for 1/2."""
    return rows[0, 0] == 0 and rows[0, 1] == 0.5 and not rows[0, 3::2].any()


def literals(rows):
    width = {"width": 140, "initial_indent": "    ", "subsequent_indent": "     ", "break_on_hyphens": False}
    return "".join(textwrap.fill("{" + ", ".join(map(literal, column)) + "},", **width) + "\n" for column in rows.T)


def header(name, rows):
    (formula, index), count = DESCRIPTIONS[name], rows.shape[1]
    both = HALVES.format(name=name, count=count, rows=literals(halves(rows))) if is_mirrored(rows) else ""
    lows, degree = (ROOT_LOWS, count - 4) if count > MOST_ROWS else ("", count - 2)
    degrees = f"{name}_degree = {degree}" + (f", {name}_last = {count - 2}" if lows else "")
    return HEADER.format(
        formula=formula, index=index, guard=name.upper(), name=name, lows=lows, degrees=degrees, degree=degree, count=count,
        rows=literals(rows), halves=both,
    )


def main():
    folder, names = Path(sys.argv[1]), sys.argv[2:] or TABLES
    for name in names:
        (folder / f"{name}.h").write_text(header(name, TABLES[name]()))
        print(name)


if __name__ == "__main__":
    main()
