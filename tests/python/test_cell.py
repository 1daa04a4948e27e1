"""The `%%rust` cell: each way that a program can go is said in one sentence, and the kernel lives on."""

import os
import signal
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import RichOutput, capture_output

from proxylings import toolchain
from proxylings.lab import answered, cell, choice, program, quizzes
from proxylings.lab.cell import Interrupted, UsageError
from proxylings.lab.choice import Choice
from proxylings.lab.quizzes import Item
from tests.conftest import missing


@pytest.fixture(scope="module")
def shell() -> Iterator[InteractiveShell]:
    shell = InteractiveShell.instance()
    cell.register(shell)
    yield shell
    InteractiveShell.clear_instance()


class Shown:
    """What one cell gave: its streams, the plain text of its displays, and the error that was raised."""

    def __init__(self, shell: InteractiveShell, line: str, source: str) -> None:
        with capture_output() as captured:
            result = shell.run_cell(f"%%rust {line}\n{source}")  # type: ignore[no-untyped-call]
        self.stdout: str = captured.stdout.split("\x1b")[0]
        self.stderr: str = captured.stderr
        self.outputs: list[RichOutput] = captured.outputs
        self.text = "\n".join(output.data["text/plain"] for output in captured.outputs)
        self.error: BaseException | None = result.error_in_exec
        self.said = str(self.error or "")


def test_prints_to_stdout_and_nothing_else(shell: InteractiveShell) -> None:
    shown = Shown(
        shell,
        "",
        'use std::fmt::Write;\nlet mut head = String::new();\nwrite!(head, "GET").unwrap();\nprintln!("{head}");',
    )
    assert (shown.stdout, shown.stderr, shown.outputs, shown.error) == ("GET\n", "", [], None)


def test_what_a_cell_prints_keeps_its_colours_and_no_other_escapes(shell: InteractiveShell) -> None:
    printed = r'"\u{1b}[32mgreen\u{1b}[0m\u{1b}]0;owned\u{7}\u{202e}\u{0}"'
    with capture_output() as captured:
        shell.run_cell(f"%%rust\nprint!({printed});\neprint!({printed});")  # type: ignore[no-untyped-call]
    assert captured.stdout == "\x1b[32mgreen\x1b[0m\ufffd\ufffd"
    assert captured.stderr == "green\ufffd\ufffd\n"


def test_stderr_is_apart(shell: InteractiveShell) -> None:
    assert Shown(shell, "", 'eprintln!("late");').stderr == "late\n"


@pytest.mark.parametrize(
    "source",
    [
        'fn main() { println!("ok"); }',
        '#![allow(unused_mut)]\n// a comment\nlet mut size = 1;\nprintln!("ok");',
        'let trap = "fn main() {"; // fn main()\nprintln!("ok");',
        'mod stage { pub fn main() {} }\nstage::main();\nprintln!("ok");',
        'struct Head; impl Head { fn main() {} }\nHead::main();\nprintln!("ok");',
    ],
)
def test_wraps_only_what_has_no_main(shell: InteractiveShell, source: str) -> None:
    shown = Shown(shell, "", source)
    assert (shown.stdout, shown.outputs) == ("ok\n", [])


DEEP = 'fn deep(n: u64) -> u64 { if n == 0 { 0 } else { 1 + deep(n + 1) } }\nprintln!("{}", deep(1));'
MOVED = 'let head = vec![1u8];\nlet upstream = head;\nprintln!("{}", head.len());'


def test_the_expected_error_is_a_success(shell: InteractiveShell) -> None:
    shown = Shown(shell, "--fails E0382", MOVED)
    assert shown.error is None
    assert shown.text.startswith("✓ As expected: E0382\n")
    assert "text/html" in shown.outputs[0].data


HELD = """use std::sync::Mutex;
async fn origin() -> u32 { 200 }
async fn fill(entry: &Mutex<u32>) {
    let mut held = entry.lock().unwrap();
    *held = origin().await;
}
drop(fill(&Mutex::new(0)));"""


