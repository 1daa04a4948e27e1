"""The strict verdict: wrong answers lose points, right ones of any shape get all, and nobody else decides."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from proxylings.course import Exercise
from proxylings.errors import CourseError
from proxylings.grader import oracle, sandbox
from proxylings.grader.oracle import cases, reference
from proxylings.grader.verdict import Verdict
from tests.conftest import missing
from tests.oracle.measure import DESK, SEED, fault, graded, samples
from tests.python.answers import Sample

GRADED = [exercise for exercise in DESK.exercises if oracle.can_grade(DESK, exercise)]
# That rustc refuses what it refuses is proved by test_answers; here each of these would cost a box.
ANSWERS = [s for s in [*samples("right"), *samples("wrong")] if not s.fails.startswith("E0")]
FEWEST_CASES = 40

every_graded = pytest.mark.parametrize("exercise", GRADED, ids=lambda exercise: exercise.id)


@pytest.fixture(scope="module")
def box() -> sandbox.Sandbox:
    try:
        return sandbox.find()
    except sandbox.SandboxUnavailable as error:
        missing(str(error))


@pytest.fixture(scope="module")
def verdicts(request: pytest.FixtureRequest, box: sandbox.Sandbox) -> Iterator[dict[str, Future[Verdict]]]:
    """Grade what the selected tests ask for, two at a time."""
    wanted = {item.callspec.params["sample"].name for item in request.session.items if hasattr(item, "callspec")
              and "sample" in item.callspec.params and item.path == request.path}  # fmt: skip
    with ThreadPoolExecutor(2) as pool:
        yield {s.name: pool.submit(graded, s, box) for s in ANSWERS if s.name in wanted}


@pytest.mark.parametrize("sample", ANSWERS, ids=lambda sample: sample.name)
def test_an_answer_gets_what_it_is_worth(sample: Sample, verdicts: dict[str, Future[Verdict]]) -> None:
    verdict = verdicts[sample.name].result()
    assert not fault(sample, verdict), f"{fault(sample, verdict)}: {sample.why}\n{verdict.says()}"


@every_graded
def test_an_exercise_has_many_cases_and_each_step_has_some(exercise: Exercise) -> None:
    maker = cases.load(DESK, exercise)
    made = maker.cases(exercise, SEED)
    assert len(made) >= FEWEST_CASES
    steps = {case.step for case in made} | {probe.step for probe in maker.probes}
    assert steps == ({step.id for step in exercise.steps} or {""})
    assert all(case.name for case in made)


@every_graded
def test_a_seed_gives_the_same_cases_and_another_one_gives_others(exercise: Exercise) -> None:
    maker = cases.load(DESK, exercise)
    first, again, other = (cases.framed(list(enumerate(maker.cases(exercise, seed)))) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_an_exercise_without_an_oracle_is_refused_by_name(box: sandbox.Sandbox) -> None:
    left = oracle.missing(DESK)
    if not left:
        pytest.skip("every exercise has an oracle")
    with pytest.raises(CourseError, match=left[0].id):
        oracle.grade(DESK, left[0], {}, seed=1, sandbox=box)


def test_a_submission_without_its_file_is_refused_and_told_its_name(box: sandbox.Sandbox) -> None:
    exercise = DESK.exercise("first_green")
    verdict = oracle.grade(DESK, exercise, {"drills/other.rs": b""}, seed=1, sandbox=box)
    assert verdict.status == "refused"
    assert "drills/first_green.rs" in verdict.message


def test_a_verdict_says_how_it_came_about(box: sandbox.Sandbox) -> None:
    exercise = DESK.exercise("first_green")
    verdict = oracle.grade(DESK, exercise, reference.solution(DESK, exercise), seed=5, sandbox=box)
    assert (verdict.mode, verdict.seed, verdict.backend) == ("strict", 5, box.backend)
    assert (verdict.status, verdict.points) == ("pass", exercise.points)


def test_what_does_not_compile_is_told_with_its_code_and_its_file(box: sandbox.Sandbox) -> None:
    exercise = DESK.exercise("first_green")
    source = reference.solution(DESK, exercise)["drills/first_green.rs"].replace(
        b"{method} request", b"{metod} request"
    )
    verdict = oracle.grade(DESK, exercise, {"drills/first_green.rs": source}, seed=1, sandbox=box)
    assert verdict.status == "error"
    assert verdict.error_codes == ["E0425"]
    assert verdict.diagnostics[0].spans[0].file_name == "drills/first_green.rs"


def _greeting(box: sandbox.Sandbox, body: str) -> Verdict:
    source = f"pub fn greet(method: &str) -> String {{ {body} }}".encode()
    return oracle.grade(DESK, DESK.exercise("first_green"), {"drills/first_green.rs": source}, seed=3, sandbox=box)


def test_unsafe_code_does_not_compile(box: sandbox.Sandbox) -> None:
    verdict = _greeting(box, "unsafe { String::from_utf8_unchecked(method.into()) }")
    assert verdict.status == "error"
    assert "unsafe" in verdict.says()


def test_a_hang_an_exit_and_an_overflow_cost_points_and_say_so(box: sandbox.Sandbox) -> None:
    right = 'return format!("a {method} request arrived");'
    hang = _greeting(box, f'if method != "PUT" {{ {right} }} loop {{}}')
    assert hang.status == "timeout"
    assert "processor time" in hang.says()
    gone = _greeting(box, f'if method != "PUT" {{ {right} }} std::process::exit(0)')
    assert gone.status == "crashed"
    assert "ended the whole process" in gone.says()
    # The cases behind the one that ended the process were asked all the same.
    assert [test.status for test in gone.tests] == ["crashed", "pass"]


def test_a_difference_shows_its_input_and_what_was_printed(box: sandbox.Sandbox) -> None:
    verdict = _greeting(box, 'println!("asked"); format!("a {} request arrived", method.to_uppercase())')
    first = verdict.first_failure
    assert first is not None
    assert 'method: "get"' in first.message
    assert "a get request arrived" in first.message
    assert "asked" in first.output
