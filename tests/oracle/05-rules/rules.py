"""Cases for part 05: places in any bytes, files that are wrong in every way and at every limit, reloads in a row."""

from random import Random

from msgspec import Struct

from proxylings.grader.oracle import draw
from proxylings.grader.oracle.cases import Call, Case, named

GOOD = b"""default = "kitchen"

[[route]]
host = "cafe.example"
path = "/menu"
upstream = "menu"
cache = true

[[rewrite]]
path = "/old"
to = "/new"
request.set = { "X-Table" = "7" }
response.remove = ["Server"]

[[block]]
method = "TRACE"

[[limit]]
requests = 10
burst = 20
"""
UNKNOWN = (
    b'[[rout]]\nupstream = "a"',
    b'[[route]]\nupsteam = "a"',
    b'[[route]]\ncolour = 1\nupstream = "a"',
    b'[[block]]\nstatuss = 1\nmetod = "A"',
    b"[[rewrite]]\nrequest.sett = 1",
    b'[[route]]\nhost = "a"',
    b"[[limit]]\nburst = 1",
    b"\n[[block]]\nstatus = 451",
    b'[[rewrite]]\nto = "/new"',
    b"[[limit]]\nrequests = 1_000_001",
    b'[[rewrite]]\nrequest.set = { "Host" = "1" }',
    b'[[rewrite]]\nrequest.remove = ["X-A", "x-a"]',
    b'[[block]]\npath = "/a/../b"',
)
TEXTS = ("caf\u00e9", "\u20ac 5", "a", "bc = 2", "", "\U0001f980", "\t", "\r")


class At(Call, frozen=True):
    """`place`, with the bytes of a file and an offset, which may lie beyond their end."""

    file: bytes
    offset: int


class Load(Call, frozen=True):
    """`load`, with a file and limits on its bytes, rules, edits and texts, and the upstreams that there are."""

    file: bytes
    bytes_limit: int = 64 * 1024
    rules_limit: int = 200
    edits_limit: int = 32
    text_limit: int = 1024
    upstreams: list[str] | None = None


class Asked(Struct, frozen=True):
    """Whose route is asked for."""

    host: bytes
    path: bytes


class Routed(Call, frozen=True):
    """`load` and then `route`, with a good file and what is asked for."""

    file: bytes
    asked: list[Asked]


class Reload(Call, frozen=True):
    """A `Keeper` with a first file, and what it says to the others, one after another."""

    first: bytes
    files: list[bytes]


def cases(random: Random) -> list[Case]:
    """Return the cases of all five steps."""
    return [*_place(random), *_document(random), *_parse(random), *_rules(random), *_reload(random)]


def _place(random: Random) -> list[Case]:
    step = "step_1_place"
    known = [(b"host", 0), (b"a = 1\nbc = 2", 9), (b"ab\ncd", 2), (b"ab\ncd", 3), (b"a\nb\n", 4), (b"\n\n\n", 2)]
    text = "\n".join(random.choices(TEXTS, k=8)).encode()
    characters = [At("caf\u00e9 = 1".encode(), offset) for offset in range(9)]
    characters += [At(text, random.randint(0, len(text))) for _ in range(12)]
    no_text = [At(b"\xff\n\xffa", offset) for offset in range(5)] + [At(bytes(range(256)), random.randrange(256))]
    beyond = [At(b"", 0), At(b"", 7), At(b"a\nbc", 4), At(b"a\nbc", 5), At(b"a\nbc", 99), At(b"a\n", 2**64 - 1)]
    return [
        *named(step, "counts lines and columns from one", (At(file, offset) for file, offset in known)),
        *named(step, "counts characters and not bytes", characters),
        *named(step, "counts in bytes that are no text", no_text),
        *named(step, "gives the end when the offset is beyond it", beyond),
    ]


def _document(random: Random) -> list[Case]:
    step = "step_2_document"
    no_rules = [Load(b""), Load(b"# no rules yet\n"), Load("# caf\u00e9\n".encode()), Load(b"\n\n")]
    not_toml = [
        b"# rules\nroute = [1, 2\n",
        b"a = 1\n\n  b =\n",
        b"[[[",
        b"= 1",
        b"a = 1\na = 2",
        b'a = "\\q"',
        b"a\x00",
    ]
    not_text = [
        b"# caf\xe9\n",
        b"a = 1\n#\xc3",
        b"\xff",
        b"a = 1\n\n# \xe2\x82",
        b"# " + "\u20ac".encode() + b"\xf0\x9f",
    ]
    limits = []
    for limit in (0, 1, 64, random.randint(65, 5000)):
        for length in (limit - 1, limit, limit + 1, limit * 2 + 3):
            if length > 0:
                limits += [Load(b"#" * length, limit), Load(b"\xff" * length, limit), Load(b"=" * length, limit)]
        limits.append(Load(("#" + "\u20ac" * limit).encode(), limit))
    return [
        *named(step, "takes a file without rules", no_rules),
        *named(step, "says where the file stops being TOML", map(Load, not_toml)),
        *named(step, "says where the file stops being text", map(Load, not_text)),
        *named(step, "asks for the length before anything else, and takes what fits", limits),
    ]


