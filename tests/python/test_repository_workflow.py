"""The workflow of a learner's repository: its own shell steps, run here as a hosted runner runs them.

The learner's tree is hostile: it brings a compiler, modules, verdicts and a course of its own. None of it may run or
count; the marks that they would leave are looked for at the end.
"""

import json
import os
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from proxylings import repository, toolchain
from tests.conftest import ROOT, required
from tests.python.runner import Context, Runner, course_in, evaluate, filled, load, restore_cache
from tests.python.small_course import commit, git

TEMPLATES = ROOT / "python" / "proxylings" / "templates"
DRILLS = "00-tour/first_green 01-request/lend_the_head"
HONEST = "1 of 3 points"
PUSH: dict[str, object] = {
    "github.ref": "refs/heads/main", "github.ref_name": "main", "github.repository": "ada/my-proxy",
    "github.event.repository.default_branch": "main", "github.event_name": "push", "github.token": "a-token",
    "github.event.pull_request.head.repo.full_name": "", "cancelled()": False,
}  # fmt: skip


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course as it lies here, in a repository that can be fetched from without a network."""
    required("git")
    required("bwrap")
    folder = tmp_path_factory.mktemp("origin") / "course"
    course_in(folder)
    return folder


@pytest.fixture
def mark(tmp_path: Path) -> Path:
    """The file that anything of the learner's leaves a line in, if it runs outside of the sandbox."""
    return tmp_path / "mark"


@pytest.fixture
def path(tmp_path: Path, mark: Path) -> str:
    """A PATH whose rustc and cargo look for rust-toolchain.toml as rustup's do: a learner's would be obeyed."""
    found = toolchain.find()
    folder = tmp_path / "shims"
    folder.mkdir()
    for name, real in (("rustc", found.rustc), ("cargo", found.cargo)):
        (folder / name).write_text(
            "#!/bin/sh\nfolder=$PWD\n"
            f'while [ "$folder" != / ]; do [ ! -e "$folder/rust-toolchain.toml" ] || echo {name} >> {mark}\n'
            f'folder=$(dirname "$folder"); done\nexec {real} "$@"\n',
            encoding="utf-8",
        )
        (folder / name).chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


