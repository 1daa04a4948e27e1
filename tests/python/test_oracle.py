"""The strict verdict: wrong answers lose points, right ones of any shape get all, and nobody else decides.

PROXYLINGS_EVERY_ANSWER=1 grades every wrong answer; so does `python -m tests.oracle.measure`, which counts them.
"""

import dataclasses
import os
import random
import re
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest

from proxylings import weave
from proxylings.course import Exercise
from proxylings.errors import CourseError
from proxylings.grader import oracle, sandbox
from proxylings.grader.oracle import cases, hidden, program, reference, transcript
from proxylings.grader.verdict import Verdict
from tests.conftest import missing
from tests.oracle.measure import DESK, SEED, fault, graded, samples
from tests.python.answers import Sample

GRADED = [exercise for exercise in DESK.exercises if oracle.can_grade(DESK, exercise)]
# What rustc refuses, it refuses for everybody: test_answers proves it, and here it would cost a box each.
_JUDGED = [sample for sample in samples("wrong") if not sample.fails.startswith("E0")]
# A grade takes a third of a second of processor time, so an ordinary run asks for two wrong answers of each mark.
EVERY = os.environ.get("PROXYLINGS_EVERY_ANSWER") == "1"


def _some(judged: list[Sample]) -> list[Sample]:
    """Return the first and the last wrong answer of each mark."""
    marks: dict[tuple[str, str], list[Sample]] = {}
    for sample in judged:
        marks.setdefault((sample.exercise, sample.mark), []).append(sample)
    return list({sample.name: sample for one in marks.values() for sample in (one[0], one[-1])}.values())


ANSWERS = [*samples("right"), *(_JUDGED if EVERY else _some(_JUDGED))]
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
    maker, made = cases.load(DESK, exercise), cases.drawn(DESK, exercise, SEED)
    assert len(made) >= FEWEST_CASES
    steps = {case.step for case in made} | {probe.step for probe in maker.probes}
    assert steps == ({step.id for step in exercise.steps} or {""})
    assert all(case.name for case in made)


