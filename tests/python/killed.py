"""Kill a command at every change that it makes to the file system, and look at what is left each time.

Run as `python -m tests.python.killed SCENARIO FOLDER`, in a process of its own: it forks for every point, lets the
fork run the command, and ends it by SIGKILL right before its n-th change, for n = 1, 2, 3 … until a run comes to its
end. After each kill nothing of the learner's may be lost or damaged; the same command, run again, finishes the work.
Prints how many points there were, as JSON.
"""

import json
import os
import shutil
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from proxylings import repository, updating, weave
from proxylings.cli import main
from proxylings.course import LOCK, Desk
from proxylings.grader.desk import has_passed
from tests.python.small_course import change, commit, small_course, texts
from tests.python.small_desk import DRILL

DRILL_FILE = "exercises/00-tour/drills/greet.rs"
PART_FILES = ("exercises/01-request/src/lib.rs", "exercises/01-request/src/words.rs")
NOTEBOOK_FILE = "notebooks/00-tour.ipynb"
ANSWER = weave.answer(DRILL, {}).encode()
_CHANGES = {
    "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.utime",
}  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def wrong(what: str, *values: object) -> None:
    """Stop the sweep: something was lost."""
    raise SystemExit(f"{what}: {' '.join(map(repr, values))}"[:2000])


@dataclass(frozen=True)
class Scenario:
    """A command, the folder that it starts in, what must hold at any moment, and what must hold at the end."""

    arguments: tuple[str, ...]
    prepare: Callable[[Path], None]
    at_any_moment: Callable[[Path], None]
    at_the_end: Callable[[Path], None]


