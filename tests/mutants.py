"""Mutate the solutions of the drills: what survives is a mistake that a learner could make and no test would see.

python -m tests.mutants [CHAPTER …]

All drills become modules of one package in a temporary folder, so that cargo-mutants builds and runs them together.
Needs `cargo install cargo-mutants --locked`; docs/mutants.md says what came of it, for the parts too.
"""

import json
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from proxylings.course import Desk

DESK = Desk(Path(__file__).parents[1])
MANIFEST = '[package]\nname = "drills"\nversion = "0.0.0"\nedition = "2024"\n\n[workspace]\n'
OUTCOMES = {"CaughtMutant": "caught", "Timeout": "out of time", "Unviable": "unviable", "MissedMutant": "survive"}


def package(folder: Path, chapters: list[str]) -> int:
    """Write the package of the drills of `chapters` (all, when none is named); return how many there are."""
    drills = [
        drill for drill in DESK.exercises if drill.kind == "drill" and (not chapters or drill.chapter in chapters)
    ]
    (folder / "src").mkdir()
    (folder / "Cargo.toml").write_text(MANIFEST, encoding="utf-8")
    names = []
    for drill in drills:
        names.append(f"c{drill.chapter.replace('-', '_')}__{drill.name}")
        shutil.copyfile(DESK.solution(drill), folder / "src" / f"{names[-1]}.rs")
    lines = ["#![allow(dead_code, non_snake_case)]", *(f"pub mod {name};" for name in names)]
    (folder / "src" / "lib.rs").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return len(drills)


def main() -> int:
    """Run cargo-mutants, print a table, and name what survives; the exit code is 1 when anything does."""
    if shutil.which("cargo-mutants") is None:
        print("cargo-mutants is not installed: cargo install cargo-mutants --locked", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        count = package(folder, sys.argv[1:])
        print(f"{count} drills")
        command = ["cargo", "mutants", "--in-place", "--timeout", "20", "--no-shuffle", "--colors", "never"]
        subprocess.run(command, cwd=folder, check=False)
        report = json.loads((folder / "mutants.out" / "outcomes.json").read_text(encoding="utf-8"))
    came: dict[str, Counter[str]] = {}
    survivors = []
    for outcome in report["outcomes"]:
        if outcome["scenario"] == "Baseline":
            continue
        mutant = outcome["scenario"]["Mutant"]
        came.setdefault(Path(mutant["file"]).stem, Counter())[OUTCOMES[outcome["summary"]]] += 1
        survivors += [mutant["name"]] if outcome["summary"] == "MissedMutant" else []
    for drill, counts in sorted(came.items()):
        print(f"{drill:50} " + ", ".join(f"{counts[what]} {what}" for what in OUTCOMES.values() if counts[what]))
    total = sum(came.values(), Counter())
    print(f"{sum(total.values())} mutants: " + ", ".join(f"{total[what]} {what}" for what in OUTCOMES.values()))
    print(*survivors, sep="\n")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
