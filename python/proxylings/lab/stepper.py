"""The state stepper: a connection's states to walk through by hand, or to watch in a proxy that runs.

`step_states(mine.connection)` asks the part what each event gives. `watch_states(proxy)` shows the states that the
connections of a running proxy come to. Both draw the same picture.
"""

import threading
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import traitlets

from proxylings import admin
from proxylings.errors import CourseError, LearnerCodeError
from proxylings.grader.text import clean
from proxylings.lab import states, stepper_view
from proxylings.lab.faces.connection import ConnectionPart
from proxylings.lab.mime import Widget, asset


class Proxy(Protocol):
    """A running proxy that tells what happens in it."""

    def events(self) -> admin.Events:
        """Return its events from now on."""


class Stepper(Widget):
    """A walk through a state machine. The view sends wishes; the kernel's side answers with a new `view`."""

    _esm = asset("make.js", "stepper.js")
    _css = asset("proxylings.css", "stepper.css")
    view = traitlets.Dict().tag(sync=True)

    def __init__(self, part: ConnectionPart, events: Sequence[str]) -> None:
        """Begin with a new connection to which `events` have happened."""
        self._story = states.story(part, events)
        self._table = states.table(part)
        super().__init__(view=self._view())
        self.on_msg(self._asked)

    def _asked(self, _: object, wish: Mapping[str, Any], __: object) -> None:
        """Do what the learner asked for: `{"tell": event}`, `{"back": true}` or `{"again": true}`."""
        problem = ""
        try:
            if wish.get("tell") in states.EVENTS:
                self._story.tell(wish["tell"])
            elif wish.get("back"):
                self._story.back()
            elif wish.get("again"):
                self._story = states.Story(self._story.part)
        except LearnerCodeError as error:
            problem = f"The part failed on {wish['tell']}: {error.what}"
        except CourseError as error:
            problem = str(error)
        self.view = self._view(problem)

    def _view(self, problem: str = "") -> dict[str, Any]:
        return stepper_view.view(self._story.moments, self._story.nexts(), self._table, problem)

    def to_html(self) -> str:
        """Return the picture, the state and the table, without buttons."""
        return stepper_view.to_html(self.view)

    def to_text(self) -> str:
        """Return the story and the table as text."""
        return stepper_view.to_text(self.view)


class Watcher(Widget):
    """The states of a running proxy's connections, the newest connection first."""

    _esm = asset("make.js", "stepper.js")
    _css = asset("proxylings.css", "stepper.css")
    view = traitlets.Dict().tag(sync=True)

    def __init__(self, proxy: Proxy, part: ConnectionPart, seconds: float) -> None:
        """Watch until `seconds` pass without an event, or the proxy stops."""
        self._table = states.table(part)
        self._seen: list[dict[str, object]] = []
        self._chosen = 0
        super().__init__(view=self._view())
        self.on_msg(self._asked)
        self._events = proxy.events()
        self._thread = threading.Thread(target=self._watch, args=(seconds,), daemon=True)
        self._thread.start()

    def _watch(self, seconds: float) -> None:
        with self._events:
            for event in self._events.wait(seconds):
                if event["event"] == "connection":
                    self._seen.append(event)
                    self.view = self._view()

    def wait(self) -> None:
        """Return when the watching has ended."""
        self._thread.join()

    def _asked(self, _: object, wish: Mapping[str, Any], __: object) -> None:
        if isinstance(wish.get("connection"), int):
            self._chosen = wish["connection"]
            self.view = self._view()

    def _view(self) -> dict[str, Any]:
        found = states.recorded(self._seen)
        chosen = self._chosen if self._chosen in found else max(found, default=0)
        return stepper_view.watched(found, chosen, self._table)

    def to_html(self) -> str:
        """Return the picture and the states of the chosen connection."""
        return stepper_view.to_html(self.view)

    def to_text(self) -> str:
        """Return the same as text."""
        return stepper_view.to_text(self.view)


def step_states(part: ConnectionPart, events: Sequence[str] = ()) -> Stepper:
    """Walk through the states of a connection: `step_states(mine.connection)`.

    `events` have happened already; `proxylings.lab.states.EVENTS` has their names.
    """
    try:
        return Stepper(part, events)
    except LearnerCodeError as error:
        raise CourseError(f"The part can't be stepped yet: {clean(error.what)}", error.hint) from error


def watch_states(proxy: Proxy, part: ConnectionPart, *, seconds: float = 30.0) -> Watcher:
    """Watch the connections of a running proxy; `part` draws the transitions. Ends after `seconds` of silence."""
    return Watcher(proxy, part, seconds)
