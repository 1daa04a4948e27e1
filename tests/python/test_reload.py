"""`reload` on a proxy in a notebook: an operator's order, and its answer."""

from pathlib import Path

import pytest

from proxylings.errors import CourseError
from proxylings.lab import run_proxy

ADMIN = '[[block]]\npath = "/status"\n'


def test_a_reload_puts_the_new_rules_in_force_or_says_why_not(tmp_path: Path) -> None:
    settings, rules = tmp_path / "proxy.toml", tmp_path / "rules.toml"
    settings.write_text('rules = "rules.toml"\n')
    rules.write_text("")
    with run_proxy("reference", config=settings) as proxy:
        assert proxy.get("/status/204").status == 204
        rules.write_text(ADMIN)
        assert proxy.reload() == f"{rules}: 1 rules are in force"
        assert proxy.get("/status/204").status == 403
        rules.write_text('[[block]]\npaht = "/status"\n')
        with pytest.raises(CourseError) as refused:
            proxy.reload()
        assert refused.value.hint.splitlines()[0].startswith(f"{rules}:2:1: ")
        assert proxy.get("/status/204").status == 403, "the last good rules are in force"
