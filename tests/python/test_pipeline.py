"""The pipeline from Python: what is decided of requests, and which filters had something to do."""

import pytest

from proxylings.errors import LearnerCodeError, ParseError, RuleError
from proxylings.lab import reference
from proxylings.lab.faces.pipeline import Decision, FilterCount, Request

RULES = """
[[block]]
path = "/admin"
[[limit]]
path = "/login"
requests = 1
[[rewrite]]
path = "/old"
to = "/new"
request.set = { "X-Table" = "7" }
"""


def test_requests_are_forwarded_changed_or_answered() -> None:
    mine = [("X-Request-Id", "mine")]
    (plain, changed, blocked, first, second), counts = reference.pipeline.run(
        RULES,
        Request("/menu", fields=mine),
        Request("/old/menu?day=1", fields=mine),
        Request("/x/%2e%2e/admin", fields=mine),
        Request("/login", fields=mine),
        Request("/login", fields=mine, now_ms=999),
    )
    own = [(b"X-Request-Id", b"mine")]
    assert plain == Decision(None, None, None, b"/menu", own, None)
    assert changed == Decision(None, None, None, b"/new/menu?day=1", [*own, (b"X-Table", b"7")], None)
    assert (blocked.status, blocked.target) == (403, None)
    assert first.status is None
    assert (second.status, second.retry_after_s) == (429, 1)
    assert second.why == "too many requests from this client"
    assert counts == [
        FilterCount("block", ran=1, skipped=4),
        FilterCount("rate-limit", ran=2, skipped=2),
        FilterCount("request-id", ran=0, skipped=3),
        FilterCount("rewrite", ran=1, skipped=2),
        FilterCount("rewrite-response", ran=0, skipped=3),
    ]


def test_a_request_without_an_id_gets_one() -> None:
    (decision,), _ = reference.pipeline.run("", Request())
    ((name, value),) = decision.fields
    assert name == b"X-Request-Id"
    assert len(bytes.fromhex(value.decode())) == 16


def test_what_cannot_be_is_refused_in_words() -> None:
    with pytest.raises(RuleError, match=r"line 1, column 3: .* did you mean `route`"):
        reference.pipeline.run("[[rout]]\n", Request())
    with pytest.raises(ParseError):
        reference.pipeline.run("", Request(fields=[("X-A", "b\r\nX-Admin: yes")]))
    with pytest.raises(LearnerCodeError, match="is no IP address"):
        reference.pipeline.run("", Request(client="cafe.example"))
