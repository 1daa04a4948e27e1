"""Time several functions against each other, in one process and in interleaved rounds."""

import statistics
import time
from collections.abc import Callable
from typing import Any

_ROUND_SECONDS = 0.01


def interleaved(
    functions: dict[str, Callable[..., object]], arguments: tuple[Any, ...], rounds: int
) -> dict[str, list[float]]:
    """Return the nanoseconds a call of each function, one figure a round.

    Every round times every function, and each starts a round in turn, so that a busy moment of the machine
    falls on all of them.
    """
    calls = {name: _calls(function, arguments) for name, function in functions.items()}
    figures: dict[str, list[float]] = {name: [] for name in functions}
    names = list(functions)
    for round_ in range(rounds):
        shift = round_ % len(names)
        for name in names[shift:] + names[:shift]:
            figures[name].append(_time(functions[name], arguments, calls[name]) / calls[name])
    return figures


def _calls(function: Callable[..., object], arguments: tuple[Any, ...]) -> int:
    """Return how many calls fill a round, from a first estimate that also warms up."""
    once = min(_time(function, arguments, 10) / 10 for _ in range(3))
    return max(10, int(_ROUND_SECONDS * 1e9 / max(once, 1.0)))


def _time(function: Callable[..., object], arguments: tuple[Any, ...], calls: int) -> int:
    started = time.perf_counter_ns()
    for _ in range(calls):
        function(*arguments)
    return time.perf_counter_ns() - started


def function_from(source: str) -> Callable[..., object]:
    """Return the function that `source` defines last."""
    scope: dict[str, Any] = {}
    exec(compile(source, "<python>", "exec"), scope)  # noqa: S102 - the learner's own function, in the worker
    found: Callable[..., object] = [value for value in scope.values() if hasattr(value, "__code__")][-1]
    return found


def spread(figures: list[float]) -> tuple[float, float, float]:
    """Return the lower quartile, the median and the upper quartile."""
    low, middle, high = statistics.quantiles(figures, n=4, method="inclusive")
    return low, middle, high
