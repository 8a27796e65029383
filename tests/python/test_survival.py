"""Losses of times of survival, against their definitions in 60 digits."""

import numpy as np
import pytest
from joint_formulas import STEP, as_longdouble, mp, mpf, wide

import fastact


def test_survival_cox():
    g = np.random.default_rng(11)
    z, times = g.normal(0, 2, 30), np.round(g.uniform(0.5, 8, 30)) * g.choice([-1, 1, 1], 30)

    def definition(z):
        def loss(i):
            return mp.log(mp.fsum(mp.exp(z[j]) for j in range(30) if abs(times[j]) >= times[i])) - z[i] if times[i] > 0 else mp.mpf(0)

        return [loss(i) for i in range(30)]

    exact = wide(z)
    np.testing.assert_allclose(fastact.survival_cox(z, times, reduction="none"), as_longdouble(definition(exact)), rtol=1e-14, atol=1e-14)
    value, gradient = fastact.survival_cox.value_and_gradient(z, times, reduction="sum")
    np.testing.assert_allclose(value, float(mp.fsum(definition(exact))), rtol=1e-14)
    for k in range(30):
        moved = [[v + s * STEP * (j == k) for j, v in enumerate(exact)] for s in (1, -1)]
        slope = (mp.fsum(definition(moved[0])) - mp.fsum(definition(moved[1]))) / (2 * STEP)
        np.testing.assert_allclose(gradient[k], float(slope), rtol=1e-12, atol=1e-13)
    np.testing.assert_allclose(fastact.survival_cox(z + 1e4, times), fastact.survival_cox(z, times), rtol=1e-11)
    assert fastact.survival_cox(z, -np.abs(times), reduction="sum") == 0 and np.isnan(fastact.survival_cox([], []))


# distribution function, what is left of 1, density
CUMULATIVE = {
    "normal": (mp.ncdf, lambda z: mp.ncdf(-z), mp.npdf),
    "logistic": (lambda z: 1 / (1 + mp.exp(-z)), lambda z: 1 / (1 + mp.exp(z)), lambda z: mp.exp(-z) / (1 + mp.exp(-z)) ** 2),
    "extreme": (lambda z: -mp.expm1(-mp.exp(z)), lambda z: mp.exp(-mp.exp(z)), lambda z: mp.exp(z - mp.exp(z))),
}


@pytest.mark.parametrize("sigma", [1.0, 0.4])
@pytest.mark.parametrize("name", CUMULATIVE)
def test_survival_aft(name, sigma):
    g, (cumulative, rest, density) = np.random.default_rng(12), CUMULATIVE[name]
    pred = g.normal(0, 2, 40)
    lower = np.exp(g.normal(0, 2, 40))
    upper = lower * np.exp(g.uniform(0.1, 2, 40))
    upper[:10], upper[10:20], lower[20:30] = lower[:10], np.inf, 0

    def definition(p, low, high):
        ends = [(mp.log(y) - p) / mpf(sigma) for y in (low, high)] if low > 0 else [-mp.inf, (mp.log(high) - p) / mpf(sigma)]
        if low == high:
            return -mp.log(density(ends[0]) / (mpf(sigma) * high))
        if ends[0] > 0:  # where both would be next to 1
            return -mp.log(rest(ends[0]) - (rest(ends[1]) if high < mp.inf else 0))
        return -mp.log((cumulative(ends[1]) if high < mp.inf else 1) - (cumulative(ends[0]) if low > 0 else 0))

    rows = list(zip(wide(pred), wide(lower), wide(upper)))
    exact = as_longdouble([definition(*row) for row in rows])
    options = {"distribution": name, "sigma": sigma, "reduction": "none"}
    value, gradient = fastact.survival_aft.value_and_gradient(pred, lower, upper, **options)
    np.testing.assert_allclose(value, exact, rtol=1e-12, atol=1e-13)
    slopes = as_longdouble([(definition(p + STEP, a, b) - definition(p - STEP, a, b)) / (2 * STEP) for p, a, b in rows])
    np.testing.assert_allclose(gradient, slopes, rtol=1e-10, atol=1e-12)
    with pytest.raises(ValueError, match=r"survival_aft: lower\[1\] is 3 and upper 2; 0 <= lower <= upper are accepted"):
        fastact.survival_aft([0.0, 0.0], [1.0, 3.0], [2.0, 2.0])
    with pytest.raises(ValueError, match="survival_aft: distribution is 'uniform'"):
        fastact.survival_aft(1.0, 1.0, 1.0, distribution="uniform")
