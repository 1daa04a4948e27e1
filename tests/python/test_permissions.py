"""Who may do what with which variable, as the compiler says it: whole tables, written by hand.

Each table was written from the rules of borrowing before the tool was asked. Where rustc is subtle, a comment says so.
"""

import re
from pathlib import Path

import pytest

from proxylings.lab import permissions, permissions_view

SNIPPETS = Path(__file__).parent / "permissions"


def expected(source: str) -> dict[int, dict[str, str]]:
    """Read the comments `//? v:RWM r:R·M` at the ends of lines."""
    found = {}
    for number, line in enumerate(source.splitlines(), start=1):
        if marked := re.search(r"//\? (.*)$", line):
            found[number] = dict(entry.rsplit(":", 1) for entry in marked[1].split())
    return found


def told(found: permissions.Permissions) -> dict[int, dict[str, str]]:
    return {
        row.line: {variable.name: held.letters for variable, held in row.held.items()}
        for asked in found.functions
        for row in asked.rows
    }


@pytest.mark.parametrize("path", sorted(SNIPPETS.glob("*.rs")), ids=lambda path: path.stem)
def test_a_snippet_gives_the_table_that_its_comments_show(path: Path) -> None:
    source = path.read_text()
    found = permissions.ask(source)
    assert not found.problem
    assert told(found) == expected(source), permissions_view.to_text(found)


def test_a_move_in_a_loop_names_the_line_that_moved() -> None:
    found = permissions.ask((SNIPPETS / "a_move_in_a_loop_is_missed_in_the_next_turn.rs").read_text())
    assert (
        "`head` can't be read, written or moved in line 5, because of line 5: `head` was moved away"
        in permissions_view.to_text(found)
    )


def test_a_lost_write_names_the_loan_and_the_line_that_needs_it() -> None:
    found = permissions.ask((SNIPPETS / "a_shared_borrow_takes_write_and_move.rs").read_text())
    assert "`head` can't be written or moved in line 3, because of line 2" in permissions_view.to_text(found)


NOT_ASKED = [
    ("let size = 1;\nlet wait = || {\n    let inner = size;\n    inner\n};\nwait();", "lines 2 to 5 are a closure"),
    ("let size = 1;\nlet wait = async {\n    let inner = size;\n};\ndrop(wait);", "lines 2 to 4 are an async block"),
    ('let size = 1;\nprintln!(\n    "{size}"\n);', "lines 2 to 4 are a macro"),
    ("const fn twice(size: usize) -> usize {\n    size * 2\n}", "lines 1 to 3 are a const function"),
    ("const LIMIT: usize = {\n    let size = 1;\n    size\n};", "lines 1 to 4 are a constant"),
    ("macro_rules! log {\n    ($x:expr) => { let a = $x; };\n}", "lines 1 to 3 are a macro"),
    ("trait Filter {\n    fn run(&self) -> u8 {\n        1\n    }\n}", "lines 2 to 4 are a method of a trait"),
    (
        "struct Head(u8);\nimpl Drop for Head {\n    fn drop(&mut self) {\n        self.0 = 0;\n    }\n}",
        "lines 3 to 5 are a method of a trait",
    ),
]


@pytest.mark.parametrize(("source", "said"), NOT_ASKED, ids=[said.split(" are ")[1] for _, said in NOT_ASKED])
def test_what_no_probe_can_stand_in_is_named(source: str, said: str) -> None:
    found = permissions.ask(source)
    for shown in (permissions_view.to_text(found), permissions_view.to_html(found)):
        assert f"{said}: its inside can" in shown


@pytest.mark.parametrize(
    "source",
    [
        "fn keep<T: Clone, const N: usize>(values: [T; N]) -> [T; N] {\n    let kept = values;\n    kept\n}",
        "struct Slot<T>(T);\nimpl<T> Slot<T> {\n    fn put(&mut self, one: T) {\n        self.0 = one;\n    }\n}",
        "fn call(step: impl Fn(u8) -> u8, at: u8) -> u8 {\n    let next = step(at);\n    next\n}",
    ],
    ids=["const generics", "a generic impl", "impl Trait"],
)
def test_generic_functions_are_asked(source: str) -> None:
    found = permissions.ask(source)
    assert found.functions
    assert not found.problem


def test_a_program_whose_types_are_wrong_says_that_rustc_stops_before() -> None:
    found = permissions.ask('let size: usize = "one";\nlet other = size;\ndrop(other);')
    assert found.problem.startswith("rustc does not come as far as permissions. Line 1: ")


def test_there_are_forty_tables() -> None:
    assert len(list(SNIPPETS.glob("*.rs"))) >= 40
