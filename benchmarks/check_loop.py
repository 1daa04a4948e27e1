"""How long does a learner wait? From a save to the first diagnostic, to the verdict, and to a callable part.

Beside it, in the same interleaved rounds and on the same bytes: what rustlings runs after a save (its
`RunnableExercise::run`): `cargo build`, `cargo test` and `cargo clippy --profile test`, each with `-q`, then the
program itself. An exercise is a program there, so ours gets an empty `main`. Watching costs it nothing here.
Run with `python benchmarks/check_loop.py [--rounds 20]`. Prints a table of milliseconds and writes
.proxylings/bench/check_loop.json.
"""

import argparse
import os
import queue
import shutil
import statistics
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from proxylings import compose, native, state, toolchain, watch
from proxylings.course import Desk, Exercise, find_desk
from proxylings.grader import desk as learners_desk
from proxylings.grader.verdict import Verdict

DRILL, PART = "01-request/who_has_it_now", "01-request"
MAIN = "\nfn main() {}\n"
# A use after a move, at the end of any file: what a learner's first try looks like.
MISTAKE = "\npub fn mistake(head: Vec<u8>) -> usize {{\n    drop(head);\n    head.len() + {number}\n}}\n"


@dataclass(frozen=True)
class Row:
    """Milliseconds of one way over all rounds."""

    exercise: str
    way: str
    milliseconds: list[float]

    def cells(self) -> tuple[str, ...]:
        """Return p50, p95, and the range as text."""
        ordered = sorted(self.milliseconds)
        p95 = ordered[min(len(ordered) - 1, round(0.95 * len(ordered)))]
        return (f"{statistics.median(ordered):.0f}", f"{p95:.0f}", f"{ordered[0]:.0f} to {ordered[-1]:.0f}")


class Saved:
    """The way that the panel and `check --watch` take: the file watcher, then the check."""

    def __init__(self, desk: Desk, exercise: Exercise) -> None:
        """Begin to watch."""
        self.desk, self.exercise, self.path = desk, exercise, desk.source(exercise)
        self._events: queue.Queue[tuple[str, float, Verdict]] = queue.Queue()
        self._stop = threading.Event()
        seen = watch.snapshot([self.path])
        self._thread = threading.Thread(
            target=watch.watch, args=([self.path], self._changed, self._stop), kwargs={"since": seen}
        )
        self._thread.start()

    def _changed(self, _: object) -> None:
        def observe(verdict: Verdict) -> None:
            self._events.put(("more", time.perf_counter(), verdict))

        verdict = learners_desk.check_and_record(self.desk, self.exercise, observe)
        self._events.put(("end", time.perf_counter(), verdict))

    def save(self, text: str) -> tuple[float, float, Verdict]:
        """Save `text`; return the milliseconds to the compiler's first news and to the verdict, and the verdict."""
        started = time.perf_counter()
        self.path.write_text(text)
        first = None
        while True:
            kind, at, verdict = self._events.get(timeout=60)
            first = first or at
            if kind == "end":
                return 1e3 * (first - started), 1e3 * (at - started), verdict

    def close(self) -> None:
        """Stop watching."""
        self._stop.set()
        self._thread.join()


def cargo_project(desk: Desk, exercise: Exercise, folder: Path) -> Path:
    """Make a cargo package of the same bytes, and return the file that the rounds edit.

    A drill is the program itself, as an exercise of rustlings is; a part is a library with a program beside it.
    """
    root = folder / "src" / ("lib.rs" if exercise.kind == "part" else "main.rs")
    root.parent.mkdir(parents=True)
    if exercise.kind == "part":
        (root.parent / "main.rs").write_text(MAIN)
    wire = desk.root / "crates" / "wire"
    needs = f'wire = {{ path = "{wire}" }}\n' if exercise.kind == "part" else ""
    name = _package(exercise)
    manifest = f'[package]\nname = "{name}"\nversion = "0.1.0"\nedition = "2024"\n[workspace]\n[dependencies]\n{needs}'
    (folder / "Cargo.toml").write_text(manifest)
    if exercise.kind == "part":
        (folder / "tests").mkdir()
        shutil.copyfile(desk.tests(exercise), folder / "tests" / "specification.rs")
    return root


