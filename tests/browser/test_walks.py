"""A learner walks a chapter of each kind in a real browser: predicts, errs, takes a hint, goes green, runs the proxy.

Of each notebook, it runs the cells that it needs. Answers come from tests/wrong and
solutions/. A new chapter is a line in `WALKS`.
"""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from proxylings import samples
from proxylings.grader import desk as operations
from tests.browser.conftest import Lab
from tests.browser.test_learner import (
    RUN_SECONDS,
    artefact,
    assert_accessible,
    assert_nothing_from_outside,
    open_notebook,
    panel,
    run_again,
)
from tests.conftest import ROOT

# A proxy is built from nothing on the way; a machine that does other things beside it takes its time.
WAIT = RUN_SECONDS * 2000


@dataclass(frozen=True)
class Walk:
    """A way through a chapter.

    `wrong` is an answer to `drill` in tests/wrong; `prepares` are texts of cells to run before the one that has `runs`.
    """

    slug: str
    predict: str
    drill: str
    wrong: str
    runs: str
    prepares: tuple[str, ...] = ()


# Ownership, states, safe concurrency. (Chapter 01 is walked in test_learner.py, with its part.)
WALKS = [
    Walk(
        "02-headers",
        "p_two_writers",
        "evict_the_dead",
        "while_iterating",
        'proxy = run_proxy("mine", upstream=upstream)',
        ("class Orders", "hidden = b"),
    ),
    Walk("04-connection", "p_flags", "flags_to_states", "the_last_flag_decides", "watcher = watch_states(proxy"),
    Walk(
        "07-balancer",
        "p_move_copy",
        "the_counter_outside",
        "move_shares_the_variable",
        'proxy = run_proxy("mine", config=settings)',
    ),
]


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("walk", WALKS, ids=lambda walk: walk.slug)
def test_a_learner_walks_a_chapter(walk: Walk, page: Page, lab: Lab) -> None:
    open_notebook(page, lab, walk.slug)
    run_again(page, "%load_ext proxylings")
    predict(page, walk)
    solve_the_drill(page, lab, walk)
    run_for_real(page, lab, walk)
    assert_accessible(page)
    artefact(page, f"walk-{walk.slug}")
    assert_nothing_from_outside(lab)


def predict(page: Page, walk: Walk) -> None:
    """Answer a prediction by the keyboard; what happens is shown after it, and not before."""
    output = run_again(page, f"--predict {walk.slug}/{walk.predict}")
    radio = output.get_by_role("radio").first
    expect(radio).to_be_visible(timeout=WAIT)
    expect(output.get_by_role("region", name="What happened")).to_have_count(0)
    radio.focus()
    page.keyboard.press("Space")
    button = output.get_by_role("button", name="Predict and show")
    button.focus()
    page.keyboard.press("Enter")
    expect(output.get_by_role("status").first).to_contain_text(re.compile("Right|Not quite"))
    expect(output.get_by_role("region", name="What happened")).to_be_visible()


def solve_the_drill(page: Page, lab: Lab, walk: Walk) -> None:
    """Save a wrong answer, read what it gets, take a hint, and save the right one."""
    drill = lab.desk.exercise(f"{walk.slug}/{walk.drill}")
    run_again(page, f'exercise("{drill.id}")')
    mine = panel(page, drill.id)
    expect(mine).to_be_visible(timeout=WAIT)
    source, solution = lab.desk.source(drill), lab.desk.solution(drill).read_text()
    wrong = samples.find(ROOT / "tests" / "wrong", drill, walk.wrong)
    source.write_text(wrong.source(solution))
    expect(mine).to_have_attribute("data-mark", "fail", timeout=WAIT)
    expect(mine).to_contain_text(wrong.says.replace("`", ""))
    mine.get_by_role("button", name="Hint").click()
    expect(mine).to_contain_text("Hint 1 of 3")
    source.write_text(solution)
    expect(mine).to_have_attribute("data-mark", "pass", timeout=WAIT)


def run_for_real(page: Page, lab: Lab, walk: Walk) -> None:
    """Solve the part, and run the proxy that has it inside."""
    part = lab.desk.exercise(walk.slug)
    lab.desk.source(part).write_text(lab.desk.solution(part).read_text())
    assert operations.check_and_record(lab.desk, part).passed
    for text in walk.prepares:
        run_again(page, text)
    running = run_again(page, walk.runs)
    expect(running).to_contain_text(f"{part.name}: mine", timeout=WAIT)
