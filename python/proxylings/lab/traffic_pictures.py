"""The pictures of the traffic view: requests on their way, connections from event to event, counts. SVG, all escaped.

Each has its table in traffic_view.py, which says the same in words. What colour tells, shape or a letter tells, too.
"""

import itertools
from collections.abc import Iterable, Sequence

from proxylings.lab.journeys import STATIONS, Client, Journey, Link, Traffic
from proxylings.lab.markdown import escape

REQUESTS, LANES, WINDOW = 8, 6, 48
_NAMES, _ROW = 150, 38
_WIDTHS = {"head": 96, "admission": 98, "shaping": 116, "finishing": 84, "cache": 124, "pool": 128, "answer": 112}
_LETTER = 6.7  # of the pictures' small type
_STEP, _BAR, _LANE = 15, 16, 24
# What a letter in a lane means. A state that is not named here shows its first letter.
LETTERS = {
    "ReadingHead": "H", "ReadingBody": "B", "Forwarding": "F", "Idle": "i", "Draining": "D", "Tunnel": "T",
    "opened": "O", "reused": "R", "returned": "i",
}  # fmt: skip
_QUIET = ("Idle", "returned")
_OVER = ("Closed", "discarded")


def stations(journeys: Iterable[Journey]) -> list[str]:
    """Return the stations to show: the first and the last one, and those that some request has come to."""
    met = {station for journey in journeys for station in journey.done} | {"head", "answer"}
    return [station for station in STATIONS if station in met]


def requests(journeys: Sequence[Journey]) -> str:
    """Draw the newest requests: a row each, a column for each station, a ring where one under way is now."""
    shown = journeys[-REQUESTS:]
    columns = stations(shown)
    edges = list(itertools.accumulate((_WIDTHS[station] for station in columns), initial=_NAMES))
    at = dict(zip(columns, edges, strict=False))
    width, height = edges[-1], 26 + max(len(shown), 1) * _ROW
    drawn = [f'<text x="{x}" y="14" class="pxl-name">{station}</text>' for station, x in at.items()]
    for row, journey in enumerate(shown):
        y = 36 + row * _ROW
        name = f"{journey.number}. {journey.asks}"
        drawn.append(f'<text x="4" y="{y + 4}" class="pxl-name">{_cut(name, 20)}</text>')
        met = [at[station] for station in columns if station in journey.done or station == journey.station]
        drawn.append(f'<line x1="{at["head"]}" x2="{max(met)}" y1="{y}" y2="{y}" class="pxl-track"/>')
        for station, x in at.items():
            is_here = journey.is_open and station == journey.station
            if station in journey.done or is_here:
                kind = "pxl-here" if is_here else "pxl-passed"
                drawn.append(f'<circle cx="{x + 4}" cy="{y}" r="{6 if is_here else 4}" class="{kind}"/>')
                said = _cut(journey.done.get(station, "now"), int((_WIDTHS[station] - 4) / _LETTER))
                drawn.append(f'<text x="{x}" y="{y + 18}">{said}</text>')
    return _svg(width, height, "Requests on their way. The table below says the same.", drawn)


def lanes(traffic: Traffic, count: int) -> str:
    """Draw who is in which state from event to event: clients' connections above, connections to servers below."""
    start = max(0, count - WINDOW)
    clients = [_client(one) for one in traffic.clients.values()]
    links = [_link(one) for one in traffic.links.values()]
    rows = [row for some in (clients, links) for row in [row for row in some if _is_seen(row[1], start)][-LANES:]]
    width, height = _NAMES + WINDOW * _STEP + 10, 22 + max(len(rows), 1) * _LANE
    numbers = range(start + 1, count + 1)
    drawn = [
        f'<text x="{_NAMES + (number - start - 0.5) * _STEP}" y="12" text-anchor="middle">{number}</text>'
        for number in numbers
        if number % 5 == 0 or number == count
        if number == count or count - number > 2
    ]
    for row, (name, spans) in enumerate(rows):
        y = 20 + row * _LANE
        drawn.append(f'<text x="4" y="{y + 12}" class="pxl-name">{escape(name)}</text>')
        for number, (begin, what, whose) in enumerate(spans):
            end = spans[number + 1][0] if number + 1 < len(spans) else count
            if end > start:
                drawn += _span(max(begin - start, 0), end - start, y, what, whose, begins=begin >= start)
    return _svg(width, height, "States from event to event. The table below says the same.", drawn)


def _client(one: Client) -> tuple[str, list[tuple[int, str, str]]]:
    return f"client {one.number}", [(at, state, "") for at, _, state in one.states]


def _link(one: Link) -> tuple[str, list[tuple[int, str, str]]]:
    hands = [(at, outcome, "" if who is None else f"for client {who}") for at, outcome, who in one.hands]
    return f"to server, no. {one.number}", hands


def _is_seen(spans: Sequence[tuple[int, str, str]], start: int) -> bool:
    """Whether anything of a lane lies behind `start`: one that was over before has nothing to show."""
    return bool(spans) and (spans[-1][1] not in _OVER or spans[-1][0] >= start)


def _span(begin: int, end: int, y: float, what: str, whose: str, *, begins: bool) -> list[str]:
    x, width = _NAMES + begin * _STEP, (end - begin) * _STEP
    title = f"<title>{escape(f'{what} {whose}'.strip())}</title>"
    if what in _OVER:
        if not begins:
            return []
        return [f'<path d="M{x + 3} {y + 3} l9 9 m0 -9 l-9 9" class="pxl-over">{title}</path>']
    kind = "pxl-rests" if what in _QUIET else "pxl-busy"
    room = int((width - 6) / _LETTER)
    full = f"{what} {whose}".strip() if what != "returned" else "idle"
    word = next((one for one in (full, what if what != "returned" else "idle") if len(one) <= room), None)
    word = word or LETTERS.get(what, what[:1])
    return [
        f'<rect x="{x + 0.5}" y="{y}" width="{width - 1}" height="{_BAR}" rx="2" class="{kind}">{title}</rect>',
        f'<text x="{x + 4}" y="{y + 12}" class="pxl-word">{escape(word)}</text>',
    ]


def counts(rows: Sequence[tuple[str, str, int]]) -> str:
    """Draw a bar for each count: `rows` are whose count it is, its name, and how many."""
    most = max([count for _, _, count in rows], default=0) or 1
    height = 6 + max(len(rows), 1) * 20
    drawn = []
    for row, (whose, name, count) in enumerate(rows):
        y = 4 + row * 20
        drawn.append(f'<text x="4" y="{y + 11}" class="pxl-name">{escape(whose)} {escape(name)}</text>')
        width = round(count / most * 180, 1)
        kind = "pxl-busy" if whose == "pool" else "pxl-kept"
        if count:
            drawn.append(f'<rect x="140" y="{y}" width="{width}" height="14" class="{kind}"/>')
        drawn.append(f'<text x="{146 + width}" y="{y + 11}" class="pxl-word">{count}</text>')
    return _svg(380, height, "Counts of the cache and the pool. The table says the same.", drawn)


def _svg(width: float, height: float, label: str, drawn: Sequence[str]) -> str:
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    return f'<svg class="pxl-flow" role="img" aria-label="{label}" {size}>{"".join(drawn)}</svg>'


def _cut(text: str, most: int) -> str:
    return escape(text if len(text) <= most else text[: most - 1] + "…")
