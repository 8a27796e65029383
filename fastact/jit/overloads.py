"""Elementwise functions, their derivatives and backward passes inside Numba's compiled functions, on numbers and on arrays.

Numba finds this through its entry point. A call on arrays without `out` becomes part of the array expression that it stands in: one loop.
"""

import numpy as np
from numba import types
from numba.core import ir, ir_utils
from numba.core.rewrites import Rewrite, register_rewrite
from numba.core.imputils import lower_getattr_generic
from numba.core.typing.templates import AttributeTemplate, infer_getattr, make_overload_template
from numba.extending import typeof_impl

import fastact as fa

from .. import _core
from . import graphs
from .numbers import evaluate

PASSES = {"value": ("x",), "derivative": ("x",), "backward": ("grad", "x"), "backward_from_output": ("grad", "y")}
NUMBERS = {"f32": np.float32, "f64": np.float64}


def left_out(kind):
    return kind is None or isinstance(kind, (types.Omitted, types.NoneType))


def element(kind):
    return kind.dtype if isinstance(kind, types.Array) else kind


def expression(path, kernel, inputs, parameters, given):
    """The call of a kernel in Python: parameters as {name: default}, of which some are given."""
    kind = "f64" if "/f64" in path else "f32"
    values = [name if name in given else repr(float(default)) for name, default in parameters.items()]
    if "defaults" not in kernel:
        return f"evaluate({path!r}, ({' '.join(f'{kind}({value}),' for value in [*inputs, *values])}))"
    folder, mark, version = path.partition("#")
    default = f"evaluate('{folder}/default{mark}{version}', ({' '.join(f'{kind}({name}),' for name in inputs)}))"
    if not given:
        return default
    number = graphs.number(kernel["other"])
    held = " ".join(f"{number}(f32({value}))," for value in [*inputs, *values])
    other = f"f32(evaluate('{folder}/other{mark}{version}', ({held})))"
    usual = " and ".join(f"f32({name}) == f32({value!r})" for name, value in zip(values, kernel["defaults"], strict=True))
    return f"({default} if {usual} else {other})"


ARRAYS = """
def run({signature}, out=None):
    shape = {shape}
    result = {result}
    {broadcast}
    for index in np.ndindex(shape):
        result[index] = {call}
    return result
"""
FLAT = """
def run({signature}, out=None):
    result = {result}
    flat = result.reshape(-1)
    {flatten}
    for index in range(flat.size):
        flat[index] = {call}
    return result
"""


def implementation(name, step, inputs, parameters, kinds):
    """The Python of one call with arguments of these types, None where Numba has no such call."""
    given = [key for key in parameters if not left_out(kinds[key])]
    numeric = [element(kinds[key]) for key in (*inputs, *given)]
    if not all(isinstance(kind, (types.Float, types.Integer, types.Boolean)) for kind in numeric):
        return None
    single = all(element(kinds[key]) == types.float32 for key in inputs)
    kind = "f32" if single else "f64"
    path = f"{name}/{step}/{kind}"
    call = expression(f"{path}#{graphs.digest(name)}", graphs.find(path), inputs, parameters, given)
    signature = ", ".join([*inputs, *(key if default is None else f"{key}=None" for key, default in parameters.items())])
    arrays = [key for key in (*inputs, *given) if isinstance(kinds[key], types.Array)]
    has_out = not left_out(kinds["out"])
    scope = {"np": np, "evaluate": evaluate, "f32": np.float32, "f64": np.float64, "inf": np.inf}
    if not arrays:
        text = f"def run({signature}, out=None):\n    return {call}\n"
        if has_out:
            return None
    else:
        alike = {(kinds[key].ndim, kinds[key].layout) for key in arrays + ["out"] * has_out}
        flat = len(arrays) == 1 and len(alike) == 1 and alike.pop()[1] == "C"
        shape = f"{arrays[0]}.shape" if len(arrays) == 1 else f"np.broadcast_shapes({', '.join(f'{key}.shape' for key in arrays)})"
        fresh = f"np.empty({shape}, np.{'float32' if single else 'float64'})"
        indexed = call
        for key in arrays:
            indexed = indexed.replace(f"({key})", f"({key}_[index])")
        text = (FLAT if flat else ARRAYS).format(
            signature=signature,
            shape=shape,
            result="out" if has_out else fresh,
            broadcast="; ".join(f"{key}_ = np.broadcast_to({key}, shape)" for key in arrays),
            flatten="; ".join(f"{key}_ = {key}.reshape(-1)" for key in arrays),
            call=indexed,
        )
    exec(text, scope)
    return scope["run"]


