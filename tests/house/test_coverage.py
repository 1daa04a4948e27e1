"""Every error of the compiler, and every belief that gets in a learner's way, is met in a cell, a drill and a question.

The errors of a chapter are its `codes` in course.toml, and where they are met is read from the sources. The beliefs are
in notebooks/coverage.toml. `python -m pytest tests/house/test_coverage.py -rP` prints both lists.
"""

import re
from pathlib import Path

import msgspec
import pytest

from proxylings import hints, samples
from proxylings.course import Chapter, Desk
from proxylings.lab import quizzes

_CELL = re.compile(r"^```\{code-cell\}[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_FAILS = re.compile(r"^%%rust .*--fails ([\w:,]+)", re.MULTILINE)
_PREDICTS = re.compile(r"^%%rust .*--predict (\S+)|quiz\(\"([\w-]+/\w+)\"\)", re.MULTILINE)
_LINT = "clippy::"


class Belief(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One row of notebooks/coverage.toml."""

    chapter: str
    says: str
    cell: str
    drill: str
    quiz: str


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All rows."""

    misconception: list[Belief]


def cells(desk: Desk, chapter: str) -> list[str]:
    """Return the code cells of a chapter."""
    return _CELL.findall((desk.root / "notebooks" / "src" / f"{chapter}.md").read_text(encoding="utf-8"))


def asked(desk: Desk, chapter: str) -> list[str]:
    """Return the ids of the items that its cells ask."""
    return [name for cell in cells(desk, chapter) for pair in _PREDICTS.findall(cell) for name in pair if name]


def items(desk: Desk, chapter: str) -> dict[str, quizzes.Item]:
    path = quizzes.folder(desk) / f"{chapter}.toml"
    return {f"{chapter}/{item.id}": item for item in quizzes.load(path)} if path.is_file() else {}


def fails_with(item: quizzes.Item, code: str) -> bool:
    return item.outcome is not None and item.outcome.fails == code


def where_met(desk: Desk, chapter: Chapter, code: str) -> dict[str, list[str]]:
    """Return the cells, drills and questions of a chapter in which somebody meets `code`."""
    known = items(desk, chapter.slug)
    failing = [
        f"code cell {number}"
        for number, cell in enumerate(cells(desk, chapter.slug), start=1)
        if any(code in found.split(",") for found in _FAILS.findall(cell))
    ]
    predicted = [name for name in asked(desk, chapter.slug) if name in known and fails_with(known[name], code)]
    drills = {drill.id: drill for drill in chapter.exercises if drill.kind == "drill"}
    met = {drill.id for drill in drills.values() if drill.stub == code}
    wrong = samples.load(desk.root / "tests" / "wrong")
    met |= {answer.exercise for answer in wrong if answer.exercise in drills and answer.fails == code}
    if code.startswith(_LINT):  # a lint is no failure: it is met where the hints know what it says
        met |= {name for name, drill in drills.items() if code in hints.load(desk, drill).codes}
    recap = [name for name, item in known.items() if item.use != "predict" and fails_with(item, code)]
    return {"cell": failing + predicted, "drill": sorted(met), "quiz": recap}


def test_every_error_of_a_chapter_is_met_in_a_cell_a_drill_and_a_question(desk: Desk) -> None:
    holes = []
    for chapter in desk.chapters:
        for code in chapter.codes:
            met = where_met(desk, chapter, code)
            row = "; ".join(f"{kind}: {', '.join(names) or 'NONE'}" for kind, names in met.items())
            print(f"{chapter.slug} {code}: {row}")
            holes += [f"{chapter.slug} {code}: {row}"] if not all(met.values()) else []
    assert not holes, "\n".join(["these errors are not met everywhere:", *holes])


def test_a_chapter_with_a_notebook_names_its_errors(desk: Desk) -> None:
    silent = [chapter.slug for chapter in desk.chapters if chapter.notebook and chapter.part and not chapter.codes]
    assert not silent, f"give them `codes` in course.toml: {silent}"


def beliefs() -> list[Belief]:
    path = Path(__file__).parents[2] / "notebooks" / "coverage.toml"
    return msgspec.toml.decode(path.read_bytes(), type=Table).misconception


@pytest.mark.parametrize("belief", beliefs(), ids=lambda belief: f"{belief.chapter}: {belief.says}")
def test_a_belief_is_met_in_a_cell_a_drill_and_a_question(desk: Desk, belief: Belief) -> None:
    print(f"{belief.chapter} “{belief.says}”: cell {belief.cell!r}, drill {belief.drill}, quiz {belief.quiz}")
    shown = belief.cell in asked(desk, belief.chapter) or any(
        belief.cell in cell for cell in cells(desk, belief.chapter)
    )
    assert shown, f"no code cell of {belief.chapter} has {belief.cell!r}, nor asks an item of that id"
    drills = {exercise.id: exercise for exercise in desk.exercises if exercise.kind == "drill"}
    assert belief.drill in drills, f"there is no drill {belief.drill}"
    chapter, _, name = belief.quiz.partition("/")
    item = items(desk, chapter).get(f"{chapter}/{name}")
    assert item is not None, f"there is no question {belief.quiz}"
    assert item.use != "predict" or belief.quiz != belief.cell, "the question and the cell are the same"


def test_the_beliefs_stand_in_the_order_of_the_course() -> None:
    order = [belief.chapter for belief in beliefs()]
    assert order == sorted(order), "sort notebooks/coverage.toml by chapter"
