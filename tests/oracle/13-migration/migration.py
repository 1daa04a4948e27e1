"""Cases for part 13: answers that differ in every way, places and shares, tallies at their thresholds, whole roads."""

from random import Random

from msgspec import Struct, field

from proxylings.grader.oracle import draw
from proxylings.grader.oracle.cases import Call, Case, named
from proxylings.grader.oracle.draw import Field, listed

IGNORED = ["Age", "Connection", "Date", "Keep-Alive", "Transfer-Encoding", "Via"]
ALL = 10_000
LARGEST = 2**64 - 1


class Answer(Struct, frozen=True):
    """What one proxy answered."""

    status: int = 200
    fields: list[Field] = []
    body: bytes = b""


class Many(Struct, frozen=True):
    """So many requests that went well or not, and took so many microseconds each."""

    times: int
    ok: bool
    took_us: int


class Thresholds(Struct, frozen=True):
    """Shares are parts of ten thousand."""

    least: int = 100
    more_errors: int = 100
    slower_percent: int = 50
    differences: int = 100
    hold_ms: int = 1000


class Compare(Call, frozen=True):
    """`compare`, with two answers and the names of fields that may differ."""

    old: Answer
    new: Answer
    ignored: list[str] = field(default_factory=lambda: [*IGNORED])


class Place(Call, frozen=True):
    """`bucket`, with a salt and a client's key."""

    salt: int
    key: bytes


class Whose(Call, frozen=True):
    """`side`, with a place and a share in parts of ten thousand."""

    place: int
    share: int


class Judge(Call, frozen=True):
    """`judge`, with what both sides did."""

    old: list[Many]
    new: list[Many]
    thresholds: Thresholds = Thresholds()


class Ask(Call, frozen=True):
    """`answer`, on a side, with a new proxy that may support the request; each answers after some waiting."""

    on_new_side: bool
    supported: bool
    new_waits: int
    old_waits: int


class Road(Call, frozen=True):
    """A `Ramp`, with shares in parts of ten thousand, and what happens to it, in words."""

    shares: list[int]
    thresholds: Thresholds
    salt: int
    start_ms: int
    shadow: bool
    events: list[str]


def cases(random: Random) -> list[Case]:
    """Return the cases of all five steps."""
    return [*_compare(random), *_sides(random), *_judge(random), *_answer(random), *_ramp(random)]


def _compare(random: Random) -> list[Case]:
    step = "step_1_compare"

    def pair(old: list[Field], new: list[Field]) -> Compare:
        return Compare(Answer(fields=old), Answer(fields=new))

    one = Answer(200, listed(("Content-Type", "text/plain"), ("A", "1")), b"hello")
    cookies = listed(("Set-Cookie", "a"), ("X", "1"), ("Set-Cookie", "b"))
    values = [
        pair(listed(("A", "1")), listed(("A", "2"))),
        pair(listed(("A", "1")), []),
        pair([], listed(("B", ""))),
        pair(listed(("ETag", "x")), listed(("etag", "x"))),
        pair(listed(("A", "x")), listed(("A", "X"))),
        pair(cookies, [cookies[1], cookies[0], cookies[2]]),
        pair(cookies, cookies[::-1]),
        pair(cookies, cookies[:2]),
        pair(cookies, [*cookies, cookies[0]]),
    ]
    way = listed(("date", "Mon"), ("Via", "1.1 old"), ("Age", "1"), ("A", "1"))
    other_way = listed(("Date", "Tue"), ("VIA", "1.1 new"), ("A", "1"))
    ignored = [pair(way, other_way), Compare(Answer(fields=way), Answer(fields=other_way), []), pair(way, [])]
    ignored += [Compare(Answer(fields=way), Answer(fields=[]), [draw.in_any_case(random, "date"), "a"])]
    bodies = [(b"hello", b"hell"), (b"hello", b"jello"), (b"", b"x"), (b"", b""), (b"\0", b"\0\0"), (b"ab", b"ba")]
    drawn = [Compare(_answer_of(random), _answer_of(random)) for _ in range(25)]
    every = [
        Compare(Answer(200, listed(("A", "1"), ("B", "2")), b"x"), Answer(404, listed(("B", "3"), ("C", "4")), b"xy"))
    ]
    every += [Compare(Answer(status=old), Answer(status=new)) for old, new in ((200, 502), (204, 200), (200, 200))]
    return [
        *named(step, "equal answers have no difference", [Compare(one, one), Compare(Answer(), Answer())]),
        *named(step, "compares all values of a name, in their order", values),
        *named(step, "what tells of time and way is ignored", ignored),
        *named(
            step,
            "a body differs in its length or in its bytes",
            (Compare(Answer(body=a), Answer(body=b)) for a, b in bodies),
        ),
        *named(step, "names every difference, in order", every),
        *named(step, "compares any two answers", drawn),
    ]