def _package(exercise: Exercise) -> str:
    return f"part-{exercise.name}" if exercise.kind == "part" else "drill"


def rustlings_sequence(folder: Path, program: str) -> float:
    """Run what rustlings runs after a save, and return the milliseconds."""
    cargo = toolchain.find().cargo
    commands: list[list[str | Path]] = [
        [cargo, "build", "--offline", "-q"],
        [cargo, "test", "--offline", "-q", "--", "--format", "pretty"],
        [cargo, "clippy", "--offline", "-q", "--profile", "test"],
        [folder / "target" / "debug" / program],
    ]
    environment = {key: value for key, value in os.environ.items() if key != "CARGO_TARGET_DIR"}
    started = time.perf_counter()
    for command in commands:
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
        if done.returncode:
            raise SystemExit(f"{command} failed:\n{done.stderr.decode()}")
    return 1e3 * (time.perf_counter() - started)


def measure(desk: Desk, wanted: str, rounds: int, tell: Callable[[str], None]) -> list[Row]:
    """Measure one exercise on `desk`, which is a copy."""
    exercise = desk.exercise(wanted)
    right = desk.solution(exercise).read_text()
    ways = ("save -> first diagnostic", "save -> verdict", "rustlings' sequence", "edit -> callable")
    figures: dict[str, list[float]] = {way: [] for way in ways[: 4 if exercise.kind == "part" else 3]}
    with tempfile.TemporaryDirectory() as folder:
        twin = cargo_project(desk, exercise, Path(folder))
        saved = Saved(desk, exercise)
        try:
            for round_ in range(-2, rounds):  # two rounds to warm up
                text = f"{right}\n// round {round_}\n"
                mistake, _, verdict = saved.save(text + MISTAKE.format(number=round_ + 2))
                assert verdict.error_codes == ["E0382"], verdict
                _, passed, verdict = saved.save(text)
                assert verdict.passed, verdict
                twin.write_text(text if exercise.kind == "part" else text + MAIN)
                sequence = rustlings_sequence(Path(folder), _package(exercise))
                row = [mistake, passed, sequence]
                if exercise.kind == "part":
                    started = time.perf_counter()
                    saved.path.write_text(f"{text}// callable\n")
                    native.load(compose.build_module(desk, {exercise.name: "mine"})).request_cut(b"GET")
                    row.append(1e3 * (time.perf_counter() - started))
                    saved.save(f"{text}// settled\n")
                if round_ >= 0:
                    for way, milliseconds in zip(figures, row, strict=True):
                        figures[way].append(milliseconds)
                tell(f"{wanted}: round {round_ + 1} of {rounds}")
        finally:
            saved.close()
    return [Row(wanted, way, values) for way, values in figures.items()]


def main() -> None:
    """Measure on a copy of the desk, so that nobody's files change."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=20)
    rounds = parser.parse_args().rounds
    real = find_desk()
    with tempfile.TemporaryDirectory() as folder:
        copy = Desk(Path(folder))
        for name in (
            "course.toml",
            "Cargo.toml",
            "Cargo.lock",
            "crates",
            "solutions",
            "exercises",
            "tests",
            "notebooks",
        ):
            source = real.root / name
            if source.is_dir():
                shutil.copytree(source, copy.root / name, ignore=shutil.ignore_patterns("target"))
            else:
                shutil.copyfile(source, copy.root / name)
        rows = [
            row for wanted in (DRILL, PART) for row in measure(copy, wanted, rounds, lambda line: print(line, end="\r"))
        ]
    sequence = {row.exercise: statistics.median(row.milliseconds) for row in rows if row.way.startswith("rustlings")}
    print(f"{'exercise':28}{'way':28}{'p50':>8}{'p95':>8}{'range':>16}{'of it':>8}   (ms, {rounds} rounds)")
    for row in rows:
        p50, p95, range_ = row.cells()
        share = statistics.median(row.milliseconds) / sequence[row.exercise]
        print(f"{row.exercise:28}{row.way:28}{p50:>8}{p95:>8}{range_:>16}{share:>8.2f}")
    state.write_whole(real.state / "bench" / "check_loop.json", msgspec.json.format(msgspec.json.encode(rows)))


if __name__ == "__main__":
    main()
