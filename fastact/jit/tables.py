"""Constant tables of 8 or 16 entries: in registers where the CPU permutes them, in memory else."""

from llvmlite import ir
from numba.core import cgutils

from .memory import I32, I64, call, same


def features(context):
    """What the CPU that Numba compiles for offers."""
    return {name[1:] for name in context.codegen().magic_tuple()[2].split(",") if name.startswith("+")}


def constant(kind, value):
    if isinstance(value, str):
        value = float("nan") if value == "nan" else float.fromhex(value)
    return ir.Constant(kind, value)


def in_memory(builder, name, kind, values):
    """The table as a constant that the module holds once."""
    symbol = f"fastact.{name}"
    data = builder.module.globals.get(symbol)
    if data is None:
        array = ir.ArrayType(kind, len(values))
        data = cgutils.global_constant(builder, symbol, ir.Constant(array, [constant(kind, value) for value in values]))
    return data


def vector_constant(kind, values):
    return ir.Constant(ir.VectorType(kind, len(values)), [constant(kind, value) for value in values])


def permuted(emitter, kind, values, index):
    """The entries by permutation, None where the CPU or the shape has none."""
    builder, lanes = emitter.builder, emitter.lanes
    single = isinstance(kind, ir.FloatType)
    short = builder.trunc(index, ir.VectorType(I32, lanes))
    if "avx512f" in emitter.features and single and lanes == 16 and len(values) in (8, 16):
        table = vector_constant(kind, values * (16 // len(values)))
        return call(builder, "llvm.x86.avx512.permvar.sf.512", table.type, [table, short])
    if "avx512f" in emitter.features and not single and lanes == 8 and len(values) == 16:
        halves = vector_constant(kind, values[:8]), vector_constant(kind, values[8:])
        return call(builder, "llvm.x86.avx512.vpermi2var.pd.512", halves[0].type, [halves[0], index, halves[1]])
    if "avx512vl" in emitter.features and single and lanes == 8 and len(values) == 16:
        halves = vector_constant(kind, values[:8]), vector_constant(kind, values[8:])
        return call(builder, "llvm.x86.avx512.vpermi2var.ps.256", halves[0].type, [halves[0], short, halves[1]])
    if "avx2" in emitter.features and single and lanes % 8 == 0 and len(values) in (8, 16):
        return in_eights(builder, kind, values, short, lanes)
    return None


def in_eights(builder, kind, values, index, lanes):
    """Eight lanes at a time, from one or two halves of a table."""
    positions, parts = ir.VectorType(I32, 8), []
    eights = [vector_constant(kind, values[k : k + 8]) for k in range(0, len(values), 8)]
    for start in range(0, lanes, 8):
        pattern = ir.Constant(positions, list(range(start, start + 8)))
        part = index if lanes == 8 else builder.shuffle_vector(index, ir.Constant(index.type, ir.Undefined), pattern)
        found = [call(builder, "llvm.x86.avx2.permps", eight.type, [eight, part]) for eight in eights]
        if len(found) == 2:
            upper = builder.icmp_signed("!=", builder.and_(part, ir.Constant(positions, [8] * 8)), ir.Constant(positions, [0] * 8))
            found = [builder.select(upper, found[1], found[0])]
        parts.append(found[0])
    if len(parts) == 1:
        return parts[0]
    return builder.shuffle_vector(*parts, ir.Constant(ir.VectorType(I32, 16), list(range(16))))


def lookup(emitter, name, kind, values, index):
    """Entries of a table; index holds 64-bit positions."""
    builder = emitter.builder
    if emitter.lanes > 1:
        found = permuted(emitter, kind, values, index)
        if found is not None:
            return found
    data, zero = in_memory(builder, name, kind, values), ir.Constant(I64, 0)
    # a branch not taken may ask for anything
    inside = builder.icmp_unsigned("<", index, same(I64, len(values), emitter.lanes))
    index = builder.select(inside, index, same(I64, 0, emitter.lanes))
    if emitter.lanes == 1:
        return builder.load(builder.gep(data, [zero, index], inbounds=True))
    result = ir.Constant(ir.VectorType(kind, emitter.lanes), ir.Undefined)
    for lane in range(emitter.lanes):
        place = builder.extract_element(index, ir.Constant(I32, lane))
        result = builder.insert_element(result, builder.load(builder.gep(data, [zero, place], inbounds=True)), ir.Constant(I32, lane))
    return result
