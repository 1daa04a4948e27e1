"""A part that panics costs one request, and harms no other.

The proxy is built here the way a learner's is: by a generated package that takes the proxy's own sources and
somebody's part: the reference part, with a `todo!()` in each of its functions and two mistakes.
"""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.loopback import PATIENCE, Proxy, running
from tests.e2e.programs import ROOT, built

PART = """//! The reference part, which panics when it is asked to.

#[path = {solution}]
mod reference;

use wire::{{Cut, Handed, Limits, ParseError, RequestHead, RequestLine, Span, Version}};

fn panic_at(place: &str, bytes: &[u8]) {{
    if bytes.windows(place.len()).any(|window| window == place.as_bytes()) {{
        todo!("do {{place}}");
    }}
}}

pub fn cut(buffer: Vec<u8>, limits: &Limits) -> Result<Cut, ParseError> {{
    panic_at("/in-cut", &buffer);
    if buffer.starts_with(b"NO-LIMIT") {{
        return Ok(Cut::Partial(buffer));
    }}
    reference::cut(buffer, limits)
}}

pub fn parse(head: Vec<u8>, limits: &Limits) -> Result<RequestHead, ParseError> {{
    panic_at("/in-parse", &head);
    if head.starts_with(b"WRONG-SPAN") {{
        let line = RequestLine {{ method: Span::new(0, 1), target: Span::new(2, 9_999), version: Version::Http11 }};
        return Ok(RequestHead::new(head, line, Vec::new()));
    }}
    reference::parse(head, limits)
}}

pub fn hand_on(head: RequestHead) -> Handed {{
    panic_at("/in-hand-on", head.target());
    reference::hand_on(head)
}}

pub fn recycle(head: RequestHead, rest: Vec<u8>) -> Vec<u8> {{
    panic_at("/in-recycle", head.target());
    reference::recycle(head, rest)
}}
"""

PACKAGE = """
[workspace]

[package]
name = "{name}"
version = "0.0.0"
edition = "2024"

"""


def quoted(text: object) -> str:
    """Write a TOML basic string, which is a Rust string literal too."""
    return '"' + str(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def inline(value: object) -> str:
    """Write a TOML value of the few kinds that a dependency has."""
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {inline(item)}" for key, item in value.items()) + " }"
    if isinstance(value, list):
        return "[" + ", ".join(inline(item) for item in value) + "]"
    return str(value).lower() if isinstance(value, bool) else quoted(value)


def dependencies(part: Path) -> str:
    """Write the proxy's dependencies with the part in place of the reference."""
    manifest = tomllib.loads((ROOT / "crates/proxy/Cargo.toml").read_text())
    shared = tomllib.loads((ROOT / "Cargo.toml").read_text())["workspace"]["dependencies"]
    lines = ["[dependencies]"]
    for name in manifest["dependencies"]:
        value = shared[name]
        if isinstance(value, dict) and "path" in value:
            value = {"path": part if name == "part-request" else ROOT / value["path"]}
        lines.append(f"{name} = {inline(value)}")
    return "\n".join(lines) + "\n"


@pytest.fixture(scope="module")
def panicking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    """Run a proxy whose part panics on demand."""
    home = tmp_path_factory.mktemp("panic")
    part, package = home / "part", home / "package"
    (part / "src").mkdir(parents=True)
    package.mkdir()
    (part / "src/lib.rs").write_text(PART.format(solution=quoted(ROOT / "solutions/01-request/src/lib.rs")))
    wire = f"[dependencies]\nwire = {{ path = {quoted(ROOT / 'crates/wire')} }}\n"
    (part / "Cargo.toml").write_text(PACKAGE.format(name="part-request").replace("[workspace]\n", "") + wire)
    source = ROOT / "crates/proxy/src"
    (package / "Cargo.toml").write_text(
        PACKAGE.format(name="proxy-that-panics")
        + f'[lib]\nname = "proxy"\npath = {quoted(source / "lib.rs")}\n\n'
        + f'[[bin]]\nname = "proxy-that-panics"\npath = {quoted(source / "main.rs")}\n\n'
        + dependencies(part)
    )
    # The same versions as the workspace, so that what it has built already serves here too.
    shutil.copy(ROOT / "Cargo.lock", package / "Cargo.lock")
    target = ROOT / "target"
    binary = built(package / "Cargo.toml", "proxy-that-panics", "--offline", "--target-dir", str(target))
    with running(binary) as proxy:
        yield proxy


def test_the_builtin_page_comes_through(panicking: Proxy) -> None:
    """Where nothing panics, this proxy is like any other."""
    assert panicking.ask(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").status == 200


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
        other.send(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        assert other.response().status == 200


def test_a_panic_after_the_answer_costs_the_connection(panicking: Proxy) -> None:
    """`recycle` runs when the answer is out: the client has it, and has to connect again."""
    with panicking.connect() as wire:
        wire.send(b"GET /in-recycle HTTP/1.1\r\nHost: a\r\n\r\n")
        assert wire.response().status == 404
        assert wire.is_closed()
    assert panicking.ask(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").status == 200


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
    assert panicking.ask(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").status == 200
    panicking.process.terminate()
    assert panicking.process.wait(PATIENCE) == 0
