"""`reference.cache`: the rules for one answer, and scenes of many clients."""

import pytest

from proxylings.errors import CourseError, ParseError
from proxylings.lab.faces.cache import Freshness
from proxylings.lab.remote import reference

NOON = 784_111_777  # Sun, 06 Nov 1994 08:49:37 GMT


@pytest.mark.parametrize(
    ("status", "fields", "expected"),
    [
        (200, [(b"Cache-Control", b"max-age=60")], Freshness(60, None)),
        (200, [(b"Cache-Control", b"max-age=60, s-maxage=5")], Freshness(5, None)),
        (200, [(b"Expires", b"Sun, 06 Nov 1994 08:50:37 GMT")], Freshness(60, None)),
        (200, [], Freshness(None, "it is not fresh for any time, and has nothing to ask about it with")),
        (503, [(b"Cache-Control", b"max-age=60")], Freshness(60, "its status code is not one that we keep")),
    ],
)
def test_freshness_is_told_in_seconds_with_the_reason_against_it(
    status: int, fields: list[tuple[bytes, bytes]], expected: Freshness
) -> None:
    assert reference.cache.freshness(status, fields, NOON) == expected


def test_a_hundred_clients_cost_one_fetch() -> None:
    scene = reference.cache.scene(100)
    assert (scene.fetches, scene.hits + scene.waits, scene.entries) == (1, 99, 1)
    assert len(scene.latencies_us) == 100


def test_pages_are_fetched_one_by_one_and_private_answers_for_each() -> None:
    assert reference.cache.scene(100, pages=10).fetches == 10
    private = reference.cache.scene(100, cache_control="private")
    assert (private.fetches, private.hits, private.entries) == (100, 0, 0)


def test_bad_input_says_what_to_do() -> None:
    with pytest.raises(CourseError, match="clients is 0"):
        reference.cache.scene(0)
    with pytest.raises(CourseError, match="There is no status 7"):
        reference.cache.freshness(7, [])
    with pytest.raises(ParseError):
        reference.cache.freshness(200, [(b"Cache Control", b"x")])
    with pytest.raises(ParseError):
        reference.cache.scene(1, cache_control="max-age=1\r\nX: y")
