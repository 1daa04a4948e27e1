"""Check one exercise: compile it, run its tests, give a verdict.

Prints nothing. rustc is called directly: the dependencies of a part are built once (`dependencies`), so a
check costs one or two rustc calls and a run of the tests (see `trial`).
"""

import contextlib
import fcntl
import functools
import hashlib
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import msgspec

from proxylings import hints, state, toolchain
from proxylings.course import Desk, Exercise
from proxylings.grader.dependencies import dependencies
from proxylings.grader.sandbox import light
from proxylings.grader.trial import Stale, run_tests
from proxylings.grader.verdict import StepResult, TestResult, Verdict

# Learners' crates are safe Rust: the proxy's promises rest on it.
_FLAGS = ("-Funsafe_code", "-Cdebuginfo=0")
# Linking the standard library dynamically saves a quarter of a check, and leaving out the symbols a tenth.
_TEST_FLAGS = (*_FLAGS, "-Cprefer-dynamic", "-Crpath", "-Cstrip=symbols")
Observer = Callable[[Verdict], None]


class Superseded(Exception):
    """Nobody waits for the verdict any more."""


_version = functools.cache(lambda: version("proxylings"))


@dataclass(frozen=True)
class Answer:
    """What is checked: an exercise, the root file of the answer, and the file with the tests."""

    exercise: Exercise
    source: Path
    tests: Path


def learners_answer(desk: Desk, exercise: Exercise) -> Answer:
    """Return the answer that lies on the desk."""
    return Answer(exercise, desk.source(exercise), desk.tests(exercise))


def submission(answer: Answer) -> str:
    """Return the SHA-256 of the answer's files: their names and their bytes."""
    digest = hashlib.sha256()
    root = answer.source.parent
    files = sorted(root.rglob("*.rs")) if answer.exercise.kind == "part" else [answer.source]
    for path in files:
        data = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()


def check(
    desk: Desk, answer: Answer, observe: Observer | None = None, stale: Stale | None = None, *, known: bool = False
) -> Verdict:
    """Check `answer`; `observe` gets a verdict with the status `running` whenever more is known.

    When `stale` says yes, whatever runs is ended, and Superseded is raised. With `known`, the verdict of the last
    check is given again when all of its bytes are still the same.
    """
    exercise = answer.exercise
    verdict = Verdict(
        exercise=exercise.id,
        status="running",
        max_points=exercise.points,
        steps=tuple(StepResult(step.id, step.title, 0, step.points) for step in exercise.steps),
        version=_version(),
        backend=light.backend(),
    )
    if not answer.source.is_file():
        where = desk.shown(answer.source)
        message = f"{where} is not there. `proxylings reset {exercise.id}` brings the stub back."
        return msgspec.structs.replace(verdict, status="refused", message=message)
    verdict = msgspec.structs.replace(verdict, submission=submission(answer))
    with _workplace(desk, exercise) as folder:
        key = _key(desk, answer, verdict)
        if known and (before := _remembered(folder, key)) is not None:
            return before
        verdict = _check_in(folder, desk, answer, verdict, observe or (lambda _: None), stale)
        # Saved again meanwhile? Then nobody knows which bytes the verdict is about.
        if not (stale is not None and stale()) and submission(answer) == verdict.submission:
            _remember(folder, key, verdict)
    if stale is not None and stale():
        raise Superseded
    return verdict


class _Remembered(msgspec.Struct):
    key: str
    verdict: Verdict


def _key(desk: Desk, answer: Answer, verdict: Verdict) -> str:
    """Hash all that a verdict depends on beside the operating system."""
    needs = dependencies(desk, answer.exercise) if answer.exercise.kind == "part" else None
    tests = hashlib.sha256(answer.tests.read_bytes()).hexdigest()
    parts = (verdict.submission, verdict.version, str(answer.source), tests, toolchain.find(), needs)
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def _remembered(folder: Path, key: str) -> Verdict | None:
    try:
        last = msgspec.json.decode((folder / "verdict.json").read_bytes(), type=_Remembered)
    except (OSError, msgspec.DecodeError):
        return None
    return last.verdict if last.key == key else None


def _remember(folder: Path, key: str, verdict: Verdict) -> None:
    """Keep the verdict, unless time or the machine may have had a hand in it."""
    if verdict.status in ("pass", "fail", "error") and {test.status for test in verdict.tests} <= {"pass", "fail"}:
        state.write_whole(folder / "verdict.json", msgspec.json.encode(_Remembered(key, verdict)))


