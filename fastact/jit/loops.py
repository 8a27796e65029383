"""The loops of the Numba kernels over contiguous memory, a vector at a time; the signature is that of the C core's kernels.

kernel(n, a, b, out, p): a is x in unary passes and the upstream gradient in backward passes, b is then x (or y); p holds the parameters, or
pointers to an array of each. Of gated functions kernel(n, in, out, p), with pointers to gate and value, or to the gradient and these, and
to one or two outputs. Arrays may be the same, not overlap otherwise. Tails go through the same vectors with masks, so position and
length never change a bit.
"""

from dataclasses import dataclass

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from . import graphs, memory
from .lowering import Emitter
from .memory import I64

FAR = 512  # how many elements wait until their second graph takes them together
SHORT = 60  # graphs of fewer operations run four vectors side by side


def number(value):
    return ir.Constant(I64, value)


@dataclass(frozen=True)
class Arrays:
    """What a loop reads and writes: pointers to elements in one format, and the pointer to the parameters."""

    inputs: tuple
    outputs: tuple
    form: str
    parameters: object
    each: bool  # parameters are pointers to an array of each


@dataclass(frozen=True)
class Loops:
    """Emits loops over arrays into one function."""

    context: object
    builder: object

    def given(self, arrays, at, count, lanes, mask):
        """The arguments of a graph at one element."""
        builder = self.builder
        found = [memory.load(builder, builder.gep(pointer, [at]), arrays.form, lanes, mask) for pointer in arrays.inputs]
        stored, worked = memory.STORED[arrays.form], memory.WORKED[arrays.form]
        for k in range(count):
            if arrays.each:
                place = builder.bitcast(arrays.parameters, stored.as_pointer().as_pointer())
                pointer = builder.load(builder.gep(place, [number(k)]))
                found.append(memory.load(builder, builder.gep(pointer, [at]), arrays.form, lanes, mask))
            else:
                place = builder.bitcast(arrays.parameters, worked.as_pointer())
                found.append(memory.spread(builder, builder.load(builder.gep(place, [number(k)])), lanes))
        return found

    def finish(self, arrays, results, at, lanes, mask):
        """A graph's results as the arrays hold them."""
        worked = memory.wide(memory.WORKED[arrays.form], lanes)
        for result, out in zip(results, arrays.outputs, strict=True):
            result = memory.canonical(self.builder, result, lanes)
            if result.type != worked:
                result = self.builder.fptrunc(result, worked)
            memory.store(self.builder, result, self.builder.gep(out, [at]), arrays.form, lanes, mask)

    def step(self, graph, arrays, count, lanes, at, mask=None):
        """One vector."""
        emitter = Emitter(self.context, self.builder, lanes)
        self.finish(arrays, emitter.graph(graph, self.given(arrays, at, count, lanes, mask)), at, lanes, mask)

    def aligned(self, arrays, n):
        """How many elements come before the first whose place in the (first) output begins a cache line."""
        builder = self.builder
        item = memory.BYTES[arrays.form]
        before = builder.udiv(builder.and_(builder.neg(builder.ptrtoint(arrays.outputs[0], I64)), number(63)), number(item))
        return builder.select(builder.icmp_signed("<", before, n), before, n)

    def split(self, arrays, n, lanes, main, rest, together):
        """main(at) for groups of vectors that are written to whole lines, rest(at, mask) for what is before and behind them."""
        builder, group = self.builder, number(lanes * together)
        head = self.aligned(arrays, n)
        end = builder.sub(n, builder.srem(builder.sub(n, head), group))
        with cgutils.for_range_slice(builder, head, end, group, intp=I64) as (at, _):
            main(at)
        with cgutils.for_range(builder, number(2), intp=I64) as loop:
            second = builder.icmp_signed("==", loop.index, number(1))
            first, last = builder.select(second, end, number(0)), builder.select(second, n, head)
            with cgutils.for_range_slice(builder, first, last, number(lanes), intp=I64) as (at, _):
                rest(at, memory.counted(builder, builder.sub(last, at), lanes))

    def each_vector(self, body, arrays, n, lanes, together=1):
        """body(at, mask) for every vector; the mask is None but for those that are not whole."""

        def main(at):
            for k in range(together):
                body(self.builder.add(at, number(k * lanes)), None)

        self.split(arrays, n, lanes, main, body, together)

    def whole(self, graph, arrays, count, n):
        """Every element through one graph."""
        lanes = graphs.lanes(graph)
        together = 4 if len(graph["operations"]) < SHORT else 1
        self.each_vector(lambda at, mask: self.step(graph, arrays, count, lanes, at, mask), arrays, n, lanes, together)

    def quick(self, kernel, arrays, n):
        """Every element through the quick graph; what it leaves is collected and goes through the whole one, densely."""
        builder, lanes, count = self.builder, graphs.lanes(kernel["quick"]), kernel["parameters"]
        together = 4 if len(kernel["quick"]["operations"]) < SHORT else 1
        ahead = FAR + lanes * together
        stored = memory.STORED[arrays.form]

        def room(kind):
            return cgutils.alloca_once(builder, kind, size=ahead)

        packed, results = (tuple(room(stored) for _ in some) for some in (arrays.inputs, arrays.outputs))
        places = room(I64)
        far = cgutils.alloca_once_value(builder, number(0))

        def answer():
            self.whole(kernel["graph"], Arrays(packed, results, arrays.form, arrays.parameters, False), count, builder.load(far))
            with cgutils.for_range(builder, builder.load(far), intp=I64) as loop:
                place = builder.load(builder.gep(places, [loop.index]))
                for result, out in zip(results, arrays.outputs, strict=True):
                    builder.store(builder.load(builder.gep(result, [loop.index])), builder.gep(out, [place]))
            builder.store(number(0), far)

        def one(at):
            emitter = Emitter(self.context, builder, lanes)
            given = self.given(arrays, at, count, lanes, None)
            *found, outside = emitter.graph(kernel["quick"], given)
            bits = builder.bitcast(outside, ir.IntType(lanes))
            with builder.if_then(builder.icmp_unsigned("!=", bits, ir.Constant(bits.type, 0)), likely=False):
                have = builder.load(far)
                name = {"f32": "f32", "f64": "f64"}.get(arrays.form, "i16")
                for pointer, place in zip(arrays.inputs, packed, strict=True):
                    vector = ir.VectorType(stored, lanes)
                    again = builder.load(builder.bitcast(builder.gep(pointer, [at]), vector.as_pointer()), align=2)
                    memory.compress(builder, again, builder.gep(place, [have]), outside, lanes, name)
                where = builder.add(ir.Constant(ir.VectorType(I64, lanes), list(range(lanes))), memory.spread(builder, at, lanes))
                memory.compress(builder, where, builder.gep(places, [have]), outside, lanes, "i64")
                more = memory.call(builder, f"llvm.ctpop.i{lanes}", bits.type, [bits])
                builder.store(builder.add(have, builder.zext(more, I64)), far)
            self.finish(arrays, found, at, lanes, None)

        def main(at):
            for k in range(together):
                one(builder.add(at, number(k * lanes)))
            with builder.if_then(builder.icmp_signed(">=", builder.load(far), number(FAR)), likely=False):
                answer()

        self.split(arrays, n, lanes, main, lambda at, mask: self.step(kernel["graph"], arrays, count, lanes, at, mask), together)
        answer()

    def is_default(self, arrays, defaults):
        """Whether the parameters of a call are the defaults."""
        place = self.builder.bitcast(arrays.parameters, memory.WORKED[arrays.form].as_pointer())
        same = ir.Constant(memory.I1, 1)
        for k, value in enumerate(defaults):
            found = self.builder.load(self.builder.gep(place, [number(k)]))
            same = self.builder.and_(same, self.builder.fcmp_ordered("==", found, ir.Constant(found.type, value)))
        return same

    def mixed(self, kernel, arrays, n):
        """Parameters of each element: those that are the defaults have the default's bits."""
        lanes, count = 8, len(kernel["defaults"])

        def body(at, mask):
            given = self.given(arrays, at, count, lanes, mask)
            emitter = Emitter(self.context, self.builder, lanes)
            usual = emitter.graph(kernel["default"]["graph"], given[: kernel["arguments"]])[0]
            other = emitter.graph(kernel["other"]["graph"], given)[0]
            other = other if other.type == usual.type else self.builder.fptrunc(other, usual.type)
            chosen = memory.same(memory.I1, 1, lanes)
            for value, found in zip(kernel["defaults"], given[kernel["arguments"] :], strict=True):
                chosen = self.builder.and_(chosen, self.builder.fcmp_ordered("==", found, emitter.constant("f32", value)))
            self.finish(arrays, [self.builder.select(chosen, usual, other)], at, lanes, mask)

        self.each_vector(body, arrays, n, lanes)

    def kernel(self, kernel, arrays, n):
        """The loop for one entry of graphs.py."""
        if "defaults" not in kernel:
            if "quick" in kernel and not arrays.each:
                self.quick(kernel, arrays, n)
            else:
                self.whole(kernel["graph"], arrays, kernel["parameters"], n)
        elif arrays.each:
            self.mixed(kernel, arrays, n)
        else:
            with self.builder.if_else(self.is_default(arrays, kernel["defaults"])) as (usual, other):
                with usual:
                    self.kernel(kernel["default"], arrays, n)
                with other:
                    self.kernel(kernel["other"], arrays, n)


