"""The command line, as a learner meets it."""

import json
import shutil
import signal
import subprocess
import sys
import urllib.request

import pytest
from click.testing import CliRunner, Result

from proxylings.cli import main
from proxylings.course import Desk

DRILL = "00-tour/first_green"


@pytest.fixture
def desk(desk_copy: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Stand on a fresh desk."""
    monkeypatch.chdir(desk_copy.root)
    return desk_copy


def call(*arguments: str) -> Result:
    """Run a command and keep what it printed."""
    return CliRunner().invoke(main, arguments)


def solve(desk: Desk, wanted: str) -> None:
    """Put the reference in the place of the learner's file."""
    exercise = desk.exercise(wanted)
    shutil.copyfile(desk.solution(exercise), desk.source(exercise))


def test_a_stub_is_refused_with_its_error_code_and_the_words_for_it(desk: Desk) -> None:
    result = call("check", DRILL)
    assert result.exit_code == 1
    assert "E0425" in result.output
    assert "ERROR: 0 of 1 points" in result.output
    assert "proxylings hint" in result.output


def test_a_right_answer_passes_and_the_next_check_takes_the_next_exercise(desk: Desk) -> None:
    solve(desk, DRILL)
    result = call("check")
    assert result.exit_code == 0
    assert "PASS: 1 of 1 points" in result.output
    assert "01-request/" in call("check").output


def test_a_part_names_its_steps_and_its_first_failing_test(desk: Desk) -> None:
    result = call("check", "01-request")
    assert result.exit_code == 1
    assert "First failing test: takes a head that is all there" in result.output
    assert "not yet implemented" in result.output


def test_the_verdict_comes_as_json_too(desk: Desk) -> None:
    verdict = json.loads(call("check", DRILL, "--json").stdout)
    assert (verdict["exercise"], verdict["status"], verdict["points"]) == (DRILL, "error", 0)


def test_hints_open_one_after_the_other(desk: Desk) -> None:
    assert "Hint 1 of 3" in call("hint", DRILL).output
    assert "Hint 2 of 3" in call("hint", DRILL).output
    assert "Hint 3 of 3" in call("hint", DRILL).output


def test_the_solution_opens_after_a_pass_or_an_explicit_yes(desk: Desk) -> None:
    assert call("solution", DRILL).exit_code == 1
    assert "{method}" in call("solution", DRILL, "--yes").output
    solve(desk, DRILL)
    call("check", DRILL)
    assert "{method}" in call("solution", DRILL).output


def test_reset_keeps_the_edited_file_and_says_where(desk: Desk) -> None:
    path = desk.source(desk.exercise(DRILL))
    stub = path.read_text()
    path.write_text("// my own work\n")
    result = call("reset", DRILL)
    kept = desk.root / result.output.split("kept: ")[1].strip()
    assert path.read_text() == stub
    assert kept.read_text() == "// my own work\n"
    assert "is the stub already" in call("reset", DRILL).output


def test_status_counts_what_passed(desk: Desk) -> None:
    solve(desk, DRILL)
    call("check", DRILL)
    output = call("status").output
    assert "passed" in output
    assert "1 of " in output


def test_watch_checks_again_at_a_save(desk: Desk) -> None:
    command = [sys.executable, "-c", "from proxylings.cli import main; main()", "check", DRILL, "--watch"]
    process = subprocess.Popen(command, cwd=desk.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert process.stderr is not None
        assert "Waiting for" in process.stderr.readline()
        solve(desk, DRILL)
        assert "Waiting for" in process.stderr.readline()
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=30)
        assert said.index("ERROR: 0 of 1") < said.index("PASS: 1 of 1")
    finally:
        process.kill()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(("check", "01-reqest"), "Did you mean 01-request?"), (("hint", "no such thing"), "proxylings status")],
)
def test_a_mistyped_slug_gets_a_suggestion(desk: Desk, arguments: tuple[str, ...], said: str) -> None:
    result = call(*arguments)
    assert result.exit_code == 1
    assert said in result.output
    assert "Traceback" not in result.output


def test_outside_the_course_one_sentence_says_where_to_go(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("/")
    result = call("status")
    assert result.exit_code == 1
    assert "not inside the course" in result.output


@pytest.mark.parametrize("origin", ["--mine", "--reference"])
def test_run_prints_a_url_that_answers_and_ctrl_c_stops_it(desk: Desk, origin: str) -> None:
    solve(desk, "01-request")
    call("check", "01-request")
    command = [
        sys.executable,
        "-c",
        "from proxylings.cli import main; main()",
        "run",
        "--listen",
        "127.0.0.1:0",
        origin,
    ]
    process = subprocess.Popen(command, cwd=desk.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        with urllib.request.urlopen(url, timeout=10) as response:
            assert response.status == 200
        assert "GET /" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)
        assert ("request: mine, the others: reference" in said) == (origin == "--mine")
        assert process.returncode == 0
    finally:
        process.kill()


def test_run_takes_a_settings_file_and_names_a_mistake_in_it(desk: Desk) -> None:
    printed = call("run", "--reference", "--default-config")
    assert printed.exit_code == 0
    file = desk.root / "proxy.toml"
    file.write_text('listen = "127.0.0.1:0"\nlable = "x"\n')
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from proxylings.cli import main; main()",
            "run",
            "--reference",
            "--config",
            "proxy.toml",
        ],
        cwd=desk.root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "proxy.toml:2:1: unknown field `lable`" in done.stderr
    assert "Traceback" not in done.stderr