@every_graded
def test_a_seed_gives_the_same_cases_and_another_one_gives_others(exercise: Exercise) -> None:
    make = cases.load(DESK, exercise).make
    first, again, other = (cases.framed(list(enumerate(make(random.Random(seed))))) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_threads_that_ask_for_a_case_maker_at_once_get_the_same_one() -> None:
    # One that nobody has asked for: by another title.
    exercise = dataclasses.replace(DESK.exercise("06-pipeline"), title="Nobody has read this one")
    with ThreadPoolExecutor(8) as pool:
        makers = list(pool.map(lambda _: cases.load(DESK, exercise), range(8)))
    assert all(maker is makers[0] for maker in makers)


def test_every_exercise_has_an_oracle() -> None:
    assert [exercise.id for exercise in oracle.missing(DESK)] == [], "tests/oracle/README.md says how to write one"


def test_an_exercise_without_an_oracle_is_refused_by_name(box: sandbox.Sandbox) -> None:
    exercise = dataclasses.replace(DESK.exercise("first_green"), id="00-tour/moon", name="moon")
    with pytest.raises(CourseError, match=r"00-tour/moon has no oracle yet(.|\n)*proxylings check"):
        oracle.grade(DESK, exercise, {}, seed=1, sandbox=box)


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


def test_a_hang_and_an_exit_cost_points_and_say_so(box: sandbox.Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transcript, "RUN", msgspec.structs.replace(sandbox.RUN, cpu=1, wall=3.0))
    right = 'return format!("a {method} request arrived");'
    hang = _greeting(box, f'if method != "PUT" {{ {right} }} loop {{}}')
    assert hang.status == "timeout"
    assert "The program was stopped" in hang.says()
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


def _hidden(folder: Path, text: str, name: str = "00-tour/first_green.toml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return folder


def test_hidden_cases_count_and_show_nothing_but_their_name(box: sandbox.Sandbox, tmp_path: Path) -> None:
    folder = _hidden(tmp_path, '[[case]]\nname = "a secret method"\ncall = "Greet"\ninput = { method = "XYZZY" }\n')
    assert oracle.check_cases(DESK, folder) == {"00-tour/first_green": 1}
    body = """println!("asked for {method}"); if method == "XYZZY" { return method.to_string() }
              format!("a {method} request arrived")"""
    source = f"pub fn greet(method: &str) -> String {{ {body} }}".encode()
    exercise = DESK.exercise("first_green")
    verdict = oracle.grade(DESK, exercise, {"drills/first_green.rs": source}, seed=3, sandbox=box, cases=folder)
    assert (verdict.status, verdict.points) == ("fail", 0)
    assert [test.name for test in verdict.tests if test.status != "pass"] == ["a secret method"]
    assert "XYZZY" not in repr(verdict)
    solved = reference.solution(DESK, exercise)
    assert oracle.grade(DESK, exercise, solved, seed=3, sandbox=box, cases=folder).passed


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("case = 1", "Expected `array`"),
        ('[[case]]\nname = "a"\ncall = "Great"', "its calls: Greet"),
        ('[[case]]\nname = "a"\ncall = "Greet"\ninput = { methd = "GET" }', "methd"),
        ('[[case]]\nname = "a"\ncall = "Greet"\ninput = { method = 7 }', "method (a text)"),
        ('[[case]]\nname = "a"\ncall = "Greet"\nstep = "step_1"', "has no steps"),
    ],
)
def test_a_mistake_in_a_file_of_cases_is_told_before_anything_is_graded(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(CourseError) as raised:
        oracle.check_cases(DESK, _hidden(tmp_path, text))
    assert says.lower() in str(raised.value).lower()
    assert "first_green.toml" in str(raised.value)


def test_a_file_of_cases_for_no_exercise_is_named(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="belongs to no exercise"):
        oracle.check_cases(DESK, _hidden(tmp_path, "", "99-moon.toml"))


def test_bytes_are_written_with_escapes_and_the_call_reads_them(tmp_path: Path) -> None:
    text = "[[case]]\nstep = 'step_1_cut'\nname = 'n'\ncall = 'Cut'\ninput = { buffer = 'G\\r\\n\\x00\\xff\\\\é' }\n"
    exercise = DESK.exercise("01-request")
    (case,) = hidden.cases(DESK, exercise, _hidden(tmp_path, text, "01-request.toml"))
    assert case.call.input.startswith(bytes([8, 0, 0, 0]) + b"G\r\n\x00\xff\\" + "é".encode())
    with pytest.raises(ValueError, match="begins no escape"):
        hidden.unescaped("a\\q")


def test_only_what_can_be_a_module_comes_into_the_box(box: sandbox.Sandbox) -> None:
    exercise = DESK.exercise("01-request")
    extra = dict.fromkeys(
        ["Cargo.toml", "build.rs", "src/../x.rs", "/src/y.rs", "src/a.rs/b.rs", "src/a\nb.rs", ".cargo/c.rs"], b"!"
    )
    verdict = oracle.grade(DESK, exercise, {**reference.solution(DESK, exercise), **extra}, seed=3, sandbox=box)
    assert verdict.passed, verdict.says()


def test_a_submission_that_is_too_large_is_refused_with_the_limit(box: sandbox.Sandbox) -> None:
    exercise = DESK.exercise("first_green")
    verdict = oracle.grade(DESK, exercise, {"drills/first_green.rs": b"/" * (2 << 20)}, seed=1, sandbox=box)
    assert (verdict.status, verdict.points) == ("refused", 0)
    assert "1,048,576" in verdict.message


def test_other_types_than_the_stubs_are_told_apart_from_errors_in_the_answer(box: sandbox.Sandbox) -> None:
    source = b"pub fn greet(method: String) -> String { method }"
    verdict = oracle.grade(DESK, DESK.exercise("first_green"), {"drills/first_green.rs": source}, seed=1, sandbox=box)
    assert verdict.status == "error"
    assert "Keep the names" in verdict.message


def test_a_compilation_without_an_end_is_stopped_and_says_so(
    box: sandbox.Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "_ALLOWANCE", msgspec.structs.replace(sandbox.COMPILE, cpu=1, wall=5.0))
    source = b"""#![allow(long_running_const_eval)]
        const N: u64 = { let mut n = 0; while n < u64::MAX { n += 1 } n };
        pub fn greet(_: &str) -> String { N.to_string() }"""
    verdict = oracle.grade(DESK, DESK.exercise("first_green"), {"drills/first_green.rs": source}, seed=1, sandbox=box)
    assert verdict.status == "error"
    assert "rustc was stopped" in verdict.message


_MARKED = re.compile(
    r"^\s*// exercise: begin ?(\w*)\n.*?^\s*// exercise: stub\n(.*?)^\s*// exercise: end$", re.MULTILINE | re.DOTALL
)


def _begun(exercise: Exercise, solved: int) -> str:
    """Return what a learner has who has solved the first steps, and still has the stub of the others."""
    solution = DESK.solution(exercise).read_text(encoding="utf-8")
    ids = [step.id for step in exercise.steps]
    first: dict[str, int] = {}
    for sample in samples("wrong", [exercise.id]):
        if (step := sample.fails.split("::")[0]) in ids:
            first[sample.mark] = min(first.get(sample.mark, len(ids)), ids.index(step))
    stubs = {mark: re.sub(r"^(\s*)// ?", r"\1", stub, flags=re.MULTILINE) for mark, stub in _MARKED.findall(solution)}
    assert set(first) - {"*"} == set(stubs)
    return weave.answer(solution, {mark: stub for mark, stub in stubs.items() if first[mark] >= solved}, exercise.id)


@pytest.mark.parametrize("exercise", [one for one in GRADED if one.steps], ids=lambda exercise: exercise.id)
def test_whoever_has_solved_the_first_steps_has_their_points(exercise: Exercise, box: sandbox.Sandbox) -> None:
    every = range(1, len(exercise.steps)) if EVERY else [len(exercise.steps) // 2]
    for solved in every:
        source = _begun(exercise, solved).encode()
        verdict = oracle.grade(DESK, exercise, {"src/lib.rs": source}, seed=SEED, sandbox=box, plays=False)
        expected = [step.points for step in exercise.steps[:solved]]
        got = [step.points for step in verdict.steps[:solved]]
        assert got == expected, f"{solved} steps are solved\n{verdict.says()}"
        assert verdict.points < exercise.points
