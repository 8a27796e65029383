"""Formulas of one array: traced from Python, differentiated, and put together as operation graphs.

A formula is run once with an Expression in place of the array. What it computes is what NumPy would: one operation after the other in the
array's own type, functions with fastact's bits. exp, log, tanh, sqrt, square and the like of NumPy stand for fastact's functions.
"""

import math

import numpy as np

import fastact as fa

from . import graphs

OPERATORS = {"add": "+", "subtract": "-", "multiply": "*", "divide": "/"}
OPERATIONS = {"add": "add", "subtract": "sub", "multiply": "mul", "divide": "div"}
COMPARISONS = {"less": "lt", "less_equal": "le", "greater": "gt", "greater_equal": "ge", "equal": "eq", "not_equal": "ne"}
SIGNS = {"less": "<", "less_equal": "<=", "greater": ">", "greater_equal": ">=", "equal": "==", "not_equal": "!="}
NUMPY = {np.exp: "exponential", np.log: "log", np.tanh: "tanh", np.sqrt: "sqrt", np.square: "square", np.absolute: "abs"}


class Expression(np.lib.mixins.NDArrayOperatorsMixin):
    """A value of a formula: what is done (a string, or a function of fastact), to which values, with which parameters."""

    def __init__(self, does, operands=(), parameters=(), step="value"):
        self.does, self.operands, self.parameters, self.step = does, operands, tuple(parameters), step
        self.key = (does, step, self.parameters, tuple(operand.key for operand in operands))

    def __array_ufunc__(self, ufunc, method, *inputs, **keywords):
        if method != "__call__" or keywords:
            raise TypeError(f"activation: {ufunc.__name__} with {method if not keywords else ', '.join(keywords)} is not part of a formula")
        return called(ufunc, inputs)

    def __array_function__(self, function, types, arguments, keywords):
        if function is np.where and len(arguments) == 3 and not keywords:
            return Expression("where", tuple(map(expression, arguments)))
        raise TypeError(f"activation: {function.__name__} is not part of a formula")

    def __bool__(self):
        raise TypeError("activation: a formula cannot branch on its array; np.where(condition, a, b) can")

    def __str__(self):
        texts = [str(operand) for operand in self.operands]
        if self.does == "x":
            return "x"
        if self.does == "constant":
            return f"{self.parameters[0]:g}"
        if self.does in OPERATORS or self.does in SIGNS:
            return f"({texts[0]} {(OPERATORS | SIGNS)[self.does]} {texts[1]})"
        name = self.does if self.step == "value" else f"{self.does}.{self.step}"
        return f"{name}({', '.join(texts + [f'{value:g}' for value in self.parameters])})"


def constant(value):
    return Expression("constant", parameters=(float(value),))


def expression(value):
    if isinstance(value, Expression):
        return value
    if isinstance(value, (bool, int, float, np.number, np.bool_)):
        return constant(value)
    raise TypeError(f"activation: {value!r} in a formula; numbers and what is made of its array are accepted")


def called(ufunc, inputs):
    """A call of a ufunc, NumPy's or fastact's."""
    name = ufunc.__name__
    operands = tuple(map(expression, inputs[:2]))
    if name in OPERATORS or name in COMPARISONS or name in ("maximum", "minimum"):
        return Expression(name, operands)
    if ufunc is np.negative:
        return Expression("negative", operands)
    if ufunc is np.positive:
        return operands[0]
    if ufunc is np.reciprocal:
        return Expression("divide", (constant(1), operands[0]))
    if ufunc in (np.power, np.float_power):
        return power(*operands)
    own, _, step = name.partition(".")
    if ufunc in NUMPY:
        return Expression(NUMPY[ufunc], operands)
    if own in graphs.names() and getattr(fa, own) is ufunc or step == "derivative" and getattr(fa, own).derivative is ufunc:
        return Expression(own, operands[:1], map(float, inputs[1:]), step or "value")  # the call filled in the defaults
    accepted = ", ".join(["arithmetic, comparisons, np.where", *(function.__name__ for function in NUMPY)])
    raise TypeError(f"activation: {name} is not part of a formula; {accepted} and fastact's elementwise functions and derivatives are")


def power(base, exponent):
    if exponent.does != "constant":
        raise TypeError("activation: the exponent of a power in a formula is a number")
    value = exponent.parameters[0]
    if value == 1:
        return base
    if value == 2:
        return base * base
    return Expression("pow", (base,), (value, 1.0))


def derivative(value):
    """Of an expression with respect to x."""
    does, operands = value.does, value.operands
    if does == "x":
        return constant(1)
    if does == "constant" or does in COMPARISONS:
        return constant(0)
    if does == "where":
        return chosen(operands[0], derivative(operands[1]), derivative(operands[2]))
    slopes = [derivative(operand) for operand in operands]
    if does in ("maximum", "minimum"):  # where both are equal, the first
        first = Expression("greater_equal" if does == "maximum" else "less_equal", operands)
        return chosen(first, *slopes)
    if does == "add":
        return total(*slopes)
    if does == "subtract":
        return total(slopes[0], negative(slopes[1]))
    if does == "negative":
        return negative(slopes[0])
    if does == "multiply":
        return total(times(slopes[0], operands[1]), times(operands[0], slopes[1]))
    if does == "divide":
        above = total(slopes[0], negative(times(value, slopes[1])))
        return above if is_constant(above, 0) else Expression("divide", (above, operands[1]))
    if value.step != "value":
        raise TypeError(f"activation: there is no derivative of {does}.{value.step}; give one as derivative=")
    return times(Expression(does, operands, value.parameters, "derivative"), slopes[0])


