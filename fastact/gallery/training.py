"""What the examples share: dense layers around fastact's functions, Adam, and a loop over batches."""

import numpy as np

import fastact as fa


class Dense:
    """A weighted sum and an activation: f(x @ weights + bias). All numbers start uniform within 1 / sqrt(inputs)."""

    def __init__(self, generator, inputs, outputs, activation=fa.identity):
        bound = 1 / np.sqrt(inputs)
        self.weights = generator.uniform(-bound, bound, (inputs, outputs)).astype(np.float32)
        self.bias = generator.uniform(-bound, bound, outputs).astype(np.float32)
        self.activation = activation
        self.gradients = ()

    @property
    def parameters(self):
        return self.weights, self.bias

    def forward(self, x):
        self.x, self.sum = x, x @ self.weights + self.bias
        return self.activation(self.sum)

    def backward(self, grad):
        """The gradient by x; those of the parameters stay in `gradients`."""
        grad = self.activation.backward(grad, self.sum)
        self.gradients = self.x.T @ grad, grad.sum(axis=0)
        return grad @ self.weights.T


class Network:
    """Layers one after the other."""

    def __init__(self, *layers):
        self.layers = layers

    @property
    def parameters(self):
        return [parameter for layer in self.layers for parameter in layer.parameters]

    @property
    def gradients(self):
        return [gradient for layer in self.layers for gradient in layer.gradients]

    def __call__(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return x

    def backward(self, grad):
        for layer in reversed(self.layers):
            grad = layer.backward(grad)
        return grad


class Adam:
    """Steps of a size that the recent gradients set, in place."""

    def __init__(self, parameters, rate):
        self.parameters, self.rate, self.steps = parameters, rate, 0
        self.moments = [(np.zeros_like(p), np.zeros_like(p)) for p in parameters]

    def step(self, gradients):
        self.steps += 1
        scale = 1 - 0.999**self.steps
        rate = self.rate / (1 - 0.9**self.steps)
        for p, g, (mean, square) in zip(self.parameters, gradients, self.moments):
            mean += 0.1 * (g - mean)
            square += 0.001 * (g * g - square)
            p -= rate * mean / (np.sqrt(square / scale) + 1e-8)


def batches(generator, count, size):
    """All numbers below `count` in random order, `size` at a time."""
    order = generator.permutation(count)
    return [order[first : first + size] for first in range(0, count, size)]


def fit(network, loss, x, target, *, generator, rate, epochs, batch, tick=lambda words="": None):
    """Train a network with Adam; returns the last loss."""
    adam, value = Adam(network.parameters, rate), np.nan
    for _ in range(epochs):
        for chosen in batches(generator, len(x), batch):
            value, gradient = loss.value_and_gradient(network(x[chosen]), target[chosen])
            network.backward(gradient)
            adam.step(network.gradients)
        tick(f"loss {value:.4f}")
    return float(value)
