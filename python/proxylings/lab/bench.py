"""`bench`: your part, the reference and pure Python, timed in one interleaved run in a worker process."""

import html
import inspect
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec

from proxylings import compose, state, timing, worker
from proxylings.course import find_desk
from proxylings.errors import CompileFailed, CourseError, LearnerCodeError
from proxylings.lab import plain, remote

PLAIN: dict[str, Callable[..., object]] = {
    "request.parse": plain.parse_request,
    "headers.find": plain.find_field,
    "headers.request_framing": plain.request_framing,
    "logline.parse": plain.parse_line,
    "logline.dicts": plain.log_dicts,
    "logline.columns": plain.log_columns,
    "analytics.report": plain.log_report,
}


@dataclass(frozen=True)
class Timing:
    """Nanoseconds a call: the median of the rounds, and the quartiles around it."""

    name: str
    low: float
    median: float
    high: float


@dataclass(frozen=True)
class Comparison:
    """The timings of one run, in the order in which they were asked for; `note` says who is missing, and why."""

    function: str
    rounds: int
    timings: tuple[Timing, ...]
    note: str = ""

    def ratio(self, name: str, other: str) -> float:
        """Return how many times longer `name` takes than `other`, by their medians."""
        median = {timing.name: timing.median for timing in self.timings}
        return median[name] / median[other]

    def _rows(self) -> list[tuple[str, str, str, str, float]]:
        base = self.timings[0].median
        longest = max(timing.median for timing in self.timings)
        return [
            (
                timing.name,
                f"{timing.median:,.0f} ns",
                f"{timing.low:,.0f} to {timing.high:,.0f}",
                f"{timing.median / base:.2f}",
                100 * timing.median / longest,
            )
            for timing in self.timings
        ]

    def __repr__(self) -> str:
        """Show the table as plain text."""
        heading = f"{self.function}: {self.rounds} interleaved rounds, time of one call"
        lines = [f"{'':12}{'median':>14}{'quartiles':>26}{'ratio':>8}"]
        lines += [f"{name:12}{median:>14}{spread:>26}{ratio:>8}" for name, median, spread, ratio, _ in self._rows()]
        return "\n".join([heading, *lines, *([self.note] if self.note else [])])

    def _repr_html_(self) -> str:
        """Show the table with a bar beside each median; the bar repeats the number, so it is hidden from readers."""
        rows = "".join(
            f"<tr><th scope='row'>{html.escape(name)}</th><td>{median}</td><td>{spread}</td><td>{ratio}</td>"
            f"<td aria-hidden='true' class='pxl-bar'><span style='width:{width:.1f}%'></span></td></tr>"
            for name, median, spread, ratio, width in self._rows()
        )
        first = html.escape(self.timings[0].name)
        return (
            f"<style>{_STYLE}</style><table class='pxl-bench'><caption>{html.escape(self.function)}: the time of one "
            f"call, {self.rounds} interleaved rounds</caption><thead><tr><th scope='col'>whose</th><th scope='col'>"
            f"median</th><th scope='col'>quartiles (ns)</th><th scope='col'>ratio to {first}</th>"
            f"<td aria-hidden='true'></td></tr></thead><tbody>{rows}</tbody></table>"
            + (f"<p class='pxl-note'>{html.escape(self.note)}</p>" if self.note else "")
        )


_STYLE = """
.pxl-bench { border-collapse: collapse; font-variant-numeric: tabular-nums; }
.pxl-bench caption { caption-side: top; text-align: left; padding: 4px 8px; color: var(--jp-ui-font-color1, #222); }
.pxl-bench th, .pxl-bench td { padding: 4px 8px; text-align: right; color: var(--jp-ui-font-color1, #222); }
.pxl-bench th[scope=row] { text-align: left; font-weight: 600; }
.pxl-bench .pxl-bar { width: 240px; }
.pxl-bench .pxl-bar span { display: block; height: 12px; border-radius: 2px; background: #2b6cb0; min-width: 2px; }
"""


def bench(function: str, *arguments: Any, python: Callable[..., object] | None = None, rounds: int = 21) -> Comparison:
    """Time `function` ("request.parse") of `mine` and `reference`, and the same in pure Python.

    `python` is your own Python function; without it the course's own is taken, where there is one. All of them run in
    one worker process, in interleaved rounds of about 10 ms each, and the figures are medians with quartiles.
    The table is also written to .proxylings/bench/ as JSON. Code of yours that does not compile, or does not come back,
    is left out with a note. Raises CourseError when the input is refused.
    """
    part, _, name = function.partition(".")
    desk = find_desk()
    if part not in {known.name for known in desk.parts} or not name:
        known = ", ".join(f"{exercise.name}.…" for exercise in desk.parts)
        raise CourseError(
            f"{function!r} names no function of a part.", f'Write bench("request.parse", data); parts: {known}'
        )
    baseline = python or PLAIN.get(function)
    sources = {"Python": textwrap.dedent(_source(baseline))} if baseline else {}
    # Both are built by the same command with the same flags, so that the figures compare code and nothing else.
    modules = {"reference": str(compose.build_module(desk, {part: "reference"}))}
    note = ""
    try:
        own = remote.module_of(desk, "mine", part)
        _ask([own], worker.Call(f"{part}_{name}", list(arguments)))
        modules = {"mine": own, **modules}
    except (CompileFailed, LearnerCodeError) as error:
        note = f"Yours is not in it yet. {error.what.splitlines()[0]}"
    reply = _ask(list(modules.values()), worker.Bench(f"{part}_{name}", list(arguments), sources, rounds))
    figures = {list(modules)[int(key)] if key.isdigit() else key: values for key, values in reply.items()}
    timings = tuple(Timing(key, *timing.spread(values)) for key, values in figures.items())
    result = Comparison(function, rounds, timings, note)
    state.write_whole(desk.state / "bench" / f"{function}.json", msgspec.json.format(msgspec.json.encode(result)))
    return result


def _ask(modules: list[str], request: worker.Request) -> Any:
    """Ask a worker of its own, so that a benchmark never shares one with calls."""
    own = remote.Worker(modules)
    try:
        reply = own.ask(request, seconds=30.0 if isinstance(request, worker.Bench) else remote.CALL_SECONDS)
    finally:
        own.close()
    match reply:
        case worker.Value(value):
            return value
        case worker.Refused(message, _, offset):
            raise CourseError(
                f"The input is refused: {message} (at byte {offset}).", "Give bench an input that parses."
            )
        case worker.Panicked(message):
            raise remote.panicked(message)


def _source(function: Callable[..., Any]) -> str:
    """Return what the worker has to run to have the function: its whole module, or its own lines from a cell."""
    module = inspect.getmodule(function)
    try:
        if module is not None and module.__name__ != "__main__":
            return f"{inspect.getsource(module)}\n__last__ = {function.__name__}\n"
        return inspect.getsource(function)
    except (OSError, TypeError) as error:
        raise CourseError(
            "The source of your Python function can't be found.", "Define it with def, in a cell."
        ) from error
