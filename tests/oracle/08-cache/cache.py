"""Cases for part 08: shards and locks, one fetch for all who come, waits that end with it, and how it lands.

A case is a row of steps, one after the other; times are milliseconds. Only `Race` has two threads: one of them is
stopped wherever it happens to be.
"""

from random import Random

from msgspec import Struct

from proxylings.grader.oracle.cases import Call, Case, named
from proxylings.grader.oracle.draw import Field, listed

FRESH = listed(("Cache-Control", "max-age=60"), ("ETag", '"1"'))
MINUTE = 60_000


class Step(Struct, frozen=True):
    """Who does what; a request's head is with "asks" and "forgets", an answer's with the others."""

    who: str
    does: str
    method: bytes = b"GET"
    scheme: bytes = b"http"
    host: bytes = b"cafe.example"
    target: bytes = b"/menu"
    fields: list[Field] = []
    now_ms: int = 0
    status: int = 200
    body: bytes = b"soup"


class Shards(Call, frozen=True):
    """A cache of `shards` shards, and pages that are inserted; then a worker dies under each of their locks."""

    bytes_limit: int
    entry_bytes: int
    shards: int
    pages: list[bytes]


class Apart(Call, frozen=True):
    """A cache of `shards` shards, and two pages that lie in two of them."""

    bytes_limit: int
    entry_bytes: int
    shards: int


class Play(Call, frozen=True):
    """A cache, and what happens to it. A name that begins with `z` is one who waits and does not go on when woken."""

    bytes_limit: int
    entry_bytes: int
    shards: int
    # Whether those who have to wait begin to: a later step's work.
    they_wait: bool
    steps: list[Step]


class Race(Call, frozen=True):
    """A cache, and a thread that is stopped while it asks for a page, over and over: another one asks for it, too."""

    bytes_limit: int
    entry_bytes: int
    shards: int


def cases(random: Random) -> list[Case]:
    """Return the cases of all four steps."""
    return [*_shard(random), *_one_fetch(random), *_wait(random), *_land(random)]


def _play(*steps: Step, shards: int = 4) -> Play:
    return Play(64 * 1024, 16 * 1024, shards, True, list(steps))


def _fetch(*steps: Step, shards: int = 4) -> Play:
    return Play(64 * 1024, 16 * 1024, shards, False, list(steps))


def _ask(who: str, now: int = 0, target: bytes = b"/menu", *fields: tuple[str, str], method: bytes = b"GET") -> Step:
    return Step(who, "asks", target=target, now_ms=now, fields=listed(*fields), method=method)


def _insert(target: bytes = b"/menu", now: int = 0) -> Step:
    return Step("cook", "inserts", target=target, now_ms=now, fields=FRESH[:1])


def _store(who: str, now: int = 0, *fields: tuple[str, str], body: bytes = b"soup") -> Step:
    return Step(who, "stores", now_ms=now, fields=listed(*fields) if fields else FRESH, body=body)


_POST = Step("cook", "forgets", b"POST", status=204)
_COUNT = Step("clerk", "counts")


def _shard(random: Random) -> list[Case]:
    step = "step_1_shard"
    pages = [b"/%d" % number for number in range(30)]
    few = [Shards(1 << 16, 1 << 14, shards, [b"/menu"]) for shards in (0, 1, 2, 3, 16)]
    many = [Shards(1 << 20, 1 << 14, shards, pages) for shards in (0, 1, 2, 3, 5, 16, random.randint(6, 40))]
    drawn = []
    for _ in range(12):
        some = [b"/%d" % random.randrange(10_000) for _ in range(random.randint(0, 20))]
        drawn.append(Shards(1 << 20, 1 << 14, random.randint(0, 20), sorted(set(some))))
    return [
        *named(step, "keeps each page in its shard, and goes on after a death under the lock", [*few, *many, *drawn]),
        *named(step, "lets two workers into two shards", [Apart(1 << 16, 1 << 14, shards) for shards in (2, 3, 16)]),
    ]


