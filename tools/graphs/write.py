"""Writes the operation graphs of the kernels in src_c, for the Numba backend: one file a function of the registry."""

import gzip
import json

import registry

from . import evaluate, graph, layouts, programs, read

ARGUMENTS = {"unary": 1, "binary": 2}
PASSES = ("value", "derivative", "backward", "backward_from_output")
NUMBER = {"f32": "float", "f64": "double"}


class Kernel:
    """The C function of one element: numbers and an array of parameters in, a number out."""

    def __init__(self, program, function, kind, arguments, parameters):
        self.program, self.function, self.kind, self.arguments, self.parameters = program, function, kind, arguments, parameters

    def evaluated(self, mask=False, usual=False):
        """Its graph and outputs: the result, and a mask where the function gives one or where only the usual way is wanted."""
        made = graph.Graph()
        evaluator = evaluate.Evaluator(self.program, made)
        state = evaluate.State({})
        evaluator.rare = made.constant(0, "i1") if usual else None
        numbers = [evaluate.Number(made.argument(k, self.kind), NUMBER[self.kind]) for k in range(self.arguments + self.parameters)]
        inputs = numbers[: self.arguments]
        if self.parameters:
            inputs.append(evaluate.Pointer(evaluator.new(state, tuple(numbers[self.arguments :])).object, (0,)))
        outside = evaluator.new(state, evaluator.number(0, "int"))
        result = evaluator.call(state, self.function, inputs + ([outside] if mask else []))
        masks = [evaluator.rare] if usual else [evaluator.truth(evaluator.load(state, outside))] if mask else []
        return made, [result.node, *masks]

    def graph(self, **how):
        made, outputs = self.evaluated(**how)
        if how and made.value(outputs[-1]) == 0:
            return None  # nothing is outside the usual way
        operations, outputs = made.reachable(outputs)
        tables = {operation[2] for operation in operations if operation[0] == "lookup"}
        return {"operations": operations, "outputs": outputs, "tables": {name: made.tables[name] for name in sorted(tables)}}


def arrays_of(state, evaluator, made, kind, count, first=0):
    """An array of arguments of a graph in the evaluator's memory."""
    numbers = tuple(evaluate.Number(made.argument(first + k, kind), NUMBER[kind]) for k in range(count))
    return evaluate.Pointer(evaluator.new(state, numbers).object, (0,))


class Gated(Kernel):
    """The C function of one element: arrays of inputs, outputs and parameters."""

    def __init__(self, program, function, kind, arguments, outputs, parameters):
        super().__init__(program, function, kind, arguments, parameters)
        self.outputs = outputs

    def evaluated(self, mask=False, usual=False):
        made = graph.Graph()
        evaluator = evaluate.Evaluator(self.program, made)
        state = evaluate.State({})
        evaluator.rare = made.constant(0, "i1") if usual else None
        inputs = arrays_of(state, evaluator, made, self.kind, self.arguments)
        parameters = arrays_of(state, evaluator, made, self.kind, self.parameters, self.arguments)
        zeros = (evaluator.number(0, NUMBER[self.kind]),) * self.outputs
        outputs = evaluate.Pointer(evaluator.new(state, zeros).object, (0,))
        evaluator.call(state, self.function, [inputs, outputs, parameters])
        results = [number.node for number in state.memory[outputs.object]]
        return made, results + ([evaluator.rare] if usual else [])


