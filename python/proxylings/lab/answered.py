"""What a learner answered, and which question of a pool they got: .proxylings/quiz.json.

Answers stay on this machine. Owns that file and its versions; knows nothing of how a question is shown.
"""

import contextlib
import hashlib
import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from proxylings import state
from proxylings.course import Desk
from proxylings.errors import CourseError
from proxylings.lab.quizzes import Item

_VERSION = 2
# The key is the version that is read: 0 is the file from before it had one, which held the answers alone.
_MIGRATIONS: state.Migrations = {0: lambda table: {"answers": table}, 1: lambda table: {**table, "pools": {}}}
# What an item's digest is made of, in this order: another order would forget every answer.
_WORDING = ("id", "use", "kind", "question", "option", "code", "outcome", "otherwise")


class Answer(msgspec.Struct):
    """What was chosen last, of the item as it was then (`of`), after how many tries."""

    of: str
    chosen: int
    tries: int = 1


class Pool(msgspec.Struct):
    """In which order a learner gets the items of a pool (whole ids), and how many of them were asked so far."""

    order: list[str]
    asked: int = 1


class Kept(msgspec.Struct):
    """All of quiz.json: answers by the whole id of their item, pools by the chapter's slug and their name."""

    version: int = _VERSION
    answers: dict[str, Answer] = {}
    pools: dict[str, Pool] = {}

    def chosen(self, items: Mapping[str, Item]) -> dict[str, int]:
        """Return what was chosen of these items; an answer to an older wording does not count."""
        return {
            name: self.answers[name].chosen
            for name, item in items.items()
            if name in self.answers
            and self.answers[name].of == digest(item)
            and 0 <= self.answers[name].chosen < len(item.choices)
        }

    def pool(self, name: str, members: Mapping[str, Item]) -> Pool:
        """Return a learner's way through a pool: as it was, or drawn by lot.

        An item that the course took out leaves the way, and a new one joins it at the end.
        """
        chosen = self.chosen(members)
        before = self.pools.get(name) or Pool([], 0)
        asked = [item for item in before.order[: before.asked] if item in members]
        done = [item for item in asked if item in chosen]
        again = [item for item in asked if item not in chosen]  # not answered yet, or worded anew since
        waiting = [item for item in before.order[before.asked :] if item in members]
        fresh = [item for item in members if item not in before.order]
        random.shuffle(fresh)
        # What was answered before the item joined the pool counts on: first the right answers, then the others.
        fresh.sort(
            key=lambda item: (item not in chosen, item in chosen and not members[item].choices[chosen[item]].right)
        )
        return Pool([*done, *again, *waiting, *fresh], max(1, len(done) + bool(again)))


def path(desk: Desk) -> Path:
    """Return where the answers are."""
    return desk.state / "quiz.json"


def read(desk: Desk) -> Kept:
    """Return all that is kept; a file that can't be read counts as empty."""
    return state.load(path(desk), Kept, _VERSION, _MIGRATIONS) or Kept()


def write(desk: Desk, kept: Kept) -> None:
    """Keep it."""
    state.write_whole(path(desk), msgspec.json.format(msgspec.json.encode(kept), indent=1))


def pools(desk: Desk, wanted: Mapping[str, Item]) -> dict[str, Pool]:
    """Return the learner's way through each pool of these items, by slug and name, and keep it for the next time."""
    members: dict[str, dict[str, Item]] = {}
    for whole, item in wanted.items():
        if item.pool:
            members.setdefault(f"{whole.partition('/')[0]}/{item.pool}", {})[whole] = item
    kept = read(desk)
    found = {name: kept.pool(name, several) for name, several in members.items() if len(several) > 1}
    if any(kept.pools.get(name) != pool for name, pool in found.items()):
        kept.pools |= found
        # Where nothing can be written, the questions are shown all the same; an answer then says what is wrong.
        with contextlib.suppress(CourseError):
            write(desk, kept)
    return found


def remember(desk: Desk, items: Mapping[str, Item], old: Mapping[str, Any], new: Mapping[str, Any]) -> None:
    """Keep the answers that are new; those of other chapters stay as they are in the file."""
    kept = read(desk)
    for name, chosen in new.items():
        item = items.get(name)
        if item is None or not isinstance(chosen, int) or not 0 <= chosen < len(item.choices):
            continue
        if old.get(name) != chosen:
            tries = kept.answers[name].tries + 1 if name in kept.answers else 1
            kept.answers[name] = Answer(digest(item), chosen, tries)
    write(desk, kept)


def went_on(desk: Desk, asked: Mapping[str, Any]) -> None:
    """Keep how many items of each pool were asked; a number that a pool does not have is not kept."""
    kept = read(desk)
    for name, number in asked.items():
        pool = kept.pools.get(name)
        if pool is not None and isinstance(number, int) and pool.asked <= number <= len(pool.order):
            pool.asked = number
    write(desk, kept)


def digest(item: Item) -> str:
    """Name an item by its content. Its pool is no part of the wording."""
    content = {**msgspec.structs.asdict(item), "option": item.options}
    return hashlib.sha256(msgspec.json.encode({name: content[name] for name in _WORDING})).hexdigest()[:16]
