"""The benchmarks run through, and say what they promise to say. How fast anything is, is not our affair here."""

from __future__ import annotations

import json
import subprocess
import sys
from math import comb
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from benchmarks import machine, parts, peers, report, rounds, syscalls, ways
from benchmarks.profiles import PROFILES
from proxylings.course import Desk
from proxylings.errors import CourseError
from proxylings.lab.load import generator
from tests.conftest import missing, required
from tests.e2e.programs import ROOT

pytestmark = [
    pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the benchmarks read /proc"),
    pytest.mark.timeout(900),  # the first one builds the proxy
]

PEERS = ["direct", "proxylings", "proxylings-rules", "proxylings+", "nginx", "nginx-lua", "haproxy"]


def run(*command: str) -> subprocess.CompletedProcess[str]:
    """Run a benchmark as its head says."""
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, timeout=800, check=False
    )


@pytest.fixture(scope="module")
def quick(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], str, Path]:
    """Run two profiles in a moment; give the figures, the table, and where the picture is."""
    for program in ("nginx", "haproxy", "strace"):
        required(program)
    output = tmp_path_factory.mktemp("bench") / "figures.json"
    profiles = ("--profile", "browser", "--profile", "cached")
    option = "--proxy-option=--label=measured"
    done = run(
        "benchmarks.proxy", "--quick", "--connections", "3", "--syscalls", option, *profiles, "--output", str(output)
    )
    assert done.returncode == 0, done.stderr
    figures = json.loads(output.read_bytes())
    if any("Lua" in reason for reason in figures["missing"]):
        missing(f"{figures['missing']}")
    return figures, done.stdout, output.with_suffix(".svg")


def test_every_peer_answers_without_a_failure(quick: tuple[dict[str, Any], str, Path]) -> None:
    figures, table, _ = quick
    # What is said on the command line wins over what --quick means.
    assert "browser: GET with a head of 500 bytes, answered with 1 KiB; 3 connections; latencies at 50 req" in table
    assert [result["profile"] for result in figures["profiles"]] == ["browser", "cached"]
    for result in figures["profiles"]:
        names = [name for name in PEERS if name != "proxylings-rules" or result["profile"] == "browser"]
        assert [row["peer"] for row in result["peers"]] == names
        for row in result["peers"]:
            (sample,) = row["samples"]
            assert sample["errors"] == 0, row
            assert 0 < sample["p50_us"] <= sample["p99_us"] <= sample["p99_9_us"], row
            assert sample["requests_per_second"] > 0, row
            assert (row["peak_rss_mib"] is None) == (row["peer"] == "direct"), row
            assert f"\n{row['peer']} " in table, table
        compared = {(ratio["peer"], ratio["to"]) for ratio in result["ratios"]}
        pairs = comb(len(names) - 1, 2)
        assert len(compared) == pairs, f"each pair of the proxies is compared once: {compared}"


def test_the_table_says_who_does_more_than_forward(quick: tuple[dict[str, Any], str, Path]) -> None:
    browser, cached = ({row["peer"]: row["work"] for row in result["peers"]} for result in quick[0]["profiles"])
    assert browser["nginx"] == browser["haproxy"] == "forwards"
    assert browser["nginx-lua"] == browser["proxylings-rules"] == "forwards, request id, WAF"
    assert browser["proxylings"] == "forwards"
    assert cached["nginx"] == cached["haproxy"] == "answers from its cache"
    assert cached["proxylings"] == "answers from its cache, request id"
    assert cached["nginx-lua"] == "answers from its cache, request id, WAF"


def test_system_calls_are_counted_or_it_is_said_why_not(quick: tuple[dict[str, Any], str, Path]) -> None:
    figures, table, _ = quick
    if reasons := [reason for reason in figures["missing"] if reason.startswith("system calls")]:
        pytest.skip(f"{reasons}: not every machine lets one program trace another")
    for row in figures["profiles"][0]["peers"][1:]:
        # A proxy reads from two sockets and writes to two.
        assert 4 <= sum(row["syscalls_per_request"].values()) < 30, row
    assert "system calls a request: " in table


def test_the_picture_is_well_formed_and_says_its_figures(quick: tuple[dict[str, Any], str, Path]) -> None:
    root = ElementTree.fromstring(quick[2].read_text())
    texts = ["".join(element.itertext()) for element in root.iter() if element.tag.endswith(("}text", "}desc"))]
    for peer in PEERS:
        bars = 3 if peer == "proxylings-rules" else 6
        assert texts.count(peer) == bars, f"{peer} has a bar in each of three panels of its profiles: {texts}"
    assert set(quick[0]["conditions"]) <= set(texts), "how it was measured stands in the picture too"
    assert any(text.startswith("browser, requests a second") and "nginx-lua" in text for text in texts), texts


