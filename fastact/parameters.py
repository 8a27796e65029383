"""Parameters of losses: what each one is, which numbers are accepted, and the check."""

import math
import sys

import numpy as np

from .arrays import as_number, as_real
from .catalog import SPELLED

# which numbers are accepted, in words and as a test
ABOVE = "finite numbers above 0", lambda v: 0 < v < math.inf
FROM = "finite numbers from 0", lambda v: 0 <= v < math.inf
FINITE = "finite numbers", math.isfinite
FLAG = "the numbers 0 and 1", lambda v: v in (0, 1)
BETWEEN = "numbers between 0 and 1", lambda v: 0 < v < 1
SHARE = "numbers from 0 to 1", lambda v: 0 <= v <= 1
SMALL_SHARE = "numbers from 0 to less than 0.5", lambda v: 0 <= v < 0.5
TWO = "the number 2", lambda v: v == 2

FLAGS = ("log_input", "full", "log_target", "swap", "focal_gradient")

# name, or function.name -> what it is, and what is accepted
ELEMENTS = {
    "delta": ("Where the square turns into a line.", *ABOVE),
    "beta": ("Where the square turns into a line; 0 for none.", *FROM),
    "margin": ("What target times prediction must reach.", *FINITE),
    "pos_weight": ("Weight of the positive part of every target.", *FROM),
    "quantile": ("Which quantile the best prediction is.", *BETWEEN),
    "c": ("Where the loss turns from a square to a line.", *ABOVE),
    "epsilon": ("How far a prediction may be off for nothing.", *FROM),
    "width": ("Where the logarithm turns into a line.", *ABOVE),
    "curvature": ("How sharply the logarithm bends at 0: the less, the sharper.", *ABOVE),
    "eps": ("What smaller numbers are raised to.", *FROM),
    "poisson_nll.eps": ("What is added to pred inside the logarithm.", *FROM),
    "log_input": ("Whether pred is the logarithm of the mean, or the mean itself.", *FLAG),
    "full": ("Whether targets above 1 add what Stirling's formula has for log(t!).", *FLAG),
    "power": ("Which Tweedie distribution: 1 is Poisson's, 2 the gamma distribution.", *FINITE),
    "alpha": ("Which expectile the best prediction is.", *BETWEEN),
    "sigmoid_focal.alpha": ("Weight of targets of 1; those of 0 have 1 - alpha. None for no weights.", *SHARE),
    "gamma": ("The larger, the less right predictions count.", *FROM),
    "gamma_neg": ("As gamma of a focal loss, for targets of 0.", *FROM),
    "gamma_pos": ("As gamma of a focal loss, for targets of 1.", *FROM),
    "binary_cross_entropy.clip": (
        'What becomes of 0 and 1. "torch": logarithms are at least -100 and the gradient divides by at least 1e-12; a number:\n'
        "    probabilities from it to 1 less it, beyond which the gradient is 0; None: infinite losses.",
        *SMALL_SHARE,
    ),
    "focal_gradient": ("Whether gradients flow through the focusing factor u**g too, or take it as a weight.", *FLAG),
    "asymmetric_multilabel.clip": ("What probabilities of targets of 0 are moved down by.", *SHARE),
    "base": ('Of the logarithms: "e", or 2 for bits.', *TWO),
    "label_smoothing": ("Share of every target that is spread evenly over 0 and 1.", *SHARE),
    "log_target": ("Whether target is a logarithm too.", *FLAG),
    "q": ("The power.", "finite numbers from 1", lambda v: 1 <= v < math.inf),
}
ROWS = {
    "gamma": ("How much less what is right already counts; 0 for not at all.", *FROM),
    "margin": ("By how much the right score must lead.", *FINITE),
    "multiclass_hinge.margin": ("By how much the right score must lead; 0 for the perceptron of several classes.", *FINITE),
    "p": ("Power of the hinge.", "the numbers 1 and 2", lambda v: v in (1, 2)),
    "epsilon": ("Weight of the term that is linear in the probability.", *FINITE),
    "q": ("From the logarithm, close to 0, to the absolute error, 1.", "numbers above 0, up to 1", lambda v: 0 < v <= 1),
    "clip": (
        'What becomes of 0. "torch": logarithms are at least -100 and divisors of the gradient at least 1e-12; a number: probabilities\n'
        "    from it to 1 less it, beyond which the gradient is 0; None: infinite losses.",
        *SMALL_SHARE,
    ),
    "base": ('Of the logarithms: "e", or 2 for bits.', *TWO),
}
ARRAYS = {
    "eps": ("Smallest norm: smaller ones are raised to it.", *ABOVE),
    "gaussian_nll.eps": ("Smallest variance: smaller ones are raised to it.", *ABOVE),
    "full": ("Whether log(2 pi) / 2 is added.", *FLAG),
    "margin": ("How much better the right one must be.", *FINITE),
    "p": ("Which norm: 2 for lengths, 1 for sums of absolute values, inf for the largest one.", "numbers from 1", lambda v: v >= 1),
    "pairwise_distance.eps": ("Added to every difference.", *FINITE),
    "triplet_margin.eps": ("Added to every difference.", *FINITE),
    "sigma": ("Steepness.", *ABOVE),
    "l2_reg": ("Weight of the squares of both embeddings.", *FROM),
    "epsilon": ("Weight of what is added.", *FINITE),
    "poly_binary_cross_entropy.gamma": ELEMENTS["gamma"],
    "poly_binary_cross_entropy.alpha": ELEMENTS["sigmoid_focal.alpha"],
    "label_smoothing": ELEMENTS["label_smoothing"],
    "temperature": ("What cosines are divided by.", *ABOVE),
    "gamma": ("Scale of the distances.", *ABOVE),
    "circle.margin": ("How close to 0 and 1 distances should be.", *FINITE),
    "lifted_structure.margin": ("How far apart others should be.", *FINITE),
    "survival_aft.sigma": ("Scale of the distribution.", *ABOVE),
    "swap": ("Whether the distance from positive to negative counts where it is smaller than that from the anchor.", *FLAG),
    "alpha": ("Weight of false positives.", *FROM),
    "beta": ("Weight of false negatives.", *FROM),
    "smooth": ("Added to both sides of the quotient.", *FROM),
    "dice.eps": ("Added to the denominator.", *FROM),
    "tversky.eps": ("Added to the denominator.", *FROM),
    "jaccard.eps": ("Added to the denominator.", *FROM),
    "generalized_dice.eps": ("Added to the denominator.", *FROM),
    "box_iou.eps": ("Added to areas that something is divided by.", *FROM),
    "mcc.eps": ("Added to each count.", *ABOVE),
    "margin1": ("What the angle of the right class is multiplied by.", *FINITE),
    "margin2": ("What is added to it.", *FINITE),
    "margin3": ("What its cosine is lowered by.", *FINITE),
    "scale": ("What cosines are multiplied by.", *ABOVE),
    "tp": ("Temperature of the classes of a target above 0.", *ABOVE),
    "tn": ("Temperature of the classes of a target of 0.", *ABOVE),
    "entmax_loss.alpha": ("1 is cross_entropy, 1.5 entmax15_loss, 2 sparsemax_loss.", "numbers from 1 to 2", lambda v: 1 <= v <= 2),
    "tversky.gamma": ("Power of the loss of a row: more than 1 makes of small losses less.", *ABOVE),
}


