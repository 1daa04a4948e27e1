"""Cases for part 06: blocks, filters that apply or not, phases that answer, rewrites, and all of them together."""

from random import Random

from msgspec import Struct

from proxylings.grader.oracle import draw
from proxylings.grader.oracle.cases import Call, Case, Probe, named
from proxylings.grader.oracle.draw import Field, listed

PATHS = ("/", "/menu", "/menu/today", "/admin", "/admin/users", "/administrator", "/.git", "/old", "/health")
SPELLINGS = ("/%61dmin", "//admin", "/x/../admin", "/./admin?x=1", "/x/%2e%2E/admin", "http://a/admin", "/admin?a", "*")
CLIENTS = ("203.0.113.7", "198.51.100.1", "2001:db8::7", "::ffff:203.0.113.9")


class Block(Struct, frozen=True):
    """A block; what is none is no condition."""

    host: str | None = None
    path: str | None = None
    method: str | None = None
    client: str | None = None
    header: str | None = None
    contains: str | None = None
    status: int = 403


class Request(Struct, frozen=True):
    """A request as it arrived."""

    target: bytes
    method: bytes = b"GET"
    host: bytes = b"cafe.example"
    client: str = CLIENTS[0]
    fields: list[Field] = []


class Asked(Struct, frozen=True):
    """A request, and when it came."""

    request: Request
    now_ms: int


class Gate(Struct, frozen=True):
    """A guard of the shim: below `path` it answers with these words, or lets pass."""

    name: str
    path: str
    answer: str | None = None


class Edit(Struct, frozen=True):
    """A change to a field; without a value it is removed."""

    name: str
    value: str | None = None


class Rewrite(Struct, frozen=True):
    """A rewrite below `path`."""

    path: str
    to: str | None = None
    request: list[Edit] = []
    response: list[Edit] = []


class Rate(Struct, frozen=True):
    """A limit on requests below `path`."""

    path: str
    requests: int
    burst: int


class Blocks(Call, frozen=True):
    """`Blocking`, with its blocks and a request: whether it applies, and what it says."""

    blocks: list[Block]
    request: Request


class Applying(Call, frozen=True):
    """`Filters::applying`, with guards, how many of those that apply are asked for, and requests in a row."""

    gates: list[Gate]
    wanted: int
    requests: list[Request]


class Admit(Call, frozen=True):
    """`Admission::run`, with guards, and a request that came at `now_ms`."""

    gates: list[Gate]
    now_ms: int
    request: Request


class InARow(Call, frozen=True):
    """`then`: the length of a text, and its half, `phases` in all; an odd number is answered and not halved."""

    text: str
    phases: int


class Shape(Call, frozen=True):
    """`Rewriting`, with its rewrites and a request."""

    rewrites: list[Rewrite]
    request: Request


class Whole(Call, frozen=True):
    """A `Pipeline` with a guard of its own, and requests in a row; it is renewed after some of them."""

    blocks: list[Block]
    rewrites: list[Rewrite]
    rates: list[Rate]
    renewed_after: int
    asked: list[Asked]


_PHASES = """use part_pipeline::{{Admission, Filters, Finishing, Phase, Shaping, then}};
pub fn made() {{
    let admission = Admission(Filters::new(vec![]));
    let (shaping, finishing) = (Shaping(Filters::new(vec![])), Finishing(Filters::new(vec![])));
    let _pipeline = {};
}}
"""
_GUARD = """use part_pipeline::{{Blocking, Pipeline}};
use wire::rules::Rules;
pub fn made(of_rules: &Rules) -> Pipeline {{
    Pipeline::new(of_rules).with_guard({})
}}
"""
_IN_ORDER = _PHASES.format("then(then(admission, shaping), finishing)")
_TOO_EARLY = _PHASES.format("then(then(shaping, admission), finishing)")
_BLOCKING = _GUARD.format("Blocking::new(of_rules.blocks.clone())")
_NO_GUARD = _GUARD.format("of_rules.blocks.clone()")
PROBES = [
    Probe("step_4_then", "phases in their order compile", _IN_ORDER),
    Probe("step_4_then", "phases in a wrong order do not", _TOO_EARLY, "E0277"),
    Probe("step_4_then", "a guard joins the pipeline", _BLOCKING),
    Probe("step_4_then", "what is no guard does not", _NO_GUARD, "E0277"),
]


