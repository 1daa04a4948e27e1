"""Draw permissions: a table beside the code, the same as lanes, and why a permission is missing.

The table is the figure for everybody; the lanes repeat it for the eye, and their text alternative says so.
"""

import itertools
from collections.abc import Iterator

from proxylings.grader.text import clean
from proxylings.lab.markdown import escape, inline
from proxylings.lab.permissions import PERMISSIONS, Asked, Held, Loss, Permission, Permissions
from proxylings.lab.scopes import Variable

_CAN = {"read": "be read", "write": "be written", "move": "be moved"}
_KEY = (
    "R: it can be read, W: written, M: moved (or copied) at the start of the line; a dot: not there. "
    "What comes after the line does not count: in a loop, a move may be there, and missing in the next turn."
)
# Of one lane, in units of the drawing.
_STEP, _BAR, _GAP, _NAMES, _TOP = 26, 12, 10, 92, 20


def to_html(found: Permissions) -> str:
    """Return the answers as one HTML fragment (see `mime.document`)."""
    told = "".join(f'<p class="pxl-small">{escape(one)}.</p>' for one in map(_closed, found.unasked))
    if found.problem:
        return f'<p class="pxl-told">{inline(found.problem)}</p>{told}'
    return "".join(map(_function_html, found.functions)) + told + f'<p class="pxl-small">{_KEY}</p>'


def to_text(found: Permissions) -> str:
    """Return the same as plain text."""
    told = [f"{_closed(one)}." for one in found.unasked]
    if found.problem:
        return "\n\n".join([found.problem, *told])
    return "\n\n".join([*map(_function_text, found.functions), *told, _KEY])


def reasons(asked: Asked) -> Iterator[tuple[Variable, Permission, int, int, Loss]]:
    """Give each missing permission once for the lines, from the first to the last, for which it has one reason."""
    for variable in asked.variables:
        for permission in PERMISSIONS:
            rows = [(row.line, row.held[variable].losses.get(permission)) for row in asked.rows if variable in row.held]
            for loss, group in itertools.groupby(rows, key=lambda row: row[1]):
                lines = [line for line, _ in group]
                if loss is not None:
                    yield variable, permission, lines[0], lines[-1], loss


def _told(variable: Variable, permission: Permission, first: int, last: int, loss: Loss) -> str:
    where = f"line {first}" if first == last else f"lines {first} to {last}"
    return f"`{variable.name}` can't {_CAN[permission]} in {where}: {loss.why}"


def _merged(asked: Asked) -> list[str]:
    """Return the reasons in words; two permissions that one line took for the same lines share a sentence."""
    told: dict[tuple[Variable, int, int, int], list[tuple[Permission, Loss]]] = {}
    for variable, permission, first, last, loss in reasons(asked):
        told.setdefault((variable, first, last, loss.line), []).append((permission, loss))
    sentences = []
    for (variable, first, last, line), lost in told.items():
        if line == 0:  # each has a reason of its own
            sentences += [_told(variable, permission, first, last, loss) for permission, loss in lost]
            continue
        *before, end = [_CAN[permission].removeprefix("be ") for permission, _ in lost]
        what = f"be {', '.join(before)} or {end}" if before else f"be {end}"
        where = f"line {first}" if first == last else f"lines {first} to {last}"
        sentences.append(f"`{variable.name}` can't {what} in {where}, because of line {line}: {lost[0][1].why}")
    if asked.refused:
        sentences.append(f"rustc refuses line {asked.refused}, so nobody asked about the lines below it")
    return [*sentences, *map(_closed, asked.closed)]


def _closed(place: tuple[int, int, str]) -> str:
    first, last, what = place
    where = f"line {first} is" if first == last else f"lines {first} to {last} are"
    return f"{where} {what}: its inside can't be asked about"


# --- HTML


