"""Run the tests of a compiled answer, and tell what each of them did.

First all tests in one process, which takes as long as starting it. What that run leaves open, because a
test crashed the process or did not come back, is run again: each test in a process of its own. So a test that
hangs, aborts or overflows its stack costs its own result and no other. A process that stands still for good is
ended at once, and what its threads wait for is said (see `stillness`).
"""

import functools
import os
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec

from proxylings import child
from proxylings.grader.sandbox import light
from proxylings.grader.stillness import DEADLOCK, Stillness
from proxylings.grader.text import excerpt
from proxylings.grader.verdict import TestResult

TOGETHER_LIMITS = child.Limits(cpu=8, wall=20.0, memory=2048, file=16, output=256)
# Seconds in which no test of that run has ended: then each of those that are left gets a process of its own.
_PATIENCE = 2.5
ALONE_LIMITS = child.Limits(cpu=10, wall=10.0, memory=2048, file=16, output=256)
Stale = Callable[[], bool]

# A loop that never ends tends to hang every test of its step; two are enough to say so.
_MOST_HUNG = 2
# At least two: a test then has a thread of its own, which can be told from libtest's.
_AT_ONCE = max(2, os.cpu_count() or 1)
_THREADS = f"--test-threads={_AT_ONCE}"
_PANIC = re.compile(r"panicked at ([^\n]+?):(\d+):\d+:\n(.*?)(?=\nnote: run with|\nthread '|\Z)", re.DOTALL)
_RUNNING = re.compile(r"^running (\d+) tests?$")
_LINE = re.compile(r"^test (\S+)(?: - should panic)? \.\.\. (ok|FAILED)$", re.MULTILINE)
_BLOCK = re.compile(
    r"^---- (\S+) stdout ----\n(.*?)(?=^---- \S+ stdout ----$|^\n?failures:$)", re.MULTILINE | re.DOTALL
)


def run_tests(folder: Path, binary: Path, source: Path, stale: Stale | None = None) -> Iterator[TestResult]:
    """Run all tests of `binary` in `folder`; give their results in the order of `source`, as they are known."""
    clock = _Clock()
    done = child.run(
        [*light.boxed(folder), binary, "--color=never", _THREADS], TOGETHER_LIMITS, cwd=folder,
        env=_environment(folder), stop=stale, on_output=clock.tick, look=clock.look,
    )  # fmt: skip
    known = _told(done.stdout)
    names = list(known) if clock.expected == len(known) else _listed(binary)
    seconds = clock.seconds(names)
    alone = functools.partial(_run_alone, folder, binary, stale, Counter())
    names = _in_order(names, source)
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        again = iter(pool.map(alone, [name for name in names if name not in known]))
        for name in names:
            if name in known:
                yield msgspec.structs.replace(known[name], seconds=seconds.get(name, 0.0))
            else:
                yield next(again)


class _Clock:
    """Notes when each test of a run ended, and sees when none ends any more."""

    def __init__(self) -> None:
        self.expected: int | None = None
        self._began = time.monotonic()
        self._stillness = Stillness("")
        self._ended: list[tuple[str, float]] = []

    def tick(self, line: str) -> None:
        if self.expected is None and (match := _RUNNING.match(line)):
            self.expected, self._began = int(match[1]), time.monotonic()
        elif match := _LINE.match(line):
            self._ended.append((match[1], time.monotonic()))

    def look(self, process: int) -> str:
        """Return why the run should end before all of its tests have."""
        last = self._ended[-1][1] if self._ended else self._began
        waited_long = time.monotonic() - last > _PATIENCE
        return "no test has ended for a while" if waited_long else self._stillness.look(light.program(process))

    def seconds(self, names: Sequence[str]) -> dict[str, float]:
        """Return how long each test took: libtest begins them by the alphabet, one when another one has ended."""
        starts = [self._began] * _AT_ONCE + [at for _, at in self._ended]
        began = dict(zip(sorted(names), starts, strict=False))
        return {name: at - began[name] for name, at in self._ended if name in began}


