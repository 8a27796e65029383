"""Vectors in and out of memory, in the four formats that arrays have: f32, f64, and f16 and bf16, which are worked on as f32."""

from llvmlite import ir

I1, I16, I32, I64 = (ir.IntType(bits) for bits in (1, 16, 32, 64))
STORED = {"f32": ir.FloatType(), "f64": ir.DoubleType(), "f16": I16, "bf16": I16}
WORKED = {"f32": ir.FloatType(), "f64": ir.DoubleType(), "f16": ir.FloatType(), "bf16": ir.FloatType()}
BYTES = {"f32": 4, "f64": 8, "f16": 2, "bf16": 2}


def wide(kind, lanes):
    return kind if lanes == 1 else ir.VectorType(kind, lanes)


def same(kind, value, lanes):
    """A constant in every lane."""
    one = ir.Constant(kind, value)
    return one if lanes == 1 else ir.Constant(ir.VectorType(kind, lanes), [one] * lanes)


def call(builder, name, result, operands):
    """Calls an LLVM intrinsic by its full name."""
    function = builder.module.globals.get(name)
    if function is None:
        function = ir.Function(builder.module, ir.FunctionType(result, [operand.type for operand in operands]), name)
    return builder.call(function, operands)


def spread(builder, number, lanes):
    """A number in every lane."""
    if lanes == 1:
        return number
    vector = ir.VectorType(number.type, lanes)
    first = builder.insert_element(ir.Constant(vector, ir.Undefined), number, ir.Constant(I32, 0))
    return builder.shuffle_vector(first, ir.Constant(vector, ir.Undefined), ir.Constant(ir.VectorType(I32, lanes), [0] * lanes))


def counted(builder, left, lanes):
    """The mask of the first `left` lanes."""
    numbers = ir.Constant(ir.VectorType(left.type, lanes), list(range(lanes)))
    return builder.icmp_signed("<", numbers, spread(builder, left, lanes))


def load(builder, pointer, form, lanes, mask=None, other=None):
    """Elements as the numbers that are worked on; with a mask, `other` or zeros for the others."""
    vector, name = wide(STORED[form], lanes), {"f32": "f32", "f64": "f64"}.get(form, "i16")
    if mask is None:
        found = builder.load(builder.bitcast(pointer, vector.as_pointer()), align=BYTES[form])
    else:
        place = builder.bitcast(pointer, vector.as_pointer())
        other = same(STORED[form], 0, lanes) if other is None else other
        found = call(builder, f"llvm.masked.load.v{lanes}{name}.p0", vector, [place, ir.Constant(I32, BYTES[form]), mask, other])
    if form == "f16":
        return builder.fpext(builder.bitcast(found, wide(ir.HalfType(), lanes)), wide(WORKED[form], lanes))
    if form == "bf16":
        high = builder.shl(builder.zext(found, wide(I32, lanes)), same(I32, 16, lanes))
        return builder.bitcast(high, wide(WORKED[form], lanes))
    return found


def narrowed(builder, value, form, lanes):
    """Numbers in the format of memory, rounded to nearest even; every NaN is the canonical one."""
    if form == "f16":
        return builder.bitcast(builder.fptrunc(value, wide(ir.HalfType(), lanes)), wide(I16, lanes))
    if form == "bf16":
        bits = builder.bitcast(value, wide(I32, lanes))
        odd = builder.and_(builder.lshr(bits, same(I32, 16, lanes)), same(I32, 1, lanes))
        rounded = builder.add(bits, builder.add(odd, same(I32, 0x7FFF, lanes)))
        return builder.trunc(builder.lshr(rounded, same(I32, 16, lanes)), wide(I16, lanes))
    return value


def canonical(builder, value, lanes):
    """Every NaN as the canonical one; told by the bits, as LLVM takes one NaN for another."""
    kind = value.type.element if lanes > 1 else value.type
    single = isinstance(kind, ir.FloatType)
    number, infinity, nan = (I32, 0x7F800000, 0x7FC00000) if single else (I64, 0x7FF0000000000000, 0x7FF8000000000000)
    bits = builder.bitcast(value, wide(number, lanes))
    size = builder.and_(bits, same(number, (1 << number.width - 1) - 1, lanes))
    is_nan = builder.icmp_unsigned(">", size, same(number, infinity, lanes))
    return builder.bitcast(builder.select(is_nan, same(number, nan, lanes), bits), value.type)


def store(builder, value, pointer, form, lanes, mask=None):
    vector, name = wide(STORED[form], lanes), {"f32": "f32", "f64": "f64"}.get(form, "i16")
    value = narrowed(builder, value, form, lanes)
    place = builder.bitcast(pointer, vector.as_pointer())
    if mask is None:
        builder.store(value, place, align=BYTES[form])
    else:
        call(builder, f"llvm.masked.store.v{lanes}{name}.p0", ir.VoidType(), [value, place, ir.Constant(I32, BYTES[form]), mask])


def compress(builder, value, pointer, mask, lanes, name):
    """Stores the lanes that the mask has, one after the other."""
    call(builder, f"llvm.masked.compressstore.v{lanes}{name}", ir.VoidType(), [value, pointer, mask])
