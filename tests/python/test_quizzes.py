"""Every question is true: its code is compiled and run, and does what the item says."""

import re
from collections.abc import Iterator
from pathlib import Path

import jupytext
import pytest

from proxylings import toolchain
from proxylings.course import find_desk
from proxylings.errors import CourseError
from proxylings.lab import program, quizzes
from proxylings.lab.quizzes import Item
from tests.conftest import missing

DESK = find_desk(Path(__file__).parent)
FILES = sorted(quizzes.folder(DESK).glob("*.toml"))
EVERY = [(path, item) for path in FILES for item in quizzes.load(path)]
ITEMS = [pytest.param(path, item, id=f"{path.stem}/{item.id}") for path, item in EVERY]
WITH_CODE = [pytest.param(path, item, id=f"{path.stem}/{item.id}") for path, item in EVERY if item.code]
PREDICT = re.compile(r"%%rust\b.*--predict[ =](\S+)")


def predicted() -> Iterator[tuple[Path, str, str]]:
    """Give each cell that predicts, as its notebook, the name of the item, and its code."""
    for path in sorted((DESK.root / "notebooks" / "src").glob("*.md")):
        for cell in jupytext.reads(path.read_text(encoding="utf-8"), fmt="md:myst").cells:
            head, _, code = cell.source.partition("\n")
            if cell.cell_type == "code" and (found := PREDICT.match(head)):
                yield path, found[1], code


PREDICTED = [pytest.param(*cell, id=f"{cell[0].stem}:{cell[1]}") for cell in predicted()]


@pytest.mark.parametrize(("path", "item"), WITH_CODE)
def test_code_does_what_the_item_says(path: Path, item: Item) -> None:
    stated = item.outcome
    assert stated is not None
    if stated.fails.startswith(program.CLIPPY) and toolchain.find().clippy_driver is None:
        missing(f"clippy is not installed, so {stated.fails} can't be asked for")
    ran = program.run(item.source, codes=[stated.fails])
    said = f"{item.source}\nstderr: {ran.stderr}\nerrors: {[error.message for error in ran.compiled.errors]}"
    if stated.fails:
        assert (ran.codes, ran.error_line()) == ([stated.fails], stated.line), said
    elif stated.panics:
        assert ran.panic, said
        assert stated.panics in ran.panic.message
        assert ran.panic.line == stated.line
    else:
        assert ran.ok, said
        assert ran.stdout == stated.prints, said


@pytest.mark.parametrize(("path", "item"), ITEMS)
def test_a_right_line_is_the_line_of_the_outcome(path: Path, item: Item) -> None:
    right = next(option for option in item.options if option.right)
    if right.line:
        assert item.outcome is not None
        assert right.line == item.outcome.line


@pytest.mark.parametrize(("path", "item"), WITH_CODE)
def test_code_is_short_enough_to_read(path: Path, item: Item) -> None:
    assert len(item.source.splitlines()) <= 14


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_chapter_has_five_recap_items_of_each_needed_kind(path: Path) -> None:
    recap = [item for item in quizzes.load(path) if item.use == "recap"]
    assert len(recap) >= 5
    if path.stem != "00-tour":
        assert {"tracing", "counterfactual", "design"} <= {item.kind for item in recap}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_right_option_does_not_always_stand_in_the_same_place(path: Path) -> None:
    places = [[option.right for option in item.options].index(True) for item in quizzes.load(path)]
    assert max(places.count(place) for place in places) <= 0.6 * len(places)


@pytest.mark.parametrize(("path", "name", "code"), PREDICTED)
def test_a_predicted_cell_holds_the_code_of_its_item(path: Path, name: str, code: str) -> None:
    assert quizzes.find(name).use == "predict"
    assert code.rstrip("\n") == quizzes.code_of(name), f"{path.name}: copy the code of {name} from its quiz file"


ITEM = """[[item]]
id = "a"
use = "recap"
kind = "choice"
question = "Who owns the socket?"
option = [{ text = "the pool", right = true, why = "It lent it." }, { text = "nobody", why = "Somebody always does." }]
"""


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("right = true, ", ""), "exactly one option must be right, and 0 are"),
        (('why = "It lent it."', 'why = ""'), "option 1 has no `why`"),
        (('text = "nobody", ', ""), "option 2 needs a `text` or a `line`, and not both"),
        (('"nobody"', '"the pool"'), "two options are the same"),
        (("option = ", 'code = "let a = 1;"\noption = '), "there is code, so `outcome` must say what it does"),
        (("option = ", 'outcome = { prints = "" }\noption = '), "there is an `outcome`, and no code"),
        (('"recap"', '"predict"'), "an item to predict needs code"),
        (("kind = ", 'kindly = "x"\nkind = '), "contains unknown field `kindly`"),
        (('"recap"', '"recup"'), "Invalid enum value 'recup'"),
        (('use = "recap"', 'use = "text"\npool = "moves"'), "only a recap item can be in a pool"),
        (('use = "recap"', 'use = "recap"\npool = "Two moves"'), "a pool is named with a-z, 0-9 and `_`"),
        (('use = "recap"', 'use = "recap"\npool = "moves"'), "the pool 'moves' holds one item only"),
    ],
)
def test_a_wrong_file_is_refused_with_the_reason(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    path = tmp_path / "09-x.toml"
    path.write_text(ITEM.replace(*change), encoding="utf-8")
    with pytest.raises(CourseError) as caught:
        quizzes.load(path)
    assert said in caught.value.what


def test_an_id_used_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "09-x.toml"
    path.write_text(ITEM * 2, encoding="utf-8")
    with pytest.raises(CourseError, match="item 'a': the id 'a' is used twice"):
        quizzes.load(path)


def test_two_items_may_share_a_pool(tmp_path: Path) -> None:
    pooled = ITEM.replace("use = ", 'pool = "moves"\nuse = ')
    path = tmp_path / "09-x.toml"
    path.write_text(pooled + pooled.replace('id = "a"', 'id = "b"'), encoding="utf-8")
    assert [item.pool for item in quizzes.load(path)] == ["moves", "moves"]


def test_an_unknown_chapter_or_item_names_those_that_exist() -> None:
    with pytest.raises(CourseError, match="01-request"):
        quizzes.find("77-nowhere/x")
    with pytest.raises(CourseError, match="p_move"):
        quizzes.find("01-request/p_mvoe")