def test_a_lint_of_clippy_s_is_expected_and_drawn_like_an_error_code(shell: InteractiveShell) -> None:
    _with_clippy()
    shown = Shown(shell, "--fails clippy::await_holding_lock", HELD)
    assert shown.error is None
    assert shown.text.startswith("✓ As expected: clippy::await_holding_lock\n")
    assert (
        "error[clippy::await_holding_lock]: this `MutexGuard` is held across an await point\n --> line 4" in shown.text
    )
    assert "\n4 |     let mut held = entry.lock().unwrap();\n" in shown.text
    assert "command line" not in shown.text, "the learner has given no option, so no note speaks of one"


@pytest.mark.parametrize(
    ("line", "source", "said"),
    [
        ("--fails clippy::await_holding_lock", 'println!("fine");', "but it compiles, and runs to its end."),
        ("--fails clippy::await_holding_lock", MOVED, "but it does not compile in another way: E0382"),
        ("", HELD, ""),
        ("--fails E0382", "loop { break; }", "Expected the error E0382, but it compiles"),
        ("--fails clippy::await_holding_lok", HELD, "Did you mean: `clippy::await_holding_lock`"),
    ],
)
def test_only_the_lint_that_is_named_stops_a_cell(shell: InteractiveShell, line: str, source: str, said: str) -> None:
    _with_clippy()
    shown = Shown(shell, line, source)
    assert said in shown.said
    assert bool(shown.said) == bool(said)


