"""The map of the proxy: the way of a request, the part of this chapter lit, and the parts that are yours.

One drawing and one list of the same facts: the list is the text form, and stands folded below the drawing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from proxylings.course import Desk, find_desk
from proxylings.grader import desk as operations
from proxylings.lab.markdown import escape
from proxylings.lab.mime import Shown, asset

State = Literal["end", "given", "reference", "yours", "later"]

# What each station does, in the order in which a request meets them; then what stands beside its way.
_WAY = {
    "client": "asks for a page",
    "accept": "takes the connection",
    "request": "reads one request out of the bytes",
    "headers": "finds fields, strips hop-by-hop ones, frames the body",
    "connection": "keeps the state of the client's connection",
    "rules": "loads what is allowed, within limits",
    "pipeline": "runs filters in phases",
    "balancer": "chooses an upstream",
    "cache": "keeps answers, fetches each once",
    "pool": "lends connections to the upstream",
    "upstream": "answers",
}
_BESIDE = {
    "logline": "reads access-log lines for Python",
    "analytics": "counts a million log lines on all processors",
    "drain": "stops without losing a request",
    "migration": "moves traffic from an old proxy to this one",
}
_SAID: dict[State, str] = {"end": "", "given": "given", "reference": "reference", "yours": "✓ yours", "later": "later"}
_ROW = 6  # stations in the first row
_WIDTH, _HEIGHT, _STEP, _LEFT = 94, 46, 116, 13
_TOPS = (16, 106, 196)


@dataclass(frozen=True)
class Station:
    """One box: `lit` is the part of the chapter at hand."""

    name: str
    does: str
    state: State
    chapter: str = ""
    lit: bool = False

    @property
    def caption(self) -> str:
        """Return the small line below the name."""
        return " · ".join(filter(None, [self.chapter.split("-")[0], _SAID[self.state]]))

    @property
    def line(self) -> str:
        """Return the station as one line of text."""
        state = {"end": "", "given": "given", "reference": "the reference's", "yours": "yours", "later": "a later part"}
        notes = ", ".join(filter(None, ["this chapter" if self.lit else "", state[self.state]]))
        return f"{self.name}: {self.does}" + (f" ({notes})" if notes else "")


def proxy_map(chapter: str) -> Shown:
    """Show where the part of a chapter stands in the proxy: `proxy_map("01-request")`."""
    desk = find_desk()
    way, beside = stations(desk, chapter)
    lines = ["The way of a request:"]
    lines += [f"{number}. {station.line}" for number, station in enumerate(way, start=1)]
    lines += ["Beside the way:", *(f"- {station.line}" for station in beside)]
    return Shown(_html(way, beside), "\n".join(lines))


def stations(desk: Desk, chapter: str) -> tuple[list[Station], list[Station]]:
    """Return the stations on the way of a request, and those beside it, as they are on this desk."""
    parts = {part.name: part for part in desk.parts}

    def station(name: str, does: str) -> Station:
        if name in ("client", "upstream"):
            return Station(name, does, "end")
        if name == "accept":
            return Station(name, does, "given")
        if (part := parts.get(name)) is None:
            return Station(name, does, "later")
        state: State = "yours" if operations.has_passed(desk, part) else "reference"
        return Station(name, does, state, part.chapter, part.chapter == chapter)

    way, beside = ([station(*item) for item in row.items()] for row in (_WAY, _BESIDE))
    return way, beside


def _html(way: Sequence[Station], beside: Sequence[Station]) -> str:
    lit = next((station.name for station in [*way, *beside] if station.lit), "")
    title = "The way of a request through the proxy" + (f"; this chapter builds {lit}" if lit else "")
    listed = f"<ol>{''.join(f'<li>{escape(station.line)}</li>' for station in way)}</ol><p>Beside the way:</p>"
    listed += f"<ul>{''.join(f'<li>{escape(station.line)}</li>' for station in beside)}</ul>"
    described = "; ".join(station.line for station in [*way, *beside])
    return (
        f"<style>{asset('map.css')}</style>"
        f'<svg class="pxl-map" role="img" viewBox="0 0 700 254" xmlns="http://www.w3.org/2000/svg">'
        f"<title>{escape(title)}</title><desc>{escape(described)}</desc>{_drawing(way, beside)}</svg>"
        f"<details class='pxl-small'><summary>The map as a list</summary>{listed}</details>"
    )


def _drawing(way: Sequence[Station], beside: Sequence[Station]) -> str:
    drawn = []
    for at, station in enumerate(way):
        row, column = (0, at) if at < _ROW else (1, at - _ROW + 1)
        drawn.append(_box(station, column, row))
        if at not in (_ROW - 1, len(way) - 1):
            drawn.append(_arrow(_LEFT + column * _STEP + _WIDTH, _TOPS[row] + _HEIGHT / 2))
    # From the end of the first row down, back to the left, and into the second row.
    right, left = _LEFT + (_ROW - 1) * _STEP + _WIDTH / 2, _LEFT + _STEP / 2
    down, low = (_TOPS[0] + _HEIGHT + _TOPS[1]) / 2, _TOPS[1] + _HEIGHT / 2
    bend = f"M{right} {_TOPS[0] + _HEIGHT} V{down - 8} Q{right} {down} {right - 8} {down} H{left + 8}"
    bend += f" Q{left} {down} {left} {down + 8} V{low - 8} Q{left} {low} {left + 8} {low} H{_LEFT + _STEP - 8}"
    drawn.append(f'<path class="pxl-way" d="{bend}"/>')
    drawn.append(_arrow(_LEFT + _STEP - 22, low, line=False))
    drawn.append(f'<line class="pxl-apart" x1="{_LEFT}" x2="687" y1="174" y2="174"/>')
    drawn.append(f'<text class="pxl-beside" x="{_LEFT}" y="{_TOPS[2] + 20}">beside</text>')
    drawn.append(f'<text class="pxl-beside" x="{_LEFT}" y="{_TOPS[2] + 36}">the way</text>')
    drawn += [_box(station, column, 2) for column, station in enumerate(beside, start=1)]
    return "".join(drawn)


def _box(station: Station, column: int, row: int) -> str:
    x, y = _LEFT + column * _STEP, _TOPS[row]
    middle = x + _WIDTH / 2
    corner = _HEIGHT / 2 if station.state == "end" else 5
    caption = escape(station.caption)
    name = f'<text class="pxl-name" x="{middle}" y="{y + (20 if caption else 28)}">{escape(station.name)}</text>'
    below = f'<text class="pxl-caption" x="{middle}" y="{y + 36}">{caption}</text>' if caption else ""
    here = f'<path class="pxl-here" d="M{middle - 6} {y - 12} h12 l-6 8 z"/>' if station.lit else ""
    return (
        f'<g class="pxl-station pxl-is-{station.state}{" pxl-lit" if station.lit else ""}">{here}'
        f'<rect x="{x}" y="{y}" width="{_WIDTH}" height="{_HEIGHT}" rx="{corner}"/>{name}{below}</g>'
    )


def _arrow(x: float, y: float, *, line: bool = True) -> str:
    """Return an arrow over the gap that begins at `x`, or its head alone."""
    shaft = f'<path class="pxl-way" d="M{x} {y} h15"/>' if line else ""
    return f'{shaft}<path class="pxl-head-of-arrow" d="M{x + 22} {y} l-8 -4 v8 z"/>'
