"""Cases for part 02: names in any letters, lists over lines, fields that end at this hop, lengths that differ."""

from random import Random

from proxylings.grader.oracle import draw
from proxylings.grader.oracle.cases import Call, Case, named
from proxylings.grader.oracle.draw import Field, listed

KNOWN = ("Host", "Content-Length", "Cookie", "X-Forwarded-For", "Accept", "Via", "Cache-Control", "Origin")
HOP_BY_HOP = ("Connection", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade")
STATUSES = (100, 103, 199, 200, 204, 205, 206, 301, 304, 404, 500, 599)


class Find(Call, frozen=True):
    """`find`, with the fields of a head and a name."""

    fields: list[Field]
    name: str


class Elements(Call, frozen=True):
    """`elements`, with the fields of a head and the known name of a list."""

    fields: list[Field]
    name: bytes = b"via"


class AtTheEnd(Call, frozen=True):
    """`elements` of Via, asked twice more when it has ended."""

    fields: list[Field]


class Connection(Call, frozen=True):
    """`connection`, with the fields of a head."""

    fields: list[Field]


class EndToEnd(Call, frozen=True):
    """`end_to_end`, with the fields of a head."""

    fields: list[Field]


class RequestFraming(Call, frozen=True):
    """`request_framing`, with the fields of a head and its version."""

    fields: list[Field]
    http_1_0: bool = False


class ResponseFraming(Call, frozen=True):
    """`response_framing`, with the fields of a head, its version and status, and whether it answers HEAD."""

    fields: list[Field]
    http_1_0: bool
    status: int
    answers_head: bool


def cases(random: Random) -> list[Case]:
    """Return the cases of all four steps."""
    return [*_find(random), *_elements(random), *_end_to_end(random), *_framing(random)]


def _find(random: Random) -> list[Case]:
    step = "step_1_find"
    plain = [Find(listed(("Host", "cafe.example"), ("Accept", "text/html")), name) for name in ("Accept", "Host")]
    plain += [Find([], "Host"), Find(listed(("Accept", "Host")), "Host"), Find(listed(("Accept", "")), "Accept")]
    letters = [Find(listed(("X-Table", "Seven")), draw.in_any_case(random, "x-table")) for _ in range(6)]
    near = [Find(listed(("Host-Name", "a"), ("Ho", "b"), ("Hosts", "c"), ("ost", "d")), "Host")]
    several = [Find(listed(("A", "1"), ("B", "2"), ("a", "3")), "A"), Find(listed(("a", ""), ("A", "1")), "A")]
    drawn = []
    for _ in range(20):
        fields = _fields(random, random.randint(1, 12))
        name = random.choice(fields).name.decode()
        drawn.append(Find(fields, draw.in_any_case(random, random.choice((name, name + "x", name[1:] or "y")))))
    return [
        *named(step, "lends the value of a field", plain),
        *named(step, "compares whole names, in small letters and capitals", [*letters, *near]),
        *named(step, "lends the first of several", several),
        *named(step, "does so in any head", drawn),
    ]


def _elements(random: Random) -> list[Case]:
    step = "step_2_elements"
    plain = ["1.1 a", "1.1 a, 1.0 b,1.1 c", "a,b", " a , b ", "a\t,\tb"]
    empty = [["", "a"], ["a,", " ,", "b"], [",a,, \t,b,"], [","], [""], [",,,", "", "a"], ["a", ""], ["a", ",,"]]
    quoted = ['1.1 a ("b, c"), d', '"a,b"', '"a\\",b", c', '"', '"a, b', 'a"b,c"d, e', '"\\\\", a']
    lines = [["a, b", "c"], ["a", "b", "c"], ["a,", "b"], ["a", ", b"]]
    drawn = [[_list(random) for _ in range(random.randint(0, 5))] for _ in range(25)]
    options = ["close", "Keep-Alive, UPGRADE", "x-close, closed", "", "close, close", "upgrade;x", '"close"', "clos, e"]
    connections = [Connection(listed(("Connection", one))) for one in options]
    connections += [Connection(listed(("Connection", one), ("X", "close"), ("connection", "close"))) for one in options]
    return [
        *named(step, "lends each element of a line", (Elements(_via(random, [one])) for one in plain)),
        *named(step, "finds nothing where no line has the name", [Elements([]), Elements(listed(("Age", "1, 2")))]),
        *named(step, "goes on with the next line", (Elements(_via(random, one)) for one in lines)),
        *named(step, "leaves out empty elements", (Elements(_via(random, one)) for one in empty)),
        *named(step, "keeps a comma inside quotes", (Elements(_via(random, [one])) for one in quoted)),
        *named(step, "stays at its end", (AtTheEnd(_via(random, one)) for one in [*lines, *empty])),
        *named(step, "passes over a long run of commas", [Elements(_via(random, ["," * 100_000, "a"]))]),
        *named(step, "reads any list", (Elements(_via(random, one)) for one in drawn)),
        *named(step, "tells what Connection says", connections),
    ]


def _end_to_end(random: Random) -> list[Case]:
    step = "step_3_end_to_end"
    meant = listed(("Host", "h"), ("X-Table", "7"), ("Cookie", "a=b"), ("x-table", "8"))
    hop = [listed(*((draw.in_any_case(random, name), "x") for name in HOP_BY_HOP), ("Accept", "text/html"))]
    hop += [listed(("A", "1"), (name, "x"), ("B", "2")) for name in HOP_BY_HOP]
    given = [
        listed(("X-Hop", "1"), ("Connection", "X-Hop"), ("X-Table", "7"), ("X-Hop", "2")),
        listed(("X-HOP", "1"), ("Connection", "x-hop")),
        listed(("Connection", "close, X-One"), ("Connection", ", X-Two"), ("X-One", "1"), ("X-Two", "2")),
        listed(("Connection", "X-Hop"), ("X-Ho", "1"), ("X-Hops", "2")),
        listed(("Connection", '"X-Hop"'), ("X-Hop", "1")),
        listed(("Keep-Alive", "X-Hop"), ("X-Hop", "1")),
        listed(("Connection", "X-Hop x-other"), ("X-Hop", "1"), ("X-Other", "2")),
    ]
    guarded = [listed(("Connection", ", ".join(KNOWN)), *((name, "x") for name in KNOWN))]
    guarded += [listed((name, "x"), ("Connection", draw.in_any_case(random, name))) for name in KNOWN]
    drawn = []
    for _ in range(25):
        fields = _fields(random, random.randint(1, 10))
        names = [field.name.decode() for field in random.choices(fields, k=random.randint(1, 4))]
        for _ in range(random.randint(0, 2)):
            options = ", ".join(draw.in_any_case(random, name) for name in random.choices(names, k=2))
            fields.insert(random.randrange(len(fields) + 1), Field(b"Connection", options.encode()))
        drawn.append(fields)
    return [
        *named(step, "keeps what is meant for the far end", [EndToEnd(meant), EndToEnd([])]),
        *named(step, "drops what ends at this hop", map(EndToEnd, hop)),
        *named(step, "drops what Connection names", map(EndToEnd, given)),
        *named(step, "keeps what Connection may not take away", map(EndToEnd, guarded)),
        *named(step, "does so in any head", map(EndToEnd, drawn)),
    ]


def _framing(random: Random) -> list[Case]:
    step = "step_4_framing"
    most = str(2**64 - 1)
    numbers = ["5", "0", "05", most, "0" * 30 + "7", str(random.randrange(2**63))]
    equal = [["5, 5"], ["5", "05"], ["5,5,5"], ["5", "5, 5"], [most, most]]
    differ = [["5, 6"], ["5", "6"], ["5, 6", "5"], ["5", "5", "6"], ["0", "1"], ["5, 5, 4"], ["1", "10"]]
    none = ["", "+5", "-5", "0x5", "5 5", "five", "18446744073709551616", "9" * 20, "5;", "5.0", "\u0665", "1_0"]
    bad = [[one] for one in none] + [["5", "x"], ["x", "5"], ["5,"], [", 5"], ["5,,5"], ["5", ""], ["5, x", "6"]]
    codings = ["chunked", "Chunked", "", "gzip", "chunked, gzip", "chunked, chunked", "chunked;a=b", "gzip, chunked"]
    codings += [",", "chunked,, chunked", "xchunked", "identity, chunked", ", chunked", "chunked,", "deflate", "br"]
    chunked = [listed(("Transfer-Encoding", one)) for one in codings]
    both = [[*fields, *listed(("Content-Length", length))] for fields in chunked[:4] for length in ("5", "x", "")]
    kinds: list[list[Field]] = [[], listed(("Content-Length", "5")), chunked[0], chunked[3], _lengths(["5", "6"])]
    responses = [
        ResponseFraming(fields, random.random() < 0.2, status, head)
        for fields in kinds
        for status in STATUSES
        for head in (False, True)
    ]
    return [
        *named(
            step, "a request without a length has no body", [RequestFraming([]), RequestFraming(listed(("H", "5")))]
        ),
        *named(step, "a length is a number", (RequestFraming(_lengths([one])) for one in numbers)),
        *named(step, "equal lengths are one length", (RequestFraming(_lengths(one)) for one in equal)),
        *named(step, "lengths that differ are refused", (RequestFraming(_lengths(one)) for one in differ)),
        *named(step, "what is no number is refused", (RequestFraming(_lengths(one)) for one in bad)),
        *named(step, "a transfer coding is chunked or refused", map(RequestFraming, [*chunked, *both])),
        *named(step, "HTTP/1.0 has no transfer coding", (RequestFraming(one, True) for one in [*chunked, *kinds])),
        *named(step, "a response may end with the connection", responses),
    ]


def _fields(random: Random, count: int) -> list[Field]:
    return [Field(name, draw.value(random)) for name in (draw.field(random).split(b":")[0] for _ in range(count))]


def _lengths(values: list[str]) -> list[Field]:
    fields = listed(*(("Content-Length" if at % 2 else "content-length", value) for at, value in enumerate(values)))
    return [fields[0], Field(b"Host", b"h"), *fields[1:]]


def _via(random: Random, values: list[str]) -> list[Field]:
    """Return lines of Via, with lines of another name between them."""
    between = [Field(b"Host", b"a, b"), Field(b"X-Via", b"c")]
    fields: list[Field] = []
    for value in values:
        fields += [
            Field(draw.in_any_case(random, "via").encode(), value.encode()),
            *random.sample(between, random.randint(0, 2)),
        ]
    return fields


def _list(random: Random) -> str:
    pieces = ["a", "1.1 b", "", " ", "\t", '"x, y"', '("z", w)', "c d", 'e"', "f\\g"]
    return ",".join(random.choices(pieces, k=random.randint(0, 8)))
