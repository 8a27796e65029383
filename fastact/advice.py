"""What the best known functions are for, and what to mind: the words that `fastact show` and docs/gallery.md share."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Advice:
    """When to use a function, and what speaks against it."""

    use: str
    mind: str


ADVICE = {
    "identity": Advice(
        "The output of a regression, where every number may be an answer.",
        "Layers with nothing else between them are one weighted sum: depth adds nothing, and the border between two classes stays a line.",
    ),
    "sigmoid": Advice(
        "The probability of a class, or of each of several labels, at the output; gates that let a share through. In training, give "
        "the scores before it to binary_cross_entropy_with_logits.",
        "Saturates at both ends, and even its largest slope is small, so that gradients vanish through a few layers. Not centred on "
        "zero: its outputs are all positive, the gradients of the weights behind it share a sign, and learning zigzags. Costs an "
        "exponential.",
    ),
    "tanh": Advice(
        "Hidden layers and recurrent states. Centred on zero with slope 1 there, it learns faster than sigmoid.",
        "Saturates at both ends, where gradients vanish. Costs an exponential.",
    ),
    "relu": Advice(
        "The first choice for hidden layers, above all deep and convolutional ones: it does not saturate above zero, makes many "
        "outputs exactly zero, and costs no more than a copy. Start its weights with the variance 2 / n.",
        "A neuron whose sum is negative for every input has no gradient and is dead for good; large steps and unlucky starts do "
        "that. Not centred on zero, and not bounded above.",
    ),
    "leaky_relu": Advice(
        "In place of relu where neurons die: the small slope below zero always leaves a gradient.",
        "The slope is one more number to choose, and too small to help quickly. Outputs below zero carry little.",
    ),
    "prelu": Advice(
        "Leaky relu whose slope is learned, one for all or one for each channel, in large image networks.",
        "More parameters to learn, which can fit the noise of small data sets; keep them out of weight decay.",
    ),
    "elu": Advice(
        "Hidden layers without normalisation: its negative values bring the mean of the outputs near zero, and its slope has no "
        "jump while alpha is 1.",
        "Saturates below zero, so that gradients vanish there, slowly. Costs an exponential below zero.",
    ),
    "softplus": Advice(
        "Outputs that must be positive: variances, rates, scales. A relu without a kink.",
        "Never exactly zero, so that nothing is sparse; not centred on zero; its slope is a sigmoid, which vanishes below zero. "
        "Costs an exponential and a logarithm.",
    ),
    "mish": Advice(
        "Deep image networks, detection above all; smooth everywhere, and slightly negative values pass.",
        "Among the most expensive activations, and the gain over silu is small. Not monotonic: the slope changes sign below zero.",
    ),
    "gelu": Advice(
        "Transformers: x is weighted by the chance that a normal number is smaller. Smooth, and nearly relu far from zero.",
        "Costs more than relu. Not monotonic: the slope changes sign below zero and vanishes soon. Models trained with the tanh "
        "form need gelu_tanh, which differs in the fourth decimal.",
    ),
    "silu": Advice(
        "Hidden layers of deep networks, and the gate of swiglu. Smooth, does not saturate above zero; for large beta it becomes "
        "relu, for beta 0 it is half of x.",
        "Costs an exponential, more than relu, which matters in small networks. Not monotonic: the slope changes sign below zero.",
    ),
    "swish_learned": Advice(
        "A silu whose beta is learned, one for all or one for each channel: the layer finds its own place between a line and relu.",
        "Beta needs a gradient of its own, summed over everything that it touches, and may drift where the data say little about it.",
    ),
    "softmax": Advice(
        "The probabilities of several classes of which one is right, and the weights of attention. In training, give the scores "
        "before it to cross_entropy.",
        "Saturates when one score is far above the others: then all gradients vanish. The largest wins more than its share, so its "
        "probabilities are often too sure; it needs the whole row, so no entry can be had alone.",
    ),
    "maxout": Advice(
        "A layer that learns its own activation: the largest of a few weighted sums is any convex curve. It does not saturate.",
        "Every piece has weights of its own, so that a layer has several times as many. A piece that is nowhere the largest learns "
        "nothing.",
    ),
    "mean_squared_error": Advice(
        "Regression whose errors are about normal; the mean of the target is what it finds. Its gradient grows with the error.",
        "One outlier can outweigh all the rest: huber and mean_absolute_error let it pull less. Behind a sigmoid it learns slowly "
        "where that saturates; cross entropies do not.",
    ),
    "mean_absolute_error": Advice(
        "Regression with outliers; the median of the target is what it finds.",
        "The gradient is as large for small errors as for large ones, so that steps must shrink near the end. Kink at zero; the "
        "Hessian is zero, which boosting replaces by 1 (hess='unit').",
    ),
    "binary_cross_entropy": Advice(
        "Probabilities of two classes, or of several labels that do not exclude each other.",
        "Near 0 and 1 the probabilities have lost what the scores knew: with scores at hand use binary_cross_entropy_with_logits, "
        "which is exact and whose gradient is bounded. A sure wrong answer costs without bound, so the logarithm is clipped.",
    ),
    "cross_entropy": Advice(
        "Several classes of which one is right, from the scores themselves: softmax and logarithm in one pass, with the bounded "
        "gradient softmax(z) - onehot(k).",
        "Never quite zero, so that a network grows ever surer; label_smoothing stops that. Wrong labels pull hard. Do not apply "
        "softmax first.",
    ),
    "categorical_cross_entropy": Advice(
        "Probabilities of several classes that are there already, against one target for every class; base=2 counts bits.",
        "With scores at hand use cross_entropy. The gradient is unbounded near 0, and -log(0) is clipped.",
    ),
    "l1_penalty": Advice(
        "Weights of which most should become exactly zero: features are chosen along the way. soft_shrink is its proximal step.",
        "Its gradient has the same size for small weights as for large ones and jumps at zero, so that plain descent hovers around "
        "zero. Of features that say the same it keeps one at random.",
    ),
    "l2_penalty": Advice(
        "Weights that should stay small and be shared among features that say the same; smooth, with a unique minimum.",
        "No weight becomes exactly zero. Large weights are punished far more than small ones. With Adam it is not the same as "
        "weight decay.",
    ),
}
