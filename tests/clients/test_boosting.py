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
    "cross_entropy_lambda": (
        lambda s: 1 / (1 + np.exp(-s)),
        lambda p, t: fa.cross_entropy_lambda.gradient_and_hessian(p, t, np.ones_like(t)),
    ),
}
XGBOOST = {
    "reg:squarederror": (lambda s: s, lambda p, t: fa.half_squared_error.gradient_and_hessian(p, t)),
    "binary:logistic": (
        lambda s: (s > 0) * 1.0,
        lambda p, t: fa.binary_cross_entropy_with_logits.gradient_and_hessian(p, t, hess_floor=1e-16),
    ),
    "reg:pseudohubererror": (lambda s: s, lambda p, t: fa.pseudo_huber.gradient_and_hessian(p, t)),
    "survival:cox": (lambda s: np.exp(s) * np.where(s > 1, -1, 1), lambda p, t: fa.survival_cox.gradient_and_hessian(p, t)),
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
    start = {"binary:logistic": 0.5, "survival:cox": 1.0}.get(objective, 0.0)  # a margin of 0
    settings = {"max_depth": 3, "nthread": 1, "eta": 0.3, "base_score": start}

    def ours(prediction, train):
        return loss(prediction.astype(dtype), train.get_label().astype(dtype))

    built_in = xgboost.train({**settings, "objective": objective}, data, 8)
    custom = xgboost.train({**settings, "base_score": 0.0}, data, 8, obj=ours)
    margin = (built_in.predict(data, output_margin=True), custom.predict(data, output_margin=True))
    np.testing.assert_allclose(margin[1], margin[0], rtol=1e-4, atol=1e-5)


def test_classes_apart():
    lightgbm = pytest.importorskip("lightgbm")
    x, scores = table()
    labels, settings = np.digitize(scores, [-1, 1]), {"verbose": -1, "boost_from_average": False, "num_threads": 1, "num_leaves": 7}

    def ours(prediction, train):
        return fa.one_vs_all.gradient_and_hessian(prediction.reshape(-1, 3), train.get_label().astype(int))

    theirs, mine = (
        lightgbm.train({**settings, "num_class": 3, "deterministic": True, "objective": objective}, lightgbm.Dataset(x, labels), 5)
        for objective in ("multiclassova", ours)
    )
    np.testing.assert_allclose(mine.predict(x, raw_score=True), theirs.predict(x, raw_score=True), rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("normalize", [False, True])
def test_lambdarank(normalize):
    """Lists of one length, of which the first 10 ranks count; the library takes its sigmoid from a table."""
    lightgbm = pytest.importorskip("lightgbm")
    x, scores = table()
    relevance, settings = np.digitize(scores, [-1, 0.5, 2]), {"verbose": -1, "num_threads": 1, "deterministic": True, "num_leaves": 7}
    settings |= {"lambdarank_truncation_level": 10, "lambdarank_norm": normalize, "boost_from_average": False}

    def ours(prediction, train):
        made = fa.lambda_rank.gradient_and_hessian(
            prediction.reshape(20, 30), train.get_label().reshape(20, 30), truncation=10, normalize=normalize
        )
        return tuple(part.reshape(-1) for part in made)

    built_in, custom = (
        lightgbm.train({**settings, "objective": objective}, lightgbm.Dataset(x, relevance, group=[30] * 20), 8)
        for objective in ("lambdarank", ours)
    )
    np.testing.assert_allclose(custom.predict(x, raw_score=True), built_in.predict(x, raw_score=True), rtol=1e-3, atol=1e-3)


@pytest.mark.parametrize("distribution", ["normal", "logistic", "extreme"])
def test_accelerated_failure_times(distribution):
    """Times that were seen, intervals, and times known from one side: a tree of one leaf for each, -gradient / (hessian + 1)."""
    xgboost = pytest.importorskip("xgboost")
    g, censored = np.random.default_rng(5), np.arange(20) % 4
    pred, seen = g.normal(0, 0.5, 20).astype(np.float32), np.exp(g.normal(0, 0.5, 20))  # where the library clips nothing
    low = np.where(censored == 3, 0.0, seen)
    high = np.where(censored == 1, 2 * seen, np.where(censored == 2, np.inf, seen))
    settings = {"objective": "survival:aft", "aft_loss_distribution": distribution, "aft_loss_distribution_scale": 0.75}
    settings |= {"max_depth": 1, "eta": 1.0, "lambda": 1.0, "min_child_weight": 0, "nthread": 1, "disable_default_eval_metric": True}
    leaves = []
    for start, lower, upper in zip(pred, low, high):
        data = xgboost.DMatrix(np.zeros((1, 1)), base_margin=[start], label_lower_bound=[lower], label_upper_bound=[upper])
        leaves.append(xgboost.train(settings, data, 1).predict(data, output_margin=True)[0] - start)
    gradient, hessian = fa.survival_aft.gradient_and_hessian(pred.astype(float), low, high, distribution=distribution, sigma=0.75)
    np.testing.assert_allclose(leaves, -gradient / (hessian + 1), rtol=1e-5, atol=1e-6)


@pytest.mark.parametrize("library", ["lightgbm", "xgboost"])
@pytest.mark.parametrize("weighted", [False, True])
def test_classes(library, weighted):
    """Several classes, by the factor that each library has before p (1 - p), with weights of rows."""
    module = pytest.importorskip(library)
    x, scores = table()
    labels = np.digitize(scores, [-1, 1])
    weight = np.arange(len(x)) % 3 + 0.5 if weighted else None

    def ours(factor, floor=0.0):
        def objective(prediction, train):
            pred, sample = prediction.reshape(-1, 3), train.get_weight() if weighted else None
            return fa.cross_entropy.gradient_and_hessian(
                pred, train.get_label().astype(int), sample_weight=sample, hess_factor=factor, hess_floor=floor
            )

        return objective

    if library == "lightgbm":
        settings = {"verbose": -1, "boost_from_average": False, "num_threads": 1, "num_leaves": 7, "num_class": 3, "deterministic": True}
        train = [module.train({**settings, "objective": o}, module.Dataset(x, labels, weight=weight), 5) for o in ("multiclass", ours(1.5))]
        theirs, mine = (model.predict(x, raw_score=True) for model in train)
    else:
        settings, data = {"max_depth": 3, "nthread": 1, "num_class": 3, "base_score": 0.0}, module.DMatrix(x, labels, weight=weight)
        built_in = module.train({**settings, "objective": "multi:softprob"}, data, 5)
        custom = module.train({**settings, "disable_default_eval_metric": True}, data, 5, obj=ours(2.0, 1e-16))
        theirs, mine = (model.predict(data, output_margin=True) for model in (built_in, custom))
    np.testing.assert_allclose(mine, theirs, rtol=1e-3, atol=1e-4)


@pytest.mark.parametrize("library", ["lightgbm", "xgboost"])
def test_estimators(library):
    """Their scikit-learn estimators call objective(target, prediction)."""
    module = pytest.importorskip(library)
    x, scores = table()
    estimator = {"lightgbm": "LGBMRegressor", "xgboost": "XGBRegressor"}[library]
    options = {"n_estimators": 6, "n_jobs": 1} | ({"verbose": -1} if library == "lightgbm" else {"base_score": 0.0})
    made = getattr(module, estimator)(objective=lambda t, p: fa.half_squared_error.gradient_and_hessian(p, t), **options)
    plain = getattr(module, estimator)(**options | ({"boost_from_average": False} if library == "lightgbm" else {}))
    np.testing.assert_allclose(made.fit(x, scores).predict(x), plain.fit(x, scores).predict(x), rtol=1e-4, atol=1e-4)
