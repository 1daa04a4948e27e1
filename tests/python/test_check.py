"""The check: whatever an answer does, it gets a verdict in words, and nobody else pays for it."""

from pathlib import Path

import pytest

from proxylings import child
from proxylings.course import Desk
from proxylings.grader import check as check_module
from proxylings.grader import trial
from proxylings.grader.check import Answer, Superseded, advice, check
from proxylings.grader.verdict import Verdict

TESTS = """
#[cfg(test)]
mod tests {
    #[test]
    fn first() { super::answer(1); }
    #[test]
    fn second() { super::answer(2); }
    #[test]
    fn third() { super::answer(3); }
}
"""


def verdict_of(desk: Desk, folder: Path, code: str, **options: object) -> Verdict:
    """Check a drill that consists of `code` and three tests."""
    source = folder / "drill.rs"
    source.write_text(code + TESTS)
    exercise = desk.exercise("00-tour/first_green")
    return check(desk, Answer(exercise, source, source), **options)  # type: ignore[arg-type]  # the options of check


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give every test one second instead of ten."""
    monkeypatch.setattr(trial, "ALONE_LIMITS", child.Limits(cpu=1, wall=1.0, memory=1024))


@pytest.mark.parametrize(
    ("code", "status", "said"),
    [
        ("pub fn answer(_: u8) {}", "pass", ""),
        ('pub fn answer(n: u8) { assert!(n != 2, "two is too much"); }', "fail", "two is too much"),
        ("pub fn answer(n: u8) { if n == 2 { std::process::abort() } }", "crashed", "SIGABRT"),
        ("pub fn answer(n: u8) { if n == 2 { std::process::exit(7) } }", "crashed", "exit code 7"),
        ("pub fn answer(n: u8) { if n == 2 { std::process::exit(0) } }", "crashed", "ended the whole process"),
        (
            "#[allow(unconditional_recursion)] pub fn answer(n: u8) { if n == 2 { deep(0); } }"
            "fn deep(n: u64) -> u64 { std::hint::black_box(n) + deep(n + 1) }",
            "crashed",
            "overflowed its stack",
        ),
        ('pub fn answer(n: u8) { if n == 2 { loop { println!("again and again") } } }', "timeout", "printed more than"),
        ("pub fn answer(n: u8) { n.no_such_method(); }", "error", "no_such_method"),
        ("pub fn answer(_: u8) { unsafe { std::hint::unreachable_unchecked() } }", "error", "unsafe"),
    ],
    ids=["right", "wrong", "abort", "exit", "exit 0", "stack overflow", "flood", "does not compile", "unsafe"],
)
def test_every_ending_has_its_status_and_its_words(
    desk: Desk, tmp_path: Path, code: str, status: str, said: str
) -> None:
    verdict = verdict_of(desk, tmp_path, code)
    assert verdict.status == status
    assert said in verdict.says()
    if status in ("fail", "crashed", "timeout"):
        assert [test.status for test in verdict.tests] == ["pass", status, "pass"], "only one test pays"


def test_a_loop_that_never_ends_costs_its_own_test_only(desk: Desk, tmp_path: Path, quick: None) -> None:
    verdict = verdict_of(desk, tmp_path, "pub fn answer(n: u8) { while n == 2 { std::hint::spin_loop(); } }")
    assert [test.status for test in verdict.tests] == ["pass", "timeout", "pass"]
    assert "a loop that never ends" in verdict.says()


def test_two_hung_tests_speak_for_the_rest(
    desk: Desk, tmp_path: Path, quick: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    verdict = verdict_of(desk, tmp_path, "pub fn answer(_: u8) { loop { std::hint::spin_loop(); } }")
    assert [test.status for test in verdict.tests] == ["timeout"] * 3
    assert "was not run" in verdict.tests[-1].message


def test_a_stale_check_ends_at_once(desk: Desk, tmp_path: Path) -> None:
    seen: list[Verdict] = []
    with pytest.raises(Superseded):
        verdict_of(
            desk,
            tmp_path,
            "pub fn answer(_: u8) { loop { std::hint::spin_loop(); } }",
            observe=seen.append,
            stale=lambda: bool(seen),
        )


def test_a_file_that_is_not_text_is_said_to_be_none(desk: Desk, tmp_path: Path) -> None:
    source = tmp_path / "drill.rs"
    source.write_bytes(b"pub fn answer() {}\n\xff\xfe")
    verdict = check(desk, Answer(desk.exercise("00-tour/first_green"), source, source))
    assert verdict.status == "error"
    assert "utf-8" in verdict.says().lower()


@pytest.mark.parametrize("text", ["", "fn main() {}\n", "// nothing but a comment\n"])
def test_a_file_without_tests_gets_no_points(desk: Desk, tmp_path: Path, text: str) -> None:
    source = tmp_path / "drill.rs"
    source.write_text(text)
    verdict = check(desk, Answer(desk.exercise("00-tour/first_green"), source, source))
    assert (verdict.status, verdict.points) == ("refused", 0)
    assert "proxylings reset" in verdict.message


def test_a_missing_file_is_named_with_the_way_back(desk: Desk, tmp_path: Path) -> None:
    gone = tmp_path / "gone.rs"
    verdict = check(desk, Answer(desk.exercise("00-tour/first_green"), gone, gone))
    assert verdict.status == "refused"
    assert "proxylings reset 00-tour/first_green" in verdict.message


def test_the_tests_stand_in_the_order_of_their_file(desk: Desk) -> None:
    part = desk.exercise("01-request")
    names = [test.name for test in check(desk, Answer(part, desk.solution(part), desk.tests(part))).tests]
    text = desk.tests(part).read_text()
    assert names == sorted(names, key=lambda name: text.index(f"fn {name}("))


def test_the_same_bytes_are_not_checked_twice_unless_asked(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = 'pub fn answer(n: u8) { assert!(n != 2, "two is too much"); }'
    first = verdict_of(desk, tmp_path, code)
    monkeypatch.setattr(check_module, "_compile", None)  # nothing may be compiled from here on
    assert verdict_of(desk, tmp_path, code, known=True) == first
    for changed, options in ((code, {}), (f"{code} ", {"known": True})):
        with pytest.raises(TypeError):
            verdict_of(desk, tmp_path, changed, **options)


def test_a_crash_is_looked_at_again(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    code = "pub fn answer(n: u8) { if n == 2 { std::process::abort() } }"
    assert verdict_of(desk, tmp_path, code).status == "crashed"
    monkeypatch.setattr(check_module, "_compile", None)
    with pytest.raises(TypeError):
        verdict_of(desk, tmp_path, code, known=True)


def test_each_test_is_timed_apart(desk: Desk, tmp_path: Path) -> None:
    verdict = verdict_of(
        desk, tmp_path, "pub fn answer(n: u8) { std::thread::sleep(std::time::Duration::from_millis(100 * n as u64)) }"
    )
    first, second, third = (test.seconds for test in verdict.tests)
    assert 0.1 <= first < second < third
    assert second >= 0.2
    assert 0.3 <= third <= verdict.test_seconds


def test_advice_that_nobody_waits_for_ends(desk: Desk) -> None:
    drill = desk.exercise("00-tour/first_green")
    with pytest.raises(Superseded):
        advice(desk, Answer(drill, desk.solution(drill), desk.solution(drill)), stale=lambda: True)