def test_without_any_other_peer_ours_is_measured_before_its_own_origin(
    binary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(peers, "found", lambda _: None)
    monkeypatch.setattr(syscalls, "found", lambda _: None)
    starts = peers.all_peers({"proxylings": binary})
    bench = rounds.Bench(
        rounds.Amount(rounds=1, seconds=0.05, warm_up=0, connections=2, rate=100, syscall_seconds=0.1),
        machine.Cores.choose(), generator(Desk(ROOT)), binary, starts, ROOT / "peers", lambda _: None,
    )  # fmt: skip
    result, without = bench.run(PROFILES["bare"])
    assert [row.peer for row in result.peers] == ["direct", "proxylings", "proxylings-rules"]
    assert without == [
        "nginx: nginx is not installed",
        "nginx-lua: nginx is not installed",
        "haproxy: haproxy is not installed",
        "system calls: strace is not installed",
    ]
    with pytest.raises(peers.Missing, match="without nginx there is no origin"):
        bench.run(PROFILES["cached"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--rounds", "0"), "--rounds is above zero"),
        (("--profile", "none"), "invalid choice"),
        (("--quick", "--profile", "bare", "--proxy-option=--nonsense"), "The proxy did not start."),
    ],
)
def test_what_can_not_be_measured_is_said_without_a_traceback(arguments: tuple[str, ...], said: str) -> None:
    done = run("benchmarks.proxy", *arguments)
    assert done.returncode != 0
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def sample(**figures: float) -> report.Sample:
    """Give a sample of which only a few figures matter."""
    zeros = dict.fromkeys(report.Sample.__struct_fields__, 0.0)
    return report.Sample(**(zeros | figures))  # type: ignore[arg-type]  # `errors` is a count


def test_ratios_are_taken_within_a_round() -> None:
    # In the second round the machine is half as fast, for both of them.
    ours = [sample(requests_per_second=300.0), sample(requests_per_second=150.0)]
    theirs = [sample(requests_per_second=200.0), sample(requests_per_second=100.0)]
    rows = [report.Row("direct", "", ours, None), report.Row("a", "", ours, 1.0), report.Row("b", "", theirs, 1.0)]
    found = [ratio for ratio in report.ratios(rows) if ratio.figure == "requests_per_second"]
    assert found == [report.Ratio("requests_per_second", "a", "b", report.Spread(1.5, 1.5, 1.5))]


def test_a_peer_that_fails_or_does_not_keep_up_is_named() -> None:
    good, slow = sample(reached_per_second=100.0), sample(reached_per_second=60.0, errors=2)
    rows = [report.Row("a", "", [good], None), report.Row("b", "", [slow], None)]
    assert report.notes(rows, 100.0) == [
        "b: 2 requests failed",
        "b reached 60 of 100 requests/s: its latencies are those of a queue",
    ]


def test_the_summary_of_strace_is_read_by_name() -> None:
    summary = """
% time     seconds  usecs/call     calls    errors syscall
------ ----------- ----------- --------- --------- ----------------
 60.00    0.000300           1       200         7 recvfrom
 40.00    0.000200           2       100           writev
------ ----------- ----------- --------- --------- ----------------
100.00    0.000500           1       300         7 total
"""
    assert syscalls.per_request(summary, 100) == {"recvfrom": 2.0, "writev": 1.0}


def test_the_parts_are_timed_beside_others_that_give_the_same(tmp_path: Path) -> None:
    output = tmp_path / "parts.json"
    done = run("benchmarks.parts", "--rounds", "2", "--output", str(output))
    assert done.returncode == 0, done.stderr
    figures = json.loads(output.read_bytes())
    head, fields, log = figures["tasks"]
    assert [task["task"] for task in figures["tasks"]] == ["parse a head", "strip fields", "total up a log"]
    assert head["input_bytes"] == 500
    measured = [way["way"] for way in head["ways"]]
    assert sorted([*measured, *figures["missing"]]) == ["Python", "h11", "httptools", "proxylings"]
    assert [way["way"] for way in fields["ways"]] == ["proxylings", "Python"]
    shapes = ["proxylings", *(f"proxylings, {shape}" for shape in ("all cores", "columns", "a dictionary a line"))]
    assert [way["way"] for way in log["ways"]] == [*shapes, "Python"]
    for library in figures["missing"]:
        assert f"missing: {library} is not installed" in done.stdout
    for way in [*head["ways"], *fields["ways"], *log["ways"]]:
        assert 0 < way["nanoseconds"]["low"] <= way["nanoseconds"]["median"] <= way["nanoseconds"]["high"], way
        assert f"\n{way['way']} " in done.stdout


def test_a_way_with_another_answer_is_not_timed() -> None:
    both: dict[str, ways.Way] = {ways.OURS: lambda data: data, "other": lambda data: data[1:]}
    with pytest.raises(CourseError, match="other gives another answer"):
        parts.measure("copy", "the bytes", both, b"abc", 1)
