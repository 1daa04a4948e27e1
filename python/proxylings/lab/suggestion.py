"""The fixes that rustc suggests, as the lines before and after."""

from collections.abc import Sequence
from dataclasses import dataclass

from proxylings.grader.text import clean
from proxylings.toolchain import Diagnostic, Span

MOST = 3


@dataclass(frozen=True)
class Fix:
    """Lines that go and lines that come, each with its number; a line that stays is in neither."""

    before: tuple[tuple[int, str], ...]
    after: tuple[tuple[int, str], ...]


def fixes(help_: Diagnostic) -> list[Fix]:
    """Return the fixes that one help offers: usually one, sometimes alternatives; at most three."""
    found = [fix for group in _alternatives(help_.spans) if (fix := _applied(group))]
    return list(dict.fromkeys(found))[:MOST]


def _alternatives(spans: Sequence[Span]) -> list[list[Span]]:
    """Group the replacements: those that touch the same place are alternatives of one another."""
    groups: list[list[Span]] = []
    for span in spans:
        if span.suggested_replacement is None:
            continue
        if groups and not any(_same_place(span, other) for other in groups[-1]):
            groups[-1].append(span)
        else:
            groups.append([span])
    return groups


def _same_place(one: Span, other: Span) -> bool:
    start, end = (one.line_start, one.column_start), (one.line_end, one.column_end)
    other_start, other_end = (other.line_start, other.column_start), (other.line_end, other.column_end)
    return one.file_name == other.file_name and (start == other_start or (start < other_end and other_start < end))


def _applied(spans: Sequence[Span]) -> Fix | None:
    """Return the lines before and after all replacements, without those that stay as they are."""
    lines = {
        span.line_start + at: [line.text] for span in spans for at, line in enumerate(span.text)
    }  # a line becomes a list when a replacement brings more lines
    for span in spans:
        if not span.text:  # an insertion above everything, such as `use …;`
            lines.setdefault(span.line_start, [""])
    before = {number: text[0] for number, text in lines.items()}
    for span in sorted(spans, key=lambda span: (span.line_start, span.column_start), reverse=True):
        head = lines[span.line_start][0][: span.column_start - 1]
        tail = lines[span.line_end][0][span.column_end - 1 :]
        rest = lines[span.line_end][1:]
        made = f"{head}{span.suggested_replacement}{tail}".split("\n")
        for number in range(span.line_start + 1, span.line_end + 1):
            lines[number] = []
        lines[span.line_start] = [*made, *rest]
    gone = [
        (number, clean(text)) for number, text in sorted(before.items()) if lines[number] != [text] and text.strip()
    ]
    come: list[tuple[int, str]] = []
    shift = 0
    for number in sorted(before):
        for at, text in enumerate(lines[number]):
            if lines[number] != [before[number]] and (text.strip() or len(lines[number]) == 1):
                come.append((number + shift + at, clean(text)))
        shift += len(lines[number]) - 1
    same = {text for _, text in gone} & {text for _, text in come}
    if len(come) > len(gone):  # an inserted line: the line that it stands next to stays
        gone = [line for line in gone if line[1] not in same]
        come = [line for line in come if line[1] not in same]
    come = [line for line in come if line[1].strip()]
    return Fix(tuple(gone), tuple(come)) if gone or come else None