class Writer:
    def __init__(self, program):
        self.program = program
        self.same = {}
        for name, function in program.functions.items():
            if name.startswith("same_"):  # its body is one call of another kernel
                called = function.body.block_items[0].name.name
                self.same[name.removeprefix("same_")] = called.removeprefix("kernel_")

    def kernel(self, name):
        """What an entry is made of."""
        name = self.same.get(name, name)
        form, kind_of, *rest = self.program.entries[name]
        stem, dtype = name.rsplit("_", 1)
        arguments = ARGUMENTS[form]
        if kind_of == "default":
            other, *defaults = rest
            defaults = [float(text.rstrip(",").removesuffix("f")) for text in defaults]
            return {
                "arguments": arguments,
                "defaults": defaults,
                "default": self.kernel(f"{stem}_default_f32"),
                "other": self.element(other, "f32" if other.endswith("_f32") else "f64", arguments, len(defaults)),
            }
        return self.element(name, dtype, arguments, int(kind_of))

    def element(self, name, dtype, arguments, parameters):
        """A function of one element, with its usual way if another function has that."""
        of_mask = f"{name.removesuffix('_f32')}_quick_f32"
        kernel = Kernel(self.program, name, dtype, arguments, parameters)
        if dtype == "f32" and of_mask in self.program.functions:
            return self.described(kernel, Kernel(self.program, of_mask, dtype, arguments, parameters).graph(mask=True))
        return self.described(kernel)

    @staticmethod
    def described(kernel, quick=None):
        """A kernel with its graph and the graph of its usual way, if that is another."""
        made = {"arguments": kernel.arguments, "parameters": kernel.parameters, "graph": kernel.graph()}
        quick = quick or kernel.graph(usual=True)
        return {**made, "quick": quick} if quick else made

    def gated(self, name):
        """The kernel of one pass of a gated function, with its graphs for the usual value of its parameter, if it has them."""
        stem, dtype = name.rsplit("_", 1)
        kernel = Gated(self.program, name, dtype, *map(int, self.program.entries[name]))
        made = {**self.described(kernel), "outputs": kernel.outputs}
        if f"{stem}_usual" in self.program.entries and dtype == "f32":
            usual = [float(text) for text in self.program.entries[f"{stem}_usual"]]
            function, step = stem.rsplit("_", 1)
            other = self.gated(f"{function}_default_{step}_f32")
            made = {**{key: made[key] for key in ("arguments", "outputs")}, "defaults": usual, "default": other, "other": made}
        return made

    def gated_function(self, name):
        passes = {"value": "forward", "backward": "backward"}
        return {step: {dtype: self.gated(f"gated_{name}_{word}_{dtype}") for dtype in NUMBER} for step, word in passes.items()}

    def function(self, name):
        return {
            step: {dtype: self.kernel(f"{name}_{step}_{dtype}") for dtype in NUMBER}
            for step in PASSES
            if f"{name}_{step}_f64" in self.program.entries or f"{name}_{step}_f64" in self.same
        }


# kind of function -> pass -> the name of its kernel in C, and what that is told to do with
WHOLE = {
    "rowwise": {"value": "rows_{}_{}", "backward": "rows_{}_backward_{}"},
    "loss": {"task": "loss_{}_{}"},
    "row_loss": {"task": "row_loss_{}_{}"},
    "joint_loss": {"task": "joint_{}_{}"},
    "learned": {step or "value": f"learned_{{}}{step and '_'}{step}_{{}}" for step in ("", "backward", "joined", "shape")},
}
TASKS = {"loss": "loss_task", "row_loss": "row_loss_task", "joint_loss": "joint_task", "learned": "learned_task",
         "options": "fastact_row_loss_options"}  # fmt: skip


def whole(program, kind, name):
    """The programs of a function: pass -> dtype -> the function of them that is its kernel."""
    functions, tables, made = {}, {}, {}
    for step, kernel in WHOLE[kind].items():
        made[step] = {dtype: kernel.format(name, dtype) for dtype in NUMBER}
        for one in made[step].values():
            programs.compiled(program, functions, tables, one)
    return {**made, "functions": functions, "tables": tables}


def write(root, folder, version):
    """kernels/NAME.json.gz for each function that has kernels here, and the registry's rows of those that need no core in registry.json."""
    program, rows = read.Program(root, read.elements), list(registry.described(root))
    all_loops = read.Program(root, read.programs)
    writer = Writer(program)

    def save(name, function):
        described = json.dumps(function, separators=(",", ":")).encode()
        (folder / "kernels" / f"{name}.json.gz").write_bytes(gzip.compress(described, mtime=0))

    (folder / "kernels").mkdir(parents=True, exist_ok=True)
    for row in rows:
        if row["kind"] == "elementwise":
            save(row["name"], writer.function(row["name"]))
        elif row["kind"] == "gated":
            save(row["name"], writer.gated_function(row["name"]))
        elif row["kind"] in WHOLE:
            save(row["name"], whole(all_loops, row["kind"], row["name"]))
    tasks = {kind: list(layouts.members(programs.layout(all_loops, name))) for kind, name in TASKS.items()}
    described = {"version": version, "functions": rows, "tasks": tasks}
    (folder / "registry.json").write_text(json.dumps(described, separators=(",", ":")))
