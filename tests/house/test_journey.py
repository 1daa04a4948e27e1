"""docs/journey.md tells the truth: nothing is asked for before the chapter in which it is first met, and named there.

What counts is what learners write (the marked bodies of drills and parts) and read (Rust cells, code of questions).
What is scaffolded in a file may use more.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from proxylings.course import Desk
from proxylings.lab import quizzes

# What a concept looks like in code. Comments and texts are blanked before.
SIGNS = {
    "`.clone()`": r"\.clone\(\)",
    "`Option`": r"\b(Option|Some|None)\b",
    "`match`": r"\bmatch\b",
    "`Result`": r"\b(Result|Ok|Err)\b",
    "`?`": r"[\w)\]]\?",
    "`unwrap`": r"\.(unwrap|expect)\(",
    "slice": r"&(mut )?\[|\[[^\]\n]*\.\.",
    "lifetime": r"[<&]'[a-z]",
    "iterator": r"\.(iter|iter_mut|into_iter|split|find|any|all|map|filter)\(",
    "closure": r"\|[\w\s,&():]*\|",
    "`Drop`": r"\bimpl Drop\b",
    "`From`": r"\bimpl(<[^>]*>)? From\b",
    "`Arc`": r"\bArc\b",
    "generic function": r"\bfn \w+<[A-Z]|\bimpl<[A-Z]",
    "trait": r"\btrait\b",
    "`dyn`": r"\bdyn\b",
    "`Box`": r"\bBox\b",
    "thread": r"\bthread::",
    "`move` closure": r"\bmove \|",
    "atomic": r"\bAtomic[A-Z]\w+|\.fetch_\w+\(",
    "channel": r"\bmpsc\b",
    "`Rc`": r"\bRc\b",
    "`Mutex`": r"\bMutex\b|\.lock\(",
    "`RwLock`": r"\bRwLock\b",
    "`async`": r"\basync\b|\.await\b",
}
_ROW = re.compile(r"^\| (?!concept|chapter|---)(.+?) \| (\S+) \| (.+?) \|(?: .* \|)?$", re.MULTILINE)
_WRITTEN = re.compile(r"// exercise: begin[^\n]*\n(.*?)^\s*// exercise: (?:stub|end)", re.MULTILINE | re.DOTALL)
_RUST = re.compile(r"^```\{code-cell\}[^\n]*\n(?:[^\n]*\n)??(?:\n)?%%rust[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
_FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
_NOT_CODE = re.compile(r'//[^\n]*|b?"(?:\\.|[^"\\])*"')


def section(name: str) -> str:
    page = (Path(__file__).parents[2] / "docs" / "journey.md").read_text(encoding="utf-8")
    return page.partition(f"## {name}\n")[2].partition("\n## ")[0]


def concepts() -> dict[str, str]:
    """Return the chapter in which each concept is first met."""
    return {concept: met for concept, met, _ in _ROW.findall(section("Concept by concept"))}


def code(desk: Desk) -> Iterator[tuple[str, str, str]]:
    """Give what learners write and read: the chapter, a name, and the code without comments and texts."""
    for exercise in desk.exercises:
        for body in _WRITTEN.findall(desk.solution(exercise).read_text(encoding="utf-8")):
            yield exercise.chapter, exercise.id, _NOT_CODE.sub('""', body)
    for chapter in desk.chapters:
        source = desk.root / "notebooks" / "src" / f"{chapter.slug}.md"
        if source.is_file():
            for number, cell in enumerate(_RUST.findall(source.read_text(encoding="utf-8")), start=1):
                yield chapter.slug, f"{chapter.slug}, Rust cell {number}", _NOT_CODE.sub('""', cell)
        questions = quizzes.folder(desk) / f"{chapter.slug}.toml"
        for item in quizzes.load(questions) if questions.is_file() else ():
            yield chapter.slug, f"question {chapter.slug}/{item.id}", _NOT_CODE.sub('""', item.code)


def test_the_page_and_the_signs_name_the_same_concepts() -> None:
    assert list(concepts()) == list(SIGNS)


@pytest.mark.parametrize("concept", SIGNS)
def test_nothing_is_asked_for_before_it_is_met(desk: Desk, concept: str) -> None:
    met = concepts()[concept]
    early = [
        f"{name}: {found.group().strip()}"
        for chapter, name, text in code(desk)
        if chapter < met and (found := re.search(SIGNS[concept], text))
    ]
    assert not early, f"{concept} is first met in {met}, and asked for before that in:\n" + "\n".join(early)


@pytest.mark.parametrize("concept", SIGNS)
def test_a_concept_is_named_in_the_chapter_in_which_it_is_first_met(desk: Desk, concept: str) -> None:
    met = concepts()[concept]
    source = desk.root / "notebooks" / "src" / f"{met}.md"
    if not source.is_file():
        pytest.fail(f"{concept} is first met in {met}, which has no notebook")
    prose = _FENCE.sub("", source.read_text(encoding="utf-8"))
    word = (concept.split("`")[1] if "`" in concept else concept.split()[0]).strip(".()")
    assert word.lower() in prose.lower(), f"{met} does not say what {concept} is"


def test_every_chapter_is_on_the_page_with_its_minutes(desk: Desk) -> None:
    told = {chapter: minutes for chapter, minutes, _ in _ROW.findall(section("Chapter by chapter"))}
    there = {chapter.slug: str(chapter.minutes) for chapter in desk.chapters if chapter.notebook}
    assert told == there
