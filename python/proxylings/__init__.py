"""proxylings: learn Rust in Jupyter by building a real HTTP/1.1 proxy."""

from typing import Any


def load_ipython_extension(ipython: Any) -> None:
    """Make `%%rust` known to the notebook: `%load_ext proxylings`."""
    from proxylings.lab import cell

    cell.register(ipython)
