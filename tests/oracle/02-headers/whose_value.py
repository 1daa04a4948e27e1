"""Cases for `whose_value`: field lines with the name that is asked for, with another one, and without any."""

from random import Random

from proxylings.grader.oracle import draw
from proxylings.grader.oracle.cases import Call, Case, Probe, named


class ValueOf(Call, frozen=True):
    """`value_of`, with a line and a name."""

    line: str
    name: str


_CALLER = """
fn value(line: &str) -> Option<&str> {
    let name = String::from("host");
    whose_value::value_of(line, &name)
}

fn main() {
    assert_eq!(value("Host: a"), Some("a"));
}
"""
_OTHER_CALLER = """
fn value(name: &str) -> Option<&str> {
    let line = String::from("Host: a");
    whose_value::value_of(&line, name)
}

fn main() {
    assert_eq!(value("Host"), Some("a"));
}
"""

PROBES = [
    Probe("", "the value is good when the name is gone", _CALLER),
    Probe("", "the value is not good when the line is gone", _OTHER_CALLER, "E0515"),
]


def cases(random: Random) -> list[Case]:
    """Return lines whose name is the one, in any letters, and lines whose name only looks like it."""
    names = ["Host", "Accept", "x", *(draw.token(random, 1, 12) for _ in range(16))]
    values = ["", "cafe.example", "a:b", " \t 7 ", *(draw.path(random) for _ in names[4:])]
    lines = [f"{name}:{random.choice(['', ' ', '  '])}{value}" for name, value in zip(names, values, strict=True)]
    pairs = list(zip(lines, names, strict=True))
    near = [ValueOf(line, other) for line, name in pairs for other in (name[:-1], f"{name}s")]
    none = [ValueOf("", ""), ValueOf("Host", "Host"), ValueOf(":x", ""), ValueOf("Host : a", "Host")]
    return [
        *named("", "gives the value of the line", (ValueOf(line, name) for line, name in pairs)),
        *named(
            "", "takes letters as they come", (ValueOf(line, draw.in_any_case(random, name)) for line, name in pairs)
        ),
        *named("", "gives nothing for another name", near),
        *named("", "gives what a line without a name has", none),
    ]
