"""Kernels of single numbers for Numba code, which LLVM turns into vectors where it makes a loop of them SIMD.

Each becomes a function of its own in the user's module, with variants for whole registers that the loop vectorizer knows by its name: so a
user's loop has the table look-ups in registers that it could not make itself.
"""

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from . import graphs, memory
from .lowering import NUMBA_TYPES, TYPES, Emitter

WIDTHS = {"f32": (8, 16), "f64": (4, 8)}


def body(context, function, kernel, lanes):
    """The result for one vector (or number): the quick graph and, where it leaves something, the whole one."""
    builder = ir.IRBuilder(function.append_basic_block("entry"))
    emitter = Emitter(context, builder, lanes)
    arguments = list(function.args)
    if "quick" not in kernel:
        builder.ret(memory.canonical(builder, emitter.graph(kernel["graph"], arguments)[0], lanes))
        return
    result, outside = emitter.graph(kernel["quick"], arguments)
    place = builder.alloca(result.type)
    builder.store(result, place)
    bits = ir.IntType(lanes)
    some = outside if lanes == 1 else builder.icmp_unsigned("!=", builder.bitcast(outside, bits), ir.Constant(bits, 0))
    with builder.if_then(some, likely=False):
        whole = emitter.graph(kernel["graph"], arguments)[0]
        builder.store(builder.select(outside, whole, result), place)
    builder.ret(memory.canonical(builder, builder.load(place), lanes))


def defined(context, module, path, kind):
    """The function of one number at a path, made once a module."""
    kernel = graphs.find(path)
    name = "fastact_" + path.partition("#")[0].replace("/", "_")
    known = module.globals.get(name)
    if known is not None:
        return known
    count = kernel["arguments"] + kernel.get("parameters", 0)
    variants = []
    for lanes in (1, *WIDTHS[kind]):
        number = memory.wide(TYPES[kind], lanes)
        function = ir.Function(module, ir.FunctionType(number, [number] * count), name if lanes == 1 else f"{name}_{lanes}")
        function.linkage = "linkonce_odr" if lanes == 1 else "weak_odr"
        for attribute in ("noinline", "nounwind", "willreturn", "memory(none)"):
            set.add(function.attributes, attribute)
        body(context, function, kernel, lanes)
        if lanes == 1:
            known = function
        else:
            variants.append(f"_ZGV_LLVM_N{lanes}{'v' * count}_{name}({function.name})")
    set.add(known.attributes, f'"vector-function-abi-variant"="{",".join(variants)}"')
    return known


@intrinsic(prefer_literal=True)
def evaluate(context, path, arguments):
    """The result of the kernel at a path, "gelu/value/f32", for a tuple of numbers."""
    if not isinstance(path, types.StringLiteral):
        return None
    kernel = graphs.find(path.literal_value)
    kind = graphs.number(kernel)
    number = NUMBA_TYPES[kind]

    def generate(context, builder, signature, values):
        function = defined(context, builder.module, path.literal_value, kind)
        return builder.call(function, cgutils.unpack_tuple(builder, values[1]))

    return number(path, types.UniTuple(number, len(arguments))), generate
