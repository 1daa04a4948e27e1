"""The course's own answers, which live in tests/wrong and tests/right, laid out so that they can be checked."""

from pathlib import Path

from proxylings.course import Desk, Exercise
from proxylings.grader.check import Answer
from proxylings.samples import Sample, load

__all__ = ["Sample", "load", "place"]


def place(desk: Desk, exercise: Exercise, source: str, folder: Path) -> Answer:
    """Write `source` into `folder`, so that it can be checked in place of the learner's file."""
    path = folder / desk.source(exercise).name
    path.write_text(source, encoding="utf-8")
    return Answer(exercise, path, desk.tests(exercise) if exercise.kind == "part" else path)