def entry_of(table, function, name):
    """(what it is, accepted numbers in words, as a test) of a parameter."""
    return table.get(f"{function}.{name}") or table[name]


def plain_parameters(table, row):
    """What plain calls are told of the parameters of a row of the catalog, as _core.make_callable takes it."""
    name = row["name"]
    return tuple((sys.intern(word), SPELLED.get(f"{name}.{word}", {}), entry_of(table, name, word)[2]) for word in row["parameters"])


def checked(table, call, name, value):
    """A parameter as a float, where it or the word it may be spelled with is accepted."""
    function = call.partition(".")[0]
    spelled = SPELLED.get(f"{function}.{name}", {})
    _, words, accepts = entry_of(table, function, name)
    if spelled:
        words = f"{', '.join(map(repr, spelled))} and {words}"
        if (value is None or isinstance(value, str)) and value in spelled:
            return spelled[value]
        if isinstance(value, str) and any(isinstance(word, str) for word in spelled):
            raise ValueError(f"{call}: {name} is {value!r}; {words} are accepted")
    return number_in(call, name, value, words, accepts)


def checked_array(table, call, name, value, shape):
    """A parameter of every element, as an array that broadcasts to the shape."""
    _, words, accepts = entry_of(table, call.partition(".")[0], name)
    array = as_real(call, name, value)
    sizes = zip(array.shape[::-1], shape[::-1])
    if array.ndim > len(shape) or any(size not in (1, whole) for size, whole in sizes):
        raise ValueError(f"{call}: {name} has shape {array.shape}; a number, and what broadcasts to {shape}, are accepted")
    wrong = [number for number in np.unique(array).tolist() if not accepts(number)]
    if wrong:
        raise ValueError(f"{call}: {name} holds {wrong[0]:g}; {words} are accepted")
    return array


def number_in(call, name, value, words, accepts):
    """A number as a float; refused where the test says so."""
    number = as_number(call, name, value)
    if not accepts(number):
        raise ValueError(f"{call}: {name} is {value}; {words} are accepted")
    return number
