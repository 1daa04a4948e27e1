"""Cases for part 03: texts that would break a line, lines with faults at every word, whole logs."""

from random import Random

from msgspec import Struct

from proxylings.grader.oracle import draw
from proxylings.grader.oracle.cases import Call, Case, named

LINE = (
    b'192.0.2.7 - - [23/Nov/2026:13:05:27 +0000] "GET /menu?day=monday HTTP/1.1" 200 1536 '
    b'"https://cafe.example/" "curl/8.5.0" 840'
)
BROKEN = b"this is no line of an access log"
MOST = 2**64 - 1
NASTY = (b"", b"-", b"--", b"\\x22", b'a" 200 1 "b\nc', b"curl\r\n", b'"', b"\\", b"a b", b"caf\xc3\xa9", b"\xe9\xff")


class Words(Struct, frozen=True):
    """A request line."""

    method: bytes
    target: bytes
    http_1_0: bool = False


class Write(Call, frozen=True):
    """`write`, with what stands in the buffer, how much room is behind it, and the entry."""

    before: bytes
    room: int
    client: str
    time: int
    request: Words | None
    status: int
    body_bytes: int
    referer: bytes | None
    user_agent: bytes | None
    took_us: int


class Parse(Call, frozen=True):
    """`parse`, with a line."""

    line: bytes


class Rows(Call, frozen=True):
    """`rows`, with a log, read to its end by another thread."""

    log: bytes


class Columns(Call, frozen=True):
    """`columns`, with a log."""

    log: bytes


def cases(random: Random) -> list[Case]:
    """Return the cases of all four steps."""
    return [*_write(random), *_parse(random), *_rows(random), *_columns(random)]


def _write(random: Random) -> list[Case]:
    step = "step_1_write"
    words = Words(b"GET", b"/menu")
    plain = [_entry(request=words, user_agent=b"curl/8.5.0"), _entry(status=400), _entry(referer=b"")]
    plain += [_entry(client="2001:db8::7", time=951_782_401, body_bytes=MOST, took_us=MOST, status=65535)]
    texts = [_entry(request=Words(text, text), referer=text, user_agent=text) for text in NASTY]
    bytes_ = [_entry(user_agent=bytes([0x61, byte, 0x7A]), request=Words(b"GET", bytes([byte]))) for byte in range(256)]
    kept = [_entry(before=b"the line before\n", user_agent=b"a"), _entry(room=4096, user_agent=b'a "quoted" name')]
    kept += [_entry(before=draw.value(random), room=room, referer=b"x\ny" * 20) for room in (0, 1, 64, 1024, 8192)]
    drawn = [_any_entry(random) for _ in range(20)]
    return [
        *named(step, "writes a request as one line", plain),
        *named(step, "keeps a client from ending its text, its word or its line", texts),
        *named(step, "escapes each byte that is not printable ASCII, and no other", bytes_),
        *named(step, "appends to the buffer, and makes no second one", kept),
        *named(step, "writes any entry", drawn),
    ]


def _parse(random: Random) -> list[Case]:
    step = "step_2_parse"
    escapes = [LINE.replace(b"curl/8.5.0", b"a \\x22quoted\\x22 \\x5C\\xff\\x0A"), LINE.replace(b"/menu", b"/\\x22")]
    escapes += [LINE.replace(b"GET", b"G\\x00T"), LINE.replace(b"https:", b"\\x2D"), LINE.replace(b"GET", b"\\x20")]
    good = [LINE, LINE + b"\n", LINE.replace(b" 1536 ", b" - "), LINE.replace(b"- - [", b"- ann [")]
    good += [LINE.replace(b"+0000", zone) for zone in (b"+0530", b"-0800")]
    good += [LINE.replace(b'"https://cafe.example/" "curl/8.5.0"', b'"-" ""'), LINE.replace(b'"GET', b'"-" 1')]
    bad_escapes = [b"/me\\nu", b"\\x0", b"\\", b"\\x5g", b"\\xg5", b"a\\x41\\", b"\\x41\\q", b"\\X41"]
    faults = [LINE.replace(b"/menu", bad) for bad in bad_escapes]
    faults += [LINE.replace(old, bad) for old in (b"GET", b"curl/8.5.0", b"https:") for bad in bad_escapes[:5]]
    # Two faults in a line: the first one in reading order is named.
    faults += [
        LINE.replace(b"GET", b"\\q").replace(b"curl", b"\\q"),
        LINE.replace(b"/menu", b"\\q").replace(b"840", b"x"),
    ]
    words = [
        (b"192.0.2.7", b"192.0.2"),
        (b"- - [", b"-  ["),
        (b"Nov", b"nov"),
        (b"23/Nov", b"31/Nov"),
        (b" 200 ", b" 65536 "),
    ]
    words += [(b"/menu", b"/me nu"), (b"/1.1", b"/2.0"), (b" 1536 ", b" 1.5e3 "), (b" 840", b""), (b" 840", b" 840 1")]
    others = [b"", BROKEN, *(LINE.replace(old, new) for old, new in words)]
    others += [LINE[: random.randrange(len(LINE))] for _ in range(12)]
    changed = []
    for _ in range(40):
        line = bytearray(LINE.replace(b"curl", b"\\x22"))
        line[random.randrange(len(line))] = random.choice(b'"\\ -[]\x00\xff')
        changed.append(bytes(line))
    return [
        *named(step, "reads a line, and lends each text that holds no escape", map(Parse, good)),
        *named(step, "reads what an escape stands for, and copies that text only", map(Parse, escapes)),
        *named(step, "names the escape that cannot be read, and its place", map(Parse, faults)),
        *named(step, "names the word that cannot be read", map(Parse, others)),
        *named(step, "reads a line with any change", map(Parse, changed)),
    ]


