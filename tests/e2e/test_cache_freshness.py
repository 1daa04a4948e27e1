"""The cache: when an answer may be used again (sections are those of RFC 9111)."""

from __future__ import annotations

import pytest

from tests.e2e.cafe import FRESH, FUTURE, PAST, STALE, Serve, answers, ask, page
from tests.e2e.loopback import fake_upstream

# What the first client sends, what the upstream answers, what the second client sends, and whether the second one
# gets what the first one got.
FRESHNESS = [
    pytest.param("", [FRESH], "", True, id="5.2.2.1 max-age"),
    pytest.param("", [], "", False, id="3 an answer that names no lifetime"),
    pytest.param("", ["Cache-Control: max-age=60, no-store"], "", False, id="5.2.2.5 no-store"),
    pytest.param("", ["Cache-Control: max-age=60, private"], "", False, id="5.2.2.7 private"),
    pytest.param("", ['Cache-Control: private="x-me", max-age=60'], "", False, id="5.2.2.7 private for a field"),
    pytest.param("", ["Cache-Control: max-age=60, no-cache"], "", False, id="5.2.2.4 no-cache"),
    pytest.param("", ["Cache-Control: max-age=0"], "", False, id="5.2.2.1 max-age=0"),
    pytest.param("", [STALE], "", False, id="4.2.3 as old as its lifetime when it comes"),
    pytest.param("", ["Cache-Control: s-maxage=60, max-age=0"], "", True, id="5.2.2.10 s-maxage before max-age"),
    pytest.param("", ["Cache-Control: max-age=60, s-maxage=0"], "", False, id="5.2.2.10 s-maxage=0 before max-age"),
    pytest.param("", [FRESH, f"Expires: {PAST}"], "", True, id="5.3 max-age before Expires"),
    pytest.param("", ["Cache-Control: max-age=0", f"Expires: {FUTURE}"], "", False, id="5.3 max-age=0 before Expires"),
    pytest.param("", [f"Expires: {FUTURE}"], "", True, id="5.3 Expires"),
    pytest.param("", [f"Expires: {PAST}"], "", False, id="5.3 Expires in the past"),
    pytest.param("", ["Expires: 0"], "", False, id="5.3 Expires that is no date"),
    pytest.param("", [FRESH, f"Date: {PAST}"], "", False, id="4.2.3 made long ago, by its Date"),
    pytest.param("", [FRESH, "Set-Cookie: a=b"], "", False, id="7.3 a cookie, and not public"),
    pytest.param("", [FRESH], "Cache-Control: no-cache\r\n", False, id="5.2.1.4 a client that says no-cache"),
    pytest.param("", [FRESH], "Pragma: no-cache\r\n", False, id="5.4 a client that says Pragma: no-cache"),
    pytest.param("", [FRESH, "Age: 9"], "Cache-Control: max-age=5\r\n", False, id="5.2.1.1 too old for the client"),
    pytest.param("", [FRESH], "Cache-Control: min-fresh=99\r\n", False, id="5.2.1.3 not fresh for long enough"),
    pytest.param("", [FRESH], "Cache-Control: no-store\r\n", False, id="5.2.1.5 a client that says no-store"),
    pytest.param("Cache-Control: no-store\r\n", [FRESH], "", False, id="5.2.1.5 asked for with no-store"),
    pytest.param("", [FRESH], "Range: bytes=0-0\r\n", False, id="3.3 a part of it"),
    pytest.param("Authorization: a\r\n", [FRESH], "", False, id="3.5 asked for with Authorization"),
    pytest.param("", [FRESH], "Authorization: a\r\n", False, id="3.5 not said to be for those with Authorization"),
    pytest.param("Authorization: a\r\n", [FRESH + ", public"], "", True, id="3.5 public"),
    pytest.param(
        "Authorization: a\r\n", ["Cache-Control: s-maxage=60"], "Authorization: b\r\n", True, id="3.5 s-maxage"
    ),
    pytest.param("Accept: a\r\n", [FRESH, "Vary: accept"], "Accept: a\r\n", True, id="4.1 the same variant"),
    pytest.param("Accept: a\r\n", [FRESH, "Vary: Accept"], "Accept: b\r\n", False, id="4.1 another variant"),
    pytest.param("Accept: a\r\n", [FRESH, "Vary: Accept"], "", False, id="4.1 a field that is missing"),
    pytest.param("Accept: a\r\n", [FRESH], "Accept: b\r\n", True, id="4.1 a field that Vary does not name"),
    pytest.param("", [FRESH, "Vary: *"], "", False, id="4.1 Vary: *"),
]


@pytest.mark.parametrize(("first", "fields", "second", "is_hit"), FRESHNESS)
def test_an_answer_is_used_again_if_and_only_if_it_may_be(
    serve: Serve, first: str, fields: list[str], second: str, is_hit: bool
) -> None:
    with fake_upstream(answers(page("first", *fields), page("second", *fields))) as upstream:
        proxy = serve(upstream)
        assert ask(proxy, first).body == b"first"
        assert ask(proxy, second).body == (b"first" if is_hit else b"second")
        assert len(upstream.requests) == (1 if is_hit else 2)
