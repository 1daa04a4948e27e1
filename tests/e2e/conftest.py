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
from tests.e2e.loopback import Proxy, accepts, free_port, running
from tests.e2e.programs import ROOT, Nginx, StartProxy, built


@pytest.fixture(scope="session", autouse=True)
def _many_files() -> None:
    """Let this process and its children open enough sockets for the largest test."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 8192 if hard == resource.RLIM_INFINITY else min(8192, hard)
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


NGINX_CONFIG = """
daemon off;
worker_processes 1;
pid {home}/nginx.pid;
error_log {home}/error.log;
{user}
events {{ worker_connections 4096; }}
http {{
    access_log off;
    client_body_temp_path {home}/body;
    proxy_temp_path {home}/proxy;
    fastcgi_temp_path {home}/fastcgi;
    uwsgi_temp_path {home}/uwsgi;
    scgi_temp_path {home}/scgi;
    client_max_body_size 0;
    keepalive_requests 100000;
    server {{
        listen 127.0.0.1:{port};
        root {home}/www;
        location / {{ dav_methods PUT; }}
    }}
}}
"""


@pytest.fixture(scope="session")
def nginx(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nginx]:
    """Run nginx on a loopback port of its own."""
    program = required("nginx")
    home = tmp_path_factory.mktemp("nginx")
    folder = home / "www"
    folder.mkdir()
    for name, size in (("empty", 0), ("small", 1024), ("large", 10 * 1024 * 1024)):
        (folder / name).write_bytes(os.urandom(size))
    # As root, nginx would give its workers to another user, who cannot read a private folder.
    user = "user root;" if os.geteuid() == 0 else ""
    config = home / "nginx.conf"
    # The port was free a moment ago; somebody else may take it first, so there is more than one try.
    for _ in range(5):
        port = free_port()
        config.write_text(NGINX_CONFIG.format(home=home, user=user, port=port))
        with subprocess.Popen([program, "-p", str(home), "-c", str(config), "-e", str(home / "error.log")]) as process:
            try:
                if accepts(("127.0.0.1", port), process):
                    yield Nginx(f"http://127.0.0.1:{port}", folder)
                    return
            finally:
                process.terminate()
    pytest.fail(f"nginx does not start: {(home / 'error.log').read_text()}")


@pytest.fixture(scope="session")
def curl() -> str:
    """Give the path of curl."""
    return required("curl")
