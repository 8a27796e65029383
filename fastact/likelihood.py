"""Negative log-likelihoods of several arrays: of a normal distribution with its variance, and of times of survival."""

import math

import numpy as np

from . import library
from .joint import FLOAT64, Form, _same, equal_shapes


def _gaussian(call, arrays):
    """A variance that is the same along the last axis, or along missing ones, is repeated; its gradient is summed."""
    pred, target, var = arrays.values()
    negative = np.flatnonzero(var < 0)
    if negative.size:
        place = ", ".join(str(int(i)) for i in np.unravel_index(negative[0], var.shape))
        raise ValueError(f"{call}: var[{place}] is {var.reshape(-1)[negative[0]]:g}; variances from 0 are accepted")
    shape = pred.shape
    if var.shape == shape:
        return arrays, False, _same
    if var.shape == shape[:-1]:
        wide = var[..., None]
    elif var.ndim == len(shape) and var.shape[:-1] == shape[:-1] and var.shape[-1] == 1:
        wide = var
    elif var.ndim == 0:
        wide = var
    else:
        raise ValueError(f"{call}: var has shape {var.shape}; {shape}, that with a last axis of 1 or without it, and a number are accepted")
    wide = np.broadcast_to(wide, shape)

    def finish(gradients):
        by_pred, by_var = gradients
        summed = by_var.astype(np.longdouble)
        return by_pred, (summed.sum() if var.ndim == 0 else summed.sum(axis=-1)).astype(FLOAT64)

    return {"pred": pred, "target": target, "var": wide}, True, finish


# ---------------------------------------------------------------------- survival


def _cox(call, arrays, settings):
    shape = equal_shapes(call, dict(zip(("pred", "times"), arrays)))
    z, signed = (a.astype(np.float64).ravel() for a in arrays)
    times, events = np.abs(signed), signed > 0
    order = np.argsort(-times, kind="stable")
    last = np.searchsorted(-times[order], -times, side="right") - 1  # of those with the same time: the whole risk set
    most = z.max(initial=-math.inf)
    grown = np.exp((z - most).astype(np.longdouble))[order]
    risk = np.cumsum(grown)[last] if z.size else grown
    log_risk = np.log(risk).astype(np.float64) + most
    losses = np.where(events, log_risk - z, 0.0)
    undefined = bool(np.isnan(z).any() or np.isnan(times).any())
    losses = np.where(undefined, math.nan, losses)

    def pull(g):
        share = np.where(events, g.ravel(), 0.0)
        early = np.argsort(times, kind="stable")
        upto = np.searchsorted(times[early], times, side="right")
        sums = np.concatenate([[0], np.cumsum((share / risk)[early])])[upto]
        slope = (np.exp((z - most).astype(np.longdouble)) * sums).astype(np.float64) - share
        return (np.where(undefined, math.nan, slope).reshape(shape),)

    def curve(g):
        share = np.where(events, g.ravel(), 0.0)
        early = np.argsort(times, kind="stable")
        upto = np.searchsorted(times[early], times, side="right")
        grown, bent = np.exp((z - most).astype(np.longdouble)), 0.0
        for power, sign in ((1, 1), (2, -1)):
            sums = np.concatenate([[0], np.cumsum((share / risk**power)[early])])[upto]
            bent = bent + sign * grown**power * sums
        return (np.where(undefined, math.nan, bent.astype(np.float64)).reshape(shape),)

    return losses.reshape(shape), pull, curve


def _normal(z):
    """log F, log(1 - F), log f, and the derivatives of log f, once and twice."""

    def log_tail(x):  # of F(-x) for x > 0
        near = np.log(library.function("laplace")(-np.minimum(x, 30.0), 0.0, 1.0))
        square = x * x
        series = 1 - (1 - 3 * (1 - 5 * (1 - 7 / square) / square) / square) / square
        return np.where(x < 30, near, -square / 2 - np.log(x) - math.log(2 * math.pi) / 2 + np.log(series))

    tail = log_tail(np.abs(z))
    rest = np.log1p(-np.exp(tail))
    return np.where(z < 0, tail, rest), np.where(z < 0, rest, tail), -z * z / 2 - math.log(2 * math.pi) / 2, -z, -1.0


