"""A report as blocks, written as Markdown or as one HTML page that needs nothing from elsewhere."""

import html
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from proxylings.grader.text import fenced, markdown, one_line, plain

_STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #1b1b1b;
  background: #fff }
table { border-collapse: collapse; margin: 1rem 0 } th, td { text-align: left; padding: .25rem .75rem;
  border-bottom: 1px solid #ccc; vertical-align: top }
td.number { text-align: right; font-variant-numeric: tabular-nums }
td.bar { min-width: 12rem } td.bar span { display: block; height: 1rem; background: #2166ac }
pre { background: #f3f3f3; padding: .75rem; overflow-x: auto }
"""


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 to 3."""

    level: int
    text: str


@dataclass(frozen=True)
class Text:
    """A paragraph."""

    text: str


@dataclass(frozen=True)
class Table:
    """A table; `bar` is the column of numbers that is drawn as well."""

    head: Sequence[str]
    rows: Sequence[Sequence[str | int]]
    bar: int | None = None


@dataclass(frozen=True)
class Code:
    """Some lines of a learner's code."""

    text: str


Block = Heading | Text | Table | Code


def as_markdown(blocks: Iterable[Block]) -> str:
    """Write the blocks as Markdown; what a learner wrote means itself."""
    return "\n\n".join(map(_markdown, blocks)) + "\n"


def as_html(title: str, blocks: Iterable[Block]) -> str:
    """Write the blocks as a page of HTML without scripts."""
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    head = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width">\n'
        f"<title>{html.escape(one_line(title))}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
    )
    return head + "\n".join(map(_html, blocks)) + "\n</body>\n</html>\n"


def _markdown(block: Block) -> str:
    match block:
        case Heading(level, text):
            return f"{'#' * level} {markdown(text)}"
        case Text(text):
            return markdown(text)
        case Code(text):
            return fenced(text)
        case Table(head, rows, _):
            lines = [head, ["--:" if _numbers(rows, at) else "---" for at in range(len(head))]]
            written = [[markdown(str(cell)) for cell in row] for row in rows]
            return "\n".join(f"| {' | '.join(line)} |" for line in [*lines, *written])


def _html(block: Block) -> str:
    match block:
        case Heading(level, text):
            return f"<h{level}>{html.escape(one_line(text))}</h{level}>"
        case Text(text):
            return f"<p>{html.escape(one_line(text))}</p>"
        case Code(text):
            return f"<pre><code>{html.escape(plain(text))}</code></pre>"
        case Table(head, rows, bar):
            most = max((_number(row[bar]) for row in rows), default=0) if bar is not None else 0
            titles = "".join(f'<th scope="col">{html.escape(title)}</th>' for title in head)
            drawn = '<td aria-hidden="true"></td>' if bar is not None else ""
            lines = [f"<tr>{titles}{drawn}</tr>"]
            for row in rows:
                cells = "".join(map(_cell, row))
                if bar is not None:
                    width = 100 * _number(row[bar]) / most if most else 0
                    cells += f'<td class="bar" aria-hidden="true"><span style="width:{width:.0f}%"></span></td>'
                lines.append(f"<tr>{cells}</tr>")
            return "<table>\n" + "\n".join(lines) + "\n</table>"


def _cell(value: str | int) -> str:
    kind = ' class="number"' if isinstance(value, int) else ""
    return f"<td{kind}>{html.escape(one_line(str(value)))}</td>"


def _numbers(rows: Sequence[Sequence[str | int]], at: int) -> bool:
    return bool(rows) and all(isinstance(row[at], int) for row in rows)


def _number(value: str | int) -> int:
    return value if isinstance(value, int) else 0
