"""Part 13 from Python: its decisions one by one, and a week of traffic as a list."""

import pytest

from proxylings.errors import CourseError, ParseError
from proxylings.lab.faces.migration import Answer, Difference, Happened
from proxylings.lab.remote import reference

migration = reference.migration


def test_two_answers_differ_in_what_matters() -> None:
    old = Answer(200, ((b"Date", b"Mon"), (b"A", b"1")), b"hello")
    new = Answer(404, ((b"a", b"2"), (b"Date", b"Tue")), b"jello")
    assert migration.compare(old, old) == []
    assert migration.compare(old, new) == [
        Difference("Status", b"", [b"200"], [b"404"]),
        Difference("Field", b"A", [b"1"], [b"2"]),
        Difference("Body", b"", [], []),
    ]
    assert [found.what for found in migration.compare(old, new, ignored=())] == ["Status", "Field", "Field", "Body"]


def test_a_client_stays_on_its_side_while_the_share_grows() -> None:
    for client in ("alice", "bob", "carol"):
        sides = [migration.side(client, percent, salt=7) for percent in range(0, 101, 10)]
        assert sides == sorted(sides, reverse=True), "first Old, and New from some share on"
        assert (sides[0], sides[-1]) == ("Old", "New")
        assert 0 <= migration.bucket(client, salt=7) < 10_000


def test_what_is_not_supported_falls_back() -> None:
    assert migration.answer("New") == ("New", False)
    assert migration.answer("New", supported=False) == ("Old", True)
    assert migration.answer("Old", supported=False) == ("Old", False)


def test_a_migration_goes_through_its_steps() -> None:
    events = [Happened("Compared", at_ms=at) for at in range(0, 2_000, 10)]
    events += [Happened(side, at_ms=2_000 + at) for at in range(0, 4_000, 10) for side in ("Old", "New")]
    changes = migration.ramp(events, [10, 100], hold_ms=1_000)
    assert [change.name for change in changes] == ["Canary", "Canary", "Complete"]


def test_errors_bring_the_old_proxy_back() -> None:
    events = [Happened("Compared", at_ms=100)] * 100
    events += [Happened("Old", at_ms=200), Happened("New", at_ms=200, good=False)] * 100
    *_, last = migration.ramp(events, hold_ms=0)
    assert last.name == "RolledBack"
    assert "Errors" in last.stage


def test_slips_are_told_in_words() -> None:
    with pytest.raises(CourseError, match="end with 100"):
        migration.ramp([], [10, 5])
    with pytest.raises(CourseError, match="percent is 101"):
        migration.side("alice", 101)
    with pytest.raises(CourseError, match="least is 0"):
        migration.ramp([], least=0)
    with pytest.raises(ParseError):
        migration.compare(Answer(200, ((b"a b", b"1"),)), Answer())
