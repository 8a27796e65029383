"""The operations of src_c/simd/README.md that the C of one lane does not tell: those of memory, of bits and between lanes.

All others are what simd_scalar.h says of one lane, done to every lane. There are 16 lanes of floats and 8 of doubles.
"""

from .numbers import NUMBERS, Number, Unknown

F32, F64 = 16, 8
VECTORS = {
    "vf": f"float:{F32}", "vi": f"int32_t:{F32}", "mf": f"mask:{F32}", "vd": f"double:{F64}", "vl": f"int64_t:{F64}", "md": f"mask:{F64}",
}  # fmt: skip


# words of these kinds that no kernel of rows has had so far
ABSENT = ("mask_bits", "load_f16", "load_bf16", "store_f16", "store_bf16")


def vector(element, lanes):
    return f"{element}:{lanes}"


class Words:
    """The words as methods of a compiler, with the name of the element's type and the number of lanes before their arguments."""

    def word(self, name, arguments):
        """What a word gives, None for other functions."""
        prefix, _, rest = name.partition("_")
        if name in ("rarely", "prefetch", "memcpy"):
            return getattr(self, name)(*arguments)
        if prefix in ("f32", "f64", "i32") and rest in ABSENT:
            raise Unknown(f"the word {name}")
        if name == "i32_compress_positions":
            return self.compress_positions(*arguments)
        made = {"f32": ("float", F32), "f64": ("double", F64)}.get(prefix)
        method = made and getattr(self, f"word_{rest}", None)
        return method(*made, *arguments) if method else None

    def rarely(self, condition):
        return condition

    def prefetch(self, pointer):
        self.graph.effect("prefetch", None, pointer.node)
        return Number(None, "void")

    # ---- memory ----

    def compress_positions(self, mask, first, pointer):
        """first, first + 1, ... of the lanes that are on, one after the other; the next one always has its place."""
        count = self.number(0, "size_t")
        for k in range(F32):
            self.store(Number(self.element(pointer, count), pointer.ctype), self.arithmetic("+", first, self.number(k, "int")))
            on = Number(self.graph.add("lane", "i1", mask.node, k), "mask")
            count = self.arithmetic("+", count, self.cast(on, "size_t"))
        return count

    def memcpy(self, to, source, count):
        self.graph.effect("copy", None, to.node, source.node, self.cast(count, "size_t").node)
        return Number(None, "void")

    def word_read(self, element, lanes, reader):
        """The next vector of a reader, which is a pointer to where it is."""
        place = self.field(reader, "next")
        at = self.load(place)
        found = self.vector_load(vector(element, lanes), at)
        self.store(place, self.arithmetic("+", at, self.number(lanes, "int")))
        return found

    def vector_load(self, ctype, pointer, count=None, other=None):
        kind = NUMBERS[ctype][0]
        if count is None:
            return Number(self.graph.effect("load", kind, pointer.node), ctype)
        rest = self.cast(other or self.number(0, "int"), ctype).node
        return Number(self.graph.effect("load_part", kind, pointer.node, self.cast(count, "size_t").node, rest), ctype)

    def vector_store(self, pointer, value, count=None):
        if count is None:
            self.graph.effect("store", None, pointer.node, value.node)
        else:
            self.graph.effect("store_part", None, pointer.node, value.node, self.cast(count, "size_t").node)
        return Number(None, "void")

    def word_load(self, element, lanes, pointer):
        return self.vector_load(vector(element, lanes), pointer)

    def word_load_part(self, element, lanes, pointer, count, other=None):
        return self.vector_load(vector(element, lanes), pointer, count, other)

    word_load_part_or = word_load_part

    def word_store(self, element, lanes, pointer, value):
        return self.vector_store(pointer, value)

    word_stream = word_store

    def word_store_part(self, element, lanes, pointer, value, count):
        return self.vector_store(pointer, value, count)

    def word_load_f32(self, element, lanes, pointer, count=None):
        return self.cast(self.vector_load(vector("float", lanes), pointer, count), vector(element, lanes))

    word_load_f32_part = word_load_f32

    def word_store_f32(self, element, lanes, pointer, value, count=None):
        return self.vector_store(pointer, self.cast(value, vector("float", lanes)), count)

    word_store_f32_part = word_store_f32

    # ---- bits ----

    def word_bits(self, element, lanes, value):
        ctype = vector("int32_t" if element == "float" else "int64_t", lanes)
        return Number(self.graph.apply("bitcast", NUMBERS[ctype][0], value.node), ctype)

    def word_from_bits(self, element, lanes, value):
        ctype = vector(element, lanes)
        return Number(self.graph.apply("bitcast", NUMBERS[ctype][0], value.node), ctype)

    def word_mask_any(self, element, lanes, mask):
        return Number(self.graph.apply("any", "i1", mask.node), "int")

    # ---- between lanes ----

    def shuffled(self, a, b, places):
        ctype = vector(a.ctype.partition(":")[0], len(places))
        return Number(self.graph.add("shuffle", NUMBERS[ctype][0], a.node, b.node, tuple(places)), ctype)

    def word_even(self, element, lanes, a, b):
        return self.shuffled(a, b, range(0, 2 * lanes, 2))

    def word_odd(self, element, lanes, a, b):
        return self.shuffled(a, b, range(1, 2 * lanes, 2))

    def word_interleave_low(self, element, lanes, a, b):
        return self.shuffled(a, b, [k // 2 + k % 2 * lanes for k in range(lanes)])

    def word_interleave_high(self, element, lanes, a, b):
        return self.shuffled(a, b, [k // 2 + k % 2 * lanes for k in range(lanes, 2 * lanes)])

    def word_from_f32_low(self, element, lanes, value):
        return self.cast(self.shuffled(value, value, range(lanes)), vector(element, lanes))

    def word_from_f32_high(self, element, lanes, value):
        return self.cast(self.shuffled(value, value, range(lanes, 2 * lanes)), vector(element, lanes))

    def word_from_f64(self, element, lanes, low, high):
        halves = [self.cast(half, vector(element, lanes // 2)) for half in (low, high)]
        return self.shuffled(*halves, range(lanes))

    def reduced(self, value, join):
        """One number of all lanes: the upper half joins the lower until one is left."""
        element, _, lanes = value.ctype.partition(":")
        for half in (8, 4, 2):
            if half < int(lanes):
                value = join(self.shuffled(value, value, range(half)), self.shuffled(value, value, range(half, 2 * half)))
        return join(*[Number(self.graph.add("lane", NUMBERS[element][0], value.node, place), element) for place in (0, 1)])

    def word_reduce_max(self, element, lanes, value):
        return self.reduced(value, lambda a, b: self.select(self.arithmetic(">", a, b).node, a, b))

    def word_reduce_add(self, element, lanes, value):
        return self.reduced(value, lambda a, b: self.arithmetic("+", a, b))

    def word_lookup8(self, element, lanes, table, index, length=8):
        """A table's entries; higher bits of the index do not count."""
        op, _, name = self.graph.operations[table.node]
        kind, values = self.tables[name]
        assert op == "table" and len(values) == length
        place = self.cast(self.arithmetic("&", index, self.number(length - 1, "int")), "int64_t")
        return Number(self.graph.add("lookup", NUMBERS[index.ctype][0].replace("i", "f"), name, place.node), vector(element, lanes))

    def word_lookup16(self, element, lanes, table, index):
        return self.word_lookup8(element, lanes, table, index, 16)
