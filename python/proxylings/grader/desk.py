"""What a learner does with an exercise: check it, ask for a hint, look at the solution, begin again.

The terminal and the notebook both call these functions. Owns the rules (what counts as passed, when the
solution opens, what a reset may touch); keeps what it remembers in `state`. Prints nothing.
"""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import msgspec

from proxylings import hints, state, weave
from proxylings.course import Desk, Exercise
from proxylings.errors import CourseError
from proxylings.grader.check import Observer, check, learners_answer, submission
from proxylings.grader.dependencies import dependencies
from proxylings.grader.trial import Stale
from proxylings.grader.verdict import Verdict

State = Literal["not started", "started", "passed"]

# Panels check in threads of their own; progress is read, changed and written under this lock.
_changing = threading.Lock()


@dataclass(frozen=True)
class Line:
    """How far one exercise is; `changed` says that the files are no longer those that passed."""

    exercise: Exercise
    state: State
    points: int
    changed: bool = False


@dataclass(frozen=True)
class Status:
    """How far the course is: one line for each exercise, in the order of the course."""

    lines: tuple[Line, ...]

    @property
    def points(self) -> int:
        """Return the points of all exercises."""
        return sum(line.points for line in self.lines)

    @property
    def max_points(self) -> int:
        """Return the points that the course has to give."""
        return sum(line.exercise.points for line in self.lines)

    @property
    def passed(self) -> int:
        """Return how many exercises passed."""
        return sum(line.state == "passed" for line in self.lines)


def check_and_record(
    desk: Desk,
    exercise: Exercise,
    observe: Observer | None = None,
    stale: Stale | None = None,
    *,
    on_build: Callable[[str], None] | None = None,
    known: bool = False,
) -> Verdict:
    """Check the learner's answer and remember how it went.

    `observe` gets a verdict with the status `running` whenever more is known. `on_build` gets cargo's status
    lines while the crates that a part needs are built, which happens once. A check that is `stale` raises Superseded.
    With `known`, bytes that were the last to be checked are not checked again.
    """
    answer = learners_answer(desk, exercise)
    if exercise.kind == "part" and answer.source.is_file():
        dependencies(desk, exercise, on_build)
    verdict = check(desk, answer, observe, stale, known=known)
    if not verdict.submission:
        return verdict
    # Saved again while the tests ran? Then the verdict may be about other bytes than the hash names.
    settled = verdict.passed and _submission(desk, exercise) == verdict.submission
    with _changing:
        progress = state.read(desk, exercise)
        progress.submission = verdict.submission
        progress.points = max(progress.points, verdict.points)
        if settled:
            progress.passed, progress.status = verdict.submission, "passed"
        elif progress.status == "not started" and not is_untouched(desk, exercise):
            progress.status = "started"
        state.save(desk, exercise, progress)
    return verdict


def has_passed(desk: Desk, exercise: Exercise) -> bool:
    """Return whether the files that lie on the desk now are the ones that passed."""
    passed = state.read(desk, exercise).passed
    return bool(passed) and passed == _submission(desk, exercise)


def is_untouched(desk: Desk, exercise: Exercise) -> bool:
    """Return whether the learner's files are still the stub."""
    woven = _stub(desk, exercise)
    return set(desk.sources(exercise)) == set(woven) and all(_bytes(path) == data for path, data in woven.items())


def next_hint(desk: Desk, exercise: Exercise, verdict: Verdict | None = None) -> tuple[int, str]:
    """Open the next of the three hints, and return its number and its text; the last one can be asked for again.

    Words for the error codes of `verdict` come along.
    """
    known = hints.load(desk, exercise)
    progress = _remember(desk, exercise, lambda progress: {"hints": min(progress.hints + 1, len(known.steps))})
    words = [known.codes[code] for code in (verdict.error_codes if verdict else []) if code in known.codes]
    return progress.hints, "\n\n".join([known.steps[progress.hints - 1], *words])


