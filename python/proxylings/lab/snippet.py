"""Lay out the source lines of a diagnostic: which lines, what is marked in them, which label stands below.

Values in, values out. `diagnostics` draws the same rows as HTML and as text, so both always say the same.
"""

import itertools
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from proxylings.grader.text import clean
from proxylings.toolchain import Span

# Of a span over many lines the first and the last ones are shown.
_HEAD, _TAIL = 3, 2


@dataclass(frozen=True)
class Mark:
    """Characters `start` to `end` of a line (from 0, the end is one past) belong to a span."""

    start: int
    end: int
    primary: bool


@dataclass(frozen=True)
class Label:
    """The row under a line: `lead` keeps the place, `caret` is ^^^^ or ~~~~, `spoken` says where in words."""

    lead: str
    caret: str
    primary: bool
    text: str
    spoken: str


@dataclass
class Row:
    """One source line with what is marked in it and the labels below; `gap` when lines above are left out."""

    number: int
    text: str
    gap: bool = False
    marks: list[Mark] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)


@dataclass(frozen=True)
class Place:
    """A span whose lines we don't have: code inside the standard library, mostly."""

    where: str
    label: str


def files(spans: Iterable[Span]) -> dict[str, list[Span]]:
    """Return the spans that have source text by their file, the file of the primary span first."""
    found: dict[str, list[Span]] = {}
    for span in sorted(spans, key=lambda span: not span.is_primary):
        if span.text:
            found.setdefault(span.file_name, []).append(span)
    return found


def places(spans: Iterable[Span]) -> list[Place]:
    """Return the spans without source text, as words."""
    found = []
    for span in spans:
        if not span.text and span.suggested_replacement is None:
            library = span.file_name.startswith("/rustc/") or "/lib/rustlib/" in span.file_name
            where = "in the standard library" if library else f"{span.file_name}:{span.line_start}"
            found.append(Place(where, span.label or ""))
    return list(dict.fromkeys(found))


def rows(spans: Sequence[Span]) -> list[Row]:
    """Return the lines of one file that the spans concern, in order."""
    table: dict[int, Row] = {}
    for span in sorted(spans, key=lambda span: (span.line_end, span.column_start)):
        for at in _kept(len(span.text)):
            line = span.text[at]
            number = span.line_start + at
            row = table.setdefault(number, Row(number, clean(line.text)))
            start, end = line.highlight_start - 1, line.highlight_end - 1
            if len(span.text) > 1:  # leave out the indentation
                start = max(start, len(line.text) - len(line.text.lstrip()))
            row.marks.append(Mark(start, max(end, start + 1), span.is_primary))
        _add_label(table[span.line_end if span.line_end in table else max(table)], span)
    found = [table[number] for number in sorted(table)]
    for before, after in itertools.pairwise(found):
        after.gap = after.number > before.number + 1
    return found


def pieces(row: Row) -> list[tuple[str, str]]:
    """Return the line cut where the marking changes: (text, "primary" | "secondary" | "")."""
    text = row.text + " " * max([0, *(mark.end - len(row.text) for mark in row.marks)])
    edges = sorted({0, len(text), *(edge for mark in row.marks for edge in (mark.start, mark.end))})
    found = []
    for start, end in itertools.pairwise(edges):
        kinds = {mark.primary for mark in row.marks if mark.start <= start and end <= mark.end}
        found.append((text[start:end], "primary" if True in kinds else "secondary" if kinds else ""))
    return found


def width(text: str) -> int:
    """Return how many columns of a fixed-width font `text` takes."""
    return sum(0 if unicodedata.combining(char) else 1 + (unicodedata.east_asian_width(char) in "WF") for char in text)


def _kept(count: int) -> list[int]:
    if count <= _HEAD + _TAIL + 1:
        return list(range(count))
    return [*range(_HEAD), *range(count - _TAIL, count)]


def _add_label(row: Row, span: Span) -> None:
    mark = row.marks[-1]
    # Blanks as wide as the text above, tabs kept: the caret then stands right in every font of fixed width.
    lead = "".join("\t" if char == "\t" else " " * width(char) for char in row.text[: mark.start])
    caret = ("^" if span.is_primary else "~") * max(1, width(row.text[mark.start : mark.end]))
    row.labels.append(Label(lead, caret, span.is_primary, clean(span.label or ""), _spoken(span)))


def _spoken(span: Span) -> str:
    first, last = span.column_start, max(span.column_start, span.column_end - 1)
    if span.line_start != span.line_end:
        return f"lines {span.line_start} to {span.line_end}"
    columns = f"column {first}" if first == last else f"columns {first} to {last}"
    return f"line {span.line_start}, {columns}"