def test_without_clippy_a_cell_says_how_to_get_it_and_the_notebook_goes_on(
    shell: InteractiveShell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(toolchain.Toolchain, "clippy_driver", None)
    shown = Shown(shell, "--fails clippy::await_holding_lock", HELD)
    assert shown.error is None
    assert shown.text == (
        "✗ clippy is not installed, so this cell can't show clippy::await_holding_lock.\n"
        "Run: rustup component add clippy"
    )


def _with_clippy() -> None:
    if toolchain.find().clippy_driver is None:
        missing("clippy is not installed, so this test can't run")


@pytest.mark.parametrize(
    ("line", "source", "said"),
    [
        ("--fails E0499", MOVED, "Expected the error E0499, but it does not compile in another way: E0382"),
        ("--fails E0382", 'println!("fine");', "Expected the error E0382, but it compiles, and runs to its end."),
        ("--panics full", "std::process::exit(0);", "Expected a panic that says `full`, but it compiles"),
        ("--panics full", 'panic!("empty");', "it panicked in line 1: empty"),
        ("", MOVED, "The cell does not compile: E0382, borrow of moved value: `head` (line 3)."),
        ("", "#![allow(unused)]\nlet a = 1;\n\nlet b: u8 = true;", "(line 4)"),
        ("", "let head = {", "this file contains an unclosed delimiter (line 1)"),
        ("", "let sizes = [1];\nlet at = sizes.len();\nsizes[at];", "panicked in line 3: index out of bounds"),
        ("", "std::process::abort();", "SIGABRT"),
        ("", DEEP, "overflowed its stack"),
        ("--limit 0.5", "loop {}", "it did not end within 0.5 s"),
        ("", "println!(\"{}\", vec![1u8; 3_000_000_000].len());", "more memory than it may have"),
        ("", "std::process::exit(3);", "ended with exit code 3"),
    ],
)  # fmt: skip
def test_a_failure_is_said_in_words_and_raised(shell: InteractiveShell, line: str, source: str, said: str) -> None:
    shown = Shown(shell, line, source)
    assert said in shown.said
    assert hasattr(shown.error, "_render_traceback_")


def test_an_expected_panic_is_a_success(shell: InteractiveShell) -> None:
    shown = Shown(shell, '--panics "no upstream"', 'None::<u8>.expect("no upstream");')
    assert shown.error is None
    assert "As expected: The program panicked in line 1: no upstream" in shown.text


def test_a_flood_is_cut(shell: InteractiveShell) -> None:
    shown = Shown(shell, "", 'loop { println!("GET /") }')
    assert "it printed more than 256 KiB" in shown.said
    assert "more lines)" in shown.stdout
    assert shown.stdout.count("GET /") == 30


def test_panics_of_other_threads_are_told_by_the_lines_of_the_cell() -> None:
    ran = program.run('let worker = std::thread::spawn(|| panic!("lost"));\nprintln!("{}", worker.join().is_err());')
    assert ran.ok
    assert "line 1: lost" in ran.stderr


@pytest.mark.parametrize(
    "line", ["--fail E0382", "--limit soon", "--limit -1", '--panics "', "extra", "--fails E1 --panics x"]
)
def test_a_mistyped_option_shows_the_usage(line: str) -> None:
    with pytest.raises(UsageError, match="Usage: %%rust"):
        cell.parse(line)


def test_an_interrupt_ends_the_program() -> None:
    threading.Timer(1.5, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
    with pytest.raises(Interrupted, match="You interrupted the cell"):
        cell.rust("--limit 60", "loop {}")


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> Any:
    """Keep the answers of a test out of the desk's own file."""
    monkeypatch.setattr(answered, "path", lambda desk: tmp_path / "quiz.json")
    return tmp_path / "quiz.json"


def predicted(shell: InteractiveShell, monkeypatch: pytest.MonkeyPatch, line: str, source: str) -> tuple[Choice, str]:
    kept: list[Choice] = []
    monkeypatch.setattr(choice, "display", kept.append)
    result = shell.run_cell(f"%%rust {line}\n{source}")  # type: ignore[no-untyped-call]
    return kept[0], str(result.error_in_exec or "")


def test_a_prediction_hides_what_happened(
    shell: InteractiveShell, monkeypatch: pytest.MonkeyPatch, answers: Any
) -> None:
    name = "01-request/p_use_after_move"
    asked, said = predicted(shell, monkeypatch, f"--predict {name}", quizzes.code_of(name))
    assert said == ""
    assert "As expected: E0382" in asked.outcome
    assert asked.note == ""
    data, _ = asked._repr_mimebundle_()
    assert set(data) == {"text/plain", "text/html", "application/vnd.jupyter.widget-view+json"}
    assert data["text/html"].index("<details>") < data["text/html"].index("As expected")


LINTED = Item(
    id="held", use="predict", kind="tracing", question="Which line?", code=HELD,
    outcome=quizzes.Stated(fails="clippy::await_holding_lock", line=4),
    options=[quizzes.Option(line=4, right=True, why="The guard."), quizzes.Option(line=5, why="The wait.")],
)  # fmt: skip


def test_a_prediction_of_a_lint_asks_clippy(
    shell: InteractiveShell, monkeypatch: pytest.MonkeyPatch, answers: Any
) -> None:
    _with_clippy()
    monkeypatch.setattr(quizzes, "find", lambda name: LINTED)
    asked, said = predicted(shell, monkeypatch, "--predict 08-cache/held", HELD)
    assert said == ""
    assert "As expected: clippy::await_holding_lock" in asked.outcome


def test_without_clippy_a_prediction_is_asked_all_the_same(
    shell: InteractiveShell, monkeypatch: pytest.MonkeyPatch, answers: Any
) -> None:
    monkeypatch.setattr(toolchain.Toolchain, "clippy_driver", None)
    monkeypatch.setattr(quizzes, "find", lambda name: LINTED)
    shown = Shown(shell, "--predict 08-cache/held", HELD)
    assert shown.error is None
    assert "Which line?" in shown.text
    assert "Run: rustup component add clippy" in shown.text


def test_a_prediction_on_changed_code_says_so(
    shell: InteractiveShell, monkeypatch: pytest.MonkeyPatch, answers: Any
) -> None:
    asked, said = predicted(shell, monkeypatch, "--predict 01-request/p_clone", 'println!("mine");')
    assert (said, "mine" in asked.outcome) == ("", True)
    assert "written for the original" in asked.note
