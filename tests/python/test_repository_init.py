"""`proxylings init`: a repository of the learner's own, and what must not be in it."""

import json
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from proxylings import pin, repository, weave
from proxylings.cli import main
from proxylings.course import LOCK, Desk, find_desk
from proxylings.errors import CourseError
from tests.conftest import missing
from tests.python.small_course import URL, change, commit, git, small_course, texts
from tests.python.small_desk import DRILL

ANSWER = weave.answer(DRILL, {})


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    desk = small_course(tmp_path / "course")
    monkeypatch.setenv("PROXYLINGS_COURSE", str(desk.root))
    return desk


def call(*arguments: str | Path) -> Result:
    """Run a command and keep what it printed."""
    return CliRunner().invoke(main, list(map(str, arguments)))


@pytest.mark.parametrize(
    ("ci", "workflow"), [("github", ".github/workflows/grade.yml"), ("gitlab", ".gitlab-ci.yml"), ("none", "")]
)
def test_it_holds_what_a_learner_needs_and_nothing_else(course: Desk, tmp_path: Path, ci: str, workflow: str) -> None:
    result = call("init", tmp_path / "mine", "--ci", ci)
    assert result.exit_code == 0, result.output
    found = set(texts(tmp_path / "mine"))
    assert found == {
        "course.toml", "course.lock", "README.md", ".gitignore", "rustfmt.toml", "notebooks/00-tour.ipynb",
        "exercises/Cargo.toml", "exercises/00-tour/drills/greet.rs", "exercises/01-request/Cargo.toml",
        "exercises/01-request/src/lib.rs", "exercises/01-request/src/words.rs", "tests/parts/01_request.rs",
    } | ({workflow} - {""})  # fmt: skip
    for name in ("exercises/ (5 files)", "course.lock", "git init", "proxylings lab"):
        assert name in result.output


def test_the_whole_course_comes_along_and_none_of_its_solutions(desk: Desk, tmp_path: Path) -> None:
    if not (desk.root / ".git").exists():
        missing("the course lies here without git, which has its notebooks")
    files = repository.contents(desk.root, tmp_path, "github", pin.Pin(URL, "0" * 40))
    rooms = {name.split("/")[0] for name in files}
    assert rooms == {
        "exercises", "notebooks", "tests", "course.toml", "rustfmt.toml", "README.md", ".gitignore", ".github",
    }  # fmt: skip
    assert {name for name in files if name.startswith("tests/")} == {
        path.relative_to(desk.root).as_posix() for path in (desk.root / "tests" / "parts").rglob("*.rs")
    }
    assert not [name for name, data in files.items() if b"// exercise: begin" in data]
    for exercise in desk.exercises:
        given = files[f"exercises/{exercise.source.as_posix()}"]
        assert given == weave.stub(desk.solution(exercise).read_text(encoding="utf-8")).encode(), exercise.id
    wire = tomllib.loads(files["exercises/Cargo.toml"].decode())["workspace"]["dependencies"]["wire"]
    assert wire == {"git": URL, "rev": "0" * 40}


def test_the_version_is_pinned_in_the_lock_the_readme_and_the_workflow(course: Desk, tmp_path: Path) -> None:
    git(course.root, "tag", "v1.2.0")
    made = repository.init(tmp_path / "mine", course.root, "github")
    head = git(course.root, "rev-parse", "HEAD")
    assert made.pin == pin.Pin(URL, head, "v1.2.0")
    lock = tomllib.loads((tmp_path / "mine" / LOCK).read_text(encoding="utf-8"))
    assert (lock["url"], lock["commit"], lock["tag"], lock["version"]) == (URL, head, "v1.2.0", 1)
    files = texts(tmp_path / "mine")
    assert set(lock["files"]) == set(files) - {LOCK}
    for name in ("README.md", ".github/workflows/grade.yml"):
        assert URL in files[name].decode()
        assert head in files[name].decode()
    assert not [name for name, data in files.items() if b"@COMMIT@" in data or b"@URL@" in data]


