"""The pictures in a real browser: driven by the keyboard, read by axe, in the light theme and in the dark one.

One JupyterLab and one notebook for all of them: starting either costs more than everything that is done with it.
"""

import http.client
from urllib.parse import urlsplit

import nbformat
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Lab
from tests.browser.test_learner import assert_accessible, assert_nothing_from_outside, folder_of_artefacts, open_and_run

SETUP = """%load_ext proxylings
import proxylings
from proxylings.lab import proxy_map, quiz, record_traffic, reference, show_traffic, step_states"""
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
TRAFFIC = """running = proxylings.proxy()
print(running.url)
show_traffic(running)"""
MAP = 'proxy_map("01-request")'
QUIZ = 'quiz("01-request/send_twice")'
CELLS = {
    "setup": SETUP, "stepper": STEPPER, "permissions": PERMISSIONS, "timeline": DEADLOCK, "traffic": TRAFFIC,
    "map": MAP, "quiz": QUIZ,
}  # fmt: skip


@pytest.fixture
def pictures(page: Page, lab: Lab) -> Page:
    """Open a notebook with one of each picture, and run it."""
    cells = [nbformat.v4.new_code_cell(one) for one in CELLS.values()]  # type: ignore[no-untyped-call]
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
def test_every_picture_is_used_by_the_keyboard_and_read_in_both_themes(pictures: Page, lab: Lab) -> None:
    step_the_states(pictures)
    replay_the_deadlock(pictures)
    watch_and_step_the_traffic(pictures)
    answer_by_keyboard(pictures.locator(".pxl-choice"))
    table = pictures.locator("table.pxl-permissions")
    expect(table.get_by_role("row", name="first.push_str")).to_contain_text("no read, no write, no move")
    expect(pictures.locator("svg.pxl-map")).to_have_count(1)

    # Tall enough for the tallest picture: what is scrolled out of its panel is on no screenshot.
    pictures.set_viewport_size({"width": 1280, "height": 1800})
    for theme in ("Light", "Dark"):
        wear(pictures, theme)
        picture_each(pictures, theme.lower())
        unfold(pictures, "node => !node.open && (node.open = node.dataset.unfolded = true)")
        assert_accessible(pictures)
        unfold(pictures, "node => node.dataset.unfolded && (node.open = false)")
    assert_nothing_from_outside(lab)


def step_the_states(page: Page) -> None:
    """Walk a connection through its states."""
    stepper = page.locator(".pxl-stepper")
    expect(stepper.locator(".pxl-now")).to_contain_text("Idle")
    pressed(stepper.get_by_role("button", name="Read: 100 bytes to ReadingHead"))
    expect(stepper.locator(".pxl-now")).to_contain_text("ReadingHead")
    # The keyboard goes on where it was: the same button is there again, and has the focus.
    expect(stepper.get_by_role("button", name="Read: 100 bytes")).to_be_focused()
    pressed(stepper.get_by_role("button", name="AnswerEnded can't happen here"))
    expect(stepper.locator(".pxl-now")).to_contain_text("Impossible")
    pressed(stepper.get_by_role("button", name="Back"))
    expect(stepper.locator(".pxl-now")).to_contain_text("ReadingHead")


def replay_the_deadlock(page: Page) -> None:
    """Go through a timeline from its first event to its last."""
    lanes = page.locator(".pxl-lanes-box")
    expect(lanes).to_contain_text("Deadlock:")
    pressed(lanes.get_by_role("button", name="From the start"))
    expect(lanes.get_by_role("status")).to_contain_text("main begins")
    pressed(lanes.get_by_role("button", name="Next"))
    expect(lanes.get_by_role("status")).to_contain_text("wants cache")
    lanes.get_by_role("slider").press("End")
    expect(lanes.get_by_role("status")).to_contain_text("closes the circle")


def watch_and_step_the_traffic(page: Page) -> None:
    """Send requests to the proxy that runs in the kernel, see them come, and step through what was seen."""
    cell = page.locator(".jp-CodeCell", has_text="show_traffic(running)")
    view = cell.locator(".pxl-traffic")
    expect(view).to_contain_text("Nothing has happened yet. Send the proxy a request.")
    place = urlsplit(cell.locator(".jp-OutputArea-output pre").first.inner_text().strip())
    client = http.client.HTTPConnection(place.hostname or "", place.port, timeout=10)
    for target in ("/bytes/10", "/<b>menu</b>"):
        client.request("GET", target)
        client.getresponse().read()
    requests = view.get_by_role("group", name="Requests (2): the table")
    expect(requests.get_by_role("row", name="GET /<b>menu</b>")).to_contain_text("reused 1, returned")
    expect(requests.get_by_role("row", name="GET /bytes/10")).to_contain_text("opened 1, returned")
    client.close()
    expect(view.get_by_role("group", name="Connections").last).to_contain_text("Idle → Closed")

    pressed(view.get_by_role("button", name="Stop listening"))
    expect(view).to_contain_text("No longer listening")
    pressed(view.get_by_role("button", name="From the start"))
    expect(view.get_by_role("status")).to_contain_text("Nothing has happened yet")
    forward = view.get_by_role("button", name="Next")
    pressed(forward)
    expect(view.get_by_role("status")).to_contain_text("client 1's connection is ReadingHead")
    expect(forward).to_be_focused()
    pressed(forward)
    expect(view.get_by_role("status")).to_contain_text("client 1 asks GET /bytes/10")
    pressed(view.get_by_role("button", name="Back"))
    expect(view.get_by_role("status")).to_contain_text("Event 1 of")
    slider = view.get_by_role("slider")
    slider.focus()
    slider.press("ArrowRight")
    expect(view.get_by_role("status")).to_contain_text("Event 2 of")
    slider.press("End")
    expect(view.get_by_role("status")).to_contain_text("is Closed")
    expect(requests.get_by_role("row")).to_have_count(3)


def answer_by_keyboard(question: Locator) -> None:
    """Choose the last answer and check it."""
    question.get_by_role("radio").last.focus()
    question.get_by_role("radio").last.press("Space")
    pressed(question.get_by_role("button", name="Check"))
    expect(question.get_by_role("status").first).not_to_be_empty()


def wear(page: Page, theme: str) -> None:
    """Choose a theme of JupyterLab."""
    page.get_by_role("menuitem", name="Settings", exact=True).click()
    page.locator(".lm-Menu-itemLabel").get_by_text("Theme", exact=True).click()
    page.locator(".lm-Menu-itemLabel").get_by_text(f"JupyterLab {theme}", exact=True).click()
    expect(page.locator("body")).to_have_attribute("data-jp-theme-light", str(theme == "Light").lower())


def unfold(page: Page, what: str) -> None:
    """Do something to everything that can be folded."""
    page.evaluate(f"document.querySelectorAll('.pxl details').forEach({what})")


def picture_each(page: Page, theme: str) -> None:
    """Keep a screenshot of each picture, for whoever looks at them."""
    for name, cell in zip(CELLS, page.locator(".jp-CodeCell").all(), strict=True):
        if name != "setup":
            shown = cell.locator(".jp-OutputArea-output:has([class*=pxl])").last
            shown.scroll_into_view_if_needed()
            shown.screenshot(path=folder_of_artefacts() / f"picture-{name}-{theme}.png")
