"""Cases for `sort_behind_a_loan`: tables with prefixes of one length and of many, and paths to look up."""

from random import Random

from proxylings.grader.oracle import draw
from proxylings.grader.oracle.cases import Call, Case, named


class MostSpecialFirst(Call, frozen=True):
    """`most_special_first`, with the prefixes in the order of the rule file."""

    prefixes: list[str]


class Upstream(Call, frozen=True):
    """`upstream`, with the prefixes and a path."""

    prefixes: list[str]
    path: str


def cases(random: Random) -> list[Case]:
    """Return tables from none to many routes, sorted and not, with equals."""

    def table(longest: int) -> list[str]:
        return [draw.path(random, longest) for _ in range(random.randint(2, 30))]

    known = [[], ["/"], ["/", "/shop", "/shop/cart"], ["/shop/cart", "/shop", "/"], ["/zoo", "/a", "/cafe/menu"]]
    equal = [["/a", "/menu", "/b", "/c"], ["/x"] * 5, *(table(2) for _ in range(12))]
    shop = ["/", "/shop", "/shop/cart", "/shop/c"]
    paths = ["/", "", "/shop", "/shops", "/shop/", "/shop/ca", "/shop/cart/7", "/Shop", "shop"]
    return [
        *named("", "gives the longest prefix first", map(MostSpecialFirst, known)),
        *named("", "keeps the order of equals", map(MostSpecialFirst, equal)),
        *named("", "does so with any table", (MostSpecialFirst(table(40)) for _ in range(16))),
        *named("", "finds the upstream of a path", (Upstream(shop, path) for path in paths)),
    ]
