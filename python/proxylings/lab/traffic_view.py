"""What the traffic view shows, as values: pictures with their tables, and the event at hand in words; and as text.

traffic.js lays the values out; every piece of HTML in them is escaped here. Bounded: the newest rows, and it says so.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from proxylings.grader.text import clean
from proxylings.lab import traffic_pictures as pictures
from proxylings.lab.journeys import (
    Began,
    Cache,
    Connection,
    Event,
    Journey,
    Judged,
    Missed,
    Pool,
    Refused,
    Request,
    Responding,
    Traffic,
    duration,
    follow,
    plural,
)
from proxylings.lab.markdown import escape

ROWS = 20
_STATES = 12
_LONGEST = 120
CACHE = {
    "hit": "a kept answer was there",
    "miss": "there was none, and nobody was asking for it",
    "wait": "somebody else was asking for it already",
    "revalidated": "the server says that the stale answer still holds",
    "stored": "the answer is kept",
    "pass": "not for the cache",
}
POOL = {
    "opened": "a new connection to a server, for one request",
    "reused": "an idle one, lent once more",
    "returned": "given back for the next request",
    "discarded": "closed",
}
KEY = (
    "H: reading a head, B: reading a body, F: forwarding, D: draining, T: tunnel, O: opened, R: reused, i: idle, "
    "a cross: closed. The numbers count events."
)


def view(events: Sequence[Event], at: int, *, left_out: int = 0, live: str = "") -> dict[str, Any]:
    """Return what is shown of the first `at` of `events`; `live` says how listening goes, if somebody does."""
    at = min(max(at, 0), len(events))
    traffic = follow(events[:at])
    counted = _counted(traffic)
    return {
        "at": at,
        "count": len(events),
        "live": live,
        "said": said(events, at),
        "note": _note(traffic, left_out, len(events)),
        "figures": [
            _figure(
                "requests",
                f"Requests ({len(traffic.journeys)})",
                pictures.requests(traffic.journeys),
                _requests(traffic.journeys),
                _hidden(len(traffic.journeys), "request"),
            ),
            _figure(
                "connections",
                f"Connections ({len(traffic.clients)} of clients, {len(traffic.links)} to servers)",
                pictures.lanes(traffic, at),
                _connections(traffic),
                KEY,
            ),
            _figure("counts", "Cache and pool", pictures.counts(counted), _counts(counted), _reuse(traffic)),
        ],
    }


def said(events: Sequence[Event], at: int) -> str:
    """Return the event before the place `at` in words."""
    if not at:
        return "Nothing has happened yet." if events else "Nothing has happened yet. Send the proxy a request."
    when = duration(max(0, events[at - 1].at_us - events[0].at_us))
    return f"Event {at} of {len(events)}, after {when}: {clean(words(events[at - 1]))}"


def words(event: Event) -> str:
    """Say what happened."""
    match event:
        case Connection(connection=number, state=state):
            return f"client {number}'s connection is {state}"
        case Began(connection=number, method=method, target=target):
            return f"client {number} asks {_short(f'{method} {target}')}"
        case Judged(connection=number, status=None, edits=edits):
            return f"the rules let client {number}'s request pass, with {plural(sum(edits), 'change')}"
        case Judged(connection=number, status=status):
            return f"the rules answer client {number} with {status}"
        case Cache(connection=number, outcome=outcome):
            return f"cache, for client {number}: {outcome} ({CACHE[outcome]})"
        case Pool(outcome=outcome, link=link, connection=number):
            whose = f", for client {number}" if number is not None else ""
            return f"pool: connection {link} to the server is {outcome}{whose} ({POOL[outcome]})"
        case Responding(connection=number, status=status):
            return f"the answer to client {number} begins, with {status}"
        case Request(connection=number, status=status, micros=micros):
            return f"client {number} has its answer, {status}, after {duration(micros)}"
        case Refused(status=status, reason=reason):
            return f"a head is refused with {status}: {_short(reason)}"
        case Missed(count=count):
            return f"the proxy was too fast for this view: {plural(count, 'event')} are missing"


def _note(traffic: Traffic, left_out: int, count: int) -> str:
    notes = [f"Only the last {plural(count, 'event')} are kept: {left_out} before them are left out."] * bool(left_out)
    if traffic.missed:
        notes.append(
            f"The proxy was too fast for this view: it told {traffic.missed} more events that nobody could read. "
            "Requests with a * were seen in part."
        )
    return " ".join(notes)


def _hidden(count: int, noun: str) -> str:
    return f"The table has the last {ROWS} of {plural(count, noun)}." if count > ROWS else ""


def _reuse(traffic: Traffic) -> str:
    lent = traffic.pool["opened"] + traffic.pool["reused"]
    return f"{traffic.pool['reused']} of {lent} requests to a server had a connection that was open." if lent else ""


def _counted(traffic: Traffic) -> list[tuple[str, str, int]]:
    cache = [("cache", name, traffic.cache[name]) for name in CACHE] if traffic.cache else []
    return [*cache, *(("pool", name, traffic.pool[name]) for name in POOL)]


# --- tables: heads, and rows of text


Table = tuple[list[str], list[list[str]]]


def _requests(journeys: Sequence[Journey]) -> Table:
    columns = pictures.stations(journeys[-ROWS:])
    heads = ["no.", "client", "asks", *columns]
    rows = [
        [
            f"{journey.number}{'*' if journey.in_part else ''}",
            str(journey.connection),
            _short(journey.asks),
            *(_short(journey.done.get(station, "now" if _is_at(journey, station) else "")) for station in columns),
        ]
        for journey in journeys[-ROWS:]
    ]
    return heads, rows


def _is_at(journey: Journey, station: str) -> bool:
    return journey.is_open and journey.station == station


def _connections(traffic: Traffic) -> Table:
    rows = [
        [f"client {client.number}", client.state, " → ".join(state for _, _, state in client.states[-_STATES:])]
        for client in list(traffic.clients.values())[-ROWS:]
    ]
    for link in list(traffic.links.values())[-ROWS:]:
        hands = [
            f"{outcome} for {who}" if outcome in ("opened", "reused") and who is not None else outcome
            for _, outcome, who in link.hands[-_STATES:]
        ]
        now = {"returned": "idle", "discarded": "closed"}.get(link.hands[-1][1], "lent")
        rows.append([f"{_short(link.server)}, no. {link.number}", now, " → ".join(hands)])
    return ["connection", "now", "so far"], rows


def _counts(counted: Sequence[tuple[str, str, int]]) -> Table:
    meanings = {"cache": CACHE, "pool": POOL}
    rows = [[whose, name, str(count), meanings[whose][name]] for whose, name, count in counted]
    return ["part", "outcome", "times", "that is"], rows


def _figure(key: str, title: str, picture: str, table: Table, note: str) -> dict[str, Any]:
    heads, rows = table
    head = "".join(f'<th scope="col">{escape(one)}</th>' for one in heads)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    html = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return {
        "key": key,
        "title": title,
        "picture": picture,
        "table": html,
        "note": note,
        "heads": heads,
        "rows": [[" ".join(clean(cell).split()) for cell in row] for row in rows],
    }


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


# --- without a kernel


def to_html(shown: Mapping[str, Any]) -> str:
    """Return the pictures, each with its table, and the event at hand."""
    parts = [f'<p class="pxl-told">{escape(shown["note"])}</p>'] if shown["note"] else []
    for figure in shown["figures"]:
        title = escape(figure["title"])
        wide = 'class="pxl-wide" tabindex="0" role="group" aria-label='
        parts.append(
            f'<div class="pxl-figure pxl-{figure["key"]}"><p><strong>{title}</strong></p>'
            f'<div {wide}"{title}: the picture">{figure["picture"]}</div>'
            f"<details open><summary>The same as a table</summary>"
            f'<div {wide}"{title}: the table">{figure["table"]}</div></details>'
        )
        parts.append(f'<p class="pxl-small">{escape(figure["note"])}</p></div>' if figure["note"] else "</div>")
    return "".join(parts) + f"<p>{escape(shown['said'])}</p>"


def to_text(shown: Mapping[str, Any]) -> str:
    """Return the tables and the event at hand as text."""
    parts = [shown["note"]] if shown["note"] else []
    for figure in shown["figures"]:
        table = [figure["heads"], *figure["rows"]]
        widths = [max(len(row[column]) for row in table) for column in range(len(figure["heads"]))]
        lines = [
            "  ".join(f"{cell:{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() for row in table
        ]
        note = [figure["note"]] if figure["note"] and figure["key"] != "connections" else []
        parts.append("\n".join([figure["title"], *(f"  {line}" for line in lines), *note]))
    return "\n\n".join([*parts, shown["said"]])
