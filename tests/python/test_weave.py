"""Weaving: solutions to stubs, notebook sources to notebooks."""

import json

import pytest

from proxylings import weave
from proxylings.errors import CourseError

SOLUTION = """//! What it is.

pub fn cut() -> u8 {
    // exercise: begin cut
    let seven = 7;
    seven
    // exercise: stub
    // todo!("give back seven")
    // exercise: end
}
"""
CELL = "```{code-cell} ipython3\n:tags: [nbval-check-output]\n\nprint(1)\n```\n"


def test_a_stub_has_the_task_in_place_of_the_body() -> None:
    stub = weave.stub(SOLUTION)
    assert '    todo!("give back seven")\n}' in stub
    assert "seven = 7" not in stub
    assert "exercise:" not in stub


def test_a_stub_with_a_todo_allows_what_is_unused_below_its_doc_comment() -> None:
    lines = weave.stub(SOLUTION).splitlines()
    assert lines[0] == "//! What it is."
    assert lines[2].startswith("#![allow(unused)]")


def test_an_answer_replaces_one_marked_body_and_keeps_the_rest() -> None:
    woven = weave.answer(SOLUTION, {"cut": "    8\n"})
    assert "    8\n}" in woven
    assert "seven" not in woven
    assert weave.answer(SOLUTION, {}).count("seven") == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("// exercise: begin\n1\n", "does not end"),
        ("// exercise: stub\n", "without `exercise: begin`"),
        ("// exercise: begin\n// exercise: end\n", "without `exercise: stub`"),
        ("// exercise: begin\n// exercise: begin\n", "inside another"),
        ("// exercise: begin\n// exercise: stub\nlet x;\n// exercise: end\n", "a stub line is a comment"),
    ],
)
def test_a_broken_mark_is_named_with_its_file(text: str, said: str) -> None:
    with pytest.raises(CourseError, match=said) as caught:
        weave.stub(text, "solutions/x.rs")
    assert "solutions/x.rs" in str(caught.value)


def test_an_answer_for_a_mark_that_does_not_exist_is_refused() -> None:
    with pytest.raises(CourseError, match="no mark 'parse'"):
        weave.answer(SOLUTION, {"parse": ""})


def test_a_notebook_is_the_same_bytes_each_time_and_has_no_null_counts() -> None:
    source = f"# Title\n\n{CELL}\n```{{output}}\n1\n```\n\nText after.\n"
    text = weave.notebook(source, "x")
    assert text == weave.notebook(source, "x")
    cells = json.loads(text)["cells"]
    assert [cell["cell_type"] for cell in cells] == ["markdown", "code", "markdown"]
    assert cells[1]["execution_count"] == 1
    assert cells[1]["outputs"][0]["text"] in ("1\n", ["1\n"])
    assert len({cell["id"] for cell in cells}) == 3


def test_a_checked_cell_without_an_output_is_refused() -> None:
    with pytest.raises(CourseError, match=r"has no \{output\} block"):
        weave.notebook(CELL, "x")


def test_instructor_cells_are_for_instructors_only() -> None:
    source = 'Hello.\n\n+++ {"tags": ["instructor"]}\n\nAsk them.\n\n+++\n\nGo on.\n'
    assert "Ask them" not in weave.notebook(source, "x")
    assert "Ask them" in weave.notebook(source, "x", instructor=True)