def is_constant(value, number):
    return value.does == "constant" and value.parameters[0] == number


def total(a, b):
    return b if is_constant(a, 0) else a if is_constant(b, 0) else Expression("add", (a, b))


def negative(a):
    return constant(-a.parameters[0]) if a.does == "constant" else Expression("negative", (a,))


def times(a, b):
    if is_constant(a, 0) or is_constant(b, 0):
        return constant(0)
    return b if is_constant(a, 1) else a if is_constant(b, 1) else Expression("multiply", (a, b))


def chosen(condition, a, b):
    return a if a.key == b.key else Expression("where", (condition, a, b))


class Composer:
    """Puts graphs of one type together into one; equal parts are made once."""

    def __init__(self, kind, usual):
        self.kind, self.usual = kind, usual  # usual: quick graphs where there are, and the mask of what they leave
        self.operations, self.known, self.tables, self.made = [], {}, {}, {}
        self.outside = None

    def add(self, op, kind, *operands):
        key = (op, kind, *operands)
        if key not in self.known:
            self.known[key] = len(self.operations)
            self.operations.append(list(key))
        return self.known[key]

    def number(self, value, kind=None):
        kind = kind or self.kind
        value = float(np.float32(value)) if kind == "f32" else float(value)
        return self.add("constant", kind, "nan" if math.isnan(value) else value.hex())

    def inlined(self, graph, arguments):
        """The outputs of a graph for these arguments."""
        numbers = []
        for op, kind, *rest in graph["operations"]:
            if op == "argument":
                numbers.append(arguments[rest[0]])
            elif op == "constant":
                numbers.append(self.add(op, kind, *rest))
            elif op == "lookup":
                numbers.append(self.add(op, kind, rest[0], numbers[rest[1]]))
            else:
                numbers.append(self.add(op, kind, *[numbers[node] for node in rest]))
        self.tables.update(graph["tables"])
        return [numbers[node] for node in graph["outputs"]]

    def function(self, name, step, x, parameters):
        kernel = graphs.find(f"{name}/{step}/{self.kind}")
        if "defaults" in kernel:
            other = [np.float32(value) for value in parameters] != [np.float32(value) for value in kernel["defaults"]]
            kernel = kernel["other" if other else "default"]
        count, kind = kernel["parameters"], graphs.number(kernel)
        wide = kind != self.kind
        held = [self.add("widen", "f64", self.number(value)) if wide else self.number(value) for value in parameters[:count]]
        graph = kernel["quick"] if self.usual and "quick" in kernel else kernel["graph"]
        result, *mask = self.inlined(graph, [self.add("widen", "f64", x) if wide else x, *held])
        if mask:
            self.outside = mask[0] if self.outside is None else self.add("or", "i1", self.outside, mask[0])
        nan = self.number(math.nan, kind)
        result = self.add("select", kind, self.add("ne", "i1", result, result), nan, result)
        return self.add("narrow", "f32", result) if wide else result

    def value(self, expression, x):
        """The number of an expression's result."""
        if expression.key not in self.made:
            self.made[expression.key] = self.new(expression, x)
        return self.made[expression.key]

    def new(self, expression, x):
        does = expression.does
        if does == "x":
            return x
        if does == "constant":
            return self.number(expression.parameters[0])
        operands = [self.value(operand, x) for operand in expression.operands]
        if does in OPERATIONS:
            return self.add(OPERATIONS[does], self.kind, *operands)
        if does in COMPARISONS:
            return self.add(COMPARISONS[does], "i1", *operands)
        if does == "negative":
            return self.add("neg", self.kind, *operands)
        if does == "where":
            condition, a, b = operands
            if self.operations[condition][1] != "i1":
                condition = self.add("ne", "i1", condition, self.number(0))
            return self.add("select", self.kind, condition, a, b)
        if does in ("maximum", "minimum"):  # of a NaN comes a NaN
            a, b = operands
            first = self.add("ge" if does == "maximum" else "le", "i1", a, b)
            first = self.add("or", "i1", first, self.add("ne", "i1", a, a))
            return self.add("select", self.kind, first, a, b)
        return self.function(does, expression.step, operands[0], expression.parameters)

    def graph(self, expression, arguments):
        """Of an expression, times the upstream gradient where there are two arguments."""
        x = self.add("argument", self.kind, arguments - 1)
        result = self.value(expression, x)
        if self.operations[result][1] == "i1":
            result = self.add("select", self.kind, result, self.number(1), self.number(0))
        if arguments == 2:
            result = self.add("mul", self.kind, self.add("argument", self.kind, 0), result)
        outputs = [result] if not self.usual or self.outside is None else [result, self.outside]
        return {"operations": self.operations, "outputs": outputs, "tables": self.tables}


def kernel(expression, arguments, kind):
    """As graphs.py describes kernels."""
    whole, usual = (Composer(kind, quick).graph(expression, arguments) for quick in (False, True))
    made = {"arguments": arguments, "parameters": 0, "graph": whole}
    return {**made, "quick": usual} if len(usual["outputs"]) == 2 else made
