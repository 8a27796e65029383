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


VOID = PointerTo("void")


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
