"""Part 05 for Python: a rule file as rules, or a RuleError that says where, what, and what would be right."""

from typing import Any

import msgspec

from proxylings.errors import RuleError
from proxylings.lab.faces import Call


class Route(msgspec.Struct, frozen=True):
    """Requests for `host` ("*": every host) whose path begins with `path` go to `upstream`; `cache`: may be cached."""

    host: str
    path: str
    upstream: str
    cache: bool


class Rules(msgspec.Struct, frozen=True):
    """What a rule file says: its routes in the order in which they are tried, and how many rules of each other kind.

    `default` is the upstream of what no route matches, or None.
    """

    default: str | None
    routes: list[Route]
    rewrites: int
    blocks: int
    limits: int


class Reload(msgspec.Struct, frozen=True):
    """One reload: why the file was refused (None: it was taken), and what is in force after it."""

    error: str | None
    default: str | None
    routes: int


class Fault(msgspec.Struct, frozen=True):
    """What the compiled module says of a file that it refuses."""

    line: int
    column: int
    what: str
    help: str


class RulesPart:
    """Part 05: a rule file becomes rules, or an error with its place; the last good rules stay in force."""

    def __init__(self, call: Call) -> None:
        """Take the function that carries a call to the worker."""
        self._call = call

    def load(self, file: str | bytes) -> Rules:
        """Read a rule file (TOML, at most 64 KiB and 200 rules); raises RuleError with line and column."""
        rules: Rules = self._asked("rules_load", [as_bytes(file)], Rules | None)
        return rules

    def route(self, file: str | bytes, host: str, path: str) -> str | None:
        """Return the name of the upstream that `file` gives a request for `host` and `path`; None without a route."""
        name: str | None = self._asked("rules_route", [as_bytes(file), host.encode(), path.encode()], str | None)
        return name

    def replay(self, first: str | bytes, *others: str | bytes) -> list[Reload]:
        """Begin with the rules in `first`, reload each of the others in turn, and say how each reload went.

        Raises RuleError when `first` is wrong: then there are no last good rules.
        """
        reloads: list[Reload] = self._asked(
            "rules_replay", [as_bytes(first), list(map(as_bytes, others))], list[Reload]
        )
        return reloads

    def _asked(self, function: str, arguments: list[Any], shape: Any) -> Any:
        answer, fault = self._call(function, arguments, tuple[shape, Fault | None])
        if fault is not None:
            raise RuleError(fault.what, fault.help, fault.line, fault.column)
        return answer


def as_bytes(file: str | bytes) -> bytes:
    """Return the bytes of a rule file."""
    return file.encode() if isinstance(file, str) else file
