"""Answers are alike by what was written, and not by names, comments or what everybody was given."""

import random
import time
import tracemalloc

import pytest

from proxylings.grader.batch.similar import Clusters, likeness, shingles, sketch, tokens


def taken(text: str, stub: str = "") -> tuple[int, ...]:
    return sketch({"drills/x.rs": text.encode()}, shingles({"drills/x.rs": stub.encode()}) if stub else frozenset())


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("let head = b\"GET\"; // mine", "let _ = \"\" ;"),
        ("head.bytes.clone()", "_ . bytes . clone ( )"),
        ("Vec::<u8>::new()", "Vec :: < _ > :: new ( )"),
        ("fn cut(buffer: &mut Vec<u8>) -> u64", "fn _ ( _ : & mut Vec < _ > ) -> _"),
        ("r#\"a \"quoted\" text\"# /* and /* so */", "\"\""),
        ("'a' 'static b'\\n' '\\u{1F600}'", "'' '_ '' ''"),
        ("1..=20 0.5 0xFF_u8", "0 ..= 0 0 0"),
        ("a #[cfg(test)] mod tests { b }", "_"),
    ],
)  # fmt: skip
def test_names_of_a_learner_are_one_placeholder(source: str, expected: str) -> None:
    assert " ".join(tokens(source)) == expected


def test_renaming_changes_nothing_and_another_way_changes_much() -> None:
    one = taken("let copy = head.path.clone(); forward(head); log(copy)")
    renamed = taken("let p = h.path.clone(); // kept\n forward(h);\n log(p)")
    other = taken('let line = format!("{}", head.path); send(line); drop(head)')
    assert likeness(one, renamed) == 1.0
    assert likeness(one, other) < 0.5


def test_what_the_stub_says_counts_for_nothing() -> None:
    stub = "pub fn parse(bytes: Vec<u8>) -> Head { let at = bytes.len(); find(at); todo!() }"
    one, other = (taken(stub.replace("todo!()", end), stub) for end in ("a.b().c()", "for x in y { z(x) }"))
    assert likeness(one, other) < 0.3
    assert taken(stub, stub) == ()


def test_answers_join_the_likest_leader_and_bare_ones_each_other() -> None:
    clusters = Clusters()
    first = clusters.add("1", taken("head.path.clone(); forward(head);"))
    assert clusters.add("2", taken("h.path.clone(); forward(h);")) is first
    assert clusters.add("3", taken("loop { if done() { break } }")) is not first
    bare = clusters.add("4", ())
    assert clusters.add("5", ()) is bare
    assert (first.answers, bare.answers, len(clusters.clusters)) == (2, 2, 3)


def test_answers_that_are_all_different_take_some_kib_each() -> None:
    chance = random.Random(1)
    clusters = Clusters()
    tracemalloc.start()
    for number in range(2_000):
        clusters.add(str(number), tuple(sorted(chance.getrandbits(64) for _ in range(64))))
    grown = tracemalloc.get_traced_memory()[1] / 2_000 / 1024
    tracemalloc.stop()
    assert len(clusters.clusters) == 2_000
    assert grown < 10, f"{grown:.1f} KiB for each"


@pytest.mark.parametrize("piece", ['r#"', "/*", '"', "'", "1.", "\\", "r#", '"\\', "'\\u{", "1..", "1_", "ß", "#[cfg("])
def test_no_text_takes_long(piece: str) -> None:
    began = time.monotonic()
    tokens(piece * (256 * 1024 // len(piece)))
    assert time.monotonic() - began < 10, "a look at each part of the text, and not at each pair of them"
