"""The course as values: read `course.toml`, and find the desk, the folder that a learner works in.

Owns the registry and the paths of every room. Nobody else builds the path of an exercise by hand.
"""

import difflib
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

import msgspec

from proxylings.errors import CourseError


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One step of a part: `id` is the module of tests/parts that specifies it."""

    id: str
    title: str
    minutes: int
    points: int


class _Drill(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    title: str
    minutes: int
    points: int
    stub: str
    red: list[str] = []


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    name: str
    title: str
    stub: str
    steps: list[Step]
    red: list[str] = []


class _Chapter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    slug: str
    title: str
    concept: str
    minutes: int
    notebook: bool = True
    codes: list[str] = []
    drills: list[_Drill] = []
    part: _Part | None = None


class _Registry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: str
    chapter: list[_Chapter]


@dataclass(frozen=True)
class Exercise:
    """One thing to solve: the part of a chapter (`01-request`) or a drill (`01-request/moved_head`).

    `stub` is the failure that the untouched stub must show; `steps` are empty for a drill.
    """

    id: str
    chapter: str
    kind: Literal["part", "drill"]
    name: str
    title: str
    minutes: int
    points: int
    stub: str
    red: tuple[str, ...]
    steps: tuple[Step, ...] = ()

    @property
    def source(self) -> Path:
        """Return the file that the learner edits, from exercises/ or solutions/ on."""
        folder = Path(self.chapter)
        return folder / "src" / "lib.rs" if self.kind == "part" else folder / "drills" / f"{self.name}.rs"


@dataclass(frozen=True)
class Chapter:
    """One chapter, with its exercises in order: drills first, then the part.

    `notebook` is false as long as a chapter has its part and not yet its notebook. `codes` are the errors of rustc,
    and the lints of clippy, that a learner meets in it: in a cell, in a drill and in a question.
    """

    slug: str
    title: str
    concept: str
    minutes: int
    notebook: bool
    codes: tuple[str, ...]
    exercises: tuple[Exercise, ...]

    @property
    def part(self) -> Exercise | None:
        """Return the part that this chapter adds to the proxy, if it adds one."""
        return next((exercise for exercise in self.exercises if exercise.kind == "part"), None)


# The file that tells a repository which `proxylings init` made from a clone of the course.
LOCK = "course.lock"


@dataclass(frozen=True)
class Desk:
    """The folder that a learner works in: it holds exercises/ and notebooks/, and what the course remembers.

    In a clone of the course everything lies in `root`. A repository that `proxylings init` made holds the learner's
    files only; `checkout` is then the clone that the course comes from.
    """

    root: Path
    checkout: Path | None = None

    @property
    def course(self) -> Path:
        """Return the folder with all that is not the learner's: course.toml, crates/, solutions/, tests/, hints."""
        return self.checkout or self.root

    @cached_property
    def chapters(self) -> tuple[Chapter, ...]:
        """Return the chapters in order."""
        path = self.course / "course.toml"
        try:
            registry = msgspec.toml.decode(path.read_bytes(), type=_Registry)
        except (msgspec.DecodeError, OSError) as error:
            raise CourseError(f"{path} can't be read: {error}", "Restore it: git checkout course.toml") from error
        return tuple(_chapter(chapter) for chapter in registry.chapter)

    @cached_property
    def exercises(self) -> tuple[Exercise, ...]:
        """Return every exercise in the order of the course."""
        return tuple(exercise for chapter in self.chapters for exercise in chapter.exercises)

    @cached_property
    def parts(self) -> tuple[Exercise, ...]:
        """Return the parts in the order of the course."""
        return tuple(exercise for exercise in self.exercises if exercise.kind == "part")

    def exercise(self, wanted: str) -> Exercise:
        """Find an exercise by its id, its name alone, or its chapter's number; say what is near when there is none."""
        ids = {exercise.id: exercise for exercise in self.exercises}
        wanted = wanted.strip().rstrip("/")
        if wanted in ids:
            return ids[wanted]
        near = [exercise for exercise in self.exercises if wanted in (exercise.name, exercise.id.split("-")[0])]
        if len(near) == 1:
            return near[0]
        close = difflib.get_close_matches(wanted, [*ids, *(exercise.name for exercise in self.exercises)], 1, 0.6)
        hint = f"Did you mean {close[0]}?" if close else "`proxylings status` lists all exercises."
        raise CourseError(f"There is no exercise {wanted!r}.", hint)

    def source(self, exercise: Exercise) -> Path:
        """Return the learner's file."""
        return self.root / "exercises" / exercise.source

    def solution(self, exercise: Exercise) -> Path:
        """Return the reference's file."""
        return self.course / "solutions" / exercise.source

    def sources(self, exercise: Exercise) -> list[Path]:
        """Return all files of the learner's answer: the whole src/ of a part, the one file of a drill."""
        path = self.source(exercise)
        return sorted(path.parent.rglob("*.rs")) if exercise.kind == "part" else [path]

    def tests(self, exercise: Exercise) -> Path:
        """Return the file that holds the tests: tests/parts/NN_slug.rs, or the drill itself."""
        if exercise.kind == "drill":
            return self.source(exercise)
        return self.course / "tests" / "parts" / f"{exercise.chapter.replace('-', '_')}.rs"

    @property
    def state(self) -> Path:
        """Return the folder for progress, backups and what is built from the learner's code; git ignores it."""
        return self.root / ".proxylings"

    @property
    def builds(self) -> Path:
        """Return the folder for what is built from the course alone: all desks of one checkout share it."""
        return self.course / ".proxylings"

    def shown(self, path: Path) -> str:
        """Return `path` as a learner knows it: from the desk on, or from the course on."""
        for folder in (self.root, self.course):
            if path.is_relative_to(folder):
                return path.relative_to(folder).as_posix()
        return str(path)


