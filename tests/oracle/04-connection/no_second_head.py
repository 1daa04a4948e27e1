"""Cases for `no_second_head`: answers with bodies of all sizes, and several on one wire. Probes: each misuse."""

from random import Random

from proxylings.grader.oracle import draw
from proxylings.grader.oracle.cases import Call, Case, Probe, named

_PROGRAM = """use no_second_head::{{Begun, Fresh, Wire}};
pub fn serve(fresh: Fresh) -> Wire {{
    {}
}}
pub fn go_on(begun: Begun) -> Begun {{
    begun
}}
"""
# What a program gives that fails, or not, before its end.
_OTHER = "Wire { lines: Vec::new() }"


def _probe(name: str, body: str, fails: str = "") -> Probe:
    return Probe("", name, _PROGRAM.format(body), fails)


PROBES = [
    _probe("a head, two pieces and the end compile", 'fresh.head(200).body("soup").body("bread").end()'),
    _probe("a head compiles", f"fresh.head(200); {_OTHER}"),
    _probe("a second head does not", f"fresh.head(200).head(404); {_OTHER}", "E0599"),
    _probe("a piece before the head does not", f'fresh.body("soup"); {_OTHER}', "E0599"),
    _probe("an end without a head does not", f"fresh.end(); {_OTHER}", "E0599"),
    _probe("an answer of which nothing was sent is used once", "let begun = fresh.head(200); begun.end()"),
    _probe("and not twice", "let begun = fresh.head(200); fresh.head(404); begun.end()", "E0382"),
    _probe("a piece leads to the next state", 'let begun = fresh.head(200); let more = begun.body("a"); more.end()'),
    _probe("and not by a state that is over", 'let begun = fresh.head(200); begun.body("a"); begun.end()', "E0382"),
    _probe("there is one of an answer", f"fresh.clone(); {_OTHER}", "E0599"),
]


class Answers(Call, frozen=True):
    """Answers on one wire, one after the other: for each its status, and how many of the `pieces` it takes."""

    statuses: list[int]
    counts: list[int]
    pieces: list[str]


def cases(random: Random) -> list[Case]:
    """Return single answers first, then several on one wire."""
    ones = [([200], [0], []), ([204], [0], []), ([200], [1], ["soup"]), ([200], [2], ["", ""])]
    alone = [_drawn(random, 1) for _ in range(20)]
    several = [_drawn(random, random.randint(2, 5)) for _ in range(20)]
    return [
        *named("", "a head, then the pieces in order", [*(Answers(*one) for one in ones), *alone]),
        *named("", "the wire serves one answer after the other", several),
    ]


def _drawn(random: Random, answers: int) -> Answers:
    counts = [random.randint(0, 4) for _ in range(answers)]
    statuses = [random.randint(200, 599) for _ in range(answers)]
    return Answers(statuses, counts, [draw.path(random) for _ in range(sum(counts))])
