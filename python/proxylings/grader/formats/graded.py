"""What an adapter gets and is: a verdict with whose it is, and a format with its name, its file and its scope."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

import msgspec

from proxylings.errors import CourseError
from proxylings.grader.text import LONGEST_OUTPUT, LONGEST_TEXT, excerpt
from proxylings.grader.verdict import Verdict

# More messages than anybody reads; a hostile answer can have thousands of them.
_MOST_DIAGNOSTICS = 50


class Classroom50(msgspec.Struct, frozen=True, kw_only=True):
    """What Classroom 50's runner tells its autograder about a submission, and wants back in the result."""

    classroom: str
    assignment: str
    owner: str
    submission: str
    commit: str
    release: str
    review: str
    assignment_type: Literal["individual", "group"] = "individual"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Classroom50 | None":
        """Return what the runner's variables say; None where a needed one is not set."""
        names = {
            "classroom": "CLASSROOM", "assignment": "ASSIGNMENT", "owner": "OWNER", "submission": "SUBMISSION_TAG",
            "commit": "COMMIT_URL", "release": "RELEASE_URL",
        }  # fmt: skip
        told = {field: environment.get(name, "") for field, name in names.items()}
        if not all(told.values()):
            return None
        told["review"] = environment.get("REVIEW_URL") or told["commit"]
        group = environment.get("ASSIGNMENT_TYPE") == "group"
        return cls(**told, assignment_type="group" if group else "individual")


class Graded(msgspec.Struct, frozen=True, kw_only=True):
    """A verdict, and whose it is: everything but the verdict may be unknown, and then stays empty.

    `test_code` are the bodies of the visible tests, by "step::name" or by name (see `rust_text`). Times carry a time
    zone. `late_penalty` is what the caller takes off for lateness, in points; the verdict's points are without it.
    """

    verdict: Verdict
    student: str = ""
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    submitted: datetime | None = None
    due: datetime | None = None
    late_penalty: int = 0
    repository: str = ""
    commit: str = ""
    test_code: dict[str, str] = {}
    classroom50: Classroom50 | None = None


Holds = Literal["one exercise", "one learner", "a class"]


@dataclass(frozen=True)
class Format:
    """One output of the grader.

    `file_name` is the one that its reader looks for, `holds` how much fits into one file. `always_zero` says that
    the reader takes a failing exit code for a broken grader, and not for a wrong answer.
    """

    name: str
    summary: str
    file_name: str
    holds: Holds
    write: Callable[[Sequence[Graded]], bytes]
    always_zero: bool = False

    def render(self, verdicts: Iterable[Graded]) -> bytes:
        """Return finished verdicts in this format; whatever a learner had a hand in is made safe first."""
        safe = [tidy(graded) for graded in verdicts]
        if any(graded.verdict.status == "running" for graded in safe):
            raise ValueError("a verdict that is still running can't be written")
        if self.holds == "one exercise" and len(safe) != 1:
            raise CourseError(f"{self.name} holds one exercise, and was given {len(safe)}.", "Write a file for each.")
        if self.holds == "one learner" and len({graded.student for graded in safe}) > 1:
            raise CourseError(f"{self.name} holds one learner's exercises.", "Write a file for each learner.")
        return self.write(safe)

    def stream(self, verdicts: Iterable[Graded]) -> Iterator[bytes]:
        """Give a class's file in pieces, so that a large class needs little memory: the head, then each verdict."""
        if self.holds != "a class":
            raise ValueError(f"{self.name} is written at once")
        head = self.render([])
        yield head
        for graded in verdicts:
            yield self.render([graded])[len(head) :]


def tidy(graded: Graded) -> Graded:
    """Return the same with every text plain and of bounded length, so that no adapter can forget one."""
    values = msgspec.to_builtins(graded, builtin_types=(datetime,))
    verdict = values["verdict"]
    verdict["diagnostics"] = verdict["diagnostics"][:_MOST_DIAGNOSTICS]
    return msgspec.convert(_tidy(values), Graded)


def _tidy(value: Any, name: str = "") -> Any:
    if isinstance(value, str):
        return excerpt(value, LONGEST_OUTPUT if name == "output" else LONGEST_TEXT)
    if isinstance(value, dict):
        return {excerpt(key, LONGEST_TEXT): _tidy(inner, key) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_tidy(inner) for inner in value]
    return value
