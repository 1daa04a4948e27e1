"""Cases for part 01: heads whole and in pieces, at their limits, with each fault; notes; buffers used again."""

from random import Random

from proxylings.grader.oracle import draw
from proxylings.grader.oracle.cases import Call, Case, named

GET = b"GET /menu?day=monday HTTP/1.1\r\nHost: cafe.example\r\n\r\n"
LINE = b"GET / HTTP/1.1\r\n"
MANY = 100


class Cut(Call, frozen=True):
    """`cut`, with a limit on the bytes of a head."""

    buffer: bytes
    head_limit: int = 16 * 1024


class Parse(Call, frozen=True):
    """`parse`, with limits on the bytes of the target and on the fields."""

    head: bytes
    target_limit: int = 8000
    field_limit: int = 100


class HandOn(Call, frozen=True):
    """`hand_on`, with a head that is known to be good."""

    head: bytes


class Recycle(Call, frozen=True):
    """`recycle`, with a head that is known to be good, and the bytes behind it."""

    head: bytes
    rest: bytes


def cases(random: Random) -> list[Case]:
    """Return the cases of all four steps."""
    return [*_cut(random), *_parse(random), *_hand_on(random), *_recycle(random)]


def _cut(random: Random) -> list[Case]:
    step = "step_1_cut"
    heads = [GET, *(draw.head(random) for _ in range(6))]
    whole = [Cut(head) for head in heads]
    partial = [Cut(GET[:length]) for length in range(0, len(GET), 3)] + [Cut(draw.crumb(random, h)) for h in heads]
    followed = [Cut(head + draw.head(random)[: random.randint(1, 40)]) for head in heads]
    followed += [Cut(GET + b"\r\n"), Cut(GET + GET)]
    empty_lines: list[Cut] = [Cut(b"\r\n" * random.randint(1, 3) + head + b"rest") for head in heads[:3]] + [
        Cut(b"\r\n\r\n"),
        Cut(b""),
    ]
    # LF alone ends a line here, so that the client gets an answer; parse refuses it.
    empty_lines += [Cut(b"GET / HTTP/1.1\nHost: a\n\nrest"), Cut(b"\n" + GET)]
    limits: list[Call] = []
    for limit in (64, random.randint(40, 200), random.randint(200, 3000)):
        fits, endless = draw.head_of_length(random, limit), bytes(random.choices(b"abc", k=limit + 1))
        too_long = draw.head_of_length(random, limit + 1)
        limits += [Cut(fits, limit), Cut(fits + b"a body of any length", limit), Cut(too_long, limit)]
        limits += [
            Cut(too_long + GET, limit),
            Cut(endless, limit),
            Cut(endless[:-1], limit),
            Cut(b"\r\n" + fits, limit),
        ]
        limits += [Cut(fits[:-1], limit), Cut(endless * 3, limit)]
    return [
        *named(step, "cuts a head that is all there", whole),
        *named(step, "keeps a partial head, in the same buffer", partial),
        *named(step, "gives back the bytes behind the head", followed),
        *named(step, "knows empty lines, and lines that end in LF alone", empty_lines),
        *named(step, "keeps to the limit on a head", limits),
    ]


def _parse(random: Random) -> list[Case]:
    step = "step_2_parse"
    good = [Parse(GET), Parse(b"GET / HTTP/1.0\r\n\r\n"), *(Parse(draw.head(random)) for _ in range(12))]
    good.append(Parse(b"GET / HTTP/1.1\r\nHost: a\r\nAccept: x\r\nAccept: y\r\n\r\n"))
    bad_lines = [b"Host a", b"Host : a", b"A: b\r\n c", b": a", b"A\x00: b", b"A: b\x01", b"A: b\rc", b"", b" A: b"]
    faults: list[Call] = [Parse(LINE + line + b"\r\n\r\n") for line in bad_lines]
    for line in bad_lines:
        before, after = draw.field(random), draw.field(random)
        faults.append(Parse(b"\r\n".join([LINE[:-2], before, line, after, b"", b""])))
    lines = [
        b"GET / HTTP/2.0",
        b"GET /",
        b"GET  / HTTP/1.1",
        b"G@T / HTTP/1.1",
        b"GET /\x7f HTTP/1.1",
        b"GET / HTTP/1.10",
    ]
    faults += [Parse(line + b"\r\nHost: a\r\n\r\n") for line in lines]
    faults += [Parse(GET[:-2]), Parse(b""), Parse(b"GET / HTTP/1.1\nHost: a\n\n")]
    faults.append(Parse(LINE + draw.field(random) + b"\r\nno colon\r\nx : y\r\n\r\n"))
    faults += [Parse(b"GET /twenty-one-bytes-now HTTP/1.1\r\n\r\n", size) for size in (19, 20, 21)]
    counts: list[Call] = []
    for limit in (0, 1, 2, random.randint(3, 12)):
        counts += [
            Parse(draw.head(random, fields), field_limit=limit) for fields in range(max(0, limit - 1), limit + 3)
        ]
        # The field that is one too many is bad, too: the count comes first.
        counts.append(Parse(draw.head(random, limit)[:-2] + b"no colon\r\n\r\n", field_limit=limit))
    counts += [Parse(draw.head(random, MANY + more)) for more in (-1, 0, 1)]
    return [
        *named(step, "keeps the words and every field, in order and without a copy", good),
        *named(step, "names the first fault and its offset", faults),
        *named(step, "keeps to the limit on fields", counts),
    ]


def _hand_on(random: Random) -> list[Case]:
    step = "step_3_hand_on"
    plain = [HandOn(GET), *(HandOn(draw.head(random)) for _ in range(12))]
    spelled = [HandOn(b"Purge /Menu HTTP/1.1\r\nHost: a\r\n\r\n"), HandOn(b"get /A/b/%2F?C HTTP/1.0\r\n\r\n")]
    bytes_of_any_kind = [
        b"/\xff",
        b"/caf\xc3\xa9",
        b"/\xc3(",
        b"/\xe2\x82\xac/\xf0\x9f",
        b"/" + bytes(range(0x80, 0x100)),
    ]
    any_bytes = [HandOn(b"GET " + target + b" HTTP/1.1\r\nHost: a\r\n\r\n") for target in bytes_of_any_kind]
    return [
        *named(step, "notes the method and the target, and moves the head", plain),
        *named(step, "notes both words as the client spelled them", spelled),
        *named(step, "notes a target that is not UTF-8", any_bytes),
    ]


def _recycle(random: Random) -> list[Case]:
    step = "step_4_recycle"
    heads = [GET, *(draw.head(random) for _ in range(9))]
    left = [Recycle(head, draw.head(random)[: random.randint(1, 60)]) for head in heads] + [Recycle(GET, b"G")]
    # At most as long as the head: whoever moves it into the head's buffer needs no third one.
    left.append(Recycle(GET, b"x" * len(GET)))
    return [
        *named(step, "gives back the start of the next request", left),
        *named(step, "gives back the head's buffer, emptied", [Recycle(head, b"") for head in heads]),
    ]
