"""Every exercise against its stub, its solution, typical wrong answers, and right answers of another shape.

A wrong answer has to be rejected for the reason that it names, with words that speak to its misconception.
"""

import re
import subprocess
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from proxylings import course, hints, toolchain, weave
from proxylings.course import Exercise
from proxylings.grader import check
from proxylings.grader.verdict import Verdict
from tests.python.answers import Sample, load, place

ROOT = Path(__file__).parents[2]
DESK = course.find_desk(ROOT)
WRONG = load(ROOT / "tests" / "wrong")
RIGHT = load(ROOT / "tests" / "right")
FEWEST_WRONG = 3
Verdicts = dict[Path, Future[Verdict]]

every_exercise = pytest.mark.parametrize("exercise", DESK.exercises, ids=lambda exercise: exercise.id)


def named(samples: list[Sample]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("sample", samples, ids=lambda sample: sample.name)


def checked(exercise: Exercise, source: str, folder: Path) -> Verdict:
    return check.check(DESK, place(DESK, exercise, source, folder))


def solution(exercise: Exercise) -> str:
    return DESK.solution(exercise).read_text(encoding="utf-8")


def warnings(verdict: Verdict) -> list[str]:
    return [diagnostic.message for diagnostic in verdict.diagnostics if diagnostic.level == "warning"]


@pytest.fixture(scope="module")
def verdicts(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Verdicts]:
    """Check what the selected tests ask for: two exercises at a time, each one's answers in its own folder."""
    wanted = {item.callspec.params["sample"].path for item in request.session.items if hasattr(item, "callspec")
              and "sample" in item.callspec.params and item.path == request.path}  # fmt: skip
    coming: Verdicts = {sample.path: Future() for sample in [*WRONG, *RIGHT] if sample.path in wanted}
    over = threading.Event()

    def check_all(samples: list[Sample]) -> None:
        for sample in samples:
            if over.is_set():
                return
            exercise, folder = DESK.exercise(sample.exercise), tmp_path_factory.mktemp("answer")
            try:
                coming[sample.path].set_result(checked(exercise, sample.source(solution(exercise)), folder))
            except BaseException as error:
                coming[sample.path].set_exception(error)

    with ThreadPoolExecutor(2) as pool:
        # In the order of the tests, so that nobody waits for what comes late.
        for kind in (WRONG, RIGHT):
            for exercise in DESK.exercises:
                pool.submit(check_all, [s for s in kind if s.exercise == exercise.id and s.path in wanted])
        yield coming
        over.set()


@every_exercise
def test_a_solution_passes_with_all_points_and_no_warning(exercise: Exercise, tmp_path: Path) -> None:
    verdict = checked(exercise, solution(exercise), tmp_path)
    assert verdict.passed, verdict.says()
    assert verdict.points == exercise.points > 0
    assert warnings(verdict) == []


@every_exercise
def test_clippy_has_nothing_to_say_of_a_solution(exercise: Exercise, tmp_path: Path) -> None:
    answer = place(DESK, exercise, solution(exercise), tmp_path)
    (DESK.state / "check").mkdir(parents=True, exist_ok=True)
    assert [advice.message for advice in check.advice(DESK, answer)] == []


@pytest.mark.parametrize("exercise", [e for e in DESK.exercises if e.kind == "drill"], ids=lambda e: e.id)
def test_a_drill_is_formatted(exercise: Exercise) -> None:
    rustfmt = toolchain.find().sysroot / "bin" / "rustfmt"
    if not rustfmt.exists():
        pytest.skip("rustfmt is not installed")
    done = subprocess.run(
        [rustfmt, "--check", "--edition", "2024", DESK.solution(exercise)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"Run: rustfmt --edition 2024 {DESK.solution(exercise)}\n{done.stdout}"


@every_exercise
def test_a_stub_fails_for_the_reason_in_the_registry(exercise: Exercise, tmp_path: Path) -> None:
    verdict = checked(exercise, weave.stub(solution(exercise), exercise.id), tmp_path)
    red = [test for test in verdict.tests if test.status != "pass"]
    assert verdict.points == 0
    if re.fullmatch(r"E\d{4}", exercise.stub):
        assert verdict.status == "error"
        assert {d.error_code for d in verdict.diagnostics if d.is_error} == {exercise.stub}, verdict.says()
        return
    # A stub whose tests are red may also be one that never ends.
    assert verdict.status in ("fail", "timeout" if exercise.stub == "tests" else "fail"), verdict.says()
    assert warnings(verdict) == []
    if exercise.stub == "todo":
        assert red == list(verdict.tests)
        assert [test.name for test in red if "not yet implemented" not in test.message] == []
    else:
        assert exercise.stub == "tests"
        assert {test.name for test in red} == set(exercise.red or [test.name for test in verdict.tests])


@named(WRONG)
def test_a_wrong_answer_is_rejected(sample: Sample, verdicts: Verdicts) -> None:
    exercise = DESK.exercise(sample.exercise)
    verdict = verdicts[sample.path].result()
    assert not verdict.passed, f"accepted, although it stands for: {sample.why}"
    if re.fullmatch(r"E\d{4}", sample.fails):
        assert verdict.error_codes == [sample.fails], verdict.says()
        assert sample.fails in hints.load(DESK, exercise).codes, "the hints have no words for this code"
    elif sample.fails in ("timeout", "crashed"):
        assert sample.fails in {test.status for test in verdict.tests}, verdict.says()
    else:
        assert (first := verdict.first_failure), verdict.says()
        assert (f"{first.task}::" if first.task else "") + first.name == sample.fails, verdict.says()
    assert sample.says in verdict.says()


@named(RIGHT)
def test_a_right_answer_of_another_shape_passes(sample: Sample, verdicts: Verdicts) -> None:
    exercise = DESK.exercise(sample.exercise)
    verdict = verdicts[sample.path].result()
    assert verdict.passed, f"{sample.why}\n{verdict.says()}"
    assert verdict.points == exercise.points


@every_exercise
def test_an_exercise_has_wrong_answers_for_each_mark(exercise: Exercise) -> None:
    mine = [sample for sample in WRONG if sample.exercise == exercise.id]
    marks = re.findall(r"^\s*// exercise: begin ?(\w*)$", solution(exercise), re.MULTILINE)
    for mark in (mark or "body" for mark in marks):
        found = [sample for sample in mine if sample.mark in (mark, "*")]
        assert len(found) >= FEWEST_WRONG, f"tests/wrong has {len(found)} answers for {exercise.id}, mark {mark}"
    assert all(sample.fails and sample.says for sample in mine)


@every_exercise
def test_an_exercise_has_three_hints_and_words_for_its_code(exercise: Exercise) -> None:
    told = hints.load(DESK, exercise)
    assert all(step.strip() for step in told.steps)
    if re.fullmatch(r"E\d{4}", exercise.stub):
        assert exercise.stub in told.codes


def test_every_answer_belongs_to_an_exercise() -> None:
    known = {exercise.id for exercise in DESK.exercises}
    for sample in [*WRONG, *RIGHT]:
        assert sample.exercise in known, sample.path
        name = DESK.exercise(sample.exercise).name
        assert sample.path.name.startswith(f"{name}__"), f"{sample.path} is not named after {name}"
        assert sample.path.parent.name == DESK.exercise(sample.exercise).chapter, sample.path
