"""One answer to grade: what every worker does, a thread here or a process on another machine."""

import functools
import hashlib
import platform
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

import msgspec

from proxylings import toolchain
from proxylings.course import Desk, Exercise, find_course
from proxylings.errors import CourseError
from proxylings.grader import oracle
from proxylings.grader.sandbox import Allowance, Outcome, Sandbox, SandboxFailed, Stopped
from proxylings.grader.verdict import Verdict

# A box that failed may have met a full machine for a moment. More tries than these would hide a broken one.
_TRIES = 3


class Grade(Protocol):
    """Grade one submission: the oracle, or a stand-in for it."""

    def __call__(
        self, desk: Desk, exercise: Exercise, submission: Mapping[str, bytes], *,
        seed: int, sandbox: Sandbox, cases: Path | None = None,
    ) -> Verdict:  # fmt: skip
        """Return the verdict, or raise SandboxFailed."""


class Find(Protocol):
    """Find a sandbox: `sandbox.find`, or a stand-in for it."""

    def __call__(self, *, trust: bool, require_cgroup: bool) -> Sandbox:
        """Return a sandbox, or raise SandboxUnavailable."""


class Task(msgspec.Struct, frozen=True):
    """An answer with all that grading it needs. `grader` and `course` tell the versions that shall grade it."""

    exercise: str
    files: dict[str, bytes]
    seed: int
    cases: str
    grader: str
    course: str
    trust: bool
    require_cgroup: bool


class Done(msgspec.Struct, frozen=True):
    """A verdict, or why there is none: the grader's side failed, not the learner."""

    verdict: Verdict | None
    failure: str = ""


class Stoppable:
    """A sandbox that ends what runs in it when grading is stopped."""

    def __init__(self, sandbox: Sandbox, stop: threading.Event) -> None:
        """Wrap `sandbox`; `stop` is set when the run shall end."""
        self.backend = sandbox.backend
        self._sandbox, self._stop = sandbox, stop

    def run(
        self, argv: Sequence[str], allowance: Allowance, *, stdin: bytes = b"",
        read_only: Mapping[str, Path] = {}, files: Mapping[str, bytes] = {}, env: Mapping[str, str] = {},
        stop: Callable[[], bool] | None = None, shares_network: bool = False,
    ) -> Outcome:  # fmt: skip
        """Run as the sandbox does, and raise Stopped when the run shall end meanwhile."""

        def ended() -> bool:
            return self._stop.is_set() or (stop is not None and stop())

        self._check()
        outcome = self._sandbox.run(
            argv, allowance, stdin=stdin, read_only=read_only, files=files, env=env, stop=ended,
            shares_network=shares_network,
        )  # fmt: skip
        self._check()
        return outcome

    def _check(self) -> None:
        if self._stop.is_set():
            raise Stopped("The run was stopped.", "Run the same command again to go on.")


def attempt(grade: Grade, sandbox: Sandbox, desk: Desk, task: Task) -> Done:
    """Grade one answer. A failed sandbox is tried again; whatever fails on our side becomes no verdict, but words."""
    exercise = desk.exercise(task.exercise)
    cases = Path(task.cases) if task.cases else None
    failure = ""
    for tries in range(1, _TRIES + 1):
        try:
            return Done(grade(desk, exercise, task.files, seed=task.seed, sandbox=sandbox, cases=cases))
        except Stopped:
            raise
        except SandboxFailed as error:
            failure = f"sandbox: {error.what} ({tries} tries)"
            time.sleep(0.2 * tries)  # what filled the machine may need a moment to go
        except CourseError as error:
            return Done(None, " ".join(str(error).split()))
        except Exception as error:  # noqa: BLE001, RUF100 - a mistake in the grader costs one answer, and says so
            return Done(None, f"the grader failed: {type(error).__name__}: {error}")
    return Done(None, failure)


def attempt_elsewhere(grade: Grade, find: Find, packed: bytes) -> bytes:
    """Grade one packed task in a worker process, with the course and the sandbox of the worker's own machine."""
    task = msgspec.msgpack.decode(packed, type=Task)
    where = f"on {platform.node()}"
    try:
        desk = _course()
        if fingerprint(desk) != task.course:
            raise CourseError(f"{desk.root} is another course than the one to grade by.", "Bring both to one commit.")
        if grader_version() != task.grader:
            raise CourseError(f"{grader_version()} is not {task.grader}.", "Install the same versions.")
        if task.cases and not Path(task.cases).is_dir():
            raise CourseError(f"{task.cases} is not there.", "Put --cases on a disk that all workers share.")
        done = attempt(grade, _sandbox(find, task.trust, task.require_cgroup), desk, task)
    except CourseError as error:
        done = Done(None, f"{where}: {' '.join(str(error).split())}")
    return msgspec.msgpack.encode(done)


@functools.cache
def _course() -> Desk:
    return Desk(find_course())


_boxes: dict[tuple[bool, bool], Sandbox] = {}


def _sandbox(find: Find, trust: bool, require_cgroup: bool) -> Sandbox:
    """Return this process's sandbox; looking for one takes a trial run."""
    wanted = (trust, require_cgroup)
    if wanted not in _boxes:
        _boxes[wanted] = find(trust=trust, require_cgroup=require_cgroup)
    return _boxes[wanted]


def identity(files: Mapping[str, bytes]) -> str:
    """Return the SHA-256 of an answer: its names and its bytes."""
    digest = hashlib.sha256()
    for name, data in sorted(files.items()):
        digest.update(f"{name}\0{len(data)}\0".encode("utf-8", "surrogateescape") + data)
    return digest.hexdigest()


@functools.cache
def fingerprint(desk: Desk) -> str:
    """Return a hash of everything in the course that a verdict depends on."""
    folders = ("solutions", "tests/oracle", "crates/wire/src")
    found = [path for folder in folders for path in (desk.course / folder).rglob("*") if path.is_file()]
    kept = [path for path in found if path.suffix in (".rs", ".toml", ".py", ".json")]
    return _digest(desk.course, [desk.course / "course.toml", desk.course / "Cargo.lock", *kept])


def folder_fingerprint(folder: Path) -> str:
    """Return a hash of all files of a folder."""
    return _digest(folder, [path for path in folder.rglob("*") if path.is_file()])


@functools.cache
def grader_version() -> str:
    """Return what the verdicts are made with. A version may hold more than one state of the oracle: its hash tells."""
    folder = Path(oracle.__file__).parent
    state = _digest(folder, list(folder.glob("*.py")))[:8]
    return f"proxylings {version('proxylings')} ({state}), rustc {'.'.join(map(str, toolchain.find().version))}"


def _digest(root: Path, paths: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(set(paths)):
        if path.is_file():
            data = path.read_bytes()
            digest.update(f"{path.relative_to(root).as_posix()}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()
