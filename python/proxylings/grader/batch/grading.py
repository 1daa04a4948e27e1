"""A whole grading run, from the list of submissions to the report: what `proxylings grade` calls."""

import contextlib
import os
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from proxylings import samples, weave
from proxylings.course import Desk, Exercise
from proxylings.errors import CourseError
from proxylings.grader import oracle, sandbox
from proxylings.grader.batch import repositories, results, submissions, summary
from proxylings.grader.batch.page import as_html, as_markdown
from proxylings.grader.batch.report import exercise as exercise_page
from proxylings.grader.batch.report import overview
from proxylings.grader.batch.run import Conditions, Run, Tally
from proxylings.grader.batch.similar import shingles
from proxylings.grader.batch.store import Key, Store, Terms
from proxylings.grader.batch.task import Find, Grade, fingerprint, folder_fingerprint, grader_version, identity
from proxylings.grader.batch.workers import Cluster, Threads, Workers
from proxylings.grader.formats import Classroom50

Tell = Callable[[str, Tally], None]
LARGEST_SEED = 2**63 - 1


@dataclass(frozen=True)
class Wish:
    """What is to be graded and how; `exercises` are all that can be when none is named.

    `seed` None means the one of the run before in `out`, or a new one. `jobs` None means one for each processor.
    """

    target: Path
    out: Path
    exercises: tuple[str, ...] = ()
    student: str = ""
    formats: tuple[str, ...] = ()
    seed: int | None = None
    cases: Path | None = None
    trust: bool = False
    require_cgroup: bool = False
    jobs: int | None = None
    scheduler: str = ""


@dataclass(frozen=True)
class Grader:
    """What grades: the oracle in a sandbox. Tests put others in."""

    grade: Grade = oracle.grade
    can_grade: Callable[[Desk, Exercise], bool] = oracle.can_grade
    find: Find = sandbox.find


@dataclass(frozen=True)
class Report:
    """What came of a run. `least` is the smallest part of the points, from 0 to 1, that a learner has."""

    tally: Tally
    learners: int
    seed: int
    ungraded: int
    least: float
    backends: tuple[str, ...]


def grade_class(desk: Desk, wish: Wish, tell: Tell, grader: Grader | None = None) -> Report:
    """Grade a class, or one submission, and write the results into `wish.out`.

    Ends with KeyboardInterrupt when interrupted; every verdict so far is kept, and the same wish goes on from there.
    """
    grader = grader or Grader()
    exercises = _exercises(desk, wish, grader)
    chosen = results.formats(wish.formats)
    if wish.cases is not None and not wish.cases.is_dir():
        raise CourseError(f"{wish.cases} is no folder.", "--cases names the folder that holds your hidden cases.")
    if wish.cases is not None:
        oracle.check_cases(desk, wish.cases)
    # The grades may lie among the submissions, and are nobody's.
    found, out = submissions.find(wish.target, wish.student), wish.out.resolve()
    entries = [entry for entry in found if entry.path is None or len(found) == 1 or entry.path.resolve() != out]
    if any(entry.url for entry in entries):
        repositories.check_git()
    # Whether anything can be graded at all is known before the first submission is opened.
    workers = _workers(desk, wish, grader)
    with contextlib.ExitStack() as stack:
        stack.push(lambda kind, *_: workers.close(stopped=kind is not None))
        store = Store(wish.out)
        stack.callback(store.close)
        seed = wish.seed if wish.seed is not None else store.seed()
        terms = Terms(
            grader_version(), fingerprint(desk), secrets.randbelow(LARGEST_SEED) if seed is None else seed,
            folder_fingerprint(wish.cases) if wish.cases else "", _guard(wish),
        )  # fmt: skip
        store.begin(terms, [exercise.id for exercise in exercises])
        cases = wish.cases.resolve() if wish.cases else None
        conditions = Conditions(terms.seed, cases, terms.grader, terms.course, wish.trust, wish.require_cgroup)
        run = Run(store, workers, conditions, exercises, lambda tally: tell("answers", tally))
        tally = run.submissions(entries)
        one = Classroom50.from_environment(os.environ) if len(entries) == 1 else None
        results.write_all(wish.out, chosen, store, exercises, terms, one)
        known = _known(desk, store, workers, conditions, exercises, tell) if len(entries) > 1 else {}
        report = _report(desk, wish.out, store, exercises, terms, known, tally, many=len(entries) > 1)
        store.end()
    return report


