"""The loops of the Numba kernels of pointwise losses: a block, whose sums run in the lanes and the order that C has.

kernel(n, in, out, numbers, sums): pred, target and weight; loss, gradient and Hessian; the scale of gradients, four parameters, the two
parts that float lanes scale slopes by; the sums of losses and of weights, as pairs. fastact_made_loss_kernel in src_c/kernels.h. Arrays may
be the same, not overlap otherwise.
"""

from dataclasses import dataclass

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from . import graphs, memory
from .loops import SHORT, number
from .lowering import TYPES, Emitter
from .memory import I64

# fastact_made_loss_kernel: bits, or one of the last five
VALUE, GRADIENT, HESSIAN, WEIGHTED, STORED, SUM, SUM_AND_SLOPES, SLOPES, LOSSES, LOSSES_AND_SLOPES = 1, 2, 4, 8, 16, 32, 33, 34, 35, 36
EACH = {SLOPES: ("gradient",), LOSSES: ("loss",), LOSSES_AND_SLOPES: ("loss", "gradient")}
ARRAYS = {"pred": 0, "target": 1, "weight": 2}
RESULTS = {"loss": 0, "gradient": 1, "hessian": 2}
PARAMETERS = 4
NUMBERS = ["scale", *(f"parameter{k}" for k in range(PARAMETERS)), "high", "low"]


@dataclass(frozen=True)
class Fold:
    """One kernel: its graphs, what they store, what they add up, and how many elements the lanes of a sum take at a time."""

    kernel: dict
    variant: str
    stored: tuple
    sums: tuple  # names of sums, each one or two numbers
    group: int
    total: str  # how the lanes are joined: an entry of kernels/sums.json

    def lanes_of(self, name):
        """Light losses of floats have half as many lanes for what rounding took."""
        return self.group // 2 if self.total == "product" and name == "sum.low" else self.group


def fold(path, part, block="block"):
    """What a kernel of a loss does; block: or "default", with the default parameters."""
    found, form = graphs.find(path), path.partition("#")[0].rpartition("/")[2]
    if part >= SUM:
        if part in EACH:
            return Fold(found["each"], "plain", EACH[part], (), 16, "")
        stored = () if part == SUM else ("gradient",)
        product = found["lanes"] == "product"
        return Fold(found["sum"], "plain", stored, ("sum.high", "sum.low"), 64 if product else 16, found["lanes"])
    wanted = {"loss": part & STORED, "gradient": part & GRADIENT, "hessian": part & HESSIAN}
    sums = (("sum", "weights") if part & WEIGHTED else ("sum",)) if part & VALUE else ()
    if form == "f64":
        sums = tuple(f"{name}.{half}" for name in sums for half in ("high", "low"))
    stored = tuple(name for name, bit in wanted.items() if bit)
    return Fold(found[block], "weighted" if part & WEIGHTED else "plain", stored, sums, 16, "pairs" if form == "f64" else "doubles")


