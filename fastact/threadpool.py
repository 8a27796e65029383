"""fastact's threads as threadpoolctl sees them: `threadpool_limits(1)` and `threadpool_info()` include them.

threadpoolctl is not imported for it. Where it is there already, the controller is registered now, otherwise when it is imported.
"""

import sys


def _register(threadpoolctl):
    if not hasattr(threadpoolctl, "register"):  # before 3.3 there are no controllers of others
        return

    class FastactController(threadpoolctl.LibController):
        """libfastact, by the functions of its C interface."""

        user_api = "fastact"
        internal_api = "fastact"
        filename_prefixes = ("libfastact",)
        check_symbols = ("fastact_get_num_threads", "fastact_set_num_threads")

        def get_num_threads(self):
            return self.dynlib.fastact_get_num_threads()

        def set_num_threads(self, num_threads):
            self.dynlib.fastact_set_num_threads(num_threads)

        def get_version(self):
            from . import __version__

            return __version__

    threadpoolctl.register(FastactController)


class _WhenImported:
    """Finds threadpoolctl as others find it, and has its loader register the controller too."""

    searching = False

    def find_spec(self, name, path=None, target=None):
        if name != "threadpoolctl" or self.searching:
            return None
        from importlib.util import find_spec

        self.searching = True
        try:
            spec = find_spec(name)
        finally:
            self.searching = False
        if spec is None or spec.loader is None:
            return spec
        execute = spec.loader.exec_module

        def execute_and_register(module):
            if self in sys.meta_path:
                sys.meta_path.remove(self)
            execute(module)
            _register(module)

        spec.loader.exec_module = execute_and_register
        return spec


def announce():
    """Register the controller, now or later."""
    if "threadpoolctl" not in sys.modules:
        sys.meta_path.insert(0, _WhenImported())
    else:
        _register(sys.modules["threadpoolctl"])
