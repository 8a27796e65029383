"""The functions of the library, each made when it is first asked for."""

from importlib import import_module
from _thread import RLock  # what threading has too, without its import

from . import _core, activations, composed, composed_losses

_MAKERS = {
    "elementwise": "activations",
    "rowwise": "rows",
    "gated": "gated",
    "learned": "learned",
    "loss": "pointwise",
    "row_loss": "row_losses",
    "joint_loss": "joint",
    "composed_loss": "joint",
}

names = _core.names() | {name: name for name in composed.NAMES} | composed_losses.NAMES  # aliases too -> canonical names
_made, _lock = {}, RLock()


def function(name):
    """The one object that a name or an alias stands for."""
    from . import tuning

    tuning.load()
    return _function(name)


def _function(name):
    name = names[name]
    with _lock:
        if name not in _made:
            _made[name] = _core.with_own_kernels(lambda: _make(name))  # examples of the documentation are no reason to compile
    return _made[name]


def _make(name):
    if name in composed.NAMES:
        return composed.build(name)
    row = composed_losses.ROWS.get(name) or _core.row(name)
    return import_module(f".{_MAKERS[row['kind']]}", __package__).build(row)


activations.start(_function)