@contextlib.contextmanager
def _workplace(desk: Desk, exercise: Exercise) -> Iterator[Path]:
    """Give the exercise's own folder, or one for this time only when another check is in it.

    The same paths as last time save rustc a quarter of its work.
    """
    home = desk.state / "check" / exercise.id.replace("/", "--")
    home.mkdir(parents=True, exist_ok=True)
    with (home / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            with tempfile.TemporaryDirectory(dir=home, prefix="again-") as folder:
                yield Path(folder)
        else:
            yield home


def _check_in(
    folder: Path, desk: Desk, answer: Answer, verdict: Verdict, observe: Observer, stale: Stale | None
) -> Verdict:
    binary, diagnostics, seconds, failure = _compile(folder, desk, answer, stale)
    errors = [diagnostic for diagnostic in diagnostics if diagnostic.is_error]
    verdict = msgspec.structs.replace(verdict, diagnostics=tuple(diagnostics), compile_seconds=seconds)
    if binary is None:
        told = hints.for_codes(desk, answer.exercise, [error.error_code for error in errors])
        message = "" if errors else failure
        return msgspec.structs.replace(verdict, status="error", message=message, hints=told)
    observe(verdict)
    started = time.monotonic()
    results: list[TestResult] = []
    for result in run_tests(folder, binary, answer.tests, stale):
        results.append(result)
        observe(msgspec.structs.replace(verdict, tests=tuple(results)))
    if not results:
        message = f"{desk.shown(answer.tests)} holds no test. `proxylings reset {answer.exercise.id}` brings it back."
        return msgspec.structs.replace(verdict, status="refused", message=message)
    return _judge(verdict, answer.exercise, tuple(results), time.monotonic() - started)


def _compile(
    folder: Path, desk: Desk, answer: Answer, stale: Stale | None = None
) -> tuple[Path | None, list[toolchain.Diagnostic], float, str]:
    """Return the test binary, the diagnostics, the seconds, and why there is no binary when there is none."""
    exercise = answer.exercise
    incremental = folder / "incremental"
    incremental.mkdir(exist_ok=True)
    output = folder / "tests"
    if exercise.kind == "drill":
        made = toolchain.compile_file(
            answer.source,
            output,
            test=True,
            crate_name=exercise.name,
            incremental=incremental,
            flags=_TEST_FLAGS,
            cwd=desk.root,
            stop=stale,
        )
        return made.output, made.diagnostics, made.seconds, made.failure
    needs = dependencies(desk, exercise)
    crate = f"part_{exercise.name}"
    library = toolchain.compile_file(
        answer.source, folder / f"lib{crate}.rlib", crate_type="rlib", crate_name=crate, externs=needs.externs,
        search=needs.search, incremental=incremental, flags=_FLAGS, cwd=desk.root, stop=stale,
    )  # fmt: skip
    if library.output is None:
        return None, library.diagnostics, library.seconds, library.failure
    tests = toolchain.compile_file(
        answer.tests, output, test=True, crate_name="tests", externs={**needs.externs, crate: library.output},
        search=needs.search, incremental=incremental, flags=_TEST_FLAGS, cwd=desk.course, stop=stale,
    )  # fmt: skip
    seconds = library.seconds + tests.seconds
    return tests.output, [*library.diagnostics, *tests.diagnostics], seconds, tests.failure


def _judge(verdict: Verdict, exercise: Exercise, tests: tuple[TestResult, ...], seconds: float) -> Verdict:
    red = [test for test in tests if test.status != "pass"]
    steps = tuple(_step(step, tests) for step in verdict.steps)
    points = sum(step.points for step in steps) if steps else (0 if red else exercise.points)
    kinds = {test.status for test in red}
    status = "pass" if not red else kinds.pop() if len(kinds) == 1 else "fail"
    return msgspec.structs.replace(
        verdict, status=status, tests=tests, steps=steps, points=points, test_seconds=seconds
    )


def _step(step: StepResult, tests: Sequence[TestResult]) -> StepResult:
    """Give a step its points when it has tests and all of them passed."""
    mine = [test.status == "pass" for test in tests if test.task == step.id]
    return msgspec.structs.replace(step, points=step.max_points if mine and all(mine) else 0)


def advice(desk: Desk, answer: Answer, stale: Stale | None = None) -> list[toolchain.Diagnostic]:
    """Return what clippy says of an answer that passes; nothing where clippy is not installed.

    It takes as long as a check, so it comes after the verdict. When `stale` says yes, Superseded is raised.
    """
    driver = toolchain.find().clippy_driver
    if driver is None:
        return []
    needs = dependencies(desk, answer.exercise) if answer.exercise.kind == "part" else None
    folder = Path(tempfile.mkdtemp(dir=desk.state / "check", prefix="advice-"))
    try:
        made = toolchain.compile_file(
            answer.source, folder / "advice.rmeta", crate_type="lib", crate_name="advice", driver=driver,
            externs=needs.externs if needs else None, search=needs.search if needs else (),
            flags=("--emit=metadata", "-Wclippy::all", "-Adead_code"), cwd=desk.root, stop=stale,
        )  # fmt: skip
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    if stale is not None and stale():
        raise Superseded
    return [diagnostic for diagnostic in made.diagnostics if diagnostic.level == "warning" and diagnostic.spans]
