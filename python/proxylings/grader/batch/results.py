"""Write what came of a run: a table and JSON lines of the class, files for each learner, and the report.

Each file is written whole beside its place and then renamed. All of it can be made again from the store.
"""

import contextlib
import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from proxylings.course import Exercise
from proxylings.errors import CourseError
from proxylings.grader.batch.store import Line, Store, Terms
from proxylings.grader.formats import FORMATS, Classroom50, Format, Graded
from proxylings.grader.text import cell
from proxylings.grader.verdict import StepResult, Verdict

ALWAYS = ("csv", "jsonl")


def formats(names: Sequence[str]) -> list[Format]:
    """Return the formats of these names, and those that are always written."""
    unknown = [name for name in names if name not in FORMATS]
    if unknown:
        raise CourseError(f"There is no format {unknown[0]!r}.", f"There are: {', '.join(FORMATS)}.")
    return [FORMATS[name] for name in dict.fromkeys([*ALWAYS, *names])]


def write_all(
    folder: Path, chosen: Sequence[Format], store: Store, exercises: Sequence[Exercise], terms: Terms,
    one: Classroom50 | None = None,
) -> None:  # fmt: skip
    """Write every chosen format. An answer that could not be graded stands in ungraded.csv, and nowhere else."""
    known = {exercise.id: exercise for exercise in exercises}

    def lines() -> Iterator[Graded]:
        for line in store.lines(list(known)):
            if not line.ungraded:
                yield graded(line, known[line.exercise], terms, one)

    for format_ in chosen:
        if format_.holds == "a class":
            write(folder / class_file(format_), format_.stream(lines()))
    per_learner = [format_ for format_ in chosen if format_.holds != "a class"]
    if per_learner:
        for student, of_one in groupby(lines(), key=lambda one: one.student):
            _write_learner(folder / "students" / file_name(student), per_learner, list(of_one))
    _write_ungraded(folder / "ungraded.csv", store, list(known))


def graded(line: Line, exercise: Exercise, terms: Terms, one: Classroom50 | None = None) -> Graded:
    """Return a line as the formats take it; an answer that could not be read has a verdict that says why."""
    verdict = line.verdict or Verdict(
        exercise=exercise.id, status="refused", max_points=exercise.points, message=line.problem, mode="strict",
        seed=terms.seed, steps=tuple(StepResult(step.id, step.title, 0, step.points) for step in exercise.steps),
    )  # fmt: skip
    entry = line.entry
    return Graded(
        verdict=verdict, student=entry.student, first_name=entry.first_name, last_name=entry.last_name,
        email=entry.email, submitted=line.submitted, repository=entry.url, commit=entry.commit, classroom50=one,
    )  # fmt: skip


def class_file(format_: Format) -> str:
    """Return the name of a class's file: two formats may have the same one for themselves."""
    return format_.file_name if format_.name in ALWAYS else f"{format_.name}{Path(format_.file_name).suffix}"


def file_name(student: str) -> str:
    """Return a learner's id as the name of a folder, whatever the id holds."""
    quoted = re.sub(r"[^\w@+.-]|^\.", lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode()), student)
    if len(quoted.encode()) <= 150:
        return quoted or "%"
    return quoted.encode()[:120].decode("utf-8", "ignore") + "-" + hashlib.sha256(student.encode()).hexdigest()[:16]


def write(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file in pieces, so that nobody sees half of it."""
    making = path.with_name(f".{path.name}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with making.open("wb") as file:
            file.writelines(pieces)
        making.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            making.unlink(missing_ok=True)
        raise CourseError(
            f"{path} can't be written: {error.strerror}.",
            "Every verdict is kept. Free some disk space, or make the folder writable, and run the same command again.",
        ) from error


def _write_learner(folder: Path, chosen: Sequence[Format], verdicts: list[Graded]) -> None:
    for format_ in chosen:
        name = format_.file_name or f"{format_.name}.txt"
        if format_.holds == "one learner":
            write(folder / name, [format_.render(verdicts)])
        else:
            for one in verdicts:
                write(folder / one.verdict.exercise.replace("/", "--") / name, [format_.render([one])])


def _write_ungraded(path: Path, store: Store, exercises: list[str]) -> None:
    text = io.StringIO(newline="")
    table = csv.writer(text, lineterminator="\r\n")
    rows = [(line.entry.student, line.exercise, line.ungraded) for line in store.lines(exercises) if line.ungraded]
    if rows:
        table.writerow(("student", "exercise", "reason"))
        table.writerows([cell(value) for value in row] for row in rows)
        write(path, [text.getvalue().encode()])
    else:
        path.unlink(missing_ok=True)