def cases(random: Random) -> list[Case]:
    """Return the cases of all five steps."""
    return [*_block(random), *_applying(random), *_admit(random), *_then(random), *_rewrite(random)]


def _block(random: Random) -> list[Case]:
    step = "step_1_block"
    three = [Block(path="/menu", status=404), Block(path="/admin", status=410), Block(path="/admin/users", status=451)]
    strict = Block(path="/form", method="POST", client="203.0.113.0/24", header="User-Agent", contains="bot")
    bot, other = listed(("user-agent", "Mozilla (FormBot/2)")), listed(("User-Agent", "Mozilla"))
    met = [Request(b"/form", b"POST", fields=bot)]
    met += [Request(b"/form", b"GET", fields=bot), Request(b"/form", b"post", fields=bot), Request(b"/form", b"POST")]
    met += [Request(b"/forms", b"POST", fields=bot), Request(b"/form", b"POST", fields=other)]
    met += [Request(b"/form", b"POST", client=client, fields=bot) for client in CLIENTS]
    met += [Request(b"/form", b"POST", fields=[*other, *bot])]
    hosts = [Block(host="*.example", status=404), Block(host="cafe.example", path="/admin", status=410)]
    at_hosts = [
        Request(b"/admin", host=host) for host in (b"cafe.example", b"Cafe.Example:80", b"example", b"bar", b"")
    ]
    drawn = []
    for _ in range(25):
        blocks = [
            Block(
                path=random.choice(PATHS), method=random.choice((None, None, "POST")), status=random.randint(400, 599)
            )
            for _ in range(random.randint(0, 5))
        ]
        drawn.append(Blocks(blocks, _request(random)))
    return [
        *named(
            step,
            "applies where any block has its scope, and the first that is met answers",
            [Blocks(three, _to(path)) for path in PATHS],
        ),
        *named(step, "rules see a path in one spelling", [Blocks(three[1:], _to(path)) for path in SPELLINGS]),
        *named(step, "no block blocks nothing", [Blocks([], _to(path)) for path in PATHS[:3]]),
        *named(step, "every condition of a block has to be met", [Blocks([strict], one) for one in met]),
        *named(step, "a host is a condition, too", [Blocks(hosts, one) for one in at_hosts]),
        *named(step, "does so with any blocks", drawn),
    ]


def _applying(random: Random) -> list[Case]:
    step = "step_2_applying"
    gates = [Gate("a", "/menu"), Gate("b", "/admin"), Gate("c", "/")]
    few = [Applying(gates, wanted, [_to("/menu"), _to("/admin"), _to("/")]) for wanted in (0, 1, 2, 9)]
    drawn = [
        Applying(_gates(random), random.randint(0, 4), [_request(random) for _ in range(random.randint(1, 6))])
        for _ in range(20)
    ]
    every = [Applying(gates, 9, [_to(path) for path in PATHS]), Applying([], 9, [_to("/")])]
    return [
        *named(step, "gives those that apply, in order, and counts each on one side", every),
        *named(step, "counts those that were reached, and no other", few),
        *named(step, "does so with any filters", drawn),
    ]


def _admit(random: Random) -> list[Case]:
    step = "step_3_admit"
    a, b = Gate("a", "/"), Gate("b", "/")
    no, well = Gate("no", "/", "no coffee"), Gate("well", "/", "well")
    passes = [[], [a], [a, b], [Gate("admin", "/admin", "no coffee")], [Gate("admin", "/admin", "no"), a]]
    answers = [[a, no], [no, a], [well], [a, well, no], [no, well], [well, no, a], [Gate("x", "/admin", "no"), well, b]]
    drawn = [Admit(_gates(random), random.randrange(2**40), _request(random)) for _ in range(20)]
    return [
        *named(
            step, "admits what every guard that applies lets pass", [Admit(one, 41, _to("/menu")) for one in passes]
        ),
        *named(
            step, "hands up the first answer, and asks nobody after it", [Admit(one, 41, _to("/")) for one in answers]
        ),
        *named(step, "tells each guard the time", [Admit([a, b], now, _to("/")) for now in (0, 1, 2**64 - 1)]),
        *named(step, "does so with any guards", drawn),
    ]


