"""A learner's way through the course in a real browser: open, run, try, fail, mend, go green, run the proxy."""

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Lab

MISTAKE = """
pub fn mistake(head: Vec<u8>) -> usize {
    drop(head);
    head.len()
}
"""
RUN_SECONDS = 180


def open_notebook(page: Page, lab: Lab, slug: str) -> None:
    """Open a notebook, and wait for its kernel."""
    page.goto(lab.notebook(slug))
    expect(page.locator(".jp-Notebook .jp-Cell").first).to_be_visible()
    # The kernel has to be there before the menu does anything.
    expect(page.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible()


def open_and_run(page: Page, lab: Lab, slug: str) -> None:
    """Open a notebook and run all its cells."""
    open_notebook(page, lab, slug)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    # In both notebooks the last cell shows a picture or a question of ours.
    last = page.locator(".jp-CodeCell").last.locator(".jp-OutputArea-output [class*=pxl]").first
    expect(last).to_be_visible(timeout=RUN_SECONDS * 1000)


def panel(page: Page, wanted: str) -> Locator:
    """Return the panel of an exercise."""
    return page.locator(f".pxl-panel[data-exercise='{wanted}']")


def folder_of_artefacts() -> Path:
    """Return where CI picks screenshots up."""
    folder = Path(os.environ.get("PROXYLINGS_ARTEFACTS", ".proxylings/artefacts"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def artefact(page: Page, name: str) -> None:
    """Keep a screenshot where CI can pick it up."""
    page.screenshot(path=folder_of_artefacts() / f"{name}.png")


def assert_accessible(page: Page) -> None:
    """Run axe on what our code put into the page, and on nothing else."""
    assert page.locator("[class*=pxl-]").count() > 0
    results = Axe().run(page, context={"include": [[".jp-OutputArea-output:has([class*=pxl-])"]]})
    assert results.violations_count == 0, results.generate_report()


def assert_nothing_from_outside(lab: Lab) -> None:
    """Every address that the page asked for lies on this machine."""
    hosts = {urlsplit(address).hostname for address in lab.asked if not address.startswith(("data:", "blob:"))}
    assert hosts <= {"127.0.0.1", "localhost"}, hosts


@pytest.mark.timeout(420)
def test_the_first_green_and_the_trip_through_the_proxy(page: Page, lab: Lab) -> None:
    open_and_run(page, lab, "00-tour")
    drill = lab.desk.exercise("00-tour/first_green")
    mine = panel(page, drill.id)
    mine.get_by_role("button", name="Check now").click()
    expect(mine).to_contain_text("E0425")
    lab.desk.source(drill).write_text(lab.desk.solution(drill).read_text())
    expect(mine).to_have_attribute("data-mark", "pass")
    assert_accessible(page)
    artefact(page, "00-tour")
    open_again_without_the_kernel(page, lab, "00-tour")
    expect(panel(page, drill.id)).to_contain_text("run its cell again")
    expect(page.get_by_text("model not found")).to_have_count(0)
    assert_nothing_from_outside(lab)


def run_again(page: Page, code: str) -> Locator:
    """Run the cell with `code` once more, and return where its output comes."""
    cell = page.locator(".jp-CodeCell", has_text=code)
    cell.locator(".jp-InputArea").click()
    page.keyboard.press("Shift+Enter")
    cell.scroll_into_view_if_needed()
    return cell.locator(".jp-OutputArea")


def predict_by_keyboard(page: Page) -> None:
    """Answer the first prediction of chapter 01 without a mouse; nothing is shown before that."""
    output = page.locator(".jp-CodeCell", has_text="--predict 01-request/p_move").locator(".jp-OutputArea")
    expect(output).not_to_contain_text("only the owner changed")
    output.get_by_role("radio").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(output.get_by_role("radio").nth(1)).to_be_checked()
    page.keyboard.press("Tab")
    expect(output.get_by_role("button", name="Predict and show")).to_be_focused()
    page.keyboard.press("Enter")
    expect(output.get_by_role("status").first).to_contain_text("only the owner changed")
    expect(output.get_by_role("region", name="What happened")).to_contain_text("18 bytes")


def open_again_without_the_kernel(page: Page, lab: Lab, slug: str) -> None:
    """Save the notebook, end its kernel, and load the page anew."""
    page.get_by_role("menuitem", name="File", exact=True).click()
    with page.expect_response(lambda reply: reply.request.method == "PUT" and "/api/contents/" in reply.url):
        page.get_by_role("menuitem", name=re.compile("^Save Notebook(?! As)")).click()
    headers = {"Authorization": f"token {lab.token}"}
    for session in page.request.get(f"{lab.base}api/sessions", headers=headers).json():
        page.request.delete(f"{lab.base}api/sessions/{session['id']}", headers=headers)
    page.goto("about:blank")
    page.goto(lab.notebook(slug))
    expect(page.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible()


@pytest.mark.timeout(600)
def test_a_learner_solves_the_part_and_runs_it_in_the_proxy(page: Page, lab: Lab) -> None:
    open_and_run(page, lab, "01-request")
    predict_by_keyboard(page)
    part = lab.desk.exercise("01-request")
    source, solution = lab.desk.source(part), lab.desk.solution(part).read_text()
    mine = panel(page, part.id)
    mine.get_by_role("button", name="Check now").click()
    expect(mine).to_contain_text("Step 1: ask syntax::end_of_head")
    mine.get_by_role("button", name="Hint").click()
    expect(mine).to_contain_text("Hint 1 of 3")

    source.write_text(solution + MISTAKE)
    expect(mine).to_contain_text("E0382")
    source.write_text(solution.replace("buffer.clear();", ""))
    expect(mine).to_contain_text("gives back an empty buffer when nothing is left")
    source.write_text(solution)
    expect(mine).to_have_attribute("data-mark", "pass")
    mine.scroll_into_view_if_needed()
    artefact(page, "01-request-green")

    running = run_again(page, 'proxy = run_proxy("mine")')
    expect(running).to_contain_text("request: mine", timeout=RUN_SECONDS * 1000)
    artefact(page, "01-request-running")
    measured = run_again(page, 'bench("request.parse", data)')
    expect(measured.get_by_role("row", name=re.compile("^mine"))).to_contain_text("ns", timeout=RUN_SECONDS * 1000)
    expect(measured.get_by_role("row", name=re.compile("^Python"))).to_contain_text("ns")
    assert_accessible(page)
    assert_nothing_from_outside(lab)
