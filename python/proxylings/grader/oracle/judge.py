"""The strict verdict: compare what a submission says with what the reference said, step by step.

A step gives its points when every case and every probe of it is right; a drill gives all of its points or none.
"""

import hashlib
import re
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path, PurePosixPath

import msgspec

from proxylings import hints
from proxylings.course import Desk, Exercise
from proxylings.errors import CourseError
from proxylings.grader import text
from proxylings.grader.oracle import hidden, net, reference
from proxylings.grader.oracle.cases import Case, Maker, Probe, Submission, drawn, load, shim
from proxylings.grader.oracle.program import Compiled, compile_submission
from proxylings.grader.oracle.scene import Play
from proxylings.grader.oracle.transcript import Said, Transcript, transcribe
from proxylings.grader.sandbox import Sandbox
from proxylings.grader.verdict import StepResult, TestResult, TestStatus, Verdict
from proxylings.toolchain import Diagnostic

# The names that rustc looks modules up by. Others can't be part of the answer, and need not come into a box.
_MODULE = re.compile(r"src/(?:[A-Za-z0-9_]+/){0,8}[A-Za-z0-9_]+\.rs", re.ASCII)
_MOST_FILES = 100
_MOST_BYTES = 1 << 20
# Of a text that is shown: so much, and so much before the place where it differs.
_SHOWN = 800
_BEFORE = 200


def can_grade(desk: Desk, exercise: Exercise) -> bool:
    """Return whether the exercise has a shim and a case maker."""
    path = shim(desk, exercise)
    return path.is_file() and path.with_suffix(".py").is_file()


def missing(desk: Desk) -> tuple[Exercise, ...]:
    """Return the exercises that can't be graded strictly, in the order of the course."""
    return tuple(exercise for exercise in desk.exercises if not can_grade(desk, exercise))


def grade(
    desk: Desk,
    exercise: Exercise,
    submission: Submission,
    *,
    seed: int,
    sandbox: Sandbox,
    cases: Path | None = None,
    plays: bool = True,
) -> Verdict:
    """Grade `submission`: its files by name, `src/lib.rs` and its modules for a part, `drills/name.rs` for a drill.

    `seed` decides the inputs. `cases` is a folder with hidden cases, which count like the others. Safe to call from
    several threads. Without `plays` the whole proxy is not built, which takes seconds, and its steps are judged by the
    shim alone. SandboxFailed says that nothing is known about the submission: ask again.
    """
    if not can_grade(desk, exercise):
        others = ", ".join(other.id for other in missing(desk) if other != exercise)
        hint = f"`proxylings check {exercise.id}` judges it by its tests."
        raise CourseError(
            f"{exercise.id} has no oracle yet, so it can't be graded strictly.",
            f"{hint} Nor have: {others}." if others else hint,
        )
    files = _files(exercise, submission)
    verdict = Verdict(
        exercise=exercise.id, status="running", max_points=exercise.points, mode="strict", backend=sandbox.backend,
        seed=seed, version=version("proxylings"), submission=_hash(exercise, files),
        steps=tuple(StepResult(step.id, step.title, 0, step.points) for step in exercise.steps),
    )  # fmt: skip
    if (root := _root(exercise)) not in files:
        message = f"The submission has no {root}. Hand in the file with your answer under this name."
        return msgspec.structs.replace(verdict, status="refused", message=message)
    size = sum(map(len, files.values()))
    if len(files) > _MOST_FILES or size > _MOST_BYTES:
        message = (
            f"The submission has {len(files)} files and {size:,} bytes; {_MOST_FILES} and {_MOST_BYTES:,} are allowed."
        )
        return msgspec.structs.replace(verdict, status="refused", message=message)
    maker = load(desk, exercise)
    asked = [*drawn(desk, exercise, seed), *(hidden.cases(desk, exercise, cases) if cases else [])]
    made = compile_submission(desk, exercise, files, maker.probes, sandbox)
    verdict = msgspec.structs.replace(verdict, diagnostics=made.diagnostics, compile_seconds=made.seconds)
    if made.program is None:
        codes = dict.fromkeys(diagnostic.error_code for diagnostic in made.diagnostics if diagnostic.is_error)
        # With a message of our own, the errors are not in the learner's code.
        told = () if made.message else hints.for_codes(desk, exercise, list(codes))
        return msgspec.structs.replace(verdict, status="error", message=made.message, hints=told)
    expected = reference.transcript(desk, exercise, asked, sandbox, repeatable=maker.judge is None)
    started = time.monotonic()
    got = _asked(made.program, asked, sandbox)
    results = [*_cases(maker, asked, got, expected), *_probes(maker, made)]
    if plays:
        # A step that the shim has seen fail has lost its points already.
        lost = {result.task for result in results if result.status != "pass"}
        open_ = [one for one in maker.plays if one.step not in lost]
        results += _played(desk, exercise, files, open_, seed, sandbox)
    return _judged(verdict, exercise, tuple(_with_output(results, got)), time.monotonic() - started)


def _asked(program: bytes, cases: Sequence[Case], sandbox: Sandbox) -> Transcript:
    """Ask all cases; the hidden ones apart, and without a word of what was printed, for that could be their inputs."""
    shown = transcribe(program, [case for case in cases if not case.hidden], sandbox)
    kept = transcribe(program, [case for case in cases if case.hidden], sandbox)
    open_, secret = iter(shown.said), iter(kept.said)
    said = tuple(next(secret) if case.hidden else next(open_) for case in cases)
    return Transcript(said, shown.printed, shown.seconds + kept.seconds)


