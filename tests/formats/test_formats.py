"""Every format, over every kind of verdict: valid by its schema, safe to show, with the verdict's own points."""

import os
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from proxylings.errors import CourseError
from proxylings.grader.formats import FORMATS, Graded
from proxylings.grader.formats.rows import rows
from proxylings.grader.verdict import Verdict
from tests.formats import samples
from tests.formats.readers import SCHEMAS, problems, read

PLAIN = samples.plain()
HOSTILE = samples.hostile()
ALL = pytest.mark.parametrize("name", FORMATS)


def render(name: str, *verdicts: Verdict) -> bytes:
    return FORMATS[name].render([samples.graded(one) for one in verdicts])


def result(name: str, one: Verdict) -> dict[str, object]:
    document: dict[str, object] = read(name, render(name, one))
    return document


@ALL
@pytest.mark.parametrize("kind", PLAIN)
def test_each_kind_of_verdict_is_valid(name: str, kind: str) -> None:
    data = render(name, PLAIN[kind])
    assert problems(name, data) == [], data.decode()[:3000]


@ALL
@pytest.mark.parametrize("kind", HOSTILE)
def test_whatever_a_learner_wrote_it_is_valid_and_safe(name: str, kind: str) -> None:
    assert problems(name, render(name, HOSTILE[kind])) == []


@ALL
def test_verdicts_from_a_seed_are_valid(name: str) -> None:
    for number, one in enumerate(samples.drawn(150)):
        assert problems(name, render(name, one)) == [], f"verdict {number} of the seed"


@pytest.mark.parametrize("name", [name for name, one in FORMATS.items() if one.holds == "a class"])
@pytest.mark.parametrize("text", samples.HOSTILE.values(), ids=samples.HOSTILE)
def test_a_hostile_name_or_repository_is_only_a_name(name: str, text: str) -> None:
    whose = msgspec.structs.replace(
        samples.graded(PLAIN["fail"], text), student=text, email=text, repository=text, commit=text
    )
    assert problems(name, FORMATS[name].render([whose])) == []


@ALL
def test_what_nobody_told_stays_empty(name: str) -> None:
    alone = Graded(verdict=PLAIN["fail"])
    if name == "classroom50":
        with pytest.raises(CourseError, match="Classroom 50 wants to know"):
            FORMATS[name].render([alone])
        return
    assert problems(name, FORMATS[name].render([alone])) == []


@ALL
def test_a_format_says_what_it_can_hold(name: str) -> None:
    two = [samples.graded(PLAIN["pass"]), samples.graded(PLAIN["a drill"])]
    others = [two[0], msgspec.structs.replace(two[1], student="grace")]
    if FORMATS[name].holds == "one exercise":
        with pytest.raises(CourseError, match="one exercise"):
            FORMATS[name].render(two)
    else:
        assert problems(name, FORMATS[name].render(two)) == []
    if FORMATS[name].holds == "one learner":
        with pytest.raises(CourseError, match="one learner"):
            FORMATS[name].render(others)


@pytest.mark.parametrize("name", [name for name, one in FORMATS.items() if one.holds == "a class"])
def test_a_class_written_in_pieces_is_the_same_file(name: str) -> None:
    every = [samples.graded(one) for one in samples.drawn(30)]
    assert b"".join(FORMATS[name].stream(every)) == FORMATS[name].render(every)
    assert problems(name, FORMATS[name].render([])) == []


@pytest.mark.parametrize("one", [*PLAIN.values(), *samples.drawn(300, seed=7)])
def test_rows_add_up_to_the_verdict(one: Verdict) -> None:
    found = rows(one)
    assert sum(row.points for row in found) == one.points
    assert sum(row.max_points for row in found) == one.max_points
    assert all(row.message for row in found if not row.passed)


def test_a_verdict_comes_back_from_our_own_json() -> None:
    for one in (PLAIN["fail"], PLAIN["tests with points"]):
        assert msgspec.json.decode(render("json", one), type=Verdict) == one


def test_our_own_schema_knows_every_field() -> None:
    schema = msgspec.json.decode((SCHEMAS / "verdict-v1.schema.json").read_bytes())
    assert list(schema["properties"]) == ["schema", *Verdict.__struct_fields__] or (
        set(schema["properties"]) == {"schema", *Verdict.__struct_fields__}
    )


def test_exercism_gets_tests_in_order_with_their_step_and_their_code() -> None:
    document = read("exercism", render("exercism", PLAIN["crashed"]))
    assert (document["version"], document["status"]) == (3, "fail")
    assert [test["task_id"] for test in document["tests"]] == [1, 1, 2]
    assert [test["status"] for test in document["tests"]] == ["pass", "pass", "error"]
    assert document["tests"][0]["test_code"] == "assert!(true);"
    assert "message" not in document


