"""Cases for `flags_to_states`: every value of the flags, with no status and with several."""

from itertools import product
from random import Random

from proxylings.grader.oracle.cases import Call, Case, named


class Record(Call, frozen=True):
    """`state`, with a record of the old proxy."""

    open: bool
    head_read: bool
    body_read: bool
    status: int


def cases(random: Random) -> list[Case]:
    """Return all 8 values of the flags with 6 statuses each."""
    statuses = [0, 1, 200, 65535, *(random.randint(100, 599) for _ in range(2))]
    every = [Record(*one) for one in product((False, True), (False, True), (False, True), statuses)]
    random.shuffle(every)
    return [
        *named("", "a record that is a state", (one for one in every if _means_something(one))),
        *named("", "a record that means nothing", (one for one in every if not _means_something(one))),
    ]


def _means_something(one: Record) -> bool:
    """Whether what is set comes in its order; an answer only when all of the request is there."""
    in_order = one.open >= one.head_read >= one.body_read
    return in_order and (one.body_read or not one.status)
