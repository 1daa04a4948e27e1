"""A part that panics costs one request, and harms no other.

The proxies are built the way a learner's is, by `compose`. One has a part that panics on demand: the reference,
with a `todo!()` in each of its functions and two mistakes. The others have one part each as the learner finds it,
where nearly every function is a `todo!()`.
"""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from proxylings.course import Exercise
from tests.e2e.composed import composer, plugged_in
from tests.e2e.loopback import PATIENCE, FakeUpstream, Proxy, fake_upstream, running
from tests.e2e.programs import ROOT
from tests.e2e.test_admin import ask

GET = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"

PART = """//! The reference part, which panics when it is asked to.

mod reference;

use wire::{Cut, Handed, Limits, ParseError, RequestHead, RequestLine, Span, Version};

fn names(place: &str, bytes: &[u8]) -> bool {
    bytes.windows(place.len()).any(|window| window == place.as_bytes())
}

fn panic_at(place: &str, bytes: &[u8]) {
    if names(place, bytes) {
        todo!("do {place}");
    }
}

pub fn cut(buffer: Vec<u8>, limits: &Limits) -> Result<Cut, ParseError> {
    panic_at("/in-cut", &buffer);
    if buffer.starts_with(b"NO-LIMIT") {
        return Ok(Cut::Partial(buffer));
    }
    reference::cut(buffer, limits)
}

pub fn parse(head: Vec<u8>, limits: &Limits) -> Result<RequestHead, ParseError> {
    panic_at("/in-parse", &head);
    while names("/loop", &head) {
        std::hint::spin_loop();
    }
    if head.starts_with(b"WRONG-SPAN") {
        let line = RequestLine { method: Span::new(0, 1), target: Span::new(2, 9_999), version: Version::Http11 };
        return Ok(RequestHead::new(head, line, Vec::new()));
    }
    reference::parse(head, limits)
}

pub fn hand_on(head: RequestHead) -> Handed {
    panic_at("/in-hand-on", head.target());
    reference::hand_on(head)
}

pub fn recycle(head: RequestHead, rest: Vec<u8>) -> Vec<u8> {
    panic_at("/in-recycle", head.target());
    reference::recycle(head, rest)
}
"""

PARTS = {part.name: part for part in plugged_in()}


@pytest.fixture(scope="module")
def faulty() -> Path:
    """Build a proxy whose part `request` panics on demand, or never comes back."""
    part = PARTS["request"]
    reference = (ROOT / "solutions" / part.source).read_text(encoding="utf-8")
    return composer().mine(part, {"lib.rs": PART, "reference.rs": reference})


@pytest.fixture(scope="module")
def panicking(faulty: Path) -> Iterator[Proxy]:
    """Run a proxy whose part `request` panics on demand."""
    with running(faulty) as proxy:
        yield proxy


def test_the_builtin_page_comes_through(panicking: Proxy) -> None:
    """Where nothing panics, this proxy is like any other."""
    assert panicking.ask(GET).status == 200


@pytest.mark.parametrize("place", ["/in-cut", "/in-parse", "/in-hand-on"])
def test_a_panic_is_a_500_that_names_the_part(panicking: Proxy, place: str) -> None:
    """The text says which part, and what it said; the connection closes, another one in progress goes on."""
    with panicking.connect() as other, panicking.connect() as wire:
        other.send(b"GET /slow/50 HTTP/1.1\r\nHost: a\r\n\r\n")
        wire.send(f"GET {place} HTTP/1.1\r\nHost: a\r\n\r\n".encode())
        response = wire.response()
        assert (response.status, response.one("Connection")) == (500, "close")
        assert f"part `request` panicked: not yet implemented: do {place}" in response.body.decode()
        assert wire.is_closed()
        assert other.response().status == 200
        other.send(GET)
        assert other.response().status == 200


def test_a_panic_after_the_answer_costs_the_connection(panicking: Proxy) -> None:
    """`recycle` runs when the answer is out: the client has it, and has to connect again."""
    with panicking.connect() as wire:
        wire.send(b"GET /in-recycle HTTP/1.1\r\nHost: a\r\n\r\n")
        assert wire.response().status == 404
        assert wire.is_closed()
    assert panicking.ask(GET).status == 200


def test_spans_past_the_end_are_the_fault_of_the_part(panicking: Proxy) -> None:
    """A head whose places are wrong is found out where it was made, not where it is used."""
    response = panicking.ask(b"WRONG-SPAN / HTTP/1.1\r\nHost: a\r\n\r\n")
    assert response.status == 500
    assert "part `request` panicked: " in response.body.decode()


def test_a_part_that_forgets_its_limit_does_not_cost_the_memory(panicking: Proxy) -> None:
    """The proxy stops reading a head that no limit of the part has stopped."""
    assert panicking.ask(b"NO-LIMIT" + b"x" * 100_000).status == 431


def test_many_panics_leave_a_proxy_that_serves_and_stops(panicking: Proxy) -> None:
    """A hundred panics on connections of their own, and then an ordinary stop."""
    for _ in range(100):
        assert panicking.ask(b"GET /in-parse HTTP/1.1\r\nHost: a\r\n\r\n").status == 500
    assert panicking.ask(GET).status == 200
    panicking.process.terminate()
    assert panicking.process.wait(PATIENCE) == 0


