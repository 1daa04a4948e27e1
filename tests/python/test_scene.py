"""A scene in a notebook: the proxy with a wrong answer inside, told apart from the reference by what a client sees."""

import pytest

from proxylings import compose
from proxylings.course import Desk
from proxylings.errors import CourseError
from proxylings.lab import run_proxy

# RFC 9110 8.6: two lengths that differ make the end of the body uncertain, so nobody may pick one.
TWO_LENGTHS = b"POST / HTTP/1.1\r\nHost: cafe.example\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nabc"


def test_a_wrong_answer_runs_in_the_proxy_and_the_others_are_the_references(
    desk_copy: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk_copy.root)
    with run_proxy("wrong", part="headers", answer="framing_the_last_wins") as proxy:
        assert compose.described(proxy.whose) == "headers: wrong: framing_the_last_wins, the others: reference"
        accepted = proxy.send(TWO_LENGTHS)
    with run_proxy("reference") as proxy:
        refused = proxy.send(TWO_LENGTHS)
    assert (b" 200 " in accepted.partition(b"\r\n")[0], b" 400 " in refused.partition(b"\r\n")[0]) == (True, True)


def test_an_answer_that_is_not_there_is_named_with_those_that_are(
    desk_copy: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk_copy.root)
    with pytest.raises(CourseError, match="no answer 'two_lengths'") as raised:
        run_proxy("wrong", part="headers", answer="two_lengths")
    assert "framing_the_last_wins" in str(raised.value.hint)


@pytest.mark.parametrize(
    "wanted", [{"whose": "wrong"}, {"whose": "wrong", "answer": "x"}, {"whose": "mine", "part": "rules", "answer": "x"}]
)
def test_a_wrong_answer_is_one_answer_to_one_part(
    desk_copy: Desk, monkeypatch: pytest.MonkeyPatch, wanted: dict[str, str]
) -> None:
    monkeypatch.chdir(desk_copy.root)
    with pytest.raises(CourseError, match="one answer to one part"):
        run_proxy(**wanted)  # type: ignore[arg-type]
