"""The errors that a learner can meet. Each says what happened, and then what to do."""

import errno
from pathlib import Path

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_FORBIDDEN = {errno.EACCES, errno.EPERM, errno.EROFS}


class CourseError(Exception):
    """Something that the course needs is missing or wrong; `hint` says what to do about it."""

    def __init__(self, what: str, hint: str = "") -> None:
        """Keep both halves: the message is `what`, then `hint` on a line of its own."""
        super().__init__(what if not hint else f"{what}\n{hint}")
        self.what = what
        self.hint = hint

    def _render_traceback_(self) -> list[str]:
        """Show the message and not our own call stack (IPython calls this)."""
        return [f"{type(self).__name__}: {self}"]


class ParseError(ValueError):
    """A part refused its input: `fault` names the rule, `offset` is the byte in the input, counted from 0."""

    def __init__(self, message: str, fault: str, offset: int) -> None:
        """Take the message, the name of the `wire::Fault`, and the offset in bytes."""
        super().__init__(f"{message} (at byte {offset})")
        self.fault = fault
        self.offset = offset
        self.arguments = (message, fault, offset)

    def __reduce__(self) -> tuple[type["ParseError"], tuple[str, str, int]]:
        """Pickle by the constructor's own arguments."""
        return (type(self), self.arguments)


class RuleError(ValueError):
    """A rule file is refused: `what` is wrong at `line` and `column`, from 1; `help` says what would be right."""

    def __init__(self, what: str, help: str, line: int, column: int) -> None:
        """Keep each piece; the message is all of them."""
        super().__init__(f"line {line}, column {column}: {what}; {help}")
        self.what = what
        self.help = help
        self.line = line
        self.column = column

    def __reduce__(self) -> tuple[type["RuleError"], tuple[str, str, int, int]]:
        """Pickle by the constructor's own arguments."""
        return (type(self), (self.what, self.help, self.line, self.column))


def refused(error: OSError, path: Path | str = "", then: str = "") -> CourseError:
    """Return what the operating system refused in words; `then` says what became of the work."""
    place = str(path or error.filename or "A file")
    also = f" {then}" if then else ""
    if error.errno in _FULL:
        return CourseError(
            f"{place} can't be written: the disk, or your share of it, is full.{also}",
            "Free some space, and run the same command again.",
        )
    if error.errno in _FORBIDDEN:
        return CourseError(
            f"{place} can't be written: {error.strerror}.{also}",
            "Make the folder writable, or work in a folder of your own, and run the same command again.",
        )
    return CourseError(f"The operating system refused: {error}.{also}", "Mend that, and run the same command again.")


class LearnerCodeError(CourseError):
    """The learner's own code panicked, crashed, or did not come back."""


class CompileFailed(CourseError):
    """The learner's own code does not compile; the message shows what rustc says."""