def _played(
    desk: Desk, exercise: Exercise, files: Submission, plays: Sequence[Play], seed: int, sandbox: Sandbox
) -> list[TestResult]:
    """Play with the whole proxy, where the exercise has plays."""
    if not plays:
        return []
    made = net.compile_proxy(desk, exercise, files, sandbox)
    if made.program is not None:
        return net.play(desk, exercise, made.program, plays, seed, sandbox)
    errors = [one.message for one in made.diagnostics if one.is_error]
    why = "\n".join(["The proxy does not compile with this part.", *errors[:3]] if errors else [made.message])
    return [TestResult(one.name, one.step, "fail", why) for one in plays]


def _files(exercise: Exercise, submission: Submission) -> dict[str, bytes]:
    """Keep what belongs to the answer: the Rust files below src/, or the one file of a drill."""
    if exercise.kind == "drill":
        return {name: data for name, data in submission.items() if name == _root(exercise)}
    return {name: data for name, data in submission.items() if _MODULE.fullmatch(name)}


def _root(exercise: Exercise) -> str:
    return "src/lib.rs" if exercise.kind == "part" else f"drills/{exercise.name}.rs"


def _hash(exercise: Exercise, files: Submission) -> str:
    """Return the same SHA-256 that a check gives to these files."""
    digest = hashlib.sha256()
    for path in sorted(map(PurePosixPath, files)):
        data = files[str(path)]
        digest.update(f"{PurePosixPath(*path.parts[1:])}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()


def _cases(maker: Maker, cases: Sequence[Case], got: Transcript, expected: Transcript) -> list[TestResult]:
    """Return one result for each name, in the order in which the names come first."""
    groups: dict[tuple[str, str], list[int]] = {}
    for number, case in enumerate(cases):
        groups.setdefault((case.step, case.name), []).append(number)
    results = []
    for (step, name), numbers in groups.items():
        status: TestStatus = "pass"
        message = ""
        for number in numbers:
            status, message = _one(maker, cases[number], got.said[number], expected.said[number])
            if status != "pass":
                break
        results.append(TestResult(name, step, status, message))
    return results


def _one(maker: Maker, case: Case, got: Said, expected: Said) -> tuple[TestStatus, str]:
    why = ""
    if got.kind == expected.kind == "value" and maker.judge is not None:
        why = maker.judge(case.call, got.text, expected.text)
        if not why:
            return "pass", ""
    elif got == expected:
        return "pass", ""
    status: TestStatus = got.kind if got.kind in ("timeout", "crashed") else "fail"
    if case.hidden:
        return status, "A case of your instructor's differs. What it asks is not shown."
    if got.kind == "not run":
        return "fail", "It was not run: cases of this step before it ended the process."
    came = f"a panic: {got.text}" if got.kind == "panic" else got.text
    wanted, came = _apart(expected.text, came)
    asked = text.excerpt(str(case.call), 2 * _SHOWN)
    said = [f"call: {type(case.call).__name__}", asked, f"expected: {wanted}", f"got: {came}"]
    return status, "\n".join(filter(None, [why, *said]))


def _apart(expected: str, got: str) -> tuple[str, str]:
    """Return the two texts from shortly before the place where they differ, when they are long."""
    same = next((at for at, (one, other) in enumerate(zip(expected, got, strict=False)) if one != other), 0)
    start = max(0, same - _BEFORE) if max(len(expected), len(got)) > _SHOWN else 0
    first, second = (text.excerpt(("…" if start else "") + one[start:], _SHOWN) for one in (expected, got))
    return first, second


def _probes(maker: Maker, made: Compiled) -> list[TestResult]:
    return [_probe(probe, told) for probe, told in zip(maker.probes, made.probes, strict=True)]


def _probe(probe: Probe, told: Sequence[Diagnostic]) -> TestResult:
    codes = {one.error_code for one in told if one.level.startswith("error") and (one.spans or one.code)}
    failed = any(one.level.startswith("error") for one in told)
    if probe.fails:
        right = codes == {probe.fails}
        message = f"This program must be refused with {probe.fails}:\n{probe.source}"
    else:
        right = not failed
        message = f"This program must compile with your code:\n{probe.source}"
    if right:
        return TestResult(probe.name, probe.step, "pass")
    said = text.excerpt("\n".join(one.message for one in told if one.level.startswith("error"))) or "rustc accepts it."
    return TestResult(probe.name, probe.step, "fail", f"{message}\ngot: {said}")


def _with_output(results: Sequence[TestResult], got: Transcript) -> list[TestResult]:
    """Put what was printed to the first result that is not right: nobody knows which case printed it."""
    red = next((at for at, result in enumerate(results) if result.status != "pass"), None)
    return [
        msgspec.structs.replace(result, output=text.excerpt(got.printed)) if at == red else result
        for at, result in enumerate(results)
    ]


def _judged(verdict: Verdict, exercise: Exercise, tests: tuple[TestResult, ...], seconds: float) -> Verdict:
    steps = tuple(
        msgspec.structs.replace(step, points=step.max_points if _right(step.id, tests) else 0) for step in verdict.steps
    )
    red = [test for test in tests if test.status != "pass"]
    points = sum(step.points for step in steps) if steps else (0 if red else exercise.points)
    kinds = {test.status for test in red}
    status = "pass" if not red else kinds.pop() if len(kinds) == 1 else "fail"
    return msgspec.structs.replace(
        verdict, status=status, tests=tests, steps=steps, points=points, test_seconds=seconds
    )


def _right(step: str, tests: Sequence[TestResult]) -> bool:
    mine = [test.status == "pass" for test in tests if test.task == step]
    return bool(mine) and all(mine)
