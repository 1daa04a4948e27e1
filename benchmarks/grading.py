"""How long does it take to grade a class? A drill and a part, in the sandbox and without, and what a box costs.

Run with `python -m benchmarks.grading [--learners 1000] [--distinct 200]`. The class is made of the course's own wrong
and right answers, each changed by a comment until there are so many distinct ones. Prints a table and writes
.proxylings/bench/grading.json.
"""

import argparse
import itertools
import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec

from benchmarks.machine import busy_seconds, others_busy
from benchmarks.report import columns
from proxylings import samples, state
from proxylings.course import Desk, Exercise, find_course
from proxylings.errors import CourseError
from proxylings.grader import sandbox
from proxylings.grader.batch.grading import Wish, grade_class
from proxylings.grader.batch.progress import Progress
from proxylings.grader.batch.run import Tally

EXERCISES = ("01-request/who_has_it_now", "01-request")


class Row(msgspec.Struct, frozen=True):
    """One run over a class.

    `grades` is how many distinct answers were graded, the course's own wrong ones for the report among them.
    `core_seconds` is the processor time of one grade; `others_busy` how many cores other programs used meanwhile.
    """

    exercise: str
    backend: str
    workers: int
    learners: int
    grades: int
    seconds: float
    grades_per_second: float
    core_seconds: float
    others_busy: float


class Box(msgspec.Struct, frozen=True):
    """What it costs to run `true` in a box, in milliseconds."""

    backend: str
    median: float
    slowest: float


def answers(desk: Desk, exercise: Exercise) -> Iterator[str]:
    """Give distinct answers without an end: the reference and the known answers, then the same with a comment."""
    reference = desk.solution(exercise).read_text(encoding="utf-8")
    known = [
        sample.source(reference)
        for folder in ("wrong", "right")
        for sample in samples.load(desk.course / "tests" / folder)
        if sample.exercise == exercise.id
    ]
    for number in itertools.count():
        for text in (reference, *known):
            yield f"{text}\n// {number}\n"


def make_class(desk: Desk, exercise: Exercise, folder: Path, learners: int, distinct: int) -> None:
    """Write the submissions, each distinct answer for several learners."""
    texts = list(itertools.islice(answers(desk, exercise), distinct))
    for number in range(learners):
        path = folder / f"s{number:05}" / "exercises" / exercise.source
        path.parent.mkdir(parents=True)
        path.write_text(texts[number % distinct], encoding="utf-8")


def measure(desk: Desk, exercise: Exercise, learners: int, distinct: int, *, trust: bool) -> Row:
    """Grade a class once. What is built once for a course is there already: one answer is graded before."""
    graded: dict[str, int] = {}
    shown = Progress(f"answers to {exercise.id}")

    def tell(stage: str, tally: Tally) -> None:
        graded[stage] = tally.graded
        shown(tally)

    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        make_class(desk, exercise, root / "one", 1, 1)
        grade_class(desk, Wish(root / "one", root / "warm", (exercise.id,), trust=trust, seed=1), tell)
        make_class(desk, exercise, root / "class", learners, distinct)
        before, began = busy_seconds(), time.monotonic()
        wish = Wish(root / "class", root / "grades", (exercise.id,), trust=trust, seed=1)
        report = grade_class(desk, wish, tell)
        seconds = time.monotonic() - began
        others, ours = others_busy(before, seconds), busy_seconds()[1] - before[1]
    if report.ungraded:
        raise CourseError(f"{report.ungraded} answers could not be graded, so the figures say nothing.")
    done = sum(graded.values())
    workers = len(os.sched_getaffinity(0))
    return Row(exercise.id, report.backends[0], workers, learners, done, seconds, done / seconds, ours / done, others)


def box(*, trust: bool) -> Box:
    """Run `true` thirty times."""
    found = sandbox.find(trust=trust)
    times = []
    for _ in range(30):
        began = time.perf_counter()
        found.run(["/usr/bin/true"], sandbox.RUN)
        times.append(1e3 * (time.perf_counter() - began))
    return Box(found.backend, statistics.median(times), max(times))


def main() -> None:
    """Measure, print, and write the figures down."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--learners", type=int, default=1000)
    parser.add_argument("--distinct", type=int, default=200)
    parser.add_argument("--exercise", action="append", help=f"grade these; {' and '.join(EXERCISES)} otherwise")
    options = parser.parse_args()
    desk = Desk(find_course())
    exercises = [desk.exercise(name) for name in options.exercise or EXERCISES]
    boxes = [box(trust=trust) for trust in (False, True)]
    rows = [
        measure(desk, exercise, options.learners, options.distinct, trust=trust)
        for exercise in exercises
        for trust in (False, True)
    ]
    head = ("exercise", "sandbox", "workers", "learners", "grades", "s", "grades/s", "core s a grade", "others' cores")
    cells = [
        (row.exercise, row.backend, str(row.workers), str(row.learners), str(row.grades), f"{row.seconds:.1f}",
         f"{row.grades_per_second:.1f}", f"{row.core_seconds:.2f}", f"{row.others_busy:.2f}")
        for row in rows
    ]  # fmt: skip
    print(*columns([head, *cells]), sep="\n")
    head_of_boxes = ("box", "median ms", "slowest ms")
    print(
        *columns([head_of_boxes, *((one.backend, f"{one.median:.1f}", f"{one.slowest:.1f}") for one in boxes)]),
        sep="\n",
    )
    figures = msgspec.json.encode({"rows": rows, "boxes": boxes})
    state.write_whole(desk.state / "bench" / "grading.json", msgspec.json.format(figures))


if __name__ == "__main__":
    main()
