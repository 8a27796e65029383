"""Programs inside Numba: the C kernels of rows, their loops and all, as tools/graphs/programs.py describes them, in LLVM.

kernel(rows, columns, a, b, out, p): fastact_rows_kernel of the C core, over C-contiguous rows; a is x, or the upstream gradient and b then
x (or y); p points to the parameters as doubles. The operations are the C's, one for one, on vectors of the same 16 lanes that sums run
in everywhere.
"""

from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from . import graphs, memory, tables
from .lowering import TYPES, Emitter
from .memory import I1, I32, I64

POINTER = ir.IntType(8).as_pointer()
RARE = (1, 2000)  # weights of a branch, as compilers have them for what is unlikely


def split(kind):
    """A number's kind and how many of it are in a vector."""
    element, _, lanes = kind.partition("x")
    return element, int(lanes or 1)


def type_of(kind):
    """The LLVM type of a kind."""
    if kind is None:
        return ir.VoidType()
    if kind == "pointer":
        return POINTER
    if isinstance(kind, str):
        element, lanes = split(kind)
        return memory.wide(TYPES[element], lanes)
    if kind[0] == "array":
        return ir.ArrayType(type_of(kind[2]), kind[1])
    return ir.LiteralStructType([type_of(one) for one in kind[1:]])


def as_it_is(module, has_vectors):
    """What tells LLVM to leave a loop alone: those of vectors are vectors and side by side where that pays, and the others are short."""
    settings = [["llvm.loop.vectorize.enable", ir.Constant(I1, 0)]] + [["llvm.loop.unroll.runtime.disable"]] * has_vectors
    options = tuple(module.add_metadata([ir.MetaDataString(module, name), *value]) for name, *value in settings)
    made = module.add_metadata(options)
    made.operands = (made, *options)  # it begins with itself
    return made


