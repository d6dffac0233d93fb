"""Loading: of PySide and pyqtgraph only what is used; all of them takes a seventh of a start.

There is no setting for either. Other versions may do without what is done here.
"""

import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

# What pyqtgraph imports whole, and what gdviz takes of it.
PACKAGES = "pyqtgraph", "pyqtgraph.graphicsItems", "pyqtgraph.widgets"
HELD_BACK = (
    "pyqtgraph.graphicsItems.", "pyqtgraph.widgets.", "pyqtgraph.imageview",
    "pyqtgraph.multiprocess",
)  # fmt: skip
TAKEN = {"AxisItem", "GraphicsObject", "GraphicsView", "ImageItem", "TextItem", "ViewBox"}


def leave_sources_unread() -> None:
    """Keep PySide from reading and keeping the source of every module that is imported from now on.

    It looks for ``from __feature__ import``, which neither gdviz nor pyqtgraph has; that takes a
    twentieth of a start and 12 MB.
    """
    feature: Any = import_module("shibokensupport.feature")
    if hasattr(feature, "_mod_uses_pyside"):
        feature._mod_uses_pyside = lambda module: False  # noqa: ARG005


def load_pyqtgraph() -> None:
    """Import pyqtgraph, without the hundred modules of widgets and items that gdviz doesn't use."""
    sys.meta_path.insert(0, finder := _Finder())
    try:
        import_module("pyqtgraph")
    finally:
        sys.meta_path.remove(finder)


class _Finder(MetaPathFinder):
    """Finds the modules that wait until they are used."""

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return where a module is, if it is one of these."""
        package, _, module = name.rpartition(".")
        if package not in PACKAGES or not name.startswith(HELD_BACK) or module in TAKEN:
            return None
        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = _Waiting(spec.loader)
        return spec


class _Waiting(Loader):
    """Loads a module when something in it is asked for by name; ``import *`` gets nothing."""

    def __init__(self, loader: Loader) -> None:
        self._loader = loader

    def exec_module(self, module: Any) -> None:  # noqa: ANN401
        """Put the loading off."""

        def load(name: str) -> Any:  # noqa: ANN401
            if name.startswith("__"):
                raise AttributeError(name)
            del module.__all__, module.__getattr__
            self._loader.exec_module(module)
            return getattr(module, name)

        module.__all__, module.__getattr__ = (), load