class Countdown:
    """Ends this process right before its n-th change: an open for writing, a write, a flush, a rename, …"""

    def __init__(self, points: int) -> None:
        """Begin to count."""
        self.left = points
        sys.addaudithook(self._audited)
        threading.setprofile(self._called)
        sys.setprofile(self._called)

    def _audited(self, event: str, arguments: tuple[Any, ...]) -> None:
        opened = str(arguments[0]) if event == "open" and (arguments[2] or 0) & _WRITING else "/dev/null"
        if event in _CHANGES or not (opened.isdigit() or opened.startswith(("/dev/", "/proc/"))):
            self._count()

    def _called(self, _: object, event: str, called: Any) -> None:
        if event == "c_call" and called.__name__ in ("write", "flush", "fsync", "sendfile"):
            name = getattr(getattr(called, "__self__", None), "name", "")
            if called.__name__ in ("fsync", "sendfile") or (isinstance(name, str) and name.startswith("/")):
                self._count()

    def _count(self) -> None:
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def run(folder: Path, arguments: tuple[str, ...], points: int) -> int:
    """Run a command in a fork, and return its wait status; with `points`, it is killed before that change."""
    if pid := os.fork():
        return os.waitpid(pid, 0)[1]
    code = 70
    try:
        os.chdir(folder)
        said = os.open(folder.parent / "said", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(said, 1)
        os.dup2(said, 2)
        if points:
            Countdown(points)
        main(list(arguments))
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else 0
    finally:
        sys.setprofile(None)
        sys.stdout.flush()
        os._exit(code)


def sweep(scenario: Scenario, home: Path) -> int:
    """Kill the command at each of its points; return how many there are."""
    template, folder = home / "template", home / "mine"
    template.mkdir()
    scenario.prepare(template)
    for points in range(1, 10_000):
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(template, folder, symlinks=True)
        status = run(folder, scenario.arguments, points)
        scenario.at_any_moment(folder)
        if not os.WIFSIGNALED(status):
            if os.waitstatus_to_exitcode(status) != 0:
                wrong("it failed", points, (home / "said").read_text())
            scenario.at_the_end(folder)
            return points - 1
        status = run(folder, scenario.arguments, 0)
        said = (home / "said").read_text(encoding="utf-8")
        finished = "is a learner's repository already" in said  # killed after its last change
        if os.waitstatus_to_exitcode(status) != 0 and not finished:
            wrong("run again, it failed", points, said)
        if "Traceback" in said:
            wrong("a traceback", points, said)
        scenario.at_the_end(folder)
    raise SystemExit("it never came to its end")


def whole(folder: Path, allowed: dict[str, set[bytes]]) -> None:
    """Each file holds one of the texts that it may hold; names ending in .partial are nobody's yet."""
    for name, data in texts(folder).items():
        if not name.endswith(".partial") and data not in allowed.get(name, set()):
            wrong("a file is neither old nor new", name, data[:200])


def safe(folder: Path, name: str, data: bytes) -> None:
    """What the learner wrote is in its place, or in a backup."""
    copies = (folder / ".proxylings" / "backups").rglob(Path(name).name)
    if not any(path.is_file() and path.read_bytes() == data for path in [folder / name, *copies]):
        wrong("the learner's work is gone", name)


def readable(folder: Path) -> None:
    """No state file is half written."""
    for path in (folder / ".proxylings").rglob("*.json"):
        if "check" not in path.relative_to(folder).parts:
            json.loads(path.read_bytes())
    if (folder / LOCK).exists():
        repository.read_lock(folder)


def scenarios(home: Path) -> dict[str, Callable[[], Scenario]]:
    """Return the scenarios by name; each lays out its course in `home`."""
    course = small_course(home / "course")
    os.environ["PROXYLINGS_COURSE"] = str(course.root)

    def desk(folder: Path) -> Desk:
        return Desk(folder, course.root)

    def made(folder: Path) -> None:
        repository.init(folder, course.root, "github")

    def solved(folder: Path) -> None:
        made(folder)
        (folder / DRILL_FILE).write_bytes(ANSWER)

    def check() -> Scenario:
        def untouched(folder: Path) -> None:
            whole(folder, {name: {data} for name, data in texts(home / "template").items()})
            readable(folder)

        def passed(folder: Path) -> None:
            untouched(folder)
            if not has_passed(desk(folder), desk(folder).exercise("greet")):
                wrong("it passed and nobody remembers")

        return Scenario(("check", "greet"), solved, untouched, passed)

    def reset() -> Scenario:
        def edited(folder: Path) -> None:
            made(folder)
            for name in PART_FILES:
                (folder / name).write_bytes(f"// mine: {name}\n".encode())

        def kept(folder: Path) -> None:
            for name in PART_FILES:
                safe(folder, name, f"// mine: {name}\n".encode())
            stubs = {path.relative_to(folder).as_posix(): text for path, text in weave.stubs(desk(folder)).items()}
            allowed = {name: {data} for name, data in texts(home / "template").items()}
            whole(
                folder, allowed | {name: {stubs[name].encode(), f"// mine: {name}\n".encode()} for name in PART_FILES}
            )

        def stub(folder: Path) -> None:
            kept(folder)
            for name in PART_FILES:
                if (folder / name).read_text() != weave.stubs(desk(folder))[folder / name]:
                    wrong("the stub is not back", name)

        return Scenario(("reset", "01-request"), edited, kept, stub)

    def init() -> Scenario:
        fresh = home / "fresh"
        made(fresh)
        expected = texts(fresh) | {"diary.md": b"mine\n"}

        def empty(folder: Path) -> None:
            (folder / "diary.md").write_bytes(b"mine\n")

        def growing(folder: Path) -> None:
            whole(folder, {name: {data} for name, data in expected.items()})
            safe(folder, "diary.md", b"mine\n")

        def all_there(folder: Path) -> None:
            growing(folder)
            found = {name: data for name, data in texts(folder).items() if not name.endswith(".partial")}
            if found != expected:
                wrong("it is not the same as in one go", found.keys() ^ expected.keys())

        return Scenario(("init", "."), empty, growing, all_there)

    def worked_on(folder: Path) -> None:
        """A drill is solved, the README is the learner's, a notebook was run; then the course changes."""
        solved(folder)
        (folder / "README.md").write_bytes(b"# Mine\n")
        book = json.loads((folder / NOTEBOOK_FILE).read_bytes())
        book["cells"][-1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "mine"}]
        (folder / NOTEBOOK_FILE).write_text(json.dumps(book), encoding="utf-8")
        change(course, "solutions/00-tour/drills/greet.rs", "//! One name is misspelled.", "//! A name is misspelled.")
        change(course, "solutions/01-request/src/lib.rs", "//! A part.", "//! The part.")
        change(course, "notebooks/src/00-tour.md", "# A request's trip", "# The trip of a request")
        more = '{ id = "wave", title = "Another", minutes = 3, points = 1, stub = "E0425" }]'
        change(course, "course.toml", 'stub = "E0425" }]', f'stub = "E0425" }}, {more}')
        (course.root / "solutions" / "00-tour" / "drills" / "wave.rs").write_text(DRILL, encoding="utf-8")
        (course.root / "tests" / "parts" / "01_request.rs").rename(course.root / "tests" / "parts" / "01_requests.rs")
        commit(course.root, "course: the second version")

    def old_or_new(folder: Path) -> None:
        old = texts(home / "template")
        fresh = home / "fresh"
        if not fresh.exists():
            repository.init(fresh, course.root, "github")
        new = texts(fresh)
        # The lock changes twice: it is looked at by itself.
        whole(folder, {name: {table[name] for table in (old, new) if name in table} for name in old | new} | {
            LOCK: {(folder / LOCK).read_bytes()}})  # fmt: skip
        for name in (DRILL_FILE, "README.md", NOTEBOOK_FILE):
            safe(folder, name, old[name])
        readable(folder)

    def update() -> Scenario:
        def untouched(folder: Path) -> None:
            old_or_new(folder)
            for name in (DRILL_FILE, "README.md"):
                if (folder / name).read_bytes() != (home / "template" / name).read_bytes():
                    wrong("an edited file was touched", name)

        def renewed(folder: Path) -> None:
            untouched(folder)
            old, new, found = texts(home / "template"), texts(home / "fresh"), texts(folder)
            found = {name: data for name, data in found.items() if not name.endswith(".partial")}
            expected = new | {name: old[name] for name in (DRILL_FILE, "README.md")} | {LOCK: found[LOCK]}
            if found != expected:
                wrong(
                    "it is not the same as in one go", [name for name in expected if found.get(name) != expected[name]]
                )
            lock = repository.read_lock(folder)
            if lock.arriving or lock.commit != repository.read_lock(home / "fresh").commit:
                wrong("the lock is not settled", lock)
            if not updating.beside(desk(folder), DRILL_FILE).exists():
                wrong("the newer version is not beside the edited one")

        return Scenario(("update",), worked_on, untouched, renewed)

    def take() -> Scenario:
        def updated(folder: Path) -> None:
            worked_on(folder)
            updating.update(desk(folder))

        def taken(folder: Path) -> None:
            old_or_new(folder)
            if (folder / DRILL_FILE).read_bytes() != (home / "fresh" / DRILL_FILE).read_bytes():
                wrong("the course's version is not in place")

        return Scenario(("update", "--take", DRILL_FILE), updated, old_or_new, taken)

    return {"check": check, "reset": reset, "init": init, "update": update, "take": take}


if __name__ == "__main__":
    place = Path(sys.argv[2])
    print(json.dumps({"points": sweep(scenarios(place)[sys.argv[1]](), place)}))
