"""The hints of an exercise: three steps, and words for the compiler errors that it is likely to meet.

They live in notebooks/hints/NN-slug.toml.
"""

import msgspec

from proxylings.course import Desk, Exercise
from proxylings.errors import CourseError


class Hints(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`steps`: a question, the API to look at, the shape of the answer. `codes`: one text for an error code."""

    steps: tuple[str, str, str]
    codes: dict[str, str] = {}


def load(desk: Desk, exercise: Exercise) -> Hints:
    """Read the hints of one exercise."""
    path = desk.course / "notebooks" / "hints" / f"{exercise.chapter}.toml"
    try:
        table = msgspec.toml.decode(path.read_bytes(), type=dict[str, Hints])
        return table[exercise.name]
    except (OSError, msgspec.DecodeError, KeyError) as error:
        raise CourseError(
            f"The hints of {exercise.id} can't be read: {error}", f"Restore them: git checkout {desk.shown(path)}"
        ) from error


def for_codes(desk: Desk, exercise: Exercise, codes: list[str]) -> tuple[str, ...]:
    """Return what the course has to say about these error codes, in this exercise."""
    try:
        known = load(desk, exercise).codes if codes else {}
    except CourseError:  # a verdict without these words is better than none
        return ()
    return tuple(known[code] for code in codes if code in known)
