"""What the threads of a cell did: the record that the crate `lab` writes, as values.

Owns the reading of the record and the spans in which a thread waits or holds a lock. Knows nothing of pictures.
"""

import hashlib
import os
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from proxylings import toolchain
from proxylings.course import find_desk
from proxylings.errors import CourseError

# The environment variable by which the crate `lab` finds its file.
FILE = "PROXYLINGS_TRACE"
# More than this is more than a picture can show.
MOST = 200
_LINE = re.compile(r"(?<=, line )\d+")
_ENDS = {"has", "joined", "receives", "finds it closed"}


@dataclass(frozen=True)
class Event:
    """One thing that a thread did: microseconds since the start, its kind, what it is about, and the cell's line."""

    at_us: int
    thread: int
    kind: str
    subject: str
    name: str
    line: int
    more: str

    def words(self) -> str:
        """Return the event as a sentence without its thread."""
        about = f"`{self.name}`"
        match self.kind:
            case "begins":
                return "begins"
            case "ends":
                return "ends with a panic" if self.more else "ends"
            case "starts":
                return f"starts {about}"
            case "wants":
                return f"waits for the end of {about}" if self.subject.startswith("thread") else f"wants {about}"
            case "has":
                return f"has {about}" + (f", {self.more}" if self.more else "")
            case "frees":
                return f"lets {about} go"
            case "sends" | "receives":
                preposition = "into" if self.kind == "sends" else "from"
                return f"{self.kind} message {int(self.more) + 1} {preposition} {about}"
            case "joined":
                return f"sees that {about} has ended"
            case "drops a sender":
                return f"drops a sender of {about}"
            case "finds it closed":
                return f"finds {about} closed"
            case "deadlock":
                return f"closes the circle. Deadlock: {self.more}"
        return f"{self.kind} {about}"


@dataclass(frozen=True)
class Span:
    """From event `start` until event `end`, a thread waits for a subject, or holds it."""

    thread: int
    subject: str
    name: str
    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Timeline:
    """The story of a run. `left_out` counts events beyond the most that are shown."""

    threads: tuple[str, ...]
    events: tuple[Event, ...]
    left_out: int = 0

    @property
    def deadlock(self) -> str:
        """Return the circle of threads in words, or "" when there is none."""
        return next((event.more for event in self.events if event.kind == "deadlock"), "")

    def spans(self) -> list[Span]:
        """Return who waits and who holds, from event to event; what is open at the end goes on to the end."""
        found: list[Span] = []
        waiting: dict[int, tuple[int, Event]] = {}
        holding: dict[tuple[int, str], int] = {}
        for at, event in enumerate(self.events):
            key = (event.thread, event.subject)
            if event.kind == "wants":
                waiting[event.thread] = (at, event)
            elif event.kind in _ENDS and event.thread in waiting:
                start, wanted = waiting.pop(event.thread)
                found.append(Span(event.thread, wanted.subject, wanted.name, "waits", start, at))
            if event.kind == "has":
                holding[key] = at
            elif event.kind == "frees" and key in holding:
                found.append(Span(event.thread, event.subject, event.name, "holds", holding.pop(key), at))
        end = len(self.events)
        found += [
            Span(thread, event.subject, event.name, "waits", start, end) for thread, (start, event) in waiting.items()
        ]
        names = {event.subject: event.name for event in self.events}
        found += [
            Span(thread, subject, names[subject], "holds", start, end) for (thread, subject), start in holding.items()
        ]
        return sorted(found, key=lambda span: (span.start, span.thread))

    def messages(self) -> list[tuple[int, int]]:
        """Return, for each message that arrived, the events in which it was sent and received."""
        sent = {(one.subject, one.more): at for at, one in enumerate(self.events) if one.kind == "sends"}
        return [
            (sent[one.subject, one.more], at)
            for at, one in enumerate(self.events)
            if one.kind == "receives" and (one.subject, one.more) in sent
        ]


def read(record: str, own_line: Callable[[int], int]) -> Timeline:
    """Read a record; `own_line` gives the cell's line for a line of the program. Half a last line is left out."""
    threads: dict[int, str] = {}
    events = []
    for line in record.split("\n")[:-1]:
        fields = line.split("\t")
        if len(fields) != 8 or not (fields[0].isdigit() and fields[1].isdigit() and fields[6].isdigit()):
            continue
        at, thread, name, kind, subject, called, number, more = fields
        # A lock or channel without a name is called by its line in the program.
        called, more = (_LINE.sub(lambda found: str(own_line(int(found[0]))), text) for text in (called, more))
        threads.setdefault(int(thread), name)
        if subject.startswith("thread"):
            threads.setdefault(int(subject.split(" ")[1]), called)
        events.append(Event(int(at), int(thread), kind, subject, called, own_line(int(number)), more))
    names = tuple(threads.get(number, f"thread {number}") for number in range(max(threads, default=-1) + 1))
    return Timeline(names, tuple(events[:MOST]), max(0, len(events) - MOST))


def crate() -> Path:
    """Return the compiled crate `lab`; it is built when it or rustc has changed."""
    desk = find_desk()
    source = desk.course / "crates" / "lab" / "src"
    digest = hashlib.sha256(repr(toolchain.find()).encode())
    for path in sorted(source.glob("*.rs")):
        digest.update(path.read_bytes())
    made = desk.builds / "built" / f"lab-{digest.hexdigest()[:24]}" / "liblab.rlib"
    if not made.exists():
        made.parent.mkdir(parents=True, exist_ok=True)
        fresh = made.with_name(f"fresh-{os.getpid()}-{threading.get_ident()}.rlib")
        built = toolchain.compile_file(source / "lib.rs", fresh, crate_type="rlib", crate_name="lab", flags=("-O",))
        if built.output is None:
            raise CourseError(
                f"The crate `lab` could not be built: {built.failure}", "Restore it: git checkout -- crates/lab"
            )
        fresh.replace(made)
    return made
