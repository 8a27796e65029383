"""gradient_and_hessian as the objective of XGBoost and LightGBM: the same trees as their built-in losses grow."""

import numpy as np
import pytest
from helpers import where_installed

import fastact as fa


def table(rows=600, columns=5):
    g = np.random.default_rng(8)
    x = g.normal(0, 1, (rows, columns))
    return x, x @ g.normal(0, 1, columns) + 0.3 * g.normal(0, 1, rows)


# objective of the library -> targets of the scores, and the loss as the library weighs it
LIGHTGBM = {
    "regression": (lambda s: s, lambda p, t: fa.half_squared_error.gradient_and_hessian(p, t)),
    "binary": (lambda s: (s > 0) * 1.0, lambda p, t: fa.binary_cross_entropy_with_logits.gradient_and_hessian(p, t)),
    "huber": (lambda s: s, lambda p, t: fa.huber.gradient_and_hessian(p, t, 0.9, hess="unit")),
    "fair": (lambda s: s, lambda p, t: fa.fair.gradient_and_hessian(p, t)),
}
XGBOOST = {
    "reg:squarederror": (lambda s: s, lambda p, t: fa.half_squared_error.gradient_and_hessian(p, t)),
    "binary:logistic": (
        lambda s: (s > 0) * 1.0,
        lambda p, t: fa.binary_cross_entropy_with_logits.gradient_and_hessian(p, t, hess_floor=1e-16),
    ),
    "reg:pseudohubererror": (lambda s: s, lambda p, t: fa.pseudo_huber.gradient_and_hessian(p, t)),
}


@pytest.mark.parametrize("objective", where_installed("lightgbm", LIGHTGBM))
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_lightgbm(objective, dtype):
    import lightgbm

    x, scores = table()
    targets, loss = LIGHTGBM[objective]
    data = {"data": x, "label": targets(scores), "free_raw_data": False}
    settings = {"verbose": -1, "boost_from_average": False, "num_threads": 1, "deterministic": True, "num_leaves": 7}

    def ours(prediction, train):
        return loss(prediction.astype(dtype), train.get_label().astype(dtype))

    built_in = lightgbm.train({**settings, "objective": objective}, lightgbm.Dataset(**data), 8)
    custom = lightgbm.train({**settings, "objective": ours}, lightgbm.Dataset(**data), 8)
    np.testing.assert_allclose(custom.predict(x, raw_score=True), built_in.predict(x, raw_score=True), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("objective", where_installed("xgboost", XGBOOST))
@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_xgboost(objective, dtype):
    import xgboost

    x, scores = table()
    targets, loss = XGBOOST[objective]
    data = xgboost.DMatrix(x, targets(scores))
    settings = {"max_depth": 3, "nthread": 1, "eta": 0.3, "base_score": 0.5 if objective == "binary:logistic" else 0.0}

    def ours(prediction, train):
        return loss(prediction.astype(dtype), train.get_label().astype(dtype))

    built_in = xgboost.train({**settings, "objective": objective}, data, 8)
    custom = xgboost.train({**settings, "base_score": 0.0}, data, 8, obj=ours)
    margin = (built_in.predict(data, output_margin=True), custom.predict(data, output_margin=True))
    np.testing.assert_allclose(margin[1], margin[0], rtol=1e-4, atol=1e-5)
