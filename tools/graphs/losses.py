"""The graphs of pointwise losses: what the loops of C do to one element, with the sums that it joins.

A loss has up to three: "block" of its value and derivatives, in doubles or pairs of doubles, and of floats "sum" and "each" in float
lanes. Their arguments and outputs have names: pred, target, weight, scale, high and low (of the slopes' scale), parameter0 and so on; loss,
gradient, hessian and the sums, which are arguments too. Where the default parameters leave out much of a block, there is one with them alone,
"default". kernels/sums.json tells how the lanes of a sum are joined.
"""

import numpy as np

from . import evaluate, graph

WANTED = 1 | 2 | 4  # value, gradient, Hessian
LANES = 16
MUCH = 0.9


class Step:
    """A graph in the making: a run of C that leaves named numbers."""

    def __init__(self, program, made, usual=False):
        self.made, self.state = made, evaluate.State({})
        self.evaluator = evaluate.Evaluator(program, made)
        self.evaluator.rare = made.constant(0, "i1") if usual else None

    def argument(self, name, ctype):
        return evaluate.Number(self.made.argument(name, evaluate.NUMBERS[ctype][0]), ctype)

    def number(self, value, ctype="int"):
        return self.evaluator.number(value, ctype)

    def held(self, value):
        return evaluate.Pointer(self.evaluator.new(self.state, value).object)

    def array(self, *values):
        return evaluate.Pointer(self.held(values).object, (0,))

    def call(self, name, *arguments):
        return self.evaluator.call(self.state, name, list(arguments))

    def at(self, pointer):
        return self.evaluator.load(self.state, pointer)

    def outputs(self, **found):
        """The nodes of named results, with that of what is rare."""
        nodes = {name: number.node for name, number in found.items()}
        return nodes if self.evaluator.rare is None else {**nodes, "rare": self.evaluator.rare}


def parameters(step, count):
    return [step.argument(f"parameter{k}", "double") for k in range(count)]


def sums(step, name, pairs):
    """A sum as an argument: of doubles, or of pairs."""
    if not pairs:
        return step.argument(name, "double")
    return {"high": step.argument(f"{name}.high", "double"), "low": step.argument(f"{name}.low", "double")}


def named(name, value):
    return {f"{name}.{part}": number for part, number in value.items()} if isinstance(value, dict) else {name: value}


def block(program, made, name, dtype, values, weighted, usual):
    """values: the parameters, or how many arguments they are."""
    step, pairs = Step(program, made, usual), dtype == "f64"
    ctype, arithmetic = ("double", "f64") if pairs else ("float", "wide")
    outs = {which: step.array(step.number(0, ctype)) for which in ("loss", "gradient", "hessian")}
    ins = {which: step.array(step.argument(which, ctype)) for which in ("pred", "target", "weight")}
    arrays = step.held({**ins, **outs, "weight": ins["weight"] if weighted else None, "scale": step.argument("scale", "double")})
    total, weights = step.held(sums(step, "sum", pairs)), step.held(sums(step, "weights", pairs))
    given = parameters(step, values) if isinstance(values, int) else [step.number(value, "double") for value in values]
    numbers, loss = step.array(*given), evaluate.Function(f"{name}_loss_{arithmetic}")
    one, none = step.number(1, "size_t"), step.number(0, "size_t")
    step.call(f"{arithmetic}_loss_step", arrays, none, one, step.number(WANTED), numbers, loss, total, weights)
    found = {which: step.at(out) for which, out in outs.items()}
    return step.outputs(**found, **named("sum", step.at(total)), **(named("weights", step.at(weights)) if weighted else {}))


def float_task(step, count):
    """f32_loss_task"""
    exact = parameters(step, count)
    narrow = [step.evaluator.cast(number, "float") for number in exact]
    return step.held({
        "high": step.argument("high", "float"), "low": step.argument("low", "float"), "parameter": tuple(narrow),
        "scale": step.argument("scale", "double"), "wide_parameter": tuple(exact),
    })  # fmt: skip


def float_arrays(step):
    return [step.array(step.argument(which, "float")) for which in ("pred", "target")] + [step.array(step.number(0, "float"))]


def product_sum(program, made, name, count, usual):
    step = Step(program, made, usual)
    pred, target, gradient = float_arrays(step)
    high, low = (step.held(step.argument(f"sum.{which}", "float")) for which in ("high", "low"))
    product = float_task(step, count), evaluate.Function(f"{name}_product")
    whole, stream = step.number(1, "size_t"), step.number(0)
    step.call("f32_loss_add", step.at(pred), step.at(target), gradient, whole, stream, *product, high, low)
    return step.outputs(**{"gradient": step.at(gradient), "sum.high": step.at(high), "sum.low": step.at(low)})