class Loop:
    """Emits one kernel into a function."""

    def __init__(self, context, builder, fold, form, tables):
        self.context, self.builder, self.fold, self.form = context, builder, fold, form
        names = (*fold.stored, *fold.sums)
        self.whole = graphs.part(fold.kernel["graph"], fold.variant, names)
        self.quick = graphs.part(fold.kernel["quick"], fold.variant, (*names, "rare")) if "quick" in fold.kernel else None
        graph = self.quick or self.whole
        self.lanes = graphs.lanes(graph) if fold.total in ("doubles", "pairs") else 16
        self.kinds = dict(zip(names, (graph["operations"][node][1] for node in graph["outputs"])))
        self.needed = {operation[2] for operation in self.whole["operations"] if operation[0] == "argument"}
        self.short = len(graph["operations"]) < SHORT
        self.steps = fold.group // self.lanes
        pointer = memory.STORED[form].as_pointer()
        arrays_in, arrays_out, numbers = tables
        self.inputs = {name: self.entry(arrays_in, pointer, place) for name, place in ARRAYS.items() if name in self.needed}
        self.outputs = {name: self.entry(arrays_out, pointer, RESULTS[name]) for name in fold.stored}
        self.numbers = {}
        for place, name in enumerate(NUMBERS):
            if name in self.needed:
                value = self.entry(numbers, TYPES["f64"], place)
                value = builder.fptrunc(value, TYPES["f32"]) if name in ("high", "low") else value
                self.numbers[name] = memory.spread(builder, value, self.lanes)
        self.sums = {name: self.zeros(name) for name in fold.sums}

    def entry(self, table, kind, place):
        return self.builder.load(self.builder.gep(self.builder.bitcast(table, kind.as_pointer()), [number(place)]))

    def zeros(self, name):
        """The lanes of a sum: as many vectors as take a group."""
        vector = memory.wide(TYPES[self.kinds[name]], self.lanes)
        steps = self.fold.lanes_of(name) // self.lanes
        lanes = cgutils.alloca_once(self.builder, vector, size=steps)
        for step in range(steps):
            self.builder.store(memory.same(TYPES[self.kinds[name]], 0, self.lanes), self.builder.gep(lanes, [number(step)]))
        return lanes

    def results(self, arguments, mask):
        """What the graphs leave for one vector."""
        builder, emitter = self.builder, Emitter(self.context, self.builder, self.lanes)
        if self.quick is None:
            return emitter.graph(self.whole, arguments)
        *found, rare = emitter.graph(self.quick, arguments)
        rare = rare if mask is None else builder.and_(rare, mask)
        places = [cgutils.alloca_once(builder, value.type) for value in found]
        for value, place in zip(found, places, strict=True):
            builder.store(value, place)
        bits = builder.bitcast(rare, ir.IntType(self.lanes))
        with builder.if_then(builder.icmp_unsigned("!=", bits, ir.Constant(bits.type, 0)), likely=False):
            for value, again, place in zip(found, emitter.graph(self.whole, arguments), places, strict=True):
                builder.store(builder.select(rare, again, value), place)
        return [builder.load(place) for place in places]

    def vector(self, at, step, mask):
        """One vector of elements, which are at those places of a group that the step tells."""
        builder, lanes = self.builder, self.lanes
        arguments = dict(self.numbers)
        for name, pointer in self.inputs.items():
            arguments[name] = memory.load(builder, builder.gep(pointer, [at]), self.form, lanes, mask)
        held = {}
        for name, vectors in self.sums.items():
            places = self.fold.lanes_of(name) // lanes
            held[name] = builder.gep(vectors, [step if places == self.steps else builder.and_(step, number(places - 1))])
        before = {name: builder.load(place) for name, place in held.items()}
        found = dict(zip(self.kinds, self.results({**arguments, **before}, mask)))
        for name, pointer in self.outputs.items():
            value = memory.canonical(builder, found[name], lanes)
            memory.store(builder, value, builder.gep(pointer, [at]), self.form, lanes, mask)
        for name, place in held.items():
            builder.store(found[name] if mask is None else builder.select(mask, found[name], before[name]), place)

    def group(self, at, end=None):
        """The vectors of a group; where there is an end, of what is left of one."""

        def one(step):
            place = self.builder.add(at, self.builder.mul(step, number(self.lanes)))
            mask = None if end is None else memory.counted(self.builder, self.builder.sub(end, place), self.lanes)
            self.vector(place, step, mask)

        if self.short or self.steps == 1:
            for step in range(self.steps):
                one(number(step))
        else:
            with cgutils.for_range(self.builder, number(self.steps), intp=I64) as loop:
                one(loop.index)

    def run(self, n, sums):
        builder, size = self.builder, number(self.fold.group)
        whole = builder.sub(n, builder.srem(n, size))
        with cgutils.for_range_slice(builder, number(0), whole, size, intp=I64) as (at, _):
            self.group(at)
        with builder.if_then(builder.icmp_signed("<", whole, n)):
            self.group(whole, n)
        if self.fold.sums:
            self.join(sums)

    def join(self, sums):
        """The sums of the lanes, to where the caller wants them."""
        builder, graph = self.builder, graphs.find(f"sums/{self.fold.total}")
        halves = {}
        for name, vectors in self.sums.items():
            which, _, half = name.partition(".")
            count = self.fold.lanes_of(name)
            lanes = [builder.load(builder.gep(vectors, [number(step)])) for step in range(count // self.lanes)]
            for k in range(count):
                one = builder.extract_element(lanes[k // self.lanes], ir.Constant(memory.I32, k % self.lanes))
                halves.setdefault(which, {})[f"{half or 'high'}{k}"] = one
        target = builder.bitcast(sums, TYPES["f64"].as_pointer())
        for place, which in enumerate(("sum", "weights")):
            found = [ir.Constant(TYPES["f64"], 0)] * 2
            if which in halves:
                values = Emitter(self.context, builder, 1).graph({**graph, "outputs": list(graph["outputs"].values())}, halves[which])
                found = [*values, ir.Constant(TYPES["f64"], 0)][:2]
            for half, value in enumerate(found):
                builder.store(value, builder.gep(target, [number(2 * place + half)]))


def is_default(builder, numbers, defaults):
    """Whether the parameters of a call are these."""
    same, numbers = ir.Constant(memory.I1, 1), builder.bitcast(numbers, TYPES["f64"].as_pointer())
    for k, value in enumerate(defaults):
        found = builder.load(builder.gep(numbers, [number(NUMBERS.index(f"parameter{k}"))]))
        same = builder.and_(same, builder.fcmp_ordered("==", found, ir.Constant(found.type, float.fromhex(value))))
    return same


@intrinsic(prefer_literal=True)
def run_loss(context, path, part, n, arrays_in, arrays_out, numbers, sums):
    """The kernel of a loss at a path, "huber/f32", that has that number."""
    if not all(hasattr(kind, "literal_value") for kind in (path, part)):
        return None

    def generate(context, builder, signature, values):
        form = path.literal_value.partition("#")[0].rpartition("/")[2]
        n, *tables, sums = values[2:]

        def run(block):
            Loop(context, builder, fold(path.literal_value, part.literal_value, block), form, tables).run(n, sums)

        defaults = graphs.find(path.literal_value).get("defaults")
        if defaults is None or part.literal_value >= SUM:
            run("block")
            return context.get_dummy_value()
        with builder.if_else(is_default(builder, tables[2], defaults)) as (usual, other):
            with usual:
                run("default")
            with other:
                run("block")
        return context.get_dummy_value()

    return types.void(path, part, types.int64, *[types.voidptr] * 4), generate
