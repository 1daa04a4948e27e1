"""How good the oracle is: what it says to every file of tests/wrong and tests/right, and how long a grade takes.

python -m tests.oracle.measure [--trust] [EXERCISE …]
"""

import sys
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from proxylings.course import Desk
from proxylings.grader import oracle, sandbox
from proxylings.grader.verdict import Verdict
from tests.python.answers import Sample, load

ROOT = Path(__file__).parents[2]
DESK = Desk(ROOT)
SEED = 9112


def samples(kind: str, exercises: Iterable[str] = ()) -> list[Sample]:
    """Return the answers of tests/`kind` whose exercise can be graded; of `exercises` only, when some are named."""
    wanted = set(exercises) or {one.id for one in DESK.exercises if oracle.can_grade(DESK, one)}
    return [sample for sample in load(ROOT / "tests" / kind) if sample.exercise in wanted]


def graded(sample: Sample, box: sandbox.Sandbox, seed: int = SEED) -> Verdict:
    """Grade one answer."""
    exercise = DESK.exercise(sample.exercise)
    source = sample.source(DESK.solution(exercise).read_text(encoding="utf-8")).encode()
    name = "src/lib.rs" if exercise.kind == "part" else f"drills/{exercise.name}.rs"
    # The shims have to catch these by themselves: building a whole proxy for each would take an hour.
    return oracle.grade(DESK, exercise, {name: source}, seed=seed, sandbox=box, plays=False)


def fault(sample: Sample, verdict: Verdict) -> str:
    """Say how the verdict is wrong about `sample`; "" when it is right."""
    if not sample.fails:
        right = verdict.passed and verdict.points == verdict.max_points
        return "" if right else f"a right answer got {verdict.points} of {verdict.max_points}"
    if verdict.passed or verdict.points == verdict.max_points:
        return "a wrong answer got through"
    # What compiles for a check has to compile here: otherwise it was refused for a reason of our own.
    is_code = sample.fails.startswith("E0")
    return "it does not compile here" if verdict.status == "error" and not is_code else ""


def main() -> None:
    """Print each fault, and the counts."""
    names = [name for name in sys.argv[1:] if name != "--trust"]
    exercises = [DESK.exercise(name).id for name in names]
    box = sandbox.find(trust="--trust" in sys.argv)
    print(box.backend)
    for kind in ("right", "wrong"):
        found = samples(kind, exercises)
        started = time.monotonic()
        with ThreadPoolExecutor(2) as pool:
            verdicts = list(pool.map(lambda sample: graded(sample, box), found))
        seconds = time.monotonic() - started
        faults = 0
        for sample, verdict in zip(found, verdicts, strict=True):
            if why := fault(sample, verdict):
                faults += 1
                said = [d.rendered or d.message for d in verdict.diagnostics if d.is_error]
                print(f"{sample.name}: {why}\n{verdict.says()[:2000]}", *said[:1], sep="\n")
        codes = sum(sample.fails.startswith("E0") for sample in found)
        print(f"{kind}: {len(found) - faults} of {len(found)} as they should be, {codes} by a code; {seconds:.1f} s")


if __name__ == "__main__":
    main()