def _one_fetch(random: Random) -> list[Case]:
    step = "step_2_one_fetch"
    others = [Step("a", "asks", host=host) for host in (b"evil.example", b"cafe.example:81", b"cafe.example")]
    others += [Step("a", "asks", scheme=b"https"), Step("a", "asks", target=b"/menu?")]
    # The same bytes, divided otherwise, are another URI.
    others.append(Step("a", "asks", host=b"cafe.example/", target=b"menu"))
    keys = [_fetch(_insert(), one) for one in others]
    ages = [_fetch(_insert(), _ask("a", now), _ask("b", now)) for now in (0, 999, 1000, MINUTE - 1, MINUTE, 2 * MINUTE)]
    wishes = ["no-cache", "max-age=5", "no-store", "only-if-cached", "min-fresh=55", "max-age=0"]
    wished = [_fetch(_insert(), _ask("a", 6000, target, ("Cache-Control", wish)), _ask("b", 6000, target))
              for wish in wishes for target in (b"/menu", b"/wine")]  # fmt: skip
    kinds = [_fetch(_insert(), _ask("a", 0, target, method=method), _ask("b", 0, target))
             for method in (b"HEAD", b"POST", b"get") for target in (b"/menu", b"/wine")]  # fmt: skip
    kinds += [
        _fetch(_insert(), _ask("a", 0, b"/wine", ("If-None-Match", '"1"'))),
        _fetch(_insert(), _ask("a", 0, b"/menu", ("Range", "bytes=0-1"))),
    ]
    second = [
        _fetch(_ask("a"), _ask("b"), _ask("c", 0, b"/wine"), _ask("d", 0, b"/wine"), _COUNT, shards=shards)
        for shards in (1, 4)
    ]
    ends = [
        _fetch(_ask("a"), Step("a", does), _COUNT, _ask("b"), _ask("c"), _COUNT)
        for does in ("gives up", "dies", "passes")
    ]
    ends += [
        _fetch(_insert(), _ask("a", MINUTE), _ask("b", MINUTE), Step("a", does), _ask("c", MINUTE), _COUNT)
        for does in ("gives up", "dies")
    ]
    changed = [
        _fetch(_ask("a"), _POST, _ask("b"), Step("a", does), _ask("c"), _COUNT)
        for does in ("gives up", "dies", "passes")
    ]
    changed += [
        _fetch(
            _ask("a"),
            _ask("b", 0, b"/wine"),
            _POST,
            _ask("c"),
            _ask("d", 0, b"/wine"),
            Step("b", "gives up"),
            _COUNT,
            shards=1,
        )
    ]
    variants = [_fetch(
        Step("cook", "inserts", fields=listed(("Cache-Control", "max-age=60"), ("Vary", "accept-language"))),
        *(_ask(who, now, b"/menu", ("Accept-Language", tongue)) for who, now, tongue in
          (("a", 0, "fr"), ("b", MINUTE, "fr"), ("c", MINUTE, "nl"), ("d", MINUTE, "nl"), ("e", MINUTE, "fr"))),
        _COUNT)]  # fmt: skip
    drawn = [
        _fetch(*_steps(random, ("asks", "asks", "asks", "gives up", "dies", "passes", "forgets", "inserts")), _COUNT)
        for _ in range(20)
    ]
    return [
        *named(step, "the first one fetches, and the second one waits", second),
        *named(step, "gives what is fresh, and asks about what is stale", [*ages, *keys]),
        *named(step, "some requests never begin a fetch for others", [*wished, *kinds]),
        *named(step, "a fetch that ends, however, lets the next one begin", ends),
        *named(step, "a change of the page begins a new fetch, and its end is its own", changed),
        *named(step, "a known variant is a fetch of its own", variants),
        *named(step, "does so whatever happens", drawn),
        *named(step, "of all who come at once, one fetches", [Race(1 << 16, 1 << 14, 1)]),
    ]


def _wait(random: Random) -> list[Case]:
    step = "step_3_wait"
    ends = ("passes", "gives up", "dies")
    all_wait = [_play(_ask("a"), _ask("b"), _ask("c"), Step("a", end), _COUNT, _ask("d"), shards=1) for end in ends]
    slow = [
        _play(
            _ask("a"), _ask("z"), _ask("b"), _ask("zz"), Step("a", end), Step("z", "wakes up"), Step("zz", "wakes up")
        )
        for end in ends
    ]
    gone = [
        _play(_ask("a"), _ask("b"), _ask("c"), Step("b", "goes away"), _COUNT, Step("a", end), _ask("b"))
        for end in ends
    ]
    stale = [_play(_insert(), _ask("a", MINUTE), _ask("b", MINUTE), Step("a", end), _ask("c", MINUTE)) for end in ends]
    drawn = [
        _play(*_steps(random, ("asks", "asks", "asks", "passes", "gives up", "dies", "goes away"))) for _ in range(15)
    ]
    return [
        *named(step, "all who wait go on when the fetch ends, and are told how", [*all_wait, *stale]),
        *named(step, "one who is slow to wake holds up nobody", slow),
        *named(step, "whoever stops waiting leaves nothing behind", gone),
        *named(step, "does so whatever happens", drawn),
    ]


