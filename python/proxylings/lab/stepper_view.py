"""What the state stepper shows, as values; and the same as HTML and as text, for who has no kernel.

stepper.js lays the values out. The picture is drawn here, once for both.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from proxylings.grader.text import clean
from proxylings.lab.markdown import escape
from proxylings.lab.states import Moment, Next, Table

# Where each state stands: the middle of its box.
_PLACES = {
    "Idle": (70, 40), "ReadingHead": (230, 40), "ReadingBody": (230, 150), "Forwarding": (400, 95),
    "Tunnel": (560, 40), "Draining": (400, 205), "Closed": (560, 205),
}  # fmt: skip
_BOX = (118, 34)
_SIZE = (640, 240)
# Characters of a fault that stand on a button.
_FAULT = 22


def view(moments: Sequence[Moment], nexts: Sequence[Next], table: Table, problem: str = "") -> dict[str, Any]:
    """Return what the stepper shows of a story."""
    here, before = moments[-1], moments[-2].name if len(moments) > 1 else ""
    return {
        "picture": picture(table, here.name, before),
        "moments": [_moment(moment) for moment in moments],
        "choices": [{"event": one.event, "possible": one.possible, "told": _next(one)} for one in nexts],
        "table": _rows(table),
        "problem": clean(problem),
        "connections": [],
        "chosen": 0,
    }


def watched(found: Mapping[int, Sequence[Moment]], chosen: int, table: Table) -> dict[str, Any]:
    """Return what is shown of a running proxy's connections."""
    moments = list(found.get(chosen, ()))
    here, before = moments[-1].name if moments else "", moments[-2].name if len(moments) > 1 else ""
    return {
        "picture": picture(table, here, before),
        "moments": [_moment(moment) for moment in moments],
        "choices": [],
        "table": _rows(table),
        "problem": "" if moments else "No connection yet. Send the proxy a request.",
        "connections": [
            {"number": number, "state": states[-1].name} for number, states in sorted(found.items(), reverse=True)[:20]
        ],
        "chosen": chosen,
    }


def _moment(moment: Moment) -> dict[str, Any]:
    data = [{"name": clean(name), "value": clean(value)} for name, value in moment.data]
    return {
        "event": moment.event, "name": clean(moment.name), "state": clean(moment.state), "data": data,
        "action": clean(moment.action),
    }  # fmt: skip


def _next(one: Next) -> str:
    if one.moment is None:
        return f"the part fails: {_brief(clean(one.fault))}"
    return "can't happen here" if one.moment.impossible else f"to {one.moment.name}"


def _brief(fault: str) -> str:
    """Return the beginning of a fault: there is a button for each event, and a click on one says all of it."""
    return fault if len(fault) <= _FAULT else f"{fault[: _FAULT - 2].rstrip()} …"


def _rows(table: Table) -> list[dict[str, Any]]:
    return [
        {"state": state, "event": event, "after": " or ".join(afters)}
        for state, row in table.rows.items()
        for event, afters in row.items()
    ]


def picture(table: Table, here: str, before: str) -> str:
    """Draw the states and their transitions as SVG: the state that is, and the transition that led to it, stand out."""
    edges = [edge for edge in table.edges if edge[0] != edge[1] and all(end in _PLACES for end in edge)]
    lines = "".join(_edge(*edge, taken=edge == (before, here), pair=edge[::-1] in edges) for edge in edges)
    boxes = "".join(_box(name, name == here) for name in _PLACES)
    now = f"The connection is in the state {here}." if here else "There is no connection yet."
    marker = "".join(
        f'<marker id="pxl-tip-{kind}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
        f'orient="auto"><path d="M0 0 L8 4 L0 8 z" class="pxl-tip-{kind}"/></marker>'
        for kind in ("plain", "taken")
    )
    return (
        f'<svg class="pxl-states" role="img" viewBox="0 0 {_SIZE[0]} {_SIZE[1]}" aria-label="{escape(now)} The table '
        f'of transitions says what may follow."><defs>{marker}</defs>{lines}{boxes}</svg>'
    )