def test_exercism_gets_an_error_only_when_no_test_ran() -> None:
    document = read("exercism", render("exercism", PLAIN["error"]))
    assert (document["status"], document["tests"]) == ("error", [])
    assert "borrow of moved value" in document["message"]


def test_gradescope_gets_partial_credit_by_step() -> None:
    document = read("gradescope", render("gradescope", PLAIN["fail"]))
    assert document["score"] == 6
    assert [(test["score"], test["max_score"], test["status"]) for test in document["tests"]] == [
        (6, 6, "passed"),
        (0, 4, "failed"),
    ]
    assert "expected: 1" in document["tests"][1]["output"]


def test_tests_with_points_of_their_own_are_rows_of_their_own() -> None:
    document = read("classroom50", render("classroom50", PLAIN["tests with points"]))
    assert [test["score"] for test in document["tests"]] == [5, 5, 0]


def test_prairielearn_counts_what_does_not_compile_and_not_what_is_not_there() -> None:
    wrong, gone = (read("prairielearn", render("prairielearn", PLAIN[kind])) for kind in ("error", "refused"))
    assert (wrong["gradable"], wrong["score"]) == (True, 0)
    assert (gone["gradable"], gone["format_errors"]) == (False, ["src/lib.rs is not there."])
    assert read("prairielearn", render("prairielearn", PLAIN["fail"]))["score"] == pytest.approx(0.6)


@pytest.mark.parametrize(("name", "limit"), [("prairielearn", 1_000_000), ("github-summary", 1024 * 1024)])
def test_a_size_limit_holds_for_many_exercises_that_say_much(name: str, limit: int) -> None:
    loud = samples.failing("fail", "é" * 9_000)
    many = [msgspec.structs.replace(loud, exercise=f"{number:03}-part") for number in range(400)]
    data = render(name, *many)
    assert len(data) <= limit
    assert problems(name, data) == []
    assert b"399" in data, "shorter texts, and not fewer exercises"


def test_an_annotation_stands_at_the_learners_line() -> None:
    first, *_ = read("github-annotations", render("github-annotations", PLAIN["error"]))
    assert first["command"] == "error"
    assert first["properties"] == {
        "file": "exercises/01-request/src/lib.rs", "line": "7", "endLine": "7", "col": "5", "endColumn": "9",
        "title": "error E0382",
    }  # fmt: skip
    assert first["message"].startswith("borrow of moved value")


def test_an_annotation_of_a_strict_grade_stands_in_the_learners_repository_too() -> None:
    span = msgspec.structs.replace(PLAIN["error"].diagnostics[0].spans[0], file_name="src/lib.rs")
    diagnostic = msgspec.structs.replace(PLAIN["error"].diagnostics[0], spans=[span])
    strict = msgspec.structs.replace(PLAIN["error"], mode="strict", diagnostics=(diagnostic,))
    first, *_ = read("github-annotations", render("github-annotations", strict))
    assert first["properties"]["file"] == "exercises/01-request/src/lib.rs"


def test_what_is_still_to_do_is_no_error_on_a_line() -> None:
    red = PLAIN["fail"].tests[-1]
    todo = msgspec.structs.replace(red, message="panicked at src/lib.rs:27:5:\nnot yet implemented: cut the head")
    open_part = msgspec.structs.replace(PLAIN["fail"], tests=(todo,))
    found = read("github-annotations", render("github-annotations", open_part))
    assert [one["command"] for one in found] == ["notice"]


def test_annotations_that_are_not_shown_are_counted() -> None:
    found = read("github-annotations", render("github-annotations", PLAIN["many errors"]))
    errors = [one for one in found if one["command"] == "error"]
    assert len(errors) == 10
    assert errors[-1]["message"] == "41 more are not shown here."


def test_the_reporter_reads_whole_points() -> None:
    document = read("github-classroom", render("github-classroom", PLAIN["fail"]))
    assert (document["status"], document["max_score"]) == ("fail", 10)
    assert sum(test["score"] for test in document["tests"]) == 6
    assert (document["tests"][1]["filename"], document["tests"][1]["line_no"]) == ("tests/parts/01_request.rs", 9)


def test_a_badge_counts_all_exercises_and_is_green_when_nothing_is_missing() -> None:
    shown = read("badge", render("badge", PLAIN["pass"], PLAIN["error"]))
    assert (shown["message"], shown["color"]) == ("10 of 20 points", "yellow")
    assert read("badge", render("badge", PLAIN["pass"]))["color"] == "brightgreen"
    assert read("badge", FORMATS["badge"].render([]))["color"] == "lightgrey"


def test_nbgrader_gets_times_in_utc_and_the_penalty_of_the_caller() -> None:
    late = msgspec.structs.replace(samples.graded(PLAIN["fail"]), late_penalty=8)
    header, line = read("nbgrader", FORMATS["nbgrader"].render([late]))
    cells = dict(zip(header, line, strict=True))
    assert cells["timestamp"] == "2026-03-02 17:04:05"
    assert (cells["raw_score"], cells["late_submission_penalty"], cells["score"]) == ("6.0", "8.0", "0.0")


