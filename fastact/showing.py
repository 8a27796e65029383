"""What `fastact show` prints of a function, and how `fastact list` writes its call."""

import inspect
import textwrap
from pathlib import Path

import numpy as np

import fastact

from .activations import required, setting
from .advice import ADVICE
from .joint import example_of
from .terminal import table

SPECIAL_POINTS = (-np.inf, -0.0, 0.0, np.inf, np.nan)


def call_of(entry):
    """A call as one writes it: gelu(x), leaky_relu(x, negative_slope=0.01), cross_entropy(logits, labels)."""
    inputs = {"loss": "pred, target", "gated": "x[, other]"}.get(entry.kind, "x")
    made = entry.kind in ("composed", "row_loss", "joint_loss", "composed_loss")  # what they take stands in their signatures
    if made:
        signature = inspect.signature(getattr(fastact, entry.name)).parameters.values()
        inputs = ", ".join(p.name for p in signature if p.default is p.empty)
    learned = entry.kind == "learned"  # no default: how it starts is said apart
    words = "loss" in entry.kind  # may stand for numbers
    settings = "".join(f", {setting(name, None if learned else default, '=', words)}" for name, default in entry.parameters.items())
    return f"{entry.name}({inputs}{settings})"


def _bounds(entry):
    words = {"elementwise": ("value", "derivative"), "gated": ("value", "gradients")}.get(entry.kind, ("result",))
    for dtype, figures in entry.max_ulp.items():
        yield f"{dtype}: " + ", ".join(f"{word} {figure:g} ulp" for word, figure in zip(words, figures))


def _declarations(entry):
    """The lines of the C header about a function, float32 only."""
    header = Path(fastact.get_include(), "fastact.h").read_text(encoding="utf-8")
    text = " ".join(header.split("functions", 1)[-1].split())
    for statement in text.split(";"):
        start = statement.find(f"fastact_status fastact_{entry.name}_")
        name = statement[start:].partition("(")[0]
        if start >= 0 and name.endswith("_f32"):
            rest = name.removeprefix(f"fastact_status fastact_{entry.name}").removesuffix("_f32")
            if rest in (
                "", "_derivative", "_backward", "_backward_from_output", "_value_and_gradient", "_gradient", "_gradient_and_hessian"
            ):
                yield statement[start:] + ";"


def _number(value):
    text = f"{value:.6g}"
    return "-0" if value == 0 and np.signbit(value) else text


def show(entry):
    """Print everything about a function: what it computes, its bounds and advice, special values, and examples in Python and C."""
    function = getattr(fastact, entry.name)
    gradient = "gradient" if "loss" in entry.kind else "derivative" if entry.kind == "elementwise" else "backward"
    print(f"{call_of(entry)}\n")
    print(f"  value       {entry.formula}")
    print(f"  {gradient:<10}  {entry.derivative}")
    if entry.hessian:
        print(f"  hessian     {entry.hessian}")
        if entry.kind == "loss":
            print("  with        z = pred, t = target, d = z - t")
    for name, default in entry.parameters.items():
        print(f"  parameter   {setting(name, default, ' = ', entry.kind == 'loss')}")
    if entry.aliases:
        print(f"  aliases     {', '.join(entry.aliases)}")
    for bound in _bounds(entry):
        print(f"  largest error, {bound}")
    if entry.name in ADVICE:
        for word, text in (("for", ADVICE[entry.name].use), ("mind", ADVICE[entry.name].mind)):
            print(textwrap.fill(text, 100, initial_indent=f"  {word:<10}  ", subsequent_indent=" " * 14))
    if entry.kind == "elementwise":
        points, more = np.array(SPECIAL_POINTS), required(entry.parameters)
        print()
        table(
            ["x", *map(_number, points)],
            [[entry.name, *map(_number, function(points, *more))], ["derivative", *map(_number, function.derivative(points, *more))]],
        )
    print("\nPython")
    for line in _example(entry):
        print(f"  {line}")
    if declarations := list(_declarations(entry)):
        print("\nC")
        for declaration in declarations:
            print(f"  {declaration}")


def _row_arrays(entry):
    """One row of scores, and what it is compared with, under the names that the loss gives them."""
    if entry.kind != "row_loss":
        return None
    names = list(inspect.signature(getattr(fastact, entry.name)).parameters)[:2]
    second = np.array([0]) if "labels" in entry.targets else np.array([[1.0, 0.0, 0.0]], np.float32)
    return dict(zip(names, (np.array([[0.5, 0.25, 0.25]], np.float32), second)))


LEARNED_SIZES = {"xielu": ("0.203", "-1.05")}
_WEIGHT = np.array([[1.0, 0.0, 0.5], [0.0, 1.0, 0.5]], np.float32)
# arrays beside x of functions that are layers, and their call where it takes more than the arrays
LAYERS = {
    **dict.fromkeys(("linear_cross_entropy", "sampled_softmax", "nce"), {"weight": _WEIGHT, "labels": np.array(0)}),
    "adaptive_log_softmax": {"head": _WEIGHT, "down": _WEIGHT[:1], "up": _WEIGHT[:, :1], "labels": np.array(2)},
}
LAYER_CALLS = {"adaptive_log_softmax": "x, head, [(down, up)], labels"}
LAYER_CALLS |= dict.fromkeys(("sampled_softmax", "nce"), "x, weight, labels, num_sampled=2")


def _example(entry):
    """A few lines as typed at the prompt, and what they print: computed here, so it is true."""
    starts = {name: np.array([v], np.float32) for name, v in entry.parameters.items()} if entry.kind == "learned" else {}
    arrays = {
        "loss": {"pred": np.array([0.5, 2.0], np.float32), "target": np.array([1.0, 1.0], np.float32)},
        "learned": {"x": np.array([-1.0, 0.0, 2.0], np.float32), **starts},
        "row_loss": _row_arrays(entry),
        "gated": {"x": np.array([-1.0, 0.5, 2.0, 3.0], np.float32)},
    }.get(entry.kind, {"x": np.array([-1.0, 0.0, 2.0, *[1.0] * ("pieces" in entry.parameters)], np.float32)})
    arrays |= LAYERS.get(entry.name, {})
    if entry.kind in ("joint_loss", "composed_loss"):
        arrays = example_of(entry.name)
    if entry.name == "softmax_segments":
        arrays["lengths"] = np.array([1, 2])
    more = required(entry.parameters) if entry.kind == "elementwise" else ()
    inputs = LAYER_CALLS.get(entry.name) or ", ".join([*arrays, *map(str, more), *LEARNED_SIZES.get(entry.name, ())])
    if entry.kind == "composed" and "rng" in inspect.signature(getattr(fastact, entry.name)).parameters:
        inputs += ", rng=np.random.default_rng(1)"
    calls = [f"fa.{entry.name}({inputs})"]
    if "value_and_gradient" in entry.passes:
        calls.append(f"fa.{entry.name}.value_and_gradient({inputs})")
        calls += [f"fa.{entry.name}.gradient_and_hessian({inputs})"] * bool(entry.hessian)
    elif entry.kind == "elementwise":
        calls.append(f"fa.{entry.name}.derivative({inputs})")
    yield ">>> import numpy as np, fastact as fa"
    for name, array in arrays.items():
        dtype = ", dtype=np.float32" if array.dtype == np.float32 else ""
        yield f">>> {name} = np.array({array.tolist()}{dtype})"
    for call in calls:
        yield f">>> {call}"
        yield from repr(eval(call, {"fa": fastact, "np": np, **arrays})).splitlines()
