"""Types of C beside numbers, and what they are in programs."""

from dataclasses import dataclass

from .numbers import NUMBERS


@dataclass(frozen=True)
class PointerTo:
    to: object


@dataclass(frozen=True)
class Array:
    of: object
    length: int


@dataclass(frozen=True)
class Struct:
    fields: tuple  # (name, type)

    def place(self, name):
        return [field for field, _ in self.fields].index(name)


@dataclass(frozen=True)
class Function:
    result: object
    parameters: tuple


VOID = PointerTo("void")
BYTES = {"f32": 4, "f64": 8, "i32": 4, "i64": 8, "i1": 1, "pointer": 8}


def kind_of(ctype):
    """The kind of a type of C's."""
    if isinstance(ctype, PointerTo):
        return "pointer"
    if isinstance(ctype, Array):
        return ("array", ctype.length, kind_of(ctype.of))
    if isinstance(ctype, Struct):
        return ("struct", *[kind_of(one) for _, one in ctype.fields])
    return NUMBERS[ctype][0]


def holds_arrays(ctype):
    return isinstance(ctype, Struct) and any(isinstance(one, Array) or holds_arrays(one) for _, one in ctype.fields)


def members(ctype, name="", at=0):
    """(name, kind, place in bytes) of the numbers and pointers of a structure, as C lays it out; those inside others have dotted names."""
    if isinstance(ctype, Struct):
        for field, one in ctype.fields:
            at = aligned(at, alignment(one))
            yield from members(one, f"{name}.{field}" if name else field, at)
            at += size(one)
    elif isinstance(ctype, Array):
        for k in range(ctype.length):
            yield from members(ctype.of, f"{name}.{k}", at + k * size(ctype.of))
    else:
        yield name, kind_of(ctype), at


def aligned(at, unit):
    return -(-at // unit) * unit


def alignment(ctype):
    if isinstance(ctype, Struct):
        return max(alignment(one) for _, one in ctype.fields)
    return alignment(ctype.of) if isinstance(ctype, Array) else size(ctype)


def size(ctype):
    """In bytes."""
    if isinstance(ctype, Array):
        return ctype.length * size(ctype.of)
    if isinstance(ctype, Struct):
        at = 0
        for _, one in ctype.fields:
            at = aligned(at, alignment(one)) + size(one)
        return aligned(at, alignment(ctype))
    element, _, lanes = kind_of(ctype).partition("x")
    return BYTES[element] * int(lanes or 1)
