"""Draw a timeline: a lane for each thread, what it holds and what it waits for, messages, and the circle of a deadlock.

The list of events beside the picture says the same in words. lanes.js replays both, event by event.
"""

from typing import Any

import traitlets

from proxylings.grader.text import clean
from proxylings.lab.markdown import escape, inline
from proxylings.lab.mime import Widget, asset
from proxylings.lab.timeline import Span, Timeline

_NAMES, _STEP, _BAR, _PAD = 96, 26, 16, 12
# The width of a letter of 11 px.
_LETTER = 6.7


class Lanes(Widget):
    """What the threads of a run did, to be replayed. `told` are the events in words, `picture` is SVG."""

    _esm = asset("make.js", "lanes.js")
    _css = asset("proxylings.css", "lanes.css")
    picture = traitlets.Unicode().tag(sync=True)
    told: Any = traitlets.List().tag(sync=True)
    note = traitlets.Unicode().tag(sync=True)

    def __init__(self, timeline: Timeline) -> None:
        """Draw `timeline`."""
        super().__init__(picture=picture(timeline), told=told(timeline), note=note(timeline))

    def to_html(self) -> str:
        """Return the picture and the list of events, folded."""
        rows = "".join(
            f"<tr><td>{at}</td><td>{escape(one['thread'])}</td><td>{one['html']}</td><td>{one['line']}</td></tr>"
            for at, one in enumerate(self.told, start=1)
        )
        heads = "".join(f'<th scope="col">{head}</th>' for head in ("event", "thread", "does", "line"))
        listed = f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"
        said = f'<p class="pxl-told">{inline(self.note)}</p>' if self.note else ""
        style = f"<style>{asset('lanes.css')}</style>"
        return f"{style}{self.picture}{said}<details><summary>The events as a list</summary>{listed}</details>"

    def to_text(self) -> str:
        """Return the events in words."""
        lines = [f"{at}. {one['thread']} {one['text']}" for at, one in enumerate(self.told, start=1)]
        return "\n".join([*([self.note] if self.note else []), *lines])


def note(timeline: Timeline) -> str:
    """Say what is remarkable of a run: a deadlock, or events that are left out."""
    notes = [f"Deadlock: {clean(timeline.deadlock)}."] if timeline.deadlock else []
    if timeline.left_out:
        notes.append(f"{timeline.left_out} more events came after these.")
    return " ".join(notes)


def told(timeline: Timeline) -> list[dict[str, Any]]:
    """Return the events in words, as the view takes them; `html` is escaped."""
    return [
        {
            "thread": clean(timeline.threads[event.thread]),
            "text": clean(event.words()),
            "html": inline(clean(event.words())),
            "line": event.line or "",
        }
        for event in timeline.events
    ]


def picture(timeline: Timeline) -> str:
    """Return the lanes as SVG. Each piece says in `data-at` with which event it appears."""
    held = {span.subject for span in timeline.spans() if span.kind == "holds"}
    rows = {subject: number for number, subject in enumerate(sorted(held))}
    # A row for each lock that is held, one for waits, and one for the events: no word stands behind a dot.
    height = (len(rows) + 2) * _BAR + _PAD
    tops = [18 + number * height for number in range(len(timeline.threads))]
    count = len(timeline.events)
    # Room for the words of a wait that begins with the last events.
    width, bottom = _NAMES + count * _STEP + 90, 18 + len(tops) * height
    drawn = [
        f'<text x="4" y="{top + height / 2:.0f}" class="pxl-name">{escape(clean(name))}</text>'
        f'<line x1="{_NAMES}" y1="{top - 2}" x2="{width}" y2="{top - 2}" class="pxl-rule"/>'
        for name, top in zip(timeline.threads, tops, strict=True)
    ]
    circle = _circle(timeline)
    for span in timeline.spans():
        row = rows.get(span.subject, len(rows)) if span.kind == "holds" else len(rows)
        drawn += _bar(span, tops[span.thread] + row * _BAR, span in circle)
    middles = [top + (len(rows) + 1) * _BAR + _BAR / 2 - 2 for top in tops]
    for sent, received in timeline.messages():
        x1, x2 = _x(sent) + _STEP / 2, _x(received) + _STEP / 2
        y1, y2 = middles[timeline.events[sent].thread], middles[timeline.events[received].thread]
        drawn.append(f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" class="pxl-message" data-at="{received}"/>')
    for at, event in enumerate(timeline.events):
        x, y = _x(at) + _STEP / 2, middles[event.thread]
        kind = "pxl-end" if event.kind in ("ends", "deadlock") else "pxl-event"
        drawn.append(f'<circle cx="{x}" cy="{y}" r="3.5" class="{kind}" data-at="{at}"/>')
        drawn.append(f'<text x="{x}" y="12" text-anchor="middle" data-at="{at}">{at + 1}</text>')
    size = f'width="{width}" height="{bottom}" viewBox="0 0 {width} {bottom}"'
    label = f"What {len(timeline.threads)} threads did in {count} events. The list of events says the same in words."
    return (
        f'<div class="pxl-wide" tabindex="0" role="group" aria-label="Timeline"><svg class="pxl-timeline" role="img" '
        f'aria-label="{label}" {size}>{"".join(drawn)}</svg></div>'
    )


def _bar(span: Span, y: float, closed: bool) -> list[str]:
    """Return a bar, a piece for each event, and its name where it begins."""
    kind = f"pxl-{span.kind}" + (" pxl-closed" if closed else "")
    tall, last = _BAR - 4, span.end - 1
    pieces = []
    for at in range(span.start, span.end):
        x = _x(at) + _STEP / 2
        # The rim of all pieces together: inside of it, the name has no lines.
        rim = f"M{x} {y} h{_STEP} m0 {tall} h-{_STEP}"
        rim += f" M{x} {y} v{tall}" * (at == span.start) + f" M{x + _STEP} {y} v{tall}" * (at == last)
        pieces.append(
            f'<g class="{kind}" data-at="{at}"><rect x="{x}" y="{y}" width="{_STEP}" height="{tall}"/>'
            f'<path d="{rim}"/></g>'
        )
    if word := _word(span, closed):
        x = _x(span.start) + _STEP / 2 + 4
        pieces.append(f'<text x="{x}" y="{y + _BAR - 7}" class="pxl-word" data-at="{span.start}">{escape(word)}</text>')
    return pieces


def _word(span: Span, closed: bool) -> str:
    """Return the name of a bar: of a wait, as much as has room in it, because the next wait may begin right behind."""
    name = clean(span.name)
    if span.kind == "holds":
        return name
    room = (span.end - span.start) * _STEP - 8
    words = [f"waits: {name}", "waits"]
    # A wait that nobody ended has the margin for its words.
    return words[0] if closed else next((word for word in words if len(word) * _LETTER <= room), "")


def _circle(timeline: Timeline) -> set[Span]:
    """Return the waits that make the deadlock: those that nothing ended, of locks that are held, or of threads."""
    if not timeline.deadlock:
        return set()
    end = len(timeline.events)
    return {span for span in timeline.spans() if span.kind == "waits" and span.end == end}


def _x(at: int) -> float:
    return _NAMES + at * _STEP
