"""The map in every chapter: its part is lit, and the learner's own parts say so, in the drawing and in words."""

import html
import re

import pytest

from proxylings.course import Desk, Exercise, find_desk
from proxylings.grader import desk as operations
from proxylings.lab import proxy_map

PARTS = {part.name: part.chapter for part in find_desk().parts}


@pytest.mark.parametrize("name", PARTS)
def test_the_part_of_a_chapter_is_lit_and_nothing_else(name: str) -> None:
    shown = proxy_map(PARTS[name])
    assert re.findall(r'pxl-lit">.*?class="pxl-name"[^>]*>(\w+)<', shown.html) == [name]
    assert f"this chapter builds {name}</title>" in shown.html
    assert next(line for line in shown.text.splitlines() if "this chapter" in line).split()[1].rstrip(":") == name


@pytest.mark.parametrize("name", PARTS)
def test_a_part_that_passes_is_the_learners_in_every_chapter(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def passed(_: Desk, exercise: Exercise) -> bool:
        return exercise.chapter == PARTS[name]

    monkeypatch.setattr(operations, "has_passed", passed)
    for chapter in ("00-tour", *PARTS.values()):
        shown = proxy_map(chapter)
        drawn = re.findall(r'pxl-is-yours[^"]*">.*?class="pxl-name"[^>]*>(\w+)<', shown.html)
        assert drawn == [name], chapter
        told = [line for line in shown.text.splitlines() if "yours" in line]
        assert len(told) == 1, chapter
        line = told[0].split(maxsplit=1)[1]  # behind its number or its dash
        assert line.startswith(f"{name}: "), chapter
        assert f"<li>{line}</li>" in html.unescape(shown.html), chapter


def test_a_chapter_without_a_part_lights_nothing() -> None:
    shown = proxy_map("00-tour")
    assert 'pxl-lit"' not in shown.html
    assert "this chapter" not in shown.text
