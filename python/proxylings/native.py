"""The compiled module: the reference's, and any other that `compose` built. Nobody else imports `_native`."""

import importlib.util
from importlib.machinery import ExtensionFileLoader
from pathlib import Path
from types import ModuleType


def reference() -> ModuleType:
    """Return the module with the reference parts, which came with the package."""
    from proxylings import _native

    return _native


def load(library: Path) -> ModuleType:
    """Load a composed module from its own path.

    A path must never be used for two different builds: the loader would hand out the old one, and
    overwriting a library that is loaded crashes the process.
    """
    loader = ExtensionFileLoader("proxylings_composed._native", str(library))
    spec = importlib.util.spec_from_file_location(loader.name, library, loader=loader)
    if spec is None:
        raise ImportError(f"{library} is not a Python module")
    module = importlib.util.module_from_spec(spec)
    loader.exec_module(module)
    return module
