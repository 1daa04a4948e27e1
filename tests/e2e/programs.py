"""Programs that the tests run: how they are found, and how the proxy is built.

A module of its own, because `conftest` is a name that every folder of tests has.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.e2e.loopback import Proxy, accepts, free_port

ROOT = Path(__file__).resolve().parents[2]

StartProxy = Callable[..., Proxy]
"""Starts a proxy with the arguments given; it ends with the test."""


@dataclass(frozen=True)
class Nginx:
    """A running nginx that serves a folder and takes uploads into it."""

    url: str
    folder: Path


def built(manifest: Path, package: str, *arguments: str) -> Path:
    """Build a package and give the path of its executable, which cargo itself names."""
    command = ["cargo", "build", "--release", "--manifest-path", str(manifest), "-p", package]
    command += ["--message-format=json-render-diagnostics", *arguments]
    build = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if build.returncode != 0:
        pytest.fail(f"{package} does not build: see cargo's messages above")
    messages = (json.loads(line) for line in build.stdout.splitlines())
    executables = [message["executable"] for message in messages if message.get("executable")]
    assert len(executables) == 1, f"one program expected, got {executables}"
    return Path(executables[0])


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
"""


@contextmanager
def running_nginx(program: str, home: Path, http: str) -> Iterator[int]:
    """Run nginx on a loopback port of its own, and give the port.

    `http` is its configuration, with `{port}` and `{home}` in it.
    """
    # As root, nginx would give its workers to another user, who cannot read a private folder.
    user = "user root;" if os.geteuid() == 0 else ""
    config, log = home / "nginx.conf", home / "error.log"
    # The port was free a moment ago; somebody else may take it first, so there is more than one try.
    for _ in range(5):
        port = free_port()
        own = http.replace("{port}", str(port)).replace("{home}", str(home))
        config.write_text(NGINX_CONFIG.format(home=home, user=user) + own + "}\n")
        command = [program, "-p", str(home), "-c", str(config), "-e", str(log)]
        with subprocess.Popen(command) as process:
            try:
                if accepts(("127.0.0.1", port), process):
                    yield port
                    return
            finally:
                process.terminate()
    pytest.fail(f"nginx does not start: {log.read_text()}")