def _logistic(z):
    below, above = -np.logaddexp(0, -z), -np.logaddexp(0, z)
    slope = -np.tanh(z / 2)
    return below, above, below + above, slope, (slope * slope - 1) / 2


def _extreme(z):
    grown = np.exp(z)
    return np.log(-np.expm1(-grown)), -grown, z - grown, 1 - grown, -grown


DISTRIBUTIONS = {"normal": _normal, "logistic": _logistic, "extreme": _extreme}


def _aft(call, arrays, settings):
    equal_shapes(call, dict(zip(("pred", "lower", "upper"), arrays)))
    pred, lower, upper = (a.astype(np.float64) for a in arrays)
    wrong = np.flatnonzero(~((lower >= 0) & (lower <= upper)) & ~np.isnan(lower + upper))
    if wrong.size:
        at = int(wrong[0])
        raise ValueError(f"{call}: lower[{at}] is {lower.ravel()[at]:g} and upper {upper.ravel()[at]:g}; 0 <= lower <= upper are accepted")
    sigma, distribution = settings["sigma"], DISTRIBUTIONS[settings["distribution"]]
    low, high = ((np.log(y) - pred) / sigma for y in (lower, upper))
    seen = lower == upper
    low_below, low_above, low_density, low_steep, _ = distribution(low)
    high_below, high_above, high_density, steep, bend = distribution(high)
    from_above = low > 0  # the smaller of both tails, in which the difference does not cancel
    more, less = np.where(from_above, low_above, high_below), np.where(from_above, high_above, low_below)
    inside = more + np.where(np.isneginf(less), 0.0, np.log(-np.expm1(less - more)))
    losses = np.where(seen, math.log(sigma) + np.log(upper) - high_density, -inside)
    at_high = np.where(np.isinf(upper), 0.0, np.exp(high_density - inside))
    at_low = np.where(lower == 0, 0.0, np.exp(low_density - inside))
    slope = np.where(seen, steep, at_high - at_low) / sigma

    def curve(g):
        spread = np.where(at_high == 0, 0.0, at_high * steep) - np.where(at_low == 0, 0.0, at_low * low_steep)
        return (g * np.where(seen, -bend / sigma**2, slope * slope - spread / sigma**2),)

    return losses, lambda g: (g * slope,), curve


FORMS = {
    "gaussian_nll": Form(
        """pred, target : array_like
    Means and what was seen, of one shape. An integer target does not widen a float32 prediction.
var : array_like
    Variances, not negative: of that shape, of the shape with a last axis of 1 or without the last axis, or one number.""",
        (np.array([0.5, 2.0]), np.array([1.0, 1.0]), np.array([1.0, 4.0])),
        prepare=_gaussian,
        from_zero="var",
        notes="The gradient by var goes through its floor, as in PyTorch; of a variance that is repeated it is a sum.",
    ),
    "survival_cox": Form(
        """pred : array_like
    Logarithms of the hazards.
times : array_like
    Times of that shape; negative ones are censored: the event had not come by then.""",
        (np.array([0.5, 1.0, -1.0]), np.array([2.0, -3.0, 1.0])),
        terms=_cox,
        apart=False,
        notes="All entries are one cohort; equal times share their risk set (Breslow). Censored entries count in a mean, with 0.",
    ),
    "survival_aft": Form(
        """pred : array_like
    Logarithms of the times.
lower, upper : array_like
    What is known of the times: equal where seen, lower = 0 or upper = inf where censored.""",
        (np.array([0.5, 1.0]), np.array([2.0, 3.0]), np.array([2.0, 4.0])),
        options={"distribution": ("normal", "Of log(time): distribution function F, density f.", tuple(DISTRIBUTIONS))},
        terms=_aft,
    ),
}
