"""A quiz in a real browser, by the keyboard alone: a wrong answer, another question like it, and the page anew."""

import json

import nbformat
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Lab
from tests.browser.test_learner import artefact, assert_accessible, assert_nothing_from_outside, open_and_run

QUIZ = """
[[item]]
id = "alone"
use = "recap"
kind = "choice"
question = "Who owns the socket?"
option = [{ text = "the pool", right = true, why = "It lent it." }, { text = "nobody", why = "Somebody always does." }]

[[item]]
id = "line"
use = "recap"
kind = "tracing"
pool = "moves"
question = "Which line does rustc refuse?"
code = '''
let head = vec![1u8];
drop(head);
drop(head);
'''
outcome = { fails = "E0382", line = 3 }
otherwise = "This line is fine."
option = [{ line = 2, why = "The first drop owns it." }, { line = 3, right = true, why = "It is gone by then." }]

[[item]]
id = "text"
use = "recap"
kind = "choice"
pool = "moves"
question = "Who frees a head that was moved?"
option = [{ text = "both", why = "There is one." }, { text = "the new owner", right = true, why = "The only one." }]
"""


@pytest.fixture
def questions(page: Page, lab: Lab) -> Page:
    """Open a notebook with a quiz of one question and one pool, and run it."""
    (lab.desk.root / "notebooks" / "quizzes" / "90-pools.toml").write_text(QUIZ)
    cell = nbformat.v4.new_code_cell('from proxylings.lab import quiz\nquiz("90-pools")')  # type: ignore[no-untyped-call]
    book = nbformat.v4.new_notebook(cells=[cell], metadata={"kernelspec": {  # type: ignore[no-untyped-call]
        "display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}})  # fmt: skip
    (lab.desk.root / "notebooks" / "questions.ipynb").write_text(nbformat.writes(book))  # type: ignore[no-untyped-call]
    open_and_run(page, lab, "questions")
    return page


def answer(form: Locator, *, right: bool) -> None:
    """Choose the right or the wrong option of a question, and press Enter in it, without a mouse."""
    words = ("It is gone|The only one|It lent") if right else ("The first drop|There is one")
    radios = form.get_by_role("radio")
    for at in range(radios.count()):
        radios.nth(at).focus()
        form.page.keyboard.press("Space")
        form.page.keyboard.press("Enter")
        told = form.get_by_role("status").inner_text()
        if any(word in told for word in words.split("|")):
            return
    raise AssertionError(f"no answer of this question says {words}")


@pytest.mark.timeout(420)
def test_a_wrong_answer_offers_another_question_of_its_pool(questions: Page, lab: Lab) -> None:
    quiz = questions.locator(".pxl-choice")
    pool = quiz.locator(".pxl-item").nth(1)
    expect(pool.locator("form")).to_have_count(1)
    first = pool.locator("form").nth(0)
    asked = first.locator("legend").inner_text()
    another = pool.get_by_role("button", name="Try another one like it")
    expect(another).to_have_count(0)

    answer(first, right=False)
    expect(first.get_by_role("status")).to_contain_text("Not this one. Read why.")
    another.focus()
    assert_accessible(questions)
    questions.keyboard.press("Enter")
    second = pool.locator("form").nth(1)
    expect(second.get_by_role("radio").first).to_be_focused()
    # The first can be read, and not be answered again.
    expect(first.get_by_role("radio").first).to_be_disabled()
    expect(first.get_by_role("status")).to_contain_text("Not this one.")
    expect(first.get_by_role("button")).to_have_count(0)

    answer(second, right=False)
    expect(second.get_by_role("status")).to_contain_text("then try again")
    expect(another).to_have_count(0)
    answer(second, right=True)
    expect(second.get_by_role("status")).to_contain_text("Right.")
    expect(quiz.locator(".pxl-score")).to_have_text("1 of 2 right")
    assert_accessible(questions)
    artefact(questions, "questions")

    kept = json.loads((lab.desk.state / "quiz.json").read_text())
    assert kept["pools"]["90-pools/moves"]["asked"] == 2
    open_and_run(questions, lab, "questions")
    expect(pool.locator("form")).to_have_count(2)
    expect(first.locator("legend")).to_have_text(asked)
    expect(second.get_by_role("status")).to_contain_text("Right.")

    # Where an answer can't be kept, the learner is told: nobody would see the kernel's error.
    (lab.desk.state / "quiz.json").unlink()
    (lab.desk.state / "quiz.json").mkdir()
    answer(quiz.locator("form").nth(0), right=True)
    expect(quiz.get_by_role("alert")).to_contain_text("is not kept")
    assert_nothing_from_outside(lab)
