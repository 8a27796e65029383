"""What the writers of files read: the rows of the registry, and tables of the package.

functions.def reads as Python once its comment is gone: calls with names, numbers and strings.
"""

import ast
import re


def calls(root):
    """Every row of the registry as a call in Python."""
    text = re.sub(r"/\*.*?\*/", "", (root / "src_c" / "functions.def").read_text(encoding="utf-8"), flags=re.DOTALL)
    return [statement.value for statement in ast.parse(text).body]


def _words(call):
    """What a row of the registry says in the order of its macro's arguments, and its bounds: value and derivative of both dtypes."""
    kind, arguments = call.func.id, call.args
    more, passes = {}, []
    if kind == "ELEMENTWISE":
        name, _, parameters, from_output, *texts, bounds = arguments
        passes = ["value", "derivative", "backward"] + ["backward_from_output"] * (from_output.id == "FROM_OUTPUT")
    elif kind == "ROWWISE":
        name, _, parameters, from_output, *texts, single, double = arguments
        more, passes = {"backward_takes_output": from_output.id == "TAKES_OUTPUT"}, ["value", "backward"]
        return name, parameters, texts, [ast.literal_eval(one) for one in (single, single, double, double)], passes, more
    elif kind == "GATED":
        name, gate, parameters, *texts, bounds = arguments
        more, passes = {"gate": gate.id.removeprefix("GATE_").lower()}, ["value", "backward"]
    elif kind == "LOSS":
        name, parameters, *texts, hessian, bounds = arguments
        more = {"hessian": hessian.value}
    elif kind == "ROW_LOSS":
        name, _, targets, parameters, *texts, bounds = arguments
        more = {"targets": targets.id.lower().split("_or_")}
    elif kind == "JOINT_LOSS":
        name, unit, arrays, gradients, parameters, *texts, bounds = arguments
        more = {"unit": unit.id.lower(), "arrays": [one.id for one in arrays.args], "gradients": [one.id for one in gradients.args]}
    else:
        name, base, _, parameters, *texts, bounds = arguments
        more = {"base": base.id}
    return name, parameters, texts, [ast.literal_eval(one) for one in bounds.args], passes, more


def described(root):
    """Every function as fastact._core.catalog describes it; those with learned parameters also with their base."""
    values = {"INFINITY": float("inf"), "REQUIRED": None}
    for call in calls(root):
        if call.func.id == "SHORT_NAME":  # of C functions
            continue
        name, parameters, (aliases, formula, derivative), ulp, passes, more = _words(call)
        settings = parameters.args if isinstance(parameters, ast.Call) else []
        yield {
            "name": name.id,
            "kind": call.func.id.lower(),
            "aliases": aliases.value.split(),
            "formula": formula.value,
            "derivative": derivative.value,
            "hessian": "",
            "targets": [],
            "passes": passes,
            "backward_takes_output": False,
            "gate": "first",
            "unit": "elements",
            "arrays": [],
            "gradients": [],
            "parameters": {
                key.id: eval(compile(ast.Expression(default), "functions.def", "eval"), values)
                for key, default in zip(settings[::2], settings[1::2])
            },
            "max_ulp": {"float32": ulp[:2], "float64": ulp[2:]},
            **more,
        }


def numbers(parameters):
    """The defaults of parameters as rows() has them, None where one is required."""
    return [eval(text, {"INFINITY": float("inf"), "REQUIRED": None}) for _, text in parameters]


def rows(root):
    """(kind, name, parameters, words in capitals and names, aliases) of every row of the registry."""
    for call in calls(root):
        kind, name = call.func.id, call.args[0].id
        if kind == "SHORT_NAME":  # of C functions
            continue
        words = [node.id for node in call.args if isinstance(node, ast.Name)]
        aliases = next(node.value for node in call.args if isinstance(node, ast.Constant) and isinstance(node.value, str))
        settings = [
            node for a in call.args if isinstance(a, ast.Call) and a.func.id.startswith("PARAMETER") for node in a.args
        ]
        parameters = [(n.id, ast.unparse(default)) for n, default in zip(settings[::2], settings[1::2])]
        yield kind, name, parameters, words, aliases.split()


def constants(file):
    """The tables of a module that are written out, by name."""
    found = {}
    for statement in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(statement, ast.Assign):
            try:
                found[statement.targets[0].id] = ast.literal_eval(statement.value)
            except ValueError:
                pass
    return found


def joint_arrays(root, name):
    """Names of the arrays of a joint loss, and of those that have a gradient."""
    text = (root / "src_c" / "functions.def").read_text(encoding="utf-8")
    found = re.search(rf"JOINT_LOSS\({name}, \w+, ARRAYS_\d\((.*?)\),\s*GRADIENTS_\d\((.*?)\)", text)
    return [names.split(", ") for names in found.groups()]


def camel(name):
    return "".join(word.title() for word in name.split("_"))