def _exercises(desk: Desk, wish: Wish, grader: Grader) -> list[Exercise]:
    if wish.exercises:
        named = [desk.exercise(name) for name in dict.fromkeys(wish.exercises)]
        lacking = [exercise.id for exercise in named if not grader.can_grade(desk, exercise)]
        if lacking:
            raise CourseError(
                f"{', '.join(lacking)} can't be graded strictly: there is no oracle for it.",
                "Leave it out, or add its shim and its cases to tests/oracle/.",
            )
        return named
    found = [exercise for exercise in desk.exercises if grader.can_grade(desk, exercise)]
    if not found:
        raise CourseError("No exercise of this course can be graded strictly.", "Add shims to tests/oracle/.")
    return found


def _workers(desk: Desk, wish: Wish, grader: Grader) -> Workers:
    if wish.scheduler:
        return Cluster(wish.scheduler, grader.grade, grader.find)
    box = grader.find(trust=wish.trust, require_cgroup=wish.require_cgroup)
    return Threads(grader.grade, box, desk, wish.jobs)


def _guard(wish: Wish) -> str:
    """Return the kind of sandbox that was asked for: a verdict under a weaker one is no verdict under a stronger."""
    return "trusted" if wish.trust else "cgroup" if wish.require_cgroup else "sandboxed"


def _known(
    desk: Desk, store: Store, workers: Workers, conditions: Conditions, exercises: Sequence[Exercise], tell: Tell
) -> dict[str, list[summary.Known]]:
    """Grade the course's own wrong answers to exercises that somebody failed, to tell what a failure looks like."""
    failed = {
        line.exercise for line in store.lines([exercise.id for exercise in exercises])
        if line.verdict is not None and not line.verdict.passed
    }  # fmt: skip
    wrong: dict[Key, str] = {}
    for sample in samples.load(desk.course / "tests" / "wrong"):
        if sample.exercise in failed:
            exercise = desk.exercise(sample.exercise)
            files = {name: data for name, data in _solution(desk, exercise).items() if name != _root(exercise)}
            source = sample.source(desk.solution(exercise).read_text(encoding="utf-8"))
            files[_root(exercise)] = source.encode()
            key = Key(identity(files), exercise.id)
            store.remember(key.answer, files)
            wrong[key] = sample.why
    Run(store, workers, conditions, exercises, lambda tally: tell("wrong answers of the course", tally)).answers(
        list(wrong)
    )
    given = {
        exercise.id: shingles(_stub(desk, exercise)) | shingles(_solution(desk, exercise))
        for exercise in exercises if exercise.id in failed
    }  # fmt: skip
    return summary.known_answers(store, wrong, given)


def _report(
    desk: Desk, folder: Path, store: Store, exercises: Sequence[Exercise], terms: Terms,
    known: dict[str, list[summary.Known]], tally: Tally, *, many: bool,
) -> Report:  # fmt: skip
    summaries = {
        exercise.id: summary.Summary(
            exercise, shingles(_stub(desk, exercise)), shingles(_solution(desk, exercise)), known.get(exercise.id, [])
        )
        for exercise in exercises
    }
    learners, least = 0, 1.0
    points = {exercise.id: exercise.points for exercise in exercises}
    student, reached = "", 0
    for line in store.lines(list(points)):
        if line.entry.student != student:
            student, reached = line.entry.student, 0
            learners += 1
        summaries[line.exercise].add(line, store)
        reached += line.verdict.points if line.verdict else 0
        if line.exercise == exercises[-1].id and not line.ungraded:
            least = min(least, reached / max(1, sum(points.values())))
    if many:
        blocks = overview(list(summaries.values()), terms)
        for exercise in exercises:
            given = (_stub(desk, exercise), _solution(desk, exercise))
            blocks += exercise_page(summaries[exercise.id], store, given)
        results.write(folder / "summary.md", [as_markdown(blocks).encode()])
        results.write(folder / "summary.html", [as_html("A class, graded", blocks).encode()])
    backends = {backend for one in summaries.values() for backend in one.backends}
    ungraded = sum(one.ungraded.total() for one in summaries.values())
    return Report(tally, learners, terms.seed, ungraded, least, tuple(sorted(backends)))


def _root(exercise: Exercise) -> str:
    return "src/lib.rs" if exercise.kind == "part" else f"drills/{exercise.name}.rs"


def _solution(desk: Desk, exercise: Exercise) -> dict[str, bytes]:
    path = desk.solution(exercise)
    if exercise.kind == "drill":
        return {_root(exercise): path.read_bytes()}
    return {f"src/{file.relative_to(path.parent).as_posix()}": file.read_bytes() for file in path.parent.rglob("*.rs")}


def _stub(desk: Desk, exercise: Exercise) -> dict[str, bytes]:
    return {name: weave.stub(data.decode()).encode() for name, data in _solution(desk, exercise).items()}