def _then(random: Random) -> list[Case]:
    step = "step_4_then"
    lengths = [*range(18), *(random.randint(18, 400) for _ in range(12))]
    runs = [InARow("x" * length, phases) for length in lengths for phases in (2, 3, 4)]
    return named(step, "runs the second phase on what the first gives, unless it answers", runs)


def _rewrite(random: Random) -> list[Case]:
    step = "step_5_rewrite"
    targets = ("/old/menu?day=1", "/old", "/menu/", "/old/caf%C3%A9", "/x/../%6Fld/a%20b", "/older", "*", "/")
    prefixes = [("/old", "/new"), ("/old", "/"), ("/", "/app/"), ("/old/menu", "/second")]
    ones = [Shape([Rewrite(path, to)], _to(target)) for path, to in prefixes for target in targets]
    several = [Rewrite("/x", "/y"), Rewrite("/old", "/first"), Rewrite("/old/menu", "/second"), Rewrite("/", "/third")]
    firsts = [Shape(random.sample(several, 4), _to(target)) for target in targets for _ in range(3)]
    fields = [
        Rewrite("/", None, [Edit("X-A", "1")]),
        Rewrite("/other", None, [Edit("X-B", "2")]),
        Rewrite("/menu", "/m", [Edit("X-A", "3"), Edit("Cookie")]),
        Rewrite("/menu", None, [], [Edit("Server")]),
        Rewrite("/menu/today", "/today", [Edit("X-C")], [Edit("X-D", "4")]),
    ]
    changes = [Shape(fields, _to(path)) for path in PATHS] + [Shape(fields[3:4], _to("/menu")), Shape([], _to("/"))]
    drawn = [Shape([_any_rewrite(random) for _ in range(random.randint(0, 6))], _request(random)) for _ in range(20)]
    asked = [Asked(_request(random), now) for now in (0, 0, 1, 400, 1000, 1000, 1001, 1500, 3000) for _ in range(3)]
    named_ids = ["a1-B2_c3.d4", "a" * 64, "a" * 65, "a b", ""]
    ids = [Asked(Request(b"/", fields=listed(("X-REQUEST-ID", one))), 0) for one in named_ids]
    ids.append(Asked(Request(b"/", fields=listed(("X-Request-Id", "a"), ("x-request-id", "b"))), 0))
    rates = [Rate("/", 2, 3), Rate("/menu", 1, 1)]
    whole = [
        Whole(
            [Block(path="/admin", status=410)],
            fields,
            rates,
            after,
            random.sample(asked, len(asked)) if after else asked,
        )
        for after in (0, 5, 99)
    ]
    return [
        *named(step, "puts a new prefix in the place of the old", ones),
        *named(step, "the first rewrite that fits gives the target", firsts),
        *named(step, "every rewrite that fits changes fields, and shares its changes", changes),
        *named(step, "does so with any rewrites", drawn),
        *named(step, "the whole pipeline admits, names and shapes", [*whole, Whole([], fields, [], 99, ids)]),
    ]


def _to(target: str) -> Request:
    return Request(target.encode())


def _request(random: Random) -> Request:
    target = random.choice((*PATHS, *SPELLINGS, draw.path(random, 8))).encode()
    method = random.choice((b"GET", b"POST"))
    fields = [Field(b"Accept", draw.value(random)) for _ in range(random.randint(0, 2))]
    return Request(target, method, client=random.choice(CLIENTS), fields=fields)


def _gates(random: Random) -> list[Gate]:
    answers = (None, None, None, "no coffee", "well")
    return [Gate(f"g{at}", random.choice(PATHS), random.choice(answers)) for at in range(random.randint(0, 5))]


def _any_rewrite(random: Random) -> Rewrite:
    edits = [[Edit(f"X-{at}", random.choice((None, "1"))) for at in range(random.randint(0, 2))] for _ in "ab"]
    return Rewrite(random.choice(PATHS), random.choice((None, "/new", "/")), *edits)
