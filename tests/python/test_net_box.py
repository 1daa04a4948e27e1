"""The net box: a right part lets the proxy pass, a wrong one is caught in the step that it gets wrong."""

import pytest

from proxylings.grader import sandbox
from proxylings.grader.oracle import cases, net, reference
from proxylings.grader.sandbox import SandboxFailed
from proxylings.grader.verdict import TestResult
from tests.conftest import missing
from tests.oracle.measure import DESK, samples

POOL = DESK.exercise("10-pool")
PLAYS = cases.plays(DESK, POOL)


@pytest.fixture(scope="module")
def box() -> sandbox.Sandbox:
    try:
        return sandbox.find()
    except sandbox.SandboxUnavailable as error:
        missing(str(error))


def played(files: cases.Submission, box: sandbox.Sandbox) -> list[TestResult]:
    made = net.compile_proxy(DESK, POOL, files, box)
    assert made.program is not None, made
    return net.play(DESK, POOL, made.program, PLAYS, 4, box)


@pytest.mark.timeout(600)
def test_the_reference_plays_every_play(box: sandbox.Sandbox) -> None:
    told = played(reference.solution(DESK, POOL), box)
    assert [(one.task, one.name) for one in told] == [(one.step, one.name) for one in PLAYS]
    assert [one.message for one in told] == [""] * len(PLAYS)


@pytest.mark.timeout(600)
def test_a_pool_without_a_bound_is_caught_in_its_step_and_in_no_other(box: sandbox.Sandbox) -> None:
    (sample,) = (one for one in samples("wrong", ["10-pool"]) if one.name.endswith("wait_makes_room_for_one_more"))
    source = sample.source(DESK.solution(POOL).read_text(encoding="utf-8"))
    told = played({"src/lib.rs": source.encode()}, box)
    assert {one.task for one in told if one.status != "pass"} == {"step_4_wait"}
    assert "connections to the upstream at once" in told[-1].message


def test_a_program_that_is_no_proxy_fails_and_the_box_is_not_to_blame(box: sandbox.Sandbox) -> None:
    told = net.play(DESK, POOL, b"#!/bin/sh\nexit 7\n", PLAYS[:1], 4, box)
    assert "does not begin to listen; it ended with exit code 7" in told[0].message


def test_without_a_working_box_nothing_is_said_of_the_part(
    box: sandbox.Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    monkeypatch.setattr(net, "_apart", lambda: ["/usr/bin/env"])
    with pytest.raises(SandboxFailed):
        net.play(DESK, POOL, b"", PLAYS[:1], 4, box)