def test_pytests_own_report_is_valid_by_our_schema_of_it(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text("def test_a(): pass\ndef test_b(): print('x'); assert 1 == 2\n")
    command = [sys.executable, "-m", "pytest", "--junitxml=r.xml", "-o", "junit_family=xunit2", "test_it.py"]
    alone = {**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    subprocess.run(command, cwd=tmp_path, env=alone, capture_output=True, check=False)
    data = (tmp_path / "r.xml").read_bytes()
    assert problems("junit", data) == [], data.decode()


# A document that is wrong in one way, and the schema or a rule must see it: else the tests above prove nothing.
BROKEN = [
    ("json", b'"proxylings/verdict/v1"', b'"proxylings/verdict/v2"'),
    ("json", b'"points": 6', b'"points": 6.5'),
    ("json", b'"status": "fail"', b'"status": "running"'),
    ("json", b'"backend": ""', b'"backing": ""'),
    ("json", b"expected", b"\\u202eexpected"),
    ("jsonl", b'"late_penalty":0', b'"late_penalty":"0"'),
    ("jsonl", b"2026-03-02T17:04:05Z", b"2026-03-02 17:04"),
    ("jsonl", b'"task":"step_1_cut"', b'"step":"step_1_cut"'),
    ("csv", b"student,last_name", b"last_name,student"),
    ("csv", b"ada,", b"=ada,"),
    ("csv", b",fail,6,", b",fail,six,"),
    ("csv", b",fail,6,", b",fail,"),
    ("junit", b'failures="1"', b'failures="0"'),
    ("junit", b"<testcase classname", b"<testcase class"),
    ("junit", b"<failure", b"<fail"),
    ("junit", b"</testsuites>", b""),
    ("junit", b'time="0.500"', b'time="half a second"'),
    ("badge", b'"schemaVersion": 1', b'"schemaVersion": "1"'),
    ("badge", b"6 of 10 points", b""),
    ("badge", b'"yellowgreen"', b'"vermilion"'),
    ("github-annotations", b"::error ", b"::set-env "),
    ("github-annotations", b"%0A", b"\n"),
    ("github-annotations", b"line=9,", b"line=nine,"),
    ("github-annotations", b"file=tests/parts/01_request.rs,", b""),
    ("github-summary", b"01\\-request", b"<b>01</b>"),
    ("github-summary", b"|---|---|---:|", b""),
    ("github-summary", b"01\\-request", b"![x](https://example.org/x.png)"),
    ("github-classroom", b"result=", b"results="),
    ("github-classroom", b"=eyJ", b"=eyK"),
    ("classroom50", b'"score": 6', b'"score": 7'),
    ("classroom50", b"submit/2026", b"tag/2026"),
    ("classroom50", b'"owner": "ada"', b'"owner": ""'),
    ("classroom50", b'"tests"', b'"extra": 1, "tests"'),
    ("classroom50", b"17:04:05Z", b"17:04:05+00:00"),
    ("gradescope", b'"status": "passed"', b'"status": "pass"'),
    ("gradescope", b'"visibility": "visible"', b'"visibility": "shown"'),
    ("gradescope", b'"score": 6', b'"score": "6"'),
    ("gradescope", b'"tags"', b'"labels"'),
    ("prairielearn", b'"score":0.6', b'"score":60'),
    ("prairielearn", b'"max_points":6', b'"maximum":6'),
    ("prairielearn", b'"gradable":true', b'"gradable":false'),
    ("exercism", b'"version": 3', b'"version": 2'),
    ("exercism", b'"status": "fail"', b'"status": "pass"'),
    ("exercism", b'"test_code": ""', b'"code": ""'),
    ("exercism", b'"task_id": 2', b'"task_id": "step_2"'),
    ("exercism", b"a line", b"a line" * 100),
    ("nbgrader", b"duedate,timestamp", b"timestamp,duedate"),
    ("nbgrader", b"2026-03-02 17:04:05", b"2026-03-02T17:04:05Z"),
    ("nbgrader", b"Lovelace", b"@Lovelace"),
    ("nbgrader", b"6.0", b"six"),
]


@pytest.mark.parametrize(("name", "right", "wrong"), BROKEN)
def test_a_broken_document_is_found_out(name: str, right: bytes, wrong: bytes) -> None:
    good = render(name, PLAIN["fail"])
    assert problems(name, good) == []
    assert right in good, good.decode()
    assert problems(name, good.replace(right, wrong, 1)), f"nobody minds {wrong!r} in place of {right!r}"


def test_every_format_has_documents_that_are_found_out() -> None:
    assert {name for name, _, _ in BROKEN} == set(FORMATS)
