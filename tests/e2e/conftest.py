"""Fixtures of the end-to-end tests: the built proxy, a running one, and a real nginx behind it."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.conftest import required
from tests.e2e.cafe import CAFE, Serve
from tests.e2e.loopback import FakeUpstream, Proxy, running
from tests.e2e.programs import ROOT, Nginx, StartProxy, built, running_nginx


@pytest.fixture(scope="session", autouse=True)
def _many_files() -> None:
    """Let this process and its children open enough sockets for the largest test."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 12_000 if hard == resource.RLIM_INFINITY else min(12_000, hard)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


@pytest.fixture(scope="session")
def binary() -> Path:
    """Build the proxy out of the reference parts."""
    return built(ROOT / "Cargo.toml", "proxy", "--locked")


@pytest.fixture
def start_proxy(binary: Path) -> Iterator[StartProxy]:
    """Give a function that starts a proxy; all of them end with the test."""
    with ExitStack() as stack:

        def start(*arguments: str, stdin: int = subprocess.DEVNULL) -> Proxy:
            return stack.enter_context(running(binary, *arguments, stdin=stdin))

        yield start


@pytest.fixture
def serve(start_proxy: StartProxy, tmp_path: Path) -> Serve:
    """Give a function that starts a proxy with a cache before an upstream."""

    def start(upstream: FakeUpstream, rules: str = CAFE) -> Proxy:
        (tmp_path / "rules.toml").write_text(rules)
        (tmp_path / "proxy.toml").write_text(
            'listen = "127.0.0.1:0"\nadmin = "127.0.0.1:0"\nrules = "rules.toml"\nlabel = "mine"\n'
            f'[[upstream]]\nname = "app"\nservers = ["{upstream.url}"]\n[cache]\nentry_bytes = 8192\n'
        )
        return start_proxy("--config", str(tmp_path / "proxy.toml"))

    return start


NGINX_CONFIG = """
    client_max_body_size 0;
    keepalive_requests 100000;
    server {
        listen 127.0.0.1:{port};
        root {home}/www;
        location / { dav_methods PUT; }
    }
"""


@pytest.fixture(scope="session")
def nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    """Run nginx as a server of files on a loopback port of its own."""
    program = required("nginx")
    home = tmp_path_factory.mktemp("nginx")
    folder = home / "www"
    folder.mkdir()
    for name, size in (("empty", 0), ("small", 1024), ("large", 10 * 1024 * 1024)):
        (folder / name).write_bytes(os.urandom(size))
    with running_nginx(program, home, NGINX_CONFIG) as port:
        yield Nginx(f"http://127.0.0.1:{port}", folder)


@pytest.fixture(scope="session")
def curl() -> str:
    """Give the path of curl."""
    return required("curl")
