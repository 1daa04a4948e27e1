"""State files: whole or not there, of a version, and never thrown away for being strange."""

import os
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from proxylings import state
from proxylings.cli import main
from proxylings.course import Desk
from proxylings.errors import CourseError
from proxylings.grader import desk as operations
from tests.python.small_desk import small_desk


class Record(msgspec.Struct):
    version: int
    minutes: int


# Version 0 had no version; version 1 counted hours.
MIGRATIONS: state.Migrations = {
    0: lambda table: {"hours": table["time"]},
    1: lambda table: {"minutes": table["hours"] * 60},
}


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = small_desk(tmp_path)
    monkeypatch.chdir(desk.root)
    return desk


@pytest.mark.parametrize(
    "text", ['{"time": 2}', '{"version": 1, "hours": 2}', '{"version": 2, "minutes": 120}'], ids=["0", "1", "2"]
)
def test_an_older_form_is_brought_up_to_date(tmp_path: Path, text: str) -> None:
    path = tmp_path / "record.json"
    path.write_text(text, encoding="utf-8")
    assert state.load(path, Record, 2, MIGRATIONS) == Record(2, 120)
    assert path.read_text(encoding="utf-8") == text, "reading does not write"


def test_a_newer_form_is_left_alone_with_words(tmp_path: Path) -> None:
    path = tmp_path / "record.json"
    path.write_text('{"version": 3, "seconds": 7200}', encoding="utf-8")
    with pytest.raises(CourseError, match="newer version of the course"):
        state.load(path, Record, 2, MIGRATIONS)
    assert path.read_text(encoding="utf-8") == '{"version": 3, "seconds": 7200}'


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"version": "x"}', '{"version": 2}', '{"version": 2, "minutes": "x"}']
)
def test_a_damaged_file_is_put_aside(tmp_path: Path, text: str) -> None:
    path = tmp_path / "record.json"
    path.write_text(text, encoding="utf-8")
    assert state.load(path, Record, 2, MIGRATIONS) is None
    assert (tmp_path / "record.json.damaged").read_text(encoding="utf-8") == text


@pytest.mark.parametrize("command", [["check", "greet"], ["hint", "greet"], ["status"]])
def test_progress_of_a_newer_version_stops_every_command_and_stays(desk: Desk, command: list[str]) -> None:
    state.save(desk, desk.exercise("greet"), state.Progress())
    path = desk.state / "progress" / "00-tour--greet.json"
    newer = path.read_bytes().replace(b'"version": 1', b'"version": 2')
    path.write_bytes(newer)
    result = CliRunner().invoke(main, command)
    assert result.exit_code == 1
    assert "newer version of the course" in result.output
    assert "git pull" in result.output
    assert path.read_bytes() == newer


def test_damaged_progress_counts_as_none_and_is_kept_for_whoever_can_read_it(desk: Desk) -> None:
    drill = desk.exercise("greet")
    state.save(desk, drill, state.Progress(hints=2))
    path = desk.state / "progress" / "00-tour--greet.json"
    path.write_bytes(b'{"hints": 2')
    assert operations.opened_hints(desk, drill) == ()
    operations.next_hint(desk, drill)
    assert state.read(desk, drill).hints == 1
    assert path.with_name(path.name + ".damaged").read_bytes() == b'{"hints": 2'


def test_a_file_keeps_its_mode_and_a_new_one_is_like_any_other(tmp_path: Path) -> None:
    path, other = tmp_path / "new", tmp_path / "other"
    other.write_bytes(b"")
    state.write_whole(path, b"1")
    assert path.stat().st_mode == other.stat().st_mode
    path.chmod(0o640)
    state.write_whole(path, b"2")
    assert path.stat().st_mode & 0o777 == 0o640
    assert {entry.name for entry in tmp_path.iterdir()} == {"new", "other"}


def test_what_a_killed_process_left_is_cleared_away_when_it_is_old(tmp_path: Path) -> None:
    old, fresh = (tmp_path / f".notes.{name}.partial" for name in ("old", "fresh"))
    for path in (old, fresh):
        path.write_bytes(b"half")
    os.utime(old, (0, 0))
    state.write_whole(tmp_path / "notes", b"whole")
    assert not old.exists()
    assert fresh.exists(), "another process may be writing it"
