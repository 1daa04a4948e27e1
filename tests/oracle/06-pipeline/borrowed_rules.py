"""Cases for `borrowed_rules`: rule files, filters that borrow from elsewhere, and a chain that outlives its file."""

from random import Random

from proxylings.grader.oracle.cases import Call, Case, Probe, named


class Refused(Call, frozen=True):
    """`chain(file)`, asked for each of `paths`."""

    file: str
    paths: list[str]


class Added(Call, frozen=True):
    """`chain(file)` with a filter for `prefix` and one for paths of `length` bytes added, asked for `paths`."""

    file: str
    prefix: str
    length: int
    paths: list[str]


_OUTLIVES = """
use borrowed_rules::chain;
fn main() {{
    let mut file = String::from("/admin");
    let rules = chain(&file);
    {}
    println!("{{:?}}", rules.refused_by("/admin"));
}}
"""
PROBES = [
    Probe("", "a file may be read while the chain is there", _OUTLIVES.format('println!("{file}");')),
    Probe("", "and not emptied", _OUTLIVES.format("file.clear();"), "E0502"),
]


def cases(random: Random) -> list[Case]:
    """Return files without lines, with one, and with many, the longest of some 20 KiB."""
    words = ["/admin", "/.git", "/menu", "/a", "/tea", ""]

    def file() -> str:
        return "\n".join(random.choices(words[:5], k=random.randint(1, 6)))

    paths = [*words, "/admin/users", "/adm", "/menu/tea"]
    edges = [Refused("", paths), Refused("\n", paths), Refused("/a\r\n/admin\r\n", paths), Refused("/admin\n/a", paths)]
    long = [Refused("\n".join(f"/{'x' * 4000}{number}" for number in range(5)), ["/xx", f"/{'x' * 4000}3"])]
    files = [Refused(file(), random.sample(paths, 5)) for _ in range(20)]
    added = [Added(file(), random.choice(words[:5]), random.randint(0, 8), random.sample(paths, 5)) for _ in range(20)]
    return [
        *named("", "asks the filters in the order of the file", [*edges, *files]),
        *named("", "looks into the file, and does not copy it", long),
        *named("", "keeps filters that borrow from elsewhere", added),
    ]
