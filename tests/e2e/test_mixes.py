"""Any mix builds and runs: each part, swapped alone for a second right answer, serves like the reference.

The answers are those of `tests/right`: a whole part where there is one, otherwise a second body for every marked
place. Every conformance case is played, and then a short day at a site that uses all parts.
"""

from __future__ import annotations

import json
import re
import time
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from proxylings import weave
from proxylings.course import Exercise
from tests.e2e.cases import ALL
from tests.e2e.composed import composer, plugged_in
from tests.e2e.loopback import PATIENCE, Peer, Proxy, Script, fake_upstream, running
from tests.e2e.programs import ROOT
from tests.e2e.stage import on_stage, whole
from tests.e2e.test_admin import ask
from tests.e2e.test_cases import check
from tests.e2e.test_stop import wait_until_refused
from tests.python.answers import load

RIGHT = load(ROOT / "tests" / "right")


def second_answer(part: Exercise) -> str:
    """Give a right source of this part in which nothing that a learner writes is the reference's."""
    solution = (ROOT / "solutions" / part.source).read_text(encoding="utf-8")
    samples = [sample for sample in RIGHT if sample.exercise == part.id]
    for sample in samples:
        if sample.mark == "*":
            return sample.source(solution)
    marks = set(re.findall(r"// exercise: begin (\w+)", solution))
    bodies: dict[str, str] = {}
    chosen = []
    # Those that replace most come first: their bodies belong together.
    for sample in sorted(samples, key=lambda sample: len(sample.bodies), reverse=True):
        if not bodies.keys() & sample.bodies.keys():
            bodies |= sample.bodies
            chosen.append(sample)
    assert bodies.keys() == marks, f"tests/right/{part.chapter} has no second answer for {marks - bodies.keys()}"
    source = weave.answer(solution, bodies, part.id)
    for sample in chosen:
        source = sample.edited(source)
    return source


@pytest.mark.parametrize("part", plugged_in(), ids=lambda part: part.name)
def test_a_part_swapped_for_a_second_right_answer_serves_like_the_reference(part: Exercise, tmp_path: Path) -> None:
    """Nobody outside can tell which of two right answers the proxy is made of."""
    program = composer().mine(part, {"lib.rs": second_answer(part)})
    with on_stage(lambda url: running(program, "--upstream", url, "--via", "proxylings")) as stage:
        for case in ALL:
            check(stage, case, whole)
    a_day_at_a_site(program, tmp_path)


RULES = """
[[route]]
path = "/kept"
upstream = "app"
cache = true
[[block]]
path = "/blocked"
[[rewrite]]
path = "/old"
to = "/new"
[[limit]]
path = "/limited"
requests = 1
burst = 1
"""
UPGRADE = "Connection: upgrade\r\nUpgrade: websocket\r\n"


def app(asked: Event, release: Event) -> Script:
    """Be the application: an answer may be kept, one waits for `release`, and one becomes a tunnel."""

    def script(peer: Peer) -> None:
        while True:
            line = peer.request().line
            if "/wait" in line:
                asked.set()
                release.wait(PATIENCE)
            if "/tunnel" in line:
                peer.wire.send(f"HTTP/1.1 101 Switching Protocols\r\n{UPGRADE}\r\nhello".encode())
                peer.wire.send(peer.wire.exactly(3))
                return
            body = line.split()[1].encode()
            head = b"HTTP/1.1 200 OK\r\nCache-Control: max-age=60\r\nContent-Length: %d\r\n\r\n" % len(body)
            peer.wire.send(head + body)

    return script


def a_day_at_a_site(program: Path, folder: Path) -> None:
    """Start with rules, a cache and two servers; ask for all that parts decide; change the rules; stop."""
    asked, release = Event(), Event()
    script = app(asked, release)
    with fake_upstream(script) as first, fake_upstream(script) as second:
        (folder / "rules.toml").write_text(RULES)
        (folder / "proxy.toml").write_text(
            'listen = "127.0.0.1:0"\nadmin = "127.0.0.1:0"\nrules = "rules.toml"\naccess_log = "combined"\n[cache]\n'
            f'[[upstream]]\nname = "app"\nservers = ["{first.url}", "{second.url}"]\n'
        )
        # One client asks nearly everything: its next request is read when the one before has ended in every respect.
        with running(program, "--config", str(folder / "proxy.toml")) as proxy, proxy.connect() as client:

            def get(target: str) -> tuple[int, bytes]:
                client.send(f"GET {target} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
                response = client.response()
                return response.status, response.body

            assert [get("/kept") for _ in range(3)] == [(200, b"/kept")] * 3
            assert len(first.requests) + len(second.requests) == 1, "one fetch, and two answers that were kept"
            assert [get(f"/{number}") for number in range(4)] == [(200, b"/%d" % number) for number in range(4)]
            assert abs(len(first.requests) - len(second.requests)) <= 1, "the servers take turns"
            assert (first.connections, second.connections) == (1, 1), "connections are used again"
            assert get("/old/a") == (200, b"/new/a")
            assert get("/blocked")[0] == 403
            assert [get("/limited")[0] for _ in range(2)] == [200, 429]
            assert statuses(proxy, 11) == {"200": 9, "403": 1, "429": 1}
            reload_rules(proxy, folder)
            assert get("/blocked") == (200, b"/blocked")
            with proxy.connect() as wire:
                wire.send(f"GET /tunnel HTTP/1.1\r\nHost: a\r\n{UPGRADE}\r\n".encode())
                assert wire.response().status == 101
                wire.send(b"abc")
                assert wire.rest() == b"helloabc"
            with proxy.connect() as wire:
                wire.send(b"GET /wait HTTP/1.1\r\nHost: a\r\n\r\n")
                assert asked.wait(PATIENCE)
                proxy.process.terminate()
                wait_until_refused(proxy)
                release.set()
                assert wire.response().body == b"/wait"
            assert proxy.process.wait(PATIENCE) == 0
            assert proxy.process.stdout is not None
            lines = proxy.process.stdout.read().splitlines()
            assert len(lines) == 14, lines
            assert all(re.fullmatch(r'127\.0\.0\.1 - - \[.+\] "GET /.* HTTP/1\.1" \d{3} .+', line) for line in lines)


def statuses(proxy: Proxy, count: int) -> dict[str, int]:
    """Ask for the report until so many requests are in it: a line is written when its answer is out already."""
    deadline = time.monotonic() + PATIENCE
    while True:
        report: dict[str, Any] = json.loads(ask(proxy.admin, "/report")[1])
        if report["requests"] >= count or time.monotonic() > deadline:
            return dict(report["statuses"])


def reload_rules(proxy: Proxy, folder: Path) -> None:
    """Put a bad file in place, which changes nothing, and then one without rules."""
    (folder / "rules.toml").write_text("[[route]]\nnonsense = 1\n")
    status, text = ask(proxy.admin, "/reload", "POST")
    assert (status, "rules.toml:2:1" in text) == (409, True), text
    (folder / "rules.toml").write_text("")
    assert ask(proxy.admin, "/reload", "POST")[0] == 200
