"""Cases for `any_closure_is_a_guard`: closures that refuse, let pass, and count how often they are asked."""

from random import Random

from proxylings.grader.oracle.cases import Call, Case, Probe, named


class Site(Call, frozen=True):
    """`admit`, twice, with the guards of `site(closed, most)` and a request for `path` with `fields` fields."""

    closed: str
    most: int
    path: str
    fields: int


class Asked(Call, frozen=True):
    """A closure that refuses from `limit` fields on with `status`, and a function, each asked as a guard."""

    limit: int
    status: int
    path: str
    fields: int


_ASKS = """
use any_closure_is_a_guard::{{Guard, Request}};
fn boxed<G: Guard + 'static>(guard: G) -> Box<dyn Guard> {{ Box::new(guard) }}
fn main() {{ boxed({}); }}
"""
PROBES = [
    Probe("", "a closure is a guard", _ASKS.format("|request: &Request| (request.fields > 9).then_some(431)")),
    Probe("", "what can't be called is none", _ASKS.format("431"), "E0277"),
]


def cases(random: Random) -> list[Case]:
    """Return requests at, below and above the limits of the closures."""
    paths = ["/admin", "/admin/users", "/menu", "/", "/coffee", ""]
    edges = [Site("/admin", 100, "/menu", fields) for fields in (0, 99, 100, 101)]
    both = [Site("/admin", 1, "/admin", 2), Site("", 1, "/", 0)]
    sites = [Site("/admin", random.randint(0, 5), random.choice(paths), random.randint(0, 6)) for _ in range(20)]
    asked = [
        Asked(random.randint(0, 5), random.randint(400, 599), random.choice(paths), random.randint(0, 6))
        for _ in range(25)
    ]
    return [
        *named("", "closures refuse and let pass", [*edges, *both, *sites]),
        *named("", "a guard is asked once, and says what the closure says", asked),
    ]
