"""Writes fastact/__init__.pxd and fastact/__init__.pyi from the registry and the C header; every build runs it.

interface_head.pyi         what stands first in the .pyi: whatever is not made from the registry
interface_activations.py   classes of activations and gated functions
interface_losses.py        classes of losses
interface_pxd.py           the .pxd
registry.py                the rows of functions.def
"""

import re
import runpy
from pathlib import Path

from interface_activations import OPTIONS, SLOPE_OPTIONS, classes, gated_class, learned_class
from interface_losses import joint_class, loss_class, row_loss_class
from interface_pxd import pxd
from registry import camel, constants, joint_arrays, rows

# row-wise functions with arguments of their own, and those made of others
ROWS = {"entmax": "_Entmax", "logsumexp": "_LogSumExp", "l2_normalize": "_Normalize", "maxout": "_Maxout"}
COMPOSED = {
    "masked_softmax": "_MaskedSoftmax",
    "softmin": "_MaskedSoftmax",
    "logmeanexp": "_LogMeanExp",
    "crelu": "_Crelu",
    "gumbel_softmax": "_GumbelSoftmax",
    "softmax_segments": "_SoftmaxSegments",
    "rrelu_train": "_RreluTrain",
    "xielu": "_Xielu",
    "linear_cross_entropy": "_LinearCrossEntropy",
    "sampled_softmax": "_SampledSoftmax",
    "nce": "_Nce",
    "adaptive_log_softmax": "_AdaptiveLogSoftmax",
}


# NumPy marks its ufunc as final, which mypy says again of every class below one made from it
_UFUNC_CLASS = re.compile(r"^(class \w+\((?:_Ufunc|_OwnPass|_(?:Unary|Backward|BackwardFromOutput|Activation)\w*)\):)$", re.MULTILINE)


def pyi(root):
    """The fixed head, a set of classes for each kind of call, and every name with its class."""
    text = [(root / "tools" / "interface_head.pyi").read_text(encoding="utf-8")]
    names, suffixes, tables = ["\n"], {}, constants(root / "fastact" / "row_losses.py") | constants(root / "fastact" / "catalog.py")
    for kind, name, parameters, words, aliases in rows(root):
        made, declared = ROWS.get(name, "_Rows"), []
        if kind == "LEARNED":
            made, *declared = learned_class(parameters[0][0])
        elif kind == "ROW_LOSS":
            made, *declared = row_loss_class(name, words, parameters, tables)
        elif kind == "LOSS":
            made, declared = loss_class(name, parameters)
        elif kind == "JOINT_LOSS":
            made, *declared = joint_class(name, *joint_arrays(root, name), parameters)
        elif kind != "ROWWISE":
            options, slope_options = OPTIONS.get(name, []), SLOPE_OPTIONS.get(name, [])
            key = (kind, *parameters, *options, *slope_options)
            if key not in suffixes:
                suffixes[key] = camel(name) if len(key) > 1 else ""
                if kind == "GATED":
                    text += gated_class(suffixes[key], parameters, options)
                else:
                    text += classes(suffixes[key], parameters, options, slope_options)
            base = "_Gated" if kind == "GATED" else "_InvertibleActivation" if "FROM_OUTPUT" in words else "_Activation"
            made = base + suffixes[key]
        text += [each for each in declared if each not in text]
        names += [f"{word}: {made}\n" for word in (name, *aliases)]
    names += [f"{name}: {made}\n" for name, made in COMPOSED.items()]
    for name, row in runpy.run_path(str(root / "fastact" / "composed_losses.py"))["ROWS"].items():
        made, declared = joint_class(
            name, row["arrays"], row["gradients"], [(word, repr(value)) for word, value in row["parameters"].items()], row["hessian"]
        )
        text += [declared] * (declared not in text)
        names += [f"{word}: {made}\n" for word in (name, *row["aliases"])]
    return _UFUNC_CLASS.sub(r"\1  # type: ignore[misc]", "".join(text + names))


def write(root):
    """Write both files where they differ from what they should say."""
    for name, text in (("__init__.pxd", pxd(root)), ("__init__.pyi", pyi(root))):
        path = root / "fastact" / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(Path(__file__).resolve().parents[1])
