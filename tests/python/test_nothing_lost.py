"""Nothing lost: not by kill -9 at any moment, not on a full disk, not in a folder that can't be written.

`proxylings grade` has tests of its own for this, in test_batch_lasting.py.
"""

import contextlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from proxylings import repository
from proxylings.course import Desk
from tests.conftest import ROOT
from tests.python.killed import ANSWER, DRILL_FILE, PART_FILES
from tests.python.small_course import change, commit, small_course, texts

COMMANDS = ("check", "reset", "init", "update", "take")
MINE = b"// mine\n"


def environment(**more: str) -> dict[str, str]:
    """Return the environment of a command: this checkout's Python, and nothing written beside it."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONDONTWRITEBYTECODE": "1", **more}


@pytest.fixture(scope="module")
def sweeps(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, "subprocess.Popen[str]"]]:
    """All sweeps at once, each in a process that can fork safely."""
    started = {
        name: subprocess.Popen(
            [sys.executable, "-m", "tests.python.killed", name, str(tmp_path_factory.mktemp(name))],
            cwd=ROOT, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )
        for name in COMMANDS
    }  # fmt: skip
    yield started
    for process in started.values():
        process.kill()
        process.communicate()


@pytest.mark.parametrize("name", COMMANDS)
def test_a_command_killed_before_any_of_its_changes_loses_nothing_and_is_finished_by_the_next(
    sweeps: dict[str, "subprocess.Popen[str]"], name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said, problems = sweeps[name].communicate()
    assert sweeps[name].returncode == 0, problems
    points = json.loads(said)["points"]
    with capsys.disabled():
        print(f"\n{name}: killed at {points} points, nothing lost")
    assert points >= {"check": 10, "reset": 25, "init": 50, "update": 50, "take": 15}[name]


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = small_course(tmp_path / "course")
    monkeypatch.setenv("PROXYLINGS_COURSE", str(desk.root))
    return desk


def lay_out(folder: Path, course: Desk) -> None:
    """Make a learner's repository with a solved drill and an edited part."""
    repository.init(folder, course.root, "github")
    (folder / DRILL_FILE).write_bytes(ANSWER)
    for name in PART_FILES:
        (folder / name).write_bytes(MINE)


def command(*arguments: str) -> list[str]:
    """Return a command line of `proxylings`."""
    return [sys.executable, "-c", "from proxylings.cli import main; main()", *arguments]


def call(folder: Path, *arguments: str, limit: int | None = None) -> "subprocess.CompletedProcess[str]":
    """Run a command in `folder` to its end; `limit` is the largest file that it may write, in bytes."""

    def small_files() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run(
        command(*arguments), cwd=folder, env=environment(), stdin=subprocess.DEVNULL, capture_output=True, text=True,
        check=False, preexec_fn=small_files,
    )  # fmt: skip


def renew(course: Desk) -> None:
    """Commit another version of the course."""
    change(course, "solutions/00-tour/drills/greet.rs", "//! One name", "//! A name")
    change(course, "notebooks/src/00-tour.md", "# A request's trip", "# The trip of a request")
    commit(course.root, "course: another version")


@pytest.mark.parametrize("arguments", [("check", "greet"), ("reset", "01-request"), ("update",), ("init", ".")])
def test_a_command_killed_from_outside_at_some_moment_loses_nothing(
    course: Desk, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    """The same with the whole program and its children, at moments that nobody chose."""
    template = tmp_path / "template"
    template.mkdir()
    if arguments[0] != "init":
        lay_out(template, course)
        renew(course)
    chance = random.Random(arguments[0])
    took = 0.0
    for turn in range(4):
        folder = tmp_path / f"mine-{turn}"
        shutil.copytree(template, folder)
        before = texts(folder)
        started = time.monotonic()
        process = subprocess.Popen(
            command(*arguments), cwd=folder, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(took * chance.uniform(0.4, 1.0) if turn else None)
        took = took or time.monotonic() - started
        process.send_signal(signal.SIGKILL)
        process.wait()
        for name in (DRILL_FILE, *PART_FILES):
            copies = (folder / ".proxylings" / "backups").rglob(Path(name).name)
            kept = [path.read_bytes() for path in [folder / name, *copies] if path.is_file()]
            assert name not in before or before[name] in kept, f"{name} is gone after {arguments}, turn {turn}"
        done = call(folder, *arguments)
        assert done.returncode == 0 or "is a learner's repository already" in done.stderr, done.stdout + done.stderr


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", folder], capture_output=True).returncode:
        pytest.skip("only root can make a small disk; the limit on a file's size stands in for it")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


# What each command meets, and the repository that it meets it in.
WRITING = [("check", "greet"), ("reset", "01-request"), ("update",), ("init", "."), ("lab", "--version")]


def prepared(folder: Path, course: Desk, arguments: tuple[str, ...]) -> Path:
    """Lay out what a command needs in `folder`, and return where it is to be run."""
    mine = folder / "mine"
    mine.mkdir()
    if arguments[0] != "init":
        lay_out(mine, course)
        renew(course)
    return mine


def told(done: "subprocess.CompletedProcess[str]", what: str, remedy: str) -> None:
    """It failed in words: what happened, and what to do next."""
    said = done.stdout + done.stderr
    assert done.returncode == 1, said
    assert "Traceback" not in said
    assert what in said, said
    assert remedy in said, said


@pytest.mark.parametrize("arguments", WRITING, ids=lambda arguments: arguments[0])
def test_on_a_full_disk_it_says_so_and_changes_nothing(course: Desk, disk: Path, arguments: tuple[str, ...]) -> None:
    mine = prepared(disk, course, arguments)
    before = texts(mine)
    filler = disk / "filler"
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 4096)
    told(call(mine, *arguments), "full", "Free some space")
    if arguments[0] == "check":  # now there is room for our own files, and not for what rustc writes
        os.truncate(filler, filler.stat().st_size - 256 * 1024)
        told(call(mine, *arguments), "full", "Free some space")
    assert {name: data for name, data in texts(mine).items() if name in before} == before
    filler.unlink()
    if arguments[0] in ("check", "reset"):
        done = call(mine, *arguments)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    "arguments", [("reset", "01-request"), ("lab", "--version")], ids=lambda arguments: arguments[0]
)
def test_where_no_more_may_be_written_it_says_so_and_changes_nothing(
    course: Desk, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    mine = prepared(tmp_path, course, arguments)
    before = texts(mine)
    told(call(mine, *arguments, limit=0), "your share of it, is full", "Free some space")
    assert {name: data for name, data in texts(mine).items() if name in before} == before


@pytest.mark.parametrize("arguments", WRITING, ids=lambda arguments: arguments[0])
def test_in_a_folder_that_can_not_be_written_it_says_so(
    course: Desk, tmp_path: Path, arguments: tuple[str, ...], request: pytest.FixtureRequest
) -> None:
    root = os.geteuid() == 0
    home: Path = request.getfixturevalue("disk") if root else tmp_path
    mine = prepared(home, course, arguments)
    before = texts(mine)
    folders = [mine, *(path for path in mine.rglob("*") if path.is_dir())]
    if root:
        subprocess.run(["mount", "-o", "remount,ro", home], check=True)
    else:
        for folder in folders:
            folder.chmod(0o555)
    try:
        told(call(mine, *arguments), "can't be written: ", "Make the folder writable")
        assert texts(mine) == before
    finally:
        for folder in [] if root else folders:
            folder.chmod(0o755)