def _function_html(asked: Asked) -> str:
    names = "".join(f'<th scope="col"><code>{escape(variable.name)}</code></th>' for variable in asked.variables)
    rows = "".join(_row_html(asked, number, text) for number, text in asked.lines)
    caption = f"What can be done with each variable at the start of each line of <code>{escape(asked.name)}</code>"
    table = (
        f'<table class="pxl-permissions"><caption>{caption}</caption><thead><tr><th scope="col">line</th>'
        f'<th scope="col">code</th>{names}</tr></thead><tbody>{rows}</tbody></table>'
    )
    told = "".join(f"<li>{inline(clean(sentence))}.</li>" for sentence in _merged(asked))
    label = f"Permissions in {escape(asked.name)}"
    shown = f'<div class="pxl-wide" tabindex="0" role="group" aria-label="{label}">{table}</div>{_lanes(asked)}'
    return shown + (f"<ul>{told}</ul>" if told else "")


def _row_html(asked: Asked, number: int, text: str) -> str:
    row = asked.row(number)
    cells = "".join(_cell(row.held.get(variable) if row else None) for variable in asked.variables)
    return f'<tr><th scope="row">{number}</th><td class="pxl-code">{escape(clean(text))}</td>{cells}</tr>'


def _cell(held: Held | None) -> str:
    if held is None:
        return "<td></td>"
    letters = "".join(
        '<span class="pxl-lost">·</span>' if loss else f'<span class="pxl-has pxl-{one}">{one[0].upper()}</span>'
        for one, loss in held.losses.items()
    )
    spoken = ", ".join(f"no {permission}" if loss else permission for permission, loss in held.losses.items())
    return f'<td><span aria-hidden="true">{letters}</span><span class="pxl-hidden">{spoken}</span></td>'


def _lanes(asked: Asked) -> str:
    """Draw a lane for each permission of each variable, from line to line: full where it is there."""
    lines = [row.line for row in asked.rows]
    if not lines:
        return ""
    drawn, top = [], _TOP
    at = {line: _NAMES + number * _STEP for number, line in enumerate(lines)}
    drawn += [f'<text x="{x + _STEP / 2}" y="13" text-anchor="middle">{line}</text>' for line, x in at.items()]
    for variable in asked.variables:
        held = {row.line: row.held[variable] for row in asked.rows if variable in row.held}
        kinds = next(iter(held.values())).losses
        middle = top + len(kinds) * _BAR / 2 + 4
        drawn.append(f'<text x="4" y="{middle}" class="pxl-name">{escape(variable.name)}</text>')
        for permission in kinds:
            drawn.append(
                f'<text x="{_NAMES - 12}" y="{top + _BAR - 2}" class="pxl-letter">{permission[0].upper()}</text>'
            )
            for line, one in held.items():
                kind = "lost" if one.losses[permission] else f"has pxl-{permission}"
                drawn.append(
                    f'<rect x="{at[line]}" y="{top + 2}" width="{_STEP}" height="{_BAR - 4}" class="pxl-{kind}"/>'
                )
            top += _BAR
        top += _GAP
    width, height = _NAMES + len(lines) * _STEP + 4, top
    label = f"The permissions in {asked.name} as lanes, line by line. The table above says the same."
    return (
        f'<div class="pxl-wide" tabindex="0" role="group" aria-label="Lanes"><svg class="pxl-lanes" role="img" '
        f'aria-label="{escape(label)}" width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f"{''.join(drawn)}</svg></div>"
    )


# --- plain text


def _function_text(asked: Asked) -> str:
    digits = len(str(asked.lines[-1][0]))
    width = max(len(clean(text)) for _, text in asked.lines)
    columns = [max(len(variable.name), 3) for variable in asked.variables]
    names = [f"{variable.name:{size}}" for variable, size in zip(asked.variables, columns, strict=True)]
    table = [" ".join([" " * (digits + 2 + width), *names]).rstrip()]
    for number, text in asked.lines:
        row = asked.row(number)
        cells = [
            f"{row.held[variable].letters if row and variable in row.held else '':{size}}"
            for variable, size in zip(asked.variables, columns, strict=True)
        ]
        table.append(" ".join([f"{number:>{digits}}| {clean(text):{width}}", *cells]).rstrip())
    told = [f"- {clean(sentence)}." for sentence in _merged(asked)]
    return "\n".join([f"Permissions in {asked.name}:", *table, *told])
