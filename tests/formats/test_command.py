"""`proxylings check --format`: each format from a real check, with the exit code that its reader wants."""

import json
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from proxylings.cli import main
from proxylings.course import Desk
from proxylings.grader.formats import FORMATS
from tests.formats.readers import UNSAFE, problems

DRILL = "00-tour/first_green"
RUNNER = {
    "CLASSROOM": "rust", "ASSIGNMENT": "tour", "OWNER": "ada", "SUBMISSION_TAG": "submit/2026-03-02T17-04-05Z-a1b2c3d",
    "COMMIT_URL": "https://example.org/c", "RELEASE_URL": "https://example.org/r", "ASSIGNMENT_TYPE": "group",
}  # fmt: skip
HOSTILE = r"""
pub fn told() -> u8 {
    print!("\u{1b}]0;owned\u{7}\u{1b}[2J\u{202e}\n::error::forged\n<script>\u{0}");
    panic!("\u{1b}[31mred\u{1b}[0m \u{202e}\n::add-mask::a")
}
#[cfg(test)]
mod tests {
    #[test]
    fn tells() {
        // a brace: }
        assert_eq!(super::told(), b'{');
    }
}
"""


@pytest.fixture
def desk(desk_copy: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """Stand on a fresh desk."""
    monkeypatch.chdir(desk_copy.root)
    return desk_copy


def call(*arguments: str, **variables: str) -> Result:
    return CliRunner(env=variables).invoke(main, arguments)


def test_each_format_of_a_check_is_valid_and_ends_as_its_reader_wants(desk: Desk) -> None:
    for name, one in FORMATS.items():
        done = call("check", DRILL, "--format", name, **RUNNER)
        assert problems(name, done.stdout_bytes) == [], done.output
        assert done.exit_code == (0 if one.always_zero else 1), f"{name}, for a drill that does not compile"


def test_a_pass_ends_with_zero_and_shows_the_code_of_each_test(desk: Desk) -> None:
    exercise = desk.exercise(DRILL)
    shutil.copyfile(desk.solution(exercise), desk.source(exercise))
    assert call("check", DRILL, "--format", "junit").exit_code == 0
    document = json.loads(call("check", DRILL, "--format", "exercism").stdout)
    assert document["status"] == "pass"
    assert all("assert" in test["test_code"] for test in document["tests"])


def test_output_goes_whole_into_a_file(desk: Desk, tmp_path: Path) -> None:
    file = tmp_path / "out" / "results.json"
    done = call("check", DRILL, "--format", "gradescope", "--output", str(file))
    assert (done.exit_code, done.stdout) == (0, "")
    assert problems("gradescope", file.read_bytes()) == []
    (tmp_path / "taken").write_text("a file, and no folder")
    refused = call("check", DRILL, "--format", "gradescope", "--output", str(tmp_path / "taken" / "results.json"))
    assert refused.exit_code == 1
    assert "can't be written" in refused.stderr
    assert "Traceback" not in refused.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--format", "csw"), "'csv'"),
        (("--format", "csv", "--watch"), "leave --format out"),
        (("--output", "x.json"), "--output needs --format"),
    ],
)
def test_a_mistyped_command_says_what_is_right(desk: Desk, arguments: tuple[str, ...], said: str) -> None:
    done = call("check", DRILL, *arguments)
    assert done.exit_code == 2
    assert said in done.stderr


def test_classroom_50_outside_of_its_runner_says_what_is_missing(desk: Desk) -> None:
    done = call("check", DRILL, "--format", "classroom50", **dict.fromkeys(RUNNER, ""))
    assert done.exit_code == 1
    assert "SUBMISSION_TAG" in done.stderr


def test_the_help_names_every_format_and_the_document_describes_it(desk: Desk, repository: Path) -> None:
    told = call("check", "--help").output
    document = (repository / "docs" / "formats.md").read_text(encoding="utf-8")
    for name, one in FORMATS.items():
        assert re.search(rf"^ +{name} +\S", told, re.MULTILINE), told
        assert f"| `{name}` |" in document
        assert one.file_name in document


def test_what_a_hostile_answer_prints_reaches_no_terminal(desk: Desk) -> None:
    desk.source(desk.exercise(DRILL)).write_text(HOSTILE)
    shown = call("check", DRILL).output
    assert "owned" not in shown
    assert "<script>" in shown, "a terminal shows it as it is"
    assert not UNSAFE.search(shown)
    assert not re.search(r"^\s*::", shown, re.MULTILINE), "no log line is a workflow command"
    document = json.loads(call("check", DRILL, "--format", "exercism").stdout)
    assert document["tests"][0]["test_code"] == "// a brace: }\nassert_eq!(super::told(), b'{');"
