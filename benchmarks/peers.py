"""Who is measured: our proxy, nginx, nginx with Lua, HAProxy, and the origin behind all of them.

Each peer is one function that starts it. What a peer does with a request is not declared but looked at, so that the
table can't claim what is not so.
"""

import http.client
import re
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from benchmarks.profiles import LARGE, SMALL, Profile
from benchmarks.servers import Server, Stage, found
from proxylings.errors import CourseError

DIRECT = "direct"
# A target that every WAF knows.
HOSTILE = "/.env"
LUA_PACKAGE = "libnginx-mod-http-lua"


class Missing(Exception):
    """A peer is not installed, or can't do this profile; the text says why."""


@dataclass(frozen=True)
class Peer:
    """A peer that runs, and in words what it was seen to do with a request."""

    name: str
    server: Server
    work: str


def start_origin(stage: Stage, proxy: Path, profile: Profile) -> Server:
    """Start what all peers stand before: nginx, or without it the small origin that our proxy brings."""
    nginx = found("nginx")
    if nginx is not None:
        values = {"BODY": "x" * SMALL, "SMALL": SMALL, "LARGE": LARGE}
        return stage.templated("origin.conf", _nginx_command(nginx), [("large", LARGE)], **values)
    if profile.is_cached:
        raise Missing("without nginx there is no origin whose answers may be cached")
    holder, port = stage.proxy(proxy)
    return Server(port, holder.process)


def start_ours(program: Path, options: tuple[str, ...], stage: Stage, profile: Profile, origin: int) -> Server:
    """Start our proxy; `options` go to its command line as they are."""
    # A short name in Via, as the others have.
    named = ["--listen", "127.0.0.1:0", "--via", "proxylings", "--upstream", f"http://127.0.0.1:{origin}"]
    if profile.is_cached and "--config" not in options:
        named += ["--config", str(stage.templates / "proxylings-cache.toml")]
    server, _port = stage.proxy(program, *named, *options)
    return server


def start_with_rules(program: Path, stage: Stage, profile: Profile, origin: int) -> Server:
    """Start our proxy with the work of peers/fl1.lua."""
    if profile.is_cached:
        raise Missing("the rules are measured where requests are forwarded")
    return start_ours(program, ("--config", str(stage.templates / "proxylings.toml")), stage, profile, origin)


def start_nginx(stage: Stage, profile: Profile, origin: int) -> Server:
    """Start nginx as a plain proxy."""
    return stage.templated(
        "nginx.conf", _nginx_command(_required("nginx")), ORIGIN=origin, CACHE=_nginx_cache(stage, profile)
    )


def start_nginx_lua(stage: Stage, profile: Profile, origin: int) -> Server:
    """Start nginx with the logic of peers/fl1.lua."""
    nginx = _required("nginx")
    built = subprocess.run([nginx, "-V"], capture_output=True, text=True, check=False).stderr
    named = re.search(r"--modules-path=(\S+)", built)
    modules = Path(named[1]) if named else Path("/usr/lib/nginx/modules")
    if not (modules / "ngx_http_lua_module.so").exists():
        raise Missing(f"nginx's Lua module is not installed (in Debian: {LUA_PACKAGE})")
    try:
        return stage.templated(
            "nginx-lua.conf", _nginx_command(nginx),
            ORIGIN=origin, CACHE=_nginx_cache(stage, profile), MODULES=modules,
        )  # fmt: skip
    except CourseError as error:
        # A module that was built for another nginx than the one that is installed.
        raise Missing(f"{error.what} {error.hint.strip()}") from None


def start_haproxy(stage: Stage, profile: Profile, origin: int) -> Server:
    """Start HAProxy as a plain proxy."""
    haproxy = _required("haproxy")
    return stage.templated(
        "haproxy.cfg", lambda _, config: [haproxy, "-db", "-f", str(config)], ORIGIN=origin,
        CACHED=int(profile.is_cached),
    )  # fmt: skip


Start = Callable[[Stage, Profile, int], Server]
OTHERS: dict[str, Start] = {"nginx": start_nginx, "nginx-lua": start_nginx_lua, "haproxy": start_haproxy}


def all_peers(ours: dict[str, Path], options: tuple[str, ...] = ()) -> dict[str, Start]:
    """Return how each peer is started; `ours` are builds of our proxy by name.

    Each of ours comes as it is, with the rules that do the work of peers/fl1.lua, and, if there are `options`, with a
    plus behind its name as the options make it.
    """
    starts: dict[str, Start] = {}
    for name, program in ours.items():
        starts[name] = partial(start_ours, program, ())
        starts[f"{name}-rules"] = partial(start_with_rules, program)
        if options:
            starts[f"{name}+"] = partial(start_ours, program, options)
    return starts | OTHERS


def look_at(name: str, server: Server, origin: Server, profile: Profile) -> Peer:
    """Ask a peer the profile's request twice, and a hostile one; say what it was seen to do.

    Raises CourseError when the peer does not answer as the origin does.
    """
    expected, first, again = _ask(origin, profile), _ask(server, profile), _ask(server, profile)
    for answer in (expected, first, again):
        if (answer.status, answer.body) != (200, expected.body):
            raise CourseError(
                f"{name} does not give the origin's answer to {profile.method} {profile.target}.",
                f"the origin: {expected.shown()}; {name}: {answer.shown()}",
            )
    work = []
    if name != DIRECT:
        cached = profile.is_cached and first.fields["x-answer"] == again.fields["x-answer"]
        work.append("answers from its cache" if cached else "forwards")
        if "x-request-id" in first.fields:
            work.append("request id")
        if _ask(server, profile, HOSTILE).status == 403:
            work.append("WAF")
    return Peer(name, server, ", ".join(work))


@dataclass(frozen=True)
class _Answer:
    status: int
    fields: dict[str, str]
    body: bytes

    def shown(self) -> str:
        return f"{self.status} with {len(self.body)} bytes"


def _ask(server: Server, profile: Profile, target: str = "") -> _Answer:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    try:
        connection.request(profile.method, target or profile.target, body=b"x" * profile.body_bytes or None)
        response = connection.getresponse()
        fields = {name.lower(): value for name, value in response.getheaders()}
        return _Answer(response.status, fields, response.read())
    finally:
        connection.close()


def _required(program: str) -> str:
    path = found(program)
    if path is None:
        raise Missing(f"{program} is not installed")
    return path


def _nginx_command(nginx: str) -> Callable[[Path, Path], list[str]]:
    return lambda home, config: [nginx, "-p", f"{home}", "-c", f"{config}", "-e", f"{home}/error.log"]


def _nginx_cache(stage: Stage, profile: Profile) -> str:
    return f"include {stage.templates / 'nginx-cache.conf'};" if profile.is_cached else ""
