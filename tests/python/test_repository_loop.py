"""A learner's day in a repository of their own, with the real course: check, the proxy with their part, the lab."""

import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from proxylings import repository
from proxylings.course import Desk
from tests.conftest import ROOT, missing
from tests.python.small_course import URL, git

_ADDRESS = re.compile(r"(http://127\.0\.0\.1:\d+/)\S*\?token=(\w+)")


@pytest.fixture
def mine(desk_copy: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository as `init` makes it; the clone that it works with lies where the other tests build, too."""
    if not (ROOT / ".git").exists():
        missing("the course lies here without git, so it has no version")
    git(ROOT, "rev-parse", "HEAD")
    repository.init(tmp_path / "mine", ROOT, "none", URL)
    monkeypatch.setenv("PROXYLINGS_COURSE", str(desk_copy.root))
    return tmp_path / "mine"


def started(folder: Path, *arguments: str, environment: Mapping[str, str] = os.environ) -> "subprocess.Popen[str]":
    """Start `proxylings` in a folder."""
    command = [sys.executable, "-c", "from proxylings.cli import main; main()", *arguments]
    return subprocess.Popen(
        command, cwd=folder, env=dict(environment), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_a_part_that_passes_runs_in_the_proxy(mine: Path, desk_copy: Desk) -> None:
    for path in (desk_copy.root / "solutions" / "01-request" / "src").glob("*.rs"):
        shutil.copyfile(path, mine / "exercises" / "01-request" / "src" / path.name)
    said, problems = started(mine, "check", "01-request").communicate()
    assert "PASS: 20 of 20 points" in said, said + problems
    proxy = started(mine, "run", "--listen", "127.0.0.1:0")
    try:
        assert proxy.stdout is not None
        with urllib.request.urlopen(proxy.stdout.readline().strip(), timeout=10) as response:
            assert response.status == 200
        proxy.send_signal(signal.SIGINT)
        assert "request: mine, the others: reference" in proxy.communicate(timeout=30)[1]
    finally:
        proxy.kill()
    assert (mine / ".proxylings" / "compose" / "proxy").is_dir(), "what holds the learner's part lies with the learner"
    assert not list(mine.rglob("target")), "and what cargo builds is shared"


def test_the_lab_opens_on_the_learners_own_notebooks(mine: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "JUPYTER_CONFIG_DIR": str(tmp_path / "c"), "JUPYTER_RUNTIME_DIR": str(tmp_path / "r")}
    options = ("--no-browser", "--ServerApp.port=0", "--ServerApp.ip=127.0.0.1")
    lab = started(mine, "lab", *options, environment=environment)
    try:
        assert lab.stderr is not None
        found = next(match for line in lab.stderr if (match := _ADDRESS.search(line)))
        address = urlsplit(found[1])
        while socket.socket().connect_ex((address.hostname, address.port)):  # it names its address before it listens
            with contextlib.suppress(subprocess.TimeoutExpired):
                pytest.fail(f"the lab ended with {lab.wait(0.1)}")
        for name in ("notebooks/00-tour.ipynb", "exercises/00-tour/drills/first_green.rs"):
            with urllib.request.urlopen(f"{found[1]}api/contents/{name}?token={found[2]}", timeout=20) as response:
                assert response.status == 200
        assert (mine / ".proxylings" / "jupyterlab").is_dir()
    finally:
        lab.terminate()
        lab.communicate()