@intrinsic(prefer_literal=True)
def run(context, path, form, each, n, a, b, out, p):
    """The kernel at a path, "gelu/value/f32", over arrays in a format, "f32"; each is 1 where p points to arrays of parameters."""
    if not all(hasattr(kind, "literal_value") for kind in (path, form, each)):
        return None

    def generate(context, builder, signature, values):
        kernel, shape = graphs.find(path.literal_value), form.literal_value
        n, a, b, out, p = values[3:]
        element = memory.STORED[shape].as_pointer()
        inputs = tuple(builder.bitcast(pointer, element) for pointer in (a, b)[: kernel["arguments"]])
        arrays = Arrays(inputs, (builder.bitcast(out, element),), shape, p, bool(each.literal_value))
        Loops(context, builder).kernel(kernel, arrays, n)
        return context.get_dummy_value()

    return types.void(path, form, each, types.int64, *[types.voidptr] * 4), generate


@intrinsic(prefer_literal=True)
def run_gated(context, path, form, n, arrays_in, arrays_out, p):
    """The kernel of a gated function at a path, "glu/backward/f32", over arrays in a format."""
    if not all(hasattr(kind, "literal_value") for kind in (path, form)):
        return None

    def generate(context, builder, signature, values):
        kernel, shape = graphs.find(path.literal_value), form.literal_value
        n, *tables, p = values[2:]
        pointer = memory.STORED[shape].as_pointer()

        def held(table, count):
            table = builder.bitcast(table, pointer.as_pointer())
            return tuple(builder.load(builder.gep(table, [number(k)])) for k in range(count))

        arrays = Arrays(held(tables[0], kernel["arguments"]), held(tables[1], kernel["outputs"]), shape, p, False)
        Loops(context, builder).kernel(kernel, arrays, n)
        return context.get_dummy_value()

    return types.void(path, form, types.int64, *[types.voidptr] * 3), generate
