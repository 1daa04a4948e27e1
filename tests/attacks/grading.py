"""Grade an attack strictly, as a class is graded: read what was handed in, ask the oracle, write the verdict down.

What comes out is looked at as a teacher would see it: in every format.
"""

import re
import secrets
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from proxylings.course import Desk
from proxylings.grader import oracle
from proxylings.grader.batch import layout, reading
from proxylings.grader.batch.pile import Unreadable
from proxylings.grader.formats import FORMATS, Classroom50, Graded
from proxylings.grader.oracle import cases
from proxylings.grader.sandbox import Sandbox
from proxylings.grader.verdict import Verdict
from tests.attacks import submissions
from tests.attacks.programs import Attack, Reply

DESK = Path("/srv/desk")
# An earlier grade, whose cases a learner has seen.
KNOWN_SEED = 7
_CLASSROOM = Classroom50(classroom="proxies", assignment="00-tour", owner="mallory", submission="submit/1",
                         commit="0", release="r", review="v")  # fmt: skip
_UNSAFE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
# What Markdown shows as it is written; that no answer can end it is what tests/formats is about.
_FENCED = re.compile(r"^(`{3,})[^\n`]*\n.*?^\1`*$", re.MULTILINE | re.DOTALL)
_MARKUP = {"junit": re.compile(r"<script|<img"), "github-summary": re.compile(r"<script|<img", re.IGNORECASE),
           "github-annotations": re.compile(r"^(?!::(error|warning|notice) )\s*(::|##\[)", re.MULTILINE)}  # fmt: skip
_graded: dict[tuple[tuple[str, bytes], ...], Verdict] = {}


def play(sandbox: Sandbox, attack: Attack, secret: Path) -> Reply:
    """Hand an attack in and return its verdict: status and points, or "unreadable"."""
    desk = Desk(DESK)
    exercise = desk.exercise(attack.exercise)
    if attack.box == "grade":
        source = attack.source.replace("/secret/file", str(secret))
        source = source.replace("/solution/file", str(desk.solution(exercise).resolve()))
        source = source.replace("/* the cases of seed 7 */", _seen(desk, attack.exercise))
        handed_in = {f"drills/{exercise.name}.rs": source.encode()}
    else:
        folder = Path(tempfile.mkdtemp(dir=DESK / "handed-in"))
        try:
            pile = reading.read(submissions.make(attack.name, folder, secret))
            handed_in = dict(layout.find(exercise, pile, [exercise]))
        except Unreadable as error:
            return Reply("unreadable", sandbox.backend, stdout=str(error).encode())
        finally:
            shutil.rmtree(folder)
    key = tuple(handed_in.items())
    if key not in _graded:  # the same answer is graded once, as in a class
        _graded[key] = oracle.grade(desk, exercise, handed_in, seed=_seed(), sandbox=sandbox)
    verdict = _graded[key]
    handed = Graded(verdict=verdict, student="mallory", submitted=datetime.now(UTC), classroom50=_CLASSROOM)
    told = {name: one.render([handed]) for name, one in FORMATS.items()}
    return Reply(
        f"{verdict.status} {verdict.points}", sandbox.backend, stdout=b"\n".join(told.values()),
        data=b"".join(handed_in.values()) if attack.box == "submission" else b"", complaint=_dirt(told, verdict),
    )  # fmt: skip


def _seed() -> int:
    """Return a seed that nobody can know before."""
    return secrets.randbelow(2**32) + KNOWN_SEED + 1


def _seen(desk: Desk, exercise: str) -> str:
    made = cases.drawn(desk, desk.exercise(exercise), KNOWN_SEED)
    methods = [str(getattr(case.call, "method", "")) for case in made]
    return ", ".join('"' + "".join(f"\\u{{{ord(letter):x}}}" for letter in method) + '"' for method in methods)


def _dirt(told: dict[str, bytes], verdict: Verdict) -> str:
    """Say what a format lets through that a terminal, a browser or a runner would obey."""
    for name, data in told.items():
        text = data.decode("utf-8")
        if found := _UNSAFE.search(text):
            return f"{name} holds {found[0]!r}: {text[max(0, found.start() - 40) : found.end() + 20]!r}"
        if name in _MARKUP and (found := _MARKUP[name].search(_FENCED.sub("", text))):
            return f"{name} holds markup: {text[max(0, found.start() - 40) : found.end() + 20]!r}"
    return "" if verdict.submission and verdict.mode == "strict" else "the verdict does not say what it is about"
