"""Text that a learner had a hand in: what is taken out, where it is cut, and how each place escapes it."""

import csv
import html
import io
import time

import pytest
from markdown_it import MarkdownIt

from proxylings.grader import text
from tests.formats.readers import UNSAFE
from tests.formats.samples import HOSTILE

SHORT = {name: value[:5_000] for name, value in HOSTILE.items()}
EACH = pytest.mark.parametrize("given", SHORT.values(), ids=SHORT)
MARK = "\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("GET / HTTP/1.1\r\nHost: a\r\n", "GET / HTTP/1.1\nHost: a\n"),
        ("a\tb", "a\tb"),
        ("\x1b[1;31mred\x1b[0m", "red"),
        ("\x1b]0;a title\x07after", "after"),
        ("\x1b]8;;https://example.org\x1b\\a link\x1b]8;;\x1b\\", "a link"),
        ("\x9b31mred", "red"),
        ("\x1b(Bnormal \x1bc", "normal "),
        ("\x1b[\x1b[0m0m", "0m"),
        ("one\rtwo\x00\x7f", f"one{MARK}two{MARK}{MARK}"),
        ("a\u202eb", f"a{MARK}b"),
        ("half \ud83e of a crab", f"half {MARK} of a crab"),
        ("🦀 é \u0301 汉", "🦀 é \u0301 汉"),
    ],
)
def test_escapes_go_and_control_characters_are_marked(given: str, shown: str) -> None:
    assert text.plain(given) == shown


@EACH
def test_nothing_unsafe_is_left_and_cleaning_keeps_columns(given: str) -> None:
    assert not UNSAFE.search(text.plain(given))
    assert not UNSAFE.search(text.clean(given))
    assert len(text.clean(given)) == len(given.replace("\r\n", "\n"))
    assert text.plain(text.plain(given)) == text.plain(given)


@pytest.mark.parametrize("longest", [0, 1, 20, 500])
@pytest.mark.parametrize("given", HOSTILE.values(), ids=HOSTILE)
def test_an_excerpt_is_never_longer_and_says_that_it_was_cut(given: str, longest: int) -> None:
    shown = text.excerpt(given, longest)
    assert len(shown) <= longest
    assert text.excerpt(shown, longest) == shown
    if longest == 500 and len(text.plain(given[:10_000])) > 500:
        assert shown.endswith("(cut at 500 characters)")


def test_five_hundred_characters_are_not_cut() -> None:
    assert text.excerpt("a" * 500) == "a" * 500
    assert text.excerpt("a" * 501).endswith("(cut at 500 characters)")


def test_ten_megabytes_cost_no_time() -> None:
    started = time.perf_counter()
    for given in (HOSTILE["long"], HOSTILE["long escapes"], "\x1b]" * 5_000_000, "\x1b[" * 5_000_000):
        text.excerpt(given)
    assert time.perf_counter() - started < 1.0


def test_colours_stay_for_a_terminal_and_end_with_the_text() -> None:
    assert text.terminal("\x1b[31mred\x1b[0m\x1b[2J") == "\x1b[31mred\x1b[0m"
    assert text.terminal("\x1b[31mred") == "\x1b[31mred\x1b[0m"
    assert text.terminal("plain") == "plain"


@pytest.mark.parametrize("given", ["::error::x", "a\n::add-mask::b", "a\n \t::stop-commands::t", "##[error]x"])
def test_no_line_of_a_log_is_a_workflow_command(given: str) -> None:
    lines = [line.strip() for line in text.terminal(given).splitlines()]
    assert not any(line.startswith(("::", "##[")) for line in lines)


@EACH
def test_a_workflow_command_stays_on_its_line(given: str) -> None:
    assert "\n" not in text.command(given)
    assert not set(":,\n\r") & set(text.command_property(given))
    back = text.command(given).replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
    assert back == text.plain(given)


@EACH
def test_markdown_means_itself(given: str) -> None:
    line = MarkdownIt("commonmark").enable("table").render(f"| {text.markdown(given)} | b |\n|---|---|\n")
    cells = line.split("<th>")
    assert len(cells) == 3, "one cell, whatever is in it"
    assert html.unescape(cells[1].split("</th>")[0]) == text.one_line(given)


@EACH
def test_a_fenced_block_has_one_end(given: str) -> None:
    tokens = MarkdownIt("commonmark").parse(f"{text.fenced(given)}\n\nafter\n")
    assert [token.type for token in tokens] == ["fence", "paragraph_open", "inline", "paragraph_close"]
    assert tokens[0].content == f"{text.plain(given)}\n"


@EACH
def test_a_cell_is_no_formula_and_one_line(given: str) -> None:
    table = io.StringIO(newline="")
    csv.writer(table).writerow([text.cell(given), "after"])
    ((shown, after),) = csv.reader(io.StringIO(table.getvalue(), newline=""))
    assert after == "after"
    assert not shown.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert "\n" not in shown
