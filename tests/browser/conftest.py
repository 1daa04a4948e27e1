"""A JupyterLab on a fresh desk, and a real Chromium in front of it."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from proxylings.course import Desk
from tests.conftest import required

# Chromium's own services look for their home; nothing of ours does.
_QUIET = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
          "--no-first-run", "--disable-quic", "--disable-default-apps"]  # fmt: skip
# What JupyterLab's log says when it accepts connections.
_ADDRESS = re.compile(r"(?P<base>http://127\.0\.0\.1:\d+/)\S*\?token=(?P<token>\w+)")
# A busy machine starts a kernel in its own time; five seconds, the default, are too few.
expect.set_options(timeout=60_000)


@dataclass
class Lab:
    """A running JupyterLab: its desk, the address of a notebook, and every address that a page asked for."""

    desk: Desk
    base: str
    token: str
    asked: list[str] = field(default_factory=list)

    def notebook(self, slug: str) -> str:
        """Return the address of a notebook, alone: tabs that were open before are forgotten."""
        return f"{self.base}lab/tree/notebooks/{slug}.ipynb?reset&token={self.token}"


@pytest.fixture
def lab(desk_copy: Desk, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """Start `proxylings lab` on a fresh desk; stop it at the end."""
    with serving(desk_copy, tmp_path_factory.mktemp("home")) as running:
        yield running


@contextmanager
def serving(desk: Desk, home: Path) -> Iterator[Lab]:
    """Run `proxylings lab` on a desk, on a port of its own choice, for the length of a block."""
    settings = desk.state / "jupyterlab" / "@jupyterlab"
    tracker = settings / "notebook-extension" / "tracker.jupyterlab-settings"
    tracker.parent.mkdir(parents=True)
    # Every cell in the page, also those out of sight.
    tracker.write_text(json.dumps({"windowingMode": "none"}))
    environment = {
        **os.environ,
        "HOME": str(home),
        "CARGO_HOME": os.environ.get("CARGO_HOME", str(Path.home() / ".cargo")),
        "RUSTUP_HOME": os.environ.get("RUSTUP_HOME", str(Path.home() / ".rustup")),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
    }
    program = [sys.executable, "-c", "from proxylings.cli import main; main()", "lab"]
    options = ["--no-browser", "--ServerApp.port=0", "--ServerApp.ip=127.0.0.1"]
    process = subprocess.Popen([*program, *options], cwd=desk.root, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        found = next(match for line in process.stderr if (match := _ADDRESS.search(line)))
        # The log has to be read on, or the pipe fills up and the server waits.
        drain = subprocess.Popen(["cat"], stdin=process.stderr, stdout=subprocess.DEVNULL)
        yield Lab(desk, found["base"], found["token"])
        drain.kill()
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run the Chromium that is installed; Playwright's own download is not needed."""
    path = next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
    )
    path = path or required("chromium")
    sandbox = [] if os.geteuid() else ["--no-sandbox"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*_QUIET, *sandbox])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start a browser for all tests of a file."""
    with chromium() as running:
        yield running


@pytest.fixture
def page(browser: Browser, lab: Lab) -> Iterator[Page]:
    """Open an empty page that writes down every address it asks for."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.on("request", lambda request: lab.asked.append(request.url))
    page.on("websocket", lambda socket: lab.asked.append(socket.url))
    page.set_default_timeout(60_000)
    yield page
    context.close()