def find_desk(start: Path | None = None) -> Desk:
    """Find the desk: the nearest folder, from `start` upwards, with course.toml and exercises/."""
    start = (start or Path.cwd()).resolve()
    for folder in (start, *start.parents):
        if (folder / "course.toml").is_file() and (folder / "exercises").is_dir():
            return Desk(folder, find_course()) if (folder / LOCK).is_file() else Desk(folder)
    raise CourseError(
        f"{start} is not inside the course: no folder above it holds course.toml and exercises/.",
        "Change to the folder that you cloned, or that `proxylings init` made, and try again.",
    )


def find_course() -> Path:
    """Find the clone of the course that this package runs from; PROXYLINGS_COURSE names another one."""
    named = os.environ.get("PROXYLINGS_COURSE")
    folder = Path(named).resolve() if named else Path(__file__).resolve().parents[2]
    if (folder / "course.toml").is_file() and (folder / "solutions").is_dir():
        return folder
    raise CourseError(
        f"{folder} is not a clone of the course: it has no course.toml and solutions/.",
        "Clone the course, run `python3 start.py setup` in it, and use the proxylings of its .venv.",
    )


def _chapter(chapter: _Chapter) -> Chapter:
    exercises = [
        Exercise(
            f"{chapter.slug}/{drill.id}", chapter.slug, "drill", drill.id,
            drill.title, drill.minutes, drill.points, drill.stub, tuple(drill.red),
        )
        for drill in chapter.drills
    ]  # fmt: skip
    if (part := chapter.part) is not None:
        minutes, points = (sum(getattr(step, field) for step in part.steps) for field in ("minutes", "points"))
        exercises.append(
            Exercise(
                chapter.slug, chapter.slug, "part", part.name,
                part.title, minutes, points, part.stub, tuple(part.red), tuple(part.steps),
            )
        )  # fmt: skip
    return Chapter(
        chapter.slug, chapter.title, chapter.concept, chapter.minutes, chapter.notebook,
        tuple(chapter.codes), tuple(exercises),
    )  # fmt: skip
