"""Look at the machine: what the course needs or would like to have, whether it is there, and how to get it.

Changes nothing and raises nothing: a broken machine is what this module is for.
"""

import contextlib
import importlib.metadata
import importlib.util
import re
import shutil
import subprocess
import sys
import tempfile
import textwrap
import threading
from dataclasses import dataclass
from pathlib import Path

from proxylings import toolchain
from proxylings.errors import CourseError

OLDEST_PYTHON = (3, 11)
# A set-up takes about 2 GiB, the learner's own builds another one.
FREE_GIB = 1.0
_SYSTEM_FOLDERS = "/usr/sbin:/sbin:/usr/local/sbin:/opt/homebrew/bin"
_RUSTUP = "Install Rust from https://rustup.rs, then open a new shell."


@dataclass(frozen=True)
class Finding:
    """One thing that was looked for: `found` says what is there, `remedy` how to get it when it isn't."""

    name: str
    there: bool
    required: bool
    found: str
    needed_for: str
    remedy: str


def examine(folder: Path | None = None) -> list[Finding]:
    """Return one finding for each thing, the required ones first; `folder` is where the course lies."""
    folder = folder or Path.cwd()
    rust = _rust()
    return [
        _python(),
        rust,
        _linker() if rust.there else _not_tried("linker", "building Rust programs"),
        _module(),
        _space(folder),
        _clippy(),
        _file_events(folder),
        _program("git", "the history of your own answers", "Debian: apt install git. macOS: xcode-select --install."),
        _program("curl", "the chapters that talk to the proxy from a terminal", "Debian: apt install curl."),
        _program("nginx", "measuring the proxy against nginx", "Debian: apt install nginx. macOS: brew install nginx."),
        _program("chromium", "the browser tests of this project", "Debian: apt install chromium.",
                 "chromium-browser", "google-chrome"),
        _namespaces(),
        _sandbox(),
    ]  # fmt: skip


def _python() -> Finding:
    there = sys.version_info[:2] >= OLDEST_PYTHON
    need = ".".join(map(str, OLDEST_PYTHON))
    found = f"{sys.version.split()[0]} ({sys.executable})"
    remedy = f"Install Python {need} or newer, and run start.py with it."
    return Finding("Python", there, True, found, "everything", remedy)


def _rust() -> Finding:
    try:
        found = toolchain.find()
    except CourseError as error:
        return Finding("Rust", False, True, error.what, "everything", error.hint)
    except OSError as error:
        return Finding("Rust", False, True, f"it does not run: {error}", "everything", _RUSTUP)
    version = ".".join(map(str, found.version))
    return Finding("Rust", True, True, f"{version} ({found.sysroot})", "everything", _RUSTUP)


def _linker() -> Finding:
    """Link a program: only this shows that a linker is there and works."""
    remedy = {
        "darwin": "Run: xcode-select --install",
        "win32": "Install the Visual Studio Build Tools with the workload for C++.",
    }.get(sys.platform, "Debian, Ubuntu: apt install gcc libc6-dev. Fedora: dnf install gcc.")
    why = ""
    try:
        with tempfile.TemporaryDirectory(prefix="proxylings-") as folder:
            source = Path(folder) / "empty.rs"
            source.write_text("fn main() {}\n", encoding="utf-8")
            made = toolchain.compile_file(source, Path(folder) / "empty")
            if made.output is None:
                why = made.diagnostics[0].message if made.diagnostics else made.failure
    except (OSError, CourseError) as error:
        why = str(error)
    found = f"it does not work: {why.splitlines()[0]}" if why else "links a program"
    return Finding("linker", not why, True, found, "building Rust programs", remedy)


def _module() -> Finding:
    try:
        there = importlib.util.find_spec("proxylings._native") is not None
        found = importlib.metadata.version("proxylings") if there else ""
    except (ImportError, ValueError) as error:
        there, found = False, str(error)
    need = "calling the proxy's parts from Python"
    return Finding("compiled module", there, True, found, need, "Run: python3 start.py setup")


