"""The conformance suite: what RFC 9110 and RFC 9112 ask of a proxy, played over loopback.

The cases are tables in `cases/`; `stage.py` plays them, all in front of one proxy. Each case is played three
times, with the bytes of both sides in one piece, cut at the ends of lines, and byte by byte: it must not matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import ndiff
from pathlib import Path

import pytest

from tests.e2e.cases import ALL
from tests.e2e.cases.case import Case
from tests.e2e.loopback import running
from tests.e2e.stage import LONGEST_IN_PIECES, Cutter, Stage, at_line_ends, byte_by_byte, on_stage, whole

IN_PIECES = [case for case in ALL if not case.in_one_piece and len(case.send) <= LONGEST_IN_PIECES]


@pytest.fixture(scope="module")
def stage(binary: Path) -> Iterator[Stage]:
    """Run one proxy for every case."""
    with on_stage(lambda url: running(binary, "--upstream", url, "--via", "proxylings")) as stage:
        yield stage


def check(stage: Stage, case: Case, cut: Cutter) -> None:
    """Play a case and compare."""
    expected, got = stage.play(case, cut)
    if expected != got:
        stage.clear()
        story = [f"RFC {case.rfc}: {case.name}", f"the client sends {case.send[:1000]!r}"]
        story += [f"the upstream answers {answer}" for answer in case.answers]
        story += ["what was expected (-) and what came (+):", *ndiff(expected.splitlines(), got.splitlines())]
        pytest.fail("\n".join(story), pytrace=False)


@pytest.mark.parametrize("case", ALL, ids=lambda case: f"{case.rfc} {case.name}")
def test_case(stage: Stage, case: Case) -> None:
    """Play a case with its bytes in one piece."""
    check(stage, case, whole)


@pytest.mark.parametrize("cut", [at_line_ends, byte_by_byte])
@pytest.mark.parametrize("case", IN_PIECES, ids=lambda case: f"{case.rfc} {case.name}")
def test_case_in_pieces(stage: Stage, case: Case, cut: Cutter) -> None:
    """Play a case with its bytes in pieces: everything has to come out the same."""
    check(stage, case, cut)


def test_the_tables_are_whole() -> None:
    """Keep the suite from shrinking unseen, and its names apart."""
    assert len(ALL) >= 250
    names = [case.name for case in ALL]
    assert [name for name in names if names.count(name) > 1] == [], "each case has a name of its own"
