"""The benchmarks run through, and say what they promise to say. How fast anything is, is not our affair here."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import required
from tests.e2e.programs import ROOT


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the benchmark reads /proc")
def test_the_benchmark_runs_through(tmp_path: Path) -> None:
    """One quick round: every peer that is there answers without a failure. How fast it is, is not our affair here."""
    required("nginx")
    output = tmp_path / "proxy.json"
    command = [sys.executable, "benchmarks/proxy.py", "--quick", "--rounds", "1", "--output", str(output)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False)
    assert done.returncode == 0, done.stderr
    rows = json.loads(output.read_bytes())["peers"]
    assert [row["peer"] for row in rows][:3] == ["direct", "proxylings", "nginx"]
    for row in rows:
        assert [sample["errors"] for sample in row["samples"]] == [0], row
        assert row["peer"] in done.stdout
