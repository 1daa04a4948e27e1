"""Check one exercise: compile it, run each test in a process of its own, give a verdict.

Prints nothing. rustc is called directly: the dependencies of a part are built once (`dependencies`), so a
check costs one or two rustc calls and one process a test. A test that hangs, aborts or overflows its stack
costs its own result and no other.
"""

import functools
import hashlib
import os
import re
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import msgspec

from proxylings import child, hints, toolchain
from proxylings.course import Desk, Exercise
from proxylings.grader.dependencies import dependencies
from proxylings.grader.verdict import LONGEST_OUTPUT, StepResult, TestResult, TestStatus, Verdict

TEST_LIMITS = child.Limits(cpu=10, wall=10.0, memory=2048, file=16, output=256)
# Learners' crates are safe Rust: the proxy's promises rest on it.
_FLAGS = ("-Funsafe_code", "-Cdebuginfo=0")
# Linking the standard library dynamically saves a quarter of a check.
_TEST_FLAGS = (*_FLAGS, "-Cprefer-dynamic", "-Crpath")
# A loop that never ends tends to hang every test of its step; two are enough to say so.
_MOST_HUNG = 2
_PANIC = re.compile(r"panicked at ([^\n]+?):(\d+):\d+:\n(.*?)(?=\nnote: run with|\nthread '|\Z)", re.DOTALL)

Observer = Callable[[Verdict], None]
Stale = Callable[[], bool]


class Superseded(Exception):
    """Nobody waits for the verdict any more."""


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


def check(desk: Desk, answer: Answer, observe: Observer | None = None, stale: Stale | None = None) -> Verdict:
    """Check `answer`; `observe` gets a verdict with the status `running` whenever more is known.

    When `stale` says yes, whatever runs is ended, and Superseded is raised.
    """
    exercise = answer.exercise
    verdict = Verdict(
        exercise=exercise.id,
        status="running",
        max_points=exercise.points,
        steps=tuple(StepResult(step.id, step.title, 0, step.points) for step in exercise.steps),
        version=version("proxylings"),
    )
    if not answer.source.is_file():
        where = desk.shown(answer.source)
        message = f"{where} is not there. `proxylings reset {exercise.id}` brings the stub back."
        return msgspec.structs.replace(verdict, status="refused", message=message)
    verdict = msgspec.structs.replace(verdict, submission=submission(answer))
    scratch = desk.state / "check"
    scratch.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=scratch, prefix="run-") as folder:
        verdict = _check_in(Path(folder), desk, answer, verdict, observe or (lambda _: None), stale)
    if stale is not None and stale():
        raise Superseded
    return verdict


def _check_in(
    folder: Path, desk: Desk, answer: Answer, verdict: Verdict, observe: Observer, stale: Stale | None
) -> Verdict:
    binary, diagnostics, seconds, failure = _compile(folder, desk, answer)
    errors = [diagnostic for diagnostic in diagnostics if diagnostic.is_error]
    verdict = msgspec.structs.replace(verdict, diagnostics=tuple(diagnostics), compile_seconds=seconds)
    if binary is None:
        told = hints.for_codes(desk, answer.exercise, [error.error_code for error in errors])
        message = "" if errors else failure
        return msgspec.structs.replace(verdict, status="error", message=message, hints=told)
    observe(verdict)
    started = time.monotonic()
    names = _test_names(binary, answer.tests)
    if not names:
        message = f"{desk.shown(answer.tests)} holds no test. `proxylings reset {answer.exercise.id}` brings it back."
        return msgspec.structs.replace(verdict, status="refused", message=message)
    results: list[TestResult] = []
    run = functools.partial(_run_test, folder, binary, stale, Counter())
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        for result in pool.map(run, names):
            results.append(result)
            observe(msgspec.structs.replace(verdict, tests=tuple(results)))
    return _judge(verdict, answer.exercise, tuple(results), time.monotonic() - started)


