"""`proxylings update`: what is new in the course arrives; what the learner edited stays, to the byte."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from proxylings import repository, updating, weave
from proxylings.cli import main
from proxylings.course import LOCK, Desk, find_desk
from proxylings.errors import CourseError
from tests.python.small_course import NOTEBOOK, change, commit, git, small_course, texts
from tests.python.small_desk import DRILL

DRILL_FILE = "exercises/00-tour/drills/greet.rs"
PART_FILE = "exercises/01-request/src/lib.rs"
WORDS_FILE = "exercises/01-request/src/words.rs"
NOTEBOOK_FILE = "notebooks/00-tour.ipynb"


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = small_course(tmp_path / "course")
    monkeypatch.setenv("PROXYLINGS_COURSE", str(desk.root))
    return desk


@pytest.fixture
def mine(course: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    folder = tmp_path / "mine"
    repository.init(folder, course.root, "github")
    monkeypatch.chdir(folder)
    return find_desk()


def renew(course: Desk) -> str:
    """Commit a second version of the course: each kind of file changes, and a drill and a notebook are new."""
    change(course, "solutions/00-tour/drills/greet.rs", "//! One name is misspelled.", "//! A name is misspelled.")
    change(course, "solutions/01-request/src/lib.rs", "//! A part.", "//! The part.")
    change(course, "solutions/01-request/src/words.rs", "//! Words.", "//! More words.")
    change(course, "notebooks/src/00-tour.md", "# A request's trip", "# The trip of a request")
    change(course, "tests/parts/01_request.rs", "gives_one", "gives_one_back")
    more = '{ id = "wave", title = "Another", minutes = 3, points = 1, stub = "E0425" }]'
    change(course, "course.toml", 'stub = "E0425" }]', f'stub = "E0425" }}, {more}')
    (course.root / "solutions" / "00-tour" / "drills" / "wave.rs").write_text(DRILL, encoding="utf-8")
    (course.root / "notebooks" / "src" / "01-request.md").write_text(NOTEBOOK, encoding="utf-8")
    return commit(course.root, "course: the second version")


def call(*arguments: str) -> Result:
    """Run a command and keep what it printed."""
    return CliRunner().invoke(main, arguments)


def expected(course: Desk, tmp_path: Path) -> dict[str, bytes]:
    """Return what a repository made from the course as it is now holds."""
    repository.init(tmp_path / "fresh", course.root, "github")
    return texts(tmp_path / "fresh")


def test_an_untouched_repository_becomes_what_init_would_make_now(mine: Desk, course: Desk, tmp_path: Path) -> None:
    head = renew(course)
    result = call("update")
    assert result.exit_code == 0, result.output
    assert texts(mine.root) == expected(course, tmp_path)
    assert repository.read_lock(mine.root).commit == head
    for line in ("new      exercises/00-tour/drills/wave.rs", f"renewed  {PART_FILE}", "renewed  README.md"):
        assert line in result.output
    assert "left" not in result.output


def test_a_second_update_finds_nothing_to_do(mine: Desk, course: Desk) -> None:
    renew(course)
    call("update")
    before = texts(mine.root)
    result = call("update")
    assert result.exit_code == 0
    assert "nothing else changed" in result.output
    assert texts(mine.root) == before


def test_what_the_learner_edited_stays_and_the_newer_version_lies_beside_it(mine: Desk, course: Desk) -> None:
    answer = weave.answer(DRILL, {}).encode()
    (mine.root / DRILL_FILE).write_bytes(answer)
    (mine.root / "README.md").write_text("# About me\n", encoding="utf-8")
    renew(course)
    for _ in range(2):  # as long as it is not taken, each update says so
        result = call("update")
        assert result.exit_code == 0, result.output
        assert (mine.root / DRILL_FILE).read_bytes() == answer
        assert (mine.root / "README.md").read_text(encoding="utf-8") == "# About me\n"
        assert f"left     {DRILL_FILE} (the course's newer one: .proxylings/new/{DRILL_FILE})" in result.output
        assert f"proxylings update --take {DRILL_FILE}" in result.output or "--take README.md" in result.output
        beside = (mine.state / "new" / DRILL_FILE).read_text(encoding="utf-8")
        assert beside.startswith("//! A name is misspelled.")


def test_an_edited_file_that_the_course_did_not_change_is_not_worth_a_word(mine: Desk, course: Desk) -> None:
    (mine.root / "rustfmt.toml").write_text("max_width = 80\n", encoding="utf-8")
    renew(course)
    result = call("update")
    assert "rustfmt.toml" not in result.output
    assert (mine.root / "rustfmt.toml").read_text(encoding="utf-8") == "max_width = 80\n"


def test_take_puts_the_courses_file_in_place_and_keeps_the_learners(mine: Desk, course: Desk) -> None:
    (mine.root / DRILL_FILE).write_text("// mine\n", encoding="utf-8")
    renew(course)
    call("update")
    result = call("update", "--take", DRILL_FILE)
    assert result.exit_code == 0, result.output
    kept = mine.root / result.output.split("kept: ")[1].strip()
    assert kept.read_text(encoding="utf-8") == "// mine\n"
    assert (mine.root / DRILL_FILE).read_text(encoding="utf-8").startswith("//! A name is misspelled.")
    assert "left" not in call("update").output
    assert not (mine.state / "new" / DRILL_FILE).exists()


def test_take_waits_for_the_update_and_knows_its_files(mine: Desk, course: Desk) -> None:
    assert "is no file of the course" in call("update", "--take", "diary.md").output
    assert "is no file of the course" in call("update", "--take", "../course/course.toml").output
    renew(course)
    assert "Run: proxylings update" in call("update", "--take", DRILL_FILE).output


def test_a_part_is_one_thing_so_an_edited_file_keeps_its_neighbours(mine: Desk, course: Desk) -> None:
    (mine.root / PART_FILE).write_text("pub mod words;\n// mine\n", encoding="utf-8")
    renew(course)
    result = call("update")
    assert (mine.root / WORDS_FILE).read_text(encoding="utf-8") == "//! Words.\n"
    assert {PART_FILE, WORDS_FILE} <= {name for name in result.output.split() if name.startswith("exercises/")}
    assert f"left     {WORDS_FILE}" in result.output
    call("update", "--take", WORDS_FILE)
    assert (mine.root / WORDS_FILE).read_text(encoding="utf-8") == "//! More words.\n"
    assert (mine.root / PART_FILE).read_text(encoding="utf-8").startswith("//! The part.")


def test_a_notebook_that_was_run_is_renewed_and_kept(mine: Desk, course: Desk) -> None:
    path = mine.root / NOTEBOOK_FILE
    book = json.loads(path.read_bytes())
    book["cells"][-1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "mine"}]
    path.write_text(json.dumps(book), encoding="utf-8")
    ran = path.read_bytes()
    renew(course)
    assert f"renewed  {NOTEBOOK_FILE}" in call("update").output
    assert b"The trip of a request" in path.read_bytes()
    assert [copy.read_bytes() for copy in (mine.state / "backups").rglob("*.ipynb")] == [ran]


def test_a_notebook_whose_cells_were_edited_is_left(mine: Desk, course: Desk) -> None:
    path = mine.root / NOTEBOOK_FILE
    path.write_text(path.read_text(encoding="utf-8").replace("GET / HTTP", "GET /mine HTTP"), encoding="utf-8")
    before = path.read_bytes()
    renew(course)
    assert f"left     {NOTEBOOK_FILE}" in call("update").output
    assert path.read_bytes() == before


def test_a_file_that_the_learner_deleted_stays_deleted_until_it_is_taken(mine: Desk, course: Desk) -> None:
    (mine.root / DRILL_FILE).unlink()
    assert "nothing else changed" in call("update").output
    renew(course)
    assert f"left     {DRILL_FILE}" in call("update").output
    assert not (mine.root / DRILL_FILE).exists()
    call("update", "--take", DRILL_FILE)
    assert (mine.root / DRILL_FILE).exists()


def test_a_file_of_the_learners_own_that_has_a_new_ones_name_is_left(mine: Desk, course: Desk) -> None:
    own = mine.root / "exercises" / "00-tour" / "drills" / "wave.rs"
    own.write_text("// my own exercise\n", encoding="utf-8")
    renew(course)
    assert "left     exercises/00-tour/drills/wave.rs" in call("update").output
    assert own.read_text(encoding="utf-8") == "// my own exercise\n"


def test_what_leaves_the_course_leaves_with_it_unless_it_was_edited(mine: Desk, course: Desk) -> None:
    renew(course)
    call("update")
    wave = mine.root / "exercises" / "00-tour" / "drills" / "wave.rs"
    git(course.root, "rm", "--quiet", "solutions/00-tour/drills/wave.rs", "notebooks/src/01-request.md")
    git(course.root, "rm", "--quiet", "notebooks/01-request.ipynb")
    commit(course.root, "course: without them")
    wave.write_text("// mine\n", encoding="utf-8")
    result = call("update")
    assert "removed  notebooks/01-request.ipynb" in result.output
    assert not (mine.root / "notebooks" / "01-request.ipynb").exists()
    assert wave.read_text(encoding="utf-8") == "// mine\n"


def test_an_older_course_is_not_taken_by_mistake(mine: Desk, course: Desk) -> None:
    first = git(course.root, "rev-parse", "HEAD")
    renew(course)
    call("update")
    before = texts(mine.root)
    git(course.root, "checkout", "--quiet", first)
    result = call("update")
    assert result.exit_code == 1
    assert "is not newer" in result.output
    assert texts(mine.root) == before
    assert call("update", "--any-version").exit_code == 0
    assert repository.read_lock(mine.root).commit == first


def test_an_update_that_was_killed_knows_its_own_files_when_the_course_has_moved_on(
    mine: Desk, course: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """Stands for a kill that no handler sees."""

    def stop(*_: object) -> None:
        raise Killed

    renew(course)
    monkeypatch.setattr(updating, "_settled", stop)
    with pytest.raises(Killed):
        updating.update(mine)
    monkeypatch.undo()
    monkeypatch.setenv("PROXYLINGS_COURSE", str(course.root))
    change(course, "solutions/00-tour/drills/greet.rs", "//! A name is misspelled.", "//! A name is wrong.")
    commit(course.root, "course: the third version")
    updated = updating.update(mine)
    assert updated.named("left") == []
    assert texts(mine.root) == expected(course, tmp_path)


def test_the_version_of_the_course_here_is_compared_with_the_repositorys(mine: Desk, course: Desk) -> None:
    assert repository.note_on_version(mine) == ""
    renew(course)
    assert "proxylings update" in repository.note_on_version(mine)
    assert "proxylings update" in call("status").output
    assert repository.note_on_version(course) == ""


def test_in_a_clone_of_the_course_there_is_nothing_to_update(course: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(course.root)
    result = call("update")
    assert result.exit_code == 1
    assert LOCK in result.output
    assert "git pull" in result.output


def test_a_file_that_can_not_be_put_in_place_stops_take_before_anything_changes(mine: Desk, course: Desk) -> None:
    (mine.root / DRILL_FILE).unlink()
    (mine.root / DRILL_FILE).mkdir()
    renew(course)
    assert f"left     {DRILL_FILE}" in call("update").output
    before = texts(mine.root)
    with pytest.raises(CourseError):
        updating.take(mine, DRILL_FILE)
    assert texts(mine.root) == before
