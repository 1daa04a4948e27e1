"""`reference.balancer`: which server each request goes to."""

import pytest

from proxylings.errors import CourseError
from proxylings.lab.faces.balancer import Policy, Request, Server
from proxylings.lab.remote import reference


def test_requests_take_turns_and_a_bad_server_is_sent_away_and_tried_again() -> None:
    requests = [*[Request(at_ms=5)] * 4, Request(at_ms=104), Request(at_ms=105), Request(at_ms=106)]
    replay = reference.balancer.replay(requests, servers=2, bad=[1], failures=2, for_ms=100)
    assert replay.chosen[:5] == [0, 1, 0, 1, 0]
    assert 1 in replay.chosen[5:]
    assert replay.servers[1] == Server(0, 3, "ejected", 0, replay.servers[1].until_ms)
    assert replay.servers[1].until_ms in (205, 206)


def test_requests_that_stay_under_way_count() -> None:
    replay = reference.balancer.replay([Request(stays=True)] * 5, servers=2, policy="least connections")
    assert sorted(server.active for server in replay.servers) == [2, 3]


def test_none_stands_for_a_request_that_no_server_takes() -> None:
    replay = reference.balancer.replay([Request()] * 3, servers=1, bad=[0], failures=2)
    assert replay.chosen == [0, 0, None]


@pytest.mark.parametrize("policy", ["round robin", "least connections", "consistent hash"])
def test_threads_lose_no_pick(policy: Policy) -> None:
    assert sum(reference.balancer.rehearse(policy=policy, threads=4, picks=1_000)) == 4_000


def test_bad_input_says_what_to_do() -> None:
    with pytest.raises(CourseError, match="There is no policy 'random'"):
        reference.balancer.rehearse(policy="random")  # type: ignore[arg-type]  # what a learner may type
    with pytest.raises(CourseError, match="threads is 65"):
        reference.balancer.rehearse(threads=65)
    with pytest.raises(CourseError, match="key is -1"):
        reference.balancer.replay([Request(key=-1)])