def terms_sum(program, made, name, count, usual):
    step = Step(program, made, usual)
    pred, target, gradient = float_arrays(step)
    high, low = step.held(step.argument("sum.high", "double")), step.held(step.argument("sum.low", "float"))
    terms, wide = evaluate.Function(f"{name}_terms"), evaluate.Function(f"{name}_loss_wide")
    one = step.number(1, "size_t")
    apart = sum(program.enums[name] for name in ("MAY_BE_OUTSIDE", "MAY_BE_CLOSE"))
    ends = float_task(step, count), terms, step.number(apart), wide, high, low, None, step.number(0, "size_t")
    step.call("f32_terms_step", pred, target, gradient, one, *ends)
    return step.outputs(**{"gradient": step.at(gradient), "sum.high": step.at(high), "sum.low": step.at(low)})


def each(program, made, name, count, usual):
    step = Step(program, made, usual)
    pred, target, gradient = float_arrays(step)
    loss = step.array(step.number(0, "float"))
    step.call(f"{name}_each_f32", pred, target, loss, gradient, step.number(1, "size_t"), float_task(step, count))
    return step.outputs(loss=step.at(loss), gradient=step.at(gradient))


def graphs(run, *variants):
    """The graph of each variant and, where there is a usual way, that graph; both with one set of operations."""
    found = {}
    for which, usual in (("graph", False), ("quick", True)):
        made = graph.Graph()
        outputs = {name: run(made, *arguments, usual) for name, arguments in variants}
        if usual and all(made.value(nodes["rare"]) == 0 for nodes in outputs.values()):
            continue
        places = [(variant, key) for variant, nodes in outputs.items() for key in nodes]
        operations, numbers = made.reachable([outputs[variant][key] for variant, key in places])
        tables = {operation[2] for operation in operations if operation[0] == "lookup"}
        kept = {variant: {} for variant in outputs}
        for (variant, key), number in zip(places, numbers, strict=True):
            kept[variant][key] = number
        found[which] = {"operations": operations, "outputs": kept, "tables": {name: made.tables[name] for name in sorted(tables)}}
    return found


def size(block):
    return len(block.get("quick", block["graph"])["operations"])


def blocks(program, name, dtype, defaults):
    def of(values):
        weights = ("plain", (False,)), ("weighted", (True,))
        return graphs(lambda made, weighted, usual: block(program, made, name, dtype, values, weighted, usual), *weights)

    made = {"block": of(len(defaults))}
    if defaults and None not in defaults:
        values = [float(np.float32(value)) if dtype == "f32" else value for value in defaults]
        default = of(values)
        if size(default) < MUCH * size(made["block"]):
            made |= {"default": default, "defaults": [value.hex() for value in values]}
    return made


def loss(program, name, defaults):
    """Every graph of a loss; defaults of its parameters, None where there is none."""
    count = len(defaults)
    made = {dtype: blocks(program, name, dtype, defaults) for dtype in ("f32", "f64")}
    if f"{name}_each_f32" in program.functions:
        kind, run = ("product", product_sum) if f"{name}_product" in program.functions else ("terms", terms_sum)
        made["f32"]["sum"] = graphs(lambda made, usual: run(program, made, name, count, usual), ("plain", ()))
        made["f32"]["each"] = graphs(lambda made, usual: each(program, made, name, count, usual), ("plain", ()))
        made["f32"]["lanes"] = kind
    return {**made, "parameters": count}


def total(program, kind):
    """How the lanes of a sum are joined: arguments are the lanes in order, for pairs those of the high and then of the low parts."""
    made = graph.Graph()
    step = Step(program, made)

    def lanes(name, ctype, count=LANES, first=0):
        return tuple(step.argument(f"{name}{first + k}", ctype) for k in range(count))

    if kind == "pairs":
        pair = [{"high": high, "low": low} for high, low in zip(lanes("high", "double"), lanes("low", "double"))]
        result = step.call("f64_pair_lanes_sum", step.held({"lane": tuple(pair)}), step.number(0, "double"))
        outputs = {"high": result["high"].node, "low": result["low"].node}
    else:
        if kind == "product":
            group, sum_ = program.enums["LOSS_GROUP"], step.call("f64_lanes_set", step.number(0, "double"))
            for name, count in (("high", group), ("low", group // 2)):
                for first in range(0, count, LANES):
                    sum_ = step.call("f64_lanes_add", sum_, step.call("f64_lanes_of", {"lane": lanes(name, "float", LANES, first)}))
        elif kind == "terms":
            low = step.call("f64_lanes_of", {"lane": lanes("low", "float")})
            sum_ = step.call("f64_lanes_add", {"lane": lanes("high", "double")}, low)
        else:
            sum_ = {"lane": lanes("high", "double")}
        outputs = {"high": step.call("f64_lanes_sum", sum_).node}
    operations, numbers = made.reachable(list(outputs.values()))
    return {"operations": operations, "outputs": dict(zip(outputs, numbers)), "tables": {}}


def totals(program):
    return {kind: total(program, kind) for kind in ("doubles", "pairs", "product", "terms")}