def _sides(random: Random) -> list[Case]:
    step = "step_2_sides"
    keys = [b"", b"192.0.2.7", b"alice", *(draw.value(random) for _ in range(12))]
    places = [Place(salt, key) for key in keys for salt in (0, 13, random.randrange(2**64))]
    shares = (0, 1, 100, 3333, 5000, 9999, ALL, random.randint(2, 9998))
    sides = [
        Whose(place, share) for share in shares for place in sorted({0, max(0, share - 1), min(9999, share), 9999})
    ]
    sides += [Whose(random.randrange(ALL), random.randint(0, ALL)) for _ in range(30)]
    return [
        *named(step, "the same key has the same place, another salt another one", places),
        *named(step, "the places below the share are the new proxy's", sides),
    ]


def _judge(random: Random) -> list[Case]:
    step = "step_3_judge"

    def of(requests: int, errors: int, took_us: int = 900) -> list[Many]:
        return [Many(errors, False, took_us), Many(requests - errors, True, took_us)]

    good = [Judge(of(100, 0), of(100, 0)), Judge(of(100, 7), of(100, 7)), Judge(of(100, 7), of(100, 0, 90))]
    few = [Judge(of(1000, 0), of(99, 99, 9_000_000)), Judge(of(99, 0), of(1000, 1000, 9_000_000)), Judge([], [])]
    few += [Judge(of(9, 0), of(10, 10), Thresholds(least=least)) for least in (9, 10, 1)]
    counts = [(100, 0, 100, 1), (100, 0, 100, 2), (100, 4, 100, 6), (1000, 0, 100, 100), (100, 100, 100, 100)]
    counts += [(100, 50, 1000, 510), (100, 50, 1000, 511)]
    errors = [Judge(of(old, was), of(new, now)) for old, was, new, now in counts]
    errors += [
        Judge(of(400, 4), of(400, 4 + more), Thresholds(more_errors=share))
        for share in (0, 50, ALL)
        for more in range(4)
    ]
    times = [Judge(of(100, 0, 1000), of(100, 0, now)) for now in (999, 1000, 1200, 1400, 1500, 1600, 1700, 2000)]
    pairs = [(0, 0), (0, 1), (1, 2), (7, 8), (1000, 1100), (LARGEST, LARGEST)]
    for slower in (0, 10, 100, 65535):
        times += [Judge(of(100, 0, was), of(100, 0, now), Thresholds(slower_percent=slower)) for was, now in pairs]
    slow_few = [
        Judge(of(100, 0, 1000), [Many(100 - slow, True, 1000), Many(slow, True, 9_000_000)]) for slow in (4, 5, 6)
    ]
    both = [Judge(of(100, 0, 1000), of(100, 100, 9_000_000)), Judge(of(100, 100, 1000), of(100, 100, 9_000_000))]
    drawn = []
    for _ in range(25):
        old, new = (
            of(requests, random.randint(0, requests), random.randint(1, 5000))
            for requests in (150, random.randint(80, 200))
        )
        drawn.append(Judge(old, new, Thresholds(100, random.randint(0, 9000), random.randint(0, 300))))
    return [
        *named(step, "a new proxy that is like the old one, or better, is good", good),
        *named(step, "nothing is said of too few requests", few),
        *named(step, "errors count from one more than the threshold", errors),
        *named(step, "times count from one more than the threshold", [*times, *slow_few]),
        *named(step, "errors are named before times", both),
        *named(step, "judges any two tallies", drawn),
    ]


