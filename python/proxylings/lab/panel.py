"""The panel of an exercise: it watches the learner's file, checks it on save, and shows what to do next.

Two threads a panel: one waits for the file, one checks. A save during a check makes that check stale: it ends at
its next sign of life, its result is dropped, and one new check begins. The kernel's main thread only answers buttons.
"""

import functools
import json
import os
import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import traitlets
from jupyter_core.paths import jupyter_runtime_dir

from proxylings import watch
from proxylings.course import Desk, Exercise, find_desk
from proxylings.errors import CourseError
from proxylings.grader import desk as operations
from proxylings.grader.check import Superseded, advice, learners_answer
from proxylings.grader.verdict import Verdict
from proxylings.lab import diagnostics, panel_view
from proxylings.lab.mime import Widget, asset
from proxylings.lab.panel_view import View

# "Run all cells" can open many panels at once; the tests of one check use all processors already.
_checking = threading.Semaphore(2)
# The panel that watches an exercise; a newer one, of a cell run again, takes its place.
_watching: dict[tuple[Path, str], "Panel"] = {}
_registering = threading.Lock()


class Panel(Widget):
    """A live view of one exercise."""

    _esm = asset("panel.js")
    _css = asset("proxylings.css") + asset("panel.css")
    view = traitlets.Dict().tag(sync=True)

    def __init__(self, desk: Desk, exercise: Exercise) -> None:
        """Show what is known, begin to watch, and check an answer that has been begun."""
        self._desk, self._exercise = desk, exercise
        # Held while the view changes: the checking thread and the kernel's button handlers both change it.
        self._changing = threading.RLock()
        self._shown = msgspec.structs.replace(panel_view.before(desk, exercise), open=_lab_path(desk.source(exercise)))
        super().__init__(view=msgspec.to_builtins(self._shown))
        self.on_msg(self._asked)
        self._stop, self._wanted, self._generation = threading.Event(), threading.Event(), 0
        self._known = True
        source = desk.source(exercise)
        self._paths = [source.parent if exercise.kind == "part" else source]
        if self._shown.mark != "pass" and not operations.is_untouched(desk, exercise):
            self.check()

    def start(self) -> None:
        """Begin to watch and to check, in place of an older panel of the same exercise."""
        since = watch.snapshot(self._paths)
        key = (self._desk.root, self._exercise.id)
        with _registering:
            older, _watching[key] = _watching.get(key), self
        if older is not None:
            older.stop()

        def watching() -> None:
            watch.watch(self._paths, lambda _: self.check(), self._stop, since=since)

        for work in (watching, self._work):
            threading.Thread(target=work, name=f"panel {self._exercise.id}", daemon=True).start()

    def stop(self) -> None:
        """End the watching, and say so in the view."""
        self._stop.set()
        self._wanted.set()
        self._show(live=False, busy="", announce="")

    def check(self, *, known: bool = True) -> None:
        """Ask for a check of what lies on the desk now; it makes one that is running stale.

        With `known`, bytes that were the last to be checked are not checked again.
        """
        self._known = known
        self._generation += 1
        self._wanted.set()

    def to_html(self) -> str:
        """Return the static form as an HTML fragment."""
        return panel_view.to_html(self._shown)

    def to_text(self) -> str:
        """Return the static form as plain text."""
        return panel_view.to_text(self._shown)

    # --- the checking thread

    def _work(self) -> None:
        while not self._stop.is_set():
            self._wanted.wait()
            self._wanted.clear()
            if self._stop.is_set():
                return
            self._show(busy="Waiting for another check…")
            with _checking:
                self._guarded(functools.partial(self._check, self._generation))

    def _check(self, generation: int) -> None:
        desk, exercise = self._desk, self._exercise
        total = _count_tests(desk.tests(exercise))

        def stale() -> bool:
            return generation != self._generation or self._stop.is_set()

        def observe(verdict: Verdict) -> None:
            done = len(verdict.tests)
            busy = f"Running tests: {done} of {max(total, done)}" if total else "Running tests…"
            self._show(busy=busy, done=done, total=max(total, done))

        def building(line: str) -> None:
            self._show(busy=f"Building what the part needs, once: {line.strip()}")

        self._show(busy="Compiling…", done=0, total=0, announce="Checking.")
        verdict = operations.check_and_record(desk, exercise, observe, stale, on_build=building, known=self._known)
        if stale():
            return
        shown = panel_view.after(desk, exercise, verdict)
        # What a reset said stays until the learner has written something new.
        note = self._shown.note if operations.is_untouched(desk, exercise) else ""
        self._show(shown, note=note, solution=self._shown.solution)
        if verdict.passed:
            said = diagnostics.to_html(advice(desk, learners_answer(desk, exercise), stale))
            if not stale():
                self._show(advice=said)

    # --- buttons

    def _asked(self, _: Widget, content: dict[str, Any], __: Any) -> None:
        """Answer one button."""
        answers: dict[str, Callable[[], None]] = {
            "check": self._check_now, "hint": self._hint, "solution": self._solution, "reset": self._reset,
        }  # fmt: skip
        if (answer := answers.get(content.get("ask", ""))) and not self._stop.is_set():
            self._guarded(answer)

    def _check_now(self) -> None:
        # First the answer to the button, then the check: the other order could leave "busy" standing.
        self._show(busy=self._shown.busy or "Waiting…")
        self.check(known=False)

    def _hint(self) -> None:
        # The words for an error code stand in the panel already, as part of the verdict.
        number, text = operations.next_hint(self._desk, self._exercise)
        self._show(hints=operations.opened_hints(self._desk, self._exercise), announce=f"Hint {number}: {text}")

    def _solution(self) -> None:
        # The view asks "show it?" first, unless the exercise has passed.
        text = operations.solution(self._desk, self._exercise, confirmed=True)
        self._show(solution=text, announce="The solution is shown below.")

    def _reset(self) -> None:
        copy = operations.reset(self._desk, self._exercise)
        kept = f"Your version is kept in {self._desk.shown(copy)}." if copy else "There was no change to keep."
        self._show(note=f"The stub is back. {kept}", announce=f"The stub is back. {kept}")

    def _guarded(self, work: Callable[[], None]) -> None:
        """Do `work`; what goes wrong is shown in the panel, in words."""
        try:
            work()
        except Superseded:
            pass
        except CourseError as error:
            self._problem(error.what, error.hint)
        except Exception as error:  # the thread must live on, and the learner must see what happened
            what = f"The check itself failed: {type(error).__name__}: {error}"
            self._problem(what, "Your file is as it was. Save it again, or press Check now.")

    def _problem(self, what: str, remedy: str) -> None:
        self._show(
            mark="problem", headline=what, next=remedy, message="", diagnostics="", told=(), advice="", busy="",
            announce=f"{what} {remedy}",
        )  # fmt: skip

    def _show(self, view: View | None = None, **changes: Any) -> None:
        """Change the view and send it; safe in any thread. What is announced is announced once."""
        with self._changing:
            old = self._shown
            kept = {
                "open": old.open,
                "live": old.live,
                "serial": old.serial + 1,
                "announce": view.announce if view else "",
            }
            self._shown = msgspec.structs.replace(view or old, **{**kept, **changes})
            self.view = msgspec.to_builtins(self._shown)


def exercise(wanted: str) -> Panel:
    """Show the panel of an exercise: `exercise("01-request")`, or a drill, `exercise("01-request/moved_head")`."""
    desk = find_desk()
    panel = Panel(desk, desk.exercise(wanted))
    panel.start()
    return panel


def _count_tests(path: Path) -> int:
    try:
        return len(re.findall(r"^\s*#\[test\]", path.read_text(encoding="utf-8"), re.MULTILINE))
    except (OSError, UnicodeDecodeError):
        return 0


def _lab_path(path: Path) -> str:
    """Return `path` as the Jupyter server that started this kernel names it, or "" when it can't see the file."""
    record = Path(jupyter_runtime_dir()) / f"jpserver-{os.environ.get('JPY_PARENT_PID', '')}.json"
    try:
        root = Path(json.loads(record.read_text(encoding="utf-8"))["root_dir"]).resolve()
        return path.resolve().relative_to(root).as_posix()
    except (OSError, ValueError, KeyError):
        return ""
