"""Classes of the .pyi for elementwise and gated functions, and those with a learned parameter."""

# defaults that Python writes in another way
DEFAULTS = {"REQUIRED": "", "INFINITY": " | None = ...", "-INFINITY": " | None = ..."}
# keywords that a ufunc takes beside its parameters
OPTIONS = {"gelu": ["approximate: _Approximate = ..."], "geglu": ["approximate: _Approximate = ..."]}
# and those that derivative and backward alone take
SLOPE_OPTIONS = {"clip": ["edge: _Edge = ..."]}
UFUNC_OPTIONS = "        casting: _Casting = ..., order: _Order = ..., dtype: DTypeLike = ..., subok: bool = ...,\n"
LEARNED = '''
class _Learned{suffix}:
    max_ulp: dict[str, float]
    @overload
    def __call__(
        self, x: NDArray[_Float], {name}: NDArray[_Float] | float, axis: int = 1, out: NDArray[Any] | None = None
    ) -> NDArray[_Float]: ...
    @overload
    def __call__(self, x: ArrayLike, {name}: ArrayLike, axis: int = 1, out: NDArray[Any] | None = None) -> Any: ...
    def backward(
        self, grad: ArrayLike, x: ArrayLike, {name}: ArrayLike, axis: int = 1,
        out: tuple[NDArray[Any] | None, NDArray[Any] | None] | None = None,
    ) -> tuple[Any, Any]: ...
'''


def call(inputs, parameters, options):
    """Overloads of one call: a float dtype keeps itself, a number gives a float64, anything else is found at run time."""
    for accepted, number, result in (
        ("NDArray[_Float]", "float", "NDArray[_Float]"),
        ("float", "float", "np.float64"),
        ("Any", "ArrayLike", "Any"),
    ):
        arguments = [*(f"{name}: {accepted}" for name in inputs), "/"]
        arguments += [f"{name}: {number}{DEFAULTS.get(default, f' = {default}')}" for name, default in parameters]
        arguments = ", ".join([*arguments, "out: _Out = None", "*", *options])
        yield f"    @overload\n    def __call__(\n        self, {arguments}, where: ArrayLike = True,\n"
        yield f"{UFUNC_OPTIONS}    ) -> {result}: ...\n"


def gated_class(suffix, parameters, options):
    """The gated functions with these parameters: two arrays, or one that is split."""
    settings = "".join(f", {name}: float = {default}" for name, default in parameters)
    last = ", ".join([*options, "axis: int = -1", "gate: _Half = ..."])
    yield f"\nclass _Gated{suffix}:\n    max_ulp: dict[str, float]\n"
    for x in ("NDArray[_Float]", "ArrayLike"):
        other = x + " | None = None"
        result = x if x != "ArrayLike" else "Any"
        yield f"    @overload\n    def __call__(\n        self, x: {x}, other: {other}{settings}, *, {last},\n"
        yield f"        out: NDArray[Any] | None = None,\n    ) -> {result}: ...\n"
    yield f"    @overload\n    def backward(\n        self, grad: ArrayLike, x: ArrayLike, other: None = None{settings}, *, {last},\n"
    yield "        out: NDArray[Any] | None = None,\n    ) -> NDArray[Any]: ...\n"
    yield f"    @overload\n    def backward(\n        self, grad: ArrayLike, x: ArrayLike, other: ArrayLike{settings}, *, {last},\n"
    yield "        out: tuple[NDArray[Any] | None, NDArray[Any] | None] | None = None,\n    ) -> tuple[Any, Any]: ...\n"


def classes(suffix, parameters, options, slope_options):
    """The ufuncs of all activations with these parameters."""
    slope = [*options, *slope_options]
    passes = [("_Unary", ["x"], options), ("_Backward", ["grad", "x"], slope), ("_BackwardFromOutput", ["grad", "y"], options)]
    if slope_options:
        passes.insert(1, ("_Derivative", ["x"], slope))
    for name, inputs, keywords in passes:
        yield f"\nclass {name}{suffix}(_Ufunc):\n"
        yield from call(inputs, parameters, keywords)
    derivative = f"_{'Derivative' if slope_options else 'Unary'}{suffix}"
    yield f"\nclass _Activation{suffix}(_Unary{suffix}):\n    derivative: {derivative}\n    backward: _Backward{suffix}\n"
    yield f"\nclass _InvertibleActivation{suffix}(_Activation{suffix}):\n    backward_from_output: _BackwardFromOutput{suffix}\n"


def learned_class(parameter):
    """(name of the class, its text) of functions with this learned parameter."""
    return f"_Learned{parameter.title()}", LEARNED.format(suffix=parameter.title(), name=parameter)
