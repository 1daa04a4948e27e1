"""Cases for `method_is_no_promise`: paths at and beside the prefix of a block, and several statuses."""

from random import Random

from proxylings.grader.oracle.cases import Call, Case, Probe, named


class Serve(Call, frozen=True):
    """`serve`, with the path of a request."""

    path: str


class Admit(Call, frozen=True):
    """`admit`, with a guard that refuses `prefix` with `status`, and a request for `path`."""

    prefix: str
    status: int
    path: str


_ASKS = """
use method_is_no_promise::{{Blocking, Guard}};
fn is_a_guard<G: Guard>() {{}}
fn main() {{ is_a_guard::<{}>(); }}
"""
PROBES = [
    Probe("", "Blocking is a guard", _ASKS.format("Blocking")),
    Probe("", "what nobody promised is none", _ASKS.format("String"), "E0277"),
]


def cases(random: Random) -> list[Case]:
    """Return paths that are below, beside and above what is closed."""
    paths = ["/admin/", "/admin/users", "/admin", "/Admin/", "/", "", "/menu/admin/", "/administrator"]
    words = ["admin", "old", "menu", "tea", "a"]
    made = [Admit(f"/{random.choice(words)}", random.randint(400, 599), _path(random, words)) for _ in range(30)]
    edges = [Admit("", 404, "/"), Admit("", 404, ""), Admit("/old", 410, "/old"), Admit("/old", 410, "/ol")]
    return [
        *named("", "answers as the site's guard does", map(Serve, paths)),
        *named("", "refuses with the status of the rule, and lets pass the rest", [*edges, *made]),
    ]


def _path(random: Random, words: list[str]) -> str:
    return "".join(f"/{random.choice(words)}" for _ in range(random.randint(0, 3)))
