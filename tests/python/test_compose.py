"""Composing: any mix of parts builds, an edit is never stale, and the learner's manifest is never read."""

import os
import shutil
from pathlib import Path

import pytest

from proxylings import compose, native
from proxylings.course import Desk
from proxylings.errors import CompileFailed

REQUEST = b"GET /menu HTTP/1.1\r\n\r\n"


@pytest.fixture
def solved(desk_copy: Desk) -> Desk:
    """Give a desk on which the part is solved; cargo's output is shared with the repository's."""
    part = desk_copy.parts[0]
    shutil.copyfile(desk_copy.solution(part), desk_copy.source(part))
    return desk_copy


def noted(desk: Desk, word: str) -> Path:
    """Write `word` into the learner's hand_on and build the module."""
    part = desk.parts[0]
    text = desk.solution(part).read_text()
    desk.source(part).write_text(
        text.replace("String::from_utf8_lossy(head.method()).into_owned()", f'String::from("{word}")')
    )
    return compose.build_module(desk, {"request": "mine"})


def test_fifty_edits_in_a_row_are_never_stale(solved: Desk) -> None:
    for edit in range(50):
        module = native.load(noted(solved, f"edit {edit}"))
        assert module.request_hand_on(REQUEST) == (f"edit {edit}", "/menu")


def test_an_edit_that_is_taken_back_gives_the_old_code_again(solved: Desk) -> None:
    first, second, third = (noted(solved, word) for word in ("one", "two", "one"))
    assert first == third != second
    assert native.load(third).request_hand_on(REQUEST)[0] == "one"


def test_an_old_file_that_comes_back_with_its_old_time_is_not_stale(solved: Desk) -> None:
    path = solved.source(solved.parts[0])
    first = noted(solved, "one")
    old = path.stat()
    noted(solved, "two")
    path.write_text(path.read_text().replace("two", "one"))
    os.utime(path, ns=(old.st_atime_ns, old.st_mtime_ns))
    shutil.rmtree(first.parent)
    module = compose.build_module(solved, {"request": "mine"})
    assert native.load(module).request_hand_on(REQUEST)[0] == "one"


def test_a_mix_built_again_after_another_is_not_the_other(solved: Desk) -> None:
    mine = noted(solved, "mine")
    reference = compose.build_module(solved, compose.reference(solved))
    shutil.rmtree(mine.parent)
    shutil.rmtree(reference.parent)
    assert native.load(noted(solved, "mine")).request_hand_on(REQUEST)[0] == "mine"
    again = compose.build_module(solved, compose.reference(solved))
    assert native.load(again).request_hand_on(REQUEST)[0] == "GET"


def test_code_that_does_not_compile_shows_what_rustc_says(solved: Desk) -> None:
    solved.source(solved.parts[0]).write_text("pub fn cut() -> u8 { head }")
    with pytest.raises(CompileFailed, match="E0425"):
        compose.build_module(solved, {"request": "mine"})


def test_a_module_holds_what_was_asked_for_and_what_that_needs(solved: Desk) -> None:
    names = vars(native.load(compose.build_module(solved, {"request": "mine"})))
    assert "request_cut" in names
    assert [name for name in names if name.startswith(("headers", "pool", "rules"))] == []
    assert compose._features(solved, ["pipeline"]) == {"pipeline", "rules"}


def test_the_learners_manifest_and_build_script_are_never_used(solved: Desk) -> None:
    folder = solved.source(solved.parts[0]).parent.parent
    (folder / "Cargo.toml").write_text("this is no manifest")
    (folder / "build.rs").write_text('fn main() { panic!("a build script ran") }')
    assert native.load(noted(solved, "safe")).request_hand_on(REQUEST)[0] == "safe"


def test_the_proxy_builds_from_the_stub_from_mine_and_from_the_reference(solved: Desk) -> None:
    programs = {compose.build_proxy(solved, {"request": origin}) for origin in ("stub", "mine", "reference")}
    assert len(programs) == 3
    assert all(os.access(program, os.X_OK) for program in programs)


@pytest.mark.parametrize(
    ("mix", "expected"),
    [
        ({"request": "reference", "pool": "reference"}, "all parts: reference"),
        ({"request": "mine", "headers": "reference", "pool": "reference"}, "request: mine, the others: reference"),
        ({"request": "mine", "pool": "mine"}, "all parts: mine"),
        ({"request": "mine", "pool": "reference"}, "request: mine, the others: reference"),
    ],
)
def test_a_mix_is_described_by_what_is_unusual_in_it(mix: compose.Mix, expected: str) -> None:
    assert compose.described(mix) == expected
