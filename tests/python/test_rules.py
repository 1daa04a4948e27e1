"""Rule files from Python: rules, errors with their place, and the reloads of 18 November 2025."""

import pytest

from proxylings.errors import RuleError
from proxylings.lab import reference
from proxylings.lab.faces.rules import Reload, Route, Rules

FILE = """
default = "kitchen"
[[route]]
path = "/menu"
upstream = "menu"
cache = true
[[block]]
method = "TRACE"
"""


def features(count: int) -> str:
    """Return a file as a program writes it: one block a feature."""
    return 'default = "kitchen"\n' + "".join(f'[[block]]\npath = "/{number}"\n' for number in range(count))


def test_a_file_becomes_rules() -> None:
    routes = [Route(host="*", path="/menu", upstream="menu", cache=True)]
    assert reference.rules.load(FILE) == Rules("kitchen", routes, rewrites=0, blocks=1, limits=0)
    assert reference.rules.route(FILE, "cafe.example", "/x/%2e%2e/menu/today") == "menu"
    assert reference.rules.route(FILE, "cafe.example", "/menus") is None


def test_an_error_says_where_what_and_what_would_be_right() -> None:
    with pytest.raises(RuleError, match="`route` has no key `upsteam`; did you mean `upstream`") as caught:
        reference.rules.load(FILE.replace("upstream", "upsteam"))
    assert (caught.value.line, caught.value.column) == (5, 1)
    with pytest.raises(RuleError, match="not UTF-8"):
        reference.rules.load(b"# caf\xe9")


def test_a_file_twice_its_size_changes_nothing() -> None:
    first, twice = features(120), features(240)
    bad, good, again = reference.rules.replay(first, twice, FILE, twice)
    assert bad.error is not None
    assert bad.error.startswith("line 402, column 1: the file has too many rules")
    assert (bad.default, bad.routes) == ("kitchen", 0)
    assert good == Reload(error=None, default="kitchen", routes=1)
    assert (again.error, again.routes) == (bad.error, 1)
    with pytest.raises(RuleError, match="too many rules"):
        reference.rules.replay(twice, first)
