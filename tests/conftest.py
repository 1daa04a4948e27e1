"""What several rooms of the tests need: the repository, a learner's desk, and programs that may be missing."""

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from proxylings import weave
from proxylings.course import Desk

ROOT = Path(__file__).resolve().parents[1]
# What a learner has after cloning, without what the machine made of it.
_ON_THE_DESK = (
    "course.toml", "Cargo.toml", "Cargo.lock", "rustfmt.toml",
    "crates", "solutions", "exercises", "notebooks", "tests/parts", "tests/wrong",
)  # fmt: skip
_LEFT_OUT = shutil.ignore_patterns("target", ".proxylings", ".ipynb_checkpoints", "__pycache__")
_SYSTEM_FOLDERS = "/usr/sbin:/sbin:/usr/local/sbin:/opt/homebrew/bin"


def pytest_configure() -> None:
    """Let Ctrl-C work: a shell starts its background jobs with SIGINT ignored, and children would inherit that."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def required(program: str) -> str:
    """Return the path of a program; without it skip the test, and fail in CI, which promises to have it."""
    path = shutil.which(program) or shutil.which(program, path=_SYSTEM_FOLDERS)
    return path or missing(f"{program} is not installed, so this test can't run")


def missing(reason: str) -> NoReturn:
    """Skip the test and say why; in CI, where everything has to be there, fail it."""
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(autouse=True)
def _stays_where_it_is() -> Iterator[None]:
    """See that a test ends in the folder in which it began: all tests after it would look for the course elsewhere."""
    before = Path.cwd()
    yield
    assert Path.cwd() == before, "the test has changed the working directory"


@pytest.fixture(scope="session")
def repository() -> Path:
    """Return the root of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def desk() -> Desk:
    """Return the repository as a desk: its files are the committed ones."""
    return Desk(ROOT)


@pytest.fixture(scope="session")
def _desk_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("learner") / "desk"


@pytest.fixture
def desk_copy(_desk_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Return a fresh desk: what a learner has after cloning, with every stub in its place.

    All tests of a run get it at the same path, and share cargo's output: the path is a part of what cargo
    builds, so a path for each test would build everything anew for each of them.
    """
    monkeypatch.setenv("CARGO_TARGET_DIR", str(ROOT / ".proxylings" / "tests" / "target"))
    # As in tests/e2e/composed.py: nobody measures what is built here, and optimising it takes most of the time.
    monkeypatch.setenv("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0")
    monkeypatch.setenv("CARGO_PROFILE_RELEASE_DEBUG", "0")
    return fill_desk(_desk_folder)


def fill_desk(folder: Path) -> Desk:
    """Make a fresh desk in a folder; what was there goes."""
    shutil.rmtree(folder, ignore_errors=True)
    for name in _ON_THE_DESK:
        source, target = ROOT / name, folder / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=_LEFT_OUT)
        elif source.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
    desk = Desk(folder)
    # Whoever runs the tests may have solved exercises in the clone; the copy begins with the stubs.
    weave.write(weave.stubs(desk) | weave.notebooks(desk))
    return desk