def test_a_part_that_never_comes_back_is_named_and_ends_the_proxy(faulty: Path, tmp_path: Path) -> None:
    """Nothing can take a thread back from a loop: whoever runs the proxy hears why, and can start it again."""
    file = tmp_path / "proxy.toml"
    file.write_text('listen = "127.0.0.1:0"\n[timeouts]\npart_ms = 300\n')
    with running(faulty, "--config", str(file)) as proxy, proxy.connect() as wire:
        wire.send(b"GET /loop HTTP/1.1\r\nHost: a\r\n\r\n")
        assert proxy.process.wait(PATIENCE) == 3
        assert proxy.process.stderr is not None
        said = proxy.process.stderr.read()
        assert "part `request` has been computing for 300 ms" in said
        assert "help: is there a loop that never ends" in said


RULES = """
[[route]]
path = "/kept"
upstream = "app"
cache = true
[[block]]
path = "/blocked"
[[limit]]
path = "/limited"
requests = 1
"""


def settings(folder: Path, upstream: FakeUpstream) -> str:
    """Write settings by which the proxy uses every part; give the path of the file."""
    (folder / "rules.toml").write_text(RULES)
    (folder / "proxy.toml").write_text(
        'listen = "127.0.0.1:0"\nadmin = "127.0.0.1:0"\nrules = "rules.toml"\naccess_log = "combined"\n'
        f'[cache]\n[timeouts]\ndrain_ms = 200\n[[upstream]]\nname = "app"\nservers = ["{upstream.url}"]\n'
        f'[[upstream]]\nname = "next"\nservers = ["{upstream.url}"]\n[migration]\nold = "app"\nnew = "next"\n'
    )
    return str(folder / "proxy.toml")


GETS = {
    "request": 500,
    "headers": 500,
    "logline": 200,
    "connection": 500,
    "pipeline": 500,
    "balancer": 500,
    "cache": 500,
    "analytics": 200,
    "pool": 500,
    "drain": 200,
    "migration": 500,
}
"""What a client gets when one part is still a stub. Without `rules` the proxy does not start."""


def test_every_part_of_the_proxy_has_its_stub_tried() -> None:
    """A part that is plugged in is one that can panic."""
    assert set(PARTS) == {*GETS, "rules"}


def counted(proxy: Proxy, panics: int) -> dict[str, Any]:
    """Ask for the status until the proxy has noticed everything; the last answer, when it does not."""
    deadline = time.monotonic() + PATIENCE
    while True:
        status: dict[str, Any] = json.loads(ask(proxy.admin, "/status")[1])
        seen = status["part_panics"] >= panics and status["clients"]["open"] == 0
        if seen or time.monotonic() > deadline:
            return status


@pytest.mark.parametrize("part", [part for name, part in PARTS.items() if name in GETS], ids=lambda part: part.name)
def test_a_part_that_is_still_a_stub_harms_no_more_than_its_requests(part: Exercise, tmp_path: Path) -> None:
    """Each request gets its answer, here 500 or there 200; the proxy lives, counts the panics, and stops."""
    gets, says = GETS[part.name], f"part `{part.name}` panicked: not yet implemented: "
    program = composer().stub(part)
    with fake_upstream() as upstream, running(program, "--config", settings(tmp_path, upstream)) as proxy:
        for _ in range(5):
            response = proxy.ask(b"GET /kept HTTP/1.1\r\nHost: a\r\n\r\n")
            assert response.status == gets, response.body.decode()
            assert gets == 200 or says in response.body.decode()
        # The one part that works for operators only.
        report = ask(proxy.admin, "/report")
        assert report[0] == 200 or (part.name == "analytics" and says in report[1]), report
        status = counted(proxy, 1 if part.name == "analytics" else 5)
        assert status["part_panics"] >= (1 if part.name == "analytics" else 5)
        assert status["clients"] == {**status["clients"], "open": 0, "accepted": 5}
        assert ask(proxy.admin, "/metrics")[0] == 200
        assert proxy.stop() == 0


def test_a_stub_of_the_rules_says_so_at_the_start(tmp_path: Path) -> None:
    """Without rules there is nothing to serve by: the program ends, names the part, and says what to do."""
    program = composer().stub(PARTS["rules"])
    with fake_upstream() as upstream:
        command = [str(program), "--config", settings(tmp_path, upstream)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "part `rules` panicked: not yet implemented: " in done.stderr
    assert "help: " in done.stderr


def test_a_cache_that_panics_when_it_forgets_takes_no_answer_away(tmp_path: Path) -> None:
    """A POST makes the cache forget: the client gets the upstream's answer all the same, and nothing behind it."""
    program = composer().stub(PARTS["cache"])
    with fake_upstream() as upstream, running(program, "--config", settings(tmp_path, upstream)) as proxy:
        with proxy.connect() as wire:
            wire.send(b"POST /plain HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi")
            assert wire.response().body == b"ok"
            assert wire.rest() == b""
        assert counted(proxy, 1)["part_panics"] >= 1
