"""The functions that scipy.special has ready-made."""

import numpy as np
import scipy
from scipy import special

from . import FULL

FUNCTIONS = {
    ("sigmoid", "forward"): lambda x, out: special.expit(x, out=out),
    ("logit", "forward"): lambda x, out: special.logit(x, out=out),
    ("softmax", "forward"): lambda x, out: special.softmax(x, axis=-1),
    ("log_softmax", "forward"): lambda x, out: special.log_softmax(x, axis=-1),
    ("gelu", "forward"): lambda x, out: np.multiply(x, special.ndtr(x, out=out), out=out),
}


class Peer:
    name = "scipy"
    fresh = False

    def __init__(self):
        self.version = scipy.__version__

    def offers(self, cell):
        return cell.dtype in FULL and cell.key in FUNCTIONS

    def prepare(self, cell, data):
        function, x, out = FUNCTIONS[cell.key], data.x, data.out
        return lambda: function(x, out)
