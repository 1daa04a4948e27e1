"""The pictures in a real browser: driven by the keyboard, read by axe, and again as a page without a kernel."""

import nbformat
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Lab
from tests.browser.test_learner import artefact, assert_accessible, assert_nothing_from_outside, open_and_run

SETUP = "%load_ext proxylings\nfrom proxylings.lab import reference, step_states"
STEPPER = "step_states(reference.connection)"
PERMISSIONS = """%%rust --permissions
let mut targets = vec![String::from("/menu")];
let first = &mut targets[0];
first.push_str("/cake");
targets.push(String::from("/tea"));
"""
DEADLOCK = """%%rust --deadlock
use lab::{sync::{Arc, Mutex, mpsc}, thread};
let (cache, log) = (Arc::new(Mutex::named("cache", 1)), Arc::new(Mutex::named("log", 2)));
let (sender, receiver) = mpsc::channel();
let mine = cache.lock().unwrap();
let worker = thread::named("worker", { let (cache, log) = (cache.clone(), log.clone()); move || {
    let _held = log.lock().unwrap();
    sender.send(()).unwrap();
    let _both = cache.lock().unwrap();
}});
receiver.recv().unwrap();
let _both = log.lock().unwrap();
"""


@pytest.fixture
def pictures(page: Page, lab: Lab) -> Page:
    """Open a notebook with one of each picture, and run it."""
    cells = [nbformat.v4.new_code_cell(one) for one in (SETUP, STEPPER, PERMISSIONS, DEADLOCK)]  # type: ignore[no-untyped-call]
    book = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": {  # type: ignore[no-untyped-call]
        "display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}})  # fmt: skip
    text: str = nbformat.writes(book)  # type: ignore[no-untyped-call]
    (lab.desk.root / "notebooks" / "pictures.ipynb").write_text(text)
    open_and_run(page, lab, "pictures")
    return page


def pressed(button: Locator) -> None:
    """Press a button by the keyboard alone."""
    button.focus()
    button.press("Enter")


@pytest.mark.timeout(420)
def test_states_are_stepped_and_a_deadlock_is_replayed_by_the_keyboard(pictures: Page, lab: Lab) -> None:
    stepper = pictures.locator(".pxl-stepper")
    expect(stepper.locator(".pxl-now")).to_contain_text("Idle")
    pressed(stepper.get_by_role("button", name="Read: 100 bytes to ReadingHead"))
    expect(stepper.locator(".pxl-now")).to_contain_text("ReadingHead")
    # The keyboard goes on where it was: the same button is there again, and has the focus.
    expect(stepper.get_by_role("button", name="Read: 100 bytes")).to_be_focused()
    pressed(stepper.get_by_role("button", name="AnswerEnded can't happen here"))
    expect(stepper.locator(".pxl-now")).to_contain_text("Impossible")
    pressed(stepper.get_by_role("button", name="Back"))
    expect(stepper.locator(".pxl-now")).to_contain_text("ReadingHead")

    table = pictures.locator("table.pxl-permissions")
    expect(table.get_by_role("row", name="first.push_str")).to_contain_text("no read, no write, no move")

    lanes = pictures.locator(".pxl-lanes-box")
    expect(lanes).to_contain_text("Deadlock:")
    pressed(lanes.get_by_role("button", name="From the start"))
    expect(lanes.get_by_role("status")).to_contain_text("main begins")
    pressed(lanes.get_by_role("button", name="Next"))
    expect(lanes.get_by_role("status")).to_contain_text("wants cache")
    lanes.get_by_role("slider").press("End")
    expect(lanes.get_by_role("status")).to_contain_text("closes the circle")

    for details in pictures.locator(".pxl details").all():
        details.evaluate("node => { node.open = true }")
    assert_accessible(pictures)
    artefact(pictures, "pictures")
    assert_nothing_from_outside(lab)
