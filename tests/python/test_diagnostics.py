"""rustc's diagnostics are drawn from values: every span keeps its place, and nothing can break out."""

import html
import re
from pathlib import Path

import pytest

from proxylings.lab import diagnostics, markdown, program, snippet, suggestion
from proxylings.toolchain import Code, Diagnostic, Span, SpanLine


def drawn(source: str) -> list[Diagnostic]:
    return program.run(source).compiled.diagnostics


MOVED = 'let head = b"GET /".to_vec();\nlet upstream = head;\nprintln!("{}", head.len());'
MOVED_TEXT = """\
error[E0382]: borrow of moved value: `head`
 --> line 3
1 | let head = b"GET /".to_vec();
  |     ~~~~ move occurs because `head` has type `Vec<u8>`, which does not implement the `Copy` trait
2 | let upstream = head;
  |                ~~~~ value moved here
3 | println!("{}", head.len());
  |                ^^^^ value borrowed here after move
  = help: consider cloning the value if the performance cost is acceptable
    2 - let upstream = head;
    2 + let upstream = head.clone();"""


def test_text_reads_like_rustc() -> None:
    assert diagnostics.to_text(drawn(MOVED)) == MOVED_TEXT


def test_html_has_the_badge_the_labels_and_their_places_in_words() -> None:
    shown = diagnostics.to_html(drawn(MOVED))
    assert '<span class="pxl-badge">error E0382</span>' in shown
    assert '<span class="pxl-hidden">line 3, columns 16 to 19: </span>value borrowed here after move' in shown
    assert '<span class="pxl-mark pxl-primary">head</span>' in shown
    assert '<span class="pxl-mark pxl-secondary">head</span>' in shown
    assert '<span class="pxl-changed">.clone()</span>' in shown
    assert "What E0382 means" in shown


def span(first: int, lines: list[str], start: int, end: int, *, primary: bool = True, **more: str) -> Span:
    """Give a span from column `start` of its first line to before column `end` of its last one."""
    text = [
        SpanLine(line, start if not at else 1, end if at == len(lines) - 1 else len(line) + 1)
        for at, line in enumerate(lines)
    ]
    return Span("cell.rs", first, first + len(lines) - 1, start, end, primary, text, **more)


def message(*spans: Span, text: str = "wrong", children: list[Diagnostic] | None = None) -> Diagnostic:
    return Diagnostic(text, "error", list(spans), children or [], Code("E0001"))


def test_lines_in_between_are_left_out_with_a_sign() -> None:
    rows = snippet.rows([span(2, ["let a = b;"], 9, 10), span(9, ["drop(a);"], 6, 7, primary=False)])
    assert [(row.number, row.gap) for row in rows] == [(2, False), (9, True)]


def test_a_span_over_many_lines_shows_its_ends_and_one_label() -> None:
    lines = ["match head {", *(f"    {number} => ()," for number in range(20)), "}"]
    rows = snippet.rows([span(1, lines, 1, 2, label="of type `()`")])
    assert [row.number for row in rows] == [1, 2, 3, 21, 22]
    assert [label.spoken for row in rows for label in row.labels] == ["lines 1 to 22"]


def test_carets_stand_below_wide_characters_and_tabs() -> None:
    (row,) = snippet.rows([span(1, ['\tlet 名 = "日本"; x'], 17, 18)])
    (label,) = row.labels
    assert label.lead == "\t" + " " * (snippet.width(row.text[:16]) - snippet.width("\t"))
    assert label.caret == "^"


def test_overlapping_spans_are_cut_and_the_primary_one_wins() -> None:
    (row,) = snippet.rows([span(1, ["conn.buf()"], 1, 5, primary=False), span(1, ["conn.buf()"], 1, 11)])
    assert snippet.pieces(row) == [("conn", "primary"), (".buf()", "primary")]


def test_code_and_messages_are_escaped_and_made_visible() -> None:
    nasty = '<img src=x onerror="alert(1)">\u202e\x1b[31m'
    help_ = Diagnostic(nasty, "help", [span(1, [nasty], 1, 2, suggested_replacement=nasty)])
    shown = diagnostics.to_html([message(span(1, [nasty], 1, 5, label=nasty), text=nasty, children=[help_])])
    assert "<img" not in shown
    assert not re.search("[\u202e\x1b]", shown + diagnostics.to_text([message(text=nasty)]))
    assert "&lt;img" in shown


def test_several_fixes_of_one_line_are_applied_together() -> None:
    line = "fn pick(a: &str) -> &str { a }"
    spans = [
        span(1, [line], 8, 8, suggested_replacement="<'a>"),
        span(1, [line], 22, 22, suggested_replacement="'a "),
        span(1, [line], 13, 13, suggested_replacement="'a "),
    ]
    (fix,) = suggestion.fixes(Diagnostic("name the lifetime", "help", spans))
    assert fix.after == ((1, "fn pick<'a>(a: &'a str) -> &'a str { a }"),)


def test_alternatives_are_shown_one_by_one() -> None:
    spans = [span(1, ["Head"], 1, 5, suggested_replacement=name) for name in ("RequestHead", "ResponseHead")]
    assert [fix.after[0][1] for fix in suggestion.fixes(Diagnostic("did you mean", "help", spans))] == [
        "RequestHead",
        "ResponseHead",
    ]


def test_an_inserted_line_is_the_only_change() -> None:
    (error,) = [one for one in drawn("let routes = HashMap::<u8, u8>::new();") if one.is_error]
    (fix,) = [fix for child in error.children for fix in suggestion.fixes(child)]
    assert fix == suggestion.Fix((), ((1, "use std::collections::HashMap;"),))


def test_code_of_the_standard_library_is_named_and_not_drawn() -> None:
    source = 'let names = vec![1];\nfor name in names {}\nprintln!("{}", names.len());'
    text = diagnostics.to_text(drawn(source))
    assert "in the standard library" in text
    assert "/rustc/" not in text


def test_more_than_five_are_folded_and_counted() -> None:
    many = [message(text=f"number {number}") for number in range(8)]
    assert diagnostics.to_text(many).endswith("… and 3 more messages.")
    assert "<summary>3 more messages</summary>" in diagnostics.to_html(many)


def test_the_compiler_s_closing_lines_are_left_out() -> None:
    shown = diagnostics.worth_showing([message(), Diagnostic("aborting due to 1 previous error", "error", [])])
    assert [one.message for one in shown] == ["wrong"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("take `a < b` *now*", "<p>take <code>a &lt; b</code> <em>now</em></p>"),
        ("[the Book][book] and <b>", "<p>the Book and &lt;b&gt;</p>"),
        ("* one\n* two\n  lines", "<ul><li>one</li><li>two lines</li></ul>"),
        ("```\n# hidden\nlet a = 1;\n```", '<pre class="pxl-code" tabindex="0"><code>let a = 1;</code></pre>'),
    ],
)
def test_markdown_of_explanations(text: str, shown: str) -> None:
    assert markdown.block(text) == shown


def test_every_explanation_that_comes_up_is_well_formed() -> None:
    explanation = drawn(MOVED)[0].code
    assert explanation is not None
    shown = markdown.block(explanation.explanation or "")
    assert shown.count("<pre") == shown.count("</pre>") > 3
    assert "[understanding-ownership]" not in html.unescape(shown)


def test_the_style_sheet_fetches_nothing() -> None:
    for path in (Path(markdown.__file__).parent / "static").glob("*.css"):
        assert not re.search(r"url\(|@import|https?:", path.read_text(encoding="utf-8")), path
