"""`proxylings.proxy`: the reference proxy inside this Python process, in Rust threads that hold no GIL.

Your own parts never run here: `run_proxy` and `proxylings run` start them in a process of their own.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import tomlkit

from proxylings import admin, native
from proxylings.errors import CourseError


class Engine:
    """A running proxy. Use it in a `with` block, or call `stop`; it also stops when nobody holds it any more.

    `url` is where clients connect, `upstream` where requests go when no rule says otherwise, `admin` the address
    of the listener for operators.
    """

    def __init__(self, text: str, path: Path) -> None:
        """Start a proxy with the settings in `text`, which came from the file `path`."""
        self._engine = native.reference().Engine(text, path)
        self.url: str = self._engine.url
        self.upstream: str = self._engine.upstream
        self.admin: str = self._engine.admin or ""

    def status(self) -> dict[str, Any]:
        """Return the counters: requests, clients, bytes, and so on; units are in the names."""
        return admin.status(self._operators())

    def metrics(self) -> str:
        """Return the counters in the Prometheus text format."""
        return admin.ask(self._operators(), "/metrics")

    def events(self) -> admin.Events:
        """Listen to what happens from now on: `with p.events() as events: for event in events.wait(): …`."""
        return admin.Events(self._operators())

    def stop(self) -> bool:
        """Let running requests finish; return False when the deadline (`drain_ms`) cut some off."""
        clean: bool = self._engine.stop()
        return clean

    def _operators(self) -> str:
        if not self.admin:
            raise CourseError(
                "This proxy has no admin listener.",
                'Put admin = "127.0.0.1:0" into its settings: port 0 is a free one.',
            )
        return self.admin

    def __enter__(self) -> "Engine":
        """Return the proxy itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Stop the proxy."""
        self.stop()

    def __repr__(self) -> str:
        """Say where it listens and where it forwards to."""
        return f"<proxy at {self.url} -> {self.upstream}>"


def proxy(config: str | Path | Mapping[str, Any] | None = None) -> Engine:
    """Start the reference proxy and return it when it listens.

    `config` is the path of a settings file (`proxylings run --default-config` prints one), or the same settings as
    a mapping: `proxy({"upstream": [{"name": "app", "servers": ["http://127.0.0.1:9000"]}]})`. A mapping, or nothing,
    listens on a free port of 127.0.0.1 and has an admin listener, unless it says otherwise; without an upstream a
    small built-in origin answers. Raises CourseError with the place of the mistake and what would be right.
    """
    if isinstance(config, str | Path):
        path = Path(config)
        try:
            return Engine(path.read_text(encoding="utf-8"), path)
        except (OSError, UnicodeDecodeError) as error:
            raise CourseError(
                f"The settings file {path} can't be read: {error}", "`proxylings run --default-config` prints one."
            ) from error
    settings = {"listen": "127.0.0.1:0", "admin": "127.0.0.1:0", **(config or {})}
    return Engine(tomlkit.dumps(settings), Path("<settings>"))