def test_a_learner_works_in_it_as_in_a_clone(course: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert call("init", tmp_path / "mine").exit_code == 0
    monkeypatch.chdir(tmp_path / "mine" / "notebooks")
    drill = tmp_path / "mine" / "exercises" / "00-tour" / "drills" / "greet.rs"
    stub = drill.read_bytes()
    assert "ERROR: 0 of 1 points" in call("check", "greet").output
    assert "Hint 1 of 3" in call("hint", "greet").output
    drill.write_text(ANSWER, encoding="utf-8")
    assert "PASS: 1 of 1 points" in call("check", "greet").output
    assert "passed" in call("status").output
    assert "format!" in call("solution", "greet").output
    assert "Your own is kept" in call("reset", "greet").output
    assert drill.read_bytes() == stub
    assert "would overwrite what they wrote" in call("weave").output
    assert find_desk().state == tmp_path / "mine" / ".proxylings"
    assert not (course.state / "progress").exists()


def test_files_of_the_folders_own_are_not_overwritten_and_nothing_is_written(course: Desk, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "README.md").write_text("mine", encoding="utf-8")
    (mine / "exercises").write_text("a file where a folder has to be", encoding="utf-8")
    before = texts(mine)
    result = call("init", mine)
    assert result.exit_code == 1
    assert "README.md" in result.output
    assert "exercises/00-tour/drills/greet.rs" in result.output
    assert "nothing was changed" in result.output
    assert texts(mine) == before


def test_files_that_are_in_nobodys_way_stay(course: Desk, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "diary.md").write_text("mine", encoding="utf-8")
    assert call("init", mine).exit_code == 0
    assert (mine / "diary.md").read_text(encoding="utf-8") == "mine"


def test_a_link_is_somebodys_own_file(course: Desk, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "course.toml").symlink_to(course.root / "course.toml")
    assert "would be overwritten" in call("init", mine).output


@pytest.mark.parametrize("place", ["course", "course/mine", "a-file"])
def test_a_place_that_can_not_be_one_is_refused(course: Desk, tmp_path: Path, place: str) -> None:
    (tmp_path / "a-file").write_text("", encoding="utf-8")
    result = call("init", tmp_path / place)
    assert result.exit_code == 1
    assert "Name a folder" in result.output


def test_a_second_init_points_to_update(course: Desk, tmp_path: Path) -> None:
    call("init", tmp_path / "mine")
    before = texts(tmp_path / "mine")
    assert "proxylings update" in call("init", tmp_path / "mine").output
    assert texts(tmp_path / "mine") == before


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("git@github.com:cafe/proxylings.git", "https://github.com/cafe/proxylings.git"),
        ("ssh://git@gitlab.example:2222/cafe/proxylings", "https://gitlab.example/cafe/proxylings"),
        ("https://somebody:secret@git.example/course", "https://git.example/course"),
        ("https://git.example/course", "https://git.example/course"),
        ("/srv/course.git", "file:///srv/course.git"),
    ],
)
def test_an_address_is_one_that_everybody_can_use(address: str, expected: str) -> None:
    assert pin.public(address) == expected


@pytest.mark.parametrize("address", ["https://h/$(id)", 'https://h/"', "https://h/a b", "https://h/\nx"])
def test_an_address_that_a_shell_would_read_otherwise_is_refused(address: str) -> None:
    with pytest.raises(CourseError, match="not an address"):
        pin.public(address)


def test_doubts_about_the_version_are_said(course: Desk, tmp_path: Path) -> None:
    change(course, "course.toml", "small", "large")
    assert "in no commit" in call("init", tmp_path / "one").output
    commit(course.root, "course: another title")
    assert "not in the remote yet" in call("init", tmp_path / "two").output
    assert "a runner can't reach it" in call("init", tmp_path / "three", "--course", str(course.root)).output


def test_a_course_that_git_does_not_know_has_no_version(course: Desk, tmp_path: Path) -> None:
    (course.root / ".git").rename(tmp_path / "gone")
    result = call("init", tmp_path / "mine")
    assert result.exit_code == 1
    assert "not a git checkout" in result.output
    assert not (tmp_path / "mine").exists()


def test_a_course_without_a_remote_asks_for_its_address(course: Desk, tmp_path: Path) -> None:
    git(course.root, "remote", "remove", "origin")
    assert "--course URL" in call("init", tmp_path / "mine").output
    assert call("init", tmp_path / "mine", "--course", URL).exit_code == 0


def test_running_a_notebook_is_not_editing_it(course: Desk, tmp_path: Path) -> None:
    repository.init(tmp_path / "mine", course.root, "none")
    data = (tmp_path / "mine" / "notebooks" / "00-tour.ipynb").read_bytes()
    book = json.loads(data)
    code = next(cell for cell in book["cells"] if cell["cell_type"] == "code")
    code["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["GET / HTTP/1.1\n"]}]
    code["execution_count"] = 7
    name = "notebooks/00-tour.ipynb"
    assert repository.digest(name, json.dumps(book).encode()) == repository.digest(name, data)
    code["source"] = ["print('mine')"]
    assert repository.digest(name, json.dumps(book).encode()) != repository.digest(name, data)
    assert repository.digest(name, b"{}") != repository.digest(name, b"[]")


@pytest.mark.parametrize("text", ["version = 1\n", "not toml", 'version = "x"\n'])
def test_a_damaged_lock_says_how_to_restore_it(course: Desk, tmp_path: Path, text: str) -> None:
    repository.init(tmp_path / "mine", course.root, "none")
    (tmp_path / "mine" / LOCK).write_text(text, encoding="utf-8")
    with pytest.raises(CourseError, match="git checkout"):
        repository.read_lock(tmp_path / "mine")


def test_a_lock_of_a_newer_version_is_left_alone(course: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    repository.init(tmp_path / "mine", course.root, "none")
    path = tmp_path / "mine" / LOCK
    path.write_text(path.read_text(encoding="utf-8").replace("version = 1", "version = 9"), encoding="utf-8")
    before = path.read_bytes()
    monkeypatch.chdir(tmp_path / "mine")
    result = call("update")
    assert result.exit_code == 1
    assert "newer version of the course" in result.output
    assert path.read_bytes() == before


def test_a_lock_that_names_files_outside_is_refused(course: Desk, tmp_path: Path) -> None:
    repository.init(tmp_path / "mine", course.root, "none")
    path = tmp_path / "mine" / LOCK
    text = path.read_text(encoding="utf-8").replace('"course.toml"', '"../course/course.toml"')
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CourseError, match="outside of the repository"):
        repository.read_lock(tmp_path / "mine")
