"""The functions of the library, each made when it is first asked for."""

from importlib import import_module
from threading import RLock

from . import _core, activations, composed

_MAKERS = {
    "elementwise": "activations",
    "rowwise": "rows",
    "gated": "gated",
    "learned": "learned",
    "loss": "pointwise",
    "row_loss": "row_losses",
}

names = _core.names() | {name: name for name in composed.NAMES}  # aliases too -> canonical names
_made, _lock = {}, RLock()


def function(name):
    """The one object that a name or an alias stands for."""
    name = names[name]
    with _lock:
        if name not in _made:
            _made[name] = _make(name)
    return _made[name]


def _make(name):
    if name in composed.NAMES:
        return composed.build(name)
    row = _core.row(name)
    return import_module(f".{_MAKERS[row['kind']]}", __package__).build(row)


activations.start(function)