def _answer(random: Random) -> list[Case]:
    step = "step_4_answer"
    waits = [(0, 0), (1, 0), (0, 1), (random.randint(2, 9), random.randint(2, 9)), (1, 1), (7, 0)]
    new = [Ask(True, True, *wait) for wait in waits]
    back = [Ask(True, False, *wait) for wait in waits]
    old = [Ask(False, supported, *wait) for supported in (True, False) for wait in waits]
    return [
        *named(step, "the new proxy answers on its side, and the old one is not asked", new),
        *named(step, "what the new one does not support goes to the old one", back),
        *named(step, "the old proxy answers on its side, and the new one is not asked", old),
    ]


def _ramp(random: Random) -> list[Case]:
    step = "step_5_ramp"
    shares = [1000, 5000, ALL]
    out_of_shadow = ["100 compared same 1000"]
    good = ["100 answered old ok 1000 {0}", "100 answered new ok 1000 {0}"]
    through = [*out_of_shadow, *(line.format(now) for now in (1999, 2000, 9000, 10_000, 11_000) for line in good)]
    roads = [
        through,
        ["99 compared same 5000", "1 compared same 5000"],
        ["500 compared same 999", "1 compared same 1000"],
        ["99 compared same 10", "1 compared differs 10", "1 compared differs 11", "1 compared same 5000"],
        ["1 compared differs 1000", "99 compared same 1000"],
        [*out_of_shadow, "100 answered old ok 1000 900", "100 answered new ok 1000 900"],
        [
            *out_of_shadow,
            "100 answered old ok 1000 1100",
            "99 answered new ok 1000 1100",
            "2 answered new bad 1000 1101",
            "9 answered new ok 1 9999",
        ],
        [*out_of_shadow, "200 answered old ok 1000 1500"],
        [*through[:5], "100 answered new ok 8000 3500"],
        [
            *(line.format(500) for line in good),
            "200 answered new ok 8000 3500",
            *out_of_shadow,
            "150 answered new ok 8000 2500",
        ],
    ]
    backs = [
        [*line, "roll-back 1234", "roll-back 9999", "9 compared same 5000"]
        for line in ([], out_of_shadow, through, through[:4])
    ]
    copies = [f"copies {method}" for method in ("GET", "HEAD", "OPTIONS", "TRACE", "POST", "DELETE", "get")]
    looks = [[*copies, "clients 0 99", *out_of_shadow, *copies, "clients 0 99", *through[1:], "clients 0 99"]]
    drawn = [_events(random) for _ in range(20)]

    def road(events: list[str], shadow: bool = True) -> Road:
        return Road(shares, Thresholds(), random.randrange(2**64), 0, shadow, events)

    one_step = Road(
        [ALL],
        Thresholds(),
        13,
        0,
        True,
        ["100 answered old ok 1000 500", *out_of_shadow, "100 answered new ok 1000 2000"],
    )
    return [
        *named(step, "goes through its steps, or back", [*map(road, roads), one_step]),
        *named(step, "may begin without a shadow", (road(events, False) for events in roads)),
        *named(step, "an operator can go back from anywhere but back", map(road, backs)),
        *named(step, "moves the same clients, and copies what asks for no change", map(road, looks)),
        *named(step, "goes any road", (road(events, random.random() < 0.7) for events in drawn)),
    ]


def _answer_of(random: Random) -> Answer:
    names = ("A", "a", "Date", "B", "set-cookie", "Set-Cookie")
    fields = listed(*((random.choice(names), random.choice(("1", "2"))) for _ in range(random.randint(0, 5))))
    return Answer(random.choice((200, 200, 304)), fields, random.choice((b"x", b"y", b"xy", b"")))


def _events(random: Random) -> list[str]:
    events, now = [], 0
    for _ in range(random.randint(3, 14)):
        now += random.choice((0, 1, 400, 1000, 3000))
        side, ok = random.choice(("old", "new")), random.choice(("ok", "ok", "ok", "bad"))
        times = random.choice((1, 2, 60, 100))
        how = random.choice(("same", "same", "same", "differs"))
        answered = f"{times} answered {side} {ok} {random.choice((900, 1000, 1600))} {now}"
        events.append(random.choice((answered, answered, f"{times} compared {how} {now}", "clients 0 20")))
    return events
