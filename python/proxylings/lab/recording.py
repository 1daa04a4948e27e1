"""A recording of what happened in a running proxy: kept in memory, saved as JSON lines, replayed with `show_traffic`.

Bounded on purpose. A proxy may tell a hundred thousand events a second, and a notebook has one thread: a recording
keeps the last events, reads so many a second and no more, and says how many it has not got.
"""

import contextlib
import json
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Protocol

from proxylings import admin
from proxylings.errors import CourseError
from proxylings.grader.text import clean
from proxylings.lab import journeys

# Events that a recording keeps; a request makes about eight.
KEPT = 2000
# Events that are read in one breath, and seconds between two breaths. What a proxy tells beyond that it counts for us.
_BREATH, _PAUSE = 2000, 0.25
# A recording ends when nothing has come for so long …
_QUIET = 0.2
# … and no request is under way, or after this time.
_PATIENCE = 2.0
_LONGEST_LINE = 64 * 1024


class Proxy(Protocol):
    """A running proxy that tells what happens in it."""

    def events(self) -> admin.Events:
        """Return its events from now on."""


class Recording:
    """Events, the oldest first; `left_out` counts those that were too many to keep.

    `requests`, `connections` and `links` say what the events mean. `show_traffic` draws it.
    """

    def __init__(self, events: Iterable[dict[str, Any]] = (), *, keep: int = KEPT) -> None:
        """Keep the last `keep` of `events`."""
        if keep < 1:
            raise CourseError(f"A recording can't keep {keep} events.", "Let it keep 1 or more.")
        self._events: deque[dict[str, Any]] = deque(maxlen=keep)
        # A listener adds in its own thread, while the notebook's looks.
        self._lock = threading.Lock()
        self.left_out = 0
        for event in events:
            self.add(event)

    def add(self, event: dict[str, Any]) -> None:
        """Keep one more event; the oldest one goes when there are too many."""
        with self._lock:
            if len(self._events) == self._events.maxlen:
                self.left_out += 1
            self._events.append(event)

    @property
    def events(self) -> list[dict[str, Any]]:
        """Return the events that are kept, as the proxy told them."""
        with self._lock:
            return list(self._events)

    @property
    def requests(self) -> list[journeys.Journey]:
        """Return each request with what became of it."""
        return self._told().journeys

    @property
    def connections(self) -> list[journeys.Client]:
        """Return each client's connection with its states."""
        return list(self._told().clients.values())

    @property
    def links(self) -> list[journeys.Link]:
        """Return each connection to a server with its hands."""
        return list(self._told().links.values())

    def _told(self) -> journeys.Traffic:
        return journeys.follow(journeys.read(self.events))

    def save(self, path: str | Path) -> Path:
        """Write the events to a file, one JSON object a line, and return its path."""
        lines = [{"event": "recording", "version": 1, "left_out": self.left_out}, *self.events]
        path = Path(path)
        try:
            path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        except OSError as error:
            raise CourseError(f"The recording can't be written to {path}: {error}", "Choose another place.") from error
        return path

    @classmethod
    def load(cls, path: str | Path, *, keep: int = KEPT) -> "Recording":
        """Read what `save` has written. Raises CourseError that names the line that is no event."""
        recording = cls(keep=keep)
        try:
            with Path(path).open("rb") as file:
                for number, line in enumerate(iter(lambda: file.readline(_LONGEST_LINE), b""), 1):
                    if line.strip():
                        recording._read(line, f"line {number} of {path}")
        except OSError as error:
            raise CourseError(
                f"The recording {path} can't be read: {error}", "Recording.save(path) writes one."
            ) from error
        return recording

    def _read(self, line: bytes, place: str) -> None:
        try:
            event = json.loads(line)
            if not isinstance(event, dict) or not isinstance(event.get("event"), str):
                raise ValueError("there is no object with an `event`")
        except (ValueError, RecursionError) as error:
            raise CourseError(
                f"{place} is no event: {clean(str(error))}", "A recording has one JSON object a line."
            ) from error
        if event["event"] != "recording":
            self.add(event)
        elif isinstance(event.get("left_out"), int):
            self.left_out += max(0, event["left_out"])

    def __len__(self) -> int:
        """Return how many events are kept."""
        return len(self._events)

    def __repr__(self) -> str:
        """Say how much is in it."""
        lost = f", {self.left_out} earlier ones left out" if self.left_out else ""
        return f"<recording: {len(self.requests)} requests, {len(self)} events{lost}>"


class Listener:
    """Reads the events of a proxy into a recording, in a thread, until it is stopped or the proxy is."""

    def __init__(self, proxy: Proxy, recording: Recording, *, told: Callable[[], None], seconds: float) -> None:
        """Begin. `told` is called after each breath that brought something; silence of `seconds` is the end."""
        self._events, self._recording, self._call, self._seconds = proxy.events(), recording, told, seconds
        self._end = threading.Event()
        self._last = time.monotonic()
        self.is_over = False
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while not self._end.is_set() and time.monotonic() - self._last < self._seconds:
                if self._breath(_PAUSE):
                    self._call()
                if self._events.ended:
                    break
                # Read no more than that: the proxy counts what we miss, and the kernel has other work.
                self._end.wait(_PAUSE)
        self.is_over = True
        self._call()

    def _breath(self, seconds: float) -> bool:
        """Read what is there, and what comes, until `seconds` pass without an event or since the first one."""
        until, count = time.monotonic() + seconds, 0
        for count, event in enumerate(self._events.wait(seconds), 1):
            self._recording.add(event)
            self._last = time.monotonic()
            if count == _BREATH or self._last > until:
                break
        return count > 0

    def settle(self) -> None:
        """Read on until nothing comes and no request is under way; then stop."""
        self._halt()
        until = time.monotonic() + _PATIENCE
        with contextlib.suppress(OSError):
            while time.monotonic() < until and not self._events.ended:
                if not self._breath(_QUIET) and not any(journey.is_open for journey in self._recording.requests):
                    break
        self._events.close()

    def stop(self) -> None:
        """Listen no longer."""
        self._halt()
        self._events.close()

    def _halt(self) -> None:
        self._end.set()
        self._thread.join(_PATIENCE)


@contextlib.contextmanager
def record_traffic(proxy: Proxy, *, keep: int = KEPT) -> Iterator[Recording]:
    """Record what happens in a running proxy during a block.

    `with record_traffic(proxy) as traffic: proxy.get("/")`; then `show_traffic(traffic)` replays it, `traffic.requests`
    is a list of values, and `traffic.save("traffic.jsonl")` keeps it. The last `keep` events stay.
    """
    recording = Recording(keep=keep)
    listener = Listener(proxy, recording, told=lambda: None, seconds=float("inf"))
    try:
        yield recording
        listener.settle()
    finally:
        listener.stop()
