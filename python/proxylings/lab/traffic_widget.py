"""The traffic view: requests through phases, states, cache and pool, in a proxy that runs or in a recording.

`show_traffic(proxy)` listens, and draws at most four times a second. `show_traffic(recording)` is stepped, event by
event. Both can be stepped back: what is drawn is what the events up to that place mean.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import traitlets

from proxylings.errors import CourseError
from proxylings.lab import journeys, traffic_view
from proxylings.lab.mime import Widget, asset
from proxylings.lab.recording import KEPT, Listener, Proxy, Recording

_LISTENING = "Listening: what happens in the proxy is drawn as it happens."
_OVER = "No longer listening. Run the cell again to listen anew; what was recorded can be stepped through."


class TrafficView(Widget):
    """A view of a recording. `recording` is what it shows, and grows while somebody listens."""

    _esm = asset("make.js", "traffic.js")
    _css = asset("proxylings.css", "traffic.css")
    view = traitlets.Dict().tag(sync=True)

    def __init__(self, recording: Recording, *, proxy: Proxy | None = None, seconds: float = 60.0) -> None:
        """Show the end of `recording`. With `proxy`, listen to it, until `seconds` pass without an event."""
        self.recording = recording
        self._listener: Listener | None = None
        self._at: int | None = None  # None: at the end, also when more comes
        super().__init__(view=self._view())
        self.on_msg(self._asked)
        if proxy is not None:
            self._listener = Listener(proxy, recording, told=self._draw, seconds=seconds)
            self._draw()

    def stop(self) -> None:
        """Listen no longer; what was recorded stays."""
        if self._listener is not None:
            self._listener.stop()
            self._draw()

    def wait(self) -> None:
        """Return when what has happened so far is in the view; it listens no longer then."""
        if self._listener is not None:
            self._listener.settle()
            self._draw()

    def _asked(self, _: object, wish: Mapping[str, Any], __: object) -> None:
        """Do what the learner asked for: `{"at": number}`, `{"end": true}` or `{"stop": true}`."""
        at = wish.get("at")
        if isinstance(at, int):
            self._at = at
        elif wish.get("end"):
            self._at = None
        elif wish.get("stop"):
            self.stop()
        self._draw()

    def _draw(self) -> None:
        self.view = self._view()

    def _view(self) -> dict[str, Any]:
        events = journeys.read(self.recording.events)
        live = "" if self._listener is None else _OVER if self._listener.is_over else _LISTENING
        at = len(events) if self._at is None else self._at
        shown = traffic_view.view(events, at, left_out=self.recording.left_out, live=live)
        return {**shown, "listening": live == _LISTENING, "follows": self._at is None}

    def to_html(self) -> str:
        """Return the pictures and their tables, without buttons."""
        return f"<style>{asset('traffic.css')}</style>{traffic_view.to_html(self.view)}"

    def to_text(self) -> str:
        """Return the tables as text."""
        return traffic_view.to_text(self.view)


def show_traffic(of: Proxy | Recording | str | Path, *, keep: int = KEPT, seconds: float = 60.0) -> TrafficView:
    """Show what happens in a proxy: `show_traffic(proxy)`, `show_traffic(recording)`, `show_traffic("traffic.jsonl")`.

    A proxy is listened to from now on, until `seconds` pass without an event; the last `keep` events are kept, and
    `.recording` holds them. A recording (`record_traffic`), or the path of a saved one, is stepped event by event.
    """
    if isinstance(of, str | Path):
        of = Recording.load(of, keep=keep)
    if isinstance(of, Recording):
        return TrafficView(of)
    if not hasattr(of, "events"):
        raise CourseError(
            f"There is no traffic in {type(of).__name__!r}.",
            'Give it a proxy, run_proxy("mine"), a recording, or the path of a saved one.',
        )
    return TrafficView(Recording(keep=keep), proxy=of, seconds=seconds)