def _space(folder: Path) -> Finding:
    try:
        free = shutil.disk_usage(folder).free / 2**30
    except OSError as error:
        return Finding("disk space", False, True, str(error), "building your proxy", "Is the folder still there?")
    remedy = "Free some space. Deleting .proxylings/target costs a rebuild and no progress."
    return Finding("disk space", free >= FREE_GIB, True, f"{free:.1f} GiB free", "building your proxy", remedy)


def _clippy() -> Finding:
    driver = None
    with contextlib.suppress(CourseError, OSError):  # a missing toolchain is reported under "Rust"
        driver = toolchain.find().clippy_driver
    found = _first_line([str(driver), "--version"]) if driver else ""
    need, remedy = "advice on an answer that passes", "Run: rustup component add clippy"
    return Finding("clippy", driver is not None, False, found, need, remedy)


def _file_events(folder: Path) -> Finding:
    """Save a file and see whether the system tells about it; some network and container folders don't."""
    need = "checks that start at once when you save"
    remedy = "Nothing to do: the course looks at the files every moment instead."
    try:
        import watchfiles

        with tempfile.TemporaryDirectory(prefix=".proxylings-doctor-", dir=folder) as inside:
            stop, seen = threading.Event(), False
            writer = threading.Timer(0.2, lambda: (Path(inside) / "saved").write_bytes(b""))
            limit = threading.Timer(2.0, stop.set)
            for timer in (writer, limit):
                timer.daemon = True
                timer.start()
            for _ in watchfiles.watch(inside, stop_event=stop, step=20, debounce=50, force_polling=False):
                seen = True
                break
            writer.join()
            limit.cancel()
    except Exception as error:  # the watcher's errors are of many kinds, and none may stop us
        return Finding("file events", False, False, f"they can't be watched: {error}", need, remedy)
    return Finding("file events", seen, False, "a saved file is seen" if seen else "", need, remedy)


def _program(name: str, needed_for: str, remedy: str, *others: str) -> Finding:
    for wanted in (name, *others):
        if path := shutil.which(wanted) or shutil.which(wanted, path=_SYSTEM_FOLDERS):
            flag = "-v" if name == "nginx" else "--version"
            return Finding(name, True, False, f"{_first_line([path, flag])} ({path})", needed_for, remedy)
    return Finding(name, False, False, "", needed_for, remedy)


def _namespaces() -> Finding:
    need = "the test that the course works without a network"
    if not sys.platform.startswith("linux"):
        return Finding("network namespaces", False, False, "", need, "They are a feature of Linux; nothing to do here.")
    there = _runs(["unshare", "-rn", "true"]) or _runs(["unshare", "-n", "true"])
    remedy = "The system forbids them to users: run this one test as root, or in a virtual machine."
    return Finding("network namespaces", there, False, "unshare works" if there else "", need, remedy)


def _sandbox() -> Finding:
    """Ask the sandbox itself, in a process of its own: it is made by a room above this one."""
    need = "grading code that you don't trust"
    done = _quietly([sys.executable, "-m", "proxylings.grader.sandbox"])
    if done is not None and done.returncode == 0:
        return Finding("sandbox", True, False, done.stdout.strip(), need, "")
    what, _, remedy = (done.stderr.strip() if done else "it does not answer").partition("\n")
    return Finding("sandbox", False, False, what, need, remedy or "Run: python3 start.py setup")


def _not_tried(name: str, needed_for: str) -> Finding:
    return Finding(name, False, True, "not tried without Rust", needed_for, _RUSTUP)


def _runs(command: list[str]) -> bool:
    done = _quietly(command)
    return done is not None and done.returncode == 0


def _first_line(command: list[str]) -> str:
    """Return the first line with a digit in it of what a program prints: its version."""
    done = _quietly(command)
    lines = (done.stdout + done.stderr).splitlines() if done else []
    line = next((line for line in lines if re.search(r"\d", line)), "it does not say its version")
    return textwrap.shorten(line, 60, placeholder=" …")


def _quietly(command: list[str]) -> "subprocess.CompletedProcess[str] | None":
    try:
        return subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", timeout=10, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return None
