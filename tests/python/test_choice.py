"""Questions remember what was answered, and a pool offers another one after a wrong answer."""

import random
from pathlib import Path
from typing import Any

import msgspec
import pytest

from proxylings import state
from proxylings.course import find_desk
from proxylings.errors import CourseError
from proxylings.lab import answered, quizzes
from proxylings.lab.choice import Choice, quiz


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Any:
    """Keep the answers of a test out of the desk's own file."""
    monkeypatch.setattr(answered, "path", lambda desk: tmp_path / "quiz.json")
    return tmp_path / "quiz.json"


def test_answers_are_kept_until_the_question_changes(answers: Any) -> None:
    first = quiz("01-request/send_twice")
    first.answers = {"01-request/send_twice": 1}
    assert quiz("01-request/send_twice").answers == {"01-request/send_twice": 1}
    stored = msgspec.json.decode(answers.read_bytes())
    stored["answers"]["01-request/send_twice"]["of"] = "older wording"
    answers.write_bytes(msgspec.json.encode(stored))
    assert quiz("01-request/send_twice").answers == {}


def test_answers_from_before_the_file_had_a_version_are_kept(answers: Any) -> None:
    quiz("01-request/send_twice").answers = {"01-request/send_twice": 1}
    stored = msgspec.json.decode(answers.read_bytes())
    answers.write_bytes(msgspec.json.encode(stored["answers"]))
    asked = quiz("01-request/send_twice")
    assert asked.answers == {"01-request/send_twice": 1}
    asked.answers = {"01-request/send_twice": 0}
    stored = msgspec.json.decode(answers.read_bytes())
    assert (stored["version"], stored["answers"]["01-request/send_twice"]["tries"]) == (2, 2)


def test_an_answer_outlives_the_pool_of_its_question() -> None:
    item = quizzes.find("01-request/send_twice")
    pooled = msgspec.structs.replace(item, pool="moves")
    assert answered.digest(pooled) == answered.digest(item)
    assert answered.digest(msgspec.structs.replace(item, question="Another one?")) != answered.digest(item)


def test_an_answer_that_is_none_of_the_options_is_not_kept(answers: Any) -> None:
    asked = quiz("01-request/send_twice")
    asked.answers = {"01-request/send_twice": 99, "01-request/other": 0}
    assert answered.read(find_desk()).answers == {}


def test_a_chapter_s_quiz_asks_its_recap_items(answers: Any) -> None:
    asked = quiz("01-request")
    recap = [item.id for item in quizzes.chapter("01-request") if item.use == "recap"]
    assert [item["id"].split("/")[1] for item in asked.items] == recap
    assert asked.to_text().count("( )") == sum(len(quizzes.find(f"01-request/{name}").choices) for name in recap)


ITEM = """[[item]]
id = "{name}"
use = "recap"
kind = "choice"
{pool}question = "Who frees the head of {name}?"
option = [{{ text = "the pool", right = true, why = "It owns it." }}, {{ text = "nobody", why = "Its owner does." }}]
"""
MOVES = ["90-pools/first", "90-pools/second", "90-pools/third"]


def item(name: str, pool: str = "") -> str:
    """Write one item of a quiz file."""
    return ITEM.format(name=name, pool=f'pool = "{pool}"\n' if pool else "")


@pytest.fixture
def file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, answers: Path) -> Path:
    """Write a chapter's quiz: an item alone, three of a pool, and one alone."""
    monkeypatch.setattr(quizzes, "folder", lambda desk: tmp_path)
    path = tmp_path / "90-pools.toml"
    pooled = [item(name, "moves") for name in ("first", "second", "third")]
    path.write_text("".join([item("alone"), *pooled[:2], item("last"), pooled[2]]), encoding="utf-8")
    return path


def order(asked: Choice) -> list[str]:
    found: list[str] = asked.pools["90-pools/moves"]
    return found


def test_a_quiz_asks_one_item_of_a_pool_and_all_others(file: Path) -> None:
    asked = quiz("90-pools")
    assert sorted(order(asked)) == MOVES
    assert asked.asked == {"90-pools/moves": 1}
    first = [one[0].id for one in asked.questions()]
    assert first == ["alone", order(asked)[0].split("/")[1], "last"]


def test_learners_get_different_items_and_each_gets_the_same_after_a_restart(file: Path, answers: Path) -> None:
    drawn = set()
    for seed in range(20):
        answers.unlink(missing_ok=True)
        random.seed(seed)
        way = order(quiz("90-pools"))
        random.seed(seed + 1)
        assert order(quiz("90-pools")) == way
        drawn.add(way[0])
    assert drawn == set(MOVES)


