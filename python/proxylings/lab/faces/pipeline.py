"""Part 06 for Python: requests go through the pipeline of a rule file, and what is decided comes back."""

import msgspec

from proxylings.errors import RuleError
from proxylings.lab.faces import Call
from proxylings.lab.faces.rules import Fault, as_bytes


class Request(msgspec.Struct, frozen=True):
    """A request as the pipeline sees it; `now_ms` is when it comes, in milliseconds since the proxy started."""

    target: str = "/"
    method: str = "GET"
    host: str = "cafe.example"
    client: str = "203.0.113.7"
    fields: list[tuple[str, str]] = []
    now_ms: int = 0


class Decision(msgspec.Struct, frozen=True):
    """What the pipeline decided: with a `status` it answers, without one the request is forwarded.

    `target` and `fields` are what goes to the upstream. Of an answer, `fields` and `body` are its own, `why` says why
    a request is rejected, and `retry_after_s` after how many seconds it may come again.
    """

    status: int | None
    why: str | None
    retry_after_s: int | None
    target: bytes | None
    fields: list[tuple[bytes, bytes]]
    body: bytes | None


class FilterCount(msgspec.Struct, frozen=True):
    """How often a filter had something to do with a request, and how often not."""

    name: str
    ran: int
    skipped: int


class PipelinePart:
    """Part 06: filters in typed phases, each of which may continue, change or answer."""

    def __init__(self, call: Call) -> None:
        """Take the function that carries a call to the worker."""
        self._call = call

    def run(self, rules: str | bytes, *requests: Request) -> tuple[list[Decision], list[FilterCount]]:
        """Send each request, in turn, through one pipeline for `rules`; return the decisions and the filters' counts.

        Raises RuleError when the rule file is wrong, and ParseError when a field of a request could not be sent.
        """
        plain = [
            {
                "method": request.method.encode(),
                "target": request.target.encode(),
                "host": request.host.encode(),
                "client": request.client,
                "fields": [(name.encode(), value.encode()) for name, value in request.fields],
                "now_ms": request.now_ms,
            }
            for request in requests
        ]
        shape = tuple[list[Decision], list[tuple[str, int, int]], Fault | None]
        decisions, counts, fault = self._call("pipeline_run", [as_bytes(rules), plain], shape)
        if fault is not None:
            raise RuleError(fault.what, fault.help, fault.line, fault.column)
        return decisions, [FilterCount(*count) for count in counts]
