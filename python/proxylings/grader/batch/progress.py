"""One line about how far a long run is, with its rate and the time that is left."""

import sys
import time
from typing import TextIO

from proxylings.grader.batch.run import Tally

_OFTEN, _SELDOM = 0.2, 30.0


class Progress:
    """Shows a tally: on a terminal one line that changes, elsewhere a line now and then."""

    def __init__(self, what: str, stream: TextIO | None = None) -> None:
        """Begin to count the time. `what` names the things that are counted."""
        self._what, self._stream = what, stream or sys.stderr
        self._terminal = self._stream.isatty()
        self._began = self._shown = time.monotonic()
        self._width = 0

    def __call__(self, tally: Tally) -> None:
        """Show the tally, when it is time to."""
        now = time.monotonic()
        if now - self._shown >= (_OFTEN if self._terminal else _SELDOM):
            self._shown = now
            self._write(line(self._what, tally, now - self._began), end="" if self._terminal else "\n")

    def close(self, tally: Tally) -> None:
        """Show the last state, and leave the line."""
        self._write(line(self._what, tally, time.monotonic() - self._began), end="\n")

    def _write(self, text: str, end: str) -> None:
        # Spaces over what is left of a longer line before.
        padded = f"\r{text:<{self._width}}" if self._terminal else text
        self._width = len(text)
        print(padded, end=end, file=self._stream, flush=True)


def line(what: str, tally: Tally, seconds: float) -> str:
    """Write a tally as one line, after so many seconds."""
    parts = [f"{tally.done:,} of {tally.total:,} {what}"]
    if tally.known:
        parts.append(f"{tally.known:,} known before")
    if tally.ungraded:
        parts.append(f"{tally.ungraded:,} could not be graded")
    rate = (tally.done - tally.known) / seconds if seconds else 0.0
    if tally.done >= tally.total:
        parts.append(f"in {duration(seconds)}")
    elif rate > 0:
        parts.append(f"{rate:.1f}/s, {duration((tally.total - tally.done) / rate)} left")
    return ", ".join(parts)


def duration(seconds: float) -> str:
    """Write a time as a person says it."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"