def make(name, step, parameters):
    """The overload of one pass of a function."""
    inputs = PASSES[step]
    names = ", ".join([*inputs, *(key if default is None else f"{key}=None" for key, default in parameters.items()), "out=None"])
    scope = {"implementation": lambda kinds: implementation(name, step, inputs, parameters, kinds)}
    keys = ", ".join(f"{key!r}: {key}" for key in (*inputs, *parameters, "out"))
    exec(f"def overloaded({names}):\n    return implementation({{{keys}}})\n", scope)
    return scope["overloaded"]


@infer_getattr
class Passes(AttributeTemplate):
    """fa.gelu.derivative and the like: attributes of the type of fa.gelu."""

    key = types.Function

    def generic_resolve(self, kind, attribute):
        function = getattr(kind, "typing_key", None)
        if attribute in PASSES and is_known(function):
            return self.context.resolve_value_type(getattr(function, attribute))
        return None


@lower_getattr_generic(types.Function)
def _lower_pass(context, builder, kind, value, attribute):
    return context.get_dummy_value()


@register_rewrite("before-inference")
class KeywordCalls(Rewrite):
    """Calls with keywords go to an object of their own: array expressions, which ufuncs become part of, would drop the keywords."""

    def match(self, function, block, types_, calltypes):
        self.block, self.found = block, []
        for at, statement in enumerate(block.body):
            call = getattr(statement, "value", None)
            if isinstance(call, ir.Expr) and call.op == "call" and call.kws:
                target = ir_utils.guard(self.target, function, call.func)
                if target is not None:
                    self.found.append((at, target))
        return bool(self.found)

    @staticmethod
    def target(function, variable):
        """What stands for the ufunc that a variable holds, None for anything else."""
        names = []
        definition = ir_utils.get_definition(function, variable)
        while isinstance(definition, ir.Expr) and definition.op == "getattr":
            names.append(definition.attr)
            definition = ir_utils.get_definition(function, definition.value)
        if not isinstance(definition, (ir.Global, ir.FreeVar)):
            return None
        value = definition.value
        for name in reversed(names):
            value = getattr(value, name)
        return KNOWN[value][1] if is_known(value) else None

    def apply(self):
        block = self.block.copy()
        block.clear()
        targets = dict(self.found)
        for at, statement in enumerate(self.block.body):
            if at in targets:
                place = ir.Var(statement.target.scope, ir_utils.mk_unique_var("$keyword_call"), statement.loc)
                block.append(ir.Assign(ir.Global(targets[at].__name__, targets[at], statement.loc), place, statement.loc))
                call = statement.value
                new = ir.Expr.call(place, call.args, call.kws, call.loc, vararg=call.vararg)
                statement = ir.Assign(new, statement.target, statement.loc)
            block.append(statement)
        return block


def owner(function):
    """(function of the library, pass) of one of its ufuncs, None for anything else."""
    name, _, step = getattr(function, "__name__", "").partition(".")
    step = step or "value"
    if name not in NAMES or step not in PASSES:
        return None
    own = getattr(fa, name)
    return (name, step) if function is (own if step == "value" else getattr(own, step, None)) else None


class Called:
    """Stands for a ufunc in calls with keywords."""

    def __init__(self, name, body):
        self.__name__ = name
        self.type = type_of(self, body)


def type_of(function, body):
    return types.Function(make_overload_template(function, body, OPTIONS, False, "never"))


def standing(function):
    """What a ufunc is in compiled code, made when it is first met: its type, and what stands for it in calls with keywords."""
    if function not in KNOWN:
        place = owner(function)
        if place is None:
            return None
        take(function, *place, _core.row(place[0])["parameters"])
    return KNOWN[function]


def is_known(function):
    return isinstance(function, UFUNC) and standing(function) is not None


NAMES = frozenset(graphs.names())
OPTIONS = {"no_cpython_wrapper": True, "nopython": True}  # what numba.extending.overload compiles with
UFUNC = type(fa.identity)
KNOWN = {}  # ufunc -> its type, and what stands for it in calls with keywords
OWN = set()  # those of users' formulas


def take(function, name, step, parameters):
    body = make(name, step, parameters)
    KNOWN[function] = type_of(function, body), Called(f"{name}_{step}", body)


def add(name, ufuncs):
    """The overloads of a function without parameters that graphs.py knows by that name: pass -> ufunc."""
    for step, function in ufuncs.items():
        take(function, name, step, {})
        OWN.add(function)


def is_own(function):
    """Whether a ufunc was made of a user's formula."""
    return function in OWN


@typeof_impl.register(Called)
def _type_of_called(called, context):
    return called.type


@typeof_impl.register(UFUNC)
def _type_of_ufunc(function, context):
    found = standing(function)
    return found[0] if found else typeof_impl.dispatch(object)(function, context)


def register():
    """What Numba's entry point calls: importing this module was all."""