def _land(random: Random) -> list[Case]:
    step = "step_4_land"
    heads = [
        ("max-age=60",),
        ("private, max-age=60",),
        ("no-store",),
        ("no-cache",),
        ("s-maxage=5",),
        ("max-age=0",),
        ("public",),
    ]
    lands = [
        _play(_ask("a"), _ask("b"), _store("a", 0, ("Cache-Control", head), ("ETag", '"1"')), _ask("c", 10_000), _COUNT)
        for (head,) in heads
    ]
    lands += [
        _play(_ask("a"), _ask("b"), _store("a", 0, ("Cache-Control", "max-age=60"), ("Vary", "*")), _ask("c"), _COUNT)
    ]
    late = [_play(_ask("a"), _ask("z"), _store("a"), _ask("b"), Step("z", "wakes up"), _COUNT, shards=1)]
    changed = [_play(_ask("a"), _ask("b"), _POST, _store("a", body=b"old soup"), _ask("c"), _COUNT, shards=1)]
    changed += [
        _play(
            _ask("a"),
            _POST,
            _ask("b"),
            _ask("c"),
            _store("a", body=b"old"),
            _COUNT,
            _store("b", body=b"new"),
            _ask("d"),
        )
    ]
    changed += [_play(_insert(), _ask("a", MINUTE), _POST, _store("a", MINUTE), _ask("b", MINUTE), _COUNT)]
    vary = (("Cache-Control", "max-age=60"), ("Vary", "Accept-Language"))
    tongue = [
        _ask(who, 0, b"/menu", ("Accept-Language", word))
        for who, word in (("a", "fr"), ("b", "nl"), ("b", "nl"), ("c", "fr"), ("d", "nl"))
    ]
    variants = [
        _play(
            *tongue[:2],
            _store("a", 0, *vary, body=b"soupe"),
            tongue[2],
            _store("b", 0, *vary, body=b"soep"),
            *tongue[3:],
            _COUNT,
        )
    ]
    news = [
        (("ETag", '"1"'), ("Cache-Control", "max-age=5")),
        (("ETag", '"2"'),),
        (("ETag", '"1"'), ("Cache-Control", "private, max-age=60")),
        (),
    ]
    not_modified = [_play(_ask("a"), _ask("b"), Step("a", "freshens", fields=FRESH, now_ms=1), _ask("c"))]
    for one in news:
        begins = [_ask("a"), _store("a"), _ask("b", 70_000), _ask("c", 70_000)]
        fresh = Step("b", "freshens", fields=listed(*one), now_ms=71_000)
        not_modified.append(_play(*begins, fresh, _ask("d", 75_000), _ask("e", 76_000), _COUNT, shards=1))
    bodies = []
    for count, size in ((30, 4096), (3, 20_000), (20, 10)):
        pairs = [(_ask("a", 0, b"/%d" % at), _store("a", body=b"x" * size)) for at in range(count)]
        bodies.append(_play(*(step for pair in pairs for step in pair), _COUNT, shards=1))
    drawn = [
        _play(
            *_steps(random, ("asks", "asks", "asks", "stores", "stores", "passes", "forgets", "gives up", "goes away")),
            _COUNT,
        )
        for _ in range(20)
    ]
    return [
        *named(step, "the answer is for those who wait and for those who come, if it may be", [*lands, *late]),
        *named(step, "a page that was changed meanwhile is not kept", changed),
        *named(step, "another variant asks again, and fetches its own", variants),
        *named(step, "a 304 makes the stale answer fresh, if it speaks of it", not_modified),
        *named(step, "holds no more than it may", bodies),
        *named(step, "does so whatever happens", drawn),
    ]


def _steps(random: Random, kinds: tuple[str, ...]) -> list[Step]:
    steps = []
    now = 0
    for _ in range(random.randint(4, 16)):
        now += random.choice((0, 0, 0, 500, 30_000, MINUTE))
        who, target, does = random.choice("abcd"), random.choice((b"/menu", b"/menu", b"/wine")), random.choice(kinds)
        if does == "asks":
            steps.append(_ask(who, now, target))
        elif does == "forgets":
            steps.append(Step("cook", "forgets", b"POST", target=target, status=random.choice((204, 204, 500))))
        elif does == "inserts":
            steps.append(_insert(target, now))
        elif does == "stores":
            steps.append(_store(who, now, body=random.choice((b"soup", b"stew"))))
        else:
            steps.append(Step(who, does))
    return steps