def _listed(binary: Path) -> list[str]:
    """Ask the program for its tests; one that ran to its end has told their names already."""
    command: list[str | Path] = [*light.boxed(binary.parent), binary, "--list", "--format=terse"]
    listed = child.run(command, ALONE_LIMITS, env=_environment(binary.parent))
    return [line.removesuffix(": test") for line in listed.stdout.splitlines() if line.endswith(": test")]


def _in_order(names: Sequence[str], source: Path) -> list[str]:
    """Sort names as they stand in their file."""
    text = source.read_text(encoding="utf-8")

    def place(name: str) -> int:
        *modules, function = name.split("::")
        at = 0
        for module in modules:
            at = max(at, text.find(f"mod {module} ", at))
        return text.find(f"fn {function}(", at)

    return sorted(names, key=place)


def _told(printed: str) -> dict[str, TestResult]:
    """Read libtest's report. A failure counts only with its block, which comes when all tests have ended."""
    blocks = dict(_BLOCK.findall(printed))
    results = {}
    for name, said in _LINE.findall(printed):
        if said == "ok":
            results[name] = TestResult(*_split(name), "pass")
        elif panics := _PANIC.findall(blocks.get(name, "")):
            output = blocks[name].split("\nthread '")[0].strip()
            results[name] = _failed(name, panics, output)
    return results


def _run_alone(folder: Path, binary: Path, stale: Stale | None, hung: Counter[str], name: str) -> TestResult:
    """Run one test; `hung` counts the tests of each step that did not end, over all tests of the run."""
    function, task = _split(name)
    if hung[task] >= _MOST_HUNG:
        return TestResult(function, task, "timeout", f"It was not run: {_MOST_HUNG} tests before it did not end.")
    command: list[str | Path] = [*light.boxed(folder), binary, "--exact", name, "--nocapture", _THREADS]
    stillness = Stillness(name)

    def look(process: int) -> str:
        return stillness.look(light.program(process))

    done = light.ending(child.run(command, ALONE_LIMITS, cwd=folder, env=_environment(folder), stop=stale, look=look))
    # Between libtest's own first and last lines stands what the learner's code printed.
    output = done.stdout.removeprefix("\nrunning 1 test\n").split(f"test {name} ... ")[0].strip()
    if done.ok and "test result: ok. 1 passed" in done.stdout:
        return TestResult(function, task, "pass", seconds=done.seconds)
    if done.stopped or "processor time" in done.ending():
        hung[task] += 1
        message = f"The test {done.ending()}. Is there a loop that never ends, or a lock that waits for itself?"
        if done.stopped.startswith(DEADLOCK):
            message = f"{done.stopped}."
        return TestResult(function, task, "timeout", message, output=excerpt(output), seconds=done.seconds)
    if done.returncode == 101 and (panics := _PANIC.findall(done.stderr)):
        return msgspec.structs.replace(_failed(name, panics, output), seconds=done.seconds)
    message = f"The test {done.ending()}."
    if "overflowed its stack" in done.stderr:
        message = "The test overflowed its stack. Does a function call itself without an end?"
    elif done.ok:
        message = "The test ended the whole process, so nobody knows whether it would have passed."
    return TestResult(function, task, "crashed", message, output=excerpt(output), seconds=done.seconds)


def _failed(name: str, panics: list[tuple[str, str, str]], output: str) -> TestResult:
    file, line, message = panics[-1]
    return TestResult(*_split(name), "fail", message.strip(), f"{file}:{line}", excerpt(output))


def _split(name: str) -> tuple[str, str]:
    """Return the function's name, and the step that it belongs to."""
    return name.split("::")[-1], name.split("::")[0] if name.startswith("step_") else ""


def _environment(folder: Path) -> dict[str, str]:
    """Return the little that a test may see of the environment."""
    path = os.environ.get("PATH", "/usr/bin:/bin")
    return {"PATH": path, "HOME": str(folder), "TMPDIR": str(folder), "RUST_BACKTRACE": "0"}