def _compile(folder: Path, desk: Desk, answer: Answer) -> tuple[Path | None, list[toolchain.Diagnostic], float, str]:
    """Return the test binary, the diagnostics, the seconds, and why there is no binary when there is none."""
    exercise = answer.exercise
    incremental = desk.state / "incremental" / exercise.id.replace("/", "--")
    incremental.mkdir(parents=True, exist_ok=True)
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
        )
        return made.output, made.diagnostics, made.seconds, made.failure
    needs = dependencies(desk, exercise)
    crate = f"part_{exercise.name}"
    library = toolchain.compile_file(
        answer.source, folder / f"lib{crate}.rlib", crate_type="rlib", crate_name=crate, externs=needs.externs,
        search=needs.search, incremental=incremental, flags=_FLAGS, cwd=desk.root,
    )  # fmt: skip
    if library.output is None:
        return None, library.diagnostics, library.seconds, library.failure
    tests = toolchain.compile_file(
        answer.tests, output, test=True, crate_name="tests", externs={**needs.externs, crate: library.output},
        search=needs.search, incremental=incremental, flags=_TEST_FLAGS, cwd=desk.root,
    )  # fmt: skip
    seconds = library.seconds + tests.seconds
    return tests.output, [*library.diagnostics, *tests.diagnostics], seconds, tests.failure


def _test_names(binary: Path, source: Path) -> list[str]:
    """Return the names of all tests in the order of their file (libtest lists them by the alphabet)."""
    listed = child.run([binary, "--list", "--format=terse"], TEST_LIMITS, env=_environment(binary.parent))
    names = [line.removesuffix(": test") for line in listed.stdout.splitlines() if line.endswith(": test")]
    text = source.read_text(encoding="utf-8")

    def place(name: str) -> int:
        *modules, function = name.split("::")
        at = 0
        for module in modules:
            at = max(at, text.find(f"mod {module} ", at))
        return text.find(f"fn {function}(", at)

    return sorted(names, key=place)


def _run_test(folder: Path, binary: Path, stale: Stale | None, hung: Counter[str], name: str) -> TestResult:
    """Run one test; `hung` counts the tests of each step that did not end, over all tests of the run."""
    task = name.split("::")[0] if name.startswith("step_") else ""
    function = name.split("::")[-1]
    if hung[task] >= _MOST_HUNG:
        return TestResult(function, task, "timeout", 0.0, f"It was not run: {_MOST_HUNG} tests before it did not end.")
    command: list[str | Path] = [binary, "--exact", name, "--nocapture"]
    done = child.run(command, TEST_LIMITS, cwd=folder, env=_environment(folder), stop=stale)
    status: TestStatus
    message = place = ""
    if done.ok:
        status = "pass"
    elif done.stopped or "processor time" in done.ending():
        hung[task] += 1
        status, message = (
            "timeout",
            f"The test {done.ending()}. Is there a loop that never ends, or a lock that waits for itself?",
        )
    elif done.returncode == 101 and (panics := _PANIC.findall(done.stderr)):
        status = "fail"
        file, line, message = panics[-1]
        place = f"{file}:{line}"
    else:
        status, message = "crashed", f"The test {done.ending()}."
        if "overflowed its stack" in done.stderr:
            message = "The test overflowed its stack. Does a function call itself without an end?"
    # Between libtest's own first and last lines stands what the learner's code printed.
    printed = done.stdout.removeprefix("\nrunning 1 test\n").split(f"test {name} ... ")[0].strip()
    output = printed[:LONGEST_OUTPUT] if status != "pass" else ""
    return TestResult(function, task, status, done.seconds, message.strip(), place, output)


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


def _environment(folder: Path) -> dict[str, str]:
    """Return the little that a test may see of the environment."""
    path = os.environ.get("PATH", "/usr/bin:/bin")
    return {"PATH": path, "HOME": str(folder), "TMPDIR": str(folder), "RUST_BACKTRACE": "0"}


def advice(desk: Desk, answer: Answer) -> list[toolchain.Diagnostic]:
    """Return what clippy says of an answer that passes; nothing where clippy is not installed."""
    driver = toolchain.find().clippy_driver
    if driver is None:
        return []
    needs = dependencies(desk, answer.exercise) if answer.exercise.kind == "part" else None
    folder = Path(tempfile.mkdtemp(dir=desk.state / "check", prefix="advice-"))
    try:
        made = toolchain.compile_file(
            answer.source, folder / "advice.rmeta", crate_type="lib", crate_name="advice", driver=driver,
            externs=needs.externs if needs else None, search=needs.search if needs else (),
            flags=("--emit=metadata", "-Wclippy::all", "-Adead_code"), cwd=desk.root,
        )  # fmt: skip
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return [diagnostic for diagnostic in made.diagnostics if diagnostic.level == "warning" and diagnostic.spans]