def test_the_next_item_stays_the_next_after_a_restart(file: Path) -> None:
    asked = quiz("90-pools")
    way = order(asked)
    asked.answers = {way[0]: 1}
    asked.asked = {"90-pools/moves": 2}
    again = quiz("90-pools")
    assert (order(again), again.asked, again.answers) == (way, {"90-pools/moves": 2}, {way[0]: 1})


@pytest.mark.parametrize("number", [0, 4, "2", None])
def test_a_number_that_a_pool_does_not_have_is_not_kept(file: Path, number: object) -> None:
    quiz("90-pools").asked = {"90-pools/moves": number, "90-pools/others": 2}
    assert quiz("90-pools").asked == {"90-pools/moves": 1}


def test_the_other_forms_hold_every_item_of_a_pool_with_its_answers_folded(file: Path) -> None:
    asked = quiz("90-pools")
    html, text = asked.to_html(), asked.to_text()
    names = [name.split("/")[1] for name in order(asked)]
    for one in (html, text):
        places = [one.index(f"Who frees the head of {name}?") for name in ["alone", *names, "last"]]
        assert places == sorted(places)
    assert text.count("Another one like it: ") == 2
    assert html.count("<summary>Another one like it</summary>") == 1
    assert html.index("Another one like it") < html.index(f"head of {names[1]}?")
    assert html.count("<summary>Answers</summary>") == 5
    assert "3. Who frees the head of last?" in text


def test_an_item_asked_by_its_name_stands_alone(file: Path) -> None:
    asked = quiz("90-pools/second")
    assert (asked.pools, len(asked.items)) == ({}, 1)


def test_an_item_that_was_answered_before_it_joined_a_pool_comes_first(file: Path, answers: Path) -> None:
    whole = file.read_text(encoding="utf-8")
    file.write_text(whole.replace('pool = "moves"\n', ""), encoding="utf-8")
    quiz("90-pools").answers = {"90-pools/second": 1, "90-pools/third": 0}
    file.write_text(whole + " ", encoding="utf-8")
    asked = quiz("90-pools")
    assert order(asked) == ["90-pools/third", "90-pools/second", "90-pools/first"]
    assert asked.answers == {"90-pools/second": 1, "90-pools/third": 0}


def test_a_pool_that_changes_keeps_what_was_asked(file: Path) -> None:
    asked = quiz("90-pools")
    way = order(asked)
    asked.answers = {way[0]: 1}
    asked.asked = {"90-pools/moves": 2}
    whole = file.read_text(encoding="utf-8")
    gone = item(way[1].split("/")[1], "moves")
    file.write_text(whole.replace(gone, item("fourth", "moves")), encoding="utf-8")
    again = quiz("90-pools")
    assert (order(again), again.asked) == ([way[0], way[2], "90-pools/fourth"], {"90-pools/moves": 1})


def test_an_item_worded_anew_is_asked_again(file: Path) -> None:
    asked = quiz("90-pools")
    way = order(asked)
    asked.answers = {way[0]: 1}
    asked.asked = {"90-pools/moves": 2}
    asked.answers = {way[0]: 1, way[1]: 1}
    name = way[0].split("/")[1]
    whole = file.read_text(encoding="utf-8")
    file.write_text(whole.replace(f"head of {name}?", f"head of {name}, then?"), encoding="utf-8")
    again = quiz("90-pools")
    assert order(again) == [way[1], way[0], way[2]]
    assert (again.asked, again.answers) == ({"90-pools/moves": 2}, {way[1]: 1})


def test_where_nothing_can_be_written_questions_are_asked_and_the_reason_is_shown(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, data: bytes) -> None:
        raise CourseError("The disk is full.", "Free some space.")

    with monkeypatch.context() as full:
        full.setattr(state, "write_whole", refuse)
        asked = quiz("90-pools")
        assert len(asked.questions()) == 3
        asked.answers = {"90-pools/alone": 1}
        assert "is not kept: The disk is full.\nFree some space." in asked.trouble
    asked.answers = {"90-pools/alone": 0}
    assert asked.trouble == ""


def test_a_quiz_without_recap_questions_is_refused(file: Path) -> None:
    file.write_text(item("alone").replace('"recap"', '"text"'), encoding="utf-8")
    with pytest.raises(CourseError, match="has no recap questions"):
        quiz("90-pools")


def test_the_folded_answers_explain_every_line() -> None:
    html = quiz("01-request/moved_while_borrowed").to_html()
    assert "Not right: any other line" in html
    assert "This line is fine by itself" in html


def test_answers_from_before_there_were_pools_are_kept(file: Path, answers: Path) -> None:
    quiz("90-pools").answers = {"90-pools/alone": 1}
    stored = msgspec.json.decode(answers.read_bytes())
    del stored["pools"]
    answers.write_bytes(msgspec.json.encode({**stored, "version": 1}))
    assert quiz("90-pools").answers == {"90-pools/alone": 1}
    assert msgspec.json.decode(answers.read_bytes())["version"] == 2
