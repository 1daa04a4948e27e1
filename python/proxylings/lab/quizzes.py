"""The questions of the course: notebooks/quizzes/NN-slug.toml, read into values and checked while reading.

    [[item]]
    id = "moved_vec"                 # stable; answers are remembered by it
    use = "recap"                    # or "predict": asked before a `%%rust --predict` cell; or "text": asked by id
    kind = "tracing"                 # choice, counterfactual (which undefined behaviour, or none), design
    question = "…"                   # a little Markdown
    code = '''…'''                   # compiled and run by the tests; without `fn main` it is wrapped in one
    outcome = { fails = "E0382", line = 3 }   # or { prints = "…" } or { panics = "…" }: what rustc 1.85+ says today;
                                     # a lint is { fails = "clippy::await_holding_lock", line = 2 }
    otherwise = "…"                  # only where options name lines: the explanation of every other line
    pool = "moves"                   # only of recap items: items of one pool stand for each other, see below

    [[item.option]]
    text = "…"                       # or line = 3: the learner picks that line in the code
    right = true                     # exactly one option of an item
    why = "…"                        # every option, the wrong ones too

`quiz("01-request")` asks the recap items of a chapter in the order of the file. Of the items that share a `pool` it
asks one; who answers it wrongly reads why, and is offered another one of the same pool. So a pool holds two or more
items that test the same idea with other code, and each of them must stand for the idea alone.
"""

import functools
import re
from pathlib import Path
from typing import Literal

import msgspec

from proxylings.course import Desk, find_desk
from proxylings.errors import CourseError

_POOL = re.compile(r"[a-z][a-z0-9_]*")


class Stated(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the code of an item does: an error code or a lint, an output, or a panic's text; `line` is of the cell."""

    fails: str = ""
    prints: str | None = None
    panics: str = ""
    line: int = 0


class Option(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One answer that can be chosen: a text, or a line of the code."""

    why: str
    text: str = ""
    line: int = 0
    right: bool = False


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One question."""

    id: str
    use: Literal["recap", "predict", "text"]
    kind: Literal["tracing", "choice", "counterfactual", "design"]
    question: str
    options: list[Option] = msgspec.field(name="option")
    code: str = ""
    outcome: Stated | None = None
    otherwise: str = ""
    pool: str = ""

    @property
    def source(self) -> str:
        """Return the code as it stands in a cell: without the line break at its end."""
        return self.code.strip("\n")

    @property
    def choices(self) -> list[Option]:
        """Return what can be chosen, in order: each line of the code where options name lines, then the texts."""
        texts = [option for option in self.options if not option.line]
        named = {option.line: option for option in self.options if option.line}
        if not named:
            return texts
        lines = [
            named.get(number, Option(self.otherwise, line=number))
            for number, line in enumerate(self.source.splitlines(), start=1)
            if line.strip()
        ]
        return lines + texts


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    item: list[Item]


def folder(desk: Desk) -> Path:
    """Return where the quiz files are."""
    return desk.course / "notebooks" / "quizzes"


def load(path: Path) -> tuple[Item, ...]:
    """Read one file, and say precisely what is wrong with it if anything is."""
    try:
        items = msgspec.toml.decode(path.read_bytes(), type=_File).item
    except (OSError, msgspec.DecodeError) as error:
        raise CourseError(f"{path.name} can't be read: {error}", f"Restore it: git checkout {path}") from error
    seen: set[str] = set()
    for item in items:
        problems = [*([f"the id {item.id!r} is used twice"] if item.id in seen else []), *_problems(item)]
        if problems:
            raise CourseError(f"{path.name}, item {item.id!r}: {'; '.join(problems)}.")
        seen.add(item.id)
    pools = [item.pool for item in items if item.pool]
    if alone := next((pool for pool in pools if pools.count(pool) == 1), None):
        raise CourseError(
            f"{path.name}: the pool {alone!r} holds one item only.",
            "Give a second item that pool, for the next try after a wrong answer, or leave the pool out.",
        )
    return tuple(items)


def chapter(slug: str) -> tuple[Item, ...]:
    """Return the items of one chapter's file."""
    path = folder(find_desk()) / f"{slug}.toml"
    if not path.is_file():
        known = ", ".join(sorted(file.stem for file in path.parent.glob("*.toml"))) or "none yet"
        raise CourseError(f"There is no quiz {slug!r}.", f"There are: {known}")
    return _loaded(path, path.stat().st_mtime_ns)


def find(wanted: str) -> Item:
    """Return one item by its whole id, such as `01-request/moved_vec`."""
    slug, _, name = wanted.partition("/")
    items = {item.id: item for item in chapter(slug)}
    if name not in items:
        raise CourseError(f"The quiz {slug!r} has no item {name!r}.", f"It has: {', '.join(items)}")
    return items[name]


def code_of(wanted: str) -> str:
    """Return the code of an item: exactly what stands below `%%rust --predict` in a notebook."""
    return find(wanted).source


@functools.lru_cache(maxsize=64)
def _loaded(path: Path, _changed: int) -> tuple[Item, ...]:
    return load(path)


def _problems(item: Item) -> list[str]:
    found = []
    lines = item.source.splitlines()
    named = [option.line for option in item.options if option.line]
    right = sum(option.right for option in item.options)
    if right != 1:
        found.append(f"exactly one option must be right, and {right} are")
    if len(item.choices) < 2:
        found.append("there must be at least two options")
    for number, option in enumerate(item.options, start=1):
        if not option.why.strip():
            found.append(f"option {number} has no `why`")
        if bool(option.text.strip()) == bool(option.line):
            found.append(f"option {number} needs a `text` or a `line`, and not both")
    texts = [option.text for option in item.options if option.text]
    if len(set(texts)) < len(texts) or len(set(named)) < len(named):
        found.append("two options are the same")
    if any(not 1 <= line <= len(lines) or not lines[line - 1].strip() for line in named):
        found.append("an option names a line that the code does not have")
    if named and not item.otherwise.strip():
        found.append("options name lines, so `otherwise` must explain the other lines")
    if item.code and item.outcome is None:
        found.append("there is code, so `outcome` must say what it does")
    if item.outcome is not None:
        if not item.code:
            found.append("there is an `outcome`, and no code")
        if (bool(item.outcome.fails), item.outcome.prints is not None, bool(item.outcome.panics)).count(True) != 1:
            found.append("`outcome` says one of: fails, prints, panics")
        if item.outcome.prints is None and not 1 <= item.outcome.line <= len(lines):
            found.append("`outcome` must name a line of the code")
    if item.use == "predict" and not item.code:
        found.append("an item to predict needs code")
    if not item.question.strip():
        found.append("there is no question")
    if item.pool and item.use != "recap":
        found.append("only a recap item can be in a pool")
    if item.pool and not _POOL.fullmatch(item.pool):
        found.append("a pool is named with a-z, 0-9 and `_`")
    return found
