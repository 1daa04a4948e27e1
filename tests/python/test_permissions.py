"""Who may do what with which variable, as the compiler says it: whole tables, written by hand."""

import re
from pathlib import Path

import pytest

from proxylings.lab import permissions, permissions_view

SNIPPETS = Path(__file__).parent / "permissions"


def expected(source: str) -> dict[int, dict[str, str]]:
    """Read the comments `//? v:RWM r:R·M` at the ends of lines."""
    found = {}
    for number, line in enumerate(source.splitlines(), start=1):
        if marked := re.search(r"//\? (.*)$", line):
            found[number] = dict(entry.rsplit(":", 1) for entry in marked[1].split())
    return found


def told(found: permissions.Permissions) -> dict[int, dict[str, str]]:
    return {
        row.line: {variable.name: held.letters for variable, held in row.held.items()}
        for asked in found.functions
        for row in asked.rows
    }


@pytest.mark.parametrize("path", sorted(SNIPPETS.glob("*.rs")), ids=lambda path: path.stem)
def test_a_snippet_gives_the_table_that_its_comments_show(path: Path) -> None:
    source = path.read_text()
    found = permissions.ask(source)
    assert not found.problem
    assert told(found) == expected(source), permissions_view.to_text(found)
