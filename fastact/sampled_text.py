"""Docstrings of sampled_softmax, nce and their sampler."""

import numpy as np

from .arrays import name_function
from .losses import BOTH, GRADIENT, VALUE

_TEXT = """{title}

Parameters
----------
x : array_like
    Inputs of the layer, of shape (..., n).
weight : array_like
    Of shape (classes, n). Only the rows of classes that are right or drawn are read.
labels : array_like of int
    The right class of every row: the shape of x without its last axis; or several for each, along one more axis.
bias : array_like, optional
    Of shape (classes,).
num_sampled : int, optional
    How many other classes are drawn, for all rows together, without repetition: `{name}.sample` says how.
samples : tuple, optional
    What `{name}.sample` returned, or (classes, true_count, sampled_count) from elsewhere, in place of num_sampled: the same for several
    calls. Counts are those expected, of labels and of the classes drawn.
rng : numpy.random.Generator, optional
    Where the classes come from; a fresh one by default.
remove_accidental_hits : bool, default {removes}
    Whether a class that was drawn takes no part in rows it is right for.
chunk : int, optional
    How many rows have logits at the same time; as many as make 2**22 numbers, and at least one, where nothing is said.
reduction, empty, sample_weight, where : optional
    As those of cross_entropy.
{out}
Returns
-------
{returns}

Raises
------
TypeError
    For complex, object and string input, for labels that are no integers, and where there is neither num_sampled nor samples.
ValueError
    For shapes that do not fit, a label that is no class, an unknown reduction. Nothing is written then.

Notes
-----
Formula: {formula}. Gradient: {derivative}; count is how often c is expected to be drawn, several right classes share the target of 1.
As TensorFlow has it. Memory beside the results: chunk * (right classes + num_sampled) numbers and the rows of weight that take part,
whatever the number of classes. The products are NumPy's: they are rounded as its matmul rounds them.

Examples
--------
>>> import numpy as np, fastact as fa
>>> samples = (np.array([1]), np.array([0.5]), np.array([0.5]))
>>> fa.{call}(np.array([[1.0, 2.0]]), np.array([[1.0, 0.0], [1.0, 0.0]]), np.array([0]), samples=samples)
{shown}"""
_OUT = "out : ndarray, optional\n    Where the value is written.\n"
_RETURNS = {
    VALUE: 'scalar of the input dtype, or ndarray with reduction="none"',
    GRADIENT: "(x, classes, weight, bias) : named tuple\n    Derivatives of the reduced loss by x, and by the rows of weight and bias that "
    "`classes` names, in order;\n    those of all other rows are 0. bias is None without a bias.",
    BOTH: "(value, gradients)\n    What the two functions alone return.",
}
_TITLES = {
    "sampled_softmax": "cross entropy of a linear layer over the right class and a sample of the others",
    "nce": "noise-contrastive estimation, binary cross entropies of a linear layer for the right class and a sample of the others",
}
_WHICH = {VALUE: "{name}: {title}.", GRADIENT: "Gradients of {name}: {title}.", BOTH: "Value and gradients of {name}: {title}."}


def document(name, which, function, formula, derivative):
    samples = np.array([1]), np.array([0.5]), np.array([0.5])
    example = np.array([[1.0, 2.0]]), np.array([[1.0, 0.0], [1.0, 0.0]]), np.array([0])
    function.__doc__ = _TEXT.format(
        title=_WHICH[which].format(name=name, title=_TITLES[name]),
        name=name,
        call=function.__qualname__,
        removes=name == "sampled_softmax",
        out="" if which == GRADIENT else _OUT,
        returns=_RETURNS[which],
        formula=formula,
        derivative=derivative,
        shown=repr(function(*example, samples=samples)),
    )


_SAMPLE = """Classes to compare the right ones with, log-uniform: P(c) = log((c + 2) / (c + 1)) / log(num_classes + 1).

Parameters
----------
labels : array_like of int
    The right classes that the loss will be asked about.
num_sampled : int
    How many classes are drawn.
num_classes : int
    How many there are; the first ones should be the most frequent, as words ordered by their frequency are.
unique : bool, default True
    Whether a class that was drawn already is drawn again until there is another one.
rng : numpy.random.Generator, optional
    Where they come from; a fresh one by default.

Returns
-------
(classes, true_count, sampled_count) : named tuple
    What was drawn, and how often the labels and the classes drawn are expected: num_sampled * P, or with `unique`
    1 - (1 - P)**draws, as TensorFlow has it.

Raises
------
TypeError
    For labels that are no integers and an rng that is no generator.
ValueError
    For a label that is no class, and for more classes than there are.

Notes
-----
One sample serves all rows. Every draw costs one random number.

Examples
--------
>>> import numpy as np, fastact as fa
>>> sorted(fa.{call}(np.array([0]), 3, 3).classes.tolist())
[0, 1, 2]"""


def document_sample(call, function):
    name_function(function, call)
    function.__doc__ = _SAMPLE.format(call=call)
    return function
