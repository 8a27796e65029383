"""softmax_focal with the options of segmentation_models: in NumPy, in float64."""

import numpy as np

from . import _core, library

LEAST_SUM = 1e-6  # what a smaller sum of focusing factors counts as


class ReducedFocal:
    """In place of the kernel of softmax_focal, which is asked whether the labels are classes."""

    def __init__(self, kernel, threshold, normalized):
        self.kernel, self.threshold, self.normalized = kernel, threshold, normalized

    def __call__(self, rows, labels, class_weight, row_weight, ignored, smoothing, scale, losses, gradient, targets, parameters):
        self.kernel(rows, labels, None, None, ignored, 0.0, 1.0, None, None, None, parameters)
        counts = np.ones(len(labels), bool) if ignored is None else labels != ignored
        at = np.arange(len(labels)), np.where(counts, labels, 0)
        z = rows.astype(np.float64)
        below = z - z.max(axis=-1, keepdims=True, initial=-np.inf)
        e = library.function("exponential")(below)
        whole, others = e.sum(axis=-1), e.copy()
        others[at] = 0
        loss, wrong, right = library.function("log")(whole) - below[at], others.sum(axis=-1) / whole, e[at] / whole
        factor, bend = self._factor(wrong, right, parameters[0])
        weight = np.where(counts, 1.0 if row_weight is None else row_weight, 0.0)
        if class_weight is not None:
            weight = weight * class_weight[at[1]]
        each = np.where(counts, weight * factor * loss, 0.0)
        by_loss, by_factor = weight * factor, weight * loss
        if self.normalized:
            total = _core.total_weight(np.where(counts, factor, 0.0))
            each /= max(total, LEAST_SUM)
            by_loss, by_factor = by_loss / max(total, LEAST_SUM), by_factor / max(total, LEAST_SUM)
            if not total < LEAST_SUM:  # which has a gradient too
                by_factor = by_factor - each.sum() / total
        if losses is not None:
            losses.reshape(-1)[...] = each
        if gradient is not None:
            slope = e / whole[:, None]
            slope[at] = -wrong
            slope *= (np.where(counts, by_loss + np.where(bend == 0, 0.0, bend * by_factor), 0.0) * scale)[:, None]
            gradient.reshape(rows.shape)[...] = np.where(counts[:, None], slope, 0.0)
        return _core.total_weight(each), None

    def _factor(self, wrong, right, gamma):
        """The focusing factor, and its derivative by the loss."""
        unit, power = 1.0 if self.threshold is None else self.threshold, library.function("pow")
        factor = power(wrong / unit, beta=gamma)
        bend = gamma * power(wrong / unit, beta=gamma - 1) * right / unit if gamma else np.zeros_like(wrong)
        if self.threshold is None:
            return factor, bend
        whole = right < self.threshold
        return np.where(whole, 1.0, factor), np.where(whole, 0.0, bend)
