"""A course of one drill and one part, small enough to be made anew for each test."""

from pathlib import Path

from proxylings import weave
from proxylings.course import Desk

COURSE = """
title = "small"
[[chapter]]
slug = "00-tour"
title = "A request's trip"
concept = "names"
minutes = 5
drills = [{ id = "greet", title = "A name that does not exist", minutes = 3, points = 1, stub = "E0425" }]
[[chapter]]
slug = "01-request"
title = "Who owns the request?"
concept = "ownership"
minutes = 60
part = { name = "request", title = "From a buffer to a request", stub = "todo", steps = [
  { id = "step_1_cut", title = "Cut the head off", minutes = 12, points = 6 },
  { id = "step_2_parse", title = "Move the bytes", minutes = 12, points = 4 },
] }
"""
DRILL = """//! One name is misspelled.

pub fn greet(method: &str) -> String {
    // exercise: begin
    format!("a {method} request")
    // exercise: stub
    // format!("a {metod} request")
    // exercise: end
}

#[cfg(test)]
mod tests {
    #[test]
    fn names_the_method() {
        assert_eq!(super::greet("GET"), "a GET request");
    }
}
"""
PART = """//! A part.

pub mod words;

pub fn cut() -> u8 {
    // exercise: begin
    1
    // exercise: stub
    // todo!("give back one")
    // exercise: end
}
"""
WORDS = "//! Words.\n"
HINTS = """
[{name}]
steps = ["a question?", "look at `format!`", "the shape"]
[{name}.codes]
E0425 = "No such name."
"""
RIGHT = DRILL.replace("{metod}", "{method}")


def small_desk(root: Path) -> Desk:
    """Lay a small course on the desk, with the stubs untouched."""
    texts = {
        "course.toml": COURSE,
        "Cargo.toml": "[workspace]\nmembers = []\n[workspace.dependencies]\n[profile.release]\nopt-level = 3\n",
        "solutions/00-tour/drills/greet.rs": DRILL,
        "solutions/01-request/src/lib.rs": PART,
        "solutions/01-request/src/words.rs": WORDS,
        "solutions/01-request/Cargo.toml": '[package]\nname = "part-request"\n[dependencies]\n',
        "tests/parts/01_request.rs": "mod step_1_cut {\n    #[test]\n    fn gives_one() {}\n}\n",
        "notebooks/hints/00-tour.toml": HINTS.format(name="greet"),
        "notebooks/hints/01-request.toml": HINTS.format(name="request"),
    }
    for name, text in texts.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    desk = Desk(root)
    weave.write(weave.stubs(desk))
    return desk
