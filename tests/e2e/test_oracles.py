"""The cases of `cases/` before other judges: where h11 or nginx decide otherwise than we do, there is a reason.

`differences/` lists every difference with the section of an RFC that speaks for us. A new difference fails, and so
does one that is listed and gone.
"""

from __future__ import annotations

import re
import subprocess
import tomllib
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import required
from tests.e2e.cases import REQUESTS
from tests.e2e.oracles import nginx_before, of_h11, of_nginx, ours
from tests.e2e.stage import on_stage

LISTS = Path(__file__).with_name("differences")


def the_list(oracle: str) -> dict[str, Any]:
    """Read what an oracle is known to differ in."""
    return tomllib.loads((LISTS / f"{oracle}.toml").read_text(encoding="utf-8"))


def listed(oracle: str) -> dict[str, str]:
    """Give the verdicts that an oracle is known to differ in, by the name of the case."""
    groups = the_list(oracle)["difference"]
    return {name: verdict for group in groups for verdict, names in group["says"].items() for name in names}


def skip_others(oracle: str, found: str) -> None:
    """Skip the test when the list was made with another version: each may decide anew."""
    known = the_list(oracle)["version"]
    if not found.startswith(f"{known}."):
        pytest.skip(f"differences/{oracle}.toml was made with {oracle} {known}, and this is {found}")


def compare(oracle: str, verdicts: dict[str, str]) -> None:
    """Compare an oracle's verdicts with ours and with the list."""
    wanted = listed(oracle)
    problems = []
    for case in REQUESTS:
        got, our = verdicts[case.name], ours(case)
        expected = wanted.get(case.name, our)
        if got != expected:
            known = "the list says" if case.name in wanted else "we say"
            problems.append(f"{case.name!r}: {oracle} says {got!r}, {known} {expected!r}; sent {case.send[:200]!r}")
        elif case.name in wanted and got == our:
            problems.append(f"{case.name!r}: {oracle} agrees with us, so take it off the list")
    if problems:
        pytest.fail("\n".join([f"compare with differences/{oracle}.toml:", *problems]), pytrace=False)


def test_h11_decides_as_we_do() -> None:
    """h11 parses the client's bytes as a server does."""
    skip_others("h11", version("h11"))
    compare("h11", {case.name: of_h11(case) for case in REQUESTS})


def test_nginx_decides_as_we_do(tmp_path: Path) -> None:
    """Nginx proxies the client's bytes to the same fake upstream."""
    program = required("nginx")
    shown = subprocess.run([program, "-v"], capture_output=True, text=True, check=True).stderr
    skip_others("nginx", shown.strip().rpartition("/")[2])
    with on_stage(lambda url: nginx_before(url, program, tmp_path)) as stage:
        compare("nginx", {case.name: of_nginx(stage, case) for case in REQUESTS})


@pytest.mark.parametrize("oracle", ["h11", "nginx"])
def test_every_difference_is_one_of_a_case_and_has_a_reason(oracle: str) -> None:
    """A difference names a case, a section and why."""
    names = {case.name for case in REQUESTS}
    groups = the_list(oracle)["difference"]
    times = [name for group in groups for cases in group["says"].values() for name in cases]
    assert [name for name in names if times.count(name) > 1] == [], "a case is listed once"
    assert set(listed(oracle)) <= names, f"no such case: {set(listed(oracle)) - names}"
    for group in groups:
        assert re.fullmatch(r"(9110|9112) [0-9]+(\.[0-9]+)*", group["rfc"]), f"name a section: {group}"
        assert len(group["why"]) > 20, f"say why: {group}"
