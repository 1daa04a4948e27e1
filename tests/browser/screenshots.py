"""Make the screenshots of the documentation: `python -m tests.browser.screenshots [SLUG …]`.

Opens each chapter's notebook in JupyterLab on a fresh desk, runs it, and saves docs/screenshots/SLUG.png, scrolled to a
picture of that chapter. Needs chromium; takes about a minute a chapter. Without a slug: every chapter with a notebook.
"""

import os
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Lab, chromium, serving
from tests.browser.test_learner import open_notebook
from tests.conftest import ROOT, fill_desk

FOLDER = ROOT / "docs" / "screenshots"
WIDTH, HEIGHTS = 1100, (900, 750, 600)
MOST_BYTES = 250_000
_RUN_MS = 600_000
# What tells most about a chapter. The first that the notebook shows is taken; those of every chapter stand last.
PICTURES = {
    "00-tour": ["svg.pxl-map"],
    "01-request": [".pxl-diagnostic:has(.pxl-caret)"],
    "02-headers": ["table.pxl-permissions"],
    "04-connection": [".pxl-stepper"],
    "05-rules": [".pxl-diagnostic:has(.pxl-caret)"],
    "06-pipeline": [".pxl-diagnostic:has(.pxl-caret)"],
    "07-balancer": [".pxl-lanes-box"],
    "08-cache": [".pxl-traffic"],
}
ANY = [".pxl-traffic", ".pxl-stepper", ".pxl-lanes-box", "table.pxl-permissions", ".pxl-diagnostic", "svg.pxl-map"]


def main(slugs: list[str]) -> int:
    """Make the screenshots of these chapters, or of all; return the exit code."""
    chapters = [path.stem for path in sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))]
    if unknown := [slug for slug in slugs if slug not in chapters]:
        print(f"There is no notebook {', '.join(unknown)}. There are: {', '.join(chapters)}.", file=sys.stderr)
        return 2
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ["CARGO_TARGET_DIR"] = str(ROOT / ".proxylings" / "tests" / "target")
        # The same place each time: a desk at another one would be built anew.
        desk = fill_desk(ROOT / ".proxylings" / "screenshots")
        with serving(desk, Path(home)) as lab, chromium() as browser:
            page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHTS[0]})
            page.set_default_timeout(60_000)
            for slug in slugs or chapters:
                path = FOLDER / f"{slug}.png"
                print(f"{path.relative_to(ROOT)}: {make(page, lab, slug, path)}", flush=True)
    return 0


def make(page: Page, lab: Lab, slug: str, path: Path) -> str:
    """Save one screenshot; say what it shows, and its size."""
    page.set_viewport_size({"width": WIDTH, "height": HEIGHTS[0]})
    open_notebook(page, lab, slug)
    if page.locator("#jp-left-stack").is_visible():
        page.keyboard.press("Control+b")
    run_all(page)
    shown, what = picture(page, slug)
    for height in HEIGHTS:
        page.set_viewport_size({"width": WIDTH, "height": height})
        # The cell above its output, where there is room: the code belongs to the picture.
        shown.evaluate("""node => {
            const cell = node.closest(".jp-Cell"), panel = node.closest(".jp-WindowedPanel-outer");
            const fits = node.getBoundingClientRect().bottom - cell.getBoundingClientRect().top < panel.clientHeight;
            (fits ? cell : node).scrollIntoView({ block: "start" });
        }""")
        page.screenshot(path=path)
        if path.stat().st_size <= MOST_BYTES:
            break
    return f"{what}, {path.stat().st_size // 1000} kB"


def run_all(page: Page) -> None:
    """Run all cells, and wait until the last one has run."""
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    last = page.locator(".jp-CodeCell").last.locator(".jp-InputPrompt")
    expect(last).to_have_text("[*]:")
    expect(last).not_to_have_text("[*]:", timeout=_RUN_MS)
    # The last pictures are drawn behind the last answer of the kernel.
    expect(page.get_by_text("Python 3 (ipykernel) | Idle")).to_be_visible(timeout=_RUN_MS)


def picture(page: Page, slug: str) -> tuple[Locator, str]:
    """Return the picture that stands for a chapter, and its selector."""
    for selector in [*PICTURES.get(slug, []), *ANY]:
        found = page.locator(f".jp-OutputArea-output {selector}").locator("visible=true")
        if found.count():
            return found.first, selector
    raise SystemExit(f"{slug} shows no picture: look at the notebook, or add one to PICTURES.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