def _box(name: str, here: bool) -> str:
    x, y = _PLACES[name]
    width, height = _BOX
    kind = "pxl-here" if here else "pxl-state"
    # Not by colour alone: the state that is has a thick border and a dot.
    dot = f'<circle cx="{x - width / 2 + 10}" cy="{y}" r="4" class="pxl-dot"/>' if here else ""
    return (
        f'<rect x="{x - width / 2}" y="{y - height / 2}" width="{width}" height="{height}" rx="6" class="{kind}"/>'
        f'{dot}<text x="{x + (5 if here else 0)}" y="{y + 4}" text-anchor="middle">{escape(name)}</text>'
    )


def _edge(start: str, end: str, *, taken: bool, pair: bool) -> str:
    (x1, y1), (x2, y2) = _PLACES[start], _PLACES[end]
    dx, dy = x2 - x1, y2 - y1
    length = (dx * dx + dy * dy) ** 0.5
    # Two that go both ways stand apart.
    off = 7 if pair else 0
    ox, oy = -dy / length * off, dx / length * off
    (sx, sy), (ex, ey) = _rim(x1, y1, dx, dy), _rim(x2, y2, -dx, -dy)
    kind = "taken" if taken else "plain"
    return (
        f'<line x1="{sx + ox:.1f}" y1="{sy + oy:.1f}" x2="{ex + ox:.1f}" y2="{ey + oy:.1f}" class="pxl-edge-{kind}" '
        f'marker-end="url(#pxl-tip-{kind})"/>'
    )


def _rim(x: float, y: float, dx: float, dy: float) -> tuple[float, float]:
    """Return where a line from the middle of a box leaves it."""
    width, height = _BOX[0] / 2 + 2, _BOX[1] / 2 + 2
    scale = min(width / abs(dx) if dx else 1e9, height / abs(dy) if dy else 1e9)
    return x + dx * scale, y + dy * scale


# --- without a kernel


def to_html(shown: Mapping[str, Any]) -> str:
    """Return the picture, the story and the table."""
    story = "".join(f"<li>{_line(moment)}</li>" for moment in shown["moments"])
    problem = f'<p class="pxl-told">{escape(shown["problem"])}</p>' if shown["problem"] else ""
    rows = "".join(
        f"<tr><td>{escape(row['state'])}</td><td>{escape(row['event'])}</td><td>{escape(row['after'])}</td></tr>"
        for row in shown["table"]
    )
    table = (
        "<details><summary>All transitions</summary><table><thead><tr><th scope='col'>state</th><th scope='col'>event"
        f"</th><th scope='col'>then</th></tr></thead><tbody>{rows}</tbody></table></details>"
    )
    return f"{shown['picture']}{problem}<ol>{story}</ol>{table}"


def _line(moment: Mapping[str, Any]) -> str:
    event = f"{escape(moment['event'])}: " if moment["event"] else ""
    action = f", and the proxy has to <code>{escape(moment['action'])}</code>" if moment["action"] else ""
    return f"{event}<code>{escape(moment['state'])}</code>{action}"


def to_text(shown: Mapping[str, Any]) -> str:
    """Return the story and the table as text."""
    lines = [shown["problem"]] if shown["problem"] else []
    for number, moment in enumerate(shown["moments"]):
        event = f"{moment['event']} -> " if moment["event"] else ""
        lines.append(f"{number}. {event}{moment['state']}" + (f"   [{moment['action']}]" if moment["action"] else ""))
    if possible := [f"{one['event']} ({one['told']})" for one in shown["choices"] if one["possible"]]:
        lines += ["Possible now:", *(f"- {one}" for one in possible)]
    lines += ["Transitions:", *(f"  {row['state']} + {row['event']} -> {row['after']}" for row in shown["table"])]
    return "\n".join(lines)