def _parse(random: Random) -> list[Case]:
    step = "step_3_parse"
    words = [Load(b'default = "' + word + b'"') for word in (b"kitchen", b"a", b"A-1_b", b"x" * 1024)]
    words += [
        Load(b'default = "' + draw.path(random, 12).replace("\\", "").replace('"', "").encode() + b'"') for _ in "abc"
    ]
    no_text = [b"7", b'["kitchen"]', b"true", b"1.5", b'{ a = "b" }', b"1979-05-27"]
    none = [b'"two words"', b'""', b'"a/b"', b'"\\u0000"', b'"caf\xc3\xa9"', b'" a"']
    places = [
        Load(b"\n" * random.randint(0, 4) + b"default" + b" " * random.randint(0, 3) + b" = " + one) for one in no_text
    ]
    long = []
    for limit in (1, 7, random.randint(8, 300)):
        for length in (limit, limit + 1):
            long += [Load(b'default = "' + b"k" * length + b'"', text_limit=limit)]
            # Too long comes before wrong, and is counted in bytes.
            long += [Load(b'default = "' + b" " * length + b'"', text_limit=limit)]
        long.append(Load(b'default = "' + "\u00e9".encode() * limit + b'"', text_limit=limit))
    names = ["bar", "kitchen"]
    known = [Load(b'default = "' + word + b'"', upstreams=names) for word in (b"kitchen", b"kitchn", b"zzz", b"bar")]
    return [
        *named(step, "reads a word", words),
        *named(
            step,
            "refuses what is no text, and says where it stands",
            [*map(Load, (b"default = " + one for one in no_text)), *places],
        ),
        *named(
            step,
            "refuses a word that is none of its kind",
            (Load(b"default = " + one) for one in none),
        ),
        *named(step, "refuses a text that is too long", long),
        *named(step, "knows the upstreams that there are", known),
    ]


def _rules(random: Random) -> list[Case]:
    step = "step_4_rules"
    one = b'[[route]]\nupstream = "a"\n[[route]]\nupstream = 7\n[[route]]\nupstream = "c"\n'
    order = b"".join(
        b'[[block]]\nmethod = "%s"\n' % draw.token(random, 1, 6).replace("\\", "").replace('"', "").encode()
        for _ in range(9)
    )
    counts = []
    for limit in (0, 1, 3, random.randint(4, 20)):
        counts += [
            Load(_routes(count), rules_limit=limit) for count in (limit - 1, limit, limit + 1, limit + 5) if count >= 0
        ]
        mixed = _routes(limit) + b'[[block]]\nmethod = "TRACE"\n'
        # The rule that is one too many is bad, too: the count comes first.
        counts += [Load(mixed, rules_limit=limit), Load(mixed + b"[[limit]]\nrequests = 0\n", rules_limit=limit)]
        counts += [Load(_routes(limit) + b"[[route]]\nupstream = 7\n", rules_limit=limit)]
    counts += [Load(_routes(count)) for count in (199, 200, 201)]
    no_table = [
        Load(b"route = [1]"),
        Load(b"route = 1"),
        Load(b'route = ["a", {}]'),
        Load(b"route = []"),
        Load(b"[route]"),
    ]
    paths = [b"/", b"/menu", b"/menu/today", b"/menus"]
    routes = b"".join(
        b'[[route]]\npath = "%s"\nupstream = "any%s"\n' % (p, p.replace(b"/", b"-")) for p in random.sample(paths, 4)
    )
    routes += b'[[route]]\nhost = "*.example"\npath = "/menu"\nupstream = "below"\n'
    routes += b'[[route]]\nhost = "cafe.example"\nupstream = "cafe"\n'
    hosts = [b"other", b"bar.example", b"Cafe.Example:8080", b"example", b"cafe.example."]
    asked = [Asked(host, path) for host in hosts for path in (*paths, b"/menu/tomorrow", b"/menu/today/soup", b"*")]
    kinds = [
        b'[[block]]\nmethod = "A B"',
        b'[[block]]\nclient = "10.0.0.0/33"',
        b'[[block]]\nhost = "a:80"',
        b"[[block]]\npath = 1",
    ]
    kinds += [
        b'[[block]]\npath = "admin"',
        b'[[block]]\nheader = "X A"',
        b'[[block]]\nclient = "fe80::/8"',
        b"[[route]]\nupstream = 7",
    ]
    return [
        *named(
            step,
            "reads every kind of rule, in the order of the file",
            [Load(GOOD), Load(order), Load(b"[[limit]]\nrequests = 7")],
        ),
        *named(step, "one bad rule refuses the whole file", [Load(one), *no_table]),
        *named(step, "counts rules of all kinds together, up to the limit", counts),
        *named(step, "says what a rule lacks, and what it may not say", map(Load, [*UNKNOWN, *kinds])),
        *named(step, "the narrowest route wins wherever it stands", [Routed(routes, asked)]),
    ]


def _reload(random: Random) -> list[Case]:
    step = "step_5_reload"
    good = [b'default = "%s%d"' % (random.choice((b"a", b"b")), number) for number in range(20)]
    twice = b'[[route]]\nupstream = "a"\n' * 201
    bad = [b"default = ", b"default = 7", b'defualt = "two"', twice, b"[[route]", b"\xff"]
    flaps = [one for pair in zip(good, random.choices(bad, k=len(good)), strict=True) for one in pair]
    drawn = [random.choices([*good, *bad], k=random.randint(1, 8)) for _ in range(10)]
    first = b'default = "start"'
    return [
        *named(
            step, "puts good rules in force", [Reload(first, [one]) for one in good[:4]] + [Reload(first, good[:5])]
        ),
        *named(
            step,
            "keeps the last good rules when a file is bad",
            [Reload(first, [one]) for one in bad] + [Reload(first, bad)],
        ),
        *named(step, "forgets the error when a good file comes", [Reload(first, [one, good[0]]) for one in bad]),
        *named(step, "survives a file that flaps", [Reload(first, flaps), *(Reload(first, files) for files in drawn)]),
        *named(step, "without a first good file there is nothing to keep", [Reload(one, [good[0]]) for one in bad]),
    ]


def _routes(count: int) -> bytes:
    return b"".join(b'[[route]]\npath = "/%d"\nupstream = "a"\n' % number for number in range(count))
