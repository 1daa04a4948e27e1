"""proxylings: learn Rust in Jupyter by building a real HTTP/1.1 proxy."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from proxylings.engine import Engine


def load_ipython_extension(ipython: Any) -> None:
    """Make `%%rust` and `%%c` known to the notebook: `%load_ext proxylings`."""
    from proxylings.lab import c_cell, cell

    cell.register(ipython)
    c_cell.register(ipython)


def proxy(config: "str | Path | Mapping[str, Any] | None" = None) -> "Engine":
    """Start the reference proxy in threads of this process; see `proxylings.engine.proxy`."""
    from proxylings import engine

    return engine.proxy(config)
