"""Draw rustc's diagnostics: the lines concerned, a label below each span, notes, fixes as before and after.

Drawn from values (`toolchain.Diagnostic`), never from rendered text. Primary and secondary spans differ by
shape (^^^^ solid, ~~~~ dashed) and by colour; each label says its line and columns for a screen reader.
"""

import difflib
from collections.abc import Sequence

from proxylings.grader.text import clean
from proxylings.lab import snippet, suggestion
from proxylings.lab.markdown import block, escape, inline
from proxylings.toolchain import Diagnostic

CELL = "cell.rs"  # the file name of a notebook cell: it goes without saying
_SHOWN = 5


def worth_showing(diagnostics: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Leave out rustc's own closing lines ("aborting due to …", "2 warnings emitted", "For more information …")."""
    return [
        diagnostic
        for diagnostic in diagnostics
        if diagnostic.is_error
        or (diagnostic.level == "warning" and (diagnostic.spans or diagnostic.code))
        or (diagnostic.level.startswith("error") and not diagnostic.message.startswith("aborting due to"))
    ]


def headline(diagnostic: Diagnostic) -> str:
    """Return the first line in rustc's manner: "error[E0382]: borrow of moved value: `head`"."""
    level = diagnostic.level.removesuffix(": internal compiler error")
    code = f"[{diagnostic.error_code}]" if diagnostic.error_code else ""
    return clean(f"{level}{code}: {diagnostic.message}")


def to_html(diagnostics: Sequence[Diagnostic], *, shown: int = _SHOWN, explain: bool = True) -> str:
    """Return the diagnostics as one HTML fragment (see `mime.document`).

    Those after the first `shown` are folded, and so is each warning. `explain` adds rustc's long explanation
    of an error code, once a code, folded.
    """
    explained: set[str] = set()
    drawn = []
    for diagnostic in worth_showing(diagnostics):
        code = diagnostic.error_code
        drawn.append(_one(diagnostic, explain=explain and code not in explained))
        explained.add(code)
    first, rest = "".join(drawn[:shown]), "".join(drawn[shown:])
    if rest:
        rest = f"<details><summary>{_more(len(drawn) - shown)}</summary>{rest}</details>"
    return first + rest


def to_text(diagnostics: Sequence[Diagnostic], *, shown: int = _SHOWN) -> str:
    """Return the diagnostics as plain text, in the manner of rustc; those after the first `shown` are counted."""
    worth = worth_showing(diagnostics)
    parts = ["\n".join(_lines(diagnostic)) for diagnostic in worth[:shown]]
    if len(worth) > shown:
        parts.append(f"… and {_more(len(worth) - shown)}.")
    return "\n\n".join(parts)


def _more(count: int) -> str:
    return f"{count} more message{'s' if count > 1 else ''}"


def _where(diagnostic: Diagnostic) -> str:
    """Return "line 3" for a cell, "src/lib.rs, line 3" for a file, "" for a message without a place."""
    span = next((span for span in diagnostic.spans if span.is_primary), None)
    if span is None:
        return ""
    return ("" if span.file_name == CELL else f"{clean(span.file_name)}, ") + f"line {span.line_start}"


# --- HTML


def _one(diagnostic: Diagnostic, *, explain: bool) -> str:
    error = diagnostic.level.startswith("error")
    kind = "error" if error else "warning"
    code = escape(diagnostic.error_code)
    where = _where(diagnostic)
    head = f'<span class="pxl-badge">{f"{kind} {code}" if code and error else kind}</span> '
    head += f"<strong>{inline(diagnostic.message)}</strong>"
    head += f' <span class="pxl-small">{escape(where)}</span>' if where else ""
    body = _sources(diagnostic) + _notes(diagnostic)
    if explain and diagnostic.code and diagnostic.code.explanation:
        told = f'<div class="pxl-explained">{block(diagnostic.code.explanation)}</div>'
        body += f"<details><summary>What {code} means</summary>{told}</details>"
    if error:
        return f'<div class="pxl-diagnostic pxl-{kind}"><p class="pxl-head">{head}</p>{body}</div>'
    return f'<details class="pxl-diagnostic pxl-{kind}"><summary class="pxl-head">{head}</summary>{body}</details>'


def _sources(diagnostic: Diagnostic) -> str:
    drawn = []
    files = snippet.files(diagnostic.spans)
    for name, spans in files.items():
        title = f'<p class="pxl-file">{escape(name)}</p>' if len(files) > 1 else ""
        rows = snippet.rows(spans)
        digits = len(str(rows[-1].number))
        lines = "".join(_row(row, digits) for row in rows)
        label = "The lines concerned" if name == CELL else f"The lines concerned of {escape(name)}"
        drawn.append(f'{title}<pre class="pxl-source" tabindex="0" role="group" aria-label="{label}">{lines}</pre>')
    drawn += [
        f'<p class="pxl-note"><span class="pxl-kind">{escape(place.where)}</span> {inline(place.label)}</p>'
        for place in snippet.places(diagnostic.spans)
    ]
    return "".join(drawn)


def _row(row: snippet.Row, digits: int) -> str:
    blank = " " * digits
    code = "".join(
        f'<span class="pxl-mark pxl-{kind}">{escape(text)}</span>' if kind else escape(text)
        for text, kind in snippet.pieces(row)
    )
    shown = f'<span class="pxl-line"><span class="pxl-number">{blank} ⋮ </span></span>\n' if row.gap else ""
    # A span without a label is marked in the code alone, and told to screen readers.
    silent = "".join(f'<span class="pxl-hidden"> {label.spoken}</span>' for label in row.labels if not label.text)
    shown += f'<span class="pxl-line"><span class="pxl-number">{row.number:>{digits}} │ </span>{code}{silent}</span>\n'
    for label in row.labels:
        if label.text:
            kind = "primary" if label.primary else "secondary"
            shown += (
                f'<span class="pxl-line pxl-row"><span class="pxl-lead" aria-hidden="true">'
                f'<span class="pxl-number">{blank} │ </span>{label.lead}'
                f'<span class="pxl-caret pxl-{kind}">{label.caret}</span> </span>'
                f'<span class="pxl-label pxl-{kind}"><span class="pxl-hidden">{label.spoken}: </span>'
                f"{inline(label.text)}</span></span>\n"
            )
    return shown


def _notes(diagnostic: Diagnostic) -> str:
    shown = []
    for child in diagnostic.children:
        kind = "help" if child.level == "help" else "note"
        text = "<br>".join(map(inline, child.message.split("\n")))
        fixes = "".join(map(_fix, suggestion.fixes(child)))
        replaces = any(span.suggested_replacement is not None for span in child.spans)
        sources = "" if replaces else _sources(child)
        shown.append(f'<div class="pxl-note"><p><span class="pxl-kind">{kind}</span> {text}</p>{sources}{fixes}</div>')
    return "".join(shown)


def _fix(fix: suggestion.Fix) -> str:
    changed = len(fix.before) == len(fix.after)
    lines = ""
    for sign, name, own, other in (("-", "del", fix.before, fix.after), ("+", "ins", fix.after, fix.before)):
        for at, (number, text) in enumerate(own):
            marked = _difference(text, other[at][1]) if changed else escape(text)
            word = "line to take out" if sign == "-" else "line to put in"
            lines += (
                f'<span class="pxl-line pxl-{name}"><span class="pxl-hidden">{word}: </span>'
                f'<span class="pxl-number">{number} {sign} </span>{marked}</span>\n'
            )
    return f'<pre class="pxl-fix" tabindex="0" role="group" aria-label="The suggested change">{lines}</pre>'


def _difference(text: str, other: str) -> str:
    """Return `text` with what sets it apart from `other` marked."""
    matcher = difflib.SequenceMatcher(None, text, other, autojunk=False)
    return "".join(
        escape(text[start:end]) if kind == "equal" else f'<span class="pxl-changed">{escape(text[start:end])}</span>'
        for kind, start, end, _, _ in matcher.get_opcodes()
        if start < end
    )


# --- plain text


def _lines(diagnostic: Diagnostic) -> list[str]:
    where = _where(diagnostic)
    lines = [headline(diagnostic), *([f" --> {where}"] if where else []), *_text_sources(diagnostic)]
    for child in diagnostic.children:
        head, *more = clean(child.message).split("\n")
        lines += [f"  = {child.level}: {head}", *(f"    {line}" for line in more)]
        if any(span.suggested_replacement is not None for span in child.spans):
            for fix in suggestion.fixes(child):
                lines += [f"    {number} - {text}" for number, text in fix.before]
                lines += [f"    {number} + {text}" for number, text in fix.after]
        else:
            lines += [f"    {line}" for line in _text_sources(child)]
    return lines


def _text_sources(diagnostic: Diagnostic) -> list[str]:
    lines: list[str] = []
    files = snippet.files(diagnostic.spans)
    for name, spans in files.items():
        rows = snippet.rows(spans)
        digits = len(str(rows[-1].number))
        lines += [f"{' ' * digits}::: {clean(name)}"] if len(files) > 1 else []
        for row in rows:
            lines += [f"{' ' * digits} ..."] if row.gap else []
            lines.append(f"{row.number:>{digits}} | {row.text}")
            lines += [f"{' ' * digits} | {label.lead}{label.caret} {label.text}".rstrip() for label in row.labels]
    lines += [f"  {place.where}: {clean(place.label)}".rstrip(": ") for place in snippet.places(diagnostic.spans)]
    return lines
