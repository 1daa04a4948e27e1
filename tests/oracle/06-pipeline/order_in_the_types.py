"""Cases for `order_in_the_types`: open and closed paths, and the orders of phases that must and must not compile."""

from random import Random

from proxylings.grader.oracle.cases import Call, Case, Probe, named


class Serve(Call, frozen=True):
    """`serve`, with a path."""

    path: str


class Admit(Call, frozen=True):
    """The phase of admission alone."""

    path: str


class InOrder(Call, frozen=True):
    """Both phases, one by one and with `run_both`."""

    path: str


_PHASES = """
use order_in_the_types::{{Admission, Phase, Shaping}};
fn in_a_row<In, A: Phase<In>, B: Phase<A::Out>>(_: A, _: B) {{}}
fn main() {{ in_a_row({}, {}); }}
"""
_FIRST = """
use order_in_the_types::{{Admission, Arrived, Phase, Shaping}};
fn takes_what_arrives<P: Phase<Arrived>>(_: P) {{}}
fn main() {{ takes_what_arrives({}); }}
"""
_TWICE = """
use order_in_the_types::{Admission, Arrived, Phase};
type Passed = <Admission as Phase<Arrived>>::Out;
fn main() { let _: fn(Arrived) -> Passed = |arrived| arrived; }
"""
PROBES = [
    Probe("", "admission, then shaping compiles", _PHASES.format("Admission", "Shaping")),
    Probe("", "shaping, then admission does not", _PHASES.format("Shaping", "Admission"), "E0277"),
    Probe("", "admission takes what arrives", _FIRST.format("Admission")),
    Probe("", "shaping does not", _FIRST.format("Shaping"), "E0277"),
    Probe("", "what was admitted has a type of its own", _TWICE, "E0308"),
]


def cases(random: Random) -> list[Case]:
    """Return paths that are closed, open, and close to closed."""
    edges = ["/admin", "/admin/users", "/administrator", "/", "", "/menu", "/menu/admin", "admin"]
    words = ["admin", "menu", "tea", "Admin"]
    paths = [*edges, *("".join(f"/{random.choice(words)}" for _ in range(random.randint(1, 3))) for _ in range(12))]
    return [
        *named("", "admission refuses what is closed", map(Admit, paths)),
        *named("", "shaping takes what admission gives", map(InOrder, paths)),
        *named("", "the whole pipeline serves", map(Serve, paths)),
    ]