def _rows(random: Random) -> list[Case]:
    step = "step_3_rows"
    other = LINE.replace(b" 200 ", b" 404 ")
    ends = [LINE, LINE + b"\n", LINE + b"\n" + other, b"", b"\n", b"\n\n\n", LINE + b"\n\n"]
    empty = [b"\n" + LINE + b"\n\n\n" + other + b"\n", LINE + b"\n\n" + other]
    broken = [b"\n".join([LINE, BROKEN, other]), b"\n".join([BROKEN, BROKEN, LINE]), LINE + b"\n\r\n" + other]
    return [
        *named(step, "gives each line with its number, whether its end is written or not", map(Rows, ends)),
        *named(step, "counts empty lines, and leaves them out", map(Rows, empty)),
        *named(step, "goes on after a line that cannot be read", map(Rows, broken)),
        *named(step, "reads any log", (Rows(_log(random)) for _ in range(20))),
    ]


def _columns(random: Random) -> list[Case]:
    step = "step_4_columns"
    other = b'2001:db8::7 - - [01/Jan/1970:00:00:09 +0000] "GET /x HTTP/1.1" 404 9 "-" "-" 12'
    none = LINE.replace(b"GET /menu?day=monday HTTP/1.1", b"-")
    escaped = LINE.replace(b"/menu", b"/\\x22menu\\x22\\x0A")
    broken = b"\n".join([BROKEN, LINE, BROKEN])
    many = [b"\n".join([BROKEN] * count) for count in (9, 10, 11, 300)]
    return [
        *named(
            step, "gives every kind of value a column", [Columns(LINE + b"\n" + other), Columns(b""), Columns(b"\n")]
        ),
        *named(step, "keeps all targets in one buffer", [Columns(b"\n".join([LINE, none, none, escaped, other]))]),
        *named(step, "counts the lines that cannot be read, and keeps the first", map(Columns, [broken, *many])),
        *named(step, "reads any log", (Columns(_log(random)) for _ in range(20))),
    ]


def _entry(
    *,
    before: bytes = b"",
    room: int = 0,
    client: str = "192.0.2.7",
    time: int = 1_795_439_127,
    request: Words | None = None,
    status: int = 200,
    body_bytes: int = 1536,
    referer: bytes | None = None,
    user_agent: bytes | None = None,
    took_us: int = 840,
) -> Write:
    return Write(before, room, client, time, request, status, body_bytes, referer, user_agent, took_us)


def _any_entry(random: Random) -> Write:
    def text() -> bytes:
        return b"".join(random.choices([*NASTY, b"GET", b"/menu", draw.value(random)], k=random.randint(0, 5)))

    return _entry(
        before=text(),
        room=random.choice((0, 0, 10, 4000)),
        client=random.choice(("0.0.0.0", "255.255.255.255", "::1", "::ffff:192.0.2.7", "fe80::1:2")),
        time=random.choice((0, MOST, random.randrange(2**33))),
        request=random.choice((None, Words(text(), text(), True), Words(text(), text()))),
        status=random.randrange(65536),
        body_bytes=random.randrange(2**64),
        referer=random.choice((None, text())),
        user_agent=random.choice((None, text())),
        took_us=random.randrange(2**64),
    )


def _log(random: Random) -> bytes:
    def line() -> bytes:
        good = LINE.replace(b" 200 ", b" %d " % random.randrange(600)).replace(b"/menu", draw.path(random).encode())
        return random.choice((good, good, good, b"", BROKEN, good.replace(b"curl", b"\\x63")))

    return b"\n".join(line() for _ in range(random.randint(0, 12))) + random.choice((b"", b"\n"))