class Body:
    """Emits one function of a program."""

    def __init__(self, context, module, program, name):
        self.context, self.module, self.program = context, module, program
        self.described = program["functions"][name]
        arguments = [type_of(kind) for kind in self.described["arguments"]]
        self.function = ir.Function(module, ir.FunctionType(type_of(self.described["result"]), arguments), f"fastact_{name}")
        self.function.linkage = "internal"
        for attribute in ("noinline", "nounwind"):
            self.function.attributes.add(attribute)
        self.builder = ir.IRBuilder(self.function.append_basic_block("entry"))
        self.emitters = {lanes: Emitter(context, self.builder, lanes) for lanes in (1, 2, 4, 8, 16)}
        self.blocks, self.begun, self.made = {}, {}, []  # by label: blocks, and the operations that they begin with

    def run(self):
        for op, kind, *rest in self.described["operations"]:
            how = getattr(self, f"on_{op}", None)
            self.made.append(how(kind, *rest) if how else self.number(op, kind, [self.made[node] for node in rest]))
        return self.function

    def number(self, op, kind, operands):
        """An operation of lowering.py on numbers or vectors."""
        element, lanes = split(kind)
        return self.emitters[lanes].operation(op, element, operands)

    def on_select(self, kind, *operands):
        """Of numbers, pointers or structures."""
        return self.builder.select(*[self.made[node] for node in operands])

    def on_constant(self, kind, value):
        return self.emitters[1].constant(kind, value)

    def on_argument(self, kind, place):
        return self.function.args[place]

    # ---- memory ----

    def at(self, pointer, kind):
        return self.builder.bitcast(self.made[pointer], type_of(kind).as_pointer())

    def plain(self, pointer):
        return self.builder.bitcast(pointer, POINTER)

    def on_slot(self, kind, contents):
        return self.plain(cgutils.alloca_once(self.builder, type_of(contents)))

    def alignment(self, contents):
        """Of vectors that of their elements, as they may begin anywhere; else as LLVM has it."""
        return contents.element.get_abi_alignment(self.context.target_data) if isinstance(contents, ir.VectorType) else None

    def on_load(self, kind, pointer):
        return self.builder.load(self.at(pointer, kind), align=self.alignment(type_of(kind)))

    def on_store(self, _, pointer, value):
        value = self.made[value]
        place = self.builder.bitcast(self.made[pointer], value.type.as_pointer())
        self.builder.store(value, place, align=self.alignment(value.type))

    def on_element(self, _, pointer, index, kind):
        return self.plain(self.builder.gep(self.at(pointer, kind), [self.made[index]]))

    def on_field(self, _, pointer, place, kind):
        zero, place = ir.Constant(I32, 0), ir.Constant(I32, place)
        return self.plain(self.builder.gep(self.at(pointer, kind), [zero, place], inbounds=True))

    def on_table(self, _, name):
        kind, values = self.program["tables"][name]
        return tables.in_memory(self.builder, name, TYPES[kind], values).bitcast(POINTER)

    def on_null(self, _):
        return ir.Constant(POINTER, None)

    def on_given(self, _, pointer):
        return self.builder.icmp_unsigned("!=", self.made[pointer], ir.Constant(POINTER, None))

    def on_zero(self, kind):
        return ir.Constant(type_of(kind), None)

    def on_function(self, _, name):
        """What only operations that the build has resolved refer to."""
        return ir.Constant(POINTER, None)

    on_held = on_tables = on_function

    def on_address(self, _, pointer):
        return self.builder.ptrtoint(self.made[pointer], I64)

    def on_copy(self, _, to, source, count):
        cgutils.raw_memcpy(self.builder, self.made[to], self.made[source], self.made[count], 1)

    def on_prefetch(self, _, pointer):
        numbers = [ir.Constant(I32, value) for value in (0, 3, 1)]  # read, to keep, data
        memory.call(self.builder, "llvm.prefetch.p0", ir.VoidType(), [self.made[pointer], *numbers])

    def first(self, count, lanes):
        """The mask of the first lanes; their number is small."""
        return memory.counted(self.builder, self.builder.trunc(self.made[count], I32), lanes)

    def on_load_part(self, kind, pointer, count, other):
        element, lanes = split(kind)
        return memory.load(self.builder, self.made[pointer], element, lanes, self.first(count, lanes), self.made[other])

    def on_store_part(self, _, pointer, value, count):
        value = self.made[value]
        form = "f64" if value.type.element == TYPES["f64"] else "f32"
        memory.store(self.builder, value, self.made[pointer], form, value.type.count, self.first(count, value.type.count))

    # ---- values of several numbers ----

    def on_aggregate(self, kind, *values):
        made = ir.Constant(type_of(kind), ir.Undefined)
        for place, value in enumerate(values):
            made = self.builder.insert_value(made, self.made[value], place)
        return made

    def on_extract(self, kind, value, place):
        return self.builder.extract_value(self.made[value], place)

    def on_splat(self, kind, value):
        return memory.spread(self.builder, self.made[value], split(kind)[1])

    def on_lane(self, kind, value, place):
        return self.builder.extract_element(self.made[value], ir.Constant(I32, place))

    def on_shuffle(self, kind, a, b, places):
        return self.builder.shuffle_vector(self.made[a], self.made[b], ir.Constant(ir.VectorType(I32, len(places)), places))

    def on_any(self, _, mask):
        bits = ir.IntType(self.made[mask].type.count)
        return self.builder.icmp_unsigned("!=", self.builder.bitcast(self.made[mask], bits), ir.Constant(bits, 0))

    def on_canonical(self, kind, value):
        return memory.canonical(self.builder, self.made[value], split(kind)[1])

    def on_lookup(self, kind, name, index):
        element, lanes = split(kind)
        return tables.lookup(self.emitters[lanes], name, TYPES[element], self.program["tables"][name][1], self.made[index])

    # ---- ways ----

    def on_call(self, kind, name, *arguments):
        return self.builder.call(emitted(self.context, self.module, self.program, name), [self.made[one] for one in arguments])

    def on_call_pointer(self, kind, pointer, *arguments):
        arguments = [self.made[one] for one in arguments]
        function = ir.FunctionType(type_of(kind), [one.type for one in arguments])
        return self.builder.call(self.builder.bitcast(self.made[pointer], function.as_pointer()), arguments)

    def block(self, label):
        if label not in self.blocks:
            self.blocks[label] = self.function.append_basic_block()
        return self.blocks[label]

    def on_label(self, _, label):
        if not self.builder.block.is_terminated:
            self.builder.branch(self.block(label))
        self.begun[label] = len(self.made)
        self.builder.position_at_end(self.block(label))

    def on_jump(self, _, label):
        made = self.builder.branch(self.block(label))
        if label in self.begun:  # a loop
            inside = self.described["operations"][self.begun[label] : len(self.made)]
            made.set_metadata("llvm.loop", as_it_is(self.module, any(isinstance(kind, str) and "x" in kind for _, kind, *_ in inside)))

    def on_branch(self, _, condition, first, second, is_rare):
        made = self.builder.cbranch(self.made[condition], self.block(first), self.block(second))
        if is_rare:
            made.set_weights(RARE)

    def on_return(self, _, value=None):
        if value is None:
            self.builder.ret_void()
        else:
            self.builder.ret(self.made[value])


def emitted(context, module, program, name):
    """A function of a program in a module, made where it is not yet."""
    return module.globals.get(f"fastact_{name}") or Body(context, module, program, name).run()


def run_kernel(path, *arguments):
    """Its type, and what emits a call of the kernel at a path with these arguments."""
    if not hasattr(path, "literal_value"):
        return None

    def generate(context, builder, signature, values):
        name, step, form = path.literal_value.partition("#")[0].split("/")
        program = graphs.function(name)
        builder.call(emitted(context, builder.module, program, program[step][form]), values[1:])
        return context.get_dummy_value()

    return types.void(path, *arguments), generate


@intrinsic(prefer_literal=True)
def run_rows(context, path, rows, columns, a, b, out, p):
    """The kernel of a row-wise function at a path, "softmax/value/f32"."""
    return run_kernel(path, types.int64, types.int64, *[types.voidptr] * 4)


@intrinsic(prefer_literal=True)
def run_task(context, path, task):
    """The kernel of a loss at a path, "huber/task/f32", with what it is told to do."""
    return run_kernel(path, types.voidptr)
