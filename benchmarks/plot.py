"""A report as an SVG picture: bars with quartiles, one row of panels a profile, and how it was measured below.

Written by hand rather than by a plotting library: three panels of bars are these few lines, the machine that is
measured needs nothing more installed, and the text in the picture is text, which a screen reader reads.
"""

from collections.abc import Callable
from html import escape

from benchmarks.report import COMPARED, Report, Result, Row, Spread, spread

_TITLES = {
    "requests_per_second": "requests a second (more is better)",
    "cpu_us_per_request": "processor time a request, µs (less is better)",
    "p99_us": "99th percentile at a fixed rate, µs (less is better)",
}
# Colours that are told apart without red and green (Okabe and Ito).
_COLOURS = ("#999999", "#0072b2", "#e69f00", "#56b4e9", "#cc79a7", "#f0e442")
_PANEL, _BAR, _GAP, _LABEL, _HEAD = 330, 16, 8, 96, 64


def svg(report: Report) -> str:
    """Return the picture. Its description says the same as its bars."""
    names = list(dict.fromkeys(row.peer for result in report.profiles for row in result.peers))
    colours = {name: _COLOURS[number % len(_COLOURS)] for number, name in enumerate(names)}
    parts, top = [], 0
    for result in report.profiles:
        parts.append(f'<text x="8" y="{top + 24}" class="profile">{escape(f"{result.profile}: {result.says}")}</text>')
        for number, figure in enumerate(COMPARED):
            parts.append(_panel(result, figure, 8 + number * _PANEL, top + 48, colours))
        top += _HEAD + len(result.peers) * (_BAR + _GAP)
    for line in (*report.conditions, *(f"missing: {one}" for one in report.missing)):
        parts.append(f'<text x="8" y="{top + 16}">{escape(line)}</text>')
        top += 18
    width, height = 16 + _PANEL * len(COMPARED), top + 16
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'role="img" aria-labelledby="title description"><title id="title">Proxies side by side</title>'
        f'<desc id="description">{escape(_words(report))}</desc><style>text {{ font: 12px sans-serif; fill: #222; }} '
        f".profile {{ font-weight: 600; }}</style>"
        f'<rect width="{width}" height="{height}" fill="#fff"/>{"".join(parts)}</svg>\n'
    )


def _panel(result: Result, figure: str, left: int, top: int, colours: dict[str, str]) -> str:
    found = _spreads(result, figure)
    longest = max((value.high for _, value in found if value is not None), default=0) or 1
    # What is left of the panel beside the names, the figures behind the bars, and a margin.
    scale = (_PANEL - _LABEL - 76) / longest
    drawn = [f'<text x="{left}" y="{top - 6}">{escape(_TITLES[figure])}</text>']
    for number, (row, value) in enumerate(found):
        y = top + number * (_BAR + _GAP)
        base = y + _BAR - 4
        drawn.append(f'<text x="{left}" y="{base}">{escape(row.peer)}</text>')
        start = left + _LABEL
        if value is None:
            drawn.append(f'<text x="{start}" y="{base}">not measured</text>')
            continue
        low, middle, high = (start + scale * at for at in (value.low, value.median, value.high))
        drawn.append(
            f'<rect x="{start}" y="{y}" width="{middle - start:.1f}" height="{_BAR}" fill="{colours[row.peer]}"/>'
            f'<path d="M{low:.1f} {y + _BAR / 2}H{high:.1f}" stroke="#222"/>'
            f'<text x="{max(middle, high) + 6:.1f}" y="{base}">{_number(value.median)}</text>'
        )
    return "".join(drawn)


def _spreads(result: Result, figure: str) -> list[tuple[Row, Spread | None]]:
    read: Callable[..., float | None] = COMPARED[figure]
    return [(row, spread(map(read, row.samples))) for row in result.peers]


def _words(report: Report) -> str:
    sentences = []
    for result in report.profiles:
        for figure, title in _TITLES.items():
            known = [f"{row.peer} {_number(value.median)}" for row, value in _spreads(result, figure) if value]
            sentences.append(f"{result.profile}, {title}: {', '.join(known)}.")
    return " ".join(sentences)


def _number(value: float) -> str:
    return f"{value:,.1f}" if value < 100 else f"{value:,.0f}"
