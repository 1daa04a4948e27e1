"""Cases for part 09: logs cut at every size, tallies merged in any order, and a log of many pieces for two threads.

A line of these logs is four numbers: client, status, bytes of the body, microseconds.
"""

from random import Random

from proxylings.grader.oracle.cases import Call, Case, named

LARGEST = 2**64 - 1
# Five pieces of the part's own size.
MANY_BYTES = 5 * 64 * 1024


class Pieces(Call, frozen=True):
    """`pieces`, with a log and a size."""

    log: bytes
    size: int


class Count(Call, frozen=True):
    """`count`, with the lines that the tally has counted before, and a piece."""

    before: list[bytes]
    piece: bytes


class Merge(Call, frozen=True):
    """`Tally::merge`, with the lines of each tally, from the first to the last; the report names `top` clients."""

    tallies: list[list[bytes]]
    top: int = 1000


class Analyse(Call, frozen=True):
    """`analyse`, with a log, naming `top` clients."""

    log: bytes
    top: int = 1000


class Threads(Call, frozen=True):
    """`analyse`, with a log of several pieces and two threads."""

    log: bytes


def cases(random: Random) -> list[Case]:
    """Return the cases of all four steps."""
    return [*_pieces(random), *_count(random), *_merge(random), *_analyse(random)]


def _pieces(random: Random) -> list[Case]:
    step = "step_1_pieces"
    log = b"GET\nPUT\nHEAD\n"
    ended = [Pieces(log, size) for size in range(16)]
    open_ = [
        Pieces(one, size) for one in (b"GET\nPUT", b"GET", b"\nGET", b"GET\n\nPUT") for size in (0, 1, 3, 4, 5, 7, 8)
    ]
    edges = [
        Pieces(b"", 4),
        Pieces(b"", 0),
        Pieces(b"\n\nGET\n", 0),
        Pieces(b"\n\n\n", 1),
        Pieces(b"\n", 9),
        Pieces(log, LARGEST),
    ]
    drawn = []
    for _ in range(25):
        lines = b"\n".join(b"x" * random.choice((0, 1, 3, 9, 40)) for _ in range(random.randint(1, 12)))
        drawn.append(Pieces(lines + random.choice((b"", b"\n")), random.randint(0, 60)))
    return [
        *named(step, "cuts behind the first line end that is far enough", ended),
        *named(step, "keeps a last line without a line end", open_),
        *named(step, "takes any log and any size", edges),
        *named(step, "lends pieces of any log", drawn),
    ]


def _count(random: Random) -> list[Case]:
    step = "step_2_count"
    before = [b"9 200 1 1", b"broken"]
    plain = [b"7 200 10 100\n8 404 0 50\n7 200 5 70\n", b"7 200 10 100\n8 404 0 50", b"7 200 10 100"]
    broken = [b"broken\n7 200 10 100\n1 2 3\n", b"broken", b"\xff\n", b"7 200 10 100\r\n"]
    empty = [b"\n\n7 200 10 100\n\n", b"", b"\n", b"\n\n\n"]
    drawn = [Count(_lines(random, random.randint(0, 4)), _log(random, random.randint(0, 15))) for _ in range(20)]
    return [
        *named(step, "counts every line, each asked for once", (Count([], one) for one in plain)),
        *named(step, "counts what cannot be read", (Count([], one) for one in broken)),
        *named(step, "leaves empty lines out", (Count([], one) for one in empty)),
        *named(step, "goes on with the tally that it is given", (Count(before, one) for one in [*plain, *empty])),
        *named(step, "counts any piece", drawn),
    ]


def _merge(random: Random) -> list[Case]:
    step = "step_3_merge"
    one = [b"7 200 10 100", b"8 404 0 50", b"broken", b"7 200 5 90000"]
    other = [b"7 404 1 20", b"9 502 0 30000000", b"broken", b"broken", b"9 200 9 3"]
    both: list[list[list[bytes]]] = [
        [one[:1], other[:1]],
        [one, other],
        [other, one],
        [one, one],
        [[b"7 200 1 1"], one],
        [one, [b"7 200 1 1"]],
    ]
    empty: list[list[list[bytes]]] = [[one, []], [[], one], [[], []], []]
    most = [b"7 200 %d 1" % LARGEST]
    large: list[list[list[bytes]]] = [
        [most, [b"7 200 1 1"]],
        [[b"7 200 1 1"], most],
        [most, most],
        [[b"7 200 1 %d" % LARGEST], one],
    ]
    drawn = [[_lines(random, random.randint(0, 9)) for _ in range(random.randint(1, 8))] for _ in range(20)]
    return [
        *named(step, "says what one tally of all lines says", map(Merge, both)),
        *named(step, "an empty tally changes nothing", map(Merge, empty)),
        *named(step, "sums up to what a number can hold", map(Merge, large)),
        *named(step, "merges any number of tallies", (Merge(one, random.choice((0, 1, 2, 1000))) for one in drawn)),
    ]


def _analyse(random: Random) -> list[Case]:
    step = "step_4_analyse"
    short = [b"7 200 10 100\n8 404 0 50\nbroken\n7 200 5 90000\n", b"7 200 10 100", b"", b"\n", b"broken"]
    equals = b"9 200 1 1\n7 200 1 1\n8 200 1 1\n8 200 1 1\n"
    tops = [Analyse(equals, top) for top in (0, 1, 2, 3, 100)]
    line_count = MANY_BYTES // 16
    long = _log(random, line_count)
    return [
        *named(step, "says what a short log says", map(Analyse, short)),
        *named(step, "names as many clients as it is asked for", tops),
        *named(
            step, "says the same as one thread would, of any log", [Analyse(long, 10), Analyse(long + b"7 200 1 1", 0)]
        ),
        *named(step, "lets more than one thread count", [Threads(long)]),
        *named(step, "says what any log says", (Analyse(_log(random, random.randint(0, 40)), 3) for _ in range(15))),
    ]


def _line(random: Random) -> bytes:
    if random.random() < 0.1:
        return random.choice((b"broken", b"1 2 3", b"", b"300 200 1 1"))
    took = random.choice((random.randint(0, 99), random.randint(0, 99_999), random.randint(0, 9_000_000)))
    return b"%d %d %d %d" % (random.randrange(23), random.choice((200, 304, 404, 502)), random.randrange(5000), took)


def _lines(random: Random, count: int) -> list[bytes]:
    return [line for line in (_line(random) for _ in range(count)) if line]


def _log(random: Random, count: int) -> bytes:
    return b"".join(_line(random) + b"\n" for _ in range(count))