def learner(origin: Path, folder: Path, mark: Path, ci: repository.CI) -> Path:
    """Make a repository with one right and one wrong answer, and all that a cheat can commit."""
    repository.init(folder, origin, ci, origin.as_uri())
    drill = "exercises/00-tour/drills/first_green.rs"
    shutil.copyfile(origin / drill.replace("exercises", "solutions"), folder / drill)
    lock = folder / "course.lock"
    lock.write_text(lock.read_text(encoding="utf-8").replace(origin.as_uri(), "file:///nowhere"), encoding="utf-8")
    (folder / "course.toml").write_text('title = "all points for me"\nchapter = []\n', encoding="utf-8")
    (folder / "rust-toolchain.toml").write_text('[toolchain]\npath = "mine"\n', encoding="utf-8")
    (folder / ".cargo").mkdir()
    (folder / ".cargo" / "config.toml").write_text('[build]\nrustc-wrapper = "./mine"\n', encoding="utf-8")
    evil = f"open({str(mark)!r}, 'a').write(__file__ + '\\n')\n"
    for name in ("sitecustomize.py", "venv.py", "json.py", "click.py", "start.py", "proxylings/__init__.py"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(evil, encoding="utf-8")
    (folder / "grades" / "students" / "answers").mkdir(parents=True)
    (folder / "grades" / "grades.sqlite").write_text("all points for me", encoding="utf-8")
    git(folder, "init", "--quiet")
    commit(folder, "my answers")
    return folder


def run_job(
    runner: Runner, workflow: dict[str, Any], job: dict[str, Any], context: Context, actions: dict[str, Any]
) -> dict[str, object]:
    """Run the steps of a job in order; `actions` plays those that are not ours. Return the context at the end."""
    known = dict(context)
    variables = {key: filled(str(value), known) for key, value in workflow.get("env", {}).items()}
    runner.variables |= variables
    known |= {f"env.{key}": value for key, value in variables.items()}
    for step in job["steps"]:
        wanted = not runner.failed or "cancelled()" in str(step.get("if", ""))
        if not wanted or not evaluate(
            str(step.get("if", "True")).removeprefix("${{").removesuffix("}}"), known | {"True": True}
        ):
            continue
        if "uses" in step:
            actions[step["uses"]]({key: filled(str(value), known) for key, value in step.get("with", {}).items()})
            continue
        runner.shell(step["name"], step["run"], {key: filled(str(v), known) for key, v in step.get("env", {}).items()})
        if "id" in step:
            known |= {f"steps.{step['id']}.outputs.{key}": value for key, value in runner.outputs().items()}
    return known


def graded_on_github(tmp_path: Path, path: str, mine: Path) -> tuple[Runner, Path]:
    """Run the job `grade` of the workflow that lies in the learner's repository; return it and its artifact."""
    workflow = load(mine / ".github" / "workflows" / "grade.yml")
    runner = Runner(tmp_path / "work", path)
    artifact = tmp_path / "artifact"
    course = runner.workspace / "course"
    actions = {
        "actions/checkout@v4": lambda asked: git(runner.workspace, "clone", "--quiet", str(mine), asked["path"]),
        "actions/cache@v4": lambda _: restore_cache(course),
        "actions/upload-artifact@v4": lambda asked: shutil.copytree(runner.workspace / asked["path"], artifact),
    }  # fmt: skip
    context = PUSH | {"vars.PROXYLINGS_EXERCISES": DRILLS}
    run_job(runner, workflow, workflow["jobs"]["grade"], context, actions)
    return runner, artifact


def test_a_push_is_graded_with_annotations_a_summary_and_a_badge(
    origin: Path, tmp_path: Path, path: str, mark: Path
) -> None:
    mine = learner(origin, tmp_path / "mine", mark, "github")
    runner, artifact = graded_on_github(tmp_path, path, mine)
    assert not runner.failed, runner.printed
    assert "::error file=exercises/01-request/drills/lend_the_head.rs,line=" in runner.printed
    assert "::notice title=00-tour/first_green::1 of 1 points" in runner.printed
    assert f"# proxylings: {HONEST}" in runner.summary
    badge = json.loads((artifact / "badge.json").read_bytes())
    assert (badge["schemaVersion"], badge["message"]) == (1, HONEST)
    assert (artifact / "grades.csv").read_text(encoding="utf-8").count("\n") == 3
    assert not mark.exists(), f"the learner's own ran outside of the sandbox: {mark.read_text(encoding='utf-8')}"
    # It did not fail, for nobody asked it to. Asked to, it does, when the grades are kept already.
    steps = {
        step["name"]: step for step in load(mine / ".github" / "workflows" / "grade.yml")["jobs"]["grade"]["steps"]
    }
    assert list(steps)[-2:] == ["Keep the grades", "Fail when points are missing"]
    assert not runner.shell("", steps["Fail when points are missing"]["run"], {"FAIL_UNDER": "50"})
    assert "33 % of the points, less than 50 %" in runner.printed


def test_the_badge_is_published_on_a_branch_of_its_own(origin: Path, tmp_path: Path, path: str) -> None:
    workflow = load(TEMPLATES / "github.yml")
    git(tmp_path, "init", "--quiet", "--bare", str(tmp_path / "server" / "ada" / "my-proxy"))
    for message in ("1 of 3 points", "3 of 3 points"):
        runner = Runner(tmp_path / f"badge-{message[0]}", path)
        runner.variables["GITHUB_SERVER_URL"] = (tmp_path / "server").as_uri()

        def download(asked: dict[str, str], runner: Runner = runner, message: str = message) -> None:
            (runner.workspace / asked["path"]).mkdir()
            (runner.workspace / asked["path"] / "badge.json").write_text(message, encoding="utf-8")

        run_job(runner, {}, workflow["jobs"]["badge"], PUSH, {"actions/download-artifact@v4": download})
        assert not runner.failed, runner.printed
        server = tmp_path / "server" / "ada" / "my-proxy"
        assert git(server, "show", "proxylings-badge:badge.json") == message
        assert git(server, "rev-list", "--count", "proxylings-badge") == "1"


@pytest.mark.parametrize(
    ("event", "jobs"),
    [
        ({}, {"grade", "badge"}),
        ({"github.ref_name": "idea"}, {"grade"}),
        ({"github.event_name": "pull_request", "github.event.pull_request.head.repo.full_name": "eve/fork"}, {"grade"}),
        ({"github.event_name": "pull_request", "github.event.pull_request.head.repo.full_name": "ada/my-proxy"}, set()),
    ],
    ids=["main", "branch", "fork", "own pull request"],
)
def test_what_runs_at_which_event(event: dict[str, object], jobs: set[str]) -> None:
    workflow = load(TEMPLATES / "github.yml")
    context = PUSH | event
    found = {
        name
        for name, job in workflow["jobs"].items()
        if evaluate(job["if"].removeprefix("${{").removesuffix("}}"), context)
    }
    assert found == jobs


def test_a_pull_request_from_a_fork_needs_no_secret_and_may_write_nothing() -> None:
    text = (TEMPLATES / "github.yml").read_text(encoding="utf-8")
    workflow = load(TEMPLATES / "github.yml")
    assert "${{ secrets" not in text
    assert "pull_request_target" not in workflow["on"]
    assert workflow["permissions"] == {"contents": "read"}
    assert "permissions" not in workflow["jobs"]["grade"]
    assert "github.token" not in str(workflow["jobs"]["grade"])
    checkout = workflow["jobs"]["grade"]["steps"][0]["with"]
    assert checkout == {"path": "submission", "persist-credentials": False}
    ran = [step.get("run", "") for step in workflow["jobs"]["badge"]["steps"]]
    assert not [text for text in ran if "proxylings grade" in text or "start.py" in text]
    # What others chose (a branch's name, say) reaches a shell as a variable, never as text of the script.
    assert not [step for job in workflow["jobs"].values() for step in job["steps"] if "${{" in step.get("run", "")]


def test_the_action_has_the_steps_of_the_workflow() -> None:
    action, workflow = load(ROOT / "action.yml"), load(TEMPLATES / "github.yml")
    ours, theirs = (
        {step["name"]: step["run"] for step in steps if "run" in step}
        for steps in (action["runs"]["steps"], workflow["jobs"]["grade"]["steps"])
    )
    shared = {"Get the sandbox", "Set up", "Grade", "Fail when points are missing"}
    assert shared == ours.keys() & theirs.keys()
    assert {name: ours[name] for name in shared} == {name: theirs[name] for name in shared}
    assert not [text for text in ours.values() if "${{" in text]


def test_the_action_grades_the_checkout_that_it_stands_in(origin: Path, tmp_path: Path, path: str, mark: Path) -> None:
    mine = learner(origin, tmp_path / "mine", mark, "none")
    action = load(ROOT / "action.yml")
    home = tmp_path / "_actions" / "proxylings"
    git(tmp_path, "clone", "--quiet", str(origin), str(home))
    shutil.rmtree(home / ".git")  # a runner unpacks an action from an archive
    git(tmp_path, "clone", "--quiet", str(mine), str(tmp_path / "work"))
    runner = Runner(tmp_path / "work", path)
    context: dict[str, object] = {"github.action_path": str(home), "github.action_ref": "v1"}
    context |= {f"inputs.{name}": value["default"] for name, value in action["inputs"].items()}
    context |= {"inputs.exercises": DRILLS}
    actions = {"actions/cache@v4": lambda _: restore_cache(home)}
    run_job(runner, {}, action["runs"], context, actions)
    assert not runner.failed, runner.printed
    assert f"# proxylings: {HONEST}" in runner.summary
    badge = filled(action["outputs"]["badge"]["value"], context)
    assert json.loads((runner.workspace / badge).read_bytes())["message"] == HONEST
    assert not mark.exists(), f"the learner's own ran outside of the sandbox: {mark.read_text(encoding='utf-8')}"


def test_gitlab_grades_what_is_committed(origin: Path, tmp_path: Path, path: str, mark: Path) -> None:
    mine = learner(origin, tmp_path / "mine", mark, "gitlab")
    job = load(mine / ".gitlab-ci.yml")["grade"]
    git(tmp_path, "clone", "--quiet", str(mine), str(tmp_path / "work"))
    runner = Runner(tmp_path / "work", path)
    runner.variables = {name: str(value) for name, value in job["variables"].items()}
    runner.variables["PROXYLINGS_EXERCISES"] = DRILLS
    course = runner.workspace / ".course"
    git(tmp_path, "clone", "--quiet", str(origin), str(course))
    restore_cache(course)
    kept = {course / path for path in (name.removeprefix(".course/") for name in job["cache"]["paths"])}
    for entry in [*course.iterdir(), *(course / "python" / "proxylings").iterdir()]:
        if entry not in kept and not any(other.is_relative_to(entry) for other in kept):
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    script = "\n".join([*job["before_script"], *job["script"]])
    assert runner.shell("grade", script), runner.printed
    assert f"# proxylings: {HONEST}" in runner.printed
    report = ET.parse(runner.workspace / job["artifacts"]["reports"]["junit"]).getroot()
    assert len(report.findall(".//testcase")) > 1
    assert not mark.exists(), f"the learner's own ran outside of the sandbox: {mark.read_text(encoding='utf-8')}"
    steps = [*job["before_script"], *job["script"]]
    assert steps[-1].endswith('--fail-under "${PROXYLINGS_FAIL_UNDER:-0}"\n'), "last, when all is written"


def test_on_gitlab_answers_that_bring_their_own_course_are_refused(
    origin: Path, tmp_path: Path, path: str, mark: Path
) -> None:
    mine = learner(origin, tmp_path / "mine", mark, "gitlab")
    (mine / ".course" / ".venv" / "bin").mkdir(parents=True)
    (mine / ".course" / ".venv" / "bin" / "proxylings").write_text(f"#!/bin/sh\necho ran > {mark}\n", encoding="utf-8")
    git(mine, "add", "--force", ".course")
    commit(mine, "my own grader")
    job = load(mine / ".gitlab-ci.yml")["grade"]
    git(tmp_path, "clone", "--quiet", str(mine), str(tmp_path / "work"))
    runner = Runner(tmp_path / "work", path)
    runner.variables = {name: str(value) for name, value in job["variables"].items()}
    assert not runner.shell("grade", "\n".join([*job["before_script"], *job["script"]]))
    assert "delete it here" in runner.printed
    assert not mark.exists()