def opened_hints(desk: Desk, exercise: Exercise) -> tuple[str, ...]:
    """Return the hints that are open already."""
    count = state.read(desk, exercise).hints
    return hints.load(desk, exercise).steps[:count] if count else ()


def solution(desk: Desk, exercise: Exercise, *, confirmed: bool = False) -> str:
    """Return the reference's text, when the exercise has passed once or the learner has said yes."""
    if not confirmed and not state.read(desk, exercise).passed:
        raise CourseError(
            f"The solution of {exercise.id} opens when your own has passed.",
            "A hint may be enough. To read it all the same: `proxylings solution --yes`, or the panel's button.",
        )
    texts = {path: weave.answer(_text(path), {}, desk.shown(path)) for path in _references(desk, exercise)}
    _remember(desk, exercise, lambda _: {"solution_seen": True})
    if len(texts) == 1:
        return next(iter(texts.values()))
    root = desk.solution(exercise).parent
    return "\n".join(f"// {path.relative_to(root).as_posix()}\n{text}" for path, text in texts.items())


def reset(desk: Desk, exercise: Exercise) -> Path | None:
    """Put the stub back, and return where the edited file was copied to; None when there was nothing to keep.

    All files that are about to change are copied first, so a copy that fails leaves every file alone.
    Other files in a part's src/ are copied too, and stay, unless they stand in for a module of the stub.
    """
    woven = _stub(desk, exercise)
    edited = [path for path in desk.sources(exercise) if path.is_file() and _bytes(path) != woven.get(path)]
    copies = {path: state.backup(desk, path) for path in edited}
    for path, data in woven.items():
        if _bytes(path) != data:
            state.write_whole(path, data)
    for path in edited:
        if path not in woven and _rival(path) in woven:
            path.unlink(missing_ok=True)
    return copies.get(desk.source(exercise)) or next(iter(copies.values()), None)


def status(desk: Desk) -> Status:
    """Return how far every exercise is."""
    return Status(tuple(_line(desk, exercise) for exercise in desk.exercises))


def _line(desk: Desk, exercise: Exercise) -> Line:
    progress = state.read(desk, exercise)
    if progress.passed:
        return Line(exercise, "passed", progress.points, progress.passed != _submission(desk, exercise))
    started = progress.status != "not started" or progress.hints or not is_untouched(desk, exercise)
    return Line(exercise, "started" if started else "not started", progress.points)


def _remember(desk: Desk, exercise: Exercise, change: Callable[[state.Progress], dict[str, Any]]) -> state.Progress:
    with _changing:
        old = state.read(desk, exercise)
        progress = msgspec.structs.replace(old, **change(old))
        if progress != old:
            state.save(desk, exercise, progress)
        return progress


def _references(desk: Desk, exercise: Exercise) -> list[Path]:
    path = desk.solution(exercise)
    return sorted(path.parent.rglob("*.rs")) if exercise.kind == "part" else [path]


def _stub(desk: Desk, exercise: Exercise) -> dict[Path, bytes]:
    """Return the untouched files of an exercise, by the learner's paths."""
    return {
        desk.root / "exercises" / path.relative_to(desk.course / "solutions"): weave.stub(
            _text(path), desk.shown(path)
        ).encode()
        for path in _references(desk, exercise)
    }


def _rival(path: Path) -> Path:
    """Return the other file that rustc would take for the same module: x.rs and x/mod.rs can't both be there."""
    return path.parent.with_suffix(".rs") if path.name == "mod.rs" else path.with_suffix("") / "mod.rs"


def _submission(desk: Desk, exercise: Exercise) -> str:
    """Return the hash of the files that lie on the desk now, or "" when they can't be read."""
    try:
        return submission(learners_answer(desk, exercise))
    except OSError:
        return ""


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(f"{path} can't be read: {error}", f"Restore it: git checkout -- {path}") from error
